//! A size as a range, without words.

use std::iter::Sum;
use std::ops::Add;
use std::rc::Rc;

use crate::size::{Evidence, SizeEstimate};

/// Bytes: at least, likely, at most. `low ≤ likely ≤ high`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ByteRange {
    low: u64,
    likely: u64,
    high: u64,
}

impl ByteRange {
    /// Nothing at all.
    pub const NOTHING: Self = Self::exact(0);

    /// A size known to the byte.
    #[must_use]
    pub const fn exact(bytes: u64) -> Self {
        Self { low: bytes, likely: bytes, high: bytes }
    }

    /// A range `[low, likely, high]`; what is out of order is widened until it is not.
    #[must_use]
    pub fn new([low, likely, high]: [u64; 3]) -> Self {
        Self { low: low.min(likely), likely, high: high.max(likely) }
    }

    /// A likely size with `percent` per cent to either side.
    #[must_use]
    pub fn within(likely: u64, percent: u64) -> Self {
        let spread = scale(likely, percent.min(100), 100);
        Self::new([likely - spread, likely, likely.saturating_add(spread)])
    }

    /// The range of what is known in words too; what has no upper bound has its lower one.
    #[must_use]
    pub fn of(size: &SizeEstimate) -> Self {
        let low = size.low().0;
        let likely = size.likely().map_or(low, |likely| likely.0);
        Self::new([low, likely, size.high().map_or(likely, |high| high.0)])
    }

    /// The least it can be.
    #[must_use]
    pub fn low(self) -> u64 {
        self.low
    }

    /// The most probable size.
    #[must_use]
    pub fn likely(self) -> u64 {
        self.likely
    }

    /// The most it can be.
    #[must_use]
    pub fn high(self) -> u64 {
        self.high
    }

    /// `[low, likely, high]`.
    #[must_use]
    pub fn bounds(self) -> [u64; 3] {
        [self.low, self.likely, self.high]
    }

    /// The same in words: how it is known and from what.
    #[must_use]
    pub fn describe(self, evidence: Evidence, why: impl Into<Rc<str>>) -> SizeEstimate {
        SizeEstimate::range([self.low, self.likely, self.high], evidence, why)
    }

    /// `numerator / denominator` of each bound.
    #[must_use]
    pub fn share(self, numerator: u64, denominator: u64) -> Self {
        let part = |bytes| scale(bytes, numerator, denominator);
        Self { low: part(self.low), likely: part(self.likely), high: part(self.high) }
    }

    /// Between the share of the low bound and that of the high one; each share is in per cent.
    #[must_use]
    pub fn between_shares(self, [low, likely, high]: [u64; 3]) -> Self {
        Self::new([
            scale(self.low, low, 100),
            scale(self.likely, likely, 100),
            scale(self.high, high, 100),
        ])
    }

    /// The same with another lower bound, where that is lower.
    #[must_use]
    pub fn from(self, low: u64) -> Self {
        Self { low: low.min(self.low), ..self }
    }

    /// What it is when it may not happen at all.
    #[must_use]
    pub fn perhaps(self) -> Self {
        Self { low: 0, ..self }
    }

    /// What it is when it may be removed: likely still there, or likely gone.
    #[must_use]
    pub fn perhaps_gone(self, likely_gone: bool) -> Self {
        Self { low: 0, likely: if likely_gone { 0 } else { self.likely }, high: self.high }
    }
}

impl Add for ByteRange {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self {
            low: self.low.saturating_add(other.low),
            likely: self.likely.saturating_add(other.likely),
            high: self.high.saturating_add(other.high),
        }
    }
}

impl Sum for ByteRange {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        parts.fold(Self::NOTHING, Add::add)
    }
}

/// `bytes * numerator / denominator` without overflow.
fn scale(bytes: u64, numerator: u64, denominator: u64) -> u64 {
    let product = u128::from(bytes) * u128::from(numerator) / u128::from(denominator.max(1));
    u64::try_from(product).unwrap_or(u64::MAX)
}
