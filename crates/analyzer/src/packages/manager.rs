//! What a package manager is.

use super::{CommandLine, Machine};

/// What a command line asks for, alike for every manager.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActionKind {
    /// Fetches lists of packages.
    Update,
    /// Brings installed packages up to date.
    Upgrade,
    /// Installs packages, by name or from a manifest.
    Install,
    /// Removes packages.
    Remove,
    /// Removes what the manager keeps for later: lists, caches.
    Clean,
    /// Builds the project.
    Build,
    /// Anything else that writes nothing worth a number.
    Nothing,
}

/// A command line of a package manager, understood.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// Whose it is; [`super::recognize`] fills it in.
    pub manager: Option<&'static PackageManager>,
    /// What it asks for.
    pub kind: ActionKind,
    /// Packages by name, as written.
    pub packages: Vec<String>,
    /// Files that name packages, as written: `requirements.txt`.
    pub manifests: Vec<String>,
    /// The command line, for what is the manager's own.
    pub line: CommandLine,
}

impl Action {
    /// An action that names nothing.
    #[must_use]
    pub fn new(kind: ActionKind, line: &CommandLine) -> Self {
        let line = line.clone();
        Self { manager: None, kind, packages: Vec::new(), manifests: Vec::new(), line }
    }
}

/// A folder that a manager fills for later and an image does not need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CacheFolder {
    /// Absolute, or below the home with `~/` in front.
    pub path: &'static str,
    /// What it holds, in a few words.
    pub holds: &'static str,
    /// The command that empties it, as one would write it behind `&&`.
    pub cleaner: &'static str,
}

/// A package manager.
#[derive(Debug)]
pub struct PackageManager {
    /// Stable name, such as `apt`.
    pub id: &'static str,
    /// What people call it, such as `APT`.
    pub title: &'static str,
    /// Names of its programs, `*` at the end standing for anything: `pip3*`.
    pub programs: &'static [&'static str],
    /// What it keeps for later.
    pub caches: &'static [CacheFolder],
    /// Understands a command line of one of its programs; `None` where that is not its work.
    pub read: fn(&CommandLine) -> Option<Action>,
    /// Does on a machine what the action asks for.
    pub perform: fn(&Action, &mut dyn Machine),
    /// Command lines and what they ask for; a test walks them.
    pub examples: &'static [(&'static str, ActionKind, &'static str)],
}

impl PartialEq for PackageManager {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl PackageManager {
    /// Whether a program of this name is the manager's.
    #[must_use]
    pub fn runs_as(&self, program: &str) -> bool {
        self.programs.iter().any(|own| match own.strip_suffix('*') {
            Some(start) => program.starts_with(start),
            None => *own == program,
        })
    }
}
