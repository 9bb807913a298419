//! The steps in order: the layer on the left, what becomes of it on the right.

use layerwise_analyzer::report::cache::{CacheReport, ReportedCacheStep, describe_time};
use yew::{Callback, Event, Html, html};

use super::words::{badge, runs};
use crate::bindings::elements::{complain, value_of};
use crate::format::{self, parse_time};
use crate::panels::PanelProps;
use crate::panels::lines::instruction_button;
use crate::panels::words::the_stage;
use crate::state::Action;
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;

/// Characters of an instruction, so that its end shows, too: what it runs stands behind its mounts.
const MOST_OF_INSTRUCTION: usize = 50;

/// Every step that writes files, stage by stage.
pub(super) fn steps(props: &PanelProps, report: &CacheReport) -> Html {
    // Where every step waits for the one before, that all are critical says nothing.
    let is_apart = report.steps.iter().any(|step| runs(step) && !step.critical);
    let stages = report.steps.chunk_by(|before, after| before.stage == after.stage);
    html! {
        <section class="cache-steps" aria-labelledby="cache-steps-title">
            <h3 id="cache-steps-title">{ "Step by step" }</h3>
            if report.steps.is_empty() {
                <p>{ "No instruction writes a file, so there is nothing to rebuild." }</p>
            }
            { for stages.map(|steps| of_stage(props, steps, is_apart)) }
        </section>
    }
}

fn of_stage(props: &PanelProps, steps: &[ReportedCacheStep], is_apart: bool) -> Html {
    let Some(first) = steps.first() else { return Html::default() };
    let item = {
        let (props, steps) = (props.clone(), steps.to_vec());
        Callback::from(move |index: usize| {
            steps.get(index).map(|step| step_item(&props, step, is_apart)).unwrap_or_default()
        })
    };
    html! {
        <>
            if props.report.stages.len() > 1 {
                <h4>{ format!("In {}", the_stage(&props.report, first.stage)) }</h4>
            }
            <LongList class="cache-list" count={steps.len()} {item} noun="steps" />
        </>
    }
}

/// A step; `is_apart` says whether some running steps are critical and some are not.
fn step_item(props: &PanelProps, step: &ReportedCacheStep, is_apart: bool) -> Html {
    html! {
        <li class="cache-step">
            <div class="cache-layer">
                { instruction_button(props, step.line, &format::shorten(&step.instruction, MOST_OF_INSTRUCTION)) }
                if let Some(size) = size_of(props, step) {
                    <span class="cache-size">{ size }</span>
                }
            </div>
            <div class="cache-outcome">
                <p class="cache-verdict">
                    { badge(step.outcome) }
                    if runs(step) {
                        { time_field(props, step) }
                    }
                    if step.critical && is_apart {
                        <span class="cache-critical">{ "on the critical path" }</span>
                    }
                </p>
                if let Some(reason) = &step.reason {
                    <p class="cache-reason">{ prose(reason) }</p>
                }
                { of_link(step) }
            </div>
        </li>
    }
}

/// How long the step takes, to be typed by who knows better.
fn time_field(props: &PanelProps, step: &ReportedCacheStep) -> Html {
    let own = props.state.times.iter().find(|(instruction, _)| *instruction == step.instruction);
    let (dispatch, instruction) = (props.dispatch.clone(), step.instruction.clone());
    let onchange = move |event: Event| match parse_time(&value_of(&event)) {
        Ok(time) => {
            complain(&event, "");
            dispatch.emit(Action::SetTime(instruction.clone(), time));
        }
        Err(hint) => complain(&event, hint),
    };
    html! {
        <input
            // Another instruction in its place is another field: what was typed stays with its own.
            key={step.instruction.clone()}
            type="text"
            class="cache-time"
            autocomplete="off"
            value={own.map(|(_, time)| describe_time(*time))}
            placeholder={format!("≈ {}", describe_time(step.duration.likely))}
            title={step.duration.why.clone()}
            aria-label={format!("Time of line {}", step.line)}
            {onchange}
        />
    }
}

/// Of a linked copy, what the steps after it go by.
fn of_link(step: &ReportedCacheStep) -> Html {
    match step.merge.filter(|merge| *merge != step.outcome) {
        Some(merge) => html! {
            <p class="cache-reason">
                { "Its place on the layers below: " }{ badge(merge) }
            </p>
        },
        None => Html::default(),
    }
}

/// What the step's layer weighs; `None` where that is not known.
fn size_of(props: &PanelProps, step: &ReportedCacheStep) -> Option<String> {
    let stage = props.report.stages.get(step.stage)?;
    let is_it = |line: u32, printed: &str| line == step.line && printed == step.instruction;
    let found = stage.steps.iter().find(|own| is_it(own.line, &own.printed));
    found.and_then(|own| own.bytes.as_ref()).map(format::size)
}
