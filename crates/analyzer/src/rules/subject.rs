//! All that is known of an input, for rules to look at.

use std::cell::OnceCell;

use super::run::{self, Run};
use crate::cache::reorder::Moves;
use crate::dockerfile::{Dockerfile, Instruction, InstructionKind};
use crate::plan::{BuildPlan, Stage, StageIndex, Step};
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
    runs: OnceCell<Vec<Run<'input>>>,
    moves: OnceCell<Moves>,
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
        let lines = LineIndex::new(&input.dockerfile);
        let needed = plan.graph.reachable();
        let (runs, moves) = (OnceCell::new(), OnceCell::new());
        Self { input, dockerfile, plan, report, lines, needed, final_chain, runs, moves }
    }

    /// The text of the Dockerfile.
    #[must_use]
    pub fn text(&self) -> &'input str {
        &self.input.dockerfile
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
        self.final_chain.contains(&stage)
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
        let stages = &self.plan.stage_of_instruction;
        let instructions = self.dockerfile.instructions.iter().enumerate();
        instructions
            .map(|(index, instruction)| (index, instruction, stages.get(index).copied().flatten()))
    }

    /// Instructions of one stage, its `FROM` first.
    pub fn instructions_of(
        &self,
        stage: StageIndex,
    ) -> impl Iterator<Item = (usize, &'input Instruction)> {
        let own = self.instructions().filter(move |(_, _, own)| *own == Some(stage));
        own.map(|(index, instruction, _)| (index, instruction))
    }

    /// The step that an instruction makes itself, expanded; `None` for those that make none.
    #[must_use]
    pub fn step(&self, index: usize) -> Option<&'input Step> {
        let stage = self.plan.stage_of_instruction.get(index).copied().flatten()?;
        let steps = &self.plan.graph.stages.get(stage)?.steps;
        steps.iter().find(|step| step.instruction == index && !step.onbuild)
    }

    /// Every `RUN` in the order of the text, its commands read.
    pub fn runs(&self) -> &[Run<'input>] {
        self.runs.get_or_init(|| {
            let is_run = |found: &&Instruction| matches!(found.kind, InstructionKind::Run(_));
            let runs = self.instructions();
            let runs = runs.filter(|(_, instruction, _)| is_run(instruction));
            let runs = runs.filter_map(|(index, instruction, stage)| {
                run::read(self, index, instruction, stage?)
            });
            runs.collect()
        })
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
        let stage = self.plan.stage_of_instruction.get(index).copied().flatten()?;
        let line = self.line_of(index);
        // Triggers of the base stand on the line of `FROM`, and come first.
        self.report.stages.get(stage)?.steps.iter().rev().find(|step| step.line == line)
    }

    /// The layer of the final image that an instruction writes.
    #[must_use]
    pub fn layer(&self, index: usize) -> Option<&'input ReportedLayer> {
        let line = self.line_of(index);
        self.report.layers.iter().rev().find(|layer| !layer.base && layer.line == line)
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
