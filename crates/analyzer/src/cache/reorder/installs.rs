//! Which commands install, and which manifests they read: the only ones that lines are moved past.

mod managers;

use std::rc::Rc;

use crate::cache::commands::{self, Commands};
use crate::plan::{CopySource, MountKind, Step, StepKind};
use crate::shell::run::{Certainty, Invocation};
use managers::Part;

/// What one kind of package manager reads of a project, beside the files it is told by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manifests {
    /// What has to be there.
    pub(super) required: &'static [&'static str],
    /// What is read where it is there.
    pub(super) optional: &'static [&'static str],
    /// What to copy where nobody knows which are there: a wildcard may match nothing.
    pub(super) usual: &'static [&'static str],
    /// Words in the first required one that make other files matter.
    pub(super) far_reaching: &'static [&'static str],
    /// Where it installs within the project, which a later copy must not cover.
    pub(super) folder: Option<&'static str>,
    /// What has to be so where the manifest could not be read.
    pub(super) condition: &'static str,
}

/// A command that reads manifests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reads {
    /// The command in a few words: `npm ci`.
    pub(super) command: String,
    /// Where it runs, absolute.
    pub(super) folder: Rc<str>,
    /// What it reads by itself.
    pub(super) manifests: Option<Manifests>,
    /// Files it is told by name, as paths from where it runs.
    pub(super) named: Vec<String>,
}

/// What a `RUN` does that does nothing but install.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Installs {
    /// Whether it takes long.
    pub(super) is_slow: bool,
    /// Its commands that read manifests.
    pub(super) reads: Vec<Reads>,
    /// Its first slow command in a few words.
    pub(super) name: String,
}

/// Reads a `RUN`; `None` where it does anything that is not known to be an install.
pub(super) fn read(step: &Step) -> Option<Installs> {
    let StepKind::Run { command, mounts, .. } = &step.kind else { return None };
    let brings = |kind: MountKind| matches!(kind, MountKind::Bind | MountKind::Tmpfs);
    if mounts.iter().any(|mount| brings(mount.kind) || mount.from != CopySource::Scratch) {
        return None;
    }
    let Commands { invocations, are_all } = commands::list(command, &step.state.working_directory);
    if !are_all || invocations.is_empty() {
        return None;
    }
    let mut installs = Installs::default();
    for invocation in invocations {
        let words = words(&invocation)?;
        let part = managers::read(&words)?;
        let name = words.iter().take(2).copied().collect::<Vec<&str>>().join(" ");
        if part != Part::Quick {
            installs.is_slow = true;
            if installs.name.is_empty() {
                installs.name.clone_from(&name);
            }
        }
        if let Part::Reads(manifests, named) = part {
            let folder = invocation.working_directory.clone()?;
            installs.reads.push(Reads { command: name, folder, manifests, named });
        }
    }
    Some(installs)
}

/// The words of a command that runs for sure and writes nowhere by itself.
fn words(invocation: &Invocation) -> Option<Vec<&str>> {
    let is_plain = invocation.certainty == Certainty::Always
        && invocation.pipeline.1 <= 1
        && !invocation.captured
        && !invocation.repeated
        && invocation.here_document.is_none();
    let is_quiet = invocation.redirections.iter().all(|redirection| {
        let target = redirection.target.known();
        target.is_some_and(|target| ["/dev/null", "1", "2"].contains(&target))
    });
    if !is_plain || !is_quiet {
        return None;
    }
    let program = invocation.program()?;
    let rest = invocation.words.iter().skip(1).map(|word| {
        let is_told = program == "rm" && !word.has_unknown();
        word.known().or_else(|| is_told.then_some(word.text()))
    });
    std::iter::once(Some(program)).chain(rest).collect()
}
