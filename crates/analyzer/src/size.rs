//! Sizes with their honesty: a range, how it is known, and a sentence saying from what.

use std::fmt;
use std::iter::Sum;
use std::ops::Add;
use std::rc::Rc;

/// A number of bytes. Never a float and never `usize`, which is 32 bits in the browser.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Bytes(pub u64);

impl Add for Bytes {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sum for Bytes {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self(0), Add::add)
    }
}

impl fmt::Display for Bytes {
    /// Decimal units with three digits, as registries and `docker images` print sizes. Sums stop at
    /// the largest number, and say so.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 == u64::MAX {
            return formatter.write_str("over 18.4 EB");
        }
        const UNITS: [&str; 7] = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];
        let (mut unit, mut divisor) = (0, 1_u64);
        // Rounded to three digits 999.5 would read 1000, so the next unit takes it.
        while unit < UNITS.len() - 1 && self.0 / divisor >= 1000
            || unit > 0 && unit < UNITS.len() - 1 && (self.0 + divisor / 2) / divisor >= 1000
        {
            divisor *= 1000;
            unit += 1;
        }
        if unit == 0 {
            return write!(formatter, "{} B", self.0);
        }
        let scaled = |digits: u64| {
            let step = (divisor / digits).max(1);
            u128::from(self.0).saturating_add(u128::from(step / 2)) / u128::from(step)
        };
        let name = UNITS[unit];
        match (scaled(100), scaled(10), scaled(1)) {
            (hundredths, _, _) if hundredths < 1000 => {
                write!(formatter, "{}.{:02} {name}", hundredths / 100, hundredths % 100)
            }
            (_, tenths, _) if tenths < 1000 => {
                write!(formatter, "{}.{} {name}", tenths / 10, tenths % 10)
            }
            (_, _, whole) => write!(formatter, "{whole} {name}"),
        }
    }
}

/// A number of files: `1 file`, `21,630 files`.
#[must_use]
pub fn describe_files(files: u64) -> String {
    let digits = files.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped} {}", if files == 1 { "file" } else { "files" })
}

/// How a size is known, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Evidence {
    /// Counted: published by the registry, typed by the person, or given by arithmetic.
    Exact,
    /// Seen on a real image or build of the same kind.
    Measured,
    /// Computed by a model from measured facts.
    Modelled,
    /// A stated typical value.
    Assumed,
    /// Not known; only a lower bound may be.
    Unknown,
}

impl Evidence {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Measured => "measured",
            Self::Modelled => "modelled",
            Self::Assumed => "assumed",
            Self::Unknown => "unknown",
        }
    }
}

/// A size as a range with evidence. `low ≤ likely ≤ high`; an unknown size has no `likely` and
/// no `high`, and its `low` is only what is certain to be there.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SizeEstimate {
    low: Bytes,
    likely_and_high: Option<(Bytes, Bytes)>,
    evidence: Evidence,
    /// Shared, since most estimates are copies of others.
    why: Rc<str>,
}

impl Default for SizeEstimate {
    /// Nothing weighs nothing.
    fn default() -> Self {
        Self::exact(0, "There is nothing to weigh.")
    }
}

impl SizeEstimate {
    /// A size that is known to the byte.
    #[must_use]
    pub fn exact(bytes: u64, why: impl Into<Rc<str>>) -> Self {
        Self::range([bytes; 3], Evidence::Exact, why)
    }

    /// A range `[low, likely, high]`; the three are put in order, `Unknown` evidence keeps only
    /// the lower bound.
    #[must_use]
    pub fn range(range: [u64; 3], evidence: Evidence, why: impl Into<Rc<str>>) -> Self {
        let [one, two, three] = range;
        let median = one.min(two).max(one.max(two).min(three));
        let [low, likely, high] =
            [one.min(two).min(three), median, one.max(two).max(three)].map(Bytes);
        let likely_and_high = (evidence != Evidence::Unknown).then_some((likely, high));
        Self { low, likely_and_high, evidence, why: why.into() }
    }

    /// A likely size with `percent` per cent to either side.
    #[must_use]
    pub fn within(likely: u64, percent: u64, evidence: Evidence, why: impl Into<Rc<str>>) -> Self {
        let spread = u64::try_from(u128::from(likely) * u128::from(percent.min(100)) / 100)
            .unwrap_or(likely);
        let range = [likely - spread, likely, likely.saturating_add(spread)];
        Self::range(range, evidence, why)
    }

    /// A size nobody knows; `why` says what would tell.
    #[must_use]
    pub fn unknown(why: impl Into<Rc<str>>) -> Self {
        Self::at_least(0, why)
    }

    /// A size of which only a lower bound is known.
    #[must_use]
    pub fn at_least(low: u64, why: impl Into<Rc<str>>) -> Self {
        Self::range([low; 3], Evidence::Unknown, why)
    }

    /// The least it can be.
    #[must_use]
    pub fn low(&self) -> Bytes {
        self.low
    }

    /// The most probable size; `None` when unknown.
    #[must_use]
    pub fn likely(&self) -> Option<Bytes> {
        self.likely_and_high.map(|(likely, _)| likely)
    }

    /// The most it can be; `None` when unknown.
    #[must_use]
    pub fn high(&self) -> Option<Bytes> {
        self.likely_and_high.map(|(_, high)| high)
    }

    /// The likely size, or what is certain of it where nobody knows more: to compare and to sort by.
    #[must_use]
    pub fn best_known(&self) -> Bytes {
        self.likely().unwrap_or(self.low)
    }

    /// How it is known.
    #[must_use]
    pub fn evidence(&self) -> Evidence {
        self.evidence
    }

    /// One sentence saying from what it is known.
    #[must_use]
    pub fn why(&self) -> &str {
        &self.why
    }

    /// Sums parts. An unknown part makes the sum unknown with a lower bound; otherwise the
    /// evidence is the weakest among parts whose bytes or spread are at least a twentieth of the sum.
    #[must_use]
    pub fn sum<'a>(parts: impl IntoIterator<Item = &'a Self>, why: impl Into<Rc<str>>) -> Self {
        let parts: Vec<&Self> = parts.into_iter().collect();
        let low: Bytes = parts.iter().map(|part| part.low).sum();
        if parts.iter().any(|part| part.likely_and_high.is_none()) {
            return Self::at_least(low.0, why);
        }
        let likely: Bytes = parts.iter().filter_map(|part| part.likely()).sum();
        let high: Bytes = parts.iter().filter_map(|part| part.high()).sum();
        // A part also weighs by how wide it is.
        let weighs = |part: &&&Self| {
            let spread = part.high().map_or(0, |high| high.0.saturating_sub(part.low.0));
            part.likely().is_some_and(|own| own.0.max(spread) >= likely.0 / 20)
        };
        let weakest = parts.iter().filter(weighs).map(|part| part.evidence).max();
        let evidence = match weakest.unwrap_or(Evidence::Exact) {
            // What has a range is not exact, however little makes it one.
            Evidence::Exact if low != high => parts
                .iter()
                .map(|part| part.evidence)
                .filter(|evidence| *evidence != Evidence::Exact)
                .min()
                .unwrap_or(Evidence::Modelled),
            evidence => evidence,
        };
        Self::range([low.0, likely.0, high.0], evidence, why)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_read_as_docker_prints_them() {
        let shown: Vec<String> = [0, 999, 1000, 143_400_000, 999_950, 12_345_678]
            .map(|bytes| Bytes(bytes).to_string())
            .into();
        let wanted = ["0 B", "999 B", "1.00 kB", "143 MB", "1.00 MB", "12.3 MB"];
        assert_eq!(shown, wanted);
        let most = [u64::MAX - 1, u64::MAX].map(|bytes| Bytes(bytes).to_string());
        assert_eq!(most, ["18.4 EB", "over 18.4 EB"], "a sum that stopped says so");
    }

    #[test]
    fn a_sum_is_as_weak_as_its_weakest_large_part() {
        let base = SizeEstimate::within(100_000_000, 10, Evidence::Measured, "base");
        let small = SizeEstimate::within(1_000, 90, Evidence::Assumed, "small");
        let large = SizeEstimate::within(50_000_000, 50, Evidence::Assumed, "large");
        assert_eq!(SizeEstimate::sum([&base, &small], "").evidence(), Evidence::Measured);
        assert_eq!(SizeEstimate::sum([&base, &large], "").evidence(), Evidence::Assumed);
    }

    #[test]
    fn an_unknown_part_leaves_a_lower_bound_and_never_a_zero() {
        let base = SizeEstimate::exact(7_000_000, "base");
        let sum = SizeEstimate::sum([&base, &SizeEstimate::unknown("?")], "image");
        assert_eq!((sum.low(), sum.likely(), sum.high()), (Bytes(7_000_000), None, None));
        assert_eq!(sum.evidence(), Evidence::Unknown);
    }
}
