//! One pass over a word: quotes, escapes, variables and what their modifiers do.

use super::super::shorten;
use super::pattern::Pattern;
use super::{Budget, ExpandError, Lexer, Quotes, Unset, Values, Words};

/// How deep `${x:-${y:-…}}` may nest; BuildKit knows no limit, people do not pass four.
pub(super) const DEEPEST: usize = 60;

/// One pass over one text.
pub(super) struct Reader<'text, 'run, 'values> {
    rest: &'text str,
    /// Bytes of the whole text.
    length: usize,
    lexer: Lexer,
    values: &'run Values<'values>,
    budget: &'run mut Budget,
    spent_in_word: usize,
    depth: usize,
}

impl<'text, 'run, 'values> Reader<'text, 'run, 'values> {
    /// A reader at the start of `text`.
    pub(super) fn new(
        text: &'text str,
        lexer: Lexer,
        values: &'run Values<'values>,
        budget: &'run mut Budget,
    ) -> Self {
        Self { rest: text, length: text.len(), lexer, values, budget, spent_in_word: 0, depth: 0 }
    }

    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let next = characters.next();
        self.rest = characters.as_str();
        next
    }

    fn take_if(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.next();
        }
        found
    }

    /// Reads to `stop`, which is consumed, or to the end where there is none. With `raw_escapes`
    /// the escape character stays before what it escapes: patterns read it later.
    pub(super) fn read_until(
        &mut self,
        stop: Option<char>,
        raw_escapes: bool,
        words: &mut Words,
    ) -> Result<String, ExpandError> {
        let mut result = String::new();
        let quotes = self.lexer.quotes != Quotes::Ordinary;
        while let Some(character) = self.peek() {
            if Some(character) == stop {
                self.next();
                return Ok(result);
            }
            if character == '$' {
                let value = self.read_variable()?;
                value.chars().for_each(|character| words.add(character));
                result.push_str(&value);
            } else if quotes && matches!(character, '\'' | '"') {
                let quoted = self.read_quoted(character, raw_escapes)?;
                words.word.push_str(&quoted);
                result.push_str(&quoted);
            } else if character == self.lexer.escape {
                self.next();
                if raw_escapes {
                    words.word.push(character);
                    result.push(character);
                }
                let Some(escaped) = self.next() else { break };
                words.word.push(escaped);
                result.push(escaped);
            } else {
                self.next();
                words.add(character);
                result.push(character);
            }
        }
        stop.map_or(Ok(result), |stop| Err(self.unterminated(stop)))
    }

    /// Reads from one quote to the next of its kind.
    fn read_quoted(&mut self, quote: char, raw_escapes: bool) -> Result<String, ExpandError> {
        let mut result = String::new();
        let keep = self.lexer.quotes == Quotes::Keep;
        self.next();
        if keep {
            result.push(quote);
        }
        while let Some(character) = self.peek() {
            if quote == '"' && character == '$' {
                result.push_str(&self.read_variable()?);
                continue;
            }
            self.next();
            if character == quote {
                if keep {
                    result.push(quote);
                }
                return Ok(result);
            }
            if quote == '"' && character == self.lexer.escape {
                self.read_escape_in_quotes(raw_escapes, &mut result);
            } else {
                result.push(character);
            }
        }
        Err(self.unterminated(quote))
    }

    /// Inside double quotes only `"`, `$` and the escape character can be escaped; before any
    /// other character the escape character is itself, and at the very end it is dropped.
    fn read_escape_in_quotes(&mut self, raw_escapes: bool, result: &mut String) {
        let escape = self.lexer.escape;
        if raw_escapes {
            result.push(escape);
        }
        match self.peek() {
            None => {}
            Some(escaped) if escaped == '"' || escaped == '$' || escaped == escape => {
                self.next();
                result.push(escaped);
            }
            Some(_) => result.push(escape),
        }
    }

    /// Reads a variable at `$` and gives what stands in its place. An error gets the place of the
    /// innermost variable.
    fn read_variable(&mut self) -> Result<String, ExpandError> {
        let start = self.length - self.rest.len();
        self.read_value().map_err(|mut error| {
            error.place.get_or_insert(start..self.length - self.rest.len());
            error
        })
    }

    fn read_value(&mut self) -> Result<String, ExpandError> {
        self.next();
        if self.take_if('{') {
            if self.depth == DEEPEST {
                return Err(ExpandError::new(format!(
                    "it nests `${{…}}` more than {DEEPEST} deep, which Layerwise does not follow (BuildKit has no such limit); set the inner values with ARG or ENV first"
                )));
            }
            self.depth += 1;
            let value = self.read_braced();
            self.depth -= 1;
            return value;
        }
        let name = self.read_name();
        if name.is_empty() {
            return Ok("$".into());
        }
        match (self.values)(name) {
            Some(value) => self.copy(value),
            None if self.lexer.unset == Unset::Keep => Ok(format!("${name}")),
            None => Ok(String::new()),
        }
    }

    /// Reads what follows `${`.
    fn read_braced(&mut self) -> Result<String, ExpandError> {
        if matches!(self.peek(), Some('{' | '}' | ':')) {
            return Err(ExpandError::new("`${` needs a variable's name, as in `${NAME}`".into()));
        }
        let name = self.read_name();
        let value = (self.values)(name);
        let kept = value.is_none() && self.lexer.unset == Unset::Keep;
        match self.next() {
            None => Err(missing_brace()),
            Some('}') if kept => Ok(format!("${{{name}}}")),
            Some('}') => self.copy(value.unwrap_or_default()),
            Some('/') => self.read_replacement(name, value),
            Some(':') => {
                let modifier = self.next().ok_or_else(missing_brace)?;
                self.read_modified(name, value, true, modifier)
            }
            Some(modifier @ ('+' | '-' | '?' | '#' | '%')) => {
                self.read_modified(name, value, false, modifier)
            }
            Some(other) => Err(unknown_modifier(name, &other.to_string())),
        }
    }

    /// Reads the word of `${name-word}` or, with `colon`, `${name:-word}`, and applies it.
    fn read_modified(
        &mut self,
        name: &str,
        value: Option<&str>,
        colon: bool,
        modifier: char,
    ) -> Result<String, ExpandError> {
        let raw_escapes = matches!(modifier, '#' | '%');
        let word = self.read_until(Some('}'), raw_escapes, &mut Words::default())?;
        let written = if colon { format!(":{modifier}") } else { modifier.to_string() };
        self.spend(word.len())?;
        if value.is_none() && self.lexer.unset == Unset::Keep {
            return Ok(format!("${{{name}{written}{word}}}"));
        }
        let usable = value.filter(|value| !(colon && value.is_empty()));
        match (modifier, usable) {
            ('-', None) | ('+', Some(_)) => Ok(word),
            ('-' | '?', Some(value)) => self.copy(value),
            ('+', None) => Ok(String::new()),
            ('?', None) => Err(required(name, value.is_some(), &word)),
            ('#' | '%', _) => self.trim(modifier, &word, value.unwrap_or_default()),
            _ => Err(unknown_modifier(name, &written)),
        }
    }

    /// Reads the rest of `${name/pattern/replacement}` after its first slash.
    fn read_replacement(&mut self, name: &str, value: Option<&str>) -> Result<String, ExpandError> {
        let all = self.take_if('/');
        let pattern = self.read_until(Some('/'), true, &mut Words::default())?;
        let replacement = self.read_until(Some('}'), true, &mut Words::default())?;
        self.spend(pattern.len() + replacement.len())?;
        if value.is_none() && self.lexer.unset == Unset::Keep {
            return Ok(format!("${{{name}/{pattern}/{replacement}}}"));
        }
        let value = value.unwrap_or_default();
        self.spend_on_matching(&pattern, value)?;
        let pattern = Pattern::parse(&pattern).map_err(ExpandError::new)?;
        let room = self.budget.left.min(self.budget.word);
        let replaced = pattern.replace(value, &replacement, all, room).ok_or_else(too_much)?;
        self.spend(replaced.len())?;
        Ok(replaced)
    }

    /// Removes the shortest or, with the modifier doubled, the longest match at an end.
    fn trim(&mut self, modifier: char, word: &str, value: &str) -> Result<String, ExpandError> {
        let doubled = word.strip_prefix(modifier);
        self.spend_on_matching(word, value)?;
        let pattern = Pattern::parse(doubled.unwrap_or(word)).map_err(ExpandError::new)?;
        if modifier == '#' {
            self.copy(pattern.trim_start(value, doubled.is_some()))
        } else {
            self.copy(pattern.trim_end(value, doubled.is_some()))
        }
    }

    fn copy(&mut self, value: &str) -> Result<String, ExpandError> {
        self.spend(value.len())?;
        Ok(value.into())
    }

    fn spend(&mut self, bytes: usize) -> Result<(), ExpandError> {
        self.spent_in_word = self.spent_in_word.saturating_add(bytes);
        let left = self.budget.left.checked_sub(bytes);
        self.budget.left = left.unwrap_or(0);
        if left.is_none() || self.spent_in_word > self.budget.word {
            return Err(too_much());
        }
        Ok(())
    }

    /// Matching takes steps in proportion to pattern times value; they are paid like text.
    fn spend_on_matching(&mut self, pattern: &str, value: &str) -> Result<(), ExpandError> {
        self.spend(pattern.len().saturating_mul(value.len()))
    }

    /// Reads a name: letters, digits and `_`; digits alone; or one special parameter.
    fn read_name(&mut self) -> &'text str {
        let text = self.rest;
        let end = match text.chars().next() {
            Some(digit) if digit.is_ascii_digit() => {
                text.find(|character: char| !character.is_ascii_digit())
            }
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => Some(1),
            _ => text.find(|character: char| !(character.is_alphanumeric() || character == '_')),
        };
        let (name, rest) = text.split_at(end.unwrap_or(text.len()));
        self.rest = rest;
        name
    }

    fn unterminated(&self, wanted: char) -> ExpandError {
        let escape = self.lexer.escape;
        ExpandError::new(match wanted {
            '}' => return missing_brace(),
            '/' => "`${NAME/pattern/replacement}` lacks its second `/`".into(),
            '\'' => "a single quote has no end; close it, or escape it outside quotes".into(),
            _ => format!("a double quote has no end; close it, or escape it as `{escape}\"`"),
        })
    }
}

fn too_much() -> ExpandError {
    ExpandError::new(
        "its variables make more text than Layerwise keeps (BuildKit has no such limit); use shorter values or patterns".into(),
    )
}

fn missing_brace() -> ExpandError {
    ExpandError::new("`${` has no end; close it with `}`".into())
}

fn unknown_modifier(name: &str, modifier: &str) -> ExpandError {
    // A line that ends inside the braces is a brace forgotten.
    if modifier.contains(['\n', '\r']) {
        return missing_brace();
    }
    ExpandError::new(format!(
        "`{modifier}` is not a modifier; use one of `:-` `-` `:+` `+` `:?` `?` `#` `##` `%` `%%` `/` `//`, as in `${{{name}:-default}}`"
    ))
}

fn required(name: &str, set: bool, message: &str) -> ExpandError {
    let state = if set { "empty" } else { "not set" };
    let message =
        if message.is_empty() { String::new() } else { format!(" ({})", shorten(message)) };
    ExpandError::new(format!(
        "it requires `{name}`, which is {state}{message}; give it a value with ARG, ENV or `--build-arg {name}=…`"
    ))
}
