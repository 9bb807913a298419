//! What the builder would refuse, and what is doubtful though it would build: under the text, for
//! those who do not see squiggles, and for those who do. Each leads to its place.

use layerwise_analyzer::text::{Position, Span};
use yew::{Callback, Html, html};

use crate::handle::ReportHandle;
use crate::state::Action;
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;

/// The errors, then the notes, in the order of the report; nothing where there is neither.
pub(super) fn errors(report: &ReportHandle, dispatch: &Callback<Action>) -> Html {
    html! {
        <>
            { list(report, dispatch, &ERRORS) }
            { list(report, dispatch, &NOTES) }
        </>
    }
}

/// A place of the Dockerfile and what is said of it.
type Said<'report> = (Span, Position, &'report str);

/// One of the two lists.
struct Kind {
    id: &'static str,
    title: &'static str,
    noun: &'static str,
    count: fn(&ReportHandle) -> usize,
    get: fn(&ReportHandle, usize) -> Option<Said<'_>>,
}

const ERRORS: Kind = Kind {
    id: "errors-title",
    title: "What the builder would refuse",
    noun: "errors",
    count: |report| report.errors.len(),
    get: |report, at| {
        let found = report.errors.get(at)?;
        Some((found.span, found.position, &found.message))
    },
};

const NOTES: Kind = Kind {
    id: "notes-title",
    title: "Worth a look, though it would build",
    noun: "notes",
    count: |report| report.notes.len(),
    get: |report, at| {
        let found = report.notes.get(at)?;
        Some((found.span, found.position, &found.message))
    },
};

fn list(report: &ReportHandle, dispatch: &Callback<Action>, kind: &'static Kind) -> Html {
    let count = (kind.count)(report);
    if count == 0 {
        return Html::default();
    }
    let item = {
        let (report, dispatch) = (report.clone(), dispatch.clone());
        Callback::from(move |at: usize| match (kind.get)(&report, at) {
            Some(place) => one(place, &dispatch),
            None => Html::default(),
        })
    };
    html! {
        <section class={format!("errors errors--{}", kind.noun)} aria-labelledby={kind.id}>
            <h3 class="errors__title" id={kind.id}>{ kind.title }</h3>
            <LongList class="errors__list" {count} {item} noun={kind.noun} />
        </section>
    }
}

fn one((span, position, message): Said<'_>, dispatch: &Callback<Action>) -> Html {
    let dispatch = dispatch.clone();
    html! {
        <li>
            <button
                type="button"
                class="errors__item"
                onclick={move |_| dispatch.emit(Action::Reveal(span))}
            >
                <span class="errors__line">{ format!("Line {}", position.line) }</span>
                <span class="errors__message">{ prose(message) }</span>
            </button>
        </li>
    }
}
