//! Finds each step of a build among those that were built, or keeps it as a new one.

use std::rc::Rc;

use super::super::CacheOutcome;
use super::super::key::{self, PartKind};
use super::super::reason::{self, Difference, Ground};
use super::super::store::{Conditions, Found, Input, RecordId, Wanted};
use super::{StageState, Walk};
use crate::plan::{Stage, StageIndex};

/// A step with its place in the cache.
pub(super) struct Placed {
    pub(super) record: RecordId,
    pub(super) outcome: CacheOutcome,
    pub(super) conditions: Conditions,
    pub(super) difference: Option<Difference>,
    pub(super) shared_with: Option<usize>,
}

impl Walk<'_> {
    /// The record of an image; images are always at hand.
    pub(super) fn image(&mut self, reference: &str, stage: &Stage) -> RecordId {
        let wanted = Wanted {
            parts: key::image_parts(reference, &stage.platform, self.build.versions),
            parent: None,
            inputs: Vec::new(),
            place: None,
            arguments: "".into(),
            printed: "".into(),
        };
        match self.store.find(&wanted, self.number) {
            Found::Exact(record) => record,
            _ => self.store.keep(wanted, Vec::new(), self.number),
        }
    }

    /// Finds a step, or keeps it as a new one.
    pub(super) fn place(
        &mut self,
        wanted: Wanted,
        is_forced: bool,
        below: CacheOutcome,
        cause: Option<(StageIndex, usize)>,
    ) -> Placed {
        let at = self.steps.len();
        let found = self.store.find(&wanted, self.number);
        if let Found::Exact(record) = found
            && let Some((shared, outcome)) = self.touched.get(&record).copied()
        {
            let twin = self.steps.get(shared);
            let difference = twin.and_then(|twin| twin.difference.clone());
            let conditions = twin.map_or(&[][..], |twin| &twin.depends_on).into();
            return Placed { record, outcome, conditions, difference, shared_with: Some(shared) };
        }
        let no_names: Conditions = Rc::from([]);
        let (record, outcome, conditions, difference) = match found {
            Found::Exact(record) | Found::Stale(record, _) if is_forced => {
                self.store.run_again(record);
                (record, CacheOutcome::Rebuilt, no_names, Some(not_asked()))
            }
            Found::Exact(record) => (record, CacheOutcome::Cached, no_names, None),
            Found::Stale(record, names) => {
                (record, CacheOutcome::Depends, names, Some(undecided()))
            }
            Found::Perhaps(aliases) if !is_forced => {
                let names = aliases.first().map_or(no_names, |(_, names)| names.clone());
                let record = self.store.keep(wanted, aliases, self.number);
                (record, CacheOutcome::Depends, names, Some(undecided()))
            }
            Found::Perhaps(_) | Found::Nothing => {
                let ground = Ground { below, cause, printed: &self.printed, build: self.number };
                let difference = match is_forced {
                    true => not_asked(),
                    false => reason::find(self.store, &wanted, &ground),
                };
                let record = self.store.keep(wanted, Vec::new(), self.number);
                (record, CacheOutcome::Rebuilt, no_names, Some(difference))
            }
        };
        self.touched.insert(record, (at, outcome));
        Placed { record, outcome, conditions, difference, shared_with: None }
    }

    /// Puts a linked layer on the layers below.
    pub(super) fn merge(
        &mut self,
        place: (StageIndex, usize),
        printed: &str,
        layer: RecordId,
        state: &StageState,
        is_forced: bool,
    ) -> Placed {
        let wanted = Wanted {
            parts: key::merge_parts(),
            parent: state.top,
            inputs: vec![Input::Layer(layer)],
            place: Some(place),
            arguments: "".into(),
            printed: format!("LINK {printed}").into(),
        };
        self.place(wanted, is_forced, state.outcome, state.cause)
    }
}

fn not_asked() -> Difference {
    Difference::new(PartKind::NoCache, "The cache is not asked.")
}

fn undecided() -> Difference {
    Difference::new(PartKind::Content, "Only the build can tell whether the files are the same.")
}
