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
        self.walk().covers(path)
    }

    /// Whether it matches one of the paths or a folder above it.
    pub(super) fn covers_any(&self, paths: &mut dyn Iterator<Item = &str>) -> bool {
        let mut walk = self.walk();
        for path in paths {
            if walk.covers(path) {
                return true;
            }
        }
        false
    }

    /// Asks about many paths, the quicker the more of them lie beside each other.
    pub(super) fn walk(&self) -> PatternWalk<'_> {
        PatternWalk(Walk::new(&self.0))
    }
}

/// A pattern that is asked about one path after another.
pub(super) struct PatternWalk<'pattern>(Walk<'pattern>);

impl PatternWalk<'_> {
    /// Whether the pattern matches the path or a folder above it.
    pub(super) fn covers(&mut self, path: &str) -> bool {
        self.0.decide_file(path).is_ok_and(|decision| decision.excluded)
    }
}

/// Whether it stands for other names than its own.
pub(super) fn has_wildcard(text: &str) -> bool {
    text.contains(['*', '?', '[', '\\'])
}

/// A pattern without the `**/` that makes it match in every folder.
pub(super) fn below_any(pattern: &str) -> &str {
    pattern.strip_prefix("**/").unwrap_or(pattern)
}

/// A path that `pattern` matches, `lone` being the name that a lone `*` at its end becomes.
/// Without a wildcard that is the pattern itself.
///
/// A star beside a word stands for nothing, one in front of an ending for `app`.
pub(super) fn example(pattern: &str, lone: &str) -> String {
    let mut path = String::new();
    let mut start = 0;
    for (at, character) in pattern.char_indices() {
        // What an earlier character already took.
        if at < start {
            continue;
        }
        let at_start = path.is_empty() || path.ends_with('/');
        let rest = pattern.get(at + character.len_utf8()..).unwrap_or_default();
        let next = rest.bytes().next().unwrap_or_default();
        match character {
            '*' if next == b'*' => {}
            '*' if at_start && pattern.get(..at).is_some_and(|before| before.ends_with('*')) => {
                // `**/` stands for no folder at all.
                path.push_str(if next == 0 { lone } else { "" });
                start = at + 2;
            }
            '*' if at_start && next == 0 => path.push_str(lone),
            '*' if at_start && b"/._-?[".contains(&next) => path.push_str("app"),
            '*' => {}
            '?' => path.push('x'),
            '[' => {
                // A negated set most likely leaves out less than every letter.
                let first = rest.chars().next().filter(|first| *first != '^');
                path.push(first.unwrap_or('x'));
                start = at + 2 + rest.find(']').unwrap_or(rest.len());
            }
            '\\' => {
                path.extend(rest.chars().next());
                start = at + 2;
            }
            plain => path.push(plain),
        }
    }
    path
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
            (r"\?.js", "?.js"),
            ("*", "main.c"),
            ("plain", "plain"),
        ] {
            assert_eq!(example(pattern, "main.c"), expected, "an example of {pattern}");
            let matcher = Pattern::new(pattern).expect("a pattern");
            assert!(matcher.covers(expected), "{pattern} should match {expected}");
        }
    }
}
