//! End the destination of several sources with `/`.

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::InstructionKind;
use crate::plan::StepKind;

pub(super) static RULE: Rule = Rule {
    id: "several-sources",
    title: "End the destination of several sources with `/`",
    aliases: &["DL3021"],
    why: "BuildKit copies each source to that very path. Where no folder is there, every file takes the place of the one before, and only the last is left.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3021.hs",
    severity: Severity::Error,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nCOPY a.txt b.txt /app\n",
            "FROM debian:12\nCOPY a.txt b.txt /app/\n",
        ),
        Example::new(
            "FROM debian:12\nWORKDIR /app\nADD a.txt b.txt /app/c\n",
            "FROM debian:12\nWORKDIR /app\nADD a.txt b.txt /app/c/\n",
        ),
        Example::new(
            "FROM debian:12\nWORKDIR /app\nCOPY [\"a\", \"b\", \"c\"]\n",
            "FROM debian:12\nWORKDIR /app\nCOPY a b .\nCOPY a b /app\nCOPY a b $X\nCOPY --parents a b /c\nCOPY [\"a\", \"b\", \"c/\"]\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, instruction, _) in subject.instructions() {
        let (InstructionKind::Copy(arguments) | InstructionKind::Add(arguments)) =
            &instruction.kind
        else {
            continue;
        };
        let Some(step) = subject.step(index) else { continue };
        let StepKind::Copy(copy) = &step.kind else { continue };
        let word = &arguments.destination;
        let is_folder = copy.destination.ends_with('/')
            || *copy.destination == *step.state.working_directory
            || [".", ".."]
                .iter()
                .any(|end| word.text == *end || word.text.ends_with(&format!("/{end}")));
        if arguments.sources.len() < 2 || is_folder || copy.parents || word.text.contains('$') {
            continue;
        }
        let keyword = instruction.keyword.text.to_ascii_uppercase();
        let is_plain =
            word.span.slice(subject.text()) == word.text && !instruction.text.contains('[');
        let fix = is_plain.then(|| {
            let edits = vec![edits::insert(word.span.end, "/")];
            let risk = format!("What read `{}` as a file finds a folder there.", copy.destination);
            Fix::with_risks("End the destination with /", edits, [risk])
        });
        let message = format!(
            "This {keyword} has {} sources and one path: write `{}/`, or only the last file is left.",
            arguments.sources.len(),
            word.text
        );
        findings.push(Finding::new(word.span, message).mended_by(fix).unsure(Confidence::Likely));
    }
    findings
}
