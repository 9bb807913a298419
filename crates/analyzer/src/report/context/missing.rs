//! Why a source is not there: an ignore line that leaves it out, or nothing of that name.

use std::collections::BTreeSet;

use crate::context::{BuildContext, FileKind};
use crate::dockerfile::suggest;
use crate::dockerignore::{self, Decision, Dockerignore, IgnorePattern, Walk};
use crate::order;
use crate::simulate::copy::Outcome;

/// The most lines that are looked for, so that no pile of them takes long.
const MOST_LINES: usize = 4;

/// What is needed to say why a source is missing.
pub(super) struct Absences<'input> {
    pub(super) context: &'input BuildContext,
    /// The name of the ignore file.
    pub(super) ignore_name: &'input str,
    pub(super) ignore: &'input Dockerignore,
    /// What becomes of each entry, in order.
    pub(super) decisions: &'input [Decision],
    /// Whether the context is only assumed, so that nothing can be said to be missing.
    pub(super) assumed: bool,
    /// Whether a browser read the context, of which it shows no symbolic link.
    pub(super) without_links: bool,
}

impl Absences<'_> {
    /// Why a source takes nothing, as a sentence; `None` where it takes something, and where that
    /// cannot be known.
    pub(super) fn explain(&self, source: &str, outcome: &Outcome) -> Option<String> {
        match outcome {
            Outcome::Missing(path) => self.explain_missing(path),
            Outcome::MissingTarget { link, path } => self.explain_missing_target(link, path),
            Outcome::NothingMatched if self.assumed => None,
            Outcome::NothingMatched => Some(format!(
                "`{source}` matches nothing that is sent; the build goes on without it."
            )),
            Outcome::DeadLink(path) => Some(format!(
                "The link `{path}` leads to nothing that is sent; copy its target instead."
            )),
            Outcome::Malformed(pattern) => {
                Some(format!("`{pattern}` is no pattern: {}.", dockerignore::advise(pattern)))
            }
            Outcome::Blocked(path) => {
                Some(format!("`{path}` is no folder in the image, so nothing can go into it."))
            }
            Outcome::Taken | Outcome::UnknownLink(_) | Outcome::Remote | Outcome::Inline => None,
        }
    }

    /// Whether nothing is listed at the path and yet it may stand under the name of another file,
    /// as files of a condensed context do.
    pub(super) fn may_be_summed_up(&self, path: &str) -> bool {
        !self.assumed && !self.is_listed(path) && self.may_be_summarised(path)
    }

    fn explain_missing(&self, path: &str) -> Option<String> {
        let inside = format!("{path}/");
        let is_meant = |own: &str| own == path || own.starts_with(&inside);
        let entries = self.context.files.keys().zip(self.decisions);
        let meant: Vec<&Decision> =
            entries.filter(|(own, _)| is_meant(own)).map(|(_, decision)| decision).collect();
        if !meant.is_empty() {
            return self.explain_left_out(path, &meant);
        }
        if self.assumed || self.may_be_summarised(path) {
            return None;
        }
        let near = nearest(path, self.context)
            .map_or(String::new(), |near| format!(" Did you mean `{near}`?"));
        let or_link = match self.without_links {
            true => ", or it is a symbolic link, which browsers do not show",
            false => "",
        };
        Some(format!("There is no `{path}` in the build context{or_link}.{near}"))
    }

    fn explain_missing_target(&self, link: &str, path: &str) -> Option<String> {
        let leads = format!("The link `{link}` leads to `{path}`");
        match self.explain_missing(path)? {
            why if self.is_listed(path) => Some(format!("{leads}. {why}")),
            _ => Some(format!(
                "{leads}, which is not in the build context: mend the link, or name what it \
                 should lead to."
            )),
        }
    }

    /// Whether the context has the path, or something below it, sent or not.
    fn is_listed(&self, path: &str) -> bool {
        let inside = format!("{path}/");
        self.context.files.keys().any(|own| own == path || own.starts_with(&inside))
    }

    /// Names the lines that leave a path out and, where it is a folder, those that leave out
    /// parts of it; `meant` has the decisions of it and of what lies below.
    fn explain_left_out(&self, path: &str, meant: &[&Decision]) -> Option<String> {
        let relevant = self.ignore.relevant_to(path);
        let mut whole = lines_against(relevant.clone(), path);
        let deciding: BTreeSet<usize> =
            meant.iter().filter_map(|decision| decision.pattern).collect();
        let deciding = deciding.into_iter().filter_map(|index| self.ignore.patterns.get(index));
        let mut parts: Vec<IgnorePattern> = deciding
            .filter(|pattern| !pattern.exception)
            .filter(|pattern| whole.iter().all(|own| own.line != pattern.line))
            .cloned()
            .collect();
        if whole.is_empty() {
            std::mem::swap(&mut whole, &mut parts);
        }
        let (them, below) = match whole.len() + parts.len() {
            0 => return None,
            1 => ("that line", "it"),
            _ => ("these lines", "them"),
        };
        let by_parts = match parts.as_slice() {
            [] => String::new(),
            parts => format!(", and parts of it by {}", name_lines(parts, "")),
        };
        let whole = name_lines(&whole, &self.of_ignore_file());
        let instead = match is_brought_back(relevant, path) {
            true => format!(", or write `!{path}` below {below}"),
            false => String::new(),
        };
        Some(format!("`{path}` is left out by {whole}{by_parts}: remove {them}{instead}."))
    }

    /// What follows the numbers of lines.
    pub(super) fn of_ignore_file(&self) -> String {
        format!(" of {}", self.ignore_name)
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

/// The lines that leave a path out, each by itself, in order: with all of them gone it is sent.
/// At most [`MOST_LINES`].
fn lines_against(mut ignore: Dockerignore, path: &str) -> Vec<IgnorePattern> {
    let mut lines = Vec::new();
    while lines.len() < MOST_LINES
        && let Some(decision) = Walk::new(&ignore).decide_folder(path).ok()
        && let Some(index) = decision.pattern.filter(|_| decision.excluded)
        && index < ignore.patterns.len()
    {
        lines.push(ignore.patterns.remove(index));
    }
    order::sort_by_key(&mut lines, |pattern| pattern.line);
    lines
}

/// Whether a line `!path` below all others brings the path back. It does not where a character
/// of the path means something in a pattern.
fn is_brought_back(mut ignore: Dockerignore, path: &str) -> bool {
    let (exception, errors) = Dockerignore::parse(&format!("!{path}"));
    ignore.patterns.extend(exception.patterns);
    let decision = Walk::new(&ignore).decide_folder(path);
    errors.is_empty() && decision.is_ok_and(|decision| !decision.excluded)
}

/// `line 2, `*.md``, or `lines 2 and 4, `*.md` and `docs``; `of_what` follows the numbers.
pub(super) fn name_lines(lines: &[IgnorePattern], of_what: &str) -> String {
    let numbers: Vec<String> = lines.iter().map(|pattern| pattern.line.to_string()).collect();
    let texts: Vec<String> = lines.iter().map(|pattern| format!("`{}`", pattern.text)).collect();
    let word = if lines.len() == 1 { "line" } else { "lines" };
    format!("{word} {}{of_what}, {}", list(&numbers), list(&texts))
}

/// The first few, as people list them.
pub(super) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first, last] => format!("{first} and {last}"),
        [first, second, third] => format!("{first}, {second} and {third}"),
        [first, second, ..] => format!("{first}, {second} and others"),
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
