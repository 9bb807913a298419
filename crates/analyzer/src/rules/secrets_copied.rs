//! Secrets of the build context that become part of the image.

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, arriving};
use crate::context::is_within;
use crate::plan::{CopyStep, SourceForm};

pub(super) static RULE: Rule = Rule {
    id: "secrets-copied",
    title: "Keep keys and settings with secrets out of the image",
    aliases: &[],
    why: "Who can pull an image can read every file of every layer, those that a later step removes \
          too. What a build needs of secrets it gets with RUN --mount=type=secret, and a program gets \
          its own when it starts.",
    source: "https://docs.docker.com/build/building/secrets/ (2026-11)",
    severity: Severity::Error,
    concern: Concern::Security,
    examples: &[
        Example {
            listing: "90 .env\n90 .env.example\n900 main.js\n",
            dockerignore: Some("node_modules"),
            good_dockerignore: Some("node_modules\n**/.env\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
        Example {
            listing: "90 keys/id_rsa\n90 keys/id_rsa.pub\n90 test/server.key\n900 main.js\n",
            dockerignore: Some("# none\r\n"),
            good_dockerignore: Some("# none\r\nkeys/id_rsa\r\n"),
            ..Example::new(
                "FROM node:22\nCOPY keys main.js ./\n",
                "FROM node:22\nCOPY keys main.js ./\n",
            )
        },
        // To leave out what is named would break the COPY.
        Example::new(
            "FROM node:22\nCOPY .npmrc id_rsa ./\nRUN npm ci\n",
            "FROM node:22\nCOPY .npmrc ./\nRUN --mount=type=secret,id=key,target=/root/.ssh/id_rsa npm ci\n",
        ),
        Example::new(
            "FROM node:22\nCOPY .git .git\n",
            "FROM node:22 AS build\nCOPY .git .git\nFROM node:22\nCOPY --from=build /version /\n",
        ),
        Example::new(
            "FROM node:22\nCOPY secrets/service-account.json /app/\n",
            "FROM node:22\nCOPY test/service-account.json config/app.json /app/\n",
        ),
        // What a stage holds that does not become the image stays with the builder.
        Example {
            listing: "90 .env\n900 main.js\n",
            good_dockerignore: Some("**/.env\n"),
            ..Example::new("FROM node:22\nCOPY . .\n", "FROM node:22\nCOPY . .\n")
        },
    ],
    check,
};

/// Folders whose keys are made up.
const MADE_UP: &[&str] = &[
    "test",
    "tests",
    "testdata",
    "spec",
    "fixtures",
    "__tests__",
    "example",
    "examples",
    "node_modules",
    "vendor",
    "docs",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let is_final = |index: usize| {
        let stage = subject.plan.stage_of_instruction.get(index).copied().flatten();
        stage.is_some_and(|stage| subject.is_final(stage))
    };
    let mut findings = named(subject, &is_final);
    let arrivals = arriving::arrivals(subject);
    let is_found = |it: &&arriving::Arrival<'_>| {
        is_final(it.copy) && is_secret(it.path) && !is_named(subject, it.copy, it.path)
    };
    let secrets: Vec<_> = arrivals.iter().filter(is_found).collect();
    let mut copies: Vec<usize> = secrets.iter().map(|it| it.copy).collect();
    copies.dedup();
    findings.extend(copies.into_iter().filter_map(|copy| {
        let own: Vec<&str> = secrets.iter().filter(|it| it.copy == copy).map(|it| it.path).collect();
        let shown = describe(&own);
        let is_read = own.iter().any(|path| arriving::is_mentioned(subject, path));
        let instead = match is_read {
            true => "give them to the container when it starts, and to a step with RUN --mount=type=secret",
            false => "leave them out with the ignore file",
        };
        let (them, instead) = match own.len() {
            1 => ("it", instead.replace("them", "it")),
            _ => ("them", instead.to_owned()),
        };
        let message = format!(
            "This copies {shown} into the image, where everybody who can pull it reads {them}; {instead}."
        );
        let mut lines: Vec<&str> = own.iter().map(|path| pattern(path)).collect();
        lines.dedup();
        let risk = "A program that reads the file from its image must be given it when it starts.";
        let fix = (!is_read).then(|| Fix {
            ignore_edits: vec![arriving::add_secrets(subject, &lines)],
            ..Fix::with_risks(format!("Ignore {shown}"), Vec::new(), [risk])
        });
        let instruction = subject.dockerfile.instructions.get(copy)?;
        let finding = Finding::new(instruction.span, message).unsure(Confidence::Likely);
        Some(finding.mended_by(fix))
    }));
    findings
}

/// The first three of some paths, in words.
fn describe(paths: &[&str]) -> String {
    let shown = paths.iter().take(3).copied().collect::<Vec<_>>().join(", ");
    let rest = if paths.len() > 3 { " and others" } else { "" };
    format!("{shown}{rest}")
}

/// What `COPY`s name outright: to leave it out of the context would break them.
fn named(subject: &Subject<'_>, is_final: &dyn Fn(usize) -> bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, copy) in arriving::copies(subject).filter(|(index, _)| is_final(*index)) {
        let own: Vec<&str> = copy.sources.iter().map(String::as_str).collect();
        let own: Vec<&str> =
            own.into_iter().filter(|it| is_secret_source(subject, copy, it)).collect();
        let Some(instruction) = subject.dockerfile.instructions.get(index) else { continue };
        if own.is_empty() {
            continue;
        }
        let is_history = own.iter().all(|it| it.trim_matches(['.', '/']) == "git");
        let instead = match is_history {
            true => {
                "ask Git in a RUN --mount=type=bind,source=.git,target=.git, and write down its answer"
            }
            false if own.len() == 1 => {
                "give it to a step with RUN --mount=type=secret, and to the program when it starts"
            }
            false => {
                "give a step what it needs of them with RUN --mount=type=secret, and the program its own when it starts"
            }
        };
        let message = format!(
            "This copies {} into the image, where everybody who can pull it reads {}: {instead}.",
            describe(&own),
            match own.len() {
                _ if is_history => "all that ever was committed",
                1 => "it",
                _ => "them",
            },
        );
        findings.push(Finding::new(instruction.span, message).unsure(Confidence::Likely));
    }
    findings
}

/// Whether a source that a `COPY` names is a secret, a folder of secrets, or the history, which holds
/// all that ever was committed.
fn is_secret_source(subject: &Subject<'_>, copy: &CopyStep, source: &str) -> bool {
    let is_path = matches!(copy.form_of(source), SourceForm::Path);
    let path = source.trim_start_matches("./").trim_matches(['/', '*']);
    let name = path.rsplit('/').next().unwrap_or(path);
    let is_folder = matches!(name, ".git" | ".ssh" | ".aws" | ".gnupg" | ".kube");
    // Most files of settings hold no token; where one is spoken of, this is what it is for.
    let is_settings = matches!(name, ".npmrc" | ".pypirc" | ".yarnrc.yml" | ".git-credentials")
        && subject.text().to_ascii_lowercase().contains("token");
    is_path && (is_folder || is_settings || is_secret(path))
}

/// Whether a `COPY` names a path, or a folder of secrets that it lies in.
fn is_named(subject: &Subject<'_>, index: usize, path: &str) -> bool {
    let copy = arriving::copies(subject).find(|(own, _)| *own == index);
    copy.is_some_and(|(_, copy)| {
        let mut own = copy.sources.iter().filter(|it| is_secret_source(subject, copy, it));
        own.any(|source| {
            let folder = source.trim_start_matches("./").trim_matches('/');
            is_within(path, folder)
        })
    })
}

/// The line of an ignore file for a secret: settings lie in many folders, a key in one.
fn pattern(path: &str) -> &str {
    match path.rsplit('/').next().unwrap_or(path) {
        ".env" => "**/.env",
        ".env.local" => "**/.env.local",
        _ => path,
    }
}

/// Whether a path is that of a secret, by its name.
fn is_secret(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    if folders.split('/').any(|folder| MADE_UP.contains(&folder)) {
        return false;
    }
    let is_settings = name == ".env"
        || matches!(
            name,
            ".env.local" | ".env.production" | ".env.production.local" | ".netrc" | ".pgpass"
        );
    let is_key = matches!(name, "id_rsa" | "id_dsa" | "id_ecdsa" | "id_ed25519")
        || [".key", ".p12", ".pfx", ".jks", ".kdbx", ".tfstate"]
            .iter()
            .any(|end| name.ends_with(end))
        || name.ends_with(".pem") && (name.contains("key") || name.contains("priv"));
    let is_login = path.ends_with(".aws/credentials")
        || path.ends_with(".docker/config.json")
        || path.ends_with(".kube/config");
    let is_account = name.ends_with(".json")
        && ["service-account", "service_account", "serviceaccount", "credentials"]
            .iter()
            .any(|sign| name.contains(sign))
        || matches!(folders.split('/').next(), Some("secrets" | ".secrets"));
    is_settings || is_key || is_login || is_account
}
