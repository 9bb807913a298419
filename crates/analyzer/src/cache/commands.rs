//! The commands of a `RUN`, read as the shell does, as far as a step is worth reading on.

use crate::plan::RunCommand;
use crate::shell;
use crate::shell::run::{Environment, Invocation, list_exec_invocations, list_invocations};
use crate::text::Span;

/// How much is read, as `most_work` counts: some hundred commands.
const MOST_WORK: usize = 40_000;

/// The commands of a `RUN`.
#[derive(Default)]
pub(super) struct Commands {
    /// Those that could be read, in order.
    pub(super) invocations: Vec<Invocation>,
    /// Whether these are all of them.
    pub(super) are_all: bool,
}

/// Lists the commands that run, the first of them in `working_directory`. A script of another language
/// than the shell has none that are known.
pub(super) fn list(command: &RunCommand, working_directory: &str) -> Commands {
    let environment = Environment {
        working_directory: working_directory.to_owned(),
        most_work: Some(MOST_WORK),
        ..Environment::default()
    };
    let (walk, is_read) = match command {
        RunCommand::Exec(arguments) => {
            (list_exec_invocations(arguments, Span::at(0), &environment), true)
        }
        RunCommand::Shell { text, heredocs } => {
            let Some(script) = shell::script_of_run(text, heredocs) else {
                return Commands::default();
            };
            let parsed = shell::parse(&script);
            let is_read = parsed.errors.is_empty() && parsed.rest.is_none();
            (list_invocations(&parsed, &environment), is_read)
        }
    };
    let are_all = is_read && !walk.truncated && walk.errors.is_empty();
    Commands { invocations: walk.invocations, are_all }
}
