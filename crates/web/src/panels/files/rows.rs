//! The rows of a tree that are open: which nodes show, in which order, and where keys lead.

use layerwise_analyzer::dockerignore::{Dockerignore, IgnorePattern};

use super::tree::{Amount, ROOT, Tree, Weight};
use crate::format::sorted;

/// Which files show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Filter {
    /// All of them.
    #[default]
    All,
    /// Those that are sent to the builder.
    Sent,
    /// Those that are not.
    LeftOut,
}

impl Filter {
    /// Every filter with what it is called.
    pub(super) const ALL: [(Self, &'static str); 3] =
        [(Self::All, "all"), (Self::Sent, "sent"), (Self::LeftOut, "left out")];

    /// The part of a node that shows.
    #[must_use]
    pub(super) fn of(self, weight: &Weight) -> Amount {
        match self {
            Self::All => weight.all,
            Self::Sent => weight.sent,
            Self::LeftOut => weight.left_out(),
        }
    }
}

/// What the person wants to see of the tree.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Wish {
    /// Paths show that hold this or, where it has wildcards, match it, in any case; all where it
    /// is empty.
    pub(super) query: String,
    /// Which files show.
    pub(super) filter: Filter,
    /// Folders, by path, that are open where they would be closed, or the other way round.
    pub(super) toggled: Vec<String>,
    /// What was toggled before the search began.
    before: Vec<String>,
}

impl Wish {
    /// Searches. Each search opens folders its own way; without one the tree is as it was before.
    pub(super) fn search(&mut self, query: String) {
        if self.query.is_empty() {
            self.before = std::mem::take(&mut self.toggled);
        }
        self.toggled = if query.is_empty() { self.before.clone() } else { Vec::new() };
        self.query = query;
    }

    /// Opens a folder that is closed, or the other way round.
    pub(super) fn toggle(&mut self, folder: String) {
        match self.toggled.iter().position(|toggled| *toggled == folder) {
            Some(at) => {
                self.toggled.swap_remove(at);
            }
            None => self.toggled.push(folder),
        }
    }
}

/// A row of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// Its node.
    pub(super) node: usize,
    /// How deep it is, from 1.
    pub(super) level: usize,
    /// Its place among what shows of its folder, from 1.
    pub(super) position: usize,
    /// How much of its folder shows.
    pub(super) siblings: usize,
    /// Whether it is an open folder; `None` for a leaf.
    pub(super) open: Option<bool>,
}

/// The rows in order, in each folder the heaviest first, and all that is wished for, in folders that
/// are closed too.
#[must_use]
pub(super) fn rows(tree: &Tree, weights: &[Weight], wish: &Wish) -> (Vec<Row>, Amount) {
    let (marks, found) = Marks::of(tree, weights, wish);
    let mut rows = Vec::new();
    // Folders that are open, outermost first: what is still to come of each, last first.
    let mut open = vec![marks.children(tree, weights, wish.filter, ROOT, 1)];
    while let Some(rest) = open.last_mut() {
        let Some(mut row) = rest.pop() else {
            open.pop();
            continue;
        };
        if tree.leaf(row.node).is_none() {
            let is_open = marks.opens(row.node) != wish.toggled.contains(&tree.path(row.node));
            row.open = Some(is_open);
            if is_open {
                open.push(marks.children(tree, weights, wish.filter, row.node, row.level + 1));
            }
        }
        rows.push(row);
    }
    (rows, found)
}

/// Which nodes show; empty where all do.
struct Marks(Vec<Mark>);

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Hidden,
    /// Only because something below it was looked for.
    Parent,
    Found,
}

impl Marks {
    fn of(tree: &Tree, weights: &[Weight], wish: &Wish) -> (Self, Amount) {
        let mut amount = Amount::default();
        if wish.query.is_empty() && wish.filter == Filter::All {
            return (Self(Vec::new()), amount);
        }
        let found = find(tree, &wish.query.to_ascii_lowercase());
        let mut marks = vec![Mark::Hidden; tree.len()];
        for node in (1..tree.len()).rev() {
            let shows = match tree.leaf(node) {
                Some(_) => {
                    let wished = wish.filter.of(&weights[node]);
                    let shows = found[node] && (wish.filter == Filter::All || wished.files > 0);
                    if shows {
                        amount.add(wished);
                    }
                    shows
                }
                None => marks[node] != Mark::Hidden,
            };
            if shows {
                marks[node] = if found[node] { Mark::Found } else { Mark::Parent };
                let parent = tree.parent(node);
                marks[parent] = Mark::Parent;
            }
        }
        (Self(marks), amount)
    }

    fn get(&self, node: usize) -> Mark {
        self.0.get(node).copied().unwrap_or(Mark::Found)
    }

    /// Whether a folder is open by itself: so that what was looked for can be seen.
    fn opens(&self, node: usize) -> bool {
        self.get(node) == Mark::Parent
    }

    /// Rows of what shows of a folder, lightest first.
    fn children(
        &self,
        tree: &Tree,
        weights: &[Weight],
        filter: Filter,
        folder: usize,
        level: usize,
    ) -> Vec<Row> {
        let shown = tree.children(folder).filter(|node| self.get(*node) != Mark::Hidden);
        let bytes = |node: usize| weights.get(node).map_or(0, |weight| filter.of(weight).bytes);
        let nodes = sorted(shown.map(|node| (u64::MAX - bytes(node), node)).collect());
        let siblings = nodes.len();
        let row = |(at, node): (usize, usize)| Row {
            node,
            level,
            position: at + 1,
            siblings,
            open: None,
        };
        nodes.into_iter().enumerate().map(row).rev().collect()
    }
}

/// Nodes that are looked for, with all below them. `query` is in lower case: with a slash it looks
/// for paths, without one for names, with wildcards for paths.
fn find(tree: &Tree, query: &str) -> Vec<bool> {
    let mut found = vec![query.is_empty(); tree.len()];
    let pattern = wildcards(query);
    let whole = pattern.is_some() || query.contains('/');
    for node in 1..tree.len() {
        let holds = || {
            let text = if whole { tree.path(node) } else { tree.name(node).to_owned() };
            let text = text.to_ascii_lowercase();
            match &pattern {
                Some(pattern) => pattern.matches_path(&text),
                None => text.contains(query),
            }
        };
        found[node] = found[tree.parent(node)] || holds();
    }
    found
}

/// A query with wildcards as a pattern of an ignore file for whole paths, in any folder unless it
/// begins with a slash. Without a slash a star stands for anything, slashes too.
fn wildcards(query: &str) -> Option<IgnorePattern> {
    if !query.bytes().any(|byte| matches!(byte, b'*' | b'?' | b'[')) {
        return None;
    }
    let pattern = match query.strip_prefix('/') {
        Some(anchored) => anchored.to_owned(),
        None if query.contains('/') => format!("**/{query}"),
        None => format!("**/{}", query.replace('*', "**/*")),
    };
    Dockerignore::parse(&pattern).0.patterns.pop()
}

/// What a key does to the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// The focus goes to this row.
    Go(usize),
    /// This row's folder is opened or closed.
    Toggle(usize),
    /// What can be done with this row's leaf is done.
    Act(usize),
}

/// What a key does at the row `at`, as trees are used; `page` rows are in sight at a time. `None`
/// for other keys.
#[must_use]
pub(super) fn step(rows: &[Row], at: usize, key: &str, page: usize) -> Option<Step> {
    let last = rows.len().checked_sub(1)?;
    let row = rows.get(at)?;
    match key {
        "ArrowDown" => Some(Step::Go((at + 1).min(last))),
        "ArrowUp" => Some(Step::Go(at.saturating_sub(1))),
        "PageDown" => Some(Step::Go((at + page).min(last))),
        "PageUp" => Some(Step::Go(at.saturating_sub(page))),
        "Home" => Some(Step::Go(0)),
        "End" => Some(Step::Go(last)),
        "ArrowRight" => match row.open {
            Some(false) => Some(Step::Toggle(at)),
            Some(true) => Some(Step::Go((at + 1).min(last))),
            None => None,
        },
        "ArrowLeft" if row.open == Some(true) => Some(Step::Toggle(at)),
        "ArrowLeft" => {
            let before = rows.get(..at).unwrap_or_default();
            before.iter().rposition(|other| other.level < row.level).map(Step::Go)
        }
        "Enter" | " " => Some(if row.open.is_some() { Step::Toggle(at) } else { Step::Act(at) }),
        _ => None,
    }
}

/// The next row after `at` whose name begins with what was typed; it may be the same row while a
/// second character is added.
#[must_use]
pub(super) fn row_beginning_with(
    tree: &Tree,
    rows: &[Row],
    at: usize,
    typed: &str,
) -> Option<usize> {
    let typed = typed.to_ascii_lowercase();
    let from = if typed.chars().count() > 1 { at } else { at + 1 };
    let begins = |index: &usize| {
        let name = rows.get(*index).map_or("", |row| tree.name(row.node));
        name.to_ascii_lowercase().starts_with(&typed)
    };
    (from..rows.len()).chain(0..from.min(rows.len())).find(begins)
}

#[cfg(test)]
mod tests;
