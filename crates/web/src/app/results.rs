//! The right side: the panels, and what the page says before there is anything to show.

use std::rc::Rc;

use yew::{AttrValue, Callback, Html, Properties, function_component, html};

use crate::app::tabs::{Tab, Tabs, panel_id, tab_id};
use crate::examples::{self, Example};
use crate::panels::{self, PanelProps};
use crate::state::Action;

const NAME: &str = "results";

/// What the right side shows.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ResultsProps {
    /// What every panel is given.
    pub panel: PanelProps,
    /// Told the example that was chosen.
    pub on_example: Callback<&'static Example>,
}

/// The panels' tabs and the open panel.
#[function_component(Results)]
pub(super) fn results(props: &ResultsProps) -> Html {
    if props.panel.state.input.dockerfile.trim().is_empty() {
        return invitation(props);
    }
    let wanted = &props.panel.state.panel;
    // A link of a later version may name a panel that this page does not have.
    let Some(open) = panels::ALL.iter().find(|panel| panel.id == wanted).or(panels::ALL.first())
    else {
        return Html::default();
    };
    let tabs = panels::ALL.iter().map(|panel| Tab {
        id: AttrValue::Static(panel.id),
        title: AttrValue::Static(panel.title),
    });
    html! {
        <section class="results" aria-labelledby="results-title">
            <h2 class="visually-hidden" id="results-title">{ "Results" }</h2>
            <Tabs
                name={NAME}
                label="Results"
                tabs={tabs.collect::<Vec<_>>()}
                open={open.id}
                on_open={props.panel.dispatch.reform(Action::OpenPanel)}
            />
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

/// What an empty page offers.
fn invitation(props: &ResultsProps) -> Html {
    let one = |example: &'static Example| {
        let on_example = props.on_example.clone();
        html! {
            <li key={example.id}>
                <button type="button" class="menu__item" onclick={move |_| on_example.emit(example)}>
                    <span class="menu__title">{ example.title }</span>
                    <span class="menu__about">{ example.about }</span>
                </button>
            </li>
        }
    };
    html! {
        <section class="results invitation" aria-labelledby="invitation-title">
            <h2 id="invitation-title">{ "Paste a Dockerfile" }</h2>
            <p>
                { "See its stages, what its base images weigh, and a link to share what you see. \
                   Everything happens in your browser: nothing is uploaded." }
            </p>
            <p>{ "Or start from an example:" }</p>
            <ul class="invitation__list">{ for examples::ALL.iter().map(one) }</ul>
        </section>
    }
}

/// The panel's properties for a state and what is known of it.
#[must_use]
pub(super) fn panel_props(
    state: &Rc<crate::state::State>,
    report: &Rc<layerwise_analyzer::report::Report>,
    dispatch: &Callback<Action>,
) -> PanelProps {
    PanelProps { state: Rc::clone(state), report: Rc::clone(report), dispatch: dispatch.clone() }
}
