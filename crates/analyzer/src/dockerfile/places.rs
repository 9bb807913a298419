//! Where the joined text of an instruction stands in the Dockerfile.

use std::ops::Range;

use super::lines::Lines;
use super::logical::LogicalLine;
use super::{Dockerfile, Instruction};
use crate::text::Span;

/// Leads from the bytes of [`Instruction::text`] back to those that were typed.
#[derive(Debug, Default)]
pub struct Places {
    line: LogicalLine,
    /// Where the slice that was read again begins in the Dockerfile.
    offset: usize,
    /// Blanks before the instruction's text in the line.
    blanks: usize,
}

impl Places {
    /// Reads the line of an instruction of `dockerfile`, whose text is `text`, once more.
    #[must_use]
    pub fn of(text: &str, dockerfile: &Dockerfile, instruction: &Instruction) -> Self {
        let offset = instruction.span.start;
        let mut lines = Lines::new(instruction.span.slice(text), &mut Vec::new());
        lines.escape = dockerfile.escape();
        let line = lines.next_logical(&mut Dockerfile::default(), &mut Vec::new());
        let line = line.map(|(line, _)| line).unwrap_or_default();
        let blanks = line.text.find(&instruction.text).unwrap_or_default();
        Self { line, offset, blanks }
    }

    /// The place of a range of the instruction's text; it covers the continuations inside.
    #[must_use]
    pub fn span(&self, range: Range<usize>) -> Span {
        let span = self.line.span(range.start + self.blanks..range.end + self.blanks);
        Span::new(span.start + self.offset, span.end + self.offset)
    }
}

#[cfg(test)]
mod tests {
    use crate::dockerfile::parse;

    use super::*;

    #[test]
    fn a_word_behind_continuations_and_comments_is_found_where_it_was_typed() {
        let text = "# escape=`\n\nFROM a\n  RUN x && `\n # why\n\n  yé `\r\n && z\nCMD q\n";
        let (dockerfile, errors) = parse(text);
        assert_eq!(errors, []);
        let run = &dockerfile.instructions[1];
        let places = Places::of(text, &dockerfile, run);
        for word in ["RUN", "x", "yé", "z"] {
            let at = run.text.find(word).expect("it is in the joined text");
            assert_eq!(places.span(at..at + word.len()).slice(text), word, "{:?}", run.text);
        }
    }
}
