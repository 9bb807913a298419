//! Lines of a text as panels name them: a number, and what stands there. A click shows the place.

use layerwise_analyzer::report::Report;
use layerwise_analyzer::text::Span;
use yew::{Callback, Html, MouseEvent, html};

use super::PanelProps;
use crate::state::Action;
use crate::widgets::button::button_of;

/// Where a line's instruction stands in the Dockerfile.
pub(crate) fn instruction_at(report: &Report, line: u32) -> Option<Span> {
    let covers =
        report.instructions.iter().find(|found| found.line <= line && line <= found.end_line);
    covers.map(|found| found.span)
}

/// Shows a line's instruction in the editor.
pub(super) fn reveal(props: &PanelProps, line: u32) {
    if let Some(span) = instruction_at(&props.report, line) {
        props.dispatch.emit(Action::Reveal(span));
    }
}

/// Shows a line's instruction in the editor when clicked.
pub(super) fn reveal_line(props: &PanelProps, line: u32) -> Callback<MouseEvent> {
    let props = props.clone();
    Callback::from(move |_| reveal(&props, line))
}

/// A line's number and what it says.
pub(super) fn line_and_code(line: u32, code: &str) -> Html {
    html! {
        <>
            <span class="line-number">{ format!("line {line} ") }</span>
            <code>{ code }</code>
        </>
    }
}

/// The same as a button.
pub(super) fn line_button(line: u32, code: &str, onclick: Callback<MouseEvent>) -> Html {
    button_of("text-button line-button", line_and_code(line, code), onclick)
}

/// A line of the Dockerfile as a button that shows it.
pub(super) fn instruction_button(props: &PanelProps, line: u32, code: &str) -> Html {
    line_button(line, code, reveal_line(props, line))
}

/// A line of the Dockerfile by its number within a sentence, where `word` is `line` or `Line`.
pub(super) fn line_link(props: &PanelProps, word: &str, line: u32) -> Html {
    button_of("line-link", html! { { format!("{word} {line}") } }, reveal_line(props, line))
}
