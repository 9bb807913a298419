//! Environment markers of Python requirements: `sys_platform == "win32" and extra == "x"`.
//!
//! After <https://packaging.python.org/en/latest/specifications/dependency-specifiers/>.

use std::cmp::Ordering;

/// Deeper parentheses are not understood.
const DEEPEST: usize = 50;

/// What markers ask about: CPython on 64-bit Linux, and what differs.
#[derive(Clone, Copy, Debug)]
pub struct Environment<'text> {
    /// All numbers, `3.11.7`.
    pub python: &'text str,
    /// The extra that is asked for; empty without one.
    pub extra: &'text str,
}

impl Environment<'_> {
    /// Whether a requirement with this marker is installed; `None` when it is not understood.
    #[must_use]
    pub fn satisfies(&self, marker: &str) -> Option<bool> {
        let words = split(marker)?;
        let mut reader = Reader { words: &words, environment: self };
        let holds = reader.either(0)?;
        reader.words.is_empty().then_some(holds)
    }

    fn first_two_numbers(&self) -> &str {
        let mut points = self.python.match_indices('.').map(|(at, _)| at);
        points.nth(1).and_then(|end| self.python.get(..end)).unwrap_or(self.python)
    }

    fn value(&self, variable: &str) -> Option<&str> {
        Some(match variable {
            "python_version" => self.first_two_numbers(),
            "python_full_version" | "implementation_version" => self.python,
            "extra" => self.extra,
            "os_name" => "posix",
            "sys_platform" => "linux",
            "platform_system" => "Linux",
            "platform_machine" => "x86_64",
            "platform_python_implementation" => "CPython",
            "implementation_name" => "cpython",
            "platform_release" | "platform_version" => "",
            _ => return None,
        })
    }
}

/// A piece of a marker.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Word<'text> {
    Quoted(&'text str),
    Name(&'text str),
    Operator(&'text str),
}

fn split(marker: &str) -> Option<Vec<Word<'_>>> {
    let mut words = Vec::new();
    let mut rest = marker.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' | '"' => {
                let inner = rest.get(1..)?.split_once(first)?.0;
                words.push(Word::Quoted(inner));
                inner.len() + 2
            }
            '(' | ')' => {
                words.push(Word::Operator(rest.get(..1)?));
                1
            }
            '<' | '>' | '=' | '!' | '~' => {
                let end = rest.find(|it: char| !"<>=!~".contains(it)).unwrap_or(rest.len());
                words.push(Word::Operator(rest.get(..end)?));
                end
            }
            _ => {
                let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_' || it == '.';
                let end = rest.find(|it: char| !is_part(it)).unwrap_or(rest.len());
                let name = rest.get(..end).filter(|name| !name.is_empty())?;
                words.push(Word::Name(name));
                end
            }
        };
        rest = rest.get(length..)?.trim_start();
    }
    Some(words)
}

struct Reader<'own, 'text> {
    words: &'own [Word<'text>],
    environment: &'own Environment<'own>,
}

impl<'own, 'text> Reader<'own, 'text> {
    fn next(&mut self) -> Option<&'own Word<'text>> {
        let (first, rest) = self.words.split_first()?;
        self.words = rest;
        Some(first)
    }

    fn take(&mut self, word: &Word<'_>) -> bool {
        let found = self.words.first() == Some(word);
        if found {
            self.next();
        }
        found
    }

    fn either(&mut self, depth: usize) -> Option<bool> {
        let mut holds = self.both(depth)?;
        while self.take(&Word::Name("or")) {
            holds |= self.both(depth)?;
        }
        Some(holds)
    }

    fn both(&mut self, depth: usize) -> Option<bool> {
        let mut holds = self.single(depth)?;
        while self.take(&Word::Name("and")) {
            holds &= self.single(depth)?;
        }
        Some(holds)
    }

    fn single(&mut self, depth: usize) -> Option<bool> {
        if self.take(&Word::Operator("(")) {
            let holds = (depth < DEEPEST).then(|| self.either(depth + 1))??;
            return self.take(&Word::Operator(")")).then_some(holds);
        }
        let left = self.next()?;
        let operator = match self.next()? {
            Word::Name("not") if self.take(&Word::Name("in")) => "not in",
            Word::Name(name) | Word::Operator(name) => name,
            Word::Quoted(_) => return None,
        };
        let right = self.next()?;
        let is_version =
            |word: &Word<'_>| matches!(word, Word::Name(name) if name.contains("version"));
        let (left_value, right_value) = (self.value(left)?, self.value(right)?);
        if (is_version(left) || is_version(right))
            && let Some(holds) = compare_versions(left_value, operator, right_value)
        {
            return Some(holds);
        }
        compare_texts(left_value, operator, right_value)
    }

    fn value(&self, word: &Word<'text>) -> Option<&'own str>
    where
        'text: 'own,
    {
        match word {
            Word::Quoted(text) => Some(text),
            Word::Name(name) => self.environment.value(name),
            Word::Operator(_) => None,
        }
    }
}

fn compare_texts(left: &str, operator: &str, right: &str) -> Option<bool> {
    Some(match operator {
        "==" | "===" => left == right,
        "!=" => left != right,
        "in" => right.contains(left),
        "not in" => !right.contains(left),
        "<" => left < right,
        "<=" => left <= right,
        ">" => left > right,
        ">=" => left >= right,
        _ => return None,
    })
}

/// Compares by numbers; a star at the end of `right` leaves the rest open.
fn compare_versions(left: &str, operator: &str, right: &str) -> Option<bool> {
    let parts = |version: &str| -> Option<Vec<u64>> {
        version.trim().split('.').map(|part| part.parse().ok()).collect()
    };
    let (right, is_open) = match right.strip_suffix(".*") {
        Some(start) => (start, true),
        None => (right, false),
    };
    let (mut left, mut right) = (parts(left)?, parts(right)?);
    if is_open || operator == "~=" {
        let kept = if is_open { right.len() } else { right.len().saturating_sub(1) };
        let is_same_start = left.iter().take(kept).eq(right.iter().take(kept));
        return match operator {
            "==" => Some(is_same_start),
            "!=" => Some(!is_same_start),
            "~=" => Some(is_same_start && left >= right),
            _ => None,
        };
    }
    let length = left.len().max(right.len());
    left.resize(length, 0);
    right.resize(length, 0);
    let order = left.cmp(&right);
    Some(match operator {
        "==" | "===" => order == Ordering::Equal,
        "!=" => order != Ordering::Equal,
        "<" => order == Ordering::Less,
        "<=" => order != Ordering::Greater,
        ">" => order == Ordering::Greater,
        ">=" => order != Ordering::Less,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_held_against_cpython_on_linux() {
        let environment = Environment { python: "3.11.7", extra: "standard" };
        for (marker, holds) in [
            ("python_version < '3.10'", Some(false)),
            ("python_version >= \"3.8\" and sys_platform == 'linux'", Some(true)),
            ("(os_name == 'nt' or platform_system == 'Linux') and extra == 'standard'", Some(true)),
            ("extra == 'dev'", Some(false)),
            ("'linux' in sys_platform", Some(true)),
            ("sys_platform not in 'win32 cygwin'", Some(true)),
            ("python_version == '3.11.*'", Some(true)),
            ("python_full_version ~= '3.11.2'", Some(true)),
            ("platform_python_implementation != 'PyPy'", Some(true)),
            ("python_version in '3.10 3.11'", Some(true)),
            ("python_version <= '3.11' and python_full_version > '3.11.3'", Some(true)),
            ("weather == 'fine'", None),
            ("python_version >=", None),
            ("(os_name == 'posix'", None),
            ("os_name == 'posix' os_name", None),
            ("os_name & 'posix'", None),
            ("", None),
        ] {
            assert_eq!(environment.satisfies(marker), holds, "{marker}");
        }
        let deep = "(".repeat(100_000);
        assert_eq!(environment.satisfies(&deep), None, "deep nesting");
    }
}
