//! A report as other programs read it: JSON, whose fields keep their names and meanings, and SARIF.
//! The command line prints these texts and the page saves them, so that both are alike to the letter.

pub mod json;
pub mod sarif;
