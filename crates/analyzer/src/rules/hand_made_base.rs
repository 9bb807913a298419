//! A runtime with its libraries carried onto `scratch` by hand.

use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::plan::{Base, CopySource, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "hand-made-base",
    title: "Leave bases of one's own to those who keep them up to date",
    aliases: &[],
    why: "An interpreter on scratch needs its C library, loader, certificates and user by hand, and \
          from then on somebody has to renew each of them. Alpine and distroless images are a few \
          megabytes larger and renewed by others.",
    source: "https://github.com/GoogleContainerTools/distroless (README, 2026-11)",
    severity: Severity::Advice,
    concern: Concern::Security,
    examples: &[Example::new(
        "FROM node:22-alpine AS node\nFROM scratch\nCOPY --from=node /usr/local/bin/node /node\nCOPY --from=node /lib/ld-musl-x86_64.so.1 /lib/\nCOPY app.js /\nENTRYPOINT [\"/node\", \"/app.js\"]\n",
        "FROM golang:1.26 AS build\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/\nCOPY --from=build /app /app\nENTRYPOINT [\"/app\"]\n",
    )],
    check,
};

/// Ends of paths of interpreters and loaders.
const PARTS: [&str; 8] = [
    "/bin/node",
    "/bin/python",
    "/bin/python3",
    "/bin/java",
    "/bin/ruby",
    "/bin/php",
    "/lib",
    "/lib64",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((_, target)) = subject.target().filter(|(_, it)| it.base == Base::Scratch) else {
        return Vec::new();
    };
    let is_part = |source: &String| {
        let path = source.trim_end_matches('/');
        PARTS.iter().any(|part| path.ends_with(part))
            || path.contains("/ld-musl")
            || path.contains("/ld-linux")
    };
    let carries = |kind: &StepKind| match kind {
        StepKind::Copy(copy) => {
            copy.from != CopySource::Context && copy.sources.iter().any(is_part)
        }
        _ => false,
    };
    let Some(step) = target.steps.iter().find(|step| carries(&step.kind)) else {
        return Vec::new();
    };
    let Some(copy) = subject.dockerfile.instructions.get(step.instruction) else {
        return Vec::new();
    };
    let message = "An interpreter or its C library is carried onto scratch by hand: start from its Alpine or distroless image, which others renew. For a few megabytes this is not worth it.";
    vec![Finding::new(copy.span, message).unsure(Confidence::Likely)]
}
