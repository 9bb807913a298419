//! Whole texts through [`parse`]: values, places, errors, and how long it takes.

mod errors;
mod properties;
mod show;
mod values;
