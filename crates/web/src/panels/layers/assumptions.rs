//! What the sizes rest on that nobody told, each to be dragged or typed; the numbers follow.

mod controls;
mod steps;

use layerwise_analyzer::report::ReportedAssumption;
use layerwise_analyzer::size::Bytes;
use yew::{Callback, Html, MouseEvent, classes, html};

use crate::bindings::elements::focus_soon;
use crate::format;
use crate::panels::PanelProps;
use crate::panels::lines::instruction_button;
use crate::state::Action;
use crate::widgets::button::button;
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;
use controls::{controls, slider_id};

/// Every assumption, those of the image first; nothing where nothing is assumed.
pub(super) fn assumptions(props: &PanelProps) -> Html {
    let all = &props.report.assumptions;
    if all.is_empty() {
        return Html::default();
    }
    let held = all.iter().filter(|it| it.in_image).count();
    let first = count_open(props, held);
    let typed = all.iter().filter(|it| typed(props, it).is_some()).count();
    html! {
        <section class="assumptions" aria-labelledby="assumptions-title">
            <div class="assumptions-head">
                <h3 id="assumptions-title">{ "Assumed" }</h3>
                <p class="assumptions-image" aria-hidden="true">
                    { format!("Image {}", format::size_with_range(&props.report.image_bytes)) }
                </p>
                <span class={classes!("keeps-room", (typed == 0).then_some("keeps-room-empty"))}>
                    { button(&format!("Reset all {typed}"), reset_all(props)) }
                </span>
            </div>
            <p class="layers-intro">
                { "The text does not tell what these weigh. Drag or type what yours do." }
            </p>
            { list(props, 0, first) }
            { folded(props, first, held, "more of less weight") }
            { folded(props, held, all.len(), "more that the image does not hold") }
        </section>
    }
}

/// How many assumptions stand open: those that may move the image's size by a hundredth, and all
/// up to the last that was typed.
fn count_open(props: &PanelProps, held: usize) -> usize {
    let whole = props.report.image_bytes.best_known().0;
    let all = props.report.assumptions.iter().take(held);
    let matters = |assumption: &ReportedAssumption| {
        let default = &assumption.default;
        let width = default.high().unwrap_or(default.low()).0.saturating_sub(default.low().0);
        width >= whole / 100 || typed(props, assumption).is_some()
    };
    let last = all.rev().position(matters);
    let count = last.map_or(0, |from_the_end| held - from_the_end);
    // A fold for one or two hides more than it spares.
    if count + 2 >= held { held } else { count }
}

/// The same as [`list`], closed at first; nothing for none.
fn folded(props: &PanelProps, first: usize, end: usize, which: &'static str) -> Html {
    if first >= end {
        return Html::default();
    }
    html! {
        <details class="layer-parts">
            <summary>{ format!("{} {which}", end - first) }</summary>
            { list(props, first, end) }
        </details>
    }
}

/// The assumptions from one number to before another.
fn list(props: &PanelProps, first: usize, end: usize) -> Html {
    let props = props.clone();
    let item = Callback::from(move |index: usize| {
        let index = first + index;
        let assumption = props.report.assumptions.get(index);
        assumption.map_or_else(Html::default, |assumption| row(&props, index, assumption))
    });
    html! { <LongList count={end - first} {item} noun="assumptions" /> }
}

/// What the person typed for an assumption; it may be newer than the report.
fn typed(props: &PanelProps, assumption: &ReportedAssumption) -> Option<Bytes> {
    let mut typed = props.state.input.assumed_sizes.iter().rev();
    match typed.find(|(key, _)| *key == assumption.key) {
        Some((_, bytes)) => Some(Bytes(*bytes)),
        // Its folder's size may be typed.
        None => assumption.bytes.likely().filter(|_| assumption.typed),
    }
}

/// Forgets everything that was typed, also what no longer has anything to count for.
fn reset_all(props: &PanelProps) -> Callback<MouseEvent> {
    let props = props.clone();
    Callback::from(move |_| {
        for (key, _) in &props.state.input.assumed_sizes {
            props.dispatch.emit(Action::SetAssumedSize(key.clone(), None));
        }
        focus_soon(slider_id(0));
    })
}

fn row(props: &PanelProps, index: usize, assumption: &ReportedAssumption) -> Html {
    let typed = typed(props, assumption);
    let size = match typed {
        Some(typed) => typed.to_string(),
        None => format::size(&assumption.bytes),
    };
    let range = format::range(&assumption.default).map(|range| format!(" {range}"));
    html! {
        <li class="assumption">
            <div class="layer-row">
                { name(props, assumption) }
                <p class="layer-size">
                    { size }
                    <span class="layer-range">{ range }</span>
                </p>
            </div>
            { controls(props, index, assumption, typed) }
            <p class="layer-source">{ prose(assumption.default.why()) }</p>
        </li>
    }
}

/// What it is, with its line, which a click reveals.
fn name(props: &PanelProps, assumption: &ReportedAssumption) -> Html {
    match assumption.line {
        Some(line) => instruction_button(props, line, &assumption.label),
        None => html! { <code>{ &assumption.label }</code> },
    }
}
