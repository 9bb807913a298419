//! JSON as a walk over its values.
//!
//! A reader of ours and not `serde_json`: that one brings the reading of floats and a map of every
//! value, twenty kilobytes of the page's wasm, where a lock file of a megabyte needs neither.

use crate::dockerfile::json::Scanner;

/// Deeper nesting is not read; lock files of npm 6 nest some dozens deep.
const DEEPEST: usize = 500;

/// A value on the walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Value<'text> {
    Text(String),
    /// `true`, `false`, `null` or a number, as written.
    Word(&'text str),
    /// An object or array opens; what is in it follows.
    Opened,
}

impl Value<'_> {
    /// The text, or nothing for other values.
    pub(crate) fn text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    pub(crate) fn is_true(&self) -> bool {
        *self == Value::Word("true")
    }
}

/// Gives every value with the names that lead to it (an element of an array has an empty one) to
/// `visit`, and says where the text stops being JSON if it does; what came before was given.
pub(crate) fn walk<'text>(
    text: &'text str,
    visit: &mut dyn FnMut(&[String], Value<'text>),
) -> Result<(), usize> {
    let text = text.trim_start_matches('\u{feff}');
    let mut walk = Walk { scanner: Scanner { text, at: 0 }, open: Vec::new(), path: Vec::new() };
    walk.run(visit).ok_or(walk.scanner.at)
}

struct Walk<'text> {
    scanner: Scanner<'text>,
    /// What closes the objects and arrays around.
    open: Vec<u8>,
    path: Vec<String>,
}

impl<'text> Walk<'text> {
    fn run(&mut self, visit: &mut dyn FnMut(&[String], Value<'text>)) -> Option<()> {
        loop {
            self.scanner.skip_space();
            let start = self.scanner.at;
            match self.scanner.peek()? {
                b'{' => {
                    visit(&self.path, Value::Opened);
                    if self.enter(b'}')? {
                        continue;
                    }
                }
                b'[' => {
                    visit(&self.path, Value::Opened);
                    if self.enter(b']')? {
                        continue;
                    }
                }
                b'"' => {
                    let text = self.scanner.string()?;
                    visit(&self.path, Value::Text(text));
                }
                first => {
                    self.scanner.scalar(first)?;
                    let word = self.scanner.text.get(start..self.scanner.at)?;
                    visit(&self.path, Value::Word(word));
                }
            }
            if self.leave()? {
                self.scanner.skip_space();
                return (self.scanner.at == self.scanner.text.len()).then_some(());
            }
        }
    }

    /// Steps into an object or array; whether something is in it.
    fn enter(&mut self, close: u8) -> Option<bool> {
        self.scanner.at += 1;
        self.scanner.skip_space();
        if self.scanner.take(close) {
            return Some(false);
        }
        if self.open.len() >= DEEPEST {
            return None;
        }
        self.open.push(close);
        self.path.push(String::new());
        self.name(close)?;
        Some(true)
    }

    /// Steps over commas and closing brackets to the next value; whether there is none.
    fn leave(&mut self) -> Option<bool> {
        loop {
            let Some(close) = self.open.last().copied() else { return Some(true) };
            self.scanner.skip_space();
            if self.scanner.take(b',') {
                self.name(close)?;
                return Some(false);
            }
            if !self.scanner.take(close) {
                return None;
            }
            self.open.pop();
            self.path.pop();
        }
    }

    /// Reads the name of the next value when it is an object's.
    fn name(&mut self, close: u8) -> Option<()> {
        if close != b'}' {
            return Some(());
        }
        self.scanner.skip_space();
        if self.scanner.peek() != Some(b'"') {
            return None;
        }
        let name = self.scanner.string()?;
        self.scanner.skip_space();
        *self.path.last_mut()? = name;
        self.scanner.take(b':').then_some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn walked(text: &str) -> (Vec<String>, Result<(), usize>) {
        let mut lines = Vec::new();
        let outcome = walk(text, &mut |path, value| {
            lines.push(format!("{} {value:?}", path.join("/")));
        });
        (lines, outcome)
    }

    #[test]
    fn every_value_is_met_with_its_names() {
        let (lines, outcome) =
            walked(r#"{"a": {"b/c": [1, {"d": true}], "e": {}}, "f": "\u0041"}"#);
        assert_eq!(outcome, Ok(()));
        assert_eq!(
            lines,
            [
                " Opened",
                "a Opened",
                "a/b/c Opened",
                "a/b/c/ Word(\"1\")",
                "a/b/c/ Opened",
                "a/b/c//d Word(\"true\")",
                "a/e Opened",
                "f Text(\"A\")",
            ]
        );
    }

    #[test]
    fn what_is_no_json_says_where() {
        for (text, place) in [("", 0), ("{\"a\" 1}", 5), ("[1,]", 3), ("{} x", 3), ("{\"a\":1", 6)]
        {
            assert_eq!(walked(text).1, Err(place), "{text}");
        }
        assert!(walked(&"[".repeat(1_000_000)).1.is_err(), "deep nesting");
    }
}
