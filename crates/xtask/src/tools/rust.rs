//! What comes with the Rust toolchain.

use std::path::Path;

use super::{Tool, any_version};
use crate::failure::{Failure, Outcome};
use crate::process::{output, program, run};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// The standard library for WebAssembly.
pub(crate) const WASM_TARGET: Tool = Tool {
    name: "Rust for wasm32-unknown-unknown",
    version: any_version,
    present: |workspace, _| {
        let Ok(mut rustc) = program(workspace, "rustc") else { return false };
        output(rustc.args(["--print", "target-libdir", "--target", TARGET]))
            .is_some_and(|folder| Path::new(&folder).is_dir())
    },
    install,
    takes: "seconds",
};

fn install(workspace: &Workspace, _: &str) -> Outcome {
    let by_rustup = run(program(workspace, "rustup")?.args(["target", "add", TARGET]));
    by_rustup.map_err(|failure| {
        Failure::new(format!(
            "{failure}\nThe page needs Rust's {TARGET} target. With rustup: `rustup target add \
             {TARGET}`. With a distribution's Rust: install its package for wasm32."
        ))
    })
}
