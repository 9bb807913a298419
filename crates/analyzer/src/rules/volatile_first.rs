//! Arguments that change with every build, above steps that do not read them.

use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject, reordering};
use crate::cache::reorder::{MovedLine, Reordering};
use crate::dockerfile::InstructionKind;

pub(super) static RULE: Rule = Rule {
    id: "volatile-first",
    title: "Declare what changes with every build below the steps that do not read it",
    aliases: &[],
    why: "A RUN is taken from the cache only while its environment is the same, and every ARG above it \
          is part of that, read or not. A commit or a date that is declared at the top installs all \
          packages again with every build.",
    source: "https://docs.docker.com/reference/dockerfile/#impact-on-build-caching (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Cache,
    examples: &[
        Example::new(
            "FROM debian:12\nARG GIT_SHA\nRUN apt-get update && apt-get install -y curl\nRUN echo $GIT_SHA > /version\nCMD [\"sh\"]\n",
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl\nARG GIT_SHA\nRUN echo $GIT_SHA > /version\nCMD [\"sh\"]\n",
        ),
        Example::new(
            "from debian:12\r\narg BUILD_DATE\r\n# When\r\nenv BUILT=$BUILD_DATE\r\nlabel built=$BUILD_DATE \\\r\n  a=b\r\nrun apt-get update && apt-get install -y curl\r\ncmd [\"sh\"]",
            "from debian:12\r\nrun apt-get update && apt-get install -y curl\r\narg BUILD_DATE\r\n# When\r\nenv BUILT=$BUILD_DATE\r\nlabel built=$BUILD_DATE \\\r\n  a=b\r\ncmd [\"sh\"]",
        ),
        // A version that a step reads, and a build that may read anything.
        Example::new(
            "FROM debian:12\nARG TOOL_VERSION=1.2\nARG COMMIT=none\nRUN apt-get install -y tool=$TOOL_VERSION\nARG SHA\nRUN make\n",
            "FROM debian:12\nARG TOOL_VERSION=1.2\nRUN apt-get install -y tool=$TOOL_VERSION\nARG COMMIT=none\nARG SHA\nRUN make\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    subject.moves().values.iter().filter_map(|moves| describe(subject, moves)).collect()
}

fn describe(subject: &Subject<'_>, moves: &Reordering) -> Option<Finding> {
    let is_argument = |index: usize| {
        let instruction = subject.dockerfile.instructions.get(index);
        instruction.is_some_and(|it| matches!(it.kind, InstructionKind::Arg(_)))
    };
    let order = |line: &&MovedLine| (!is_argument(line.instruction), line.instruction);
    let first = moves.lines.iter().min_by_key(order)?;
    let instruction = subject.dockerfile.instructions.get(first.instruction)?;
    let lines = moves.lines.iter().filter(|line| is_argument(line.instruction));
    let mut names: Vec<&str> = lines.flat_map(|line| &line.names).map(String::as_str).collect();
    if names.is_empty() {
        names.extend(first.names.iter().map(String::as_str));
    }
    // The lowest is moved first.
    names.reverse();
    let line = subject.line_of(first.below);
    let message = format!(
        "Every build with another {} runs line {line} again, which does not read it; declare it below.",
        names.join(" or "),
    );
    let fix = reordering::fix(subject, format!("Move {} down", names.join(" and ")), moves);
    Some(Finding::new(instruction.span, message).unsure(Confidence::Likely).mended_by(fix))
}
