//! A `RUN` with its commands and where each stands in the Dockerfile.

use std::ops::Range;
use std::rc::Rc;

use super::Subject;
use crate::dockerfile::{Command, Instruction, InstructionKind, Places};
use crate::packages::{self, Action, ActionKind, Argument, CommandLine};
use crate::plan::{BuildState, Mount, MountKind, RunCommand, StageIndex, StepKind};
use crate::shell::run::{
    Certainty, Environment, ExpandedRedirection, ExpandedWord, Invocation, Value, Variables,
    list_exec_invocations, list_invocations,
};
use crate::shell::{self, parse};
use crate::text::Span;

/// The most that is read of one `RUN`, as [`Environment::most_work`] counts it.
const MOST_WORK: usize = 200_000;

/// The most variables that are handed to all `RUN`s together: thousands of both would be millions.
/// What a `RUN` behind that reads of them is not known.
pub(super) const MOST_VARIABLES: usize = 400_000;

/// A `RUN` of the Dockerfile; those of a base's triggers are not among them.
#[derive(Debug)]
pub struct Run<'input> {
    /// Place of its instruction in the Dockerfile.
    pub index: usize,
    /// Its instruction.
    pub instruction: &'input Instruction,
    /// Its stage.
    pub stage: StageIndex,
    /// Its mounts, expanded.
    pub mounts: &'input [Mount],
    /// What held before it.
    pub state: &'input BuildState,
    /// Its commands in the order they run.
    pub commands: Vec<ListedCommand>,
    /// Whether it is an argument list and not a text for the shell.
    pub is_exec: bool,
    /// Whether the commands stand in a heredoc.
    pub in_heredoc: bool,
}

/// A command of a `RUN`.
#[derive(Clone, Debug)]
pub struct ListedCommand {
    /// The program and its arguments as far as they are known.
    pub line: CommandLine,
    /// What it asks of a package manager.
    pub action: Option<Action>,
    /// Its place in the Dockerfile: with what stands before it, such as `sudo`.
    pub span: Span,
    /// The places of the program and of each argument; several arguments may come from one word.
    pub words: Vec<Span>,
    /// Whether it runs whenever the step does.
    pub is_certain: bool,
    /// Whether it stands in the text itself: no text of `sh -c`, no function that is called
    /// elsewhere, no round of a loop but one. Only then can a word be put behind one of its own.
    pub is_plain: bool,
    /// Its place in a pipeline, from 0, and how many commands that has.
    pub pipeline: (usize, usize),
    /// Whether what it prints becomes part of a word: `$(…)`.
    pub is_captured: bool,
    /// Where it runs; `None` when that is not known.
    pub directory: Option<String>,
    /// Where its output goes and its input comes from.
    pub redirections: Vec<ExpandedRedirection>,
    /// The variables that hold for it, those set right before it among them.
    pub variables: Rc<Variables>,
}

impl ListedCommand {
    /// What is known of the value of a variable where it runs.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(Value::text)
    }

    /// Whether it asks a manager, by its id, for something of a kind.
    #[must_use]
    pub fn asks(&self, manager: &str, kind: ActionKind) -> bool {
        self.action_of(manager).is_some_and(|action| action.kind == kind)
    }

    /// What it asks of a manager, by its id.
    #[must_use]
    pub fn action_of(&self, manager: &str) -> Option<&Action> {
        let action = self.action.as_ref()?;
        action.manager.filter(|own| own.id == manager).map(|_| action)
    }

    /// Whether a manager of Node.js installs for every project: `-g`, which stands for other things
    /// elsewhere, and in the flags of Go for nothing.
    #[must_use]
    pub fn is_global(&self) -> bool {
        let manager = self.action.as_ref().and_then(|action| action.manager);
        manager.is_some_and(|it| matches!(it.id, "npm" | "yarn" | "pnpm" | "bun"))
            && self.line.has_flag(&["-g", "--global"])
    }

    /// The place of the first argument that reads `text`.
    #[must_use]
    pub fn place_of(&self, text: &str) -> Option<Span> {
        let at = self.line.arguments.iter().position(|word| word.text == text)?;
        self.words.get(at + 1).copied()
    }
}

impl Run<'_> {
    /// Whether a mount hides `folder` from the layer: what is written there does not stay.
    #[must_use]
    pub fn hides(&self, folder: &str) -> bool {
        let hides = |target: &str| {
            let rest = folder.strip_prefix(target.trim_end_matches('/'));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let is_folder = |mount: &&Mount| {
            matches!(mount.kind, MountKind::Cache | MountKind::Tmpfs | MountKind::Bind)
        };
        self.mounts.iter().filter(is_folder).any(|mount| hides(&mount.target))
    }

    /// The home of the user that it runs as, as far as the text tells.
    #[must_use]
    pub fn home(&self) -> String {
        let set = self.state.variables.get("HOME").map(str::to_owned);
        set.unwrap_or_else(|| match self.state.user.split(':').next().unwrap_or_default() {
            "" | "root" | "0" => "/root".to_owned(),
            user => format!("/home/{user}"),
        })
    }

    /// Whether a command of this `RUN` behind `after` removes what lies below `folder`: by its
    /// name, a folder above it, or a pattern of what it holds.
    #[must_use]
    pub fn removes(&self, folder: &str, after: Span) -> bool {
        let later = self.commands.iter().filter(|it| it.span.start > after.start);
        let mut removals = later.filter(|it| it.is_certain && it.line.program_name() == "rm");
        let home = self.home();
        removals.any(|command| {
            let mut operands = command.line.operands(&[]).into_iter();
            operands.any(|operand| covers(&operand.text.replace('~', &home), folder))
        })
    }
}

/// Whether `rm -rf pattern` empties `folder`.
fn covers(pattern: &str, folder: &str) -> bool {
    let stem = pattern.trim_end_matches('*').trim_end_matches('/');
    if stem.is_empty() || !stem.starts_with('/') {
        return false;
    }
    let rest = folder.strip_prefix(stem);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Reads a `RUN`, and takes the variables that it is handed off `variables_left`; `None` where the plan
/// has no step for it.
pub(super) fn read<'input>(
    subject: &Subject<'input>,
    index: usize,
    instruction: &'input Instruction,
    stage: StageIndex,
    variables_left: &mut usize,
) -> Option<Run<'input>> {
    let step = subject.step(index)?;
    let StepKind::Run { command, mounts, .. } = &step.kind else { return None };
    let state = &*step.state;
    let environment = environment(state, variables_left);
    let (invocations, places) = match command {
        RunCommand::Exec(arguments) => {
            let walk = list_exec_invocations(arguments, Span::at(0), &environment);
            (walk.invocations, None)
        }
        RunCommand::Shell { text, heredocs } => {
            let script = shell::script_of_run(text, heredocs).unwrap_or_default();
            let walk = list_invocations(&parse(&script), &environment);
            (walk.invocations, Some(ScriptPlaces::of(subject, instruction)))
        }
    };
    let in_heredoc = places.as_ref().is_some_and(|places| places.in_heredoc);
    let mut commands: Vec<ListedCommand> =
        invocations.iter().map(|it| list(it, instruction, places.as_ref())).collect();
    mark_repeated(&mut commands);
    let is_exec = places.is_none();
    Some(Run { index, instruction, stage, mounts, state, commands, is_exec, in_heredoc })
}

fn environment(state: &BuildState, variables_left: &mut usize) -> Environment {
    let known = if *variables_left > 0 { state.variables.list() } else { Vec::new() };
    *variables_left = variables_left.saturating_sub(known.len());
    let known = known.into_iter();
    let shell = state.shell.first().map_or("", String::as_str);
    Environment {
        variables: known.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        working_directory: state.working_directory.to_string(),
        is_bash: shell.ends_with("bash"),
        outputs: Vec::new(),
        most_work: Some(MOST_WORK),
    }
}

fn list(
    invocation: &Invocation,
    instruction: &Instruction,
    places: Option<&ScriptPlaces<'_>>,
) -> ListedCommand {
    let place = |span: Span| match places {
        Some(places) => places.span(span.start..span.end),
        None => instruction.span,
    };
    let mut words = invocation.words.iter();
    let program = words.next().map(|word| word.value.text().to_owned()).unwrap_or_default();
    let argument = |word: &ExpandedWord| Argument {
        text: if word.is_glob() { word.pattern() } else { word.text().to_owned() },
        is_known: !word.has_unknown(),
        has_glob: word.is_glob(),
    };
    let line = CommandLine { program, arguments: words.map(argument).collect() };
    // The words of a text inside a text all stand at the place of that text.
    let mut spans: Vec<Span> = invocation.words.iter().map(|word| word.span).collect();
    let is_inner = spans.len() > 1 && spans.iter().all(|span| Some(span) == spans.first());
    spans.dedup();
    ListedCommand {
        action: packages::recognize(&line),
        span: place(invocation.span),
        words: invocation.words.iter().map(|word| place(word.span)).collect(),
        is_certain: invocation.certainty == Certainty::Always,
        is_plain: places.is_some() && !is_inner && !invocation.repeated,
        pipeline: invocation.pipeline,
        is_captured: invocation.captured,
        directory: invocation.working_directory.as_deref().map(str::to_owned),
        redirections: invocation.redirections.clone(),
        variables: invocation.variables.clone(),
        line,
    }
}

/// A command that is listed twice, as one of a loop or a function is, cannot be changed for one
/// of its rounds.
fn mark_repeated(commands: &mut [ListedCommand]) {
    let mut spans: Vec<Span> = commands.iter().map(|command| command.span).collect();
    crate::order::sort(&mut spans);
    for command in commands {
        let first = spans.partition_point(|span| *span < command.span);
        command.is_plain &= spans.get(first + 1) != Some(&command.span);
    }
}

/// Leads from the script of a `RUN`, as [`shell::script_of_run`] makes it, to the Dockerfile.
struct ScriptPlaces<'input> {
    instruction: &'input Instruction,
    places: Places,
    /// Where the script's text begins in the instruction's.
    start: usize,
    /// How long it is.
    length: usize,
    /// Whether the script is the body of the one heredoc.
    in_heredoc: bool,
}

impl<'input> ScriptPlaces<'input> {
    fn of(subject: &Subject<'input>, instruction: &'input Instruction) -> Self {
        let places = Places::of(subject.text(), subject.dockerfile, instruction);
        let text = match &instruction.kind {
            InstructionKind::Run(Command::Shell(word)) => word.text.trim(),
            _ => "",
        };
        let start = instruction.text.trim_end().len().saturating_sub(text.len());
        let in_heredoc = instruction.heredocs.len() == 1
            && text.starts_with("<<")
            && !text.contains(char::is_whitespace);
        Self { instruction, places, start, length: text.len(), in_heredoc }
    }

    fn span(&self, range: Range<usize>) -> Span {
        if self.in_heredoc {
            return self.instruction.heredocs.first().map_or(Span::at(0), |it| it.place(range));
        }
        if range.start <= self.length {
            return self.places.span(range.start + self.start..range.end + self.start);
        }
        // Behind the text stand the bodies, each with its delimiter.
        let mut start = self.length;
        for heredoc in &self.instruction.heredocs {
            start += 1;
            let end = start + heredoc.content.len() + heredoc.name.len();
            if range.start < end {
                let at = |offset: usize| offset.saturating_sub(start);
                return heredoc.place(at(range.start)..at(range.end));
            }
            start = end;
        }
        Span::at(self.instruction.span.end)
    }
}
