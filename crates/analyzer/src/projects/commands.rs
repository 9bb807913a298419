//! The commands that `RUN`, `CMD` and `ENTRYPOINT` start, as words.
//!
//! No shell: it finds which programs a build calls, and may find one too many.

use super::paths::split;
use crate::plan::{RunCommand, Step, StepKind};

/// As many words of a command as are kept.
const MOST_WORDS: usize = 4;

/// Words that stand before a command.
const PREFIXES: [&str; 17] = [
    "if", "then", "else", "elif", "do", "while", "until", "!", "{", "time", "exec", "sudo", "env",
    "sh", "bash", "ash", "dash",
];

/// Adds the commands that a step starts, each the program's name without folder and up to three
/// arguments that are no flags, with a space between words.
pub(super) fn add_commands(step: &Step, commands: &mut Vec<String>) {
    match &step.kind {
        StepKind::Run { command: RunCommand::Shell { text, heredocs }, .. } => {
            split_commands(text, commands);
            for heredoc in heredocs {
                split_commands(&heredoc.content, commands);
            }
        }
        StepKind::Run { command: RunCommand::Exec(words), .. } => {
            split_commands(&words.join(" "), commands);
        }
        StepKind::Configuration(keyword) if keyword == "CMD" || keyword == "ENTRYPOINT" => {
            let arguments = step.printed.get(keyword.len()..).unwrap_or_default();
            split_commands(arguments, commands);
        }
        _ => {}
    }
}

fn split_commands(text: &str, commands: &mut Vec<String>) {
    let mut command = String::new();
    let (mut count, mut start) = (0, 0);
    let ends = text.char_indices().map(|(at, character)| (at, Some(character)));
    for (at, character) in ends.chain([(text.len(), None)]) {
        let ends_command =
            matches!(character, None | Some('\n' | ';' | '&' | '|' | '(' | ')' | '`'));
        let is_between =
            matches!(character, Some(' ' | '\t' | '\r' | '"' | '\'' | '[' | ']' | ','));
        if !ends_command && !is_between {
            continue;
        }
        add_word(text.get(start..at).unwrap_or_default(), &mut command, &mut count);
        start = at + 1;
        if ends_command {
            count = 0;
            if !command.is_empty() {
                commands.push(std::mem::take(&mut command));
            }
        }
    }
}

fn add_word(word: &str, command: &mut String, count: &mut usize) {
    let is_before = *count == 0 && (PREFIXES.contains(&word) || word.contains('='));
    let is_argument = !word.is_empty() && !word.starts_with('-') && !is_before;
    if !is_argument || *count == MOST_WORDS {
        return;
    }
    if *count > 0 {
        command.push(' ');
    }
    command.push_str(if *count == 0 { split(word).1 } else { word });
    *count += 1;
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
            ("if [ -f yarn.lock ]; then yarn; fi", "yarn.lock, yarn, fi"),
            ("sh -c \"exec /usr/bin/node a.js\"", "node a.js"),
            ("[\"npm\",\"start\"]", "npm start"),
            ("set -e\npython -m pip install x y z", "set, python pip install x"),
            ("", ""),
        ] {
            let mut commands = Vec::new();
            split_commands(text, &mut commands);
            assert_eq!(commands.join(", "), expected, "commands of {text:?}");
        }
    }
}
