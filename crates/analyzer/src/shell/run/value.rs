//! Text with gaps: what a word or variable is known to be.

use std::ops::Deref;

use crate::text::Span;

/// Longest text that is kept; a longer one is unknown, because `x=$x$x` doubles.
const LONGEST: usize = 1 << 16;

/// Text as far as it is known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value {
    text: String,
    marks: Vec<(usize, Mark)>,
}

/// What is special at a place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Text stands here that nobody knows, maybe none.
    Unknown,
    /// So many bytes from here are a pattern of file names.
    Glob(usize),
}

impl Value {
    /// A known text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        Self { text: text.to_owned(), marks: Vec::new() }
    }

    /// A text of which nothing is known.
    #[must_use]
    pub fn unknown() -> Self {
        Self { text: String::new(), marks: vec![(0, Mark::Unknown)] }
    }

    /// The text, if all of it is known and it is no pattern.
    #[must_use]
    pub fn known(&self) -> Option<&str> {
        self.marks.is_empty().then_some(self.text.as_str())
    }

    /// What is known of the text, with nothing where it is not known.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text for people: `…` where it is not known.
    #[must_use]
    pub fn shown(&self) -> String {
        let shown = |piece| match piece {
            Piece::Unknown => "…",
            Piece::Glob(text) | Piece::Text(text) => text,
        };
        self.pieces().into_iter().map(shown).collect()
    }

    /// The text up to the first gap or pattern.
    #[must_use]
    pub fn known_start(&self) -> &str {
        let end = self.marks.first().map_or(self.text.len(), |(at, _)| *at);
        self.text.get(..end).unwrap_or_default()
    }

    /// Whether a part of the text is not known.
    #[must_use]
    pub fn has_unknown(&self) -> bool {
        self.marks.iter().any(|(_, mark)| *mark == Mark::Unknown)
    }

    /// Whether the text stands for the names of files that match it.
    #[must_use]
    pub fn is_glob(&self) -> bool {
        self.marks.iter().any(|(_, mark)| *mark != Mark::Unknown)
    }

    /// The text as a pattern of file names: `*` where it is not known, `\` before characters that
    /// mean themselves.
    #[must_use]
    pub fn pattern(&self) -> String {
        let mut pattern = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Unknown => pattern.push('*'),
                Piece::Glob(text) => pattern.push_str(text),
                Piece::Text(text) => {
                    for character in text.chars() {
                        if matches!(character, '*' | '?' | '[' | '\\') {
                            pattern.push('\\');
                        }
                        pattern.push(character);
                    }
                }
            }
        }
        pattern
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty() && self.marks.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    pub(super) fn push_text(&mut self, text: &str) {
        if self.text.len() + text.len() <= LONGEST {
            self.text.push_str(text);
        } else {
            self.push_unknown();
        }
    }

    pub(super) fn push_unknown(&mut self) {
        let mark = (self.text.len(), Mark::Unknown);
        if self.marks.last() != Some(&mark) {
            self.marks.push(mark);
        }
    }

    pub(super) fn push_glob(&mut self, text: &str) {
        self.marks.push((self.text.len(), Mark::Glob(text.len())));
        self.text.push_str(text);
    }

    /// Adds another value; its patterns become text where `quoted`.
    pub(super) fn push(&mut self, other: &Self, quoted: bool) {
        for piece in other.pieces() {
            match piece {
                Piece::Unknown => self.push_unknown(),
                Piece::Glob(text) if !quoted => self.push_glob(text),
                Piece::Glob(text) | Piece::Text(text) => self.push_text(text),
            }
        }
    }

    /// The value from left to right.
    pub(super) fn pieces(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut done = 0;
        for (at, mark) in &self.marks {
            let before = self.text.get(done..*at).unwrap_or_default();
            if !before.is_empty() {
                pieces.push(Piece::Text(before));
            }
            done = *at;
            match mark {
                Mark::Unknown => pieces.push(Piece::Unknown),
                Mark::Glob(length) => {
                    done += length;
                    pieces.push(Piece::Glob(self.text.get(*at..done).unwrap_or_default()));
                }
            }
        }
        let rest = self.text.get(done..).unwrap_or_default();
        if !rest.is_empty() {
            pieces.push(Piece::Text(rest));
        }
        pieces
    }

    /// What stands before and behind the first `sign` of the known start.
    pub(super) fn split_once(&self, sign: char) -> Option<(&str, Self)> {
        let (name, _) = self.known_start().split_once(sign)?;
        let mut value = Self::default();
        let mut left = name.len() + sign.len_utf8();
        for piece in self.pieces() {
            let (Piece::Text(text) | Piece::Glob(text)) = piece else {
                value.push_unknown();
                continue;
            };
            let skipped = left.min(text.len());
            left -= skipped;
            // A pattern is not expanded behind `=`.
            value.push_text(text.get(skipped..).unwrap_or_default());
        }
        Some((name, value))
    }
}

/// A stretch of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Piece<'value> {
    Text(&'value str),
    Glob(&'value str),
    Unknown,
}

/// An argument of a command with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpandedWord {
    /// What it is known to be.
    pub value: Value,
    /// The word in the text that it comes from; several words may come from one.
    pub span: Span,
}

impl Deref for ExpandedWord {
    type Target = Value;

    fn deref(&self) -> &Value {
        &self.value
    }
}
