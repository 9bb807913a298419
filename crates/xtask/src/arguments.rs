//! The words after a command.

use crate::failure::{Failure, Outcome};

/// Words not yet understood; what is left at the end is an error.
#[derive(Debug)]
pub(crate) struct Arguments(Vec<String>);

impl Arguments {
    /// The words after the command.
    pub(crate) fn new(words: Vec<String>) -> Self {
        Self(words)
    }

    /// Takes `--name` and says whether it was there.
    pub(crate) fn flag(&mut self, name: &str) -> bool {
        let before = self.0.len();
        self.0.retain(|word| word != name);
        self.0.len() != before
    }

    /// Takes the first `--name VALUE` or `--name=VALUE`.
    pub(crate) fn value(&mut self, name: &str) -> Outcome<Option<String>> {
        let assigned = format!("{name}=");
        let Some(at) = self.0.iter().position(|word| word == name || word.starts_with(&assigned))
        else {
            return Ok(None);
        };
        let word = self.0.remove(at);
        if let Some(value) = word.strip_prefix(&assigned) {
            return Ok(Some(value.to_owned()));
        }
        if at < self.0.len() {
            return Ok(Some(self.0.remove(at)));
        }
        Err(Failure::new(format!("`{name}` needs a value after it")))
    }

    /// Takes the next word that is not an option.
    pub(crate) fn word(&mut self) -> Option<String> {
        let at = self.0.iter().position(|word| !word.starts_with('-'))?;
        Some(self.0.remove(at))
    }

    /// Everything was understood, or an error naming what was not.
    pub(crate) fn finish(self) -> Outcome {
        match self.0.first() {
            None => Ok(()),
            Some(word) => Err(Failure::new(format!(
                "`{word}` is not understood here; `cargo xtask --help` lists what is"
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arguments(text: &str) -> Arguments {
        Arguments::new(text.split_whitespace().map(str::to_owned).collect())
    }

    #[test]
    fn values_are_read_in_both_spellings() {
        for text in ["--port 9000 --release", "--release --port=9000"] {
            let mut words = arguments(text);
            assert_eq!(words.value("--port").unwrap().as_deref(), Some("9000"));
            assert!(words.flag("--release"));
            assert!(words.finish().is_ok());
        }
    }

    #[test]
    fn what_is_not_understood_is_named() {
        assert!(arguments("--port").value("--port").is_err());
        let message = arguments("--prot 1").finish().unwrap_err().to_string();
        assert!(message.contains("--prot"), "{message}");
    }
}
