//! Which commands install, and which manifests they read: the only ones that lines are moved past.

mod managers;

use std::rc::Rc;

use super::split::{Source, Split};
use crate::cache::commands::{self, Commands};
use crate::context::normalize_path;
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

/// What a `RUN` does that installs, and does nothing before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Installs {
    /// Where what it does beside begins; `None` where it does nothing else.
    pub(super) split: Option<Split>,
    /// Whether it may look at any file of the project.
    pub(super) reads_anything: bool,
    /// Whether it takes long.
    pub(super) is_slow: bool,
    /// Its commands that read manifests.
    pub(super) reads: Vec<Reads>,
    /// Its first slow command in a few words.
    pub(super) name: String,
}

/// Reads a `RUN`; `None` where it does anything that is not known to be an install. `source` leads to
/// its text, where only its first commands are.
pub(super) fn read<'text>(
    step: &Step,
    source: impl FnOnce() -> Option<Source<'text>>,
) -> Option<Installs> {
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
    let count = invocations.iter().take_while(|it| installs.add(it).is_some()).count();
    if count < invocations.len() {
        // Packages of the distribution are not worth two layers.
        let is_worth = !installs.reads.is_empty();
        installs.split = Some(source().filter(|_| is_worth)?.split(&invocations, count)?);
    }
    Some(installs)
}

impl Reads {
    /// Whether it reads the manifests of a package of Node.js.
    pub(super) fn is_of_node(&self) -> bool {
        self.manifests.is_some_and(|own| own.folder == Some("node_modules"))
    }

    /// The path in the image, without `/` before it, of a file that is named from where it runs.
    pub(super) fn place_of(&self, name: &str) -> Option<String> {
        if name.starts_with('/') {
            return normalize_path(name);
        }
        normalize_path(&format!("{}/{name}", self.folder))
    }
}

impl Installs {
    /// Adds a command; `None` where it may do anything.
    fn add(&mut self, invocation: &Invocation) -> Option<()> {
        let words = words(invocation)?;
        let part = managers::read(&words)?;
        let name = words.iter().take(2).copied().collect::<Vec<&str>>().join(" ");
        let folder = match part {
            Part::Reads(..) => invocation.working_directory.clone()?,
            _ => Rc::default(),
        };
        if part != Part::Quick {
            self.is_slow = true;
            if self.name.is_empty() {
                self.name.clone_from(&name);
            }
        }
        match part {
            Part::Reads(manifests, named) => {
                self.reads.push(Reads { command: name, folder, manifests, named });
            }
            Part::Somehow => self.reads_anything = true,
            Part::Quick | Part::Installs => {}
        }
        Some(())
    }
}

/// Managers of a distribution's packages.
const SYSTEM: [&str; 3] = ["apt-get", "apt", "apk"];

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
        let is_pattern = program == "rm" && !word.has_unknown();
        // `tool=$VERSION` is the name of a package, whatever the version.
        let is_version = SYSTEM.contains(&program) && word.text().ends_with('=');
        word.known().or_else(|| (is_pattern || is_version).then_some(word.text()))
    });
    std::iter::once(Some(program)).chain(rest).collect()
}
