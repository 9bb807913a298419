//! Outcomes in words and classes.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::cache::ReportedCacheStep;
use yew::{Html, classes, html};

use crate::panels::words::{outcome_class, outcome_word};

/// An outcome as a word in its colour. Another one is another element, which comes in anew.
pub(super) fn badge(outcome: CacheOutcome) -> Html {
    let classes = classes!("cache-badge", outcome_class(outcome));
    let word = outcome_word(outcome);
    html! { <span key={word} class={classes}>{ word }</span> }
}

/// The same as the sign that the editor shows beside the line; who hears it, or points at it, gets the
/// word.
pub(super) fn sign(outcome: CacheOutcome) -> Html {
    let classes = classes!("cache-sign", outcome_class(outcome));
    let word = outcome_word(outcome);
    let sign = match outcome {
        CacheOutcome::Cached => "✓",
        CacheOutcome::Rebuilt => "↻",
        CacheOutcome::Depends => "?",
        CacheOutcome::NotNeeded => "–",
    };
    html! {
        <span class={classes} title={word}>
            <span aria-hidden="true">{ sign }</span>
            <span class="visually-hidden">{ word }</span>
        </span>
    }
}

/// Whether a step runs, or may.
pub(super) fn runs(step: &ReportedCacheStep) -> bool {
    matches!(step.outcome, CacheOutcome::Rebuilt | CacheOutcome::Depends)
}
