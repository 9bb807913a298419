//! Choose the shell with SHELL, not by a link.

use super::{Concern, Example, Finding, Rule, Severity, Subject};

pub(super) static RULE: Rule = Rule {
    id: "shell-replaced",
    title: "Choose the shell with SHELL, not by a link",
    aliases: &["DL4005"],
    why: "A link in place of /bin/sh changes the shell of everything in the image, scripts of the system among them. SHELL changes that of the instructions below it.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL4005.hs",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN ln -sf /bin/bash /bin/sh\n",
            "FROM debian:12\nSHELL [\"/bin/bash\", \"-c\"]\nRUN ln -s /bin/bash /usr/local/bin/sh2\n",
        ),
        Example::new(
            "FROM debian:12\nRUN rm /bin/sh && ln -s bash /bin/sh\n",
            "FROM debian:12\nRUN ln -s /bin/sh /bin/mysh\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let commands = subject.runs().iter().flat_map(|run| &run.commands);
    let links = commands.filter(|command| {
        let operands = command.line.operands(&["-t", "--target-directory", "-S"]);
        let last = operands.last().map(|operand| operand.text.as_str());
        command.line.program_name() == "ln" && operands.len() > 1 && last == Some("/bin/sh")
    });
    let message =
        "This changes the shell of the whole image: write `SHELL [\"/bin/bash\", \"-c\"]` instead.";
    links.map(|command| Finding::new(command.span, message)).collect()
}
