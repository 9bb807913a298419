//! Versions as far as they tell which measured row answers for another version.

use std::cmp::Ordering;

/// How well a measured row answers for the version that is asked for, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// The very version.
    Exact,
    /// The same major version.
    SameMajor,
    /// No version was asked for: the newest that was measured.
    Newest,
    /// Another major version.
    Other,
}

impl Fit {
    /// How a measured version fits a wanted one, which may be cut short (`4`, `4.17`).
    #[must_use]
    pub fn between(measured: &str, wanted: &str) -> Self {
        let wanted = wanted.trim_start_matches(['v', '=', ' ']);
        match major(measured) == major(wanted) {
            _ if measured == wanted => Self::Exact,
            true => Self::SameMajor,
            false => Self::Other,
        }
    }

    /// `[low, likely, high]` of a size that was measured as `bytes`. Assumed: a fifth more or less
    /// within a major version, half to double across majors.
    pub(super) fn range(self, bytes: u64) -> [u64; 3] {
        let hundredths = |parts: u64| {
            u64::try_from(u128::from(bytes) * u128::from(parts) / 100).unwrap_or(u64::MAX)
        };
        match self {
            Self::Exact => [hundredths(98), bytes, hundredths(102)],
            Self::SameMajor | Self::Newest => [hundredths(83), bytes, hundredths(120)],
            Self::Other => [hundredths(50), bytes, hundredths(200)],
        }
    }

    pub(super) fn says(self) -> &'static str {
        match self {
            Self::Exact => "",
            Self::SameMajor => "; another version of the same major one is asked for",
            Self::Newest => "; no version is asked for",
            Self::Other => "; another major version is asked for",
        }
    }
}

/// The first number of a version; 0 without one.
#[must_use]
pub fn major(version: &str) -> u64 {
    numbers(version).next().unwrap_or_default()
}

fn numbers(version: &str) -> impl Iterator<Item = u64> + '_ {
    let release = version.split(['-', '+']).next().unwrap_or_default();
    release.split('.').map(|part| {
        let end = part.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(part.len());
        part.get(..end).and_then(|digits| digits.parse().ok()).unwrap_or_default()
    })
}

/// The order of releases: by numbers, a pre-release (`2.0.0-rc.1`) before its release.
#[must_use]
pub fn compare(one: &str, other: &str) -> Ordering {
    numbers(one)
        .cmp(numbers(other))
        .then_with(|| other.contains('-').cmp(&one.contains('-')))
        .then_with(|| one.cmp(other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_ordered_by_number() {
        for (one, other) in [
            ("1.9.0", "1.10.0"),
            ("2.0.0-rc.1", "2.0.0"),
            ("0.9", "1"),
            ("2026.1", "2026.10.19.post1"),
        ] {
            assert_eq!(compare(one, other), Ordering::Less, "{one} is older than {other}");
        }
    }

    #[test]
    fn a_row_answers_for_its_major_version() {
        assert_eq!(Fit::between("4.21.2", "4.21.2"), Fit::Exact);
        assert_eq!(Fit::between("4.21.2", "v4"), Fit::SameMajor);
        assert_eq!(Fit::between("5.1.0", "4.21.2"), Fit::Other);
        assert_eq!(Fit::between("5.1.0", "latest"), Fit::Other);
    }
}
