//! From a logical line to an instruction: keyword, flags, arguments, and what is wrong with them.
//!
//! Rules: `newNodeFromLine` in `frontend/dockerfile/parser/parser.go` and `ParseInstruction` in
//! `frontend/dockerfile/instructions/parse.go` of BuildKit v0.33.0,
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/instructions/parse.go>.

use std::ops::Range;

use super::flags::{FlagText, check_flags, public_flags, split_flags};
use super::logical::LogicalLine;
use super::suggest::nearest;
use super::words::is_blank;
use super::{Instruction, InstructionKind, SyntaxError};

/// Every instruction there is.
pub(super) const KEYWORDS: &[&str] = &[
    "ADD",
    "ARG",
    "CMD",
    "COPY",
    "ENTRYPOINT",
    "ENV",
    "EXPOSE",
    "FROM",
    "HEALTHCHECK",
    "LABEL",
    "MAINTAINER",
    "ONBUILD",
    "RUN",
    "SHELL",
    "STOPSIGNAL",
    "USER",
    "VOLUME",
    "WORKDIR",
];

/// Whether `line` starts as an instruction, upper case and followed by a blank or nothing.
pub(super) fn starts_instruction(line: &str) -> bool {
    let word = line.split(is_blank).next().unwrap_or("");
    KEYWORDS.contains(&word)
}

/// Whether people end heredocs with such a word: nothing but capitals, among them the usual ones.
fn ends_heredocs(word: &str) -> bool {
    ["EOF", "EOT", "EOS", "EOL", "EOD", "EOH", "EOM", "END", "HEREDOC"].contains(&word)
}

/// Reads the instructions of one logical line and collects what BuildKit would refuse.
pub(super) struct Reader<'a> {
    /// The line.
    pub(super) line: &'a LogicalLine,
    /// The escape character in force.
    pub(super) escape: char,
    /// What is refused so far.
    pub(super) errors: Vec<SyntaxError>,
    /// Whether this is the trigger of an `ONBUILD`. BuildKit stores it as text and looks at its
    /// flags, the number of its arguments and even its keyword only when it fires.
    deferred: bool,
}

/// An instruction cut into its parts; ranges of the logical line.
pub(super) struct Parts {
    /// The keyword as written.
    pub(super) keyword: Range<usize>,
    /// The keyword in upper case.
    pub(super) name: String,
    /// The flags.
    pub(super) flags: Vec<FlagText>,
    /// What follows, trimmed.
    pub(super) arguments: Range<usize>,
    /// All of it, trimmed.
    pub(super) whole: Range<usize>,
}

/// What the arguments say.
pub(super) struct Form {
    /// The kind; [`InstructionKind::Unknown`] when an error says why.
    pub(super) kind: InstructionKind,
    /// Whether words such as `<<EOF` in the line open heredocs.
    pub(super) takes_heredocs: bool,
}

impl From<InstructionKind> for Form {
    fn from(kind: InstructionKind) -> Self {
        Self { kind, takes_heredocs: false }
    }
}

impl<'a> Reader<'a> {
    /// A reader for `line`.
    pub(super) fn new(line: &'a LogicalLine, escape: char) -> Self {
        Self { line, escape, errors: Vec::new(), deferred: false }
    }

    /// Reports what BuildKit refuses once it acts on an instruction.
    pub(super) fn refuse(&mut self, range: Range<usize>, message: String) {
        if !self.deferred {
            self.refuse_text(range, message);
        }
    }

    /// Reports what BuildKit refuses while it reads the text, in triggers of `ONBUILD` too.
    pub(super) fn refuse_text(&mut self, range: Range<usize>, message: String) {
        self.errors.push(SyntaxError { span: self.line.span(range), message });
    }

    /// Reads the whole line. The second value is whether heredocs may follow.
    pub(super) fn read(&mut self) -> (Instruction, bool) {
        let parts = self.split(0..self.line.text.len());
        let form = if parts.name == "ONBUILD" { self.onbuild(&parts) } else { self.form(&parts) };
        if KEYWORDS.contains(&parts.name.as_str()) && !self.is_healthcheck_none(&parts) {
            check_flags(self, &parts.name, &parts.flags);
        }
        (self.instruction(&parts, form.kind), form.takes_heredocs)
    }

    /// Cuts an instruction into keyword, flags and arguments.
    pub(super) fn split(&self, range: Range<usize>) -> Parts {
        let whole = self.line.trim(range);
        let text = self.line.slice(whole.clone());
        let length = text.find(is_blank).unwrap_or(text.len());
        let keyword = whole.start..whole.start + length;
        let after = self.line.slice(keyword.end..whole.end);
        let (flags, rest) = split_flags(after, keyword.end, self.escape);
        Parts {
            name: self.line.slice(keyword.clone()).to_ascii_uppercase(),
            arguments: self.line.trim(rest..whole.end),
            keyword,
            flags,
            whole,
        }
    }

    fn instruction(&self, parts: &Parts, kind: InstructionKind) -> Instruction {
        Instruction {
            span: self.line.span(parts.whole.clone()),
            keyword: self.line.word(parts.keyword.clone()),
            flags: public_flags(self, &parts.flags),
            heredocs: Vec::new(),
            text: self.line.slice(parts.whole.clone()).to_owned(),
            kind,
        }
    }

    /// BuildKit never looks at the flags of `HEALTHCHECK NONE`.
    fn is_healthcheck_none(&self, parts: &Parts) -> bool {
        parts.name == "HEALTHCHECK"
            && self.line.slice(parts.arguments.clone()).eq_ignore_ascii_case("NONE")
    }

    fn onbuild(&mut self, parts: &Parts) -> Form {
        if parts.arguments.is_empty() {
            let message = "ONBUILD needs an instruction: write `ONBUILD RUN …`.";
            self.refuse(parts.keyword.clone(), message.to_owned());
            return InstructionKind::Unknown.into();
        }
        let inner = self.split(parts.arguments.clone());
        let form = match inner.name.as_str() {
            // Looking into it would let a text of many ONBUILDs drive recursion.
            "ONBUILD" => {
                let message = "ONBUILD cannot defer another ONBUILD; write the instruction itself.";
                self.refuse(inner.keyword.clone(), message.to_owned());
                InstructionKind::Unknown.into()
            }
            name => {
                if name == "FROM" || name == "MAINTAINER" {
                    let message = format!("ONBUILD cannot defer {name}; remove this line.");
                    self.refuse(inner.keyword.clone(), message);
                }
                self.deferred = true;
                let form = self.form(&inner);
                self.deferred = false;
                form
            }
        };
        let trigger = self.instruction(&inner, form.kind);
        Form { kind: InstructionKind::Onbuild(Box::new(trigger)), ..form }
    }

    /// Reports a keyword that BuildKit does not know.
    pub(super) fn unknown(&mut self, parts: &Parts) {
        let written = self.line.slice(parts.keyword.clone());
        let message = match nearest(written, KEYWORDS) {
            _ if written.is_empty() => {
                format!("There is no instruction on this line; remove the lone `{}`.", self.escape)
            }
            _ if parts.arguments.is_empty() && ends_heredocs(written) => format!(
                "`{written}` ends a heredoc, but none begins before it; write `<<{written}` as one word behind the instruction it belongs to, or remove this line."
            ),
            Some(near) => format!("There is no instruction `{written}`; did you mean `{near}`?"),
            None => {
                let shown: String = written.chars().take(40).collect();
                format!("There is no instruction `{shown}`; a line starts with one such as `RUN`.")
            }
        };
        self.refuse(parts.keyword.clone(), message);
    }
}
