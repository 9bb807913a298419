//! The patterns of the ignore file, each with its effect and what is doubtful about it.

use layerwise_analyzer::report::{PatternConcern, ReportedPattern};
use yew::{Callback, Html, html};

use super::words::{self, NAME};
use crate::panels::{PanelProps, on_click};
use crate::state::Action;
use crate::widgets::button::{button, button_of};
use crate::widgets::long_list::LongList;

/// Every pattern in order; nothing without an ignore file.
pub(super) fn pattern_list(props: &PanelProps) -> Html {
    let patterns = &props.report.context.patterns;
    if patterns.is_empty() {
        return Html::default();
    }
    let item = {
        let props = props.clone();
        Callback::from(move |index: usize| match props.report.context.patterns.get(index) {
            Some(pattern) => pattern_item(&props, pattern),
            None => Html::default(),
        })
    };
    html! {
        <section class="files-patterns" aria-labelledby="files-patterns-title">
            <h3 id="files-patterns-title">{ "What each pattern does" }</h3>
            <LongList class="files-list" count={patterns.len()} {item} noun="patterns" />
        </section>
    }
}

fn pattern_item(props: &PanelProps, pattern: &ReportedPattern) -> Html {
    let span = pattern.span;
    let onclick = on_click(&props.dispatch, Action::RevealIgnored(span));
    html! {
        <li class="files-item">
            <div class="files-item-row">
                { button_of(NAME, words::line_and_code(pattern.line, &pattern.text), onclick) }
                <p class="files-item-size">{ effect(pattern) }</p>
            </div>
            if let Some(concern) = &pattern.concern {
                <p class="files-concern">{ concern_text(concern) }</p>
                { replacement_button(props, pattern, concern) }
            }
        </li>
    }
}

fn effect(pattern: &ReportedPattern) -> String {
    match (pattern.files, pattern.exception) {
        (0, _) => "no effect".to_owned(),
        (files, true) => format!("brings back {}", words::estimate(files, &pattern.bytes)),
        (files, false) => format!("leaves out {}", words::estimate(files, &pattern.bytes)),
    }
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
    pattern: &ReportedPattern,
    concern: &PatternConcern,
) -> Html {
    let Some(instead) = replacement(pattern, concern) else { return Html::default() };
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
    let onclick = on_click(&props.dispatch, Action::EditDockerignore(Some(mended)));
    button(&format!("Write {} instead", instead.replace('\n', " ⏎ ")), onclick)
}
