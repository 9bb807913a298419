//! Runs the program under test.

use std::io::Write;
use std::process::{Command, Stdio};

/// How a run ended.
pub(crate) struct Run {
    pub(crate) status: i32,
    pub(crate) output: String,
    pub(crate) errors: String,
}

/// Path of a Dockerfile of `tests/fixtures`.
pub(crate) fn fixture(name: &str) -> String {
    format!("{}/tests/fixtures/{name}.dockerfile", env!("CARGO_MANIFEST_DIR"))
}

/// Runs `layerwise` with nothing on standard input.
pub(crate) fn layerwise(arguments: &[&str]) -> Run {
    layerwise_reading(arguments, b"")
}

/// Runs `layerwise` with `input` on standard input.
pub(crate) fn layerwise_reading(arguments: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_layerwise"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("layerwise starts");
    // A run that does not read its input closes the pipe, which is fine.
    let _ = child.stdin.take().expect("a pipe").write_all(input);
    let output = child.wait_with_output().expect("layerwise ends");
    Run {
        status: output.status.code().expect("an exit status"),
        output: String::from_utf8(output.stdout).expect("UTF-8"),
        errors: String::from_utf8(output.stderr).expect("UTF-8"),
    }
}
