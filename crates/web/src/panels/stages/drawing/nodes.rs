//! The nodes of the drawing: a box for each stage and image, with its words.

use layerwise_analyzer::drawing::boxes::{
    BoxWords, MOST_CHARACTERS, PADDING, base_line, place_badge, room_for,
};
use layerwise_analyzer::drawing::layout::{Rectangle, Size};
use yew::{Callback, Html, KeyboardEvent, MouseEvent, classes, html};

use super::DrawingProps;
use crate::format;
use crate::panels::stages::graph::{Node, Subject};
use crate::worker::{outcome_class, outcome_word};

/// Room for a node.
pub(super) fn size(node: &Node) -> Size {
    room_for(&BoxWords {
        title: &shorten(&node.title),
        from: &shorten(&node.from),
        size: &node.size,
        steps: &node.steps,
        badge: badge(node),
    })
}

fn shorten(text: &str) -> String {
    format::shorten(text, MOST_CHARACTERS)
}

/// The word in a node's corner: what becomes of it where that is shown; else an ordinary needed stage has none.
fn badge(node: &Node) -> Option<&'static str> {
    if let Some(outcome) = node.outcome {
        return Some(outcome_word(outcome));
    }
    match (&node.subject, node.need) {
        (Subject::Stage(_), "needed") => None,
        (Subject::Stage(_), word) => Some(word),
        (Subject::Image(_), word) => Some(word),
    }
}

/// Draws the node with this number; `focus` is told when it gets the focus.
pub(super) fn draw(
    props: &DrawingProps,
    focus: &Callback<usize>,
    index: usize,
    place: Rectangle,
) -> Html {
    let Some(node) = props.graph.nodes.get(index) else {
        return Html::default();
    };
    let Rectangle { x, y, width, height } = place;
    let (is_image, is_selected) = match node.subject {
        Subject::Stage(stage) => (false, props.selected == Some(stage)),
        Subject::Image(_) => (true, false),
    };
    let onclick = {
        let pick = props.pick.clone();
        move |_: MouseEvent| pick.emit(index)
    };
    let onkeydown = {
        let pick = props.pick.clone();
        move |event: KeyboardEvent| {
            if matches!(event.key().as_str(), "Enter" | " ") {
                event.prevent_default();
                pick.emit(index);
            }
        }
    };
    let classes = classes!(
        "stage-node",
        is_image.then_some("stage-node-image"),
        (node.need == "target").then_some("stage-node-target"),
        (!node.needed).then_some("stage-node-not-needed"),
        is_selected.then_some("stage-node-selected"),
        node.outcome.map(outcome_class),
    );
    html! {
        <g
            key={index}
            class={classes}
            role="button"
            tabindex="0"
            aria-label={props.graph.describe(node)}
            aria-pressed={(!is_image).then(|| is_selected.to_string())}
            onfocus={focus.reform(move |_| index)}
            {onclick}
            {onkeydown}
        >
            <title>{ &node.title }</title>
            <rect
                class="stage-node-box"
                x={x.to_string()}
                y={y.to_string()}
                width={width.to_string()}
                height={height.to_string()}
                rx={if is_image { (height / 2).to_string() } else { "6".to_owned() }}
            />
            { draw_texts(node, place) }
        </g>
    }
}

/// A node's lines: title and badge; what it starts from; size and number of steps.
fn draw_texts(node: &Node, place: Rectangle) -> Html {
    let (left, right) = (place.x + PADDING, place.x + place.width - PADDING);
    let line = |number: i32| base_line(place, number).to_string();
    let last = if node.from.is_empty() { 2 } else { 3 };
    html! {
        <>
            <text class="stage-node-title" x={left.to_string()} y={line(1)}>
                { shorten(&node.title) }
            </text>
            { for badge(node).map(|word| draw_badge(word, place)) }
            if !node.from.is_empty() {
                <text class="stage-node-from" x={left.to_string()} y={line(2)}>
                    { shorten(&node.from) }
                </text>
            }
            <text class="stage-node-size" x={left.to_string()} y={line(last)}>{ &node.size }</text>
            <text class="stage-node-steps" x={right.to_string()} y={line(last)} text-anchor="end">
                { &node.steps }
            </text>
        </>
    }
}

fn draw_badge(word: &str, place: Rectangle) -> Html {
    let (badge, (x, y)) = place_badge(word, place);
    html! {
        <>
            <rect
                class="stage-badge-box"
                x={badge.x.to_string()}
                y={badge.y.to_string()}
                width={badge.width.to_string()}
                height={badge.height.to_string()}
                rx="9"
            />
            <text
                class="stage-badge"
                x={x.to_string()}
                y={y.to_string()}
                text-anchor="middle"
            >
                { word }
            </text>
        </>
    }
}
