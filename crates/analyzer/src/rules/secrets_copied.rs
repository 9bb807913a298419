//! Secrets of the build context that become part of the image.

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, arriving};

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
    let arrivals = arriving::arrivals(subject);
    let secrets: Vec<_> =
        arrivals.iter().filter(|it| is_final(it.copy) && is_secret(it.path)).collect();
    let mut copies: Vec<usize> = secrets.iter().map(|it| it.copy).collect();
    copies.dedup();
    let findings = copies.into_iter().filter_map(|copy| {
        let own: Vec<&str> = secrets.iter().filter(|it| it.copy == copy).map(|it| it.path).collect();
        let shown = own.iter().take(3).copied().collect::<Vec<_>>().join(", ");
        let rest = if own.len() > 3 { " and others" } else { "" };
        let message = format!(
            "This copies {shown}{rest} into the image, where everybody who can pull it reads them; leave them out with the ignore file."
        );
        let mut lines: Vec<&str> = own.iter().map(|path| pattern(path)).collect();
        lines.dedup();
        let risk = "A program that reads the file from its image must be given it when it starts.";
        let fix = Fix {
            ignore_edits: vec![arriving::add_lines(subject, &lines)],
            ..Fix::with_risks(format!("Ignore {shown}{rest}"), Vec::new(), [risk])
        };
        let instruction = subject.dockerfile.instructions.get(copy)?;
        let finding = Finding::new(instruction.span, message).unsure(Confidence::Likely);
        Some(finding.mended_by(fix))
    });
    findings.collect()
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
    is_settings || is_key || is_login
}
