//! The value of `$x` and `${x…}`.

use super::operation;
use super::value::Value;
use super::walk::Walker;
use crate::shell::syntax::{Operation, Parameter};

impl Walker<'_> {
    pub(super) fn expand_parameter(&mut self, parameter: &Parameter) -> Value {
        if parameter.indirect || parameter.index.is_some() {
            return Value::unknown();
        }
        let value = self.look_up(&parameter.name);
        if parameter.length {
            let known = value.as_ref().and_then(Value::known);
            return known
                .map_or_else(Value::unknown, |text| Value::of(&text.chars().count().to_string()));
        }
        match &parameter.operation {
            None if value.is_none() && self.is_missing_argument(&parameter.name) => {
                Value::default()
            }
            None => value.unwrap_or_else(Value::unknown),
            Some(operation) => self.operate(&parameter.name, value, operation),
        }
    }

    /// What a parameter stands for; `None` where it is not set.
    fn look_up(&self, name: &str) -> Option<Value> {
        let arguments = self.state.arguments.as_deref();
        match name {
            "@" | "*" => {
                let mut all = Value::default();
                for (at, argument) in arguments?.iter().enumerate() {
                    if at > 0 {
                        all.push_text(" ");
                    }
                    all.push(argument, false);
                }
                Some(all)
            }
            "#" => Some(Value::of(&arguments?.len().to_string())),
            "PWD" => self.state.working_directory.as_deref().map(Value::of),
            "?" | "$" | "!" | "-" | "0" => Some(Value::unknown()),
            _ => match name.parse::<usize>() {
                Ok(number) => match arguments {
                    None => Some(Value::unknown()),
                    Some(arguments) => arguments.get(number.checked_sub(1)?).cloned(),
                },
                Err(_) => self.state.variables.get(name).cloned(),
            },
        }
    }

    /// Whether `name` is the number of an argument that was not given.
    fn is_missing_argument(&self, name: &str) -> bool {
        self.state.arguments.is_some() && name.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// `${x…}`. A variable that nothing here sets is taken as not set.
    fn operate(&mut self, name: &str, value: Option<Value>, operation: &Operation) -> Value {
        let colon = operation.operator.starts_with(':');
        let is_set = match &value {
            None => Some(false),
            Some(value) if !colon => Some(true).filter(|_| value.known().is_some()),
            Some(value) if !value.text().is_empty() => Some(true),
            Some(value) => value.known().map(|text| !text.is_empty()),
        };
        let kept = value.clone().unwrap_or_default();
        match operation.operator {
            ":-" | "-" | ":=" | "=" => match is_set {
                Some(true) => kept,
                Some(false) => {
                    let default = self.expand_one(&operation.word);
                    if operation.operator.ends_with('=') {
                        self.set(name, default.clone());
                    }
                    default
                }
                None => Value::unknown(),
            },
            ":+" | "+" => match is_set {
                Some(true) => self.expand_one(&operation.word),
                Some(false) => Value::default(),
                None => Value::unknown(),
            },
            ":?" | "?" => value.unwrap_or_else(Value::unknown),
            operator => {
                let word = self.expand_one(&operation.word);
                let text = value.as_ref().and_then(Value::known);
                let changed = text.and_then(|text| operation::apply(text, operator, &word));
                changed.map_or_else(Value::unknown, |text| Value::of(&text))
            }
        }
    }
}
