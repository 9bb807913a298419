//! Patterns of file names: brackets, extended patterns, braces.

use super::reader::{Reader, ends_word};
use super::syntax::Part;
use super::words::Parts;

/// Longest `[…]` that is taken for a pattern; a longer one is text.
const LONGEST_BRACKET: usize = 50;

impl Reader<'_> {
    /// `[a-z]`, or a `[` that is text.
    pub(super) fn read_bracket(&mut self, parts: &mut Parts) {
        let bytes = self.text.as_bytes();
        let end = self.end.min(self.at + LONGEST_BRACKET);
        // A `]` right behind the bracket, or its `!` or `^`, is one of the characters.
        let mut at = self.at + 1;
        at += usize::from(matches!(bytes.get(at), Some(b'!' | b'^')));
        at += usize::from(bytes.get(at) == Some(&b']'));
        while at < end {
            self.count(1);
            match bytes.get(at) {
                Some(b']') => {
                    let text = self.text.get(self.at..=at).unwrap_or_default();
                    parts.done.push(Part::Glob(text.to_owned()));
                    self.at = at + 1;
                    return;
                }
                Some(b'[') if bytes.get(at + 1) == Some(&b':') => {
                    let rest = self.text.get(at..end).unwrap_or_default();
                    at += rest.find(":]").map_or(1, |length| length + 2);
                }
                Some(b'\'' | b'"' | b'\\' | b'$' | b'`' | b'/' | b'}') | None => break,
                Some(byte) if ends_word(*byte) => break,
                Some(_) => at += 1,
            }
        }
        self.keep(1, parts, false);
    }

    /// `!(a|b)` and its kin, as written.
    pub(super) fn read_extended(&mut self, parts: &mut Parts) {
        let start = self.at;
        self.at += 1;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth > 1 => depth -= 1,
                b')' => {
                    let text = self.text.get(start..self.at).unwrap_or_default();
                    parts.done.push(Part::Glob(text.to_owned()));
                    return;
                }
                _ => {}
            }
        }
        self.fail_unclosed(start, "(", ")");
    }

    pub(super) fn read_brace(&mut self, byte: u8, parts: &mut Parts) {
        self.at += 1;
        parts.done.push(Part::Brace(char::from(byte)));
        match byte {
            b'{' => parts.braces += 1,
            b'}' => parts.braces -= 1,
            _ => {}
        }
    }
}
