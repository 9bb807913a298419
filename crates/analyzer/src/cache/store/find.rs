//! How a step is looked for.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::super::content::Likeness;
use super::{
    Conditions, Found, Input, MOST_ALIASES, MOST_COMPARED, Operation, RecordId, Store, Wanted, join,
};
use crate::plan::StageIndex;

/// By what a step that takes files is found at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Sign {
    /// It takes nothing.
    Plain,
    /// Where its first files come from.
    Origin(u64),
    /// What they are.
    Content(u64),
    /// The layer that it puts in place.
    Layer(RecordId),
    /// What the step does that wrote its first files: those of another run are likely meant.
    Writer(u64),
    /// Its place in the text, which says least.
    Place(StageIndex, usize),
}

fn number_of(value: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// How what a step takes stands to what an earlier one took.
enum Match {
    Same,
    /// Unknown until the named files are built.
    Unknown(Vec<String>),
    /// The same step wrote the named files, in another run.
    Stale(Vec<String>),
    Different,
}

impl Store {
    /// Looks for a step in the build with this number.
    pub(in crate::cache) fn find(&self, wanted: &Wanted, build: u32) -> Found {
        let Some(operation) = self.operations.get(&*wanted.parts) else { return Found::Nothing };
        let signs = Self::signs(&wanted.inputs);
        let chain = self.chain(wanted.parent);
        let mut perhaps: Vec<(RecordId, Conditions)> = Vec::new();
        for (parent, conditions) in &chain {
            for sign in &signs {
                let found = self.by_sign.get(&(*operation, *parent, *sign));
                for id in found.into_iter().flat_map(|ids| ids.iter().rev().take(MOST_COMPARED)) {
                    let Some(record) = self.get(*id) else { continue };
                    match self.compare(&wanted.inputs, &record.inputs) {
                        Match::Same if conditions.is_empty() => return Found::Exact(*id),
                        Match::Same => perhaps.push((*id, join(conditions, Vec::new()))),
                        Match::Stale(names) if conditions.is_empty() => {
                            return Found::Stale(*id, join(conditions, names));
                        }
                        _ => {}
                    }
                }
            }
        }
        if !wanted.inputs.is_empty() {
            self.find_perhaps(*operation, wanted, &chain, build, &mut perhaps);
        }
        if perhaps.is_empty() { Found::Nothing } else { Found::Perhaps(perhaps) }
    }

    /// Adds steps of earlier builds that take files which may be the same.
    fn find_perhaps(
        &self,
        operation: Operation,
        wanted: &Wanted,
        chain: &[(Option<RecordId>, Vec<String>)],
        build: u32,
        perhaps: &mut Vec<(RecordId, Conditions)>,
    ) {
        for (parent, conditions) in chain {
            for id in self.candidates(operation, *parent, wanted, build) {
                let known = |(other, _): &(RecordId, Conditions)| *other == id;
                let Some(record) = self.get(id).filter(|_| !perhaps.iter().any(known)) else {
                    continue;
                };
                match self.compare(&wanted.inputs, &record.inputs) {
                    Match::Unknown(names) | Match::Stale(names) => {
                        perhaps.push((id, join(conditions, names)));
                    }
                    Match::Same | Match::Different => {}
                }
            }
        }
    }

    /// Steps of earlier builds that do the same on `parent`, the likeliest first.
    fn candidates(
        &self,
        operation: Operation,
        parent: Option<RecordId>,
        wanted: &Wanted,
        build: u32,
    ) -> Vec<RecordId> {
        let mut candidates = Vec::new();
        for sign in self.hints(&wanted.inputs, wanted.place) {
            let ids = self.by_sign.get(&(operation, parent, sign)).map_or(&[][..], Vec::as_slice);
            candidates.extend(self.earlier(ids, build).take(MOST_ALIASES));
        }
        let ids = self.by_key.get(&(operation, parent)).map_or(&[][..], Vec::as_slice);
        candidates.extend(self.earlier(ids, build).take(MOST_ALIASES));
        candidates
    }

    /// The signs of a step, of which one suffices.
    pub(super) fn signs(inputs: &[Input]) -> Vec<Sign> {
        match inputs.first() {
            None => vec![Sign::Plain],
            Some(Input::Layer(layer)) => vec![Sign::Layer(*layer)],
            Some(Input::Files(files)) => {
                let origin = files.origin.as_ref().map(|origin| Sign::Origin(number_of(origin)));
                origin.into_iter().chain([Sign::Content(number_of(&*files.content))]).collect()
            }
        }
    }

    /// What a step likely shares with the one that it was, the likeliest first.
    pub(super) fn hints(&self, inputs: &[Input], place: Option<(StageIndex, usize)>) -> Vec<Sign> {
        let writer = match inputs.first() {
            Some(Input::Files(files)) => files.origin.as_ref().and_then(|(id, _)| self.get(*id)),
            _ => None,
        };
        let writer = writer.map(|writer| Sign::Writer(number_of(&writer.parts)));
        let place = place.filter(|_| !inputs.is_empty());
        writer.into_iter().chain(place.map(|(stage, step)| Sign::Place(stage, step))).collect()
    }

    fn compare(&self, wanted: &[Input], kept: &[Input]) -> Match {
        if wanted.len() != kept.len() {
            return Match::Different;
        }
        let (mut unknown, mut is_stale) = (Vec::new(), true);
        for pair in wanted.iter().zip(kept) {
            match pair {
                (Input::Layer(wanted), Input::Layer(kept)) if wanted == kept => {}
                (Input::Layer(wanted), Input::Layer(kept)) => {
                    let chain = self.chain(Some(*wanted));
                    let Some((_, names)) = chain.into_iter().find(|(id, _)| *id == Some(*kept))
                    else {
                        return Match::Different;
                    };
                    unknown.extend(names);
                    is_stale = false;
                }
                (Input::Files(wanted), Input::Files(kept)) => {
                    let same_origin = wanted.origin.is_some() && wanted.origin == kept.origin;
                    if same_origin && !wanted.origin_was_forced {
                        continue;
                    }
                    match wanted.content.compare(&kept.content) {
                        Likeness::Same => {}
                        Likeness::Different => return Match::Different,
                        Likeness::Unknown => {
                            is_stale &= same_origin;
                            unknown.extend(wanted.names.iter().cloned());
                        }
                    }
                }
                _ => return Match::Different,
            }
        }
        match (unknown.is_empty(), is_stale) {
            (true, _) => Match::Same,
            (false, true) => Match::Stale(unknown),
            (false, false) => Match::Unknown(unknown),
        }
    }
}
