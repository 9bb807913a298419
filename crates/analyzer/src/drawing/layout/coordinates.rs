//! Where vertices stand: each as near as its rank allows to the middle of its neighbours.

use super::{Layered, MARGIN, RANK_GAP, Rectangle};

/// Sweeps down and up; later ones move nothing a reader would see.
const SWEEPS: usize = 8;
/// How much more the bends of one edge want to stand below each other than boxes do.
const STRAIGHTNESS: i64 = 4;

/// A place for every vertex.
pub(super) fn place(layered: &Layered) -> Vec<Rectangle> {
    let middles = horizontal_middles(layered);
    let lefts: Vec<i64> = layered
        .vertices
        .iter()
        .zip(&middles)
        .map(|(vertex, middle)| middle - i64::from(vertex.size.width / 2))
        .collect();
    let leftmost = lefts.iter().min().copied().unwrap_or(0);
    let mut places = vec![Rectangle::default(); layered.vertices.len()];
    let mut top = MARGIN;
    for rank in &layered.ranks {
        let sizes = rank.iter().map(|vertex| layered.vertices[*vertex].size);
        let height = sizes.map(|size| size.height).max().unwrap_or(0);
        for vertex in rank {
            let size = layered.vertices[*vertex].size;
            places[*vertex] = Rectangle {
                x: MARGIN + i32::try_from(lefts[*vertex] - leftmost).unwrap_or(i32::MAX / 2),
                y: top + (height - size.height) / 2,
                width: size.width,
                height: size.height,
            };
        }
        top += height + RANK_GAP;
    }
    places
}

fn horizontal_middles(layered: &Layered) -> Vec<i64> {
    let mut middles = vec![0; layered.vertices.len()];
    for rank in &layered.ranks {
        settle(layered, rank, &mut middles, |_, _| Wish { middle: 0, weight: 1 });
    }
    for sweep in 0..SWEEPS {
        // The last sweep looks both ways, which centres a box between its sources and its users.
        let last = sweep + 1 == SWEEPS;
        let downwards = sweep % 2 == 0;
        let wish = |vertex: usize, middles: &[i64]| {
            let above = layered.above[vertex].iter().filter(|_| downwards || last);
            let below = layered.below[vertex].iter().filter(|_| !downwards || last);
            wish_of(layered, vertex, above.chain(below), middles)
        };
        if downwards {
            layered.ranks.iter().for_each(|rank| settle(layered, rank, &mut middles, wish));
        } else {
            layered.ranks.iter().rev().for_each(|rank| settle(layered, rank, &mut middles, wish));
        }
    }
    middles
}

/// Where a vertex would like its middle to be, and how much.
#[derive(Clone, Copy)]
struct Wish {
    middle: i64,
    weight: i64,
}

/// The weighted mean of the neighbours' middles; a vertex without neighbours wants to stay.
fn wish_of<'layered>(
    layered: &Layered,
    vertex: usize,
    neighbours: impl Iterator<Item = &'layered usize>,
    middles: &[i64],
) -> Wish {
    let is_bend = |vertex: usize| !layered.vertices[vertex].is_box;
    let (mut sum, mut weight) = (0, 0);
    for neighbour in neighbours {
        let pull = if is_bend(vertex) && is_bend(*neighbour) { STRAIGHTNESS } else { 1 };
        sum += middles[*neighbour] * pull;
        weight += pull;
    }
    if weight == 0 {
        return Wish { middle: middles[vertex], weight: 1 };
    }
    Wish { middle: sum.div_euclid(weight), weight }
}

/// Neighbours in a rank that have been pushed together.
struct Block {
    sum: i64,
    weight: i64,
    count: usize,
}

impl Block {
    fn mean(&self) -> i64 {
        self.sum.div_euclid(self.weight)
    }
}

/// Moves a rank's vertices as near to their wishes as its order and gaps allow: the least squares
/// solution, by pooling neighbours whose wishes collide (isotonic regression; Barlow 1972).
fn settle(
    layered: &Layered,
    rank: &[usize],
    middles: &mut [i64],
    wish: impl Fn(usize, &[i64]) -> Wish,
) {
    // With the gaps subtracted, "no overlap" becomes "never falling".
    let mut offsets = Vec::with_capacity(rank.len());
    let mut blocks: Vec<Block> = Vec::with_capacity(rank.len());
    for (position, vertex) in rank.iter().enumerate() {
        let before = position.checked_sub(1).map(|left| (offsets[left], rank[left]));
        let offset = before.map_or(0, |(offset, left): (i64, usize)| {
            offset + i64::from(layered.distance(left, *vertex))
        });
        offsets.push(offset);
        let Wish { middle, weight } = wish(*vertex, middles);
        let mut block = Block { sum: (middle - offset) * weight, weight, count: 1 };
        while let Some(previous) = blocks.pop_if(|previous| previous.mean() > block.mean()) {
            block.sum += previous.sum;
            block.weight += previous.weight;
            block.count += previous.count;
        }
        blocks.push(block);
    }
    let shifts = blocks.iter().flat_map(|block| std::iter::repeat_n(block.mean(), block.count));
    for ((vertex, offset), shift) in rank.iter().zip(&offsets).zip(shifts) {
        middles[*vertex] = shift + offset;
    }
}
