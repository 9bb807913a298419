//! Commands that hold commands: groups, conditions, loops, functions.

use std::rc::Rc;

use super::reader::{Reader, ends_word};
use super::syntax::{Arm, Command, CommandKind, Part, Script, Word};

/// Longest `((…))` that is looked for, so that parentheses without an end are not looked through
/// again and again.
const LONGEST_ARITHMETIC: usize = 2_000;

impl Default for CommandKind {
    fn default() -> Self {
        Self::Simple { assignments: Vec::new(), words: Vec::new() }
    }
}

impl Reader<'_> {
    /// Reads one command with its redirections.
    pub(super) fn read_command(&mut self) -> Command {
        let start = self.at;
        let Some(kind) = self.read_compound() else {
            return self.read_simple(start);
        };
        let mut redirections = Vec::new();
        let mut end = self.at;
        loop {
            self.skip_blanks();
            let Some(redirection) = self.read_redirection() else { break };
            redirections.push(redirection);
            end = self.at;
        }
        self.at = end;
        Command { span: self.span(start, end), kind, redirections }
    }

    /// A command that begins with a keyword or parenthesis; `None` for a simple one.
    fn read_compound(&mut self) -> Option<CommandKind> {
        let read: fn(&mut Self) -> CommandKind = match self.peek()? {
            b'(' => Self::read_parenthesis,
            b'{' if self.sees_keyword("{") => Self::read_group,
            b'[' if self.sees_keyword("[[") => Self::read_test,
            b'i' if self.sees_keyword("if") => Self::read_if,
            b'w' if self.sees_keyword("while") => Self::read_loop,
            b'u' if self.sees_keyword("until") => Self::read_loop,
            b'f' if self.sees_keyword("for") => Self::read_for,
            b's' if self.sees_keyword("select") => Self::read_for,
            b'c' if self.sees_keyword("case") => Self::read_case,
            b'f' if self.sees_keyword("function") => Self::read_function,
            _ => return None,
        };
        Some(self.nest(read))
    }

    fn read_parenthesis(&mut self) -> CommandKind {
        let start = self.at;
        if self.sees("((") && self.skip_arithmetic(2) {
            return CommandKind::Arithmetic;
        }
        self.take("(");
        let script = self.read_script();
        if !self.take(")") {
            self.fail_unclosed(start, "(", ")");
        }
        CommandKind::Subshell(script)
    }

    /// Steps over `((…))` with `open` bytes before the inner text. False, and nothing done, where
    /// the parentheses are those of nested subshells.
    pub(super) fn skip_arithmetic(&mut self, open: usize) -> bool {
        let start = self.at;
        self.at += open;
        let mut depth = 0_usize;
        while let Some(byte) = self.peek().filter(|_| self.at < start + LONGEST_ARITHMETIC) {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth > 0 => depth -= 1,
                b')' => {
                    if self.take(")") {
                        return true;
                    }
                    break;
                }
                _ => {}
            }
        }
        self.at = start;
        false
    }

    fn read_group(&mut self) -> CommandKind {
        let start = self.at;
        self.take("{");
        let script = self.read_script();
        self.expect(start, "{", "}");
        CommandKind::Group(script)
    }

    /// Steps over the keyword that `opening` waits for.
    fn expect(&mut self, start: usize, opening: &str, keyword: &str) {
        if self.take_keyword(keyword) {
            return;
        }
        if self.peek().is_some() {
            let span = self.span(self.at, self.at);
            self.fail(
                span,
                format!("The `{opening}` before waits for `{keyword}`, and something else closes here; write `{keyword}`."),
            );
        } else {
            self.fail_unclosed(start, opening, keyword);
        }
    }

    fn read_if(&mut self) -> CommandKind {
        let start = self.at;
        self.take("if");
        let mut branches = Vec::new();
        let mut otherwise = None;
        loop {
            let condition = self.read_script();
            self.expect(start, "if", "then");
            branches.push((condition, self.read_script()));
            if !self.take_keyword("elif") {
                break;
            }
        }
        if self.take_keyword("else") {
            otherwise = Some(self.read_script());
        }
        self.expect(start, "if", "fi");
        CommandKind::If { branches, otherwise }
    }

    fn read_loop(&mut self) -> CommandKind {
        let start = self.at;
        let until = self.take("until");
        if !until {
            self.take("while");
        }
        let condition = self.read_script();
        let body = self.read_do(start, if until { "until" } else { "while" });
        CommandKind::Loop { until, condition, body }
    }

    /// `do … done`, or the braces that bash takes as well.
    fn read_do(&mut self, start: usize, opening: &str) -> Script {
        self.skip_lines();
        let (open, close) = if self.sees_keyword("{") { ("{", "}") } else { ("do", "done") };
        self.expect(start, opening, open);
        let body = self.read_script();
        self.expect(start, opening, close);
        body
    }

    fn read_for(&mut self) -> CommandKind {
        let start = self.at;
        self.take_while(|byte| byte.is_ascii_lowercase());
        self.skip_blanks();
        let mut words = None;
        let mut variable = "";
        if self.sees("((") {
            if !self.skip_arithmetic(2) {
                self.fail_unclosed(start, "for", "))");
            }
        } else {
            variable = self.take_while(|byte| !ends_word(byte));
            self.skip_lines();
            if self.take_keyword("in") {
                words = Some(self.read_words());
            }
        }
        self.skip_blanks();
        self.take(";");
        let body = self.read_do(start, "for");
        CommandKind::For { variable: variable.to_owned(), words, body }
    }

    /// Words up to the end of the line or a `;`.
    fn read_words(&mut self) -> Vec<Word> {
        let mut words = Vec::new();
        loop {
            self.skip_to_token();
            match self.peek() {
                None | Some(b'\n' | b';') => return words,
                Some(_) => words.push(self.read_argument()),
            }
        }
    }

    fn read_case(&mut self) -> CommandKind {
        let start = self.at;
        self.take("case");
        self.skip_blanks();
        let subject = self.read_argument();
        self.skip_lines();
        self.expect(start, "case", "in");
        let mut arms = Vec::new();
        loop {
            self.skip_lines();
            if self.peek().is_none() || self.sees_keyword("esac") {
                break;
            }
            arms.push(self.read_arm());
            self.skip_lines();
            if !(self.take(";;&") || self.take(";;") || self.take(";&")) {
                break;
            }
        }
        self.expect(start, "case", "esac");
        CommandKind::Case { subject, arms }
    }

    fn read_arm(&mut self) -> Arm {
        let start = self.at;
        self.take("(");
        let mut patterns = Vec::new();
        loop {
            self.skip_blanks();
            patterns.push(self.read_argument());
            self.skip_lines();
            if !self.take("|") {
                break;
            }
        }
        if !self.take(")") {
            let span = self.span(self.at, self.at);
            self.fail(span, "A pattern of this `case` has no `)`; write one behind it.".to_owned());
        }
        let body = self.read_script();
        Arm { span: self.span(start, body.span.end.max(start)), patterns, body }
    }

    fn read_function(&mut self) -> CommandKind {
        self.take("function");
        self.skip_blanks();
        let name = self.take_while(|byte| !ends_word(byte)).to_owned();
        self.skip_blanks();
        if self.take("(") {
            self.skip_blanks();
            self.take(")");
        }
        self.read_function_body(name)
    }

    /// What stands behind `name()`.
    pub(super) fn read_function_body(&mut self, name: String) -> CommandKind {
        self.skip_lines();
        CommandKind::Function { name, body: Rc::new(self.read_command()) }
    }

    fn read_test(&mut self) -> CommandKind {
        let start = self.at;
        self.take("[[");
        let mut words = Vec::new();
        loop {
            self.skip_lines();
            if self.take_keyword("]]") {
                break;
            }
            match self.peek() {
                None => {
                    self.fail_unclosed(start, "[[", "]]");
                    break;
                }
                Some(byte) if ends_word(byte) => words.push(self.read_operator()),
                Some(_) => words.push(self.read_argument()),
            }
        }
        CommandKind::Test(words)
    }

    /// An operator of `[[ ]]` as a word.
    fn read_operator(&mut self) -> Word {
        let start = self.at;
        if !(self.take("&&") || self.take("||")) {
            self.at += 1;
        }
        let text = self.text.get(start..self.at).unwrap_or_default().to_owned();
        Word { span: self.span_from(start), parts: vec![Part::Text { text, quoted: false }] }
    }
}
