//! Let a failed download in a pipe fail the build.

use super::Run;
use super::origin::{in_case, origin};
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{Command, InstructionKind};
use crate::plan::StageIndex;

pub(super) static RULE: Rule = Rule {
    id: "pipe-hides-failure",
    title: "Let a failed download in a pipe fail the build",
    aliases: &["DL4006"],
    why: "A pipe succeeds where its last command does. When the download before it breaks off, `sh` or `tar` gets half a file or none, and the build goes on. `set -o pipefail` ends it, which bash and the shell of Alpine know, and `sh` of Debian does not. hadolint says so of every pipe; here it is downloads alone.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL4006.hs",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN curl -fsSL https://example.org/a | sh\n",
            "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN curl -fsSL https://example.org/a | sh\n",
        ),
        Example::new(
            "FROM alpine:3.22\nRUN --network=default a && \\\n  wget -qO- https://example.org/a | tar xz\n",
            "FROM alpine:3.22\nRUN --network=default set -o pipefail && a && \\\n  wget -qO- https://example.org/a | tar xz\n",
        ),
        Example::new(
            "FROM debian:12\nRUN <<EOF\ncurl a | sh\nEOF\nRUN curl b | sh\nRUN echo a | cat\n",
            "FROM debian:12\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN <<EOF\ncurl a | sh\nEOF\nRUN curl b | sh\nRUN echo a | cat\n",
        ),
        Example::new(
            "FROM example.org/a:1\nRUN curl a | sh\n",
            "FROM example.org/a:1\nRUN set -eux -o pipefail; curl a | sh\nRUN [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\", \"curl a | sh\"]\nSHELL [\"pwsh\", \"-c\"]\nRUN curl a | sh\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings: Vec<Finding> = Vec::new();
    let mut told: Vec<StageIndex> = Vec::new();
    for run in subject.runs() {
        let shell = run.state.shell.join(" ");
        let is_posix =
            shell.ends_with("sh -c") && !shell.contains("pwsh") && !shell.contains("powershell");
        let texts = run.instruction.heredocs.iter().map(|heredoc| heredoc.content.as_str());
        let mut texts = texts.chain([run.instruction.text.as_str(), shell.as_str()]);
        if !is_posix || run.is_exec || texts.any(|text| text.contains("pipefail")) {
            continue;
        }
        let mut commands = run.commands.iter();
        let found = commands.find(|it| {
            let is_download = matches!(it.line.program_name(), "curl" | "wget");
            is_download && it.pipeline.0 + 1 < it.pipeline.1 && !it.is_captured
        });
        let Some(command) = found else { continue };
        let mended = mend(subject, run);
        // One SHELL is for all that stands below it.
        let is_first = !told.contains(&run.stage);
        if matches!(mended, Some((true, _))) {
            if !is_first {
                continue;
            }
            told.push(run.stage);
        }
        let name = command.line.program_name();
        let message = format!(
            "Where this `{name}` fails, the pipe goes on with what it has: let the shell stop with `set -o pipefail`, or download to a file."
        );
        findings.push(Finding::new(command.span, message).mended_by(mended.map(|(_, fix)| fix)));
    }
    findings
}

/// How to let the pipes of a `RUN` fail, and whether that holds for those below too.
fn mend(subject: &Subject<'_>, run: &Run<'_>) -> Option<(bool, Fix)> {
    let origin = origin(subject, run.stage);
    let distribution = origin.distribution();
    if distribution.starts_with("alpine") && run.instruction.heredocs.is_empty() {
        let InstructionKind::Run(Command::Shell(text)) = &run.instruction.kind else { return None };
        let edit = edits::insert(text.span.start, "set -o pipefail && ");
        let risk = "A pipe of this RUN whose first command fails without harm stops the build.";
        return Some((false, Fix::with_risks("Add set -o pipefail", vec![edit], [risk])));
    }
    if !distribution.starts_with("debian") && !distribution.starts_with("ubuntu") {
        return None;
    }
    let keyword = in_case(run.instruction, "SHELL");
    let line = format!("{keyword} [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]");
    let edit = edits::insert_above(subject, run.instruction, &line);
    Some((
        true,
        Fix::with_risks(
            "Choose bash with pipefail",
            vec![edit],
            [
                "What stands below runs in bash, and so does a CMD that is not a JSON array.",
                "A pipe below whose first command fails without harm stops the build.",
            ],
        ),
    ))
}
