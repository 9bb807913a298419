//! All usual edits beside all steps: at a glance, whether the order is right.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::cache::MatrixStep;

use super::{badge, line_and_code, paragraph, row, section, table};
use crate::view::Node;
use crate::worker::cache::order::TriedOrder;
use crate::worker::cache::outcomes::{outcome_class, outcome_word};
use crate::worker::cache::table::EditTable;
use crate::worker::cache::{MOST_STAGES, Tried};
use crate::worker::views::nodes::{classed, element, text};

/// Rows that are shown at first, and characters of an instruction.
const FIRST: usize = 60;
const MOST_OF_INSTRUCTION: usize = 44;
/// Its class, by which its parts are called.
const CLASS: &str = "cache-matrix";

/// The table; nothing where there is no step.
pub(super) fn matrix(tried: &Tried) -> Option<Node> {
    let mut all = Vec::new();
    if !tried.building.keeps_cache() {
        all.push(paragraph("cache-note", "On the same builder, with its cache and cache mounts."));
    }
    match &tried.matrix {
        Some(matrix) if matrix.steps.is_empty() => return None,
        Some(matrix) => all.extend(whole(matrix, tried.order.as_ref())),
        None => {
            let told = format!(
                "More than {MOST_STAGES} stages are too many to try all edits at once; choose one \
                 above.",
            );
            all.push(paragraph("cache-note", &told));
        }
    }
    Some(section(CLASS, "All usual edits", all))
}

fn whole(matrix: &EditTable, order: Option<&TriedOrder>) -> Vec<Node> {
    let count = matrix.steps.len().min(FIRST);
    let (first, more) = matrix.steps.split_at(count);
    let mut all = vec![key(), part(matrix, first, 0, order)];
    if !more.is_empty() {
        let summary =
            element("summary", &[], vec![text(&format!("The other {} steps", more.len()))]);
        all.push(classed("details", "cache-more", vec![summary, part(matrix, more, count, None)]));
    }
    all.extend(matrix.left_out.iter().map(|told| paragraph("cache-note", told)));
    all
}

/// What the signs mean. Who hears the table hears the words.
fn key() -> Node {
    let all = [
        CacheOutcome::Cached,
        CacheOutcome::Rebuilt,
        CacheOutcome::Depends,
        CacheOutcome::NotNeeded,
    ];
    let signs = all.into_iter().flat_map(|outcome| [sign(outcome), badge(outcome)]).collect();
    element("p", &[("class", "cache-key"), ("aria-hidden", "true")], signs)
}

/// A table of some of the steps, of which the first is the one at `from`.
fn part(matrix: &EditTable, steps: &[MatrixStep], from: usize, order: Option<&TriedOrder>) -> Node {
    let column = |title: &str| {
        element("th", &[("scope", "col")], vec![element("span", &[], vec![text(title)])])
    };
    let titles = matrix.columns.iter().map(|it| column(&it.title));
    let corner = element("th", &[("scope", "col")], vec![text("Step")]);
    let head = element("tr", &[], std::iter::once(corner).chain(titles).collect());
    let rows = steps.iter().enumerate().map(|(at, step)| {
        let outcomes = matrix.columns.iter().map(|column| column.outcomes.get(from + at));
        let signs = outcomes.map(|outcome| outcome.map(|it| sign(*it)).into_iter().collect());
        row(line_and_code(step.line, &step.instruction, MOST_OF_INSTRUCTION), signs)
    });
    let now = times("This build takes about", matrix.columns.iter().map(|column| &column.time));
    let then = order.map(|order| times("In the proposed order", order.usual.iter()));
    let parts = vec![
        element("thead", &[], vec![head]),
        element("tbody", &[], rows.collect()),
        element("tfoot", &[], [Some(now), then].into_iter().flatten().collect()),
    ];
    table(CLASS, parts)
}

fn times<'times>(title: &str, times: impl Iterator<Item = &'times String>) -> Node {
    row(vec![text(title)], times.map(|time| vec![text(time)]))
}

/// An outcome as the sign that the editor shows beside the line; who hears it, or points at it, gets
/// the word.
fn sign(outcome: CacheOutcome) -> Node {
    let word = outcome_word(outcome);
    let sign = match outcome {
        CacheOutcome::Cached => "✓",
        CacheOutcome::Rebuilt => "↻",
        CacheOutcome::Depends => "?",
        CacheOutcome::NotNeeded => "–",
    };
    let class = format!("cache-sign {}", outcome_class(outcome));
    let seen = element("span", &[("aria-hidden", "true")], vec![text(sign)]);
    let heard = classed("span", "visually-hidden", vec![text(word)]);
    element("span", &[("class", &class), ("title", word)], vec![seen, heard])
}
