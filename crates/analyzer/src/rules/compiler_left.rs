//! Compilers that stay in the final image.

use std::collections::BTreeSet;

use super::{
    Concern, Confidence, Example, Finding, Rule, Run, Severity, Subject, build_packages,
    split_stages,
};
use crate::packages::ActionKind;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "compiler-left",
    title: "Keep compilers out of the final image",
    aliases: &[],
    why: "A compiler weighs hundreds of megabytes and only builds need it. Installed in an earlier \
          stage, or removed in the RUN that installed it, it is not in the image.",
    source: "https://docs.docker.com/build/building/best-practices/#use-multi-stage-builds (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y golang-go && rm -rf /var/lib/apt/lists/*\nCOPY . /src\nRUN cd /src && go build -o /usr/local/bin/server .\n",
            "FROM ubuntu:24.04 AS build\nRUN apt-get update && apt-get install -y build-essential\nCOPY . /src\nRUN make -C /src install DESTDIR=/out\nFROM ubuntu:24.04\nCOPY --from=build /out /\n",
        ),
        Example::new(
            "FROM ruby:3.3-alpine\nRUN apk add --no-cache rust cargo\nRUN bundle install\n",
            "FROM ruby:3.3-alpine\nRUN apk add --no-cache --virtual .build rust cargo && bundle install && apk del .build\n",
        ),
    ],
    check,
};

const MANAGERS: [&str; 4] = ["apt", "apk", "dnf", "zypper"];

const COMPILERS: [&str; 17] = [
    "build-essential",
    "build-base",
    "gcc",
    "g++",
    "gcc-c++",
    "clang",
    "cmake",
    "make",
    "cargo",
    "rustc",
    "golang",
    "golang-go",
    "go",
    "maven",
    "gradle",
    "default-jdk",
    "base-devel",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if !split_stages::check(subject).is_empty() {
        return Vec::new();
    }
    let runs = subject.runs().iter().filter(|run| subject.is_final(run.stage));
    let known = build_packages::check(subject);
    let known: BTreeSet<Span> = known.iter().map(|it| it.span).collect();
    let is_new = |finding: &Finding| !known.contains(&finding.span);
    runs.filter_map(left_by).filter(is_new).collect()
}

/// The first installation of a compiler in a `RUN` that does not remove it again.
fn left_by(run: &Run<'_>) -> Option<Finding> {
    let asks = |it: &super::ListedCommand, kind| MANAGERS.iter().any(|id| it.asks(id, kind));
    let removes = run.commands.iter().any(|it| asks(it, ActionKind::Remove));
    let installs = run.commands.iter().filter(|it| asks(it, ActionKind::Install) && !removes);
    let (command, names) = installs.map(|it| (it, compilers(it))).find(|it| !it.1.is_empty())?;
    let message = format!(
        "{} stays in the image: install it in an earlier stage and copy from there what was built, or remove it in this RUN.",
        names.join(", ")
    );
    Some(Finding::new(command.span, message).unsure(Confidence::Likely))
}

fn compilers(command: &super::ListedCommand) -> Vec<String> {
    let packages = command.action.iter().flat_map(|action| &action.packages);
    let bare = packages.map(|it| it.split(['=', '~']).next().unwrap_or(it));
    bare.filter(|it| COMPILERS.contains(it)).map(str::to_owned).collect()
}
