//! The page: header, summary, texts on the left, panels on the right.

mod bringing;
mod editor;
mod errors;
mod examples_menu;
mod files_tab;
mod fixes;
mod help;
mod notices;
mod opened_file;
mod opening;
mod options;
mod painting;
mod results;
mod share;
mod sharing;
mod store;
mod summary;
mod tabs;
mod theme;
mod workbench;

#[cfg(test)]
mod tests;

use std::rc::Rc;

use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, function_component, html, use_effect_with,
    use_memo, use_node_ref,
};

use crate::analysis::{Wanted, use_analysis};
use crate::app::bringing::{bringing_line, use_bringing};
use crate::app::examples_menu::ExamplesMenu;
use crate::app::help::help;
use crate::app::notices::{NoticeLine, notices, use_images_line, use_trouble_line};
use crate::app::opened_file::{FileReceiver, use_files};
use crate::app::opening::{Desk, use_desk};
use crate::app::results::{EXPORT_PANEL, ResultsFacts, panel_props, results};
use crate::app::share::ShareBox;
use crate::app::summary::{SummaryFacts, ask_for_sizes, spoken, summary};
use crate::app::theme::ThemeChoice;
use crate::app::workbench::Workbench;
use crate::bindings::elements::{focus_soon, open_dialog};
use crate::bindings::keys::on_key;
use crate::panels::{EXPORT, UNDO, wanted_trial, wanted_view};
use crate::session::Opening;
use crate::state::{Action, NEXT_STEP, SHARED, STORY};
use crate::widgets::button::{button_called, button_of};

/// How the page opens.
#[derive(Clone, Properties, PartialEq)]
pub struct AppProps {
    /// What it shows at first.
    pub opening: Rc<Opening>,
}

/// The whole page.
#[function_component(App)]
pub fn app(props: &AppProps) -> Html {
    let desk = use_desk(&props.opening);
    let input = use_memo(desk.state.input.clone(), Clone::clone);
    let analysis = use_analysis(&Wanted {
        input,
        cache: wanted_trial(&desk.state),
        view: wanted_view(&desk.state),
        outlook: false,
    });
    let trouble = use_trouble_line(&analysis, &desk.show_input);
    let without_images = use_images_line(analysis.without_images);
    let bringing = use_bringing(&desk.state, &desk.dispatch, &desk.say);
    let choose_file = use_files(FileReceiver {
        newest: Rc::clone(&desk.newest),
        dispatch: desk.dispatch.clone(),
        open: desk.open_page.clone(),
        ask: bringing.ask.clone(),
        say: desk.say.clone(),
    });
    let dialog = use_node_ref();
    use_effect_with((dialog.clone(), desk.sharing.share.clone()), |(dialog, share)| {
        let (dialog, share) = (dialog.clone(), share.clone());
        let listener = on_key(move |key| match key.name.as_str() {
            "?" if !key.command && !key.in_text => {
                open_dialog(&dialog);
                true
            }
            "s" | "S" if key.command => {
                share.emit(());
                true
            }
            _ => false,
        });
        move || drop(listener)
    });
    let facts = SummaryFacts {
        report: analysis.report.clone(),
        outlook: analysis.outlook.clone(),
        working: analysis.working,
        pull: desk.state.pull,
        dispatch: desk.dispatch.clone(),
    };
    let shown = ResultsFacts {
        panel: panel_props(&desk.state, &analysis, &desk.dispatch),
        findings: analysis.outlook.as_ref().map_or(0, |foreseen| foreseen.outlook.findings),
        on_example: desk.open_example.clone(),
    };
    html! {
        <>
            { header(&desk, &dialog) }
            <main class="main">
                { notices(&lines(&desk, [trouble, without_images])) }
                { bringing_line(&bringing) }
                if let Some(link) = &desk.sharing.link {
                    <ShareBox
                        link={link.clone()}
                        approximate={analysis.report.context.approximate.is_some()}
                        dockerfile={desk.state.input.dockerfile.clone()}
                        on_retry={desk.sharing.share.clone()}
                        on_export={on_export(&desk.dispatch, &link.secrets.link)}
                        on_close={desk.sharing.close.clone()}
                    />
                }
                { summary(&facts) }
                { ask_for_sizes(&analysis.report, &desk.dispatch) }
                <div id="to-say" hidden=true>
                    <p>{ spoken(&analysis.report) }</p>
                    <p>{ analysis.report.context.approximate.clone() }</p>
                </div>
                <div class="columns">
                    <Workbench
                        state={Rc::clone(&desk.state)}
                        analysis={analysis.clone()}
                        reveal={desk.reveal}
                        bringing={bringing.clone()}
                        dispatch={desk.dispatch.clone()}
                        on_message={desk.say.clone()}
                        on_file={choose_file}
                    />
                    { results(&shown) }
                </div>
            </main>
            { help(&dialog) }
        </>
    }
}

/// Shows what can be saved, the link as a picture first.
fn on_export(dispatch: &Callback<Action>, link: &str) -> Callback<()> {
    let (dispatch, link) = (dispatch.clone(), link.to_owned());
    Callback::from(move |()| {
        dispatch.emit(Action::Set { key: SHARED.into(), value: link.clone() });
        dispatch.emit(Action::OpenPanel(EXPORT.into()));
        focus_soon(EXPORT_PANEL.to_owned());
    })
}

fn header(desk: &Desk, dialog: &NodeRef) -> Html {
    let show_help = {
        let dialog = dialog.clone();
        Callback::from(move |_| open_dialog(&dialog))
    };
    let share = desk.sharing.share.reform(|_| ());
    html! {
        <header class="header">
            <h1 class="header__name">
                { "Layerwise" }
                <span class="header__about">{ "see what a Dockerfile builds" }</span>
            </h1>
            <nav class="header__actions" aria-label="Page">
                <ExamplesMenu on_choose={desk.open_example.clone()} />
                { button_of("button button--primary", html! { "Share" }, share) }
                <ThemeChoice />
                { button_called("?", "Keys".to_owned(), show_help) }
            </nav>
        </header>
    }
}

fn lines(desk: &Desk, of_analysis: [Option<NoticeLine>; 2]) -> Vec<NoticeLine> {
    let said = desk.said.as_ref().map(|text| NoticeLine {
        kind: "message",
        text: text.clone(),
        acts: Vec::new(),
        dismiss: Some(desk.hush.clone()),
    });
    let back = desk.has_previous.then(|| NoticeLine {
        kind: "previous",
        text: "Your last work is kept.".into(),
        acts: vec![("Back to my last work".into(), desk.go_back.clone())],
        dismiss: Some(desk.drop_previous.clone()),
    });
    let undo = desk.state.can_undo.then(|| NoticeLine {
        kind: UNDO,
        text: match desk.state.before_typing {
            Some(_) => "What was measured is taken over.".into(),
            None => "The change is applied.".into(),
        },
        acts: vec![("Undo".into(), desk.dispatch.reform(|()| Action::UndoFix))],
        dismiss: Some(desk.dispatch.reform(|()| Action::KeepFix)),
    });
    let setting = |key: &str| {
        let value = Some(desk.state.setting(key)).filter(|value| !value.is_empty());
        value.map(|value| AttrValue::from(value.to_owned()))
    };
    let step = setting(STORY).map(|text| NoticeLine {
        kind: "step",
        text,
        acts: setting(NEXT_STEP)
            .map(|id| ("Next step".into(), desk.open_example.reform(move |()| id.clone())))
            .into_iter()
            .collect(),
        dismiss: Some(
            desk.dispatch.reform(|()| Action::Set { key: STORY.to_owned(), value: String::new() }),
        ),
    });
    let making = desk.sharing.making.then(|| NoticeLine {
        kind: "making",
        text: "Making the link…".into(),
        acts: Vec::new(),
        dismiss: None,
    });
    of_analysis
        .into_iter()
        .flatten()
        .chain(step)
        .chain(making)
        .chain(undo)
        .chain(said)
        .chain(back)
        .collect()
}
