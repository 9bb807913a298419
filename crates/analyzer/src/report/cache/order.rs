//! A better order of a Dockerfile's lines, for its own files.

use super::prepare;
use crate::cache::reorder::{self, Files, Kind, Reordering};
use crate::plan::StageIndex;
use crate::report::Input;
use crate::text::{Edit, apply_edits};

/// Another order of the lines, under which fewer steps are rebuilt.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ProposedOrder {
    /// What is moved, one sentence each.
    pub moves: Vec<String>,
    /// What has to be so for the image to stay the same, one sentence each.
    pub conditions: Vec<String>,
    /// What of the Dockerfile is replaced.
    pub edits: Vec<Edit>,
    /// The Dockerfile after that.
    pub dockerfile: String,
    /// The ignore file that goes with it, where it has to be another: what is installed before the
    /// files are copied must not be covered by them.
    pub dockerignore: Option<String>,
}

/// Proposes another order; `None` where nothing is to gain, or nothing is sure enough.
#[must_use]
pub fn propose_order(input: &Input) -> Option<ProposedOrder> {
    let (side, _) = prepare::read_before(input);
    let sent = side.sent()?;
    let are_known = input.context.is_some();
    let files = Files { sent: &sent, context: &side.context, are_known };
    let found = reorder::propose(&input.dockerfile, &input.options, files)?;
    let dockerfile = apply_edits(&input.dockerfile, &found.edits).ok()?;
    let ignore = input.dockerignore.clone().unwrap_or_default();
    let dockerignore = (!found.ignore.is_empty()).then(|| add_lines(ignore, &found.ignore));
    let (moves, conditions) = (found.moves, found.conditions);
    Some(ProposedOrder { moves, conditions, edits: found.edits, dockerfile, dockerignore })
}

/// The same order, as the lines of one kind that are moved, a stage each.
#[must_use]
pub fn find_moves(input: &Input, kind: Kind) -> Vec<(StageIndex, Reordering)> {
    let (side, _) = prepare::read_before(input);
    let Some(sent) = side.sent() else { return Vec::new() };
    let are_known = input.context.is_some();
    let files = Files { sent: &sent, context: &side.context, are_known };
    reorder::propose_by_stage(&input.dockerfile, &input.options, files, kind)
}

/// Adds lines to a text, with the line ends it has.
fn add_lines(mut text: String, lines: &[String]) -> String {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    for line in lines {
        if !text.is_empty() && !text.ends_with('\n') {
            text.push_str(end);
        }
        text.push_str(line);
        text.push_str(end);
    }
    text
}
