//! The left side: the texts and options, and the list of errors under them.

use std::cell::RefCell;
use std::rc::Rc;

use layerwise_analyzer::text::Span;
use yew::{
    AttrValue, Callback, Event, Html, Properties, function_component, html, use_memo, use_mut_ref,
};

use crate::analysis::Analysis;
use crate::app::editor::{Paint, Reveal, TextEditor};
use crate::app::options::{OptionsFacts, options};
use crate::app::painting::paint;
use crate::app::tabs::{Tab, TabRow, panel_id, tab_id, tabs};
use crate::bindings::files;
use crate::positions::Utf16Index;
use crate::state::{Action, EditorTab, State};

const NAME: &str = "input";
const HOW_TO_LEAVE: &str = "Press Escape, then Tab, to leave the editor.";

/// What the left side shows.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct WorkbenchProps {
    /// What the page remembers.
    pub state: Rc<State>,
    /// What is known of it.
    pub analysis: Analysis,
    /// The place to show, and a number that makes each wish a new one.
    pub reveal: Option<(u32, Span)>,
    /// Tells the page what the person did.
    pub dispatch: Callback<Action>,
    /// Told why a file could not be opened.
    pub on_message: Callback<String>,
}

/// Tabs over the two texts and the options. Every tab stays in the page, so that each editor keeps
/// its undo history.
#[function_component(Workbench)]
pub(super) fn workbench(props: &WorkbenchProps) -> Html {
    let Analysis { input, report, .. } = &props.analysis;
    let dependencies = (Rc::clone(input), Rc::clone(report), props.state.selected_stage);
    let painted =
        use_memo(dependencies, |(input, report, stage)| paint(&input.dockerfile, report, *stage));
    let reading = use_mut_ref(|| None);
    let row = TabRow {
        name: NAME.into(),
        label: "Input".into(),
        tabs: EditorTab::ALL
            .iter()
            .map(|(tab, id)| Tab { id: (*id).into(), title: title(*tab).into() })
            .collect(),
        open: props.state.tab.id().into(),
        on_open: props
            .dispatch
            .reform(|id: AttrValue| Action::OpenTab(EditorTab::from_id(&id).unwrap_or_default())),
    };
    let choices = OptionsFacts {
        state: Rc::clone(&props.state),
        report: Rc::clone(report),
        reported_input: Rc::clone(input),
        dispatch: props.dispatch.clone(),
    };
    let panel = |tab: EditorTab, content: Html| {
        let id = tab.id();
        html! {
            <div
                class="workbench__panel"
                role="tabpanel"
                id={panel_id(NAME, id)}
                aria-labelledby={tab_id(NAME, id)}
                hidden={props.state.tab != tab}
            >
                { content }
            </div>
        }
    };
    html! {
        <section class="workbench" aria-labelledby="workbench-title">
            <h2 class="visually-hidden" id="workbench-title">{ "Input" }</h2>
            <div class="workbench__bar">
                { tabs(&row) }
                { open_file(props, &reading) }
            </div>
            { panel(EditorTab::Dockerfile, dockerfile_text(props, &painted)) }
            { panel(EditorTab::Dockerignore, ignore_text(props)) }
            { panel(EditorTab::Options, options(&choices)) }
            { errors(props) }
        </section>
    }
}

fn title(tab: EditorTab) -> &'static str {
    match tab {
        EditorTab::Dockerfile => "Dockerfile",
        EditorTab::Dockerignore => ".dockerignore",
        EditorTab::Options => "Options",
    }
}

/// The Dockerfile with what the analysis paints on it.
fn dockerfile_text(props: &WorkbenchProps, painted: &Rc<Paint>) -> Html {
    let text = &props.state.input.dockerfile;
    let is_current = props.analysis.input.dockerfile == *text;
    let reveal: Option<Reveal> =
        props.reveal.map(|(number, span)| (number, Utf16Index::new(text).range(span)));
    html! {
        <TextEditor
            id="dockerfile-editor"
            language="dockerfile"
            label={format!("Dockerfile. {HOW_TO_LEAVE}")}
            hint="Paste a Dockerfile here, or choose an example."
            text={text.clone()}
            paint={is_current.then(|| Rc::clone(painted))}
            {reveal}
            on_change={props.dispatch.reform(Action::EditDockerfile)}
        />
    }
}

fn ignore_text(props: &WorkbenchProps) -> Html {
    // Before the first character there is no file; an emptied one is taken away again.
    let on_change = props
        .dispatch
        .reform(|text: String| Action::EditDockerignore((!text.is_empty()).then_some(text)));
    html! {
        <TextEditor
            id="dockerignore-editor"
            language="dockerignore"
            label={format!(".dockerignore. {HOW_TO_LEAVE}")}
            hint="Patterns of files that are not sent to the builder, one a line."
            text={props.state.input.dockerignore.clone().unwrap_or_default()}
            {on_change}
        />
    }
}

/// Opens a file from the disk into the open text.
fn open_file(props: &WorkbenchProps, reading: &Rc<RefCell<Option<files::Reading>>>) -> Html {
    let onchange = {
        let (props, reading) = (props.clone(), Rc::clone(reading));
        move |event: Event| {
            let props = props.clone();
            let done = move |text: Result<String, files::FileError>| match text {
                Ok(text) if props.state.tab == EditorTab::Dockerignore => {
                    props.dispatch.emit(Action::EditDockerignore(Some(text)));
                }
                Ok(text) => {
                    props.dispatch.emit(Action::EditDockerfile(text));
                    props.dispatch.emit(Action::OpenTab(EditorTab::Dockerfile));
                }
                Err(files::FileError::TooLarge) => props.on_message.emit(
                    "This file is larger than 4 MB and was not opened: it is no Dockerfile.".into(),
                ),
                Err(files::FileError::Unreadable) => {
                    props.on_message.emit("The browser could not read this file.".into());
                }
            };
            *reading.borrow_mut() = files::read_chosen(&event, done);
        }
    };
    html! {
        <label class="button button--file">
            { "Open…" }
            <input class="visually-hidden" type="file" {onchange} />
        </label>
    }
}

/// The errors as a list, for those who do not see squiggles; each leads to its place.
fn errors(props: &WorkbenchProps) -> Html {
    let errors = &props.analysis.report.errors;
    if errors.is_empty() {
        return Html::default();
    }
    let one = |error: &layerwise_analyzer::report::ReportedError| {
        let (dispatch, span) = (props.dispatch.clone(), error.span);
        html! {
            <li>
                <button
                    type="button"
                    class="errors__item"
                    onclick={move |_| dispatch.emit(Action::Reveal(span))}
                >
                    <span class="errors__line">{ format!("Line {}", error.position.line) }</span>
                    <span>{ &error.message }</span>
                </button>
            </li>
        }
    };
    const MOST_SHOWN: usize = 50;
    html! {
        <section class="errors" aria-labelledby="errors-title">
            <h3 class="errors__title" id="errors-title">{ "What the builder would refuse" }</h3>
            <ol class="errors__list">{ for errors.iter().take(MOST_SHOWN).map(one) }</ol>
            if errors.len() > MOST_SHOWN {
                <p>{ format!("and {} more", errors.len() - MOST_SHOWN) }</p>
            }
        </section>
    }
}
