//! Dockerfile stages, sizes and build cache, from the text alone.
//!
//! Pure: no I/O, no clock, no randomness, no panics. Reading order: [`text`] and [`size`], then
//! [`dockerfile`], [`shell`], [`images`], [`plan`], [`projects`], [`layer`], [`packages`],
//! [`mod@simulate`], [`cache`], and [`report`], which is what a front end sees.

pub mod advice;
pub mod cache;
pub mod compare;
pub mod context;
pub mod costs;
pub mod dockerfile;
pub mod dockerignore;
pub mod drawing;
pub mod images;
pub mod layer;
pub mod order;
pub mod packages;
pub mod plan;
pub mod projects;
pub mod reality;
pub mod report;
pub mod rules;
pub mod secrets;
pub mod shell;
pub mod simulate;
pub mod size;
pub mod text;

pub use report::{Input, Report, analyze, outline};
