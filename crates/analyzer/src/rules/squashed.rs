//! Layers squashed into one.

use super::{Concern, Example, Finding, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    id: "squashed",
    title: "Do not squash layers: build in stages instead",
    aliases: &[],
    why: "A squashed image is one layer that shares nothing: each change transfers all of it again, \
          and the base that other images have is pulled once more. `--squash` was an experiment of \
          the older builder; stages take off the same bytes and keep the layers.",
    source: "https://docs.docker.com/reference/cli/docker/build-legacy/#squash (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Cache,
    examples: &[
        Example::new(
            "# docker build --squash -t app .\nFROM debian:12-slim\nCOPY app /\n",
            "# docker build -t app .\nFROM debian:12-slim\nCOPY app /\n",
        ),
        Example::new(
            "FROM debian:12-slim\n# Then: docker-squash app:latest\nCOPY app /\n",
            "# We do not use --squash, since layers are shared.\nFROM debian:12-slim\nCOPY app /\n",
        ),
    ],
    check,
};

/// Words of comments that speak against it.
const DENIALS: [&str; 7] = ["not ", "n't", "never", "no ", "without", "instead", "avoid"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for comment in &subject.dockerfile.comments {
        let text = comment.slice(subject.text()).to_ascii_lowercase();
        let names = ["--squash", "docker-squash"].iter().any(|name| text.contains(name));
        if names && !DENIALS.iter().any(|word| text.contains(word)) {
            let message = "Squashing makes one layer that no other image shares and every change transfers whole: leave it, and keep what is not needed in an earlier stage.";
            findings.push(Finding::new(*comment, message));
        }
    }
    findings
}
