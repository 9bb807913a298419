//! `COPY` of a file that the ignore file leaves out.

use super::{Concern, Example, Finding, Rule, Severity, Subject, arriving};
use crate::dockerfile::InstructionKind;
use crate::dockerignore::{Dockerignore, IgnorePattern};
use crate::plan::{SourceForm, paths};

pub(super) static RULE: Rule = Rule {
    id: "copy-ignored-file",
    title: "Copy only what the ignore file lets through",
    aliases: &["CopyIgnoredFile"],
    why: "What a pattern of the ignore file matches is never sent to the builder, so a COPY that names \
          it fails, or takes nothing where a wildcard is left.",
    source: "https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/validations.go",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example {
            dockerignore: Some("*/tmp/*\n"),
            good_dockerignore: Some("*/tmp/*\n"),
            ..Example::new(
                "FROM scratch\nCOPY ./a/tmp/x.txt /x.txt\n",
                "FROM scratch\nCOPY ./a/forever/x.txt /x.txt\n",
            )
        },
        // BuildKit does not judge lists with exceptions, nor what another stage holds.
        Example {
            dockerignore: Some("dist\n"),
            good_dockerignore: Some("dist\n!dist/app.js\n"),
            ..Example::new("FROM scratch\nADD dist/ /x\n", "FROM scratch\nCOPY dist/app.js /x\n")
        },
        Example {
            dockerignore: Some("dist\n"),
            good_dockerignore: Some("dist\n"),
            ..Example::new(
                "FROM scratch\ncopy dist /x\n",
                "FROM node:22 AS build\nFROM scratch\nCOPY --from=build dist /x\n",
            )
        },
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let text = subject.input.dockerignore.as_deref().unwrap_or_default();
    let (ignore, errors) = Dockerignore::parse(text);
    if !errors.is_empty() || ignore.has_exceptions() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    for (index, copy) in arriving::copies(subject) {
        let Some(instruction) = subject.dockerfile.instructions.get(index) else { continue };
        let words = match &instruction.kind {
            InstructionKind::Copy(arguments) | InstructionKind::Add(arguments) => {
                &arguments.sources
            }
            _ => continue,
        };
        for (word, source) in words.iter().zip(&copy.sources) {
            let path = clean(source);
            let pattern = ignore.patterns.iter().find(|pattern| matches(pattern, &path));
            let Some(pattern) =
                pattern.filter(|_| matches!(copy.form_of(source), SourceForm::Path))
            else {
                continue;
            };
            let message = format!(
                "`{path}` never reaches the builder: `{}` in line {} of the ignore file leaves it out; drop that line, or copy something else.",
                pattern.text, pattern.line,
            );
            findings.push(Finding::new(word.span, message));
        }
    }
    findings
}

/// `filepath.Clean`, which leaves a relative path relative.
fn clean(source: &str) -> String {
    let cleaned = paths::clean("/", source);
    match source.starts_with('/') {
        true => cleaned,
        false if cleaned == "/" => ".".to_owned(),
        false => cleaned.trim_start_matches('/').to_owned(),
    }
}

/// `MatchesOrParentMatches`: the path itself, or its folder as deep as the pattern
/// (<https://github.com/moby/patternmatcher/blob/v0.6.0/patternmatcher.go>).
fn matches(pattern: &IgnorePattern, path: &str) -> bool {
    let parent = path.rsplit_once('/').map(|(parent, _)| parent).unwrap_or_default();
    let depth = pattern.cleaned.split('/').count();
    let parts: Vec<&str> = parent.split('/').take(depth).collect();
    let is_deep_enough = !parent.is_empty() && parts.len() == depth;
    pattern.matches_path(path) || is_deep_enough && pattern.matches_path(&parts.join("/"))
}
