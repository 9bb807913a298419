//! The only place that touches the browser: its storage, clipboard, address bar, timers, worker
//! and the editor. Everything else of the page is plain Rust that also runs in native tests.

pub mod clipboard;
pub mod editor;
pub mod elements;
pub mod examples;
pub mod files;
pub mod folders;
pub mod frames;
pub mod keys;
pub mod location;
pub mod page;
pub mod scrolling;
pub mod storage;
pub mod timers;
pub mod worker;
