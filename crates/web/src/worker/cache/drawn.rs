//! What an edit rebuilds as nodes that the page draws.

mod matrix;
mod order;
mod steps;
mod totals;

use std::rc::Rc;

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::Report;
use layerwise_analyzer::report::cache::ReportedCacheStep;

use super::outcomes::{outcome_class, outcome_word};
use super::{Refused, Tried};
use crate::format;
use crate::view::{Act, KEY, Node};
use crate::worker::views::nodes::{button, classed, element, prose, text};

/// What stands above the drawing of the stages, and what below it.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Drawn {
    /// The sums, or why there are none.
    pub head: Rc<Vec<Node>>,
    /// The steps, a better order, all usual edits.
    pub rest: Rc<Vec<Node>>,
}

/// Draws what was tried.
pub(super) fn draw(report: &Report, tried: &Tried, ignore_name: &str) -> Drawn {
    let (head, mut rest) = match &tried.outcome {
        Ok(replayed) => {
            let steps = steps::steps(report, replayed);
            let order = tried.order.as_ref().map(|order| order::order(tried, order, ignore_name));
            let taken = assumptions(&replayed.assumptions);
            let rest = [Some(steps), order, taken].into_iter().flatten().collect();
            (vec![totals::totals(tried, replayed)], rest)
        }
        Err(refused) => (vec![refusal(refused)], Vec::new()),
    };
    rest.extend(matrix::matrix(tried));
    Drawn { head: head.into(), rest: rest.into() }
}

fn refusal(refused: &Refused) -> Node {
    let title = classed("p", "notice-title", vec![text(&refused.title)]);
    let told = refused.told.iter().map(|told| element("p", &[], prose(told)));
    classed("div", "notice notice-ask", std::iter::once(title).chain(told).collect())
}

fn assumptions(assumptions: &[String]) -> Option<Node> {
    let items = assumptions.iter().map(|told| element("li", &[], vec![text(told)])).collect();
    let summary = element("summary", &[], vec![text("What was taken for granted")]);
    let all = vec![summary, element("ul", &[], items)];
    (!assumptions.is_empty()).then(|| classed("details", "cache-assumptions", all))
}

/// A part of the panel with its heading, by which it is called.
fn section(class: &str, title: &str, children: Vec<Node>) -> Node {
    let id = format!("{class}-title");
    let heading = element("h3", &[("id", &id)], vec![text(title)]);
    let all = std::iter::once(heading).chain(children).collect();
    element("section", &[("class", class), ("aria-labelledby", &id)], all)
}

/// A table in a box of its own, which scrolls where the panel is narrow; it is called as its section.
fn table(class: &str, parts: Vec<Node>) -> Node {
    let id = format!("{class}-title");
    let frame = [
        ("class", "cache-table-box"),
        ("role", "group"),
        ("tabindex", "0"),
        ("aria-labelledby", id.as_str()),
    ];
    element("div", &frame, vec![classed("table", "cache-table", parts)])
}

fn paragraph(class: &str, of: &str) -> Node {
    classed("p", class, prose(of))
}

/// A row that its first cell heads.
fn row(head: Vec<Node>, cells: impl Iterator<Item = Vec<Node>>) -> Node {
    let head = element("th", &[("scope", "row")], head);
    let cells = cells.map(|cell| element("td", &[], cell));
    element("tr", &[], std::iter::once(head).chain(cells).collect())
}

/// A line's number and what it says, in no more characters than these.
fn line_and_code(line: u32, instruction: &str, most: usize) -> Vec<Node> {
    vec![
        classed("span", "line-number", vec![text(&format!("line {line} "))]),
        element("code", &[], vec![text(&format::shorten(instruction, most))]),
    ]
}

/// A line of the Dockerfile within a sentence; a click shows it.
fn line_link(word: &str, line: u32) -> Node {
    button("line-link", Act::Reveal(line), vec![text(&format!("{word} {line}"))])
}

/// An outcome as a word in its colour. Another one is another element, which comes in anew.
fn badge(outcome: CacheOutcome) -> Node {
    let word = outcome_word(outcome);
    let class = format!("cache-badge {}", outcome_class(outcome));
    element("span", &[(KEY, word), ("class", &class)], vec![text(word)])
}

/// Whether a step runs, or may.
fn runs(step: &ReportedCacheStep) -> bool {
    matches!(step.outcome, CacheOutcome::Rebuilt | CacheOutcome::Depends)
}
