//! Words of drawings and the room they take.

use crate::size::{Bytes, Evidence, SizeEstimate};

/// Width of a character of the fixed-width letters at 13 pixels, rounded up.
pub(super) const CHARACTER: i32 = 8;
/// The same at 11 pixels, for labels and badges.
pub(super) const SMALL_CHARACTER: i32 = 7;
/// About the width of a character of the title, which is set in the reader's own letters.
pub(super) const TITLE_CHARACTER: i32 = 9;
/// Characters from here on may be twice as wide: those of China, Japan and Korea, and pictures.
const WIDE: u32 = 0x2E80;

/// Pixels a text takes.
pub(super) fn width_of(text: &str, character: i32) -> i32 {
    text.chars().fold(0, |width: i32, it| width.saturating_add(advance(it, character)))
}

fn advance(character: char, width: i32) -> i32 {
    if u32::from(character) < WIDE { width } else { 2 * width }
}

/// The first line of a text, in at most `room` pixels.
pub(super) fn fit(text: &str, room: i32, character: i32) -> String {
    let mut lines = text.trim().lines();
    let first = lines.next().unwrap_or_default();
    let is_whole = lines.next().is_none() && width_of(first, character) <= room;
    if is_whole {
        return first.to_owned();
    }
    let mut left = room - character;
    let fits = |it: &char| {
        left -= advance(*it, character);
        left >= 0
    };
    let kept: String = first.chars().take_while(fits).collect();
    format!("{}…", kept.trim_end())
}

/// At most `limit` characters of a text. The middle is left out, because both ends of an image
/// reference say more than its registry's path does.
pub(super) fn shorten(text: &str, limit: usize) -> String {
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

/// A size in few characters: `1.13 GB`, `≈ 1.13 GB`, `0 B–600 MB` where it is likely nothing and
/// may be much, `at least 1.13 GB`, `size unknown`.
pub(super) fn size_words(size: &SizeEstimate) -> String {
    match (size.likely(), size.high(), size.evidence()) {
        (Some(Bytes(0)), Some(high), _) if high > Bytes(0) => format!("{}–{high}", size.low()),
        (Some(likely), _, Evidence::Exact) => likely.to_string(),
        (Some(likely), ..) => format!("≈ {likely}"),
        (None, ..) if size.low() > Bytes(0) => format!("at least {}", size.low()),
        (None, ..) => "size unknown".to_owned(),
    }
}

/// `1 step`, `3 steps`.
pub(super) fn count(number: usize, singular: &str, plural: &str) -> String {
    if number == 1 { format!("1 {singular}") } else { format!("{number} {plural}") }
}

/// `line 12`, `lines 5 and 7`, `lines 5, 7 and 9`.
pub(super) fn lines(lines: &[u32]) -> String {
    match lines {
        [] => String::new(),
        [line] => format!("line {line}"),
        [first @ .., last] => {
            let first: Vec<String> = first.iter().map(u32::to_string).collect();
            format!("lines {} and {last}", first.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_fits_its_room_or_says_that_there_is_more() {
        assert_eq!(fit("COPY . .", 64, 8), "COPY . .");
        assert_eq!(fit("RUN npm ci", 64, 8), "RUN npm…");
        assert_eq!(fit("RUN <<EOF\nset -e\nEOF", 900, 8), "RUN <<EOF…");
        assert_eq!(fit("漢字漢字", 48, 8), "漢字…");
        assert_eq!(fit("long", 0, 8), "…");
    }

    #[test]
    fn a_long_name_keeps_both_ends() {
        assert_eq!(shorten("node:22", 7), "node:22");
        assert_eq!(shorten("mcr.microsoft.com/dotnet/aspnet:9.0", 15), "mcr.mic…net:9.0");
        assert_eq!(shorten("abc", 0), "…");
    }

    #[test]
    fn a_size_says_how_sure_it_is() {
        let measured = |range| SizeEstimate::range(range, Evidence::Measured, "");
        assert_eq!(size_words(&SizeEstimate::exact(5, "")), "5 B");
        assert_eq!(size_words(&measured([1_000_000, 2_000_000, 3_000_000])), "≈ 2.00 MB");
        assert_eq!(size_words(&measured([0, 0, 600_000_000])), "0 B–600 MB");
        assert_eq!(size_words(&SizeEstimate::at_least(7_700_000, "")), "at least 7.70 MB");
        assert_eq!(size_words(&SizeEstimate::unknown("")), "size unknown");
    }
}
