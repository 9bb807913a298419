//! The layers of a report: the target's chain from its base image up.

mod contents;
mod parts;

use super::usual::ReportedUsual;
use super::{ReportedAssumption, ReportedBase, ReportedStage, Subject};
use crate::layer::Category;
use crate::plan::{Stage, StageIndex, Step};
use crate::size::{Bytes, SizeEstimate};

pub use contents::ReportedContent;
pub(super) use parts::line_of;

/// A layer of the final image.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedLayer {
    /// Line of its instruction.
    pub line: u32,
    /// Stage it was made in.
    pub stage: usize,
    /// The instruction as BuildKit prints it.
    pub instruction: String,
    /// Whether it is the base image.
    pub base: bool,
    /// Uncompressed bytes.
    pub bytes: SizeEstimate,
    /// Bytes a pull transfers.
    pub compressed: SizeEstimate,
    /// What it is made of, the most first; of a base its own layers.
    pub parts: Vec<LayerPart>,
    /// Its likely bytes by what part of the image they are, in the order of [`Category`]; empty
    /// where nothing is known.
    pub categories: Vec<CategoryBytes>,
    /// What it hides of the layers below, the most first.
    pub wasted: Vec<ReportedWaste>,
    /// What could not be known of it, each a sentence.
    pub unknowns: Vec<String>,
}

/// Likely bytes of one part of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CategoryBytes {
    /// Which part.
    pub category: Category,
    /// Its bytes.
    pub bytes: Bytes,
}

/// Bytes by what part of an image they are, each part of which there are any once.
#[must_use]
pub fn sum_by_category<'sums>(
    sums: impl Iterator<Item = &'sums CategoryBytes> + Clone,
) -> Vec<CategoryBytes> {
    let of = |category| {
        let own = sums.clone().filter(|sum| sum.category == category);
        CategoryBytes { category, bytes: own.map(|sum| sum.bytes).sum() }
    };
    Category::ALL.map(of).into_iter().filter(|sum| sum.bytes > Bytes(0)).collect()
}

/// Bytes of a lower layer that a layer hides: nobody sees them, and every pull transfers them.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedWaste {
    /// The path, or the first of several.
    pub path: String,
    /// How many paths.
    pub paths: u64,
    /// Their bytes.
    pub bytes: SizeEstimate,
    /// Line that wrote them.
    pub written_line: Option<u32>,
    /// Line that removed them or wrote them again.
    pub hidden_line: Option<u32>,
}

/// A part of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LayerPart {
    /// Path or, for a base's layer, what created it.
    pub path: String,
    /// What part of the image it is; `None` for a base's layer and for a rest of several.
    pub category: Option<Category>,
    /// Its bytes.
    pub bytes: SizeEstimate,
    /// Its bytes in a pull.
    pub compressed: SizeEstimate,
}

/// What is known of the layers that the Dockerfile itself writes. An outline knows nothing, and so
/// brings none of the code that a simulation needs along.
pub(super) trait Sizes {
    /// Uncompressed bytes of a layer, and those that a pull transfers; `number` counts the layers
    /// that the stage itself writes.
    fn of_layer(&self, stage: StageIndex, number: usize) -> (SizeEstimate, SizeEstimate);

    /// Adds to a layer what it is made of, what it hides, and what could not be known.
    fn fill(&self, subject: &Subject<'_>, number: usize, layer: &mut ReportedLayer);

    /// What had to be assumed, the most doubtful first.
    fn assumptions(
        &self,
        subject: &Subject<'_>,
        stages: &[ReportedStage],
    ) -> Vec<ReportedAssumption>;

    /// What the final image holds, the most first; see [`ReportedContent`].
    fn contents(&self, subject: &Subject<'_>) -> Vec<ReportedContent>;

    /// What an image of this kind of app usually weighs, beside what this one does unpacked and to
    /// pull.
    fn usual(
        &self,
        subject: &Subject<'_>,
        unpacked: &SizeEstimate,
        pulled: &SizeEstimate,
    ) -> Option<ReportedUsual>;

    /// Whether anything is estimated at all.
    fn is_estimated(&self) -> bool;

    /// Whether every step was followed.
    fn is_complete(&self) -> bool;

    /// Tables of packages that are not loaded and would tell more.
    fn wanted_tables(&self) -> Vec<String>;
}

/// The layers of an outline.
pub(super) struct NotEstimated;

impl Sizes for NotEstimated {
    fn of_layer(&self, _: StageIndex, _: usize) -> (SizeEstimate, SizeEstimate) {
        (not_estimated(), not_estimated())
    }

    fn fill(&self, _: &Subject<'_>, _: usize, _: &mut ReportedLayer) {}

    fn assumptions(&self, _: &Subject<'_>, _: &[ReportedStage]) -> Vec<ReportedAssumption> {
        Vec::new()
    }

    fn contents(&self, _: &Subject<'_>) -> Vec<ReportedContent> {
        Vec::new()
    }

    fn usual(&self, _: &Subject<'_>, _: &SizeEstimate, _: &SizeEstimate) -> Option<ReportedUsual> {
        None
    }

    fn is_estimated(&self) -> bool {
        false
    }

    fn is_complete(&self) -> bool {
        false
    }

    fn wanted_tables(&self) -> Vec<String> {
        Vec::new()
    }
}

/// Layers of the target's image, the base's first.
pub(super) fn of_target(
    subject: &Subject<'_>,
    stages: &[ReportedStage],
    sizes: &dyn Sizes,
) -> Vec<ReportedLayer> {
    let mut layers = Vec::new();
    for index in chain(subject.plan.graph.target, stages) {
        layers.extend(stages.get(index).and_then(|stage| base_layer(index, stage)));
        let Some(stage) = subject.plan.graph.stages.get(index) else { continue };
        for (number, step) in writing_steps(stage).enumerate() {
            let (bytes, compressed) = sizes.of_layer(index, number);
            let mut layer = ReportedLayer {
                line: subject.line_of_instruction(step.instruction),
                stage: index,
                instruction: step.printed.clone(),
                base: false,
                bytes,
                compressed,
                parts: Vec::new(),
                categories: Vec::new(),
                wasted: Vec::new(),
                unknowns: Vec::new(),
            };
            sizes.fill(subject, number, &mut layer);
            layers.push(layer);
        }
    }
    layers
}

/// How many layers the stage itself writes.
pub(super) fn count_own(stage: &Stage) -> usize {
    writing_steps(stage).count()
}

/// What layers hide of those below them.
pub(super) fn sum_of_waste(layers: &[ReportedLayer], sizes: &dyn Sizes) -> SizeEstimate {
    let wasted = layers.iter().flat_map(|layer| &layer.wasted).map(|waste| &waste.bytes);
    let unseen = SizeEstimate::unknown("Not every step is followed.");
    let wasted = wasted.chain((!sizes.is_complete()).then_some(&unseen));
    SizeEstimate::sum(wasted, "Lies in layers that later ones hide, and is pulled all the same.")
}

/// The steps of a stage that make a layer each.
fn writing_steps(stage: &Stage) -> impl Iterator<Item = &Step> {
    stage.steps.iter().filter(|step| step.kind.writes())
}

/// The stages `FROM stage` strings together, from the one with the base image to the target.
pub(super) fn chain(target: Option<StageIndex>, stages: &[ReportedStage]) -> Vec<StageIndex> {
    let mut chain: Vec<StageIndex> = Vec::new();
    let mut next = target;
    while let Some(index) = next {
        chain.push(index);
        // A parent comes earlier in the text, so the walk ends.
        let parent = stages.get(index).and_then(|stage| stage.base.stage);
        next = parent.filter(|parent| *parent < index);
    }
    chain.reverse();
    chain
}

/// The base image as one layer with its own layers as parts. `None` for a base that adds no
/// layer: `scratch` has none, an earlier stage's are listed on their own.
fn base_layer(index: StageIndex, stage: &ReportedStage) -> Option<ReportedLayer> {
    let base = &stage.base;
    if base.stage.is_some() || base.reference == "scratch" {
        return None;
    }
    let layers = base.image.iter().flat_map(|image| &image.layers);
    let parts = layers.map(|layer| LayerPart {
        path: layer.created_by.clone(),
        category: None,
        bytes: SizeEstimate::unknown("Only the compressed size of a base's layer is published."),
        compressed: layer.compressed.clone(),
    });
    Some(ReportedLayer {
        line: stage.line,
        stage: index,
        instruction: format!("FROM {}", base.reference),
        base: true,
        bytes: base.bytes.clone(),
        compressed: base.compressed.clone(),
        parts: parts.collect(),
        categories: base_categories(base),
        wasted: Vec::new(),
        unknowns: Vec::new(),
    })
}

/// A base is of one category; what is certain of it counts where nothing else is known.
fn base_categories(base: &ReportedBase) -> Vec<CategoryBytes> {
    let bytes = base.bytes.best_known();
    let is_known = bytes > Bytes(0);
    is_known.then_some(CategoryBytes { category: Category::Base, bytes }).into_iter().collect()
}

fn not_estimated() -> SizeEstimate {
    SizeEstimate::unknown("not estimated yet")
}
