//! The lines that an ignore file lacks, written below what it has.

use super::glob::{Pattern, example, has_wildcard};
use super::guess::Traces;
use super::names::is_folder;
use super::{IgnoreGroup, ProjectKind, common, list};
use crate::dockerignore::{Dockerignore, Walk};
use crate::plan::BuildPlan;

/// What Git is asked about a history, which the build then needs.
const ASKS_FOR_HISTORY: &[&str] = &[
    "git describe",
    "git log",
    "git rev-parse",
    "git rev-list",
    "git status",
    "git submodule",
    "git lfs",
    "git tag",
    "git show",
    "git diff",
    "git ls-files",
];

/// As many paths as are looked after.
const MOST_KEPT: usize = 300;

/// See [`super::write_starter`].
pub(super) fn write(
    kinds: &[&ProjectKind],
    plan: &BuildPlan,
    existing: Option<&str>,
) -> Option<(String, String)> {
    let existing = existing.unwrap_or_default();
    let (ignore, _) = Dockerignore::parse(existing);
    let traces = Traces::of(plan, &Dockerignore::default(), None);
    let mut starter = Starter {
        kinds,
        kept: kept(&traces, &ignore),
        existing: Walk::new(&ignore),
        added: Vec::new(),
    };
    let own = kinds.iter().flat_map(|kind| kind.ignore).copied();
    for group in own.chain([common::IGNORE]).flatten() {
        if group.made_by.is_empty() || group.made_by.iter().any(|sign| traces.run(sign)) {
            starter.add(group);
        }
    }
    if starter.added.is_empty() {
        return None;
    }
    let titles: Vec<&str> = kinds.iter().map(|kind| kind.title).collect();
    let title = if kinds.is_empty() { "any project".into() } else { list(&titles) };
    let line_end = if existing.contains("\r\n") { "\r\n" } else { "\n" };
    let mut text = existing.to_owned();
    if !existing.is_empty() {
        text.push_str(if existing.ends_with('\n') { "" } else { line_end });
        text.push_str(line_end);
    }
    let heading = format!("# What the build does not need ({title})");
    for line in std::iter::once(&heading).chain(&starter.added) {
        text.push_str(line);
        text.push_str(line_end);
    }
    Some((title, text))
}

/// A path that reaches the builder today and must go on doing so.
struct Kept {
    /// As it is named, with its wildcards.
    pattern: String,
    /// A path that it means.
    path: String,
    /// Whether it is a folder; to bring one back would bring back everything in it.
    is_folder: bool,
}

impl Kept {
    fn new(pattern: &str, is_folder: bool) -> Self {
        Self { pattern: pattern.to_owned(), path: example(pattern, "file"), is_folder }
    }

    /// The line that brings it back and nothing else.
    fn exception(&self) -> Option<String> {
        let is_odd = self.pattern.contains(['\n', '\r']) || self.pattern.starts_with('!');
        (!is_odd && !self.is_folder).then(|| format!("!{}", self.pattern))
    }
}

/// What the build names, what the person brought back, and the history where Git is asked; not
/// what the ignore file leaves out today.
fn kept(traces: &Traces, ignore: &Dockerignore) -> Vec<Kept> {
    let sources = traces.sources.iter().filter(|source| !source.path.is_empty());
    let named = sources.map(|source| Kept::new(&source.path, source.stands_for_folder()));
    let exceptions = ignore.patterns.iter().filter(|pattern| pattern.exception);
    let brought_back =
        exceptions.map(|pattern| Kept::new(&pattern.cleaned, is_folder(&pattern.cleaned)));
    let asks = ASKS_FOR_HISTORY.iter().any(|question| traces.run(question));
    let history = asks.then(|| Kept::new(".git", true));
    let mut walk = Walk::new(ignore);
    let mut is_sent =
        |kept: &Kept| walk.decide_file(&kept.path).is_ok_and(|decision| !decision.excluded);
    let all = named.chain(brought_back).chain(history);
    all.filter(|kept| is_sent(kept)).take(MOST_KEPT).collect()
}

struct Starter<'a> {
    kinds: &'a [&'a ProjectKind],
    kept: Vec<Kept>,
    existing: Walk<'a>,
    /// New lines, comments and empty ones included.
    added: Vec<String>,
}

impl Starter<'_> {
    fn add(&mut self, group: &IgnoreGroup) {
        let mut lines = Vec::new();
        for line in group.lines {
            if !self.is_in_force(line) {
                lines.extend(self.with_exceptions(line).unwrap_or_default());
            }
        }
        if !lines.is_empty() {
            self.added.extend([String::new(), format!("# {}", group.comment)]);
            self.added.append(&mut lines);
        }
    }

    /// Whether names that the line would leave out are left out already, at the root and, where
    /// it means them too, below.
    fn is_in_force(&mut self, line: &str) -> bool {
        let (added, _) = Dockerignore::parse(&self.added.join("\n"));
        let mut added = Walk::new(&added);
        samples(line).iter().all(|path| {
            let decisions = [self.existing.decide_file(path), added.decide_file(path)];
            decisions.into_iter().flatten().any(|decision| decision.excluded)
        })
    }

    /// The line, and below it the files that must come back; `None` where it would take away a
    /// folder, what it names itself, or what projects of these kinds need.
    fn with_exceptions(&self, line: &str) -> Option<Vec<String>> {
        let pattern = Pattern::new(line)?;
        let files = self.kinds.iter().flat_map(|kind| kind.files).copied().flatten();
        let needed = files.filter(|file| !file.junk).map(|file| file.path);
        if pattern.covers_any(needed) {
            return None;
        }
        let name = line.trim_start_matches("**/");
        let mut lines = vec![line.to_owned()];
        for kept in self.kept.iter().filter(|kept| pattern.covers(&kept.path)) {
            if kept.pattern.trim_start_matches("**/") == name {
                return None;
            }
            let exception = kept.exception()?;
            if !lines.contains(&exception) {
                lines.push(exception);
            }
        }
        Some(lines)
    }
}

/// Files that a line leaves out, of every sort that it means.
fn samples(line: &str) -> Vec<String> {
    let name = line.trim_start_matches("**/");
    let mut names = vec![example(name, "file")];
    if let Some(start) = name.strip_suffix('*').filter(|start| !has_wildcard(start)) {
        names.push(format!("{start}.x"));
    }
    let mut samples: Vec<String> = names.iter().map(|name| format!("{name}/file")).collect();
    if name.len() < line.len() {
        samples.extend(names.iter().map(|name| format!("folder/{name}/file")));
    }
    samples
}
