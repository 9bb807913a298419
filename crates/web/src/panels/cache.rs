//! What an edit rebuilds, step by step beside the layers, and why.

mod building;
mod choice;
mod matrix;
mod order;
mod steps;
mod totals;
mod undo;
mod words;

use layerwise_analyzer::report::cache::CacheReport;
use yew::{Html, UseStateHandle, function_component, html, use_state};

use super::stages::OutcomeMap;
use super::{Panel, PanelProps};
use crate::analysis::MissingSizes;
use crate::format;
use crate::widgets::notice::{Notice, Tone};
use crate::widgets::prose::prose;
use crate::worker::CacheAnswer;
use choice::Choice;
use matrix::Matrix;
use undo::Applied;

/// The build cache.
pub(super) const CACHE: Panel =
    Panel { id: "cache", title: "Cache", render: |props| html! { <Cache ..props.clone() /> } };

#[function_component(Cache)]
fn cache(props: &PanelProps) -> Html {
    let applied = use_state(|| None::<Applied>);
    if props.report.stages.is_empty() {
        return html! {
            <Notice title="Nothing to rebuild yet">
                <p>
                    { "Paste a Dockerfile, or open an example, to see which of its steps an edit \
                       rebuilds." }
                </p>
            </Notice>
        };
    }
    let Some(answer) = &props.cache else { return awaited(props) };
    html! {
        <div class="panel panel-cache">
            <Choice ..props.clone() />
            { of_context(props) }
            if let Some(missing) = &props.missing_sizes {
                <p class="cache-note">{ missing.sentence() }</p>
            }
            { outcome(props, answer, &applied) }
            <Matrix ..props.clone() />
        </div>
    }
}

/// What is shown before the engine has answered, or where it does not.
fn awaited(props: &PanelProps) -> Html {
    let gave_up = props.missing_sizes == Some(MissingSizes::NotComputed);
    html! {
        <div class="panel panel-cache">
            <p class="cache-note">
                if gave_up {
                    { "What an edit rebuilds could not be computed. The next edit tries again." }
                } else {
                    { "What an edit rebuilds is being computed." }
                }
            </p>
        </div>
    }
}

fn of_context(props: &PanelProps) -> Html {
    let Some(assumed) = &props.report.context.assumed else { return Html::default() };
    html! {
        <p class="cache-note">
            { format!(
                "Nobody brought the files of the build context, so {} is assumed. Bring your own \
                 under Files to be sure.",
                format::project(&assumed.title),
            ) }
        </p>
    }
}

fn outcome(
    props: &PanelProps,
    answer: &CacheAnswer,
    applied: &UseStateHandle<Option<Applied>>,
) -> Html {
    match &answer.outcome {
        Ok(report) => html! {
            <>
                { totals::totals(props, answer, report) }
                <OutcomeMap ..props.clone() />
                { steps::steps(props, report) }
                { undo::undo(props, applied.as_ref()) }
                { order::order(props, answer, applied) }
                { assumptions(report) }
            </>
        },
        Err(refused) => html! {
            <Notice title={refused.title.clone()} tone={Tone::Ask}>
                for told in &refused.told {
                    <p>{ prose(told) }</p>
                }
            </Notice>
        },
    }
}

fn assumptions(report: &CacheReport) -> Html {
    if report.assumptions.is_empty() {
        return Html::default();
    }
    html! {
        <details class="cache-assumptions">
            <summary>{ "What was taken for granted" }</summary>
            <ul>
                for assumption in &report.assumptions {
                    <li>{ assumption }</li>
                }
            </ul>
        </details>
    }
}
