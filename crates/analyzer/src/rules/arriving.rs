//! Which files of the build context reach which `COPY`.

use super::Subject;
use crate::context::{BuildContext, ContextFile, is_within};
use crate::dockerfile::InstructionKind;
use crate::dockerignore;
use crate::plan::{CopySource, CopyStep, SourceForm, StepKind, paths};
use crate::text::Edit;

/// A file that a `COPY` takes.
pub(super) struct Arrival<'input> {
    /// Its path in the context.
    pub(super) path: &'input str,
    /// What is known of it.
    pub(super) file: &'input ContextFile,
    /// Place of the `COPY` in the Dockerfile.
    pub(super) copy: usize,
}

/// The files of the context: those that the person brought, or else those that are assumed.
pub(super) fn files<'input>(subject: &Subject<'input>) -> Option<&'input BuildContext> {
    let brought = subject.input.context.as_deref().map(|known| &known.context);
    brought.or(subject.report.context.assumed.as_ref().map(|it| &it.context))
}

/// Every `COPY` and `ADD` from the context in needed stages, as planned.
pub(super) fn copies<'input>(
    subject: &Subject<'input>,
) -> impl Iterator<Item = (usize, &'input CopyStep)> {
    let needed =
        subject.instructions().filter(|(.., stage)| stage.is_some_and(|it| subject.is_needed(it)));
    let indices: Vec<usize> = needed.map(|(index, ..)| index).collect();
    let copies = indices.into_iter().filter_map(|index| match &subject.step(index)?.kind {
        StepKind::Copy(copy) if copy.from == CopySource::Context => Some((index, &**copy)),
        _ => None,
    });
    copies.collect::<Vec<_>>().into_iter()
}

/// Whether a source is the whole context.
pub(super) fn is_everything(source: &str) -> bool {
    matches!(paths::clean("/", source).as_str(), "/" | "/*" | "/**")
}

/// The `COPY`s that take all that is sent.
pub(super) fn broad_copies(subject: &Subject<'_>) -> Vec<usize> {
    let broad = copies(subject).filter(|(_, copy)| {
        copy.excludes.is_empty() && copy.sources.iter().any(|source| is_everything(source))
    });
    broad.map(|(index, _)| index).collect()
}

/// The files of a context that the person brought, each with the first `COPY` that takes it by
/// folder or name; those that only a pattern takes are left out.
pub(super) fn arrivals<'input>(subject: &Subject<'input>) -> Vec<Arrival<'input>> {
    let Some(known) = subject.input.context.as_deref() else { return Vec::new() };
    let mut roots: Vec<(usize, String)> = Vec::new();
    for (index, copy) in copies(subject).filter(|(_, copy)| copy.excludes.is_empty()) {
        for source in &copy.sources {
            if matches!(copy.form_of(source), SourceForm::Path) {
                let root =
                    if is_everything(source) { "/".into() } else { paths::clean("/", source) };
                roots.push((index, root.trim_start_matches('/').to_owned()));
            }
        }
    }
    let verdicts = &subject.report.context.verdicts;
    let sent = known.context.files.iter().zip(verdicts).filter(|(_, verdict)| verdict.sent);
    let arrivals = sent.filter_map(|((path, file), _)| {
        let (copy, _) = roots.iter().find(|(_, root)| is_within(path, root))?;
        Some(Arrival { path, file, copy: *copy })
    });
    arrivals.collect()
}

/// Whether a step, a variable or what the image starts names a file of the context.
pub(super) fn is_mentioned(subject: &Subject<'_>, path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_end =
        |it: Option<char>| !it.is_some_and(|it| it.is_alphanumeric() || "._-".contains(it));
    subject.instructions().any(|(_, it, _)| {
        let is_copy = matches!(it.kind, InstructionKind::Copy(_) | InstructionKind::Add(_));
        let text = it.span.slice(subject.text());
        let mut found = text.match_indices(name);
        !is_copy
            && found.any(|(at, _)| {
                let before = text.get(..at).and_then(|text| text.chars().next_back());
                is_end(before)
                    && is_end(text.get(at + name.len()..).and_then(|it| it.chars().next()))
            })
    })
}

/// Adds lines for secrets, under a heading of their own where the last lines stand under another.
pub(super) fn add_secrets(subject: &Subject<'_>, lines: &[&str]) -> Edit {
    let text = subject.input.dockerignore.as_deref().unwrap_or_default();
    let mut last = text.lines().rev().skip_while(|line| line.trim().is_empty());
    let group: Vec<&str> = last.by_ref().take_while(|line| !line.trim().is_empty()).collect();
    let heading = group.last().filter(|line| line.starts_with('#') && group.len() > 1);
    if heading.is_none_or(|line| line.contains("Secrets")) {
        return add_lines(subject, lines);
    }
    let headed = ["", "# Secrets: give them to the container when it runs"];
    add_lines(subject, &headed.into_iter().chain(lines.iter().copied()).collect::<Vec<_>>())
}

/// Adds lines below those of the ignore file.
pub(super) fn add_lines(subject: &Subject<'_>, lines: &[&str]) -> Edit {
    dockerignore::add_lines(subject.input.dockerignore.as_deref().unwrap_or_default(), lines)
}
