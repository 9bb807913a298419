//! What looks like a credential: the one list of names and shapes, for the rules on secrets and for what
//! leaves a text behind.
//!
//! A guess from the letters alone. It works on any text, Dockerfile or not: where a value stands is
//! found by the name before it (`assignments`, `commands`) or by what it looks like itself (`shapes`).

mod assignments;
mod commands;
mod names;
mod shapes;

use crate::order;
use crate::text::Span;

pub use names::names_secret;

/// Stands where a secret was. A word that is a value in every place where a secret can stand.
pub const PLACEHOLDER: &str = "left-out";

/// A part of a text that looks like a credential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Secret {
    /// Where the value stands, without its quotes.
    pub span: Span,
    /// The name of the value, such as `API_TOKEN`, or what it is, such as `a token of GitHub`.
    pub what: String,
}

/// Every secret of a text, in order, none within another.
#[must_use]
pub fn find(text: &str) -> Vec<Secret> {
    let mut found = find_shapes(text);
    shapes::find_all_passwords(text, &mut found);
    shapes::find_in_paths(text, &mut found);
    assignments::find(text, &mut found);
    commands::find(text, &mut found);
    apart(found)
}

/// The secrets of a text that are told by their shape alone, whatever they are called.
#[must_use]
pub fn find_shapes(text: &str) -> Vec<Secret> {
    let mut found = Vec::new();
    shapes::find(text, &mut found);
    apart(found)
}

/// Whether the value of a name looks like a credential, by the name or by itself.
#[must_use]
pub fn is_secret(name: &str, value: &str) -> bool {
    (names::is_telling(name) && names::is_credential(value)) || !find(value).is_empty()
}

/// A text with [`PLACEHOLDER`] in the place of every secret that `find` finds.
#[must_use]
pub fn leave_out(text: &str, secrets: &[Secret]) -> String {
    let mut left = String::with_capacity(text.len());
    let mut from = 0;
    for Secret { span, .. } in secrets {
        left.push_str(Span::new(from, span.start).slice(text));
        left.push_str(PLACEHOLDER);
        from = span.end;
    }
    left.push_str(Span::new(from, text.len()).slice(text));
    left
}

/// In order, and those that overlap as one, which has the name of the first.
#[must_use]
pub fn apart(mut found: Vec<Secret>) -> Vec<Secret> {
    order::sort_by_key(&mut found, |it| (it.span.start, usize::MAX - it.span.end));
    let mut all: Vec<Secret> = Vec::new();
    for next in found {
        match all.last_mut().filter(|last| next.span.start < last.span.end) {
            Some(last) => last.span.end = last.span.end.max(next.span.end),
            None => all.push(next),
        }
    }
    all
}

#[cfg(test)]
mod tests;
