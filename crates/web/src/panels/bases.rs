//! Every image from outside that the Dockerfile uses, with what is known of it.

mod collect;

use layerwise_analyzer::images::BaseImage;
use layerwise_analyzer::size::SizeEstimate;
use yew::{Callback, Html, classes, function_component, html, use_memo};

use super::image_size::ImageSize;
use super::lines::reveal_line;
use super::{Panel, PanelProps};
use crate::format;
use crate::widgets::button::button_of;
use crate::widgets::long_list::LongList;
use crate::widgets::notice::Notice;
use collect::{UsedImage, used_images};

/// The images from outside.
pub(super) const BASES: Panel = Panel {
    id: "bases",
    title: "Base images",
    render: |props| html! { <Bases ..props.clone() /> },
};

#[function_component(Bases)]
fn bases(props: &PanelProps) -> Html {
    let images = use_memo(props.report.clone(), |report| used_images(report));
    let count = images.len();
    if count == 0 {
        let hint = if props.report.stages.is_empty() {
            "Paste a Dockerfile, or open an example, to see what its stages start from."
        } else {
            "Every stage starts from scratch or from another stage: nothing is pulled."
        };
        return html! { <Notice title="No image from outside"><p>{ hint }</p></Notice> };
    }
    let item = {
        let props = props.clone();
        Callback::from(move |index: usize| match images.get(index) {
            Some(image) => html! { <li>{ card(&props, index, image) }</li> },
            None => Html::default(),
        })
    };
    html! {
        <div class="panel panel-bases">
            <LongList class="base-cards" {count} {item} noun="images" />
        </div>
    }
}

fn card(props: &PanelProps, index: usize, used: &UsedImage) -> Html {
    let base = &used.base;
    let title_id = format!("base-image-{index}");
    html! {
        <article
            class={classes!("base-card", (!used.needed).then_some("base-card-not-needed"))}
            aria-labelledby={title_id.clone()}
        >
            <h3 id={title_id}><code>{ &base.reference }</code></h3>
            <p class="base-uses">
                { for used.uses.iter().map(|place| {
                    let text = html! { format!("{} · line {}", place.what, place.line) };
                    button_of("button base-use", text, reveal_line(props, place.line))
                }) }
                if !used.needed {
                    <span class="base-not-needed">{ "not needed for the target: not pulled" }</span>
                }
            </p>
            <div class="base-sizes">
                { size_fact("On disk", &base.bytes) }
                { size_fact("To pull", &base.compressed) }
            </div>
            if let Some(image) = &base.image {
                if let Some(approximation) = &image.approximation {
                    <p class="base-approximation">{ approximation }</p>
                }
                { facts(image) }
            }
            <p class="base-evidence">{ format::evidence_sentence(&base.bytes) }</p>
            if let Some(image) = &base.image {
                <p class="base-source">
                    { format!("Facts of {}: {}, {}", image.reference, image.source, image.date) }
                </p>
            }
            <ImageSize
                state={props.state.clone()}
                base={base.clone()}
                id={format!("bases-size-{index}")}
                dispatch={props.dispatch.clone()}
            />
        </article>
    }
}

fn size_fact(name: &'static str, estimate: &SizeEstimate) -> Html {
    html! {
        <div class="base-size">
            <p class="base-size-name">{ name }</p>
            <p class="base-size-likely">{ format::size(estimate) }</p>
            if let Some(range) = format::range(estimate) {
                <p class="base-size-range">{ range }</p>
            }
        </div>
    }
}

fn facts(image: &BaseImage) -> Html {
    let or = |text: &str, otherwise: &str| {
        if text.is_empty() { otherwise.to_owned() } else { text.to_owned() }
    };
    let layers = match image.layers.len() {
        0 => "not known".to_owned(),
        number => number.to_string(),
    };
    let facts = [
        ("Distribution", or(&image.distribution, "not known")),
        ("Package manager", or(&image.package_manager, "none or not known")),
        ("Layers", layers),
        ("User", or(&image.user, "root")),
        ("Working directory", or(&image.working_directory, "/")),
    ];
    html! {
        <dl class="base-facts">
            { for facts.into_iter().map(|(name, value)| html! {
                <div><dt>{ name }</dt><dd>{ value }</dd></div>
            }) }
        </dl>
    }
}
