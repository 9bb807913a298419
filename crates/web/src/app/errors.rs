//! What the builder would refuse, and what is doubtful though it would build: under the text, for
//! those who do not see squiggles, and for those who do. Each leads to its place.

use layerwise_analyzer::report::Report;
use layerwise_analyzer::text::{Position, Span};
use yew::{Callback, Html, MouseEvent, html};

use crate::handle::ReportHandle;
use crate::panels::on_click;
use crate::state::Action;
use crate::widgets::button::button_of;
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

/// What is said of a place of one of the two texts.
struct Said<'report> {
    /// Shows the place.
    reveal: Action,
    /// Where it is, as people say it: `Line 3`, `.dockerignore, line 1`.
    place: String,
    message: &'report str,
}

/// One of the two lists.
struct Kind {
    id: &'static str,
    title: &'static str,
    noun: &'static str,
    count: fn(&Report) -> usize,
    get: fn(&Report, usize) -> Option<Said<'_>>,
}

const ERRORS: Kind = Kind {
    id: "errors-title",
    title: "What the builder would refuse",
    noun: "errors",
    count: count_errors,
    get: |report, at| {
        if let Some(found) = report.errors.get(at) {
            return Some(in_dockerfile(found.span, found.position, &found.message));
        }
        let context = &report.context;
        let refused = context.ignore_errors.get(at.checked_sub(report.errors.len())?)?;
        Some(Said {
            reveal: Action::RevealIgnored(refused.span),
            place: format!("{}, line {}", context.ignore_name, refused.line),
            message: &refused.message,
        })
    },
};

const NOTES: Kind = Kind {
    id: "notes-title",
    title: "Worth a look, though it would build",
    noun: "notes",
    count: |report| report.notes.len(),
    get: |report, at| {
        let found = report.notes.get(at)?;
        Some(in_dockerfile(found.span, found.position, &found.message))
    },
};

fn in_dockerfile(span: Span, position: Position, message: &str) -> Said<'_> {
    let place = format!("Line {}", position.line);
    Said { reveal: Action::Reveal(span), place, message }
}

/// What the builder would refuse of the Dockerfile and of the ignore file.
pub(super) fn count_errors(report: &Report) -> usize {
    report.errors.len() + report.context.ignore_errors.len()
}

/// Where the first of the errors is, in words that begin a sentence, and what shows it; `None`
/// where the builder refuses nothing.
pub(super) fn first_error(report: &Report) -> Option<(String, Action)> {
    (ERRORS.get)(report, 0).map(|said| (said.place, said.reveal))
}

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

fn one(said: Said<'_>, dispatch: &Callback<Action>) -> Html {
    error_item(&said.place, said.message, on_click(dispatch, said.reveal))
}

/// A message as an item of a list that leads to its place when clicked.
pub(super) fn error_item(place: &str, message: &str, show: Callback<MouseEvent>) -> Html {
    let content = html! {
        <>
            <span class="errors__line">{ place }</span>
            <span class="errors__message">{ prose(message) }</span>
        </>
    };
    html! { <li>{ button_of("errors__item", content, show) }</li> }
}
