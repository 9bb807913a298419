//! The right side: the panels, and what the page says before there is anything to show.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, html};

use crate::analysis::Analysis;
use crate::app::examples_menu::ExampleList;
use crate::app::tabs::{Tab, TabRow, panel_id, tab_id, tabs};
use crate::bindings::location;
use crate::panels::{self, Panel, PanelProps, on_click};
use crate::session::{suitable_context, to_fragment};
use crate::state::{Action, State, panel_of};
use crate::widgets::button::button;

const NAME: &str = "results";
/// Id of the panel that saves, and shows the link as a picture.
pub(super) const EXPORT_PANEL: &str = "results-panel-export";

/// What the right side shows.
#[derive(Clone, PartialEq)]
pub(super) struct ResultsFacts {
    /// What every panel is given.
    pub panel: PanelProps,
    /// How many findings there are, once that is known.
    pub findings: u32,
    /// Told the id of the example that was chosen.
    pub on_example: Callback<AttrValue>,
}

/// The panels' tabs and the open panel.
pub(super) fn results(props: &ResultsFacts) -> Html {
    let State { input, panel, .. } = &*props.panel.state;
    let wanted = panel_of(panel);
    // A lesson brings a text of its own.
    if input.dockerfile.trim().is_empty() && input.context.is_none() && wanted != panels::LEARN {
        return invitation(props);
    }
    // A link of a later version may name a panel that this page does not have.
    let Some(open) = panels::ALL.iter().find(|panel| panel.id == wanted).or(panels::ALL.first())
    else {
        return Html::default();
    };
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
    html! {
        <section class="results invitation" aria-labelledby="invitation-title">
            <h2 id="invitation-title">{ "Paste a Dockerfile" }</h2>
            <p>
                { "See its stages, what its base images weigh, and a link to share what you see. \
                   Everything happens in your browser: nothing is uploaded." }
            </p>
            <p>{ button("Or take a lesson", on_click(&props.panel.dispatch, learn)) }</p>
            <p>{ "Or start from an example:" }</p>
            <ExampleList label="To start from" on_choose={props.on_example.clone()} />
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
    let link = Callback::from(move |()| {
        location::link(&to_fragment(&shown, suitable_context(&shown.input)))
    });
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
