//! What is known of the base image a chain of layers starts from.

use layerwise_analyzer::report::{LayerPart, ReportedBase, ReportedLayer};
use yew::{Html, html};

use crate::format;

/// The base's own layers and where the facts come from; nothing for an image nobody knows.
pub(super) fn details(layer: &ReportedLayer, base: &ReportedBase) -> Html {
    let Some(image) = &base.image else { return Html::default() };
    let pull = match (layer.compressed.likely(), layer.parts.len()) {
        (None, 0) => "About this base image".to_owned(),
        (None, parts) => format::count(parts, "layer", "layers"),
        (Some(_), 0) => format!("{} to pull", format::size(&layer.compressed)),
        (Some(_), parts) => format!(
            "{} to pull in {}",
            format::size(&layer.compressed),
            format::count(parts, "layer", "layers")
        ),
    };
    html! {
        <>
            if let Some(approximation) = &image.approximation {
                <p class="layer-approximation">{ approximation }</p>
            }
            <details class="layer-parts">
                <summary>{ pull }</summary>
                if !layer.parts.is_empty() {
                    <ol>{ for layer.parts.iter().map(part) }</ol>
                }
                <p class="layer-source">
                    { format!("{} · {} · {}", image.reference, image.source, image.date) }
                </p>
                if !base.bytes.why().is_empty() {
                    <p class="layer-source">{ base.bytes.why() }</p>
                }
            </details>
        </>
    }
}

fn part(part: &LayerPart) -> Html {
    html! {
        <li>
            <span class="layer-part-size">{ format::size(&part.compressed) }</span>
            <code>{ if part.path.is_empty() { "layer" } else { part.path.as_str() } }</code>
        </li>
    }
}
