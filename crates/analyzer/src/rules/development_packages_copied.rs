//! `node_modules` with development packages copied into the final image.

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::packages::ActionKind;
use crate::plan::{CopySource, StageIndex, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "development-packages-copied",
    title: "Leave development packages out of the node_modules that is copied",
    aliases: &[],
    why: "A build needs its compilers, bundlers and test runners below node_modules, the program \
          does not. `npm prune --omit=dev` at the end of the build stage removes them before the \
          folder is copied.",
    source: "https://docs.npmjs.com/cli/v11/commands/npm-prune (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/dist ./dist\nCMD [\"node\", \"dist/main.js\"]\n",
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nRUN npm prune --omit=dev\n\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app/node_modules ./node_modules\nCOPY --from=build /app/dist ./dist\nCMD [\"node\", \"dist/main.js\"]\n",
        ),
        // The stage ends in another folder, where nothing is to be removed.
        Example::new(
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nWORKDIR /app/dist\nFROM node:22-slim\nCOPY --from=build /app/node_modules /node_modules\n",
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm prune --omit=dev\nFROM node:22-slim\nCOPY --from=build /app/node_modules /node_modules\n",
        ),
    ],
    check,
};

/// Managers and the words that leave development packages out, or take them away.
const PRODUCTION: [&str; 7] =
    ["--omit=dev", "--omit", "--production", "--prod", "-P", "--only=production", "prune"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, instruction, stage) in subject.instructions() {
        let is_final = stage.is_some_and(|stage| subject.is_final(stage));
        let Some(step) = subject.step(index).filter(|_| is_final) else { continue };
        let StepKind::Copy(copy) = &step.kind else { continue };
        let CopySource::Stage(from) = copy.from else { continue };
        let is_packages = |source: &String| source.trim_end_matches('/').ends_with("node_modules");
        if !copy.sources.iter().any(is_packages) {
            continue;
        }
        let Some((manager, folder)) = installs_all(subject, from) else { continue };
        let message = "The node_modules that is copied holds the development packages too: remove them at the end of the stage that it comes from.";
        let fix = (manager == "npm").then(|| prune(subject, from, folder.as_deref())).flatten();
        let finding = Finding::new(instruction.span, message).unsure(Confidence::Likely);
        findings.push(finding.mended_by(fix));
    }
    findings
}

/// The manager that installed everything in a stage and took nothing away, and in which folder.
fn installs_all(
    subject: &Subject<'_>,
    stage: StageIndex,
) -> Option<(&'static str, Option<String>)> {
    let mut found = None;
    for run in subject.runs().iter().filter(|run| run.stage == stage) {
        for command in &run.commands {
            let is_production = command.line.words().any(|word| PRODUCTION.contains(&word))
                || command.variable("NODE_ENV") == Some("production");
            let manager = ["npm", "yarn", "pnpm"].into_iter().find(|id| {
                command.action_of(id).is_some_and(|action| {
                    matches!(action.kind, ActionKind::Install | ActionKind::Remove)
                        && action.packages.is_empty()
                })
            });
            if let Some(manager) = manager {
                found = (!is_production).then(|| (manager, command.directory.clone()));
            }
        }
    }
    found
}

/// `None` where the stage ends in another folder than that of the packages.
fn prune(subject: &Subject<'_>, stage: StageIndex, folder: Option<&str>) -> Option<Fix> {
    let end = &subject.plan.graph.stages.get(stage)?.final_state.working_directory;
    if folder != Some(&**end) {
        return None;
    }
    let (_, last) = subject.instructions_of(stage).last()?;
    let is_lower = last.keyword.text.bytes().all(|byte| byte.is_ascii_lowercase());
    let line = format!("{} npm prune --omit=dev", if is_lower { "run" } else { "RUN" });
    let edit = edits::insert_below(subject, last, &line);
    let risks =
        ["What the program requires at run time must stand under `dependencies` of package.json."];
    Some(Fix::with_risks("Remove development packages before the copy", vec![edit], risks))
}
