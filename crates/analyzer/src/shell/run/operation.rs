//! What `${x#…}`, `${x/…}` and their kin make of a known text.

use super::pattern::Pattern;
use super::value::{Piece, Value};

/// Longest text that is tried at each of its places.
const LONGEST: usize = 500;

/// The changed text; `None` where it cannot be known.
pub(super) fn apply(text: &str, operator: &str, word: &Value) -> Option<String> {
    match operator {
        "^^" | ",," | "^" | "," if !word.is_empty() => None,
        "^^" => Some(text.to_ascii_uppercase()),
        ",," => Some(text.to_ascii_lowercase()),
        ":" => cut(text, word.known()?),
        _ if text.len() > LONGEST => None,
        "#" => strip_start(text, word, false),
        "##" => strip_start(text, word, true),
        "%" => strip_end(text, word, false),
        "%%" => strip_end(text, word, true),
        "/" => replace(text, word, false),
        "//" => replace(text, word, true),
        _ => None,
    }
}

/// `${x:start}` and `${x:start:length}`.
fn cut(text: &str, range: &str) -> Option<String> {
    let (start, length) = match range.split_once(':') {
        Some((start, length)) => (start, Some(length.trim().parse::<usize>().ok()?)),
        None => (range, None),
    };
    let start = start.trim().parse::<usize>().ok()?;
    Some(text.chars().skip(start).take(length.unwrap_or(usize::MAX)).collect())
}

/// Every place between two characters.
fn places(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

fn strip_start(text: &str, word: &Value, longest: bool) -> Option<String> {
    let pattern = Pattern::of(word)?;
    let mut places = places(text);
    if longest {
        places.reverse();
    }
    for place in places {
        if pattern.matches(text.get(..place)?)? {
            return text.get(place..).map(str::to_owned);
        }
    }
    Some(text.to_owned())
}

fn strip_end(text: &str, word: &Value, longest: bool) -> Option<String> {
    let pattern = Pattern::of(word)?;
    let mut places = places(text);
    if !longest {
        places.reverse();
    }
    for place in places {
        if pattern.matches(text.get(place..)?)? {
            return text.get(..place).map(str::to_owned);
        }
    }
    Some(text.to_owned())
}

/// `${x/from/to}`, where `from` is a plain text or one of a bracket's characters.
fn replace(text: &str, word: &Value, all: bool) -> Option<String> {
    let (mut from, mut to) = (Value::default(), None::<String>);
    for piece in word.pieces() {
        match (piece, &mut to) {
            (Piece::Unknown, _) => return None,
            (Piece::Text(part) | Piece::Glob(part), Some(to)) => to.push_str(part),
            (Piece::Glob(part), None) => from.push_glob(part),
            (Piece::Text(part), None) => match part.split_once('/') {
                Some((before, behind)) => {
                    from.push_text(before);
                    to = Some(behind.to_owned());
                }
                None => from.push_text(part),
            },
        }
    }
    let to = to.unwrap_or_default();
    if let Some(from) = from.known().filter(|from| !from.is_empty()) {
        return Some(if all { text.replace(from, &to) } else { text.replacen(from, &to, 1) });
    }
    match &from.pieces()[..] {
        [Piece::Glob(class)] if class.starts_with('[') => {}
        _ => return None,
    }
    let pattern = Pattern::of(&from)?;
    let mut changed = String::new();
    let mut done = false;
    for character in text.chars() {
        if (all || !done) && pattern.matches(character.encode_utf8(&mut [0; 4]))? {
            changed.push_str(&to);
            done = true;
        } else {
            changed.push(character);
        }
    }
    Some(changed)
}
