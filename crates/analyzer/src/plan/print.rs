//! Steps as BuildKit names them while it builds.
//!
//! `processCmdEnv`, `uppercaseCmd` and `summarizeHeredoc` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.

use super::RunCommand;
use super::expand::Lexer;
use super::steps::StagePlanner;
use crate::dockerfile::Instruction;

impl StagePlanner<'_, '_> {
    /// The instruction as BuildKit names its step; as written where it cannot be expanded.
    /// Secrets in `hidden` variables stay secret.
    pub(super) fn print(
        &mut self,
        instruction: &Instruction,
        lexer: Lexer,
        summary: &str,
        hidden: &[&str],
    ) -> String {
        let text = format!("{}{summary}", instruction.text.trim());
        let variables = &self.state.variables;
        let value_of = |name: &str| {
            if hidden.contains(&name) { Some("****") } else { variables.get(name) }
        };
        let expanded = lexer.expand_word(&text, &value_of, &mut self.planner.budget);
        upper_first(&expanded.unwrap_or(text))
    }
}

/// `text` with everything before its first space in upper case.
fn upper_first(text: &str) -> String {
    match text.split_once(' ') {
        Some((keyword, rest)) => format!("{} {rest}", keyword.to_ascii_uppercase()),
        None => text.to_ascii_uppercase(),
    }
}

pub(super) fn print_plain(instruction: &Instruction) -> String {
    upper_first(instruction.text.trim())
}

pub(super) fn print_pairs(keyword: &str, pairs: &[(String, String)]) -> String {
    let mut printed = keyword.to_owned();
    for (name, value) in pairs {
        printed.extend([" ", name, "=", value]);
    }
    printed
}

/// The text of a trigger as the image keeps it, heredocs included.
pub(super) fn deferred_text(trigger: &Instruction) -> String {
    let mut text = trigger.text.clone();
    for heredoc in &trigger.heredocs {
        text.extend(["\n", &heredoc.content, &heredoc.name]);
    }
    text
}

/// What BuildKit adds to a `RUN` that is nothing but a heredoc: its first line.
pub(super) fn summarize_heredoc(instruction: &Instruction, command: &RunCommand) -> String {
    let (RunCommand::Shell { text, .. }, Some(heredoc)) = (command, instruction.heredocs.first())
    else {
        return String::new();
    };
    let word = text.trim().trim_start_matches(|digit: char| digit.is_ascii_digit());
    let alone = word.strip_prefix("<<").is_some_and(|name| {
        !name.contains('<') && !name.contains(|blank: char| blank.is_whitespace())
    });
    if !alone {
        return String::new();
    }
    let body = heredoc.content.trim();
    let first = body.lines().next().unwrap_or_default();
    let more = if body.contains('\n') { "..." } else { "" };
    format!(" ({first}{more})")
}
