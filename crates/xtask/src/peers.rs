//! `cargo xtask peers`: what other linters say of the examples of our rules.

use std::fs;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::process;
use crate::workspace::Workspace;

/// Runs the comparison, a program of the tests, and writes `docs/peers.md`.
pub(crate) fn peers(workspace: &Workspace, mut arguments: Arguments) -> Outcome {
    let hadolint = arguments.value("--hadolint")?;
    let node = arguments.value("--node-programs")?;
    arguments.finish()?;
    let Some(hadolint) = hadolint else {
        return Err(Failure::new("which hadolint? write `cargo xtask peers --hadolint PROGRAM`"));
    };
    let mut compare = process::cargo(workspace)?;
    compare.args(["run", "--quiet", "--locked", "--package", "layerwise-tests"]);
    compare.args(["--bin", "peers", "--", &hadolint]).args(node);
    let document = process::run_captured(&mut compare)?;
    let path = workspace.root.join("docs/peers.md");
    fs::write(&path, document)
        .map_err(|error| Failure::new(format!("{} could not be written: {error}", path.display())))
}
