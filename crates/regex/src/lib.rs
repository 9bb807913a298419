//! The two patterns that dockerfile-parser compiles, written out by hand, under the name `regex`.
//!
//! The workspace patches `regex` with this crate. The full engine costs 188 KB of compressed wasm,
//! `regex-lite` still 10, for one test whether a digest has a hexadecimal digit. Any other pattern
//! is refused, so that a version of dockerfile-parser with other patterns fails in its first test.
//! The tests compare both patterns with `regex-lite`.

use std::fmt;
use std::ops::Range;

/// One of the known patterns.
#[derive(Clone, Debug)]
pub struct Regex(Pattern);

#[derive(Clone, Copy, Debug)]
enum Pattern {
    /// `[0-9a-fA-F]+`
    HexadecimalDigits,
    /// `$NAME` or `${NAME}`, with the name as its first or second group.
    Variable,
}

const PATTERNS: [(&str, Pattern); 2] = [
    ("[0-9a-fA-F]+", Pattern::HexadecimalDigits),
    (r"\$(?:([A-Za-z0-9_]+)|\{([A-Za-z0-9_]+)\})", Pattern::Variable),
];

/// A pattern that this crate does not know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error;

impl fmt::Display for Error {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("crates/regex does not know this pattern; write it out there")
    }
}

impl std::error::Error for Error {}

impl Regex {
    /// The pattern with this text.
    ///
    /// # Errors
    /// [`Error`] when it is not one of those that dockerfile-parser uses.
    pub fn new(text: &str) -> Result<Self, Error> {
        let known = PATTERNS.iter().find(|(own, _)| *own == text);
        known.map(|(_, pattern)| Self(*pattern)).ok_or(Error)
    }

    /// Whether it matches anywhere in `text`.
    #[must_use]
    pub fn is_match(&self, text: &str) -> bool {
        self.captures_iter(text).next().is_some()
    }

    /// Every match, from the left, none overlapping another.
    #[must_use]
    pub fn captures_iter<'text>(&self, text: &'text str) -> CapturesIter<'text> {
        CapturesIter { pattern: self.0, text, at: 0 }
    }
}

/// Goes through the matches of a pattern.
#[derive(Clone, Debug)]
pub struct CapturesIter<'text> {
    pattern: Pattern,
    text: &'text str,
    at: usize,
}

impl<'text> Iterator for CapturesIter<'text> {
    type Item = Captures<'text>;

    fn next(&mut self) -> Option<Captures<'text>> {
        while self.at < self.text.len() {
            let found = match self.pattern {
                Pattern::HexadecimalDigits => self.hexadecimal_digits(),
                Pattern::Variable => self.variable(),
            };
            match found {
                Some(found) => {
                    self.at = found.groups[0].as_ref().map_or(self.text.len(), |whole| whole.end);
                    return Some(found);
                }
                // Both patterns begin with an ASCII character, which no byte inside another is.
                None => self.at += 1,
            }
        }
        None
    }
}

impl<'text> CapturesIter<'text> {
    /// Where the run of bytes from `start` that `fits` ends.
    fn end_of_run(&self, start: usize, fits: fn(u8) -> bool) -> usize {
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        start + rest.iter().take_while(|byte| fits(**byte)).count()
    }

    fn found(&self, start: usize, end: usize) -> Match<'text> {
        Match { text: self.text, start, end }
    }

    fn hexadecimal_digits(&self) -> Option<Captures<'text>> {
        let end = self.end_of_run(self.at, |byte| byte.is_ascii_hexdigit());
        (end > self.at).then(|| Captures { groups: [Some(self.found(self.at, end)), None, None] })
    }

    fn variable(&self) -> Option<Captures<'text>> {
        let bytes = self.text.as_bytes();
        let is_part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        if bytes.get(self.at) != Some(&b'$') {
            return None;
        }
        let braced = bytes.get(self.at + 1) == Some(&b'{');
        let start = self.at + if braced { 2 } else { 1 };
        let end = self.end_of_run(start, is_part);
        if end == start || braced && bytes.get(end) != Some(&b'}') {
            return None;
        }
        let name = Some(self.found(start, end));
        let whole = Some(self.found(self.at, if braced { end + 1 } else { end }));
        let groups = if braced { [whole, None, name] } else { [whole, name, None] };
        Some(Captures { groups })
    }
}

/// One match with its groups.
#[derive(Clone, Debug)]
pub struct Captures<'text> {
    groups: [Option<Match<'text>>; 3],
}

impl<'text> Captures<'text> {
    /// The whole match as 0, else the group with this number, where it took part.
    #[must_use]
    pub fn get(&self, group: usize) -> Option<Match<'text>> {
        *self.groups.get(group)?
    }
}

/// A part of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Match<'text> {
    text: &'text str,
    start: usize,
    end: usize,
}

impl<'text> Match<'text> {
    /// Its bytes in the text.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The part itself.
    #[must_use]
    pub fn as_str(&self) -> &'text str {
        self.text.get(self.range()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn own(pattern: &str, text: &str) -> Vec<Vec<Option<Range<usize>>>> {
        let regex = Regex::new(pattern).unwrap();
        let groups =
            |found: Captures<'_>| (0..3).map(|n| found.get(n).map(|it| it.range())).collect();
        regex.captures_iter(text).map(groups).collect()
    }

    fn library(pattern: &str, text: &str) -> Vec<Vec<Option<Range<usize>>>> {
        let regex = regex_lite::Regex::new(pattern).unwrap();
        let groups = |found: regex_lite::Captures<'_>| {
            (0..3).map(|n| found.get(n).map(|it| it.range())).collect()
        };
        regex.captures_iter(text).map(groups).collect()
    }

    proptest! {
        #[test]
        fn both_patterns_match_as_regex_lite_does(
            pieces in proptest::collection::vec(
                prop_oneof![
                    Just("$"), Just("{"), Just("}"), Just("a"), Just("_"), Just("7"), Just("F"),
                    Just("g"), Just("é"), Just("$A"), Just("${B_1}"), Just("-"),
                ],
                0..12,
            )
        ) {
            let text = pieces.concat();
            for (pattern, _) in PATTERNS {
                prop_assert_eq!(own(pattern, &text), library(pattern, &text), "{} in {}", pattern, text);
            }
        }
    }

    #[test]
    fn other_patterns_are_refused() {
        assert_eq!(Regex::new("[a-z]+").err(), Some(Error));
    }
}
