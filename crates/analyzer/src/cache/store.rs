//! Every step that was ever built on one cache, and how a step is found among them.
//!
//! A step is found by its own parts, what it stands on, and the files it takes: these by where they
//! come from or, where that was built anew, by what they are (`Query` of
//! <https://github.com/moby/buildkit/blob/v0.33.0/solver/cachemanager.go> and the slow keys of
//! <https://github.com/moby/buildkit/blob/v0.33.0/solver/edge.go>). Whether they are the same may be
//! known only after the build; then the step has *aliases*, those that it is if they are.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::content::{Content, Likeness};
use super::key::KeyPart;
use crate::plan::StageIndex;

/// A step that was built, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct RecordId(u32);

/// The most earlier steps that a step is compared with where nothing tells them apart before, the
/// newest first.
const MOST_COMPARED: usize = 32;

/// The most files that are named as those which decide.
const MOST_NAMES: usize = 50;

/// The most aliases that are followed from one step.
const MOST_ALIASES: usize = 8;

/// What a step takes beside what it stands on.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// Files.
    Files(Rc<Files>),
    /// The layer that a merge puts in place.
    Layer(RecordId),
}

/// Files that a step takes.
#[derive(Clone, Debug)]
pub(super) struct Files {
    /// The step that wrote them and which paths; `None` for the build context, which is new to the
    /// builder each time.
    pub(super) origin: Option<(RecordId, String)>,
    /// Whether the origin ran although the cache has it, so that the files count.
    pub(super) origin_was_forced: bool,
    /// What they are.
    pub(super) content: Rc<Content>,
    /// What people call them.
    pub(super) names: Vec<String>,
}

/// Files that decide whether one step is another.
pub(super) type Conditions = Rc<[String]>;

/// A step that was built.
#[derive(Clone, Debug)]
pub(super) struct Record {
    pub(super) parts: Rc<[KeyPart]>,
    pub(super) inputs: Vec<Input>,
    /// Earlier steps that this one is if the files are the same.
    aliases: Vec<(RecordId, Conditions)>,
    /// The build that first had it, from 1.
    pub(super) build: u32,
    /// How often it ran again though the cache had it.
    pub(super) run: u32,
    /// Its stage and place in the build that first had it; `None` for an image.
    pub(super) place: Option<(StageIndex, usize)>,
    /// Names of its variables that are build arguments, one a line.
    pub(super) arguments: Rc<str>,
    /// As the builder prints it; empty for an image. Not in the key.
    pub(super) printed: Rc<str>,
}

/// A step that is looked for.
pub(super) struct Wanted {
    pub(super) parts: Vec<KeyPart>,
    pub(super) parent: Option<RecordId>,
    pub(super) inputs: Vec<Input>,
    pub(super) place: Option<(StageIndex, usize)>,
    pub(super) arguments: Rc<str>,
    pub(super) printed: Rc<str>,
}

/// What looking for a step gives.
pub(super) enum Found {
    /// It is there.
    Exact(RecordId),
    /// It is there if these files are the same.
    Perhaps(Vec<(RecordId, Conditions)>),
    /// It is there and ran again: what it writes may differ, and yet later steps find their own.
    Stale(RecordId, Conditions),
    /// It is not there.
    Nothing,
}

/// A number for each list of parts.
type Operation = u32;

/// By what a step that takes files is found at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Sign {
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

/// Every step that was built.
#[derive(Clone, Debug, Default)]
pub(super) struct Store {
    operations: HashMap<Rc<[KeyPart]>, Operation>,
    records: Vec<Record>,
    /// Steps that stand on one, by what they do and a sign, in the order in which they came.
    by_sign: HashMap<(Operation, Option<RecordId>, Sign), Vec<RecordId>>,
    by_key: HashMap<(Operation, Option<RecordId>), Vec<RecordId>>,
    by_operation: HashMap<Operation, RecordId>,
    by_parent: HashMap<Option<RecordId>, Vec<RecordId>>,
    /// Images by the first part of their keys, of each the first.
    images: HashMap<Rc<str>, RecordId>,
}

impl Store {
    /// The step of a number, which only this store gives.
    pub(super) fn get(&self, id: RecordId) -> Option<&Record> {
        self.records.get(usize::try_from(id.0).ok()?)
    }

    /// How often a step ran again.
    pub(super) fn run_of(&self, id: RecordId) -> u32 {
        self.get(id).map_or(0, |record| record.run)
    }

    /// Notes that a step ran though it was there.
    pub(super) fn run_again(&mut self, id: RecordId) {
        let record = usize::try_from(id.0).ok().and_then(|at| self.records.get_mut(at));
        if let Some(record) = record {
            record.run = record.run.saturating_add(1);
        }
    }

    /// Steps of builds before this one that stand on what `parent` is or may be, the newest first.
    pub(super) fn standing_on(
        &self,
        parent: Option<RecordId>,
        build: u32,
    ) -> impl Iterator<Item = &Record> {
        let parents = self.chain(parent).into_iter().map(|(parent, _)| parent);
        let children = parents.filter_map(|parent| self.by_parent.get(&parent));
        children.flat_map(move |ids| self.earlier(ids, build)).filter_map(|id| self.get(id))
    }

    /// An image of earlier builds with this first part of its key.
    pub(super) fn earlier_image(&self, part: &str, build: u32) -> Option<&Record> {
        let image = self.get(*self.images.get(part)?)?;
        (image.build < build).then_some(image)
    }

    /// The newest of `ids` that came before a build.
    fn earlier(&self, ids: &[RecordId], build: u32) -> impl Iterator<Item = RecordId> {
        let end = ids.partition_point(|id| self.get(*id).is_some_and(|it| it.build < build));
        let newest = ids.get(..end).unwrap_or_default().iter().rev();
        newest.take(MOST_COMPARED).copied().collect::<Vec<_>>().into_iter()
    }

    /// The newest step with the same parts, whatever it stands on.
    pub(super) fn elsewhere(&self, parts: &[KeyPart]) -> Option<&Record> {
        self.get(*self.by_operation.get(self.operations.get(parts)?)?)
    }

    /// Looks for a step in the build with this number.
    pub(super) fn find(&self, wanted: &Wanted, build: u32) -> Found {
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
    fn signs(inputs: &[Input]) -> Vec<Sign> {
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
    fn hints(&self, inputs: &[Input], place: Option<(StageIndex, usize)>) -> Vec<Sign> {
        let writer = match inputs.first() {
            Some(Input::Files(files)) => files.origin.as_ref().and_then(|(id, _)| self.get(*id)),
            _ => None,
        };
        let writer = writer.map(|writer| Sign::Writer(number_of(&writer.parts)));
        let place = place.filter(|_| !inputs.is_empty());
        writer.into_iter().chain(place.map(|(stage, step)| Sign::Place(stage, step))).collect()
    }

    /// Keeps a step that was not there.
    pub(super) fn keep(
        &mut self,
        wanted: Wanted,
        mut aliases: Vec<(RecordId, Conditions)>,
        build: u32,
    ) -> RecordId {
        let id = RecordId(u32::try_from(self.records.len()).unwrap_or(u32::MAX));
        let parts: Rc<[KeyPart]> = wanted.parts.into();
        let next = u32::try_from(self.operations.len()).unwrap_or(u32::MAX);
        let operation = *self.operations.entry(Rc::clone(&parts)).or_insert(next);
        let hints = self.hints(&wanted.inputs, wanted.place);
        for sign in Self::signs(&wanted.inputs).into_iter().chain(hints) {
            self.by_sign.entry((operation, wanted.parent, sign)).or_default().push(id);
        }
        match (wanted.place, parts.first()) {
            (None, Some(part)) => {
                self.images.entry(Rc::clone(&part.text)).or_insert(id);
            }
            _ => {
                self.by_key.entry((operation, wanted.parent)).or_default().push(id);
                self.by_parent.entry(wanted.parent).or_default().push(id);
            }
        }
        self.by_operation.insert(operation, id);
        aliases.truncate(MOST_ALIASES);
        self.records.push(Record {
            parts,
            inputs: wanted.inputs,
            aliases,
            build,
            run: 0,
            place: wanted.place,
            arguments: wanted.arguments,
            printed: wanted.printed,
        });
        id
    }

    /// What a step is and may be, with the files that decide; itself first.
    fn chain(&self, start: Option<RecordId>) -> Vec<(Option<RecordId>, Vec<String>)> {
        let mut chain = vec![(start, Vec::new())];
        let mut next = 0;
        while chain.len() < MOST_ALIASES {
            let Some((id, conditions)) = chain.get(next).cloned() else { break };
            next += 1;
            let record = id.and_then(|id| self.get(id));
            for (alias, own) in record.map_or(&[][..], |record| &record.aliases) {
                if !chain.iter().any(|(known, _)| *known == Some(*alias)) {
                    let both = join(&conditions, own.to_vec());
                    chain.push((Some(*alias), both.to_vec()));
                }
            }
        }
        chain
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

/// The files that decide, each once.
fn join(below: &[String], own: Vec<String>) -> Conditions {
    let mut names: Vec<String> = below.to_vec();
    for name in own {
        if names.len() < MOST_NAMES && !names.contains(&name) {
            names.push(name);
        }
    }
    names.into()
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
