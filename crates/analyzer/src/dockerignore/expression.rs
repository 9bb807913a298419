//! Patterns with wildcards: the builder turns them into a regular expression, and so do we, with
//! its quirks, matched by an automaton whose time is bounded by pattern length × path length.
//!
//! The builder writes `*` as `[^/]*`, `?` as `[^/]`, `**` as `(.*/)?` (or `.*` at the end), quotes
//! `.+()$`, and passes `[`, `]`, `^`, `\x` through to Go's syntax
//! (<https://pkg.go.dev/regexp/syntax@go1.25>), also inside brackets. It means to quote `|{}` too
//! but does not (its table has 8 columns where 16 are needed), so `a|*` are two alternatives and
//! `?{2}` counts; measured builds agree.

mod class;
mod syntax;

use class::CharacterSet;

/// A compiled expression: alternatives, each of which must be passed over the whole path.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    alternatives: Vec<Alternative>,
}

/// Elements to pass in order, and the plain text every match begins and ends with, which rules
/// most paths out before the automaton runs.
#[derive(Clone, Debug)]
struct Alternative {
    elements: Vec<Element>,
    prefix: String,
    suffix: String,
}

/// One step of an expression.
#[derive(Clone, Debug)]
pub(super) enum Element {
    /// Just this character.
    Character(char),
    /// One character of a set.
    Set(CharacterSet),
    /// One character of a set, or none.
    Optional(CharacterSet),
    /// Any number of characters of a set.
    Repeat(CharacterSet),
    /// `(.*/)?`: nothing, or anything that ends in `/`. Takes two states, so the next element is
    /// always [`Element::InsideFolders`].
    Folders,
    /// Inside the folders of [`Element::Folders`].
    InsideFolders,
    /// A place rather than a character.
    Place(Place),
}

/// A condition on the place between two characters.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    Start,
    End,
    WordBoundary,
    NoWordBoundary,
}

impl Expression {
    /// Compiles a pattern; `None` where the builder's own compiler refuses it.
    pub(super) fn compile(pattern: &str) -> Option<Self> {
        let mut alternatives = syntax::parse(&syntax::write(pattern))?;
        // Only the first alternative stands behind the leading `^`, only the last before the `$`.
        let last = alternatives.len().saturating_sub(1);
        for (index, elements) in alternatives.iter_mut().enumerate() {
            if index > 0 {
                elements.insert(0, Element::Repeat(CharacterSet::everything()));
            }
            if index < last {
                elements.push(Element::Repeat(CharacterSet::everything()));
            }
        }
        Some(Self { alternatives: alternatives.into_iter().map(Alternative::new).collect() })
    }

    /// Whether the expression matches `path`.
    pub(super) fn matches(&self, path: &str) -> bool {
        self.alternatives.iter().any(|alternative| alternative.matches(path))
    }
}

impl Alternative {
    fn new(elements: Vec<Element>) -> Self {
        let literal = |element: &Element| match element {
            Element::Character(character) => Some(*character),
            _ => None,
        };
        let prefix = elements.iter().map_while(literal).collect();
        let suffix: Vec<char> = elements.iter().rev().map_while(literal).collect();
        let suffix = suffix.into_iter().rev().collect();
        Self { elements, prefix, suffix }
    }

    fn matches(&self, path: &str) -> bool {
        path.starts_with(&self.prefix) && path.ends_with(&self.suffix) && self.pass(path)
    }

    /// Runs the automaton over `path`.
    fn pass(&self, path: &str) -> bool {
        let mut states = States::new(self.elements.len() + 1);
        let mut next = States::new(self.elements.len() + 1);
        let mut before = None;
        let mut characters = path.chars();
        states.add(0);
        loop {
            let after = characters.next();
            self.pass_free(&mut states, before, after);
            let Some(character) = after else {
                return states.holds(self.elements.len());
            };
            next.clear();
            let mut state = states.first_from(0);
            while let Some(active) = state {
                self.pass_character(active, character, &mut next);
                state = states.first_from(active + 1);
            }
            if next.first_from(0).is_none() {
                return false;
            }
            std::mem::swap(&mut states, &mut next);
            before = Some(character);
        }
    }

    /// Adds every state that is reached without taking a character. Such steps only lead to later
    /// states, so one walk in order finds them all.
    fn pass_free(&self, states: &mut States, before: Option<char>, after: Option<char>) {
        let mut state = states.first_from(0);
        while let Some(active) = state {
            match self.elements.get(active) {
                Some(Element::Repeat(_) | Element::Optional(_)) => states.add(active + 1),
                Some(Element::Folders) => {
                    states.add(active + 1);
                    states.add(active + 2);
                }
                Some(Element::Place(place)) if place.holds(before, after) => {
                    states.add(active + 1);
                }
                _ => {}
            }
            state = states.first_from(active + 1);
        }
    }

    fn pass_character(&self, state: usize, character: char, next: &mut States) {
        match self.elements.get(state) {
            Some(Element::Character(own)) if *own == character => next.add(state + 1),
            Some(Element::Set(set) | Element::Optional(set)) if set.contains(character) => {
                next.add(state + 1);
            }
            Some(Element::Repeat(set)) if set.contains(character) => next.add(state),
            Some(Element::InsideFolders) if character != '\n' => {
                next.add(state);
                if character == '/' {
                    next.add(state + 1);
                }
            }
            _ => {}
        }
    }
}

impl Place {
    fn holds(self, before: Option<char>, after: Option<char>) -> bool {
        let word = |side: Option<char>| {
            side.is_some_and(|character| character.is_ascii_alphanumeric() || character == '_')
        };
        match self {
            Self::Start => before.is_none(),
            Self::End => after.is_none(),
            Self::WordBoundary => word(before) != word(after),
            Self::NoWordBoundary => word(before) == word(after),
        }
    }
}

/// A set of automaton states, one bit each.
struct States(Vec<u64>);

impl States {
    fn new(count: usize) -> Self {
        Self(vec![0; count.div_ceil(64)])
    }

    fn add(&mut self, state: usize) {
        if let Some(word) = self.0.get_mut(state / 64) {
            *word |= 1 << (state % 64);
        }
    }

    fn holds(&self, state: usize) -> bool {
        self.0.get(state / 64).is_some_and(|word| word & (1 << (state % 64)) != 0)
    }

    /// The first state in the set that is not before `start`.
    fn first_from(&self, start: usize) -> Option<usize> {
        let mut at = start / 64;
        let mut word = self.0.get(at)? & (u64::MAX << (start % 64));
        while word == 0 {
            at += 1;
            word = *self.0.get(at)?;
        }
        Some(at * 64 + word.trailing_zeros() as usize)
    }

    fn clear(&mut self) {
        self.0.fill(0);
    }
}

/// What makes Go's `filepath.Match` refuse a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flaw {
    /// A `[` without its `]`.
    Open,
    /// Brackets in which a `-` or `]` stands where a character must.
    Range,
    /// A `\` at the end.
    Backslash,
}

impl Flaw {
    /// What to do about it, as the rest of a sentence.
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::Open => "close its `[`, or write `\\[` for the character",
            Self::Range => {
                "between `[` and `]` write characters or ranges such as `a-z`, with `\\` before a \
                 `-` or `]` that stands for itself"
            }
            Self::Backslash => "put a character after the last `\\`, or remove it",
        }
    }
}

/// Checks a pattern as Go's `filepath.Match` does, which the builder asks before anything else
/// (<https://pkg.go.dev/path/filepath@go1.23#Match>).
///
/// # Errors
/// The first flaw.
pub(super) fn check(pattern: &str) -> Result<(), Flaw> {
    let mut rest = pattern;
    while !rest.is_empty() {
        let (chunk, after) = split_chunk(rest);
        check_chunk(chunk)?;
        rest = after;
    }
    Ok(())
}

/// Splits off leading stars and what follows them up to the next star outside brackets.
fn split_chunk(pattern: &str) -> (&str, &str) {
    let pattern = pattern.trim_start_matches('*');
    let mut in_brackets = false;
    let mut characters = pattern.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '[' => in_brackets = true,
            ']' => in_brackets = false,
            '*' if !in_brackets => return pattern.split_at(at),
            _ => {}
        }
    }
    (pattern, "")
}

fn check_chunk(chunk: &str) -> Result<(), Flaw> {
    let mut characters = chunk.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' => drop(characters.next().ok_or(Flaw::Backslash)?),
            '[' => {
                characters.next_if_eq(&'^');
                skip_brackets(&mut characters)?;
            }
            _ => {}
        }
    }
    Ok(())
}

/// Reads ranges up to the closing bracket.
fn skip_brackets(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<(), Flaw> {
    let mut ranges = 0;
    loop {
        if ranges > 0 && characters.next_if_eq(&']').is_some() {
            return Ok(());
        }
        skip_range_end(characters)?;
        if characters.next_if_eq(&'-').is_some() {
            skip_range_end(characters)?;
        }
        ranges += 1;
    }
}

/// Reads one end of a range; something must follow it.
fn skip_range_end(characters: &mut std::iter::Peekable<std::str::Chars<'_>>) -> Result<(), Flaw> {
    match characters.next().ok_or(Flaw::Open)? {
        '-' | ']' => return Err(Flaw::Range),
        '\\' => drop(characters.next().ok_or(Flaw::Backslash)?),
        _ => {}
    }
    characters.peek().map(|_| ()).ok_or(Flaw::Open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_go_refuses_is_refused_for_its_own_reason() {
        for (pattern, checked) in [
            ("a[b-d]", Ok(())),
            ("[]a]", Err(Flaw::Range)),
            ("[a", Err(Flaw::Open)),
            ("[a-]", Err(Flaw::Range)),
            ("[a-", Err(Flaw::Open)),
            ("a[", Err(Flaw::Open)),
            ("[-x]", Err(Flaw::Range)),
            ("[x-]", Err(Flaw::Range)),
            (r"[\]a]", Ok(())),
            (r"a\", Err(Flaw::Backslash)),
            (r"[a\", Err(Flaw::Backslash)),
            (r"\[ok", Ok(())),
            ("[^]", Err(Flaw::Range)),
            ("]", Ok(())),
            ("[a*]", Ok(())),
        ] {
            assert_eq!(check(pattern), checked, "{pattern}");
        }
    }

    #[test]
    fn go_refuses_some_patterns_only_when_it_compiles_them() {
        for (pattern, compiles) in [
            (r"**/f\oo", false),
            ("[c-a]", false),
            (r"\d?", true),
            (r"[\a]b", true),
            (r"a\pLb", true),
            (r"(\p)", false),
            (r"a\pp", true),
            ("?{2}", true),
            ("*{2}", false),
            ("?{2}{3}", false),
            ("*|{2}", false),
            ("[[:alpha:]]*", true),
            ("[[:]a[:]]*", false),
        ] {
            assert_eq!(Expression::compile(pattern).is_some(), compiles, "{pattern}");
        }
    }
}
