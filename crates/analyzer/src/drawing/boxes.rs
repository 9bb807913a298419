//! Boxes of stages and images, and labels of edges: how much room their words take and where they
//! stand. The page draws the same ones as elements that can be pressed.

use super::layout::{Rectangle, Size};
use super::words::{CHARACTER, SMALL_CHARACTER, width_of};

/// Between a box's border and its text.
pub const PADDING: i32 = 14;
/// Names of more characters are shortened before they are drawn; lists have them whole.
pub const MOST_CHARACTERS: usize = 32;
/// Height of one line of text.
const LINE: i32 = 20;
/// A stage is at least this wide, so that a chain of short names reads as a column.
const LEAST_WIDTH: i32 = 176;

/// The words of a box as they are drawn.
#[derive(Clone, Copy, Debug)]
pub struct BoxWords<'words> {
    /// Stage name or image reference.
    pub title: &'words str,
    /// `FROM …`; empty for an image, which has no such line.
    pub from: &'words str,
    /// Its size.
    pub size: &'words str,
    /// How many steps it has; empty for an image.
    pub steps: &'words str,
    /// The word in its corner.
    pub badge: Option<&'words str>,
}

/// Room for a box.
#[must_use]
pub fn room_for(words: &BoxWords<'_>) -> Size {
    let badge = words.badge.map_or(0, |word| badge_width(word) + PADDING);
    let width = |text: &str| width_of(text, CHARACTER);
    let lines = [
        width(words.title) + badge,
        width(words.from),
        width(words.size) + width(words.steps) + PADDING,
    ];
    let (rows, least) = if words.from.is_empty() { (2, 0) } else { (3, LEAST_WIDTH) };
    let width = lines.into_iter().max().unwrap_or(0) + 2 * PADDING;
    Size { width: width.max(least), height: rows * LINE + 16 }
}

/// Room for the label of an edge.
#[must_use]
pub fn room_for_label(label: &str) -> Size {
    Size { width: width_of(label, SMALL_CHARACTER) + 12, height: LINE }
}

/// The base line of a box's line of text, from 1.
#[must_use]
pub fn base_line(place: Rectangle, line: i32) -> i32 {
    place.y + 4 + LINE * line
}

/// The badge in a box's corner, and the point at which the middle of its word stands.
#[must_use]
pub fn place_badge(word: &str, place: Rectangle) -> (Rectangle, (i32, i32)) {
    let (width, right) = (badge_width(word), place.x + place.width - PADDING);
    let badge = Rectangle { x: right - width, y: place.y + 9, width, height: 18 };
    (badge, (right - width / 2, place.y + 22))
}

fn badge_width(word: &str) -> i32 {
    width_of(word, SMALL_CHARACTER) + 14
}
