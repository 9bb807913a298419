//! As much of TOML as manifests and lock files of Python are written in.

/// `key = value` in a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry<'text> {
    /// Counts the headers before it: tells one `[[package]]` from the next.
    pub(super) table: usize,
    /// The header without brackets: `tool.poetry.dependencies`.
    pub(super) section: &'text str,
    pub(super) key: &'text str,
    /// The value without comments; an array of several lines is one.
    pub(super) value: String,
}

/// All entries, in order; keys of a table without a header have an empty section.
pub(super) fn entries(text: &str) -> Vec<Entry<'_>> {
    let (mut entries, mut table, mut section) = (Vec::new(), 0, "");
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let line = without_comment(line).trim();
        if line.starts_with('[') && line.ends_with(']') {
            section = line.trim_matches(['[', ']', ' ']);
            table += 1;
            continue;
        }
        let Some((key, value)) = line.split_once('=') else { continue };
        let (key, mut value) = (key.trim().trim_matches(['"', '\'']), value.trim().to_owned());
        let mut depth = depth(&value);
        while depth > 0
            && let Some(next) = lines.next()
        {
            let next = without_comment(next).trim();
            depth += self::depth(next);
            value.push(' ');
            value.push_str(next);
        }
        entries.push(Entry { table, section, key, value });
    }
    entries
}

/// The packages of a lock file, each a `[[package]]` that opens with its name; `note` reads an entry
/// of one.
pub(super) fn packages<Locked: Default>(
    text: &str,
    note: fn(&mut Locked, &Entry<'_>),
) -> Vec<Locked> {
    let mut packages: Vec<Locked> = Vec::new();
    for entry in entries(text) {
        if entry.section == "package" && entry.key == "name" {
            packages.push(Locked::default());
        }
        if let Some(package) = packages.last_mut() {
            note(package, &entry);
        }
    }
    packages
}

/// Brackets that open less those that close, outside of strings.
fn depth(line: &str) -> i64 {
    let mut depth = 0;
    each_bare(line, &mut |_, letter| match letter {
        '[' | '{' => depth += 1,
        ']' | '}' => depth -= 1,
        _ => {}
    });
    depth
}

fn without_comment(line: &str) -> &str {
    let mut end = line.len();
    each_bare(line, &mut |at, letter| {
        if letter == '#' {
            end = end.min(at);
        }
    });
    line.get(..end).unwrap_or(line)
}

/// Every character outside of strings, with its place.
fn each_bare(line: &str, see: &mut dyn FnMut(usize, char)) {
    let mut quote: Option<char> = None;
    let mut is_escaped = false;
    for (at, letter) in line.char_indices() {
        match quote {
            Some(_) if is_escaped => is_escaped = false,
            Some('"') if letter == '\\' => is_escaped = true,
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None if matches!(letter, '"' | '\'') => quote = Some(letter),
            None => see(at, letter),
        }
    }
}

/// The strings of a value, in order; escapes (`\"`) are taken away.
pub(super) fn strings(value: &str) -> Vec<String> {
    let mut strings = Vec::new();
    let mut letters = value.chars();
    while let Some(letter) = letters.next() {
        if !matches!(letter, '"' | '\'') {
            continue;
        }
        let mut string = String::new();
        while let Some(inner) = letters.next().filter(|inner| *inner != letter) {
            match inner {
                '\\' if letter == '"' => string.extend(letters.next()),
                inner => string.push(inner),
            }
        }
        strings.push(string);
    }
    strings
}

/// The inline tables of an array: `{ name = "a" }` and `{ name = "b" }`.
pub(super) fn tables(value: &str) -> Vec<&str> {
    let (mut tables, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    each_bare(value, &mut |at, letter| match letter {
        '{' => {
            depth += 1;
            if depth == 1 {
                start = at + 1;
            }
        }
        '}' => {
            if depth == 1 {
                tables.extend(value.get(start..at));
            }
            depth = depth.saturating_sub(1);
        }
        _ => {}
    });
    tables
}

/// What a key of an inline table has for a value.
pub(super) fn field<'value>(table: &'value str, key: &str) -> Option<&'value str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_usize, 0);
    each_bare(table, &mut |at, letter| match letter {
        '[' | '{' => depth += 1,
        ']' | '}' => depth = depth.saturating_sub(1),
        ',' if depth == 0 => {
            parts.extend(table.get(start..at));
            start = at + 1;
        }
        _ => {}
    });
    parts.extend(table.get(start..));
    parts.into_iter().find_map(|part| {
        let (name, value) = part.split_once('=')?;
        (name.trim().trim_matches('"') == key).then_some(value.trim())
    })
}

/// The first string of a value.
pub(super) fn string(value: &str) -> Option<String> {
    strings(value).into_iter().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_know_their_table() {
        let text = "a = 1 # c\n[[package]]\nname = \"x # y\"\nlist = [\n  \"p>=1\", # why\n  'q[e]; a == \"b\"',\n]\n[tool.\"x\"]\n\"k\" = { v = \"1\", w = [\"e\"] }\n";
        let found = entries(text);
        let shown: Vec<_> =
            found.iter().map(|it| (it.table, it.section, it.key, it.value.as_str())).collect();
        assert_eq!(
            shown,
            [
                (0, "", "a", "1"),
                (1, "package", "name", "\"x # y\""),
                (1, "package", "list", "[ \"p>=1\", 'q[e]; a == \"b\"', ]"),
                (2, "tool.\"x\"", "k", "{ v = \"1\", w = [\"e\"] }"),
            ]
        );
        assert_eq!(strings(&found[2].value), ["p>=1", "q[e]; a == \"b\""]);
        let tables = tables(&found[3].value);
        assert_eq!(field(tables[0], "w").map(strings).unwrap(), ["e"]);
        assert_eq!(field(tables[0], "x"), None);
    }
}
