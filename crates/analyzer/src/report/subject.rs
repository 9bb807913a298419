//! What a report is made from, and where in the text it speaks of.

use std::cell::OnceCell;

use super::{Input, ReportedError, typed};
use crate::dockerfile::{Dockerfile, InstructionKind, Word};
use crate::dockerignore::Dockerignore;
use crate::plan::{BuildPlan, Step};
use crate::projects::{self, BuildTraces, ProjectKind};
use crate::text::{LineIndex, Span};

/// What a report is made from.
pub(super) struct Subject<'input> {
    pub(super) input: &'input Input,
    pub(super) dockerfile: &'input Dockerfile,
    pub(super) plan: &'input BuildPlan,
    pub(super) lines: &'input LineIndex<'input>,
    pub(super) typed_sizes: typed::TypedSizes,
    traces: OnceCell<BuildTraces>,
    kinds: OnceCell<Vec<&'static ProjectKind>>,
}

impl<'input> Subject<'input> {
    pub(super) fn new(
        input: &'input Input,
        dockerfile: &'input Dockerfile,
        plan: &'input BuildPlan,
        lines: &'input LineIndex<'input>,
    ) -> Self {
        let typed_sizes = typed::TypedSizes::new(&input.image_sizes);
        Self {
            input,
            dockerfile,
            plan,
            lines,
            typed_sizes,
            traces: OnceCell::new(),
            kinds: OnceCell::new(),
        }
    }

    /// What the plan holds that may tell a kind of project.
    pub(super) fn traces(&self) -> &BuildTraces {
        self.traces.get_or_init(|| BuildTraces::of(self.plan))
    }

    /// The kinds of project that the input speaks of, the best first. A context counts only where
    /// the person brought it: an assumed one holds what its kind holds.
    pub(super) fn kinds(&self) -> &[&'static ProjectKind] {
        self.kinds.get_or_init(|| {
            let text = self.input.dockerignore.as_deref().unwrap_or_default();
            let (ignore, _) = Dockerignore::parse(text);
            let context = self.input.context.as_deref().map(|known| &known.context);
            projects::recognize(self.traces(), &ignore, context)
        })
    }

    /// Place of the instruction with this index; the text's start for an index outside it.
    pub(super) fn span_of(&self, index: usize) -> Span {
        self.dockerfile.instructions.get(index).map_or(Span::at(0), |found| found.span)
    }

    /// The words that a `COPY` or `ADD` of this Dockerfile names as its sources; none for a
    /// trigger, which stands elsewhere.
    pub(super) fn copy_sources(&self, step: &Step) -> &[Word] {
        let instruction = self.dockerfile.instructions.get(step.instruction);
        match instruction.map(|found| &found.kind) {
            Some(InstructionKind::Copy(arguments) | InstructionKind::Add(arguments))
                if !step.onbuild =>
            {
                &arguments.sources
            }
            _ => &[],
        }
    }

    /// The instruction of a step as written, on one line; as BuildKit prints it for a trigger,
    /// which stands elsewhere.
    pub(super) fn as_written<'step>(&'step self, step: &'step Step) -> &'step str {
        let instruction = self.dockerfile.instructions.get(step.instruction);
        match instruction.filter(|_| !step.onbuild) {
            Some(instruction) => instruction.text.trim(),
            None => &step.printed,
        }
    }

    /// A refusal at a place of the Dockerfile.
    pub(super) fn error(&self, span: Span, message: String) -> ReportedError {
        ReportedError { span, position: self.lines.position(span.start), message }
    }

    /// Line of the instruction with this index; 1 for an index outside the Dockerfile.
    pub(super) fn line_of_instruction(&self, index: usize) -> u32 {
        let start = self.dockerfile.instructions.get(index).map_or(0, |found| found.span.start);
        self.lines.line(start)
    }
}
