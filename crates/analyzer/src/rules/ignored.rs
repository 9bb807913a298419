//! Comments that tell rules to leave something alone: BuildKit's `# check=skip=…`, hadolint's
//! `# hadolint ignore=…` and `# hadolint global ignore=…`, and `# layerwise ignore=…` and
//! `# layerwise global ignore=…`, which take any name of a rule.
//!
//! hadolint's comment is for the instruction below it, as in its README under "Inline ignores"
//! (<https://github.com/hadolint/hadolint/tree/v2.14.0>, 2025-09-22); comments between count as
//! nothing. BuildKit's is for the whole file (`linter.go`, v0.33.0).

use super::{File, Finding, Rule, Subject};
use crate::text::Span;

/// What is to be left alone.
pub(super) struct Ignored {
    /// Names for the whole file.
    everywhere: Vec<String>,
    /// Names, and the instruction that they are for.
    at: Vec<(String, Span)>,
    /// Whether all of BuildKit's checks are skipped.
    all_checks: bool,
}

impl Ignored {
    /// Reads the comments of a Dockerfile.
    pub(super) fn read(subject: &Subject<'_>) -> Self {
        let mut ignored = Self { everywhere: Vec::new(), at: Vec::new(), all_checks: false };
        for name in skipped_checks(subject.dockerfile.directive("check").unwrap_or_default()) {
            ignored.all_checks |= name.eq_ignore_ascii_case("all");
            ignored.everywhere.push(name.to_owned());
        }
        for comment in &subject.dockerfile.comments {
            let Some((is_global, names)) = read_comment(comment.slice(subject.text())) else {
                continue;
            };
            if is_global {
                ignored.everywhere.extend(names);
                continue;
            }
            let mut instructions = subject.dockerfile.instructions.iter();
            // A comment among the lines of an instruction is for that instruction.
            if let Some(next) = instructions.find(|it| it.span.end > comment.start) {
                ignored.at.extend(names.into_iter().map(|name| (name, next.span)));
            }
        }
        ignored
    }

    /// Whether a finding is to be left alone.
    pub(super) fn covers(&self, rule: &Rule, finding: &Finding) -> bool {
        let aliases = rule.aliases_of(finding);
        let is_called = |name: &str| {
            let mut names = std::iter::once(&rule.id).chain(&aliases);
            names.any(|own| own.eq_ignore_ascii_case(name))
        };
        let is_here = |span: Span| {
            finding.file == File::Dockerfile
                && span.start <= finding.span.start
                && finding.span.start <= span.end
        };
        self.all_checks && aliases.iter().any(|alias| is_check(alias))
            || self.everywhere.iter().any(|name| is_called(name))
            || self.at.iter().any(|(name, span)| is_called(name) && is_here(*span))
    }
}

/// Whether a name is that of a check of BuildKit's.
fn is_check(alias: &str) -> bool {
    !alias.starts_with("DL") && !alias.starts_with("SC")
}

/// The names behind `skip=` in the value of `# check=`.
fn skipped_checks(value: &str) -> impl Iterator<Item = &str> {
    let options = value.split(';').filter_map(|option| option.split_once('='));
    let skipped = options.filter(|(name, _)| name.trim() == "skip");
    skipped.flat_map(|(_, names)| names.split(',')).map(str::trim).filter(|name| !name.is_empty())
}

/// Whether a comment is for the whole file, and the names in it.
fn read_comment(comment: &str) -> Option<(bool, Vec<String>)> {
    let text = comment.trim_start_matches('#').trim_start();
    let text = text.strip_prefix("hadolint").or_else(|| text.strip_prefix("layerwise"))?;
    let text = text.strip_prefix([' ', '\t'])?.trim_start();
    let (is_global, text) = match text.strip_prefix("global") {
        Some(text) => (true, text.trim_start()),
        None => (false, text),
    };
    let names = text.strip_prefix("ignore")?.trim_start().strip_prefix('=')?;
    // Behind the names hadolint takes a remark.
    let names = names.split('#').next().unwrap_or_default().split(',');
    let first_word = |name: &str| name.split_whitespace().next().map(str::to_owned);
    Some((is_global, names.filter_map(first_word).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_from_every_kind_of_comment() {
        let read = |comment| read_comment(comment).map(|(global, names)| (global, names.join(" ")));
        for (comment, expected) in [
            ("# hadolint ignore=DL3008,DL3015", Some((false, "DL3008 DL3015"))),
            (
                "#hadolint ignore = DL3008 , SC2086 # pinned elsewhere",
                Some((false, "DL3008 SC2086")),
            ),
            ("# hadolint global ignore=DL3003", Some((true, "DL3003"))),
            ("# layerwise ignore=package-lists-left", Some((false, "package-lists-left"))),
            ("# layerwise global ignore=DL3009", Some((true, "DL3009"))),
            ("# ignore=DL3008", None),
            ("# hadolint shell=/bin/bash", None),
        ] {
            let expected = expected.map(|(global, names)| (global, names.to_owned()));
            assert_eq!(read(comment), expected, "{comment}");
        }
    }

    #[test]
    fn skipped_checks_stand_behind_skip_alone() {
        let names = |value| skipped_checks(value).collect::<Vec<_>>();
        assert_eq!(names("skip=A, B;error=true"), ["A", "B"]);
        assert_eq!(names("error=true"), [""; 0]);
    }
}
