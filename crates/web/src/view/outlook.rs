//! What the advice comes to, as the summary and the editors show it.

use layerwise_analyzer::text::Edit;
use serde::{Deserialize, Serialize};

/// What the advice comes to, for those who have not opened it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outlook {
    /// What the image could be, such as `≈ 143 MB (−87 %)`; `None` where fixes take nothing off.
    pub could_be: Option<String>,
    /// How many findings there are.
    pub findings: u32,
    /// Those in the Dockerfile as its editor takes them.
    pub in_dockerfile: String,
    /// Those in the ignore file.
    pub in_dockerignore: String,
    /// What their fixes change, in the order of the texts.
    pub edits: Vec<FixEdit>,
}

/// An edit of a fix.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FixEdit {
    /// The fix, by the name that the editor knows it by.
    pub fix: String,
    /// Whether it is one of the ignore file.
    pub in_dockerignore: bool,
    /// The edit.
    pub edit: Edit,
}
