//! A command with its arguments, as far as they are known before anything runs.

use crate::shell::run::{ExpandedWord, Invocation};

/// A word of a command line after expansion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Argument {
    /// What is known of it; a part that is not known is left out.
    pub text: String,
    /// Whether nothing was left out.
    pub is_known: bool,
    /// Whether it holds an unquoted `*`, `?` or `[` that the shell expands to paths.
    pub has_glob: bool,
}

impl Argument {
    /// A word that is known.
    #[must_use]
    pub fn known(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_known: true, has_glob: false }
    }
}

/// A command with its arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandLine {
    /// The program as it is named, maybe with its folder.
    pub program: String,
    /// The words behind it.
    pub arguments: Vec<Argument>,
}

impl From<&Invocation> for CommandLine {
    /// A command as the shell would call it.
    fn from(invocation: &Invocation) -> Self {
        let mut words = invocation.words.iter();
        let program = words.next().map(|word| word.value.text().to_owned()).unwrap_or_default();
        let argument = |word: &ExpandedWord| Argument {
            text: if word.is_glob() { word.pattern() } else { word.text().to_owned() },
            is_known: !word.has_unknown(),
            has_glob: word.is_glob(),
        };
        Self { program, arguments: words.map(argument).collect() }
    }
}

impl CommandLine {
    /// A command line of plain words, the first of which is the program.
    #[must_use]
    pub fn of_words<'word>(words: impl IntoIterator<Item = &'word str>) -> Self {
        let mut words = words.into_iter();
        let program = words.next().unwrap_or_default().to_owned();
        let arguments = words.map(Argument::known).collect();
        Self { program, arguments }
    }

    /// The program without its folder.
    #[must_use]
    pub fn program_name(&self) -> &str {
        self.program.rsplit('/').next().unwrap_or_default()
    }

    /// Known text of the arguments, in order.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.arguments.iter().map(|argument| argument.text.as_str())
    }

    /// The arguments behind the program that are neither flags nor values of flags. `valued` names
    /// the flags whose value is a word of its own. Behind `--` everything is an operand.
    #[must_use]
    pub fn operands(&self, valued: &[&str]) -> Vec<&Argument> {
        let (mut operands, mut is_value, mut all) = (Vec::new(), false, false);
        for argument in &self.arguments {
            let text = argument.text.as_str();
            if std::mem::take(&mut is_value) {
                continue;
            }
            if all || !text.starts_with('-') || text == "-" {
                operands.push(argument);
            } else if text == "--" {
                all = true;
            } else {
                // Of `-j$(nproc)` only the flag is known: its value is not the next word.
                is_value = argument.is_known && valued.contains(&text);
            }
        }
        operands
    }

    /// Whether one of the flags is there, alone, with `=value`, or, when it is one letter, among
    /// other letters as in `-rf`.
    #[must_use]
    pub fn has_flag(&self, names: &[&str]) -> bool {
        self.words().take_while(|word| *word != "--").any(|word| {
            let bare = word.split_once('=').map_or(word, |(name, _)| name);
            names.iter().any(|name| bare == *name || has_letter(word, name))
        })
    }

    /// The values of a flag, as `--flag value`, `--flag=value` and, for one letter, `-fvalue`.
    #[must_use]
    pub fn values_of(&self, names: &[&str]) -> Vec<&str> {
        let mut values = Vec::new();
        let mut words = self.words().peekable();
        while let Some(word) = words.next() {
            for name in names {
                if word == *name {
                    values.extend(words.peek());
                } else if let Some(value) = word.strip_prefix(name) {
                    let is_letter = name.len() == 2 && !name.starts_with("--");
                    let value = value.strip_prefix('=').or_else(|| is_letter.then_some(value));
                    values.extend(value);
                }
            }
        }
        values
    }
}

/// Whether `word` is a bundle of one-letter flags that holds `flag`, itself one letter.
fn has_letter(word: &str, flag: &str) -> bool {
    let (Some(letters), Some(letter)) = (word.strip_prefix('-'), flag.strip_prefix('-')) else {
        return false;
    };
    letter.len() == 1
        && !letters.starts_with('-')
        && letters.bytes().all(|byte| byte.is_ascii_alphabetic())
        && letters.contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> CommandLine {
        CommandLine::of_words(text.split(' '))
    }

    #[test]
    fn operands_are_what_is_left_without_flags_and_their_values() {
        let read = |text: &str, valued: &[&str]| {
            let line = line(text);
            let operands = line.operands(valued);
            operands.iter().map(|it| it.text.clone()).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            read("apt-get install -y -t stable curl --no-install-recommends wget", &["-t"]),
            "install curl wget"
        );
        assert_eq!(read("rm -rf -- -x y", &[]), "-x y");
        assert_eq!(read("tar -xf - -C /opt", &["-C"]), "-");
    }

    #[test]
    fn a_flag_whose_value_is_not_known_leaves_the_next_word() {
        let mut line = line("docker-php-ext-install -j gd");
        line.arguments[0].is_known = false;
        let operands = line.operands(&["-j"]);
        assert_eq!(operands.iter().map(|it| it.text.as_str()).collect::<Vec<_>>(), ["gd"]);
    }

    #[test]
    fn flags_are_found_alone_bundled_and_with_values() {
        assert!(line("rm -rf /x").has_flag(&["-r", "--recursive"]));
        assert!(line("npm ci --omit=dev").has_flag(&["--omit"]));
        assert!(!line("rm --force /x").has_flag(&["-r"]));
        assert!(!line("echo -- -r").has_flag(&["-r"]));
        assert_eq!(
            line("pip install -r a.txt --requirement=b.txt -rc.txt")
                .values_of(&["-r", "--requirement"]),
            ["a.txt", "b.txt", "c.txt"]
        );
    }
}
