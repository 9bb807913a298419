//! The folder of a build copied with everything in it.

use super::split_stages::join;
use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::packages::ActionKind;
use crate::plan::{Base, CopySource, StageIndex, StepKind};
use crate::report::describe_size;

pub(super) static RULE: Rule = Rule {
    id: "whole-project-copied",
    title: "Copy what was built, not the project that it was built in",
    aliases: &[],
    why: "The folder of a build holds sources, intermediate files and development packages beside \
          what runs. Copied as a whole, they undo what a second stage is for.",
    source: "https://docs.docker.com/build/building/multi-stage/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o app .\nFROM alpine:3.22\nCOPY --from=build /src /src\nCMD [\"/src/app\"]\n",
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o app .\nFROM alpine:3.22\nCOPY --from=build /src/app /src/app\nCMD [\"/src/app\"]\n",
        ),
        Example::new(
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nFROM node:22-alpine\nWORKDIR /app\nCOPY --from=build /app/. .\nCMD [\"node\", \"dist/main.js\"]\n",
            "FROM php:8.3-cli AS build\nWORKDIR /app\nCOPY . .\nRUN composer install --no-dev\nFROM php:8.3-cli\nCOPY --from=build /app /app\nCMD [\"php\", \"/app/a.php\"]\n",
        ),
    ],
    check,
};

/// Who leaves in its folder what a program does not need.
const BUILDERS: [&str; 9] =
    ["go", "cargo", "maven", "gradle", "dotnet", "npm", "yarn", "pnpm", "node-tools"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, instruction, stage) in subject.instructions() {
        let is_final = stage.is_some_and(|stage| subject.is_final(stage));
        let Some(step) = subject.step(index).filter(|_| is_final) else { continue };
        let StepKind::Copy(copy) = &step.kind else { continue };
        let (CopySource::Stage(from), [source]) = (&copy.from, copy.sources.as_slice()) else {
            continue;
        };
        let folder = join("/", source);
        if !copy.excludes.is_empty() || !is_built_in(subject, *from, &folder) {
            continue;
        }
        let bytes = subject.reported_step(index).and_then(|step| step.bytes.as_ref());
        let weighs = bytes.filter(|bytes| bytes.likely().is_some());
        let weighs = weighs.map_or(String::new(), |it| format!(", {}", describe_size(it)));
        let message = format!(
            "The whole folder {folder} of the build comes into the image{weighs}: sources and build tools with what runs. Copy the program, or the folders that it needs, such as dist."
        );
        findings.push(Finding::new(instruction.span, message).unsure(Confidence::Likely));
    }
    findings
}

/// Whether a stage built a project in a folder, and not in one that only holds output.
fn is_built_in(subject: &Subject<'_>, from: StageIndex, folder: &str) -> bool {
    let is_interpreted = subject.plan.graph.stages.get(from).is_some_and(|stage| {
        matches!(&stage.base, Base::Image { reference, .. }
            if ["php", "python", "ruby"].iter().any(|it| reference.starts_with(it)))
    });
    let mut runs = subject.runs().iter().filter(|run| run.stage == from);
    // Who takes the packages away at the end of a build knows what is left.
    let modules = format!("{folder}/node_modules");
    let leaves_packages = runs.clone().any(|run| {
        run.commands.iter().any(|it| {
            let directory = it.directory.as_deref().unwrap_or("/");
            let mut operands = it.line.operands(&[]).into_iter();
            it.line.program_name() == "rm"
                && operands.any(|operand| join(directory, &operand.text) == modules)
        })
    });
    !is_interpreted
        && !leaves_packages
        && folder != "/"
        && runs.any(|run| {
            *run.state.working_directory == *folder
                && run
                    .commands
                    .iter()
                    .any(|command| BUILDERS.iter().any(|id| command.asks(id, ActionKind::Build)))
        })
}
