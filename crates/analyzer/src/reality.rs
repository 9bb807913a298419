//! Estimates held against what Docker itself says of a real build.
//!
//! [`read`] takes what people paste: `docker history`, as a table or as JSON, `docker image inspect`,
//! `dive --json`, or the log of a build. [`check()`] puts it beside the report, line by line, says which
//! assumption was off and by how much, and what to type so that the estimate follows the truth.

mod align;
mod check;
mod classic;
mod dive;
mod history;
mod inspect;
mod log;
mod sizes;
mod steps;
#[cfg(test)]
mod tests;
mod text;

pub use check::{CheckedLine, RealityCheck, TakenOver, Verdict, check};
pub use text::write_reality;

/// What was pasted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum EvidenceKind {
    /// `docker history`.
    History,
    /// `docker image inspect`.
    Inspect,
    /// `dive --json`.
    Dive,
    /// The log of a build: `--progress=plain`, `docker buildx history logs`.
    Log,
}

impl EvidenceKind {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::History => "docker history",
            Self::Inspect => "docker image inspect",
            Self::Dive => "dive --json",
            Self::Log => "the log of a build",
        }
    }
}

/// Bytes as they were printed: rounded ones may be a little more or less.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PrintedBytes {
    /// The number.
    pub bytes: u64,
    /// How far off it may be by rounding.
    pub rounding: u64,
}

impl PrintedBytes {
    /// Both together.
    #[must_use]
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            bytes: self.bytes.saturating_add(other.bytes),
            rounding: self.rounding.saturating_add(other.rounding),
        }
    }

    /// How many bytes another number may differ and be the same to a reader: the rounding of what was
    /// printed, half of the last of the three digits that are shown, and the few that an archive has
    /// for a folder.
    pub(crate) fn slack(self) -> u64 {
        self.rounding.max(self.bytes / 200).max(4_096)
    }
}

/// A layer, or an instruction without one, of a real image.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MeasuredLayer {
    /// What made it, as Docker writes it; cut off where [`MeasuredLayer::is_cut`].
    pub created_by: String,
    /// Whether the end of [`MeasuredLayer::created_by`] is missing.
    pub is_cut: bool,
    /// Its bytes, uncompressed.
    pub size: PrintedBytes,
}

/// A step of a real build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct MeasuredStep {
    /// The stage as the log names it: `build`, `stage-1`; empty where there is one stage only.
    pub stage: String,
    /// Its number in the stage, from 1.
    pub number: u32,
    /// The instruction as printed.
    pub instruction: String,
    /// Whether it came from the cache.
    pub cached: bool,
    /// How long it took; `None` where the log does not say.
    pub milliseconds: Option<u64>,
}

/// What was pasted, read.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Measured {
    /// What it is.
    pub kind: EvidenceKind,
    /// Layers, the lowest first; none in a log and in what `inspect` prints.
    pub layers: Vec<MeasuredLayer>,
    /// Steps in the order of the log.
    pub steps: Vec<MeasuredStep>,
    /// The whole image.
    pub image: Option<PrintedBytes>,
    /// Bytes that no container sees, where it was counted.
    pub wasted: Option<u64>,
    /// What was sent of the build context.
    pub sent: Option<PrintedBytes>,
}

/// Reads what was pasted.
///
/// # Errors
/// A sentence that says what can be read.
pub fn read(text: &str) -> Result<Measured, String> {
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let read = if start.starts_with(['{', '[']) {
        dive::read(start).or_else(|| inspect::read(start)).or_else(|| history::read_json(start))
    } else {
        history::read_table(text).or_else(|| log::read(text))
    };
    read.ok_or_else(|| {
        "This is none of what can be read here: paste all that `docker history IMAGE` prints, its \
         heading included (best with --no-trunc, or with --format json), `docker image inspect \
         IMAGE`, the file of `dive --json`, or the log of `docker build --progress=plain`."
            .to_owned()
    })
}
