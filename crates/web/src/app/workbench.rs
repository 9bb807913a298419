//! The left side: the texts and options, and the list of errors under them.

use std::rc::Rc;

use yew::{AttrValue, Callback, Event, Html, Properties, function_component, html, use_memo};

use crate::analysis::Analysis;
use crate::app::bringing::Bringing;
use crate::app::editor::{Paint, Reveal, TextEditor};
use crate::app::errors::errors;
use crate::app::files_tab::{FilesFacts, files_tab};
use crate::app::fixes::{on_fix, written};
use crate::app::options::{OptionsFacts, options};
use crate::app::painting::{paint, paint_ignored};
use crate::app::store::Wish;
use crate::app::tabs::{Tab, TabRow, panel_id, tab_id, tabs};
use crate::positions::Utf16Index;
use crate::state::{Action, EditorTab, State};
use crate::view::OPEN_FILE;

const NAME: &str = "input";
const HOW_TO_LEAVE: &str = "Press Escape, then Tab, to leave the editor.";

/// What the left side shows.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct WorkbenchProps {
    /// What the page remembers.
    pub state: Rc<State>,
    /// What is known of it.
    pub analysis: Analysis,
    /// The place to show.
    pub reveal: Option<Wish>,
    /// The folder that is brought.
    pub bringing: Bringing,
    /// Tells the page what the person did.
    pub dispatch: Callback<Action>,
    /// Told what happened.
    pub on_message: Callback<String>,
    /// Told that a file was chosen.
    pub on_file: Callback<Event>,
}

/// Tabs over the two texts and the options. Every text stays in the page, so that its editor keeps
/// the undo history.
#[function_component(Workbench)]
pub(super) fn workbench(props: &WorkbenchProps) -> Html {
    let Analysis { input, report, cache, .. } = &props.analysis;
    let found = (Rc::clone(input), report.clone(), props.analysis.newest_outlook());
    let facts = (found.clone(), cache.clone(), props.state.selected_stage);
    let painted = use_memo(facts, |((input, report, found), cache, stage)| Paint {
        findings: written(found, false),
        ..paint(&input.dockerfile, report, cache.as_deref(), *stage)
    });
    let ignored = use_memo(found, |(input, report, found)| Paint {
        findings: written(found, true),
        ..paint_ignored(input.dockerignore.as_deref().unwrap_or_default(), &report.context)
    });
    let row = TabRow {
        name: NAME.into(),
        label: "Input".into(),
        tabs: EditorTab::ALL
            .iter()
            .map(|(tab, id)| Tab { id: (*id).into(), title: title(*tab, &props.state).into() })
            .collect(),
        open: props.state.tab.id().into(),
        on_open: props
            .dispatch
            .reform(|id: AttrValue| Action::OpenTab(EditorTab::from_id(&id).unwrap_or_default())),
    };
    let choices = OptionsFacts {
        state: Rc::clone(&props.state),
        report: report.clone(),
        reported_input: Rc::clone(input),
        dispatch: props.dispatch.clone(),
    };
    let files = FilesFacts {
        state: Rc::clone(&props.state),
        analysis: props.analysis.clone(),
        bringing: props.bringing.clone(),
        dispatch: props.dispatch.clone(),
        on_message: props.on_message.clone(),
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
                { open_file(&props.on_file) }
            </div>
            { panel(EditorTab::Dockerfile, dockerfile_text(props, &painted)) }
            { panel(EditorTab::Dockerignore, ignore_text(props, &ignored)) }
            { panel(EditorTab::Files, files_tab(&files)) }
            { panel(EditorTab::Options, options_when_open(&choices)) }
            { errors(&props.analysis.report, &props.dispatch) }
        </section>
    }
}

/// The options are drawn where someone sees them only: there may be hundreds of stages to choose.
fn options_when_open(choices: &OptionsFacts) -> Html {
    if choices.state.tab == EditorTab::Options { options(choices) } else { Html::default() }
}

fn title(tab: EditorTab, state: &State) -> &'static str {
    match tab {
        EditorTab::Dockerfile => "Dockerfile",
        EditorTab::Dockerignore => state.ignore_name(),
        EditorTab::Files => "Files",
        EditorTab::Options => "Options",
    }
}

/// The Dockerfile with what the analysis paints on it.
fn dockerfile_text(props: &WorkbenchProps, painted: &Rc<Paint>) -> Html {
    let text = &props.state.input.dockerfile;
    let is_current = props.analysis.input.dockerfile == *text;
    let reveal = reveal_in(props, EditorTab::Dockerfile, text);
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
            on_fix={on_fix(props)}
        />
    }
}

/// The wish to show a place, where it is one of this tab's text.
fn reveal_in(props: &WorkbenchProps, tab: EditorTab, text: &str) -> Option<Reveal> {
    let wish = props.reveal.filter(|wish| wish.tab == tab)?;
    Some((wish.number, Utf16Index::new(text).range(wish.span)))
}

/// The ignore file with what the analysis paints on it.
fn ignore_text(props: &WorkbenchProps, painted: &Rc<Paint>) -> Html {
    let text = props.state.input.dockerignore.as_deref().unwrap_or_default();
    let is_current = props.analysis.input.dockerignore.as_deref().unwrap_or_default() == text;
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
            text={text.to_owned()}
            paint={is_current.then(|| Rc::clone(painted))}
            reveal={reveal_in(props, EditorTab::Dockerignore, text)}
            {on_change}
            on_fix={on_fix(props)}
        />
    }
}

/// The field that files from the disk are opened with.
fn open_file(on_file: &Callback<Event>) -> Html {
    html! {
        <label class="button button--file">
            { "Open…" }
            <input id={OPEN_FILE} class="visually-hidden" type="file" onchange={on_file.clone()} />
        </label>
    }
}
