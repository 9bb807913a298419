//! What the final image holds, in as few paths as a drawing has room for.

use std::collections::BTreeMap;

use super::parts::{folder_of, line_of, weakest_evidence};
use crate::layer::{ByteRange, Category, CauseIndex, FileEntry};
use crate::order;
use crate::plan::Base;
use crate::report::Subject;
use crate::simulate::Simulation;
use crate::size::{Evidence, SizeEstimate};

/// The most paths of an image.
const MOST: usize = 150;
/// The most paths a folder is opened into at once; what is left of it is summed up.
const MOST_OF_FOLDER: usize = 12;
/// A folder is opened while it is at least this part of the image.
const WORTH_OPENING: u64 = 200;

/// A part of the final image: a file, a folder, or what is left of one.
///
/// Together they are what a container sees, each byte once; what layers hide is not among them.
/// Paths of different lines or categories are never summed up together.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedContent {
    /// Container path; for a base image, whose inside is not known, its reference.
    pub path: String,
    /// How many of the folder's paths it sums up beside others that are listed; 0 where it is all
    /// that lies at the path.
    pub rest: u64,
    /// Its bytes, how they are known, and why it is there.
    pub bytes: SizeEstimate,
    /// What part of the image it is.
    pub category: Category,
    /// Line that put it there.
    pub line: Option<u32>,
}

/// What the target's image holds, the most first.
pub(super) fn list(subject: &Subject<'_>, simulation: &Simulation) -> Vec<ReportedContent> {
    let items = items(subject, simulation);
    let whole: u64 =
        items.iter().map(|item| item.entry.bytes.likely()).fold(0, u64::saturating_add);
    let groups = items.chunk_by(|one, other| one.group == other.group);
    let mut nodes: Vec<Node<'_>> = groups.map(Node::of).collect();
    while let Some(at) = next_to_open(&nodes, whole) {
        let room = MOST.saturating_sub(nodes.len()).min(MOST_OF_FOLDER);
        let node = nodes.swap_remove(at);
        nodes.extend(node.open(room));
    }
    order::sort_by(&mut nodes, |one, other| {
        other.bytes.likely().cmp(&one.bytes.likely()).then_with(|| one.path().cmp(other.path()))
    });
    nodes.iter().map(|node| describe(subject, simulation, node)).collect()
}

/// An entry of the root filesystem.
struct Item<'root> {
    /// What is never summed up with others.
    group: (Category, Option<u32>),
    path: &'root str,
    entry: &'root FileEntry,
}

/// Everything that weighs something, group by group, each in the order of a tree.
fn items<'root>(subject: &Subject<'_>, simulation: &'root Simulation) -> Vec<Item<'root>> {
    let target = subject.plan.graph.target.and_then(|target| simulation.stages.get(target));
    let mut lines: BTreeMap<CauseIndex, Option<u32>> = BTreeMap::new();
    let mut items: Vec<Item<'root>> = Vec::new();
    for (key, placed) in target.iter().flat_map(|stage| stage.root.iter()) {
        let entry = &placed.entry;
        if entry.bytes == ByteRange::NOTHING && entry.evidence != Evidence::Unknown {
            continue;
        }
        let line = || line_of(subject, simulation, entry.cause);
        let line = *lines.entry(entry.cause).or_insert_with(line);
        // A file of a typical project stands for all of its folder.
        let is_stand_in = (entry.category, entry.evidence) == (Category::Code, Evidence::Assumed);
        let path = if is_stand_in { folder_of(&key.path) } else { &key.path };
        items.push(Item { group: (entry.category, line), path, entry });
    }
    order::sort_by(&mut items, |one, other| {
        let parts = |item: &Item<'root>| item.path.split('/');
        one.group.cmp(&other.group).then_with(|| parts(one).cmp(parts(other)))
    });
    items
}

/// Entries of one group that lie together.
struct Node<'items> {
    items: &'items [Item<'items>],
    bytes: ByteRange,
    /// Of how many paths of its folder it is the rest; 0 where it is no rest.
    rest: u64,
}

impl<'items> Node<'items> {
    fn of(items: &'items [Item<'items>]) -> Self {
        Self { items, bytes: items.iter().map(|item| item.entry.bytes).sum(), rest: 0 }
    }

    /// The innermost path that holds all of it. In the order of a tree the first and the last
    /// entry tell.
    fn path(&self) -> &'items str {
        let Some((first, last)) = self.items.first().zip(self.items.last()) else { return "" };
        let parts = first.path.split('/').zip(last.path.split('/'));
        let mut end = 0;
        for (part, other) in parts {
            if part != other {
                break;
            }
            end += part.len() + 1;
        }
        first.path.get(..end.saturating_sub(1)).unwrap_or_default()
    }

    fn is_folder(&self) -> bool {
        self.rest == 0 && self.items.len() > 1
    }

    /// What lies in it, at most `room` nodes, the last of which sums up the smallest.
    fn open(self, room: usize) -> Vec<Self> {
        let folder = self.path().len();
        let inside = self.items.chunk_by(|one, other| {
            let part = part_below(one.path, folder);
            part.is_some() && part == part_below(other.path, folder)
        });
        let mut inside: Vec<Self> = inside.map(Self::of).collect();
        order::sort_by_key(&mut inside, |node| std::cmp::Reverse(node.bytes.likely()));
        if inside.len() > room {
            let rest = inside.split_off(room.saturating_sub(1));
            inside.push(Self {
                items: self.items,
                bytes: rest.iter().map(|node| node.bytes).sum(),
                rest: u64::try_from(rest.len()).unwrap_or(u64::MAX),
            });
        }
        inside
    }
}

/// The part of a path that follows the folder of this length; `None` for the folder itself.
fn part_below(path: &str, folder: usize) -> Option<&str> {
    let below = path.get(folder..)?;
    let below = if folder == 0 { below } else { below.strip_prefix('/')? };
    below.split('/').next().filter(|part| !part.is_empty())
}

/// The heaviest folder that there is room to open.
fn next_to_open(nodes: &[Node<'_>], whole: u64) -> Option<usize> {
    if nodes.len() + 1 >= MOST {
        return None;
    }
    let folders = nodes.iter().enumerate().filter(|(_, node)| node.is_folder());
    let (at, node) = folders.max_by_key(|(_, node)| node.bytes.likely())?;
    (node.bytes.likely() > whole / WORTH_OPENING).then_some(at)
}

fn describe(subject: &Subject<'_>, simulation: &Simulation, node: &Node<'_>) -> ReportedContent {
    let heaviest = node.items.iter().max_by_key(|item| item.entry.bytes.likely());
    let (category, line) = heaviest.map_or((Category::Other, None), |item| item.group);
    let cause = heaviest.and_then(|item| simulation.cause(item.entry.cause));
    let why = cause.map_or("", |cause| &*cause.why);
    let base = cause.and_then(|cause| subject.plan.graph.stages.get(cause.stage));
    let path = match (category, node.path(), base.map(|stage| &stage.base)) {
        (Category::Base, "", Some(Base::Image { reference, .. } | Base::Unresolved(reference))) => {
            reference.clone()
        }
        (_, path, _) => format!("/{path}"),
    };
    let parts = node.items.iter().map(|item| (item.entry.bytes, item.entry.evidence));
    let bytes = node.bytes.describe(weakest_evidence(node.bytes, parts), why);
    ReportedContent { path, rest: node.rest, bytes, category, line }
}

#[cfg(test)]
mod tests;
