//! Users with large numbers.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};

pub(super) static RULE: Rule = Rule {
    id: "sparse-lastlog",
    title: "Add users with large numbers without a log entry",
    aliases: &["DL3046"],
    why: "useradd writes an entry to /var/log/lastlog and /var/log/faillog at a place that the user's \
          number gives. With a large number the files have gigabytes of holes, and packing the layer \
          writes them out.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3046.hs",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN useradd -u 1000001 app\n",
            "FROM debian:12\nRUN useradd -l -u 1000001 app\n",
        ),
        Example::new(
            "FROM debian:12\nRUN groupadd -g 1234567 app \\\n && useradd --create-home --uid=1234567 app\n",
            "FROM debian:12\nRUN groupadd -g 1234567 app \\\n && useradd -l --create-home --uid=1234567 app\n",
        ),
        Example::new(
            "FROM debian:12\nRUN [\"useradd\", \"-u\", \"1000001\", \"app\"]\n",
            "FROM debian:12\nRUN useradd -u 10001 app && useradd --no-log-init -u 1000001 other\n",
        ),
    ],
    check,
};

/// A number below this makes files that nobody notices.
const LEAST_LARGE: u64 = 100_000;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let commands = subject.runs().iter().flat_map(|run| &run.commands);
    let mut findings = Vec::new();
    for command in commands.filter(|it| it.line.program_name() == "useradd") {
        let numbers = command.line.values_of(&["-u", "--uid"]);
        let Some(number) = numbers.last().and_then(|it| it.parse::<u64>().ok()) else { continue };
        if number < LEAST_LARGE || command.line.has_flag(&["-l", "--no-log-init"]) {
            continue;
        }
        let place = command.words.first().filter(|_| command.is_plain);
        let fix = place.map(|place| {
            Fix::safe("Add the user without a log entry", vec![edits::insert(place.end, " -l")])
        });
        let message = format!(
            "useradd makes room for {number} entries in /var/log/lastlog: add `-l`, which makes none."
        );
        findings.push(Finding::new(command.span, message).mended_by(fix));
    }
    findings
}
