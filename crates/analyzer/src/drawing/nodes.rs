//! The boxes of a drawing of stages, with their words.

use super::boxes::{BoxWords, MOST_CHARACTERS, PADDING, base_line, place_badge, room_for};
use super::graph::{Node, NodeKind};
use super::layout::{Rectangle, Size};
use super::words::shorten;
use super::{Anchor, Drawing, Role};

/// Room for a node.
pub(super) fn size_of(node: &Node) -> Size {
    room_for(&BoxWords {
        title: &shorten(&node.title, MOST_CHARACTERS),
        from: &shorten(&node.from, MOST_CHARACTERS),
        size: &node.size,
        steps: &node.steps,
        badge: badge(node),
    })
}

/// The word in a node's corner; an ordinary needed stage has none.
fn badge(node: &Node) -> Option<&'static str> {
    match (node.kind, node.needed) {
        (NodeKind::Image, _) => Some("image"),
        (NodeKind::Target, _) => Some("target"),
        (NodeKind::Stage, true) => None,
        (NodeKind::Stage, false) => Some("not needed"),
    }
}

/// Draws a node: title and badge; what it starts from; size and number of steps.
pub(super) fn draw(drawing: &mut Drawing, node: &Node, place: Rectangle) {
    let (frame, radius) = match (node.kind, node.needed) {
        (NodeKind::Target, _) => (Role::Target, 6),
        (NodeKind::Image, true) => (Role::Image, place.height / 2),
        (NodeKind::Image, false) => (Role::Unused, place.height / 2),
        (NodeKind::Stage, true) => (Role::Stage, 6),
        (NodeKind::Stage, false) => (Role::Unused, 6),
    };
    drawing.add_box(frame, place, radius);
    let (left, right) = (place.x + PADDING, place.x + place.width - PADDING);
    let line = |number: i32| base_line(place, number);
    let is_unused = frame == Role::Unused;
    let name = if is_unused { Role::UnusedName } else { Role::Name };
    drawing.add_text(name, (left, line(1)), Anchor::Start, shorten(&node.title, MOST_CHARACTERS));
    if let Some(word) = badge(node) {
        draw_badge(drawing, word, place);
    }
    let mut last = 2;
    if !node.from.is_empty() {
        let from = shorten(&node.from, MOST_CHARACTERS);
        drawing.add_text(Role::Quiet, (left, line(2)), Anchor::Start, from);
        last = 3;
    }
    let size = if is_unused { Role::UnusedName } else { Role::Size };
    drawing.add_text(size, (left, line(last)), Anchor::Start, &node.size);
    if !node.steps.is_empty() {
        drawing.add_text(Role::Quiet, (right, line(last)), Anchor::End, &node.steps);
    }
}

fn draw_badge(drawing: &mut Drawing, word: &str, place: Rectangle) {
    let (frame, text) = match word {
        "target" => (Role::TargetBadge, Role::TargetBadgeText),
        _ => (Role::Badge, Role::BadgeText),
    };
    let (badge, middle) = place_badge(word, place);
    drawing.add_box(frame, badge, 9);
    drawing.add_text(text, middle, Anchor::Middle, word);
}
