//! Sources that take nothing because ignore lines leave out all that they would take, though the
//! build goes on: a wildcard without matches, and a folder that arrives empty.

use std::collections::{BTreeSet, HashSet};

use super::missing::{Absences, name_lines};
use crate::dockerignore::{Dockerignore, IgnorePattern, Walk};
use crate::plan::paths;
use crate::simulate::copy::Outcome;
use crate::size::describe_files;

impl Absences<'_> {
    /// Why a source takes no file, as sentences that name the lines; `None` where no line is why.
    /// `withheld` has the paths that it would take without an ignore file.
    pub(super) fn explain_withheld(
        &self,
        source: &str,
        outcome: &Outcome,
        withheld: &[&str],
    ) -> Option<String> {
        if self.assumed || withheld.is_empty() {
            return None;
        }
        let (files, lines) = self.lines_that_withhold(withheld);
        let they = describe_files(files);
        let (leave, them, below) = match lines.as_slice() {
            [] => return None,
            [_] => ("leaves", "that line", "it"),
            _ => ("leave", "these lines", "them"),
        };
        let named = name_lines(&lines, &self.of_ignore_file());
        let effect = match outcome {
            Outcome::NothingMatched => {
                format!("`{source}` matches nothing that is sent, and the build goes on without it")
            }
            _ => format!("Nothing in `{source}` is sent, so it arrives as an empty folder"),
        };
        let instead = match self.exception_for(source, withheld) {
            Some(exception) => format!(", or write `{exception}` below {below}"),
            None => String::new(),
        };
        Some(format!("{effect}: {named}, {leave} {they} out. Remove {them}{instead}."))
    }

    /// How many files the lines leave out of these paths, and the lines, in order.
    fn lines_that_withhold(&self, withheld: &[&str]) -> (u64, Vec<IgnorePattern>) {
        let withheld: HashSet<&str> = withheld.iter().copied().collect();
        let mut files = 0_u64;
        let mut lines = BTreeSet::new();
        for ((path, file), decision) in self.context.files.iter().zip(self.decisions) {
            if file.count() > 0 && decision.excluded && withheld.contains(path.as_str()) {
                files = files.saturating_add(file.count());
                lines.extend(decision.pattern);
            }
        }
        let lines = lines.into_iter().filter_map(|index| self.ignore.patterns.get(index));
        (files, lines.cloned().collect())
    }

    /// A line that brings all of these paths back where it stands below all others.
    fn exception_for(&self, source: &str, withheld: &[&str]) -> Option<String> {
        let cleaned = paths::clean("/", source);
        let path = cleaned.strip_prefix('/').filter(|path| !path.is_empty())?;
        let candidates = [format!("!{path}"), format!("!{path}/**")];
        candidates.into_iter().find(|line| self.brings_back(line, withheld))
    }

    fn brings_back(&self, line: &str, withheld: &[&str]) -> bool {
        let (exception, errors) = Dockerignore::parse(line);
        let mut ignore = self.ignore.clone();
        ignore.patterns.extend(exception.patterns);
        let mut walk = Walk::new(&ignore);
        let is_sent = |path: &&str| walk.decide_file(path).is_ok_and(|decision| !decision.excluded);
        errors.is_empty() && withheld.iter().all(is_sent)
    }
}
