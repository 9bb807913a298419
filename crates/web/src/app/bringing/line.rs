//! What the page says while a folder is brought: where to drop it, how far the reading is, and
//! which of its texts could be opened.

use yew::{Html, html};

use super::reading::Progress;
use super::texts::told_kept;
use super::{Bringing, Offer, Status};
use crate::format;
use crate::widgets::button::button;

/// The line under the header; a region for screen readers stays when there is nothing to see.
pub(in crate::app) fn bringing_line(bringing: &Bringing) -> Html {
    let status = &bringing.status;
    html! {
        <>
            <p class="visually-hidden" role="status">{ spoken(status) }</p>
            if status.hovers {
                <div class="bringing-veil" aria-hidden="true">
                    <p>{ "Drop your project’s folder, or a Dockerfile. It stays in your browser." }</p>
                </div>
            }
            if let Some(progress) = &status.progress {
                { progress_line(bringing, progress) }
            }
            if !status.offer.is_empty() {
                { offer_line(bringing) }
            }
            if let Some(name) = &status.without_ignore {
                <div class="bringing">
                    <span class="bringing-text">{ told_kept(name) }</span>
                    { button("Remove", bringing.remove_ignore.clone()) }
                    { button("Keep mine", bringing.keep_ignore.clone()) }
                </div>
            }
        </>
    }
}

/// What is read out; it changes seldom.
fn spoken(status: &Status) -> String {
    match &status.progress {
        Some(progress) if progress.name.is_empty() => "Reading what you brought.".to_owned(),
        Some(progress) => format!("Reading the folder {}.", progress.name),
        None => status.done.clone(),
    }
}

fn progress_line(bringing: &Bringing, progress: &Progress) -> Html {
    let name = match progress.name.as_str() {
        "" => "what you brought".to_owned(),
        name => format!("the folder {name}"),
    };
    let files = format::files(progress.files as u64);
    let (text, done) = match progress.contents {
        None => (format!("Reading {name}: {files} so far."), None),
        Some((done, whole)) => {
            let text = format!(
                "Reading {name}: {files}, content of {} of {} small ones.",
                format::number(done as u64),
                format::number(whole as u64)
            );
            (text, Some((done, whole)))
        }
    };
    html! {
        <div class="bringing">
            <span class="bringing-text">{ text }</span>
            <progress
                class="bringing-bar"
                aria-label="Reading the folder"
                value={done.map(|(done, _)| done.to_string())}
                max={done.map(|(_, whole)| whole.max(1).to_string())}
            />
            { button("Cancel", bringing.cancel.clone()) }
        </div>
    }
}

fn offer_line(bringing: &Bringing) -> Html {
    let Offer { dockerfile, dockerignore } = &bringing.status.offer;
    let (what, open) = match (dockerfile.is_some(), dockerignore.is_some()) {
        (true, true) => {
            ("a Dockerfile and a .dockerignore that differ from those here", "Open both")
        }
        (true, false) => ("a Dockerfile that differs from the one here", "Open it"),
        _ => ("a .dockerignore that differs from the one here", "Open it"),
    };
    html! {
        <div class="bringing">
            <span class="bringing-text">
                { format!("You brought {what}. Opening replaces the text here; undo brings it back.") }
            </span>
            { button(open, bringing.open.clone()) }
            { button("Keep mine", bringing.keep.clone()) }
        </div>
    }
}
