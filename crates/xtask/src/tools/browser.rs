//! A Chromium and its driver: the machine's own, or Debian's.

use std::env;
use std::path::PathBuf;

use super::{Tool, any_version};
use crate::failure::{Failure, Outcome};
use crate::process::{find_program, output, program, run_logged};
use crate::workspace::Workspace;

/// The browser of the tests.
pub(crate) const CHROMIUM: Tool = Tool {
    name: "Chromium",
    version: any_version,
    present: |_, _| chromium().is_ok(),
    install: |workspace, _| install(workspace, "chromium", "CHROMIUM"),
    takes: "about 40 seconds",
};

/// What wasm-bindgen's test runner drives the browser with.
pub(crate) const CHROMEDRIVER: Tool = Tool {
    name: "chromedriver",
    version: any_version,
    present: |_, _| chromedriver().is_ok(),
    install: |workspace, _| install(workspace, "chromium-driver", "CHROMEDRIVER"),
    takes: "about 10 seconds",
};

/// The browser in `CHROMIUM`, or the first one on `PATH`.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    locate("CHROMIUM", &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"])
}

/// The driver in `CHROMEDRIVER`, or the one on `PATH`.
pub(crate) fn chromedriver() -> Outcome<PathBuf> {
    locate("CHROMEDRIVER", &["chromedriver"])
}

fn locate(variable: &str, names: &[&str]) -> Outcome<PathBuf> {
    let named = env::var_os(variable).map(PathBuf::from);
    if let Some(file) = &named
        && !file.is_file()
    {
        return Err(Failure::new(format!("{variable} names {}, no file", file.display())));
    }
    named.or_else(|| find_program(names)).ok_or_else(|| {
        Failure::new(format!("no {} on PATH, and {variable} is not set", names.join(", ")))
    })
}

fn install(workspace: &Workspace, package: &str, variable: &str) -> Outcome {
    if env::var_os(variable).is_some() {
        return Err(Failure::new(format!("{variable} names no file; correct it or unset it")));
    }
    let Some(apt) = apt_get(workspace)? else {
        return Err(Failure::new(format!(
            "the browser tests need `{package}`. On Debian or Ubuntu: `sudo apt-get install \
             {package}`. Elsewhere: install Chromium or Chrome with its chromedriver, then put \
             them on PATH or name the file in {variable}"
        )));
    };
    let log = workspace.cache.join(format!("log/{package}.txt"));
    let apt = |words: &[&str]| -> Outcome {
        let mut command = program(workspace, apt[0])?;
        command.args(&apt[1..]).args(words).env("DEBIAN_FRONTEND", "noninteractive");
        run_logged(&mut command, &log)
    };
    apt(&["update"])?;
    apt(&["install", "--yes", "--no-install-recommends", package])
}

/// The words that start apt-get with the right to install, where there are any.
fn apt_get(workspace: &Workspace) -> Outcome<Option<Vec<&'static str>>> {
    if find_program(&["apt-get"]).is_none() {
        return Ok(None);
    }
    if output(program(workspace, "id")?.arg("-u")).as_deref() == Some("0") {
        return Ok(Some(vec!["apt-get"]));
    }
    let may = output(program(workspace, "sudo")?.args(["-n", "true"])).is_some();
    Ok(may.then(|| vec!["sudo", "-n", "apt-get"]))
}
