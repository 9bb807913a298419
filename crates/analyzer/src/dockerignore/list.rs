//! A list of patterns that an instruction gives, such as `--exclude`, and how any list is matched.
//!
//! `New` and `MatchesUsingParentResults` of
//! <https://github.com/moby/patternmatcher/blob/v0.6.0/patternmatcher.go>. Unlike the lines of an
//! ignore file these keep a leading `/`, and then match nothing.

use super::expression::check;
use super::pattern::{Matcher, clean_path};
use super::walk::{Decision, RefusedPattern};

/// Patterns in order, exceptions (`!…`) among them.
#[derive(Clone, Debug)]
pub(crate) struct PatternList {
    patterns: Vec<ListedPattern>,
}

#[derive(Clone, Debug)]
struct ListedPattern {
    text: String,
    exception: bool,
    matcher: Matcher,
}

/// A pattern that the builder refuses, as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MalformedPattern(pub(crate) String);

/// Which patterns of a list matched a path or a folder above it, one bit each.
#[derive(Clone, Debug, Default)]
pub(crate) struct MatchedPatterns(Vec<u64>);

impl PatternList {
    /// Reads patterns as the builder does; empty ones count for nothing.
    ///
    /// # Errors
    /// The first pattern that the builder refuses.
    pub(crate) fn read<'text>(
        texts: impl IntoIterator<Item = &'text str>,
    ) -> Result<Self, MalformedPattern> {
        let mut patterns = Vec::new();
        for text in texts {
            let trimmed = text.trim();
            if trimmed.is_empty() {
                continue;
            }
            let cleaned = clean_path(trimmed);
            let (exception, body) = match cleaned.strip_prefix('!') {
                Some(body) => (true, body),
                None => (false, cleaned.as_str()),
            };
            if body.is_empty() || check(body).is_err() {
                return Err(MalformedPattern(text.to_owned()));
            }
            let matcher = Matcher::compile(body);
            patterns.push(ListedPattern { text: text.to_owned(), exception, matcher });
        }
        Ok(Self { patterns })
    }

    /// Whether the list matches `path`, given what matched the folder it lies in.
    ///
    /// # Errors
    /// A pattern of which the builder finds out only now that it cannot compile it.
    pub(crate) fn matches(
        &self,
        path: &str,
        parent: Option<&MatchedPatterns>,
    ) -> Result<(bool, MatchedPatterns), MalformedPattern> {
        let patterns = self.patterns.iter();
        let patterns = patterns.map(|pattern| (pattern.exception, &pattern.matcher));
        let parent = parent.map(|parent| parent.0.as_slice());
        match decide(patterns, path, parent) {
            Ok((decision, matched)) => Ok((decision.excluded, MatchedPatterns(matched))),
            Err(RefusedPattern(index)) => {
                let text = self.patterns.get(index).map(|pattern| pattern.text.clone());
                Err(MalformedPattern(text.unwrap_or_default()))
            }
        }
    }
}

/// Matches one path, given what matched its parent. A pattern that matched the parent counts as
/// matching; others are tried only where they would change the answer so far.
pub(super) fn decide<'pattern>(
    patterns: impl ExactSizeIterator<Item = (bool, &'pattern Matcher)>,
    path: &str,
    parent: Option<&[u64]>,
) -> Result<(Decision, Vec<u64>), RefusedPattern> {
    let mut decision = Decision { excluded: false, pattern: None };
    // Most paths are matched by none, which takes no memory.
    let mut matched = Vec::new();
    let words = patterns.len().div_ceil(64);
    for (index, (exception, matcher)) in patterns.enumerate() {
        let (word, bit) = (index / 64, 1_u64 << (index % 64));
        let inherited = parent.and_then(|bits| bits.get(word)).is_some_and(|bits| bits & bit != 0);
        if !inherited {
            if exception != decision.excluded {
                continue;
            }
            if !matcher.matches(path).ok_or(RefusedPattern(index))? {
                continue;
            }
        }
        matched.resize(words, 0_u64);
        matched[word] |= bit;
        if decision.excluded == exception {
            decision = Decision { excluded: !exception, pattern: Some(index) };
        }
    }
    Ok((decision, matched))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_read_as_the_builder_reads_them() {
        for (patterns, path, expected) in [
            (&["*.md"][..], "a.md", true),
            (&["*.md"], "d/a.md", false),
            (&["/a.md"], "a.md", false),
            (&[" ./a.md "], "a.md", true),
            (&["# a"], "# a", true),
            (&["*", "!a"], "a", false),
            (&[""], "a", false),
        ] {
            let list = PatternList::read(patterns.iter().copied()).unwrap();
            assert_eq!(list.matches(path, None).unwrap().0, expected, "{patterns:?} on {path}");
        }
        for pattern in ["[", "!", r"a\"] {
            let malformed = PatternList::read(["x", pattern]).unwrap_err();
            assert_eq!(malformed, MalformedPattern(pattern.to_owned()));
        }
    }

    #[test]
    fn what_matched_a_folder_matches_inside() {
        let list = PatternList::read(["d", "!d/keep"]).unwrap();
        let (left_out, folder) = list.matches("d", None).unwrap();
        assert!(left_out);
        assert!(list.matches("d/a", Some(&folder)).unwrap().0);
        assert!(!list.matches("d/keep", Some(&folder)).unwrap().0);
    }
}
