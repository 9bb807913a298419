//! What a `RUN` does: its text read as a shell reads it, and each command done on the machine.

pub(super) mod branches;
mod printed;
mod untold;

use printed::{fed, printed};

use super::commands;
use super::limit;
use super::machine::{Flow, RunMachine, Written, home_of};
use super::simulation::StageSimulator;
use crate::dockerfile::Heredoc;
use crate::layer::LayerWriter;
use crate::packages::{self, CommandLine};
use crate::plan::{BuildState, Mount, RunCommand, Step};
use crate::shell::run::{
    Certainty, Environment, ExpandedRedirection, Invocation, Walk, list_exec_invocations,
    list_invocations,
};
use crate::shell::{self, syntax::RedirectionKind};
use crate::text::Span;

/// As many doubts as a step states; more are not read.
pub(super) const MOST_DOUBTS: usize = 12;

/// Units of work that a command counts, whatever it does.
const COMMAND: usize = 40;
/// What a variable counts that a step sees.
const VARIABLE: usize = 6;

/// Does what a `RUN` says.
pub(super) fn run_command(
    simulator: &mut StageSimulator<'_>,
    step: &Step,
    command: &RunCommand,
    mounts: &[Mount],
    writer: &mut LayerWriter,
) {
    let environment = environment(simulator, &step.state);
    let walk = match command {
        RunCommand::Exec(arguments) => list_exec_invocations(arguments, Span::at(0), &environment),
        RunCommand::Shell { text, heredocs } => {
            walk_script(simulator, text, heredocs, &environment)
        }
    };
    let Walk { invocations, truncated, work, errors } = walk;
    limit::count_shell(&simulator.work, work);
    if truncated {
        simulator.unknowns.push("The command runs more than is read here.".to_owned());
    }
    if !errors.is_empty() {
        simulator.unknowns.push(UNREAD.to_owned());
    }
    // All that is noted so far is about text that is not read.
    let unread = simulator.unknowns.first().cloned();
    simulator.ledger.begin_step();
    let mut machine = RunMachine::new(simulator, writer, step, mounts);
    for invocation in &invocations {
        if limit::is_reached(&machine.simulator.work) {
            break;
        }
        invoke(invocation, &mut machine);
    }
    machine.settle_branches();
    if let Some(sentence) = unread {
        let cause = simulator.note(sentence);
        writer.add_contents("", limit::unknown_files(cause));
    }
    simulator.unknowns.truncate(MOST_DOUBTS);
}

/// What is said where the shell would refuse the text, or it is not read here.
const UNREAD: &str = "A part of the command could not be read, so what it writes is not known.";

/// The commands of a shell form with its heredocs.
fn walk_script(
    simulator: &mut StageSimulator<'_>,
    text: &str,
    heredocs: &[Heredoc],
    environment: &Environment,
) -> Walk {
    let Some(script) = shell::script_of_run(text, heredocs) else {
        simulator.unknowns.push("A script of another language than the shell runs.".to_owned());
        return Walk::default();
    };
    let parsed = shell::parse(&script);
    if parsed.rest.is_some() || !parsed.errors.is_empty() {
        simulator.unknowns.push(UNREAD.to_owned());
    }
    let mut walk = list_invocations(&parsed, environment);
    // What stands behind `||` is for when something fails, which it mostly does not.
    for invocation in &mut walk.invocations {
        if let Certainty::Maybe { choice, branch } = &mut invocation.certainty {
            let before = script.get(..branch.start).unwrap_or_default().trim_end();
            if before.ends_with("||") {
                *choice = FALLBACK;
            }
        }
    }
    walk
}

/// Stands for the choice of what runs only when something fails.
const FALLBACK: Span = Span { start: usize::MAX, end: usize::MAX };

/// What the shell knows before it begins.
fn environment(simulator: &StageSimulator<'_>, state: &BuildState) -> Environment {
    let known = state.variables.list();
    simulator.work.add(VARIABLE * known.len());
    let known = known.into_iter();
    // What the image or an instruction sets stands behind the usual home, and so wins.
    let home = ("HOME".to_owned(), home_of(&state.user));
    let known = known.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let shell = state.shell.first().map_or("", String::as_str);
    Environment {
        variables: std::iter::once(home).chain(known).collect(),
        working_directory: state.working_directory.to_string(),
        is_bash: shell.ends_with("bash"),
        outputs: outputs(simulator),
        most_work: Some(limit::left_for_shell(&simulator.work)),
    }
}

/// What commands print that ask for the machine.
fn outputs(simulator: &StageSimulator<'_>) -> Vec<(&'static str, &'static str)> {
    let platform = simulator.platform.to_string();
    let (machine, debian) = match platform.split('/').nth(1).unwrap_or_default() {
        "arm64" => ("aarch64", "arm64"),
        "arm" => ("armv7l", "armhf"),
        "386" => ("i686", "i386"),
        "ppc64le" => ("ppc64le", "ppc64el"),
        "s390x" => ("s390x", "s390x"),
        "riscv64" => ("riscv64", "riscv64"),
        _ => ("x86_64", "amd64"),
    };
    vec![
        ("uname -m", machine),
        ("uname -s", "Linux"),
        ("uname", "Linux"),
        ("arch", machine),
        ("apk --print-arch", machine),
        ("dpkg --print-architecture", debian),
    ]
}

fn invoke(invocation: &Invocation, machine: &mut RunMachine<'_, '_>) {
    machine.simulator.work.add(COMMAND + machine.count_mounts());
    let line = CommandLine::from(invocation);
    machine.begin(invocation);
    let doubts = machine.simulator.unknowns.len();
    if invocation.pipeline.0 == 0 {
        machine.piped.clear();
    }
    machine.fed = fed(invocation, machine);
    let flow = printed(invocation, &line, machine);
    if !line.program.is_empty() && !invocation.captured {
        perform(&line, machine);
    }
    for redirection in &invocation.redirections {
        redirect(flow, redirection, machine);
    }
    machine.flow = flow;
    untold::note_rounds(invocation, &line, machine);
    if machine.written.is_told() {
        machine.simulator.unknowns.truncate(doubts);
    }
}

fn perform(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    if let Some(action) = packages::recognize(line) {
        if let Some(manager) = action.manager {
            (manager.perform)(&action, machine);
            untold::note_names(manager.id, &action, machine);
        }
        return;
    }
    if !commands::perform(line, machine) {
        commands::perform_unknown(line, machine);
    }
}

/// What a command prints goes to a file.
fn redirect(
    flow: Option<Flow>,
    redirection: &ExpandedRedirection,
    machine: &mut RunMachine<'_, '_>,
) {
    let append = match redirection.kind {
        RedirectionKind::Output | RedirectionKind::OutputAndErrors => false,
        RedirectionKind::Append | RedirectionKind::AppendOutputAndErrors => true,
        _ => return,
    };
    let Some(path) = redirection.target.known().filter(|_| redirection.descriptor != Some(2))
    else {
        return;
    };
    if machine.piped.is_empty() {
        machine.write_text(path, flow, append);
    } else {
        let address = std::mem::take(&mut machine.piped);
        commands::fetch(machine, &address, path);
    }
}

impl RunMachine<'_, '_> {
    /// Turns to the next command.
    fn begin(&mut self, invocation: &Invocation) {
        let directory = invocation.working_directory.as_deref();
        self.directory = directory.unwrap_or("/").to_owned();
        self.is_certain = invocation.certainty == Certainty::Always;
        self.is_fallback = false;
        self.branch = None;
        self.scale = None;
        self.written = Written::default();
        if let Certainty::Maybe { choice, branch } = invocation.certainty {
            self.is_fallback = choice == FALLBACK;
            self.branch = Some((choice, branch)).filter(|_| choice != FALLBACK);
        }
        self.variables = std::rc::Rc::clone(&invocation.variables);
        let mut words = invocation.words.iter().map(|word| word.shown());
        let program = words.next().unwrap_or_default();
        let mut command = program.rsplit('/').next().unwrap_or_default().to_owned();
        for word in words.take(6) {
            command.push(' ');
            command.push_str(&word);
        }
        let before = std::mem::replace(&mut self.command, command);
        self.command_before = if invocation.pipeline.0 > 0 { before } else { String::new() };
    }

    /// What the program at work is called, without its folder.
    pub(super) fn program(&self) -> String {
        self.command.split(' ').next().unwrap_or_default().to_owned()
    }
}
