//! Sorting in little machine code: the standard library's sort is compiled anew for every type, at
//! five kilobytes each; here one sort of places serves them all.

use std::cmp::Ordering;

/// Sorts stably by a comparison.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut places =
        sorted_places(items.len(), &|one, other| match (items.get(one), items.get(other)) {
            (Some(one), Some(other)) => compare(one, other),
            _ => Ordering::Equal,
        });
    for start in 0..items.len() {
        let mut at = start;
        // Follows one circle of moves; each place is visited once.
        while let Some(place) = places.get_mut(at) {
            let from = std::mem::replace(place, at);
            if from == start || from == at {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// Sorts stably by a key.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |one, other| key(one).cmp(&key(other)));
}

/// Sorts what has an order of its own.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// The places of `count` things in their order.
#[expect(clippy::disallowed_methods, reason = "the one sort that the others share")]
fn sorted_places(count: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut places: Vec<usize> = (0..count).collect();
    places.sort_by(|one, other| compare(*one, *other));
    places
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(
            items in proptest::collection::vec((0_u8..9, any::<u16>()), 0..80)
        ) {
            let mut own = items.clone();
            sort_by_key(&mut own, |item| item.0);
            let mut wanted = items.clone();
            #[expect(clippy::disallowed_methods, reason = "the measure")]
            wanted.sort_by_key(|item| item.0);
            prop_assert_eq!(&own, &wanted, "a stable sort by key");
            sort(&mut own);
            #[expect(clippy::disallowed_methods, reason = "the measure")]
            wanted.sort();
            prop_assert_eq!(own, wanted);
        }
    }
}
