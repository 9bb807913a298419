//! What the commands need, and how to get it: a tool is a row, listed in [`ALL`].

mod browser;
mod cargo_tools;
mod npm;
mod rust;

use std::time::{Duration, Instant};

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;

pub(crate) use browser::{CHROMEDRIVER, CHROMIUM, chromedriver, chromium};
pub(crate) use cargo_tools::{CARGO_DENY, CARGO_FUZZ, TRUNK, WASM_BINDGEN};
pub(crate) use npm::{BROWSER_TESTS, EDITOR, NODE, NPM_TESTS};
pub(crate) use rust::WASM_TARGET;

/// Something that must be on the machine before a command can run.
pub(crate) struct Tool {
    /// How people call it.
    pub(crate) name: &'static str,
    /// The version wanted, or an empty text where any will do.
    version: fn(&Workspace) -> Outcome<String>,
    /// Is it there, in this version?
    present: fn(&Workspace, &str) -> bool,
    /// Puts it there.
    install: fn(&Workspace, &str) -> Outcome,
    /// How long the first time takes on two cores, for the progress line; empty where only the
    /// person can install it.
    takes: &'static str,
}

/// Every tool, the quick ones first: what cannot be had is then known before a long build.
pub(crate) const ALL: &[&Tool] = &[
    &WASM_TARGET,
    &NODE,
    &EDITOR,
    &BROWSER_TESTS,
    &NPM_TESTS,
    &CHROMIUM,
    &CHROMEDRIVER,
    &WASM_BINDGEN,
    &TRUNK,
    &CARGO_DENY,
];

/// Installs those of `tools` that are missing, in order; says nothing where nothing is.
pub(crate) fn ensure(workspace: &Workspace, tools: &[&Tool]) -> Outcome {
    for tool in tools {
        let version = (tool.version)(workspace)?;
        if (tool.present)(workspace, &version) {
            continue;
        }
        let named = format!("{} {version}", tool.name);
        let named = named.trim_end();
        if !tool.takes.is_empty() {
            eprintln!("set-up: {named} … installing ({} the first time)", tool.takes);
        }
        let start = Instant::now();
        (tool.install)(workspace, &version)?;
        if !(tool.present)(workspace, &version) {
            return Err(Failure::new(format!(
                "{named} was installed, but is not found; look for an older one before it on PATH"
            )));
        }
        eprintln!("set-up: {named} is ready ({})", seconds(start.elapsed()));
    }
    Ok(())
}

/// `cargo xtask setup`.
pub(crate) fn setup(workspace: &Workspace, arguments: Arguments) -> Outcome {
    arguments.finish()?;
    ensure(workspace, ALL)?;
    eprintln!("set-up: everything is there");
    Ok(())
}

/// A duration as people read it: `3.2 s`, `5 min 39 s`.
pub(crate) fn seconds(duration: Duration) -> String {
    let whole = duration.as_secs();
    if whole < 60 {
        return format!("{:.1} s", duration.as_secs_f64());
    }
    format!("{} min {:02} s", whole / 60, whole % 60)
}

fn any_version(_: &Workspace) -> Outcome<String> {
    Ok(String::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_readable() {
        assert_eq!(seconds(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(seconds(Duration::from_secs(339)), "5 min 39 s");
    }

    #[test]
    fn every_tool_has_a_name_of_its_own() {
        for (index, tool) in ALL.iter().enumerate() {
            assert!(ALL[..index].iter().all(|other| other.name != tool.name), "{}", tool.name);
        }
    }
}
