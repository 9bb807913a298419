//! One row of the tree: name, bytes, and what becomes of it.

use layerwise_analyzer::report::Report;
use yew::{Callback, Html, MouseEvent, classes, html};

use super::rows::{Filter, Row};
use super::tree::{Tree, Weight};
use super::words;
use crate::state::Action;
use crate::widgets::size_bar::{SizeBar, size_bar};

/// Width of one level in CSS pixels, and the levels that are still set in from the last one.
const INDENT: usize = 14;
const MOST_INDENTS: usize = 12;

/// What all rows have in common.
pub(super) struct Ground<'facts> {
    pub(super) tree: &'facts Tree,
    pub(super) weights: &'facts [Weight],
    pub(super) report: &'facts Report,
    pub(super) filter: Filter,
    /// Bytes that a full bar stands for.
    pub(super) whole: u64,
    /// Told the number of the row that was clicked.
    pub(super) on_row: &'facts Callback<usize>,
    pub(super) dispatch: &'facts Callback<Action>,
}

/// Id of the element of a node's row.
#[must_use]
pub(super) fn row_id(node: usize) -> String {
    format!("files-row-{node}")
}

/// The row with the number `index`. Only the active one is reached by the Tab key.
pub(super) fn row(ground: &Ground<'_>, index: usize, row: Row, active: bool) -> Html {
    let weight = ground.weights.get(row.node).copied().unwrap_or_default();
    let assumed = ground.report.context.assumed.is_some();
    let size = words::size(ground.filter.of(&weight), assumed);
    let label = words::sentence(ground.tree, row.node, &weight, ground.report, &size);
    let onclick = ground.on_row.reform(move |_: MouseEvent| index);
    let left_out = weight.sent.files == 0 && weight.decided != super::tree::Decided::Open;
    let tab = if active { "0" } else { "-1" };
    html! {
        <div
            key={row.node}
            id={row_id(row.node)}
            class={classes!("files-row", left_out.then_some("files-row-out"))}
            role="treeitem"
            tabindex={tab}
            aria-label={label}
            aria-level={row.level.to_string()}
            aria-posinset={row.position.to_string()}
            aria-setsize={row.siblings.to_string()}
            aria-expanded={row.open.map(|open| open.to_string())}
            {onclick}
        >
            <span class="files-row-name">
                { indentation(row.level) }
                <span class="files-row-twist" aria-hidden="true">
                    { match row.open { Some(true) => "▾", Some(false) => "▸", None => "" } }
                </span>
                <span class="files-row-text">{ words::name(ground.tree, row.node, &weight) }</span>
            </span>
            <span class="files-row-bar">{ bar(&weight, ground.whole) }</span>
            <span class="files-row-size">{ size }</span>
            <span class="files-row-verdict">
                { words::verdict(&weight) }
                { line_button(ground, &weight, tab) }
            </span>
        </div>
    }
}

fn indentation(level: usize) -> Html {
    let width = (level - 1).min(MOST_INDENTS) * INDENT;
    html! {
        <svg class="files-indent" width={width.to_string()} height="1" aria-hidden="true" focusable="false" />
    }
}

/// As long as all of it is heavy; solid as far as it is sent.
fn bar(weight: &Weight, whole: u64) -> Html {
    let (sent, all) = (weight.sent.bytes, weight.all.bytes);
    size_bar(SizeBar { low: sent, likely: Some(sent), high: Some(all), whole })
}

/// Leads to the line that decided all of a row.
fn line_button(ground: &Ground<'_>, weight: &Weight, tab: &'static str) -> Html {
    let patterns = &ground.report.context.patterns;
    let Some(pattern) = words::deciding_pattern(weight).and_then(|index| patterns.get(index))
    else {
        return Html::default();
    };
    let span = pattern.span;
    let onclick = {
        let dispatch = ground.dispatch.clone();
        move |event: MouseEvent| {
            event.stop_propagation();
            dispatch.emit(Action::RevealIgnored(span));
        }
    };
    let label = format!("Line {} of the ignore file, {}", pattern.line, pattern.text);
    html! {
        <button type="button" class="files-row-line" tabindex={tab} aria-label={label} {onclick}>
            { format!("line {}", pattern.line) }
        </button>
    }
}
