//! Examples of rules, which tests walk.

/// A text that a rule finds something in, and one that it is silent on.
///
/// `bad` fires once. `good` is silent; where the finding has a fix, `good` is what the fix makes of
/// `bad`, to the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// A Dockerfile that fires once.
    pub bad: &'static str,
    /// A Dockerfile that does not fire.
    pub good: &'static str,
    /// The ignore file beside `bad`.
    pub dockerignore: Option<&'static str>,
    /// The ignore file beside `good`.
    pub good_dockerignore: Option<&'static str>,
    /// The build context as a listing, a path and its bytes a line; an assumed one where it is empty.
    pub listing: &'static str,
    /// Texts of manifests in that context, by path.
    pub manifests: &'static [(&'static str, &'static str)],
}

impl Example {
    /// Nothing; what an example leaves out.
    pub const NONE: Self = Self {
        bad: "",
        good: "",
        dockerignore: None,
        good_dockerignore: None,
        listing: "",
        manifests: &[],
    };

    /// Two Dockerfiles beside an assumed context, without an ignore file.
    #[must_use]
    pub const fn new(bad: &'static str, good: &'static str) -> Self {
        Self { bad, good, ..Self::NONE }
    }
}
