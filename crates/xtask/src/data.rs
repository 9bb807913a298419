//! Import of tables of facts: `cargo xtask data TABLE`.

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;

/// `cargo xtask data TABLE …`: the first word names the table.
pub(crate) fn run(_: &Workspace, mut arguments: Arguments) -> Outcome {
    let table = arguments.word().unwrap_or_default();
    arguments.finish()?;
    Err(Failure::new(format!("there is no table `{table}` to import")))
}
