//! Every image from outside that the Dockerfile uses, with what is known of it.

mod collect;

use layerwise_analyzer::images::BaseImage;
use layerwise_analyzer::report::{Input, Report};
use layerwise_analyzer::size::{Bytes, SizeEstimate};

use super::nodes::{button, classed, element, text};
use crate::format;
use crate::view::{Act, Entry, Node, SIZE};
use collect::{UsedImage, used_images};

/// The images from outside.
pub(super) fn lay_out(input: &Input, report: &Report) -> Vec<Node> {
    let images = used_images(report);
    if images.is_empty() {
        let told = "Every stage starts from scratch or from another stage: nothing is pulled.";
        let title = paragraph("notice-title", "No image from outside");
        return vec![classed("div", "notice notice-quiet", vec![title, paragraph("", told)])];
    }
    let cards = images.iter().enumerate().map(|(index, image)| card(input, index, image));
    let items: Vec<Node> = cards.map(|card| element("li", &[], vec![card])).collect();
    let (class, noun) = ("base-cards".to_owned(), "images".to_owned());
    vec![Node::LongList { class, noun, items: items.into() }]
}

fn card(input: &Input, index: usize, used: &UsedImage) -> Node {
    let base = &used.base;
    let id = format!("base-image-{index}");
    let reference = element("code", &[], vec![text(&base.reference)]);
    let mut all = vec![
        element("h3", &[("id", &id)], vec![reference]),
        uses(used),
        classed(
            "div",
            "base-sizes",
            vec![size_fact("On disk", &base.bytes), size_fact("To pull", &base.compressed)],
        ),
    ];
    if let Some(image) = &base.image {
        let approximation = image.approximation.as_ref();
        all.extend(approximation.map(|told| paragraph("base-approximation", told)));
        all.push(facts(image));
    }
    all.push(paragraph("base-evidence", &format::evidence_sentence(&base.bytes)));
    all.extend(base.image.as_ref().map(|image| {
        let told = format!("Facts of {}: {}, {}", image.reference, image.source, image.date);
        paragraph("base-source", &told)
    }));
    all.extend(own_size(input, used));
    let class = if used.needed { "base-card" } else { "base-card base-card-not-needed" };
    element("article", &[("class", class), ("aria-labelledby", &id)], all)
}

fn uses(used: &UsedImage) -> Node {
    let mut all: Vec<Node> = used
        .uses
        .iter()
        .map(|place| {
            let told = format!("{} · line {}", place.what, place.line);
            button("button base-use", Act::Reveal(place.line), vec![text(&told)])
        })
        .collect();
    if !used.needed {
        let told = "not needed for the target: not pulled";
        all.push(classed("span", "base-not-needed", vec![text(told)]));
    }
    classed("p", "base-uses", all)
}

/// A field for a size that nobody knows, or the typed one with a way back.
fn own_size(input: &Input, used: &UsedImage) -> Option<Node> {
    let base = &used.base;
    let reference = &base.reference;
    let key = format!("{SIZE}{reference}");
    let typed = input.image_sizes.iter().rev().find(|(name, _)| name == reference);
    if let Some((_, typed)) = typed {
        let title = format!("You typed {} for {reference}.", Bytes(*typed));
        let forget = Act::Set { key, value: String::new() };
        let forget = button("button", forget, vec![text("Remove this size")]);
        let all = vec![paragraph("notice-title", &title), forget];
        return Some(classed("div", "notice notice-quiet", all));
    }
    let title = match base.bytes.low() {
        Bytes(0) => format!("Layerwise does not know {reference}."),
        low => format!("Layerwise knows only that {reference} weighs at least {low}."),
    };
    let field = Node::Field {
        key,
        entry: Entry::Size,
        hint: String::new(),
        label: format!("Type the size of {reference}"),
        title: String::new(),
    };
    let all = vec![paragraph("notice-title", &title), field];
    base.unknown.then(|| classed("div", "notice notice-ask", all))
}

fn paragraph(class: &str, told: &str) -> Node {
    classed("p", class, vec![text(told)])
}

fn size_fact(name: &str, estimate: &SizeEstimate) -> Node {
    let mut all = vec![
        paragraph("base-size-name", name),
        paragraph("base-size-likely", &format::size(estimate)),
    ];
    all.extend(format::range(estimate).map(|range| paragraph("base-size-range", &range)));
    classed("div", "base-size", all)
}

fn facts(image: &BaseImage) -> Node {
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
    let rows = facts.into_iter().map(|(name, value)| {
        let fact =
            vec![element("dt", &[], vec![text(name)]), element("dd", &[], vec![text(&value)])];
        element("div", &[], fact)
    });
    classed("dl", "base-facts", rows.collect())
}
