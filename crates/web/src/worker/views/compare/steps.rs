//! What becomes of each step after an edit, before and after.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::compare::{ComparedEdit, ComparedStep, Comparison};
use layerwise_analyzer::report::cache::describe_duration;

use super::super::ViewWish;
use crate::format;
use crate::view::{Piece, Tone, View};

/// Under which the edit is remembered whose steps are shown.
const EDIT: &str = "compare.edit";
/// The edit that is shown while none was chosen.
const USUAL: &str = "a source file";

/// The choice of an edit, and each step after it; nothing where both builds know no edit.
pub(super) fn lay_out(comparison: &Comparison, wish: &ViewWish) -> Option<View> {
    let edits = &comparison.edits;
    let wanted = wish.setting(EDIT);
    let named = |title: &str| edits.iter().find(|edit| edit.title == title);
    let edit = named(wanted).or_else(|| named(USUAL)).or(edits.last())?;
    let buttons = edits.iter().map(|it| {
        let is_chosen = it.title == edit.title;
        Piece::choice(it.title.clone(), is_chosen, EDIT, &it.title)
    });
    let label = std::iter::once(Piece::of("After an edit of"));
    let rows = comparison.steps.iter().zip(&edit.outcomes).map(|(step, outcomes)| {
        let [before, after] = outcomes.map(outcome);
        vec![instruction(step), before, after]
    });
    let table = View::Table {
        caption: format!("Steps after an edit of {}, before and after", edit.title),
        head: ["Step", "Before", "After"].map(String::from).into(),
        rows: rows.collect(),
    };
    let children = vec![View::Buttons(label.chain(buttons).collect()), times(edit), table];
    Some(View::Section { title: "Step by step".into(), children })
}

fn times(edit: &ComparedEdit) -> View {
    let [before, after] = edit.times.each_ref().map(describe_duration);
    View::Line(vec![Piece::of(format!("It takes {before} before, {after} after."))])
}

/// Its line in the editor, where it has one there, and what it does.
fn instruction(step: &ComparedStep) -> Piece {
    let line = step.lines[1].map_or(String::new(), |line| format!("{line} "));
    Piece::toned(Tone::Code, format!("{line}{}", format::shorten(&step.instruction, 80)))
}

fn outcome(outcome: Option<CacheOutcome>) -> Piece {
    match outcome {
        None => Piece::toned(Tone::Quiet, "–"),
        Some(CacheOutcome::NotNeeded) => Piece::toned(Tone::Quiet, "not needed"),
        Some(CacheOutcome::Cached) => Piece::toned(Tone::Good, "cached"),
        Some(CacheOutcome::Depends) => Piece::toned(Tone::Warn, "depends"),
        Some(CacheOutcome::Rebuilt) => Piece::toned(Tone::Bad, "rebuilt"),
    }
}
