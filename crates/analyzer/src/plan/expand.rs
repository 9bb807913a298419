//! Expansion of `$x`, `${x…}`, quotes and escapes in one word, as BuildKit's shell lexer does it.
//!
//! The rules are those of
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/shell/lex.go>
//! and of "Environment replacement" in the Dockerfile reference. Two limits are ours, so that no
//! text can hang or exhaust the page: how deep words nest and how much text variables may make.

mod pattern;
mod reader;

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use reader::Reader;

/// Values of variables by name; `None` for a variable that is not set.
pub(crate) type Values<'values> = dyn Fn(&str) -> Option<&'values str> + 'values;

/// Why a word cannot be expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExpandError {
    /// One sentence that says what to write instead.
    pub(crate) problem: String,
    /// The bytes of the innermost variable at fault; `None` where no variable is.
    pub(crate) place: Option<Range<usize>>,
}

impl ExpandError {
    fn new(problem: String) -> Self {
        Self { problem, place: None }
    }
}

/// How much text the variables of one Dockerfile may still make, in bytes.
///
/// `ENV a=$a$a` doubles at every line, so without a limit forty lines fill any memory.
#[derive(Clone, Debug)]
pub(crate) struct Budget {
    left: usize,
    word: usize,
}

impl Budget {
    /// At most `word` bytes from variables in one word, and `total` in all words together.
    pub(crate) fn new(word: usize, total: usize) -> Self {
        Self { left: total, word }
    }
}

/// What becomes of `'` and `"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// They quote and go away, as in the arguments of instructions.
    Remove,
    /// They quote and stay, as in the name BuildKit prints for a `RUN`.
    Keep,
    /// They are characters like others, as in the body of a heredoc.
    Ordinary,
}

/// What becomes of a variable that is not set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unset {
    /// It is empty.
    Empty,
    /// It stays as written, as in the name BuildKit prints for a `RUN`.
    Keep,
}

/// The way words are read in one place of a Dockerfile.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexer {
    /// The escape character: `\`, or `` ` `` by the `escape` directive.
    pub(crate) escape: char,
    /// What becomes of quotes.
    pub(crate) quotes: Quotes,
    /// What becomes of unset variables.
    pub(crate) unset: Unset,
}

impl Lexer {
    /// For the arguments of instructions.
    pub(crate) fn for_arguments(escape: char) -> Self {
        Self { escape, quotes: Quotes::Remove, unset: Unset::Empty }
    }

    /// For the name under which BuildKit prints a `RUN`.
    pub(crate) fn for_printing(escape: char) -> Self {
        Self { escape, quotes: Quotes::Keep, unset: Unset::Keep }
    }

    /// For heredoc bodies, where the escape character is always the backslash.
    pub(crate) fn for_heredocs() -> Self {
        Self { escape: '\\', quotes: Quotes::Ordinary, unset: Unset::Empty }
    }

    /// Expands `text` to one word; blanks stay.
    ///
    /// # Errors
    /// Where BuildKit refuses the word (unterminated, unknown modifier, `${x:?}`), or where it
    /// nests deeper or grows larger than the limits here.
    pub(crate) fn expand_word(
        self,
        text: &str,
        values: &Values<'_>,
        budget: &mut Budget,
    ) -> Result<String, ExpandError> {
        // Most words have nothing to expand.
        if !text.contains(['$', '\'', '"', self.escape]) {
            return Ok(text.to_owned());
        }
        Ok(self.expand(text, values, budget)?.0)
    }

    /// Expands `text` and splits the result at unquoted blanks, those from variables included.
    ///
    /// # Errors
    /// As [`Self::expand_word`].
    pub(crate) fn expand_words(
        self,
        text: &str,
        values: &Values<'_>,
        budget: &mut Budget,
    ) -> Result<Vec<String>, ExpandError> {
        Ok(self.expand(text, values, budget)?.1)
    }

    fn expand(
        self,
        text: &str,
        values: &Values<'_>,
        budget: &mut Budget,
    ) -> Result<(String, Vec<String>), ExpandError> {
        let mut words = Words::default();
        let word = Reader::new(text, self, values, budget).read_until(None, false, &mut words)?;
        Ok((word, words.finish()))
    }
}

/// The variables that an argument of an instruction reads, in order, where `is_set` says which have
/// a value; those of a word that cannot be expanded are left out.
pub(crate) fn variables_read<'names>(
    text: &str,
    escape: Option<char>,
    is_set: &'names dyn Fn(&str) -> bool,
) -> Vec<String> {
    let asked = Rc::new(RefCell::new(Vec::new()));
    let log = Rc::clone(&asked);
    let values = move |name: &str| -> Option<&'names str> {
        log.borrow_mut().push(name.to_owned());
        is_set(name).then_some("x")
    };
    let lexer = escape.map_or_else(Lexer::for_heredocs, Lexer::for_arguments);
    let mut budget = Budget::new(MOST_EXPANDED, MOST_EXPANDED);
    let is_fine = lexer.expand_word(text, &values, &mut budget).is_ok();
    if is_fine { asked.take() } else { Vec::new() }
}

/// Bytes that the variables of one word may make where only their names are asked for.
const MOST_EXPANDED: usize = 65_536;

/// Words as they are split off.
#[derive(Default)]
struct Words {
    done: Vec<String>,
    word: String,
}

impl Words {
    fn add(&mut self, character: char) {
        if !character.is_whitespace() {
            self.word.push(character);
        } else if !self.word.is_empty() {
            self.done.push(std::mem::take(&mut self.word));
        }
    }

    fn finish(mut self) -> Vec<String> {
        if !self.word.is_empty() {
            self.done.push(self.word);
        }
        self.done
    }
}

#[cfg(test)]
mod tests;
