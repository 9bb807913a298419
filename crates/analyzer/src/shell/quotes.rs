//! Quotes, escapes and backquotes.

use super::Script;
use super::reader::Reader;
use super::syntax::Part;
use super::words::{Context, Parts};

impl Reader<'_> {
    pub(super) fn read_single(&mut self, parts: &mut Parts) {
        let start = self.at;
        self.at += 1;
        let text = self.take_while(|byte| byte != b'\'');
        parts.push_text(text, true);
        if !self.take("'") {
            self.fail_unclosed(start, "'", "'");
        }
    }

    pub(super) fn read_double(&mut self, parts: &mut Parts) {
        let start = self.at;
        self.at += 1;
        parts.push_text("", true);
        let inner = self.read_parts(Context::Quotes);
        for part in inner {
            match part {
                Part::Text { text, .. } => parts.push_text(&text, true),
                other => parts.done.push(other),
            }
        }
        if !self.take("\"") {
            self.fail_unclosed(start, "\"", "\"");
        }
    }

    pub(super) fn read_escape(&mut self, parts: &mut Parts) {
        self.at += 1;
        if self.take("\n") || self.take("\r\n") {
            return;
        }
        let character = self.take_character();
        parts.push_text(if character.is_empty() { "\\" } else { character }, true);
    }

    /// `$'…'`, whose escapes are those of C.
    pub(super) fn read_c_quotes(&mut self) -> String {
        let start = self.at;
        self.take("$'");
        let mut text = String::new();
        loop {
            text.push_str(self.take_while(|byte| byte != b'\'' && byte != b'\\'));
            if !self.take("\\") {
                break;
            }
            let character = self.take_character();
            match character {
                "n" => text.push('\n'),
                "t" => text.push('\t'),
                "r" => text.push('\r'),
                "\\" | "'" | "\"" | "?" => text.push_str(character),
                // Other escapes stand for characters that no name of a file has.
                _ => {
                    text.push('\\');
                    text.push_str(character);
                }
            }
        }
        if !self.take("'") {
            self.fail_unclosed(start, "$'", "'");
        }
        text
    }

    pub(super) fn read_backquotes(&mut self, parts: &mut Parts, quoted: bool) {
        let start = self.at;
        self.at += 1;
        let mut escapes = false;
        while let Some(byte) = self.peek() {
            match byte {
                b'`' => break,
                b'\\' => {
                    let next = self.peek_at(1);
                    escapes |= next.is_some_and(|next| b"`\\$\"".contains(&next));
                    self.at += 1 + usize::from(next.is_some_and(|next| next.is_ascii()));
                }
                _ => self.at += 1,
            }
        }
        let close = self.at;
        if self.peek() != Some(b'`') {
            self.fail_unclosed(start, "`", "`");
            return;
        }
        let script = if escapes {
            self.read_unescaped(start + 1, close, quoted)
        } else {
            self.nest(|reader| {
                let outer = std::mem::replace(&mut reader.end, close);
                reader.at = start + 1;
                let script = reader.read_script();
                if reader.peek().is_some() {
                    reader.fail_unexpected();
                }
                reader.end = outer;
                script
            })
        };
        self.at = close + 1;
        parts.done.push(Part::Substitution { script, process: false, quoted });
    }

    /// A script between backquotes with escapes, which go away before it is read.
    fn read_unescaped(&mut self, start: usize, end: usize, quoted: bool) -> Script {
        let source = self.text.get(start..end).unwrap_or_default();
        let mut text = String::with_capacity(source.len());
        let mut characters = source.chars().peekable();
        while let Some(character) = characters.next() {
            let goes = |next: &char| matches!(next, '`' | '\\' | '$') || (quoted && *next == '"');
            match characters.peek() {
                Some(next) if character == '\\' && goes(next) => {}
                _ => {
                    text.push(character);
                    continue;
                }
            }
            text.extend(characters.next());
        }
        let place = self.span(start, end);
        let (script, steps) = self.nest(|reader| {
            let mut inner = Reader::new(&text, Some(place), reader.depth);
            inner.here_documents = std::mem::take(&mut reader.here_documents);
            let mut parsed = inner.read_whole();
            reader.here_documents = std::mem::take(&mut parsed.here_documents);
            reader.fail_within(&mut parsed);
            (parsed.script, inner.steps_taken())
        });
        self.count(steps);
        script
    }
}
