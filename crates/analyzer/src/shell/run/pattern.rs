//! Patterns against known texts.

use super::value::{Piece, Value};

/// Most comparisons that one match may take.
const MOST_WORK: usize = 100_000;

/// One place of a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// This character.
    Is(char),
    /// `?`.
    One,
    /// `*`.
    Any,
    /// One of these ranges, or none of them.
    Class { ranges: Vec<(char, char)>, negated: bool },
}

/// A pattern that can be compared with.
pub(super) struct Pattern(Vec<Token>);

impl Pattern {
    /// `None` where the pattern is not known, or of a kind that is not read here.
    pub(super) fn of(value: &Value) -> Option<Self> {
        let mut tokens = Vec::new();
        for piece in value.pieces() {
            match piece {
                Piece::Unknown => return None,
                Piece::Text(text) => tokens.extend(text.chars().map(Token::Is)),
                Piece::Glob(text) => add_glob(text, &mut tokens)?,
            }
        }
        Some(Self(tokens))
    }

    /// Whether all of `text` matches; `None` where that would take too long.
    pub(super) fn matches(&self, text: &str) -> Option<bool> {
        let text: Vec<char> = text.chars().collect();
        if self.0.len().saturating_mul(text.len()) > MOST_WORK {
            return None;
        }
        let (mut at, mut token) = (0, 0);
        let mut last_any: Option<(usize, usize)> = None;
        while at < text.len() {
            let fits = match (self.0.get(token), text.get(at)) {
                (Some(Token::Any), _) => {
                    last_any = Some((at, token));
                    token += 1;
                    continue;
                }
                (Some(one), Some(character)) => one.fits(*character),
                _ => false,
            };
            if fits {
                at += 1;
                token += 1;
            } else {
                let Some((any_at, any_token)) = last_any else { return Some(false) };
                last_any = Some((any_at + 1, any_token));
                at = any_at + 1;
                token = any_token + 1;
            }
        }
        Some(self.0.iter().skip(token).all(|token| *token == Token::Any))
    }
}

impl Token {
    fn fits(&self, character: char) -> bool {
        match self {
            Self::Is(own) => *own == character,
            Self::One | Self::Any => true,
            Self::Class { ranges, negated } => {
                ranges.iter().any(|(low, high)| (*low..=*high).contains(&character)) != *negated
            }
        }
    }
}

fn add_glob(text: &str, tokens: &mut Vec<Token>) -> Option<()> {
    if text.starts_with('[') {
        tokens.push(read_class(text)?);
        return Some(());
    }
    for character in text.chars() {
        tokens.push(match character {
            '*' => Token::Any,
            '?' => Token::One,
            // An extended pattern.
            _ => return None,
        });
    }
    Some(())
}

fn read_class(text: &str) -> Option<Token> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    let (inner, negated) = match inner.strip_prefix(['!', '^']) {
        Some(rest) => (rest, true),
        None => (inner, false),
    };
    const CLASSES: &[(&str, &str)] = &[
        ("[:digit:]", "0-9"),
        ("[:alpha:]", "a-zA-Z"),
        ("[:alnum:]", "0-9a-zA-Z"),
        ("[:lower:]", "a-z"),
        ("[:upper:]", "A-Z"),
        ("[:space:]", " \t\n\r"),
    ];
    let named = CLASSES.iter().fold(inner.to_owned(), |text, (name, set)| text.replace(name, set));
    if named.contains("[:") {
        return None;
    }
    let characters: Vec<char> = named.chars().collect();
    let mut ranges = Vec::new();
    let mut rest = &characters[..];
    while let [low, after @ ..] = rest {
        if let ['-', high, after @ ..] = after {
            ranges.push((*low, *high));
            rest = after;
        } else {
            ranges.push((*low, *low));
            rest = after;
        }
    }
    Some(Token::Class { ranges, negated })
}
