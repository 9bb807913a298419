//! `cargo xtask accuracy`: how near the estimates come to layers of a real builder.

use crate::arguments::Arguments;
use crate::failure::Outcome;
use crate::process;
use crate::workspace::Workspace;

/// Runs the comparison, a program of the tests.
pub(crate) fn accuracy(workspace: &Workspace, arguments: Arguments) -> Outcome {
    arguments.finish()?;
    let mut compare = process::cargo(workspace)?;
    compare.args(["run", "--quiet", "--locked", "--package", "layerwise-tests"]);
    process::run(compare.args(["--bin", "accuracy"]))
}
