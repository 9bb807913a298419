//! A Go program that may need a C library which its final image lacks.

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Run, Severity, Subject, edits};
use crate::packages::ActionKind;
use crate::plan::{Base, EdgeKind, EdgeSource};

pub(super) static RULE: Rule = Rule {
    id: "go-links-c",
    title: "Build Go with CGO_ENABLED=0 for an image without a C library",
    aliases: &[],
    why: "With a C compiler at hand, Go links packages such as net and os/user to glibc. Such a \
          program does not start on scratch or a static distroless image: the loader that it names \
          is not there, and the error only says that the file is not found.",
    source: "https://pkg.go.dev/cmd/cgo (Go 1.25, 2025-08)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
        ),
        Example::new(
            "FROM golang:1.26 AS build\nRUN <<EOF\nset -e\ngo vet ./...\ngo build -o /app .\nEOF\nFROM gcr.io/distroless/static-debian13\nCOPY --from=build /app /app\n",
            "FROM golang:1.26 AS build\nRUN <<EOF\nset -e\ngo vet ./...\nCGO_ENABLED=0 go build -o /app .\nEOF\nFROM gcr.io/distroless/static-debian13\nCOPY --from=build /app /app\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    if !has_no_library(subject) {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for run in subject.runs().iter().filter(|run| feeds_target(subject, run)) {
        for command in &run.commands {
            let makes = matches!(command.line.words().next(), Some("build" | "install"));
            let is_static = command.line.words().any(|word| word.contains("-static"));
            let builds = command.asks("go", ActionKind::Build) && makes && !is_static;
            if !builds || command.variable("CGO_ENABLED").is_some() {
                continue;
            }
            let message = "The image that this program goes to has no C library, and Go may link to one: set CGO_ENABLED=0 for the build.";
            let fix = command.is_plain.then(|| {
                Fix::with_risks(
                    "Build without C",
                    vec![edits::insert(command.span.start, "CGO_ENABLED=0 ")],
                    ["Packages that use C, such as go-sqlite3, do not build or do not work without it."],
                )
            });
            let finding = Finding::new(command.span, message).unsure(Confidence::Likely);
            findings.push(finding.mended_by(fix));
        }
    }
    findings
}

/// Whether the final image starts from nothing, or from what holds no C library.
fn has_no_library(subject: &Subject<'_>) -> bool {
    let bottom = subject.final_chain().last();
    let stage = bottom.and_then(|stage| subject.plan.graph.stages.get(*stage));
    match stage.map(|stage| &stage.base) {
        Some(Base::Scratch) => true,
        Some(Base::Image { reference, .. }) => reference.contains("distroless/static"),
        _ => false,
    }
}

/// Whether the final image copies from the stage of a `RUN`, which stands on glibc.
fn feeds_target(subject: &Subject<'_>, run: &Run<'_>) -> bool {
    let copies = subject.plan.graph.edges.iter().any(|edge| {
        edge.from == EdgeSource::Stage(run.stage)
            && edge.kind == EdgeKind::Copy
            && subject.is_final(edge.to)
    });
    let image = subject.report.stages.get(run.stage).and_then(|stage| stage.base.image.as_ref());
    copies && image.is_some_and(|image| image.distribution.starts_with("debian"))
}
