//! Outcomes and edits in words and classes.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::cache::ReportedCacheStep;
use yew::{Html, classes, html};

use crate::panels::words::{outcome_class, outcome_word};
use crate::state::{NOTHING, OWN_EDIT};
use crate::worker::{CacheAnswer, name_of};

/// An outcome as a word in its colour. Another one is another element, which comes in anew.
pub(super) fn badge(outcome: CacheOutcome) -> Html {
    let classes = classes!("cache-badge", outcome_class(outcome));
    let word = outcome_word(outcome);
    html! { <span key={word} class={classes}>{ word }</span> }
}

/// What an edit is called, for a sentence that begins with it: `a source file changes`.
pub(super) fn title_of(answer: &CacheAnswer, edit: &str) -> String {
    let usual = answer.edits.iter().find(|usual| name_of(usual) == edit);
    let (kind, what) = edit.split_once(':').unwrap_or((edit, ""));
    let what = match usual {
        Some(usual) if usual.title.starts_with("a ") => format!("{} ({what})", usual.title),
        _ => what.to_owned(),
    };
    match kind {
        NOTHING => "nothing changes".to_owned(),
        OWN_EDIT if answer.changes.is_some() => "my edit is built".to_owned(),
        OWN_EDIT => "nothing is edited yet".to_owned(),
        "add" => format!("{what} is added"),
        "remove" => format!("{what} is removed"),
        "touch" => format!("only the time of {what} changes"),
        "chmod" => format!("the mode of {what} changes"),
        "base" => format!("another image stands behind {what}"),
        "arg" => format!("the build argument is {what}"),
        _ => format!("{what} changes"),
    }
}

/// Whether a step runs, or may.
pub(super) fn runs(step: &ReportedCacheStep) -> bool {
    matches!(step.outcome, CacheOutcome::Rebuilt | CacheOutcome::Depends)
}
