//! Two inputs side by side: what became of the text, the image, its layers, and of rebuilds, and by
//! what cause.

mod causes;
mod layers;
mod lines;
mod markdown;
mod steps;
#[cfg(test)]
mod tests;
mod text;

pub use causes::ChangeCause;
pub use layers::{ComparedLayer, ComparedStage};
pub use lines::{DiffLine, DiffSide, diff as diff_lines};
pub use markdown::write_comparison_markdown;
pub use steps::{ComparedEdit, ComparedStep};
pub use text::{describe_change, write_comparison, write_diff};

use crate::report::{self, Input, Report};
use crate::size::SizeEstimate;

/// A size before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct SizeChange {
    /// Before.
    pub before: SizeEstimate,
    /// After.
    pub after: SizeEstimate,
}

impl SizeChange {
    /// The likely change in bytes: less is negative. `None` where one of them is not known.
    #[must_use]
    pub fn difference(&self) -> Option<i64> {
        Some(difference(self.before.likely()?.0, self.after.likely()?.0))
    }
}

/// Two inputs side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Comparison {
    /// The image, uncompressed.
    pub image: SizeChange,
    /// The image as a pull transfers it.
    pub compressed: SizeChange,
    /// Bytes of it that later layers hide.
    pub wasted: SizeChange,
    /// What is sent of the build context.
    pub sent: SizeChange,
    /// By what the image changed, the largest first. Together they are the change, where every
    /// size is known.
    pub causes: Vec<ChangeCause>,
    /// The layers of both images, those that are the same in one row.
    pub layers: Vec<ComparedLayer>,
    /// The stages of both, those of one name in one row.
    pub stages: Vec<ComparedStage>,
    /// The lines of both Dockerfiles.
    pub lines: Vec<DiffLine>,
    /// The lines of both ignore files; none where they are the same.
    pub ignore_lines: Vec<DiffLine>,
    /// The steps of both builds that write files, those that are the same in one row.
    pub steps: Vec<ComparedStep>,
    /// The usual edits that both know, and what becomes of each row of steps after them.
    pub edits: Vec<ComparedEdit>,
    /// How many refusals there are, before and after.
    pub errors: [u64; 2],
}

/// Compares two inputs.
#[must_use]
pub fn compare(before: &Input, after: &Input) -> Comparison {
    let [old, new] = [before, after].map(report::analyze);
    compare_reported([before, after], [&old, &new])
}

/// Compares two inputs of which the reports are there.
#[must_use]
pub fn compare_reported(inputs: [&Input; 2], reports: [&Report; 2]) -> Comparison {
    let ([before, after], [old, new]) = (inputs, reports);
    let change =
        |size: &dyn Fn(&Report) -> SizeEstimate| SizeChange { before: size(old), after: size(new) };
    let nothing = SizeEstimate::default;
    let ignores = [before, after].map(|input| input.dockerignore.as_deref().unwrap_or_default());
    let ignore_lines = lines::diff(ignores[0], ignores[1]);
    let layers = layers::align(old, new);
    let (steps, edits) = steps::compare_edits(before, after);
    Comparison {
        image: change(&|report| report.image_bytes.clone()),
        compressed: change(&|report| report.image_compressed.clone()),
        wasted: change(&|report| report.wasted.clone().unwrap_or_else(nothing)),
        sent: change(&|report| report.context.sent_bytes.clone()),
        causes: causes::list(&layers, old, new),
        stages: layers::align_stages(old, new),
        layers,
        lines: lines::diff(&before.dockerfile, &after.dockerfile),
        ignore_lines: if ignores[0] == ignores[1] { Vec::new() } else { ignore_lines },
        steps,
        edits,
        errors: reports.map(|report| count(report.errors.len())),
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// `after` less `before`.
fn difference(before: u64, after: u64) -> i64 {
    let signed = |bytes: u64| i64::try_from(bytes).unwrap_or(i64::MAX);
    signed(after).saturating_sub(signed(before))
}
