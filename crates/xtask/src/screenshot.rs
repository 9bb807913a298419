//! `cargo xtask screenshot`: the picture of the page in the README.

use crate::arguments::Arguments;
use crate::checks::browser_program;
use crate::failure::{Failure, Outcome};
use crate::process::run;
use crate::tools::{self, BROWSER_TESTS, CHROMIUM, NODE};
use crate::workspace::Workspace;

/// The most bytes that everybody who looks at the README is to load for it.
const MOST_BYTES: u64 = 150_000;

/// Photographs the page in `dist/`; what differs from the picture that is kept is for git to say.
pub(crate) fn screenshot(workspace: &Workspace, arguments: Arguments) -> Outcome {
    arguments.finish()?;
    if !workspace.dist().join("index.html").is_file() {
        return Err(Failure::new("there is no page in dist/; run `cargo xtask build` first"));
    }
    tools::ensure(workspace, &[&NODE, &BROWSER_TESTS, &CHROMIUM])?;
    let file = workspace.root.join("docs/screenshot.webp");
    let mut take = browser_program(workspace, "node")?;
    run(take.arg("screenshot.mjs").arg(&file))?;
    let bytes = std::fs::metadata(&file).map_or(0, |data| data.len());
    if bytes > MOST_BYTES {
        return Err(Failure::new(format!(
            "{} has {bytes} bytes, over {MOST_BYTES}; lower its quality in tests/browser/screenshot.mjs",
            file.display()
        )));
    }
    eprintln!("screenshot: {} has {bytes} bytes; look at it before you commit it", file.display());
    Ok(())
}
