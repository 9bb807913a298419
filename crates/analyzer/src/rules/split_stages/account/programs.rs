//! Programs that the final stage calls and its base lacks, and the packages that bring them.

use super::Account;
use crate::dockerfile::{Instruction, InstructionKind};
use crate::rules::split_stages::facts::Facts;
use crate::rules::{Run, programs};

/// Packages beside those of small programs that the commands of a `RUN` need.
pub(super) fn packages_of_run(run: &Run<'_>, is_alpine: bool) -> Vec<&'static str> {
    let packages = run.commands.iter().flat_map(|command| match command.line.program_name() {
        "curl" | "update-ca-certificates" => &["ca-certificates"][..],
        "wget" if !is_alpine => &["ca-certificates"],
        "git" => &["ca-certificates", "git"],
        "locale-gen" => &["locales"],
        "adduser" | "addgroup" if !is_alpine => &["adduser"],
        _ => &[],
    });
    packages.copied().collect()
}

impl Account {
    /// Programs that the final stage calls, an image lacks and nothing brings.
    pub(in crate::rules::split_stages) fn lacking(
        &self,
        facts: &Facts<'_, '_>,
        reference: &str,
    ) -> Vec<String> {
        let is_again = |index: usize| {
            let mut done = self.again.iter().chain(&self.after);
            done.any(|(own, _)| *own == index)
        };
        let is_start = |it: &Instruction| {
            matches!(
                it.kind,
                InstructionKind::Cmd(_)
                    | InstructionKind::Entrypoint(_)
                    | InstructionKind::Healthcheck(_)
            )
        };
        let above = facts.above().filter(|(index, it)| is_start(it) || is_again(*index));
        let indexes: Vec<usize> = above.chain(facts.below()).map(|(index, _)| index).collect();
        let missing = programs::missing(facts.subject, indexes, reference).into_iter();
        let packages = &self.needed.packages;
        missing.filter(|it| !packages.iter().any(|own| programs::brings(own, it))).collect()
    }

    /// Asks for the packages of what is called and lacks; `None` where no small one brings it.
    pub(super) fn add_lacking(&mut self, facts: &Facts<'_, '_>) -> Option<()> {
        let is_alpine = facts.distribution().starts_with("alpine");
        let reference = match (facts.base.repository.as_str(), is_alpine) {
            ("python", true) => "python:alpine",
            ("python", false) => "python:slim",
            (_, true) => "alpine",
            (_, false) => "debian:12-slim",
        };
        for program in self.lacking(facts, reference) {
            let packages = programs::packages_of(&program, is_alpine)?;
            packages.split(' ').for_each(|it| self.needed.add(it));
        }
        Some(())
    }
}
