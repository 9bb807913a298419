//! The order of vertices within their ranks, so that few edges cross: sweeps down and up that sort
//! each rank by where its neighbours stand.

use super::Layered;
use crate::order;

/// Sweeps after which nothing improves in practice.
const SWEEPS: usize = 8;
/// Sweeps in a row without improvement after which the order is taken as it is: one down, one up.
const PATIENCE: usize = 2;

/// Reorders the ranks; keeps the best order seen, the one given included.
pub(super) fn reduce_crossings(layered: &mut Layered) {
    let mut best = layered.ranks.clone();
    let mut fewest = crossings(layered, &best);
    let mut ranks = best.clone();
    let mut in_vain = 0;
    for sweep in 0..SWEEPS {
        if fewest == 0 || in_vain == PATIENCE {
            break;
        }
        let downwards = sweep % 2 == 0;
        sort_ranks(layered, &mut ranks, downwards);
        let now = crossings(layered, &ranks);
        in_vain += 1;
        if now < fewest {
            in_vain = 0;
            fewest = now;
            best.clone_from(&ranks);
        }
    }
    layered.ranks = best;
}

/// Sorts each rank by the mean position of the neighbours in the rank sorted before it.
fn sort_ranks(layered: &Layered, ranks: &mut [Vec<usize>], downwards: bool) {
    let mut positions = positions(layered, ranks);
    let neighbours = if downwards { &layered.above } else { &layered.below };
    let mut sort = |rank: &mut Vec<usize>| {
        let mut keyed: Vec<(f64, usize)> = rank
            .iter()
            .map(|vertex| (mean_position(&neighbours[*vertex], &positions, *vertex), *vertex))
            .collect();
        // Stable: equal means keep their order.
        order::sort_by(&mut keyed, |left, right| left.0.total_cmp(&right.0));
        for (position, (slot, (_, vertex))) in rank.iter_mut().zip(&keyed).enumerate() {
            *slot = *vertex;
            positions[*vertex] = position;
        }
    };
    if downwards {
        ranks.iter_mut().for_each(&mut sort);
    } else {
        ranks.iter_mut().rev().for_each(&mut sort);
    }
}

fn positions(layered: &Layered, ranks: &[Vec<usize>]) -> Vec<usize> {
    let mut positions = vec![0; layered.vertices.len()];
    for rank in ranks {
        for (position, vertex) in rank.iter().enumerate() {
            positions[*vertex] = position;
        }
    }
    positions
}

/// Where the neighbours stand on average; a vertex without neighbours stays where it is.
fn mean_position(neighbours: &[usize], positions: &[usize], vertex: usize) -> f64 {
    if neighbours.is_empty() {
        return positions[vertex] as f64;
    }
    let sum: usize = neighbours.iter().map(|neighbour| positions[*neighbour]).sum();
    sum as f64 / neighbours.len() as f64
}

/// How many pairs of edges cross.
fn crossings(layered: &Layered, ranks: &[Vec<usize>]) -> usize {
    let positions = positions(layered, ranks);
    ranks
        .windows(2)
        .map(|pair| {
            let mut ends: Vec<usize> = Vec::new();
            for vertex in &pair[0] {
                let start = ends.len();
                ends.extend(layered.below[*vertex].iter().map(|lower| positions[*lower]));
                order::sort(&mut ends[start..]);
            }
            inversions(&ends, pair[1].len())
        })
        .sum()
}

/// Pairs of `ends` in falling order, counted with a binary indexed tree.
fn inversions(ends: &[usize], width: usize) -> usize {
    let mut tree = vec![0_usize; width + 1];
    let mut count = 0;
    for (seen, end) in ends.iter().enumerate() {
        let mut not_greater = 0;
        let mut at = end + 1;
        while at > 0 {
            not_greater += tree[at];
            at &= at - 1;
        }
        count += seen - not_greater;
        let mut at = end + 1;
        while at <= width {
            tree[at] += 1;
            at += at & at.wrapping_neg();
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::inversions;

    #[test]
    fn inversions_are_the_pairs_that_cross() {
        for (ends, count) in [
            (vec![], 0),
            (vec![0, 1, 2], 0),
            (vec![2, 1, 0], 3),
            (vec![1, 1, 0], 2),
            (vec![0, 0], 0),
        ] {
            assert_eq!(inversions(&ends, 3), count, "{ends:?}");
        }
    }
}
