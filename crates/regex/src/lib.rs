//! `regex-lite` re-exported as `regex`. The workspace patches `regex` with this crate because the
//! full engine costs 188 KB of compressed wasm and dockerfile-parser needs a few plain patterns.

pub use regex_lite::*;
