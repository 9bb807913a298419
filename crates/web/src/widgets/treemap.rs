//! Rectangles whose areas are in proportion to weights, as square as may be.
//!
//! The squarified layout of Bruls, Huizing and van Wijk, "Squarified Treemaps" (2000): tiles fill
//! rows along the shorter side of what is left, and a row ends where one more tile would make its
//! worst one longer. Whole numbers only.

/// A rectangle in the units of the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tile {
    /// From the left edge.
    pub x: u64,
    /// From the top edge.
    pub y: u64,
    /// Its width.
    pub width: u64,
    /// Its height.
    pub height: u64,
}

/// A tile for each weight, in their order, filling `width` times `height`. It looks best with the
/// heaviest first; a weight of 0 gets no area. `width` and `height` are below 2³¹.
#[must_use]
pub fn lay_out(weights: &[u64], width: u64, height: u64) -> Vec<Tile> {
    let mut tiles = Vec::with_capacity(weights.len());
    let mut room = Tile { x: 0, y: 0, width, height };
    let mut left: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
    let mut rest = weights;
    while !rest.is_empty() {
        let (row, after) = rest.split_at(row_length(rest, left, room).clamp(1, rest.len()));
        let sum: u128 = row.iter().map(|weight| u128::from(*weight)).sum();
        let strip = place_row(row, sum, left, room, &mut tiles);
        if room.width >= room.height {
            (room.x, room.width) = (room.x + strip, room.width - strip);
        } else {
            (room.y, room.height) = (room.y + strip, room.height - strip);
        }
        left = left.saturating_sub(sum);
        rest = after;
    }
    tiles
}

/// How many of the weights stand in the next row.
fn row_length(weights: &[u64], left: u128, room: Tile) -> usize {
    let side = u128::from(room.width.min(room.height));
    let area = u128::from(room.width) * u128::from(room.height);
    // In square units of the drawing, so that nothing grows out of 128 bits.
    let area_of = |weight: u128| weight.saturating_mul(area) / left.max(1);
    let (mut sum, mut least, mut most) = (0_u128, u128::MAX, 0_u128);
    let mut before = u128::MAX;
    for (at, weight) in weights.iter().enumerate() {
        let own = area_of(u128::from(*weight)).max(1);
        (sum, least, most) = (sum + own, least.min(own), most.max(own));
        let now = longest(side, sum, least, most);
        if now > before {
            return at;
        }
        before = now;
    }
    weights.len()
}

/// The worst ratio of the sides of the tiles in a row, in thousandths.
fn longest(side: u128, sum: u128, least: u128, most: u128) -> u128 {
    let (side, sum) = ((side * side).max(1), (sum.saturating_mul(sum)).max(1));
    let flat = side.saturating_mul(most).saturating_mul(1000) / sum;
    let tall = sum.saturating_mul(1000) / side.saturating_mul(least).max(1);
    flat.max(tall)
}

/// Places a row along the shorter side; returns how much of the longer one it takes.
fn place_row(row: &[u64], sum: u128, left: u128, room: Tile, tiles: &mut Vec<Tile>) -> u64 {
    let lies = room.width < room.height;
    let (side, other) = if lies { (room.width, room.height) } else { (room.height, room.width) };
    let strip = part_of(other, sum, left);
    let (mut before, mut start) = (0_u128, 0);
    for weight in row {
        before += u128::from(*weight);
        let end = part_of(side, before, sum);
        let length = end - start;
        tiles.push(if lies {
            Tile { x: room.x + start, y: room.y, width: length, height: strip }
        } else {
            Tile { x: room.x, y: room.y + start, width: strip, height: length }
        });
        start = end;
    }
    strip
}

/// `length * part / whole`, rounded and never more than `length`.
fn part_of(length: u64, part: u128, whole: u128) -> u64 {
    if whole == 0 {
        return 0;
    }
    let scaled = (u128::from(length).saturating_mul(part) + whole / 2) / whole;
    u64::try_from(scaled).unwrap_or(length).min(length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const WIDTH: u64 = 10_000;
    const HEIGHT: u64 = 6_000;

    #[test]
    fn the_example_of_the_paper_is_laid_out_as_there() {
        let tiles = lay_out(&[6, 6, 4, 3, 2, 2, 1], 6_000, 4_000);
        let places: Vec<[u64; 4]> =
            tiles.iter().map(|it| [it.x, it.y, it.width, it.height]).collect();
        let wanted = [
            [0, 0, 3_000, 2_000],
            [0, 2_000, 3_000, 2_000],
            [3_000, 0, 1_714, 2_333],
            [4_714, 0, 1_286, 2_333],
            [3_000, 2_333, 1_200, 1_667],
            [4_200, 2_333, 1_200, 1_667],
            [5_400, 2_333, 600, 1_667],
        ];
        assert_eq!(places, wanted);
    }

    #[test]
    fn nothing_has_no_tile_and_weightless_things_no_area() {
        assert_eq!(lay_out(&[], WIDTH, HEIGHT), []);
        let tiles = lay_out(&[0, 0], WIDTH, HEIGHT);
        assert!(tiles.iter().all(|tile| tile.width * tile.height == 0), "{tiles:?}");
    }

    proptest! {
        #[test]
        fn tiles_fill_the_room_in_proportion(
            weights in proptest::collection::vec(0..=u64::MAX / 200, 1..160)
        ) {
            let tiles = lay_out(&weights, WIDTH, HEIGHT);
            prop_assert_eq!(tiles.len(), weights.len());
            let whole: u128 = weights.iter().map(|weight| u128::from(*weight)).sum();
            let mut area = 0;
            for (tile, weight) in tiles.iter().zip(&weights) {
                prop_assert!(tile.x + tile.width <= WIDTH && tile.y + tile.height <= HEIGHT);
                area += tile.width * tile.height;
                let wanted = u128::from(*weight) * u128::from(WIDTH * HEIGHT) / whole.max(1);
                let found = u128::from(tile.width * tile.height);
                // Each side is rounded to a unit.
                let slack = u128::from(tile.width + tile.height + 2) * 3;
                prop_assert!(found.abs_diff(wanted) <= slack, "{found} is not {wanted}");
            }
            if whole > 0 {
                prop_assert_eq!(area, WIDTH * HEIGHT);
            }
        }
    }
}
