//! A typical project in place of a context that nobody brought.

use super::guess::{Guess, guess, roots};
use super::paths::{Pattern, below_any, example, join, split};
use super::traces::{BuildTraces, Source, Traces};
use super::tree::{Entry, Tree};
use super::{AssumedProject, Installer, ProjectKind, TypicalFile, common, list, names, words};
use crate::context::is_within;
use crate::dockerignore::{Dockerignore, IgnorePattern};
use crate::size::SizeEstimate;

/// As many kinds as one project mixes.
const MOST_KINDS: usize = 3;

/// As many lines of an ignore file as are taken for what the project holds.
const MOST_PATTERNS: usize = 80;

/// Typed paths below this many folders are taken in the order given.
const DEEPEST_TYPED: usize = 12;

const UNTOLD: &str = "Nothing in the Dockerfile or the ignore file says what kind of project this \
                      is; only the files they name are assumed.";

/// See [`super::assume()`].
pub(super) fn assume(
    build: &BuildTraces,
    ignore: &Dockerignore,
    typed_sizes: &[(String, u64)],
) -> AssumedProject {
    let traces = Traces::of(build, ignore, None);
    let mut guesses = guess(&traces);
    guesses.truncate(MOST_KINDS);
    let mut project = Project { tree: Tree::default(), guesses: &guesses };
    project.add_named("Dockerfile", false);
    if !ignore.patterns.is_empty() {
        project.add_named(".dockerignore", false);
    }
    for guess in &guesses {
        for root in roots(guess.kind, &traces) {
            project.place(guess.kind, root, &traces);
        }
    }
    if !guesses.is_empty() {
        project.add_all(common::FILES, "");
    }
    for source in traces.sources() {
        project.add_source(source);
    }
    for pattern in ignore.patterns.iter().take(MOST_PATTERNS) {
        project.add_ignored(pattern);
    }
    let mut tree = project.tree;
    take_typed_sizes(&mut tree, typed_sizes);
    let (context, [sizes, replaced]) = tree.finish();
    let (title, why) = describe(&guesses);
    AssumedProject { title, why, context, sizes, replaced }
}

fn describe(guesses: &[Guess]) -> (String, String) {
    if guesses.is_empty() {
        return ("Unknown kind".into(), UNTOLD.into());
    }
    let most = if guesses.len() == 1 { 3 } else { 2 };
    let (mut titles, mut told_by) = (Vec::new(), Vec::new());
    for guess in guesses {
        titles.push(guess.kind.title);
        for told in guess.told_by.iter().take(most) {
            told_by.push(told.as_str());
        }
    }
    (list(&titles), format!("Guessed from {}.", list(&told_by)))
}

struct Project<'guesses> {
    tree: Tree,
    guesses: &'guesses [Guess],
}

impl Project<'_> {
    /// Puts the typical files of a kind below `root`.
    fn place(&mut self, kind: &ProjectKind, root: &str, traces: &Traces) {
        if let Some((_, files)) = installer(kind, root, traces) {
            for file in words(files) {
                if !is_copied(file, root, traces) {
                    self.add_named(&join(root, &example(file, "app")), false);
                }
            }
        }
        for files in kind.files {
            self.add_all(files, root);
        }
    }

    fn add_all(&mut self, files: &[TypicalFile], root: &str) {
        for file in files {
            self.tree.add(join(root, file.path), file.size);
        }
    }

    /// Adds what a path typically is; one of which nothing but the name is known.
    fn add_named(&mut self, path: &str, is_folder: bool) {
        if path.is_empty() || self.tree.is_full() || self.tree.has(path) {
            return;
        }
        let (path, size) = names::typical(path, is_folder, self.main_file());
        self.tree.add(path, size);
    }

    /// Adds what a `COPY` names; of what only a wildcard may find, nothing that is a choice.
    fn add_source(&mut self, source: &Source) {
        if !source.has_wildcard() {
            return self.add_named(&source.path, source.is_folder);
        }
        let path = example(&source.path, "");
        let (_, name) = split(&path);
        for guess in self.guesses {
            if guess.kind.installers.iter().any(|(_, files)| words(files).any(|file| file == name))
            {
                return;
            }
        }
        self.add_match(&source.path, &source.path, false);
    }

    /// Adds what a line of the ignore file names: people leave out what they have.
    fn add_ignored(&mut self, line: &IgnorePattern) {
        let named = below_any(&line.cleaned);
        let inside = named.strip_suffix("/**").or_else(|| named.strip_suffix("/*"));
        let named = inside.unwrap_or(named);
        // `*` speaks of everything.
        if named != "*" && named != "**" {
            self.add_match(&line.cleaned, named, inside.is_some());
        }
    }

    /// Adds a path that `pattern` matches, unless there is one; `named` is the part that names it.
    fn add_match(&mut self, pattern: &str, named: &str, is_folder: bool) {
        let Some(pattern) = Pattern::new(pattern) else { return };
        let path = example(named, self.main_file());
        if !self.tree.has_match(&pattern) && (is_folder || pattern.covers(&path)) {
            self.add_named(&path, is_folder || names::is_folder(&path));
        }
    }

    /// Name of a file of which only the folder is known.
    fn main_file(&self) -> &'static str {
        self.guesses.first().map_or("file.txt", |guess| guess.kind.main_file)
    }
}

/// The installer whose own file, the last of its list, is copied by name; else the one that runs;
/// else the first.
fn installer(kind: &ProjectKind, root: &str, traces: &Traces) -> Option<&'static Installer> {
    let mut running = None;
    for installer in kind.installers {
        let (name, files) = installer;
        if words(files).last().is_some_and(|file| is_copied(file, root, traces)) {
            return Some(installer);
        }
        if running.is_none() && traces.run(name) {
            running = Some(installer);
        }
    }
    running.or(kind.installers.first())
}

/// Whether a file of that name in that folder is copied without a wildcard.
fn is_copied(name: &str, root: &str, traces: &Traces) -> bool {
    traces.sources().iter().any(|source| {
        let (folder, own) = split(&source.path);
        folder == root && names::matches(name, own) && !source.has_wildcard()
    })
}

/// Gives paths the size that the person typed. The deepest come first; what a folder has left is
/// shared out among the rest of its files as they weigh.
fn take_typed_sizes(tree: &mut Tree, typed: &[(String, u64)]) {
    for depth in (0..=DEEPEST_TYPED).rev() {
        for (path, bytes) in typed {
            let path = path.trim_matches('/');
            if path.split('/').count().min(DEEPEST_TYPED) == depth {
                share_out(&mut tree.0, path, *bytes);
            }
        }
    }
}

fn share_out(entries: &mut [Entry], path: &str, bytes: u64) {
    let (mut left, mut weight) = (bytes, 0_u64);
    let likely = |size: &SizeEstimate| size.likely().map_or(0, |bytes| bytes.0);
    for entry in entries.iter() {
        if !is_within(&entry.path, path) {
            continue;
        }
        if entry.is_typed {
            left = left.saturating_sub(likely(&entry.size));
        } else {
            weight = weight.saturating_add(likely(&entry.size));
        }
    }
    for entry in entries {
        if !entry.is_typed && is_within(&entry.path, path) {
            let own = likely(&entry.size);
            let share = u128::from(left) * u128::from(own) / u128::from(weight.max(1));
            let share = u64::try_from(share).unwrap_or(left);
            (left, weight) = (left.saturating_sub(share), weight.saturating_sub(own));
            let typed = SizeEstimate::exact(share, "You typed this size.");
            entry.replaced = Some(std::mem::replace(&mut entry.size, typed));
            entry.is_typed = true;
        }
    }
}
