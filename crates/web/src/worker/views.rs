//! Panels that the engine lays out. The page's own wasm only draws them.

mod advice;
mod bases;
mod compare;
mod costs;
mod export;
mod findings;
mod learn;
pub(super) mod nodes;
mod reality;

pub(super) use advice::foresee;

use layerwise_analyzer::report::{Input, Report};
use serde::{Deserialize, Serialize};

use crate::state::Version;
use crate::view::{Laid, Node, Piece, Tone, View};

/// What such a panel needs beside the input.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewWish {
    /// The panel's id.
    pub panel: String,
    /// What the person chose and typed in it, by key.
    pub settings: Vec<(String, String)>,
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

/// Lays a panel out for an input and the report on it; `None` for one that the page draws itself. Tables of packages that it lacks, as
/// [`layerwise_analyzer::report::Report::wanted_tables`] names them, are added to `wanted`.
#[must_use]
pub fn lay_out(
    input: &Input,
    report: &Report,
    wish: &ViewWish,
    wanted: &mut Vec<String>,
) -> Option<Laid> {
    let laid =
        |nodes: Vec<Node>| Laid { panel: wish.panel.clone(), nodes: nodes.into(), at_once: None };
    if wish.panel == learn::PANEL {
        return Some(learn::lay_out(input, wish));
    }
    let views = match wish.panel.as_str() {
        "advice" => advice::lay_out(input),
        "compare" => compare::lay_out(input, wish, wanted),
        "reality" => reality::lay_out(input, wish),
        "costs" => costs::lay_out(input, wish),
        "export" => export::lay_out(input),
        "bases" => return Some(laid(bases::lay_out(input, report))),
        _ => return None,
    };
    Some(laid(nodes::make(&views)))
}

/// A paragraph of plain text.
fn line(text: impl Into<String>) -> View {
    View::Line(vec![Piece::of(text)])
}

/// A paragraph of less important text.
fn quiet(text: impl Into<String>) -> View {
    View::Line(vec![Piece::toned(Tone::Quiet, text)])
}
