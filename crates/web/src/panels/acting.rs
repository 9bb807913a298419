//! What the buttons and fields do that the engine laid out.

use std::rc::Rc;

use layerwise_analyzer::report::cache::describe_time;
use layerwise_analyzer::text::Span;
use yew::{Callback, Html, html};

use super::PanelProps;
use super::lines::instruction_at;
use crate::bindings::editor::type_texts;
use crate::bindings::elements::focus_soon;
use crate::format::parse_time;
use crate::state::{Action, EditorTab, PRESENTED, State};
use crate::view::{Act, Node, SIZE, TIME};
use crate::widgets::view::ViewList;

/// Id of the button that takes back what was applied or taken over.
pub(crate) const UNDO: &str = "undo";

/// Draws what the engine laid out for the report that is shown.
pub(super) fn laid(props: &PanelProps, nodes: &Rc<Vec<Node>>) -> Html {
    html! {
        <ViewList
            nodes={Rc::clone(nodes)}
            settings={typed(&props.state)}
            on_act={on_act(props)}
            link={props.link.clone()}
        />
    }
}

/// What was typed in fields, by key.
fn typed(state: &State) -> Rc<[(String, String)]> {
    let times = state.times.iter();
    let times =
        times.map(|(instruction, time)| (format!("{TIME}{instruction}"), describe_time(*time)));
    state.settings.iter().cloned().chain(times).collect()
}

/// Does what a button does.
pub(super) fn on_act(props: &PanelProps) -> Callback<Act> {
    let props = props.clone();
    Callback::from(move |act: Act| {
        let replaces = matches!(act, Act::Replace { .. } | Act::Type { .. });
        for action in actions(&props, act) {
            props.dispatch.emit(action);
        }
        if replaces {
            // The button is gone with what it mended, or with what it took over.
            focus_soon(UNDO.to_owned());
        }
    })
}

fn actions(props: &PanelProps, act: Act) -> Vec<Action> {
    match act {
        Act::Reveal(line) => {
            vec![Action::Reveal(instruction_at(&props.report, line).unwrap_or(Span::at(0)))]
        }
        // What is typed meanwhile must not be lost to a fix of the text before it.
        Act::Replace { .. } if *props.input != props.state.input => Vec::new(),
        Act::Replace { dockerfile, dockerignore, edit } => {
            let edit = edit.map(|edit| Action::ChooseEdit(edit.into()));
            let replace = Action::ReplaceTexts { dockerfile, dockerignore };
            edit.into_iter().chain([replace]).collect()
        }
        Act::Begin { dockerfile, dockerignore, listing, settings } => {
            vec![Action::Begin { dockerfile, dockerignore, listing, settings }]
        }
        Act::Type { image_sizes, assumed_sizes, times } => {
            vec![Action::TypeAll { image_sizes, assumed_sizes, times }]
        }
        Act::Set { key, value } if key.starts_with(SIZE) => {
            let reference = key.strip_prefix(SIZE).unwrap_or_default().to_owned();
            vec![Action::SetImageSize(reference, value.parse().ok())]
        }
        Act::Set { key, value } => vec![match (key.strip_prefix(TIME), parse_time(&value)) {
            (Some(instruction), Ok(time)) => Action::SetTime(instruction.to_owned(), time),
            _ => Action::Set { key, value },
        }],
        Act::SetAll(all) => vec![Action::SetAll(all)],
        Act::Step { dockerfile, dockerignore, tab, step, is_typed } => {
            let mut all = vec![
                Action::OpenTab(EditorTab::from_id(&tab).unwrap_or_default()),
                Action::Set { key: PRESENTED.to_owned(), value: step },
            ];
            let ignored = dockerignore.as_deref().unwrap_or_default();
            if !(is_typed && type_texts(&dockerfile, ignored)) {
                all.push(Action::EditDockerignore(dockerignore));
                all.push(Action::EditDockerfile(dockerfile));
            }
            all
        }
        // The widget does these.
        Act::Copy(_) | Act::Save { .. } | Act::SavePicture { .. } | Act::Fill { .. } => Vec::new(),
    }
}
