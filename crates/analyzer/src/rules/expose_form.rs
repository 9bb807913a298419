//! Write EXPOSE as `port` or `port/udp`.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{InstructionKind, Word};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "expose-form",
    title: "Write EXPOSE as `port` or `port/udp`",
    aliases: &["ExposeProtoCasing", "ExposeInvalidFormat"],
    why: "EXPOSE names ports of the container. An address or a port of the host in it has no effect and will be an error in a later release, and the protocol is written in lower case.",
    source: "https://docs.docker.com/reference/build-checks/expose-invalid-format/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new("FROM debian:12\nEXPOSE 8080:80\n", "FROM debian:12\nEXPOSE 80\n"),
        Example::new("FROM debian:12\nEXPOSE 53/UDP 80\n", "FROM debian:12\nEXPOSE 53/udp 80\n"),
        Example::new(
            "FROM debian:12\nEXPOSE [::1]:5000:5000/tcp\n",
            "FROM debian:12\nEXPOSE 5000/tcp\n",
        ),
        Example::new(
            "FROM debian:12\nARG P=1:2\nEXPOSE ${P:-3} 127.0.0.1:4:4\n",
            "FROM debian:12\nARG P=1:2\nEXPOSE ${P:-3} 4\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let words = subject.instructions().filter_map(|(_, instruction, _)| match &instruction.kind {
        InstructionKind::Expose(words) => Some(words),
        _ => None,
    });
    words.flatten().filter(|word| !word.text.contains(['$', '"', '\''])).flat_map(about).collect()
}

fn about(word: &Word) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (before, container) = match word.text.rsplit_once(':') {
        Some((before, container)) => (before, container),
        None => ("", word.text.as_str()),
    };
    let start = word.span.end.saturating_sub(container.len());
    if !before.is_empty() {
        let message = format!(
            "`{before}` has no effect in EXPOSE: write `{container}`, and publish the port with `docker run -p`."
        );
        let edit = edits::remove(Span::new(word.span.start, start));
        let fix = Fix::safe("Name the container's port alone", vec![edit]);
        let finding = Finding::new(word.span, message).mended_by(fix);
        findings.push(finding.known_as("ExposeInvalidFormat"));
    }
    if let Some((_, protocol)) = container.split_once('/')
        && protocol.bytes().any(|byte| byte.is_ascii_uppercase())
    {
        let span = Span::new(word.span.end - protocol.len(), word.span.end);
        let lower = protocol.to_ascii_lowercase();
        let message = format!("Write the protocol in lower case: `{lower}`.");
        let fix = Fix::safe("Write the protocol in lower case", vec![edits::replace(span, lower)]);
        let finding = Finding::new(span, message).mended_by(fix);
        findings.push(finding.known_as("ExposeProtoCasing"));
    }
    findings
}
