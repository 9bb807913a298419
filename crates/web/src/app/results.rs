//! The right side: the panels, and what the page says before there is anything to show.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, html};

use crate::analysis::Analysis;
use crate::app::examples_menu::example_item;
use crate::app::tabs::{Tab, TabRow, panel_id, tab_id, tabs};
use crate::bindings::location;
use crate::examples::{self, Example};
use crate::panels::{self, Panel, PanelProps, on_click};
use crate::session::to_fragment;
use crate::state::{Action, State, panel_of};
use crate::widgets::button::button;

const NAME: &str = "results";

/// What the right side shows.
#[derive(Clone, PartialEq)]
pub(super) struct ResultsFacts {
    /// What every panel is given.
    pub panel: PanelProps,
    /// How many findings there are, once that is known.
    pub findings: u32,
    /// Told the example that was chosen.
    pub on_example: Callback<&'static Example>,
}

/// The panels' tabs and the open panel.
pub(super) fn results(props: &ResultsFacts) -> Html {
    let State { input, panel, .. } = &*props.panel.state;
    // A lesson brings a text of its own.
    if input.dockerfile.trim().is_empty()
        && input.context.is_none()
        && panel_of(panel) != panels::LEARN
    {
        return invitation(props);
    }
    let Some(open) = open_panel(panel) else { return Html::default() };
    let row = TabRow {
        name: NAME.into(),
        label: "Results".into(),
        tabs: panels::ALL
            .iter()
            .map(|panel| Tab { id: panel.id.into(), title: title(panel, props.findings) })
            .collect(),
        open: open.id.into(),
        on_open: props.panel.dispatch.reform(Action::OpenPanel),
    };
    html! {
        <section class="results" aria-labelledby="results-title">
            <h2 class="visually-hidden" id="results-title">{ "Results" }</h2>
            { tabs(&row) }
            <div
                class="results__panel"
                role="tabpanel"
                id={panel_id(NAME, open.id)}
                aria-labelledby={tab_id(NAME, open.id)}
                tabindex="0"
            >
                { (open.render)(&props.panel) }
            </div>
        </section>
    }
}

/// The panel that an id names. A link of a later version may name one that this page does not have.
fn open_panel(id: &str) -> Option<&'static Panel> {
    panels::ALL.iter().find(|panel| panel.id == panel_of(id)).or(panels::ALL.first())
}

/// The open panel alone, for a page that shows this one in a frame: nothing of it can be changed, and a
/// link opens all of it.
pub(super) fn embedded(props: &PanelProps, lines: Html) -> Html {
    let Some(open) = open_panel(&props.state.panel) else { return Html::default() };
    let address = location::link(&location::fragment().replacen("embed/", "panel/", 1));
    html! {
        <main class="embed">
            <div class="embed__bar">
                <h1 class="embed__title">{ open.title }</h1>
                <a href={address} target="_blank" rel="noopener">{ "Open in Layerwise" }</a>
            </div>
            { lines }
            { (open.render)(props) }
        </main>
    }
}

/// What a panel's tab says: that of the advice, how much there is.
fn title(panel: &Panel, findings: u32) -> AttrValue {
    match panel.id == panels::ADVICE && findings > 0 {
        true => format!("{} ({findings})", panel.title).into(),
        false => panel.title.into(),
    }
}

/// What an empty page offers.
fn invitation(props: &ResultsFacts) -> Html {
    let learn = Action::OpenPanel(panels::LEARN.into());
    let one = |example: &'static Example| {
        example_item(example, props.on_example.reform(move |_| example))
    };
    html! {
        <section class="results invitation" aria-labelledby="invitation-title">
            <h2 id="invitation-title">{ "Paste a Dockerfile" }</h2>
            <p>
                { "See its stages, what its base images weigh, and a link to share what you see. \
                   Everything happens in your browser: nothing is uploaded." }
            </p>
            <p>{ button("Or take a lesson", on_click(&props.panel.dispatch, learn)) }</p>
            <p>{ "Or start from an example:" }</p>
            <ul class="invitation__list">{ for examples::ALL.iter().map(one) }</ul>
        </section>
    }
}

/// The panel's properties for a state and what is known of it.
#[must_use]
pub(super) fn panel_props(
    state: &Rc<State>,
    analysis: &Analysis,
    dispatch: &Callback<Action>,
) -> PanelProps {
    let Analysis { report, cache, view, input, .. } = analysis;
    let shown = Rc::clone(state);
    let link = Callback::from(move |()| location::link(&to_fragment(&shown, None)));
    PanelProps {
        state: Rc::clone(state),
        report: report.clone(),
        cache: cache.clone(),
        view: view.clone(),
        input: Rc::clone(input),
        missing_sizes: analysis.missing_sizes(),
        dispatch: dispatch.clone(),
        link,
    }
}
