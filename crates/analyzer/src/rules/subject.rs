//! All that is known of an input, for rules to look at.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::ops::Range;

use super::inherited::{self, Inherited};
use super::run::{self, Run};
use crate::cache::reorder::Moves;
use crate::dockerfile::{Dockerfile, Instruction, InstructionKind};
use crate::plan::{Base, BuildPlan, Stage, StageIndex, Step};
use crate::report::cache::find_moves;
use crate::report::{Input, Report, ReportedLayer, ReportedStep};
use crate::text::{LineIndex, Span};

/// An input with everything that was made of it.
pub struct Subject<'input> {
    /// What the person gave.
    pub input: &'input Input,
    /// The Dockerfile, read.
    pub dockerfile: &'input Dockerfile,
    /// Its plan.
    pub plan: &'input BuildPlan,
    /// The report on it, with sizes.
    pub report: &'input Report,
    /// Lines of the Dockerfile.
    pub lines: LineIndex<'input>,
    needed: Vec<bool>,
    final_chain: Vec<StageIndex>,
    /// Of each stage whether it is in that chain.
    is_final: Vec<bool>,
    /// The stage at the bottom of what each stage starts from.
    bottoms: Vec<StageIndex>,
    /// Places of the instructions of each stage: from its first to behind its last.
    places: Vec<Range<usize>>,
    /// The layer of the image that a line writes.
    layers: BTreeMap<u32, &'input ReportedLayer>,
    runs: OnceCell<Vec<Run<'input>>>,
    moves: OnceCell<Moves>,
    /// Whether the text has a word, as far as anybody asked.
    mentioned: RefCell<BTreeMap<&'static str, bool>>,
    starts: OnceCell<Vec<&'input str>>,
    inherited: OnceCell<Vec<Inherited>>,
}

impl<'input> Subject<'input> {
    /// Puts together what was made of one input.
    #[must_use]
    pub fn new(
        input: &'input Input,
        dockerfile: &'input Dockerfile,
        plan: &'input BuildPlan,
        report: &'input Report,
    ) -> Self {
        let mut final_chain = Vec::new();
        let mut next = plan.graph.target;
        while let Some(stage) = next {
            final_chain.push(stage);
            let parent = report.stages.get(stage).and_then(|stage| stage.base.stage);
            next = parent.filter(|parent| *parent < stage);
        }
        let mut is_final = vec![false; plan.graph.stages.len()];
        for stage in &final_chain {
            if let Some(is_final) = is_final.get_mut(*stage) {
                *is_final = true;
            }
        }
        let own = report.layers.iter().filter(|layer| !layer.base);
        Self {
            input,
            dockerfile,
            plan,
            report,
            lines: LineIndex::new(&input.dockerfile),
            needed: plan.graph.reachable(),
            final_chain,
            is_final,
            bottoms: find_bottoms(plan),
            places: places_of_stages(plan),
            layers: own.map(|layer| (layer.line, layer)).collect(),
            runs: OnceCell::new(),
            moves: OnceCell::new(),
            mentioned: RefCell::default(),
            starts: OnceCell::new(),
            inherited: OnceCell::new(),
        }
    }

    /// The text of the Dockerfile.
    #[must_use]
    pub fn text(&self) -> &'input str {
        &self.input.dockerfile
    }

    /// Whether a word stands anywhere in the text, which is searched for it once.
    #[must_use]
    pub fn mentions(&self, word: &'static str) -> bool {
        *self.mentioned.borrow_mut().entry(word).or_insert_with(|| self.text().contains(word))
    }

    /// What ends lines of the Dockerfile: `\r\n` where its first line ends so.
    #[must_use]
    pub fn line_end(&self) -> &'static str {
        let first = self.text().split_inclusive('\n').next().unwrap_or_default();
        if first.ends_with("\r\n") { "\r\n" } else { "\n" }
    }

    /// Whether what this stage writes is in the final image.
    #[must_use]
    pub fn is_final(&self, stage: StageIndex) -> bool {
        self.is_final.get(stage).copied().unwrap_or_default()
    }

    /// The stage at the bottom of what a stage starts from, itself where it starts from none.
    #[must_use]
    pub fn bottom(&self, stage: StageIndex) -> StageIndex {
        self.bottoms.get(stage).copied().unwrap_or(stage)
    }

    /// Whether the target needs the stage.
    #[must_use]
    pub fn is_needed(&self, stage: StageIndex) -> bool {
        self.needed.get(stage).copied().unwrap_or_default()
    }

    /// The stages whose layers make the final image, the target first.
    #[must_use]
    pub fn final_chain(&self) -> &[StageIndex] {
        &self.final_chain
    }

    /// The stage that becomes the image.
    #[must_use]
    pub fn target(&self) -> Option<(StageIndex, &'input Stage)> {
        let target = self.plan.graph.target?;
        Some((target, self.plan.graph.stages.get(target)?))
    }

    /// Instructions with their place in the Dockerfile, and the stage they belong to; those before
    /// the first `FROM` have none.
    pub fn instructions(
        &self,
    ) -> impl Iterator<Item = (usize, &'input Instruction, Option<StageIndex>)> {
        let instructions = self.dockerfile.instructions.iter().enumerate();
        instructions.map(|(index, instruction)| (index, instruction, self.stage_of(index)))
    }

    /// The stage that the instruction with this place belongs to.
    #[must_use]
    pub fn stage_of(&self, index: usize) -> Option<StageIndex> {
        self.plan.stage_of_instruction.get(index).copied().flatten()
    }

    /// Instructions of one stage, its `FROM` first.
    pub fn instructions_of(
        &self,
        stage: StageIndex,
    ) -> impl Iterator<Item = (usize, &'input Instruction)> {
        let places = self.places.get(stage).cloned().unwrap_or_default();
        let own = self.dockerfile.instructions.get(places.clone()).unwrap_or_default();
        places.zip(own).filter(move |(index, _)| self.stage_of(*index) == Some(stage))
    }

    /// The step that an instruction makes itself, expanded; `None` for those that make none.
    #[must_use]
    pub fn step(&self, index: usize) -> Option<&'input Step> {
        let steps = &self.plan.graph.stages.get(self.stage_of(index)?)?.steps;
        let first = steps.partition_point(|step| step.instruction < index);
        let mut own = steps.get(first..)?.iter().take_while(|step| step.instruction == index);
        own.find(|step| !step.onbuild)
    }

    /// Every `RUN` in the order of the text, its commands read.
    pub fn runs(&self) -> &[Run<'input>] {
        self.runs.get_or_init(|| {
            let is_run = |found: &&Instruction| matches!(found.kind, InstructionKind::Run(_));
            let runs = self.instructions();
            let runs = runs.filter(|(_, instruction, _)| is_run(instruction));
            let mut variables_left = run::MOST_VARIABLES;
            let runs = runs.filter_map(|(index, instruction, stage)| {
                run::read(self, index, instruction, stage?, &mut variables_left)
            });
            runs.collect()
        })
    }

    /// The texts of what the image starts with: the `CMD`s and `ENTRYPOINT`s of its stages.
    pub fn starts(&self) -> &[&'input str] {
        self.starts.get_or_init(|| {
            let own = self.final_chain.iter().flat_map(|stage| self.instructions_of(*stage));
            let starts = own.filter(|(_, it)| {
                matches!(it.kind, InstructionKind::Cmd(_) | InstructionKind::Entrypoint(_))
            });
            starts.map(|(_, it)| it.span.slice(self.text())).collect()
        })
    }

    /// The `RUN` with this place in the Dockerfile.
    #[must_use]
    pub fn run(&self, index: usize) -> Option<&Run<'input>> {
        self.runs_from(index).first().filter(|run| run.index == index)
    }

    /// The `RUN`s from this place in the Dockerfile on.
    #[must_use]
    pub fn runs_from(&self, index: usize) -> &[Run<'input>] {
        let runs = self.runs();
        runs.get(runs.partition_point(|run| run.index < index)..).unwrap_or_default()
    }

    /// The `RUN`s of a stage.
    #[must_use]
    pub fn runs_of(&self, stage: StageIndex) -> &[Run<'input>] {
        let places = self.places.get(stage).cloned().unwrap_or_default();
        let from = self.runs_from(places.start);
        from.get(..from.partition_point(|run| run.index < places.end)).unwrap_or_default()
    }

    /// Place of the instruction that a line belongs to.
    #[must_use]
    pub fn instruction_at(&self, line: u32) -> Option<usize> {
        let all = &self.dockerfile.instructions;
        let behind = all.partition_point(|it| self.lines.line(it.span.start) <= line);
        let index = behind.checked_sub(1)?;
        all.get(index).filter(|it| line <= self.lines.last_line(it.span)).map(|_| index)
    }

    /// What holds for a stage first, be it from a stage that it starts from.
    pub(super) fn inherited(&self, stage: StageIndex) -> Inherited {
        let all = self.inherited.get_or_init(|| inherited::list(self));
        all.get(stage).copied().unwrap_or_default()
    }

    /// What a better order of the lines moves.
    pub(super) fn moves(&self) -> &Moves {
        self.moves.get_or_init(|| find_moves(self.input))
    }

    /// Line of the instruction with this place in the Dockerfile.
    #[must_use]
    pub fn line_of(&self, index: usize) -> u32 {
        let instruction = self.dockerfile.instructions.get(index);
        self.lines.line(instruction.map_or(0, |instruction| instruction.span.start))
    }

    /// What the report says of the step of an instruction.
    #[must_use]
    pub fn reported_step(&self, index: usize) -> Option<&'input ReportedStep> {
        let line = self.line_of(index);
        let steps = &self.report.stages.get(self.stage_of(index)?)?.steps;
        // Triggers of the base stand on the line of `FROM`, and come first.
        let behind = steps.partition_point(|step| step.line <= line);
        steps.get(behind.checked_sub(1)?).filter(|step| step.line == line)
    }

    /// The layer of the final image that an instruction writes.
    #[must_use]
    pub fn layer(&self, index: usize) -> Option<&'input ReportedLayer> {
        self.layers.get(&self.line_of(index)).copied()
    }

    /// Whether a variable is read, as `$NAME` or `${NAME`, in a piece of the Dockerfile.
    #[must_use]
    pub fn reads_variable(&self, span: Span, name: &str) -> bool {
        let text = span.slice(self.text());
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        text.match_indices(name).any(|(at, found)| {
            let before = text.get(..at).unwrap_or_default();
            let is_asked =
                before.ends_with('$') || before.ends_with("${") || before.ends_with("${#");
            let next = text.as_bytes().get(at + found.len()).copied();
            is_asked && !next.is_some_and(is_name)
        })
    }
}

/// From the first instruction of each stage to behind its last.
fn places_of_stages(plan: &BuildPlan) -> Vec<Range<usize>> {
    let mut places = vec![0..0; plan.graph.stages.len()];
    for (index, stage) in plan.stage_of_instruction.iter().enumerate() {
        let Some(own) = stage.and_then(|stage| places.get_mut(stage)) else { continue };
        let start = if own.end == 0 { index } else { own.start };
        *own = start..index + 1;
    }
    places
}

/// The stage at the bottom of each: a stage starts from an earlier one only.
fn find_bottoms(plan: &BuildPlan) -> Vec<StageIndex> {
    let mut bottoms: Vec<StageIndex> = Vec::new();
    for (index, stage) in plan.graph.stages.iter().enumerate() {
        let below = match &stage.base {
            Base::Stage(base) => bottoms.get(*base).copied(),
            _ => None,
        };
        bottoms.push(below.unwrap_or(index));
    }
    bottoms
}
