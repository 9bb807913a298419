//! What later layers of the image hide of earlier ones, by the command that hides it.

use std::collections::BTreeMap;

use super::{ListedCommand, Run, Subject};
use crate::dockerfile::{Instruction, InstructionKind};
use crate::packages::ActionKind;
use crate::plan::paths;
use crate::report::ReportedWaste;
use crate::text::Span;

/// Bytes of the image that nobody sees.
pub(super) struct Waste<'subject, 'input> {
    /// What the report says.
    pub(super) report: &'input ReportedWaste,
    /// Place of the instruction that wrote them.
    pub(super) written: usize,
    /// The `RUN` that hides them.
    pub(super) run: &'subject Run<'input>,
    /// The command of it that is known to.
    pub(super) command: Option<&'subject ListedCommand>,
}

impl Waste<'_, '_> {
    /// Which files they are, in words.
    pub(super) fn path(&self) -> String {
        match self.report.paths {
            0..=1 => self.report.path.clone(),
            2 => format!("{} and another place", self.report.path),
            paths => format!("{} and {} other places", self.report.path, paths - 1),
        }
    }

    /// Likely bytes.
    pub(super) fn bytes(&self) -> u64 {
        self.report.bytes.best_known().0
    }

    /// Whether a `COPY` or `ADD` wrote them.
    pub(super) fn is_copied(&self, subject: &Subject<'_>) -> bool {
        subject.dockerfile.instructions.get(self.written).is_some_and(is_copy)
    }
}

/// Whether an instruction copies.
pub(super) fn is_copy(instruction: &Instruction) -> bool {
    matches!(instruction.kind, InstructionKind::Copy(_) | InstructionKind::Add(_))
}

/// What `RUN`s hide of what instructions of the text wrote. A base's files are not among it.
pub(super) fn list<'subject, 'input>(
    subject: &'subject Subject<'input>,
) -> Vec<Waste<'subject, 'input>> {
    let mut all = Vec::new();
    for layer in &subject.report.layers {
        for report in &layer.wasted {
            let lines = report.written_line.zip(report.hidden_line);
            let Some((written, hidden)) = lines.and_then(|(written, hidden)| {
                Some((subject.instruction_at(written)?, subject.instruction_at(hidden)?))
            }) else {
                continue;
            };
            let is_base = subject
                .dockerfile
                .instructions
                .get(written)
                .is_none_or(|it| matches!(it.kind, InstructionKind::From { .. }));
            let Some(run) = subject.run(hidden).filter(|_| !is_base && written < hidden) else {
                continue;
            };
            let own = run.commands.iter().find(|it| reaches(it, &report.path));
            let command = own.or_else(|| run.commands.iter().find(|it| removes_packages(it)));
            all.push(Waste { report, written, run, command });
        }
    }
    all
}

/// The same by the place of the command that hides it.
pub(super) fn by_command<'all, 'subject, 'input>(
    all: &'all [Waste<'subject, 'input>],
) -> BTreeMap<Span, Vec<&'all Waste<'subject, 'input>>> {
    let mut groups: BTreeMap<Span, Vec<&Waste<'_, '_>>> = BTreeMap::new();
    for waste in all {
        if let Some(command) = waste.command {
            groups.entry(command.span).or_default().push(waste);
        }
    }
    groups
}

/// Whether a command removes a path, gives it another owner or mode.
fn reaches(command: &ListedCommand, path: &str) -> bool {
    let skipped = match command.line.program_name() {
        "rm" | "rmdir" | "unlink" => 0,
        "chown" | "chmod" | "chgrp" => 1,
        _ => return false,
    };
    let operands = command.line.operands(&[]).into_iter().skip(skipped);
    let mut targets = operands.filter_map(|it| target(command, &it.text));
    targets.any(|target| match target.split_once(['*', '?', '[']) {
        Some((start, _)) => path.starts_with(start.trim_end_matches('/')),
        None => is_below(path, &target),
    })
}

/// Whether a command lets a manager remove packages or what it keeps for later.
fn removes_packages(command: &ListedCommand) -> bool {
    let kind = command.action.as_ref().map(|action| action.kind);
    matches!(kind, Some(ActionKind::Remove | ActionKind::Clean))
}

/// The absolute path that an operand names.
pub(super) fn target(command: &ListedCommand, operand: &str) -> Option<String> {
    match operand.starts_with('/') {
        true => Some(paths::clean("/", operand)),
        false => Some(paths::clean(command.directory.as_deref()?, operand)),
    }
}

/// Whether a path is `folder` or lies below it.
pub(super) fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || folder.ends_with('/'))
}
