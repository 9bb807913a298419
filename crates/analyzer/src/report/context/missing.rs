//! Why a source is not there: an ignore line that leaves it out, or nothing of that name.

use crate::context::{BuildContext, FileKind};
use crate::dockerfile::suggest;
use crate::dockerignore::{Decision, Dockerignore};
use crate::simulate::copy::Outcome;

/// What is needed to say why a source is missing.
pub(super) struct Absences<'input> {
    pub(super) context: &'input BuildContext,
    pub(super) ignore: &'input Dockerignore,
    /// What becomes of each entry, in order.
    pub(super) decisions: &'input [Decision],
    /// Whether the context is only assumed, so that nothing can be said to be missing.
    pub(super) assumed: bool,
}

impl Absences<'_> {
    /// Why a source takes nothing, as a sentence; `None` where it takes something, and where that
    /// cannot be known.
    pub(super) fn explain(&self, source: &str, outcome: &Outcome) -> Option<String> {
        match outcome {
            Outcome::Missing(path) => self.explain_missing(path),
            Outcome::NothingMatched if self.assumed => None,
            Outcome::NothingMatched => Some(format!(
                "`{source}` matches nothing that is sent; the build goes on without it."
            )),
            Outcome::DeadLink(path) => Some(format!(
                "The link `{path}` leads to nothing that is sent; copy its target instead."
            )),
            Outcome::Malformed(pattern) => {
                Some(format!("`{pattern}` is no pattern: close its `[`, or write `\\[`."))
            }
            Outcome::Blocked(path) => {
                Some(format!("`{path}` is no folder in the image, so nothing can go into it."))
            }
            Outcome::Taken | Outcome::UnknownLink(_) | Outcome::Remote | Outcome::Inline => None,
        }
    }

    fn explain_missing(&self, path: &str) -> Option<String> {
        let inside = format!("{path}/");
        let entries = || self.context.files.iter().zip(self.decisions);
        let is_meant = |own: &str| own == path || own.starts_with(&inside);
        let left_out = entries().find(|((own, _), _)| is_meant(own));
        if let Some((_, decision)) = left_out {
            let pattern = decision.pattern.and_then(|index| self.ignore.patterns.get(index))?;
            return Some(format!(
                "`{path}` is left out by line {} of the ignore file, `{}`: remove that line, or \
                 write `!{path}` below it.",
                pattern.line, pattern.text
            ));
        }
        if self.assumed || self.may_be_summarised(path) {
            return None;
        }
        let near = nearest(path, self.context)
            .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
        Some(format!("There is no `{path}` in the build context.{near}"))
    }

    /// Whether the path may be one of several files that stand under another name.
    fn may_be_summarised(&self, path: &str) -> bool {
        let is_summary = |kind: &FileKind| matches!(kind, FileKind::Summary { .. });
        let folder = |own: &str| own.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let holds = |folder: &str| {
            folder.is_empty() || path.strip_prefix(folder).is_some_and(|it| it.starts_with('/'))
        };
        let files = self.context.files.iter();
        files.filter(|(_, file)| is_summary(&file.kind)).any(|(own, _)| holds(&folder(own)))
    }
}

/// The path of the context that a missing one was probably meant to be: the same in other letters,
/// a slip of the finger in the same folder, or the same name in another folder.
fn nearest<'context>(path: &str, context: &'context BuildContext) -> Option<&'context str> {
    let split = |path: &'context str| path.rsplit_once('/').unwrap_or(("", path));
    let (folder, wanted) = path.rsplit_once('/').unwrap_or(("", path));
    let paths = || context.files.keys().map(String::as_str);
    let same_letters = paths().find(|own| own.eq_ignore_ascii_case(path));
    let siblings: Vec<&str> = paths().filter(|own| split(own).0 == folder).collect();
    let names: Vec<&str> = siblings.iter().map(|own| split(own).1).collect();
    let slip = suggest::nearest(wanted, &names);
    let slip = slip.and_then(|name| siblings.iter().find(|own| split(own).1 == name).copied());
    let same_name = || {
        let named = paths().filter(|own| split(own).1.eq_ignore_ascii_case(wanted));
        named.min_by_key(|own| own.len())
    };
    same_letters.or(slip).or_else(same_name)
}
