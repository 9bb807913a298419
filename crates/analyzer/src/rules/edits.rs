//! Edits that keep the person's own style.

use super::{ListedCommand, Run, Subject};
use crate::dockerfile::Instruction;
use crate::text::{Edit, Span};

/// How long a line may get before a command goes on one of its own.
const LONGEST_LINE: usize = 100;

/// Puts text at a place.
#[must_use]
pub fn insert(at: usize, text: impl Into<String>) -> Edit {
    Edit { span: Span::at(at), replacement: text.into() }
}

/// Puts text in place of other text.
#[must_use]
pub fn replace(span: Span, text: impl Into<String>) -> Edit {
    Edit { span, replacement: text.into() }
}

/// Takes text away.
#[must_use]
pub fn remove(span: Span) -> Edit {
    replace(span, "")
}

/// Takes an instruction away with its line end and the blanks before it; comments above it stay.
#[must_use]
pub fn remove_instruction(subject: &Subject<'_>, instruction: &Instruction) -> Edit {
    let text = subject.text();
    let before = text.get(..instruction.span.start).unwrap_or_default();
    let blanks = before.len() - before.trim_end_matches([' ', '\t']).len();
    let after = text.get(instruction.span.end..).unwrap_or_default();
    let line_end = after.find('\n').map_or(after.len(), |at| at + 1);
    remove(Span::new(instruction.span.start - blanks, instruction.span.end + line_end))
}

/// Puts an instruction on a line of its own above another one, with its indentation.
#[must_use]
pub fn insert_above(subject: &Subject<'_>, instruction: &Instruction, line: &str) -> Edit {
    let before = subject.text().get(..instruction.span.start).unwrap_or_default();
    let indentation = &before[before.trim_end_matches([' ', '\t']).len()..];
    insert(instruction.span.start, format!("{line}{}{indentation}", subject.line_end()))
}

/// Puts an instruction on a line of its own below another one.
#[must_use]
pub fn insert_below(subject: &Subject<'_>, instruction: &Instruction, line: &str) -> Edit {
    let (text, end) = (subject.text(), subject.line_end());
    let after = text.get(instruction.span.end..).unwrap_or_default();
    match after.find('\n') {
        Some(at) => insert(instruction.span.end + at + 1, format!("{line}{end}")),
        None => insert(text.len(), format!("{end}{line}")),
    }
}

/// Adds a flag right behind the word that names what a command does: `install` of
/// `apt-get install`. `None` where the word does not stand in the text.
#[must_use]
pub fn add_flag(command: &ListedCommand, behind: &str, flag: &str) -> Option<Edit> {
    let place = command.place_of(behind).filter(|_| command.is_plain)?;
    Some(insert(place.end, format!(" {flag}")))
}

/// Adds a command that runs behind another one of the same `RUN`, in the way the others are
/// strung together. `None` where the other does not stand in the text by itself, or its success
/// decides about something else.
#[must_use]
pub fn append_command(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
    added: &str,
) -> Option<Edit> {
    let is_alone = command.pipeline.1 <= 1 && command.is_plain && command.is_certain;
    if !is_alone || command.is_captured {
        return None;
    }
    let text = subject.text();
    let end = command.span.end;
    let line_start = text.get(..end)?.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(end..)?;
    if run.in_heredoc {
        let line = text.get(line_start..)?;
        let indentation = &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
        // A command that does not end its line is followed by one that depends on it.
        let ends_line = rest.starts_with('\n') || rest.starts_with("\r\n");
        let break_line = format!("{}{indentation}{added}", subject.line_end());
        let same_line = format!(" && {added}");
        return Some(insert(end, if ends_line { break_line } else { same_line }));
    }
    let escape = subject.dockerfile.escape();
    let whole = run.instruction.span.slice(text);
    let line_end = subject.line_end();
    let addition = match style_of(whole, escape) {
        Style::Leading(indentation) => format!(" {escape}{line_end}{indentation}&& {added}"),
        Style::Trailing(indentation) => format!(" && {escape}{line_end}{indentation}{added}"),
        Style::OneLine if end - line_start + added.len() + 4 <= LONGEST_LINE => {
            format!(" && {added}")
        }
        Style::OneLine => format!(" {escape}{line_end}    && {added}"),
    };
    Some(insert(end, addition))
}

/// How the commands of a `RUN` are strung together over lines.
#[derive(Debug, PartialEq, Eq)]
enum Style<'text> {
    /// All on one line.
    OneLine,
    /// `&&` stands at the front of a line, so far to the right.
    Leading(&'text str),
    /// `&&` stands at the end of a line, and commands so far to the right.
    Trailing(&'text str),
}

fn style_of(run: &str, escape: char) -> Style<'_> {
    let indentation = |line: &'_ str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let mut lines = run.lines().peekable();
    let mut trailing = false;
    while let Some(line) = lines.next() {
        let next = lines.peek().copied().unwrap_or_default();
        if next.trim_start().starts_with("&&") {
            return Style::Leading(&next[..indentation(next)]);
        }
        let end = line.trim_end().trim_end_matches(escape).trim_end();
        trailing |= end.ends_with("&&");
        if trailing && !next.trim_start().starts_with('#') && !next.trim().is_empty() {
            return Style::Trailing(&next[..indentation(next)]);
        }
    }
    if run.lines().count() > 1 { Style::Leading("    ") } else { Style::OneLine }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_commands_are_strung_together_is_kept() {
        for (run, style) in [
            ("RUN a && b", Style::OneLine),
            ("RUN a \\\n  && b", Style::Leading("  ")),
            ("RUN a && \\\n    # why\n\tb", Style::Trailing("\t")),
            ("RUN a && \\\n\tb", Style::Trailing("\t")),
            ("RUN a \\\n  x y", Style::Leading("    ")),
        ] {
            assert_eq!(style_of(run, '\\'), style, "{run}");
        }
    }
}
