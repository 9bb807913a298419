//! A better order of a Dockerfile's lines, for its own files.

use super::prepare;
use crate::cache::reorder::{self, Files, Moves, ReadText};
use crate::dockerignore;
use crate::plan::BuildOptions;
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
    let found = ask(input, reorder::propose)??;
    let dockerfile = apply_edits(&input.dockerfile, &found.edits).ok()?;
    let ignore = input.dockerignore.as_deref().unwrap_or_default();
    let dockerignore = match found.ignore.is_empty() {
        true => None,
        false => Some(apply_edits(ignore, &[dockerignore::add_lines(ignore, &found.ignore)]).ok()?),
    };
    let (moves, conditions) = (found.moves, found.conditions);
    Some(ProposedOrder { moves, conditions, edits: found.edits, dockerfile, dockerignore })
}

/// The same order by what is moved.
#[must_use]
pub fn find_moves(input: &Input) -> Moves {
    ask(input, reorder::propose_by_kind).unwrap_or_default()
}

/// Asks for an order; `None` where the builder refuses the ignore file.
fn ask<Found>(
    input: &Input,
    question: impl FnOnce(ReadText<'_>, &BuildOptions, Files<'_>) -> Found,
) -> Option<Found> {
    let (side, _) = prepare::read_before(input);
    let sent = side.sent()?;
    let errors = side.syntax_errors.len() + side.plan_errors.len();
    let (dockerfile, plan) = (&side.dockerfile, &side.plan);
    let read = ReadText { text: side.text, dockerfile, plan, errors };
    let are_known = input.context.is_some();
    let files = Files { sent: &sent, context: &side.context, are_known };
    Some(question(read, &input.options, files))
}
