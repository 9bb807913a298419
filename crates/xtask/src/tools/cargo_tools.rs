//! Tools that cargo builds from source, into the project's own folder.

use super::Tool;
use crate::failure::Outcome;
use crate::process::{cargo, output, program, run_logged};
use crate::workspace::Workspace;

/// Bundles and serves the page.
pub(crate) const TRUNK: Tool = Tool {
    name: "trunk",
    // 0.22 needs a newer rustc than this workspace does.
    version: |_| Ok("0.21.14".to_owned()),
    present: |workspace, version| prints(workspace, "trunk", version),
    // Without its default features it neither checks for updates nor compiles a TLS library twice.
    install: |workspace, version| build(workspace, "trunk", version, &["--no-default-features"]),
    takes: "about 6 minutes",
};

/// Makes the JavaScript beside the wasm, and runs wasm tests in a browser.
pub(crate) const WASM_BINDGEN: Tool = Tool {
    name: "wasm-bindgen",
    // The library in the page and the program must be of one version.
    version: |workspace| workspace.locked_version("wasm-bindgen"),
    present: |workspace, version| {
        prints(workspace, "wasm-bindgen", version)
            && workspace.tools().join("bin/wasm-bindgen-test-runner").is_file()
    },
    install: |workspace, version| build(workspace, "wasm-bindgen-cli", version, &[]),
    takes: "about 2 minutes",
};

/// Checks licences and sources of dependencies.
pub(crate) const CARGO_DENY: Tool = Tool {
    name: "cargo-deny",
    version: |_| Ok("0.20.2".to_owned()),
    present: |workspace, version| prints(workspace, "cargo-deny", version),
    install: |workspace, version| build(workspace, "cargo-deny", version, &[]),
    takes: "about 5 minutes",
};

/// Runs the targets of `fuzz/`.
pub(crate) const CARGO_FUZZ: Tool = Tool {
    name: "cargo-fuzz",
    version: |_| Ok("0.13.2".to_owned()),
    present: |workspace, version| prints(workspace, "cargo-fuzz", version),
    install: |workspace, version| build(workspace, "cargo-fuzz", version, &[]),
    takes: "about a minute",
};

/// Only the project's own copy counts: another one may be of another version tomorrow.
fn prints(workspace: &Workspace, name: &str, version: &str) -> bool {
    let file =
        workspace.tools().join("bin").join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    let Ok(mut command) = program(workspace, file) else { return false };
    output(command.arg("--version"))
        .is_some_and(|text| text.split_whitespace().any(|word| word == version))
}

fn build(workspace: &Workspace, package: &str, version: &str, options: &[&str]) -> Outcome {
    let objects = workspace.cache.join("tool-target");
    let mut command = cargo(workspace)?;
    command
        .args(["install", "--locked", "--force", package, "--version", version])
        .args(options)
        .arg("--root")
        .arg(workspace.tools())
        .arg("--target-dir")
        .arg(&objects)
        // A tool is built once and run a little: compile time counts, not its speed.
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1")
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "0")
        .env_remove("RUSTFLAGS");
    run_logged(&mut command, &workspace.cache.join(format!("log/{package}.txt")))
}
