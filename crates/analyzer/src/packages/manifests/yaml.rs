//! As much of YAML as lock files are written in: one entry a line, nested by spaces.

/// A line with something on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line<'text> {
    /// Spaces before it.
    pub(super) indent: usize,
    /// What stands before the colon, without quotes.
    pub(super) key: &'text str,
    /// What stands behind it, without quotes; nothing when lines follow that are nested.
    pub(super) value: &'text str,
}

/// The lines that have a key, without comments. Yarn 1 writes `name "value"` without a colon.
pub(super) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines().filter_map(|line| {
        let content = line.trim();
        if content.is_empty() || content.starts_with('#') {
            return None;
        }
        let indent = line.len() - line.trim_start().len();
        let (key, value) = split(content)?;
        Some(Line { indent, key: unquote(key), value: unquote(value) })
    })
}

fn split(content: &str) -> Option<(&str, &str)> {
    let quote = content.chars().next().filter(|first| matches!(first, '"' | '\''));
    if let Some(quote) = quote {
        let end = content.get(1..)?.find(quote)? + 2;
        let (key, rest) = content.split_at_checked(end)?;
        // Yarn 1 lists several quoted keys with commas; only the whole is one key.
        if let Some(rest) = rest.strip_prefix(':').or_else(|| rest.strip_prefix(' ')) {
            return Some((key, rest.trim()));
        }
    }
    if let Some(key) = content.strip_suffix(':') {
        return Some((key, ""));
    }
    content
        .split_once(": ")
        .or_else(|| content.split_once(' '))
        .map(|(key, value)| (key, value.trim()))
}

/// A text without the quotes around it.
pub(super) fn unquote(text: &str) -> &str {
    let text = text.trim();
    let quoted = |quote: char| {
        let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains(quote)).then_some(inner)
    };
    quoted('"').or_else(|| quoted('\'')).unwrap_or(text)
}

/// The elements of `[x64, arm64]`.
pub(super) fn elements(value: &str) -> Vec<String> {
    let inner = value.trim_start_matches('[').trim_end_matches(']');
    inner.split(',').map(|part| unquote(part).to_owned()).filter(|part| !part.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fall_into_keys_and_values() {
        let text = "# c\n'@a/b@1.0':\n  version: '1.0'\n\"x@npm:^1, x@npm:^2\":\n  resolution: {integrity: y}\n\"@a/b@^1\", \"@a/b@^2\":\n  \"d\" \"^4\"\n  e ^5\n";
        let lines: Vec<_> = lines(text).map(|line| (line.indent, line.key, line.value)).collect();
        assert_eq!(
            lines,
            [
                (0, "@a/b@1.0", ""),
                (2, "version", "1.0"),
                (0, "x@npm:^1, x@npm:^2", ""),
                (2, "resolution", "{integrity: y}"),
                (0, "\"@a/b@^1\", \"@a/b@^2\"", ""),
                (2, "d", "^4"),
                (2, "e", "^5"),
            ]
        );
        assert_eq!(elements("[x64, 'arm64']"), ["x64", "arm64"]);
    }
}
