//! A `RUN` that installs and then does something else, made two at the `&&` between.

use crate::dockerfile::{Command, Dockerfile, Instruction, InstructionKind, Places};
use crate::shell::run::{Certainty, Invocation};
use crate::text::{Edit, Span};

/// Words of commands that take away what was written before: in a layer of their own they free nothing.
const CLEANS: [&str; 10] = [
    "rm",
    "rmdir",
    "clean",
    "purge",
    "prune",
    "remove",
    "del",
    "autoremove",
    "uninstall",
    "autoclean",
];
/// Programs that change the shell for what follows.
const LASTING: [&str; 6] = ["set", "cd", "export", "umask", "source", "."];

/// Where a `RUN` is made two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Split {
    /// What stands between: `&&` with blanks and continuations.
    glue: Span,
    /// The keyword and the flags, with the blanks behind them: both begin so.
    head: Span,
}

impl Split {
    pub(super) fn edit(&self, text: &str) -> Edit {
        let is_crlf = text.split_inclusive('\n').next().is_some_and(|it| it.ends_with("\r\n"));
        let end = if is_crlf { "\r\n" } else { "\n" };
        Edit { span: self.glue, replacement: format!("{end}{}", self.head.slice(text)) }
    }
}

/// Leads from the commands of a `RUN` to the Dockerfile.
pub(super) struct Source<'text> {
    text: &'text str,
    escape: char,
    instruction: &'text Instruction,
    places: Places,
    /// Where the commands begin in the instruction's text.
    start: usize,
}

impl<'text> Source<'text> {
    /// `None` for an argument list and for a heredoc.
    pub(super) fn of(
        text: &'text str,
        dockerfile: &Dockerfile,
        instruction: &'text Instruction,
    ) -> Option<Self> {
        let InstructionKind::Run(Command::Shell(word)) = &instruction.kind else { return None };
        let length = word.text.trim().len();
        let start = instruction.text.trim_end().len().checked_sub(length)?;
        let places = Places::of(text, dockerfile, instruction);
        let escape = dockerfile.escape();
        instruction.heredocs.is_empty().then_some(Self { text, escape, instruction, places, start })
    }

    /// Splits behind the first `count` commands; `None` unless all are strung together by `&&` alone,
    /// and the later ones neither clean up nor need what the first did to the shell.
    pub(super) fn split(&self, commands: &[Invocation], count: usize) -> Option<Split> {
        let is_plain = |it: &Invocation| {
            it.certainty == Certainty::Always && it.pipeline.1 <= 1 && !it.captured && !it.repeated
        };
        let (first, later) = commands.split_at_checked(count)?;
        let is_lasting = |it: &Invocation| it.program().is_none_or(|name| LASTING.contains(&name));
        let cleans = |it: &Invocation| it.words.iter().any(|it| CLEANS.contains(&it.text()));
        if !commands.iter().all(is_plain)
            || first.iter().any(is_lasting)
            || later.iter().any(cleans)
        {
            return None;
        }
        let spans: Vec<Span> = commands.iter().map(|it| self.place(it.span)).collect();
        let mut glues = spans.windows(2).filter_map(|pair| match pair {
            [one, next] if one.end <= next.start => Some(Span::new(one.end, next.start)),
            _ => None,
        });
        let is_bare = |glue: Span| {
            let text = glue.slice(self.text).chars();
            text.filter(|it| !it.is_whitespace() && *it != self.escape).eq("&&".chars())
        };
        let (start, end) = (spans.first()?.start, spans.last()?.end);
        let is_whole = glues.clone().count() + 1 == spans.len()
            && glues.clone().all(is_bare)
            && self.place(Span::at(0)).start == start
            && end == self.instruction.span.end;
        let glue = glues.nth(count.checked_sub(1)?)?;
        let head = Span::new(self.instruction.span.start, start);
        is_whole.then_some(Split { glue, head })
    }

    fn place(&self, span: Span) -> Span {
        self.places.span(span.start + self.start..span.end + self.start)
    }
}
