//! Use COPY for files of the context.

use super::origin::in_case;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::InstructionKind;
use crate::plan::{SourceForm, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "add-for-files",
    title: "Use COPY for files of the context",
    aliases: &["DL3020"],
    why: "ADD also downloads, clones and unpacks, by what the source happens to be. COPY only copies, which is what is meant for files and folders.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3020.hs",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new("FROM debian:12\nADD src /app\n", "FROM debian:12\nCOPY src /app\n"),
        Example::new(
            "FROM debian:12\nadd --chown=1 a.txt b/ \\\n  /app/\n",
            "FROM debian:12\ncopy --chown=1 a.txt b/ \\\n  /app/\n",
        ),
        Example::new(
            "FROM debian:12\nADD . /app\nADD a.tar.xz /\nADD https://example.org/a /a\nADD $X /a\nADD rootfs* /\nADD https://github.com/a/b.git#v1 /c\n",
            "FROM debian:12\nCOPY . /app\nADD a.tar.xz /\nADD https://example.org/a /a\nADD $X /a\nADD rootfs* /\nADD https://github.com/a/b.git#v1 /c\n",
        ),
    ],
    check,
};

/// Ends of names of what ADD unpacks, as hadolint lists them.
const PACKED: &[&str] = &[
    ".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".tb2", ".xz", ".txz", ".lz", ".tlz", ".lzma",
    ".Z", ".tZ", ".tpz", ".zst", ".tzst",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, instruction, _) in subject.instructions() {
        let InstructionKind::Add(arguments) = &instruction.kind else { continue };
        let Some(StepKind::Copy(step)) = subject.step(index).map(|step| &step.kind) else {
            continue;
        };
        let is_file = |source: &String| match step.form_of(source) {
            SourceForm::Path => {
                !source.contains(['*', '?', '['])
                    && !PACKED.iter().any(|end| source.trim_matches('"').ends_with(end))
            }
            SourceForm::Heredoc(_) => true,
            SourceForm::Url | SourceForm::Git => false,
        };
        let is_fixed = arguments.sources.iter().all(|word| !word.text.contains('$'));
        let has_own = step.checksum.is_some() || step.keep_git_dir || step.unpack.is_some();
        if !is_fixed || has_own || !step.sources.iter().all(is_file) {
            continue;
        }
        let edit = edits::replace(instruction.keyword.span, in_case(instruction, "COPY"));
        let fix = Fix::safe("Write COPY", vec![edit]);
        let message =
            "These are files of the context, which ADD could unpack by surprise: write COPY.";
        findings.push(Finding::new(instruction.keyword.span, message).mended_by(fix));
    }
    findings
}
