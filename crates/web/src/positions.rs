//! Byte offsets of the analyzer as UTF-16 offsets of the browser: the one place that converts.

use layerwise_analyzer::text::Span;
use serde::Serialize;

/// Bytes between two remembered offsets, so that one conversion looks at few characters however
/// long the text or its lines are.
const STRIDE: usize = 512;

/// A half-open range of UTF-16 code units, which browsers count texts in.
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
            units += width(character);
        }
        Self { text, marks }
    }

    /// UTF-16 offset of a byte offset. Inside a character it is that character's; past the end it
    /// is the end's.
    #[must_use]
    pub fn offset(&self, byte: usize) -> u32 {
        let after = self.marks.partition_point(|(start, _)| *start <= byte);
        let (start, units) = self.marks.get(after.saturating_sub(1)).copied().unwrap_or_default();
        let rest = self.text.get(start..).unwrap_or_default();
        units
            + rest
                .char_indices()
                .take_while(|(at, character)| start + at + character.len_utf8() <= byte)
                .map(|(_, character)| width(character))
                .sum::<u32>()
    }

    /// UTF-16 range of a span.
    #[must_use]
    pub fn range(&self, span: Span) -> Utf16Range {
        Utf16Range { from: self.offset(span.start), to: self.offset(span.end) }
    }
}

/// Code units of one character: two outside the basic plane.
fn width(character: char) -> u32 {
    if u32::from(character) > 0xFFFF { 2 } else { 1 }
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
    fn every_offset_of_a_long_text_agrees_with_counting_from_the_start() {
        let text = "FROM 🐳 # é\n".repeat(200) + &"→".repeat(2000);
        let index = Utf16Index::new(&text);
        for (byte, _) in text.char_indices() {
            let counted = text[..byte].encode_utf16().count();
            assert_eq!(index.offset(byte) as usize, counted, "at byte {byte}");
        }
        assert_eq!(index.offset(text.len()) as usize, text.encode_utf16().count());
    }

    #[test]
    fn an_empty_text_has_one_offset() {
        let index = Utf16Index::new("");
        assert_eq!((index.offset(0), index.offset(5)), (0, 0));
    }
}
