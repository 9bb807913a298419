//! All usual edits beside all steps: at a glance, whether the order is right.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::report::cache::MatrixStep;
use yew::{Callback, Html, function_component, html, use_state_eq};

use super::words::{badge, sign};
use crate::format;
use crate::panels::PanelProps;
use crate::panels::lines::line_and_code;
use crate::widgets::button::button;
use crate::worker::{EditTable, MOST_STAGES, TriedOrder};

/// Rows that are shown at first, and characters of an instruction.
const FIRST: usize = 60;
const MOST_OF_INSTRUCTION: usize = 44;

/// The table in a box of its own, which scrolls where the panel is narrow.
#[function_component(Matrix)]
pub(super) fn matrix(props: &PanelProps) -> Html {
    let whole = use_state_eq(|| false);
    let Some(answer) = &props.cache else { return Html::default() };
    let show_all = {
        let whole = whole.clone();
        Callback::from(move |_| whole.set(true))
    };
    let told = match &answer.matrix {
        Some(matrix) if !matrix.steps.is_empty() => {
            let count = matrix.steps.len();
            let shown = if *whole { count } else { count.min(FIRST) };
            html! {
                <>
                    { table(matrix, answer.order.as_ref(), shown) }
                    if shown < count {
                        { button(&format!("Show all {count} steps"), show_all) }
                    }
                    if let Some(left_out) = &matrix.left_out {
                        <p class="cache-note">{ left_out }</p>
                    }
                </>
            }
        }
        Some(_) => return Html::default(),
        None => html! {
            <p class="cache-note">
                { format!(
                    "More than {MOST_STAGES} stages are too many to try all edits at once; choose \
                     one above.",
                ) }
            </p>
        },
    };
    html! {
        <section class="cache-matrix" aria-labelledby="cache-matrix-title">
            <h3 id="cache-matrix-title">{ "All usual edits" }</h3>
            if !answer.building.keeps_cache() {
                <p class="cache-note">{ "On the same builder, with its cache and cache mounts." }</p>
            }
            { told }
        </section>
    }
}

fn table(matrix: &EditTable, order: Option<&TriedOrder>, shown: usize) -> Html {
    let times = |title: &'static str, times: Vec<&String>| {
        html! {
            <tr>
                <th scope="row">{ title }</th>
                for time in times {
                    <td>{ time }</td>
                }
            </tr>
        }
    };
    let now = matrix.columns.iter().map(|column| &column.time).collect();
    let then = order.map(|order| order.usual.iter().collect());
    let key = [
        CacheOutcome::Cached,
        CacheOutcome::Rebuilt,
        CacheOutcome::Depends,
        CacheOutcome::NotNeeded,
    ];
    html! {
        <>
        // Who hears the table hears the words.
        <p class="cache-key" aria-hidden="true">
            for outcome in key {
                { sign(outcome) }
                { badge(outcome) }
            }
        </p>
        <div class="cache-table-box" role="group" tabindex="0" aria-labelledby="cache-matrix-title">
            <table class="cache-table">
                <thead>
                    <tr>
                        <th scope="col">{ "Step" }</th>
                        for column in &matrix.columns {
                            <th scope="col"><span>{ &column.title }</span></th>
                        }
                    </tr>
                </thead>
                <tbody>
                    for (at, step) in matrix.steps.iter().enumerate().take(shown) {
                        { row(matrix, at, step) }
                    }
                </tbody>
                <tfoot>
                    { times("This build takes about", now) }
                    if let Some(then) = then {
                        { times("In the proposed order", then) }
                    }
                </tfoot>
            </table>
        </div>
        </>
    }
}

fn row(matrix: &EditTable, at: usize, step: &MatrixStep) -> Html {
    html! {
        <tr>
            <th scope="row">
                { line_and_code(step.line, &format::shorten(&step.instruction, MOST_OF_INSTRUCTION)) }
            </th>
            for column in &matrix.columns {
                <td>{ column.outcomes.get(at).map(|outcome| sign(*outcome)) }</td>
            }
        </tr>
    }
}
