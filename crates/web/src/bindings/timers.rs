//! Timers that stop when they are dropped.

use gloo::timers::callback::Timeout;

/// Calls a function once, later; not at all when dropped before.
#[derive(Debug)]
pub struct Timer(#[allow(dead_code, reason = "dropping it is what stops the timer")] Timeout);

impl Timer {
    /// Calls `then` after so many milliseconds.
    pub fn new(milliseconds: u32, then: impl FnOnce() + 'static) -> Self {
        Self(Timeout::new(milliseconds, then))
    }
}
