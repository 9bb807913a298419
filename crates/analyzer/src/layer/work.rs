//! How much was looked at so far: counted and not timed, so that one input always ends alike.

use std::cell::Cell;
use std::rc::Rc;

/// A count of work that its clones share. One unit is a look at one entry of a filesystem, some
/// tens of nanoseconds; other work counts as many.
///
/// It tells nothing of what is there, so two counts are always equal.
#[derive(Clone, Debug, Default)]
pub struct Work(Rc<Cell<u64>>);

impl Work {
    /// Units so far.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.0.get()
    }

    /// Counts more.
    pub fn add(&self, units: usize) {
        self.0.set(self.done().saturating_add(units as u64));
    }
}

impl PartialEq for Work {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for Work {}
