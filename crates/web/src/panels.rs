//! The panels beside the editor: one file each, one list, one native render test over the list.

mod acting;
mod cache;
mod files;
mod image_size;
mod laid_out;
mod layers;
mod lines;
mod stages;
mod words;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use layerwise_analyzer::report::Input;
use yew::{Callback, Html, MouseEvent, Properties};

pub(crate) use acting::UNDO;
pub(crate) use files::concern_text;
pub(crate) use lines::instruction_at;

use crate::analysis::MissingSizes;
use crate::handle::{Handle, ReportHandle};
use crate::state::{Action, State, Trial};
use crate::view::Laid;
use crate::worker::{CacheAnswer, ViewWish};

/// What every panel is given: the facts, what follows from them, and a way to act.
#[derive(Clone, Properties, PartialEq)]
pub struct PanelProps {
    /// What the page remembers.
    pub state: Rc<State>,
    /// The newest analysis; it may be of a text a few keystrokes old.
    pub report: ReportHandle,
    /// What an edit rebuilds, once that is known; on the same input.
    pub cache: Option<Handle<CacheAnswer>>,
    /// The panel that the engine laid out, once it did; on the same input.
    pub view: Option<Handle<Laid>>,
    /// What that report is on.
    pub input: Rc<Input>,
    /// What is still to come, or does not come, of the sizes of layers.
    pub missing_sizes: Option<MissingSizes>,
    /// Tells the page what the person did.
    pub dispatch: Callback<Action>,
    /// A link to the page as it is.
    pub link: Callback<(), String>,
}

/// Tells the page that the person did this, when clicked.
pub(crate) fn on_click(dispatch: &Callback<Action>, action: Action) -> Callback<MouseEvent> {
    dispatch.reform(move |_| action.clone())
}

/// A panel: data for the tab bar and a function that draws it.
pub struct Panel {
    /// Stable id, used in links.
    pub id: &'static str,
    /// What its tab says.
    pub title: &'static str,
    /// Draws it.
    pub render: fn(&PanelProps) -> Html,
}

/// Every panel, in the order of the tabs.
pub const ALL: &[Panel] = &[
    stages::STAGES,
    layers::LAYERS,
    cache::CACHE,
    laid_out::ADVICE,
    files::FILES,
    laid_out::BASES,
    laid_out::COMPARE,
    laid_out::REALITY,
    laid_out::COSTS,
    laid_out::EXPORT,
    laid_out::LEARN,
];

/// Id of the panel with the lessons.
pub(crate) const LEARN: &str = laid_out::LEARN.id;

/// Id of the panel that says what to change.
pub(crate) const ADVICE: &str = laid_out::ADVICE.id;

/// Id of the panel that saves reports and pictures.
pub(crate) const EXPORT: &str = laid_out::EXPORT.id;

/// What the open panel wants the engine to lay out; `None` where the page draws it itself.
#[must_use]
pub(crate) fn wanted_view(state: &State) -> Option<ViewWish> {
    laid_out::wanted(state)
}

/// Whether the engine lays a panel out.
#[must_use]
pub fn is_laid_out(id: &str) -> bool {
    laid_out::IDS.contains(&id)
}

/// The edit whose rebuilds the open panel shows; `None` where it shows none. What is presented is
/// held against an edit of the project, not against the typing.
#[must_use]
pub(crate) fn wanted_trial(state: &State) -> Option<Trial> {
    let is_presented = state.panel == LEARN && state.is_presented();
    let trial = (is_presented || state.panel == cache::CACHE.id).then(|| state.trial())?;
    Some(Trial { before: trial.before.filter(|_| !is_presented), ..trial })
}
