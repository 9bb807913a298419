//! A typical project in place of a context that nobody brought.

use super::glob::{Pattern, clean, example, has_wildcard, join, split};
use super::guess::{Guess, Source, Traces};
use super::tree::Tree;
use super::{AssumedProject, Installer, ProjectKind, TypicalFile, common, list, names};
use crate::dockerignore::{Dockerignore, IgnorePattern};
use crate::order;
use crate::plan::BuildPlan;
use crate::size::{Evidence, SizeEstimate};

/// As many kinds as one project mixes.
const MOST_KINDS: usize = 3;

/// As many lines of an ignore file as are taken for what the project holds.
const MOST_PATTERNS: usize = 80;

const UNTOLD: &str = "Nothing in the Dockerfile or the ignore file says what kind of project this \
                      is; only the files they name are assumed.";

/// See [`super::assume`].
pub(super) fn assume(
    plan: &BuildPlan,
    ignore: &Dockerignore,
    typed_sizes: &[(String, u64)],
) -> AssumedProject {
    let traces = Traces::of(plan, ignore, None);
    let mut guesses = traces.guess();
    guesses.truncate(MOST_KINDS);
    let mut project = Project { tree: Tree::default(), guesses: &guesses };
    project.add_named("Dockerfile", false);
    if !ignore.patterns.is_empty() {
        project.add_named(".dockerignore", false);
    }
    for guess in &guesses {
        for root in &guess.roots {
            project.place(guess.kind, root, &traces);
        }
    }
    if !guesses.is_empty() {
        project.add_all(common::FILES, "");
    }
    for source in &traces.sources {
        project.add_source(source);
    }
    for pattern in ignore.patterns.iter().take(MOST_PATTERNS) {
        project.add_ignored(pattern);
    }
    let mut tree = project.tree;
    take_typed_sizes(&mut tree, typed_sizes);
    let (context, sizes) = tree.finish();
    let (title, why) = describe(&guesses);
    AssumedProject { title, why, context, sizes }
}

fn describe(guesses: &[Guess]) -> (String, String) {
    let titles: Vec<&str> = guesses.iter().map(|guess| guess.kind.title).collect();
    let most = if guesses.len() == 1 { 3 } else { 2 };
    let mut told_by: Vec<&str> = Vec::new();
    for told in guesses.iter().flat_map(|guess| guess.told_by.iter().take(most)) {
        if !told_by.contains(&told.as_str()) {
            told_by.push(told);
        }
    }
    if guesses.is_empty() {
        return ("Unknown kind".into(), UNTOLD.into());
    }
    let why = format!("Guessed from {}.", list(&told_by));
    (list(&titles), why)
}

struct Project<'guesses> {
    tree: Tree,
    guesses: &'guesses [Guess],
}

impl Project<'_> {
    /// Puts the typical files of a kind below `root`.
    fn place(&mut self, kind: &ProjectKind, root: &str, traces: &Traces) {
        if let Some((_, files)) = installer(kind, root, traces) {
            for file in *files {
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
            self.tree.add(&join(root, file.path), file);
        }
    }

    /// Adds what a path typically is; one of which nothing but the name is known.
    fn add_named(&mut self, path: &str, is_folder: bool) {
        if path.is_empty() || self.tree.has(path) {
            return;
        }
        let (path, file) = names::typical(path, is_folder, self.main_file());
        self.tree.add(&path, &file);
    }

    /// Adds what a `COPY` names; a wildcard that may find nothing only where it is no choice.
    fn add_source(&mut self, source: &Source) {
        if !source.has_wildcard() {
            self.add_named(&source.path, source.stands_for_folder());
            return;
        }
        let Some(pattern) = Pattern::new(&source.path) else { return };
        let path = example(&source.path, self.main_file());
        let (_, name) = split(&path);
        let installers = || self.guesses.iter().flat_map(|guess| guess.kind.installers);
        let is_choice = installers().any(|(_, files)| files.contains(&name));
        if !is_choice && !self.tree.has_match(&pattern) {
            self.add_example(&pattern, &path);
        }
    }

    /// Adds what a line of the ignore file names: people leave out what they have.
    fn add_ignored(&mut self, line: &IgnorePattern) {
        let named = line.cleaned.trim_start_matches("**/");
        let inside = named.strip_suffix("/**").or_else(|| named.strip_suffix("/*"));
        let is_folder = inside.is_some() || names::is_folder(named);
        let named = inside.unwrap_or(named);
        // `*` and `.` speak of everything, `../x` of nothing.
        if matches!(named, "*" | "**") || clean(named) != named {
            return;
        }
        let Some(pattern) = Pattern::new(&line.cleaned) else { return };
        if self.tree.has_match(&pattern) {
            return;
        }
        if has_wildcard(named) {
            self.add_example(&pattern, &example(named, self.main_file()));
        } else {
            self.add_named(named, is_folder);
        }
    }

    /// Adds a path that `pattern` matches, unless it is so odd that no such path was found.
    fn add_example(&mut self, pattern: &Pattern, path: &str) {
        if pattern.covers(path) {
            self.add_named(path, names::is_folder(path));
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
    let copied = kind
        .installers
        .iter()
        .find(|(_, files)| files.last().is_some_and(|file| is_copied(file, root, traces)));
    let running = || kind.installers.iter().find(|(name, _)| traces.run(name));
    copied.or_else(running).or(kind.installers.first())
}

/// Whether a file of that name in that folder is copied without a wildcard.
fn is_copied(name: &str, root: &str, traces: &Traces) -> bool {
    let mut plain = traces.sources.iter().filter(|source| !source.has_wildcard());
    plain.any(|source| {
        let (folder, own) = split(&source.path);
        folder == root && names::matches(name, own)
    })
}

/// Gives paths the size that the person typed. Files come first; what a folder has left is shared
/// out among the rest of its files as they weigh.
fn take_typed_sizes(tree: &mut Tree, typed: &[(String, u64)]) {
    let mut deepest_first: Vec<&(String, u64)> = typed.iter().collect();
    order::sort_by_key(&mut deepest_first, |(path, _)| {
        std::cmp::Reverse(path.matches('/').count())
    });
    for (path, bytes) in deepest_first {
        let path = path.trim_matches('/');
        let (fixed, mut free): (Vec<_>, Vec<_>) =
            tree.entries_at(path).into_iter().partition(|entry| entry.is_typed);
        let likely = |size: &SizeEstimate| size.likely().map_or(0, |bytes| bytes.0);
        let taken = fixed.iter().fold(0, |sum: u64, entry| sum.saturating_add(likely(&entry.size)));
        let mut left = bytes.saturating_sub(taken);
        let mut weight: u128 = free.iter().map(|entry| u128::from(likely(&entry.size))).sum();
        for entry in &mut free {
            let own = u128::from(likely(&entry.size));
            let share = (u128::from(left) * own).checked_div(weight).unwrap_or(0);
            let share = u64::try_from(share).unwrap_or(left);
            left -= share;
            weight -= own;
            entry.size = SizeEstimate::range([share; 3], Evidence::Exact, "You typed this size.");
            entry.is_typed = true;
        }
    }
}
