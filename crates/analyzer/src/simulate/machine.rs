//! The machine that the commands of one `RUN` work on: mounts, certainty, and the layer below.

mod base;
mod files;
mod folders;
mod mounts;
mod removed;
mod written;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::rc::Rc;

use super::assumptions::Scale;
use super::links::clean;
use super::run::MOST_DOUBTS;
use super::run::branches::{Branch, Branches};
use super::simulation::StageSimulator;
use super::tree::container_path;
use crate::images::BaseImage;
use crate::layer::{ByteRange, Category, CauseIndex, EntryKind, LayerWriter};
use crate::packages::{Contents, Ledger, Machine};
use crate::plan::{CopySource, Mount, MountKind, Step};
use crate::shell::run::Variables;
use crate::size::Evidence;
pub(super) use files::Flow;
use removed::kept_without;
pub(super) use written::Written;

/// The machine of one `RUN`.
pub(super) struct RunMachine<'run, 'work> {
    pub(super) simulator: &'run mut StageSimulator<'work>,
    pub(super) writer: &'run mut LayerWriter,
    step: &'run Step,
    /// Where mounts lie, as keys have it, without those that bring a single file from the context.
    mounted: Vec<String>,
    /// What bind mounts show.
    binds: Vec<mounts::Bind>,
    /// Files written on mounts, which reach the layer only where something copies them off.
    passing: BTreeMap<String, Contents>,
    /// Files of the context that a bind mount shows, by where they lie.
    bound: BTreeMap<String, String>,
    /// The command at work: its directory, variables in front of it or assigned before it, and
    /// whether it runs at all.
    pub(super) directory: String,
    pub(super) variables: Rc<Variables>,
    pub(super) is_certain: bool,
    /// The undecided branch it stands in.
    pub(super) branch: Option<Branch>,
    /// Whether it runs only when something fails.
    pub(super) is_fallback: bool,
    /// What undecided branches wrote so far.
    branches: Branches,
    /// What the person typed of what the command at work writes, and what else follows from it.
    pub(super) scale: Option<Scale>,
    /// What it wrote so far.
    pub(super) written: Written,
    /// What the command at work is called in a cause.
    pub(super) command: String,
    /// The same of the command before it in the pipeline.
    pub(super) command_before: String,
    /// The address whose content comes through the pipe.
    pub(super) piped: String,
    /// What comes to the standard input of the command at work, where that is known.
    pub(super) fed: Option<Flow>,
    /// What the command before it in the pipeline prints.
    pub(super) flow: Option<Flow>,
    /// Addresses that files were fetched from, by where the files lie.
    fetched: BTreeMap<String, String>,
    /// The virtual environment that the step has turned to, absolute.
    entered: Option<String>,
}

impl<'run, 'work> RunMachine<'run, 'work> {
    pub(super) fn new(
        simulator: &'run mut StageSimulator<'work>,
        writer: &'run mut LayerWriter,
        step: &'run Step,
        mounts: &[Mount],
    ) -> Self {
        simulator.work.add(mounts.len() * simulator.world.manifests.len());
        let mut machine = Self {
            simulator,
            writer,
            step,
            mounted: Vec::new(),
            binds: Vec::new(),
            passing: BTreeMap::new(),
            bound: BTreeMap::new(),
            directory: step.state.working_directory.to_string(),
            variables: Rc::default(),
            is_certain: true,
            branch: None,
            is_fallback: false,
            branches: Branches::default(),
            scale: None,
            written: Written::default(),
            command: String::new(),
            command_before: String::new(),
            piped: String::new(),
            fed: None,
            flow: None,
            fetched: BTreeMap::new(),
            entered: None,
        };
        mounts.iter().for_each(|mount| machine.mount(mount));
        machine
    }

    fn mount(&mut self, mount: &Mount) {
        let target = container_path("/", &mount.target);
        if target.is_empty() {
            return;
        }
        self.binds.extend(mounts::Bind::of(mount, &target));
        if mount.kind == MountKind::Bind && mount.from == CopySource::Context {
            let source = clean(&mount.source);
            let manifests = self.simulator.world.manifests.keys();
            let below = |path: &String| match source.as_str() {
                "" => Some(format!("{target}/{path}")),
                source if path == source => Some(target.clone()),
                source => path
                    .strip_prefix(source)
                    .and_then(|rest| rest.strip_prefix('/'))
                    .map(|rest| format!("{target}/{rest}")),
            };
            self.bound.extend(manifests.filter_map(|path| Some((below(path)?, path.clone()))));
        }
        self.mounted.push(target);
    }

    /// How many mounts there are.
    pub(super) fn count_mounts(&self) -> usize {
        self.mounted.len()
    }

    /// The path as keys have it.
    pub(super) fn path(&self, path: &str) -> String {
        match path.strip_prefix("~/").or_else(|| (path == "~").then_some("")) {
            Some(rest) => container_path(&self.home(), rest),
            None => container_path(&self.directory, path),
        }
    }

    /// Whether what is written there never reaches the layer.
    pub(super) fn is_mounted(&self, path: &str) -> bool {
        let is_below = |target: &String| {
            path.strip_prefix(target.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.mounted.iter().any(is_below)
    }

    /// Notes why the command at work does something.
    pub(super) fn note(&mut self, why: &str) -> CauseIndex {
        let why = if why.is_empty() { format!("`{}`.", self.command) } else { why.to_owned() };
        self.simulator.note(why)
    }

    /// The step ends: of the branches of one choice the heaviest counts.
    pub(super) fn settle_branches(self) {
        self.branches.settle(self.writer);
    }

    /// The text of a file that came from the context, or is bound from it.
    fn context_path(&self, path: &str) -> Option<String> {
        if let Some(bound) = self.bound.get(path) {
            return Some(bound.clone());
        }
        let path = self.writer.root().get(path)?.entry.context_path.as_deref();
        path.map(str::to_owned)
    }
}

impl Machine for RunMachine<'_, '_> {
    fn work(&self, units: usize) {
        self.simulator.work.add(units);
    }

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name)?.known().map(str::to_owned)
    }

    fn working_directory(&self) -> &str {
        &self.directory
    }

    fn home(&self) -> String {
        if let Some(home) = self.variable("HOME") {
            return home;
        }
        home_of(&self.step.state.user)
    }

    fn text(&self, path: &str) -> Option<&str> {
        let path = self.context_path(&self.path(path))?;
        self.simulator.world.manifests.get(&path).map(String::as_str)
    }

    fn holds(&self, path: &str) -> bool {
        let path = self.path(path);
        self.writer.root().holds(&path) || self.bound.contains_key(&path)
    }

    fn holds_start(&self, start: &str) -> bool {
        let start = self.path(start);
        let mut bound = self.bound.range::<str, _>((Bound::Included(&*start), Bound::Unbounded));
        self.writer.root().holds_start(&start)
            || bound.next().is_some_and(|(path, _)| path.starts_with(&start))
    }

    fn may_hold(&self, path: &str) -> bool {
        self.holds(path) || self.may_lie_at(path)
    }

    fn bytes_below(&self, path: &str) -> ByteRange {
        self.writer.root().bytes_below(&self.path(path))
    }

    fn base(&self) -> Option<&BaseImage> {
        self.simulator.base
    }

    fn base_reference(&self) -> &str {
        self.simulator.base_reference
    }

    fn installed(&mut self, manager: &'static str) -> &mut BTreeSet<String> {
        let installed = self.simulator.installed.entry(manager).or_default();
        self.simulator.work.add(installed.len());
        installed
    }

    fn is_certain(&self) -> bool {
        self.is_certain
    }

    fn is_gone(&self, path: &str) -> bool {
        self.writer.root().is_gone(&self.path(path))
    }

    fn ledger(&mut self) -> &mut Ledger {
        &mut self.simulator.ledger
    }

    fn want_table(&mut self, name: &'static str) {
        self.simulator.simulation.wanted_tables.insert(name);
    }

    fn settle(&mut self, folder: &str, contents: Contents) {
        let path = self.path(folder);
        if self.is_mounted(&path) {
            return;
        }
        let category = contents.category;
        let replaced = self.writer.own_assumption(&path, Some(category));
        self.writer.withdraw(&path, |entry| entry.category == category);
        if is_something(&contents) {
            // It stands for commands outside the branch at work too.
            let branch = self.branch.take();
            let is_certain = std::mem::replace(&mut self.is_certain, true);
            let entry = self.entry(&format!("/{path}"), contents, replaced);
            (self.branch, self.is_certain) = (branch, is_certain);
            self.writer.add_contents(&path, entry);
        }
    }

    fn put(&mut self, folder: &str, contents: Contents) {
        let path = self.path(folder);
        if is_something(&contents) && !self.is_mounted(&path) {
            let entry = self.entry(&format!("/{path}"), contents, None);
            self.writer.add_contents(&path, entry);
        }
    }

    fn write(&mut self, path: &str, contents: Contents) {
        let path = self.path(path);
        if self.is_mounted(&path) {
            self.passing.insert(path, contents);
        } else {
            self.note_source(&path);
            let replaced = self.writer.own_assumption(&path, None);
            let entry = self.entry(&format!("/{path}"), contents, replaced);
            self.writer.write(&path, entry);
        }
    }

    fn remove(&mut self, path: &str) {
        let path = self.path(path);
        if self.is_mounted(&path) {
            return;
        }
        if !self.is_certain {
            self.maybe_remove(&path);
            return;
        }
        let cause = self.note("");
        // What is known by name is none of what has none.
        let root = self.writer.root();
        let is_file = root.get(&path).is_some_and(|it| it.entry.kind != EntryKind::Folder);
        if !is_file && root.bytes_below(&path).high() == 0 {
            self.writer.trim_contents_above(&path, kept_without(&path));
        }
        self.writer.remove(&path, cause);
    }

    fn trim(&mut self, folder: &str, kept: [u64; 3]) {
        let path = self.path(folder);
        self.writer.change_own(&path, |entry| {
            if entry.kind == EntryKind::Contents {
                entry.bytes = entry.bytes.between_shares(kept);
            }
        });
    }

    fn shrink(&mut self, folder: &str, contents: Contents) {
        let path = self.path(folder);
        let (before, after) = (self.bytes_below(folder), contents.bytes);
        if self.is_mounted(&path) || before.likely() <= after.likely() {
            return;
        }
        let (left, whole) = (after.likely(), before.likely());
        let is_own = self.writer.holds_own_contents(&path);
        match (self.is_certain, is_own) {
            (true, true) => self.shrink_own(folder, contents),
            (true, false) => {
                let cause = self.note(&contents.why);
                self.writer.hide_share(&path, [left, whole], cause, |_, _| true);
            }
            (false, true) => self.trim(folder, [left * 100 / whole.max(1), 100, 100]),
            (false, false) => {}
        }
    }

    fn layer(&self) -> u32 {
        self.writer.layer()
    }

    fn take(&mut self, folder: &str, layer: u32, [part, whole]: [u64; 2]) {
        let left = [whole.saturating_sub(part), whole];
        self.hide_installed(folder, layer, Category::Packages, left);
    }

    fn take_dependencies(&mut self, folder: &str, layer: u32, bytes: u64) -> bool {
        self.hide_dependencies(folder, layer, bytes)
    }

    fn taken_below(&self, folder: &str) -> Vec<String> {
        let folder = self.path(folder);
        let taken = self.simulator.taken.iter().filter_map(|path| match folder.as_str() {
            "" => Some(path.as_str()),
            folder => path.strip_prefix(folder)?.strip_prefix('/'),
        });
        taken.map(str::to_owned).collect()
    }

    fn enter(&mut self, environment: &str) {
        self.entered = Some(format!("/{}", self.path(environment)));
    }

    fn entered(&self) -> Option<&str> {
        self.entered.as_deref()
    }

    fn doubt(&mut self, sentence: String) {
        let doubts = &self.simulator.unknowns;
        if doubts.len() < MOST_DOUBTS && !doubts.contains(&sentence) {
            self.simulator.unknowns.push(sentence);
        }
    }
}

/// The home that a user has as a rule, by what `USER` says.
pub(super) fn home_of(user: &str) -> String {
    match user.split(':').next().unwrap_or_default() {
        "" | "root" | "0" => "/root".to_owned(),
        user => format!("/home/{user}"),
    }
}

/// An entry that weighs what a typed text weighs.
pub(super) fn small_file(bytes: ByteRange) -> Contents {
    Contents {
        category: Category::Other,
        packing: crate::layer::Packing::FILES,
        bytes,
        evidence: if bytes.low() == bytes.high() { Evidence::Modelled } else { Evidence::Assumed },
        why: String::new(),
    }
}

/// Nothing needs no entry, but what is not known does.
fn is_something(contents: &Contents) -> bool {
    contents.bytes.high() > 0 || contents.evidence == Evidence::Unknown
}
