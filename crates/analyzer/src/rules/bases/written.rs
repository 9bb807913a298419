//! A tag that variables are part of: `22-${VARIANT}`, and what is written for another tag.

/// Name and tag of a reference as written, where variables are in the tag alone: `node` and `${V}-slim`
/// of `node:${V}-slim`.
pub(super) fn split(word: &str) -> Option<(&str, &str)> {
    let before = word.split('$').next().unwrap_or_default();
    let start = before.rfind('/').map_or(0, |at| at + 1);
    let colon = start + before.get(start..)?.find(':')?;
    Some((word.get(..colon)?, word.get(colon + 1..)?))
}

/// What is written for the tag `new` where `own` is the tag that `written` comes to: every part keeps its
/// variable. `None` where the first part is not kept, or nobody knows which part is which.
pub(super) fn retag(written: &str, own: &str, new: &str) -> Option<String> {
    if let Some(rest) = new.strip_prefix(own).filter(|it| it.is_empty() || it.starts_with('-')) {
        return Some(format!("{written}{rest}"));
    }
    let parts = parts(written);
    let values: Vec<&str> = own.split('-').collect();
    if parts.len() != values.len() {
        return None;
    }
    let mut open = parts.iter().zip(&values);
    let words = new.split('-').map(|word| {
        let mut rest = open.clone();
        match rest.find(|(_, value)| **value == word) {
            Some((part, _)) => {
                open = rest;
                *part
            }
            None => word,
        }
    });
    let words: Vec<&str> = words.collect();
    (words.first() == parts.first()).then(|| words.join("-"))
}

/// The parts between dashes, but for those within braces.
fn parts(written: &str) -> Vec<&str> {
    let mut depth = 0_u32;
    written
        .split(|letter: char| {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => {}
            }
            letter == '-' && depth == 0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{retag, split};

    #[test]
    fn a_variable_stays_in_its_part_of_the_tag() {
        for (written, own, new, expected) in [
            ("${V}", "20", "20-slim", Some("${V}-slim")),
            ("$V", "20-bookworm", "20-bookworm-slim", Some("$V-slim")),
            ("${V:-20}", "20", "20-alpine", Some("${V:-20}-alpine")),
            ("${V}-${B}", "3.12-bookworm", "3.12-slim-bookworm", Some("${V}-slim-${B}")),
            ("${V}-slim", "20-slim", "20-alpine", Some("${V}-alpine")),
            ("${V}-${B}", "20-bookworm", "20-alpine", Some("${V}-alpine")),
            ("$V", "3.12-bookworm", "3.12-slim-bookworm", None),
            ("$V-jdk", "21-jdk", "17-jre", None),
        ] {
            assert_eq!(retag(written, own, new).as_deref(), expected, "{written} for {new}");
        }
    }

    #[test]
    fn only_a_tag_may_be_a_variable() {
        for (word, expected) in [
            ("node:${V}-slim", Some(("node", "${V}-slim"))),
            ("a:5000/node:$V", Some(("a:5000/node", "$V"))),
            ("node:${V:-20}", Some(("node", "${V:-20}"))),
            ("$IMAGE", None),
            ("${NAME}:20", None),
            ("node$TAG", None),
        ] {
            assert_eq!(split(word), expected, "{word}");
        }
    }
}
