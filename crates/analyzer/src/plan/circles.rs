//! Circles in a graph: which nodes reach each other.
//!
//! Kosaraju's way: nodes in the order in which a walk along the edges leaves them, then walks
//! against the edges from the last one left; each of these finds one group of nodes that all
//! reach each other.

/// The groups of nodes that reach each other; a node on no circle is a group of its own.
pub(super) struct Circles {
    group: Vec<usize>,
}

impl Circles {
    /// Finds the circles among `nodes` nodes; edges to nodes beyond are left out.
    pub(super) fn find(nodes: usize, edges: impl Iterator<Item = (usize, usize)>) -> Self {
        let (mut forward, mut backward) = (vec![Vec::new(); nodes], vec![Vec::new(); nodes]);
        for (from, to) in edges.filter(|(from, to)| *from < nodes && *to < nodes) {
            forward[from].push(to);
            backward[to].push(from);
        }
        let mut group = vec![usize::MAX; nodes];
        for start in order_of_leaving(&forward).into_iter().rev() {
            let mut open = vec![start];
            while let Some(node) = open.pop() {
                if group[node] == usize::MAX {
                    group[node] = start;
                    open.extend(&backward[node]);
                }
            }
        }
        Self { group }
    }

    /// Whether an edge between two nodes is part of a circle. One from a node to itself is.
    pub(super) fn joins(&self, one: usize, other: usize) -> bool {
        let group = |node: usize| self.group.get(node);
        group(one).is_some() && group(one) == group(other)
    }
}

/// Every node once, in the order in which walks that turn back only at dead ends leave them.
fn order_of_leaving(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(edges.len());
    let mut entered = vec![false; edges.len()];
    for start in 0..edges.len() {
        // A node and how many of its edges were followed.
        let mut path = vec![(start, 0)];
        while let Some((node, followed)) = path.pop() {
            if followed == 0 && std::mem::replace(&mut entered[node], true) {
                continue;
            }
            match edges[node].get(followed) {
                Some(next) => path.extend([(node, followed + 1), (*next, 0)]),
                None => order.push(node),
            }
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_that_reach_each_other_are_one_group() {
        // Two circles with an edge between them, a tail, and a node that needs itself.
        let edges = [(0, 1), (1, 2), (2, 0), (2, 3), (3, 4), (4, 3), (4, 5), (6, 6), (9, 0)];
        let circles = Circles::find(7, edges.into_iter());
        for (one, other, wanted) in [
            (0, 1, true),
            (2, 1, true),
            (3, 4, true),
            (2, 3, false),
            (4, 5, false),
            (6, 6, true),
            (5, 6, false),
            (0, 9, false),
        ] {
            assert_eq!(circles.joins(one, other), wanted, "{one} and {other}");
        }
    }

    #[test]
    fn long_chains_need_no_deep_stack() {
        let nodes = 200_000;
        let ring = (0..nodes).map(|node| (node, (node + 1) % nodes));
        assert!(Circles::find(nodes, ring).joins(0, nodes / 2));
    }
}
