//! The layers of the image in order, with what is known of each and what is not.

mod assumptions;
mod base;
mod categories;
mod contents;
mod layer;
mod totals;
mod unknowns;
mod waste;

use layerwise_analyzer::drawing::scale;
use layerwise_analyzer::report::{ReportedLayer, hidden_parts};
use yew::{Callback, Html, html};

use super::words::the_stage;
use super::{Panel, PanelProps, acting};
use crate::widgets::long_list::LongList;
use crate::widgets::notice::{Tone, notice};
use assumptions::assumptions;
use contents::Contents;
use layer::layer_item;

/// The target's layers.
pub(super) const LAYERS: Panel = Panel { id: "layers", title: "Layers", render: layers };

fn layers(props: &PanelProps) -> Html {
    let report = &props.report;
    let Some(target) = report.target else {
        return no_target(props);
    };
    // What the engine says of all layers; with the first look there is none.
    let laid = props.view.as_ref().filter(|laid| laid.panel == LAYERS.id);
    let whole = scale(&report.layers);
    let chain = report.layers.chunk_by(|before, after| before.stage == after.stage);
    html! {
        <div class="panel panel-layers">
            { totals::totals(report) }
            if let Some(missing) = &props.missing_sizes {
                <p class="layers-intro">{ missing.sentence() }</p>
            }
            { categories::overview(report) }
            if let Some(laid) = laid {
                { acting::laid(props, &laid.nodes) }
            }
            <p class="layers-intro">
                { format!("The layers of {}, lowest first.", the_stage(report, target)) }
            </p>
            { for chain.map(|layers| stage_layers(props, layers, whole)) }
            if report.layers.is_empty() {
                { notice("This image has no layer", Tone::Quiet, html! {
                    <p>{ "It starts from scratch, and no instruction writes a file." }</p>
                }) }
            }
            <Contents ..props.clone() />
            { unknowns::section(props) }
            { assumptions(props) }
        </div>
    }
}

fn no_target(props: &PanelProps) -> Html {
    if props.report.stages.is_empty() {
        return notice(
            "No layer yet",
            Tone::Quiet,
            html! {
                <p>{ "Paste a Dockerfile, or open an example, to see what its image is made of." }</p>
            },
        );
    }
    notice(
        "The target stage was not found",
        Tone::Quiet,
        html! {
            <p>{ "Choose one of the stages as the target in the options." }</p>
        },
    )
}

/// Consecutive layers of one stage.
fn stage_layers(props: &PanelProps, layers: &[ReportedLayer], whole: u64) -> Html {
    let Some(first) = layers.first() else { return Html::default() };
    let item = {
        let (props, layers) = (props.clone(), layers.to_vec());
        let hidden = hidden_parts(&props.report);
        let before =
            props.report.layers.iter().position(|layer| layer.stage == first.stage).unwrap_or(0);
        Callback::from(move |index: usize| match layers.get(index) {
            Some(layer) => {
                let own = hidden.get(before + index).map_or(&[][..], Vec::as_slice);
                layer_item(&props, layer, whole, own)
            }
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
