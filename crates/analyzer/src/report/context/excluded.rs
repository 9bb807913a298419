//! Sources of a `COPY` that take nothing because its `--exclude` leaves out all that they would take.

use super::copies::{Copies, Selected};
use super::missing::list;
use crate::plan::CopyStep;
use crate::simulate::copy::{Presence, SourceSelection, select};
use crate::size::describe_files;

impl Copies<'_> {
    /// Says so of each source that takes no file though no ignore line is why.
    pub(super) fn explain_excludes(&self, copy: &CopyStep, selected: &mut [Selected<'_>]) {
        let context = self.absences.context;
        let is_open = |it: &Selected<'_>| it.withheld.is_empty() && it.selection.is_idle(context);
        if copy.excludes.is_empty() || self.absences.assumed || !selected.iter().any(is_open) {
            return;
        }
        let take = |excludes: Vec<String>| {
            let step = CopyStep { excludes, ..copy.clone() };
            let taken = select(self.whole(), &step, &|_| Presence::Unknown);
            taken.iter().map(|it| self.count(it)).collect::<Vec<u64>>()
        };
        let all = take(Vec::new());
        let by_flag: Vec<(String, Vec<u64>)> = copy
            .excludes
            .iter()
            .map(|flag| (format!("`--exclude={flag}`"), take(vec![flag.clone()])))
            .collect();
        for (at, (selected, files)) in selected.iter_mut().zip(all).enumerate() {
            if files > 0 && is_open(selected) {
                let leaves_out = |kept: &Vec<u64>| kept.get(at).is_some_and(|it| *it < files);
                let flags = by_flag.iter().filter(|(_, kept)| leaves_out(kept));
                let flags: Vec<String> = flags.map(|(flag, _)| flag.clone()).collect();
                let source = copy.sources.get(at).map(String::as_str).unwrap_or_default();
                selected.excluded = describe(&flags, source, files);
            }
        }
    }

    /// How many files a source takes.
    fn count(&self, selection: &SourceSelection<'_>) -> u64 {
        let paths = selection.matches.iter().flat_map(|matched| &matched.paths);
        let files = paths.filter_map(|path| self.absences.context.files.get(*path));
        files.fold(0, |sum, file| sum.saturating_add(file.count()))
    }
}

/// `None` where no flag by itself leaves anything out.
fn describe(flags: &[String], source: &str, files: u64) -> Option<String> {
    let (leaves, pattern) = match flags {
        [] => return None,
        [_] => ("leaves", "the pattern"),
        _ => ("leave", "the patterns"),
    };
    let (flags, files) = (list(flags), describe_files(files));
    Some(format!(
        "`{source}` brings no file, and the build goes on: {flags} {leaves} {files} out, which is all \
         of it. Narrow {pattern} to keep some."
    ))
}
