//! A Go program with tables that only debuggers read.

use super::near_usual_size::is_near;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "go-symbols-left",
    title: "Leave symbol tables out of the Go program",
    aliases: &[],
    why: "A third of a Go program is its symbol table and DWARF data, which only debuggers read. \
          `-ldflags=\"-s -w\"` leaves them out; stack traces of panics keep their names and lines.",
    source: "https://pkg.go.dev/cmd/link (Go 1.25, 2025-08)",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\nFROM debian:12-slim\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -ldflags=\"-s -w\" -o /app .\nFROM debian:12-slim\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
        ),
        Example::new(
            "FROM golang:1.26 AS build\nRUN go mod download \\\n  # the program\n  && CGO_ENABLED=0 go build -o /app .\nFROM debian:12-slim\nCOPY --from=build /app /app\n",
            "FROM golang:1.26 AS build\nRUN go mod download \\\n  # the program\n  && CGO_ENABLED=0 go build -ldflags=\"-s -w\" -o /app .\nFROM debian:12-slim\nCOPY --from=build /app /app\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if is_near(subject) || subject.plan.graph.stages.len() < 2 {
        return findings;
    }
    for run in subject.runs().iter().filter(|run| subject.is_needed(run.stage)) {
        for command in run.commands.iter().filter(|it| it.asks("go", ActionKind::Build)) {
            let line = &command.line;
            let links = line.words().next() == Some("build");
            let is_told =
                line.words().any(|word| word.starts_with("-ldflags") || word.contains("..."))
                    || line.words().any(|word| word.starts_with("-buildmode"))
                    || command.variable("GOFLAGS").is_some_and(|flags| flags.contains("ldflags"));
            let is_known = line.arguments.iter().all(|it| it.is_known);
            if !links || is_told || !is_known {
                continue;
            }
            let Some(edit) = edits::add_flag(command, "build", "-ldflags=\"-s -w\"") else {
                continue;
            };
            let message =
                "The program keeps its symbol table and debug data: build with -ldflags=\"-s -w\".";
            let risks = [
                "Debuggers such as Delve, and profilers that read the program's file, show no names.",
            ];
            let fix = Fix::with_risks("Leave the symbol tables out", vec![edit], risks);
            findings.push(Finding::new(command.span, message).mended_by(fix));
        }
    }
    findings
}
