//! The patterns of the ignore file, each with its effect and what is doubtful about it.

use layerwise_analyzer::report::{PatternConcern, ReportedPattern};
use yew::{Callback, Html, html};

use super::mending::{Mending, Place};
use super::words;
use crate::panels::lines::line_button;
use crate::panels::{PanelProps, on_click};
use crate::state::Action;
use crate::widgets::button::button;
use crate::widgets::long_list::LongList;

/// Patterns that match nothing and still stand among the others.
const MOST_IDLE: usize = 3;

/// Every pattern in order, but many that match nothing behind a fold: an ignore file for any project
/// of a kind has a lot of them. Nothing without an ignore file.
pub(super) fn pattern_list(props: &PanelProps, mending: &Mending) -> Html {
    let patterns = &props.report.context.patterns;
    if patterns.is_empty() {
        return Html::default();
    }
    let is_idle = |number: usize| {
        let concern = patterns.get(number).and_then(|pattern| pattern.concern.as_ref());
        concern == Some(&PatternConcern::MatchesNothing) && !mending.is_at(Place::Pattern(number))
    };
    let (mut shown, mut idle) = (Vec::new(), Vec::new());
    for number in 0..patterns.len() {
        if is_idle(number) { &mut idle } else { &mut shown }.push(number);
    }
    if idle.len() <= MOST_IDLE {
        shown = (0..patterns.len()).collect();
        idle.clear();
    }
    let count = idle.len();
    html! {
        <section class="files-patterns" aria-labelledby="files-patterns-title">
            <h3 id="files-patterns-title">
                { format!("What each pattern of {} does", props.state.ignore_name()) }
            </h3>
            { list(props, mending, shown) }
            if count > 0 {
                <details class="files-idle">
                    <summary>{ format!("{count} patterns that match nothing here") }</summary>
                    { list(props, mending, idle) }
                </details>
            }
        </section>
    }
}

/// The patterns of these numbers.
fn list(props: &PanelProps, mending: &Mending, numbers: Vec<usize>) -> Html {
    let count = numbers.len();
    let (props, mending) = (props.clone(), mending.clone());
    let item = Callback::from(move |at: usize| {
        let number = numbers.get(at).copied().unwrap_or_default();
        match props.report.context.patterns.get(number) {
            Some(pattern) => pattern_item(&props, &mending, number, pattern),
            None => Html::default(),
        }
    });
    html! { <LongList class="files-list" {count} {item} noun="patterns" /> }
}

fn pattern_item(
    props: &PanelProps,
    mending: &Mending,
    number: usize,
    pattern: &ReportedPattern,
) -> Html {
    let span = pattern.span;
    let onclick = on_click(&props.dispatch, Action::RevealIgnored(span));
    let place = Place::Pattern(number);
    html! {
        <li class="files-item" key={number}>
            <div class="files-item-row">
                { line_button(pattern.line, &pattern.text, onclick) }
                { effect(props, pattern) }
            </div>
            { concern(pattern) }
            if mending.is_at(place) {
                { mending.line(props, place) }
            } else {
                { replacement_button(props, mending, place, pattern) }
            }
        </li>
    }
}

fn effect(props: &PanelProps, pattern: &ReportedPattern) -> Html {
    let none = "files-item-none";
    let (class, text) = if !props.report.context.ignore_errors.is_empty() {
        (none, "not applied".to_owned())
    } else if pattern.concern == Some(PatternConcern::MatchesNothing) {
        (none, "matches nothing".to_owned())
    } else if pattern.files == 0 {
        (none, "no effect".to_owned())
    } else {
        let verb = if pattern.exception { "brings back" } else { "leaves out" };
        ("files-item-size", format!("{verb} {}", words::estimate(pattern.files, &pattern.bytes)))
    };
    html! { <p {class}>{ text }</p> }
}

/// What is doubtful about a pattern, where its effect does not say it.
fn concern(pattern: &ReportedPattern) -> Html {
    let class = match &pattern.concern {
        None | Some(PatternConcern::MatchesNothing) => return Html::default(),
        Some(PatternConcern::TrailingComment | PatternConcern::OnlyAtRoot { .. }) => {
            "files-concern"
        }
        Some(_) => "files-item-note",
    };
    html! { <p {class}>{ pattern.concern.as_ref().map(concern_text) }</p> }
}

/// A concern as a sentence.
#[must_use]
pub(crate) fn concern_text(concern: &PatternConcern) -> String {
    match concern {
        PatternConcern::MatchesNothing => "No file of the context matches it.".to_owned(),
        PatternConcern::Overruled { line } => {
            format!("Line {line} decides for everything it matches, so this line changes nothing.")
        }
        PatternConcern::NothingToBringBack => {
            "It brings files back, but no line above leaves them out.".to_owned()
        }
        PatternConcern::TrailingComment => {
            "The # and what follows are part of the pattern: only a line that starts with # is a \
             comment."
                .to_owned()
        }
        PatternConcern::OnlyAtRoot { files, bytes, example, .. } => format!(
            "It matches at the root only and misses {} further down, such as {example}.",
            words::estimate(*files, bytes)
        ),
    }
}

/// What to write instead of a doubtful pattern.
#[must_use]
fn replacement(pattern: &ReportedPattern, concern: &PatternConcern) -> Option<String> {
    match concern {
        PatternConcern::OnlyAtRoot { instead, .. } => Some(instead.clone()),
        PatternConcern::TrailingComment => {
            let (before, comment) = pattern.text.split_once('#')?;
            Some(format!("#{comment}\n{}", before.trim_end()))
        }
        _ => None,
    }
}

fn replacement_button(
    props: &PanelProps,
    mending: &Mending,
    place: Place,
    pattern: &ReportedPattern,
) -> Html {
    let instead = pattern.concern.as_ref().and_then(|concern| replacement(pattern, concern));
    let Some(instead) = instead else { return Html::default() };
    let text = props.state.input.dockerignore.as_deref().unwrap_or_default();
    // The text may have gone on since the report was made.
    let span = pattern.span;
    let (Some(before), Some(after)) = (text.get(..span.start), text.get(span.end..)) else {
        return Html::default();
    };
    if text.get(span.start..span.end) != Some(pattern.text.as_str()) {
        return Html::default();
    }
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mended = format!("{before}{}{after}", instead.replace('\n', line_end));
    let title = format!("Write {} instead", instead.replace('\n', " ⏎ "));
    button(&title, mending.write(props, place, mended))
}
