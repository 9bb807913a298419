//! Have the program that the health check runs.

use super::origin::{Origin, origin};
use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject, programs};
use crate::dockerfile::{Command, InstructionKind};

pub(super) static RULE: Rule = Rule {
    id: "health-tool-missing",
    title: "Have the program that the health check runs",
    aliases: &[],
    why: "A health check whose program is not in the image fails each time, and the container counts as unhealthy. Slim images of Debian have neither curl nor wget; Alpine has a wget and no curl.",
    source: "https://docs.docker.com/reference/dockerfile/#healthcheck (2026-11)",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM node:22-slim\nHEALTHCHECK CMD curl -f http://localhost/\n",
            "FROM node:22-slim\nRUN apt-get update && apt-get install -y curl\nHEALTHCHECK CMD curl -f http://localhost/\n",
        ),
        Example::new(
            "FROM alpine:3.22\nHEALTHCHECK CMD [\"curl\", \"-f\", \"http://localhost/\"]\n",
            "FROM alpine:3.22\nHEALTHCHECK CMD wget -q http://localhost/\n",
        ),
        Example::new(
            "FROM scratch\nHEALTHCHECK CMD [\"/curl\", \"a\"]\nHEALTHCHECK CMD wget a\n",
            "FROM node:22\nHEALTHCHECK CMD curl a\nFROM debian:12\nRUN /install.sh curl\nHEALTHCHECK CMD curl a\nFROM python:3.12-slim\nCOPY --from=x /usr/bin/curl /usr/bin/curl\nHEALTHCHECK CMD curl a\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((target, _)) = subject.target() else { return Vec::new() };
    let mut findings = Vec::new();
    let named = ["curl", "wget"].map(|program| (program, is_named(subject, program)));
    for (_, instruction) in subject.instructions_of(target) {
        let InstructionKind::Healthcheck(Some(command)) = &instruction.kind else { continue };
        let program = match command {
            Command::Shell(text) => text.text.split_whitespace().next(),
            Command::Exec(words, _) => words.first().map(String::as_str),
        };
        let Some(program @ ("curl" | "wget")) = program else { continue };
        if lacks(&origin(subject, target), program) && !named.contains(&(program, true)) {
            let message = format!(
                "Nothing here brings `{program}` into the image, and the base does not have it: install it, or let the app check itself."
            );
            findings.push(Finding::new(instruction.span, message).unsure(Confidence::Likely));
        }
    }
    findings
}

/// Whether a base is known to lack a program.
fn lacks(origin: &Origin<'_>, program: &str) -> bool {
    match origin {
        Origin::Scratch => true,
        Origin::Image(reference, Some(_)) => programs::lacks(reference, program),
        Origin::Image(_, None) | Origin::Unknown => false,
    }
}

/// Whether anything that writes files names the program.
fn is_named(subject: &Subject<'_>, program: &str) -> bool {
    let mut own = subject.final_chain().iter().flat_map(|stage| subject.instructions_of(*stage));
    own.any(|(_, it)| {
        let writes = matches!(
            it.kind,
            InstructionKind::Run(_) | InstructionKind::Copy(_) | InstructionKind::Add(_)
        );
        writes && it.span.slice(subject.text()).contains(program)
    })
}
