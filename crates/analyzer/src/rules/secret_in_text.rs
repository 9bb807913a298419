//! Write no secret into the Dockerfile.

use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::Instruction;
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

/// How tokens of well-known services begin, and how many letters and digits follow at least.
const TOKENS: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "a key of AWS"),
    ("ASIA", 16, "a key of AWS"),
    ("ghp_", 36, "a token of GitHub"),
    ("gho_", 36, "a token of GitHub"),
    ("ghs_", 36, "a token of GitHub"),
    ("github_pat_", 40, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("npm_", 36, "a token of npm"),
    ("pypi-", 50, "a token of PyPI"),
    ("sk_live_", 24, "a key of Stripe"),
    ("xoxb-", 24, "a token of Slack"),
    ("xoxp-", 24, "a token of Slack"),
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    subject.instructions().filter_map(|(_, own, _)| about(subject, own)).collect()
}

fn about(subject: &Subject<'_>, instruction: &Instruction) -> Option<Finding> {
    let texts = instruction.heredocs.iter().map(|heredoc| heredoc.content.as_str());
    let mut texts = std::iter::once(instruction.text.as_str()).chain(texts);
    let (found, what) = texts.find_map(find)?;
    let whole = instruction.span.slice(subject.text());
    let at = whole.find(found).map(|at| instruction.span.start + at);
    let span = at.map_or(instruction.span, |at| Span::new(at, at + found.len()));
    let message = format!(
        "This looks like {what}, and everyone who has the file or the image can read it: revoke it, and use a secret mount."
    );
    Some(Finding::new(span, message).unsure(Confidence::Likely))
}

/// What a header gives for its `Authorization`, where it stands there itself.
fn authorization(text: &str) -> Option<&str> {
    let at = text.to_ascii_lowercase().find("authorization:")?;
    let rest = text.get(at + "authorization:".len()..)?.trim_start();
    let (kind, rest) = rest.split_once(' ')?;
    let value = rest.split([' ', '"', '\'', '\n', '\\']).next()?;
    let is_kind = ["bearer", "token", "basic"].iter().any(|it| kind.eq_ignore_ascii_case(it));
    let is_literal =
        value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+/=".contains(&byte));
    let has = |sort: fn(&u8) -> bool| value.bytes().any(|byte| sort(&byte));
    // Words such as `your-token-here` are no token.
    let is_mixed = has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    let is_random = is_mixed || has(u8::is_ascii_digit);
    (is_kind && is_literal && is_random && value.len() >= 8).then_some(value)
}

/// The first secret in a text, and what it is.
fn find(text: &str) -> Option<(&str, &'static str)> {
    if let Some(value) = authorization(text) {
        return Some((value, "the token of a header"));
    }
    if let Some(at) = text.find("PRIVATE KEY-----")
        && let Some(start) = text.get(..at).unwrap_or_default().rfind("-----BEGIN ")
        && at - start < 40
    {
        return Some((text.get(start..at + 16)?, "a private key"));
    }
    let is_part =
        |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '-');
    for word in text.split(|character| !is_part(character)) {
        let found = TOKENS.iter().find(|(start, length, _)| {
            let rest = word.strip_prefix(start).unwrap_or_default();
            rest.len() >= *length
                && rest.bytes().any(|byte| byte.is_ascii_digit())
                && !word.contains("EXAMPLE")
        });
        if let Some((_, _, what)) = found {
            return Some((word, what));
        }
    }
    text.split([' ', '\t', '\n', '"', '\''])
        .find_map(password)
        .map(|word| (word, "a password in an address"))
}

/// The password in `https://user:password@host`, where it stands there itself.
fn password(word: &str) -> Option<&str> {
    let rest = word.split_once("https://").or_else(|| word.split_once("http://"))?.1;
    let (login, _) = rest.split('/').next()?.rsplit_once('@')?;
    let (_, password) = login.split_once(':')?;
    let is_literal =
        password.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.%+=".contains(&byte));
    let is_filler = ["password", "pass", "secret", "token", "x-oauth-basic"]
        .iter()
        .any(|it| password.eq_ignore_ascii_case(it));
    (is_literal && password.len() > 5 && !is_filler).then_some(password)
}
