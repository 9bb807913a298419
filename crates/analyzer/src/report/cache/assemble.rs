//! Puts the report on a change together.

use std::collections::{BTreeMap, BTreeSet};

use super::prepare::Side;
use super::{CacheReport, ReportedCacheStep, ReportedCause, ReportedDifference, Timing, sentences};
use crate::cache::schedule::{Schedule, Task, schedule};
use crate::cache::{CacheOutcome, CachedStep, PartKind, TimeEstimate};
use crate::plan::{Base, BuildPlan, CopySource, StepKind};
use crate::report::merge_errors;
use crate::size::Evidence;
use crate::text::LineIndex;

/// How long steps take when they run, by stage and step.
pub(super) type Durations = BTreeMap<(usize, usize), TimeEstimate>;

/// The report, without what only the two sides together tell.
pub(super) fn report(
    side: &Side<'_>,
    steps: &[CachedStep],
    durations: &Durations,
    timing: &Timing,
) -> CacheReport {
    let lines = LineIndex::new(side.text);
    let line_of = |(stage, step): (usize, usize)| {
        let step = side.plan.graph.stages.get(stage).and_then(|stage| stage.steps.get(step));
        let instruction = step.and_then(|step| side.dockerfile.instructions.get(step.instruction));
        lines.line(instruction.map_or(0, |instruction| instruction.span.start))
    };
    let image_lines = lines_of_images(side, &lines, steps);
    let lines_of = Lines { step: &line_of, image: &image_lines };
    let labels = label(&side.plan, steps);
    let times = Times { plan: &side.plan, steps, durations, timing };
    let (rebuild, critical) = times.rebuild();
    let reported = steps.iter().enumerate().map(|(place, step)| ReportedCacheStep {
        line: line_of((step.stage, step.step)),
        stage: step.stage,
        label: labels.get(place).cloned().unwrap_or_default(),
        instruction: printed(&side.plan, step),
        outcome: step.outcome,
        merge: step.merge,
        reason: sentences::reason(step, &side.plan, &lines_of),
        depends_on: step.depends_on.clone(),
        difference: step.difference.as_ref().map(|difference| ReportedDifference {
            kind: difference.kind,
            detail: difference.detail.clone(),
        }),
        cause: step
            .difference
            .as_ref()
            // Where there is no cache, no line is to blame.
            .filter(|difference| difference.kind != PartKind::NoCache)
            .map(|difference| lines_of.cause(difference.cause.unwrap_or((step.stage, step.step)))),
        duration: times.of(step),
        critical: critical.contains(&place),
    });
    let reported: Vec<ReportedCacheStep> = reported.collect();
    let syntax_errors = side.syntax_errors.clone();
    CacheReport {
        errors: merge_errors(&lines, syntax_errors, side.plan_errors.clone()),
        causes: count_causes(&reported),
        steps: reported,
        full: times.full(),
        week: rebuild.clone(),
        rebuild,
        assumptions: Vec::new(),
        remarks: Vec::new(),
    }
}

/// Lines that sentences name.
pub(super) struct Lines<'report> {
    /// That of a step.
    pub(super) step: &'report dyn Fn((usize, usize)) -> u32,
    /// For a step that is built because its base is another image, that of the `FROM`.
    pub(super) image: &'report BTreeMap<(usize, usize), u32>,
}

impl Lines<'_> {
    /// The line that is to blame for a step being built, be it by itself.
    fn cause(&self, place: (usize, usize)) -> u32 {
        self.image.get(&place).copied().unwrap_or_else(|| (self.step)(place))
    }
}

/// For steps that are built because their base is another image, the line of its `FROM`: nothing is
/// wrong with the step, which is only the first on it.
fn lines_of_images(
    side: &Side<'_>,
    lines: &LineIndex<'_>,
    steps: &[CachedStep],
) -> BTreeMap<(usize, usize), u32> {
    let own = steps.iter().filter(|step| {
        let kind = step.difference.as_ref().map(|difference| difference.kind);
        matches!(kind, Some(PartKind::Base | PartKind::Platform))
    });
    let with_lines = own.filter_map(|step| {
        let from = from_of(&side.plan, step.stage)?;
        let instruction = side.dockerfile.instructions.get(from)?;
        Some(((step.stage, step.step), lines.line(instruction.span.start)))
    });
    with_lines.collect()
}

/// The `FROM` that names the image at the bottom of a stage; `None` on `scratch`.
fn from_of(plan: &BuildPlan, stage: usize) -> Option<usize> {
    let bottom = plan.graph.bottom(stage)?;
    (bottom.base != Base::Scratch).then_some(bottom.from_instruction)
}

fn printed(plan: &BuildPlan, step: &CachedStep) -> String {
    let stage = plan.graph.stages.get(step.stage);
    stage.and_then(|stage| stage.steps.get(step.step)).map_or("", |step| &step.printed).to_owned()
}

/// What stands in the brackets before each step, as `build 2/6`.
fn label(plan: &BuildPlan, steps: &[CachedStep]) -> Vec<String> {
    let stages = &plan.graph.stages;
    let has_image = |stage: usize| {
        let base = stages.get(stage).map(|stage| &stage.base);
        usize::from(matches!(base, Some(Base::Image { .. } | Base::Unresolved(_))))
    };
    let mut counts = vec![0; stages.len()];
    for step in steps {
        counts.iter_mut().skip(step.stage).take(1).for_each(|count| *count += 1);
    }
    let mut labels = Vec::with_capacity(steps.len());
    let (mut stage, mut number) = (None, 0);
    for step in steps {
        if stage != Some(step.stage) {
            (stage, number) = (Some(step.stage), has_image(step.stage));
        }
        number += 1;
        let total = counts.get(step.stage).copied().unwrap_or(0) + has_image(step.stage);
        let name = match stages.get(step.stage).and_then(|stage| stage.name.as_deref()) {
            Some(name) => format!("{name} "),
            None if stages.len() > 1 => format!("stage-{} ", step.stage),
            None => String::new(),
        };
        labels.push(format!("{name}{number}/{total}"));
    }
    labels
}

fn count_causes(steps: &[ReportedCacheStep]) -> Vec<ReportedCause> {
    let mut counts: BTreeMap<u32, u64> = BTreeMap::new();
    for step in steps.iter().filter(|step| step.outcome == CacheOutcome::Rebuilt) {
        if let Some(line) = step.cause {
            *counts.entry(line).or_default() += 1;
        }
    }
    counts.into_iter().map(|(line, rebuilds)| ReportedCause { line, rebuilds }).collect()
}

/// How long a build takes.
pub(super) struct Times<'report> {
    pub(super) plan: &'report BuildPlan,
    pub(super) steps: &'report [CachedStep],
    pub(super) durations: &'report Durations,
    pub(super) timing: &'report Timing,
}

/// Which bound of a range.
#[derive(Clone, Copy)]
enum Bound {
    Low,
    Likely,
    High,
}

impl Times<'_> {
    fn of(&self, step: &CachedStep) -> TimeEstimate {
        let known = self.durations.get(&(step.stage, step.step)).cloned();
        known.unwrap_or_else(|| TimeEstimate::exact(0, "Writes no files."))
    }

    /// How long what runs takes, and the steps that decide it.
    pub(super) fn rebuild(&self) -> (TimeEstimate, BTreeSet<usize>) {
        let runs = |step: &CachedStep, bound: Bound| {
            let may_run = matches!(bound, Bound::Likely | Bound::High);
            let runs = match step.outcome {
                CacheOutcome::Rebuilt => true,
                CacheOutcome::Depends => may_run,
                CacheOutcome::Cached | CacheOutcome::NotNeeded => false,
            };
            runs && step.shared_with.is_none()
        };
        let likely = self.schedule(Bound::Likely, &runs);
        let is_running =
            |place: &usize| self.steps.get(*place).is_some_and(|step| runs(step, Bound::Likely));
        let critical = likely.critical.iter().copied().filter(is_running).collect();
        let time = self.sum(&runs);
        (time, critical)
    }

    /// How long everything that is needed takes.
    fn full(&self) -> TimeEstimate {
        let needed = self.plan.graph.reachable();
        self.sum(&|step, _| needed.get(step.stage) == Some(&true) && step.shared_with.is_none())
    }

    fn sum(&self, runs: &dyn Fn(&CachedStep, Bound) -> bool) -> TimeEstimate {
        let [low, likely, high] = [Bound::Low, Bound::Likely, Bound::High]
            .map(|bound| self.schedule(bound, runs).milliseconds);
        let running = self.steps.iter().filter(|step| runs(step, Bound::High));
        let evidence = running.map(|step| self.of(step).evidence).max();
        let cores = self.timing.cores.max(1);
        let why = format!(
            "Stages run beside each other, {cores} steps at a time; pulling images is not counted."
        );
        let (low, high) = (low.min(likely), high.max(likely));
        TimeEstimate { low, likely, high, evidence: evidence.unwrap_or(Evidence::Exact), why }
    }

    fn schedule(&self, bound: Bound, runs: &dyn Fn(&CachedStep, Bound) -> bool) -> Schedule {
        let mut tops: Vec<Option<usize>> = vec![None; self.plan.graph.stages.len()];
        let mut tasks = Vec::with_capacity(self.steps.len());
        for (place, step) in self.steps.iter().enumerate() {
            let below = self.top_of(step.stage, &tops);
            let sources = self.sources_of(step).into_iter();
            let sources = sources.filter_map(|source| self.top_of(source, &tops));
            let time = self.durations.get(&(step.stage, step.step)).filter(|_| runs(step, bound));
            let milliseconds = time.map_or(0, |time| match bound {
                Bound::Low => time.low,
                Bound::Likely => time.likely,
                Bound::High => time.high,
            });
            tasks.push(Task { milliseconds, after: below.into_iter().chain(sources).collect() });
            tops.iter_mut().skip(step.stage).take(1).for_each(|own| *own = Some(place));
        }
        schedule(&tasks, usize::try_from(self.timing.cores).unwrap_or(1))
    }

    /// The last step so far of a stage, or of what it starts from.
    fn top_of(&self, mut stage: usize, tops: &[Option<usize>]) -> Option<usize> {
        loop {
            if let Some(top) = tops.get(stage).copied().flatten() {
                return Some(top);
            }
            match self.plan.graph.stages.get(stage)?.base {
                Base::Stage(parent) if parent < stage => stage = parent,
                _ => return None,
            }
        }
    }

    fn sources_of(&self, step: &CachedStep) -> Vec<usize> {
        let stage = self.plan.graph.stages.get(step.stage);
        let of = |from: &CopySource| match from {
            CopySource::Stage(stage) => Some(*stage),
            _ => None,
        };
        match stage.and_then(|stage| stage.steps.get(step.step)).map(|step| &step.kind) {
            Some(StepKind::Copy(copy)) => of(&copy.from).into_iter().collect(),
            Some(StepKind::Run { mounts, .. }) => {
                mounts.iter().filter_map(|mount| of(&mount.from)).collect()
            }
            _ => Vec::new(),
        }
    }
}
