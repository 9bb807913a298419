//! Byte offsets of the analyzer as UTF-16 offsets of the editor: the one place that converts. The
//! editor shows and counts `\r\n` as one line end of one unit, wherever the text has it.

use layerwise_analyzer::text::Span;
use serde::Serialize;

/// Bytes between two remembered offsets, so that one conversion looks at few characters however
/// long the text or its lines are.
const STRIDE: usize = 512;

/// A half-open range of UTF-16 code units, which browsers count texts in, as the editor shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Utf16Range {
    /// Offset of the first code unit.
    pub from: u32,
    /// Offset just past the last one.
    pub to: u32,
}

/// Converts offsets of one text without counting it from the start each time.
#[derive(Clone, Debug)]
pub struct Utf16Index<'text> {
    text: &'text str,
    /// Byte offset and UTF-16 offset of the first character in each stride.
    marks: Vec<(usize, u32)>,
}

impl<'text> Utf16Index<'text> {
    /// Counts `text` once.
    #[must_use]
    pub fn new(text: &'text str) -> Self {
        let mut marks = vec![(0, 0)];
        let mut units = 0;
        for (at, character) in text.char_indices() {
            if at >= marks.len() * STRIDE {
                marks.push((at, units));
            }
            units += width(text, at, character);
        }
        Self { text, marks }
    }

    /// UTF-16 offset of a byte offset. Inside a character or `\r\n` it is its start's; past the end
    /// it is the end's.
    #[must_use]
    pub fn offset(&self, byte: usize) -> u32 {
        let after = self.marks.partition_point(|(start, _)| *start <= byte);
        let (start, units) = self.marks.get(after.saturating_sub(1)).copied().unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        units
            + rest
                .char_indices()
                .take_while(|(at, character)| start + at + character.len_utf8() <= byte)
                .map(|(at, character)| width(rest, at, character))
                .sum::<u32>()
    }

    /// UTF-16 range of a span.
    #[must_use]
    pub fn range(&self, span: Span) -> Utf16Range {
        Utf16Range { from: self.offset(span.start), to: self.offset(span.end) }
    }
}

/// Code units of the character that starts at byte `at` of `text`: two outside the basic plane,
/// none for a `\r` that is part of a line end.
fn width(text: &str, at: usize, character: char) -> u32 {
    match character {
        '\r' if text.as_bytes().get(at + 1) == Some(&b'\n') => 0,
        '\u{10000}'.. => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_code_units() {
        let index = Utf16Index::new("a é→🐳z");
        let cases = [
            (0, 0, "start"),
            (2, 2, "é"),
            (3, 2, "inside é"),
            (4, 3, "→"),
            (7, 4, "🐳, which is two units"),
            (9, 4, "inside 🐳"),
            (11, 6, "z"),
            (12, 7, "end"),
            (99, 7, "past the end"),
        ];
        for (byte, units, place) in cases {
            assert_eq!(index.offset(byte), units, "{place}");
        }
        assert_eq!(index.range(Span::new(7, 11)), Utf16Range { from: 4, to: 6 });
    }

    #[test]
    fn a_line_end_of_two_bytes_is_one_unit() {
        let index = Utf16Index::new("a\r\nb\rc\r\r\n🐳");
        let cases = [
            (1, 1, "line end"),
            (2, 1, "inside it"),
            (3, 2, "b"),
            (5, 4, "c, after a \\r that ends no line"),
            (6, 5, "a \\r before a line end"),
            (7, 6, "that line end"),
            (9, 7, "🐳"),
            (13, 9, "end"),
        ];
        for (byte, units, place) in cases {
            assert_eq!(index.offset(byte), units, "{place}");
        }
    }

    #[test]
    fn every_offset_of_a_long_text_agrees_with_counting_from_the_start() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("FROM 🐳 # é{end}").repeat(200) + &"→".repeat(2000);
            let index = Utf16Index::new(&text);
            let counted = |byte: usize| text[..byte].replace("\r\n", "\n").encode_utf16().count();
            for (byte, _) in text.char_indices().filter(|(_, it)| *it != '\n') {
                assert_eq!(index.offset(byte) as usize, counted(byte), "at byte {byte} of {end:?}");
            }
            assert_eq!(index.offset(text.len()) as usize, counted(text.len()));
        }
    }

    #[test]
    fn an_empty_text_has_one_offset() {
        let index = Utf16Index::new("");
        assert_eq!((index.offset(0), index.offset(5)), (0, 0));
    }
}
