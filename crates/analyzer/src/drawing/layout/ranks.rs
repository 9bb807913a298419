//! Which rank each box belongs to: below everything it takes files from.

use super::Link;

/// Boxes without any edge fill ranks up to this many boxes before they open a new one.
const BOXES_BESIDE: usize = 4;

/// A rank for each of `count` boxes, from 0. Every edge goes to a later rank, except edges that
/// close a cycle, which go to an earlier one, and edges from a box to itself.
pub(super) fn assign(count: usize, links: &[Link]) -> Vec<usize> {
    let mut below: Vec<Vec<usize>> = vec![Vec::new(); count];
    for link in links.iter().filter(|link| link.from != link.to && link.to < count) {
        if let Some(targets) = below.get_mut(link.from) {
            targets.push(link.to);
        }
    }
    let order = sources_first(&below);
    let mut place_in_order = vec![0; count];
    for (place, index) in order.iter().enumerate() {
        place_in_order[*index] = place;
    }
    turn_back_edges(&mut below, &place_in_order);
    let mut ranks = vec![0; count];
    let mut has_above = vec![false; count];
    for index in order {
        for target in &below[index] {
            has_above[*target] = true;
            ranks[*target] = ranks[*target].max(ranks[index] + 1);
        }
    }
    pull_sources_down(&mut ranks, &below, &has_above);
    place_single_boxes(&mut ranks, &below, &has_above);
    ranks
}

/// All boxes so that every edge runs forwards, except those that close a cycle: depth first, by
/// falling time of completion, on a stack of our own because a chain may be long.
fn sources_first(below: &[Vec<usize>]) -> Vec<usize> {
    let mut seen = vec![false; below.len()];
    let mut completed = Vec::with_capacity(below.len());
    for start in 0..below.len() {
        // Each entry is a box and how many of its edges have been followed.
        let mut path = vec![(start, 0)];
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        while let Some((index, followed)) = path.last_mut() {
            let next = below[*index].get(*followed).copied();
            *followed += 1;
            match next {
                None => completed.extend(path.pop().map(|(index, _)| index)),
                Some(target) if !std::mem::replace(&mut seen[target], true) => {
                    path.push((target, 0));
                }
                Some(_) => {}
            }
        }
    }
    completed.reverse();
    completed
}

/// Turns round the edges that run against the order, so that no cycle is left.
fn turn_back_edges(below: &mut [Vec<usize>], place_in_order: &[usize]) {
    let mut turned = Vec::new();
    for (index, targets) in below.iter_mut().enumerate() {
        targets.retain(|target| {
            let forwards = place_in_order[index] < place_in_order[*target];
            if !forwards {
                turned.push((*target, index));
            }
            forwards
        });
    }
    for (from, to) in turned {
        below[from].push(to);
    }
}

/// A box that takes from nothing stands right above the first one that takes from it, which keeps
/// its edges short.
fn pull_sources_down(ranks: &mut [usize], below: &[Vec<usize>], has_above: &[bool]) {
    for index in 0..ranks.len() {
        if !has_above[index]
            && let Some(first) = below[index].iter().map(|target| ranks[*target]).min()
        {
            ranks[index] = ranks[index].max(first.saturating_sub(1));
        }
    }
}

/// Boxes without edges stand beside the others where there is room, and below them otherwise.
fn place_single_boxes(ranks: &mut [usize], below: &[Vec<usize>], has_above: &[bool]) {
    let single: Vec<usize> =
        (0..ranks.len()).filter(|index| below[*index].is_empty() && !has_above[*index]).collect();
    let mut load: Vec<usize> = Vec::new();
    for (index, rank) in ranks.iter().enumerate() {
        if load.len() <= *rank {
            load.resize(rank + 1, 0);
        }
        if single.binary_search(&index).is_err() {
            load[*rank] += 1;
        }
    }
    for index in single {
        let emptiest = (0..load.len()).min_by_key(|rank| load[*rank]).unwrap_or(0);
        if load[emptiest] >= BOXES_BESIDE {
            load.push(0);
            ranks[index] = load.len() - 1;
        } else {
            ranks[index] = emptiest;
        }
        load[ranks[index]] += 1;
    }
}
