//! What a script is made of: plain values with their places.

use std::rc::Rc;

use crate::text::Span;

/// Commands one after the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// From the first to the last command.
    pub span: Span,
    /// In the order they run.
    pub statements: Vec<Statement>,
}

/// Pipelines joined by `&&` and `||`, up to a `;`, `&` or line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// From the first to the last pipeline.
    pub span: Span,
    /// In order, each with what joins it to those before; never empty.
    pub pipelines: Vec<(Joint, Pipeline)>,
    /// Whether it ends in `&`.
    pub background: bool,
}

/// When a pipeline of a statement runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// It is the first and always runs.
    First,
    /// `&&`: after success.
    And,
    /// `||`: after failure.
    Or,
}

/// Commands joined by `|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pipeline {
    /// From the `!` or the first command to the last.
    pub span: Span,
    /// Whether `!` turns its outcome.
    pub negated: bool,
    /// In order; never empty.
    pub commands: Vec<Command>,
}

/// One command with its redirections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// The whole command.
    pub span: Span,
    /// What it is.
    pub kind: CommandKind,
    /// In order.
    pub redirections: Vec<Redirection>,
}

/// What a command is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CommandKind {
    /// A program or builtin with its arguments; without words it only assigns or redirects.
    Simple {
        /// `NAME=value` before the first word.
        assignments: Vec<Assignment>,
        /// Name and arguments.
        words: Vec<Word>,
    },
    /// `{ …; }`.
    Group(Script),
    /// `( … )`.
    Subshell(Script),
    /// `if … then … elif … then … else … fi`.
    If {
        /// Conditions with what follows them, in order; never empty.
        branches: Vec<(Script, Script)>,
        /// What stands behind `else`.
        otherwise: Option<Script>,
    },
    /// `while … do … done` and `until … do … done`.
    Loop {
        /// Whether it is `until`.
        until: bool,
        /// What is asked before each round.
        condition: Script,
        /// What each round does.
        body: Script,
    },
    /// `for x in … do … done`.
    For {
        /// The variable; empty for the counting form `for ((…))`, whose text is not read.
        variable: String,
        /// What it stands for in turn; `None` without `in`, which means `"$@"`.
        words: Option<Vec<Word>>,
        /// What each round does.
        body: Script,
    },
    /// `case … in … esac`.
    Case {
        /// What is compared.
        subject: Word,
        /// In order; the first that matches runs.
        arms: Vec<Arm>,
    },
    /// `name() …` and `function name …`.
    Function {
        /// Its name.
        name: String,
        /// What a call runs.
        body: Rc<Command>,
    },
    /// `[[ … ]]`: its words and operators, each as a word.
    Test(Vec<Word>),
    /// `(( … ))`, whose text is not read.
    Arithmetic,
}

/// `pattern | pattern) commands ;;` of a `case`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arm {
    /// From the first pattern to the last command.
    pub span: Span,
    /// Any of them may match.
    pub patterns: Vec<Word>,
    /// What runs.
    pub body: Script,
}

/// `NAME=value` or `NAME+=value`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The whole assignment.
    pub span: Span,
    /// The variable; for an element of an array with its index in brackets.
    pub name: String,
    /// Whether it is `+=`.
    pub append: bool,
    /// What is assigned; for an array one [`Part::List`].
    pub value: Word,
}

/// `2> file` and the like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redirection {
    /// The whole redirection, the body of a here-document left out.
    pub span: Span,
    /// The number before the operator.
    pub descriptor: Option<u32>,
    /// What the operator does.
    pub kind: RedirectionKind,
    /// A file, a descriptor, the text of a here-string or the delimiter of a here-document.
    pub target: Word,
}

/// What a redirection does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RedirectionKind {
    /// `<`.
    Input,
    /// `>` and `>|`.
    Output,
    /// `>>`.
    Append,
    /// `<>`.
    ReadWrite,
    /// `<&` and `>&`.
    Duplicate,
    /// `&>`: output and errors.
    OutputAndErrors,
    /// `&>>`: output and errors, at the end of the file.
    AppendOutputAndErrors,
    /// `<<` and `<<-`, with its place in [`super::Parsed::here_documents`].
    HereDocument(usize),
    /// `<<<`.
    HereString,
}

/// The text behind a line with `<<EOF`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HereDocument {
    /// The word that ends it, without quotes.
    pub delimiter: String,
    /// Its text, leading tabs already removed for `<<-`; quoted throughout, and one
    /// [`Part::Text`] when the delimiter is quoted.
    pub body: Word,
}

/// A word, or the text of a here-document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The whole word, quotes included.
    pub span: Span,
    /// What it is made of, in order.
    pub parts: Vec<Part>,
}

/// A part of a word. `quoted` parts are neither split at blanks nor read as patterns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// Text, quotes and escapes removed.
    Text {
        /// Maybe empty, when quoted.
        text: String,
        /// Whether it stands in quotes or behind `\`.
        quoted: bool,
    },
    /// `*`, `?`, `[a-z]` or an extended pattern such as `!(a|b)`, as written.
    Glob(String),
    /// `{`, `,` or `}` of what may be a brace expansion; text where no other part completes it.
    Brace(char),
    /// `$x`, `${x…}`.
    Parameter(Box<Parameter>),
    /// `$(…)`, `` `…` ``, `<(…)`, `>(…)`.
    Substitution {
        /// What runs.
        script: Script,
        /// Whether the word gets the name of a pipe instead of the output.
        process: bool,
        /// Whether it stands in quotes.
        quoted: bool,
    },
    /// `$((…))`, the text between the parentheses as written.
    Arithmetic {
        /// As written.
        text: String,
        /// Whether it stands in quotes.
        quoted: bool,
    },
    /// `(a b c)` of an array's assignment.
    List(Vec<Word>),
}

/// `$x`, `${x}`, `${#x}`, `${x:-word}`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Name, number or special character.
    pub name: String,
    /// What stands in `[…]` behind the name.
    pub index: Option<String>,
    /// Whether it is `${#x}`.
    pub length: bool,
    /// Whether it is `${!x}`.
    pub indirect: bool,
    /// What is done to the value.
    pub operation: Option<Operation>,
    /// Whether it stands in double quotes.
    pub quoted: bool,
}

/// What `${x…}` does to the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operation {
    /// As written: one of `:-` `:=` `:?` `:+` `-` `=` `?` `+` `##` `#` `%%` `%` `//` `/` `:` `^^`
    /// `^` `,,` `,` `@`.
    pub operator: &'static str,
    /// What stands between it and the `}`.
    pub word: Word,
}
