//! Names and values that share their beginnings, so that thousands of steps can each keep theirs.

use std::collections::HashMap;
use std::rc::Rc;

/// Variables in order of definition. Cloning is free; adding leaves earlier clones as they were.
#[derive(Clone, Debug, Default)]
pub struct Variables {
    last: Option<Rc<Definition>>,
}

#[derive(Debug)]
struct Definition {
    name: String,
    value: Option<String>,
    before: Option<Rc<Definition>>,
}

impl Variables {
    /// Defines `name`, or defines it anew; `None` is a name without value.
    pub fn define(&mut self, name: impl Into<String>, value: Option<String>) {
        let before = self.last.take();
        self.last = Some(Rc::new(Definition { name: name.into(), value, before }));
    }

    /// Every name once with its newest value, in order of its first definition.
    #[must_use]
    pub fn list(&self) -> Vec<(&str, Option<&str>)> {
        let mut definitions: Vec<&Definition> = Vec::new();
        let mut next = self.last.as_deref();
        while let Some(definition) = next {
            definitions.push(definition);
            next = definition.before.as_deref();
        }
        let mut listed: Vec<(&str, Option<&str>)> = Vec::new();
        let mut places: HashMap<&str, usize> = HashMap::new();
        for definition in definitions.into_iter().rev() {
            let entry = (definition.name.as_str(), definition.value.as_deref());
            match places.get(definition.name.as_str()).and_then(|place| listed.get_mut(*place)) {
                Some(earlier) => *earlier = entry,
                None => {
                    places.insert(&definition.name, listed.len());
                    listed.push(entry);
                }
            }
        }
        listed
    }
}

impl PartialEq for Variables {
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.last, &other.last) {
            (Some(own), Some(theirs)) => Rc::ptr_eq(own, theirs),
            (None, None) => true,
            _ => false,
        };
        same || self.list() == other.list()
    }
}

impl Eq for Variables {}

impl Drop for Definition {
    /// Drops a long chain link by link: the derived drop would recurse as deep as the chain.
    fn drop(&mut self) {
        let mut next = self.before.take();
        while let Some(mut definition) = next.and_then(Rc::into_inner) {
            next = definition.before.take();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_value_takes_the_earlier_place() {
        let mut variables = Variables::default();
        variables.define("A", Some("1".into()));
        variables.define("B", None);
        let before = variables.clone();
        variables.define("A", Some("2".into()));
        assert_eq!(variables.list(), [("A", Some("2")), ("B", None)]);
        assert_eq!(before.list(), [("A", Some("1")), ("B", None)], "a clone keeps its values");
    }

    #[test]
    fn long_chains_drop_without_recursion() {
        let mut variables = Variables::default();
        for index in 0..200_000 {
            variables.define(format!("V{index}"), None);
        }
        assert_eq!(variables.list().len(), 200_000);
    }
}
