//! A small layered layout of a directed graph, top to bottom: boxes in ranks, edges as smooth
//! curves that pass beside boxes, and a free place for each edge's label.
//!
//! The usual four steps (Sugiyama, Tagawa and Toda 1981): ranks, order within ranks, coordinates,
//! routes. Everything is in whole pixels and depends on the input only.

mod coordinates;
mod order;
mod ranks;
mod routes;

/// Free space around the drawing, which a focus ring may use.
pub const MARGIN: i32 = 8;
/// Between two boxes beside each other.
const BOX_GAP: i32 = 28;
/// Between two things of which one is only a passing edge or its label.
const EDGE_GAP: i32 = 14;
/// Between a rank of boxes and the rank of labels below or above it.
const RANK_GAP: i32 = 20;
/// More boxes than this are a list, not a picture.
pub(super) const MOST_BOXES: usize = 400;
/// More bends than this take too long to order while someone types: 12,000 took 25 milliseconds on
/// a laptop, and a phone is four times slower.
const MOST_BENDS: usize = 12_000;

/// Width and height.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Size {
    /// Pixels to the right.
    pub width: i32,
    /// Pixels down.
    pub height: i32,
}

/// An edge to draw: the arrow points at `to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The box that gives, by its place in the list.
    pub from: usize,
    /// The box that takes.
    pub to: usize,
    /// Room for its label.
    pub label: Size,
}

/// Where something stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rectangle {
    /// Its left side.
    pub x: i32,
    /// Its upper side.
    pub y: i32,
    /// Pixels to the right.
    pub width: i32,
    /// Pixels down.
    pub height: i32,
}

impl Rectangle {
    /// Half way between its left and right sides.
    #[must_use]
    pub fn middle(self) -> i32 {
        self.x + self.width / 2
    }

    /// Its lower side.
    #[must_use]
    pub fn bottom(self) -> i32 {
        self.y + self.height
    }

    /// Whether two rectangles have a point in common, be it on their borders.
    #[must_use]
    pub fn meets(self, other: Self) -> bool {
        self.x <= other.x + other.width
            && other.x <= self.x + self.width
            && self.y <= other.bottom()
            && other.y <= self.bottom()
    }
}

/// How an edge runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// SVG path data from the source box to the arrow's tip.
    pub path: String,
    /// The arrow's tip.
    pub tip: (i32, i32),
    /// Whether the arrow points up, which only an edge of a cycle does.
    pub upwards: bool,
    /// Where the label stands.
    pub label: Rectangle,
    /// What the path does not leave.
    pub bounds: Rectangle,
}

impl Route {
    /// SVG path data of the arrow's tip.
    #[must_use]
    pub fn arrow(&self) -> String {
        const LENGTH: i32 = 8;
        let (x, y) = self.tip;
        let back = if self.upwards { y + LENGTH } else { y - LENGTH };
        format!("M{} {back}L{x} {y}L{} {back}Z", x - LENGTH / 2, x + LENGTH / 2)
    }
}

/// The finished drawing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Of the whole drawing, margins included.
    pub size: Size,
    /// One a box, in the order given.
    pub boxes: Vec<Rectangle>,
    /// One an edge, in the order given; `None` for an edge from a box to itself or to no box.
    pub routes: Vec<Option<Route>>,
}

/// What takes a place in a rank: a box, or the bend of an edge that passes the rank. Ranks of
/// boxes are even; the odd ranks between them hold only bends, of which one carries the label.
#[derive(Clone, Copy, Debug)]
struct Vertex {
    rank: usize,
    size: Size,
    is_box: bool,
}

/// The graph with every edge cut into pieces of one rank.
#[derive(Debug, Default)]
struct Layered {
    vertices: Vec<Vertex>,
    /// Vertices of each rank, left to right.
    ranks: Vec<Vec<usize>>,
    /// For each vertex its neighbours one rank up.
    above: Vec<Vec<usize>>,
    /// For each vertex its neighbours one rank down.
    below: Vec<Vec<usize>>,
    /// For each edge given, its vertices from the upper box to the lower one; empty when undrawn.
    chains: Vec<Chain>,
}

/// One edge as a row of vertices.
#[derive(Clone, Debug, Default)]
struct Chain {
    /// From the upper box over bends to the lower box.
    vertices: Vec<usize>,
    /// Whether the edge runs against the ranks, because it closes a cycle.
    upwards: bool,
}

/// Places boxes and edges. `None` when there are too many to make a picture of.
#[must_use]
pub fn lay_out(boxes: &[Size], links: &[Link]) -> Option<Layout> {
    if boxes.len() > MOST_BOXES {
        return None;
    }
    let ranks = ranks::assign(boxes.len(), links);
    let mut layered = cut_into_pieces(boxes, links, &ranks)?;
    order::reduce_crossings(&mut layered);
    let placed = coordinates::place(&layered);
    let routes = routes::draw(&layered, &placed);
    let size = Size {
        width: placed.iter().map(|place| place.x + place.width).max().unwrap_or(0) + MARGIN,
        height: placed.iter().map(|place| place.bottom()).max().unwrap_or(0) + MARGIN,
    };
    Some(Layout { size, boxes: placed.iter().take(boxes.len()).copied().collect(), routes })
}

/// Puts boxes and the bends of edges into ranks. `None` when there would be too many bends.
fn cut_into_pieces(boxes: &[Size], links: &[Link], ranks: &[usize]) -> Option<Layered> {
    let mut layered = Layered::default();
    for (size, rank) in boxes.iter().zip(ranks) {
        layered.add(Vertex { rank: rank * 2, size: *size, is_box: true });
    }
    for link in links {
        let ends = (ranks.get(link.from), ranks.get(link.to));
        let (Some(from), Some(to)) = ends else {
            layered.chains.push(Chain::default());
            continue;
        };
        if from == to {
            // Only a box's edge to itself joins equal ranks.
            layered.chains.push(Chain::default());
            continue;
        }
        let upwards = from > to;
        let (upper, lower) = if upwards { (link.to, link.from) } else { (link.from, link.to) };
        let bends = layered.vertices.len() - boxes.len() + from.abs_diff(*to) * 2;
        if bends > MOST_BENDS {
            return None;
        }
        layered.add_chain(upper, lower, link.label, upwards);
    }
    Some(layered)
}

impl Layered {
    fn add(&mut self, vertex: Vertex) -> usize {
        let index = self.vertices.len();
        while self.ranks.len() <= vertex.rank {
            self.ranks.push(Vec::new());
        }
        self.ranks[vertex.rank].push(index);
        self.vertices.push(vertex);
        self.above.push(Vec::new());
        self.below.push(Vec::new());
        index
    }

    /// Joins two boxes by a bend in every rank between them; the last bend, which is next to the
    /// box that needs the files, carries the label.
    fn add_chain(&mut self, upper: usize, lower: usize, label: Size, upwards: bool) {
        let (first, last) = (self.vertices[upper].rank + 1, self.vertices[lower].rank - 1);
        let labelled = if upwards { first } else { last };
        let mut vertices = vec![upper];
        for rank in first..=last {
            let size = if rank == labelled { label } else { Size::default() };
            vertices.push(self.add(Vertex { rank, size, is_box: false }));
        }
        vertices.push(lower);
        for pair in vertices.windows(2) {
            self.below[pair[0]].push(pair[1]);
            self.above[pair[1]].push(pair[0]);
        }
        self.chains.push(Chain { vertices, upwards });
    }

    /// The least distance between the middles of two neighbours in a rank.
    fn distance(&self, left: usize, right: usize) -> i32 {
        let (left, right) = (self.vertices[left], self.vertices[right]);
        let gap = if left.is_box && right.is_box { BOX_GAP } else { EDGE_GAP };
        // Halves round up, so that odd widths still clear each other.
        (left.size.width + 1) / 2 + (right.size.width + 1) / 2 + gap
    }
}

#[cfg(test)]
mod tests;
