//! Next.js without its standalone output.

use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind;
use crate::plan::StepKind;
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "next-standalone",
    title: "Have Next.js write its standalone output, and copy that",
    aliases: &[],
    why: "With `output: \"standalone\"` in next.config, `next build` traces what the server requires \
          and writes it to .next/standalone with the few files of node_modules that are used. \
          Otherwise all of node_modules must be in the image.",
    source: "https://nextjs.org/docs/app/api-reference/config/next-config-js/output (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx next build\nFROM node:22-alpine\nWORKDIR /app\nCOPY --from=build /app/.next ./.next\nCOPY --from=build /app/node_modules ./node_modules\nCMD [\"npx\", \"next\", \"start\"]\n",
            "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npx next build\nFROM node:22-alpine\nWORKDIR /app\nCOPY --from=build /app/.next/standalone ./\nCOPY --from=build /app/.next/static ./.next/static\nCMD [\"node\", \"server.js\"]\n",
        ),
        Example::new(
            "FROM node:22-slim\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\nCMD next start\n",
            "FROM node:22-slim AS build\nRUN npx next build\nFROM nginx:alpine\nCOPY --from=build /app/out /usr/share/nginx/html\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut copied: Option<Span> = None;
    let mut started: Option<Span> = None;
    for (index, instruction, stage) in subject.instructions() {
        if !stage.is_some_and(|stage| subject.is_final(stage)) {
            continue;
        }
        if let Some(StepKind::Copy(copy)) = subject.step(index).map(|step| &step.kind) {
            if copy.sources.iter().any(|source| source.contains("standalone")) {
                return Vec::new();
            }
            let is_output = |source: &String| source.trim_end_matches('/').ends_with(".next");
            copied = copied.or(copy.sources.iter().any(is_output).then_some(instruction.span));
        }
        let is_start =
            matches!(instruction.kind, InstructionKind::Cmd(_) | InstructionKind::Entrypoint(_));
        let words = instruction.text.replace(['"', ',', '[', ']'], " ");
        let words: Vec<&str> = words.split_whitespace().collect();
        let starts = words.windows(2).any(|pair| *pair == ["next", "start"]);
        started = started.or((is_start && starts).then_some(instruction.span));
    }
    let Some(span) = copied.or(started) else { return Vec::new() };
    let message = "Next.js runs with all of its packages here: set `output: \"standalone\"` in next.config, copy .next/standalone, .next/static and public, and start `node server.js`.";
    vec![Finding::new(span, message).unsure(Confidence::Likely)]
}
