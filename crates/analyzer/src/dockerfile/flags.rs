//! Flags such as `--from=build`: where they end, which an instruction knows, which values fit.
//!
//! Rules: `frontend/dockerfile/parser/split_command.go` and
//! `frontend/dockerfile/instructions/bflag.go` of BuildKit v0.33.0. One difference: BuildKit
//! reads flags byte by byte and so mangles letters such as `à` in them; here they stay whole.

use std::ops::Range;

use super::Flag;
use super::instruction::Reader;
use super::suggest::nearest;
use super::words::is_blank;

/// A flag as read, with the place of its text in the logical line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FlagText {
    /// Quotes and escapes removed: `--from=build`.
    pub(super) text: String,
    /// As written, quotes and escapes included.
    pub(super) range: Range<usize>,
}

impl FlagText {
    /// Name without dashes, as written.
    pub(super) fn name(&self) -> &str {
        let text = self.text.strip_prefix("--").unwrap_or(&self.text);
        text.split_once('=').map_or(text, |(name, _)| name)
    }

    /// What follows `=`.
    pub(super) fn value(&self) -> Option<&str> {
        self.text.split_once('=').map(|(_, value)| value)
    }
}

/// Splits the flags off the front of `text`; the second value is where the rest starts. A lone
/// `--` ends the flags.
pub(super) fn split_flags(text: &str, start: usize, escape: char) -> (Vec<FlagText>, usize) {
    let mut flags = Vec::new();
    let mut at = 0;
    loop {
        let rest = text.get(at..).unwrap_or("");
        let trimmed = rest.trim_start_matches(is_blank);
        at += rest.len() - trimmed.len();
        if !trimmed.starts_with("--") {
            return (flags, start + at);
        }
        let (flag, end) = read_flag(text, at, escape);
        let range = start + at..start + end;
        at = end;
        if flag == "--" {
            return (flags, start + at);
        }
        flags.push(FlagText { text: flag, range });
    }
}

/// The word at `begin` without its quotes and escapes, and where it ends.
fn read_flag(text: &str, begin: usize, escape: char) -> (String, usize) {
    let mut word = String::new();
    let mut quote: Option<char> = None;
    let mut characters = text.get(begin..).unwrap_or("").char_indices();
    while let Some((at, character)) = characters.next() {
        match quote {
            None if character.is_whitespace() => return (word, begin + at),
            None if matches!(character, '\'' | '"') => quote = Some(character),
            Some(open) if open == character => quote = None,
            _ if character == escape => word.extend(characters.next().map(|(_, next)| next)),
            _ => word.push(character),
        }
    }
    (word, text.len())
}

/// What a flag takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Takes {
    /// `--link`, `--link=true`, `--link=false`.
    Switch,
    /// `--from=x`, once.
    One,
    /// `--exclude=x`, as often as wanted.
    Many,
}

/// The flags of an instruction; `None` where BuildKit never looks at them.
fn known_flags(keyword: &str) -> Option<&'static [(&'static str, Takes)]> {
    Some(match keyword {
        "FROM" => &[("platform", Takes::One)],
        "RUN" => &[
            ("mount", Takes::Many),
            ("network", Takes::One),
            ("security", Takes::One),
            ("device", Takes::Many),
        ],
        "COPY" => &[
            ("from", Takes::One),
            ("chown", Takes::One),
            ("chmod", Takes::One),
            ("link", Takes::Switch),
            ("parents", Takes::Switch),
            ("exclude", Takes::Many),
        ],
        "ADD" => &[
            ("chown", Takes::One),
            ("chmod", Takes::One),
            ("link", Takes::Switch),
            ("keep-git-dir", Takes::Switch),
            ("checksum", Takes::One),
            ("unpack", Takes::Switch),
            ("exclude", Takes::Many),
        ],
        "HEALTHCHECK" => &[
            ("interval", Takes::One),
            ("timeout", Takes::One),
            ("start-period", Takes::One),
            ("start-interval", Takes::One),
            ("retries", Takes::One),
        ],
        "ARG" | "STOPSIGNAL" => return None,
        _ => &[],
    })
}

/// Reports flags that `keyword` does not know, has twice, or whose value does not fit.
pub(super) fn check_flags(reader: &mut Reader<'_>, keyword: &str, flags: &[FlagText]) {
    let Some(known) = known_flags(keyword) else { return };
    let mut seen: Vec<&str> = Vec::new();
    for flag in flags {
        let name = flag.name();
        let Some((_, takes)) = known.iter().find(|(known, _)| *known == name) else {
            reader.refuse(flag.range.clone(), unknown_flag(keyword, name, known));
            continue;
        };
        if *takes != Takes::Many {
            if seen.contains(&name) {
                let message = format!("`--{name}` is given twice; keep one of them.");
                reader.refuse(flag.range.clone(), message);
                continue;
            }
            seen.push(name);
        }
        match (takes, flag.value()) {
            (Takes::Switch, Some(value))
                if !["true", "false"].iter().any(|word| value.eq_ignore_ascii_case(word)) =>
            {
                let message = format!(
                    "`--{name}` is on or off: write `--{name}`, `--{name}=true` or `--{name}=false`."
                );
                reader.refuse(flag.range.clone(), message);
            }
            (Takes::One | Takes::Many, None) => {
                let message = format!("`--{name}` needs a value: write `--{name}=…`.");
                reader.refuse(flag.range.clone(), message);
            }
            (Takes::One | Takes::Many, Some(value)) => check_value(reader, flag, name, value),
            _ => {}
        }
    }
}

fn unknown_flag(keyword: &str, name: &str, known: &[(&str, Takes)]) -> String {
    let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
    if let Some(near) = nearest(name, &names) {
        return format!("{keyword} has no flag `--{name}`; did you mean `--{near}`?");
    }
    if names.is_empty() {
        return format!("{keyword} takes no flags; remove `--{name}`.");
    }
    let list: Vec<String> = names.iter().map(|name| format!("`--{name}`")).collect();
    format!("{keyword} has no flag `--{name}`; it knows {}.", list.join(", "))
}

fn check_value(reader: &mut Reader<'_>, flag: &FlagText, name: &str, value: &str) {
    let one_of = |choices: &[&str]| {
        let list: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
        (!choices.contains(&value)).then(|| {
            format!("`--{name}={value}` does not exist; write one of {}.", list.join(", "))
        })
    };
    let problem = match name {
        "network" => one_of(&["default", "none", "host"]),
        "security" => one_of(&["sandbox", "insecure"]),
        "mount" => return super::mount::check_mount(reader, flag, value),
        "device" => return super::mount::check_device(reader, flag, value),
        "interval" | "timeout" | "start-period" | "start-interval" => {
            super::healthcheck::duration_problem(name, value)
        }
        "retries" => super::healthcheck::retries_problem(value),
        _ => None,
    };
    if let Some(message) = problem {
        reader.refuse(flag.range.clone(), message);
    }
}

/// The flags as they are shown to the rest of the analyzer.
pub(super) fn public_flags(reader: &Reader<'_>, flags: &[FlagText]) -> Vec<Flag> {
    flags
        .iter()
        .map(|flag| Flag {
            span: reader.line.span(flag.range.clone()),
            name: flag.name().to_ascii_lowercase(),
            value: flag.value().map(str::to_owned),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_end_at_the_first_other_word() {
        let cases: &[(&str, &[&str], &str)] = &[
            ("--from=a b c", &["--from=a"], "b c"),
            ("  --a --b=c\t--d", &["--a", "--b=c", "--d"], ""),
            (r#"--a="x y"z 'b'"#, &["--a=x yz"], "'b'"),
            (r"--a=x\ y z", &["--a=x y"], "z"),
            (r#"--a='\'x'y"#, &["--a='xy"], ""),
            (r#"--a="x y"#, &["--a=x y"], ""),
            ("-- --a b", &[], " --a b"),
            ("--a -- --b", &["--a"], " --b"),
            ("--", &[], ""),
            ("-a --b", &[], "-a --b"),
            ("--été=à b", &["--été=à"], "b"),
            (r"--a=\", &["--a="], ""),
            ("\u{a0}--a b", &[], "\u{a0}--a b"),
        ];
        for (text, flags, rest) in cases {
            let (found, at) = split_flags(text, 0, '\\');
            let found: Vec<&str> = found.iter().map(|flag| flag.text.as_str()).collect();
            assert_eq!((&found[..], &text[at..]), (*flags, *rest), "the flags of {text:?}");
        }
    }
}
