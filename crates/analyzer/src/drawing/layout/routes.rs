//! Edges as SVG paths: upright through ranks, smooth curves between them.

use crate::order;
use std::fmt::Write as _;

use super::{Layered, Rectangle, Route};

/// Distance between the ends of two edges on one side of a box, where the box is wide enough.
const PORT_GAP: i32 = 26;
/// What stays free of ports at either end of a box's side.
const PORT_MARGIN: i32 = 20;

/// A route for every chain.
pub(super) fn draw(layered: &Layered, places: &[Rectangle]) -> Vec<Option<Route>> {
    let ports = Ports::spread(layered, places);
    let bands: Vec<(i32, i32)> = layered.ranks.iter().map(|rank| band(rank, places)).collect();
    layered
        .chains
        .iter()
        .zip(ports.upper.iter().zip(&ports.lower))
        .map(|(chain, (upper, lower))| {
            let [first, bends @ .., last] = chain.vertices.as_slice() else { return None };
            let mut turns = vec![Turn::at(*upper, places[*first].bottom())];
            turns[0].bottom = bands[layered.vertices[*first].rank].1;
            for bend in bends {
                let (top, bottom) = bands[layered.vertices[*bend].rank];
                turns.push(Turn { x: places[*bend].middle(), top, bottom });
            }
            let mut end = Turn::at(*lower, places[*last].y);
            end.top = bands[layered.vertices[*last].rank].0;
            turns.push(end);
            if chain.upwards {
                turns.reverse();
                turns.iter_mut().for_each(Turn::flip);
            }
            let label = if chain.upwards { bends.first() } else { bends.last() };
            Some(Route {
                path: path(&turns),
                tip: turns.last().map_or((0, 0), |turn| (turn.x, turn.bottom)),
                upwards: chain.upwards,
                label: label.map_or(Rectangle::default(), |bend| places[*bend]),
                bounds: bounds(&turns),
            })
        })
        .collect()
}

/// Top and bottom of a rank.
fn band(rank: &[usize], places: &[Rectangle]) -> (i32, i32) {
    let top = rank.iter().map(|vertex| places[*vertex].y).min().unwrap_or(0);
    let bottom = rank.iter().map(|vertex| places[*vertex].bottom()).max().unwrap_or(0);
    (top, bottom)
}

/// An upright piece of an edge, in drawing direction from `top` to `bottom`.
struct Turn {
    x: i32,
    top: i32,
    bottom: i32,
}

impl Turn {
    fn at(x: i32, y: i32) -> Self {
        Self { x, top: y, bottom: y }
    }

    fn flip(&mut self) {
        std::mem::swap(&mut self.top, &mut self.bottom);
    }
}

/// What encloses a path: its curves stay between the ends they join.
fn bounds(turns: &[Turn]) -> Rectangle {
    let xs = || turns.iter().map(|turn| turn.x);
    let ys = || turns.iter().flat_map(|turn| [turn.top, turn.bottom]);
    let (x, y) = (xs().min().unwrap_or(0), ys().min().unwrap_or(0));
    let (width, height) = (xs().max().unwrap_or(0) - x, ys().max().unwrap_or(0) - y);
    Rectangle { x, y, width, height }
}

fn path(turns: &[Turn]) -> String {
    let mut path = String::new();
    for (index, turn) in turns.iter().enumerate() {
        // Writing to a String cannot fail.
        let _ = match index.checked_sub(1).and_then(|before| turns.get(before)) {
            None => write!(path, "M{} {}", turn.x, turn.top),
            Some(before) if before.x == turn.x => write!(path, "V{}", turn.top),
            Some(before) => {
                let half = i32::midpoint(before.bottom, turn.top);
                write!(path, "C{} {half} {} {half} {} {}", before.x, turn.x, turn.x, turn.top)
            }
        };
        if turn.bottom != turn.top {
            let _ = write!(path, "V{}", turn.bottom);
        }
    }
    path
}

/// Where each chain leaves its upper box and reaches its lower one.
struct Ports {
    upper: Vec<i32>,
    lower: Vec<i32>,
}

impl Ports {
    /// Spreads the ends of a box's edges along its side, in the order of where they lead.
    fn spread(layered: &Layered, places: &[Rectangle]) -> Self {
        let count = layered.vertices.len();
        let mut leaving: Vec<Vec<(i32, usize)>> = vec![Vec::new(); count];
        let mut reaching: Vec<Vec<(i32, usize)>> = vec![Vec::new(); count];
        for (index, chain) in layered.chains.iter().enumerate() {
            let [first, second, .., before_last, last] = chain.vertices.as_slice() else {
                // A chain of three has one bend, which is both.
                if let [first, bend, last] = chain.vertices.as_slice() {
                    leaving[*first].push((places[*bend].middle(), index));
                    reaching[*last].push((places[*bend].middle(), index));
                }
                continue;
            };
            leaving[*first].push((places[*second].middle(), index));
            reaching[*last].push((places[*before_last].middle(), index));
        }
        let mut ports =
            Self { upper: vec![0; layered.chains.len()], lower: vec![0; layered.chains.len()] };
        for (ends, side) in [(leaving, &mut ports.upper), (reaching, &mut ports.lower)] {
            for (mut ends, place) in ends.into_iter().zip(places) {
                order::sort(&mut ends);
                let number = i32::try_from(ends.len()).unwrap_or(i32::MAX);
                let room = (place.width - 2 * PORT_MARGIN).max(0);
                let gap = PORT_GAP.min(room / (number - 1).max(1));
                let mut x = place.middle() - gap * (number - 1) / 2;
                for (_, chain) in ends {
                    side[chain] = x;
                    x += gap;
                }
            }
        }
        ports
    }
}
