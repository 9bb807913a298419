//! The build context of a report: what is sent, why the rest is not, what each `COPY` takes.

mod assemble;
mod condense;
mod copies;
mod excluded;
mod missing;
mod patterns;
mod purpose;
mod starter;
mod weigh;
mod withheld;

use crate::context::BuildContext;
use crate::dockerignore::IgnoreError;
use crate::size::SizeEstimate;
use crate::text::Span;

pub(super) use assemble::{ReportOnContext, ignore_name, refuse, report};
pub use condense::condense_context;

/// What is known of the build context.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedContext {
    /// The project that is assumed; `None` where the input brought a context.
    pub assumed: Option<AssumedContext>,
    /// The file name of the ignore file in force, or of the one that a build would look for:
    /// `Dockerfile.dockerignore` where the context has it, which then wins over `.dockerignore`.
    pub ignore_name: String,
    /// Why the numbers are only approximate and what to do about it, as sentences: the context came
    /// summed up for another ignore file or other sources. `None` where they are not.
    pub approximate: Option<String>,
    /// Files, links included.
    pub files: u64,
    /// Their bytes; a lower bound where the size of some is not known.
    pub bytes: SizeEstimate,
    /// Files that the ignore file leaves in.
    pub sent_files: u64,
    /// Their bytes.
    pub sent_bytes: SizeEstimate,
    /// Files that the builder asks for: of those sent what the `COPY`s, `ADD`s and mounts of
    /// needed stages name, before `--exclude`. A first build prints them as "transferring
    /// context"; a later one asks for what changed.
    pub requested_files: u64,
    /// Their bytes.
    pub requested_bytes: SizeEstimate,
    /// What becomes of each entry of the context's `files`, in their order. Empty where the
    /// builder refuses the ignore file.
    pub verdicts: Vec<Verdict>,
    /// The patterns of the ignore file, in order.
    pub patterns: Vec<ReportedPattern>,
    /// Lines of the ignore file that the builder refuses; it then refuses the build.
    pub ignore_errors: Vec<IgnoreError>,
    /// Every `COPY`, `ADD` and bind mount, in the order of the text.
    pub copies: Vec<ReportedCopy>,
    /// An ignore file to begin with; `None` where it would leave nothing more out.
    pub starter: Option<StarterIgnore>,
}

/// A typical project, guessed from the Dockerfile and the ignore file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AssumedContext {
    /// What kind of project, such as `Node.js`.
    pub title: String,
    /// One sentence saying from what it was guessed.
    pub why: String,
    /// Its files.
    pub context: BuildContext,
}

/// What becomes of one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Verdict {
    /// Whether it is sent to the builder.
    pub sent: bool,
    /// The pattern that decided it, as an index into [`ReportedContext::patterns`]; `None` where
    /// no pattern touches it.
    pub pattern: Option<u32>,
}

/// A pattern of the ignore file and its effect.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedPattern {
    /// Its line in the ignore file, from 1.
    pub line: u32,
    /// Its place in the ignore file.
    pub span: Span,
    /// As written.
    pub text: String,
    /// Whether it is an exception (`!…`).
    pub exception: bool,
    /// Files it decided: left out, or brought back by an exception.
    pub files: u64,
    /// Their bytes.
    pub bytes: SizeEstimate,
    /// What is doubtful about it.
    pub concern: Option<PatternConcern>,
}

/// Why a pattern may not do what its author wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum PatternConcern {
    /// No path of the context matches it.
    MatchesNothing,
    /// It matches, but another line decides for every path it matches: a later one that takes it
    /// back, or an earlier one that already does the same.
    Overruled {
        /// The line that decides, from 1.
        line: u32,
    },
    /// An exception for paths that no line leaves out.
    NothingToBringBack,
    /// ` #` and what follows is part of the pattern, not a comment.
    TrailingComment,
    /// It matches at the root only, and folders below hold the same name.
    OnlyAtRoot {
        /// Files below folders that it misses.
        files: u64,
        /// Their bytes.
        bytes: SizeEstimate,
        /// The first of the paths it misses.
        example: String,
        /// The pattern that would match them too.
        instead: String,
    },
}

/// Where a `COPY` takes files from.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum CopyOrigin {
    /// The build context.
    Context,
    /// An earlier stage.
    Stage(usize),
    /// An image.
    Image(String),
    /// Nothing that could be worked out, or `scratch`.
    Nothing,
}

/// A `COPY`, an `ADD` or a `RUN --mount=type=bind` and what reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedCopy {
    /// Line of its instruction.
    pub line: u32,
    /// Its stage.
    pub stage: usize,
    /// Whether the target needs that stage.
    pub needed: bool,
    /// The instruction as written, on one line; as BuildKit prints it where a base image's
    /// trigger brought it.
    pub instruction: String,
    /// Whether it is a bind mount, which makes files visible and writes none.
    pub mount: bool,
    /// Where the files come from.
    pub from: CopyOrigin,
    /// Destination, absolute.
    pub destination: String,
    /// Its sources, in order.
    pub sources: Vec<ReportedSource>,
    /// Files it takes from the context, each once.
    pub files: u64,
    /// Their bytes; unknown where they do not come from the context.
    pub bytes: SizeEstimate,
    /// The heaviest folders and single files it takes, heaviest first, at most eight.
    pub largest: Vec<ReportedFolder>,
}

/// One source of a `COPY`.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedSource {
    /// As written, after expansion.
    pub text: String,
    /// Files it takes.
    pub files: u64,
    /// Their bytes.
    pub bytes: SizeEstimate,
    /// Why it takes nothing, as a sentence; `None` where it takes something or cannot be known.
    pub missing: Option<String>,
}

/// A folder or file with what it weighs.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedFolder {
    /// Its path in the context.
    pub path: String,
    /// Files in it, itself where it is one.
    pub files: u64,
    /// Their bytes.
    pub bytes: SizeEstimate,
}

/// An ignore file for the kind of project at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct StarterIgnore {
    /// The kinds of project it is for, such as `Node.js`.
    pub title: String,
    /// The whole text to write; what the person already has stands first, unchanged.
    pub text: String,
    /// Files it leaves out beyond those left out today.
    pub files: u64,
    /// Their bytes.
    pub bytes: SizeEstimate,
}

#[cfg(test)]
mod tests;
