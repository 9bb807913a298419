//! An ignore file to begin with, and what it would leave out.

use super::StarterIgnore;
use super::assemble::Applied;
use super::weigh::Scales;
use crate::context::{ContextFile, FileKind};
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
    let existing = subject.input.dockerignore.as_deref();
    let (title, text) = projects::write_starter(subject.kinds(), subject.traces(), existing)?;
    let effect = try_out(&text, applied, scales)?;
    if !effect.brings_back {
        return effect.offer(title, text, scales);
    }
    // An exception for one source would also bring back what the person's own lines leave out.
    let text = without_exceptions(existing.unwrap_or_default(), &text);
    let effect = try_out(&text, applied, scales)?;
    if effect.brings_back { None } else { effect.offer(title, text, scales) }
}

/// What another ignore file would change.
struct Effect<'context> {
    newly_left_out: Vec<(&'context str, &'context ContextFile)>,
    /// Whether something would be sent that is left out today.
    brings_back: bool,
}

impl Effect<'_> {
    /// The offer, unless it leaves nothing more out.
    fn offer(self, title: String, text: String, scales: &Scales<'_>) -> Option<StarterIgnore> {
        let (files, bytes) = scales.weigh(self.newly_left_out.into_iter());
        (files > 0).then_some(StarterIgnore { title, text, files, bytes })
    }
}

/// Applies another ignore file; `None` where the builder would refuse it.
fn try_out<'context>(
    text: &str,
    applied: &Applied<'_>,
    scales: &Scales<'context>,
) -> Option<Effect<'context>> {
    let (ignore, _) = Dockerignore::parse(text);
    let mut walk = Walk::new(&ignore);
    let mut effect = Effect { newly_left_out: Vec::new(), brings_back: false };
    for (entry, before) in scales.entries().zip(applied.decisions()) {
        let after = match entry.1.kind {
            FileKind::Folder => walk.decide_folder(entry.0),
            _ => walk.decide_file(entry.0),
        };
        match (before.excluded, after.ok()?.excluded) {
            (false, true) => effect.newly_left_out.push(entry),
            (true, false) => effect.brings_back = true,
            _ => {}
        }
    }
    Some(effect)
}

/// The text without the exceptions behind `existing`, and without the pattern that each stands
/// behind.
fn without_exceptions(existing: &str, text: &str) -> String {
    let added = text.strip_prefix(existing).unwrap_or_default();
    let mut kept: Vec<&str> = Vec::new();
    for line in added.split_inclusive('\n') {
        if !line.starts_with('!') {
            kept.push(line);
        } else if kept.last().is_some_and(|last| !last.starts_with('#') && !last.trim().is_empty())
        {
            kept.pop();
        }
    }
    format!("{existing}{}", kept.concat())
}
