//! What a worker answered, handed around and compared by its address.

use std::ops::Deref;
use std::rc::Rc;

use layerwise_analyzer::report::Report;

/// An answer of the worker. Two handles are equal when they are of one answer: comparing the
/// verdicts on a hundred thousand files whenever something is drawn would take longer than
/// drawing, and 4 KB of the page.
#[derive(Debug)]
pub struct Handle<T>(Rc<T>);

/// A report of the worker.
pub type ReportHandle = Handle<Report>;

impl<T> From<T> for Handle<T> {
    fn from(answer: T) -> Self {
        Self(Rc::new(answer))
    }
}

impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Deref for Handle<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> PartialEq for Handle<T> {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}
