//! Write CMD and ENTRYPOINT as a JSON array.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits, no_shell};
use crate::dockerfile::{Command, Instruction, InstructionKind};
use crate::plan::StageIndex;

pub(super) static RULE: Rule = Rule {
    id: "exec-form",
    title: "Write CMD and ENTRYPOINT as a JSON array",
    aliases: &["JSONArgsRecommended", "DL3025"],
    why: "A text is run by `/bin/sh -c`, which may not pass signals on: the container then ignores `docker stop` for ten seconds and is killed. A JSON array is run as it is. Where SHELL is set, the shell is meant, and nothing is said.",
    source: "https://docs.docker.com/reference/build-checks/json-args-recommended/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM node:22\nCMD node server.js\n",
            "FROM node:22\nCMD [\"node\", \"server.js\"]\n",
        ),
        Example::new(
            "FROM python:3.12\nENTRYPOINT exec gunicorn app:app\nCMD [\"--reload\"]\n",
            "FROM python:3.12\nENTRYPOINT [\"gunicorn\", \"app:app\"]\nCMD [\"--reload\"]\n",
        ),
        Example::new(
            "FROM python:3.12\nENTRYPOINT python \\\n  -m app\n",
            "FROM python:3.12\nENTRYPOINT [\"python\", \"-m\", \"app\"]\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    // What has no shell at all is told of by its own rule.
    let bare = no_shell::without(subject);
    let all = subject.instructions().filter_map(|(_, own, stage)| {
        let stage = stage.filter(|stage| !bare.contains(stage))?;
        about(subject, own, stage)
    });
    all.collect()
}

/// What is to be said of a `CMD` or `ENTRYPOINT` of a stage, shell or no shell.
pub(super) fn about(
    subject: &Subject<'_>,
    instruction: &Instruction,
    stage: StageIndex,
) -> Option<Finding> {
    let (InstructionKind::Cmd(Command::Shell(text))
    | InstructionKind::Entrypoint(Command::Shell(text))) = &instruction.kind
    else {
        return None;
    };
    let shell = subject.inherited(stage).shell;
    let shell = shell.and_then(|index| subject.dockerfile.instructions.get(index));
    if shell.is_some_and(|shell| shell.span.start < instruction.span.start) {
        return None;
    }
    let keyword = instruction.keyword.text.to_ascii_uppercase();
    let fix =
        array(&text.text).filter(|_| keyword == "ENTRYPOINT" || !has_entrypoint(subject, stage));
    let fix = fix.map(|(array, is_exec)| {
        let edits = vec![edits::replace(text.span, array)];
        let title = format!("Write {keyword} as a JSON array");
        let first = "The program becomes process 1 itself: it gets the signals, and has to end on SIGTERM.";
        let arguments = "What CMD or `docker run` adds, which the shell drops, reaches the program as arguments.";
        let risks = [(!is_exec, first), (keyword == "ENTRYPOINT", arguments)];
        let risks: Vec<&str> = risks.iter().filter(|(is_one, _)| *is_one).map(|it| it.1).collect();
        match risks.is_empty() {
            true => Fix::safe(title, edits),
            false => Fix::with_risks(title, edits, risks),
        }
    });
    let message = match &fix {
        Some(_) => format!(
            "`/bin/sh -c` runs this {keyword} and may keep signals from it: write a JSON array."
        ),
        None => format!(
            "`/bin/sh -c` runs this {keyword} and may keep signals from it: write a JSON array, or `exec` before the last command where the shell is needed."
        ),
    };
    Some(Finding::new(instruction.span, message).mended_by(fix))
}

/// The array for a plain command, and whether it was behind `exec`; `None` where a shell is needed.
fn array(text: &str) -> Option<(String, bool)> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:,@%+= \t".contains(&byte);
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_exec = words.first() == Some(&"exec");
    let words = words.get(usize::from(is_exec)..)?;
    let program = words.first()?;
    if !text.bytes().all(is_plain)
        || program.contains('=')
        || BUILT_IN.contains(program)
        || program.starts_with('-')
    {
        return None;
    }
    let quoted: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    Some((format!("[{}]", quoted.join(", ")), is_exec))
}

/// Words that only a shell knows.
const BUILT_IN: &[&str] = &[
    ".", ":", "alias", "cd", "command", "eval", "exec", "exit", "export", "if", "set", "source",
    "trap", "ulimit", "umask", "unset", "wait", "while", "for",
];

/// Whether a stage has an ENTRYPOINT, to which CMD is an argument.
fn has_entrypoint(subject: &Subject<'_>, stage: StageIndex) -> bool {
    subject.inherited(stage).entrypoint.is_some()
}
