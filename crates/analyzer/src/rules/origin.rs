//! The image that a stage comes from, through the stages it starts from.

use super::Subject;
use crate::dockerfile::{Instruction, InstructionKind};
use crate::images::{BaseImage, ImageReference};
use crate::plan::{Base, StageIndex};

/// Where a chain of `FROM`s ends.
pub(super) enum Origin<'input> {
    /// An image by its reference, and what is known of it.
    Image(&'input str, Option<&'input BaseImage>),
    /// Nothing.
    Scratch,
    /// That is not known.
    Unknown,
}

impl Origin<'_> {
    /// Last part of the image's name; empty without one.
    pub(super) fn name(&self) -> String {
        let Self::Image(reference, _) = self else { return String::new() };
        let repository = ImageReference::parse(reference).map(|found| found.repository);
        let repository = repository.unwrap_or_default();
        repository.rsplit('/').next().unwrap_or_default().to_owned()
    }

    /// Its tag; empty without one.
    pub(super) fn tag(&self) -> String {
        let Self::Image(reference, _) = self else { return String::new() };
        let tag = ImageReference::parse(reference).ok().and_then(|found| found.tag);
        tag.unwrap_or_default()
    }

    /// Its distribution with release, such as `alpine 3.22`; empty where not known.
    pub(super) fn distribution(&self) -> &str {
        match self {
            Self::Image(_, Some(image)) => &image.distribution,
            _ => "",
        }
    }
}

/// What a stage comes from.
pub(super) fn origin<'input>(subject: &Subject<'input>, stage: StageIndex) -> Origin<'input> {
    match subject.plan.graph.stages.get(subject.bottom(stage)).map(|stage| &stage.base) {
        Some(Base::Image { reference, image }) => Origin::Image(reference, image.as_deref()),
        Some(Base::Scratch) => Origin::Scratch,
        Some(Base::Stage(_) | Base::Unresolved(_)) | None => Origin::Unknown,
    }
}

/// The stages a stage starts from, itself first.
pub(super) fn chain(subject: &Subject<'_>, stage: StageIndex) -> Vec<StageIndex> {
    let stages = &subject.plan.graph.stages;
    let mut chain = vec![stage];
    let mut next = stage;
    while let Some(Base::Stage(base)) = stages.get(next).map(|stage| &stage.base)
        && *base < next
    {
        chain.push(*base);
        next = *base;
    }
    chain
}

/// Whether a stage is another one, or starts from it through any number of stages.
pub(super) fn starts_from(subject: &Subject<'_>, mut stage: StageIndex, other: StageIndex) -> bool {
    let stages = &subject.plan.graph.stages;
    while stage > other
        && let Some(Base::Stage(base)) = stages.get(stage).map(|stage| &stage.base)
        && *base < stage
    {
        stage = *base;
    }
    stage == other
}

/// `lower` or `upper`, as an instruction's keyword is written.
pub(super) fn in_case(instruction: &Instruction, upper: &str) -> String {
    let is_lower = instruction.keyword.text.bytes().all(|byte| !byte.is_ascii_uppercase());
    if is_lower { upper.to_ascii_lowercase() } else { upper.to_owned() }
}

/// Every `FROM` with its image and name.
pub(super) fn bases<'input>(
    subject: &Subject<'input>,
) -> impl Iterator<Item = (StageIndex, &'input Instruction)> {
    subject.instructions().filter_map(|(_, instruction, stage)| {
        let is_from = matches!(instruction.kind, InstructionKind::From { .. });
        Some((stage?, instruction)).filter(|_| is_from)
    })
}
