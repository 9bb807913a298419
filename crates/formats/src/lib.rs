//! What is analysed as others read it: JSON, whose fields keep their names and meanings, SARIF and
//! Markdown of a report, and an input as a link carries it. The command line prints these texts and
//! the page saves them, so that both are alike to the letter.

pub mod json;
pub mod link;
pub mod markdown;
pub mod sarif;
pub mod secrets;
