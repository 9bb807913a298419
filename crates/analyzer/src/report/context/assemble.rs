//! Puts the report on a context together.

use super::weigh::Scales;
use super::{ReportedContext, Verdict, patterns};
use crate::context::BuildContext;
use crate::dockerignore::{self, Decision, Dockerignore, Effects, IgnoreError, RefusedPattern};
use crate::report::Subject;

/// What is known of the build context of one input.
pub(in crate::report) fn report(subject: &Subject<'_>) -> ReportedContext {
    let nothing = BuildContext::default();
    let context = subject.input.context.as_deref().map_or(&nothing, |known| &known.context);
    let text = subject.input.dockerignore.as_deref().unwrap_or_default();
    let (ignore, mut ignore_errors) = Dockerignore::parse(text);
    let effects = dockerignore::apply(&ignore, context);
    ignore_errors.extend(effects.as_ref().err().and_then(|refused| explain(&ignore, *refused)));
    ignore_errors.sort_by_key(|error| error.line);
    // The builder stops at the first line it refuses, and sends nothing.
    let effects = effects.ok().filter(|_| ignore_errors.is_empty());
    let scales = Scales { context, assumed: None };
    let sent = scales.entries().zip(sent(effects.as_ref()));
    let (sent_files, sent_bytes) =
        scales.weigh(sent.filter_map(|(entry, sent)| sent.then_some(entry)));
    let (files, bytes) = scales.weigh(scales.entries());
    ReportedContext {
        assumed: None,
        files,
        bytes,
        sent_files,
        sent_bytes,
        patterns: patterns::report(&ignore, effects.as_ref(), &scales),
        verdicts: effects.iter().flat_map(|effects| &effects.decisions).map(verdict).collect(),
        ignore_errors,
        copies: Vec::new(),
        starter: None,
    }
}

/// For each entry whether it is sent; nothing at all where the ignore file is refused.
fn sent(effects: Option<&Effects>) -> impl Iterator<Item = bool> + '_ {
    effects.into_iter().flat_map(|effects| &effects.decisions).map(|decision| !decision.excluded)
}

fn verdict(decision: &Decision) -> Verdict {
    let pattern = decision.pattern.and_then(|index| u32::try_from(index).ok());
    Verdict { sent: !decision.excluded, pattern }
}

/// A pattern that only turned out to be refused when it was first tried.
fn explain(ignore: &Dockerignore, refused: RefusedPattern) -> Option<IgnoreError> {
    let pattern = ignore.patterns.get(refused.0)?;
    let message = "The builder cannot compile this pattern: mend what stands in its brackets or \
                   braces.";
    Some(IgnoreError { line: pattern.line, span: pattern.span, message: message.into() })
}
