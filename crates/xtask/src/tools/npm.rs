//! npm packages, as their lock files name them.

use std::fs;
use std::path::Path;

use super::{Tool, any_version};
use crate::failure::{Failure, Outcome};
use crate::process::{output, program, run_logged};
use crate::workspace::Workspace;

/// Runs what npm installs; never installed by this program.
pub(crate) const NODE: Tool = Tool {
    name: "Node.js",
    version: |_| Ok("20".to_owned()),
    present: |workspace, version| {
        let Ok(mut node) = program(workspace, "node") else { return false };
        output(node.arg("--version"))
            .is_some_and(|text| major(&text) >= major(version) && major(version).is_some())
    },
    install: |_, version| {
        Err(Failure::new(format!(
            "the editor and the browser tests need Node.js {version} or newer with npm, and `node` \
             on PATH is missing or older. Install it (Debian: `sudo apt-get install nodejs npm`) \
             and run this again"
        )))
    },
    takes: "",
};

/// What bundles the editor, and wasm-opt.
pub(crate) const EDITOR: Tool = Tool {
    name: "npm packages of the editor",
    version: any_version,
    present: |workspace, _| is_prepared(&workspace.editor()),
    // The script that trunk runs before each build as well, so that `trunk serve` alone works.
    install: |workspace, _| {
        let mut prepare = program(workspace, "node")?;
        prepare.arg("prepare.mjs").current_dir(workspace.editor());
        run_logged(&mut prepare, &workspace.cache.join("log/npm-editor.txt"))
    },
    takes: "about 10 seconds",
};

/// Playwright and axe.
pub(crate) const BROWSER_TESTS: Tool = Tool {
    name: "npm packages of the browser tests",
    version: any_version,
    present: |workspace, _| is_installed(&workspace.browser_tests()),
    install: |workspace, _| install(workspace, &workspace.browser_tests(), "browser-tests"),
    takes: "about 10 seconds",
};

/// TypeScript, which reads the types of the npm package.
pub(crate) const NPM_TESTS: Tool = Tool {
    name: "npm packages of the npm package's tests",
    version: any_version,
    present: |workspace, _| is_installed(&workspace.npm_tests()),
    install: |workspace, _| install(workspace, &workspace.npm_tests(), "npm-tests"),
    takes: "about 5 seconds",
};

/// `22` of `v22.3.0`.
fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// `prepare.mjs` leaves a copy of the lock it installed.
fn is_prepared(package: &Path) -> bool {
    let lock = fs::read(package.join("package-lock.json"));
    let done = fs::read(package.join("node_modules/.layerwise-lock"));
    matches!((lock, done), (Ok(lock), Ok(done)) if lock == done)
}

/// npm writes its own copy of the lock last; it is older than a lock that changed since.
fn is_installed(package: &Path) -> bool {
    let modified = |file: &str| fs::metadata(package.join(file)).and_then(|data| data.modified());
    let wanted = modified("package-lock.json");
    let there = modified("node_modules/.package-lock.json");
    matches!((wanted, there), (Ok(wanted), Ok(there)) if wanted <= there)
}

fn install(workspace: &Workspace, package: &Path, log: &str) -> Outcome {
    if !package.join("package-lock.json").is_file() {
        return Err(Failure::new(format!(
            "{} has no package-lock.json; the checkout is not whole",
            package.display()
        )));
    }
    let mut command = program(workspace, "npm")?;
    command
        .args(["ci", "--no-audit", "--no-fund"])
        .current_dir(package)
        // The tests drive the browser that is on the machine.
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    run_logged(&mut command, &workspace.cache.join(format!("log/npm-{log}.txt")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(major("v20.20.2") > major("v9.1.0"));
        assert_eq!(major("not a version"), None);
    }
}
