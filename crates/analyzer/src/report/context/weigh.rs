//! Sums of a context's files as estimates.

use std::collections::BTreeMap;

use crate::context::{BuildContext, ContextFile};
use crate::dockerignore::Tally;
use crate::size::{Evidence, SizeEstimate};

/// Weighs files of one context.
pub(in crate::report) struct Scales<'context> {
    pub(in crate::report) context: &'context BuildContext,
    /// For an assumed project what each path is believed to weigh; `None` where the context is
    /// known.
    pub(in crate::report) assumed: Option<&'context BTreeMap<String, SizeEstimate>>,
    /// What was believed of those paths that the person typed.
    pub(in crate::report) replaced: Option<&'context BTreeMap<String, SizeEstimate>>,
}

const ASSUMED: &str = "A typical project of this kind; bring the folder to know.";

impl<'context> Scales<'context> {
    /// Every entry of the context.
    pub(super) fn entries(&self) -> impl Iterator<Item = (&'context str, &'context ContextFile)> {
        self.context.files.iter().map(|(path, file)| (path.as_str(), file))
    }

    /// How many files these entries are, and what they weigh together.
    pub(super) fn weigh<'entry>(
        &self,
        entries: impl Iterator<Item = (&'entry str, &'entry ContextFile)>,
    ) -> (u64, SizeEstimate) {
        let Some(assumed) = self.assumed else {
            let mut tally = Tally::default();
            entries.for_each(|(_, file)| tally.add(file));
            return (tally.files, from_tally(tally));
        };
        let (mut files, mut parts) = (0, Vec::new());
        for (path, file) in entries {
            files += file.count();
            parts.extend(assumed.get(path));
        }
        (files, SizeEstimate::sum(parts, ASSUMED))
    }

    /// What a tally of this context's files weighs.
    pub(super) fn of_tally(&self, tally: Tally) -> SizeEstimate {
        if self.assumed.is_none() {
            return from_tally(tally);
        }
        let range = [tally.bytes / 2, tally.bytes, tally.bytes.saturating_mul(2)];
        SizeEstimate::range(range, Evidence::Assumed, ASSUMED)
    }
}

fn from_tally(tally: Tally) -> SizeEstimate {
    match tally.unsized_files {
        0 => SizeEstimate::exact(tally.bytes, "Counted in the build context."),
        1 => SizeEstimate::at_least(tally.bytes, "The listing has no size for one of the files."),
        some => SizeEstimate::at_least(
            tally.bytes,
            format!("The listing has no size for {some} of the files."),
        ),
    }
}
