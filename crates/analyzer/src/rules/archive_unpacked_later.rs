//! Archives that one step copies and another unpacks.

use super::{
    Concern, Example, Finding, Fix, ListedCommand, Rule, Run, Severity, Subject, arriving, chain,
    edits, waste,
};
use crate::dockerfile::{CopyArguments, Instruction, InstructionKind};
use crate::plan::{CopyStep, SourceForm};

/// Of the context.
pub(super) static COPIED: Rule = Rule {
    id: "archive-unpacked-later",
    title: "Unpack an archive of the context with ADD",
    aliases: &["DL3010"],
    why: "COPY puts the archive into a layer, where it stays even if the RUN that unpacks it removes \
          it. ADD unpacks a tar archive of the context while it copies, and leaves no archive.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3010.hs",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example {
            listing: "9000000 app.tar.gz\n",
            ..Example::new(
                "FROM debian:12\nCOPY app.tar.gz /tmp/\nRUN tar -xzf /tmp/app.tar.gz -C /opt && rm /tmp/app.tar.gz\nUSER app\n",
                "FROM debian:12\nADD app.tar.gz /opt/\nUSER app\n",
            )
        },
        Example {
            listing: "9000000 app.tgz\n",
            ..Example::new(
                "from debian:12\r\ncopy --chown=1 app.tgz /tmp/x.tgz\r\nrun mkdir -p /srv/a && tar -xf /tmp/x.tgz -C /srv/a --strip-components=1\r\n",
                "from debian:12\r\nrun --mount=type=bind,source=app.tgz,target=/tmp/x.tgz mkdir -p /srv/a && tar -xf /tmp/x.tgz -C /srv/a --strip-components=1\r\n",
            )
        },
        // ADD does not unpack a zip, and a stage's files cannot be added.
        Example {
            listing: "9000000 app.tar\n9000000 b.zip\n",
            ..Example::new(
                "FROM debian:12\nWORKDIR /srv\nCOPY b.zip .\nCOPY app.tar .\nRUN tar -xf app.tar\n",
                "FROM debian:12\nWORKDIR /srv\nCOPY b.zip .\nADD app.tar /srv/\n",
            )
        },
    ],
    check: |subject| find(subject, false),
};

/// Of the web.
pub(super) static FETCHED: Rule = Rule {
    id: "download-unpacked-later",
    title: "Download and unpack in one step",
    aliases: &[],
    why: "ADD of an address puts the download into a layer as it is, where it stays even if a later RUN \
          unpacks and removes it. ADD --unpack writes only what is in it, and so does a RUN that \
          downloads, unpacks and removes.",
    source: "https://docs.docker.com/reference/dockerfile/#add---unpack (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nADD https://example.com/tool.tar.gz /tmp/\nRUN tar -xzf /tmp/tool.tar.gz -C /opt\n",
            "FROM debian:12\nADD --unpack=true https://example.com/tool.tar.gz /opt/\n",
        ),
        Example::new(
            "FROM debian:12\nADD https://example.com/tool.tar.gz /tmp/x.tar.gz\nRUN tar -xzf /tmp/x.tar.gz -C /opt && rm /tmp/x.tar.gz\n",
            "FROM debian:12\nRUN curl https://example.com/tool.tar.gz | tar -xz -C /opt\n",
        ),
    ],
    check: |subject| find(subject, true),
};

/// Endings of archives that `ADD` unpacks, of those that hadolint looks for.
const ENDINGS: &[&str] = &[".tar", ".gz", ".tgz", ".bz2", ".tbz", ".tbz2", ".xz", ".txz"];

fn find(subject: &Subject<'_>, is_remote: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut unpackers = Vec::new();
    for run in subject.runs() {
        let own = run.commands.iter().filter(|it| it.line.program_name() == "tar");
        unpackers.extend(own.map(|command| (run, command)));
    }
    for (index, copy) in arriving::copies(subject).filter(|(_, copy)| copy.add == is_remote) {
        let Some(instruction) = subject.dockerfile.instructions.get(index) else { continue };
        let names = archives(copy, is_remote);
        let stage = subject.plan.stage_of_instruction.get(index).copied().flatten();
        let later = unpackers.partition_point(|(run, _)| run.index <= index);
        let later = unpackers.get(later..).filter(|_| !names.is_empty()).unwrap_or_default();
        let own = later.iter().take_while(|(run, _)| Some(run.stage) == stage);
        let found = own.into_iter().find(|(_, command)| unpacks(command, &names));
        let Some(&(run, command)) = found else { continue };
        let line = subject.lines.line(command.span.start);
        let instead = match is_remote {
            false => "write ADD, which unpacks it, with the folder where it is to go",
            true => {
                "write ADD --unpack=true (Dockerfile 1.17 and later) with the folder where it is to go, or download it in the RUN that unpacks it"
            }
        };
        let message = format!(
            "The archive stays in this layer, and line {line} unpacks it into another; {instead}."
        );
        let fix = (!is_remote).then(|| mend(subject, (instruction, copy), run, command)).flatten();
        findings.push(Finding::new(instruction.span, message).mended_by(fix));
    }
    findings
}

fn base(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// Names under which a `COPY` writes archives.
fn archives(copy: &CopyStep, is_remote: bool) -> Vec<&str> {
    let is_archive = |name: &&str| ENDINGS.iter().any(|end| name.ends_with(end));
    let is_meant = |source: &&String| match copy.form_of(source) {
        SourceForm::Path => !is_remote,
        SourceForm::Url => is_remote && copy.unpack.is_none(),
        SourceForm::Git | SourceForm::Heredoc(_) => false,
    };
    let sources: Vec<&String> = copy.sources.iter().filter(is_meant).collect();
    let target = base(&copy.destination);
    if is_archive(&target) && !sources.is_empty() {
        return vec![target];
    }
    sources.into_iter().map(|source| base(source)).filter(is_archive).collect()
}

/// Whether a command unpacks one of these with tar.
fn unpacks(command: &ListedCommand, names: &[&str]) -> bool {
    let mut words = command.line.words();
    let is_bundle =
        |word: &str| word.starts_with('-') && !word.starts_with("--") && word.contains('x');
    let old =
        command.line.words().next().is_some_and(|it| !it.starts_with('-') && it.starts_with('x'));
    let extracts = old || words.any(|it| is_bundle(it) || matches!(it, "--extract" | "--get"));
    command.line.program_name() == "tar"
        && extracts
        && command.line.words().any(|it| names.contains(&base(it)))
}

/// `ADD` into the folder, where the `RUN` does nothing but unpack.
fn mend(
    subject: &Subject<'_>,
    (instruction, copy): (&Instruction, &CopyStep),
    run: &Run<'_>,
    command: &ListedCommand,
) -> Option<Fix> {
    let InstructionKind::Copy(CopyArguments { sources, destination }) = &instruction.kind else {
        return None;
    };
    let is_alone =
        sources.len() == 1 && !sources.first()?.span.slice(subject.text()).starts_with('"');
    let is_root = matches!(&*run.state.user, "" | "root" | "0");
    let archive = command.line.words().find(|it| ENDINGS.iter().any(|end| it.ends_with(end)))?;
    let folder = folder(command, archive)?;
    if !is_alone || !is_root || !instruction.flags.is_empty() || !copy.excludes.is_empty() {
        return None;
    }
    // What else names the archive would no longer find it.
    let names_it = |it: &ListedCommand| it.line.words().any(|word| base(word) == base(archive));
    let others =
        || subject.runs().iter().filter(|it| it.stage == run.stage && it.index != run.index);
    if others().any(|other| other.commands.iter().any(names_it)) {
        return None;
    }
    let is_part = |it: &&ListedCommand| match it.line.program_name() {
        "tar" => it.span == command.span,
        "rm" => it.line.operands(&[]).iter().all(|operand| base(&operand.text) == base(archive)),
        "mkdir" => it
            .line
            .operands(&["-m"])
            .iter()
            .all(|operand| waste::target(it, &operand.text).as_deref() == Some(&folder)),
        _ => false,
    };
    let chain = chain::chain(subject, run)?;
    if !chain.iter().all(is_part) {
        return None;
    }
    let keyword = if instruction.keyword.text == "copy" { "add" } else { "ADD" };
    let edits = vec![
        edits::replace(instruction.keyword.span, keyword),
        edits::replace(destination.span, format!("{}/", folder.trim_end_matches('/'))),
        edits::remove_instruction(subject, run.instruction),
    ];
    let title = "Unpack it with ADD";
    match chain.iter().any(|it| it.line.program_name() == "rm") {
        true => Some(Fix::safe(title, edits)),
        false => {
            Some(Fix::with_risks(title, edits, ["The archive itself is no longer in the image."]))
        }
    }
}

/// Where tar unpacks to; `None` where flags change what it writes.
fn folder(command: &ListedCommand, archive: &str) -> Option<String> {
    let mut folder = command.directory.clone();
    let mut words = command.line.words();
    while let Some(word) = words.next() {
        if matches!(word, "-C" | "--directory") {
            folder = Some(waste::target(command, words.next()?)?);
        } else if word != archive
            && !word.trim_start_matches('-').bytes().all(|it| b"xzjJvfp".contains(&it))
        {
            return None;
        }
    }
    folder
}
