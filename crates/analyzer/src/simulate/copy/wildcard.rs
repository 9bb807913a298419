//! Sources with wildcards: what Go's `filepath.Match` matches, and where the builder looks.
//!
//! `ResolveWildcards` of
//! <https://github.com/moby/moby/blob/16db27c89c25/vendor/github.com/tonistiigi/fsutil/copy/copy.go>;
//! <https://pkg.go.dev/path/filepath@go1.25#Match>.

use std::convert::Infallible;

use super::folders::OpenFolders;
use crate::order;
use crate::simulate::SourceTree;

/// A compiled pattern. Go commits to the first place where the text behind a star fits, so the
/// time is bounded by pattern length × name length.
#[derive(Clone, Debug)]
pub(in crate::simulate) struct Wildcard {
    chunks: Vec<Chunk>,
}

/// What stands between two stars.
#[derive(Clone, Debug)]
struct Chunk {
    /// Whether a star stands before it.
    star: bool,
    items: Vec<Item>,
}

#[derive(Clone, Debug)]
enum Item {
    /// Go compares bytes.
    Byte(u8),
    /// `?`: one character but `/`.
    Any,
    /// `[…]`: one character, `/` included.
    Class { negated: bool, ranges: Vec<(char, char)> },
}

/// Splits a cleaned source at the first part with a wildcard: the folder to look in, as it stands
/// (escapes are not undone there), and the pattern; `None` without wildcard.
pub(in crate::simulate) fn split(source: &str) -> (&str, Option<&str>) {
    let mut start = 0;
    for part in source.split('/') {
        if has_wildcard(part) {
            let folder = source.get(..start).unwrap_or_default();
            return (folder.strip_suffix('/').unwrap_or(folder), source.get(start..));
        }
        start += part.len() + 1;
    }
    (source, None)
}

/// Whether `*`, `?` or `[` stands somewhere without a backslash before it.
pub(in crate::simulate) fn has_wildcard(text: &str) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        match byte {
            b'*' | b'?' | b'[' => return true,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
    false
}

impl Wildcard {
    /// Compiles a pattern; `None` where Go finds it malformed.
    pub(in crate::simulate) fn compile(pattern: &str) -> Option<Self> {
        let mut chunks = Vec::new();
        let mut rest = pattern;
        while !rest.is_empty() {
            let text = rest.trim_start_matches('*');
            let mut chunk = Chunk { star: text.len() < rest.len(), items: Vec::new() };
            rest = text;
            while !rest.is_empty() && !rest.starts_with('*') {
                rest = chunk.read_item(rest)?;
            }
            chunks.push(chunk);
        }
        Some(Self { chunks })
    }

    /// Whether the pattern matches the whole of `name`.
    pub(in crate::simulate) fn matches(&self, name: &str) -> bool {
        let mut at = 0;
        for (index, chunk) in self.chunks.iter().enumerate() {
            let is_last = index + 1 == self.chunks.len();
            if chunk.star && chunk.items.is_empty() {
                return !name.as_bytes().iter().skip(at).any(|byte| *byte == b'/');
            }
            match chunk.find(name, at, is_last) {
                Some(end) => at = end,
                None => return false,
            }
        }
        at == name.len()
    }

    /// The paths that match below `folder`, part by part in order of names. What lies inside a
    /// folder that matches is not looked at.
    pub(super) fn find<'tree>(&self, tree: &'tree dyn SourceTree, folder: &str) -> Vec<&'tree str> {
        let root = if folder.is_empty() { 0 } else { folder.len() + 1 };
        let matches = |path: &str| path.get(root..).is_some_and(|path| self.matches(path));
        let mut found = Vec::new();
        let mut folders = OpenFolders::new();
        for (path, _) in tree.below(folder) {
            let inside = folders.enter(path, root, |folder, parent: Option<&bool>| {
                let is_inside = parent.is_some_and(|inside| *inside);
                if !is_inside && matches(folder) {
                    found.push(folder);
                    return Ok::<_, Infallible>(true);
                }
                Ok(is_inside)
            });
            if !matches!(inside, Ok(Some(true))) && matches(path) {
                found.push(path);
            }
        }
        // A folder that is named and holds files was found twice.
        order::sort_by(&mut found, |left, right| by_parts(left).cmp(by_parts(right)));
        found.dedup();
        found
    }
}

impl Chunk {
    /// Reads one item off a text that is not empty; `None` where it is malformed.
    fn read_item<'text>(&mut self, text: &'text str) -> Option<&'text str> {
        let mut characters = text.chars();
        match characters.next()? {
            '?' => self.items.push(Item::Any),
            '[' => {
                let negated = characters.as_str().starts_with('^');
                let body =
                    if negated { characters.as_str().get(1..)? } else { characters.as_str() };
                let (ranges, rest) = read_ranges(body)?;
                self.items.push(Item::Class { negated, ranges });
                return Some(rest);
            }
            '\\' => self.push(characters.next()?),
            character => self.push(character),
        }
        Some(characters.as_str())
    }

    fn push(&mut self, character: char) {
        let mut buffer = [0; 4];
        self.items.extend(character.encode_utf8(&mut buffer).bytes().map(Item::Byte));
    }

    /// Where the chunk ends that stands at `at` or, behind a star, at the first place after it
    /// without crossing a `/`. The last chunk must end with the name.
    fn find(&self, name: &str, at: usize, is_last: bool) -> Option<usize> {
        let mut start = at;
        loop {
            let end = self.end(name, start).filter(|end| !is_last || *end == name.len());
            if end.is_some() {
                return end;
            }
            if !self.star || name.as_bytes().get(start).is_none_or(|byte| *byte == b'/') {
                return None;
            }
            start += 1;
        }
    }

    /// Where the chunk ends when it stands at `at`.
    fn end(&self, name: &str, mut at: usize) -> Option<usize> {
        for item in &self.items {
            let byte = *name.as_bytes().get(at)?;
            let (character, length) = character_at(name, at);
            at += match item {
                Item::Byte(own) => (*own == byte).then_some(1)?,
                Item::Any => (byte != b'/').then_some(length)?,
                Item::Class { negated, ranges } => {
                    let within = |(low, high): &(char, char)| (*low..=*high).contains(&character);
                    (ranges.iter().any(within) != *negated).then_some(length)?
                }
            };
        }
        Some(at)
    }
}

/// A key that sorts paths part by part, since `/` comes before all else in it.
fn by_parts(path: &str) -> impl Iterator<Item = u8> {
    path.bytes().map(|byte| if byte == b'/' { 0 } else { byte })
}

/// The character at a byte and its length. A star goes on byte by byte; within a character Go
/// reads one byte as U+FFFD.
fn character_at(text: &str, at: usize) -> (char, usize) {
    let character = text.get(at..).and_then(|rest| rest.chars().next());
    character
        .map_or((char::REPLACEMENT_CHARACTER, 1), |character| (character, character.len_utf8()))
}

/// Reads ranges up to the closing bracket.
fn read_ranges(mut text: &str) -> Option<(Vec<(char, char)>, &str)> {
    let mut ranges = Vec::new();
    loop {
        if let Some(rest) = text.strip_prefix(']').filter(|_| !ranges.is_empty()) {
            return Some((ranges, rest));
        }
        let (low, rest) = read_end(text)?;
        let (high, rest) = match rest.strip_prefix('-') {
            Some(rest) => read_end(rest)?,
            None => (low, rest),
        };
        ranges.push((low, high));
        text = rest;
    }
}

/// Reads one end of a range; something must follow it.
fn read_end(text: &str) -> Option<(char, &str)> {
    let mut characters = text.chars();
    let character = match characters.next()? {
        '-' | ']' => return None,
        '\\' => characters.next()?,
        character => character,
    };
    (!characters.as_str().is_empty()).then_some((character, characters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_match_as_in_go() {
        for (pattern, name, expected) in [
            ("abc", "abc", true),
            ("*", "abc", true),
            ("*c", "abc", true),
            ("a*", "a", true),
            ("a*", "ab/c", false),
            ("a*/b", "abc/b", true),
            ("a*/b", "a/c/b", false),
            ("a*b*c*d*e*/f", "axbxcxdxe/f", true),
            ("a*b*c*d*e*/f", "axbxcxdxe/xxx/f", false),
            ("a*b?c*x", "abxbbxdbxebxczzx", true),
            ("a*b?c*x", "abxbbxdbxebxczzy", false),
            ("ab[c]", "abc", true),
            ("ab[e-g]", "abc", false),
            ("ab[^e-g]", "abc", true),
            (r"a\*b", "a*b", true),
            (r"a\*b", "ab", false),
            ("a?b", "a☺b", true),
            ("a[^a]b", "a☺b", true),
            ("a???b", "a☺b", false),
            ("[a-ζ]*", "α", true),
            ("*[a-ζ]", "A", false),
            ("a?b", "a/b", false),
            ("a*b", "a/b", false),
            ("a[^x]b", "a/b", true),
            (r"[\]a]", "]", true),
            (r"[\-]", "-", true),
            (r"[x\-]", "-", true),
            ("[!a]", "!", true),
            ("*x", "xxx", true),
            ("**", "a", true),
            ("**", "a/b", false),
            ("**/c", "a/b/c", false),
            ("**/c", "a/c", true),
            ("", "", true),
            ("[[*]x", "*x", true),
        ] {
            let compiled = Wildcard::compile(pattern).unwrap_or_else(|| panic!("{pattern}"));
            assert_eq!(compiled.matches(name), expected, "{pattern} on {name}");
        }
        for pattern in
            ["[]a]", "[-]", "[x-]", "[-x]", r"[\", "[a-b-c]", "[", "[^", "[^bc", "a[", r"\"]
        {
            assert!(Wildcard::compile(pattern).is_none(), "{pattern} is malformed");
        }
    }

    #[test]
    fn hostile_patterns_stay_linear() {
        let pattern = Wildcard::compile(&format!("{}b", "*a".repeat(2_000))).unwrap();
        assert!(!pattern.matches(&"a".repeat(4_000)));
    }

    #[test]
    fn sources_split_at_the_first_wildcard() {
        for (source, folder, pattern) in [
            ("a/b", "a/b", None),
            ("*", "", Some("*")),
            ("a/b*/c", "a", Some("b*/c")),
            ("a/b/c?", "a/b", Some("c?")),
            (r"a\*/b", r"a\*/b", None),
            (r"a\*/[b]", r"a\*", Some("[b]")),
        ] {
            assert_eq!(split(source), (folder, pattern), "{source}");
        }
    }
}
