//! Use WORKDIR to change the folder for what follows.

use super::origin::in_case;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{Command, InstructionKind};

pub(super) static RULE: Rule = Rule {
    id: "lost-cd",
    title: "Use WORKDIR to change the folder for what follows",
    aliases: &["DL3003"],
    why: "Each RUN starts in the working directory again, so that `RUN cd …` alone does nothing. Within one RUN `cd` is fine, though hadolint minds it.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3003.hs",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN cd /app\nRUN make\n",
            "FROM debian:12\nWORKDIR /app\nRUN make\n",
        ),
        Example::new("from debian:12\nrun cd app\n", "from debian:12\nworkdir app\n"),
        Example::new("FROM debian:12\nRUN cd $X\n", "FROM debian:12\nRUN cd /app && make\n"),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let alone = subject.instructions().filter_map(|(_, instruction, _)| {
        let InstructionKind::Run(Command::Shell(text)) = &instruction.kind else { return None };
        let folder = text.text.trim().strip_prefix("cd ")?.trim();
        let is_one =
            !folder.is_empty() && !folder.contains([' ', '&', ';', '|', '\t', '(', '`', '<']);
        is_one.then_some((instruction, folder))
    });
    alone
        .map(|(instruction, folder)| {
            let message = format!(
                "This `cd` ends with its RUN and changes nothing: write `WORKDIR {folder}`."
            );
            let is_plain =
                !folder.contains(['$', '~', '"', '\'', '-', '*']) && instruction.flags.is_empty();
            let line = format!("{} {folder}", in_case(instruction, "WORKDIR"));
            let fix = is_plain.then(|| {
                let risk = "What stands below runs in that folder, and so does the container.";
                Fix::with_risks(
                    "Write WORKDIR",
                    vec![edits::replace(instruction.span, line)],
                    [risk],
                )
            });
            Finding::new(instruction.span, message).mended_by(fix)
        })
        .collect()
}
