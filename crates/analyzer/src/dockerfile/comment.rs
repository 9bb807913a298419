//! A `#` behind an instruction, which people mean as a comment and BuildKit reads as a word.
//!
//! Where a word more is no mistake (`COPY`, `RUN`, `ARG`, `VOLUME`) nothing is said here.

use std::ops::Range;

use super::instruction::{Parts, Reader};

/// What to do about a `#` that follows an instruction.
pub(crate) const COMMENT_NEEDS_A_LINE: &str =
    "A comment needs a line of its own; move it to the line before.";

impl Reader<'_> {
    /// Whether a word was meant to begin a comment: `#` begins one only at the start of a line.
    pub(super) fn is_comment(&self, word: &Range<usize>) -> bool {
        self.line.slice(word.clone()).starts_with('#')
    }

    /// Reports a comment behind an instruction, from its first word on; nothing without one.
    pub(super) fn refuse_comment(&mut self, word: Option<&Range<usize>>, parts: &Parts) {
        if let Some(word) = word {
            self.refuse(word.start..parts.arguments.end, COMMENT_NEEDS_A_LINE.to_owned());
        }
    }
}
