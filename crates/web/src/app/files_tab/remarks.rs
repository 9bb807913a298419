//! What is worth a look in the listing that is the context.

use yew::{Html, html};

use crate::state::State;
use crate::widgets::prose::prose;

/// The remarks, each with its line.
pub(super) fn remarks(state: &State) -> Html {
    let remarks = state.input.context.iter().flat_map(|known| &known.context.remarks);
    let one = |text: String| html! { <p class="options__hint">{ prose(&text) }</p> };
    remarks.map(|remark| one(format!("Line {}: {}", remark.line, remark.message))).collect()
}
