//! Moving whole lines of a text: comments above an instruction go with it, line ends stay as they are.

use std::ops::Range;

use super::Move;
use crate::dockerfile::Dockerfile;
use crate::text::{Edit, LineIndex, Span};

/// The text after a move; `None` where the instructions are not there.
pub(super) fn apply(text: &str, dockerfile: &Dockerfile, found: &Move) -> Option<String> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let index = LineIndex::new(text);
    let is_comment = |line: usize| {
        let mut comments = dockerfile.comments.iter();
        comments.any(|comment| index.line(comment.start) as usize == line + 1)
    };
    let block = |instruction: usize| -> Option<Range<usize>> {
        let span = dockerfile.instructions.get(instruction)?.span;
        let mut start = (index.line(span.start) as usize).checked_sub(1)?;
        while start > 0 && is_comment(start - 1) {
            start -= 1;
        }
        Some(start..index.last_line(span) as usize)
    };
    let (own, target) = (block(found.instruction)?, block(found.below)?);
    let is_blank = |line: &&&str| line.trim().is_empty();
    let blanks = lines.get(own.end..target.start)?.iter().take_while(is_blank).count();
    let after = own.end + blanks;
    let end = if lines.first().is_some_and(|line| line.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let instead: Vec<String> = found.instead.iter().map(|line| format!("{line}{end}")).collect();
    let between = lines.get(own.end..after)?;
    let mut all: Vec<&str> = lines.get(..own.start)?.to_vec();
    all.extend(lines.get(after..target.start)?);
    if !instead.is_empty() {
        all.extend(instead.iter().map(String::as_str));
        all.extend(between);
    }
    all.extend(lines.get(target.clone())?);
    all.extend(between);
    all.extend(lines.get(own)?);
    all.extend(lines.get(target.end..)?);
    let mut moved = String::with_capacity(text.len());
    for line in all {
        moved.push_str(line);
        if !line.ends_with('\n') {
            moved.push_str(end);
        }
    }
    if !text.ends_with('\n') {
        moved.truncate(moved.trim_end_matches(['\n', '\r']).len());
    }
    Some(moved)
}

/// The smallest replacement of whole lines that makes one text of the other.
pub(super) fn difference(before: &str, after: &str) -> Edit {
    let pairs = before.split_inclusive('\n').zip(after.split_inclusive('\n'));
    let same = pairs.take_while(|(old, new)| old == new);
    let start: usize = same.map(|(line, _)| line.len()).sum();
    let (old, new) = (before.get(start..).unwrap_or(""), after.get(start..).unwrap_or(""));
    let ends = |text: &str| -> Vec<String> {
        text.split_inclusive('\n').rev().map(str::to_owned).collect()
    };
    let (old_lines, new_lines) = (ends(old), ends(new));
    let same = old_lines.iter().zip(&new_lines).take_while(|(old, new)| old == new);
    let tail: usize = same.map(|(line, _)| line.len()).sum();
    let replacement = new.get(..new.len() - tail).unwrap_or("").to_owned();
    Edit { span: Span::new(start, before.len() - tail), replacement }
}
