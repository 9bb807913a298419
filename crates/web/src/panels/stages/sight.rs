//! Which part of a large drawing is drawn: what is in sight and a little beyond. However many
//! stages there are, the page holds few of them at a time.

use layerwise_analyzer::drawing::layout::{Layout, MARGIN, Rectangle, Size};

use crate::bindings::frames::Seen;

/// Boxes up to which all of them are drawn.
const FEW: usize = 48;
/// Pixels beyond the sight on each side that are drawn too, so that the Tab key and a short scroll
/// find what comes next.
const BEYOND: i32 = 240;
/// The sight moves in steps of so many pixels, so that scrolling seldom draws anew.
const STEP: i32 = 120;
/// What is taken for the sight before the page knows it.
const USUAL: (i32, i32) = (720, 600);

/// A drawing is shrunk to so many tenths of its size, where it then fits into its box; letters
/// smaller than that are for nobody.
const LEAST_TENTHS: i32 = 8;

/// How large a drawing is drawn in a box of this width. What is drawn in part keeps its size, since
/// what is in sight of it is reckoned in its own pixels.
pub(super) fn drawn_size(layout: &Layout, room: Option<i32>) -> Size {
    let Size { width, height } = layout.size;
    let least = width / 10 * LEAST_TENTHS;
    match room.filter(|room| least <= *room && *room < width) {
        Some(room) if layout.boxes.len() <= FEW => {
            Size { width: room, height: scaled(height, room, width) }
        }
        _ => layout.size,
    }
}

/// A length of a drawing of the width `whole` that is drawn `part` wide.
pub(super) fn scaled(length: i32, part: i32, whole: i32) -> i32 {
    let scaled = i64::from(length) * i64::from(part) / i64::from(whole.max(1));
    i32::try_from(scaled).unwrap_or(length)
}

/// The part of a drawing that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sight {
    /// All of it.
    Whole,
    /// What meets this.
    Part(Rectangle),
}

impl Sight {
    /// What to draw of `layout` around what is in sight; where that is not known yet, what will be
    /// when it opens at `centre`.
    pub(super) fn of(layout: &Layout, part: Option<Rectangle>, centre: Rectangle) -> Self {
        if layout.boxes.len() <= FEW {
            return Self::Whole;
        }
        let (width, height) = USUAL;
        let (left, top) = (centre.middle() - width / 2, centre.bottom() + MARGIN - height);
        let usual = Seen { left: left.max(0), top: top.max(0), width, height };
        Self::Part(part.unwrap_or_else(|| around(usual)))
    }

    /// Whether something at `place` is drawn.
    pub(super) fn holds(self, place: Rectangle) -> bool {
        match self {
            Self::Whole => true,
            Self::Part(part) => part.meets(place),
        }
    }
}

/// What is drawn around what is in sight: the same for many sights near each other.
pub(super) fn around(seen: Seen) -> Rectangle {
    let Seen { left, top, width, height } = seen;
    let down = |at: i32| (at - BEYOND).div_euclid(STEP) * STEP;
    let up = |at: i32| (at + BEYOND + STEP - 1).div_euclid(STEP) * STEP;
    let (x, y) = (down(left), down(top));
    let (right, bottom) = (up(left + width), up(top + height));
    Rectangle { x, y, width: right - x, height: bottom - y }
}

#[cfg(test)]
mod tests {
    use super::*;
    use layerwise_analyzer::drawing::layout::{Size, lay_out};

    fn tall(boxes: usize) -> Layout {
        lay_out(&vec![Size { width: 160, height: 72 }; boxes], &[]).expect("few enough to draw")
    }

    fn drawn(layout: &Layout, top: i32) -> usize {
        let seen = Seen { left: 0, top, width: 720, height: 600 };
        let sight = Sight::of(layout, Some(around(seen)), Rectangle::default());
        let in_sight = |place: &&Rectangle| {
            place.y <= top + 600 && top <= place.y + place.height && place.x <= 720
        };
        let all_seen = layout.boxes.iter().filter(in_sight).all(|place| sight.holds(*place));
        assert!(all_seen, "a box in sight at {top} is not drawn");
        layout.boxes.iter().filter(|place| sight.holds(**place)).count()
    }

    #[test]
    fn few_boxes_are_all_drawn_and_of_many_those_in_sight() {
        assert_eq!(drawn(&tall(FEW), 0), FEW);
        let many = tall(400);
        for top in [0, 1, 59, 60, 1000, 3333, many.size.height - 600] {
            let drawn = drawn(&many, top);
            assert!((24..80).contains(&drawn), "{drawn} of 400 boxes are drawn at {top}");
        }
    }

    #[test]
    fn a_drawing_is_shrunk_where_that_shows_all_of_it_and_its_letters_are_still_read() {
        let layout = tall(2);
        let Size { width, height } = layout.size;
        let nearly = width - width / 10;
        assert_eq!(
            drawn_size(&layout, Some(nearly)),
            Size { width: nearly, height: scaled(height, nearly, width) }
        );
        for room in [None, Some(0), Some(width / 2), Some(width), Some(width * 2)] {
            assert_eq!(drawn_size(&layout, room), layout.size, "in {room:?} of {width}");
        }
        let many = tall(FEW + 1);
        let nearly = many.size.width - 1;
        assert_eq!(drawn_size(&many, Some(nearly)), many.size, "it is drawn in part");
    }

    #[test]
    fn a_short_scroll_draws_nothing_anew() {
        let at = |top| around(Seen { left: 0, top, width: 700, height: 600 });
        assert_eq!(at(1201), at(1209));
        assert_ne!(at(1201), at(1201 + STEP));
    }
}
