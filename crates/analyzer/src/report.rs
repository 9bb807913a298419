//! The answer to one input: plain values a front end shows, and their text and Markdown views.

mod assumptions;
pub mod cache;
mod context;
mod hidden;
mod layers;
mod lists;
mod markdown;
mod notes;
mod pull;
mod stages;
mod subject;
mod text;
mod typed;
mod usual;

use std::collections::HashMap;
use std::rc::Rc;

use crate::context::KnownContext;
use crate::dockerfile::{self, SyntaxError};
use crate::images::BaseImage;
use crate::order;
use crate::plan::{self, BuildOptions, EdgeKind, PlanError};
use crate::simulate::{self, World};
use crate::size::SizeEstimate;
use crate::text::{LineIndex, Position, Span};
use context::ReportOnContext;
use layers::{NotEstimated, Sizes};
use subject::Subject;

pub use crate::size::describe_files;
pub use assumptions::ReportedAssumption;
pub use context::{
    AssumedContext, CopyOrigin, PatternConcern, ReportedContext, ReportedCopy, ReportedFolder,
    ReportedPattern, ReportedSource, StarterIgnore, Verdict, condense_context,
};
pub use hidden::hidden_parts;
pub use layers::{
    CategoryBytes, LayerPart, ReportedContent, ReportedLayer, ReportedWaste, sum_by_category,
};
pub use markdown::write_markdown;
pub(crate) use markdown::write_prose;
pub use notes::ReportedNote;
pub use pull::{PullNode, PullTime, USUAL_BANDWIDTH, describe_pull, describe_time, pull};
pub(crate) use text::one_line;
pub use text::{describe_amount, describe_size, write_text};
pub use usual::ReportedUsual;

/// Everything the person gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct Input {
    /// Text of the Dockerfile.
    pub dockerfile: String,
    /// Text of the ignore file; `None` when there is none.
    pub dockerignore: Option<String>,
    /// Its file name, such as `Dockerfile.dockerignore`; `None` where the context tells it.
    pub ignore_name: Option<String>,
    /// Target, build arguments, platform.
    pub options: BuildOptions,
    /// Uncompressed bytes the person typed for images, by reference as the stage names it after
    /// expansion. They win over the table.
    pub image_sizes: Vec<(String, u64)>,
    /// The build context; `None` where the person brought none, and a typical project is assumed.
    pub context: Option<Rc<KnownContext>>,
    /// Bytes the person typed for files of the assumed project, by path.
    pub assumed_sizes: Vec<(String, u64)>,
}

/// The analysis of one [`Input`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Report {
    /// What BuildKit would refuse, in the order of the text.
    pub errors: Vec<ReportedError>,
    /// What is worth a look and no error by itself, in the order of the text.
    pub notes: Vec<ReportedNote>,
    /// Instructions in the order of the text.
    pub instructions: Vec<ReportedInstruction>,
    /// Stages in the order of the text.
    pub stages: Vec<ReportedStage>,
    /// What flows between stages.
    pub edges: Vec<ReportedEdge>,
    /// Images that stages copy or mount files from, as edges name them: each once, in the order
    /// of the edges, with what is known of them. They are nobody's base in the text's `FROM`s
    /// unless a [`ReportedStage::base`] also says so.
    pub copied_images: Vec<ReportedBase>,
    /// The stage that becomes the image.
    pub target: Option<usize>,
    /// Layers of the target's chain, the base's first.
    pub layers: Vec<ReportedLayer>,
    /// The final image, uncompressed.
    pub image_bytes: SizeEstimate,
    /// The final image as a pull transfers it.
    pub image_compressed: SizeEstimate,
    /// Bytes of it that later layers hide; `None` in an [`outline`].
    pub wasted: Option<SizeEstimate>,
    /// Tables of packages that are not loaded, in order: what depends on them is not known before
    /// they are. None where they are compiled in, and none in an [`outline`].
    pub wanted_tables: Vec<String>,
    /// What had to be assumed of the image's files, the most doubtful first; none in an
    /// [`outline`].
    pub assumptions: Vec<ReportedAssumption>,
    /// What the final image holds, the most first; empty in an [`outline`].
    pub contents: Vec<ReportedContent>,
    /// What images of this kind of app usually weigh; `None` where nothing tells the kind, and in
    /// an [`outline`].
    pub usual: Option<ReportedUsual>,
    /// The build context: what is sent, why the rest is not, and what each `COPY` takes. Nothing
    /// in an [`outline`].
    pub context: ReportedContext,
}

impl Report {
    /// Whether this is an [`outline`].
    #[must_use]
    pub fn is_outline(&self) -> bool {
        self.wasted.is_none()
    }
}

/// A refusal with its place in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedError {
    /// Its place.
    pub span: Span,
    /// Where its span starts, as people name it.
    pub position: Position,
    /// What is wrong and what to write instead.
    pub message: String,
}

/// An instruction as a front end lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedInstruction {
    /// Its place, heredocs included.
    pub span: Span,
    /// First line, from 1.
    pub line: u32,
    /// Last line, from 1.
    pub end_line: u32,
    /// Keyword in upper case.
    pub keyword: String,
    /// Its stage; `None` before the first `FROM`.
    pub stage: Option<usize>,
}

/// A stage as a front end draws it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedStage {
    /// Name; `None` without `AS`.
    pub name: Option<String>,
    /// From `FROM` to its last instruction.
    pub span: Span,
    /// Line of its `FROM`.
    pub line: u32,
    /// What it starts from.
    pub base: ReportedBase,
    /// Platform it is built for, such as `linux/amd64`.
    pub platform: String,
    /// Whether the target needs it.
    pub needed: bool,
    /// Stages it needs directly, each once, in order.
    pub depends_on: Vec<usize>,
    /// Its image, uncompressed.
    pub bytes: SizeEstimate,
    /// Its steps as BuildKit prints them.
    pub steps: Vec<ReportedStep>,
}

/// A step as BuildKit prints it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedStep {
    /// Line of its instruction.
    pub line: u32,
    /// The text, expanded.
    pub printed: String,
    /// Uncompressed bytes of the layer it writes; `None` where it writes none, and in an
    /// [`outline`].
    pub bytes: Option<SizeEstimate>,
}

/// What a stage starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedBase {
    /// The image's reference, `scratch`, or the stage's name as written.
    pub reference: String,
    /// The earlier stage, when it is one.
    pub stage: Option<usize>,
    /// What the table knows of the image; `None` for stages, scratch and unknown images.
    pub image: Option<Rc<BaseImage>>,
    /// Whether its size must be typed by the person for the sum to be known.
    pub unknown: bool,
    /// Uncompressed bytes.
    pub bytes: SizeEstimate,
    /// Bytes a pull transfers.
    pub compressed: SizeEstimate,
}

/// An edge of the stage graph.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedEdge {
    /// The stage files come from; `None` for an image.
    pub from: Option<usize>,
    /// The image files come from; `None` for a stage.
    pub image: Option<String>,
    /// The stage that needs them.
    pub to: usize,
    /// Why.
    pub kind: EdgeKind,
    /// Line that makes the edge.
    pub line: u32,
    /// Bytes that cross it into the stage's layers: the whole image of a `FROM`, what a `COPY`
    /// writes. `None` for a mount, of which nothing stays, and where nothing is estimated.
    pub bytes: Option<SizeEstimate>,
}

/// Analyses one input: reads the text, plans the build, simulates what its steps write, and reports
/// what is known of it. Never fails: what BuildKit would refuse is in [`Report::errors`], everything
/// else is still reported.
#[must_use]
pub fn analyze(input: &Input) -> Report {
    read(input, &analyze_subject)
}

/// The part of [`analyze`] that looks at no file and simulates nothing: the build context is left
/// open, and of the layers that the Dockerfile itself writes it says that they are not estimated.
#[must_use]
pub fn outline(input: &Input) -> Report {
    read(input, &|_| (ReportOnContext::default(), Box::new(NotEstimated)))
}

/// Looks at the build context and the layers, or does not.
type LookCloser<'work> = dyn Fn(&Subject<'_>) -> (ReportOnContext, Box<dyn Sizes>) + 'work;

fn analyze_subject(subject: &Subject<'_>) -> (ReportOnContext, Box<dyn Sizes>) {
    let weigh_image = stages::weigh_images(subject);
    let typed = subject.input.assumed_sizes.iter().map(|(key, bytes)| (key.as_str(), *bytes));
    let typed: HashMap<&str, u64> = typed.collect();
    let mut sizes: Box<dyn Sizes> = Box::new(NotEstimated);
    let on_context = context::report(subject, &mut |sent, scales| {
        let world = World {
            sent,
            assumed: scales.assumed,
            replaced: scales.replaced,
            typed: &typed,
            manifests: &scales.context.manifests,
            weigh_image: &weigh_image,
        };
        sizes = Box::new(simulate::simulate(subject.plan, &world));
    });
    (on_context, sizes)
}

fn read(input: &Input, look_closer: &LookCloser<'_>) -> Report {
    let (dockerfile, syntax_errors) = dockerfile::parse(&input.dockerfile);
    let (plan, plan_errors) = plan::plan(&dockerfile, &input.options);
    let lines = LineIndex::new(&input.dockerfile);
    let subject = Subject::new(input, &dockerfile, &plan, &lines);
    make_report(&subject, merge_errors(&lines, syntax_errors, plan_errors), look_closer)
}

fn make_report(
    subject: &Subject<'_>,
    mut errors: Vec<ReportedError>,
    look_closer: &LookCloser<'_>,
) -> Report {
    let (on_context, sizes) = look_closer(subject);
    let sizes = &*sizes;
    errors.extend(on_context.errors);
    order::sort_by_key(&mut errors, |error| error.span);
    let target = subject.plan.graph.target;
    let summaries = stages::summarize(subject, sizes);
    let no_stage = || SizeEstimate::unknown("There is no stage to build.");
    let (image_bytes, image_compressed) = target
        .and_then(|target| summaries.get(target))
        .map(|target| (target.stage.bytes.clone(), target.compressed.clone()))
        .unwrap_or_else(|| (no_stage(), no_stage()));
    let stages: Vec<ReportedStage> = summaries.into_iter().map(|summary| summary.stage).collect();
    let layers = layers::of_target(subject, &stages, sizes);
    let assumptions = sizes.assumptions(subject, &stages);
    let copied_images = stages::copied_images(subject);
    Report {
        errors,
        notes: notes::list(subject, &copied_images, on_context.notes),
        instructions: lists::instructions(subject),
        edges: lists::edges(subject, &stages),
        stages,
        copied_images,
        target,
        assumptions,
        wasted: sizes.is_estimated().then(|| layers::sum_of_waste(&layers, sizes)),
        wanted_tables: sizes.wanted_tables(),
        layers,
        contents: sizes.contents(subject),
        usual: sizes.usual(subject, &image_bytes, &image_compressed),
        image_bytes,
        image_compressed,
        context: on_context.context,
    }
}

/// Errors of both passes in the order of the text; the same message at the same place once.
fn merge_errors(
    lines: &LineIndex<'_>,
    syntax: Vec<SyntaxError>,
    plan: Vec<PlanError>,
) -> Vec<ReportedError> {
    let syntax = syntax.into_iter().map(|error| (error.span, error.message));
    let plan = plan.into_iter().map(|error| (error.span, error.message));
    let mut errors: Vec<(Span, String)> = syntax.chain(plan).collect();
    order::sort(&mut errors);
    errors.dedup();
    errors
        .into_iter()
        .map(|(span, message)| ReportedError {
            span,
            position: lines.position(span.start),
            message,
        })
        .collect()
}

#[cfg(test)]
mod tests;
