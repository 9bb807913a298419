//! `test`, `[ … ]` and `[[ … ]]` on words that are known.

use super::pattern::Pattern;
use super::value::Value;

/// How a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It succeeds whatever happens.
    Success,
    /// It fails whatever happens.
    Failure,
    /// It does something that would end the build if it failed.
    Presumed,
    /// It asks something whose answer is not known.
    Unknown,
}

impl Outcome {
    pub(super) fn of(succeeds: Option<bool>) -> Self {
        match succeeds {
            Some(true) => Self::Success,
            Some(false) => Self::Failure,
            None => Self::Unknown,
        }
    }

    /// What `!` makes of it.
    pub(super) fn negated(self) -> Self {
        match self {
            Self::Success => Self::Failure,
            Self::Failure => Self::Success,
            Self::Presumed | Self::Unknown => Self::Unknown,
        }
    }
}

/// Whether a condition holds. `patterns`: what stands behind `=` may be a pattern, as in `[[ ]]`.
pub(super) fn holds(words: &[&Value], patterns: bool) -> Option<bool> {
    match words {
        [] => Some(false),
        [word] => is_text(word),
        [sign, rest @ ..] if sign.known() == Some("!") && words.len() != 3 => {
            holds_plain(rest, patterns).map(|holds| !holds)
        }
        _ => holds_plain(words, patterns),
    }
}

fn holds_plain(words: &[&Value], patterns: bool) -> Option<bool> {
    match words {
        [word] => is_text(word),
        [operator, word] => match operator.known()? {
            "-n" => is_text(word),
            "-z" => is_text(word).map(|text| !text),
            _ => None,
        },
        [left, operator, right] => compare(left, operator.known()?, right, patterns),
        _ => None,
    }
}

/// Whether a value is not empty.
fn is_text(value: &Value) -> Option<bool> {
    if !value.text().is_empty() {
        return Some(true);
    }
    value.known().map(|text| !text.is_empty())
}

fn compare(left: &Value, operator: &str, right: &Value, patterns: bool) -> Option<bool> {
    let number = |value: &Value| value.known().and_then(|text| text.trim().parse::<i64>().ok());
    match operator {
        "=" | "==" => equal(left, right, patterns),
        "!=" => equal(left, right, patterns).map(|equal| !equal),
        "-eq" => Some(number(left)? == number(right)?),
        "-ne" => Some(number(left)? != number(right)?),
        "-lt" => Some(number(left)? < number(right)?),
        "-le" => Some(number(left)? <= number(right)?),
        "-gt" => Some(number(left)? > number(right)?),
        "-ge" => Some(number(left)? >= number(right)?),
        _ => None,
    }
}

fn equal(left: &Value, right: &Value, patterns: bool) -> Option<bool> {
    let left = left.known()?;
    if patterns { Pattern::of(right)?.matches(left) } else { Some(left == right.known()?) }
}
