//! Rows of boxes with bars, from which the drawings of the ideas are made.

use layerwise_analyzer::size::SizeEstimate;

use crate::format;
use crate::view::{Picture, Shape};

/// Width of a drawing: a phone of 320 pixels has room for it.
const WIDTH: i32 = 272;
/// What is left free on the left, for the line that joins two rows.
const GUTTER: i32 = 14;
/// Between a row's border and what is in it.
const PADDING: i32 = 8;
/// Width of the longest bar.
const BAR: i32 = 138;
/// Height of a row without marks, of a mark, and between two rows.
const ROW: i32 = 42;
const MARK: i32 = 16;
const GAP: i32 = 4;
/// Characters that have room in a row.
const CHARACTERS: usize = 31;

/// A row of a drawing.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The class of its frame.
    pub(super) class: &'static str,
    /// What it is.
    pub(super) title: String,
    /// What stands on the right, such as its size.
    pub(super) figure: String,
    /// Its bar: parts of a class each, in bytes.
    pub(super) bar: Vec<(&'static str, u64)>,
    /// Whether it has no bar at all, so that what is said below stands in its place.
    pub(super) is_flat: bool,
    /// What is said below, each with its class.
    pub(super) marks: Vec<(&'static str, String)>,
}

impl Row {
    /// What is not there yet, or not built: only its place.
    pub(super) fn gap(title: String) -> Self {
        Self { class: "pic-gap", title, ..Self::default() }
    }
}

/// How high each row is; rows of drawings beside each other that are alike high lie side by side.
pub(super) fn heights(rows: &[Row]) -> Vec<i32> {
    let marks = |row: &Row| {
        let marks = row.marks.len().saturating_sub(usize::from(row.is_flat));
        i32::try_from(marks).unwrap_or_default()
    };
    rows.iter().map(|row| ROW + MARK * marks(row)).collect()
}

/// Draws rows from the top. Bars are in the scale of `whole` bytes, which fill one; `joined` are pairs of
/// rows between which a line runs, from the first to the second.
pub(super) fn draw(
    (title, label): (String, String),
    rows: &[Row],
    heights: &[i32],
    whole: u64,
    joined: &[(usize, usize)],
) -> Picture {
    let mut shapes = Vec::new();
    let mut tops = Vec::new();
    let mut y = 1;
    for (row, height) in rows.iter().zip(heights) {
        tops.push(y);
        draw_row(&mut shapes, row, (y, *height), whole);
        y += height + GAP;
    }
    let middle = |row: usize| Some(tops.get(row)? + heights.get(row)? / 2);
    for (from, to) in joined {
        if let (Some(from), Some(to)) = (middle(*from), middle(*to)) {
            // Out of the first row, along the gutter, and into the second with a tip.
            let data = format!(
                "M0 0H-9V{0}H-2M-6 {1}L-1 {0}L-6 {2}",
                to - from,
                to - from - 4,
                to - from + 4
            );
            shapes.push(Shape::Path { class: "pic-join".into(), origin: (GUTTER, from), data });
        }
    }
    Picture { title, label, frame: [0, 0, WIDTH, y], shapes }
}

fn draw_row(shapes: &mut Vec<Shape>, row: &Row, (y, height): (i32, i32), whole: u64) {
    let left = GUTTER + PADDING;
    let place = [GUTTER, y, WIDTH - GUTTER - 1, height];
    shapes.push(Shape::Box { class: row.class.into(), place, radius: 4 });
    let mut text = |class: &str, at, anchor, text: String| {
        shapes.push(Shape::Text { class: class.into(), at, anchor, text });
    };
    let is_gap = row.class == "pic-gap";
    let class = if is_gap { "pic-quiet" } else { "pic-instruction" };
    text(class, (left, y + 17), "start", format::shorten(&row.title, CHARACTERS));
    text("pic-size", (WIDTH - PADDING, y + 34), "end", row.figure.clone());
    for (at, (class, mark)) in (i32::from(!row.is_flat)..).zip(&row.marks) {
        text(class, (left, y + 34 + MARK * at), "start", format::shorten(mark, CHARACTERS));
    }
    if row.bar.is_empty() {
        return;
    }
    let mut bar = |class: &str, x, width| {
        let place = [x, y + 25, width, 10];
        shapes.push(Shape::Box { class: class.into(), place, radius: 2 });
    };
    bar("pic-track", left, BAR);
    let mut x = left;
    for (class, bytes) in row.bar.iter().filter(|(_, bytes)| *bytes > 0) {
        let width = u128::from(*bytes) * u128::from(BAR.unsigned_abs());
        let width = width.checked_div(u128::from(whole)).unwrap_or_default();
        // The least that can be seen, and no more than there is room.
        let width = i32::try_from(width).unwrap_or(BAR).max(2).min(left + BAR - x);
        if width > 0 {
            bar(class, x, width);
        }
        x += width;
    }
}

/// What a size is drawn as: what it weighs at least where nobody knows more.
pub(super) fn likely(size: &SizeEstimate) -> u64 {
    size.best_known().0
}

/// An instruction on one line, after its number.
pub(super) fn numbered(line: u32, instruction: &str) -> String {
    format!("{line} {}", format::one_line(instruction))
}
