//! The steps of a slider over sizes: round numbers, twenty-four to each power of ten, so that each
//! step is about a tenth more than the one before, and the two ends as they are.

use layerwise_analyzer::size::SizeEstimate;

/// A hundredfold of the round numbers up to ten: the values that resistors are made in (IEC 60063,
/// series E24).
const ROUND: [u64; 24] = [
    100, 110, 120, 130, 150, 160, 180, 200, 220, 240, 270, 300, 330, 360, 390, 430, 470, 510, 560,
    620, 680, 750, 820, 910,
];
/// The most that a slider offers where nobody knows the most.
const MOST: u64 = 10_000_000_000;
/// What begins at nothing has its second step at such a part of its end.
const SMALLEST_PART: u64 = 100_000;

/// Sizes in rising order, at least one.
pub(super) struct Steps(Vec<u64>);

impl Steps {
    /// The steps from the low to the high end of a size.
    pub(super) fn of(size: &SizeEstimate) -> Self {
        let low = size.low().0;
        let high = size.high().map_or(MOST, |high| high.0).max(low);
        let least = low.max(high / SMALLEST_PART);
        let mut steps = vec![low];
        let mut power: u64 = 1;
        while power <= high {
            let round = ROUND.iter().map(|round| round.saturating_mul(power) / 100);
            steps.extend(round.filter(|bytes| least < *bytes && *bytes < high));
            power = power.saturating_mul(10);
            if power == u64::MAX {
                break;
            }
        }
        steps.push(high);
        steps.dedup();
        Self(steps)
    }

    /// The number of the last step.
    pub(super) fn last(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    /// The bytes at a step.
    pub(super) fn get(&self, step: usize) -> Option<u64> {
        self.0.get(step).copied()
    }

    /// The step nearest to a size; the nearer end for one outside.
    pub(super) fn nearest(&self, bytes: u64) -> usize {
        let above = self.0.partition_point(|step| *step < bytes).min(self.last());
        let below = above.saturating_sub(1);
        match (self.get(below), self.get(above)) {
            (Some(one), Some(other)) if bytes.abs_diff(one) < bytes.abs_diff(other) => below,
            _ => above,
        }
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::size::Evidence;

    use super::*;

    fn of(range: [u64; 3]) -> Steps {
        Steps::of(&SizeEstimate::range(range, Evidence::Assumed, ""))
    }

    #[test]
    fn steps_are_round_numbers_between_the_ends() {
        assert_eq!(of([60_100_000; 3]).0, [60_100_000]);
        let steps = of([60_100_000, 70_000_000, 112_000_000]).0;
        let wanted = [60_100_000, 62_000_000, 68_000_000, 75_000_000, 82_000_000, 91_000_000];
        assert_eq!(steps[..6], wanted);
        assert_eq!(steps[6..], [100_000_000, 110_000_000, 112_000_000]);
    }

    #[test]
    fn a_range_from_nothing_has_few_enough_steps() {
        let steps = of([0, 1_000_000, 50_000_000]);
        assert_eq!((steps.get(0), steps.get(1)), (Some(0), Some(510)));
        assert!(steps.last() < 130, "{} steps", steps.last());
    }

    #[test]
    fn every_range_has_rising_steps_and_finds_its_ends() {
        for range in [[0; 3], [1, 2, 3], [0, 5, u64::MAX], [u64::MAX; 3], [7, 7, 8]] {
            let steps = of(range);
            assert!(steps.0.windows(2).all(|two| two[0] < two[1]), "{range:?}: {:?}", steps.0);
            let [low, _, high] = range;
            assert_eq!((steps.nearest(low), steps.nearest(high)), (0, steps.last()), "{range:?}");
        }
        assert_eq!(Steps::of(&SizeEstimate::unknown("")).get(0), Some(0));
    }

    #[test]
    fn a_size_between_two_steps_goes_to_the_nearer() {
        let steps = of([10_000, 10_000, 20_000]);
        let nearest = |bytes| steps.get(steps.nearest(bytes));
        assert_eq!([nearest(10_400), nearest(10_700)], [Some(10_000), Some(11_000)]);
        assert_eq!([nearest(1), nearest(1_000_000)], [Some(10_000), Some(20_000)]);
    }
}
