//! The ignore file as BuildKit reads it, and what it leaves out of a build context.
//!
//! Reading follows `ignorefile.ReadAll` and matching `MatchesUsingParentResults` of
//! <https://github.com/moby/patternmatcher/tree/v0.6.0>, driven by the directory walk of
//! <https://github.com/tonistiigi/fsutil> (`filter.go`, 2025). The walk decides: a folder that is
//! left out is not entered unless an exception could match inside it.

mod effects;
mod expression;
mod list;
mod pattern;
mod walk;

pub use effects::{Effects, Idle, Missed, PatternEffect, Tally, apply};
pub(crate) use list::{MalformedPattern, MatchedPatterns, PatternList};
pub use walk::{Decision, RefusedPattern, Walk};

use crate::text::{Edit, Span};
use pattern::{Matcher, clean_path};

/// Longest line the builder's scanner reads, in bytes.
const LONGEST_LINE: usize = 64 * 1024 - 1;

/// A parsed ignore file.
#[derive(Clone, Debug, Default)]
pub struct Dockerignore {
    /// Its patterns in the order of the lines; comments and empty lines leave none.
    pub patterns: Vec<IgnorePattern>,
}

/// One line of an ignore file.
#[derive(Clone, Debug)]
pub struct IgnorePattern {
    /// Line number, from 1.
    pub line: u32,
    /// The line's text without surrounding space.
    pub span: Span,
    /// As written, without surrounding space.
    pub text: String,
    /// What is matched: cleaned, without the leading `/` and without `!`.
    pub cleaned: String,
    /// Whether it is an exception (`!…`), which brings files back.
    pub exception: bool,
    matcher: Matcher,
}

/// A line the builder refuses; it then refuses the whole build.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct IgnoreError {
    /// Line number, from 1.
    pub line: u32,
    /// The pattern.
    pub span: Span,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// Adds lines below those of an ignore file, with the line ends it has.
pub(crate) fn add_lines(text: &str, lines: &[impl AsRef<str>]) -> Edit {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let start = if text.is_empty() || text.ends_with('\n') { "" } else { end };
    let added = lines.iter().map(|line| format!("{}{end}", line.as_ref()));
    let replacement = format!("{start}{}", added.collect::<String>());
    Edit { span: Span::at(text.len()), replacement }
}

impl IgnorePattern {
    /// Whether the pattern by itself matches exactly this path.
    #[must_use]
    pub fn matches_path(&self, path: &str) -> bool {
        self.matcher.matches(path).unwrap_or(false)
    }
}

impl Dockerignore {
    /// Reads an ignore file. Lines the builder refuses are in the second value and not in the
    /// first.
    #[must_use]
    pub fn parse(text: &str) -> (Self, Vec<IgnoreError>) {
        let mut patterns = Vec::new();
        let mut errors = Vec::new();
        let mut start = 0;
        for (index, line) in text.split('\n').enumerate() {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            match read_line(line, start, number) {
                Ok(pattern) => patterns.extend(pattern),
                Err(error) => errors.push(error),
            }
            start += line.len() + 1;
        }
        (Self { patterns }, errors)
    }

    /// The patterns that match the path or a folder above it, which alone decide it.
    pub(crate) fn relevant_to(&self, path: &str) -> Self {
        let folders = path.match_indices('/').filter_map(|(end, _)| path.get(..end));
        let places: Vec<&str> = folders.chain([path]).collect();
        let is_relevant =
            |pattern: &&IgnorePattern| places.iter().any(|place| pattern.matches_path(place));
        Self { patterns: self.patterns.iter().filter(is_relevant).cloned().collect() }
    }

    /// Whether any pattern is an exception.
    #[must_use]
    pub fn has_exceptions(&self) -> bool {
        self.patterns.iter().any(|pattern| pattern.exception)
    }
}

/// What to do about a pattern of an instruction that the builder refuses, as the rest of a sentence.
pub(crate) fn advise(pattern: &str) -> &'static str {
    let known = expression::check(pattern).err().map(expression::Flaw::advice);
    known.unwrap_or("write it in another way")
}

/// Reads one line; `None` for comments and empty lines.
fn read_line(line: &str, start: usize, number: u32) -> Result<Option<IgnorePattern>, IgnoreError> {
    let content = if number == 1 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line };
    let content = content.strip_suffix('\r').unwrap_or(content);
    let text = content.trim();
    if content.starts_with('#') || text.is_empty() {
        return Ok(None);
    }
    let text_start = start + (text.as_ptr() as usize - line.as_ptr() as usize);
    let span = Span::new(text_start, text_start + text.len());
    let refuse = |message: &str| IgnoreError { line: number, span, message: message.into() };
    if line.len() > LONGEST_LINE {
        return Err(refuse("This line is longer than the 64 KiB the builder reads; split it."));
    }
    let cleaned = clean_line(text);
    let (exception, cleaned) = match cleaned.strip_prefix('!') {
        Some("") => {
            return Err(refuse(
                "A lone `!` is refused by the builder; name what to bring back, as in `!docs`.",
            ));
        }
        Some(rest) => (true, rest.to_owned()),
        None => (false, cleaned),
    };
    if let Err(flaw) = expression::check(&cleaned) {
        return Err(refuse(&format!("The builder refuses this pattern: {}.", flaw.advice())));
    }
    let matcher = Matcher::compile(&cleaned);
    Ok(Some(IgnorePattern { line: number, span, text: text.into(), cleaned, exception, matcher }))
}

/// What the builder makes of a trimmed line before it compiles it; exceptions keep their `!`.
fn clean_line(text: &str) -> String {
    let inverted = text.strip_prefix('!').map(str::trim);
    let body = inverted.unwrap_or(text);
    let mut cleaned = if body.is_empty() { String::new() } else { clean_path(body) };
    if cleaned.len() > 1 && cleaned.starts_with('/') {
        cleaned.remove(0);
    }
    if inverted.is_some() {
        cleaned.insert(0, '!');
    }
    // The matcher trims and cleans once more, which turns `./!x` into an exception.
    clean_path(cleaned.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(u32, bool, String)> {
        let (ignore, errors) = Dockerignore::parse(text);
        assert_eq!(errors, [], "no line of {text:?} should be refused");
        let patterns = ignore.patterns.into_iter();
        patterns.map(|pattern| (pattern.line, pattern.exception, pattern.cleaned)).collect()
    }

    #[test]
    fn lines_are_cleaned_as_the_builder_cleans_them() {
        for (line, exception, cleaned) in [
            ("node_modules/", false, "node_modules"),
            ("/dist", false, "dist"),
            ("  ./a//b/../c ", false, "a/c"),
            ("! docs", true, "docs"),
            ("!!a", true, "!a"),
            ("./!x", true, "x"),
            (" # not a comment", false, "# not a comment"),
            ("/", false, "/"),
            ("a # b", false, "a # b"),
        ] {
            assert_eq!(read(line), [(1, exception, cleaned.to_owned())], "reading {line:?}");
        }
        assert_eq!(
            read("\u{feff}a\r\n#c\r\n\r\n b"),
            [(1, false, "a".into()), (4, false, "b".into())]
        );
    }

    #[test]
    fn refused_lines_say_where() {
        let (ignore, errors) = Dockerignore::parse("a\n!\n [x\nb\\\n!/\nok");
        assert_eq!(ignore.patterns.len(), 2, "the other lines are kept");
        let lines: Vec<u32> = errors.iter().map(|error| error.line).collect();
        assert_eq!(lines, [2, 3, 4, 5]);
        assert_eq!(errors[1].span, Span::new(5, 7), "the span leaves the leading space out");
        assert!(errors[1].message.contains("close its `[`"), "{}", errors[1].message);
        assert!(errors[2].message.contains("after the last `\\`"), "{}", errors[2].message);
    }
}
