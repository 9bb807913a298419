//! The commands a script runs, in order, with what is known of their words.
//!
//! Nothing is executed: variables of `ARG` and `ENV` and those assigned in the script stand for
//! their values, `cd` moves, functions are entered, loops over known words are unrolled, and a
//! `case` or `[ … ]` on known words is decided. What is not known stays so: a word may have gaps,
//! and a command may run or not ([`Certainty::Maybe`]).
//!
//! A command that is no condition is presumed to succeed, because the build would end otherwise:
//! what follows its `&&` runs, what follows its `||` may. `sudo`, `env`, `xargs`, `sh -c` and the
//! like are seen through (`prefix`).
//!
//! `walk` goes through the commands, `choice` and `loops` where they part, `state` is what they change, `expand` and `parameter` make
//! values of words, `condition` and `pattern` compare them, `builtin` is what the shell does itself.

mod braces;
mod builtin;
mod choice;
mod condition;
mod expand;
mod loops;
mod operation;
mod parameter;
mod pattern;
mod prefix;
mod sequence;
mod simple;
mod state;
#[cfg(test)]
mod tests;
mod value;
mod walk;

pub use self::value::{ExpandedWord, Value};

use std::collections::BTreeMap;
use std::rc::Rc;

use self::walk::Walker;
use super::syntax::RedirectionKind;
use super::{Parsed, ShellError};
use crate::text::Span;

/// As many invocations as are listed of one script.
pub const MOST_INVOCATIONS: usize = 10_000;

/// Variables by name.
pub type Variables = BTreeMap<String, Value>;

/// What is known before a script begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Environment {
    /// Values from `ARG`, `ENV` and the base image.
    pub variables: BTreeMap<String, String>,
    /// Where the script starts, an absolute path.
    pub working_directory: String,
    /// Whether the shell is bash, which expands `{a,b}`.
    pub is_bash: bool,
    /// What commands print on the platform, `("uname -m", "x86_64")` for one. The command is its
    /// words without quotes, one blank between two, ` | ` between two commands.
    pub outputs: Vec<(&'static str, &'static str)>,
    /// The most that may be done, where less is left than a script may always take: bytes of words,
    /// and 100 for a command.
    pub most_work: Option<usize>,
}

/// The commands a script runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Walk {
    /// In the order they run.
    pub invocations: Vec<Invocation>,
    /// Whether the script runs more than could be listed here.
    pub truncated: bool,
    /// How much was done, as [`Environment::most_work`] counts it.
    pub work: usize,
    /// What was not understood in the texts of `sh -c` and `eval`; each span is the argument's.
    pub errors: Vec<ShellError>,
}

/// One command as it runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// Name and arguments, seen through `sudo` and the like; empty where only a redirection writes.
    pub words: Vec<ExpandedWord>,
    /// Variables as the command sees them, those before its name included.
    pub variables: Rc<Variables>,
    /// Its redirections, those of the groups around it first.
    pub redirections: Vec<ExpandedRedirection>,
    /// What a here-document or here-string brings to its standard input.
    pub here_document: Option<Value>,
    /// Where it runs; `None` when that is not known.
    pub working_directory: Option<Rc<str>>,
    /// Whether it runs at all.
    pub certainty: Certainty,
    /// Its place in a pipeline, from 0, and how many commands that has.
    pub pipeline: (usize, usize),
    /// Whether what it prints becomes part of a word: `$(…)`.
    pub captured: bool,
    /// Whether a loop or `xargs` runs it nobody knows how often, so that it stands for all rounds.
    pub repeated: bool,
    /// The command in the text, or the argument of `sh -c` that holds it.
    pub span: Span,
}

impl Invocation {
    /// The name of the program without its folder; `None` when it is not known.
    #[must_use]
    pub fn program(&self) -> Option<&str> {
        self.words.first()?.known().map(file_name)
    }

    /// The value of a variable; `None` when it is not set or not known.
    #[must_use]
    pub fn variable(&self, name: &str) -> Option<&str> {
        self.variables.get(name)?.known()
    }
}

/// A redirection with its target as far as it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExpandedRedirection {
    /// The number before the operator.
    pub descriptor: Option<u32>,
    /// What the operator does.
    pub kind: RedirectionKind,
    /// A file or descriptor.
    pub target: Value,
}

/// Whether a command runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// It runs.
    Always,
    /// It stands in a branch that may be taken or not. Of the branches of one choice at most one
    /// is taken, and a branch may be taken as often as a loop likes.
    Maybe {
        /// The `if`, `case`, loop or list that decides.
        choice: Span,
        /// The part of it that the command stands in.
        branch: Span,
    },
}

/// Lists the commands that a script runs.
#[must_use]
pub fn list_invocations(parsed: &Parsed, environment: &Environment) -> Walk {
    let mut walker = Walker::new(environment);
    walker.walk_parsed(parsed.clone());
    walker.finish()
}

/// Lists the commands that the arguments of an exec form run: one, or those of `["sh", "-c", …]`.
/// Every span is `span`.
#[must_use]
pub fn list_exec_invocations(arguments: &[String], span: Span, environment: &Environment) -> Walk {
    let word = |text: &String| ExpandedWord { value: Value::of(text), span };
    let mut walker = Walker::new(environment);
    if !arguments.is_empty() {
        walker.run(arguments.iter().map(word).collect(), span);
    }
    walker.finish()
}

/// What follows the last `/`.
fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
