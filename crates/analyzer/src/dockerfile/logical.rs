//! One logical line: the text BuildKit reads after continuations are joined, with an exact map
//! back to the bytes the person typed.

use std::ops::Range;

use super::Word;
use crate::text::Span;

/// A joined line. Its pieces are verbatim slices of the source, so every character boundary of
/// one is a character boundary of the other.
#[derive(Debug, Default)]
pub(super) struct LogicalLine {
    /// The joined text: escapes and line ends of continuations are gone, as are comment lines
    /// and empty lines inside them.
    pub(super) text: String,
    /// Where each piece starts, in the joined text and in the source, in order.
    pieces: Vec<Piece>,
}

#[derive(Debug)]
struct Piece {
    at: usize,
    source: usize,
}

impl LogicalLine {
    /// Appends `text`, which stands at `source` in the file.
    pub(super) fn push(&mut self, source: usize, text: &str) {
        let at = self.text.len();
        match self.pieces.last_mut() {
            // An empty piece covers nothing; the next one takes its place.
            Some(last) if last.at == at => last.source = source,
            _ => self.pieces.push(Piece { at, source }),
        }
        self.text.push_str(text);
    }

    /// The place of `range` in the file; covers the continuations inside it.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        if range.start >= range.end {
            return Span::at(self.source_of(range.start));
        }
        // The end belongs to the piece of the last byte, not to the piece that starts there.
        Span::new(self.source_of(range.start), self.source_of(range.end - 1) + 1)
    }

    /// The word at `range`, text as joined.
    pub(super) fn word(&self, range: Range<usize>) -> Word {
        Word { text: self.slice(range.clone()).to_owned(), span: self.span(range) }
    }

    /// The joined text at `range`; empty where the range does not fit.
    pub(super) fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or("")
    }

    /// `range` without the white space at its ends, by BuildKit's idea of it (Unicode).
    pub(super) fn trim(&self, range: Range<usize>) -> Range<usize> {
        let text = self.slice(range.clone());
        let start = range.start + (text.len() - text.trim_start().len());
        start..start + text.trim().len()
    }

    fn source_of(&self, at: usize) -> usize {
        let after = self.pieces.partition_point(|piece| piece.at <= at);
        match after.checked_sub(1).and_then(|index| self.pieces.get(index)) {
            Some(piece) => piece.source + (at - piece.at),
            None => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_cover_the_continuation_inside_a_word() {
        // RUN ab\⏎  cd
        let mut line = LogicalLine::default();
        line.push(0, "RUN ab");
        line.push(8, "  cd");
        assert_eq!(line.text, "RUN ab  cd");
        assert_eq!(line.span(4..6), Span::new(4, 6), "ends before the escape");
        assert_eq!(line.span(4..10), Span::new(4, 12));
        assert_eq!(line.span(8..10), Span::new(10, 12));
        assert_eq!(line.span(10..10), Span::at(12), "an empty range at the end");
    }

    #[test]
    fn trimming_keeps_the_place() {
        let mut line = LogicalLine::default();
        line.push(3, " \u{a0}x y\t");
        let trimmed = line.trim(0..line.text.len());
        assert_eq!(line.word(trimmed), Word { text: "x y".into(), span: Span::new(6, 9) });
    }
}
