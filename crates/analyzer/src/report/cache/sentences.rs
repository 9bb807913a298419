//! Why a step is built, in one sentence.

use super::assemble::Lines;
use crate::cache::{CacheOutcome, CachedStep, PartKind};
use crate::plan::BuildPlan;

/// The most files that a sentence names.
const MOST_NAMED: usize = 3;

/// The sentence for one step. `None` where it is simply cached.
pub(super) fn reason(step: &CachedStep, plan: &BuildPlan, lines: &Lines<'_>) -> Option<String> {
    if let Some(twin) = step.shared_with
        && step.outcome != CacheOutcome::Cached
    {
        let line = (lines.step)(twin);
        return Some(format!("It is the same step as in line {line} and is done once for both."));
    }
    match step.outcome {
        CacheOutcome::NotNeeded => {
            let is_needed = plan.graph.reachable().get(step.stage) == Some(&true);
            Some(match is_needed {
                true => "Nothing that is rebuilt needs it.".to_owned(),
                false => "The target does not need its stage.".to_owned(),
            })
        }
        CacheOutcome::Depends => Some(depends(&step.depends_on)),
        CacheOutcome::Rebuilt => step.difference.as_ref().map(|difference| {
            match difference.cause.filter(|_| difference.kind == PartKind::Parent) {
                Some(cause) => match lines.image.get(&cause) {
                    Some(line) => format!(
                        "The image in line {line} is another, so that every step on it is rebuilt."
                    ),
                    None => format!(
                        "Line {} is rebuilt, and with it every step that stands on it.",
                        (lines.step)(cause)
                    ),
                },
                None => difference.detail.clone(),
            }
        }),
        CacheOutcome::Cached => match step.merge {
            Some(CacheOutcome::Rebuilt) => Some(
                "Its layer is kept and put anew on the layers below, which takes no time."
                    .to_owned(),
            ),
            Some(CacheOutcome::Depends) => Some(format!(
                "Its layer is kept. It is put anew on those below, unless {} out byte for byte the \
                 same.",
                list(&step.depends_on, "comes", "come")
            )),
            _ => None,
        },
    }
}

fn depends(files: &[String]) -> String {
    format!("Cached if {} out byte for byte the same, else rebuilt.", list(files, "comes", "come"))
}

/// `/a`, `/b` and `/c` with the verb that fits.
fn list(files: &[String], one: &str, several: &str) -> String {
    let named: Vec<String> =
        files.iter().take(MOST_NAMED).map(|file| format!("`{file}`")).collect();
    let more = files.len().saturating_sub(MOST_NAMED);
    match named.split_last() {
        None => format!("what it takes {one}"),
        Some((only, [])) => format!("{only} {one}"),
        Some(_) if more > 0 => format!("{} and {more} more {several}", named.join(", ")),
        Some((last, rest)) => format!("{} and {last} {several}", rest.join(", ")),
    }
}
