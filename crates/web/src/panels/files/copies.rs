//! What each `COPY` ships: its sources, how much they are, and why one takes nothing.

use layerwise_analyzer::report::{CopyOrigin, ReportedCopy, ReportedFolder, ReportedSource};
use yew::{Callback, Html, classes, html};

use super::words;
use crate::format;
use crate::panels::PanelProps;
use crate::panels::lines::instruction_button;
use crate::panels::words::the_stage;
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;

/// Every `COPY`, `ADD` and bind mount that takes files of the context, in the order of the text.
pub(super) fn copy_list(props: &PanelProps) -> Html {
    let count = props.report.context.copies.len();
    if count == 0 {
        return Html::default();
    }
    let item = {
        let props = props.clone();
        Callback::from(move |index: usize| match props.report.context.copies.get(index) {
            Some(copy) => copy_item(&props, copy),
            None => Html::default(),
        })
    };
    html! {
        <section class="files-copies" aria-labelledby="files-copies-title">
            <h3 id="files-copies-title">{ "What each COPY ships" }</h3>
            <LongList class="files-list" {count} {item} noun="instructions" />
        </section>
    }
}

fn copy_item(props: &PanelProps, copy: &ReportedCopy) -> Html {
    let notes = notes(props, copy);
    html! {
        <li class={classes!("files-item", (!copy.needed).then_some("files-item-dim"))}>
            <div class="files-item-row">
                { instruction_button(props, copy.line, &copy.instruction) }
                <p class="files-item-size">{ shipped(props, copy) }</p>
            </div>
            if !notes.is_empty() {
                <p class="files-item-note">{ notes.join(" ") }</p>
            }
            { sources(props, copy) }
            { largest(&copy.largest) }
        </li>
    }
}

fn shipped(props: &PanelProps, copy: &ReportedCopy) -> String {
    match &copy.from {
        CopyOrigin::Context => words::estimate(copy.files, &copy.bytes),
        CopyOrigin::Stage(stage) => format!("from {}", the_stage(&props.report, *stage)),
        CopyOrigin::Image(image) => format!("from {}", format::shorten(image, 40)),
        CopyOrigin::Nothing => "nothing that is known".to_owned(),
    }
}

fn notes(props: &PanelProps, copy: &ReportedCopy) -> Vec<String> {
    let mut notes = Vec::new();
    if copy.mount {
        notes.push("A mount: the files can be seen while this runs, and none is written.".into());
    }
    if !copy.needed {
        notes.push(format!(
            "Not needed for the target: {} is not built.",
            the_stage(&props.report, copy.stage)
        ));
    }
    notes
}

/// The sources one by one, where that says more than the sum.
fn sources(props: &PanelProps, copy: &ReportedCopy) -> Html {
    let says_more = copy.sources.len() > 1 || copy.sources.iter().any(|it| it.missing.is_some());
    if copy.from != CopyOrigin::Context || !says_more {
        return Html::default();
    }
    let fails = |missing: &String| props.report.errors.iter().any(|it| it.message == *missing);
    let one = |source: &ReportedSource| {
        html! {
            <li>
                <code>{ &source.text }</code>
                if let Some(missing) = &source.missing {
                    <span class={if fails(missing) { "files-missing" } else { "files-item-note" }}>{ prose(missing) }</span>
                } else {
                    <span>{ words::estimate(source.files, &source.bytes) }</span>
                }
            </li>
        }
    };
    html! { <ul class="files-sources">{ for copy.sources.iter().map(one) }</ul> }
}

fn largest(folders: &[ReportedFolder]) -> Html {
    if folders.len() < 2 {
        return Html::default();
    }
    let one = |folder: &ReportedFolder| {
        html! {
            <li>
                <span class="files-item-size">{ format::size(&folder.bytes) }</span>
                <code>{ &folder.path }</code>
                <span>{ format::files(folder.files) }</span>
            </li>
        }
    };
    html! {
        <details class="files-largest">
            <summary>{ format!("The {} largest of it", folders.len()) }</summary>
            <ol>{ for folders.iter().map(one) }</ol>
        </details>
    }
}
