//! Every step that was ever built on one cache, and how a step is found among them.
//!
//! A step is found by its own parts, what it stands on, and the files it takes: these by where they
//! come from or, where that was built anew, by what they are (`Query` of
//! <https://github.com/moby/buildkit/blob/v0.33.0/solver/cachemanager.go> and the slow keys of
//! <https://github.com/moby/buildkit/blob/v0.33.0/solver/edge.go>). Whether they are the same may be
//! known only after the build; then the step has *aliases*, those that it is if they are.

mod find;

use std::collections::HashMap;
use std::rc::Rc;

use super::content::Content;
use super::key::KeyPart;
use crate::plan::StageIndex;
use find::Sign;

/// A step that was built, by its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::cache) struct RecordId(u32);

/// The most earlier steps that a step is compared with where nothing tells them apart before, the
/// newest first.
const MOST_COMPARED: usize = 32;

/// The most files that are named as those which decide.
const MOST_NAMES: usize = 50;

/// The most aliases that are followed from one step.
const MOST_ALIASES: usize = 8;

/// What a step takes beside what it stands on.
#[derive(Clone, Debug)]
pub(in crate::cache) enum Input {
    /// Files.
    Files(Rc<Files>),
    /// The layer that a merge puts in place.
    Layer(RecordId),
}

/// Files that a step takes.
#[derive(Clone, Debug)]
pub(in crate::cache) struct Files {
    /// The step that wrote them and which paths; `None` for the build context, which is new to the
    /// builder each time.
    pub(in crate::cache) origin: Option<(RecordId, String)>,
    /// Whether the origin ran although the cache has it, so that the files count.
    pub(in crate::cache) origin_was_forced: bool,
    /// What they are.
    pub(in crate::cache) content: Rc<Content>,
    /// What people call them.
    pub(in crate::cache) names: Vec<String>,
}

/// Files that decide whether one step is another.
pub(in crate::cache) type Conditions = Rc<[String]>;

/// A step that was built.
#[derive(Clone, Debug)]
pub(in crate::cache) struct Record {
    pub(in crate::cache) parts: Rc<[KeyPart]>,
    pub(in crate::cache) inputs: Vec<Input>,
    /// Earlier steps that this one is if the files are the same.
    aliases: Vec<(RecordId, Conditions)>,
    /// The build that first had it, from 1.
    pub(in crate::cache) build: u32,
    /// How often it ran again though the cache had it.
    pub(in crate::cache) run: u32,
    /// Its stage and place in the build that first had it; `None` for an image.
    pub(in crate::cache) place: Option<(StageIndex, usize)>,
    /// Names of its variables that are build arguments, one a line.
    pub(in crate::cache) arguments: Rc<str>,
    /// As the builder prints it; empty for an image. Not in the key.
    pub(in crate::cache) printed: Rc<str>,
}

/// A step that is looked for.
pub(in crate::cache) struct Wanted {
    pub(in crate::cache) parts: Vec<KeyPart>,
    pub(in crate::cache) parent: Option<RecordId>,
    pub(in crate::cache) inputs: Vec<Input>,
    pub(in crate::cache) place: Option<(StageIndex, usize)>,
    pub(in crate::cache) arguments: Rc<str>,
    pub(in crate::cache) printed: Rc<str>,
}

/// What looking for a step gives.
pub(in crate::cache) enum Found {
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

/// Every step that was built.
#[derive(Clone, Debug, Default)]
pub(in crate::cache) struct Store {
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
    pub(in crate::cache) fn get(&self, id: RecordId) -> Option<&Record> {
        self.records.get(usize::try_from(id.0).ok()?)
    }

    /// How often a step ran again.
    pub(in crate::cache) fn run_of(&self, id: RecordId) -> u32 {
        self.get(id).map_or(0, |record| record.run)
    }

    /// Notes that a step ran though it was there.
    pub(in crate::cache) fn run_again(&mut self, id: RecordId) {
        let record = usize::try_from(id.0).ok().and_then(|at| self.records.get_mut(at));
        if let Some(record) = record {
            record.run = record.run.saturating_add(1);
        }
    }

    /// Steps of builds before this one that stand on what `parent` is or may be, the newest first.
    pub(in crate::cache) fn standing_on(
        &self,
        parent: Option<RecordId>,
        build: u32,
    ) -> impl Iterator<Item = &Record> {
        let parents = self.chain(parent).into_iter().map(|(parent, _)| parent);
        let children = parents.filter_map(|parent| self.by_parent.get(&parent));
        children.flat_map(move |ids| self.earlier(ids, build)).filter_map(|id| self.get(id))
    }

    /// An image of earlier builds with this first part of its key.
    pub(in crate::cache) fn earlier_image(&self, part: &str, build: u32) -> Option<&Record> {
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
    pub(in crate::cache) fn elsewhere(&self, parts: &[KeyPart]) -> Option<&Record> {
        self.get(*self.by_operation.get(self.operations.get(parts)?)?)
    }

    /// Whether a build before this one had a step that the builder prints like this.
    pub(in crate::cache) fn has_printed(&self, printed: &str, build: u32) -> bool {
        self.records.iter().any(|record| record.build < build && &*record.printed == printed)
    }

    /// Keeps a step that was not there.
    pub(in crate::cache) fn keep(
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
