//! A token in the address that Git clones from.

use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    id: "token-in-address",
    title: "Clone with a token that the clone does not keep",
    aliases: &[],
    why: "`git clone` writes the address that it is given into `.git/config` of the clone, with the \
          user and the token in it, where everybody who has the layer can read them: also a token that \
          came by a secret mount.",
    source: "https://docs.docker.com/build/building/secrets/#git-authentication-for-remote-contexts (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Security,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN git clone https://x:${TOKEN}@example.org/a.git /a\n",
            "FROM debian:12\nRUN git clone https://x:${TOKEN}@example.org/a.git /a && rm -rf /a/.git\nRUN git clone https://git@example.org/a.git https://${HOST}/a\n",
        ),
        Example::new(
            "FROM debian:12\nRUN git remote set-url origin https://${TOKEN}@example.org/a.git\n",
            "FROM debian:12\nRUN git clone https://${TOKEN}@example.org/a.git && git -C a remote set-url origin https://example.org/a.git\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in subject.runs().iter().filter(|run| subject.is_needed(run.stage)) {
        let removes = run.commands.iter().any(|it| {
            let mut words = it.line.words().map(|word| word.trim_end_matches('/'));
            match it.line.program_name() {
                "rm" => words.any(|word| word.ends_with(".git")),
                // The clone gets another address, or none.
                "git" => {
                    let text = it.span.slice(subject.text());
                    words.any(|word| matches!(word, "set-url" | "remove"))
                        && !text.split_whitespace().any(holds_token)
                }
                _ => false,
            }
        });
        for command in run.commands.iter().filter(|it| it.line.program_name() == "git") {
            let is_clone =
                command.line.words().any(|word| matches!(word, "clone" | "add" | "set-url"));
            let text = command.span.slice(subject.text());
            if is_clone && !removes && text.split_whitespace().any(holds_token) {
                let message = "The clone keeps this address with its token in `.git/config`, and the layer with it: give the token by `RUN --mount=type=secret` to `git -c http.extraHeader=…`, or `ADD` the repository, with the secret GIT_AUTH_TOKEN.";
                findings.push(Finding::new(command.span, message).unsure(Confidence::Likely));
            }
        }
    }
    findings
}

/// Whether a word is an address with a variable where the password, or a token alone, stands.
fn holds_token(word: &str) -> bool {
    let rest = word.split_once("https://").or_else(|| word.split_once("http://"));
    let login = rest.and_then(|(_, rest)| rest.split('/').next()?.rsplit_once('@'));
    login.is_some_and(|(login, _)| login.rsplit(':').next().is_some_and(|it| it.starts_with('$')))
}
