//! Keep secrets out of ARG and ENV.

use super::{Concern, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::{InstructionKind, Word};
use crate::secrets::names_secret;

pub(super) static RULE: Rule = Rule {
    id: "secret-variable",
    title: "Keep secrets out of ARG and ENV",
    aliases: &["SecretsUsedInArgOrEnv", "DL3064"],
    why: "The value of an ENV is in the image for everyone who pulls it, that of an ARG in its history and in the build cache. A secret mount gives it to one command and leaves nothing behind. Names count, by word: a name with `PUBLIC`, `FILE` or `VERSION` in it is none of a secret.",
    source: "https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/ (2026-11)",
    severity: Severity::Error,
    concern: Concern::Security,
    examples: &[
        Example::new(
            "FROM node:22\nARG NPM_TOKEN\nRUN npm ci\n",
            "FROM node:22\nARG NPM_TOKEN_FILE\nRUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci\n",
        ),
        Example::new(
            "FROM node:22\nENV a=b AWS_SECRET_ACCESS_KEY=x\n",
            "FROM node:22\nENV SECRETS_FOLDER=/run/secrets MONKEY=1 PUBLIC_KEY=a\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // BuildKit looks at the arguments of stages alone, of which alone RUN sees anything.
    for (_, instruction, _) in subject.instructions().filter(|(_, _, stage)| stage.is_some()) {
        let names: Vec<&Word> = match &instruction.kind {
            InstructionKind::Env(pairs) => pairs.iter().map(|pair| &pair.name).collect(),
            InstructionKind::Arg(declared) => declared.iter().map(|it| &it.name).collect(),
            _ => continue,
        };
        let keyword = instruction.keyword.text.to_ascii_uppercase();
        findings.extend(names.into_iter().filter(|name| names_secret(&name.text)).map(|name| {
            let (text, lower) = (&name.text, name.text.to_ascii_lowercase());
            let message = match keyword.as_str() {
                "ENV" => format!(
                    "Everyone who has the image can read `{text}`: give it when the container starts, or to one RUN by `--mount=type=secret,id={lower},env={text}`."
                ),
                _ => format!(
                    "The value of `{text}` stays in the image's history: write `RUN --mount=type=secret,id={lower},env={text} …` where it is needed, and build with `--secret id={lower},env={text}`."
                ),
            };
            let finding = Finding::new(name.span, message);
            let is_told = TOLD_BY_HADOLINT.iter().any(|part| lower.contains(part));
            match is_told {
                true => finding,
                false => finding.known_as("SecretsUsedInArgOrEnv"),
            }
        }));
    }
    findings
}

/// Parts of names that hadolint minds. It minds `TOKENIZERS` and `USERNAME` too, which are no secrets.
const TOLD_BY_HADOLINT: &[&str] =
    &["api_key", "client_key", "password", "private", "secret", "token", "aws_access_key_id"];
