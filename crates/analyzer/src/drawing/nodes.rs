//! The boxes of a drawing of stages, with their words.

use super::graph::{Node, NodeKind};
use super::layout::{Rectangle, Size};
use super::words::{CHARACTER, SMALL_CHARACTER, shorten, width_of};
use super::{Anchor, Drawing, Role};

/// Height of one line of text in a box.
const LINE: i32 = 20;
/// Between a box's border and its text.
const PADDING: i32 = 14;
/// Longer names are shortened; the description has them whole.
const MOST_CHARACTERS: usize = 32;
/// A stage is at least this wide, so that a chain of short names reads as a column.
const LEAST_WIDTH: i32 = 176;

/// Room for a node.
pub(super) fn size_of(node: &Node) -> Size {
    let badge = badge(node).map_or(0, |word| badge_width(word) + PADDING);
    let width = |text: &str| width_of(text, CHARACTER);
    let lines = [
        width(&shorten(&node.title, MOST_CHARACTERS)) + badge,
        width(&shorten(&node.from, MOST_CHARACTERS)),
        width(&node.size) + width(&node.steps) + PADDING,
    ];
    let is_image = node.kind == NodeKind::Image;
    let (rows, least) = if is_image { (2, 0) } else { (3, LEAST_WIDTH) };
    let width = lines.into_iter().max().unwrap_or(0) + 2 * PADDING;
    Size { width: width.max(least), height: rows * LINE + 16 }
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

fn badge_width(word: &str) -> i32 {
    width_of(word, SMALL_CHARACTER) + 14
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
    let line = |number: i32| place.y + 4 + LINE * number;
    let is_unused = frame == Role::Unused;
    let name = if is_unused { Role::UnusedName } else { Role::Name };
    drawing.add_text(name, (left, line(1)), Anchor::Start, shorten(&node.title, MOST_CHARACTERS));
    if let Some(word) = badge(node) {
        draw_badge(drawing, word, right, place.y);
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

fn draw_badge(drawing: &mut Drawing, word: &str, right: i32, top: i32) {
    let width = badge_width(word);
    let (frame, text) = match word {
        "target" => (Role::TargetBadge, Role::TargetBadgeText),
        _ => (Role::Badge, Role::BadgeText),
    };
    drawing.add_box(frame, Rectangle { x: right - width, y: top + 9, width, height: 18 }, 9);
    drawing.add_text(text, (right - width / 2, top + 22), Anchor::Middle, word);
}
