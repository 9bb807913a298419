//! Lists of packages that stay in the layer.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "package-lists-left",
    title: "Remove the lists of packages in the RUN that fetched them",
    aliases: &["DL3009"],
    why: "`apt-get update` leaves some 20 MB of lists below /var/lib/apt/lists. Only an installation \
          needs them, and only a removal in the same RUN keeps them out of the image: one in a later \
          RUN hides them and frees nothing.",
    source: "https://docs.docker.com/build/building/best-practices/#apt-get (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n",
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update \\\n # why\n && apt-get install -y curl \\\n && echo done\n",
            "FROM debian:12\nRUN apt-get update \\\n # why\n && apt-get install -y curl \\\n && echo done \\\n && rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nEOF\n",
            "FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*\nEOF\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update\n",
            "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update\n",
            "FROM debian:12 AS build\nRUN apt-get update\nFROM scratch\nCOPY --from=build /etc/hostname /\n",
        ),
    ],
    check,
};

/// Where lists lie, and the manager that fetches them.
const LISTS: (&str, &str) = ("apt", "/var/lib/apt/lists");

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (manager, folder) = LISTS;
    for run in subject.runs().iter().filter(|run| subject.is_final(run.stage)) {
        let mut updates = run.commands.iter().filter(|it| it.asks(manager, ActionKind::Update));
        let Some(update) = updates.next_back() else { continue };
        if run.hides(folder) || run.removes(folder, update.span) {
            continue;
        }
        let installs = run.commands.iter().any(|it| it.asks(manager, ActionKind::Install));
        let message = if installs {
            format!(
                "The lists of packages stay in the image: remove {folder}/* in this RUN, behind the installation."
            )
        } else {
            "The lists of packages stay in the image, and installations of later builds go by the lists of this one: update, install and remove them in one RUN.".to_owned()
        };
        let fix = run.commands.last().filter(|_| installs).and_then(|last| {
            let edit = edits::append_command(subject, run, last, "rm -rf /var/lib/apt/lists/*")?;
            Some(Fix::safe("Remove the lists in the same RUN", vec![edit]))
        });
        findings.push(Finding::new(update.span, message).mended_by(fix));
    }
    findings
}
