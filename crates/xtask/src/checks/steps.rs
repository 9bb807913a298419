//! What `cargo xtask test` checks: a step is a row of [`ALL`].

use std::fs;
use std::path::Path;
use std::process::Command;

use super::Step;
use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::npm;
use crate::page;
use crate::process::{cargo, output, program, run};
use crate::size;
use crate::tools::{
    BROWSER_TESTS, CHROMEDRIVER, CHROMIUM, NODE, WASM_BINDGEN, WASM_TARGET, chromedriver, chromium,
};
use crate::workspace::Workspace;

const WASM: &str = "wasm32-unknown-unknown";

/// Flags under which the browser asks nobody for anything but the page.
const BROWSER_FLAGS: &[&str] = &[
    "headless=new",
    "no-sandbox",
    "disable-gpu",
    "disable-quic",
    "no-first-run",
    "disable-background-networking",
    "disable-component-update",
    "disable-sync",
];

/// Every step, those without tools first: on a fresh machine the tools are built meanwhile.
pub(super) const ALL: &[Step] = &[
    Step {
        name: "format",
        about: "every Rust file is as rustfmt writes it",
        needs: &[],
        run: |workspace| run(cargo(workspace)?.args(["fmt", "--all", "--check"])),
    },
    Step {
        name: "clippy",
        about: "no warning in any crate, test or example",
        needs: &[],
        run: |workspace| clippy(workspace, &["--workspace", "--all-targets"]),
    },
    Step {
        name: "native",
        about: "the tests of every crate, and of the sources and data themselves",
        needs: &[],
        run: |workspace| run(cargo(workspace)?.args(["test", "--workspace", "--locked"])),
    },
    Step {
        name: "doc",
        about: "the documentation builds and its links lead somewhere",
        needs: &[],
        run: |workspace| {
            let mut doc = cargo(workspace)?;
            doc.args(["doc", "--workspace", "--no-deps", "--document-private-items", "--locked"]);
            run(doc.env("RUSTDOCFLAGS", "-D warnings"))
        },
    },
    Step {
        name: "clippy-wasm",
        about: "no warning in the page as it is built for the browser",
        needs: &[&WASM_TARGET],
        run: |workspace| {
            // The unit tests are native: what they draw with does not compile for the browser.
            let what = ["--package", "layerwise-web", "--lib", "--bins", "--test", "wasm"];
            clippy(workspace, &[&what[..], &["--target", WASM]].concat())
        },
    },
    Step {
        name: "wasm",
        about: "the analysis inside a worker of a real browser",
        needs: &[&WASM_TARGET, &CHROMIUM, &CHROMEDRIVER, &WASM_BINDGEN],
        run: wasm_tests,
    },
    Step {
        name: "npm",
        about: "the npm package builds, says what the command line says, and has the types it says",
        needs: npm::TEST_NEEDS,
        run: npm::test,
    },
    Step {
        name: "page",
        about: "the release page builds",
        needs: page::NEEDS,
        run: |workspace| page::release(workspace, "./"),
    },
    Step {
        name: "size",
        about: "the page is within its budgets",
        needs: &[&NODE],
        run: |workspace| size::size(workspace, Arguments::new(Vec::new())),
    },
    Step {
        name: "browser",
        about: "the page in dist/, used as people use it",
        needs: &[&NODE, &BROWSER_TESTS, &CHROMIUM],
        run: browser_tests,
    },
];

fn clippy(workspace: &Workspace, scope: &[&str]) -> Outcome {
    let mut clippy = cargo(workspace)?;
    clippy.args(["clippy", "--locked"]).args(scope);
    run(clippy.args(["--", "-D", "warnings"]))
}

fn wasm_tests(workspace: &Workspace) -> Outcome {
    let capabilities = workspace.cache.join("webdriver.json");
    let arguments: Vec<String> =
        BROWSER_FLAGS.iter().map(|flag| json_text(&format!("--{flag}"))).collect();
    let text = format!(
        "{{\"goog:chromeOptions\": {{\"binary\": {}, \"args\": [{}]}}}}\n",
        json_text(&chromium()?.to_string_lossy()),
        arguments.join(", ")
    );
    write(&capabilities, &text)?;
    let mut test = cargo(workspace)?;
    test.args(["test", "--locked", "--package", "layerwise-web", "--test", "wasm"])
        .args(["--target", WASM])
        // A name, found on PATH: cargo would split a path with a space in two.
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities)
        .env("CHROMEDRIVER", chromedriver()?);
    run(&mut test)
}

fn browser_tests(workspace: &Workspace) -> Outcome {
    if !workspace.dist().join("index.html").is_file() {
        return Err(Failure::new("there is no page in dist/; run `cargo xtask build` first"));
    }
    run(browser_program(workspace, "npm")?.args(["test", "--silent"]))
}

/// A program in the folder of the browser tests that is told which browser to drive, and how.
pub(crate) fn browser_program(workspace: &Workspace, name: &str) -> Outcome<Command> {
    let flags: Vec<String> = BROWSER_FLAGS.iter().map(|flag| format!("--{flag}")).collect();
    let mut command = program(workspace, name)?;
    command
        .current_dir(workspace.browser_tests())
        .env("CHROMIUM", chromium()?)
        .env("CHROMIUM_FLAGS", flags.join(" "));
    Ok(command)
}

/// What git says of the work tree; nothing outside a checkout.
pub(super) fn git_status(workspace: &Workspace) -> Option<String> {
    output(program(workspace, "git").ok()?.args(["status", "--porcelain"]))
}

/// Fails where a check rewrote or left a file that git would keep.
pub(super) fn unchanged(before: Option<String>, after: Option<String>) -> Outcome {
    let (Some(before), Some(after)) = (before, after) else { return Ok(()) };
    let fresh: Vec<&str> =
        after.lines().filter(|line| before.lines().all(|known| known != *line)).collect();
    if fresh.is_empty() {
        return Ok(());
    }
    Err(Failure::new(format!(
        "the steps changed files that git keeps; commit them, or ignore them:\n{}",
        fresh.join("\n")
    )))
}

fn json_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn write(file: &Path, text: &str) -> Outcome {
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::new(format!("{error}")))?;
    }
    fs::write(file, text)
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_changes_made_by_the_checks_fail() {
        let status = |text: &str| Some(text.to_owned());
        assert!(unchanged(status(" M a.rs"), status(" M a.rs")).is_ok());
        assert!(unchanged(None, None).is_ok());
        let message = unchanged(status(" M a.rs"), status(" M a.rs\n M data/images.bin"));
        assert!(message.unwrap_err().to_string().contains("data/images.bin"));
    }

    #[test]
    fn a_path_stays_one_json_text() {
        assert_eq!(json_text(r#"C:\a "b""#), r#""C:\\a \"b\"""#);
    }
}
