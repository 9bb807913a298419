//! Simple commands: assignments, words, redirections.

use super::reader::{Reader, is_name};
use super::syntax::{Assignment, Command, CommandKind, Part, Redirection, RedirectionKind, Word};

/// Operators of redirections, longer ones before those they begin with.
const OPERATORS: &[(&str, RedirectionKind)] = &[
    ("<<<", RedirectionKind::HereString),
    ("<<-", RedirectionKind::HereDocument(0)),
    ("<<", RedirectionKind::HereDocument(0)),
    ("<&", RedirectionKind::Duplicate),
    ("<>", RedirectionKind::ReadWrite),
    ("<", RedirectionKind::Input),
    (">>", RedirectionKind::Append),
    (">&", RedirectionKind::Duplicate),
    (">|", RedirectionKind::Output),
    (">", RedirectionKind::Output),
    ("&>>", RedirectionKind::AppendOutputAndErrors),
    ("&>", RedirectionKind::OutputAndErrors),
];

impl Reader<'_> {
    /// Reads a command that begins at `start` with no keyword, or the definition of a function.
    pub(super) fn read_simple(&mut self, start: usize) -> Command {
        let (mut assignments, mut words, mut redirections) = (Vec::new(), Vec::new(), Vec::new());
        let mut end = start;
        loop {
            if let Some(redirection) = self.read_redirection() {
                redirections.push(redirection);
            } else if let Some(assignment) =
                words.is_empty().then(|| self.read_assignment()).flatten()
            {
                assignments.push(assignment);
            } else if self.at_word() {
                words.push(self.read_argument());
                if let [name] = &words[..]
                    && let Some(name) = self.function_name(name)
                {
                    let kind = self.nest(|reader| reader.read_function_body(name));
                    return Command { span: self.span_from(start), kind, redirections };
                }
            } else {
                break;
            }
            end = self.at;
            self.skip_blanks();
        }
        if end == start {
            self.fail_unexpected();
        } else {
            self.at = end;
        }
        let kind = CommandKind::Simple { assignments, words };
        Command { span: self.span(start, end), kind, redirections }
    }

    /// Whether a word begins here, rather than an operator, a comment or the end.
    fn at_word(&self) -> bool {
        match self.peek() {
            None | Some(b'\n' | b'\r' | b';' | b'&' | b'|' | b'(' | b')' | b'#') => false,
            Some(b'<' | b'>') => self.peek_at(1) == Some(b'('),
            Some(_) => true,
        }
    }

    /// The name, if `()` stands behind it; the parentheses are then stepped over.
    fn function_name(&mut self, word: &Word) -> Option<String> {
        let end = self.at;
        self.skip_blanks();
        if self.take("(") {
            self.skip_blanks();
            if let [Part::Text { text, quoted: false }] = &word.parts[..]
                && self.take(")")
            {
                return Some(text.clone());
            }
        }
        self.at = end;
        None
    }

    /// `NAME=value`, `NAME+=value`, `NAME[index]=value`.
    fn read_assignment(&mut self) -> Option<Assignment> {
        let start = self.at;
        if !self.peek().is_some_and(|byte| is_name(byte) && !byte.is_ascii_digit()) {
            return None;
        }
        self.take_while(is_name);
        if self.take("[") {
            self.take_while(|byte| !b"]= \t\n".contains(&byte));
            self.take("]");
        }
        let name = self.text.get(start..self.at).unwrap_or_default();
        let append = self.take("+=");
        if !append && !self.take("=") {
            self.at = start;
            return None;
        }
        let value = self.read_value();
        Some(Assignment { span: self.span_from(start), name: name.to_owned(), append, value })
    }

    /// A redirection, if one stands here.
    pub(super) fn read_redirection(&mut self) -> Option<Redirection> {
        if !self.peek().is_some_and(|byte| b"<>&".contains(&byte) || byte.is_ascii_digit()) {
            return None;
        }
        let start = self.at;
        let number = self.take_while(|byte| byte.is_ascii_digit());
        let process = matches!(self.peek(), Some(b'<' | b'>')) && self.peek_at(1) == Some(b'(');
        let found = OPERATORS.iter().find(|(operator, _)| self.sees(operator));
        let Some((operator, kind)) = found.filter(|_| !process) else {
            self.at = start;
            return None;
        };
        let descriptor = number.parse().ok();
        if operator.starts_with('&') && !number.is_empty() {
            self.at = start;
            return None;
        }
        self.at += operator.len();
        self.skip_blanks();
        if !self.at_word() {
            let span = self.span_from(start);
            self.fail(span, format!("Nothing stands behind `{operator}`; name a file."));
        }
        let target = self.read_argument();
        let kind = match kind {
            RedirectionKind::HereDocument(_) => {
                RedirectionKind::HereDocument(self.open_here_document(&target, *operator == "<<-"))
            }
            other => *other,
        };
        Some(Redirection { span: self.span_from(start), descriptor, kind, target })
    }
}
