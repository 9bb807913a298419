//! Panels that the engine lays out. The page's own wasm only draws them.

mod advice;
mod bases;
mod code;
mod compare;
mod costs;
mod export;
mod findings;
mod handout;
mod layers;
mod learn;
pub(super) mod nodes;
mod present;
mod reality;

pub(super) use advice::foresee;

#[cfg(test)]
pub(crate) use export::EMBEDDED;

use layerwise_analyzer::advice::Fixed;
use layerwise_analyzer::report::{Input, Report, analyze};
use serde::{Deserialize, Serialize};

use crate::state::{Version, panel_of};
use crate::view::{Laid, Node, Piece, Tone, View};
use crate::worker::CacheAnswer;

/// What such a panel needs beside the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewWish {
    /// The panel's id.
    pub panel: String,
    /// What the person chose and typed in it, by key.
    pub settings: Vec<(String, String)>,
    /// Milliseconds that the person typed for instructions.
    pub times: Vec<(String, u64)>,
    /// The version before.
    pub before: Option<std::rc::Rc<Version>>,
    /// The version to which a fix was applied last.
    pub before_fix: Option<std::rc::Rc<Version>>,
}

impl ViewWish {
    /// What was typed under a key; empty where nothing was.
    fn setting(&self, key: &str) -> &str {
        let setting = self.settings.iter().find(|(own, _)| own == key);
        setting.map_or("", |(_, value)| value)
    }
}

/// Lays a panel out for an input, the report on it and what an edit rebuilds where that is wanted;
/// `None` for one that the page draws itself. Tables of packages that it lacks, as
/// [`Report::wanted_tables`] names them, are added to `wanted`.
#[must_use]
pub fn lay_out(
    input: &Input,
    report: &Report,
    cache: Option<&CacheAnswer>,
    wish: &ViewWish,
    wanted: &mut Vec<String>,
) -> Option<Laid> {
    let laid =
        |nodes: Vec<Node>| Laid { panel: wish.panel.clone(), nodes: nodes.into(), at_once: None };
    // An idea is a part of that panel, and follows its id.
    if panel_of(&wish.panel) == learn::PANEL {
        if present::is_on(wish) {
            return Some(laid(present::lay_out(input, report, cache, wish)));
        }
        if let Some(handout) = handout::lay_out(wish) {
            return Some(laid(handout));
        }
        return Some(learn::lay_out(input, report, wish, wanted));
    }
    let views = match wish.panel.as_str() {
        "advice" => advice::lay_out(input, report, wanted),
        "reality" => reality::lay_out(input, wish),
        "costs" => costs::lay_out(input, report, wish, wanted),
        "compare" => return Some(laid(compare::lay_out(input, wish, wanted))),
        "export" => {
            let export = nodes::make(&export::lay_out(input, report, wanted));
            return Some(laid(code::lay_out(input, wish).into_iter().chain(export).collect()));
        }
        layers::PANEL => return Some(laid(layers::lay_out(report))),
        "bases" => return Some(laid(bases::lay_out(input, report))),
        _ => return None,
    };
    Some(laid(nodes::make(&views)))
}

/// Adds the tables that a report lacks to `wanted`.
fn want(report: &Report, wanted: &mut Vec<String>) {
    for table in &report.wanted_tables {
        if !wanted.contains(table) {
            wanted.push(table.clone());
        }
    }
}

/// An input with its fixed texts, and the report on it: a fix may bring a base whose packages stand in
/// another table.
fn apply(input: &Input, fixed: &Fixed, wanted: &mut Vec<String>) -> (Input, Report) {
    let after = Input {
        dockerfile: fixed.dockerfile.clone(),
        dockerignore: fixed.dockerignore.clone(),
        ..input.clone()
    };
    let report = analyze(&after);
    want(&report, wanted);
    (after, report)
}

/// A paragraph of plain text.
fn line(text: impl Into<String>) -> View {
    View::Line(vec![Piece::of(text)])
}

/// A paragraph of less important text.
fn quiet(text: impl Into<String>) -> View {
    View::Line(vec![Piece::toned(Tone::Quiet, text)])
}
