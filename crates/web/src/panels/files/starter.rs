//! An ignore file to begin with: what it would leave out, and one click.

use yew::{Callback, Html, html};

use super::words;
use crate::panels::PanelProps;
use crate::state::{Action, EditorTab};
use crate::widgets::button::button;
use crate::widgets::notice::{Notice, Tone};

/// Offers the ignore file that the report has for this kind of project.
pub(super) fn starter(props: &PanelProps) -> Html {
    let Some(starter) = &props.report.context.starter else { return Html::default() };
    let onclick = {
        let (dispatch, text) = (props.dispatch.clone(), starter.text.clone());
        // The editor that shows it is the one that can undo it.
        Callback::from(move |_| {
            dispatch.emit(Action::EditDockerignore(Some(text.clone())));
            dispatch.emit(Action::OpenTab(EditorTab::Dockerignore));
        })
    };
    let write = match props.state.input.dockerignore {
        Some(_) => "Add these lines",
        None => "Write this .dockerignore",
    };
    let title = format!(
        "A .dockerignore for {} would leave out {} more",
        starter.title,
        words::estimate(starter.files, &starter.bytes)
    );
    html! {
        <Notice {title} tone={Tone::Ask}>
            <details class="files-starter">
                <summary>{ "What it says" }</summary>
                <pre tabindex="0">{ &starter.text }</pre>
            </details>
            { button(write, onclick) }
        </Notice>
    }
}
