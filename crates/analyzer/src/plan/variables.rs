//! Names and values that share their structure, so that thousands of steps can each keep theirs.

use crate::order;
use std::cmp::Ordering;
use std::fmt;
use std::rc::Rc;

/// Variables in order of definition. Cloning is free; defining leaves earlier clones as they
/// were and takes time in proportion to the logarithm of their number.
///
/// A balanced tree by name whose nodes are shared between clones.
#[derive(Clone, Default)]
pub struct Variables {
    root: Link,
    next_place: u64,
}

/// What `$NAME` means at one place: what the stage itself set so far, on top of the `ENV` and
/// then the arguments that it began with.
///
/// BuildKit sets a base stage's `ENV` anew when another stage starts from it, so that there it
/// wins over an `ARG` of that base, whichever came later (`dispatchStages` in
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisibleVariables {
    own: Variables,
    environment: Variables,
    arguments: Variables,
}

impl VisibleVariables {
    /// What a stage begins with.
    #[must_use]
    pub fn inherit(environment: Variables, arguments: Variables) -> Self {
        Self { own: Variables::default(), environment, arguments }
    }

    /// Sets `name` in this stage: from now on it is the last one set.
    pub fn set(&mut self, name: &str, value: &str) {
        self.own.define_last(name, Some(value));
    }

    /// The value of `name`; `None` where it is not set.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        let inherited = || self.environment.get(name).or_else(|| self.arguments.get(name));
        self.own.get(name).or_else(inherited)
    }

    /// Every name that is set, in the order a `RUN` gets them: by when they were last set.
    #[must_use]
    pub fn list(&self) -> Vec<(&str, &str)> {
        let arguments = self.arguments.list().into_iter();
        let arguments = arguments.filter(|(name, _)| self.environment.get(name).is_none());
        let inherited = arguments.chain(self.environment.list());
        let inherited = inherited.filter(|(name, _)| self.own.get(name).is_none());
        let all = inherited.chain(self.own.list());
        all.filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

type Link = Option<Rc<Node>>;

#[derive(Clone)]
struct Node {
    name: Rc<str>,
    value: Option<Rc<str>>,
    place: u64,
    height: u8,
    left: Link,
    right: Link,
}

impl Variables {
    /// Defines `name`, or defines it anew in its old place; `None` is a name without value.
    pub fn define(&mut self, name: &str, value: Option<&str>) {
        let place = self.find(name).map(|node| node.place);
        self.insert(name, value, place);
    }

    /// Defines `name` in the last place, wherever it stood before.
    pub fn define_last(&mut self, name: &str, value: Option<&str>) {
        self.insert(name, value, None);
    }

    /// The value of `name`; `None` where it is not defined or has no value.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.find(name)?.value.as_deref()
    }

    /// Whether `name` is defined, with or without a value.
    #[must_use]
    pub fn contains(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Every name once with its newest value, in order of place.
    #[must_use]
    pub fn list(&self) -> Vec<(&str, Option<&str>)> {
        let mut nodes: Vec<&Node> = Vec::new();
        let mut open: Vec<&Node> = self.root.as_deref().into_iter().collect();
        while let Some(node) = open.pop() {
            nodes.push(node);
            open.extend(node.left.as_deref().into_iter().chain(node.right.as_deref()));
        }
        order::sort_by_key(&mut nodes, |node| node.place);
        nodes.into_iter().map(|node| (&*node.name, node.value.as_deref())).collect()
    }

    fn find(&self, name: &str) -> Option<&Node> {
        let mut next = self.root.as_deref();
        while let Some(node) = next {
            next = match name.cmp(&node.name) {
                Ordering::Less => node.left.as_deref(),
                Ordering::Greater => node.right.as_deref(),
                Ordering::Equal => return Some(node),
            };
        }
        None
    }

    fn insert(&mut self, name: &str, value: Option<&str>, place: Option<u64>) {
        let place = place.unwrap_or_else(|| {
            self.next_place += 1;
            self.next_place
        });
        let (name, value) = (name.into(), value.map(Into::into));
        let new = Node { name, value, place, height: 1, left: None, right: None };
        self.root = Some(Rc::new(put(self.root.as_deref(), new)));
    }
}

/// `new` put below `node`. Recursion goes as deep as the tree is high: 1.44 times the binary
/// logarithm of the number of names.
fn put(node: Option<&Node>, new: Node) -> Node {
    let Some(node) = node else { return new };
    let mut node = node.clone();
    match new.name.cmp(&node.name) {
        Ordering::Equal => (node.value, node.place) = (new.value, new.place),
        Ordering::Less => node.left = Some(Rc::new(put(node.left.as_deref(), new))),
        Ordering::Greater => node.right = Some(Rc::new(put(node.right.as_deref(), new))),
    }
    balance(node)
}

fn height(link: &Link) -> u8 {
    link.as_ref().map_or(0, |node| node.height)
}

fn with_height(mut node: Node) -> Node {
    node.height = 1 + height(&node.left).max(height(&node.right));
    node
}

/// Rotates so that the two sides of `node` differ in height by one at most.
fn balance(node: Node) -> Node {
    let (left, right) = (height(&node.left), height(&node.right));
    if left > right + 1 {
        rotate_right(node)
    } else if right > left + 1 {
        rotate_left(node)
    } else {
        with_height(node)
    }
}

fn rotate_right(mut node: Node) -> Node {
    let Some(side) = node.left.take() else { return with_height(node) };
    let mut top = (*side).clone();
    if height(&top.right) > height(&top.left) {
        top = rotate_left(top);
    }
    node.left = top.right.take();
    top.right = Some(Rc::new(with_height(node)));
    with_height(top)
}

fn rotate_left(mut node: Node) -> Node {
    let Some(side) = node.right.take() else { return with_height(node) };
    let mut top = (*side).clone();
    if height(&top.left) > height(&top.right) {
        top = rotate_right(top);
    }
    node.right = top.left.take();
    top.left = Some(Rc::new(with_height(node)));
    with_height(top)
}

impl PartialEq for Variables {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.root, &other.root) {
            (Some(own), Some(theirs)) => Rc::ptr_eq(own, theirs),
            (None, None) => true,
            _ => false,
        };
        same || self.list() == other.list()
    }
}

impl Eq for Variables {}

impl fmt::Debug for Variables {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_map().entries(self.list()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_value_takes_the_earlier_place_or_the_last() {
        let mut variables = Variables::default();
        variables.define("A", Some("1"));
        variables.define("B", None);
        let before = variables.clone();
        variables.define("A", Some("2"));
        assert_eq!(variables.list(), [("A", Some("2")), ("B", None)]);
        variables.define_last("A", Some("3"));
        assert_eq!(variables.list(), [("B", None), ("A", Some("3"))]);
        assert_eq!(before.list(), [("A", Some("1")), ("B", None)], "a clone keeps its values");
        assert_eq!((variables.get("A"), variables.get("B")), (Some("3"), None));
        assert!(variables.contains("B") && !variables.contains("C"));
    }

    #[test]
    fn a_stage_sees_its_own_then_env_then_arguments() {
        let (mut environment, mut arguments) = (Variables::default(), Variables::default());
        environment.define("E", Some("env"));
        environment.define("BOTH", Some("env"));
        arguments.define("BOTH", Some("arg"));
        arguments.define("A", Some("arg"));
        arguments.define("EMPTY", None);
        let mut visible = VisibleVariables::inherit(environment, arguments);
        assert_eq!(visible.list(), [("A", "arg"), ("E", "env"), ("BOTH", "env")]);
        visible.set("E", "own");
        assert_eq!(visible.list(), [("A", "arg"), ("BOTH", "env"), ("E", "own")]);
        assert_eq!((visible.get("E"), visible.get("EMPTY")), (Some("own"), None));
    }

    #[test]
    fn many_names_stay_balanced_and_in_order() {
        let mut variables = Variables::default();
        for index in 0..20_000 {
            variables.define(&format!("V{index:06}"), Some("value"));
        }
        assert!(height(&variables.root) <= 20, "the tree is {} high", height(&variables.root));
        assert!(variables.list().is_sorted(), "names were defined in alphabetical order");
        assert_eq!(variables.get("V010000"), Some("value"));
        for index in (0..20_000).step_by(7) {
            variables.define(&format!("V{index:06}"), None);
        }
        assert_eq!(variables.list().len(), 20_000);
        assert_eq!(variables.get("V000014"), None);
    }
}
