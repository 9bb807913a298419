//! What a lesson measures of a Dockerfile: sizes, counts and times.

use std::fmt;

use layerwise_analyzer::cache::Edit;
use layerwise_analyzer::report::cache::describe_time;
use layerwise_analyzer::size::Bytes;

use crate::forms::every_form;

/// Something that has a number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The final image, uncompressed.
    Image,
    /// The same as a pull transfers it.
    Compressed,
    /// Bytes that later layers hide.
    Wasted,
    /// What is sent to the builder.
    Sent,
    /// Layers of the image that are written on top of the base.
    Layers,
    /// Stages that the target needs.
    Stages,
    /// The layer of the first instruction of the target's chain that contains the text.
    Layer(String),
    /// How long a build takes after an edit.
    Rebuild(EditName),
    /// Steps that run after an edit.
    Rebuilt(EditName),
}

/// An edit as a lesson names it: as the command line writes it (`modify:src/index.js`), or a usual one
/// (`a source file`, `nothing`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditName(pub String);

/// A number and its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// Bytes.
    Bytes(u64),
    /// Milliseconds.
    Time(u64),
    /// How many.
    Count(u64),
}

impl Measured {
    /// The number alone.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::Bytes(number) | Self::Time(number) | Self::Count(number) => number,
        }
    }
}

impl fmt::Display for Measured {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => Bytes(*bytes).fmt(formatter),
            Self::Time(milliseconds) => formatter.write_str(&describe_time(*milliseconds)),
            Self::Count(number) => number.fmt(formatter),
        }
    }
}

impl EditName {
    /// Reads an edit.
    ///
    /// # Errors
    /// A sentence where it is neither a usual edit nor one that the command line takes.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        if text.contains(':') {
            Edit::parse(text)?;
        } else if text.is_empty() {
            return Err("after `after` an edit is expected, such as `modify:src/index.js`".into());
        }
        Ok(Self(text.to_owned()))
    }
}

impl Measure {
    /// Reads a measure.
    ///
    /// # Errors
    /// A sentence that names those there are.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let after = |name: &str| {
            text.strip_prefix(name).map(str::trim).and_then(|rest| rest.strip_prefix("after "))
        };
        if let Some(edit) = after("rebuild") {
            return EditName::parse(edit).map(Self::Rebuild);
        }
        if let Some(edit) = after("rebuilt") {
            return EditName::parse(edit).map(Self::Rebuilt);
        }
        if let Some(of) = text.strip_prefix("layer ") {
            return Ok(Self::Layer(unquoted(of)?));
        }
        match text {
            "image" => Ok(Self::Image),
            "compressed" => Ok(Self::Compressed),
            "wasted" => Ok(Self::Wasted),
            "sent" => Ok(Self::Sent),
            "layers" => Ok(Self::Layers),
            "stages" => Ok(Self::Stages),
            _ => Err(format!(
                "`{text}` is nothing that can be measured: write a goal such as {}",
                every_form()
            )),
        }
    }

    /// Reads a number in the unit of this measure.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse_bound(&self, text: &str) -> Result<Measured, String> {
        let text = text.trim();
        let (number, unit) = split_unit(text);
        let expected = |what: &str| format!("`{text}` is no {what}");
        match self {
            Self::Image | Self::Compressed | Self::Wasted | Self::Sent | Self::Layer(_) => {
                let factor = match unit.to_ascii_lowercase().as_str() {
                    "b" => 1,
                    "kb" => 1_000,
                    "mb" => 1_000_000,
                    "gb" => 1_000_000_000,
                    _ => return Err(expected("size, such as `200 MB`")),
                };
                let bytes = scaled(number, factor).ok_or_else(|| expected("size"))?;
                Ok(Measured::Bytes(bytes))
            }
            Self::Rebuild(_) => {
                let factor = match unit {
                    "s" => 1_000,
                    "min" => 60_000,
                    _ => return Err(expected("time, such as `10 s`")),
                };
                let time = scaled(number, factor).ok_or_else(|| expected("time"))?;
                Ok(Measured::Time(time))
            }
            Self::Layers | Self::Stages | Self::Rebuilt(_) => {
                text.parse().map(Measured::Count).map_err(|_| expected("number"))
            }
        }
    }
}

/// `200 MB` as its number and its unit.
fn split_unit(text: &str) -> (&str, &str) {
    let end = text.find(|letter: char| !letter.is_ascii_digit() && letter != '.');
    let (number, unit) = text.split_at(end.unwrap_or(text.len()));
    (number, unit.trim())
}

/// A decimal number times a factor, in whole units; `None` where it is no number or too large.
fn scaled(number: &str, factor: u64) -> Option<u64> {
    let (whole, part) = number.split_once('.').unwrap_or((number, ""));
    let mut all: u64 = whole.parse::<u64>().ok()?.checked_mul(factor)?;
    let mut place = factor;
    for digit in part.bytes() {
        place /= 10;
        all = all.checked_add(u64::from(digit.checked_sub(b'0')?).checked_mul(place)?)?;
    }
    Some(all)
}

/// What stands between quotation marks.
pub(crate) fn unquoted(text: &str) -> Result<String, String> {
    let text = text.trim();
    let inner = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    match inner {
        Some(inner) if !inner.is_empty() => Ok(inner.to_owned()),
        _ => Err(format!("`{text}` should stand between quotation marks, as in \"RUN npm ci\"")),
    }
}
