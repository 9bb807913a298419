//! The image's size, its stages, its layers and what an edit rebuilds of them, in large type.

use layerwise_analyzer::cache::CacheOutcome;
use layerwise_analyzer::drawing::{Role, draw_stages};
use layerwise_analyzer::report::{Report, ReportedLayer};
use layerwise_analyzer::size::Bytes;

use super::part;
use crate::format::{self, bar_length, thousandths};
use crate::view::{KEY, Node, Picture, View};
use crate::worker::views::compare::pictures::{frame, is_head, shape_of};
use crate::worker::views::nodes::{classed, element, make, text};
use crate::worker::{CacheAnswer, outcome_class, outcome_word, weight};

/// More stages than this nobody sees from the last row.
const MOST_STAGES: usize = 24;
/// More layers than this have no room on a screen.
const MOST_LAYERS: usize = 24;

/// Everything below the buttons.
pub(super) fn draw(report: &Report, cache: Option<&CacheAnswer>) -> Vec<Node> {
    let mut facts = vec![size(report)];
    if let Some(cache) = cache {
        let head = cache.drawn.head.iter().cloned().collect();
        facts.push(part("present-cache", head));
    }
    let mut all = vec![part("present-facts", facts)];
    all.extend(graph(report, cache));
    all.push(layers(report, cache));
    all
}

fn size(report: &Report) -> Node {
    let hidden = report.wasted.as_ref().filter(|it| it.likely().is_some_and(|it| it > Bytes(0)));
    let told = match hidden {
        Some(hidden) => format!("the image, {} of it hidden", format::size(hidden)),
        None => "the image".to_owned(),
    };
    let all = vec![
        classed("strong", "present-bytes", vec![text(&format::size(&report.image_bytes))]),
        classed("span", "view-quiet", vec![text(&told)]),
    ];
    classed("p", "present-size", all)
}

/// What becomes of a stage or a line: the outcome of the greatest weight.
fn worst(cache: Option<&CacheAnswer>, is_of: impl Fn(usize, u32) -> bool) -> Option<CacheOutcome> {
    let steps = &cache?.replayed.as_ref()?.steps;
    let own = steps.iter().filter(|step| is_of(step.stage, step.line));
    own.map(|step| step.outcome).max_by_key(|outcome| weight(*outcome))
}

/// The stage graph in the colours of what becomes of each stage; nothing of one stage, or too many.
fn graph(report: &Report, cache: Option<&CacheAnswer>) -> Option<Node> {
    if !(2..=MOST_STAGES).contains(&report.stages.len()) {
        return None;
    }
    let drawing = draw_stages(report);
    let mut stage = 0;
    let shapes = drawing.shapes.iter().filter(|shape| !is_head(shape.role)).map(|shape| {
        let mut class = format!("pic-{}", shape.role.class());
        // The boxes of the stages come first, in their order.
        if matches!(shape.role, Role::Stage | Role::Target | Role::Unused | Role::Image) {
            let own = stage;
            stage += 1;
            if let Some(outcome) = worst(cache, |of, _| of == own) {
                class = format!("{class} pic-{}", outcome_class(outcome));
            }
        }
        shape_of(&shape.form, class, "")
    });
    let picture = Picture {
        title: "Stages".into(),
        label: drawing.description.lines().next().unwrap_or_default().to_owned(),
        shapes: shapes.collect(),
        frame: frame(&drawing),
    };
    Some(part("present-graph", make(&[View::Pictures(vec![picture])])))
}

/// The layers, the base's first, each with its size as a number and a bar, in one scale.
fn layers(report: &Report, cache: Option<&CacheAnswer>) -> Node {
    let sizes = report.layers.iter().map(|layer| layer.bytes.best_known().0);
    let whole = sizes.max().unwrap_or_default();
    let items = report.layers.iter().take(MOST_LAYERS).map(|layer| {
        let instruction = format::one_line(&layer.instruction);
        let mut all = vec![classed("code", "present-instruction", vec![text(&instruction)])];
        let outcome = worst(cache, |_, line| line == layer.line).filter(|_| !layer.base);
        let badge = outcome.map(|outcome| {
            let (word, class) = (outcome_word(outcome), outcome_class(outcome));
            let class = format!("cache-badge {class}");
            element("span", &[(KEY, word), ("class", &class)], vec![text(word)])
        });
        all.push(classed("span", "present-outcome", badge.into_iter().collect()));
        all.push(classed("strong", "present-weight", vec![text(&format::size(&layer.bytes))]));
        all.push(bar(layer, whole));
        classed("li", "present-layer", all)
    });
    let mut all = vec![element("h3", &[], vec![text("Layers of the image, the base first")])];
    all.push(classed("ol", "present-layers", items.collect()));
    let more = report.layers.len().saturating_sub(MOST_LAYERS);
    if more > 0 {
        let told = format!("And {}.", format::count(more, "layer more", "layers more"));
        all.push(classed("p", "view-quiet", vec![text(&told)]));
    }
    part("present-stack", all)
}

/// A layer's bar, its parts in their colours. It repeats the number beside it.
fn bar(layer: &ReportedLayer, whole: u64) -> Node {
    let mut end = 0_u64;
    let parts = layer.categories.iter().filter(|part| part.bytes.0 > 0).map(|part| {
        let start = thousandths(end, whole);
        end = end.saturating_add(part.bytes.0);
        let width = (thousandths(end, whole) - start).max(3);
        let (start, width) = (bar_length(start), bar_length(width));
        let class = format!("stack-bar-part part-{}", part.category.id());
        let place = [("class", class.as_str()), ("x", &start), ("width", &width)];
        element("rect", &[&place[..], &[("height", "100%")]].concat(), Vec::new())
    });
    element("svg", &[("class", "stack-bar"), ("aria-hidden", "true")], parts.collect())
}
