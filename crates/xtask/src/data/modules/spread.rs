//! How sums of sizes are spread: percentiles of the sum of some packages drawn at random.

/// How many packages are summed; the analyzer scales between these.
const COUNTS: [usize; 4] = [1, 4, 16, 64];
/// Sums drawn for each count; more move the percentiles by less than a fiftieth.
const DRAWS: usize = 5_000;

/// `1 10 50 90; 4 …`: for each count the 10th, 50th and 90th percentile of bytes.
pub(super) fn describe(sizes: Vec<u64>) -> String {
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let parts: Vec<String> = COUNTS
        .iter()
        .map(|count| {
            let mut sums = match count {
                1 => sizes.clone(),
                _ => (0..DRAWS).map(|_| random.sum(&sizes, *count)).collect(),
            };
            sums.sort_unstable();
            let percentile = |hundredths: usize| {
                let last = sums.len().saturating_sub(1);
                sums.get(last * hundredths / 100).copied().unwrap_or_default()
            };
            format!("{count} {} {} {}", percentile(10), percentile(50), percentile(90))
        })
        .collect();
    parts.join("; ")
}

/// Marsaglia's xorshift: the same numbers on every run, so that a table comes out the same.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn sum(&mut self, sizes: &[u64], count: usize) -> u64 {
        let length = u64::try_from(sizes.len()).unwrap_or(u64::MAX).max(1);
        let mut draw = || usize::try_from(self.next() % length).unwrap_or_default();
        (0..count).filter_map(|_| sizes.get(draw())).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_spread_less_than_their_parts() {
        let text = describe((1..=100).map(|size| size * 1_000).collect());
        let rows: Vec<Vec<u64>> = text
            .split("; ")
            .map(|row| row.split(' ').map(|number| number.parse().unwrap()).collect())
            .collect();
        assert_eq!(rows[0], [1, 10_000, 50_000, 90_000]);
        assert_eq!(rows.len(), 4);
        let [count, low, likely, high] = rows[3][..] else { panic!("{text}") };
        assert_eq!(count, 64);
        assert!((3_000_000..3_500_000).contains(&likely), "64 times 50,500: {text}");
        assert!(high < 2 * low, "{text}");
    }
}
