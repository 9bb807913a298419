//! The stage graph as a drawing: files flow downwards, to the target.

use super::graph::{Edge, Graph};
use super::layout::{self, Layout, Link, MOST_BOXES, Rectangle, Size};
use super::words::{CHARACTER, TITLE_CHARACTER, count, size_words, width_of};
use super::{Anchor, Drawing, Role, boxes, nodes};
use crate::plan::EdgeKind;
use crate::report::Report;

/// Free space at the sides.
const MARGIN: i32 = 16;
/// Where the graph begins, below the title and the line under it.
const TOP: i32 = 64;
/// A drawing is at least this wide.
const LEAST_WIDTH: i32 = 360;

/// Draws stages, what flows between them, and images that they copy from. A graph that is too large
/// to be drawn with its edges is drawn without them, and of more than 400 boxes the first are drawn;
/// the line below the title says so.
#[must_use]
pub fn draw_stages(report: &Report) -> Drawing {
    let graph = Graph::of(report);
    let (layout, left_out) = lay_out(&graph);
    let title = "Stages of the build".to_owned();
    let note = match left_out {
        Some(left_out) => left_out,
        None => describe_image(report),
    };
    let words = width_of(&note, CHARACTER).max(width_of(&title, TITLE_CHARACTER)).max(LEAST_WIDTH);
    let width = layout.size.width.max(words) + 2 * MARGIN;
    let mut drawing = Drawing {
        size: Size { width, height: TOP + layout.size.height + MARGIN },
        description: format!("{note}.\n{}", graph.describe()),
        ..Drawing::default()
    };
    drawing.add_text(Role::Title, (MARGIN + layout::MARGIN, 32), Anchor::Start, title.as_str());
    drawing.add_text(Role::Note, (MARGIN + layout::MARGIN, 52), Anchor::Start, note);
    drawing.title = title;
    draw_graph(&mut drawing, &graph, &layout, ((width - layout.size.width) / 2, TOP));
    drawing
}

/// `3 stages; the image is ≈ 143 MB; files flow downwards`.
fn describe_image(report: &Report) -> String {
    let stages = count(report.stages.len(), "stage", "stages");
    let flow = if report.edges.is_empty() { "" } else { "; files flow downwards" };
    match report.target {
        Some(_) if !report.is_outline() => {
            format!("{stages}; the image is {}{flow}", size_words(&report.image_bytes))
        }
        _ => stages + flow,
    }
}

/// Places the graph; where not all of it, also says what is left out.
fn lay_out(graph: &Graph) -> (Layout, Option<String>) {
    let sizes: Vec<Size> = graph.nodes.iter().map(nodes::size_of).collect();
    let link = |edge: &Edge| {
        let label = boxes::room_for_label(&edge.label());
        Link { from: edge.from, to: edge.to, label }
    };
    let links: Vec<Link> = graph.edges.iter().map(link).collect();
    if let Some(layout) = layout::lay_out(&sizes, &links) {
        return (layout, None);
    }
    let drawn = sizes.get(..MOST_BOXES).unwrap_or(&sizes);
    let layout = layout::lay_out(drawn, &[]).unwrap_or_default();
    let said = match sizes.len() - drawn.len() {
        0 => format!("{} stages and images, too many for their edges to be drawn", sizes.len()),
        _ => {
            format!("The first {} of {} stages and images, without edges", drawn.len(), sizes.len())
        }
    };
    (layout, Some(said))
}

/// Draws edges first, then their labels, then boxes, so that no line crosses a word.
fn draw_graph(drawing: &mut Drawing, graph: &Graph, layout: &Layout, origin: (i32, i32)) {
    let moved =
        |place: Rectangle| Rectangle { x: place.x + origin.0, y: place.y + origin.1, ..place };
    let routes = || {
        let all = graph.edges.iter().zip(&layout.routes);
        all.filter_map(|(edge, route)| Some((edge, route.as_ref()?)))
    };
    for (edge, route) in routes() {
        let (line, tip) = roles(graph, edge);
        drawing.add_path(line, origin, route.path.clone());
        drawing.add_path(tip, origin, route.arrow());
    }
    for (edge, route) in routes() {
        let place = moved(route.label);
        drawing.add_box(Role::LabelBox, place, 4);
        let middle = (place.middle(), place.y + 14);
        drawing.add_text(Role::Label, middle, Anchor::Middle, edge.label());
    }
    for (node, place) in graph.nodes.iter().zip(&layout.boxes) {
        nodes::draw(drawing, node, moved(*place));
    }
}

/// How an edge's line and tip are drawn.
fn roles(graph: &Graph, edge: &Edge) -> (Role, Role) {
    if !graph.nodes.get(edge.to).is_some_and(|node| node.needed) {
        return (Role::UnusedEdge, Role::UnusedTip);
    }
    match edge.main_kind() {
        EdgeKind::From => (Role::From, Role::FromTip),
        EdgeKind::Copy => (Role::Copy, Role::CopyTip),
        EdgeKind::Mount => (Role::Mount, Role::MountTip),
        EdgeKind::Onbuild => (Role::Onbuild, Role::OnbuildTip),
    }
}
