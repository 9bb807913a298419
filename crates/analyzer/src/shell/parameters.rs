//! Parameters: `$x`, `${x}` and what stands between the braces.

use super::reader::{Reader, is_name};
use super::syntax::{Operation, Parameter, Word};
use super::words::Context;

/// Operators behind a name, longer ones before those they begin with.
const OPERATORS: &[&str] = &[
    ":-", ":=", ":?", ":+", ":", "-", "=", "?", "+", "##", "#", "%%", "%", "//", "/", "^^", "^",
    ",,", ",", "@",
];

/// Parameters with a name of one special character.
const SPECIAL: &[u8] = b"@*#?-$!0123456789";

impl Reader<'_> {
    /// Reads `$x` or `${x…}`; `None`, and nothing done, where `$` begins no parameter.
    pub(super) fn read_parameter(&mut self, quoted: bool) -> Option<Parameter> {
        let next = self.peek_at(1)?;
        if next == b'{' {
            return Some(self.nest(|reader| reader.read_braced(quoted)));
        }
        let name = if is_name(next) && !next.is_ascii_digit() {
            self.at += 1;
            self.take_while(is_name)
        } else if SPECIAL.contains(&next) {
            self.at += 2;
            self.text.get(self.at - 1..self.at).unwrap_or_default()
        } else {
            return None;
        };
        Some(Parameter { name: name.to_owned(), quoted, ..Parameter::default() })
    }

    fn read_braced(&mut self, quoted: bool) -> Parameter {
        let start = self.at;
        self.take("${");
        let mut parameter = Parameter { quoted, ..Parameter::default() };
        // `${#}` and `${#-x}` are about the number of arguments, `${#x}` is a length.
        let named = |byte: Option<u8>| byte.is_some_and(|it| is_name(it) || b"@*".contains(&it));
        if self.peek() == Some(b'#') && named(self.peek_at(1)) {
            self.at += 1;
            parameter.length = true;
        } else if self.peek() == Some(b'!') && named(self.peek_at(1)) {
            self.at += 1;
            parameter.indirect = true;
        }
        parameter.name = match self.peek() {
            Some(byte) if is_name(byte) => self.take_while(is_name).to_owned(),
            Some(byte) if SPECIAL.contains(&byte) => self.take_character().to_owned(),
            _ => String::new(),
        };
        if self.take("[") {
            parameter.index = Some(self.take_while(|byte| byte != b']' && byte != b'}').to_owned());
            self.take("]");
        }
        if let Some(operator) = OPERATORS.iter().find(|operator| self.sees(operator)) {
            self.at += operator.len();
            let patterns = ["#", "%", "/"].iter().any(|sign| operator.starts_with(sign));
            let single_quotes = !quoted || patterns;
            let word_start = self.at;
            let parts = self.read_parts(Context::Braces { quoted, single_quotes });
            let word = Word { span: self.span_from(word_start), parts };
            parameter.operation = Some(Operation { operator, word });
        }
        if !self.take("}") {
            self.fail_parameter(start, &parameter.name);
        }
        parameter
    }

    fn fail_parameter(&mut self, start: usize, name: &str) {
        if self.peek().is_none() {
            self.fail_unclosed(start, "${", "}");
            return;
        }
        let span = self.span_from(start);
        self.fail(
            span,
            format!("`${{{name}` is followed by what no shell knows; write `${{{name}}}`."),
        );
    }
}
