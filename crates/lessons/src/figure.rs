//! A number in the prose of a lesson, which the analyzer gives and a test holds.

use crate::measure::Measure;

/// What the target of a link begins with that is a figure: `[1.37 GB](<figure:start image>)`.
pub(crate) const SCHEME: &str = "figure:";

/// Which text is measured, and what of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Which text.
    pub side: Side,
    /// What of it.
    pub measure: Measure,
}

/// A text of a lesson.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// The one to start from.
    Start,
    /// The solution.
    Solution,
    /// The text of a hint, by its number from 1.
    Hint(usize),
}

impl Figure {
    /// Reads what a link leads to; `None` where it is no figure.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let (side, measure) = address.strip_prefix(SCHEME)?.trim().split_once(' ')?;
        let side = match side {
            "start" => Side::Start,
            "solution" => Side::Solution,
            other => Side::Hint(other.strip_prefix("hint-")?.parse().ok()?),
        };
        Some(Self { side, measure: Measure::parse(measure).ok()? })
    }
}
