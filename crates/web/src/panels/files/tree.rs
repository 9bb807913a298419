//! The files of a build context as a tree of folders, and what becomes of each. Pure; built in one
//! pass over the sorted paths, weighed in one pass over the verdicts.

use layerwise_analyzer::context::{BuildContext, ContextFile, FileKind};
use layerwise_analyzer::report::Verdict;

/// A file, a link, an empty folder or a summary: what a path of the context is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Leaf {
    /// Its place among the context's files, which is that of its verdict.
    index: usize,
    /// Its bytes; `None` where nobody knows them.
    bytes: Option<u64>,
    /// Files it stands for: several in a summary, none in an empty folder.
    files: u64,
    /// What it is.
    pub(super) kind: LeafKind,
}

/// What a leaf is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LeafKind {
    /// A regular file.
    File,
    /// A symbolic link.
    Link,
    /// A folder that holds nothing.
    EmptyFolder,
    /// Several files under the name of one.
    Summary,
}

/// A node: a leaf, or a folder that holds some.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Node {
    /// Its name, as a range of [`Tree::names`].
    name: (usize, usize),
    parent: usize,
    /// Number just past the last node below it: nodes are numbered as a walk meets them.
    end: usize,
    leaf: Option<Leaf>,
}

/// The tree. Node 0 is the root, which has no row; the default has no node at all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tree {
    nodes: Vec<Node>,
    names: String,
}

/// Number of the root.
pub(super) const ROOT: usize = 0;

impl Tree {
    /// The tree of a context.
    #[must_use]
    pub(super) fn of(context: &BuildContext) -> Self {
        let root = Node { name: (0, 0), parent: ROOT, end: 1, leaf: None };
        let mut tree = Self { nodes: vec![root], names: String::new() };
        // The folder the walk is in, with the length of the path before each part of it.
        let (mut folder, mut path) = (ROOT, String::new());
        let mut lengths = Vec::new();
        for (index, (full, file)) in context.files.iter().enumerate() {
            if file.kind == FileKind::Folder && holds_files(context, full) {
                continue;
            }
            while !full.starts_with(&path) {
                path.truncate(lengths.pop().unwrap_or(0));
                folder = tree.leave(folder);
            }
            let mut parts = full.get(path.len()..).unwrap_or_default().split('/').peekable();
            while let Some(part) = parts.next() {
                if parts.peek().is_none() {
                    tree.add(folder, part, Some(Leaf::of(index, file)));
                } else {
                    folder = tree.add(folder, part, None);
                    lengths.push(path.len());
                    path.push_str(part);
                    path.push('/');
                }
            }
        }
        while folder != ROOT {
            folder = tree.leave(folder);
        }
        tree.leave(ROOT);
        tree
    }

    fn add(&mut self, parent: usize, name: &str, leaf: Option<Leaf>) -> usize {
        let start = self.names.len();
        self.names.push_str(name);
        let number = self.nodes.len();
        let name = (start, self.names.len());
        self.nodes.push(Node { name, parent, end: number + 1, leaf });
        number
    }

    /// Ends a folder and goes back to the one it is in.
    fn leave(&mut self, folder: usize) -> usize {
        let end = self.nodes.len();
        match self.nodes.get_mut(folder) {
            Some(node) => {
                node.end = end;
                node.parent
            }
            None => ROOT,
        }
    }

    /// How many nodes there are, the root included.
    #[must_use]
    pub(super) fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether some leaves stand for several files.
    #[must_use]
    pub(super) fn is_summed(&self) -> bool {
        let kind = |node: &Node| node.leaf.as_ref().map(|leaf| leaf.kind);
        self.nodes.iter().any(|node| kind(node) == Some(LeafKind::Summary))
    }

    /// What a node is; `None` for a folder that holds something.
    #[must_use]
    pub(super) fn leaf(&self, node: usize) -> Option<&Leaf> {
        self.nodes.get(node)?.leaf.as_ref()
    }

    /// A node's own name.
    #[must_use]
    pub(super) fn name(&self, node: usize) -> &str {
        let range = self.nodes.get(node).map_or((0, 0), |node| node.name);
        self.names.get(range.0..range.1).unwrap_or_default()
    }

    /// The folder a node is in; the root for itself.
    #[must_use]
    pub(super) fn parent(&self, node: usize) -> usize {
        self.nodes.get(node).map_or(ROOT, |node| node.parent)
    }

    /// A node's path from the root.
    #[must_use]
    pub(super) fn path(&self, node: usize) -> String {
        let mut parts = Vec::new();
        let mut at = node;
        while at != ROOT {
            parts.push(self.name(at));
            at = self.parent(at);
        }
        parts.reverse();
        parts.join("/")
    }

    /// What is directly in a folder, by name.
    pub(super) fn children(&self, folder: usize) -> impl Iterator<Item = usize> {
        let end = self.nodes.get(folder).map_or(0, |node| node.end);
        let next = move |at: &usize| self.nodes.get(*at).map(|node| node.end);
        std::iter::successors(Some(folder + 1), next).take_while(move |at| *at < end)
    }

    /// Adds up what each node holds. Without a verdict for each path, as when the builder refuses
    /// the ignore file, nothing counts as sent.
    #[must_use]
    pub(super) fn weigh(&self, verdicts: &[Verdict]) -> Vec<Weight> {
        let weigh = |node: &Node| {
            node.leaf.as_ref().map_or_else(Weight::default, |leaf| leaf.weigh(verdicts))
        };
        let mut weights: Vec<Weight> = self.nodes.iter().map(weigh).collect();
        for number in (1..self.nodes.len()).rev() {
            let (parent, own) = (self.parent(number), weights[number]);
            weights[parent].add(own);
        }
        weights
    }
}

/// Whether anything is listed below a folder that is listed itself.
fn holds_files(context: &BuildContext, folder: &str) -> bool {
    let start = format!("{folder}/");
    let after = context.files.range(start.clone()..).next();
    after.is_some_and(|(path, _)| path.starts_with(&start))
}

impl Leaf {
    fn of(index: usize, file: &ContextFile) -> Self {
        let kind = match file.kind {
            FileKind::File => LeafKind::File,
            FileKind::Link(_) => LeafKind::Link,
            FileKind::Folder => LeafKind::EmptyFolder,
            FileKind::Summary { .. } => LeafKind::Summary,
        };
        // A folder has no content, whatever a listing prints beside it.
        let bytes = if kind == LeafKind::EmptyFolder { Some(0) } else { file.bytes };
        Self { index, bytes, files: file.count(), kind }
    }

    fn weigh(&self, verdicts: &[Verdict]) -> Weight {
        let unknown = if self.bytes.is_none() { self.files } else { 0 };
        let all = Amount { files: self.files, bytes: self.bytes.unwrap_or(0), unknown };
        let verdict = verdicts.get(self.index);
        let sent =
            if verdict.is_some_and(|verdict| verdict.sent) { all } else { Amount::default() };
        let decided = verdict.map_or(Decided::Open, |verdict| Decided::By(verdict.pattern));
        Weight { all, sent, decided }
    }
}

/// How much there is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Amount {
    /// Files.
    pub(super) files: u64,
    /// Their bytes, as far as they are known.
    pub(super) bytes: u64,
    /// Files whose bytes nobody knows.
    pub(super) unknown: u64,
}

/// What a node holds and what becomes of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Weight {
    /// All of it.
    pub(super) all: Amount,
    /// What is sent to the builder.
    pub(super) sent: Amount,
    /// What decided that.
    pub(super) decided: Decided,
}

/// Which patterns of the ignore file decided a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Decided {
    /// Nothing has been decided.
    #[default]
    Open,
    /// One pattern decided all of it, by its number; `None` where no pattern touches it.
    By(Option<u32>),
    /// Several did.
    Several,
}

impl Amount {
    /// Adds another amount.
    pub(super) fn add(&mut self, other: Self) {
        self.files = self.files.saturating_add(other.files);
        self.bytes = self.bytes.saturating_add(other.bytes);
        self.unknown = self.unknown.saturating_add(other.unknown);
    }

    /// What is left of this without a part of it.
    #[must_use]
    pub(super) fn without(self, part: Self) -> Self {
        Self {
            files: self.files.saturating_sub(part.files),
            bytes: self.bytes.saturating_sub(part.bytes),
            unknown: self.unknown.saturating_sub(part.unknown),
        }
    }
}

impl Weight {
    /// What is not sent.
    #[must_use]
    pub(super) fn left_out(&self) -> Amount {
        self.all.without(self.sent)
    }

    fn add(&mut self, other: Self) {
        self.all.add(other.all);
        self.sent.add(other.sent);
        self.decided = match (self.decided, other.decided) {
            (Decided::Open, decided) | (decided, Decided::Open) => decided,
            (own, other) if own == other => own,
            _ => Decided::Several,
        };
    }
}

#[cfg(test)]
mod tests;
