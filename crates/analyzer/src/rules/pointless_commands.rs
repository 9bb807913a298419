//! Commands that do nothing for an image.

use super::{Concern, Example, Finding, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    id: "pointless-command",
    title: "Leave out commands that change no file",
    aliases: &["DL3001"],
    why: "A RUN keeps files alone. What looks at processes, starts services or mounts file systems is \
          over with the step, and what is started there does not run in a container.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3001.hs",
    severity: Severity::Advice,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN service nginx start\n",
            "FROM debian:12\nCMD [\"nginx\", \"-g\", \"daemon off;\"]\n",
        ),
        Example::new(
            "FROM debian:12\nRUN top\n",
            // A database is filled while it runs, and one of the two has to end it.
            "FROM postgres:17\nRUN service postgresql start && psql -f /init.sql && service postgresql stop\n",
        ),
        Example::new(
            "FROM debian:12\nRUN free -m\n",
            "FROM debian:12\nRUN apt-get update && apt-get install -y vim ssh\n",
        ),
    ],
    check,
};

/// Those that hadolint lists. Where others follow in the same RUN, they may need what it did.
const POINTLESS: &[&str] =
    &["free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in subject.runs() {
        let is_pointless = |it: &&super::ListedCommand| {
            POINTLESS.contains(&it.line.program_name()) && !it.is_captured
        };
        let Some(command) = run.commands.last().filter(is_pointless) else { continue };
        let name = command.line.program_name();
        let starts_before = run.commands.iter().rev().skip(1).any(|it| {
            matches!(it.line.program_name(), "service" | "mount")
                || it.line.program.contains("start")
        });
        let uses_key = run.mounts.iter().any(|mount| mount.kind == crate::plan::MountKind::Ssh);
        if starts_before || name == "kill" && run.commands.len() > 1 || uses_key {
            continue;
        }
        let message = format!(
            "`{name}` changes nothing that an image keeps: what a container is to start belongs in \
             CMD or ENTRYPOINT."
        );
        findings.push(Finding::new(command.span, message));
    }
    findings
}
