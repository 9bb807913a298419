//! End with a user that is not root.

use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;

pub(super) static RULE: Rule = Rule {
    id: "root-at-last",
    title: "End with a user that is not root",
    aliases: &["DL3002"],
    why: "The program then runs as root: whoever breaks out of it owns the container and every volume in it. Root is for installing; switch back below that.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3002.hs",
    severity: Severity::Warning,
    concern: Concern::Security,
    examples: &[
        Example::new(
            "FROM node:22\nUSER root\nRUN make\nCMD [\"a\"]\n",
            "FROM node:22\nUSER root\nRUN make\nUSER node\nCMD [\"a\"]\n",
        ),
        Example::new(
            "FROM debian:12 AS a\nUSER 0:0\nFROM a\nCMD [\"a\"]\n",
            "FROM debian:12 AS a\nUSER root\nRUN make\nFROM debian:12\nUSER 10001:0\nCOPY --from=a /b /b\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let stages = subject.final_chain().iter();
    let mut own = stages.flat_map(|stage| {
        let users = subject.instructions_of(*stage).filter_map(|(_, it)| match &it.kind {
            InstructionKind::User(user) => Some(user),
            _ => None,
        });
        users.collect::<Vec<_>>().into_iter().rev()
    });
    let Some(user) = own.next() else { return Vec::new() };
    let name = user.text.split(':').next().unwrap_or_default().trim_matches('"');
    if name != "root" && name != "0" {
        return Vec::new();
    }
    let message = format!(
        "The last USER is `{}`, so the container runs as root: write another USER below what needs root.",
        user.text
    );
    vec![Finding::new(user.span, message)]
}
