//! A large context made small enough for a link that makes the same report.
//!
//! Entries may only be merged where nothing in the report tells them apart, so each entry collects
//! labels: one for its verdict, one for each pattern that is doubted because of it, one for each
//! source that takes it or names it, and one for the folder it is counted in.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::assemble::{Applied, OWN_IGNORE_NAME};
use super::purpose::purpose_of;
use crate::context::{BuildContext, FileKind, KnownContext, place_of_target, summarize};
use crate::dockerfile;
use crate::dockerignore::{Effects, IgnorePattern, PatternEffect};
use crate::order;
use crate::plan::{self, BuildPlan, CopySource, CopyStep, MountKind, StepKind, paths};
use crate::projects::{self, BuildTraces};
use crate::report::Input;
use crate::simulate::SentContext;
use crate::simulate::copy::{
    Outcome, Presence, Requested, SourceSelection, request_context, select, select_mount,
};

/// How many of the heaviest parts of a `COPY` a report names.
const REPORTED_PARTS: usize = 8;
/// One part in so many of the entries may be parts that a `COPY` tells apart.
const SHARE_OF_PARTS: usize = 8;
/// The most links followed from one.
const MOST_LINKS: usize = 16;
/// The most places at which files of several sources of a step meet that are told apart.
const MOST_OVERWRITTEN: usize = 64;
/// The most links that wildcards of one source may match and that stay themselves.
const MOST_KEPT_LINKS: usize = 64;

/// The context of `input` in at most about `most` entries: files that share folder and extension
/// and that nothing in the report tells apart stand as one.
///
/// An analysis of the same Dockerfile and ignore file says the same: what is sent, of each
/// pattern, of each source of each `COPY`, and of an ignore file to begin with. Only which folder
/// a light file is counted in may differ, and that a source of which there is no trace is
/// missing, since it may stand under another name. For other texts the report says that its
/// numbers are approximate. `None` where the input brought no context.
#[must_use]
pub fn condense_context(input: &Input, most: usize) -> Option<KnownContext> {
    let known = input.context.as_deref()?;
    if known.context.files.len() <= most {
        return Some(known.clone());
    }
    let text = input.dockerignore.as_deref();
    let applied = Applied::new(&known.context, text.unwrap_or_default());
    let (dockerfile, _) = dockerfile::parse(&input.dockerfile);
    let (plan, _) = plan::plan(&dockerfile, &input.options);
    let mut labels = Labels::new(&known.context, most / SHARE_OF_PARTS);
    if let (Some(effects), Some(sent)) = (&applied.effects, applied.sent()) {
        labels.of_verdicts(effects);
        labels.of_doubts(&applied, effects);
        labels.of_sources(&plan, &sent);
        labels.of_request(&request_context(&plan, &known.context, &sent));
    }
    let traces = BuildTraces::of(&plan);
    let kinds = projects::recognize(&traces, &applied.ignore, Some(&known.context));
    if let Some((_, starter)) = projects::write_starter(&kinds, &traces, text) {
        let effects = Applied::new(&known.context, &starter).effects;
        effects.iter().for_each(|effects| labels.of_verdicts(effects));
    }
    labels.mark(labels.paths.binary_search(&OWN_IGNORE_NAME));
    labels.of_parts("", 0..known.context.files.len());
    let keys = labels.into_keys();
    let mut context = summarize(&known.context, |path| keys.get(path).copied().unwrap_or(0), most);
    // What was summed up before says no more than it did then.
    context.condensed_for.get_or_insert_with(|| purpose_of(&plan, &applied.ignore));
    Some(KnownContext { origin: known.origin.clone(), context })
}

/// Selects what a step takes of a tree.
type Take<'step> =
    dyn for<'tree> Fn(&'tree SentContext<'tree>) -> Vec<SourceSelection<'tree>> + 'step;

/// What tells the entries of a context apart.
struct Labels<'context> {
    context: &'context BuildContext,
    /// Sorted bytewise, as the context's files are.
    paths: Vec<&'context str>,
    /// For each path its labels, in ascending order.
    labels: Vec<Vec<u32>>,
    /// The next label.
    next: u32,
    /// The most parts of one source that are told apart, about.
    most_parts: usize,
}

impl<'context> Labels<'context> {
    fn new(context: &'context BuildContext, most_parts: usize) -> Self {
        let paths: Vec<&str> = context.files.keys().map(String::as_str).collect();
        let labels = vec![Vec::new(); paths.len()];
        Self { context, paths, labels, next: 0, most_parts }
    }

    /// Gives all these entries one new label.
    fn mark(&mut self, entries: impl IntoIterator<Item = usize>) {
        for entry in entries {
            if let Some(labels) = self.labels.get_mut(entry) {
                labels.push(self.next);
            }
        }
        self.next += 1;
    }

    /// By which line each entry is sent or left out.
    fn of_verdicts(&mut self, effects: &Effects) {
        let mut groups: BTreeMap<(bool, Option<usize>), Vec<usize>> = BTreeMap::new();
        for (entry, decision) in effects.decisions.iter().enumerate() {
            groups.entry((decision.excluded, decision.pattern)).or_default().push(entry);
        }
        groups.into_values().for_each(|entries| self.mark(entries));
    }

    /// Which entries make a pattern doubtful, and the one that is named as the example.
    fn of_doubts(&mut self, applied: &Applied<'_>, effects: &Effects) {
        for (pattern, effect) in applied.ignore.patterns.iter().zip(&effects.patterns) {
            let PatternEffect { idle, missed, .. } = effect;
            if let Some(missed) = missed {
                let is_sent = |entry: &usize| {
                    effects.decisions.get(*entry).is_some_and(|decision| !decision.excluded)
                };
                let first_sent = self.named(&missed.example).find(is_sent);
                self.mark(first_sent);
                self.mark(self.paths_where(|path| is_missed(pattern, path)));
            }
            if idle.is_some() {
                let by_folder = self.paths_where(|path| matches_a_folder_of(pattern, path));
                let itself = self.paths_where(|path| pattern.matches_path(path));
                self.mark(by_folder.first().or(itself.first()).copied());
                self.mark(by_folder);
                self.mark(itself);
            }
        }
    }

    fn paths_where(&self, holds: impl Fn(&str) -> bool) -> Vec<usize> {
        (0..self.paths.len())
            .filter(|entry| self.paths.get(*entry).is_some_and(|it| holds(it)))
            .collect()
    }

    /// What each source of a `COPY`, an `ADD` and a bind mount names and takes.
    fn of_sources(&mut self, plan: &BuildPlan, sent: &SentContext<'_>) {
        let trees = [sent, &SentContext::whole(self.context)];
        for step in plan.graph.stages.iter().flat_map(|stage| &stage.steps) {
            match &step.kind {
                StepKind::Copy(copy) if copy.from == CopySource::Context => {
                    copy.sources.iter().for_each(|source| self.of_name(source));
                    let any_idle = self
                        .of_selections(trees, &|tree| select(tree, copy, &|_| Presence::Unknown));
                    if any_idle {
                        self.of_excludes(trees, copy);
                    }
                }
                StepKind::Run { mounts, .. } => {
                    let binds = mounts.iter().filter(|mount| {
                        mount.kind == MountKind::Bind && mount.from == CopySource::Context
                    });
                    for mount in binds {
                        self.of_name(&mount.source);
                        self.of_selections(trees, &|tree| vec![select_mount(tree, mount)]);
                    }
                }
                _ => {}
            }
        }
    }

    /// What sources take of the first tree and, where one takes no file, of the second, which is
    /// what would be sent without an ignore file. Whether one takes none.
    fn of_selections(&mut self, [sent, whole]: [&SentContext<'_>; 2], take: &Take<'_>) -> bool {
        let selections = take(sent);
        selections.iter().for_each(|selection| self.of_selection(selection));
        self.of_overwritten(&selections);
        let is_any_idle = selections.iter().any(|selection| selection.is_idle(self.context));
        if is_any_idle {
            self.of_taken(&take(whole));
        }
        is_any_idle
    }

    /// What a `COPY` would take without its `--exclude`s and with each alone, as the sentence tells
    /// on a source of which they leave nothing.
    fn of_excludes(&mut self, [_, whole]: [&SentContext<'_>; 2], copy: &CopyStep) {
        let alone = copy.excludes.iter().map(|flag| vec![flag.clone()]);
        for excludes in alone.chain((!copy.excludes.is_empty()).then(Vec::new)) {
            let step = CopyStep { excludes, ..copy.clone() };
            self.of_taken(&select(whole, &step, &|_| Presence::Unknown));
        }
    }

    /// The entries that each source takes.
    fn of_taken(&mut self, selections: &[SourceSelection<'_>]) {
        for selection in selections {
            let paths = selection.matches.iter().flat_map(|matched| &matched.paths);
            let entries = paths.filter_map(|path| self.paths.binary_search(path).ok());
            let entries: Vec<usize> = entries.collect();
            self.mark(entries);
        }
    }

    /// What the builder asks for, and the links that it follows to get there.
    fn of_request(&mut self, requested: &Requested<'_>) {
        let entries = requested.paths.iter().filter_map(|path| self.paths.binary_search(path).ok());
        let entries: Vec<usize> = entries.collect();
        self.mark(entries);
        requested.followed.iter().take(MOST_KEPT_LINKS).for_each(|link| self.of_link(link));
    }

    /// What a source names up to its first wildcard, sent or not, and the links on the way and
    /// among what the wildcards may match.
    fn of_name(&mut self, source: &str) {
        let cleaned = paths::clean("/", source);
        let wildcard = cleaned.find(['*', '?', '[', '\\']);
        let literal = cleaned.get(..wildcard.unwrap_or(cleaned.len())).unwrap_or_default();
        let folder = wildcard.and_then(|_| literal.rsplit_once('/')).map(|(folder, _)| folder);
        let path = folder.unwrap_or(literal).trim_start_matches('/');
        for (end, _) in path.match_indices('/') {
            let folder = self.paths.binary_search(&path.get(..end).unwrap_or_default());
            self.mark(folder);
        }
        let named: Vec<usize> = self.named(path).collect();
        self.mark(self.paths.binary_search(&path));
        self.mark(named.iter().copied());
        if wildcard.is_some() {
            let levels = cleaned.matches('/').count();
            self.of_links(&named, levels);
        }
    }

    /// The first few links among these entries, at most so many levels down.
    fn of_links(&mut self, entries: &[usize], levels: usize) {
        let link = |entry: &usize| {
            let path = self.paths.get(*entry)?;
            let is_link = matches!(self.context.files.get(*path)?.kind, FileKind::Link(_));
            (is_link && path.matches('/').count() < levels).then(|| (*path).to_owned())
        };
        let links: Vec<String> = entries.iter().filter_map(link).take(MOST_KEPT_LINKS).collect();
        links.iter().for_each(|link| self.of_link(link));
    }

    fn of_selection(&mut self, selection: &SourceSelection<'_>) {
        match &selection.outcome {
            Outcome::Missing(path) => self.of_name(path),
            Outcome::MissingTarget { link, path } => {
                self.of_link(link);
                self.of_name(path);
            }
            Outcome::DeadLink(path) => self.of_link(path),
            _ => {}
        }
        for matched in &selection.matches {
            let paths = matched.paths.iter();
            let entries = paths.filter_map(|path| self.paths.binary_search(path).ok());
            let entries: Vec<usize> = entries.collect();
            self.mark(entries.iter().copied());
            self.of_parts(&matched.root, entries);
        }
    }

    /// The files of several sources that come to lie in one place: the last of them alone counts, so
    /// each of the first few stays itself.
    fn of_overwritten(&mut self, selections: &[SourceSelection<'_>]) {
        let mut arriving: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        if selections.len() < 2 {
            return;
        }
        for matched in selections.iter().flat_map(|selection| &selection.matches) {
            for path in &matched.paths {
                arriving
                    .entry(matched.destination_of(path))
                    .or_default()
                    .extend(self.paths.binary_search(path).ok());
            }
        }
        let met = arriving.into_values().filter(|entries| entries.len() > 1);
        let met: Vec<usize> = met.take(MOST_OVERWRITTEN).flatten().collect();
        met.into_iter().for_each(|entry| self.mark([entry]));
    }

    /// A link and what it points at, link after link.
    fn of_link(&mut self, path: &str) {
        let mut path = path.to_owned();
        for _ in 0..MOST_LINKS {
            let named: Vec<usize> = self.named(&path).collect();
            self.mark(self.paths.binary_search(&path.as_str()));
            self.mark(named);
            let Some(FileKind::Link(target)) = self.context.files.get(&path).map(|it| &it.kind)
            else {
                return;
            };
            let Some(next) = place_of_target(&path, target) else { return };
            path = next;
        }
    }

    /// What lies directly in a folder: the heaviest apart, the rest in shares so small that none
    /// looks like one of the heaviest.
    fn of_parts(&mut self, root: &str, entries: impl IntoIterator<Item = usize>) {
        let mut parts: BTreeMap<&str, (u64, Vec<usize>)> = BTreeMap::new();
        let inside = if root.is_empty() { 0 } else { root.len() + 1 };
        for entry in entries {
            let Some(path) = self.paths.get(entry).copied() else { continue };
            let below = path.get(inside..).unwrap_or_default();
            let end = below.find('/').map_or(path.len(), |end| inside + end);
            let (bytes, part) = parts.entry(path.get(..end).unwrap_or(path)).or_default();
            let own = self.context.files.get(path).and_then(|file| file.bytes);
            *bytes = bytes.saturating_add(own.unwrap_or(0));
            part.push(entry);
        }
        let mut parts: Vec<(u64, Vec<usize>)> = parts.into_values().collect();
        order::sort_by_key(&mut parts, |(bytes, _)| std::cmp::Reverse(*bytes));
        let apart = if parts.len() > self.most_parts { REPORTED_PARTS } else { parts.len() };
        let rest = parts.split_off(apart.min(parts.len()));
        let lightest = parts.last().map_or(0, |(bytes, _)| *bytes);
        parts.into_iter().for_each(|(_, part)| self.mark(part));
        let total = rest.iter().fold(0_u64, |sum, (bytes, _)| sum.saturating_add(*bytes));
        let limit = lightest.max(total / self.most_parts.max(1) as u64);
        let (mut share, mut weight) = (Vec::new(), 0_u64);
        for (bytes, part) in rest {
            if weight.saturating_add(bytes) > limit {
                self.mark(std::mem::take(&mut share));
                weight = 0;
            }
            weight = weight.saturating_add(bytes);
            share.extend(part);
        }
        self.mark(share);
    }

    /// The entry at a path and those below it.
    fn named(&self, path: &str) -> impl Iterator<Item = usize> + use<> {
        let below = if path.is_empty() { 0..self.paths.len() } else { self.below(path) };
        self.paths.binary_search(&path).ok().into_iter().chain(below)
    }

    /// What a folder holds lies between its name with `/` and with `0`, the next byte.
    fn below(&self, folder: &str) -> Range<usize> {
        let (first, past) = (format!("{folder}/"), format!("{folder}0"));
        let place = |bound: &str| self.paths.partition_point(|path| *path < bound);
        place(&first)..place(&past)
    }

    /// For each path a number that it shares with the paths of the same labels.
    fn into_keys(self) -> HashMap<&'context str, u64> {
        let mut numbers: HashMap<Vec<u32>, u64> = HashMap::new();
        let mut keys = HashMap::with_capacity(self.paths.len());
        for (path, labels) in self.paths.into_iter().zip(self.labels) {
            let next = numbers.len() as u64;
            keys.insert(path, *numbers.entry(labels).or_insert(next));
        }
        keys
    }
}

/// Whether a name on the way to `path`, but the first, is one that the pattern means.
fn is_missed(pattern: &IgnorePattern, path: &str) -> bool {
    path.split('/').skip(1).any(|name| pattern.matches_path(name))
}

fn matches_a_folder_of(pattern: &IgnorePattern, path: &str) -> bool {
    path.match_indices('/')
        .any(|(end, _)| path.get(..end).is_some_and(|it| pattern.matches_path(it)))
}

#[cfg(test)]
mod tests;
