//! Places in a text: byte spans, human positions, and edits that replace spans.

use crate::order;
use std::fmt;

/// A half-open range of byte offsets into the text the person typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte; never less than `start`.
    pub end: usize,
}

impl Span {
    /// A span from `start` to `end`; a reversed pair becomes empty at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        Self { start, end: end.max(start) }
    }

    /// An empty span at `offset`.
    #[must_use]
    pub fn at(offset: usize) -> Self {
        Self { start: offset, end: offset }
    }

    /// The part of `text` this span covers; empty where the span does not fit the text.
    #[must_use]
    pub fn slice(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or("")
    }

    /// Whether `offset` lies in the span.
    #[must_use]
    pub fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }
}

/// `text` short enough for a message, and no more than its first line.
#[must_use]
pub fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let first = text.split(['\n', '\r']).next().unwrap_or_default();
    let mut short: String = first.chars().take(LONGEST).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// Whether a character is not seen, or moves what is: controls, what turns the direction of letters round
/// or breaks lines (Unicode Standard Annex 9, table 1, and the separators of Annex 14), what takes no
/// room, and tags. What joins letters and emoji is none: it shows in what it joins. `static/visible.js`
/// says the same for the page.
#[must_use]
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'..='\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{2069}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Writes a text so that nothing in it moves the cursor, changes colours or turns the order of
/// letters round: hidden characters become escapes such as `\u{202e}`, and a tab, with which scripts
/// are indented, a space.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\t' {
            shown.push(' ');
        } else if is_hidden(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.push(character);
        }
    }
    shown
}

/// The same for a text of several lines, which stay lines.
#[must_use]
pub fn visible_lines(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        shown.push_str(&visible(line.trim_end_matches('\n')));
        shown.extend(line.ends_with('\n').then_some('\n'));
    }
    shown
}

/// A place as people name it: line and column, both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.line, self.column)
    }
}

/// Line starts of one text, to turn offsets into positions without rescanning it.
#[derive(Clone, Debug)]
pub struct LineIndex<'text> {
    text: &'text str,
    starts: Vec<usize>,
}

impl<'text> LineIndex<'text> {
    /// Finds the line starts of `text`; lines end at `\n`.
    #[must_use]
    pub fn new(text: &'text str) -> Self {
        let starts = std::iter::once(0)
            .chain(
                text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1),
            )
            .collect();
        Self { text, starts }
    }

    /// Line number (from 1) of a byte offset; offsets past the end belong to the last line.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset)).unwrap_or(u32::MAX)
    }

    /// Position of a byte offset; an offset inside a character is that character's.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.starts[line as usize - 1];
        let offset = offset.min(self.text.len());
        let before = self.text.as_bytes().get(start..offset).unwrap_or_default();
        let columns = before.iter().filter(|byte| (**byte & 0xC0) != 0x80).count();
        Position { line, column: u32::try_from(columns + 1).unwrap_or(u32::MAX) }
    }

    /// Line number (from 1) of the last character a span covers.
    #[must_use]
    pub fn last_line(&self, span: Span) -> u32 {
        self.line(span.end.max(span.start + 1) - 1)
    }
}

/// A replacement of one span of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// Why edits could not be applied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditError {
    /// Two edits touch the same bytes.
    Overlap,
    /// An edit lies outside the text or cuts a character in two.
    OutOfText,
}

/// Applies edits to `text`. They may come in any order and must not overlap.
///
/// # Errors
/// [`EditError`] when two edits overlap or one does not fit the text; the text is then unchanged.
pub fn apply_edits(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    let mut ordered: Vec<&Edit> = edits.iter().collect();
    order::sort_by_key(&mut ordered, |edit| edit.span);
    let mut result = String::with_capacity(text.len());
    let mut done = 0;
    for edit in ordered {
        if edit.span.start < done {
            return Err(EditError::Overlap);
        }
        result.push_str(text.get(done..edit.span.start).ok_or(EditError::OutOfText)?);
        text.get(edit.span.start..edit.span.end).ok_or(EditError::OutOfText)?;
        result.push_str(&edit.replacement);
        done = edit.span.end;
    }
    result.push_str(text.get(done..).ok_or(EditError::OutOfText)?);
    Ok(result)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_would_mislead_a_reader_is_escaped() {
        for (text, shown) in [
            ("src/café 🐳.js", "src/café 🐳.js"),
            ("a\x1b[2Jb", "a\\u{1b}[2Jb"),
            ("a\nb\tc", "a\\u{a}b c"),
            ("evil\u{202e}sj.exe", "evil\\u{202e}sj.exe"),
            ("\u{9b}31m", "\\u{9b}31m"),
            ("a\u{200b}b\u{feff}\u{e0041}", "a\\u{200b}b\\u{feff}\\u{e0041}"),
            ("\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}", "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}"),
        ] {
            assert_eq!(visible(text), shown);
        }
        assert_eq!(visible_lines("a\n\u{202e}b\r\nc"), "a\n\\u{202e}b\\u{d}\nc");
    }

    #[test]
    fn positions_count_characters_not_bytes() {
        let index = LineIndex::new("FROM a\n# é→x\nRUN b");
        let at = |offset| index.position(offset).to_string();
        assert_eq!(at(0), "1:1");
        assert_eq!(at(7), "2:1");
        assert_eq!(at(14), "2:5", "after # é→ stands column 5");
        assert_eq!(at(999), "3:6", "past the end is the end of the last line");
        assert_eq!(index.last_line(Span::new(0, 7)), 1, "a newline belongs to its line");
    }

    #[test]
    fn edits_apply_in_any_order_and_refuse_overlap() {
        let edit =
            |start, end, with: &str| Edit { span: Span::new(start, end), replacement: with.into() };
        let applied = apply_edits("FROM node:22\n", &[edit(10, 12, "24"), edit(0, 0, "# base\n")]);
        assert_eq!(applied.as_deref(), Ok("# base\nFROM node:24\n"));
        assert_eq!(apply_edits("abc", &[edit(0, 2, ""), edit(1, 3, "")]), Err(EditError::Overlap));
        assert_eq!(apply_edits("é", &[edit(1, 2, "")]), Err(EditError::OutOfText));
        assert_eq!(apply_edits("a", &[edit(0, 9, "")]), Err(EditError::OutOfText));
    }
}
