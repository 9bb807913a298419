//! Questions about installations that several rules ask.

use super::{ListedCommand, Run, Subject, origin};
use crate::packages::{Action, ActionKind};
use crate::plan::StageIndex;

/// What a command asks of one of the managers, where it is of a kind.
pub(super) fn action_of<'run>(
    command: &'run ListedCommand,
    managers: &[&str],
    kind: ActionKind,
) -> Option<&'run Action> {
    let action = command.action.as_ref().filter(|action| action.kind == kind)?;
    let manager = action.manager?;
    managers.contains(&manager.id).then_some(action)
}

/// The image at the bottom of a stage's chain, as the text names it.
pub(super) fn base_of<'input>(subject: &Subject<'input>, stage: StageIndex) -> &'input str {
    let bottom = subject.report.stages.get(subject.bottom(stage));
    bottom.map_or("", |stage| &stage.base.reference)
}

/// The distribution's package manager in a stage, as far as the table knows its base.
pub(super) fn distribution_manager<'input>(
    subject: &Subject<'input>,
    stage: StageIndex,
) -> &'input str {
    let bottom = subject.report.stages.get(subject.bottom(stage));
    bottom.and_then(|stage| stage.base.image.as_ref()).map_or("", |it| &it.package_manager)
}

/// The name of an image without registry, namespace and tag: `python`.
pub(super) fn name_of(reference: &str) -> &str {
    let name = reference.rsplit('/').next().unwrap_or_default();
    name.split([':', '@']).next().unwrap_or_default()
}

/// The `RUN`s of the stages that make the final image.
pub(super) fn final_runs<'subject, 'input>(
    subject: &'subject Subject<'input>,
) -> impl Iterator<Item = &'subject Run<'input>> {
    subject.runs().iter().filter(|run| subject.is_final(run.stage))
}

/// Commands of `RUN`s behind this one whose stage holds what it wrote.
pub(super) fn later_commands<'run>(
    subject: &'run Subject<'_>,
    run: &Run<'_>,
) -> impl Iterator<Item = &'run ListedCommand> {
    let stage = run.stage;
    let later = subject.runs_from(run.index + 1).iter();
    let later = later.filter(move |it| origin::starts_from(subject, it.stage, stage));
    later.flat_map(|it| &it.commands)
}

/// Whether a command without a manager is known to read no manager's cache.
pub(super) fn is_harmless(command: &ListedCommand) -> bool {
    #[rustfmt::skip]
    const HARMLESS: &[&str] = &[
        "rm", "mkdir", "rmdir", "touch", "mv", "cp", "ln", "chmod", "chown", "chgrp", "install",
        "echo", "printf", "cat", "ls", "cd", "set", "export", "true", ":", "test", "[", "sleep",
        "useradd", "adduser", "usermod", "groupadd", "addgroup", "strip", "upx", "ldd", "file",
        "tar", "gzip", "unzip", "curl", "wget", "sed", "grep", "awk", "find", "id", "date",
        "setcap", "update-ca-certificates", "ldconfig", "locale-gen",
    ];
    HARMLESS.contains(&command.line.program_name())
}

/// Whether a manager of Node.js runs a program of an installed package, and installs none.
pub(super) fn runs_tool(command: &ListedCommand) -> bool {
    #[rustfmt::skip]
    const INSTALLATIONS: &[&str] = &[
        "install", "i", "add", "ci", "ic", "clean-install", "focus", "fetch", "deploy", "update",
        "upgrade", "up", "create", "init", "import",
    ];
    let is_word = |word: &str| word.starts_with(|first: char| first.is_ascii_alphabetic());
    let mut words = command.line.words().filter(|word| is_word(word)).peekable();
    let manager = command.action.as_ref().and_then(|action| action.manager);
    manager.is_some_and(|manager| matches!(manager.id, "npm" | "yarn" | "pnpm" | "bun"))
        && (matches!(command.line.program_name(), "npx" | "bunx")
            || words.peek().is_some() && !words.any(|word| INSTALLATIONS.contains(&word)))
}

/// Whether an installation is one of Yarn 2 or later, which refuses `--production`
/// (<https://github.com/yarnpkg/berry/issues/3435>): by its flags, the text and the context.
pub(super) fn is_newer_yarn(subject: &Subject<'_>, command: &ListedCommand) -> bool {
    const MARKS: [&str; 8] = [
        "yarn@2",
        "yarn@3",
        "yarn@4",
        "yarn@berry",
        "yarn@stable",
        ".yarnrc.yml",
        ".yarn/releases",
        "yarn set version",
    ];
    let is_marked = |text: &str| MARKS.iter().any(|mark| text.contains(mark));
    let known = subject.input.context.as_ref().map(|known| &known.context);
    let mut paths = known.iter().flat_map(|context| context.files.keys());
    let mut manifests = known.iter().flat_map(|context| context.manifests.values());
    command.line.has_flag(&["--immutable", "--immutable-cache", "--inline-builds"])
        || is_marked(subject.text())
        || paths.any(|path| is_marked(path))
        || manifests.any(|text| is_marked(text) || text.contains("__metadata:"))
}
