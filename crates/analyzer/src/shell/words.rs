//! Words: text, quotes, globs, braces and what `$` and backquotes begin.

use super::reader::{Reader, ends_word};
use super::syntax::{Part, Word};

/// Where parts of words stand, which decides what ends them and what is special in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Context {
    /// A word of a command.
    Word,
    /// Between double quotes.
    Quotes,
    /// Behind the operator of `${x…}`.
    Braces {
        /// Whether that stands in double quotes.
        quoted: bool,
        /// Whether single quotes quote.
        single_quotes: bool,
    },
    /// The body of a here-document.
    Document {
        /// Whether tabs at the start of a line go away.
        strip_tabs: bool,
        /// Whether `$`, backquotes and `\` are special.
        expand: bool,
    },
}

/// The parts of a word as they are found.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) done: Vec<Part>,
    /// How many braces of an expansion are open.
    pub(super) braces: usize,
}

impl Parts {
    /// Adds text to the last part, or a new part where that is of another kind.
    pub(super) fn push_text(&mut self, added: &str, is_quoted: bool) {
        match self.done.last_mut() {
            Some(Part::Text { text, quoted }) if *quoted == is_quoted => text.push_str(added),
            _ => self.done.push(Part::Text { text: added.to_owned(), quoted: is_quoted }),
        }
    }
}

impl Reader<'_> {
    /// Reads one word of a command; an error where none stands.
    pub(super) fn read_argument(&mut self) -> Word {
        let word = self.read_value();
        if word.parts.is_empty() {
            self.fail_unexpected();
        }
        word
    }

    /// Reads what is assigned, which may be nothing.
    pub(super) fn read_value(&mut self) -> Word {
        let start = self.at;
        let parts = self.read_parts(Context::Word);
        Word { span: self.span_from(start), parts }
    }

    /// Reads parts up to what ends them in `context`; the end is not stepped over.
    pub(super) fn read_parts(&mut self, context: Context) -> Vec<Part> {
        let mut parts = Parts::default();
        if let Context::Document { strip_tabs: true, .. } = context {
            self.take_while(|byte| byte == b'\t');
        }
        loop {
            let text = self.take_while(|byte| !is_special(byte));
            if !text.is_empty() {
                let quoted = is_quoted(context);
                parts.push_text(text, quoted);
            }
            let Some(byte) = self.peek() else { break };
            let more = match context {
                Context::Word => self.read_special(byte, &mut parts),
                Context::Quotes => byte != b'"' && self.read_quoted(byte, &mut parts, context),
                Context::Braces { .. } => {
                    byte != b'}' && self.read_braces(byte, &mut parts, context)
                }
                Context::Document { .. } => self.read_document(byte, &mut parts, context),
            };
            if !more {
                break;
            }
        }
        parts.done
    }

    /// A special byte of an unquoted word; false where the word ends.
    fn read_special(&mut self, byte: u8, parts: &mut Parts) -> bool {
        match byte {
            b'\r' if self.peek_at(1) != Some(b'\n') => self.keep(1, parts, false),
            b'(' if self.follows(b'=') => self.read_list(parts),
            b'<' | b'>' if parts.done.is_empty() && self.peek_at(1) == Some(b'(') => {
                self.at += 1;
                self.read_substitution(parts, true, false);
            }
            byte if ends_word(byte) => return false,
            b'\'' => self.read_single(parts),
            b'"' => self.read_double(parts),
            b'\\' => self.read_escape(parts),
            b'$' => self.read_dollar(parts, false),
            b'`' => self.read_backquotes(parts, false),
            b'?' | b'*' | b'+' | b'@' | b'!' if self.peek_at(1) == Some(b'(') => {
                self.read_extended(parts);
            }
            b'*' | b'?' => {
                let text = self.take_while(|byte| byte == b'*' || byte == b'?');
                parts.done.push(Part::Glob(text.to_owned()));
            }
            b'[' => self.read_bracket(parts),
            b'{' => self.read_brace(byte, parts),
            b',' | b'}' if parts.braces > 0 => self.read_brace(byte, parts),
            _ => self.keep(1, parts, false),
        }
        true
    }

    /// A special byte between double quotes.
    fn read_quoted(&mut self, byte: u8, parts: &mut Parts, context: Context) -> bool {
        match byte {
            b'$' => self.read_dollar(parts, true),
            b'`' => self.read_backquotes(parts, true),
            b'\\' => match self.peek_at(1) {
                Some(b'\n') => self.at += 2,
                Some(next) if b"$`\"\\".contains(&next) => {
                    self.at += 1;
                    self.keep(1, parts, true);
                }
                _ => self.keep(1, parts, true),
            },
            _ => self.keep(1, parts, is_quoted(context)),
        }
        true
    }

    /// A special byte behind the operator of `${x…}`.
    fn read_braces(&mut self, byte: u8, parts: &mut Parts, context: Context) -> bool {
        let Context::Braces { quoted, single_quotes } = context else { return false };
        match byte {
            b'\'' if single_quotes => self.read_single(parts),
            b'"' => self.read_double(parts),
            b'\\' => self.read_escape(parts),
            b'$' => self.read_dollar(parts, quoted),
            b'`' => self.read_backquotes(parts, quoted),
            b'*' | b'?' => {
                parts.done.push(Part::Glob(char::from(byte).to_string()));
                self.at += 1;
            }
            b'[' => self.read_bracket(parts),
            _ => self.keep(1, parts, quoted),
        }
        true
    }

    /// A special byte of a here-document's body.
    fn read_document(&mut self, byte: u8, parts: &mut Parts, context: Context) -> bool {
        let Context::Document { strip_tabs, expand } = context else { return false };
        match byte {
            b'\n' => {
                self.keep(1, parts, true);
                if strip_tabs {
                    self.take_while(|byte| byte == b'\t');
                }
            }
            b'"' => self.keep(1, parts, true),
            b'\\' if expand && self.peek_at(1) == Some(b'"') => self.keep(1, parts, true),
            _ if expand => return self.read_quoted(byte, parts, context),
            _ => self.keep(1, parts, true),
        }
        true
    }

    /// Steps over `length` bytes of syntax characters that are text here.
    pub(super) fn keep(&mut self, length: usize, parts: &mut Parts, quoted: bool) {
        let start = self.at;
        self.at += length;
        parts.push_text(self.text.get(start..self.at).unwrap_or_default(), quoted);
    }

    /// Whether `byte` is what was read last.
    fn follows(&self, byte: u8) -> bool {
        self.at.checked_sub(1).and_then(|at| self.text.as_bytes().get(at)) == Some(&byte)
    }

    /// `(a b c)` of an array.
    fn read_list(&mut self, parts: &mut Parts) {
        let start = self.at;
        self.at += 1;
        let words = self.nest(|reader| {
            let mut words = Vec::new();
            loop {
                reader.skip_lines();
                if reader.peek().is_none_or(|byte| byte == b')') {
                    return words;
                }
                words.push(reader.read_argument());
            }
        });
        if !self.take(")") {
            self.fail_unclosed(start, "(", ")");
        }
        parts.done.push(Part::List(words));
    }

    /// `$…`; a `$` that begins nothing is text.
    fn read_dollar(&mut self, parts: &mut Parts, quoted: bool) {
        match self.peek_at(1) {
            Some(b'\'') if !quoted => {
                let text = self.read_c_quotes();
                parts.push_text(&text, true);
            }
            Some(b'"') if !quoted => {
                self.at += 1;
                self.read_double(parts);
            }
            Some(b'(') => {
                let start = self.at;
                if self.peek_at(2) == Some(b'(') && self.skip_arithmetic(3) {
                    let text = self.text.get(start + 3..self.at - 2).unwrap_or_default().to_owned();
                    parts.done.push(Part::Arithmetic { text, quoted });
                } else {
                    self.at += 1;
                    self.read_substitution(parts, false, quoted);
                }
            }
            _ => match self.read_parameter(quoted) {
                Some(parameter) => parts.done.push(Part::Parameter(Box::new(parameter))),
                None => self.keep(1, parts, quoted),
            },
        }
    }

    /// `(…)` behind `$`, `<` or `>`.
    fn read_substitution(&mut self, parts: &mut Parts, process: bool, quoted: bool) {
        let start = self.at;
        self.at += 1;
        let script = self.nest(Self::read_script);
        if !self.take(")") {
            self.fail_unclosed(start, "(", ")");
        }
        parts.done.push(Part::Substitution { script, process, quoted });
    }
}

/// Whether text in a context stands in quotes.
fn is_quoted(context: Context) -> bool {
    match context {
        Context::Word => false,
        Context::Braces { quoted, .. } => quoted,
        Context::Quotes | Context::Document { .. } => true,
    }
}

/// Bytes that mean something in some context. A table, because every byte is asked for.
fn is_special(byte: u8) -> bool {
    const SPECIAL: [bool; 128] = {
        let bytes = b" \t\n\r;&|()<>'\"\\$`*?+@![{},";
        let mut table = [false; 128];
        let mut at = 0;
        while at < bytes.len() {
            table[bytes[at] as usize] = true;
            at += 1;
        }
        table
    };
    SPECIAL.get(usize::from(byte)).is_some_and(|special| *special)
}
