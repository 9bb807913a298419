//! One build sent through a cache, stage by stage in the order of the text.

mod inputs;
mod place;

pub use inputs::Memo;

use std::collections::{BTreeSet, HashMap};

use super::key::{self, VariableLists};
use super::known::KnownFiles;
use super::reason;
use super::store::{RecordId, Store, Wanted};
use super::taken::Written;
use super::{Build, CacheOutcome, CachedStep};
use crate::order;
use crate::plan::{Base, EdgeKind, EdgeSource, Stage, StageIndex, Step, StepKind};
use place::Placed;

/// A cache that keeps every earlier build, as one builder does.
#[derive(Clone, Debug, Default)]
pub struct Cache {
    store: Store,
    builds: u32,
}

impl Cache {
    /// A cache that has nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Builds, and says for each step that writes files what becomes of it, in the order of the
    /// text.
    pub fn build(&mut self, build: &Build<'_>) -> Vec<CachedStep> {
        self.build_with(build, &mut Memo::default())
    }

    /// As [`Cache::build`], for builds that are sent the very same files, so that what a step takes of
    /// them is looked for once.
    pub fn build_with(&mut self, build: &Build<'_>, memo: &mut Memo) -> Vec<CachedStep> {
        self.builds = self.builds.saturating_add(1);
        let mut walk = Walk {
            build,
            memo,
            number: self.builds,
            store: &mut self.store,
            stages: Vec::new(),
            is_read: stages_read_from(build),
            printed: reason::list_printed(build.plan),
            lists: VariableLists::default(),
            named: 0,
            last_run: None,
            steps: Vec::new(),
            touched: HashMap::new(),
        };
        let needed = build.plan.graph.reachable();
        for (index, stage) in build.plan.graph.stages.iter().enumerate() {
            walk.go_through(index, stage, needed.get(index) == Some(&true));
        }
        walk.steps
    }
}

/// Which stages others take files from, be it through a stage that starts from them.
fn stages_read_from(build: &Build<'_>) -> Vec<bool> {
    let graph = &build.plan.graph;
    let mut is_read = vec![false; graph.stages.len()];
    // Edges point backwards, so what starts from a stage is settled before it.
    let mut edges: Vec<_> = graph.edges.iter().collect();
    order::sort_by_key(&mut edges, |edge| std::cmp::Reverse(edge.to));
    for edge in edges {
        let EdgeSource::Stage(from) = edge.from else { continue };
        let passes_on = is_read.get(edge.to) == Some(&true);
        if let Some(is_read) = is_read.get_mut(from) {
            *is_read |= edge.kind != EdgeKind::From || passes_on;
        }
    }
    is_read
}

/// A stage as far as it is built.
#[derive(Clone, Debug)]
struct StageState {
    /// The step at its top; `None` on `scratch`.
    top: Option<RecordId>,
    /// What the steps above see of it.
    outcome: CacheOutcome,
    /// Whether the top ran although the cache has it.
    was_forced: bool,
    /// The step that made the top be built.
    cause: Option<(StageIndex, usize)>,
    known: KnownFiles,
    /// The settings that the image at the bottom brings.
    configuration: String,
}

struct Walk<'walk> {
    build: &'walk Build<'walk>,
    memo: &'walk mut Memo,
    number: u32,
    store: &'walk mut Store,
    stages: Vec<StageState>,
    is_read: Vec<bool>,
    printed: BTreeSet<&'walk str>,
    lists: VariableLists,
    /// Files known by name in all stages.
    named: usize,
    /// The last `RUN` of the stage at hand: no name of what stands before it is known.
    last_run: Option<usize>,
    steps: Vec<CachedStep>,
    /// Records of this build: the step, and what became of it.
    touched: HashMap<RecordId, (usize, CacheOutcome)>,
}

impl Walk<'_> {
    fn go_through(&mut self, index: StageIndex, stage: &Stage, is_needed: bool) {
        let mut state = self.start(stage, is_needed);
        let is_run = |step: &Step| matches!(step.kind, StepKind::Run { .. });
        self.last_run = stage.steps.iter().rposition(is_run);
        let filtered =
            |name: &String| stage.name.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name));
        let is_forced = self.build.no_cache || self.build.no_cache_filter.iter().any(filtered);
        for (number, step) in stage.steps.iter().enumerate() {
            if !step.kind.writes() {
                continue;
            }
            if is_needed {
                self.take_step((index, number), stage, step, is_forced, &mut state);
            } else {
                self.steps.push(CachedStep {
                    stage: index,
                    step: number,
                    outcome: CacheOutcome::NotNeeded,
                    merge: None,
                    difference: None,
                    depends_on: Vec::new(),
                    shared_with: None,
                    record: None,
                });
            }
        }
        self.named = self.named.saturating_add(state.known.len());
        self.stages.push(state);
    }

    /// What a stage starts from.
    fn start(&mut self, stage: &Stage, is_needed: bool) -> StageState {
        let scratch = StageState {
            top: None,
            outcome: CacheOutcome::Cached,
            was_forced: false,
            cause: None,
            known: KnownFiles::default(),
            configuration: String::new(),
        };
        match &stage.base {
            Base::Stage(parent) => self.stages.get(*parent).cloned().unwrap_or(scratch),
            Base::Image { reference, .. } | Base::Unresolved(reference) if is_needed => {
                let image = self.image(reference, stage);
                StageState {
                    top: Some(image),
                    known: KnownFiles::of_image(image, reference),
                    configuration: key::configuration_of(reference, self.build.versions),
                    ..scratch
                }
            }
            Base::Scratch | Base::Image { .. } | Base::Unresolved(_) => scratch,
        }
    }

    fn take_step(
        &mut self,
        place: (StageIndex, usize),
        stage: &Stage,
        step: &Step,
        is_forced: bool,
        state: &mut StageState,
    ) {
        let taken = self.take_files(place, stage, step);
        let is_linked = matches!(&step.kind, StepKind::Copy(copy) if copy.link);
        let (parts, arguments) =
            key::parts_of(step, &stage.platform, &state.configuration, &mut self.lists);
        let wanted = Wanted {
            parts,
            parent: state.top.filter(|_| !is_linked),
            inputs: taken.inputs,
            place: Some(place),
            arguments,
            printed: step.printed.as_str().into(),
        };
        let below = if is_linked { CacheOutcome::Cached } else { state.outcome };
        let mut placed = self.place(wanted, is_forced, below, state.cause);
        if let Some(difference) = &mut placed.difference
            && placed.outcome == CacheOutcome::Depends
        {
            difference.cause = taken.cause.or(state.cause);
        }
        let mut cached = CachedStep {
            stage: place.0,
            step: place.1,
            outcome: placed.outcome,
            merge: None,
            difference: placed.difference.clone(),
            depends_on: placed.conditions.to_vec(),
            shared_with: placed
                .shared_with
                .and_then(|at| self.steps.get(at))
                .map(|it| (it.stage, it.step)),
            record: Some(placed.record),
        };
        let top = if is_linked {
            let merged = self.merge(place, &step.printed, placed.record, state, is_forced);
            cached.merge = Some(merged.outcome);
            if cached.outcome == CacheOutcome::Cached && merged.outcome == CacheOutcome::Depends {
                cached.depends_on = merged.conditions.to_vec();
            }
            merged
        } else {
            placed
        };
        self.stand_on(&top, &cached, place, is_forced, state);
        self.write(top.record, place.0, taken.written, state);
        self.steps.push(cached);
    }

    /// Makes the step the top of its stage.
    fn stand_on(
        &self,
        top: &Placed,
        cached: &CachedStep,
        place: (StageIndex, usize),
        is_forced: bool,
        state: &mut StageState,
    ) {
        let is_known = self.store.get(top.record).is_some_and(|it| it.build < self.number);
        if top.outcome != CacheOutcome::Cached {
            let comes_from = cached.difference.as_ref().and_then(|difference| difference.cause);
            let own = cached.outcome != CacheOutcome::Cached && comes_from.is_none();
            state.cause = if own { Some(place) } else { comes_from.or(state.cause) };
        }
        state.top = Some(top.record);
        state.outcome = if is_known { CacheOutcome::Cached } else { top.outcome };
        state.was_forced = is_forced && is_known;
    }

    /// Keeps the names of what the step writes, where another stage may take them.
    fn write(&self, record: RecordId, stage: StageIndex, written: Written, state: &mut StageState) {
        if self.is_read.get(stage) != Some(&true) {
            return;
        }
        match written {
            Written::Files(files) if self.is_small() => state.known.write(files),
            Written::Files(_) | Written::Unnamed => {
                state.known = KnownFiles::of_step(record, self.store.run_of(record));
            }
        }
    }
}
