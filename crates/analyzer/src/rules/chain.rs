//! The commands of a `RUN` as a chain of `&&`: one taken out of it, or two chains made one.

use super::{ListedCommand, Run, Subject, edits};
use crate::text::{Edit, Span};

/// What changes the shell for the commands behind it.
const LASTING: &[&str] = &["cd", "export", "set", "umask", "source", ".", "exec", "unset", "alias"];

/// The commands of a `RUN`, where each stands in the text and runs only where the one before it
/// succeeded, and nothing else is there.
pub(super) fn chain<'run>(
    subject: &Subject<'_>,
    run: &'run Run<'_>,
) -> Option<Vec<&'run ListedCommand>> {
    let is_plain = |it: &&ListedCommand| it.is_plain && it.is_certain && it.pipeline.1 <= 1;
    let chain: Vec<&ListedCommand> = run.commands.iter().filter(|it| !it.is_captured).collect();
    let has_exec = chain.iter().any(|it| edits::ends_shell(subject, it));
    if run.is_exec || run.in_heredoc || has_exec || !chain.iter().all(is_plain) {
        return None;
    }
    let (first, last) = (chain.first()?, chain.last()?);
    let instruction = run.instruction;
    let start = instruction.flags.last().map_or(instruction.keyword.span.end, |it| it.span.end);
    let between = chain.windows(2).filter_map(|pair| {
        let [one, next] = pair else { return None };
        Some(Span::new(one.span.end, next.span.start))
    });
    let is_whole = instruction.heredocs.is_empty()
        && bare(subject, Span::new(start, first.span.start)).is_empty()
        && last.span.end == instruction.span.end
        && between.into_iter().all(|glue| bare(subject, glue) == "&&");
    is_whole.then_some(chain)
}

/// A piece of the text without blanks and continuations.
fn bare(subject: &Subject<'_>, span: Span) -> String {
    let escape = subject.dockerfile.escape();
    let text = span.slice(subject.text()).chars();
    text.filter(|it| !it.is_whitespace() && *it != escape).collect()
}

/// Takes one command out of a `RUN`, and the `RUN` away where it is the only one.
pub(super) fn remove_command(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
) -> Option<Edit> {
    let chain = chain(subject, run)?;
    let at = chain.iter().position(|it| it.span == command.span)?;
    if chain.len() == 1 {
        return Some(edits::remove_instruction(subject, run.instruction));
    }
    let before = at.checked_sub(1).and_then(|at| chain.get(at));
    Some(edits::remove(match (before, chain.get(at + 1)) {
        (Some(before), _) => Span::new(before.span.end, command.span.end),
        (None, Some(next)) => Span::new(command.span.start, next.span.start),
        (None, None) => return None,
    }))
}

/// Makes one `RUN` of two that stand next to each other; what failed before fails still.
pub(super) fn join(subject: &Subject<'_>, first: &Run<'_>, second: &Run<'_>) -> Option<Vec<Edit>> {
    join_all(subject, &[first, second], None)
}

/// Makes one `RUN` of some that stand next to each other, with another command behind them all.
pub(super) fn join_all(
    subject: &Subject<'_>,
    runs: &[&Run<'_>],
    behind: Option<&str>,
) -> Option<Vec<Edit>> {
    let (first, later) = runs.split_first()?;
    let has_flags = runs.iter().any(|run| !run.instruction.flags.is_empty());
    let are_neighbours = runs.windows(2).all(|pair| match pair {
        [one, next] => one.index + 1 == next.index && one.stage == next.stage,
        _ => false,
    });
    let chains: Vec<_> = runs.iter().map(|run| chain(subject, run)).collect::<Option<_>>()?;
    let before_last = chains.iter().take(later.len()).flatten();
    let is_lasting = |it: &&ListedCommand| LASTING.contains(&it.line.program_name());
    if has_flags || !are_neighbours || before_last.copied().any(|it| is_lasting(&it)) {
        return None;
    }
    let text_of = |chain: &Vec<&ListedCommand>| {
        let span = Span::new(chain.first()?.span.start, chain.last()?.span.end);
        Some(span.slice(subject.text()))
    };
    let mut added: Vec<&str> = chains.iter().skip(1).map(text_of).collect::<Option<_>>()?;
    added.extend(behind);
    let last = chains.first()?.last()?;
    let mut edits = vec![edits::append_command(subject, first, last, &added.join(" && "))?];
    edits.extend(later.iter().map(|run| edits::remove_instruction(subject, run.instruction)));
    Some(edits)
}
