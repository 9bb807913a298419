//! What BuildKit would do: arguments and environment expanded, stages, the graph and its target.
//!
//! `scope` reads what holds before any stage, `stages` the `FROM` lines, `steps` the instructions of
//! one stage with `run`, `mounts`, `copy`, `settings` and `checks`, `graph` who needs whom; `expand` expands
//! one word and `print` a whole step.
//! The measure is BuildKit v0.33.0 (August 2026), `frontend/dockerfile/dockerfile2llb` of
//! <https://github.com/moby/buildkit/tree/v0.33.0>.

mod checks;
mod circles;
mod copy;
mod expand;
mod graph;
mod mounts;
pub(crate) mod paths;
mod platform;
mod print;
mod reference;
mod run;
mod scope;
mod settings;
mod stages;
mod steps;
mod variables;

use std::rc::Rc;

pub use self::copy::SourceForm;
pub(crate) use self::expand::variables_read;
pub use self::variables::{Variables, VisibleVariables};

use crate::dockerfile::{Dockerfile, Heredoc};
use crate::images::{BaseImage, Platform};
use crate::text::{Span, shorten};

/// What the person chose beside the text; the flags of `docker build`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(default))]
pub struct BuildOptions {
    /// `--target`: stage name, in any case; `None` for the last stage.
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
    /// What BuildKit would refuse in stages that the target does not need. It never looks there,
    /// so the build succeeds all the same.
    pub unneeded_errors: Vec<PlanError>,
}

/// Stages and what flows between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BuildGraph {
    /// Stages in the order of the text.
    pub stages: Vec<Stage>,
    /// Dependencies, in the order of the lines that make them. They point backwards: what would
    /// point forwards is an error instead.
    pub edges: Vec<Edge>,
    /// The stage whose image is the result; `None` without any stage or with an unknown target.
    pub target: Option<StageIndex>,
}

/// Where an edge comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EdgeSource {
    /// An earlier stage.
    Stage(StageIndex),
    /// An image, as in `COPY --from=nginx:1.27`: any name that is no stage.
    Image(String),
}

/// Why one stage needs another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum EdgeKind {
    /// `FROM stage`.
    From,
    /// `COPY --from=`.
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
        image: Option<Rc<BaseImage>>,
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
///
/// Cloning is cheap: everything long is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BuildState {
    /// `ENV` in order of first appearance, the base's first: what the image keeps.
    pub environment: Variables,
    /// Arguments in scope with their values, in order of declaration; no value where declared
    /// without one.
    pub arguments: Variables,
    /// What `$NAME` means and what `RUN` sees: `ENV` and arguments with a value, for one name the
    /// later line, in the order they were last set.
    pub variables: VisibleVariables,
    /// User; empty for the base's default (root).
    pub user: Rc<str>,
    /// Working directory, absolute.
    pub working_directory: Rc<str>,
    /// Shell of the shell form.
    pub shell: Rc<[String]>,
}

impl Default for BuildState {
    /// The state of an image that sets nothing, on Linux.
    fn default() -> Self {
        Self {
            environment: Variables::default(),
            arguments: Variables::default(),
            variables: VisibleVariables::default(),
            user: "".into(),
            working_directory: "/".into(),
            shell: ["/bin/sh".to_owned(), "-c".to_owned()].into(),
        }
    }
}

/// What BuildKit would print as one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Index of the instruction in the Dockerfile (of the `FROM`, for a trigger of the base).
    pub instruction: usize,
    /// The instruction as BuildKit prints it: keyword in upper case, variables expanded,
    /// `ONBUILD` before a trigger. Configuration, which it does not print, in the same way.
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
        /// `--device`s in order, as written.
        devices: Vec<String>,
    },
    /// `COPY` and `ADD`.
    Copy(Box<CopyStep>),
    /// `WORKDIR`, absolute; never `/`, which always exists and makes no step.
    Workdir(String),
    /// An instruction that only changes the image's configuration, by keyword; `WORKDIR /` too.
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
    /// `scratch`: no files at all.
    Scratch,
    /// Named, but neither an earlier stage nor an image. An error says why, unless a trigger
    /// copies from the very stage it fires in, which BuildKit takes.
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
    /// Heredocs copied as files, their bodies expanded unless the delimiter is quoted.
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
    /// `required`: whether the build stops without the secret or agent.
    pub required: bool,
    /// `mode=`, for cache, secret and ssh.
    pub mode: Option<u32>,
    /// `uid=`, for cache, secret and ssh.
    pub uid: Option<u32>,
    /// `gid=`, for cache, secret and ssh.
    pub gid: Option<u32>,
    /// `size=` in bytes, for tmpfs.
    pub size: Option<u64>,
    /// `env=`: the variable that holds the secret.
    pub environment: Option<String>,
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
/// value, in the order of the text, and everything that can still be planned is in the first.
#[must_use]
pub fn plan(dockerfile: &Dockerfile, options: &BuildOptions) -> (BuildPlan, Vec<PlanError>) {
    stages::plan(dockerfile, options)
}

/// An error about `text` at `span`: what is wrong with it, as a sentence.
fn describe(text: &str, span: Span, problem: &str) -> PlanError {
    PlanError { span, message: format!("`{}` cannot be expanded: {problem}.", shorten(text)) }
}

#[cfg(test)]
mod tests;
