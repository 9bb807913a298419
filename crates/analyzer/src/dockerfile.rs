//! A Dockerfile as BuildKit reads it: directives, instructions, flags, heredocs — and every error
//! at once, with the instructions around it kept.
//!
//! The way of a text: `lines` finds directives, comments, continuations and heredoc bodies and
//! makes `logical` lines with exact maps back to the text; `instruction` cuts one into keyword,
//! `flags` and arguments; `front` lets the crate `dockerfile-parser` read the plain forms of
//! eight instructions (its table says which), `arguments` reads everything else. The measure is
//! BuildKit v0.33.0 (August 2026): what it takes is taken, what it refuses is an error.

mod arguments;
mod check_options;
mod comment;
mod flags;
#[cfg(any(test, feature = "plain-forms-by-crate"))]
mod front;
mod healthcheck;
mod heredoc;
mod instruction;
pub(crate) mod json;
mod lines;
mod logical;
pub(crate) mod mount;
mod places;
pub(crate) mod suggest;
#[cfg(test)]
mod tests;
mod words;

pub(crate) use self::comment::COMMENT_NEEDS_A_LINE;
pub use self::places::Places;
pub(crate) use self::suggest::nearest;

use self::instruction::Reader;
use self::lines::Lines;
use self::logical::LogicalLine;
use std::ops::Range;

use crate::order;
use crate::text::Span;

/// A parsed Dockerfile. Broken lines stay in it as [`InstructionKind::Unknown`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dockerfile {
    /// Parser directives in force (`# syntax=`, `# escape=`, `# check=`).
    pub directives: Vec<Directive>,
    /// Comment lines, directives left out.
    pub comments: Vec<Span>,
    /// Instructions in the order of the text.
    pub instructions: Vec<Instruction>,
}

impl Dockerfile {
    /// The value of a directive, by its name in lower case; `None` where it is not in force.
    #[must_use]
    pub fn directive(&self, name: &str) -> Option<&str> {
        let directive = self.directives.iter().find(|directive| directive.name == name);
        directive.map(|directive| directive.value.as_str())
    }

    /// The escape character in force, which continues lines.
    #[must_use]
    pub fn escape(&self) -> char {
        if self.directive("escape") == Some("`") { '`' } else { '\\' }
    }
}

/// A parser directive such as `# syntax=docker/dockerfile:1`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The whole line.
    pub span: Span,
    /// Name in lower case.
    pub name: String,
    /// Value as written, trimmed.
    pub value: String,
}

/// A piece of text with the place it came from.
///
/// `text` is what BuildKit sees before expansion: continuations joined, quotes and `$` kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The text, unexpanded.
    pub text: String,
    /// Where it stands; covers the continuation when the word is split by one.
    pub span: Span,
}

/// One instruction of a Dockerfile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instruction {
    /// From the keyword to the end of the last line it takes, heredoc bodies included, without
    /// the final newline.
    pub span: Span,
    /// The keyword as written; [`Word::text`] keeps its case.
    pub keyword: Word,
    /// Flags in order, as written.
    pub flags: Vec<Flag>,
    /// Heredocs in the order their delimiters are named.
    pub heredocs: Vec<Heredoc>,
    /// The logical line: continuations joined, comment lines inside dropped, heredoc bodies left
    /// out. What BuildKit calls the original.
    pub text: String,
    /// What it says.
    pub kind: InstructionKind,
}

/// A flag such as `--from=build` or `--link`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// The whole flag.
    pub span: Span,
    /// Name without dashes, in lower case.
    pub name: String,
    /// What follows `=`; `None` without one.
    pub value: Option<String>,
}

/// A heredoc: `<<EOF` … `EOF`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heredoc {
    /// The delimiter without quotes.
    pub name: String,
    /// The body with its line ends; leading tabs already removed for `<<-`.
    pub content: String,
    /// Where the body stands, without the delimiter line.
    pub span: Span,
    /// Whether variables expand in the body: false when the delimiter is quoted.
    pub expand: bool,
    /// Whether it is `<<-`.
    pub strip_tabs: bool,
    /// Tabs removed from each line of the body; empty where none can be.
    pub(crate) stripped: Vec<usize>,
}

impl Heredoc {
    /// Where the bytes `range` of the unexpanded [`Heredoc::content`] stand in the Dockerfile.
    pub(crate) fn place(&self, range: Range<usize>) -> Span {
        Span::new(self.source_of(range.start), self.source_of(range.end))
    }

    fn source_of(&self, at: usize) -> usize {
        let before = self.content.as_bytes().iter().take(at);
        let line = before.filter(|byte| **byte == b'\n').count();
        let tabs: usize = self.stripped.iter().take(line + 1).sum();
        (self.span.start + at + tabs).min(self.span.end)
    }
}

/// A command in shell form (one text) or exec form (a JSON array).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Text for the shell, as BuildKit keeps it.
    Shell(Word),
    /// Arguments of the JSON array.
    Exec(Vec<String>, Span),
}

/// `NAME=value` of `ENV`, `LABEL`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyValue {
    /// The name as written, unexpanded.
    pub name: Word,
    /// The value as written, unexpanded, quotes kept.
    pub value: Word,
}

/// One name of an `ARG`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArgumentDeclaration {
    /// The argument's name.
    pub name: Word,
    /// Its default as written; `None` without `=`.
    pub default: Option<Word>,
}

/// Sources and destination of `COPY` and `ADD`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyArguments {
    /// What is copied, unexpanded; a heredoc stands as its `<<EOF` word.
    pub sources: Vec<Word>,
    /// Where it goes, unexpanded.
    pub destination: Word,
}

/// What an instruction says, by keyword.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InstructionKind {
    /// `FROM image [AS name]`; the platform is a flag.
    From {
        /// Image reference or stage name, unexpanded.
        image: Word,
        /// Stage name as written.
        name: Option<Word>,
    },
    /// `RUN`.
    Run(Command),
    /// `CMD`.
    Cmd(Command),
    /// `ENTRYPOINT`.
    Entrypoint(Command),
    /// `SHELL`.
    Shell(Vec<String>),
    /// `COPY`.
    Copy(CopyArguments),
    /// `ADD`.
    Add(CopyArguments),
    /// `ENV`.
    Env(Vec<KeyValue>),
    /// `LABEL`.
    Label(Vec<KeyValue>),
    /// `ARG`.
    Arg(Vec<ArgumentDeclaration>),
    /// `WORKDIR`.
    Workdir(Word),
    /// `USER`.
    User(Word),
    /// `EXPOSE`.
    Expose(Vec<Word>),
    /// `VOLUME`.
    Volume(Vec<Word>),
    /// `STOPSIGNAL`.
    Stopsignal(Word),
    /// `HEALTHCHECK`; `None` for `HEALTHCHECK NONE`.
    Healthcheck(Option<Command>),
    /// `ONBUILD` with the instruction it defers.
    Onbuild(Box<Instruction>),
    /// `MAINTAINER`.
    Maintainer(Word),
    /// An instruction that BuildKit would refuse; its error says why. As the trigger of an
    /// `ONBUILD` it may stand without an error: BuildKit looks at a trigger when it fires.
    Unknown,
}

/// Something BuildKit would refuse, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// What is wrong.
    pub span: Span,
    /// What is wrong and what to write instead, one sentence.
    pub message: String,
}

/// Reads a Dockerfile. Never fails: what BuildKit would refuse is in the second value, in the
/// order of the text, and the instructions around it are still in the first.
#[must_use]
pub fn parse(text: &str) -> (Dockerfile, Vec<SyntaxError>) {
    let mut dockerfile = Dockerfile::default();
    let mut errors = Vec::new();
    let mut lines = Lines::new(text, &mut errors);
    while let Some((line, end)) = lines.next_logical(&mut dockerfile, &mut errors) {
        let mut reader = Reader::new(&line, lines.escape);
        let (mut instruction, takes_heredocs) = reader.read();
        errors.append(&mut reader.errors);
        instruction.span.end = end.max(instruction.span.end);
        if takes_heredocs {
            read_heredocs(&line, &mut lines, &mut instruction, &mut errors);
        }
        dockerfile.instructions.push(instruction);
    }
    check_stages(&dockerfile, text, &mut errors);
    order::sort_by_key(&mut errors, |error| error.span);
    (dockerfile, errors)
}

/// Takes the bodies of the heredocs that `line` opens.
fn read_heredocs(
    line: &LogicalLine,
    lines: &mut Lines<'_>,
    instruction: &mut Instruction,
    errors: &mut Vec<SyntaxError>,
) {
    for opening in heredoc::find_openings(&line.text) {
        let heredoc = match lines.heredoc(&opening) {
            Ok((heredoc, end)) => {
                instruction.span.end = end;
                heredoc
            }
            Err((heredoc, end)) => {
                let message = format!(
                    "The heredoc `{0}` never ends; write `{0}` alone on a line behind its text.",
                    opening.name
                );
                let span = line.span(opening.range);
                errors.push(SyntaxError { span, message });
                instruction.span.end = end.max(instruction.span.end);
                heredoc
            }
        };
        instruction.heredocs.push(heredoc);
    }
    if let InstructionKind::Onbuild(trigger) = &mut instruction.kind {
        trigger.span.end = instruction.span.end;
        trigger.heredocs.clone_from(&instruction.heredocs);
    }
}

/// Reports a file without instructions or stages, and instructions that belong to no stage.
///
/// BuildKit: `Parse` in `frontend/dockerfile/instructions/parse.go` and the start of `toDispatchState`
/// in `frontend/dockerfile/dockerfile2llb/convert.go`, v0.33.0.
fn check_stages(dockerfile: &Dockerfile, text: &str, errors: &mut Vec<SyntaxError>) {
    let is = |instruction: &Instruction, keyword: &str| {
        instruction.keyword.text.eq_ignore_ascii_case(keyword)
    };
    let homeless =
        dockerfile.instructions.iter().take_while(|instruction| !is(instruction, "FROM")).find(
            |instruction| !is(instruction, "ARG") && instruction.kind != InstructionKind::Unknown,
        );
    if let Some(instruction) = homeless {
        let message = format!(
            "{} comes before any stage; write `FROM image` first (only ARG may stand before it).",
            instruction.keyword.text.to_ascii_uppercase()
        );
        errors.push(SyntaxError { span: instruction.keyword.span, message });
    } else if dockerfile.instructions.is_empty() {
        let message = "There are no instructions; start with `FROM image`.".to_owned();
        errors.push(SyntaxError { span: Span::at(text.len()), message });
    } else if !dockerfile.instructions.iter().any(|instruction| is(instruction, "FROM")) {
        let message = "There is no stage to build; write `FROM image`.".to_owned();
        errors.push(SyntaxError { span: Span::at(text.len()), message });
    }
}
