//! One layer: its line, its size, its bar, and what is in it.

use layerwise_analyzer::report::{CategoryBytes, LayerPart, Report, ReportedLayer};
use yew::{Html, classes, html};

use super::categories::{bar_parts, class_of, spot, words};
use super::{base, totals, unknowns, waste};
use crate::format;
use crate::panels::PanelProps;
use crate::panels::image_size::{ImageSize, image_size};
use crate::panels::lines::instruction_button;
use crate::widgets::prose::prose;
use crate::widgets::stack_bar::{StackBar, stack_bar};

/// A layer as an item of the list; `whole` is what the longest bar stands for, `hidden` what later
/// layers hide of it.
pub(super) fn layer_item(
    props: &PanelProps,
    layer: &ReportedLayer,
    whole: u64,
    hidden: &[CategoryBytes],
) -> Html {
    let bar = StackBar {
        parts: bar_parts(&layer.categories, hidden),
        high: layer.bytes.high().unwrap_or_default().0,
        whole,
    };
    html! {
        <li class={classes!("layer", layer.base.then_some("layer-base"))}>
            <div class="layer-row">
                { instruction_button(props, layer.line, &layer.instruction) }
                { size_of(&props.report, layer) }
            </div>
            if !layer.categories.is_empty() && whole > 0 {
                { stack_bar(&bar) }
            }
            if layer.base {
                { of_base(props, layer) }
            } else {
                { inside(props, layer) }
            }
        </li>
    }
}

fn size_of(report: &Report, layer: &ReportedLayer) -> Html {
    let bytes = &layer.bytes;
    // An outline knows nothing of what the text writes; a whole report says what it does not know.
    let is_open = report.is_outline() && !layer.base;
    let size = if is_open { format::NOT_ESTIMATED.to_owned() } else { format::size(bytes) };
    let own = bytes.likely().zip(report.image_bytes.likely());
    let share = own.and_then(|(own, whole)| format::percent(own.0, whole.0));
    html! {
        <p class={classes!("layer-size", is_open.then_some("layer-size-open"))}>
            { size }
            for text in [format::range(bytes), share].into_iter().flatten() {
                <span class="layer-range">{ format!(" {text}") }</span>
            }
        </p>
    }
}

/// A base image's own layers, and a field for its size where nobody knows it.
fn of_base(props: &PanelProps, layer: &ReportedLayer) -> Html {
    let Some(stage) = props.report.stages.get(layer.stage) else { return Html::default() };
    let asked = ImageSize {
        state: &props.state,
        base: &stage.base,
        id: format!("layers-size-{}", layer.stage).into(),
        dispatch: &props.dispatch,
    };
    html! {
        <>
            { base::details(layer, &stage.base) }
            { image_size(&asked) }
        </>
    }
}

/// What is in a layer, what it hides, and what could not be known of it.
fn inside(props: &PanelProps, layer: &ReportedLayer) -> Html {
    if layer.parts.is_empty() && layer.wasted.is_empty() && layer.unknowns.is_empty() {
        return Html::default();
    }
    let summary = match layer.categories.as_slice() {
        [] => "What it does".to_owned(),
        sums => words(sums),
    };
    html! {
        <>
            <details class="layer-parts">
                <summary>{ summary }</summary>
                { totals::range(&layer.bytes) }
                <p class="layer-source">{ prose(&format::evidence_sentence(&layer.bytes)) }</p>
                <ol>{ for layer.parts.iter().map(|it| part(it, layer)) }</ol>
                { unknowns::list(props, std::slice::from_ref(layer)) }
            </details>
            { waste::list(props, layer.wasted.clone()) }
        </>
    }
}

fn part(part: &LayerPart, layer: &ReportedLayer) -> Html {
    let category = part.category;
    // What the layer says of itself need not stand at each part again.
    let why = Some(part.bytes.why()).filter(|why| !layer.bytes.why().ends_with(why));
    html! {
        <li class="layer-part">
            <span class="layer-part-size">{ format::size(&part.bytes) }</span>
            <div>
                if let Some(category) = category {
                    { spot(class_of(category)) }
                }
                <code>{ &part.path }</code>
                if let Some(category) = category {
                    { format!(" {}", category.title()) }
                }
                if let Some(range) = format::range(&part.bytes) {
                    <span class="layer-range">{ format!(" {range}") }</span>
                }
                if let Some(why) = why {
                    <p class="layer-source">{ prose(why) }</p>
                }
            </div>
        </li>
    }
}
