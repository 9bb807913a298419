//! The cursor over a script: bytes, blanks, comments, keywords, nesting and the first error.

use super::syntax::HereDocument;
use super::{MOST_NESTING, Parsed, ShellError};
use crate::text::Span;

/// A parser at some place of a text.
///
/// Every byte of syntax is ASCII, so that `at` always stands between two characters.
pub(super) struct Reader<'text> {
    pub(super) text: &'text str,
    pub(super) at: usize,
    /// Where reading ends for now: the end of the text, or of what stands between backquotes.
    pub(super) end: usize,
    /// How deep what is being read nests.
    pub(super) depth: usize,
    /// What every span is, when the text is not the person's own.
    pub(super) place: Option<Span>,
    pub(super) here_documents: Vec<HereDocument>,
    /// Here-documents whose bodies stand behind the next line end.
    pub(super) pending: Vec<super::here_documents::Pending>,
    pub(super) errors: Vec<ShellError>,
    /// Set by the error that stops the reading; the text then seems to end everywhere.
    rest: Option<Span>,
    /// Bytes looked at, for the test that it is a small multiple of the text.
    #[cfg(test)]
    pub(super) steps: std::cell::Cell<usize>,
}

impl<'text> Reader<'text> {
    pub(super) fn new(text: &'text str, place: Option<Span>, depth: usize) -> Self {
        Self {
            text,
            at: 0,
            end: text.len(),
            depth,
            place,
            here_documents: Vec::new(),
            pending: Vec::new(),
            errors: Vec::new(),
            rest: None,
            #[cfg(test)]
            steps: std::cell::Cell::default(),
        }
    }

    pub(super) fn read_all(mut self) -> Parsed {
        self.read_whole()
    }

    /// Reads to the end of the text; what closes nothing is an error.
    pub(super) fn read_whole(&mut self) -> Parsed {
        let script = self.read_script();
        if self.peek().is_some() {
            self.fail_unexpected();
        }
        self.give_up_pending();
        Parsed {
            script,
            here_documents: std::mem::take(&mut self.here_documents),
            errors: std::mem::take(&mut self.errors),
            rest: self.rest,
        }
    }

    /// Counts `bytes` as looked at.
    pub(super) fn count(&self, bytes: usize) {
        #[cfg(test)]
        self.steps.set(self.steps.get() + bytes);
        #[cfg(not(test))]
        let _ = bytes;
    }

    /// Bytes looked at so far.
    pub(super) fn steps_taken(&self) -> usize {
        #[cfg(test)]
        return self.steps.get();
        #[cfg(not(test))]
        0
    }

    /// The byte here; `None` at the end, and everywhere after an error.
    pub(super) fn peek(&self) -> Option<u8> {
        self.peek_at(0)
    }

    /// The byte `ahead` bytes further on.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.count(1);
        let at = self.at + ahead;
        if self.rest.is_some() || at >= self.end {
            return None;
        }
        self.text.as_bytes().get(at).copied()
    }

    /// Whether `token` stands here.
    pub(super) fn sees(&self, token: &str) -> bool {
        token.bytes().enumerate().all(|(ahead, byte)| self.peek_at(ahead) == Some(byte))
    }

    /// Steps over `token` if it stands here.
    pub(super) fn take(&mut self, token: &str) -> bool {
        let seen = self.sees(token);
        if seen {
            self.at += token.len();
        }
        seen
    }

    /// Steps over bytes while they fit, and returns them.
    pub(super) fn take_while(&mut self, fits: impl Fn(u8) -> bool) -> &'text str {
        let start = self.at;
        while self.peek().is_some_and(&fits) {
            self.at += 1;
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// Steps over the character here and returns it as text; empty at the end.
    pub(super) fn take_character(&mut self) -> &'text str {
        let length = match self.peek() {
            None => 0,
            Some(_) => self
                .text
                .get(self.at..)
                .and_then(|rest| rest.chars().next())
                .map_or(0, char::len_utf8),
        };
        let start = self.at;
        self.at += length;
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The span from `start` to here.
    pub(super) fn span_from(&self, start: usize) -> Span {
        self.span(start, self.at)
    }

    /// The span from `start` to `end`, or the place of the whole text.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        self.place.unwrap_or_else(|| Span::new(start, end))
    }

    /// Steps over blanks and over line ends that `\` takes away.
    pub(super) fn skip_blanks(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' => self.at += 1,
                b'\\' if self.peek_at(1) == Some(b'\n') => self.at += 2,
                b'\r' if self.peek_at(1) == Some(b'\n') => self.at += 1,
                b'\\' if self.sees("\\\r\n") => self.at += 3,
                _ => break,
            }
        }
    }

    /// Steps over blanks and a comment.
    fn skip_comment(&mut self) {
        self.skip_blanks();
        if self.peek() == Some(b'#') {
            self.take_while(|byte| byte != b'\n');
        }
    }

    /// Steps over blanks, comments and line ends, and over the bodies of here-documents.
    pub(super) fn skip_lines(&mut self) {
        loop {
            self.skip_comment();
            if !self.take("\n") {
                break;
            }
            self.read_bodies();
        }
    }

    /// Steps over blanks and a comment that ends the line, not over the line end.
    pub(super) fn skip_to_token(&mut self) {
        self.skip_comment();
    }

    /// Whether `keyword` stands here as a word of its own.
    pub(super) fn sees_keyword(&self, keyword: &str) -> bool {
        self.sees(keyword) && self.peek_at(keyword.len()).is_none_or(ends_word)
    }

    /// Steps over `keyword` if it stands here as a word of its own.
    pub(super) fn take_keyword(&mut self, keyword: &str) -> bool {
        let seen = self.sees_keyword(keyword);
        if seen {
            self.at += keyword.len();
        }
        seen
    }

    /// Reads something one level deeper; an error and the default where that is too deep.
    pub(super) fn nest<T: Default>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        if self.depth >= MOST_NESTING {
            let span = self.span(self.at, self.at);
            self.fail(
                span,
                format!(
                    "Commands nest more than {MOST_NESTING} deep here, which is not read; move \
                     the inner ones to a script of their own."
                ),
            );
            return T::default();
        }
        self.depth += 1;
        let value = read(self);
        self.depth -= 1;
        value
    }

    /// Keeps the first error and ends the reading: from here on the text seems to end.
    pub(super) fn fail(&mut self, span: Span, message: String) {
        if self.rest.is_none() {
            self.errors.push(ShellError { span, message });
            self.rest = Some(self.span(self.at, self.text.len()));
        }
    }

    /// Takes the error of a text within this one as the error of this one.
    pub(super) fn fail_within(&mut self, inner: &mut Parsed) {
        if self.rest.is_none() {
            self.errors.append(&mut inner.errors);
            self.rest = inner.rest.map(|_| self.span(self.at, self.text.len()));
        }
    }

    /// `what` began at `start` and its end is missing.
    pub(super) fn fail_unclosed(&mut self, start: usize, what: &str, close: &str) {
        let span = self.span(start, self.at.min(start + what.len()));
        if matches!(what, "'" | "\"" | "$'" | "`") {
            // What stands between quotes that do not end is nothing in particular.
            self.at = start;
        }
        let message = match what {
            "`" => "The backquote here never ends; write another one behind the command.".into(),
            _ => format!("The `{what}` here never ends; close it with `{close}`."),
        };
        self.fail(span, message);
    }

    /// What stands here fits nothing.
    pub(super) fn fail_unexpected(&mut self) {
        let start = self.at;
        let token = self.take_while(|byte| !ends_word(byte)).len();
        let length = if token == 0 { self.take_character().len() } else { token };
        self.at = start;
        let found = self.text.get(start..start + length).unwrap_or_default();
        let message = if found.is_empty() || found == "\n" {
            "A command is missing here; write one, or take the operator before it away.".to_owned()
        } else {
            format!("`{found}` does not fit here; write a command before it, or take it away.")
        };
        let span = self.span(start, start + length);
        self.fail(span, message);
    }
}

/// Whether a byte ends an unquoted word.
pub(super) fn ends_word(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b';' | b'&' | b'|' | b'(' | b')' | b'<' | b'>')
}

/// Whether a byte may stand in a variable's name.
pub(super) fn is_name(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric()
}
