//! What a condensed context was condensed for: the patterns of the ignore file, and what each
//! `COPY` and bind mount asks the context for. While these stay, its sums are those of the whole.

use crate::dockerignore::Dockerignore;
use crate::plan::{BuildPlan, CopySource, MountKind, StepKind};

/// What is said of a condensed context once the texts have gone on.
pub(super) const APPROXIMATE: &str = "These files came summed up by folder, for the ignore file \
     and the COPYs of that time, which have changed since: what is sent and copied is approximate \
     now. Drop the folder itself to see exact numbers.";

/// A number that stays the same as long as nothing changes which files are told apart, by
/// [FNV-1a](https://datatracker.ietf.org/doc/html/draft-eastlake-fnv): links carry it.
pub(super) fn purpose_of(plan: &BuildPlan, ignore: &Dockerignore) -> u64 {
    let mut number = 0xCBF2_9CE4_8422_2325_u64;
    let mut add = |text: &str| {
        for byte in text.bytes().chain([0xFF]) {
            number = (number ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
        }
    };
    for pattern in &ignore.patterns {
        add(if pattern.exception { "!" } else { "" });
        add(&pattern.cleaned);
    }
    for step in plan.graph.stages.iter().flat_map(|stage| &stage.steps) {
        match &step.kind {
            StepKind::Copy(copy) if copy.from == CopySource::Context => {
                add(if copy.parents { "COPY --parents" } else { "COPY" });
                copy.sources.iter().for_each(|source| add(source));
                copy.excludes.iter().for_each(|pattern| add(pattern));
            }
            StepKind::Run { mounts, .. } => {
                let binds = mounts.iter().filter(|mount| {
                    mount.kind == MountKind::Bind && mount.from == CopySource::Context
                });
                binds.for_each(|mount| add(&mount.source));
            }
            _ => {}
        }
    }
    number
}
