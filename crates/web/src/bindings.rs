//! The only place that touches the browser's own interfaces.

pub mod elements;
