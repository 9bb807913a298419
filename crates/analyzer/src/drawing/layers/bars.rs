//! Bars of several parts, with what is hidden of each hatched.

use std::fmt::Write as _;

use super::{MARGIN, WIDTH};
use crate::drawing::layout::Rectangle;
use crate::drawing::{Drawing, Role};
use crate::report::CategoryBytes;
use crate::size::{Bytes, SizeEstimate};

/// Something always shows of what is there.
const LEAST: i32 = 2;
/// From one line of the hatching to the next.
const HATCH: i32 = 5;

/// How a bar is drawn.
pub(super) struct Bar<'hidden> {
    /// What later layers hide of each of its parts.
    pub(super) hidden: &'hidden [CategoryBytes],
    /// What the full width stands for.
    pub(super) whole: u64,
    /// Its upper side.
    pub(super) y: i32,
    pub(super) height: i32,
}

impl Bar<'_> {
    /// A stretch of the bar; `None` where nothing is, and for what lies beyond its end.
    fn stretch(&self, start: u64, end: u64) -> Option<Rectangle> {
        let (from, to) = (self.pixels(start), self.pixels(end));
        if start >= end || from >= WIDTH {
            return None;
        }
        let width = (to - from).max(LEAST).min(WIDTH - from);
        Some(Rectangle { x: MARGIN + from, y: self.y, width, height: self.height })
    }

    fn pixels(&self, bytes: u64) -> i32 {
        let scaled =
            u128::from(bytes) * u128::from(WIDTH.unsigned_abs()) / u128::from(self.whole.max(1));
        i32::try_from(scaled).unwrap_or(WIDTH).min(WIDTH)
    }
}

/// Draws a bar of parts on its ground: lightly up to where `size` may reach, and framed where the
/// size is not known.
pub(super) fn draw_bar(
    drawing: &mut Drawing,
    parts: &[CategoryBytes],
    size: Option<&SizeEstimate>,
    bar: &Bar<'_>,
) {
    let full = Rectangle { x: MARGIN, y: bar.y, width: WIDTH, height: bar.height };
    drawing.add_box(Role::Track, full, 2);
    let high = size.and_then(SizeEstimate::high).unwrap_or_default();
    if let Some(place) = bar.stretch(0, high.0) {
        drawing.add_box(Role::Range, place, 2);
    }
    let mut end = 0_u64;
    for part in parts {
        let next = end.saturating_add(part.bytes.0);
        if let Some(place) = bar.stretch(end, next) {
            drawing.add_box(Role::Part(part.category.id()), place, 0);
        }
        let own = bar.hidden.iter().filter(|hidden| hidden.category == part.category);
        let hidden = own.map(|hidden| hidden.bytes).sum::<Bytes>().0.min(part.bytes.0);
        if let Some(place) = bar.stretch(next - hidden, next) {
            hatch(drawing, lower_part(place));
        }
        end = next;
    }
    if size.is_some_and(|size| size.likely().is_none()) {
        let inner = Rectangle {
            x: full.x + 1,
            y: full.y + 1,
            width: full.width - 2,
            height: full.height - 2,
        };
        drawing.add_box(Role::Unknown, inner, 2);
    }
}

/// The upper part of what is hidden keeps the colour of its kind.
fn lower_part(place: Rectangle) -> Rectangle {
    let kept = place.height * 2 / 5;
    Rectangle { y: place.y + kept, height: place.height - kept, ..place }
}

/// Hatches a rectangle: lines upright on a plain ground, which every program that shows pictures
/// can draw.
pub(super) fn hatch(drawing: &mut Drawing, place: Rectangle) {
    drawing.add_box(Role::HiddenGround, place, 0);
    let mut lines = String::new();
    let mut x = 1;
    loop {
        // Writing to a `String` cannot fail.
        let _ = write!(lines, "M{x} 0V{}", place.height);
        x += HATCH;
        if x + 1 > place.width {
            break;
        }
    }
    drawing.add_path(Role::Hidden, (place.x, place.y), lines);
}
