//! The history, installed packages, build output and databases that reach a `COPY`.

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, arriving};
use crate::dockerignore::Dockerignore;
use crate::packages::ActionKind;
use crate::report::describe_amount;
use crate::size::SizeEstimate;

pub(super) static RULE: Rule = Rule {
    id: "clutter-copied",
    title: "Leave out what the build makes itself or never reads",
    aliases: &[],
    why: "The history, packages that the build installs anyway, output that it makes again and local \
          databases are sent to the builder and copied, change with every commit or build of the \
          person's own, and may overwrite what the image installed.",
    source: "https://docs.docker.com/build/concepts/context/#dockerignore-files (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example {
            listing: "9000000 .git/objects/pack\n900 main.sh\n",
            dockerignore: Some("*.md\n"),
            good_dockerignore: Some("*.md\n.git\n"),
            ..Example::new("FROM debian:12\nCOPY . /srv\n", "FROM debian:12\nCOPY . /srv\n")
        },
        Example {
            listing: "9000000 web/node_modules/a.js\n900 web/package.json\n9 web/dist/a.js\n",
            dockerignore: Some("*.md"),
            good_dockerignore: Some("*.md\n**/node_modules\n"),
            ..Example::new(
                "FROM node:22\nCOPY web /web\nWORKDIR /web\nRUN npm ci\n",
                "FROM node:22\nCOPY web /web\nWORKDIR /web\nRUN npm ci\n",
            )
        },
        // Who asks Git needs the history, and what nobody makes is meant to be copied.
        Example {
            listing: "9000000 .git/objects/pack\n900 dist/a.js\n900 node_modules/a.js\n500 db.sqlite3\n",
            dockerignore: Some("*.md\n"),
            good_dockerignore: Some("*.md\n**/*.sqlite3\n"),
            ..Example::new(
                "FROM node:22\nCOPY . /srv\nRUN git describe > /version\n",
                "FROM node:22\nCOPY . /srv\nRUN git describe > /version\n",
            )
        },
    ],
    check,
};

/// When a kind is clutter.
#[derive(Clone, Copy, PartialEq, Eq)]
enum When {
    /// Unless a step asks Git.
    NoGit,
    /// Where a step of the stage does this with one of these managers.
    Does(ActionKind, &'static [&'static str]),
    /// Always.
    Ever,
}

const NODE: &[&str] = &["npm", "yarn", "pnpm", "bun"];
const PYTHON: &[&str] = &["pip", "uv", "poetry", "pipenv"];

/// Names of files and folders with what they are, the line that leaves them out, and when.
#[rustfmt::skip]
const KINDS: &[(&str, &str, &str, When)] = &[
    (".git", "the history", ".git", When::NoGit),
    ("node_modules", "installed packages", "**/node_modules", When::Does(ActionKind::Install, NODE)),
    (".venv", "an environment of Python", "**/.venv", When::Does(ActionKind::Install, PYTHON)),
    ("venv", "an environment of Python", "**/venv", When::Does(ActionKind::Install, PYTHON)),
    ("__pycache__", "compiled Python", "**/__pycache__", When::Ever),
    (".next", "build output", "**/.next", When::Does(ActionKind::Build, NODE)),
    ("target", "build output", "**/target", When::Does(ActionKind::Build, &["cargo", "maven"])),
    ("obj", "build output", "**/obj", When::Does(ActionKind::Build, &["dotnet"])),
    (".sqlite3", "a local database", "**/*.sqlite3", When::Ever),
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let text = subject.input.dockerignore.as_deref().unwrap_or_default();
    let (ignore, _) = Dockerignore::parse(text);
    // Where there is no ignore file, its lack is the finding.
    if ignore.patterns.is_empty() && subject.report.context.starter.is_some() {
        return Vec::new();
    }
    let arrivals = arriving::arrivals(subject);
    KINDS.iter().filter_map(|kind| find(subject, &arrivals, kind)).collect()
}

fn find(
    subject: &Subject<'_>,
    arrivals: &[arriving::Arrival<'_>],
    (name, what, line, when): &(&str, &str, &str, When),
) -> Option<Finding> {
    let is_it = |path: &str| match name.strip_prefix('.').filter(|_| line.starts_with("**/*.")) {
        Some(_) => path.ends_with(name),
        None => path.split('/').rev().skip(1).any(|folder| folder == *name),
    };
    let own: Vec<_> = arrivals.iter().filter(|it| is_it(it.path)).collect();
    let copy = own.first()?.copy;
    let stage = subject.plan.stage_of_instruction.get(copy).copied().flatten()?;
    let mut commands =
        subject.runs().iter().filter(|run| run.stage == stage).flat_map(|run| &run.commands);
    let is_clutter = match when {
        When::NoGit => commands.all(|it| it.line.program_name() != "git"),
        When::Does(kind, managers) => {
            commands.any(|it| managers.iter().any(|own| it.asks(own, *kind)))
        }
        When::Ever => !own.iter().any(|it| arriving::is_mentioned(subject, it.path)),
    };
    let instruction = subject.dockerfile.instructions.get(copy).filter(|_| is_clutter)?;
    let files = own.iter().map(|it| it.file.count()).sum();
    let bytes = own.iter().filter_map(|it| it.file.bytes).fold(0_u64, u64::saturating_add);
    let amount = describe_amount(files, &SizeEstimate::exact(bytes, "As the context lists them."));
    let message = format!(
        "This copies {what} along: {amount}, such as {}; write `{line}` into the ignore file.",
        own.first()?.path
    );
    let risk = format!("A step or a program that reads {what} no longer finds it.");
    let fix = Fix {
        ignore_edits: vec![arriving::add_lines(subject, &[line])],
        ..Fix::with_risks(format!("Ignore {line}"), Vec::new(), [risk])
    };
    let finding = Finding::new(instruction.span, message).unsure(Confidence::Likely);
    Some(finding.mended_by(fix))
}
