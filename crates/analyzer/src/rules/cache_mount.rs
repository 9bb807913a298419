//! Installations and builds that fetch everything again after each change.

use std::collections::BTreeSet;

use super::installs::{base_of, name_of, runs_tool};
use super::{
    Concern, Confidence, Example, Finding, Fix, ListedCommand, Rule, Run, Severity, Subject, edits,
};
use crate::packages::ActionKind::{self, Build, Clean, Install};
use crate::plan::{CopySource, StepKind};
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "cache-mount",
    title: "Give the package manager a cache that outlives the step",
    aliases: &[],
    why: "A step that runs again starts with an empty cache and fetches or compiles everything anew. \
          A cache mount keeps the manager's folder in the builder, so that the next run finds it, and \
          keeps it out of the image.",
    source: "https://docs.docker.com/build/cache/optimize/#use-cache-mounts (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Cache,
    examples: &[
        Example::new(
            "FROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\n",
            "FROM node:22\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci\n",
        ),
        Example::new(
            "FROM golang:1.26 AS build\r\nCOPY . .\r\nRUN go mod download\r\nRUN go build -o /app\r\nFROM scratch\r\nCOPY --from=build /app /\r\n",
            "FROM golang:1.26 AS build\r\nCOPY . .\r\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go mod download\r\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build -o /app\r\nFROM scratch\r\nCOPY --from=build /app /\r\n",
        ),
        Example::new(
            "FROM python:3.12\nCOPY requirements.txt .\nRUN [\"pip\", \"install\", \"-r\", \"requirements.txt\"]\n",
            "FROM python:3.12\nCOPY requirements.txt .\nRUN --mount=type=cache,target=/root/.cache/pip [\"pip\", \"install\", \"-r\", \"requirements.txt\"]\n",
        ),
        Example::new(
            "FROM maven:3-eclipse-temurin-21 AS build\nCOPY . .\nRUN mvn -B package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /target/app.jar /\n",
            "FROM maven:3-eclipse-temurin-21 AS build\nCOPY . .\nRUN --mount=type=cache,target=/root/.m2 mvn -B package\nFROM eclipse-temurin:21-jre\nCOPY --from=build /target/app.jar /\n",
        ),
        Example::new(
            "FROM rust:1.80 AS build\nCOPY . .\nRUN cargo build --release\nFROM debian:12\nCOPY --from=build /target/release/app /\n",
            "FROM rust:1.80 AS build\nCOPY . .\nRUN --mount=type=cache,target=/usr/local/cargo/registry cargo build --release\nFROM debian:12\nCOPY --from=build /target/release/app /\n",
        ),
        Example::new(
            "FROM gradle:8-jdk21 AS build\nCOPY . .\nRUN gradle bootJar\nFROM eclipse-temurin:21-jre\nCOPY --from=build /build/libs/app.jar /\n",
            "FROM gradle:8-jdk21 AS build\nCOPY . .\nRUN --mount=type=cache,target=/home/gradle/.gradle gradle bootJar\nFROM eclipse-temurin:21-jre\nCOPY --from=build /build/libs/app.jar /\n",
        ),
        Example::new(
            "FROM python:3.12\nCOPY . .\nRUN poetry install\n",
            "FROM python:3.12\nCOPY . .\nRUN --mount=type=cache,target=/root/.cache/pypoetry/cache --mount=type=cache,target=/root/.cache/pypoetry/artifacts poetry install\n",
        ),
        // The `g` of `-tags` makes nothing global.
        Example::new(
            "FROM golang:1.26\nCOPY . .\nRUN go build -tags dynamic -o /app\nCMD [\"/app\"]\n",
            "FROM golang:1.26\nCOPY . .\nRUN --mount=type=cache,target=/go/pkg/mod --mount=type=cache,target=/root/.cache/go-build go build -tags dynamic -o /app\nCMD [\"/app\"]\n",
        ),
        // One mount for each manager of a RUN, whichever it turns out to call.
        Example::new(
            "FROM node:22\nCOPY package.json *.lock ./\nRUN if [ -f yarn.lock ]; then yarn install; else npm ci; fi\nFROM node:22\nCOPY --from=0 /dist /dist\n",
            "FROM node:22\nCOPY package.json *.lock ./\nRUN --mount=type=cache,target=/root/.npm --mount=type=cache,target=/usr/local/share/.cache/yarn if [ -f yarn.lock ]; then yarn install; else npm ci; fi\nFROM node:22\nCOPY --from=0 /dist /dist\n",
        ),
        // Yarn 2 and later keep theirs elsewhere.
        Example::new(
            "FROM node:22 AS ui\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN yarn install --immutable\nFROM node:22\nCOPY package.json package-lock.json ./\nRUN npm ci\nCOPY --from=ui /dist /dist\n",
            "FROM node:22 AS ui\nCOPY package.json yarn.lock .yarnrc.yml ./\nRUN yarn install --immutable\nFROM node:22\nCOPY package.json package-lock.json ./\nRUN --mount=type=cache,target=/root/.npm npm ci\nCOPY --from=ui /dist /dist\n",
        ),
        // A program of an installed package fetches none.
        Example::new(
            "FROM node:22\nCOPY package.json yarn.lock ./\nRUN yarn install\nCOPY . .\nRUN yarn build && yarn prisma generate\n",
            "FROM node:22\nCOPY package.json yarn.lock ./\nRUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn install\nCOPY . .\nRUN yarn build && yarn prisma generate\n",
        ),
    ],
    check,
};

/// A manager by its id, what of its reads the folders, the folders, and an image that has the first
/// elsewhere, with its place there.
type Row = (
    &'static str,
    &'static [ActionKind],
    &'static [&'static str],
    Option<(&'static str, &'static str)>,
);

#[rustfmt::skip]
const FOLDERS: &[Row] = &[
    ("npm", &[Install], &["~/.npm"], None),
    ("yarn", &[Install], &["~/.cache/yarn"], Some(("node", "/usr/local/share/.cache/yarn"))),
    ("pip", &[Install], &["~/.cache/pip"], None),
    ("uv", &[Install], &["~/.cache/uv"], None),
    ("composer", &[Install], &["~/.composer/cache"], Some(("composer", "/tmp/cache"))),
    ("go", &[Install, Build], &["~/go/pkg/mod", "~/.cache/go-build"], Some(("golang", "/go/pkg/mod"))),
    ("cargo", &[Install, Build], &["~/.cargo/registry"], Some(("rust", "/usr/local/cargo/registry"))),
    ("maven", &[Install, Build], &["~/.m2"], None),
    ("gradle", &[Install, Build], &["~/.gradle"], Some(("gradle", "/home/gradle/.gradle"))),
    // Beside these two lie the virtual environments, which must stay in the image.
    ("poetry", &[Install], &["~/.cache/pypoetry/cache", "~/.cache/pypoetry/artifacts"], None),
    ("dotnet", &[Install, Build], &["~/.nuget/packages"], None),
];

/// The `RUN`s that call one manager, all of which may have a mount.
struct Use<'run> {
    row: &'static Row,
    runs: Vec<&'run Run<'run>>,
    first: &'run ListedCommand,
}

impl<'run> Use<'run> {
    fn find(subject: &'run Subject<'_>, row: &'static Row) -> Option<Self> {
        let (manager, kinds, ..) = row;
        let uses = |it: &ListedCommand| reads(it, manager, kinds);
        let runs = subject.runs().iter().filter(|run| run.commands.iter().any(uses));
        let runs: Vec<&Run<'_>> = runs.filter(|run| subject.is_needed(run.stage)).collect();
        let first = runs.first()?.commands.iter().find(|it| uses(it))?;
        let are_open = runs.iter().all(|run| is_open(subject, run, manager));
        (are_open && !is_asked_for(subject, manager)).then_some(Self { row, runs, first })
    }

    /// The folders of the manager in a `RUN`.
    fn folders(&self, subject: &Subject<'_>, run: &Run<'_>) -> Vec<String> {
        let (_, _, folders, elsewhere) = self.row;
        let base = name_of(base_of(subject, run.stage));
        let own = elsewhere.filter(|(image, _)| *image == base).map(|(_, place)| place);
        let folders = folders.iter().enumerate();
        let folders = folders.map(|(at, folder)| own.filter(|_| at == 0).unwrap_or(folder));
        folders.map(|folder| folder.replace('~', &run.home())).collect()
    }
}

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let uses: Vec<Use<'_>> = FOLDERS.iter().filter_map(|row| Use::find(subject, row)).collect();
    let mut findings = Vec::new();
    let mut covered: BTreeSet<usize> = BTreeSet::new();
    for own in &uses {
        let open: Vec<&Run<'_>> =
            own.runs.iter().copied().filter(|run| !covered.contains(&run.index)).collect();
        let Some(first) = open.first() else { continue };
        let places = own.folders(subject, first).join(" and ");
        let edits = open.iter().map(|run| mount(subject, run, &uses)).collect();
        let fix = Fix::with_risks(
            "Mount a cache",
            edits,
            ["What is fetched lies in the builder and not in the layer: a step that counts on it \
             there needs the same mount, and a builder that starts empty each time gains nothing."],
        );
        let message = format!(
            "{} starts with an empty cache whenever this step runs again: mount one on {places}.",
            own.first.line.program_name()
        );
        let finding = Finding::new(own.first.span, message).unsure(Confidence::Likely);
        findings.push(finding.mended_by(fix));
        covered.extend(open.iter().map(|run| run.index));
    }
    findings
}

/// The mounts of every manager that a `RUN` calls.
fn mount(subject: &Subject<'_>, run: &Run<'_>, uses: &[Use<'_>]) -> Edit {
    let calls = |it: &&Use<'_>| it.runs.binary_search_by_key(&run.index, |own| own.index).is_ok();
    let own = uses.iter().filter(calls);
    let folders = own.flat_map(|it| it.folders(subject, run));
    let flags = folders.map(|folder| format!(" --mount=type=cache,target={folder}"));
    edits::insert(run.instruction.keyword.span.end, flags.collect::<String>())
}

/// Whether a command installs what files of the project name, or builds it.
fn reads(command: &ListedCommand, manager: &str, kinds: &[ActionKind]) -> bool {
    command.action_of(manager).is_some_and(|action| {
        let is_project = action.packages.is_empty() || action.kind == Build;
        let is_global = command.is_global();
        kinds.contains(&action.kind) && is_project && !is_global && !runs_tool(command)
    })
}

/// Whether nothing has been said of the cache of a `RUN` yet.
fn is_open(subject: &Subject<'_>, run: &Run<'_>, manager: &str) -> bool {
    let is_root = matches!(&*run.state.user, "" | "root" | "0" | "root:root" | "0:0");
    let has_cache = run.mounts.iter().any(|it| it.kind == crate::plan::MountKind::Cache);
    let is_cleaned = run.commands.iter().any(|it| {
        it.asks(manager, Clean)
            || it.line.program_name() == "rm" && it.line.words().any(|word| word.contains("cache"))
            || it.line.has_flag(&["--no-cache-dir", "--no-cache"])
    });
    let places = [
        "PIP_NO_CACHE_DIR",
        "UV_NO_CACHE",
        "PIP_CACHE_DIR",
        "UV_CACHE_DIR",
        "npm_config_cache",
        "YARN_CACHE_FOLDER",
        "COMPOSER_CACHE_DIR",
        "COMPOSER_HOME",
        "GOMODCACHE",
        "GOCACHE",
        "GOPATH",
        "CARGO_HOME",
        "NUGET_PACKAGES",
        "GOFLAGS",
        "GRADLE_USER_HOME",
        "POETRY_CACHE_DIR",
        "POETRY_NO_CACHE",
    ];
    // cargo-chef keeps what it compiled in a layer of its own.
    let has_chef = run.commands.iter().any(|it| it.line.words().any(|word| word == "chef"));
    // A base's own variables say what the table of folders says of that base.
    let is_moved = places.iter().any(|name| subject.mentions(name));
    let is_elsewhere = manager == "yarn" && is_berry(subject, run);
    is_root && !has_cache && !is_cleaned && !is_moved && !has_chef && !is_elsewhere
}

/// Whether it is a Yarn after the first, whose cache lies elsewhere, and which may start programs out
/// of it.
fn is_berry(subject: &Subject<'_>, run: &Run<'_>) -> bool {
    const SETTINGS: &str = ".yarnrc.yml";
    let known = subject.input.context.as_deref();
    subject.mentions(SETTINGS)
        || known.is_some_and(|known| known.context.files.contains_key(SETTINGS))
        || run.commands.iter().any(|it| it.line.has_flag(&["--immutable"]))
}

/// Whether something else counts on the folder: a copy of it, or what a container starts.
fn is_asked_for(subject: &Subject<'_>, manager: &str) -> bool {
    let programs: &[&str] = match manager {
        "go" => &["go run", "\"go\"", "air"],
        "cargo" => &["cargo"],
        "maven" => &["mvn"],
        "gradle" => &["gradle ", "gradlew", "\"gradle\""],
        "dotnet" => &["dotnet run", "\"run\"", "watch"],
        _ => &[],
    };
    let folders = [
        "/go/pkg",
        "/go",
        "/root",
        ".m2",
        ".nuget",
        ".cargo",
        "/usr/local/cargo",
        ".cache",
        ".npm",
        ".gradle",
    ];
    let mut steps = subject.plan.graph.stages.iter().flat_map(|stage| &stage.steps);
    let is_copied = steps.any(|step| match &step.kind {
        StepKind::Copy(copy) => {
            let takes = |source: &String| {
                let source = source.trim_end_matches('/');
                folders.iter().any(|folder| source.ends_with(folder)) || source.is_empty()
            };
            copy.from != CopySource::Context && copy.sources.iter().any(takes)
        }
        _ => false,
    });
    let builds = programs.is_empty();
    let scripted = |it: &ListedCommand| {
        it.action.is_none() && it.line.program.starts_with("./") || it.action_of("make").is_some()
    };
    is_copied
        || !builds && subject.runs().iter().flat_map(|run| &run.commands).any(scripted)
        || subject.starts().iter().any(|text| programs.iter().any(|it| text.contains(it)))
}
