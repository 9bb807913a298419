//! What BuildKit would refuse, with places.

use layerwise_analyzer::report::ReportedError;
use yew::{Callback, Html, function_component, html};

use super::{Panel, PanelProps};
use crate::format;
use crate::state::Action;
use crate::widgets::long_list::LongList;
use crate::widgets::notice::{Notice, Tone};

/// The errors.
pub(super) const PROBLEMS: Panel = Panel {
    id: "problems",
    title: "Problems",
    render: |props| html! { <Problems ..props.clone() /> },
};

#[function_component(Problems)]
fn problems(props: &PanelProps) -> Html {
    let errors = &props.report.errors;
    if errors.is_empty() {
        return no_problem(props);
    }
    let item = {
        let props = props.clone();
        Callback::from(move |index: usize| match props.report.errors.get(index) {
            Some(error) => item(&props, error),
            None => Html::default(),
        })
    };
    html! {
        <div class="panel panel-problems">
            <p>
                { format!("BuildKit would refuse {}:", format::count(errors.len(), "thing", "things")) }
            </p>
            <LongList class="problems" count={errors.len()} {item} noun="problems" />
            <p class="problems-rest">{ "Everything else is analysed as usual." }</p>
        </div>
    }
}

fn no_problem(props: &PanelProps) -> Html {
    if props.report.stages.is_empty() {
        return html! {
            <Notice title="Nothing to check yet">
                <p>{ "Paste a Dockerfile, or open an example." }</p>
            </Notice>
        };
    }
    html! {
        <Notice title="No problem found" tone={Tone::Good}>
            <p>{ "Every instruction reads as BuildKit wants it, and every stage is found." }</p>
        </Notice>
    }
}

fn item(props: &PanelProps, error: &ReportedError) -> Html {
    let (dispatch, span) = (props.dispatch.clone(), error.span);
    let onclick = move |_| dispatch.emit(Action::Reveal(span));
    html! {
        <li>
            <button type="button" class="text-button problem" {onclick}>
                <span class="problem-place">{ error.position.to_string() }</span>
                <span class="problem-message">{ &error.message }</span>
            </button>
        </li>
    }
}
