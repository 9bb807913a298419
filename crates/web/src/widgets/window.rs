//! Which rows of a very long list are in sight: only those exist on the page, and gaps stand for
//! the others. Pure.

use std::ops::Range;

use crate::bindings::scrolling::Sight;

/// Rows that are drawn beyond the sight on either side, so that scrolling seldom waits; the first
/// drawn row is a multiple of it, so that a scrolled pixel seldom draws anew.
const BEYOND: usize = 12;

/// A piece of the list, from the top.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Rows that are not drawn, as CSS pixels.
    Gap(u64),
    /// Rows that are drawn, by their numbers.
    Rows(Range<usize>),
}

/// Cuts a list of `count` rows into what is drawn and what is not. The row `kept` is drawn wherever
/// it is, because it can be reached by the Tab key.
#[must_use]
pub fn pieces(sight: Sight, count: usize, kept: usize) -> Vec<Piece> {
    let seen = rows_in_sight(sight, count);
    let kept = if kept < count && !seen.contains(&kept) { kept..kept + 1 } else { 0..0 };
    let ranges = if kept.start < seen.start { [kept, seen] } else { [seen, kept] };
    let (mut pieces, mut at) = (Vec::new(), 0);
    let gap = |rows: usize| Piece::Gap(u64::from(sight.row) * rows as u64);
    for range in ranges.into_iter().filter(|range| !range.is_empty()) {
        if range.start > at {
            pieces.push(gap(range.start - at));
        }
        at = range.end;
        pieces.push(Piece::Rows(range));
    }
    if at < count {
        pieces.push(gap(count - at));
    }
    pieces
}

fn rows_in_sight(sight: Sight, count: usize) -> Range<usize> {
    let row = sight.row.max(1);
    let first = (sight.top / row) as usize;
    let start = (first.saturating_sub(BEYOND) / BEYOND * BEYOND).min(count);
    let shown = sight.height.div_ceil(row) as usize + 3 * BEYOND;
    start..count.min(start + shown)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(top: u32, count: usize, kept: usize) -> Vec<Piece> {
        pieces(Sight { top, height: 320, row: 32 }, count, kept)
    }

    #[test]
    fn a_short_list_is_drawn_whole() {
        assert_eq!(cut(0, 3, 0), [Piece::Rows(0..3)]);
        assert_eq!(cut(0, 0, 0), []);
    }

    #[test]
    fn what_is_out_of_sight_is_a_gap_of_its_height() {
        let wanted = [
            Piece::Rows(0..1),
            Piece::Gap(983 * 32),
            Piece::Rows(984..1030),
            Piece::Gap((100_000 - 1030) * 32),
        ];
        assert_eq!(cut(1000 * 32, 100_000, 0), wanted, "the kept row stands above the sight");
        let wanted = [
            Piece::Rows(0..46),
            Piece::Gap((70_000 - 46) * 32),
            Piece::Rows(70_000..70_001),
            Piece::Gap(29_999 * 32),
        ];
        assert_eq!(cut(0, 100_000, 70_000), wanted, "the kept row stands below the sight");
    }

    #[test]
    fn every_scroll_position_draws_what_is_in_sight_and_loses_no_height() {
        for top in (0..200_000).step_by(37) {
            let pieces = cut(top, 5_000, 4_999);
            let height: u64 = pieces
                .iter()
                .map(|piece| match piece {
                    Piece::Gap(height) => *height,
                    Piece::Rows(rows) => rows.len() as u64 * 32,
                })
                .sum();
            assert_eq!(height, 5_000 * 32, "scrolled to {top}");
            let first = (top / 32) as usize;
            let seen = first.min(4_999)..(first + 10).min(5_000);
            let drawn = |row: usize| {
                pieces.iter().any(|piece| matches!(piece, Piece::Rows(rows) if rows.contains(&row)))
            };
            assert!(seen.clone().all(drawn), "scrolled to {top}, {seen:?} should be drawn");
        }
    }
}
