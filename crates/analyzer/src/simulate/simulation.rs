//! The root filesystem of every stage, layer by layer.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::rc::Rc;

use super::SentContext;
use super::assumptions::Assumptions;
use super::files::copy_files;
use super::limit;
use super::run::run_command;
use super::tree::container_path;
use crate::images::{BaseImage, Platform};
use crate::layer::{
    ByteRange, Category, CauseIndex, EntryKind, FileEntry, LayerDelta, LayerWriter, Packing,
    RootFs, Work,
};
use crate::packages::Ledger;
use crate::plan::{Base, BuildPlan, CopySource, Stage, StageIndex, Step, StepKind};
use crate::size::{Evidence, SizeEstimate};

/// What a simulation knows beside the plan.
pub struct World<'world> {
    /// What is sent of the build context; `None` where the builder refuses the ignore file.
    pub sent: Option<&'world SentContext<'world>>,
    /// For an assumed project what each path is believed to weigh; `None` for a known context.
    pub assumed: Option<&'world BTreeMap<String, SizeEstimate>>,
    /// What was believed of those that the person typed.
    pub replaced: Option<&'world BTreeMap<String, SizeEstimate>>,
    /// Bytes that the person typed for assumptions, by key.
    pub typed: &'world HashMap<&'world str, u64>,
    /// Texts of the context's manifests by path.
    pub manifests: &'world BTreeMap<String, String>,
    /// Uncompressed bytes of an image.
    pub weigh_image: &'world dyn Fn(&str, &Platform) -> SizeEstimate,
}

/// Why something is in a layer, or hidden by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The stage.
    pub stage: StageIndex,
    /// The step among the stage's; `None` for its base image.
    pub step: Option<usize>,
    /// What was done and from what its size is known, one sentence.
    pub why: Rc<str>,
}

/// A layer that a step writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SimulatedLayer {
    /// The step among the stage's.
    pub step: usize,
    /// What the step leaves.
    pub delta: LayerDelta,
    /// What could not be known of it, each a sentence.
    pub unknowns: Vec<String>,
}

/// A stage with its layers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SimulatedStage {
    /// The layers it writes itself, in order.
    pub layers: Vec<SimulatedLayer>,
    /// What a container of its image sees.
    pub root: Rc<RootFs>,
    /// Layers of its image, the base's counted as one.
    depth: u32,
    /// What package managers have installed, by the manager's name.
    installed: Installed,
    /// What the distribution's package manager has done.
    ledger: Ledger,
}

/// What package managers have installed, by the manager's name.
pub(super) type Installed = BTreeMap<&'static str, BTreeSet<String>>;

/// Every stage of a plan, simulated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Simulation {
    /// As in the plan's graph.
    pub stages: Vec<SimulatedStage>,
    /// What entries name as their causes.
    pub causes: Vec<Cause>,
    /// What had to be assumed.
    pub assumptions: Assumptions,
    /// Tables of packages that are not loaded and would tell more.
    pub wanted_tables: BTreeSet<&'static str>,
    /// Whether there was too much to follow it to its end.
    pub is_cut_short: bool,
}

impl Simulation {
    /// The cause of an entry.
    #[must_use]
    pub fn cause(&self, index: CauseIndex) -> Option<&Cause> {
        self.causes.get(usize::try_from(index.0).ok()?)
    }
}

/// Simulates every stage of a plan, needed or not.
#[must_use]
pub fn simulate(plan: &BuildPlan, world: &World<'_>) -> Simulation {
    let mut simulation = Simulation::default();
    let work = Work::default();
    let mut taken = taken_from_each(plan);
    let names = stage_names(plan);
    let mut bases: Vec<Option<&BaseImage>> = Vec::new();
    let mut references: Vec<&str> = Vec::new();
    let mut ledger = Ledger::default();
    for (index, stage) in plan.graph.stages.iter().enumerate() {
        bases.push(match &stage.base {
            Base::Image { image, .. } => image.as_deref(),
            Base::Stage(parent) => bases.get(*parent).copied().flatten(),
            Base::Scratch | Base::Unresolved(_) => None,
        });
        references.push(match &stage.base {
            Base::Image { reference, .. } | Base::Unresolved(reference) => reference.as_str(),
            Base::Stage(parent) => references.get(*parent).copied().unwrap_or_default(),
            Base::Scratch => "",
        });
        let simulator = StageSimulator {
            world,
            simulation: &mut simulation,
            work: work.clone(),
            stage: index,
            name: names.get(index).map_or("", String::as_str),
            platform: &stage.platform,
            step: None,
            taken: taken.get_mut(index).map(std::mem::take).unwrap_or_default(),
            unknowns: Vec::new(),
            base: bases.last().copied().flatten(),
            base_reference: references.last().copied().unwrap_or_default(),
            installed: Installed::new(),
            ledger,
        };
        let mut simulated = simulator.run(stage);
        ledger = simulated.ledger.hand_on();
        simulation.stages.push(simulated);
    }
    simulation.is_cut_short = limit::is_reached(&work);
    simulation
}

/// Units of [`Work`] that a step counts, whatever it does.
const STEP: usize = 50;
/// What copying an entry of a filesystem counts.
const COPIED: usize = 3;

/// One stage at work.
pub(super) struct StageSimulator<'work> {
    pub(super) world: &'work World<'work>,
    /// What was done so far in all stages.
    pub(super) work: Work,
    /// Earlier stages, and all causes so far.
    pub(super) simulation: &'work mut Simulation,
    pub(super) stage: StageIndex,
    /// What keys of assumptions call it.
    pub(super) name: &'work str,
    pub(super) platform: &'work Platform,
    /// The step at work.
    pub(super) step: Option<usize>,
    /// What other stages copy from this one, as keys have it.
    pub(super) taken: Vec<String>,
    /// What could not be known of it.
    pub(super) unknowns: Vec<String>,
    /// The image at the bottom of the stage's chain.
    pub(super) base: Option<&'work BaseImage>,
    /// What `FROM` calls it; empty where there is none.
    pub(super) base_reference: &'work str,
    /// What package managers have installed so far.
    pub(super) installed: Installed,
    /// What the distribution's package manager has done so far.
    pub(super) ledger: Ledger,
}

impl StageSimulator<'_> {
    fn run(mut self, stage: &Stage) -> SimulatedStage {
        let mut simulated = self.start(stage);
        self.installed = std::mem::take(&mut simulated.installed);
        self.ledger.go_on_from(std::mem::take(&mut simulated.ledger));
        for (index, step) in stage.steps.iter().enumerate() {
            if !step.kind.writes() {
                continue;
            }
            self.step = Some(index);
            simulated.depth += 1;
            if limit::is_reached(&self.work) {
                let cause = self.note(limit::TOO_MUCH);
                simulated.layers.push(limit::unknown_layer(index, cause));
                continue;
            }
            let below = self.take_root(&mut simulated);
            let mut writer = LayerWriter::new(below, simulated.depth);
            self.work(step, &mut writer);
            if limit::is_reached(&self.work) {
                let cause = self.note(limit::TOO_MUCH);
                writer.add_contents("", limit::unknown_files(cause));
                self.unknowns.insert(0, limit::TOO_MUCH.to_owned());
            }
            let (delta, root) = writer.finish();
            simulated.root = Rc::new(root);
            let unknowns = std::mem::take(&mut self.unknowns);
            simulated.layers.push(SimulatedLayer { step: index, delta, unknowns });
        }
        simulated.installed = self.installed;
        simulated.ledger = self.ledger;
        simulated
    }

    /// The stage's filesystem, to be changed; another stage that goes on from it keeps its own.
    fn take_root(&self, simulated: &mut SimulatedStage) -> RootFs {
        let root = std::mem::take(&mut simulated.root);
        if Rc::strong_count(&root) > 1 {
            self.work.add(COPIED * root.len());
        }
        Rc::unwrap_or_clone(root)
    }

    /// What the stage starts from.
    fn start(&mut self, stage: &Stage) -> SimulatedStage {
        let (bytes, reference) = match &stage.base {
            Base::Stage(parent) => {
                let parent = self.simulation.stages.get(*parent);
                let start = |it: &SimulatedStage| {
                    self.work.add(it.installed.values().map(BTreeSet::len).sum());
                    SimulatedStage {
                        layers: Vec::new(),
                        root: Rc::clone(&it.root),
                        depth: it.depth,
                        installed: it.installed.clone(),
                        ledger: it.ledger.clone(),
                    }
                };
                return parent.map(start).unwrap_or_else(|| self.empty_stage());
            }
            Base::Scratch => return self.empty_stage(),
            Base::Image { reference, .. } => {
                ((self.world.weigh_image)(reference, self.platform), reference.as_str())
            }
            Base::Unresolved(reference) => (SizeEstimate::unknown("?"), reference.as_str()),
        };
        let cause = self.note(format!("The base image {reference}."));
        let mut writer = LayerWriter::new(RootFs::counted_by(&self.work), 0);
        writer.add_contents("", base_contents(&bytes, cause));
        SimulatedStage { root: Rc::new(writer.finish().1), ..SimulatedStage::default() }
    }

    fn empty_stage(&self) -> SimulatedStage {
        let root = Rc::new(RootFs::counted_by(&self.work));
        SimulatedStage { root, ..SimulatedStage::default() }
    }

    fn work(&mut self, step: &Step, writer: &mut LayerWriter) {
        self.work.add(STEP);
        match &step.kind {
            StepKind::Copy(copy) => copy_files(self, step, copy, writer),
            StepKind::Workdir(directory) => {
                let cause = self.note(format!("WORKDIR makes {directory}."));
                writer.write(&container_path("/", directory), folder(cause));
            }
            StepKind::Run { command, mounts, .. } => {
                run_command(self, step, command, mounts, writer);
            }
            StepKind::Configuration(_) => {}
        }
    }

    /// Notes why something is done.
    pub(super) fn note(&mut self, why: impl Into<Rc<str>>) -> CauseIndex {
        let causes = &mut self.simulation.causes;
        let index = u32::try_from(causes.len()).unwrap_or(u32::MAX);
        causes.push(Cause { stage: self.stage, step: self.step, why: why.into() });
        CauseIndex(index)
    }
}

/// For each stage what keys of assumptions call it: its name, or its number where it has none or
/// others bear it too.
fn stage_names(plan: &BuildPlan) -> Vec<String> {
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for name in plan.graph.stages.iter().filter_map(|stage| stage.name.as_deref()) {
        *bearers.entry(name).or_default() += 1;
    }
    let name = |(index, stage): (usize, &Stage)| match stage.name.as_deref() {
        Some(name) if bearers.get(name) == Some(&1) => name.to_owned(),
        _ => index.to_string(),
    };
    plan.graph.stages.iter().enumerate().map(name).collect()
}

/// For each stage the paths that other stages copy from it.
fn taken_from_each(plan: &BuildPlan) -> Vec<Vec<String>> {
    let mut taken: Vec<Vec<String>> = vec![Vec::new(); plan.graph.stages.len()];
    for step in plan.graph.stages.iter().flat_map(|stage| stage.steps.iter()) {
        if let StepKind::Copy(copy) = &step.kind
            && let CopySource::Stage(stage) = copy.from
            && let Some(taken) = taken.get_mut(stage)
        {
            taken.extend(copy.sources.iter().map(|source| container_path("/", source)));
        }
    }
    taken
}

/// The files of a base image, of which nobody knows the names.
fn base_contents(bytes: &SizeEstimate, cause: CauseIndex) -> FileEntry {
    FileEntry {
        bytes: ByteRange::of(bytes),
        evidence: bytes.evidence(),
        kind: EntryKind::Contents,
        category: Category::Base,
        packing: Packing::PROGRAMS,
        owner: None,
        mode: None,
        identity: None,
        context_path: None,
        cause,
        assumption: None,
    }
}

/// A folder of root's.
pub(super) fn folder(cause: CauseIndex) -> FileEntry {
    FileEntry {
        bytes: ByteRange::NOTHING,
        evidence: Evidence::Exact,
        kind: EntryKind::Folder,
        category: Category::Other,
        packing: Packing::FILES,
        owner: None,
        mode: None,
        identity: Some(Rc::from("")),
        context_path: None,
        cause,
        assumption: None,
    }
}

#[cfg(test)]
mod tests;
