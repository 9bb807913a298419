//! From a text to logical lines: directives, comments, continuations and heredoc bodies.
//!
//! Rules: `Parse` in `frontend/dockerfile/parser/parser.go` and `directives.go` of BuildKit
//! v0.33.0, <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/parser/parser.go>.

use std::collections::HashMap;

use super::heredoc::Opening;
use super::instruction::starts_instruction;
use super::logical::LogicalLine;
use super::{Directive, Dockerfile, Heredoc, SyntaxError, check_options};
use crate::text::Span;

/// BuildKit refuses a longer physical line (the default buffer of Go's scanner).
const LONGEST_LINE: usize = 65_535;

/// A physical line, as offsets into the text.
#[derive(Clone, Copy, Debug)]
struct Line {
    start: usize,
    /// Without `\n` and any `\r` before it.
    end: usize,
}

/// Reads a text line by line.
pub(super) struct Lines<'text> {
    text: &'text str,
    lines: Vec<Line>,
    /// Index of the next line to read.
    at: usize,
    /// The escape character in force.
    pub(super) escape: char,
    /// Whether a line that is no directive was seen: later ones are comments.
    directives_over: bool,
    /// Lines by their text, to find where heredocs end without reading the file again for each.
    terminators: Option<HashMap<&'text str, Vec<usize>>>,
    /// The same with leading tabs taken off, for `<<-`.
    indented_terminators: Option<HashMap<&'text str, Vec<usize>>>,
}

impl<'text> Lines<'text> {
    /// Finds the lines of `text`; a byte-order mark in front is left out.
    pub(super) fn new(text: &'text str, errors: &mut Vec<SyntaxError>) -> Self {
        let mut lines = Vec::new();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let next = start + line.len();
            let mark =
                if start == 0 && line.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
            let length = line.strip_suffix('\n').unwrap_or(line).len();
            if length > LONGEST_LINE {
                let message = format!(
                    "This line has {length} bytes, BuildKit reads at most {LONGEST_LINE}; continue it on another line."
                );
                errors.push(SyntaxError { span: Span::new(start, start + length), message });
            }
            let end = start + line.trim_end_matches(['\r', '\n']).len();
            lines.push(Line { start: (start + mark).min(end), end });
            start = next;
        }
        Self {
            text,
            lines,
            at: 0,
            escape: '\\',
            directives_over: false,
            terminators: None,
            indented_terminators: None,
        }
    }

    /// The next logical line and where its last physical line ends, empty ones left out; comments
    /// and directives on the way go to `dockerfile`.
    pub(super) fn next_logical(
        &mut self,
        dockerfile: &mut Dockerfile,
        errors: &mut Vec<SyntaxError>,
    ) -> Option<(LogicalLine, usize)> {
        loop {
            let line = self.next_line()?;
            let text = self.slice(line);
            let trimmed = text.trim_start();
            let start = line.end - trimmed.len();
            if trimmed.starts_with('#') {
                self.comment(Span::new(start, line.end), dockerfile, errors);
                continue;
            }
            self.directives_over = true;
            if trimmed.is_empty() {
                continue;
            }
            let mut logical = LogicalLine::default();
            let mut end = line.end;
            let mut continues = self.push(&mut logical, start, trimmed);
            while continues && let Some(line) = self.next_line() {
                let text = self.slice(line);
                let trimmed = text.trim_start();
                if trimmed.is_empty() {
                    continue;
                }
                end = line.end;
                if trimmed.starts_with('#') {
                    dockerfile.comments.push(Span::new(line.end - trimmed.len(), line.end));
                } else {
                    continues = self.push(&mut logical, line.start, text);
                }
            }
            return Some((logical, end));
        }
    }

    /// The body of the heredoc that `opening` asks for, from the next line on, and where it ends:
    /// with its delimiter line, or as an error with its last line when there is none.
    pub(super) fn heredoc(
        &mut self,
        opening: &Opening,
    ) -> Result<(Heredoc, usize), (Heredoc, usize)> {
        let found = self.find_terminator(&opening.name, opening.strip_tabs);
        // Without an end the body stops where the next instruction seems to start, so that one
        // forgotten word does not swallow the rest of the file.
        let last = found.unwrap_or_else(|| {
            (self.at..self.lines.len())
                .find(|index| {
                    self.line(*index).is_some_and(|line| starts_instruction(self.slice(line)))
                })
                .unwrap_or(self.lines.len())
        });
        let start = self.line(self.at).map_or(self.text.len(), |line| line.start);
        let end = self.line(last).map_or(self.text.len(), |line| line.start).max(start);
        let body = self.text.get(start..end).unwrap_or("");
        let mut stripped = Vec::new();
        let mut content = String::with_capacity(body.len());
        if opening.strip_tabs {
            for line in body.split_inclusive('\n') {
                let kept = line.trim_start_matches('\t');
                stripped.push(line.len() - kept.len());
                content.push_str(kept);
            }
        } else {
            content.push_str(body);
        }
        let heredoc = Heredoc {
            name: opening.name.clone(),
            content,
            span: Span::new(start, end),
            expand: opening.expand,
            strip_tabs: opening.strip_tabs,
            stripped,
        };
        match found.and_then(|index| self.line(index)) {
            Some(terminator) => {
                self.at = last + 1;
                Ok((heredoc, terminator.end))
            }
            None => {
                let end = last.checked_sub(1).and_then(|index| self.line(index));
                self.at = last;
                Err((heredoc, end.map_or(start, |line| line.end)))
            }
        }
    }

    fn line(&self, index: usize) -> Option<Line> {
        self.lines.get(index).copied()
    }

    fn next_line(&mut self) -> Option<Line> {
        let line = self.line(self.at)?;
        self.at += 1;
        Some(line)
    }

    fn slice(&self, line: Line) -> &'text str {
        self.text.get(line.start..line.end).unwrap_or("")
    }

    /// Appends a physical line without its continuation; whether it has one.
    fn push(&self, logical: &mut LogicalLine, start: usize, text: &str) -> bool {
        let body = text.trim_end_matches([' ', '\t']).strip_suffix(self.escape);
        // An escape that is escaped itself continues nothing.
        match body.filter(|body| !body.ends_with(self.escape)) {
            Some(body) => {
                logical.push(start, body);
                true
            }
            None => {
                logical.push(start, text);
                false
            }
        }
    }

    /// A comment before an instruction: perhaps a directive.
    fn comment(&mut self, span: Span, dockerfile: &mut Dockerfile, errors: &mut Vec<SyntaxError>) {
        let directive =
            if self.directives_over { None } else { read_directive(span.slice(self.text)) };
        let Some((name, value)) = directive else {
            self.directives_over = true;
            dockerfile.comments.push(span);
            return;
        };
        if dockerfile.directives.iter().any(|directive| directive.name == name) {
            let message = format!("`# {name}=` is given twice; keep one of them.");
            errors.push(SyntaxError { span, message });
            return;
        }
        match (name.as_str(), value) {
            ("escape", "\\") => self.escape = '\\',
            ("escape", "`") => self.escape = '`',
            ("escape", _) => {
                let message = match value {
                    "" => "The escape directive is empty; write `# escape=\\`.".to_owned(),
                    _ => {
                        format!("`{value}` cannot be the escape character; write `\\` or `` ` ``.")
                    }
                };
                errors.push(SyntaxError { span, message });
                return;
            }
            ("check", _) => {
                if let Err(message) = check_options::read(value) {
                    errors.push(SyntaxError { span, message });
                    return;
                }
            }
            _ => {}
        }
        dockerfile.directives.push(Directive { span, name, value: value.to_owned() });
    }

    /// The next line that ends a heredoc.
    fn find_terminator(&mut self, name: &str, strip_tabs: bool) -> Option<usize> {
        let (text, lines) = (self.text, &self.lines);
        let index = if strip_tabs { &mut self.indented_terminators } else { &mut self.terminators };
        let index = index.get_or_insert_with(|| {
            let mut index: HashMap<&str, Vec<usize>> = HashMap::new();
            for (number, line) in lines.iter().enumerate() {
                let line = text.get(line.start..line.end).unwrap_or("");
                let line = if strip_tabs { line.trim_start_matches('\t') } else { line };
                index.entry(line).or_default().push(number);
            }
            index
        });
        let numbers = index.get(name)?;
        numbers.get(numbers.partition_point(|number| *number < self.at)).copied()
    }
}

/// Name in lower case and value of a directive that BuildKit knows.
fn read_directive(comment: &str) -> Option<(String, &str)> {
    let is_space = |c: char| matches!(c, '\t' | '\n' | '\u{c}' | '\r' | ' ');
    let (name, value) = comment.strip_prefix('#')?.trim_start().split_once('=')?;
    let name = name.trim_end_matches(is_space).to_ascii_lowercase();
    (["syntax", "escape", "check"].contains(&name.as_str()) && !value.is_empty())
        .then(|| (name, value.trim_matches(is_space)))
}
