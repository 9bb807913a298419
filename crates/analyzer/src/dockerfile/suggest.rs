//! "Did you mean …?": the known word nearest to a misspelt one.

/// The longest word worth comparing; longer ones are no slip of the finger.
const LONGEST: usize = 40;

/// Words up to this long have little left after two edits.
const SHORT: usize = 3;

/// The word of `known` that differs from `word` by at most two edits, upper and lower case
/// alike; the first of the nearest. Two is BuildKit's own limit (`util/suggest/error.go`). In a
/// short word it is one, or two letters that changed places: to no one's eye is `FOO` near `FROM`.
pub(crate) fn nearest<'known>(word: &str, known: &[&'known str]) -> Option<&'known str> {
    let word: Vec<char> =
        word.chars().take(LONGEST + 1).map(|it| it.to_ascii_lowercase()).collect();
    if word.is_empty() || word.len() > LONGEST {
        return None;
    }
    known
        .iter()
        .filter(|candidate| candidate.len() <= 4 * (LONGEST + 2))
        .map(|candidate| (distance(&word, candidate), *candidate))
        .filter(|(distance, candidate)| match distance {
            0 | 1 => true,
            2 => word.len() > SHORT || is_shuffled(&word, candidate),
            _ => false,
        })
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Whether `candidate` is as long as `word` and has its letters, in another order perhaps.
fn is_shuffled(word: &[char], candidate: &str) -> bool {
    let letters = || candidate.chars().map(|letter| letter.to_ascii_lowercase());
    letters().count() == word.len()
        && letters().all(|letter| word.contains(&letter))
        && word.iter().all(|letter| letters().any(|other| other == *letter))
}

/// Insertions, removals and replacements that turn `word` into `candidate`.
fn distance(word: &[char], candidate: &str) -> usize {
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for (line, wanted) in candidate.chars().map(|it| it.to_ascii_lowercase()).enumerate() {
        let mut diagonal = line;
        let mut left = line + 1;
        for (cell, have) in row.iter_mut().skip(1).zip(word) {
            let replaced = diagonal + usize::from(*have != wanted);
            diagonal = *cell;
            left = replaced.min(left + 1).min(*cell + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = line + 1;
        }
    }
    row.last().copied().unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_within_two_edits() {
        let known = ["FROM", "RUN", "COPY", "ENTRYPOINT"];
        let cases = [
            ("RUM", Some("RUN")),
            ("rnu", Some("RUN")),
            ("form", Some("FROM")),
            ("COPPY", Some("COPY")),
            ("ENTRIPOINT", Some("ENTRYPOINT")),
            ("entrypointtt", Some("ENTRYPOINT")),
            ("MAKE", None),
            ("FOO", None),
            ("NUR", Some("RUN")),
            ("RN", Some("RUN")),
            ("x", None),
            ("", None),
            (&"x".repeat(1_000_000), None),
        ];
        for (word, expected) in cases {
            assert_eq!(nearest(word, &known), expected, "nearest to {word:.20}");
        }
    }
}
