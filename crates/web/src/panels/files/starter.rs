//! An ignore file to begin with: what it would leave out, and one click.

use yew::{Html, html};

use super::mending::{Mending, Place};
use super::words;
use crate::panels::PanelProps;
use crate::widgets::button::button;
use crate::widgets::notice::{Tone, notice};

/// Offers the ignore file that the report has for this kind of project; once it is written, the
/// way back stands in its place.
pub(super) fn starter(props: &PanelProps, mending: &Mending) -> Html {
    if mending.is_at(Place::Starter) {
        return mending.line(props, Place::Starter);
    }
    let Some(starter) = &props.report.context.starter else { return Html::default() };
    let onclick = mending.write(props, Place::Starter, starter.text.clone());
    let name = props.state.ignore_name();
    let write = match props.state.input.dockerignore {
        Some(_) => "Add these lines".to_owned(),
        None => format!("Write this {name}"),
    };
    let title = format!(
        "A {name} for {} would leave out {} more",
        starter.title,
        words::estimate(starter.files, &starter.bytes)
    );
    notice(
        title,
        Tone::Ask,
        html! {<>
            <details class="files-starter">
                <summary>{ "What it says" }</summary>
                <pre tabindex="0">{ &starter.text }</pre>
            </details>
            { button(&write, onclick) }
        </>},
    )
}
