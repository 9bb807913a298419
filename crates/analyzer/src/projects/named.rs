//! The paths of the context that commands and variables of a Dockerfile name.

use super::paths::{clean, join};
use crate::context::is_within;
use crate::plan::{RunCommand, Step, StepKind};

/// As many words as are looked at.
const MOST: usize = 2_000;

/// The longest word that is taken for a path.
const LONGEST: usize = 200;

/// Programs that take away or make what they name, or look for it everywhere.
const MAKERS: [&str; 6] = ["rm", "rmdir", "mkdir", "touch", "find", "tee"];

/// Programs whose last word is what they make.
const MOVERS: [&str; 3] = ["cp", "mv", "ln"];

/// A word that may name a file, and where it is looked for.
pub(super) struct NamedWord {
    /// As a path from the root of the image.
    path: String,
    /// Stage of the step.
    pub(super) stage: usize,
}

/// A folder of the context that a `COPY` puts into an image.
pub(super) struct Landing {
    /// Folder of the context; empty for all of it.
    pub(super) from: String,
    /// Where it lands, as a path from the root of the image.
    pub(super) to: String,
    /// Stage of the `COPY`.
    pub(super) stage: usize,
}

impl Landing {
    /// What a word names of the context, where this brings it.
    pub(super) fn source_of(&self, word: &NamedWord) -> Option<String> {
        if !self.to.is_empty() && !is_within(&word.path, &self.to) {
            return None;
        }
        let rest = word.path.get(self.to.len()..)?.trim_start_matches('/');
        (!rest.is_empty()).then(|| join(&self.from, rest))
    }
}

/// Adds the words of a step that may be paths.
pub(super) fn add_words(step: &Step, stage: usize, words: &mut Vec<NamedWord>) {
    let mut add = |text: &str| add_text(text, step, stage, words);
    match &step.kind {
        StepKind::Run { command: RunCommand::Shell { text, heredocs }, .. } => {
            add(text);
            heredocs.iter().for_each(|heredoc| add(&heredoc.content));
        }
        StepKind::Run { command: RunCommand::Exec(words), .. } => add(&words.join(" ")),
        StepKind::Configuration(keyword)
            if ["CMD", "ENTRYPOINT", "HEALTHCHECK", "ENV"].contains(&keyword.as_str()) =>
        {
            add(step.printed.get(keyword.len()..).unwrap_or_default());
        }
        _ => {}
    }
}

fn add_text(text: &str, step: &Step, stage: usize, words: &mut Vec<NamedWord>) {
    for command in text.split(['\n', ';', '&', '|', '(', ')', '`']) {
        // Of a flag or a variable the value counts, of a list of paths each.
        let values = read_words(command).into_iter().filter(|word| !word.contains("://"));
        let values = values.map(|word| word.rsplit('=').next().unwrap_or_default());
        for path in values.flat_map(|value| value.split(':')).filter(|path| is_path(path)) {
            if words.len() < MOST {
                words.push(NamedWord { path: resolve(path, step), stage });
            }
        }
    }
}

/// The words of a command that are there before it runs.
fn read_words(command: &str) -> Vec<&str> {
    let is_between = |it: char| it.is_whitespace() || "\"'[],<".contains(it);
    let mut words: Vec<&str> = Vec::new();
    for (index, part) in command.split('>').enumerate() {
        // Behind `>` stands what is written.
        let own = part.split(is_between).filter(|word| !word.is_empty());
        words.extend(own.skip(usize::from(index > 0)));
    }
    match words.first() {
        Some(program) if MAKERS.contains(program) => words.clear(),
        Some(program) if MOVERS.contains(program) => drop(words.pop()),
        _ => {}
    }
    words
}

fn resolve(path: &str, step: &Step) -> String {
    match path.starts_with('/') {
        true => clean(path),
        false => clean(&format!("{}/{path}", step.state.working_directory)),
    }
}

fn is_path(word: &str) -> bool {
    !word.is_empty()
        && word.len() <= LONGEST
        && !word.starts_with('-')
        && !word.contains(['$', '{', '}', '\\', '!', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_command_makes_need_not_be_there() {
        for (command, expected) in [
            ("cp .env.example .env", "cp .env.example"),
            ("printenv > .env", "printenv"),
            ("sort <in.txt >out.txt 2>errors.txt", "sort in.txt 2"),
            ("rm -rf dist", ""),
            ("[\"java\",\"-jar\",\"target/app.jar\"]", "java -jar target/app.jar"),
        ] {
            assert_eq!(read_words(command).join(" "), expected, "{command}");
        }
    }

    #[test]
    fn words_are_looked_up_below_what_was_copied() {
        let word = |path: &str| NamedWord { path: path.into(), stage: 0 };
        let landing = |from: &str, to: &str| Landing { from: from.into(), to: to.into(), stage: 0 };
        for (path, from, to, expected) in [
            ("app/target/a.jar", "", "app", Some("target/a.jar")),
            ("app/a.js", "web", "app", Some("web/a.js")),
            ("application/a.js", "web", "app", None),
            ("app", "", "app", None),
            ("a.js", "", "", Some("a.js")),
        ] {
            let found = landing(from, to).source_of(&word(path));
            assert_eq!(found.as_deref(), expected, "{path} below {to:?}");
        }
    }
}
