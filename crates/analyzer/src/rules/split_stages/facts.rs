//! What is known of the one stage that is to be cut.

use super::named;
use crate::context::is_within;
use crate::dockerfile::{Command, Instruction, InstructionKind};
use crate::packages::ActionKind;
use crate::plan::{StageIndex, StepKind, paths};
use crate::rules::bases::WrittenBase;
use crate::rules::{ListedCommand, Run, Subject};

/// The one stage of a Dockerfile, and how what it makes is started.
pub(super) struct Facts<'subject, 'input> {
    pub(super) subject: &'subject Subject<'input>,
    pub(super) base: WrittenBase<'input>,
    /// What is started: words of `ENTRYPOINT`, then of `CMD`.
    pub(super) command: Vec<String>,
    /// Whether a shell starts it.
    pub(super) needs_shell: bool,
    /// Whether a shell starts more than one program.
    pub(super) starts_several: bool,
    /// Where it is started.
    pub(super) directory: String,
    /// The working directory at the cut.
    pub(super) start: String,
    /// The first instruction below the build; the number of instructions where there is none.
    pub(super) cut: usize,
}

const STAGE: StageIndex = 0;

/// Programs that put files elsewhere.
pub(super) const MOVES: [&str; 4] = ["cp", "mv", "ln", "install"];

/// A path as a process in `directory` means it, absolute and without `..`.
pub(in crate::rules) fn join(directory: &str, path: &str) -> String {
    paths::clean(if path.starts_with('/') { "/" } else { directory }, path)
}

impl<'subject, 'input> Facts<'subject, 'input> {
    /// The facts of a Dockerfile of one stage that starts from an image and says what it runs.
    pub(super) fn of(subject: &'subject Subject<'input>) -> Option<Self> {
        let [stage] = subject.plan.graph.stages.as_slice() else { return None };
        if !subject.report.errors.is_empty() || stage.name.is_some() {
            return None;
        }
        let base = WrittenBase::of(subject, STAGE)?;
        let mut facts = Self {
            subject,
            base,
            command: Vec::new(),
            needs_shell: false,
            starts_several: false,
            directory: stage.final_state.working_directory.to_string(),
            start: String::new(),
            cut: subject.dockerfile.instructions.len(),
        };
        facts.read_command();
        // The server that an image of PHP starts serves what it finds.
        let serves = facts.base.repository == "php";
        (serves || !facts.command.is_empty()).then_some(facts)
    }

    fn read_command(&mut self) {
        let last = |is_wanted: fn(&InstructionKind) -> Option<&Command>| {
            let instructions = self.subject.dockerfile.instructions.iter().rev();
            instructions.map(|it| &it.kind).find_map(is_wanted)
        };
        let entrypoint = last(|kind| match kind {
            InstructionKind::Entrypoint(command) => Some(command),
            _ => None,
        });
        let command = last(|kind| match kind {
            InstructionKind::Cmd(command) => Some(command),
            _ => None,
        });
        let mut words = Vec::new();
        let mut needs_shell = false;
        for command in entrypoint.into_iter().chain(command) {
            match command {
                Command::Exec(arguments, _) => words.extend(arguments.iter().cloned()),
                Command::Shell(text) => {
                    needs_shell = true;
                    self.starts_several |= text.text.contains(['&', ';', '|', '\n']);
                    words.extend(text.text.split_whitespace().map(str::to_owned));
                }
            }
        }
        // A shell that is named runs what its own form would.
        if let [shell, option, text] = words.as_slice()
            && matches!(shell.as_str(), "sh" | "/bin/sh")
            && option == "-c"
            && !text.contains(['&', ';', '|', '(', '`'])
        {
            words = text.split_whitespace().map(str::to_owned).collect();
            needs_shell = true;
        }
        if words.first().is_some_and(|word| word == "exec") {
            words.remove(0);
        }
        (self.command, self.needs_shell) = (words, needs_shell);
    }

    /// The program that is started, as written.
    pub(super) fn program(&self) -> &str {
        self.command.first().map_or("", String::as_str)
    }

    /// Words behind the program.
    pub(super) fn arguments(&self) -> &[String] {
        self.command.get(1..).unwrap_or_default()
    }

    /// The same, cut above an instruction.
    pub(super) fn cut_at(self, cut: usize) -> Self {
        let steps = self.subject.plan.graph.stages.iter().flat_map(|stage| &stage.steps);
        let mut start = "/".to_owned();
        for step in steps.take_while(|step| step.instruction < cut) {
            start = match &step.kind {
                StepKind::Workdir(path) => path.clone(),
                _ => step.state.working_directory.to_string(),
            };
        }
        Self { cut, start, ..self }
    }

    /// Whether the final stage begins with a `WORKDIR` of its own; otherwise it is given the one
    /// at the cut.
    pub(super) fn sets_directory(&self) -> bool {
        let first = self.below().next();
        first.is_some_and(|(_, it)| matches!(it.kind, InstructionKind::Workdir(_)))
    }

    /// Where relative paths of the final stage begin, above what stands below the cut.
    pub(super) fn final_start(&self) -> &str {
        if self.sets_directory() { "/" } else { &self.start }
    }

    /// The user who runs, as the last `USER` says.
    pub(super) fn user(&self) -> Option<&'input str> {
        let all = self.above().chain(self.below());
        let users = all.filter_map(|(_, it)| match &it.kind {
            InstructionKind::User(user) => Some(user.text.as_str()),
            _ => None,
        });
        users.last()
    }

    /// The `RUN` of an instruction.
    pub(super) fn run(&self, index: usize) -> Option<&'subject Run<'input>> {
        self.runs().iter().find(|run| run.index == index)
    }

    /// A path of the final stage, absolute.
    pub(super) fn absolute(&self, path: &str) -> String {
        join(&self.directory, path)
    }

    /// `COPY` of a path of the build stage to the same path.
    pub(super) fn copy(&self, path: &str) -> String {
        let path = self.absolute(path);
        let folder = format!("{}/", self.start.trim_end_matches('/'));
        match path.strip_prefix(&folder) {
            Some(below) if folder.len() > 1 && !self.sets_directory() => {
                format!("COPY --from=build {path} ./{below}")
            }
            _ => format!("COPY --from=build {path} {path}"),
        }
    }

    /// Every `RUN`.
    pub(super) fn runs(&self) -> &'subject [Run<'input>] {
        self.subject.runs()
    }

    /// Commands of every `RUN` above the cut.
    pub(super) fn build_commands(&self) -> impl Iterator<Item = (&Run<'_>, &ListedCommand)> {
        let runs = self.runs().iter().filter(|run| run.index < self.cut);
        runs.flat_map(|run| run.commands.iter().map(move |command| (run, command)))
    }

    /// The instruction behind the last `RUN` that asks one of the managers for one of the kinds.
    pub(super) fn behind(&self, managers: &[&str], kinds: &[ActionKind]) -> Option<usize> {
        let asks = |command: &ListedCommand| {
            managers.iter().any(|id| kinds.iter().any(|kind| command.asks(id, *kind)))
        };
        let mut runs = self.runs().iter().rev();
        runs.find(|run| run.commands.iter().any(asks)).map(|run| run.index + 1)
    }

    /// The same, behind the `RUN`s right below that only put files where they are started, too.
    pub(super) fn behind_moves(&self, behind: usize, programs: &[&str]) -> usize {
        const HARMLESS: [&str; 6] = ["mkdir", "chmod", "strip", "cd", "ls", "rm"];
        let moves = |run: &Run<'_>| {
            let mut names = run.commands.iter().map(|it| it.line.program_name());
            names.clone().any(|name| programs.contains(&name))
                && names.all(|name| programs.contains(&name) || HARMLESS.contains(&name))
        };
        let mut end = behind;
        while self.runs().iter().any(|run| run.index == end && moves(run)) {
            end += 1;
        }
        end
    }

    /// Whether a `RUN` below the cut copies or moves files of the project that neither `lines`, which
    /// begin the final stage, nor what stands below the cut brings there.
    pub(super) fn moves_what_is_not_there(&self, lines: &[String]) -> bool {
        let below = self.below().filter_map(|(index, _)| match &self.subject.step(index)?.kind {
            StepKind::Copy(copy) => Some(copy.destination.as_str()),
            _ => None,
        });
        let copied = lines.iter().flat_map(|line| named::covered_by_line(self, line));
        let there: Vec<String> = below.map(str::to_owned).chain(copied).collect();
        let runs = self.runs().iter().filter(|run| run.index >= self.cut);
        let mut moves = runs.flat_map(|run| &run.commands).filter(|command| {
            MOVES.contains(&command.line.program_name()) && command.directory.is_some()
        });
        moves.any(|command| {
            let directory = command.directory.as_deref().unwrap_or("/");
            let operands = command.line.operands(&[]);
            let from = operands.split_last().map_or(&[][..], |(_, from)| from);
            from.iter().any(|it| {
                let path = join(directory, &it.text);
                let is_own = self.start != "/" && is_within(&path, &self.start);
                is_own && !there.iter().any(|it| is_within(&path, it.trim_end_matches('/')))
            })
        })
    }

    /// Where a program that is started by its name was put, in a folder of the `PATH`, by `cp` and
    /// the like.
    pub(super) fn placed(&self, program: &str) -> Option<String> {
        const BIN: [&str; 3] = ["/usr/local/bin", "/usr/bin", "/bin"];
        let commands = self.build_commands().filter_map(|(_, command)| {
            let line = &command.line;
            let operands = line.operands(&[]);
            let (to, from) = operands.split_last()?;
            let moves = matches!(line.program_name(), "cp" | "mv" | "install");
            let to = join(command.directory.as_deref()?, to.text.trim_end_matches('/'));
            let is_named = |path: &str| path.rsplit('/').next() == Some(program);
            let own = BIN.iter().find_map(|bin| {
                let place = format!("{bin}/{program}");
                let is_there =
                    to == place || to == *bin && from.iter().any(|it| is_named(&it.text));
                is_there.then_some(place)
            });
            own.filter(|_| moves)
        });
        commands.last()
    }

    /// The last command above the cut that asks a manager for a kind.
    pub(super) fn last(&self, manager: &str, kind: ActionKind) -> Option<&ListedCommand> {
        let commands = self.build_commands().filter(|(_, command)| command.asks(manager, kind));
        commands.last().map(|(_, command)| command)
    }

    /// Instructions above the cut, `FROM` first.
    pub(super) fn above(&self) -> impl Iterator<Item = (usize, &'input Instruction)> {
        let cut = self.cut;
        self.subject.instructions_of(STAGE).filter(move |(index, _)| *index < cut)
    }

    /// Instructions below the cut.
    pub(super) fn below(&self) -> impl Iterator<Item = (usize, &'input Instruction)> {
        let cut = self.cut;
        self.subject.instructions_of(STAGE).filter(move |(index, _)| *index >= cut)
    }

    /// Whether something below the cut runs while the image is built.
    pub(super) fn runs_below(&self) -> bool {
        self.below().any(|(_, it)| matches!(it.kind, InstructionKind::Run(_)))
    }

    /// Whether a health check or a shell form needs programs beside the one that is started.
    pub(super) fn needs_programs(&self) -> bool {
        let mut all = self.subject.instructions_of(STAGE);
        let checks = all.any(|(_, it)| matches!(it.kind, InstructionKind::Healthcheck(Some(_))));
        checks || self.needs_shell || self.runs_below()
    }

    /// Text of a manifest of the context, by its name at the root.
    pub(super) fn manifest(&self, name: &str) -> Option<&str> {
        let known = self.subject.input.context.as_ref()?;
        let found = known.context.manifests.iter().find(|(path, _)| &***path == name);
        found.map(|(_, text)| &**text)
    }

    /// Whether a manifest of the context names one of some words.
    pub(super) fn manifests_name(&self, words: &[&str]) -> bool {
        let known = self.subject.input.context.as_ref();
        let mut texts = known.iter().flat_map(|known| known.context.manifests.values());
        texts.any(|text| words.iter().any(|word| text.contains(word)))
    }

    /// Whether the context has a file of a name, at its root or in a folder there.
    pub(super) fn has_file(&self, name: &str) -> bool {
        let known = self.subject.input.context.as_ref();
        let mut paths = known.iter().flat_map(|known| known.context.files.keys());
        paths.any(|path| path.rsplit('/').next() == Some(name))
    }

    /// Whether the context has a folder of a name at its root.
    pub(super) fn has_folder(&self, name: &str) -> bool {
        let known = self.subject.input.context.as_ref();
        let mut paths = known.iter().flat_map(|known| known.context.files.keys());
        paths.any(|path| path.strip_prefix(name).is_some_and(|rest| rest.starts_with('/')))
    }
}
