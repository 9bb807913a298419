//! Lists of commands: statements, `&&` and `||`, pipelines.

use super::reader::Reader;
use super::syntax::{Joint, Pipeline, Script, Statement};

/// Words that end a list of commands; who reads the list knows which one it waits for.
const CLOSING: &[&str] = &["then", "elif", "else", "fi", "do", "done", "esac", "}"];

impl Reader<'_> {
    /// Reads commands up to the end, or to what closes them.
    pub(super) fn read_script(&mut self) -> Script {
        self.skip_lines();
        let start = self.at;
        let mut end = start;
        let mut statements = Vec::new();
        while !self.at_script_end() {
            let before = self.at;
            let statement = self.read_statement();
            end = if self.place.is_some() { before } else { statement.span.end };
            statements.push(statement);
            self.skip_lines();
        }
        Script { span: self.span(start, end), statements }
    }

    fn at_script_end(&self) -> bool {
        match self.peek() {
            None | Some(b')') => true,
            Some(b';') => matches!(self.peek_at(1), Some(b';' | b'&')),
            _ => CLOSING.iter().any(|keyword| self.sees_keyword(keyword)),
        }
    }

    fn read_statement(&mut self) -> Statement {
        let start = self.at;
        let mut pipelines = Vec::new();
        let mut joint = Joint::First;
        loop {
            pipelines.push((joint, self.read_pipeline()));
            let end = self.at;
            self.skip_to_token();
            joint = if self.take("&&") {
                Joint::And
            } else if self.take("||") {
                Joint::Or
            } else {
                let span = self.span(start, end);
                let background = self.read_separator();
                return Statement { span, pipelines, background };
            };
            self.skip_lines();
        }
    }

    /// Steps over what ends a statement, and says whether it was `&`.
    fn read_separator(&mut self) -> bool {
        match self.peek() {
            Some(b'&') => {
                self.at += 1;
                return true;
            }
            Some(b';') if !matches!(self.peek_at(1), Some(b';' | b'&')) => self.at += 1,
            None | Some(b'\n' | b';' | b')') => {}
            Some(_) => self.fail_unexpected(),
        }
        false
    }

    fn read_pipeline(&mut self) -> Pipeline {
        let start = self.at;
        let mut negated = false;
        while self.take_keyword("!") {
            negated = !negated;
            self.skip_blanks();
        }
        self.skip_time();
        let mut commands = Vec::new();
        loop {
            commands.push(self.read_command());
            let end = self.at;
            self.skip_to_token();
            if self.sees("||") || !(self.take("|&") || self.take("|")) {
                self.at = end.max(start);
                return Pipeline { span: self.span(start, end), negated, commands };
            }
            self.skip_lines();
        }
    }

    /// `time` says how long a pipeline takes and changes nothing else.
    fn skip_time(&mut self) {
        let start = self.at;
        if !self.take_keyword("time") {
            return;
        }
        self.skip_blanks();
        if self.take_keyword("-p") {
            self.skip_blanks();
        }
        // A program of that name has options of its own.
        if self.peek().is_none_or(|byte| b"-\n;&|)".contains(&byte)) {
            self.at = start;
        }
    }
}
