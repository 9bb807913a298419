//! What is worth a look in the listing that is the context.

use yew::{Html, html};

use crate::state::State;
use crate::widgets::prose::prose;

/// The remarks, each with its line; a region for screen readers, which is there before they come.
pub(super) fn remarks(state: &State) -> Html {
    let remarks = state.input.context.iter().flat_map(|known| &known.context.remarks);
    let one = |text: String| html! { <p class="options__hint">{ prose(&text) }</p> };
    let lines = remarks.map(|it| one(format!("Line {}: {}", it.line, it.message)));
    html! { <div class="files-remarks" role="status">{ for lines }</div> }
}
