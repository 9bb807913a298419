//! What each `COPY`, `ADD` and bind mount takes from the context.

use std::cell::OnceCell;
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

/// As many copies as are listed of one Dockerfile, so that none takes long.
const MOST_COPIES: usize = 10_000;

/// What is needed to tell what a `COPY` takes.
pub(super) struct Copies<'input> {
    pub(super) subject: &'input Subject<'input>,
    pub(super) scales: &'input Scales<'input>,
    /// What is sent; `None` where the ignore file is refused, and nothing can be said.
    pub(super) sent: Option<&'input SentContext<'input>>,
    /// What would be sent without an ignore file; made when it is first needed.
    pub(super) whole: OnceCell<SentContext<'input>>,
    pub(super) absences: Absences<'input>,
}

/// What every `COPY`, `ADD` and bind mount takes, and what is to be said of their sources.
#[derive(Default)]
pub(super) struct Found {
    pub(super) copies: Vec<ReportedCopy>,
    /// What BuildKit would refuse.
    pub(super) errors: Vec<ReportedError>,
    /// What is worth a look, with its place in the Dockerfile.
    pub(super) notes: Vec<(Span, String)>,
}

/// What was selected of one source.
pub(super) struct Selected<'tree> {
    pub(super) selection: SourceSelection<'tree>,
    /// Where it takes no file, those that it would take without an ignore file.
    pub(super) withheld: Vec<&'tree str>,
    /// Where it takes none because of `--exclude`, which flags these are; a sentence.
    pub(super) excluded: Option<String>,
}

/// A source that a step names, with its place in the text.
struct Named<'plan> {
    text: &'plan str,
    span: Span,
    /// Bytes of the heredoc, where it is one.
    inline: Option<u64>,
}

impl Copies<'_> {
    /// Every `COPY`, `ADD` and bind mount in the order of the text; of stages that are not needed
    /// nothing is refused or noted.
    pub(super) fn report(&self) -> Found {
        let graph = &self.subject.plan.graph;
        let needed = graph.reachable();
        let mut all = Found::default();
        for (index, stage) in graph.stages.iter().enumerate() {
            let is_needed = needed.get(index).copied().unwrap_or(false);
            for step in &stage.steps {
                if all.copies.len() >= MOST_COPIES {
                    let span = self.subject.span_of(step.instruction);
                    let message = format!(
                        "What is copied from here on is not listed: there are more than {MOST_COPIES} \
                         copies and mounts."
                    );
                    all.notes.push((span, message));
                    return all;
                }
                let found = self.report_step(index, is_needed, step);
                all.copies.extend(found.copies);
                if is_needed {
                    all.errors.extend(found.errors);
                    all.notes.extend(found.notes);
                }
            }
        }
        all
    }

    fn report_step(&self, stage: StageIndex, needed: bool, step: &Step) -> Found {
        let start = |destination: &str, from, mount| ReportedCopy {
            line: self.subject.line_of_instruction(step.instruction),
            stage,
            needed,
            instruction: self.subject.as_written(step).to_owned(),
            mount,
            from,
            destination: destination.to_owned(),
            sources: Vec::new(),
            files: 0,
            bytes: SizeEstimate::default(),
            largest: Vec::new(),
        };
        let mut found = Found::default();
        found.copies = match &step.kind {
            StepKind::Copy(copy) => {
                let begun = start(&copy.destination, origin(&copy.from), false);
                let named = self.name_sources(step, copy);
                let mut selected =
                    self.select_by(&copy.from, &|tree| select(tree, copy, &|_| Presence::Unknown));
                self.explain_excludes(copy, selected.as_deref_mut().unwrap_or_default());
                vec![self.fill(begun, &named, selected, &mut found)]
            }
            StepKind::Run { mounts, .. } => {
                let binds = mounts.iter().filter(|mount| mount.kind == MountKind::Bind);
                let report = |mount: &Mount| {
                    let begun = start(&mount.target, origin(&mount.from), true);
                    let text = if mount.source.is_empty() { "." } else { &mount.source };
                    let span = self.subject.span_of(step.instruction);
                    let named = [Named { text, span, inline: None }];
                    let selected =
                        self.select_by(&mount.from, &|tree| vec![select_mount(tree, mount)]);
                    self.fill(begun, &named, selected, &mut found)
                };
                binds.map(report).collect()
            }
            _ => Vec::new(),
        };
        found
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

    /// What `take` takes of what is sent; `None` where that is not known.
    fn select_by<'tree>(
        &'tree self,
        from: &CopySource,
        take: &dyn Fn(&'tree SentContext<'tree>) -> Vec<SourceSelection<'tree>>,
    ) -> Option<Vec<Selected<'tree>>> {
        let sent = self.sent.filter(|_| *from == CopySource::Context)?;
        let paths = |selection: &SourceSelection<'tree>| {
            selection.matches.iter().flat_map(|matched| matched.paths.clone()).collect::<Vec<_>>()
        };
        let context = self.absences.context;
        let is_idle = |selection: &SourceSelection<'_>| selection.is_idle(context);
        let selections = take(sent);
        let mut whole = Vec::new();
        if !self.absences.assumed && selections.iter().any(is_idle) {
            whole = take(self.whole());
        }
        let mut whole = whole.into_iter();
        let selections = selections.into_iter().map(|selection| {
            let all = whole.next().filter(|_| is_idle(&selection));
            let withheld = all.as_ref().map(paths).unwrap_or_default();
            Selected { selection, withheld, excluded: None }
        });
        Some(selections.collect())
    }

    /// What would be sent without an ignore file.
    pub(super) fn whole(&self) -> &SentContext<'_> {
        self.whole.get_or_init(|| SentContext::whole(self.absences.context))
    }

    /// Writes down what was selected; without a selection nothing is known.
    fn fill(
        &self,
        mut copy: ReportedCopy,
        named: &[Named<'_>],
        selections: Option<Vec<Selected<'_>>>,
        found: &mut Found,
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
        for (named, selected) in named.iter().zip(&selections) {
            let Selected { selection, withheld, excluded } = selected;
            let paths =
                || selection.matches.iter().flat_map(|matched| matched.paths.iter().copied());
            let outcome = &selection.outcome;
            let withheld = self.absences.explain_withheld(named.text, outcome, withheld);
            let withheld = withheld.or_else(|| excluded.clone());
            found.notes.extend(withheld.clone().map(|message| (named.span, message)));
            let missing = withheld.or_else(|| self.absences.explain(named.text, outcome));
            if let Some(message) = missing.clone().filter(|_| outcome.fails()) {
                found.errors.push(self.subject.error(named.span, message));
            }
            let (files, bytes) = match &selection.outcome {
                Outcome::Remote => (0, SizeEstimate::unknown("What is downloaded is not known.")),
                Outcome::Missing(path) if self.absences.may_be_summed_up(path) => {
                    (0, SizeEstimate::unknown("Its folder is summed up here; drop it to know."))
                }
                Outcome::Inline => {
                    let bytes = named.inline.unwrap_or(0);
                    (1, SizeEstimate::exact(bytes, "Written in the Dockerfile."))
                }
                _ => self.weigh(paths()),
            };
            let is_summed_up = files == 0 && bytes.likely().is_none();
            if is_summed_up || matches!(selection.outcome, Outcome::Remote | Outcome::Inline) {
                remote.push((files, bytes.clone()));
            }
            taken.extend(paths());
            let text = named.text.to_owned();
            copy.sources.push(ReportedSource { text, files, bytes, missing });
        }
        let (files, bytes) = match copy.sources.as_slice() {
            // What a single source takes is weighed already, unless it takes a path twice.
            [only] if remote.is_empty() && taken.is_sorted_by(|one, next| one < next) => {
                (only.files, only.bytes.clone())
            }
            _ => self.weigh_each_once(taken),
        };
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
    fn largest<'path>(&self, selections: &[Selected<'path>]) -> Vec<ReportedFolder> {
        let mut groups: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for matched in selections.iter().flat_map(|it| &it.selection.matches) {
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
        let weight = |folder: &ReportedFolder| folder.bytes.best_known();
        order::sort_by(&mut largest, |a, b| {
            weight(b).cmp(&weight(a)).then_with(|| a.path.cmp(&b.path))
        });
        largest.truncate(MOST_LARGEST);
        largest
    }

    fn explain_unknown(&self, from: &CopyOrigin) -> String {
        match from {
            CopyOrigin::Context => {
                format!("The builder refuses {}, so nothing is sent.", self.absences.ignore_name)
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
