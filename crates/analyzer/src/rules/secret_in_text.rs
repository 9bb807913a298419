//! Write no secret into the Dockerfile.

use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::Instruction;
use crate::secrets::find_shapes;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "secret-in-text",
    title: "Write no secret into the Dockerfile",
    aliases: &[],
    why: "Who has the repository or the image can read it: what RUN, ENV and ARG say stays in the image's history. Take it back where it was issued, and give the next one by `RUN --mount=type=secret`.",
    source: "https://docs.docker.com/build/building/secrets/ (2026-11)",
    severity: Severity::Error,
    concern: Concern::Security,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN git clone https://jo:Zm9vYmFyYmF6@example.org/a.git\n",
            "FROM debian:12\nRUN git clone https://jo:$TOKEN@example.org/a.git https://git@example.org/a\n",
        ),
        Example::new(
            "FROM debian:12\nENV ID=AKIA2E0A8F3B1C9D7E6F\n",
            "FROM debian:12\nENV ID=AKIAIOSFODNN7EXAMPLE X=AKIA\n",
        ),
        Example::new(
            "FROM debian:12\nRUN curl -H 'Authorization: Bearer eyJhbGciOi' https://example.org/a\n",
            "FROM debian:12\nRUN curl -H \"Authorization: Bearer $TOKEN\" https://example.org/a\n",
        ),
        Example::new(
            "FROM debian:12\nCOPY <<EOF /k\n-----BEGIN RSA PRIVATE KEY-----\nEOF\n",
            "FROM debian:12\nRUN grep -q -e \"-----BEGIN CERTIFICATE-----\" a\n# ghp_0123456789012345678901234567890123456\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    subject.instructions().filter_map(|(_, own, _)| about(subject, own)).collect()
}

fn about(subject: &Subject<'_>, instruction: &Instruction) -> Option<Finding> {
    let texts = instruction.heredocs.iter().map(|heredoc| heredoc.content.as_str());
    let mut texts = std::iter::once(instruction.text.as_str()).chain(texts);
    let (found, what) = texts.find_map(|text| {
        let first = find_shapes(text).into_iter().next()?;
        // Of a key the first line is enough.
        first.span.slice(text).lines().next().map(|line| (line, first.what))
    })?;
    let whole = instruction.span.slice(subject.text());
    let at = whole.find(found).map(|at| instruction.span.start + at);
    let span = at.map_or(instruction.span, |at| Span::new(at, at + found.len()));
    let message = format!(
        "This looks like {what}, and everyone who has the file or the image can read it: revoke it, and use a secret mount."
    );
    Some(Finding::new(span, message).unsure(Confidence::Likely))
}
