//! Writes a pattern as the builder's regular expression and reads the part of Go's syntax that
//! such an expression can hold.

use super::class::{Category, CharacterSet};
use super::{Element, Place};

/// Writes the regular expression the builder would compile, without its `^` and `$`.
pub(super) fn write(pattern: &str) -> String {
    let mut written = String::with_capacity(pattern.len() * 2);
    let mut characters = pattern.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '*' if characters.next_if_eq(&'*').is_some() => {
                characters.next_if_eq(&'/');
                written.push_str(if characters.peek().is_none() { ".*" } else { "(.*/)?" });
            }
            '*' => written.push_str("[^/]*"),
            '?' => written.push_str("[^/]"),
            '.' | '+' | '(' | ')' | '$' => written.extend(['\\', character]),
            '\\' => {
                written.push('\\');
                written.extend(characters.next());
            }
            other => written.push(other),
        }
    }
    written
}

/// More elements than this and the expression is refused, as Go refuses over-large ones.
const MOST_ELEMENTS: usize = 100_000;

/// Reads such an expression into its alternatives; `None` where Go's compiler refuses it.
pub(super) fn parse(expression: &str) -> Option<Vec<Vec<Element>>> {
    let mut reader = Reader { text: expression };
    let mut alternatives = vec![Vec::new()];
    let mut total = 0;
    let mut after = After::Start;
    while !reader.text.is_empty() {
        let elements = alternatives.last_mut()?;
        let before = elements.len();
        if reader.take("|") {
            alternatives.push(Vec::new());
            after = After::Bar;
            continue;
        }
        after = match reader.take_count() {
            Some(count) => repeat(elements, count?, after)?,
            None => reader.read_element(elements)?,
        };
        total += elements.len().saturating_sub(before);
        if total > MOST_ELEMENTS {
            return None;
        }
    }
    Some(alternatives)
}

/// What a count such as `{2}` would repeat.
#[derive(Clone, Copy, PartialEq)]
enum After {
    /// The `^` that every expression begins with.
    Start,
    /// Nothing: a bar stands before it.
    Bar,
    /// One element.
    Element,
    /// Something repeated already.
    Repetition,
}

/// Applies `{least,most}` to the last element.
fn repeat(
    elements: &mut Vec<Element>,
    (least, most): (u32, Option<u32>),
    after: After,
) -> Option<After> {
    match after {
        After::Bar | After::Repetition => return None,
        After::Start => return Some(After::Repetition),
        After::Element => {}
    }
    let last = elements.pop()?;
    let set = match &last {
        Element::Character(character) => CharacterSet::only(*character),
        Element::Set(set) => set.clone(),
        other => {
            if least > 0 {
                elements.push(other.clone());
            }
            return Some(After::Repetition);
        }
    };
    elements.extend((0..least).map(|_| last.clone()));
    match most {
        None => elements.push(Element::Repeat(set)),
        Some(most) => {
            elements.extend((least..most).map(|_| Element::Optional(set.clone())));
        }
    }
    Some(After::Repetition)
}

/// What is left to read of an expression.
pub(super) struct Reader<'text> {
    text: &'text str,
}

impl<'text> Reader<'text> {
    /// What is left.
    pub(super) fn rest(&self) -> &'text str {
        self.text
    }

    /// Takes `prefix` if it stands here.
    pub(super) fn take(&mut self, prefix: &str) -> bool {
        let rest = self.text.strip_prefix(prefix);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    /// Skips `count` bytes, which must end at a character.
    pub(super) fn skip(&mut self, count: usize) {
        self.text = self.text.get(count..).unwrap_or("");
    }

    fn next(&mut self) -> Option<char> {
        let character = self.text.chars().next()?;
        self.skip(character.len_utf8());
        Some(character)
    }

    /// Takes a count `{2}`, `{2,}` or `{2,5}`; anything else in braces is plain text. The inner
    /// `None` is a count Go refuses.
    #[expect(clippy::option_option, reason = "no count and a refused count differ")]
    fn take_count(&mut self) -> Option<Option<(u32, Option<u32>)>> {
        let behind = self.text.strip_prefix('{')?;
        let end = behind.find(|letter: char| letter != ',' && !letter.is_ascii_digit())?;
        let (count, rest) = (behind.get(..end)?, behind.get(end..)?.strip_prefix('}')?);
        let (least, most) = match count.split_once(',') {
            Some((least, "")) => (read_count(least)?, None),
            Some((least, most)) => (read_count(least)?, Some(read_count(most)?)),
            None => (read_count(count)?, Some(read_count(count)?)),
        };
        self.text = rest;
        let fine = least <= 1000 && most.is_none_or(|most| (least..=1000).contains(&most));
        Some(fine.then_some((least, most)))
    }

    /// Reads one element and says what a count behind it would repeat.
    fn read_element(&mut self, elements: &mut Vec<Element>) -> Option<After> {
        if self.take("(.*/)?") {
            elements.extend([Element::Folders, Element::InsideFolders]);
            return Some(After::Repetition);
        }
        if self.take(".*") {
            elements.push(Element::Repeat(CharacterSet::all_but('\n')));
            return Some(After::Repetition);
        }
        if self.take("[") {
            let set = CharacterSet::read(self)?;
            if self.take("*") {
                elements.push(Element::Repeat(set));
                return Some(After::Repetition);
            }
            elements.push(Element::Set(set));
        } else if self.take("^") {
            elements.push(Element::Place(Place::Start));
        } else if self.take("\\") {
            self.read_escape(elements)?;
        } else {
            elements.push(Element::Character(self.next()?));
        }
        Some(After::Element)
    }

    /// Reads one character of a set, escaped or not.
    pub(super) fn read_set_character(&mut self) -> Option<char> {
        if self.take("\\") { self.read_escaped_character() } else { self.next() }
    }

    /// Reads the letter of `\p`.
    pub(super) fn read_category(&mut self) -> Option<Category> {
        Category::of(self.next()?)
    }

    /// Reads an escape outside brackets, behind its backslash.
    fn read_escape(&mut self, elements: &mut Vec<Element>) -> Option<()> {
        let letter = self.text.chars().next()?;
        let element = match letter {
            'A' => Element::Place(Place::Start),
            'z' => Element::Place(Place::End),
            'b' => Element::Place(Place::WordBoundary),
            'B' => Element::Place(Place::NoWordBoundary),
            'p' | 'P' => {
                self.skip(1);
                let set = CharacterSet::category(self.read_category()?, letter == 'P');
                elements.push(Element::Set(set));
                return Some(());
            }
            'Q' => {
                self.skip(1);
                let (quoted, rest) = self.text.split_once("\\E").unwrap_or((self.text, ""));
                elements.extend(quoted.chars().map(Element::Character));
                self.text = rest;
                return Some(());
            }
            _ => match CharacterSet::perl(letter) {
                Some(set) => Element::Set(set),
                None => {
                    let character = self.read_escaped_character()?;
                    elements.push(Element::Character(character));
                    return Some(());
                }
            },
        };
        self.skip(1);
        elements.push(element);
        Some(())
    }

    /// Reads an escaped character behind its backslash; Go knows punctuation, a few letters,
    /// octal and hexadecimal numbers.
    fn read_escaped_character(&mut self) -> Option<char> {
        let letter = self.next()?;
        Some(match letter {
            'a' => '\x07',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'v' => '\x0b',
            'x' => return self.read_number(2, 16, 0, 2),
            '0' => return self.read_number(2, 8, 0, 0),
            // One digit alone would be a back reference, which Go does not have.
            '1'..='7' => return self.read_number(2, 8, letter.to_digit(8)?, 1),
            letter if letter.is_ascii() && !letter.is_ascii_alphanumeric() => letter,
            _ => return None,
        })
    }

    /// Reads up to `most` further digits, at least `least`, of a number that began with `value`.
    fn read_number(&mut self, most: u32, base: u32, value: u32, least: u32) -> Option<char> {
        let mut value = value;
        let mut read = 0;
        while read < most {
            let digit = self.text.chars().next().and_then(|character| character.to_digit(base));
            let Some(digit) = digit else { break };
            self.skip(1);
            value = value * base + digit;
            read += 1;
        }
        if read < least { None } else { char::from_u32(value) }
    }
}

/// Reads a number of a count: digits without a leading zero.
fn read_count(digits: &str) -> Option<u32> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    let leading_zero = digits.len() > 1 && digits.starts_with('0');
    // Too long a number is a count all the same, and refused as too large.
    (plain && !leading_zero).then(|| digits.parse().unwrap_or(u32::MAX))
}
