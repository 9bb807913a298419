//! Pictures as SVG in the page, in the colours of its theme (`static/pictures.css`).

use super::{element, text};
use crate::view::{Node, Picture, Shape};

/// A picture below its heading, in a frame that scrolls where it is too wide.
pub(super) fn one(picture: &Picture) -> Node {
    let [left, top, width, height] = picture.frame;
    let size = [width.to_string(), height.to_string()];
    let frame = format!("{left} {top} {width} {height}");
    let attributes = [
        ("class", "view-picture-shapes"),
        ("role", "img"),
        ("aria-label", &picture.label),
        ("viewBox", &frame),
        ("width", &size[0]),
        ("height", &size[1]),
    ];
    let drawn = element("svg", &attributes, picture.shapes.iter().map(shape).collect());
    let label = format!("{}: {}", picture.title, picture.label);
    let frame =
        [("class", "view-picture"), ("role", "group"), ("tabindex", "0"), ("aria-label", &label)];
    let heading = element("p", &[("class", "view-picture-title")], vec![text(&picture.title)]);
    element("div", &[], vec![heading, element("div", &frame, vec![drawn])])
}

fn shape(shape: &Shape) -> Node {
    match shape {
        Shape::Box { class, place, radius } => {
            let [x, y, width, height] = place.map(|it| it.to_string());
            let rounded = radius.to_string();
            let attributes = [
                ("class", class.as_str()),
                ("x", &x),
                ("y", &y),
                ("width", &width),
                ("height", &height),
                ("rx", &rounded),
            ];
            element("rect", &attributes, Vec::new())
        }
        Shape::Path { class, origin: (x, y), data } => {
            let moved = format!("translate({x} {y})");
            let attributes = [("class", class.as_str()), ("transform", &moved), ("d", data)];
            element("path", &attributes, Vec::new())
        }
        Shape::Text { class, at: (x, y), anchor, text: says } => {
            let (x, y) = (x.to_string(), y.to_string());
            let attributes =
                [("class", class.as_str()), ("x", &x), ("y", &y), ("text-anchor", anchor)];
            element("text", &attributes, vec![text(says)])
        }
    }
}
