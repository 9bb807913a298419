//! The edit to try: chips for the person's own and the usual ones, and a field for any file; and who
//! builds after it.

use std::collections::BTreeMap;

use layerwise_analyzer::context::{ContextFile, FileKind};
use yew::{AttrValue, Event, Html, InputEvent, SubmitEvent, function_component, html, use_state};

use super::building::building;
use crate::bindings::elements::value_of;
use crate::panels::{PanelProps, on_click};
use crate::state::{Action, OWN_EDIT};
use crate::widgets::button::button;
use crate::worker::CacheAnswer;

/// Kinds of edits to a file: as the command line takes them, and in words.
const KINDS: [(&str, &str); 5] = [
    ("modify", "its content changes"),
    ("add", "it is added"),
    ("remove", "it is removed"),
    ("touch", "only its time changes"),
    ("chmod", "its mode changes"),
];
/// Paths that the field proposes.
const MOST_PROPOSED: usize = 300;

/// The chips, a field for *this file…*, and who builds.
pub(super) fn choice(props: &PanelProps) -> Html {
    let Some(answer) = &props.cache else { return Html::default() };
    let chosen = match props.state.edit.as_str() {
        "" => &answer.edit,
        chosen => chosen,
    };
    let chip = |title: &str, edit: String| {
        let is_chosen = (edit == chosen).to_string();
        let onclick = on_click(&props.dispatch, Action::ChooseEdit(edit.into()));
        html! {
            <button type="button" class="button cache-chip" aria-pressed={is_chosen} {onclick}>
                { title }
            </button>
        }
    };
    let is_own = chosen == OWN_EDIT;
    let is_other = !is_own && !answer.edits.iter().any(|usual| usual.name == chosen);
    html! {
        <div class="cache-choice">
            <h3 id="cache-choice-title">{ "What changes between two builds?" }</h3>
            <div class="cache-chips" role="group" aria-labelledby="cache-choice-title">
                if is_own || answer.changes.is_some() {
                    { chip("my edit", OWN_EDIT.to_owned()) }
                }
                for usual in &answer.edits {
                    { chip(&usual.title, usual.name.clone()) }
                }
                // What was chosen since is named as soon as the answer has words for it.
                if is_other && chosen == answer.edit {
                    { chip(&answer.title, chosen.to_owned()) }
                }
            </div>
            { version_before(props, answer) }
            <ThisFile ..props.clone() />
            { building(props) }
        </div>
    }
}

/// What the person's own edit is, and a way to begin a new one.
fn version_before(props: &PanelProps, answer: &CacheAnswer) -> Html {
    let told = match (&answer.changes, &props.state.before) {
        (Some(changes), _) => format!("My edit: {changes} since the version before."),
        (None, Some(_)) => "Edit a line, and “my edit” says what that rebuilds.".to_owned(),
        (None, None) => {
            "Mark this version as the one before, then edit a line to see what that rebuilds."
                .to_owned()
        }
    };
    let mark = on_click(&props.dispatch, Action::SetBefore);
    html! {
        <p class="cache-before">
            <span class="cache-note">{ told }</span>
            if answer.changes.is_some() || props.state.before.is_none() {
                { button("Take this as the version before", mark) }
            }
        </p>
    }
}

/// A path and what happens to it.
#[function_component(ThisFile)]
fn this_file(props: &PanelProps) -> Html {
    let path = use_state(String::new);
    let kind = use_state(|| AttrValue::Static("modify"));
    let on_path = {
        let path = path.clone();
        move |event: InputEvent| path.set(value_of(&event))
    };
    let on_kind = {
        let kind = kind.clone();
        move |event: Event| kind.set(value_of(&event).into())
    };
    let onsubmit = {
        let (path, kind, dispatch) = (path.clone(), kind.clone(), props.dispatch.clone());
        move |event: SubmitEvent| {
            event.prevent_default();
            let typed = path.trim();
            if !typed.is_empty() {
                dispatch.emit(Action::ChooseEdit(format!("{}:{typed}", *kind).into()));
            }
        }
    };
    html! {
        <form class="cache-file" {onsubmit}>
            <label for="cache-file">{ "This file" }</label>
            <input
                id="cache-file"
                type="text"
                list="cache-files"
                autocomplete="off"
                spellcheck="false"
                placeholder="src/index.js"
                value={(*path).clone()}
                oninput={on_path}
            />
            <datalist id="cache-files">
                for path in proposed(props) {
                    <option value={path} />
                }
            </datalist>
            <label class="visually-hidden" for="cache-kind">{ "What happens to it" }</label>
            <select id="cache-kind" onchange={on_kind}>
                for (name, title) in KINDS {
                    <option value={name} selected={*kind == name}>{ title }</option>
                }
            </select>
            <button type="submit" class="button">{ "Try" }</button>
        </form>
    }
}

/// The first files of the context, brought or assumed.
fn proposed(props: &PanelProps) -> Vec<AttrValue> {
    let context = match (&props.input.context, &props.report.context.assumed) {
        (Some(known), _) => &known.context,
        (None, Some(assumed)) => &assumed.context,
        (None, None) => return Vec::new(),
    };
    let files: &BTreeMap<String, ContextFile> = &context.files;
    let files = files.iter().filter(|(_, file)| file.kind == FileKind::File);
    files.take(MOST_PROPOSED).map(|(path, _)| path.clone().into()).collect()
}
