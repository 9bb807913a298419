//! Patterns of `COPY` and of ignore files: which paths they match, and a name they would match.

use crate::dockerignore::{Dockerignore, Walk};

/// One pattern by itself, matched as an ignore file's line is.
pub(super) struct Pattern(Dockerignore);

impl Pattern {
    /// `None` where the builder would refuse it.
    pub(super) fn new(text: &str) -> Option<Self> {
        if text.contains(['\n', '\r']) {
            return None;
        }
        // Space in front keeps `#` from being a comment, a backslash `!` from being an exception.
        let escape = if text.starts_with('!') { "\\" } else { "" };
        let (ignore, errors) = Dockerignore::parse(&format!(" {escape}{text}"));
        (errors.is_empty() && !ignore.patterns.is_empty()).then_some(Self(ignore))
    }

    /// Whether it matches the path or a folder above it.
    pub(super) fn covers(&self, path: &str) -> bool {
        Walk::new(&self.0).decide_file(path).is_ok_and(|decision| decision.excluded)
    }

    /// Whether it matches one of the paths or a folder above it.
    pub(super) fn covers_any<'path>(&self, paths: impl IntoIterator<Item = &'path str>) -> bool {
        let mut walk = Walk::new(&self.0);
        let mut decisions = paths.into_iter().map(|path| walk.decide_file(path));
        decisions.any(|decision| decision.is_ok_and(|decision| decision.excluded))
    }
}

/// Whether it stands for other names than its own.
pub(super) fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?', '[', '\\'])
}

/// A path that `pattern` matches, `lone` being the name that a lone `*` becomes. Without a
/// wildcard that is the pattern itself.
pub(super) fn example(pattern: &str, lone: &str) -> String {
    let parts: Vec<&str> = pattern.split('/').collect();
    let last = parts.len() - 1;
    let named = parts.iter().enumerate().filter_map(|(index, part)| match *part {
        "**" if index == last => Some(lone.to_owned()),
        "**" => None,
        part => Some(example_of_part(part, if index == last { lone } else { "app" })),
    });
    named.collect::<Vec<_>>().join("/")
}

/// A star beside a word stands for nothing, one in front of an ending for `app`.
fn example_of_part(part: &str, lone: &str) -> String {
    let mut name = String::new();
    let mut rest = part.chars().peekable();
    while let Some(character) = rest.next() {
        match character {
            '*' => {
                while rest.next_if_eq(&'*').is_some() {}
                let before_an_ending = matches!(rest.peek(), Some('.' | '_' | '-' | '?' | '['));
                match (name.is_empty(), rest.peek()) {
                    (true, None) => name.push_str(lone),
                    (true, Some(_)) if before_an_ending => name.push_str("app"),
                    _ => {}
                }
            }
            '?' => name.push('x'),
            '\\' => name.extend(rest.next()),
            '[' => {
                let first = rest.next().unwrap_or('x');
                // A negated set most likely leaves out less than every letter.
                name.push(if first == '^' { 'x' } else { first });
                while rest.next().is_some_and(|inside| inside != ']') {}
            }
            plain => name.push(plain),
        }
    }
    name
}

/// A path in the context's form, `..` stopping at the root as in BuildKit; empty for the root.
pub(super) fn clean(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A path below a folder; an empty folder is the root.
pub(super) fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The folder of a path, empty for the root, and its last name.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn examples_are_names_that_people_use_and_match_their_pattern() {
        for (pattern, expected) in [
            ("package*.json", "package.json"),
            ("target/*.jar", "target/app.jar"),
            ("**/*.py[cod]", "app.pyc"),
            ("packages/*/package.json", "packages/app/package.json"),
            ("yarn.lock*", "yarn.lock"),
            ("src/*", "src/main.c"),
            ("docs/**", "docs/main.c"),
            ("a/**/b", "a/b"),
            ("*_test.go", "app_test.go"),
            ("**/.env*", ".env"),
            ("file?.[^a]", "filex.x"),
            (r"\[id\].js", "[id].js"),
            ("*", "main.c"),
            ("plain", "plain"),
        ] {
            assert_eq!(example(pattern, "main.c"), expected, "an example of {pattern}");
            let matcher = Pattern::new(pattern).expect("a pattern");
            assert!(matcher.covers(expected), "{pattern} should match {expected}");
        }
    }
}
