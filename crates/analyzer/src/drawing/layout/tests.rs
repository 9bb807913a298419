//! What must hold of every drawing.

use proptest::prelude::*;

use super::*;

const LABEL: Size = Size { width: 80, height: 20 };

fn links(pairs: &[(usize, usize)]) -> Vec<Link> {
    pairs.iter().map(|(from, to)| Link { from: *from, to: *to, label: LABEL }).collect()
}

fn boxes(count: usize) -> Vec<Size> {
    vec![Size { width: 160, height: 72 }; count]
}

fn overlap(left: Rectangle, right: Rectangle) -> bool {
    left.x < right.x + right.width
        && right.x < left.x + left.width
        && left.y < right.bottom()
        && right.y < left.bottom()
}

/// Every pair of boxes and labels that stand on each other.
fn overlaps(layout: &Layout) -> Vec<(Rectangle, Rectangle)> {
    let labels = layout.routes.iter().flatten().map(|route| route.label);
    let all: Vec<Rectangle> = layout.boxes.iter().copied().chain(labels).collect();
    let mut found = Vec::new();
    for (index, left) in all.iter().enumerate() {
        for right in all.iter().skip(index + 1) {
            if overlap(*left, *right) {
                found.push((*left, *right));
            }
        }
    }
    found
}

/// Every x of the path's points, with its y.
fn points(path: &str) -> Vec<(i32, i32)> {
    let mut points: Vec<(i32, i32)> = Vec::new();
    for command in path
        .split_inclusive(|c: char| c.is_ascii_digit())
        .collect::<String>()
        .split(['M', 'C', 'V'])
    {
        let numbers: Vec<i32> = command.split_whitespace().map(|n| n.parse().unwrap()).collect();
        match numbers.as_slice() {
            [] => {}
            [y] => points.push((points.last().unwrap().0, *y)),
            [.., x, y] => points.push((*x, *y)),
        }
    }
    points
}

#[test]
fn nothing_is_an_empty_drawing() {
    let layout = lay_out(&[], &[]).unwrap();
    assert_eq!((layout.boxes.len(), layout.routes.len()), (0, 0));
}

#[test]
fn one_source_of_two_users_stands_above_their_middle() {
    let layout = lay_out(&boxes(3), &links(&[(0, 1), (0, 2)])).unwrap();
    let [source, left, right] = layout.boxes.as_slice() else { panic!("three boxes") };
    assert_eq!(left.y, right.y, "both users are in one rank");
    assert!(source.bottom() < left.y, "files flow downwards");
    let middle = i32::midpoint(left.middle(), right.middle());
    assert!((source.middle() - middle).abs() <= 2, "{source:?} over {left:?} and {right:?}");
}

#[test]
fn a_straight_chain_is_drawn_straight() {
    let layout = lay_out(&boxes(3), &links(&[(0, 1), (1, 2)])).unwrap();
    let xs: Vec<i32> = layout.boxes.iter().map(|place| place.x).collect();
    assert_eq!(xs, [MARGIN; 3]);
    let first = layout.routes[0].as_ref().unwrap();
    assert!(!first.path.contains('C'), "no curve is needed: {}", first.path);
}

#[test]
fn edges_that_can_avoid_crossing_do() {
    // Two pairs given crosswise: 0→3 and 1→2 cross unless a rank is turned round.
    let layout = lay_out(&boxes(4), &links(&[(0, 3), (1, 2)])).unwrap();
    let [a, b, c, d] = layout.boxes.as_slice() else { panic!("four boxes") };
    assert_eq!(a.x < b.x, d.x < c.x, "{:?}", layout.boxes);
}

#[test]
fn a_source_used_late_stands_right_above_its_user() {
    let layout = lay_out(&boxes(4), &links(&[(0, 1), (1, 2), (3, 2)])).unwrap();
    assert_eq!(layout.boxes[3].y, layout.boxes[1].y);
}

#[test]
fn stages_without_edges_fill_rows_instead_of_one_long_rank() {
    let layout = lay_out(&boxes(9), &[]).unwrap();
    assert!(layout.size.width < 5 * (160 + BOX_GAP), "{:?}", layout.size);
    assert_eq!(overlaps(&layout), []);
}

#[test]
fn a_cycle_is_still_drawn() {
    let layout = lay_out(&boxes(3), &links(&[(0, 1), (1, 2), (2, 0), (1, 1), (0, 9)])).unwrap();
    let upwards: Vec<Option<bool>> =
        layout.routes.iter().map(|route| route.as_ref().map(|route| route.upwards)).collect();
    assert_eq!(upwards, [Some(false), Some(false), Some(true), None, None]);
    let back = layout.routes[2].as_ref().unwrap();
    assert_eq!(back.tip.1, layout.boxes[0].bottom(), "the arrow ends at the box it needs");
}

#[test]
fn a_hundred_and_fifty_stages_are_drawn_and_a_thousand_are_not() {
    let pairs: Vec<(usize, usize)> = (1..150).flat_map(|to| [(to - 1, to), (to / 2, to)]).collect();
    let layout = lay_out(&boxes(150), &links(&pairs)).expect("so many stages are a picture");
    assert_eq!(overlaps(&layout), []);
    assert_eq!(lay_out(&boxes(1000), &[]), None);
    let fan: Vec<(usize, usize)> = (1..400).flat_map(|to| [(to - 1, to), (0, to)]).collect();
    assert_eq!(lay_out(&boxes(400), &links(&fan)), None, "too many bends to order in time");
}

proptest! {
    #[test]
    fn every_drawing_is_clear(
        sizes in proptest::collection::vec((20..260_i32, 20..90_i32), 1..24),
        pairs in proptest::collection::vec((0..24_usize, 0..24_usize, 1..140_i32), 0..40),
        acyclic in any::<bool>(),
    ) {
        let boxes: Vec<Size> =
            sizes.iter().map(|(width, height)| Size { width: *width, height: *height }).collect();
        let links: Vec<Link> = pairs
            .iter()
            .map(|(from, to, width)| {
                let (from, to) = if acyclic { (*from.min(to), *from.max(to)) } else { (*from, *to) };
                Link { from, to, label: Size { width: *width, height: 18 } }
            })
            .collect();
        let layout = lay_out(&boxes, &links).expect("small graphs are drawn");
        prop_assert_eq!(overlaps(&layout), []);
        prop_assert_eq!(&layout, &lay_out(&boxes, &links).unwrap(), "the same twice");
        for (link, route) in links.iter().zip(&layout.routes) {
            let real = link.from != link.to && link.from < boxes.len() && link.to < boxes.len();
            prop_assert_eq!(route.is_some(), real);
            let Some(route) = route else { continue };
            let (from, to) = (layout.boxes[link.from], layout.boxes[link.to]);
            prop_assert!(!(acyclic && route.upwards), "without cycles everything flows down");
            if route.upwards {
                prop_assert!(to.bottom() < from.y);
            } else {
                prop_assert!(from.bottom() < to.y);
            }
            let path = points(&route.path);
            let (start, end) = (path[0], *path.last().unwrap());
            prop_assert_eq!(end, route.tip);
            prop_assert!(from.x <= start.0 && start.0 <= from.x + from.width);
            prop_assert!(to.x <= end.0 && end.0 <= to.x + to.width);
            let Rectangle { x, y, width, height } = route.bounds;
            let is_inside = |point: &(i32, i32)| {
                (x..=x + width).contains(&point.0) && (y..=y + height).contains(&point.1)
            };
            prop_assert!(path.iter().all(is_inside), "{} leaves {:?}", route.path, route.bounds);
            for (index, other) in layout.boxes.iter().enumerate() {
                let through = |(x, y): &(i32, i32)| {
                    other.x < *x && *x < other.x + other.width && other.y < *y && *y < other.bottom()
                };
                prop_assert!(!path.iter().any(through), "{} runs through box {index}", route.path);
            }
            prop_assert!(route.label.x >= 0 && route.label.x + route.label.width <= layout.size.width);
        }
    }
}
