//! The text of a `RUN` as a shell reads it: commands, words, redirections, here-documents.
//!
//! [`parse`] makes a [`Script`] of a text; [`run`] walks a script and lists the commands it runs.
//! The parser is our own: it takes time in proportion to the text, speaks bytes, and takes the
//! rest of a text it does not understand as such, so that what stands before it is still known.
//! It reads what POSIX describes under "Shell Command Language"
//! (<https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html>) and of bash what
//! Dockerfiles use: `[[ ]]`, `(( ))`, arrays, `$'…'`, `{a,b}`, `<<<`, `&>`, `<(…)`, `function`.
//!
//! The way of a text: `statements` reads lists and pipelines, `compound` the commands with
//! keywords, `simple` the others with their redirections, `words`, `quotes`, `patterns` and
//! `parameters` what words are made of, `here_documents` the bodies behind a line. All share the
//! `reader`.

mod compound;
mod here_documents;
mod parameters;
mod patterns;
mod quotes;
mod reader;
pub mod run;
mod simple;
mod statements;
pub mod syntax;
#[cfg(test)]
mod tests;
mod words;

pub use self::syntax::{HereDocument, Script};

use self::reader::Reader;
use crate::dockerfile::Heredoc;
use crate::text::Span;

/// How deep commands, substitutions and parameters may nest; deeper text is an error, because a
/// stack ends somewhere. Deeper than ten is rare in Dockerfiles.
pub const MOST_NESTING: usize = 100;

/// A text as far as it is understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// The commands. After an error, those before it, the one with the error as far as it goes.
    pub script: Script,
    /// The here-documents; a redirection names one by its place in this list.
    pub here_documents: Vec<HereDocument>,
    /// What a shell would refuse, or we do not read, in the order found. One that stops the
    /// reading is the last.
    pub errors: Vec<ShellError>,
    /// What is not understood: from the first token that does not fit to the end of the text.
    pub rest: Option<Span>,
}

/// Something in a script that a shell would refuse, or that is not read here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShellError {
    /// Its place in the text.
    pub span: Span,
    /// What is wrong and what to write instead, one sentence.
    pub message: String,
}

/// Reads a script. Never fails: see [`Parsed::errors`].
#[must_use]
pub fn parse(text: &str) -> Parsed {
    Reader::new(text, None, 0).read_all()
}

/// The script that a `RUN` in shell form hands to the shell: its text with the bodies of its
/// heredocs behind it, or the body alone where the text is nothing but its delimiter. `None` for a
/// body that names a program of its own to run it: `#!/usr/bin/env python3`.
///
/// `dispatchRun` in
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.
#[must_use]
pub fn script_of_run(text: &str, heredocs: &[Heredoc]) -> Option<String> {
    let text = text.trim();
    if let [heredoc] = heredocs
        && text.starts_with("<<")
        && !text.contains(char::is_whitespace)
    {
        let first = heredoc.content.lines().next().unwrap_or_default();
        let is_shell = !first.starts_with("#!") || first.trim_end().ends_with("sh");
        return is_shell.then(|| heredoc.content.clone());
    }
    let mut script = text.to_owned();
    for heredoc in heredocs {
        script.push('\n');
        script.push_str(&heredoc.content);
        script.push_str(&heredoc.name);
    }
    Some(script)
}

/// Reads a script that no file holds as such, an argument of `sh -c` for one: every span is
/// `place`.
#[must_use]
pub fn parse_inner(text: &str, place: Span) -> Parsed {
    Reader::new(text, Some(place), 0).read_all()
}
