//! Here-documents: a redirection opens one, and its body stands behind the line.

use super::ShellError;
use super::reader::Reader;
use super::syntax::{HereDocument, Part, Word};
use super::words::Context;
use crate::text::Span;

/// A here-document whose body is still to come.
pub(super) struct Pending {
    /// Its place in the list.
    index: usize,
    /// Whether tabs at the start of its lines go away.
    strip_tabs: bool,
    /// Whether variables expand in it.
    expand: bool,
    /// Where its delimiter stands.
    span: Span,
}

impl Reader<'_> {
    /// Notes that a body comes behind this line, and returns its place in the list.
    pub(super) fn open_here_document(&mut self, target: &Word, strip_tabs: bool) -> usize {
        let mut delimiter = String::new();
        let mut expand = true;
        for part in &target.parts {
            match part {
                Part::Text { text, quoted } => {
                    delimiter.push_str(text);
                    expand &= !quoted;
                }
                Part::Glob(text) => delimiter.push_str(text),
                Part::Brace(brace) => delimiter.push(*brace),
                // As written; a shell takes `<<$x` so.
                Part::Parameter(parameter) => {
                    delimiter.push('$');
                    delimiter.push_str(&parameter.name);
                }
                _ => {}
            }
        }
        let index = self.here_documents.len();
        self.here_documents.push(HereDocument { delimiter, body: Word::default() });
        self.pending.push(Pending { index, strip_tabs, expand, span: target.span });
        index
    }

    /// Reads the bodies that begin here, at the start of a line.
    pub(super) fn read_bodies(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            let start = self.at;
            let delimiter = self.here_documents.get(pending.index).map(|it| it.delimiter.clone());
            let end = self.find_end(&delimiter.unwrap_or_default(), pending.strip_tabs);
            let Some(end) = end else {
                self.at = self.end;
                self.complain(&pending);
                self.keep_body(&pending, start, self.end);
                continue;
            };
            let next = self.at;
            self.keep_body(&pending, start, end);
            self.at = next;
        }
    }

    /// Here-documents whose line no other line follows.
    pub(super) fn give_up_pending(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            self.complain(&pending);
        }
    }

    fn complain(&mut self, pending: &Pending) {
        let name = self.here_documents.get(pending.index).map(|it| it.delimiter.as_str());
        let message = format!(
            "The here-document `{0}` never ends; write `{0}` alone on a line behind its text.",
            name.unwrap_or_default()
        );
        self.errors.push(ShellError { span: pending.span, message });
    }

    /// Steps behind the line that is the delimiter and returns where that line starts.
    fn find_end(&mut self, delimiter: &str, strip_tabs: bool) -> Option<usize> {
        while self.peek().is_some() {
            let start = self.at;
            let line = self.take_while(|byte| byte != b'\n');
            let line = line.strip_suffix('\r').unwrap_or(line);
            let line = if strip_tabs { line.trim_start_matches('\t') } else { line };
            self.take("\n");
            if line == delimiter {
                return Some(start);
            }
        }
        None
    }

    fn keep_body(&mut self, pending: &Pending, start: usize, end: usize) {
        let (outer, pipes) = (self.end, std::mem::take(&mut self.pending));
        (self.at, self.end) = (start, end);
        let context = Context::Document { strip_tabs: pending.strip_tabs, expand: pending.expand };
        let parts = self.nest(|reader| reader.read_parts(context));
        let body = Word { span: self.span(start, end), parts };
        if let Some(document) = self.here_documents.get_mut(pending.index) {
            document.body = body;
        }
        (self.at, self.end, self.pending) = (end, outer, pipes);
    }
}
