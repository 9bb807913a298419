//! Write all keywords in the same case.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{InstructionKind, Word};

pub(super) static RULE: Rule = Rule {
    id: "instruction-casing",
    title: "Write all keywords in the same case",
    aliases: &["ConsistentInstructionCasing"],
    why: "Keywords are usually in upper case, which tells them from their arguments. What most of the file does is what the rest should do.",
    source: "https://docs.docker.com/reference/build-checks/consistent-instruction-casing/ (2026-11)",
    severity: Severity::Style,
    concern: Concern::Style,
    examples: &[
        Example::new(
            "FROM debian:12\nrun make\nCMD [\"a\"]\n",
            "FROM debian:12\nRUN make\nCMD [\"a\"]\n",
        ),
        Example::new(
            "from debian:12\nRun make\ncmd [\"a\"]\n",
            "from debian:12\nrun make\ncmd [\"a\"]\n",
        ),
        Example::new("arg a=1\nFROM debian:12\nEnv b=c\n", "arg a=1\nFROM debian:12\nENV b=c\n"),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    // An ARG above all stages is neither counted nor checked.
    let own = subject.instructions().filter(|(_, _, stage)| stage.is_some());
    let own = own.map(|(_, instruction, _)| instruction);
    let read = own.filter(|instruction| instruction.kind != InstructionKind::Unknown);
    let keywords: Vec<&Word> = read.map(|instruction| &instruction.keyword).collect();
    let is_lower = |word: &&&Word| word.text.bytes().all(|byte| byte.is_ascii_lowercase());
    let is_upper = |word: &&&Word| word.text.bytes().all(|byte| byte.is_ascii_uppercase());
    let lower = keywords.iter().filter(is_lower).count();
    let goes_lower = lower > keywords.iter().filter(is_upper).count();
    let odd =
        keywords.iter().filter(|word| !if goes_lower { is_lower(word) } else { is_upper(word) });
    let name = if goes_lower { "lower" } else { "upper" };
    odd.map(|word| {
        let wanted = match goes_lower {
            true => word.text.to_ascii_lowercase(),
            false => word.text.to_ascii_uppercase(),
        };
        let message = format!(
            "`{}` is not in {name} case as most keywords here: write `{wanted}`.",
            word.text
        );
        let fix = Fix::safe("Write keywords in one case", vec![edits::replace(word.span, wanted)]);
        Finding::new(word.span, message).mended_by(fix)
    })
    .collect()
}
