//! Which paths of a build context an ignore file leaves out, and the line that decided it.

use std::collections::HashMap;

use super::{Dockerignore, list};

/// What becomes of one path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Whether the path is left out of the context.
    pub excluded: bool,
    /// Index of the pattern that decided it; `None` where no pattern touches the path.
    pub pattern: Option<usize>,
}

/// The builder stops at this pattern: it cannot be compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RefusedPattern(pub usize);

/// A walk through a context; it remembers each folder's answer for the paths inside.
pub struct Walk<'ignore> {
    ignore: &'ignore Dockerignore,
    exceptions: Exceptions,
    folders: HashMap<String, Folder>,
}

/// What an excluded folder may still hold.
enum Exceptions {
    /// No exception at all: it is not entered.
    None,
    /// Plain paths, each ending in `/`: it is entered when one lies inside.
    Paths(Vec<String>),
    /// One has a wildcard before its end: every folder is entered.
    Anywhere,
}

#[derive(Clone)]
struct Folder {
    decision: Decision,
    /// Excluded and not entered: everything inside shares the decision.
    skipped: bool,
    /// Patterns that matched the folder or one above it, one bit each.
    matched: Vec<u64>,
}

impl<'ignore> Walk<'ignore> {
    /// Starts at the root of a context.
    #[must_use]
    pub fn new(ignore: &'ignore Dockerignore) -> Self {
        Self { ignore, exceptions: Exceptions::of(ignore), folders: HashMap::new() }
    }

    /// Decides a file by its path, with `/` between parts and none in front.
    ///
    /// # Errors
    /// [`RefusedPattern`] where the builder would stop with an error.
    pub fn decide_file(&mut self, path: &str) -> Result<Decision, RefusedPattern> {
        let parent = self.enter_parents(path)?;
        if let Some(folder) = parent.as_ref().filter(|folder| folder.skipped) {
            return Ok(folder.decision);
        }
        Ok(self.decide(path, parent.as_ref())?.0)
    }

    /// Decides a folder itself, as [`Walk::decide_file`] does a file.
    ///
    /// # Errors
    /// [`RefusedPattern`] where the builder would stop with an error.
    pub fn decide_folder(&mut self, path: &str) -> Result<Decision, RefusedPattern> {
        let parent = self.enter_parents(path)?;
        Ok(self.enter(path, parent.as_ref())?.decision)
    }

    /// The nearest parent folder of `path`; `None` at the root.
    fn enter_parents(&mut self, path: &str) -> Result<Option<Folder>, RefusedPattern> {
        let Some((direct, _)) = path.rsplit_once('/') else { return Ok(None) };
        if let Some(known) = self.folders.get(direct) {
            return Ok(Some(known.clone()));
        }
        let mut parent = None;
        for (end, _) in path.match_indices('/') {
            parent = Some(self.enter(&path[..end], parent.as_ref())?);
        }
        Ok(parent)
    }

    fn enter(&mut self, path: &str, parent: Option<&Folder>) -> Result<Folder, RefusedPattern> {
        if let Some(known) = self.folders.get(path) {
            return Ok(known.clone());
        }
        let folder = match parent {
            Some(parent) if parent.skipped => parent.clone(),
            _ => {
                let (decision, matched) = self.decide(path, parent)?;
                let skipped = decision.excluded && !self.exceptions.may_match_inside(path);
                Folder { decision, skipped, matched }
            }
        };
        self.folders.insert(path.to_owned(), folder.clone());
        Ok(folder)
    }

    fn decide(
        &self,
        path: &str,
        parent: Option<&Folder>,
    ) -> Result<(Decision, Vec<u64>), RefusedPattern> {
        let patterns = self.ignore.patterns.iter();
        let patterns = patterns.map(|pattern| (pattern.exception, &pattern.matcher));
        list::decide(patterns, path, parent.map(|folder| folder.matched.as_slice()))
    }
}

impl Exceptions {
    fn of(ignore: &Dockerignore) -> Self {
        let mut paths = Vec::new();
        for pattern in ignore.patterns.iter().filter(|pattern| pattern.exception) {
            let stem = pattern.cleaned.strip_suffix("/**").unwrap_or(&pattern.cleaned);
            let stem = stem.strip_suffix("/*").unwrap_or(stem);
            if stem.contains(['*', '[', ']', '?', '^', '\\']) {
                return Self::Anywhere;
            }
            paths.push(format!("{stem}/"));
        }
        if paths.is_empty() { Self::None } else { Self::Paths(paths) }
    }

    /// Whether an exception could match something inside `folder`.
    fn may_match_inside(&self, folder: &str) -> bool {
        match self {
            Self::None => false,
            Self::Anywhere => true,
            Self::Paths(paths) => paths
                .iter()
                .any(|path| path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn excluded(ignore: &str, path: &str) -> Option<u32> {
        let (ignore, _) = Dockerignore::parse(ignore);
        let decision = Walk::new(&ignore).decide_file(path).unwrap();
        let line = decision.pattern.map(|index| ignore.patterns[index].line);
        line.filter(|_| decision.excluded)
    }

    #[test]
    fn the_deciding_line_is_named() {
        for (ignore, path, line) in [
            ("node_modules", "node_modules/a/index.js", Some(1)),
            ("node_modules", "web/node_modules/a.js", None),
            ("*\n!*.js", "index.js", None),
            ("*\n!*.js", "src/index.js", Some(1)),
            ("docs\n!docs/img", "docs/img/a.png", None),
            ("docs\n!docs/img", "docs/a.md", Some(1)),
            ("**/*.md\n!docs", "docs/a.md", Some(1)),
            ("a\nb\na", "a", Some(1)),
            ("a\n!a\na", "a", Some(3)),
        ] {
            assert_eq!(excluded(ignore, path), line, "{ignore:?} against {path}");
        }
    }
}
