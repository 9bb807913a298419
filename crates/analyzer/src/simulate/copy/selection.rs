//! What becomes of the sources of a `COPY`, and the paths that they take.

use super::landing::Blocked;
use crate::context::BuildContext;
use crate::dockerignore::MalformedPattern;
use crate::simulate::links::DeadEnd;

/// What becomes of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is copied, be it an empty folder.
    Taken,
    /// A wildcard, or the pattern of `--parents`, matches nothing; the build goes on.
    NothingMatched,
    /// Nothing is at this path, without `/` in front; the build fails.
    Missing(String),
    /// Nothing is where a link leads; the build fails.
    MissingTarget {
        /// The last link on the way.
        link: String,
        /// Where nothing is, without `/` in front.
        path: String,
    },
    /// The link at this path leads nowhere or in a circle; the build fails.
    DeadLink(String),
    /// The target of the link at this path is not known.
    UnknownLink(String),
    /// The source or an `--exclude` is this malformed pattern; the build fails.
    Malformed(String),
    /// What is at this path of the image stands in the way; the build fails.
    Blocked(String),
    /// A URL or a Git repository.
    Remote,
    /// A heredoc.
    Inline,
}

impl Outcome {
    /// Whether the build stops here.
    #[must_use]
    pub fn fails(&self) -> bool {
        match self {
            Self::Missing(_) | Self::MissingTarget { .. } | Self::DeadLink(_) => true,
            Self::Malformed(_) | Self::Blocked(_) => true,
            Self::Taken | Self::NothingMatched | Self::UnknownLink(_) => false,
            Self::Remote | Self::Inline => false,
        }
    }

    /// Why `path` leads nowhere.
    pub(super) fn of(dead_end: DeadEnd, path: &str) -> Self {
        match dead_end {
            DeadEnd::Missing(missing) => Self::Missing(missing),
            DeadEnd::MissingTarget { link, path } => Self::MissingTarget { link, path },
            DeadEnd::TooManyLinks => Self::DeadLink(path.to_owned()),
            DeadEnd::UnknownTarget(link) => Self::UnknownLink(link),
        }
    }
}

/// One source of a `COPY` and what it takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSelection<'tree> {
    /// What becomes of it.
    pub outcome: Outcome,
    /// What it takes: one without wildcard; with one, each path that matches, in the order in
    /// which they are copied. Empty where the build fails.
    pub matches: Vec<MatchedSource<'tree>>,
}

impl SourceSelection<'_> {
    /// Whether the build goes on though no file of `context` is taken.
    pub(crate) fn is_idle(&self, context: &BuildContext) -> bool {
        let goes_on = matches!(self.outcome, Outcome::Taken | Outcome::NothingMatched);
        let mut paths = self.matches.iter().flat_map(|matched| &matched.paths);
        let is_file = |path: &&str| context.files.get(*path).is_some_and(|it| it.count() > 0);
        goes_on && !paths.any(is_file)
    }
}

/// A path that is copied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatchedSource<'tree> {
    /// Its path in the tree, links followed; for a heredoc and a URL, the name of the file. Empty
    /// for the root and for a Git repository.
    pub root: String,
    /// Whether it is a folder, whose content is copied.
    pub is_folder: bool,
    /// Absolute path of the image: of the file or, for a folder and an archive, of the folder into
    /// which the content goes. Without slash at the end, so empty for the root.
    pub destination: String,
    /// False where the destination may be a folder, into which the file would then go.
    pub is_destination_certain: bool,
    /// Whether `ADD` unpacks it, going by its name.
    pub is_unpacked: bool,
    /// Files, links and named folders that are taken, in bytewise order: the root itself, or what
    /// lies below it. Empty for what does not come from a tree.
    pub paths: Vec<&'tree str>,
}

impl MatchedSource<'_> {
    /// Where one of [`MatchedSource::paths`] goes.
    #[must_use]
    pub fn destination_of(&self, path: &str) -> String {
        if !self.is_folder {
            return self.destination.clone();
        }
        let below = path.strip_prefix(self.root.as_str()).unwrap_or(path);
        format!("{}/{}", self.destination, below.strip_prefix('/').unwrap_or(below))
    }
}

impl From<Blocked> for Outcome {
    fn from(Blocked(path): Blocked) -> Self {
        Self::Blocked(path)
    }
}

impl From<MalformedPattern> for Outcome {
    fn from(MalformedPattern(pattern): MalformedPattern) -> Self {
        Self::Malformed(pattern)
    }
}

impl From<Outcome> for SourceSelection<'_> {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, matches: Vec::new() }
    }
}

impl From<Blocked> for SourceSelection<'_> {
    fn from(blocked: Blocked) -> Self {
        Outcome::from(blocked).into()
    }
}
