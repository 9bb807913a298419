//! Branches that may be taken or not: of the branches of one choice at most one writes its files.

use std::collections::BTreeMap;

use crate::layer::{ByteRange, CauseIndex, LayerWriter};
use crate::text::Span;

/// A branch: the choice that it belongs to, and its place.
pub(in crate::simulate) type Branch = (Span, Span);

/// What the commands of undecided branches write, by cause.
#[derive(Debug, Default)]
pub(in crate::simulate) struct Branches(BTreeMap<CauseIndex, Branch>);

impl Branches {
    /// Notes that a branch writes what has this cause.
    pub(in crate::simulate) fn note(&mut self, cause: CauseIndex, branch: Branch) {
        self.0.insert(cause, branch);
    }

    /// Of the branches of one choice only the heaviest keeps its likely and highest bytes: the
    /// others are written instead of it, not as well.
    pub(in crate::simulate) fn settle(&self, writer: &mut LayerWriter) {
        if self.0.is_empty() {
            return;
        }
        let mut sums: BTreeMap<Span, BTreeMap<Span, ByteRange>> = BTreeMap::new();
        writer.change_own("", |entry| {
            if let Some((choice, branch)) = self.0.get(&entry.cause) {
                let sum = sums.entry(*choice).or_default().entry(*branch).or_default();
                *sum = *sum + entry.bytes;
            }
        });
        let heaviest: BTreeMap<Span, Span> = sums
            .into_iter()
            .filter_map(|(choice, branches)| {
                let heaviest =
                    branches.into_iter().max_by_key(|(_, sum)| (sum.high(), sum.likely()));
                heaviest.map(|(branch, _)| (choice, branch))
            })
            .collect();
        writer.change_own("", |entry| {
            if let Some((choice, branch)) = self.0.get(&entry.cause)
                && heaviest.get(choice) != Some(branch)
            {
                entry.bytes = ByteRange::NOTHING;
            }
        });
    }
}
