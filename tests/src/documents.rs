//! What the documents say, to be held to what is so.

/// Fails unless the README says the sentence, however it is wrapped there.
///
/// # Panics
/// Where it does not.
pub fn assert_readme_says(sentence: &str) {
    let readme = include_str!("../../README.md");
    let words = |text: &str| text.split_whitespace().collect::<Vec<&str>>().join(" ");
    assert!(
        words(readme).contains(&words(sentence)),
        "README.md says something else; put this into it: {sentence}"
    );
}
