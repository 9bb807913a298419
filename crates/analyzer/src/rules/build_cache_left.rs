//! What compilers of whole projects keep for the next build, in the image that runs.

use super::leftovers::{self, Leftover};
use super::{Concern, Example, Finding, ListedCommand, Rule, Run, Severity, Subject};
use crate::packages::ActionKind::{Build, Install};

pub(super) static RULE: Rule = Rule {
    id: "build-cache-left",
    title: "Keep what a build fetched and compiled out of the image",
    aliases: &[],
    why: "Go, Cargo, Maven and .NET keep sources and compiled packages for the next build, often \
          many times what they build. A stage of its own leaves all of it behind; in one stage only \
          a removal in the same RUN does.",
    source: "https://docs.docker.com/build/building/multi-stage/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM golang:1.26\nRUN go install golang.org/x/tools/gopls@v0.17.0\n",
            "FROM golang:1.26\nRUN go install golang.org/x/tools/gopls@v0.17.0 && go clean -cache -modcache\n",
        ),
        Example::new(
            "FROM golang:1.26\nCOPY . .\nRUN [\"go\", \"build\", \"-o\", \"/app\"]\nCMD [\"/app\"]\n",
            "FROM golang:1.26 AS build\nCOPY . .\nRUN go build -o /app\nFROM scratch\nCOPY --from=build /app /\n",
        ),
        Example::new(
            "FROM golang:1.26\nCOPY . .\nRUN [\"go\", \"build\", \"-o\", \"/app\"]\nCMD [\"/app\"]\n",
            // The container builds, and profits.
            "FROM golang:1.26\nCOPY . .\nRUN go mod download\nCMD [\"go\", \"run\", \".\"]\n",
        ),
        Example::new(
            "FROM golang:1.26\nCOPY go.mod go.sum ./\nRUN [\"go\", \"mod\", \"download\"]\nCMD [\"/app\"]\n",
            "FROM golang:1.26\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY . .\nRUN make\nCMD [\"/app\"]\n",
        ),
    ],
    check,
};

/// What they leave.
#[rustfmt::skip]
static LEFT: &[Leftover] = &[
    Leftover { manager: "go", places: &["GOCACHE", "GOMODCACHE"], cleaner: "go clean -cache -modcache", ..BUILT },
    Leftover { manager: "cargo", cleaner: "rm -rf \"${CARGO_HOME:-$HOME/.cargo}/registry\"", ..BUILT },
    Leftover { manager: "maven", cleaner: "rm -rf ~/.m2", ..BUILT },
    Leftover { manager: "dotnet", cleaner: "dotnet nuget locals all --clear", ..BUILT },
];

const BUILT: Leftover = Leftover {
    kinds: &[Install, Build],
    risk: "What builds in this image later fetches and compiles everything again.",
    ..Leftover::NONE
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for leftover in LEFT.iter() {
        let runs = subject.runs().iter().filter(|run| leftovers::stays(subject, run.stage));
        let mut uses = runs.filter(|run| run.commands.iter().any(|it| leftover.is_fill(it)));
        // Several steps share what the first one fetched; only another stage helps there.
        let is_one = uses.next().is_some_and(|run| !leftover.is_read_later(subject, run));
        let program = if leftover.manager == "maven" { "mvn" } else { leftover.manager };
        let is_started = subject.starts().iter().any(|text| {
            let mut words = text.split(|it: char| !it.is_ascii_alphanumeric());
            words.any(|word| word == program || word == "make") && leftover.manager != "dotnet"
                || text.contains("dotnet run")
                || text.contains("\"run\"")
        });
        if is_one && !is_started {
            findings.extend(leftovers::find(subject, std::slice::from_ref(leftover), describe));
        }
    }
    findings
}

fn describe(leftover: &Leftover, command: &ListedCommand, _: &Run<'_>) -> (String, Option<String>) {
    let cache = leftover.holds(command);
    let message = format!(
        "{} leaves {} in {}: build in a stage of its own and copy the result, or end this RUN with \
         `{}`.",
        command.line.program_name(),
        cache.map_or("what it fetched", |it| it.holds),
        cache.map_or("its folder", |it| it.path),
        leftover.cleaner
    );
    (message, Some("Remove it in the same RUN".to_owned()))
}
