//! Which kinds of project the traces speak of, and in which folders they stand.

use super::paths::split;
use super::traces::{Sort, Source, Traces, fits};
use super::{AT_ROOT, ENOUGH, KINDS, ProjectKind, words};
use crate::context::is_within;

/// As many roots as one kind of project has.
const MOST_ROOTS: usize = 3;

/// A kind that was recognised.
pub(super) struct Guess {
    pub(super) kind: &'static ProjectKind,
    score: u32,
    /// What tells it, as words of a sentence, the strongest of each sort.
    pub(super) told_by: Vec<String>,
}

/// The kinds whose signs weigh enough, the best first: of each family the best, and none that
/// weighs less than half of the best of all.
pub(super) fn guess(traces: &Traces) -> Vec<Guess> {
    let mut guesses: Vec<Guess> = Vec::new();
    for kind in KINDS {
        let guess = weigh(kind, traces);
        let place = guesses.iter().position(|other| other.score < guess.score);
        guesses.insert(place.unwrap_or(guesses.len()), guess);
    }
    let enough = guesses.first().map_or(0, |best| best.score.div_ceil(2).max(ENOUGH));
    let mut families: Vec<&str> = Vec::new();
    guesses.retain(|guess| {
        let own = guess.kind.families;
        let is_kept = guess.score >= enough && !own.iter().any(|own| families.contains(own));
        families.extend_from_slice(own);
        is_kept
    });
    guesses
}

/// Adds up, for each sort of sign, the heaviest and 1 for each other.
fn weigh(kind: &'static ProjectKind, traces: &Traces) -> Guess {
    let mut guess = Guess { kind, score: 0, told_by: Vec::new() };
    for sort in [Sort::Image, Sort::File, Sort::Command, Sort::Taken, Sort::Ignored] {
        let (mut heaviest, mut hits, mut best) = (0, 0, "");
        for signs in kind.signs {
            for (weight, list) in signs.of(sort) {
                for text in words(list).filter_map(|sign| traces.find(sort, sign)) {
                    hits += 1;
                    if *weight > heaviest {
                        (heaviest, best) = (*weight, text);
                    }
                }
            }
        }
        if hits > 0 {
            guess.score += heaviest + hits - 1;
            guess.told_by.push(sort.describe(best));
        }
    }
    guess
}

/// The folders that a kind of project stands in, empty for the root: those that hold a file which
/// stands at a root, the outermost of them; otherwise the one that is copied into the working
/// directory where the kind's commands run.
pub(super) fn roots<'traces>(kind: &ProjectKind, traces: &'traces Traces) -> Vec<&'traces str> {
    let mut roots: Vec<&str> = Vec::new();
    for path in traces.of_sort(Sort::File) {
        let root = split(path).0;
        if stands_at_root(kind, path) && !roots.iter().any(|outer| is_within(root, outer)) {
            roots.retain(|inner| !is_within(inner, root));
            roots.push(root);
        }
    }
    if roots.is_empty() {
        roots.push(copied_root(kind, traces).unwrap_or_default());
    }
    roots.truncate(MOST_ROOTS);
    roots
}

fn stands_at_root(kind: &ProjectKind, path: &str) -> bool {
    let mut signs = kind.signs.iter().flat_map(|signs| signs.files);
    signs.any(|(weight, list)| {
        *weight >= AT_ROOT && words(list).any(|sign| fits(Sort::File, sign, path))
    })
}

fn copied_root<'traces>(kind: &ProjectKind, traces: &'traces Traces) -> Option<&'traces str> {
    let mut signs = kind.signs.iter().flat_map(|signs| signs.commands);
    let stage = signs.find_map(|(_, list)| words(list).find_map(|sign| traces.stage_of(sign)))?;
    let is_root = |source: &&Source| source.fills_directory && source.stage == stage;
    let root = traces.sources().iter().find(is_root)?;
    (root.is_folder && !root.has_wildcard()).then_some(&root.path)
}
