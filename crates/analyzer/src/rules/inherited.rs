//! The first instruction of a kind that holds for a stage, its own or one of a stage it starts from.

use super::Subject;
use crate::dockerfile::{Instruction, InstructionKind};
use crate::plan::Base;

/// Places of instructions in the Dockerfile. A stage starts from earlier ones only, so what holds
/// first stands highest.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Inherited {
    pub(super) shell: Option<usize>,
    pub(super) entrypoint: Option<usize>,
    pub(super) workdir: Option<usize>,
}

impl Inherited {
    fn take(&mut self, index: usize, instruction: &Instruction) {
        let place = match instruction.kind {
            InstructionKind::Shell(_) => &mut self.shell,
            InstructionKind::Entrypoint(_) => &mut self.entrypoint,
            InstructionKind::Workdir(_) => &mut self.workdir,
            _ => return,
        };
        place.get_or_insert(index);
    }
}

/// Of each stage.
pub(super) fn list(subject: &Subject<'_>) -> Vec<Inherited> {
    let mut all: Vec<Inherited> = Vec::new();
    for (stage, value) in subject.plan.graph.stages.iter().enumerate() {
        let below = match &value.base {
            Base::Stage(base) => all.get(*base).copied(),
            _ => None,
        };
        let mut own = below.unwrap_or_default();
        for (index, instruction) in subject.instructions_of(stage) {
            own.take(index, instruction);
        }
        all.push(own);
    }
    all
}
