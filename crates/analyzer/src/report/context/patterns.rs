//! The patterns of the ignore file, each with its effect and what is doubtful about it.

use super::weigh::Scales;
use super::{PatternConcern, ReportedPattern};
use crate::dockerignore::{Dockerignore, Effects, Idle, IgnorePattern, PatternEffect};

/// Every pattern, in order.
pub(super) fn report(
    ignore: &Dockerignore,
    effects: Option<&Effects>,
    scales: &Scales<'_>,
) -> Vec<ReportedPattern> {
    let nothing = PatternEffect::default();
    let patterns = ignore.patterns.iter().enumerate();
    patterns
        .map(|(index, pattern)| {
            let effect = effects.and_then(|effects| effects.patterns.get(index));
            let decided = effects.into_iter().flat_map(|effects| {
                let entries = scales.entries().zip(&effects.decisions);
                let own = entries.filter(move |(_, decision)| decision.pattern == Some(index));
                own.map(|(entry, _)| entry)
            });
            let effect = effect.unwrap_or(&nothing);
            // Only an assumed project, which is small, is weighed file by file.
            let (files, bytes) = match scales.assumed {
                Some(_) => scales.weigh(decided),
                None => (effect.decided.files, scales.of_tally(effect.decided)),
            };
            ReportedPattern {
                line: pattern.line,
                span: pattern.span,
                text: pattern.text.clone(),
                exception: pattern.exception,
                files,
                bytes,
                concern: find_concern(ignore, pattern, effect, scales),
            }
        })
        .collect()
}

fn find_concern(
    ignore: &Dockerignore,
    pattern: &IgnorePattern,
    effect: &PatternEffect,
    scales: &Scales<'_>,
) -> Option<PatternConcern> {
    let has_comment = pattern.text.contains(" #") || pattern.text.contains("\t#");
    if has_comment && effect.decided.files == 0 {
        return Some(PatternConcern::TrailingComment);
    }
    if let Some(missed) = &effect.missed {
        return Some(PatternConcern::OnlyAtRoot {
            files: missed.files.files,
            bytes: scales.of_tally(missed.files),
            example: missed.example.clone(),
            instead: format!("**/{}", pattern.cleaned),
        });
    }
    match effect.idle? {
        Idle::MatchesNothing => Some(PatternConcern::MatchesNothing),
        Idle::NothingToBringBack => Some(PatternConcern::NothingToBringBack),
        Idle::Overruled(by) => {
            ignore.patterns.get(by).map(|by| PatternConcern::Overruled { line: by.line })
        }
    }
}
