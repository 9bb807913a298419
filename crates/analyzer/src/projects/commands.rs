//! The commands that `RUN`, `CMD` and `ENTRYPOINT` start, as words.
//!
//! No shell: it finds which programs a build calls, and may find one too many.

use crate::plan::{BuildPlan, RunCommand, StageIndex, Step, StepKind};

/// As many commands of one Dockerfile as are looked at.
const MOST: usize = 500;

/// Words that stand before a command.
const PREFIXES: &[&str] = &[
    "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "exec", "sudo", "env",
    "sh", "bash", "ash", "dash",
];

/// A program with its first arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Command {
    /// Name without folder, then up to three arguments that are no flags.
    pub(super) words: Vec<String>,
    /// The stage that runs it.
    pub(super) stage: StageIndex,
}

impl Command {
    /// Whether it begins with these words; `build` is also the beginning of `build:production`.
    pub(super) fn starts_with(&self, sign: &str) -> bool {
        let mut own = self.words.iter();
        sign.split(' ').all(|word| {
            let rest = own.next().and_then(|own| own.strip_prefix(word));
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
        })
    }
}

/// The commands of every stage, in order.
pub(super) fn commands(plan: &BuildPlan) -> Vec<Command> {
    let mut found = Vec::new();
    for (stage, steps) in plan.graph.stages.iter().map(|stage| &stage.steps).enumerate() {
        for step in steps {
            for text in texts(step) {
                let left = MOST.saturating_sub(found.len());
                let new = split(&text).into_iter().take(left);
                found.extend(new.map(|words| Command { words, stage }));
            }
        }
    }
    found
}

/// What a step hands to a shell or starts by itself.
fn texts(step: &Step) -> Vec<String> {
    match &step.kind {
        StepKind::Run { command: RunCommand::Shell { text, heredocs }, .. } => {
            let bodies = heredocs.iter().map(|heredoc| heredoc.content.clone());
            std::iter::once(text.clone()).chain(bodies).collect()
        }
        StepKind::Run { command: RunCommand::Exec(words), .. } => vec![words.join(" ")],
        StepKind::Configuration(keyword) if matches!(keyword.as_str(), "CMD" | "ENTRYPOINT") => {
            let arguments = step.printed.split_once(' ').map_or("", |(_, rest)| rest);
            vec![arguments.replace(['[', ']', ',', '"'], " ")]
        }
        _ => Vec::new(),
    }
}

fn split(text: &str) -> Vec<Vec<String>> {
    let commands = text.split(['\n', ';', '&', '|', '(', ')', '`']);
    commands.map(words).filter(|words| !words.is_empty()).collect()
}

fn words(command: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in command.split_whitespace() {
        let word = word.trim_matches(['"', '\'', '$']);
        let before = words.is_empty() && (PREFIXES.contains(&word) || word.contains('='));
        if before || word.is_empty() || word.starts_with('-') {
            continue;
        }
        let name = if words.is_empty() { super::glob::split(word).1 } else { word };
        words.push(name.to_owned());
        if words.len() == 4 {
            break;
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_found_behind_what_stands_before_them() {
        for (text, expected) in [
            ("npm ci --omit=dev && npm run build", "npm ci, npm run build"),
            ("CGO_ENABLED=0 go build -o /out/x ./cmd/x", "go build /out/x ./cmd/x"),
            ("./mvnw -B package | tee log", "mvnw package, tee log"),
            ("if [ -f yarn.lock ]; then yarn; fi", "[ yarn.lock ], yarn, fi"),
            ("sh -c \"exec /usr/bin/node a.js\"", "node a.js"),
            ("set -e\npython -m pip install x", "set, python pip install x"),
            ("", ""),
        ] {
            let found: Vec<String> = split(text).iter().map(|words| words.join(" ")).collect();
            assert_eq!(found.join(", "), expected, "commands of {text:?}");
        }
    }

    #[test]
    fn a_sign_is_the_beginning_of_a_command() {
        let command = |text: &str| Command { words: words(text), stage: 0 };
        assert!(command("npm run build:production").starts_with("npm run build"));
        assert!(command("npm run build").starts_with("npm"));
        assert!(!command("npm run builder").starts_with("npm run build"));
        assert!(!command("npm").starts_with("npm run"));
    }
}
