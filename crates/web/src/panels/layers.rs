//! The layers of the image in order, with what is known of each and what is not.

mod assumptions;
mod base;
mod totals;

use layerwise_analyzer::report::{Report, ReportedLayer};
use yew::{Callback, Html, classes, function_component, html};

use super::image_size::ImageSize;
use super::words::{reveal_line, size_or_not_estimated, the_stage};
use super::{Panel, PanelProps};
use crate::format;
use crate::widgets::button::button_of;
use crate::widgets::long_list::LongList;
use crate::widgets::notice::Notice;
use crate::widgets::size_bar::SizeBar;
use assumptions::Assumptions;

/// The target's layers.
pub(super) const LAYERS: Panel =
    Panel { id: "layers", title: "Layers", render: |props| html! { <Layers ..props.clone() /> } };

#[function_component(Layers)]
fn layers(props: &PanelProps) -> Html {
    let report = &props.report;
    let Some(target) = report.target else {
        return no_target(props);
    };
    let whole = scale(&report.layers);
    let chain = report.layers.chunk_by(|before, after| before.stage == after.stage);
    html! {
        <div class="panel panel-layers">
            <p class="layers-intro">
                { format!("What is in the image of {}, lowest layer first.", the_stage(report, target)) }
            </p>
            if let Some(of_sizes) = &props.of_sizes {
                <p class="layers-intro">{ of_sizes }</p>
            }
            { for chain.map(|layers| stage_layers(props, layers, whole)) }
            if report.layers.is_empty() {
                <Notice title="This image has no layer">
                    <p>{ "It starts from scratch, and no instruction writes a file." }</p>
                </Notice>
            }
            <Assumptions ..props.clone() />
            { totals::totals(report) }
        </div>
    }
}

fn no_target(props: &PanelProps) -> Html {
    if props.report.stages.is_empty() {
        return html! {
            <Notice title="No layer yet">
                <p>{ "Paste a Dockerfile, or open an example, to see what its image is made of." }</p>
            </Notice>
        };
    }
    html! {
        <Notice title="The target stage was not found">
            <p>{ "Choose one of the stages as the target in the options." }</p>
        </Notice>
    }
}

/// What the longest bar stands for: the largest layer at its largest.
fn scale(layers: &[ReportedLayer]) -> u64 {
    layers.iter().map(|layer| layer.bytes.high().unwrap_or(layer.bytes.low()).0).max().unwrap_or(0)
}

/// Consecutive layers of one stage.
fn stage_layers(props: &PanelProps, layers: &[ReportedLayer], whole: u64) -> Html {
    let Some(first) = layers.first() else { return Html::default() };
    let item = {
        let (props, layers) = (props.clone(), layers.to_vec());
        Callback::from(move |index: usize| match layers.get(index) {
            Some(layer) => layer_item(&props, layer, whole),
            None => Html::default(),
        })
    };
    html! {
        <section class="layers-of-stage">
            <h3>{ format!("Made in {}", the_stage(&props.report, first.stage)) }</h3>
            <LongList class="layers" count={layers.len()} {item} noun="layers" />
        </section>
    }
}

/// A layer's part of the image, where both are known.
fn share(layer: &ReportedLayer, report: &Report) -> Option<String> {
    let (own, whole) = (layer.bytes.likely()?, report.image_bytes.likely()?);
    format::percent(own.0, whole.0)
}

fn layer_item(props: &PanelProps, layer: &ReportedLayer, whole: u64) -> Html {
    let bytes = &layer.bytes;
    let size = size_or_not_estimated(bytes);
    let estimated = size != format::NOT_ESTIMATED;
    let stage = props.report.stages.get(layer.stage).filter(|_| layer.base);
    let name = html! {
        <>
            <span class="layer-line">{ format!("line {} ", layer.line) }</span>
            <code>{ &layer.instruction }</code>
        </>
    };
    html! {
        <li class={classes!("layer", layer.base.then_some("layer-base"))}>
            <div class="layer-row">
                { button_of("text-button layer-instruction", name, reveal_line(props, layer.line)) }
                <p class={classes!("layer-size", (!estimated).then_some("layer-size-open"))}>
                    if layer.base && !estimated {
                        { format::size(bytes) }
                    } else {
                        { size }
                    }
                    if let Some(range) = format::range(bytes) {
                        <span class="layer-range">{ format!(" {range}") }</span>
                    }
                    if let Some(share) = share(layer, &props.report) {
                        <span class="layer-range">{ format!(" {share}") }</span>
                    }
                </p>
            </div>
            if estimated && whole > 0 {
                <SizeBar
                    low={bytes.low().0}
                    likely={bytes.likely().map(|likely| likely.0)}
                    high={bytes.high().map(|high| high.0)}
                    {whole}
                />
            }
            if let Some(stage) = stage {
                { base::details(layer, &stage.base) }
                <ImageSize
                    state={props.state.clone()}
                    base={stage.base.clone()}
                    id={format!("layers-size-{}", layer.stage)}
                    dispatch={props.dispatch.clone()}
                />
            }
        </li>
    }
}
