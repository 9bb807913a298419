//! Words to values: quotes, variables and substitutions, splitting at blanks.

use super::braces;
use super::value::{ExpandedWord, Piece, Value};
use super::walk::Walker;
use crate::shell::Script;
use crate::shell::syntax::{Part, Word};

/// The words that one becomes while it is expanded.
#[derive(Default)]
struct Fields {
    done: Vec<Value>,
    /// The word being made; `None` where none has begun.
    word: Option<Value>,
}

impl Fields {
    fn word(&mut self) -> &mut Value {
        self.word.get_or_insert_default()
    }

    fn end_word(&mut self) {
        self.done.extend(self.word.take());
    }

    /// Adds what a variable stands for; unquoted it is split at blanks.
    fn push(&mut self, value: &Value, quoted: bool) {
        if quoted {
            self.word().push(value, true);
            return;
        }
        for piece in value.pieces() {
            let text = match piece {
                Piece::Unknown => {
                    self.word().push_unknown();
                    continue;
                }
                Piece::Glob(text) => {
                    self.word().push_glob(text);
                    continue;
                }
                Piece::Text(text) => text,
            };
            for (at, field) in text.split([' ', '\t', '\n']).enumerate() {
                if at > 0 {
                    self.end_word();
                }
                if !field.is_empty() {
                    self.push_unquoted(field);
                }
            }
        }
    }

    /// Text that comes from a variable is a pattern where it looks like one.
    fn push_unquoted(&mut self, text: &str) {
        for part in text.split_inclusive(['*', '?']) {
            match part.strip_suffix(['*', '?']) {
                Some(before) => {
                    self.word().push_text(before);
                    self.word().push_glob(part.get(before.len()..).unwrap_or_default());
                }
                None => self.word().push_text(part),
            }
        }
    }
}

impl Walker<'_> {
    /// The words that the words of a command become.
    pub(super) fn expand_all(&mut self, words: &[Word]) -> Vec<ExpandedWord> {
        let mut expanded = Vec::new();
        for word in words {
            for value in self.expand_fields(word) {
                self.spend(value.len());
                expanded.push(ExpandedWord { value, span: word.span });
            }
        }
        expanded
    }

    fn expand_fields(&mut self, word: &Word) -> Vec<Value> {
        let has_braces = word.parts.iter().any(|part| matches!(part, Part::Brace(_)));
        if !has_braces || !self.environment.is_bash {
            return self.expand_parts(&word.parts);
        }
        let words = braces::expand(&word.parts);
        words.iter().flat_map(|parts| self.expand_parts(parts)).collect()
    }

    fn expand_parts(&mut self, parts: &[Part]) -> Vec<Value> {
        let mut fields = Fields::default();
        for (at, part) in parts.iter().enumerate() {
            match part {
                Part::Text { text, quoted: false } if at == 0 && text.starts_with('~') => {
                    let home = self.expand_home(text);
                    fields.word().push(&home, true);
                }
                Part::Parameter(parameter)
                    if parameter.quoted
                        && parameter.name == "@"
                        && parameter.operation.is_none() =>
                {
                    self.push_arguments(&mut fields);
                }
                Part::Parameter(parameter) => {
                    let value = self.expand_parameter(parameter);
                    fields.push(&value, parameter.quoted);
                }
                Part::Substitution { script, process: false, quoted } => {
                    let value = self.expand_substitution(script);
                    fields.push(&value, *quoted);
                }
                Part::List(words) => {
                    for word in words {
                        let value = self.expand_one(word);
                        fields.word().push(&value, true);
                        fields.word().push_text(" ");
                    }
                }
                Part::Text { text, .. } => fields.word().push_text(text),
                other => {
                    let value = self.expand_part(other);
                    fields.word().push(&value, false);
                }
            }
        }
        fields.end_word();
        fields.done
    }

    fn push_arguments(&mut self, fields: &mut Fields) {
        let Some(arguments) = self.state.arguments.clone() else {
            fields.word().push_unknown();
            return;
        };
        for (at, argument) in arguments.iter().enumerate() {
            if at > 0 {
                fields.end_word();
            }
            fields.word().push(argument, true);
        }
        if arguments.is_empty() && fields.word.as_ref().is_some_and(Value::is_empty) {
            fields.word = None;
        }
    }

    /// A word that is not split, as behind `=`; patterns stay patterns.
    pub(super) fn expand_one(&mut self, word: &Word) -> Value {
        self.descend(|walker| walker.expand_whole(word)).unwrap_or_else(Value::unknown)
    }

    fn expand_whole(&mut self, word: &Word) -> Value {
        let mut value = Value::default();
        for (at, part) in word.parts.iter().enumerate() {
            match part {
                Part::Text { text, quoted: false } if at == 0 && text.starts_with('~') => {
                    value.push(&self.expand_home(text), true);
                }
                Part::Parameter(parameter) => value.push(&self.expand_parameter(parameter), true),
                Part::Substitution { script, process: false, .. } => {
                    value.push(&self.expand_substitution(script), true);
                }
                Part::List(words) => {
                    for (at, word) in words.iter().enumerate() {
                        if at > 0 {
                            value.push_text(" ");
                        }
                        value.push(&self.expand_one(word), true);
                    }
                }
                Part::Text { text, .. } => value.push_text(text),
                other => value.push(&self.expand_part(other), false),
            }
        }
        self.spend(value.len());
        value
    }

    /// A part that is neither split nor looked up.
    fn expand_part(&mut self, part: &Part) -> Value {
        match part {
            Part::Brace(brace) => Value::of(brace.encode_utf8(&mut [0; 4])),
            Part::Glob(text) => {
                let mut value = Value::default();
                value.push_glob(text);
                value
            }
            Part::Arithmetic { text, .. } => match text.trim().parse::<i64>() {
                Ok(number) => Value::of(&number.to_string()),
                Err(_) => Value::unknown(),
            },
            Part::Substitution { script, .. } => {
                self.expand_substitution(script);
                Value::unknown()
            }
            _ => Value::unknown(),
        }
    }

    fn expand_home(&mut self, text: &str) -> Value {
        let (user, rest) = text.split_at(text.find('/').unwrap_or(text.len()));
        let mut value = match user {
            "~" => self.state.variables.get("HOME").cloned().unwrap_or_else(Value::unknown),
            _ => Value::unknown(),
        };
        value.push_text(rest);
        value
    }

    /// Runs a script for what it prints. What the caller's table or the script itself says is
    /// known, and its commands are then not listed.
    pub(super) fn expand_substitution(&mut self, script: &Script) -> Value {
        let (state, frame) = (self.state.clone(), self.frame.clone());
        let start = self.invocations.len();
        self.frame.captured = true;
        self.frame.pipeline = (0, 1);
        self.walk_script(script);
        let directory = self.state.working_directory.clone();
        (self.state, self.frame) = (state, frame);
        let listed = self.invocations.get(start..).unwrap_or_default();
        let Some(printed) = self.printed(listed, directory.as_deref()) else {
            return Value::unknown();
        };
        self.invocations.truncate(start);
        printed
    }

    /// What the commands of one pipeline print, where that is known.
    fn printed(&self, listed: &[super::Invocation], directory: Option<&str>) -> Option<Value> {
        let mut command = String::new();
        for (at, invocation) in listed.iter().enumerate() {
            let one_pipeline = invocation.pipeline == (at, listed.len());
            if !one_pipeline || invocation.certainty != self.state.certainty {
                return None;
            }
            if at > 0 {
                command.push_str(" | ");
            }
            for (at, word) in invocation.words.iter().enumerate() {
                if at > 0 {
                    command.push(' ');
                }
                command.push_str(if listed.len() == 1 { word.text() } else { word.known()? });
            }
        }
        let [first] = listed else { return self.known_output(&command) };
        let (name, arguments) = first.words.split_first()?;
        match (name.known()?, arguments) {
            ("echo", [flag, ..]) if flag.text().starts_with('-') => None,
            ("echo", arguments) => Some(joined(arguments)),
            ("printf", [format, word]) if format.known() == Some("%s") => Some(word.value.clone()),
            ("pwd", []) => directory.map(Value::of),
            _ if first.words.iter().any(|word| word.known().is_none()) => None,
            ("basename", [path]) => {
                Some(Value::of(super::file_name(path.text().trim_end_matches('/'))))
            }
            ("dirname", [path]) => {
                let path = path.text().trim_end_matches('/');
                Some(Value::of(path.rsplit_once('/').map_or(".", |(folder, _)| folder)))
            }
            ("seq", arguments) => super::sequence::count(arguments),
            _ => self.known_output(&command),
        }
    }

    fn known_output(&self, command: &str) -> Option<Value> {
        let mut outputs = self.environment.outputs.iter();
        outputs.find(|(known, _)| *known == command).map(|(_, output)| Value::of(output))
    }
}

/// Values with a blank between two.
pub(super) fn joined(words: &[ExpandedWord]) -> Value {
    let mut value = Value::default();
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            value.push_text(" ");
        }
        value.push(&word.value, true);
    }
    value
}
