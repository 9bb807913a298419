//! Where keys stand in their order, so that a look at a filesystem copies no path.

use std::borrow::Borrow;
use std::cmp::Ordering;
use std::ops::Bound;

use super::EntryKey;

/// A place in the order of the keys; not every one is that of a key.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'path> {
    path: &'path str,
    /// A byte that follows the path.
    next: Option<u8>,
    number: u32,
}

impl<'path> Place<'path> {
    /// Where the entry that is the path itself stands.
    pub(super) fn of(path: &'path str) -> Self {
        Self { path, next: None, number: 0 }
    }

    /// What a map or a set of keys is asked for.
    pub(super) fn as_key(&self) -> &(dyn HasPlace + 'path) {
        self
    }

    fn compare(self, other: Place<'_>) -> Ordering {
        let by_path = match (self.next, other.next) {
            (Some(own), None) => compare_longer(self.path, own, other.path),
            (None, Some(next)) => compare_longer(other.path, next, self.path).reverse(),
            (own, next) => self.path.cmp(other.path).then(own.cmp(&next)),
        };
        by_path.then(self.number.cmp(&other.number))
    }
}

/// Compares `path` with the byte `next` behind it with another path.
fn compare_longer(path: &str, next: u8, other: &str) -> Ordering {
    match other.as_bytes().strip_prefix(path.as_bytes()) {
        Some([]) => Ordering::Greater,
        Some([first, rest @ ..]) => next.cmp(first).then(0.cmp(&rest.len())),
        None => path.cmp(other),
    }
}

/// The places from one to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct PlaceRange<'path> {
    first: Place<'path>,
    /// It is itself in the range only where the range is that of one path.
    last: Place<'path>,
    holds_last: bool,
}

impl<'path> PlaceRange<'path> {
    /// The places of a path itself.
    pub(super) fn at(path: &'path str) -> Self {
        let first = Place::of(path);
        Self { first, last: Place { number: u32::MAX, ..first }, holds_last: true }
    }

    /// The places of a path itself, and those of everything below it.
    pub(super) fn below(path: &'path str) -> [Self; 2] {
        let next = |byte| Place { path, next: Some(byte), number: 0 };
        let inside = match path {
            // Every path but the empty one starts with a byte from 1 on or, were that possible,
            // with 0; no byte of UTF-8 is 255.
            "" => Self { first: next(0), last: next(u8::MAX), holds_last: false },
            // `0` is the byte after `/`.
            _ => Self { first: next(b'/'), last: next(b'0'), holds_last: false },
        };
        [Self::at(path), inside]
    }

    /// What a map or a set of keys is asked for.
    pub(super) fn bounds(
        &self,
    ) -> (Bound<&(dyn HasPlace + 'path)>, Bound<&(dyn HasPlace + 'path)>) {
        let last = self.last.as_key();
        let last = if self.holds_last { Bound::Included(last) } else { Bound::Excluded(last) };
        (Bound::Included(self.first.as_key()), last)
    }
}

/// What stands somewhere in the order of the keys.
pub(super) trait HasPlace {
    fn place(&self) -> Place<'_>;
}

impl HasPlace for Place<'_> {
    fn place(&self) -> Place<'_> {
        *self
    }
}

impl HasPlace for EntryKey {
    fn place(&self) -> Place<'_> {
        Place { path: &self.path, next: None, number: self.number }
    }
}

impl<'path> Borrow<dyn HasPlace + 'path> for EntryKey {
    fn borrow(&self) -> &(dyn HasPlace + 'path) {
        self
    }
}

impl Ord for dyn HasPlace + '_ {
    fn cmp(&self, other: &Self) -> Ordering {
        self.place().compare(other.place())
    }
}

impl PartialOrd for dyn HasPlace + '_ {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for dyn HasPlace + '_ {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for dyn HasPlace + '_ {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn keys() -> BTreeSet<EntryKey> {
        let paths = ["", "a", "a-b", "a/", "a/b", "a/b/c", "a0", "ab", "b/a", "\u{0}x", "é/ü"];
        let key = |path: &str, number| EntryKey { path: path.into(), number };
        paths.iter().flat_map(|path| [0, 7, u32::MAX].map(|number| key(path, number))).collect()
    }

    #[test]
    fn ranges_hold_a_path_and_what_is_below_it() {
        let keys = keys();
        for folder in ["", "a", "a/b", "b", "é", "c", "a/b/c/d"] {
            let found: Vec<&EntryKey> = PlaceRange::below(folder)
                .iter()
                .flat_map(|it| keys.range::<dyn HasPlace, _>(it.bounds()))
                .collect();
            let is_below = |key: &&EntryKey| {
                let rest = key.path.strip_prefix(folder);
                folder.is_empty() || rest.is_some_and(|it| it.is_empty() || it.starts_with('/'))
            };
            let expected = keys.iter().filter(is_below);
            // The path itself comes first, though `a-b` stands before `a/b`.
            let (mut expected, inside): (Vec<_>, Vec<_>) =
                expected.partition(|key| &*key.path == folder);
            expected.extend(inside);
            assert_eq!(found, expected, "below {folder:?}");
        }
    }

    #[test]
    fn places_of_keys_are_in_the_order_of_the_keys() {
        for one in &keys() {
            for other in &keys() {
                let order = one.place().compare(other.place());
                assert_eq!(order, one.cmp(other), "{one:?} and {other:?}");
                assert_eq!(other.place().compare(one.place()), order.reverse());
            }
        }
    }
}
