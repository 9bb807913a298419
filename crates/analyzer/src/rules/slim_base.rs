//! A full image where its slim variant would do.

use super::bases::{WrittenBase, lines_of, resting_on};
use super::compiling::{self, Libc};
use super::{
    Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, edits, programs,
    split_stages,
};
use crate::packages::ActionKind;
use crate::text::Edit;

pub(super) static RULE: Rule = Rule {
    id: "slim-base",
    title: "Start from the slim variant of the base image",
    aliases: &[],
    why: "The full images of languages carry compilers, version control and hundreds of development \
          packages for builds that need them. The slim variant is the same Debian with the same C \
          library, so compiled packages work as before; it lacks what only builds use.",
    source: "https://github.com/docker-library/docs/blob/master/node/variant-slim.md (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM node:22\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
        ),
        Example::new(
            "# the service\r\nfrom python:3.12-bookworm\r\ncopy app.py /\r\ncmd [\"python\", \"/app.py\"]\r\n",
            "# the service\r\nfrom python:3.12-slim-bookworm\r\ncopy app.py /\r\ncmd [\"python\", \"/app.py\"]\r\n",
        ),
        // The health check keeps its program.
        Example::new(
            "FROM node:22\nCOPY . .\nHEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:22-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl && rm -rf /var/lib/apt/lists/*\nCOPY . .\nHEALTHCHECK CMD curl -f http://localhost:3000/ || exit 1\nCMD [\"node\", \"server.js\"]\n",
        ),
        // What must be compiled is only told of.
        Example::new(
            "FROM ruby:3.4\nCOPY Gemfile* ./\nRUN bundle install\nCMD [\"rails\", \"server\"]\n",
            "FROM ruby:3.4\nRUN git clone https://example.org/a.git /app\nCMD [\"ruby\", \"/app/a.rb\"]\n",
        ),
        Example {
            listing: "40 requirements.txt\n900 a.py\n",
            manifests: &[("requirements.txt", "flask\npsycopg2==2.9.9\n")],
            ..Example::new(
                "FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"python\", \"a.py\"]\n",
                "FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\nCMD [\"python\", \"a.py\"]\n",
            )
        },
        // What gems are compiled with goes beside the compiler.
        Example::new(
            "FROM ruby:3.4\nRUN apt-get update && apt-get install -y build-essential libpq-dev\nCOPY Gemfile* ./\nRUN bundle install\nCMD [\"rails\", \"server\"]\n",
            "FROM ruby:3.4-slim\nRUN apt-get update && apt-get install -y build-essential libyaml-dev libpq-dev\nCOPY Gemfile* ./\nRUN bundle install\nCMD [\"rails\", \"server\"]\n",
        ),
    ],
    check,
};

const RISKS: [&str; 2] = [
    "The slim variant has no compiler, git, curl or Python beside its own language: packages that are compiled while they are installed, health checks and scripts that call these must install them or do without.",
    "Shared libraries that the full image happened to have, such as those of ImageMagick or databases, are missing.",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((stage, base)) = WrittenBase::of_final(subject) else { return Vec::new() };
    let Some(tag) = base.slim_tag() else { return Vec::new() };
    let Some(smaller) = base.smaller(subject, &tag) else { return Vec::new() };
    let Some(swap) = base.swap(subject, stage, &smaller) else { return Vec::new() };
    if !split_stages::check(subject).is_empty() {
        return Vec::new();
    }
    let stages = resting_on(subject, stage);
    let brings =
        |program: &str| programs::is_brought(subject, &lines_of(subject, &stages), program);
    let found = compiling::installed(subject, &stages, Libc::Glibc);
    if found.by_git && !brings("git") {
        return Vec::new();
    }
    let compiled = compiling::list(&found.compiled);
    if !found.compiled.is_empty() && !brings("gcc") {
        let message = format!(
            "{} is the full image; {} has no compiler for {compiled}: install in a stage on the full image, and copy what was installed into one on the slim variant.",
            base.reference(),
            smaller
        );
        return vec![Finding::new(base.word.span, message).unsure(Confidence::Possible)];
    }
    let message = format!(
        "{} is the full image; {} has the same language and C library without what only builds need.",
        base.reference(),
        smaller
    );
    let lines = lines_of(subject, &stages);
    let title = swap.title(&smaller);
    let mut edits = swap.edits;
    if installs_gems(subject, &lines) {
        let mut headers = compiling::headers_of_gems(subject);
        headers.retain(|package| !brings(package));
        if !headers.is_empty() {
            let names = headers.join(" ");
            let Some(edit) = add_packages(subject, &lines, &names) else {
                let message = format!(
                    "{} is the full image; {smaller} has not the headers of {names}, with which gems are compiled: install these beside the compiler there.",
                    base.reference()
                );
                return vec![Finding::new(base.word.span, message).unsure(Confidence::Possible)];
            };
            edits.push(edit);
        }
    }
    let mut risks = RISKS.map(str::to_owned).to_vec();
    if !found.compiled.is_empty() {
        risks.push(format!(
            "The headers of libraries that the full image has, such as those of libpq, libffi and libyaml, are missing: what {compiled} ask for must be installed beside the compiler."
        ));
    }
    if !found.unknown.is_empty() {
        risks.push(format!(
            "Not known is whether these come ready or must be compiled, which the slim variant cannot: {}.",
            compiling::list(&found.unknown)
        ));
    }
    risks.extend(base.risk_of_variable());
    let fix = Fix::with_risks(title, edits, risks);
    vec![Finding::new(base.word.span, message).unsure(Confidence::Likely).mended_by(fix)]
}

fn installs_gems(subject: &Subject<'_>, lines: &[usize]) -> bool {
    let mut runs = lines.iter().filter_map(|index| subject.run(*index));
    runs.any(|run| run.commands.iter().any(|it| it.asks("bundler", ActionKind::Install)))
}

/// Puts packages behind the compiler that a `RUN` installs.
fn add_packages(subject: &Subject<'_>, lines: &[usize], names: &str) -> Option<Edit> {
    let runs = lines.iter().filter_map(|index| subject.run(*index));
    let mut commands = runs.flat_map(|run| &run.commands);
    commands.find_map(|command| {
        let installs = command.asks("apt", ActionKind::Install) && command.is_plain;
        let compilers = ["build-essential", "gcc", "g++"].into_iter().filter(|_| installs);
        let place = compilers.into_iter().find_map(|name| command.place_of(name))?;
        Some(edits::insert(place.end, format!(" {names}")))
    })
}
