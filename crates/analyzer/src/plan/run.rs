//! `RUN`: the command, its mounts and flags.
//!
//! `dispatchRun` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.

use super::expand::Lexer;
use super::mounts::{self, Refusal};
use super::print::summarize_heredoc;
use super::steps::StagePlanner;
use super::{CopySource, EdgeKind, Mount, MountKind, RunCommand, StepKind, shorten};
use crate::dockerfile::{Command, Instruction};
use crate::text::Span;

impl StagePlanner<'_, '_> {
    pub(super) fn read_run(&mut self, instruction: &Instruction, command: &Command) {
        let state = self.share();
        let mut mounts: Vec<Mount> = Vec::new();
        for flag in instruction.flags.iter().filter(|flag| flag.name == "mount") {
            let value = flag.value.as_deref().unwrap_or_default();
            mounts.extend(self.read_mount(value, flag.span));
        }
        let value_of = |name: &str| {
            let flag = instruction.flags.iter().find(|flag| flag.name == name);
            let value = flag.and_then(|flag| flag.value.clone()).unwrap_or_default();
            if ["default", "sandbox"].contains(&value.as_str()) { String::new() } else { value }
        };
        let command = match command {
            Command::Shell(text) => RunCommand::Shell {
                text: text.text.clone(),
                heredocs: instruction.heredocs.clone(),
            },
            Command::Exec(arguments, _) => RunCommand::Exec(arguments.clone()),
        };
        let hidden: Vec<&str> = mounts
            .iter()
            .filter(|mount| mount.kind == MountKind::Secret)
            .filter_map(|mount| mount.environment.as_deref())
            .collect();
        let summary = summarize_heredoc(instruction, &command);
        let printed =
            self.print(instruction, Lexer::for_printing(self.escape()), &summary, &hidden);
        let (network, security) = (value_of("network"), value_of("security"));
        let devices = instruction.flags.iter().filter(|flag| flag.name == "device");
        let devices = devices.filter_map(|flag| flag.value.clone()).collect();
        self.push(state, printed, StepKind::Run { command, mounts, network, security, devices });
    }

    fn read_mount(&mut self, value: &str, span: Span) -> Option<Mount> {
        let lexer = Lexer::for_arguments(self.planner.escape);
        let variables = &self.state.variables;
        let budget = &mut self.planner.budget;
        let read = mounts::read(value, &self.state.working_directory, |text| {
            let expanded = lexer.expand_word(text, &|name| variables.get(name), budget);
            expanded.map_err(|error| {
                format!("`{}` cannot be expanded: {}", shorten(text), error.problem)
            })
        });
        let mut read = match read {
            Ok(read) => read,
            Err(refusal) => {
                let literal = !value.contains(['$', '\'', '"', '\\', '`']);
                let problem = match refusal {
                    // The parser has said so; it leaves triggers alone.
                    Refusal::Fields(_) if literal && self.trigger.is_none() => return None,
                    Refusal::Fields(problem) | Refusal::Place(problem) => problem,
                };
                self.refuse(span, format!("In `--mount={}`: {problem}.", shorten(value)));
                return None;
            }
        };
        if read.expanded_from {
            // The parser has refused it.
            read.mount.from = CopySource::Unresolved(read.from);
        } else if !read.from.is_empty() {
            read.mount.from = self.resolve_source(&read.from, span, EdgeKind::Mount, false);
        } else {
            if self.trigger.is_none() {
                self.planner.count_unnamed(&CopySource::Scratch);
            }
            if read.mount.kind != MountKind::Bind {
                read.mount.from = CopySource::Scratch;
            }
        }
        Some(read.mount)
    }
}
