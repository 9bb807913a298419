//! What installations come to, made once for all stages of a build that ask alike.

use std::rc::Rc;

use super::distribution::Wish;
use super::{Closure, InstalledSet, PackageIndex};

/// As many sets and installations as are remembered each, so that no text takes much memory.
const MOST: usize = 48;

/// What was made so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Made {
    bases: Vec<Base>,
    installations: Vec<Installation>,
}

/// What an image has.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Base {
    /// Release of the index.
    release: String,
    reference: String,
    there: Rc<InstalledSet>,
}

/// What a wish comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Installation {
    /// What is there before. As long as it is held here, no other set has its address.
    start: Rc<InstalledSet>,
    words: Vec<String>,
    recommends: bool,
    closure: Rc<Closure>,
    /// What is there afterwards.
    there: Rc<InstalledSet>,
}

impl Made {
    /// What an image of the index's release has.
    pub(super) fn base(&mut self, index: &PackageIndex, reference: &str) -> Rc<InstalledSet> {
        let is_it = |it: &&Base| it.release == index.release() && it.reference == reference;
        if let Some(found) = self.bases.iter().find(is_it) {
            return Rc::clone(&found.there);
        }
        let there = Rc::new(index.base(reference));
        if self.bases.len() < MOST {
            self.bases.push(Base {
                release: index.release().to_owned(),
                reference: reference.to_owned(),
                there: Rc::clone(&there),
            });
        }
        there
    }

    /// What there is once a wish is met, and what that adds; `start` is of this index.
    pub(super) fn install(
        &mut self,
        index: &PackageIndex,
        start: Rc<InstalledSet>,
        wish: &Wish,
    ) -> (Rc<InstalledSet>, Rc<Closure>) {
        let is_it = |it: &&Installation| {
            Rc::ptr_eq(&it.start, &start)
                && it.recommends == wish.recommends
                && it.words == wish.words
        };
        if let Some(found) = self.installations.iter().find(is_it) {
            return (Rc::clone(&found.there), Rc::clone(&found.closure));
        }
        let words: Vec<&str> = wish.words.iter().map(String::as_str).collect();
        let closure = Rc::new(index.close(&words, &start, wish.recommends));
        let is_kept = self.installations.len() < MOST;
        let kept = is_kept.then(|| Rc::clone(&start));
        // Where nobody keeps what there was, this copies nothing.
        let mut there = start;
        Rc::make_mut(&mut there).add(&closure);
        if let Some(start) = kept {
            self.installations.push(Installation {
                start,
                words: wish.words.clone(),
                recommends: wish.recommends,
                closure: Rc::clone(&closure),
                there: Rc::clone(&there),
            });
        }
        (there, closure)
    }
}

#[cfg(test)]
mod tests {
    use super::super::find;
    use super::*;

    #[test]
    fn what_is_remembered_is_what_would_be_made_anew() {
        let index = find("debian-bookworm").expect("the table is compiled in");
        let mut made = Made::default();
        for _ in 0..2 {
            let mut start = made.base(index, "debian:bookworm");
            let mut fresh = index.base("debian:bookworm");
            // More than are remembered, so that some are made anew each time.
            for number in 0..MOST + 4 {
                let word = ["curl", "git", "ffmpeg", "no-such-package", "curl-"][number % 5];
                let wish =
                    Wish { words: vec![word.into()], recommends: number > 9, ..Wish::default() };
                let (there, closure) = made.install(index, start, &wish);
                let expected = index.close(&[word], &fresh, wish.recommends);
                fresh.add(&expected);
                assert_eq!(*closure, expected, "what {word} adds as number {number}");
                assert_eq!(*there, fresh, "what is there after number {number}");
                start = there;
            }
        }
        assert_eq!((made.bases.len(), made.installations.len()), (1, MOST));
    }
}
