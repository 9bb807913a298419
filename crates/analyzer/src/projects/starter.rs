//! The lines that an ignore file lacks, written below what it has.

use super::names::is_folder;
use super::paths::{Pattern, below_any, example, has_wildcard};
use super::traces::{BuildTraces, Traces};
use super::{IgnoreGroup, ProjectKind, common, list, words};
use crate::dockerignore::{Dockerignore, Walk};

/// What Git is asked about a history, which the build then needs.
const ASKS_FOR_HISTORY: &str = "git describe, git log, git rev-parse, git rev-list, git status, git submodule, git lfs, \
     git tag, git show, git diff, git ls-files";

/// Folders in which a name below any folder is tried, one deeper than people write stars for.
const FOLDERS: [&str; 4] = ["folder", "folder/a", "folder/a/b", "folder/a/b/c"];

/// As many paths as are looked after.
const MOST_KEPT: usize = 300;

/// See [`super::write_starter`].
pub(super) fn write(
    kinds: &[&ProjectKind],
    build: &BuildTraces,
    existing: Option<&str>,
) -> Option<(String, String)> {
    let existing = existing.unwrap_or_default();
    let (ignore, _) = Dockerignore::parse(existing);
    let traces = Traces::of(build, &Dockerignore::default(), None);
    let kept = kept(&traces, &ignore);
    let mut starter =
        Starter { kinds, traces, kept, existing: Walk::new(&ignore), added: String::new() };
    let mut titles = Vec::new();
    for kind in kinds {
        titles.push(kind.title);
        for groups in kind.ignore {
            starter.add_all(groups);
        }
    }
    starter.add_all(common::IGNORE);
    if starter.added.is_empty() {
        return None;
    }
    let title = if kinds.is_empty() { "any project".into() } else { list(&titles) };
    let mut added = format!("\n# What the build does not need ({title})\n{}", starter.added);
    if existing.is_empty() {
        added.remove(0);
    } else if !existing.ends_with('\n') {
        added.insert(0, '\n');
    }
    if existing.contains("\r\n") {
        added = added.replace('\n', "\r\n");
    }
    Some((title, format!("{existing}{added}")))
}

/// A path that reaches the builder today and must go on doing so.
struct Kept {
    /// As it is named, with its wildcards.
    pattern: String,
    /// A path that it means.
    path: String,
    /// Whether it is a folder; to bring one back would bring back everything in it.
    is_folder: bool,
    /// Whether only a command names it, which may be one that the build makes it for.
    by_command: bool,
}

impl Kept {
    fn new(pattern: &str, is_folder: bool) -> Self {
        let path = example(pattern, "file");
        Self { pattern: pattern.to_owned(), path, is_folder, by_command: false }
    }

    /// The line that brings it back and nothing else, with its end.
    fn exception(&self) -> Option<String> {
        let is_odd = self.pattern.contains(['\n', '\r']) || self.pattern.starts_with('!');
        (!is_odd && !self.is_folder).then(|| format!("!{}\n", self.pattern))
    }
}

/// What the build copies or names, what the person brought back, and the history where Git is asked; not
/// what the ignore file leaves out today.
fn kept(traces: &Traces, ignore: &Dockerignore) -> Vec<Kept> {
    let mut all = Vec::new();
    for source in traces.sources() {
        all.push(Kept::new(&source.path, source.is_folder));
    }
    for pattern in &ignore.patterns {
        if pattern.exception {
            all.push(Kept::new(&pattern.cleaned, is_folder(&pattern.cleaned)));
        }
    }
    if words(ASKS_FOR_HISTORY).any(|question| traces.run(question)) {
        all.push(Kept::new(".git", true));
    }
    for path in traces.named() {
        all.push(Kept { by_command: true, ..Kept::new(path, is_folder(path)) });
    }
    all.truncate(MOST_KEPT);
    let mut walk = Walk::new(ignore);
    all.retain(|kept| {
        let is_sent = walk.decide_file(&kept.path).is_ok_and(|decision| !decision.excluded);
        !kept.path.is_empty() && is_sent
    });
    all
}

struct Starter<'a> {
    kinds: &'a [&'a ProjectKind],
    traces: Traces,
    kept: Vec<Kept>,
    existing: Walk<'a>,
    /// New lines, comments and empty ones included.
    added: String,
}

impl Starter<'_> {
    fn add_all(&mut self, groups: &[IgnoreGroup]) {
        for group in groups {
            let made_by = group.made_by;
            if made_by.is_empty() || words(made_by).any(|sign| self.traces.run(sign)) {
                self.add(group);
            }
        }
    }

    fn add(&mut self, group: &IgnoreGroup) {
        let (added, _) = Dockerignore::parse(&self.added);
        let mut added = Walk::new(&added);
        let mut lines = String::new();
        let is_remade =
            !group.made_by.is_empty() || words(group.remade_by).any(|sign| self.traces.run(sign));
        for line in words(group.lines) {
            if !self.is_in_force(line, &mut added) {
                lines.push_str(&self.with_exceptions(line, is_remade).unwrap_or_default());
            }
        }
        if !lines.is_empty() {
            self.added.push_str(&format!("\n# {}\n{lines}", group.comment));
        }
    }

    /// Whether names that the line would leave out are left out already, by what there was or by
    /// what the groups before `added`, at the root and, where it means them too, below.
    fn is_in_force(&mut self, line: &str, added: &mut Walk<'_>) -> bool {
        for path in samples(line) {
            let decisions = [self.existing.decide_file(&path), added.decide_file(&path)];
            if !decisions.into_iter().flatten().any(|decision| decision.excluded) {
                return false;
            }
        }
        true
    }

    /// The line, and below it the files that must come back; `None` where it would take away a
    /// folder, what it names itself, or what projects of these kinds need.
    fn with_exceptions(&self, line: &str, is_remade: bool) -> Option<String> {
        let pattern = Pattern::new(line)?;
        let mut walk = pattern.walk();
        for files in self.kinds.iter().flat_map(|kind| kind.files) {
            if files.iter().any(|file| !file.is_junk && walk.covers(file.path)) {
                return None;
            }
        }
        let mut lines = format!("{line}\n");
        for kept in self.kept.iter().filter(|kept| !(is_remade && kept.by_command)) {
            if walk.covers(&kept.path) {
                if below_any(&kept.pattern) == below_any(line) {
                    return None;
                }
                let exception = kept.exception()?;
                if !lines.contains(&exception) {
                    lines.push_str(&exception);
                }
            }
        }
        Some(lines)
    }
}

/// Files that a line leaves out, of every sort that it means.
fn samples(line: &str) -> Vec<String> {
    let name = below_any(line);
    let mut samples = vec![format!("{}/file", example(name, "file"))];
    if let Some(start) = name.strip_suffix('*').filter(|start| !has_wildcard(start)) {
        samples.push(format!("{start}.x/file"));
    }
    if name.len() < line.len() {
        // Lines such as `*/node_modules` reach as far down as they have stars.
        let deeper = |path: &String| FOLDERS.map(|folder| format!("{folder}/{path}"));
        let below: Vec<String> = samples.iter().flat_map(deeper).collect();
        samples.extend(below);
    }
    samples
}
