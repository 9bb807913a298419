//! `COPY --from=stage / /`.

use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;

pub(super) static RULE: Rule = Rule {
    id: "whole-file-system-copied",
    title: "Copy the part that is needed, not the whole file system of a stage",
    aliases: &["DL3067"],
    why: "Everything of the other stage comes along: its distribution, compilers and caches, in one \
          layer that nothing shares and every change writes anew.",
    source: "https://github.com/hadolint/hadolint/blob/a99892edfaa8120bcc31037a0b6e0b55d50e3f0a/src/Hadolint/Rule/DL3067.hs (2026)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12 AS build\nRUN make\nFROM debian:12-slim\nCOPY --from=build / /\n",
            "FROM debian:12 AS build\nRUN make\nFROM debian:12-slim\nCOPY --from=build /usr/local/bin/app /usr/local/bin/\n",
        ),
        Example::new(
            "FROM alpine:3.22 AS files\nFROM scratch\ncopy --from=files [\"/\", \"/\"]\n",
            "FROM alpine:3.22 AS files\nFROM scratch\nCOPY --from=files / /srv/\nADD rootfs.tar.gz /\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (_, instruction, _) in subject.instructions() {
        let InstructionKind::Copy(copy) = &instruction.kind else { continue };
        let is_root = |text: &str| text.trim_matches(['"', '\'']) == "/";
        let from = instruction.flags.iter().find(|flag| flag.name == "from");
        let Some(from) = from.and_then(|flag| flag.value.as_deref()) else { continue };
        let copies_all = copy.sources.iter().any(|source| is_root(&source.text));
        if copies_all && is_root(&copy.destination.text) {
            let message = format!(
                "The whole file system of `{from}` is copied: name the folders that are needed, or start FROM it."
            );
            findings.push(Finding::new(instruction.span, message));
        }
    }
    findings
}
