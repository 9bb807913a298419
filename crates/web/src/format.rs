//! Sizes, ranges and words as people read them.

mod number;
mod parse;
mod share;
mod time;
mod waste;

use layerwise_analyzer::order;
use layerwise_analyzer::size::{Bytes, Evidence, SizeEstimate};

pub use number::{files, number, sorted};
pub use parse::{SizeTextError, parse_bytes, parse_bytes_or_nothing};
pub use share::{bar_length, thousandths};
pub use time::{TIME_HINT, parse_time};
pub use waste::{and_more, waste_words};

/// What is written where a size is not modelled yet.
pub const NOT_ESTIMATED: &str = "not estimated yet";

/// The size in a few words: `1.13 GB` when exact, `≈ 1.13 GB` when estimated, `at least 1.13 GB`
/// when only a lower bound is known, and `size unknown` when nothing is. What is likely nothing but
/// may be much is told by both its ends, `0 B–600 MB`: `≈ 0 B` would read as free.
#[must_use]
pub fn size(estimate: &SizeEstimate) -> String {
    if let (Some(Bytes(0)), Some(ends)) = (estimate.likely(), both_ends(estimate)) {
        return ends;
    }
    match (estimate.likely(), estimate.evidence()) {
        (Some(likely), Evidence::Exact) => likely.to_string(),
        (Some(likely), _) => format!("≈ {likely}"),
        (None, _) if estimate.low() > Bytes(0) => format!("at least {}", estimate.low()),
        (None, _) => "size unknown".to_owned(),
    }
}

/// The same in at most nine characters, for the margin of the text: a bound has a sign for a word.
#[must_use]
pub fn short_size(estimate: &SizeEstimate) -> String {
    match (estimate.likely(), estimate.high()) {
        (Some(Bytes(0)), Some(high)) if high > Bytes(0) => format!("≤ {high}"),
        (None, _) if estimate.low() > Bytes(0) => format!("≥ {}", estimate.low()),
        (None, _) => "unknown".to_owned(),
        _ => size(estimate),
    }
}

/// The range beside a [`size`], as `1.05–1.20 GB`; `None` when both ends read the same, when one is
/// unknown, or when the size says both.
#[must_use]
pub fn range(estimate: &SizeEstimate) -> Option<String> {
    both_ends(estimate).filter(|_| estimate.likely() != Some(Bytes(0)))
}

/// `1.05–1.20 GB`; `None` when both ends read the same or one is unknown.
fn both_ends(estimate: &SizeEstimate) -> Option<String> {
    let low = estimate.low().to_string();
    let high = estimate.high()?.to_string();
    if low == high {
        return None;
    }
    match (low.rsplit_once(' '), high.rsplit_once(' ')) {
        (Some((number, low_unit)), Some((_, high_unit))) if low_unit == high_unit => {
            Some(format!("{number}–{high}"))
        }
        _ => Some(format!("{low}–{high}")),
    }
}

/// Size and range in one phrase: `≈ 1.13 GB (1.05–1.20 GB)`.
#[must_use]
pub fn size_with_range(estimate: &SizeEstimate) -> String {
    match range(estimate) {
        Some(range) => format!("{} ({range})", size(estimate)),
        None => size(estimate),
    }
}

/// How a size is known, as a clause that can follow a number.
#[must_use]
pub fn evidence(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Exact => "exact",
        Evidence::Measured => "measured on a real image",
        Evidence::Modelled => "computed from measured facts",
        Evidence::Assumed => "assumed, a typical value",
        Evidence::Unknown => "not known",
    }
}

/// How a size is known and from what, as one sentence: `Measured on a real image: …`.
#[must_use]
pub fn evidence_sentence(estimate: &SizeEstimate) -> String {
    let only_low = estimate.likely().is_none() && estimate.low() > Bytes(0);
    let clause = if only_low { "a lower bound" } else { evidence(estimate.evidence()) };
    let mut characters = clause.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    let clause: String = first.into_iter().chain(characters).collect();
    match estimate.why().trim_end_matches('.') {
        "" => format!("{clause}."),
        why => format!("{clause}: {why}."),
    }
}

/// `part` of `whole` in whole per cent: `<1 %`, `37 %`; `None` for an empty whole.
#[must_use]
pub fn percent(part: u64, whole: u64) -> Option<String> {
    if whole == 0 {
        return None;
    }
    let rounded = (u128::from(part) * 100 + u128::from(whole) / 2) / u128::from(whole);
    Some(match rounded {
        0 if part > 0 => "<1 %".to_owned(),
        100 if part < whole => ">99 %".to_owned(),
        rounded => format!("{rounded} %"),
    })
}

/// `1 step`, `3 steps`.
#[must_use]
pub fn count(number: usize, singular: &str, plural: &str) -> String {
    if number == 1 { format!("1 {singular}") } else { format!("{number} {plural}") }
}

/// `line 12`, `lines 12 and 14`, `lines 12, 14 and 19`, each line once.
#[must_use]
pub fn lines(lines: &[u32]) -> String {
    let mut lines = lines.to_vec();
    order::sort(&mut lines);
    lines.dedup();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("line {line}"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(u32::to_string).collect();
            format!("lines {} and {last}", first.join(", "))
        }
    }
}

/// An instruction on one line, however its writer broke it.
#[must_use]
pub fn one_line(instruction: &str) -> String {
    instruction.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `text` in at most `limit` characters. The middle is left out, because both ends of an image
/// reference say more than its registry path does.
#[must_use]
pub fn shorten(text: &str, limit: usize) -> String {
    let length = text.chars().count();
    if length <= limit {
        return text.to_owned();
    }
    let kept = limit.saturating_sub(1);
    let tail = kept / 2;
    let head: String = text.chars().take(kept - tail).collect();
    let tail: String = text.chars().skip(length - tail).collect();
    format!("{head}…{tail}")
}

/// An assumed project in words, by its title in a report.
#[must_use]
pub fn project(title: &str) -> String {
    match title {
        "Unknown kind" => "a project of unknown kind".to_owned(),
        title => format!("a typical {title} project"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(range: [u64; 3]) -> SizeEstimate {
        SizeEstimate::range(range, Evidence::Measured, "")
    }

    #[test]
    fn a_size_says_how_sure_it_is() {
        let cases = [
            (SizeEstimate::exact(1_130_000_000, ""), "1.13 GB", None),
            (
                measured([1_050_000_000, 1_130_000_000, 1_200_000_000]),
                "≈ 1.13 GB",
                Some("1.05–1.20 GB"),
            ),
            (
                measured([950_000_000, 1_000_000_000, 1_050_000_000]),
                "≈ 1.00 GB",
                Some("950 MB–1.05 GB"),
            ),
            (measured([1_000_001, 1_000_002, 1_000_003]), "≈ 1.00 MB", None),
            (SizeEstimate::at_least(7_700_000, ""), "at least 7.70 MB", None),
            (SizeEstimate::unknown(""), "size unknown", None),
            (SizeEstimate::exact(0, ""), "0 B", None),
            (measured([0, 0, 600_000_000]), "0 B–600 MB", None),
        ];
        for (estimate, size_text, range_text) in cases {
            assert_eq!(size(&estimate), size_text, "{estimate:?}");
            assert_eq!(range(&estimate).as_deref(), range_text, "{estimate:?}");
        }
    }

    #[test]
    fn a_short_size_has_room_in_the_margin() {
        let cases = [
            (SizeEstimate::exact(60_000_000, ""), "60.0 MB"),
            (measured([50_000_000, 60_000_000, 70_000_000]), "≈ 60.0 MB"),
            (measured([0, 0, 60_000_000]), "≤ 60.0 MB"),
            (SizeEstimate::exact(0, ""), "0 B"),
            (SizeEstimate::at_least(60_000_000, ""), "≥ 60.0 MB"),
            (SizeEstimate::unknown(""), "unknown"),
        ];
        for (estimate, text) in cases {
            assert_eq!(short_size(&estimate), text, "{estimate:?}");
            assert!(short_size(&estimate).chars().count() <= 9, "{estimate:?}");
        }
    }

    #[test]
    fn size_with_range_leaves_out_a_range_that_says_nothing() {
        let spread = measured([90_000_000, 100_000_000, 120_000_000]);
        assert_eq!(size_with_range(&spread), "≈ 100 MB (90.0–120 MB)");
        assert_eq!(size_with_range(&SizeEstimate::exact(5, "")), "5 B");
    }

    #[test]
    fn evidence_is_one_sentence_with_one_full_stop() {
        let cases = [
            (SizeEstimate::exact(5, "Typed by you."), "Exact: Typed by you."),
            (measured([1, 2, 3]), "Measured on a real image."),
            (
                SizeEstimate::at_least(7, "Two layers are open"),
                "A lower bound: Two layers are open.",
            ),
            (SizeEstimate::unknown("Nobody told."), "Not known: Nobody told."),
        ];
        for (estimate, sentence) in cases {
            assert_eq!(evidence_sentence(&estimate), sentence, "{estimate:?}");
        }
    }

    #[test]
    fn percents_never_round_something_down_to_nothing_or_up_to_everything() {
        let cases = [
            (0, 10, Some("0 %")),
            (1, 1000, Some("<1 %")),
            (37, 100, Some("37 %")),
            (999, 1000, Some(">99 %")),
            (u64::MAX - 1, u64::MAX, Some(">99 %")),
            (10, 10, Some("100 %")),
        ];
        for (part, whole, text) in cases {
            assert_eq!(percent(part, whole).as_deref(), text, "{part} of {whole}");
        }
        assert_eq!(percent(u64::MAX, u64::MAX).as_deref(), Some("100 %"));
        assert_eq!(percent(1, 0), None, "a part of nothing has no percentage");
    }

    #[test]
    fn counts_and_lines_are_in_plain_english() {
        assert_eq!(count(1, "step", "steps"), "1 step");
        assert_eq!(count(0, "step", "steps"), "0 steps");
        assert_eq!(lines(&[]), "");
        assert_eq!(lines(&[12, 12]), "line 12");
        assert_eq!(lines(&[14, 12]), "lines 12 and 14");
        assert_eq!(lines(&[19, 12, 14]), "lines 12, 14 and 19");
    }

    #[test]
    fn shortening_keeps_both_ends_and_whole_characters() {
        assert_eq!(shorten("node:22", 7), "node:22");
        assert_eq!(shorten("mcr.microsoft.com/dotnet/aspnet:9.0", 15), "mcr.mic…net:9.0");
        assert_eq!(shorten("ééééé", 3), "é…é");
        assert_eq!(shorten("abc", 1), "…");
        assert_eq!(shorten("abc", 0), "…");
    }
}
