//! Puts the report on a context together.

use std::cell::OnceCell;

use super::copies::Copies;
use super::missing::Absences;
use super::purpose::{APPROXIMATE, purpose_of};
use super::weigh::Scales;
use super::{AssumedContext, ReportedContext, Verdict, patterns, starter};
use crate::context::{BuildContext, ContextOrigin, KnownContext};
use crate::dockerignore::{
    self, Decision, Dockerignore, Effects, IgnoreError, RefusedPattern, Walk,
};
use crate::order;
use crate::projects::{self, AssumedProject};
use crate::report::{Input, ReportedError, Subject};
use crate::simulate::SentContext;
use crate::simulate::copy::request_context;
use crate::size::SizeEstimate;
use crate::text::Span;

/// The ignore file of any Dockerfile.
const IGNORE_NAME: &str = ".dockerignore";
/// The ignore file of a Dockerfile of the plain name.
pub(super) const OWN_IGNORE_NAME: &str = "Dockerfile.dockerignore";

/// A context with its ignore file, applied.
pub(super) struct Applied<'context> {
    pub(super) context: &'context BuildContext,
    pub(super) ignore: Dockerignore,
    /// Lines that the builder refuses, in order.
    pub(super) errors: Vec<IgnoreError>,
    /// `None` where the builder refuses the ignore file: it then stops, and sends nothing.
    pub(super) effects: Option<Effects>,
}

impl<'context> Applied<'context> {
    /// Applies the text of an ignore file.
    pub(super) fn new(context: &'context BuildContext, text: &str) -> Self {
        let (ignore, mut errors) = Dockerignore::parse(text);
        let effects = dockerignore::apply(&ignore, context);
        errors.extend(effects.as_ref().err().and_then(|refused| explain(&ignore, *refused)));
        order::sort_by_key(&mut errors, |error| error.line);
        let effects = effects.ok().filter(|_| errors.is_empty());
        Self { context, ignore, errors, effects }
    }

    /// What becomes of each entry, in order; empty where the ignore file is refused.
    pub(super) fn decisions(&self) -> &[Decision] {
        self.effects.as_ref().map_or(&[], |effects| &effects.decisions)
    }

    /// The part that is sent; `None` where the ignore file is refused.
    pub(super) fn sent(&self) -> Option<SentContext<'context>> {
        let effects = self.effects.as_ref()?;
        let sent: Vec<bool> = effects.decisions.iter().map(|decision| !decision.excluded).collect();
        let sent = SentContext::new(self.context, &sent);
        sent.with_emptied_folders(self.context, &mut Walk::new(&self.ignore)).ok()
    }
}

/// Takes what is sent (`None` where the ignore file is refused), and the context with what its
/// files are believed to weigh.
pub(in crate::report) type Look<'work> = dyn FnMut(Option<&SentContext<'_>>, &Scales<'_>) + 'work;

/// What is known of the build context of one input, and what is to be said of it.
#[derive(Default)]
pub(in crate::report) struct ReportOnContext {
    pub(in crate::report) context: ReportedContext,
    /// What BuildKit would refuse.
    pub(in crate::report) errors: Vec<ReportedError>,
    /// What is worth a look, with its place in the Dockerfile.
    pub(in crate::report) notes: Vec<(Span, String)>,
}

/// Reports on the build context of one input. `look` is shown what is sent, and what is assumed of
/// its sizes, while it is at hand.
pub(in crate::report) fn report(subject: &Subject<'_>, look: &mut Look<'_>) -> ReportOnContext {
    let text = subject.input.dockerignore.as_deref().unwrap_or_default();
    match &subject.input.context {
        Some(known) => {
            let scales = Scales { context: &known.context, assumed: None, replaced: None };
            report_on(subject, Applied::new(&known.context, text), &scales, look)
        }
        None => {
            let (ignore, _) = Dockerignore::parse(text);
            let project = projects::assume(subject.traces(), &ignore, &subject.input.assumed_sizes);
            let scales = Scales {
                context: &project.context,
                assumed: Some(&project.sizes),
                replaced: Some(&project.replaced),
            };
            let applied = Applied::new(&project.context, text);
            let mut report = report_on(subject, applied, &scales, look);
            let AssumedProject { title, why, context, .. } = project;
            report.context.assumed = Some(AssumedContext { title, why, context });
            report
        }
    }
}

fn report_on(
    subject: &Subject<'_>,
    applied: Applied<'_>,
    scales: &Scales<'_>,
    look: &mut Look<'_>,
) -> ReportOnContext {
    let sent = applied.sent();
    look(sent.as_ref(), scales);
    let ignore_name = ignore_name(subject.input, scales.context);
    let absences = absences(subject, &applied, &ignore_name, scales.assumed.is_some());
    let (requested_files, requested_bytes) = weigh_requested(subject, sent.as_ref(), scales);
    let whole = OnceCell::new();
    let found = Copies { subject, scales, sent: sent.as_ref(), whole, absences }.report();
    let entries = scales.entries().zip(applied.decisions());
    let (sent_files, sent_bytes) =
        scales.weigh(entries.filter_map(|(entry, decision)| (!decision.excluded).then_some(entry)));
    let (files, bytes) = scales.weigh(scales.entries());
    let report = ReportedContext {
        assumed: None,
        ignore_name,
        approximate: scales
            .context
            .condensed_for
            .filter(|purpose| *purpose != purpose_of(subject.plan, &applied.ignore))
            .map(|_| APPROXIMATE.to_owned()),
        files,
        bytes,
        sent_files,
        sent_bytes,
        requested_files,
        requested_bytes,
        patterns: patterns::report(&applied.ignore, applied.effects.as_ref(), scales),
        verdicts: applied.decisions().iter().map(verdict).collect(),
        starter: starter::suggest(subject, &applied, scales),
        ignore_errors: applied.errors,
        copies: found.copies,
    };
    ReportOnContext { context: report, errors: found.errors, notes: found.notes }
}

/// What is needed to say why a source is missing.
fn absences<'input>(
    subject: &Subject<'_>,
    applied: &'input Applied<'_>,
    ignore_name: &'input str,
    assumed: bool,
) -> Absences<'input> {
    Absences {
        context: applied.context,
        ignore_name,
        ignore: &applied.ignore,
        decisions: applied.decisions(),
        assumed,
        without_links: subject.input.context.as_deref().is_some_and(is_without_links),
    }
}

/// What BuildKit would refuse of the sources that steps name, for these files and the input's ignore
/// file. Of an assumed context nothing is said to be missing.
pub(in crate::report) fn refuse(
    subject: &Subject<'_>,
    context: &BuildContext,
    assumed: bool,
) -> Vec<ReportedError> {
    let text = subject.input.dockerignore.as_deref().unwrap_or_default();
    let applied = Applied::new(context, text);
    let sent = applied.sent();
    let ignore_name = ignore_name(subject.input, context);
    let absences = absences(subject, &applied, &ignore_name, assumed);
    let scales = Scales { context, assumed: None, replaced: None };
    let whole = OnceCell::new();
    Copies { subject, scales: &scales, sent: sent.as_ref(), whole, absences }.report().errors
}

/// What the ignore file is called: as the input says, or as a build with a Dockerfile of the plain
/// name would find it in the context (`ReadEntrypoint` and `dockerIgnorePatterns` of
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerui/config.go>).
pub(in crate::report) fn ignore_name(input: &Input, context: &BuildContext) -> String {
    let named = input.ignore_name.clone();
    let own = || context.files.contains_key(OWN_IGNORE_NAME).then(|| OWN_IGNORE_NAME.to_owned());
    named.or_else(own).unwrap_or_else(|| IGNORE_NAME.to_owned())
}

/// Whether a browser read the context as a folder: no entry of a drop or of a picked folder says that
/// it is a link (<https://wicg.github.io/entries-api/#api-entry>), and Chromium shows no link at all.
fn is_without_links(known: &KnownContext) -> bool {
    matches!(known.origin, ContextOrigin::Folder(_))
}

/// What the builder asks for; nothing where the ignore file is refused.
fn weigh_requested(
    subject: &Subject<'_>,
    sent: Option<&SentContext<'_>>,
    scales: &Scales<'_>,
) -> (u64, SizeEstimate) {
    let requested = sent.map(|sent| request_context(subject.plan, scales.context, sent));
    let requested = sent.zip(requested.as_ref());
    scales.weigh(requested.into_iter().flat_map(|(sent, it)| sent.files(it.paths.iter().copied())))
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
