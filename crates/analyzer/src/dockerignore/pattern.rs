//! One compiled pattern: the shortcuts the builder takes, and an automaton for the rest.

use super::expression::Expression;

/// How a pattern is matched against a whole path.
#[derive(Clone, Debug)]
pub(super) enum Matcher {
    /// The path itself.
    Exact(String),
    /// `folder/**`: everything that begins so.
    Prefix(String),
    /// `**/name`: everything that ends so, or the name alone.
    Suffix(String),
    /// Anything with a wildcard.
    Expression(Expression),
    /// The builder finds out only when it first tries the pattern that it cannot be compiled.
    Refused,
}

impl Matcher {
    /// Compiles a cleaned, well-formed pattern.
    pub(super) fn compile(pattern: &str) -> Self {
        match Shape::of(pattern) {
            Shape::Exact => Self::Exact(pattern.into()),
            Shape::Prefix => Self::Prefix(pattern[..pattern.len() - 2].into()),
            Shape::Suffix => Self::Suffix(pattern[2..].into()),
            Shape::Expression => {
                Expression::compile(pattern).map_or(Self::Refused, Self::Expression)
            }
        }
    }

    /// Whether the pattern matches exactly this path. `None` where the builder refuses it.
    pub(super) fn matches(&self, path: &str) -> Option<bool> {
        match self {
            Self::Exact(pattern) => Some(path == pattern),
            Self::Prefix(prefix) => Some(path.starts_with(prefix.as_str())),
            Self::Suffix(suffix) => Some(
                path.ends_with(suffix.as_str())
                    || suffix.strip_prefix('/').is_some_and(|name| name == path),
            ),
            Self::Expression(expression) => Some(expression.matches(path)),
            Self::Refused => None,
        }
    }
}

/// Which of the builder's four ways of matching a pattern takes.
enum Shape {
    Exact,
    Prefix,
    Suffix,
    Expression,
}

impl Shape {
    /// Follows the builder's scan: a later wildcard turns any shape into an expression, but a
    /// leading `**` is a suffix until then.
    fn of(pattern: &str) -> Self {
        let mut shape = Self::Exact;
        let mut characters = pattern.chars().peekable();
        let mut first = true;
        while let Some(character) = characters.next() {
            match character {
                '*' if characters.next_if_eq(&'*').is_some() => {
                    characters.next_if_eq(&'/');
                    let last = characters.peek().is_none();
                    shape = match shape {
                        _ if first => Self::Suffix,
                        Self::Exact if last => Self::Prefix,
                        _ => Self::Expression,
                    };
                }
                '\\' if characters.next().is_some() => shape = Self::Expression,
                '*' | '?' | '[' | ']' => shape = Self::Expression,
                _ => {}
            }
            first = false;
        }
        shape
    }
}

/// Cleans a path as Go's `filepath.Clean` does on Linux: no empty parts, no `.`, `..` resolved,
/// `.` for nothing.
pub(super) fn clean_path(path: &str) -> String {
    let rooted = path.starts_with('/');
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match parts.last() {
                Some(&last) if last != ".." => {
                    parts.pop();
                }
                _ if rooted => {}
                _ => parts.push(".."),
            },
            part => parts.push(part),
        }
    }
    let joined = parts.join("/");
    match (rooted, joined.is_empty()) {
        (true, _) => format!("/{joined}"),
        (false, true) => ".".into(),
        (false, false) => joined,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_match_whole_paths() {
        for (pattern, path, expected) in [
            ("node_modules", "node_modules", true),
            ("node_modules", "web/node_modules", false),
            ("**/node_modules", "web/node_modules", true),
            ("**/node_modules", "node_modules", true),
            ("**/modules", "node_modules", false),
            ("**modules", "node_modules", true),
            ("docs/**", "docs/a/b.md", true),
            ("docs/**", "docs", false),
            ("*.log", "a.log", true),
            ("*.log", "logs/a.log", false),
            ("**/*.log", "logs/2024/a.log", true),
            ("**/*.log", ".log", true),
            ("a?c", "abc", true),
            ("a?c", "a/c", false),
            ("[a-c]x", "bx", true),
            ("[^a-c]x", "dx", true),
            ("[^a]x", "/x", true),
            ("a/**/z", "a/z", true),
            ("a/**/z", "a/b/c/z", true),
            ("a/**/z", "abz", false),
            (r"\!bang", "!bang", true),
            ("a.c", "abc", false),
            ("é*", "été", true),
            ("**", "any/thing", true),
            ("a|?", "anything", true),
            ("a|b", "a", false),
            ("x?{2}", "xab", true),
            ("x?{2}", "xa", false),
            ("{a}*", "{a}b", true),
        ] {
            let matched = Matcher::compile(pattern).matches(path);
            assert_eq!(matched, Some(expected), "{pattern} against {path}");
        }
    }

    #[test]
    fn hostile_patterns_stay_linear() {
        let pattern = format!("{}b", "*a".repeat(2_000));
        let path = "a".repeat(4_000);
        assert_eq!(Matcher::compile(&pattern).matches(&path), Some(false));
    }
}
