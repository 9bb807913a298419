//! An ignore file to begin with, and what it would leave out.

use super::StarterIgnore;
use super::assemble::Applied;
use super::weigh::Scales;
use crate::context::FileKind;
use crate::dockerignore::{Dockerignore, Walk};
use crate::projects;
use crate::report::Subject;

/// The lines that the ignore file lacks for projects of this kind; `None` where nothing tells the
/// kind, where nothing more would be left out, and where the builder refuses the file as it is.
pub(super) fn suggest(
    subject: &Subject<'_>,
    applied: &Applied<'_>,
    scales: &Scales<'_>,
) -> Option<StarterIgnore> {
    applied.effects.as_ref()?;
    // An assumed project holds what its kind holds, so it tells nothing about the kind.
    let known = scales.assumed.is_none().then_some(scales.context);
    let kinds = projects::recognize(subject.plan, &applied.ignore, known);
    let existing = subject.input.dockerignore.as_deref();
    let (title, text) = projects::write_starter(&kinds, subject.plan, existing)?;
    let (ignore, _) = Dockerignore::parse(&text);
    let mut walk = Walk::new(&ignore);
    let mut newly_left_out = Vec::new();
    for (entry, decision) in scales.entries().zip(applied.decisions()) {
        if decision.excluded {
            continue;
        }
        let decided = match entry.1.kind {
            FileKind::Folder => walk.decide_folder(entry.0),
            _ => walk.decide_file(entry.0),
        };
        if decided.ok()?.excluded {
            newly_left_out.push(entry);
        }
    }
    let (files, bytes) = scales.weigh(newly_left_out.into_iter());
    (files > 0).then_some(StarterIgnore { title, text, files, bytes })
}
