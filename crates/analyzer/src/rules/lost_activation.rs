//! Virtual environments activated for a step that is over.

use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits};

pub(super) static RULE: Rule = Rule {
    id: "lost-activation",
    title: "Turn to a virtual environment with ENV",
    aliases: &[],
    why: "`activate` changes the shell that runs it, and every RUN is a shell of its own: the next \
          step installs outside the environment again. The environment's programs are found where \
          its bin folder comes first in PATH.",
    source: "https://docs.python.org/3.14/library/venv.html#how-venvs-work (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM python:3.12\nRUN python -m venv /venv\nRUN . /venv/bin/activate\nRUN pip install flask==3.0.0\n",
            "FROM python:3.12\nRUN python -m venv /venv\nENV PATH=\"/venv/bin:$PATH\"\nRUN pip install flask==3.0.0\n",
        ),
        Example::new(
            "FROM python:3.12\nRUN python -m venv /venv && . /venv/bin/activate\n",
            "FROM python:3.12\nRUN python -m venv /venv && . /venv/bin/activate && pip install flask==3.0.0\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for run in subject.runs() {
        let Some(command) = run.commands.last() else { continue };
        let is_activation =
            matches!(command.line.program_name(), "." | "source") || command.line.program == ".";
        let Some(script) = command.line.arguments.first().filter(|it| it.is_known) else {
            continue;
        };
        let Some(folder) = script.text.strip_suffix("/bin/activate").filter(|_| is_activation)
        else {
            continue;
        };
        let is_alone = run.commands.len() == 1 && folder.starts_with('/') && !run.is_exec;
        let is_plain = run.instruction.flags.is_empty() && run.instruction.heredocs.is_empty();
        let fix = (is_alone && is_plain && command.is_certain).then(|| {
            let line = format!("ENV PATH=\"{folder}/bin:$PATH\"");
            Fix::with_risks(
                "Put its programs first in PATH",
                vec![edits::replace(run.instruction.span, line)],
                ["Later steps then use the environment, and so does the container."],
            )
        });
        let message = format!(
            "The environment is left with this step: write `ENV PATH=\"{folder}/bin:$PATH\"`, or go \
             on behind `&&`."
        );
        findings.push(Finding::new(command.span, message).mended_by(fix));
    }
    findings
}
