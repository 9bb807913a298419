//! What a rule finds, and how to mend it.

use crate::text::{Edit, Span};

/// Which of the two texts a place lies in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum File {
    /// The Dockerfile.
    #[default]
    Dockerfile,
    /// The ignore file.
    Dockerignore,
}

/// How sure a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Confidence {
    /// The text says so.
    Certain,
    /// It rests on what is usual.
    Likely,
    /// It may well be meant.
    Possible,
}

impl Confidence {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Possible => "possible",
        }
    }
}

/// Whether a fix can be applied unseen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Safety {
    /// The image does what it did.
    Safe,
    /// Read [`Fix::risks`] first.
    Unsafe,
}

impl Safety {
    /// The word used in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Unsafe => "unsafe",
        }
    }
}

/// Edits that mend a finding, all of them or none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fix {
    /// What it does, as one would say it on a button.
    pub title: String,
    /// Whether it can be applied unseen.
    pub safety: Safety,
    /// What may break, each a sentence; none where it is safe.
    pub risks: Vec<String>,
    /// Edits of the Dockerfile.
    pub edits: Vec<Edit>,
    /// Edits of the ignore file; of an empty text where there is none.
    pub ignore_edits: Vec<Edit>,
}

impl Fix {
    /// A fix of the Dockerfile that changes nothing of what the image does.
    #[must_use]
    pub fn safe(title: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self {
            title: title.into(),
            safety: Safety::Safe,
            risks: Vec::new(),
            edits,
            ignore_edits: Vec::new(),
        }
    }

    /// A fix of the Dockerfile that may break something: `risks` says what.
    #[must_use]
    pub fn with_risks(
        title: impl Into<String>,
        edits: Vec<Edit>,
        risks: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        let risks = risks.into_iter().map(Into::into).collect();
        Self { safety: Safety::Unsafe, risks, ..Self::safe(title, edits) }
    }
}

/// Something that a rule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The text that [`Finding::span`] lies in.
    pub file: File,
    /// Its place: as little as says what is meant.
    pub span: Span,
    /// What is so, what it costs, and what to write instead; sentences.
    pub message: String,
    /// How sure it is.
    pub confidence: Confidence,
    /// How to mend it, where that is mechanical.
    pub fix: Option<Fix>,
    /// The one name among [`super::Rule::aliases`] that says this, where a rule covers what others
    /// tell apart; `None` where all of them do.
    pub alias: Option<&'static str>,
    /// A second name beside [`Finding::alias`].
    pub second_alias: Option<&'static str>,
}

impl Finding {
    /// A finding in the Dockerfile that the text itself proves.
    #[must_use]
    pub fn new(span: Span, message: impl Into<String>) -> Self {
        Self {
            file: File::Dockerfile,
            span,
            message: message.into(),
            confidence: Confidence::Certain,
            fix: None,
            alias: None,
            second_alias: None,
        }
    }

    /// The same, which of the rule's aliases only one says.
    #[must_use]
    pub fn known_as(self, alias: impl Into<Option<&'static str>>) -> Self {
        Self { alias: alias.into(), ..self }
    }

    /// The same, which two of the rule's aliases say.
    #[must_use]
    pub fn known_as_both(self, alias: &'static str, second: &'static str) -> Self {
        Self { alias: Some(alias), second_alias: Some(second), ..self }
    }

    /// The same, less sure.
    #[must_use]
    pub fn unsure(self, confidence: Confidence) -> Self {
        Self { confidence, ..self }
    }

    /// The same, mended by a fix.
    #[must_use]
    pub fn mended_by(self, fix: impl Into<Option<Fix>>) -> Self {
        Self { fix: fix.into(), ..self }
    }
}
