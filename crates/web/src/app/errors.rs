//! What the builder would refuse, under the text: for those who do not see squiggles, and for those
//! who do. Each error leads to its place.

use layerwise_analyzer::report::ReportedError;
use yew::{Callback, Html, html};

use crate::handle::ReportHandle;
use crate::state::Action;
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;

/// The errors in the order of the report; nothing where there is none.
pub(super) fn errors(report: &ReportHandle, dispatch: &Callback<Action>) -> Html {
    let count = report.errors.len();
    if count == 0 {
        return Html::default();
    }
    let item = {
        let (report, dispatch) = (report.clone(), dispatch.clone());
        Callback::from(move |at: usize| match report.errors.get(at) {
            Some(error) => one(error, &dispatch),
            None => Html::default(),
        })
    };
    html! {
        <section class="errors" aria-labelledby="errors-title">
            <h3 class="errors__title" id="errors-title">{ "What the builder would refuse" }</h3>
            <LongList class="errors__list" {count} {item} noun="errors" />
        </section>
    }
}

fn one(error: &ReportedError, dispatch: &Callback<Action>) -> Html {
    let (dispatch, span) = (dispatch.clone(), error.span);
    html! {
        <li>
            <button
                type="button"
                class="errors__item"
                onclick={move |_| dispatch.emit(Action::Reveal(span))}
            >
                <span class="errors__line">{ format!("Line {}", error.position.line) }</span>
                <span class="errors__message">{ prose(&error.message) }</span>
            </button>
        </li>
    }
}
