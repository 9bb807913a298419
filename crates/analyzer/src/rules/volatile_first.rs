//! Arguments that change with every build, above steps that do not read them.

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Run, Severity, Subject, edits};
use crate::dockerfile::{Instruction, InstructionKind, KeyValue};
use crate::packages::ActionKind;
use crate::text::Edit;

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
            "from debian:12\r\n# When\r\nrun apt-get update && apt-get install -y curl\r\narg BUILD_DATE\r\nenv BUILT=$BUILD_DATE\r\nlabel built=$BUILD_DATE \\\r\n  a=b\r\ncmd [\"sh\"]",
        ),
        // A version that a step reads, and a build that may read anything.
        Example::new(
            "FROM debian:12\nARG TOOL_VERSION=1.2\nARG COMMIT=none\nRUN apt-get install -y tool=$TOOL_VERSION\nARG SHA\nRUN make\n",
            "FROM debian:12\nARG TOOL_VERSION=1.2\nRUN apt-get install -y tool=$TOOL_VERSION\nARG COMMIT=none\nARG SHA\nRUN make\n",
        ),
    ],
    check,
};

/// Words of a name that say that its value changes with every build.
const VOLATILE: &[&str] = &[
    "SHA",
    "COMMIT",
    "REVISION",
    "DATE",
    "TIMESTAMP",
    "CREATED",
    "CACHEBUST",
    "BUILDNUMBER",
    "BUILDID",
];
/// Whole names that say so.
const NAMES: &[&str] = &[
    "BUILD_NUMBER",
    "BUILD_ID",
    "BUILD_TIME",
    "VCS_REF",
    "GIT_REF",
    "CACHE_BUST",
    "BUILD_VERSION",
    "APP_VERSION",
];

/// Whether a name says that its value changes with every build; a digest or checksum of a download
/// does not, nor does one with a name of its own such as `NODE_SHA256`.
fn is_volatile(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    let is_plain =
        matches!(name.as_str(), "SHA" | "GIT_SHA" | "SOURCE_SHA" | "CI_COMMIT_SHA" | "GITHUB_SHA");
    let has_word = name.split('_').any(|word| word != "SHA" && VOLATILE.contains(&word));
    (is_plain || has_word || NAMES.contains(&name.as_str())) && name != "SOURCE_DATE_EPOCH"
}

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (index, instruction, stage) in subject.instructions() {
        let InstructionKind::Arg(declarations) = &instruction.kind else { continue };
        let [declared] = declarations.as_slice() else { continue };
        let name = declared.name.text.as_str();
        let Some(stage) = stage.filter(|_| is_volatile(name)) else { continue };
        let (moved, runs) = passed(subject, index, stage, name);
        let Some(last) = runs.last() else { continue };
        let message = format!(
            "Every build with another {name} runs line {} again, which does not read it; declare it below line {}.",
            subject.line_of(runs.first().map_or(last.index, |run| run.index)),
            subject.lines.last_line(last.instruction.span),
        );
        let fix = move_below(subject, &moved, last.instruction);
        let finding = Finding::new(instruction.span, message).unsure(Confidence::Likely);
        findings.push(finding.mended_by(Fix::safe(format!("Move {name} down"), fix)));
    }
    findings
}

/// What declares and hands on the argument, and the installations behind it that do not read it.
fn passed<'subject, 'input>(
    subject: &'subject Subject<'input>,
    index: usize,
    stage: usize,
    name: &str,
) -> (Vec<&'input Instruction>, Vec<&'subject Run<'input>>) {
    let (mut moved, mut runs) = (Vec::new(), Vec::new());
    let mut names = vec![name.to_owned()];
    let mut pending: Vec<&Instruction> = Vec::new();
    for (at, instruction) in subject.instructions_of(stage).filter(|(at, _)| *at >= index) {
        let reads = names.iter().any(|name| subject.reads_variable(instruction.span, name));
        match &instruction.kind {
            _ if at == index => pending.push(instruction),
            // What else an ENV sets may be meant for the steps behind it.
            InstructionKind::Env(pairs) if hands_on(subject, pairs, &names) => {
                names.extend(pairs.iter().map(|pair| pair.name.text.clone()));
                pending.push(instruction);
            }
            InstructionKind::Label(_) if reads => pending.push(instruction),
            InstructionKind::Env(_) | InstructionKind::Label(_) | InstructionKind::Arg(_)
                if !reads && !declares(instruction, &names) => {}
            InstructionKind::Run(_) if !reads => {
                let Some(run) = subject.runs().iter().find(|run| run.index == at) else { break };
                if run.commands.is_empty() || !run.commands.iter().all(is_installation) {
                    break;
                }
                runs.push(run);
                moved.append(&mut pending);
            }
            InstructionKind::Copy(_)
            | InstructionKind::Add(_)
            | InstructionKind::Workdir(_)
            | InstructionKind::User(_)
            | InstructionKind::Expose(_)
            | InstructionKind::Shell(_)
                if !reads => {}
            _ => break,
        }
    }
    (moved, runs)
}

/// Whether every value of an `ENV` reads one of the names.
fn hands_on(subject: &Subject<'_>, pairs: &[KeyValue], names: &[String]) -> bool {
    let reads =
        |pair: &KeyValue| names.iter().any(|name| subject.reads_variable(pair.value.span, name));
    pairs.iter().all(reads)
}

/// Whether an instruction sets one of the names anew.
fn declares(instruction: &Instruction, names: &[String]) -> bool {
    match &instruction.kind {
        InstructionKind::Env(pairs) => pairs.iter().any(|it| names.contains(&it.name.text)),
        InstructionKind::Arg(list) => list.iter().any(|it| names.contains(&it.name.text)),
        _ => false,
    }
}

/// Whether a command only installs packages, which no argument of the person's changes.
fn is_installation(command: &super::ListedCommand) -> bool {
    let kind = command.action.as_ref().map(|action| action.kind);
    matches!(
        kind,
        Some(ActionKind::Install | ActionKind::Update | ActionKind::Clean | ActionKind::Upgrade)
    ) || matches!(command.line.program_name(), "rm" | "set" | "echo" | "mkdir" | "true")
}

/// Instructions taken away, and put behind another one in their order.
fn move_below(subject: &Subject<'_>, moved: &[&Instruction], last: &Instruction) -> Vec<Edit> {
    let mut edits: Vec<Edit> =
        moved.iter().map(|it| edits::remove_instruction(subject, it)).collect();
    let lines: Vec<&str> = moved.iter().map(|it| it.span.slice(subject.text())).collect();
    edits.push(edits::insert_below(subject, last, &lines.join(subject.line_end())));
    edits
}
