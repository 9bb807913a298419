//! What an ignore file does to one context: a decision for every path, and for every pattern what
//! it decided, or why it decides nothing.

use std::collections::{HashMap, HashSet};

use super::{Decision, Dockerignore, IgnorePattern, RefusedPattern, Walk};
use crate::context::{BuildContext, ContextFile, FileKind};
use crate::order;

/// The effect of an ignore file on one context.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effects {
    /// For each entry of the context's `files`, in order, what becomes of it.
    pub decisions: Vec<Decision>,
    /// For each pattern, in order, what it did.
    pub patterns: Vec<PatternEffect>,
}

/// What one pattern did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PatternEffect {
    /// Files it left out, or brought back where it is an exception.
    pub decided: Tally,
    /// Why it decided nothing; `None` where it did, and where the context has no file at all.
    pub idle: Option<Idle>,
    /// What it misses by matching at the root only.
    pub missed: Option<Missed>,
}

/// Files and their bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many.
    pub files: u64,
    /// The bytes of those whose size is known.
    pub bytes: u64,
    /// How many have no known size.
    pub unsized_files: u64,
}

/// Why a pattern decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Idle {
    /// No path matches it.
    MatchesNothing,
    /// Every path it matches is decided by another pattern, such as the one with this index.
    Overruled(usize),
    /// An exception for paths that nothing leaves out.
    NothingToBringBack,
}

/// Paths below folders that a pattern for the root does not match.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    /// Files that are sent though their own name, or that of a folder above them, matches.
    pub files: Tally,
    /// The first path with that name.
    pub example: String,
}

impl Tally {
    /// Counts one entry of a context in.
    pub fn add(&mut self, file: &ContextFile) {
        let count = file.count();
        self.files = self.files.saturating_add(count);
        match file.bytes {
            Some(bytes) => self.bytes = self.bytes.saturating_add(bytes),
            None => self.unsized_files = self.unsized_files.saturating_add(count),
        }
    }
}

/// Applies `ignore` to every path of `context`.
///
/// # Errors
/// [`RefusedPattern`] where the builder would stop with an error.
pub fn apply(ignore: &Dockerignore, context: &BuildContext) -> Result<Effects, RefusedPattern> {
    let mut walk = Walk::new(ignore);
    let mut decisions = Vec::with_capacity(context.files.len());
    let mut patterns = vec![PatternEffect::default(); ignore.patterns.len()];
    for (path, file) in &context.files {
        let decision = match file.kind {
            FileKind::Folder => walk.decide_folder(path)?,
            _ => walk.decide_file(path)?,
        };
        if let Some(effect) = decision.pattern.and_then(|index| patterns.get_mut(index)) {
            effect.decided.add(file);
        }
        decisions.push(decision);
    }
    let tree = Tree::new(context, &decisions);
    for (index, (pattern, effect)) in ignore.patterns.iter().zip(&mut patterns).enumerate() {
        if effect.decided.files == 0 && !context.files.is_empty() {
            effect.idle = tree.explain_idle(index, pattern);
        }
        effect.missed = tree.find_missed(pattern);
    }
    Ok(Effects { decisions, patterns })
}

/// The paths of a context with what became of them, and every name that occurs.
struct Tree<'context> {
    entries: Vec<(&'context str, Decision)>,
    /// Every folder with the first entry below it.
    folders: Vec<(&'context str, usize)>,
    /// For each entry the sum of the sent files before it, and the sum of all at the end.
    sent_before: Vec<Tally>,
    /// For each name below the root, the paths of folders and sent files that bear it.
    names: HashMap<&'context str, Vec<&'context str>>,
}

impl<'context> Tree<'context> {
    fn new(context: &'context BuildContext, decisions: &[Decision]) -> Self {
        let mut tree = Self {
            entries: Vec::with_capacity(decisions.len()),
            folders: Vec::new(),
            sent_before: Vec::with_capacity(decisions.len() + 1),
            names: HashMap::new(),
        };
        // Folders that were seen, and whether their names were noted: only of those that hold
        // something that is sent.
        let mut seen: HashMap<&str, bool> = HashMap::new();
        let mut sent = Tally::default();
        for ((path, file), decision) in context.files.iter().zip(decisions) {
            tree.note_folders(path, !decision.excluded, &mut seen);
            tree.entries.push((path, *decision));
            tree.sent_before.push(sent);
            if !decision.excluded {
                sent.add(file);
            }
        }
        tree.sent_before.push(sent);
        tree
    }

    /// Notes the folders above a path, and the names of what is sent below the root.
    fn note_folders(
        &mut self,
        path: &'context str,
        sent: bool,
        seen: &mut HashMap<&'context str, bool>,
    ) {
        let mut below = path;
        while let Some((parent, name)) = below.rsplit_once('/') {
            if sent {
                self.names.entry(name).or_default().push(below);
            }
            match seen.insert(parent, sent) {
                None => self.folders.push((parent, self.entries.len())),
                Some(true) => {
                    seen.insert(parent, true);
                    break;
                }
                Some(false) if !sent => break,
                Some(false) => {}
            }
            below = parent;
        }
    }

    /// Why the pattern with this index decided nothing.
    fn explain_idle(&self, index: usize, pattern: &IgnorePattern) -> Option<Idle> {
        let matches = |path: &str| pattern.matcher.matches(path).unwrap_or(false);
        let folder = self.folders.iter().find(|(path, _)| matches(path)).map(|(_, first)| *first);
        let entry = folder.or_else(|| self.entries.iter().position(|(path, _)| matches(path)));
        let Some((_, decision)) = entry.and_then(|entry| self.entries.get(entry)) else {
            return Some(Idle::MatchesNothing);
        };
        match decision.pattern {
            Some(other) if other != index => Some(Idle::Overruled(other)),
            None if pattern.exception => Some(Idle::NothingToBringBack),
            _ => None,
        }
    }

    /// What a pattern for one name at the root leaves in below.
    fn find_missed(&self, pattern: &IgnorePattern) -> Option<Missed> {
        let name = pattern.cleaned.as_str();
        if pattern.exception || name.contains('/') || name.starts_with("**") || name == "*" {
            return None;
        }
        let mut bearers = match self.names.get(name) {
            Some(paths) => paths.clone(),
            None if name.contains(['*', '?', '[', '\\']) => self.bearers_of(pattern),
            None => return None,
        };
        order::sort(&mut bearers);
        let example = (*bearers.first()?).to_owned();
        Some(Missed { files: self.weigh(&bearers), example })
    }

    /// Sent paths below the root whose own name matches.
    fn bearers_of(&self, pattern: &IgnorePattern) -> Vec<&'context str> {
        let matches = |name: &str| pattern.matcher.matches(name).unwrap_or(false);
        let matching = self.names.iter().filter(|(name, _)| matches(name));
        matching.flat_map(|(_, paths)| paths.iter().copied()).collect()
    }

    /// Sent files that are one of `roots` or below one.
    fn weigh(&self, roots: &[&str]) -> Tally {
        let all: HashSet<&str> = roots.iter().copied().collect();
        let is_inside_another =
            |root: &str| root.match_indices('/').any(|(end, _)| all.contains(&root[..end]));
        let mut sum = Tally::default();
        for root in roots.iter().filter(|root| !is_inside_another(root)) {
            let itself = self.entries.partition_point(|(path, _)| path < root);
            let is_listed = self.entries.get(itself).is_some_and(|(path, _)| path == root);
            self.add_sent(&mut sum, itself, itself + usize::from(is_listed));
            // What a folder holds lies between its name with `/` and with `0`, the next byte.
            let (first, past) = (format!("{root}/"), format!("{root}0"));
            let start = self.entries.partition_point(|(path, _)| *path < first.as_str());
            let end = self.entries.partition_point(|(path, _)| *path < past.as_str());
            self.add_sent(&mut sum, start, end);
        }
        sum
    }

    /// Adds the sent files among the entries from `start` to before `end`.
    fn add_sent(&self, sum: &mut Tally, start: usize, end: usize) {
        if let (Some(before), Some(after)) =
            (self.sent_before.get(start), self.sent_before.get(end))
        {
            sum.files += after.files - before.files;
            sum.bytes += after.bytes - before.bytes;
            sum.unsized_files += after.unsized_files - before.unsized_files;
        }
    }
}

#[cfg(test)]
mod tests;
