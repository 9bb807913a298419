//! Outcomes in words and classes.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::cache::ReportedCause;

use crate::format;

/// What becomes of a step or a stage, as a word.
#[must_use]
pub fn outcome_word(outcome: CacheOutcome) -> &'static str {
    match outcome {
        CacheOutcome::NotNeeded => "not needed",
        other => other.name(),
    }
}

/// Which outcome is shown where several steps share a place: the one with the greatest weight.
#[must_use]
pub fn weight(outcome: CacheOutcome) -> u8 {
    match outcome {
        CacheOutcome::NotNeeded => 0,
        CacheOutcome::Cached => 1,
        CacheOutcome::Depends => 2,
        CacheOutcome::Rebuilt => 3,
    }
}

/// What a line that is to blame has caused: `caused 3 rebuilds`.
#[must_use]
pub fn caused(cause: &ReportedCause) -> String {
    let rebuilds = usize::try_from(cause.rebuilds).unwrap_or(usize::MAX);
    format!("caused {}", format::count(rebuilds, "rebuild", "rebuilds"))
}

/// The class of what becomes of a step or a stage.
#[must_use]
pub fn outcome_class(outcome: CacheOutcome) -> &'static str {
    match outcome {
        CacheOutcome::Cached => "cache-cached",
        CacheOutcome::Depends => "cache-depends",
        CacheOutcome::Rebuilt => "cache-rebuilt",
        CacheOutcome::NotNeeded => "cache-not-needed",
    }
}
