//! A large context made small enough for a link, with every number of its report unchanged.

use std::collections::HashMap;

use super::assemble::Applied;
use crate::context::{KnownContext, summarize};
use crate::dockerfile;
use crate::plan::{self, CopySource, MountKind, StepKind};
use crate::report::Input;
use crate::simulate::SentContext;
use crate::simulate::copy::{MatchedSource, Presence, select, select_mount};

/// The context of `input` in at most about `most` entries: files of one folder that share what
/// becomes of them, by the same pattern, and are taken by the same `COPY`s, stand as one.
///
/// An analysis of the same Dockerfile and ignore file counts the same files and bytes: sent, by
/// pattern, and for each source of each `COPY`. `None` where the input brought no context.
#[must_use]
pub fn condense_context(input: &Input, most: usize) -> Option<KnownContext> {
    let known = input.context.as_deref()?;
    if known.context.files.len() <= most {
        return Some(known.clone());
    }
    let (dockerfile, _) = dockerfile::parse(&input.dockerfile);
    let (plan, _) = plan::plan(&dockerfile, &input.options);
    let applied = Applied::new(&known.context, input.dockerignore.as_deref().unwrap_or_default());
    let paths = known.context.files.keys().map(String::as_str);
    let decided = applied.decisions().iter().map(|decision| {
        let pattern = decision.pattern.map_or(0, |index| index as u64 + 1);
        mix(u64::from(decision.excluded), pattern)
    });
    let mut groups: HashMap<&str, u64> = paths.zip(decided.chain(std::iter::repeat(0))).collect();
    let sent = applied.sent();
    if let Some(sent) = &sent {
        let steps = plan.graph.stages.iter().flat_map(|stage| &stage.steps);
        let mut number = 0;
        for matched in steps.flat_map(|step| matches_of(sent, &step.kind)) {
            number += 1;
            for path in &matched.paths {
                if let Some(group) = groups.get_mut(path) {
                    *group = mix(*group, number);
                }
            }
        }
    }
    let group = |path: &str| groups.get(path).copied().unwrap_or(0);
    let context = summarize(&known.context, group, most);
    Some(KnownContext { origin: known.origin.clone(), context })
}

/// What a step takes from the context.
fn matches_of<'tree>(sent: &'tree SentContext<'_>, step: &StepKind) -> Vec<MatchedSource<'tree>> {
    let selections = match step {
        StepKind::Copy(copy) if copy.from == CopySource::Context => {
            select(sent, copy, &|_| Presence::Unknown)
        }
        StepKind::Run { mounts, .. } => {
            let binds = mounts
                .iter()
                .filter(|mount| mount.kind == MountKind::Bind && mount.from == CopySource::Context);
            binds.map(|mount| select_mount(sent, mount)).collect()
        }
        _ => Vec::new(),
    };
    selections.into_iter().flat_map(|selection| selection.matches).collect()
}

/// Two numbers as one that no other pair is likely to give
/// (the finalizer of <https://prng.di.unimi.it/splitmix64.c>, 2015).
fn mix(one: u64, other: u64) -> u64 {
    let mut mixed = one.rotate_left(23) ^ other.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ (mixed >> 31)
}
