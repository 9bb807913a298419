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

/// Puts an instruction on a line of its own above another one and the comments that stand right above
/// that, with its indentation.
#[must_use]
pub fn insert_above(subject: &Subject<'_>, instruction: &Instruction, line: &str) -> Edit {
    let text = subject.text();
    let before = text.get(..instruction.span.start).unwrap_or_default();
    let indentation = &before[before.trim_end_matches([' ', '\t']).len()..];
    let mut start = instruction.span.start;
    for comment in subject.dockerfile.comments.iter().rev() {
        let between = text.get(comment.end..start).filter(|_| comment.start < start);
        let Some(between) = between else { continue };
        if !between.trim().is_empty() || between.matches('\n').count() != 1 {
            break;
        }
        start = comment.start;
    }
    insert(start, format!("{line}{}{indentation}", subject.line_end()))
}

/// Puts an instruction on a line of its own below another one, with an empty line between them where
/// the author has one on both sides of the other.
#[must_use]
pub fn insert_below(subject: &Subject<'_>, instruction: &Instruction, line: &str) -> Edit {
    let (text, end) = (subject.text(), subject.line_end());
    let before = text.get(..instruction.span.start).unwrap_or_default();
    let after = text.get(instruction.span.end..).unwrap_or_default();
    let is_empty = |line: Option<&str>| line.is_some_and(|line| line.trim().is_empty());
    let mut above = before.lines().rev().skip_while(|line| line.trim_start().starts_with('#'));
    let stands_apart = is_empty(above.next()) && is_empty(after.lines().nth(1));
    let gap = if stands_apart { end } else { "" };
    match after.find('\n') {
        Some(at) => insert(instruction.span.end + at + 1, format!("{gap}{line}{end}")),
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
    let escape = subject.dockerfile.escape();
    let rest = subject.text().get(command.span.end..run.instruction.span.end)?;
    if ends_shell(subject, command) {
        return None;
    }
    let addition = match run.in_heredoc {
        true => add_in_heredoc(subject, run, command, added)?,
        false => match tie(rest, escape)? {
            Tie::And => add_in_steps(subject, run, command, added)
                .filter(|_| rest.trim().is_empty())
                .unwrap_or_else(|| add_in_chain(subject, run, command, added)),
            Tie::Then(None) => format!("; {added}"),
            Tie::Then(Some(indentation)) => {
                format!("; {escape}{}{indentation}{added}", subject.line_end())
            }
        },
    };
    Some(insert(command.span.end, addition))
}

/// Whether `exec` starts the command: nothing of the shell is left behind it.
pub(super) fn ends_shell(subject: &Subject<'_>, command: &ListedCommand) -> bool {
    let program = command.words.first().map_or(command.span.start, |word| word.start);
    let before = Span::new(command.span.start, program.max(command.span.start));
    before.slice(subject.text()).split_whitespace().any(|word| word == "exec")
}

/// How a command that is added behind another one depends on it.
#[derive(Debug, PartialEq, Eq)]
enum Tie<'text> {
    /// `&&`: what failed fails still, since nothing comes behind the two that would hide it.
    And,
    /// `;`, as the author has behind it: left of `&&` a failure no longer stops a shell with
    /// `set -e`. With the indentation of the next command where that stands on a line of its own.
    Then(Option<&'text str>),
}

/// By what follows the command in its `RUN`; `None` where that is not understood.
fn tie(rest: &str, escape: char) -> Option<Tie<'_>> {
    let (next, _) = skip_blanks(rest, escape);
    let Some(behind) = next.strip_prefix(';') else {
        let is_known =
            next.is_empty() || next.starts_with(['&', ')', '#']) || next.starts_with("||");
        return is_known.then_some(Tie::And);
    };
    match skip_blanks(behind, escape) {
        ("", _) => Some(Tie::And),
        (next, _) if next.starts_with(['#', ')', '}']) => Some(Tie::And),
        (next, _) if next.starts_with(';') => None,
        (_, indentation) => Some(Tie::Then(indentation)),
    }
}

/// What follows blanks, continuations and the comments between them, with the indentation of its
/// line where that is another one.
fn skip_blanks(text: &str, escape: char) -> (&str, Option<&str>) {
    let (mut rest, mut indentation) = (text, None);
    loop {
        let trimmed = rest.trim_start_matches([' ', '\t']);
        let line = trimmed.split('\n').next().unwrap_or_default();
        let is_continuation = line.trim_end().strip_prefix(escape) == Some("");
        let is_between = indentation.is_some() && (line.starts_with('#') || line.trim().is_empty());
        if !is_continuation && !is_between || line.len() == trimmed.len() {
            let blanks = rest.get(..rest.len() - trimmed.len());
            return (trimmed.trim_end(), indentation.and(blanks));
        }
        rest = trimmed.get(line.len() + 1..).unwrap_or_default();
        indentation = Some("");
    }
}

/// Behind the last of several commands that `;` ends, each on a line of its own, below `set -e`.
fn add_in_steps(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
    added: &str,
) -> Option<String> {
    let escape = subject.dockerfile.escape();
    let before = subject.text().get(run.instruction.span.start..command.span.start)?;
    let indentation = &before[before.trim_end_matches([' ', '\t']).len()..];
    let above = before.trim_end().strip_suffix(escape)?.trim_end();
    let is_step = above.ends_with(';') && stops_at_failure(subject, run, command);
    is_step.then(|| format!("; {escape}{}{indentation}{added}", subject.line_end()))
}

fn add_in_chain(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
    added: &str,
) -> String {
    let (text, end) = (subject.text(), command.span.end);
    let before = text.get(..end).unwrap_or_default();
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let (escape, line_end) = (subject.dockerfile.escape(), subject.line_end());
    match style_of(run.instruction.span.slice(text), escape) {
        Style::Leading(indentation) => format!(" {escape}{line_end}{indentation}&& {added}"),
        Style::Trailing(indentation) => format!(" && {escape}{line_end}{indentation}{added}"),
        Style::OneLine if end - line_start + added.len() + 4 <= LONGEST_LINE => {
            format!(" && {added}")
        }
        Style::OneLine => format!(" {escape}{line_end}    && {added}"),
    }
}

fn add_in_heredoc(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
    added: &str,
) -> Option<String> {
    let text = subject.text();
    let rest = text.get(command.span.end..run.instruction.span.end)?;
    let (line, below) = rest.split_once('\n')?;
    let name = run.instruction.heredocs.first().map_or("", |it| it.name.as_str());
    let below = below.lines().map(str::trim).take_while(|line| *line != name);
    let is_last = below.into_iter().all(|line| line.is_empty() || line.starts_with('#'));
    // Without `set -e` the last command alone decides whether the step fails.
    let decides = is_last && !stops_at_failure(subject, run, command);
    let start = text.get(..command.span.end)?.rfind('\n').map_or(0, |at| at + 1);
    let own = text.get(start..)?;
    let indentation = &own[..own.len() - own.trim_start_matches([' ', '\t']).len()];
    let next = line.trim();
    Some(match next.chars().next() {
        None if !decides => format!("{}{indentation}{added}", subject.line_end()),
        Some(';') if next.len() > 1 || !decides => format!("; {added}"),
        None | Some(';' | '&' | '#' | ')' | '\\') => format!(" && {added}"),
        Some('|') if next.starts_with("||") => format!(" && {added}"),
        Some(_) => return None,
    })
}

/// Whether a failure of the command ends its shell.
fn stops_at_failure(subject: &Subject<'_>, run: &Run<'_>, command: &ListedCommand) -> bool {
    let says = |word: &str| {
        word == "errexit" || word.starts_with('-') && !word.starts_with("--") && word.contains('e')
    };
    let before = subject.text().get(run.instruction.span.start..command.span.start);
    let is_head = |word: &&str| word.eq_ignore_ascii_case("run") || word.starts_with("--");
    let mut parts = before.unwrap_or_default().split(['\n', ';', '&']);
    parts.any(|part| {
        let mut words = part.split_whitespace().skip_while(is_head);
        words.next() == Some("set") && words.any(says)
    }) || run.state.shell.iter().skip(1).any(|word| says(word))
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

    #[test]
    fn an_added_command_depends_on_the_one_before_and_hides_no_failure() {
        for (rest, expected) in [
            ("", Some(Tie::And)),
            (" ;", Some(Tie::And)),
            (" # why", Some(Tie::And)),
            (" || true", Some(Tie::And)),
            (" \\\n  && b", Some(Tie::And)),
            (" \\\n # why\n\n  && b", Some(Tie::And)),
            (")", Some(Tie::And)),
            (" & wait", Some(Tie::And)),
            ("; exit 0", Some(Tie::Then(None))),
            ("; \\\n    exit 0", Some(Tie::Then(Some("    ")))),
            (" \\\n; \\\n# why\n\texit 0", Some(Tie::Then(Some("\t")))),
            (" > /dev/null", None),
            ("; ; b", None),
        ] {
            assert_eq!(tie(rest, '\\'), expected, "{rest:?}");
        }
    }
}
