//! What the installers of Python share: where packages lie, what is asked for, what that weighs.

mod asked;
mod cache;
mod place;
mod project;
mod torch;
mod weight;

pub(super) use asked::{Asked, VALUED, read_operands};
pub(super) use cache::{Brought, keep};
pub(super) use place::{Place, environment, place_in, place_of, python_version};
pub(super) use project::read_project;
pub(super) use torch::PYTORCH;
pub(super) use weight::{Manner, forget, install};

use super::CommandLine;

/// Programs that are Python itself.
pub(super) fn is_python(program: &str) -> bool {
    let rest = program.strip_prefix("python").or_else(|| program.strip_prefix("pypy"));
    rest.is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.'))
}

/// The command line of a module that Python runs, `python -m pip install x` as `python install x`:
/// the program stays, since its folder tells whose packages it manages. `None` where Python runs
/// something else.
pub(super) fn module_line(line: &CommandLine, modules: &[&str]) -> Option<CommandLine> {
    if !is_python(line.program_name()) {
        return None;
    }
    let at = line.arguments.iter().position(|argument| argument.text == "-m")?;
    let before = line.arguments.get(..at).unwrap_or_default();
    if before.iter().any(|argument| !argument.text.starts_with('-')) {
        return None;
    }
    let module = line.arguments.get(at + 1)?;
    let rest = line.arguments.get(at + 2..).unwrap_or_default().to_vec();
    modules.contains(&module.text.as_str()).then(|| CommandLine { arguments: rest, ..line.clone() })
}

/// Whether a variable is set to something that means yes.
pub(super) fn is_on(value: Option<String>) -> bool {
    value.is_some_and(|value| {
        !matches!(value.to_ascii_lowercase().as_str(), "" | "0" | "false" | "no" | "off" | "n")
    })
}
