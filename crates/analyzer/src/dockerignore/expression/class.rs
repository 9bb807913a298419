//! Sets of characters as Go's regular expressions write them.

use super::syntax::Reader;

/// A set of characters: ranges, or everything but them.
#[derive(Clone, Debug, Default)]
pub(in super::super) struct CharacterSet {
    ranges: Vec<(char, char)>,
    categories: Vec<(Category, bool)>,
    negated: bool,
}

/// A one-letter Unicode category, by the standard library's nearest word.
#[derive(Clone, Copy, Debug)]
pub(super) enum Category {
    Letter,
    Number,
    Separator,
    Control,
    Punctuation,
}

impl CharacterSet {
    /// Everything but `character`.
    pub(super) fn all_but(character: char) -> Self {
        Self { ranges: vec![(character, character)], negated: true, ..Self::default() }
    }

    /// Every character.
    pub(super) fn everything() -> Self {
        Self { negated: true, ..Self::default() }
    }

    /// One character.
    pub(super) fn only(character: char) -> Self {
        Self { ranges: vec![(character, character)], ..Self::default() }
    }

    /// The set of `\d`, `\s`, `\w` or, in upper case, their opposite.
    pub(super) fn perl(letter: char) -> Option<Self> {
        let mut set = Self { negated: letter.is_ascii_uppercase(), ..Self::default() };
        set.ranges = perl_ranges(letter)?;
        Some(set)
    }

    /// The set of `\pL` or, with `negated`, `\PL`.
    pub(super) fn category(category: Category, negated: bool) -> Self {
        Self { categories: vec![(category, negated)], ..Self::default() }
    }

    /// Whether the set holds `character`.
    pub(super) fn contains(&self, character: char) -> bool {
        let within = |range: &(char, char)| range.0 <= character && character <= range.1;
        let named = |entry: &(Category, bool)| entry.0.contains(character) != entry.1;
        (self.ranges.iter().any(within) || self.categories.iter().any(named)) != self.negated
    }

    /// Reads a set behind its opening bracket; `None` where Go refuses it.
    pub(super) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        let mut set = Self { negated: reader.take("^"), ..Self::default() };
        let mut first = true;
        while first || !reader.take("]") {
            first = false;
            if !set.read_named(reader)? {
                let low = reader.read_set_character()?;
                let ranged = reader.rest().starts_with('-') && !reader.rest().starts_with("-]");
                let high = match ranged {
                    true if reader.take("-") => reader.read_set_character()?,
                    _ => low,
                };
                if high < low {
                    return None;
                }
                set.ranges.push((low, high));
            }
        }
        Some(set)
    }

    /// Reads `[:alpha:]`, `\d` or `\pL` inside brackets; false where none stands here.
    fn read_named(&mut self, reader: &mut Reader<'_>) -> Option<bool> {
        if reader.rest().starts_with("[:") && reader.rest()[2..].contains(":]") {
            self.ranges.extend(posix_ranges(reader)?);
            return Some(true);
        }
        let mut characters = reader.rest().chars();
        if characters.next() != Some('\\') {
            return Some(false);
        }
        match characters.next() {
            Some(letter) if perl_ranges(letter).is_some() => {
                reader.skip(2);
                let ranges = perl_ranges(letter)?;
                let negated = letter.is_ascii_uppercase();
                self.ranges.extend(if negated { complement(&ranges) } else { ranges });
                Some(true)
            }
            Some(letter @ ('p' | 'P')) => {
                reader.skip(2);
                self.categories.push((reader.read_category()?, letter == 'P'));
                Some(true)
            }
            _ => Some(false),
        }
    }
}

impl Category {
    /// The category of a letter after `\p`; Go refuses letters it does not know, and those that
    /// need a table we do not carry are refused too.
    pub(super) fn of(letter: char) -> Option<Self> {
        // Since Go 1.25 the letter's case does not count.
        Some(match letter.to_ascii_uppercase() {
            'L' => Self::Letter,
            'N' => Self::Number,
            'Z' => Self::Separator,
            'C' => Self::Control,
            'P' => Self::Punctuation,
            _ => return None,
        })
    }

    fn contains(self, character: char) -> bool {
        match self {
            Self::Letter => character.is_alphabetic(),
            Self::Number => character.is_numeric(),
            Self::Separator => character.is_whitespace() && !character.is_control(),
            Self::Control => character.is_control(),
            Self::Punctuation => {
                character.is_ascii_punctuation() && !"$+<=>^`|~".contains(character)
            }
        }
    }
}

fn perl_ranges(letter: char) -> Option<Vec<(char, char)>> {
    Some(match letter {
        'd' | 'D' => vec![('0', '9')],
        's' | 'S' => vec![('\t', '\n'), ('\x0c', '\r'), (' ', ' ')],
        'w' | 'W' => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        _ => return None,
    })
}

/// Reads `[:name:]`; `None` for a name Go does not know.
fn posix_ranges(reader: &mut Reader<'_>) -> Option<Vec<(char, char)>> {
    let (name, _) = reader.rest().strip_prefix("[:")?.split_once(":]")?;
    let length = "[:".len() + name.len() + ":]".len();
    let (name, negated) = name.strip_prefix('^').map_or((name, false), |name| (name, true));
    let ranges = match name {
        "alnum" => vec![('0', '9'), ('A', 'Z'), ('a', 'z')],
        "alpha" => vec![('A', 'Z'), ('a', 'z')],
        "ascii" => vec![('\0', '\x7f')],
        "blank" => vec![('\t', '\t'), (' ', ' ')],
        "cntrl" => vec![('\0', '\x1f'), ('\x7f', '\x7f')],
        "digit" => vec![('0', '9')],
        "graph" => vec![('!', '~')],
        "lower" => vec![('a', 'z')],
        "print" => vec![(' ', '~')],
        "punct" => vec![('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
        "space" => vec![('\t', '\r'), (' ', ' ')],
        "upper" => vec![('A', 'Z')],
        "word" => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        "xdigit" => vec![('0', '9'), ('A', 'F'), ('a', 'f')],
        _ => return None,
    };
    reader.skip(length);
    Some(if negated { complement(&ranges) } else { ranges })
}

/// Everything outside `ranges`, which are sorted ASCII ranges.
fn complement(ranges: &[(char, char)]) -> Vec<(char, char)> {
    let mut outside = Vec::new();
    let mut next = 0_u32;
    for (low, high) in ranges {
        let before = u32::from(*low).checked_sub(1).and_then(char::from_u32);
        if let (Some(start), Some(end)) = (char::from_u32(next), before)
            && start <= end
        {
            outside.push((start, end));
        }
        next = u32::from(*high) + 1;
    }
    outside.extend(char::from_u32(next).map(|start| (start, char::MAX)));
    outside
}
