//! Kinds of project as values: how one is recognised, which files it has, what it should ignore.
//!
//! Where nobody brought a build context, [`assume()`] makes a typical one from the Dockerfile and
//! the ignore file alone; [`write_starter`] writes the lines that an ignore file of such a project
//! lacks. Every kind is a file of its own and a line of [`KINDS`].

mod assume;
mod commands;
mod common;
mod dotnet;
mod frontend;
mod go;
mod gradle;
mod guess;
mod maven;
mod named;
mod names;
mod next;
mod node;
mod paths;
mod php;
mod python;
mod ruby;
mod rust;
mod site;
mod sizes;
pub(crate) use sizes::LIKELY_PACKAGES;
mod starter;
mod traces;
mod tree;

use std::collections::BTreeMap;

use crate::context::BuildContext;
use crate::dockerignore::Dockerignore;
use crate::size::{Evidence, SizeEstimate};
pub use traces::BuildTraces;
use traces::{Sort, Traces};

/// Every kind; of two that fit equally well the earlier one is taken.
pub static KINDS: &[&ProjectKind] = &[
    &node::KIND,
    &frontend::KIND,
    &next::KIND,
    &python::KIND,
    &go::KIND,
    &rust::KIND,
    &maven::KIND,
    &gradle::KIND,
    &dotnet::KIND,
    &php::KIND,
    &ruby::KIND,
    &site::KIND,
];

/// Day on which the sizes called measured were measured.
const MEASURED_ON: &str = "2026-11-25";

/// One kind of project.
#[derive(Debug)]
pub struct ProjectKind {
    /// Stable name, such as `node`.
    pub id: &'static str,
    /// What people call it, such as `Node.js`.
    pub title: &'static str,
    /// Kinds of one family are alternatives: a project is at most one of them.
    families: &'static [&'static str],
    /// What tells it.
    signs: &'static [Signs],
    /// Who installs its dependencies, and the files that one needs at the root. A project has
    /// those of one installer: the one whose files are copied by name, else the one that runs,
    /// else the first.
    installers: &'static [Installer],
    /// Name of a source file, for folders that are only known to hold some.
    main_file: &'static str,
    /// What such a project holds beside the files of its installer.
    files: &'static [&'static [TypicalFile]],
    /// What its ignore file should say.
    ignore: &'static [&'static [IgnoreGroup]],
    /// A typical Dockerfile of this kind.
    #[cfg(test)]
    dockerfile: &'static str,
}

/// What tells a kind, each with a weight: [`ENOUGH`] alone is enough.
#[derive(Debug)]
struct Signs {
    /// Last names of images, a `*` at the end standing for anything; with a `/` at the end, a
    /// folder of them.
    images: &'static [Sign],
    /// First words of a command, flags left out.
    commands: &'static [Sign],
    /// Last names of files that are copied, mounted or there, a `*` in front standing for
    /// anything; with a `/` at the end, a folder of them. From [`AT_ROOT`] on, such a file stands
    /// at the root of its project.
    files: &'static [Sign],
    /// Names that the ignore file leaves out.
    ignored: &'static [Sign],
    /// Like `files`, of what a stage copies from another.
    taken: &'static [Sign],
}

impl Signs {
    fn of(&self, sort: Sort) -> &'static [Sign] {
        match sort {
            Sort::Image => self.images,
            Sort::File => self.files,
            Sort::Command => self.commands,
            Sort::Ignored => self.ignored,
            Sort::Taken => self.taken,
        }
    }
}

/// A weight and the signs that have it.
type Sign = (u32, List);

/// Words with a comma and a blank between them, in the page lighter than a list of texts.
type List = &'static str;

fn words(list: List) -> Words {
    Words(list)
}

/// The words of a list that are left.
struct Words(List);

impl Iterator for Words {
    type Item = &'static str;

    // One copy for all the loops: this is read in a browser.
    #[inline(never)]
    fn next(&mut self) -> Option<&'static str> {
        let (word, rest) = self.0.split_once(", ").unwrap_or((self.0, ""));
        self.0 = rest;
        (!word.is_empty()).then_some(word)
    }
}

/// Weight at which a kind counts as recognised.
const ENOUGH: u32 = 5;

/// Weight from which a file says where its project's root is.
const AT_ROOT: u32 = 6;

/// A command that installs dependencies, with the files it needs.
type Installer = (&'static str, List);

/// A path that a typical project holds.
#[derive(Debug)]
struct TypicalFile {
    path: &'static str,
    size: &'static Size,
    /// Whether the build does without it.
    is_junk: bool,
}

/// How much a file weighs, or several under the name of one.
#[derive(Debug)]
struct Size {
    /// How many files.
    files: u32,
    /// Least, likely and most bytes of all of them.
    bytes: [u32; 3],
    basis: Basis,
}

/// From what a typical size is known.
#[derive(Clone, Copy, Debug)]
enum Basis {
    /// Measured by us on [`MEASURED_ON`]: on what.
    Measured(&'static str),
    /// A typical value: of what.
    Typical(&'static str),
}

/// Lines of an ignore file under one comment.
#[derive(Debug)]
struct IgnoreGroup {
    comment: &'static str,
    lines: List,
    /// Commands of which one must run in the build, because it makes again what the lines leave
    /// out; empty where nothing needs to.
    made_by: List,
    /// Commands that make it again where they run: what a line of the Dockerfile names of it is then
    /// theirs. Those of `made_by` need not be repeated.
    remade_by: List,
}

/// What a build may need.
const fn file(path: &'static str, size: &'static Size) -> TypicalFile {
    TypicalFile { path, size, is_junk: false }
}

/// What a build does without.
const fn junk(path: &'static str, size: &'static Size) -> TypicalFile {
    TypicalFile { path, size, is_junk: true }
}

/// Lines of an ignore file that hold for every build.
const fn ignore(comment: &'static str, lines: List) -> IgnoreGroup {
    IgnoreGroup { comment, lines, made_by: "", remade_by: "" }
}

/// Lines that hold for every build, for what these commands make again.
const fn ignore_remade(comment: &'static str, lines: List, remade_by: List) -> IgnoreGroup {
    IgnoreGroup { comment, lines, made_by: "", remade_by }
}

impl Size {
    const fn one(bytes: [u32; 3], basis: Basis) -> Self {
        Self { files: 1, bytes, basis }
    }

    const fn of(files: u32, bytes: [u32; 3], basis: Basis) -> Self {
        Self { files, bytes, basis }
    }

    fn estimate(&self) -> SizeEstimate {
        let range = self.bytes.map(u64::from);
        SizeEstimate::range(range, Evidence::Assumed, self.basis.sentence())
    }
}

impl Basis {
    fn sentence(self) -> String {
        match self {
            Self::Measured(what) => format!("Assumed as in {what}, measured on {MEASURED_ON}."),
            Self::Typical(what) => format!("Assumed: a typical size of {what}."),
        }
    }
}

/// A typical project in place of a context that nobody brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AssumedProject {
    /// What kind of project, such as `Node.js` or `PHP and Node.js`.
    pub title: String,
    /// One sentence saying from what it was guessed.
    pub why: String,
    /// Its files, at most [`assume()`]'s limit.
    pub context: BuildContext,
    /// For each of its files how the size is known: assumed, or exact where the person typed it.
    pub sizes: BTreeMap<String, SizeEstimate>,
    /// What was assumed of those that the person typed.
    pub replaced: BTreeMap<String, SizeEstimate>,
}

/// The kinds that the Dockerfile, the ignore file and the context, where one is known, speak of;
/// the best first, none where nothing tells.
#[must_use]
pub fn recognize(
    build: &BuildTraces,
    ignore: &Dockerignore,
    context: Option<&BuildContext>,
) -> Vec<&'static ProjectKind> {
    let guesses = guess::guess(&Traces::of(build, ignore, context));
    guesses.iter().map(|guess| guess.kind).collect()
}

/// The typical project that the Dockerfile and the ignore file speak of: the typical files of the
/// recognised kinds, and a file for every path that is copied or mounted from the context.
///
/// `typed_sizes` are bytes by path that the person knows better; a folder's are shared out among
/// its files. Paths that the project does not have are ignored. At most 200 paths.
#[must_use]
pub fn assume(
    build: &BuildTraces,
    ignore: &Dockerignore,
    typed_sizes: &[(String, u64)],
) -> AssumedProject {
    assume::assume(build, ignore, typed_sizes)
}

/// The ignore file that a project of these kinds should have: `existing` first, unchanged, then
/// the lines whose effect it lacks. Returns a title naming the kinds, and the text; `None` where
/// nothing is missing.
///
/// No line leaves out what a `COPY`, `ADD` or bind mount names, or what an exception of
/// `existing` brings back.
#[must_use]
pub fn write_starter(
    kinds: &[&ProjectKind],
    build: &BuildTraces,
    existing: Option<&str>,
) -> Option<(String, String)> {
    starter::write(kinds, build, existing)
}

/// `Node.js`, `PHP and Node.js`, `a, b and c`.
fn list(words: &[&str]) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
