//! A report as others read it: JSON, whose fields keep their names and meanings, SARIF, Markdown.
//! The command line prints these texts and the page saves them, so that both are alike to the letter.

pub mod json;
pub mod markdown;
pub mod sarif;
