//! JSON arrays of strings, the exec form of an instruction.
//!
//! BuildKit hands the whole text to Go's `encoding/json`: not JSON means the text is shell form,
//! JSON with anything but strings in it is an error
//! (`frontend/dockerfile/parser/line_parsers.go` of BuildKit v0.33.0). Nested values are scanned
//! without recursion, and no deeper than Go allows.

use std::ops::Range;

/// Go gives up on deeper nesting; such a text is not JSON for BuildKit.
const DEEPEST: usize = 10_000;

/// What a text is, taken as JSON.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Array {
    /// An array of strings: each decoded, with its place in the text, quotes included.
    Strings(Vec<(String, Range<usize>)>),
    /// An array that holds something else; the place of the first such value.
    Mixed(Range<usize>),
    /// Not a JSON array.
    None,
}

/// Reads `text` as a JSON array; `start` is added to every offset.
pub(super) fn read_array(text: &str, start: usize) -> Array {
    let lead = text.len() - text.trim_start().len();
    if !text[lead..].starts_with('[') {
        return Array::None;
    }
    let mut scanner = Scanner { text, at: lead + 1 };
    let mut strings = Vec::new();
    let mut other: Option<Range<usize>> = None;
    scanner.skip_space();
    if !scanner.take(b']') {
        loop {
            scanner.skip_space();
            let begin = scanner.at;
            if scanner.peek() == Some(b'"') {
                let Some(string) = scanner.string() else { return Array::None };
                strings.push((string, start + begin..start + scanner.at));
            } else {
                if scanner.value().is_none() {
                    return Array::None;
                }
                other = other.or(Some(start + begin..start + scanner.at));
            }
            scanner.skip_space();
            if scanner.take(b',') {
                continue;
            }
            if scanner.take(b']') {
                break;
            }
            return Array::None;
        }
    }
    scanner.skip_space();
    match (scanner.at == text.len(), other) {
        (false, _) => Array::None,
        (true, Some(place)) => Array::Mixed(place),
        (true, None) => Array::Strings(strings),
    }
}

/// A place in a text that is read as JSON.
pub(crate) struct Scanner<'text> {
    pub(crate) text: &'text str,
    pub(crate) at: usize,
}

/// What may stand next while a nested value is scanned.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    ValueOrClose,
    NameOrClose,
    Name,
    CommaOrClose,
}

impl Scanner<'_> {
    pub(crate) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub(crate) fn take(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.at += usize::from(found);
        found
    }

    pub(crate) fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\r' | b'\n')) {
            self.at += 1;
        }
    }

    /// A string, decoded; the scanner stands on its opening quote.
    pub(crate) fn string(&mut self) -> Option<String> {
        self.at += 1;
        let mut decoded = String::new();
        loop {
            let rest = self.text.get(self.at..)?;
            let run = rest.find(|c: char| c == '"' || c == '\\' || c < ' ')?;
            decoded.push_str(&rest[..run]);
            self.at += run + 1;
            match rest.as_bytes()[run] {
                b'"' => return Some(decoded),
                b'\\' => decoded.push(self.escape()?),
                _ => return None,
            }
        }
    }

    /// The character of an escape; the scanner stands behind the backslash.
    fn escape(&mut self) -> Option<char> {
        let byte = self.peek()?;
        self.at += 1;
        Some(match byte {
            b'"' | b'\\' | b'/' => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let high = self.hex4()?;
                let pair = char::decode_utf16([high]).next()?;
                pair.unwrap_or_else(|_| self.low_surrogate(high))
            }
            _ => return None,
        })
    }

    fn hex4(&mut self) -> Option<u16> {
        let digits = self.text.get(self.at..self.at + 4)?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        self.at += 4;
        u16::from_str_radix(digits, 16).ok()
    }

    /// Half of a pair takes the other half when it follows, and is U+FFFD without it.
    fn low_surrogate(&mut self, high: u16) -> char {
        let before = self.at;
        if self.take(b'\\')
            && self.take(b'u')
            && let Some(low) = self.hex4()
            && let Some(Ok(character)) = char::decode_utf16([high, low]).next()
        {
            return character;
        }
        self.at = before;
        char::REPLACEMENT_CHARACTER
    }

    /// Skips any one value; `None` when it is not JSON.
    fn value(&mut self) -> Option<()> {
        let mut open: Vec<u8> = Vec::new();
        let mut expect = Expect::Value;
        loop {
            self.skip_space();
            let byte = self.peek()?;
            expect = match (byte, expect) {
                (b']', Expect::ValueOrClose | Expect::CommaOrClose)
                | (b'}', Expect::NameOrClose | Expect::CommaOrClose) => {
                    if open.pop()? != byte {
                        return None;
                    }
                    self.at += 1;
                    Expect::CommaOrClose
                }
                (b',', Expect::CommaOrClose) => {
                    self.at += 1;
                    if open.last() == Some(&b'}') { Expect::Name } else { Expect::Value }
                }
                (_, Expect::CommaOrClose) => return None,
                (b'"', Expect::Name | Expect::NameOrClose) => {
                    self.string()?;
                    self.skip_space();
                    if !self.take(b':') {
                        return None;
                    }
                    Expect::Value
                }
                (_, Expect::Name | Expect::NameOrClose) => return None,
                (b'[' | b'{', _) => {
                    self.at += 1;
                    open.push(if byte == b'[' { b']' } else { b'}' });
                    if open.len() >= DEEPEST {
                        return None;
                    }
                    if byte == b'[' { Expect::ValueOrClose } else { Expect::NameOrClose }
                }
                _ => {
                    self.scalar(byte)?;
                    Expect::CommaOrClose
                }
            };
            if open.is_empty() {
                return Some(());
            }
        }
    }

    /// Skips a string, word or number that opens with `first`; `None` when it is not JSON.
    pub(crate) fn scalar(&mut self, first: u8) -> Option<()> {
        if first == b'"' {
            return self.string().map(|_| ());
        }
        let rest = self.text.get(self.at..)?;
        if let Some(word) = ["true", "false", "null"].iter().find(|word| rest.starts_with(**word)) {
            self.at += word.len();
            return Some(());
        }
        self.number()
    }

    fn number(&mut self) -> Option<()> {
        self.take(b'-');
        if !self.take(b'0') {
            self.digits()?;
        }
        if self.take(b'.') {
            self.digits()?;
        }
        if self.take(b'e') || self.take(b'E') {
            let _ = self.take(b'+') || self.take(b'-');
            self.digits()?;
        }
        Some(())
    }

    fn digits(&mut self) -> Option<()> {
        let begin = self.at;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.at += 1;
        }
        (self.at > begin).then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(text: &str) -> Option<Vec<String>> {
        match read_array(text, 0) {
            Array::Strings(strings) => Some(strings.into_iter().map(|(text, _)| text).collect()),
            _ => None,
        }
    }

    #[test]
    fn arrays_of_strings_are_decoded() {
        let cases: &[(&str, &[&str])] = &[
            ("[]", &[]),
            (" [ ] ", &[]),
            (r#"["a", "b c"]"#, &["a", "b c"]),
            (r#"["\"\\\/\b\f\n\r\t"]"#, &["\"\\/\u{8}\u{c}\n\r\t"]),
            (r#"["\u00e9\u20AC"]"#, &["é€"]),
            (r#"["\ud83d\ude00"]"#, &["😀"]),
            (r#"["\ud83dx"]"#, &["\u{fffd}x"]),
            (r#"["\ud83d\u0041"]"#, &["\u{fffd}A"]),
            (r#"["\ude00"]"#, &["\u{fffd}"]),
            (r#"["é"]"#, &["é"]),
        ];
        for (text, expected) in cases {
            let expected: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
            assert_eq!(strings(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn places_include_the_quotes() {
        let Array::Strings(strings) = read_array(r#" ["a","é"]"#, 10) else {
            panic!("an array of strings")
        };
        assert_eq!(strings, [("a".to_owned(), 12..15), ("é".to_owned(), 16..20)]);
    }

    #[test]
    fn anything_else_in_the_array_is_mixed() {
        for text in [
            "[1]",
            r#"["a", null]"#,
            "[[]]",
            r#"[{"a": [1, {"b": -0.5e+3}], "c": "d"}]"#,
            "[true]",
            r#"[["a"], "b"]"#,
            "[{}]",
        ] {
            assert!(matches!(read_array(text, 0), Array::Mixed(_)), "{text}");
        }
        assert_eq!(read_array(r#"["a", [1, 2]]"#, 0), Array::Mixed(6..12));
    }

    #[test]
    fn the_rest_is_shell_form() {
        for text in [
            "",
            "a",
            "[",
            "[a]",
            "['a']",
            r#"["a",]"#,
            r#"["a" "b"]"#,
            r#"["a"] b"#,
            r#"["a\x"]"#,
            r#"["a"#,
            "[1",
            "[01]",
            "[1.]",
            "[-]",
            "[1e]",
            "[{\"a\"}]",
            "[{\"a\":1,}]",
            "[[1,]]",
            "[}",
            "[{]",
            "[,]",
            "\"a\"",
            "[\"a\u{1}\"]",
            "[\"\\u12g4\"]",
            "[\"\\u+123\"]",
            "[nul]",
        ] {
            assert_eq!(read_array(text, 0), Array::None, "{text}");
        }
        assert_eq!(read_array(&"[".repeat(1_000_000), 0), Array::None, "deep nesting");
    }
}
