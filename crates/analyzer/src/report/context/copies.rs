//! What each `COPY`, `ADD` and bind mount takes from the context.

use std::collections::BTreeMap;

use super::missing::Absences;
use super::weigh::Scales;
use super::{CopyOrigin, ReportedCopy, ReportedFolder, ReportedSource};
use crate::order;
use crate::plan::{CopySource, CopyStep, Mount, MountKind, SourceForm, StageIndex, Step, StepKind};
use crate::report::{ReportedError, Subject};
use crate::simulate::SentContext;
use crate::simulate::copy::{Outcome, Presence, SourceSelection, select, select_mount};
use crate::size::SizeEstimate;
use crate::text::Span;

/// The most folders and files named for one `COPY`.
const MOST_LARGEST: usize = 8;

/// What is needed to tell what a `COPY` takes.
pub(super) struct Copies<'input> {
    pub(super) subject: &'input Subject<'input>,
    pub(super) scales: &'input Scales<'input>,
    /// What is sent; `None` where the ignore file is refused, and nothing can be said.
    pub(super) sent: Option<&'input SentContext<'input>>,
    pub(super) absences: Absences<'input>,
}

/// A source that a step names, with its place in the text.
struct Named<'plan> {
    text: &'plan str,
    span: Span,
    /// Bytes of the heredoc, where it is one.
    inline: Option<u64>,
}

impl Copies<'_> {
    /// Every `COPY`, `ADD` and bind mount in the order of the text, and what BuildKit would refuse
    /// about their sources.
    pub(super) fn report(&self) -> (Vec<ReportedCopy>, Vec<ReportedError>) {
        let graph = &self.subject.plan.graph;
        let needed = graph.reachable();
        let (mut copies, mut errors) = (Vec::new(), Vec::new());
        for (index, stage) in graph.stages.iter().enumerate() {
            let is_needed = needed.get(index).copied().unwrap_or(false);
            for step in &stage.steps {
                let (found, refused) = self.report_step(index, is_needed, step);
                copies.extend(found);
                if is_needed {
                    errors.extend(refused);
                }
            }
        }
        (copies, errors)
    }

    fn report_step(
        &self,
        stage: StageIndex,
        needed: bool,
        step: &Step,
    ) -> (Vec<ReportedCopy>, Vec<ReportedError>) {
        let start = |destination: &str, from, mount| ReportedCopy {
            line: self.subject.line_of_instruction(step.instruction),
            stage,
            needed,
            instruction: step.printed.clone(),
            mount,
            from,
            destination: destination.to_owned(),
            sources: Vec::new(),
            files: 0,
            bytes: SizeEstimate::default(),
            largest: Vec::new(),
        };
        let mut errors = Vec::new();
        let copies = match &step.kind {
            StepKind::Copy(copy) => {
                let begun = start(&copy.destination, origin(&copy.from), false);
                let named = self.name_sources(step, copy);
                let selections = self.select_copy(copy);
                vec![self.fill(begun, &named, selections, &mut errors)]
            }
            StepKind::Run { mounts, .. } => {
                let binds = mounts.iter().filter(|mount| mount.kind == MountKind::Bind);
                let report = |mount: &Mount| {
                    let begun = start(&mount.target, origin(&mount.from), true);
                    let text = if mount.source.is_empty() { "." } else { &mount.source };
                    let span = self.subject.span_of(step.instruction);
                    let named = [Named { text, span, inline: None }];
                    self.fill(begun, &named, self.select_bind(mount), &mut errors)
                };
                binds.map(report).collect()
            }
            _ => Vec::new(),
        };
        (copies, errors)
    }

    /// The sources of a `COPY` with their places. Those of a trigger stand in the base's file, so
    /// its place is that of the `FROM`.
    fn name_sources<'plan>(&self, step: &Step, copy: &'plan CopyStep) -> Vec<Named<'plan>> {
        let whole = self.subject.span_of(step.instruction);
        let words = self.subject.copy_sources(step);
        let spans = words.iter().map(|word| word.span).chain(std::iter::repeat(whole));
        let inline = |text: &str| match copy.form_of(text) {
            SourceForm::Heredoc(name) => copy.heredocs.iter().find(|it| it.name == name),
            _ => None,
        };
        let bytes = |text: &str| inline(text).map(|heredoc| heredoc.content.len() as u64);
        let sources = copy.sources.iter().zip(spans);
        sources.map(|(text, span)| Named { text, span, inline: bytes(text) }).collect()
    }

    fn select_copy(&self, copy: &CopyStep) -> Option<Vec<SourceSelection<'_>>> {
        let sent = self.sent.filter(|_| copy.from == CopySource::Context)?;
        Some(select(sent, copy, &|_| Presence::Unknown))
    }

    fn select_bind(&self, mount: &Mount) -> Option<Vec<SourceSelection<'_>>> {
        let sent = self.sent.filter(|_| mount.from == CopySource::Context)?;
        Some(vec![select_mount(sent, mount)])
    }

    /// Writes down what was selected; without a selection nothing is known.
    fn fill(
        &self,
        mut copy: ReportedCopy,
        named: &[Named<'_>],
        selections: Option<Vec<SourceSelection<'_>>>,
        errors: &mut Vec<ReportedError>,
    ) -> ReportedCopy {
        let Some(selections) = selections else {
            let unknown = SizeEstimate::unknown(self.explain_unknown(&copy.from));
            let source = |named: &Named<'_>| ReportedSource {
                text: named.text.to_owned(),
                files: 0,
                bytes: unknown.clone(),
                missing: None,
            };
            copy.sources = named.iter().map(source).collect();
            copy.bytes = unknown;
            return copy;
        };
        let mut taken: Vec<&str> = Vec::new();
        let mut remote = Vec::new();
        for (named, selection) in named.iter().zip(&selections) {
            let paths =
                || selection.matches.iter().flat_map(|matched| matched.paths.iter().copied());
            let missing = self.absences.explain(named.text, &selection.outcome);
            if let Some(message) = missing.clone().filter(|_| selection.outcome.fails()) {
                errors.push(self.subject.error(named.span, message));
            }
            let (files, bytes) = match &selection.outcome {
                Outcome::Remote => (0, SizeEstimate::unknown("What is downloaded is not known.")),
                Outcome::Inline => {
                    let bytes = named.inline.unwrap_or(0);
                    (1, SizeEstimate::exact(bytes, "Written in the Dockerfile."))
                }
                _ => self.weigh(paths()),
            };
            if matches!(selection.outcome, Outcome::Remote | Outcome::Inline) {
                remote.push((files, bytes.clone()));
            }
            taken.extend(paths());
            let text = named.text.to_owned();
            copy.sources.push(ReportedSource { text, files, bytes, missing });
        }
        let (files, bytes) = self.weigh_each_once(taken);
        copy.largest = self.largest(&selections);
        copy.files = files + remote.iter().map(|(files, _)| files).sum::<u64>();
        let why = bytes.why().to_owned();
        let parts = std::iter::once(&bytes).chain(remote.iter().map(|(_, bytes)| bytes));
        copy.bytes = if remote.is_empty() { bytes } else { SizeEstimate::sum(parts, why) };
        copy
    }

    fn weigh<'path>(&self, paths: impl Iterator<Item = &'path str>) -> (u64, SizeEstimate) {
        match self.sent {
            Some(sent) => self.scales.weigh(sent.files(paths)),
            None => self.scales.weigh(std::iter::empty()),
        }
    }

    fn weigh_each_once(&self, mut paths: Vec<&str>) -> (u64, SizeEstimate) {
        // Each source brings its own in order, so there is little to sort.
        order::sort(&mut paths);
        paths.dedup();
        self.weigh(paths.into_iter())
    }

    /// The heaviest of what lies directly in the matched folders, and the matched files.
    fn largest<'path>(&self, selections: &[SourceSelection<'path>]) -> Vec<ReportedFolder> {
        let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for matched in selections.iter().flat_map(|selection| &selection.matches) {
            let inside = if matched.root.is_empty() { 0 } else { matched.root.len() + 1 };
            let part = |path: &'path str| {
                let below = path.get(inside..).unwrap_or_default();
                let end = below.find('/').map_or(path.len(), |end| inside + end);
                path.get(..end).unwrap_or(path)
            };
            for paths in matched.paths.chunk_by(|one, next| part(one) == part(next)) {
                let Some(first) = paths.first() else { continue };
                groups.entry(part(first)).or_default().extend(paths);
            }
        }
        let mut largest: Vec<ReportedFolder> = groups
            .into_iter()
            .map(|(path, paths)| {
                let (files, bytes) = self.weigh_each_once(paths);
                ReportedFolder { path: path.to_owned(), files, bytes }
            })
            .filter(|folder| folder.files > 0)
            .collect();
        let weight = |folder: &ReportedFolder| folder.bytes.likely().unwrap_or(folder.bytes.low());
        order::sort_by(&mut largest, |a, b| {
            weight(b).cmp(&weight(a)).then_with(|| a.path.cmp(&b.path))
        });
        largest.truncate(MOST_LARGEST);
        largest
    }

    fn explain_unknown(&self, from: &CopyOrigin) -> String {
        match from {
            CopyOrigin::Context => {
                "The builder refuses the .dockerignore, so nothing is sent.".to_owned()
            }
            CopyOrigin::Stage(index) => {
                let stage = self.subject.plan.graph.stages.get(*index);
                let name = stage.and_then(|stage| stage.name.clone());
                let name = name.unwrap_or_else(|| index.to_string());
                format!("What stage {name} holds is not estimated yet.")
            }
            CopyOrigin::Image(reference) => format!("What {reference} holds is not known."),
            CopyOrigin::Nothing => "There is nothing to copy from.".to_owned(),
        }
    }
}

fn origin(from: &CopySource) -> CopyOrigin {
    match from {
        CopySource::Context => CopyOrigin::Context,
        CopySource::Stage(index) => CopyOrigin::Stage(*index),
        CopySource::Image(reference) => CopyOrigin::Image(reference.clone()),
        CopySource::Scratch | CopySource::Unresolved(_) => CopyOrigin::Nothing,
    }
}
