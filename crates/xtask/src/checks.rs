//! `cargo xtask test`: the steps, and running them.

mod setup;
mod steps;

use std::time::Instant;

use crate::arguments::Arguments;
use crate::checks::setup::Setup;
use crate::failure::{Failure, Outcome};
use crate::process::{cargo, run};
use crate::tools::{self, CARGO_DENY, Tool, seconds};
use crate::workspace::Workspace;

pub(crate) use steps::browser_program;

/// One check of the whole.
pub(crate) struct Step {
    /// What `--only` calls it.
    name: &'static str,
    /// What it does, for the progress line.
    about: &'static str,
    /// What must be installed first.
    needs: &'static [&'static Tool],
    run: fn(&Workspace) -> Outcome,
}

/// `cargo xtask test`: every step, or those named by `--only`. A failing step does not stop the
/// next ones, so that one run tells everything.
pub(crate) fn test(workspace: &Workspace, mut arguments: Arguments) -> Outcome {
    let list = arguments.flag("--list");
    let mut only = Vec::new();
    while let Some(name) = arguments.value("--only")? {
        only.push(name);
    }
    arguments.finish()?;
    let steps = choose(&only)?;
    if list {
        steps.iter().for_each(|step| println!("{:<12} {}", step.name, step.about));
        return Ok(());
    }

    let start = Instant::now();
    let git = steps::git_status(workspace);
    let mut setup = Setup::start(workspace, &steps);
    let mut failures = Vec::new();
    for step in &steps {
        failures.extend(report(step.name, step.about, || {
            setup.wait_for(step.needs).and_then(|()| (step.run)(workspace))
        }));
    }
    failures.extend(report("clean", "the steps left git's files as they were", || {
        steps::unchanged(git, steps::git_status(workspace))
    }));
    // `clean` is one more.
    close(steps.len() + 1, &failures, &seconds(start.elapsed()))
}

/// Runs a step between two lines that say what it does and how it went; gives back its failure.
fn report(name: &str, about: &str, step: impl FnOnce() -> Outcome) -> Option<String> {
    let start = Instant::now();
    println!("\n== {name}: {about}");
    let outcome = step();
    let took = seconds(start.elapsed());
    match outcome {
        Ok(()) => {
            println!("== {name}: passed in {took}");
            None
        }
        Err(failure) => {
            println!("== {name}: FAILED in {took}: {failure}");
            Some(format!("{name}: {failure}"))
        }
    }
}

/// `cargo xtask deny`: apart from `test`, because cargo-deny takes minutes to compile.
pub(crate) fn deny(workspace: &Workspace, arguments: Arguments) -> Outcome {
    arguments.finish()?;
    tools::ensure(workspace, &[&CARGO_DENY])?;
    // Advisories need a database that only a download brings.
    run(cargo(workspace)?.args(["deny", "--workspace", "check", "licenses", "bans", "sources"]))
}

fn choose(only: &[String]) -> Outcome<Vec<&'static Step>> {
    if let Some(name) = only.iter().find(|name| steps::ALL.iter().all(|step| step.name != *name)) {
        let names: Vec<_> = steps::ALL.iter().map(|step| step.name).collect();
        return Err(Failure::new(format!("no step `{name}`; the steps are {}", names.join(", "))));
    }
    let chosen = |step: &&Step| only.is_empty() || only.iter().any(|name| name == step.name);
    Ok(steps::ALL.iter().filter(chosen).collect())
}

fn close(steps: usize, failures: &[String], took: &str) -> Outcome {
    println!("\nAll of it took {took}.");
    for failure in failures {
        println!("FAILED {failure}");
    }
    println!("{} passed, {} failed", steps.saturating_sub(failures.len()), failures.len());
    if failures.is_empty() {
        return Ok(());
    }
    Err(Failure::new("some checks failed; `cargo xtask test --only STEP` runs one of them again"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_chosen_by_name_and_kept_in_order() {
        let names = |only: &[&str]| -> Vec<&str> {
            let only: Vec<String> = only.iter().map(|name| (*name).to_owned()).collect();
            choose(&only).unwrap().iter().map(|step| step.name).collect()
        };
        assert_eq!(names(&[]).len(), steps::ALL.len());
        assert_eq!(names(&["native", "format"]), ["format", "native"]);
    }

    #[test]
    fn an_unknown_step_is_answered_with_the_names() {
        let message = choose(&["clipy".into()]).err().unwrap().to_string();
        assert!(message.contains("clippy"), "{message}");
    }
}
