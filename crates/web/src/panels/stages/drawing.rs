//! The stage graph as a drawing.

mod nodes;

use std::rc::Rc;

use layerwise_analyzer::drawing::boxes::room_for_label;
use layerwise_analyzer::drawing::layout::{self, Layout, Link, MARGIN, Rectangle, Route, Size};
use layerwise_analyzer::plan::EdgeKind;
use yew::{
    Callback, Classes, Html, NodeRef, Properties, classes, function_component, hook, html,
    use_callback, use_effect_with, use_mut_ref, use_node_ref, use_state_eq,
};

use super::graph::{Graph, GraphEdge};
use super::sight::{Sight, around, drawn_size, scaled};
use crate::bindings::frames;

/// Places a graph's nodes and edges; `None` when it is too large to draw.
pub(super) fn lay_out(graph: &Graph) -> Option<Rc<Layout>> {
    let boxes: Vec<Size> = graph.nodes.iter().map(nodes::size).collect();
    let links: Vec<Link> = graph
        .edges
        .iter()
        .map(|edge| {
            let label = room_for_label(&edge.label());
            Link { from: edge.from, to: edge.to, label }
        })
        .collect();
    layout::lay_out(&boxes, &links).map(Rc::new)
}

/// What the drawing is given.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct DrawingProps {
    pub(super) graph: Rc<Graph>,
    pub(super) layout: Rc<Layout>,
    pub(super) selected: Option<usize>,
    /// Told the node that was clicked.
    pub(super) pick: Callback<usize>,
}

/// The drawing in a box of its own, which scrolls when the graph is wider than the panel. It opens
/// with the target in its middle.
#[function_component(Drawing)]
pub(super) fn drawing(props: &DrawingProps) -> Html {
    let (graph, layout) = (&props.graph, &props.layout);
    let centre = centre(graph, layout);
    let (frame, part, room, look) = use_sight(layout, centre);
    // Who scrolls away from a node that has the focus must not lose it.
    let focused = use_state_eq(|| None::<usize>);
    let focus = use_callback((), {
        let focused = focused.setter();
        move |node, ()| focused.set(Some(node))
    });
    let sight = Sight::of(layout, part, centre);
    let Size { width, height } = layout.size;
    let drawn = drawn_size(layout, room);
    let edges = || {
        let routes = graph.edges.iter().zip(&layout.routes).enumerate();
        routes.filter_map(|(at, (edge, route))| Some((at, edge, route.as_ref()?)))
    };
    let lines = edges().filter(|(.., route)| sight.holds(route.bounds));
    let labels = edges().filter(|(.., route)| sight.holds(route.label));
    let boxes = layout.boxes.iter().enumerate();
    let boxes = boxes.filter(|(at, place)| sight.holds(**place) || *focused == Some(*at));
    html! {
        <div ref={frame} class="stage-drawing" onscroll={look.reform(|_| ())}>
            <svg
                class="stage-graph"
                width={drawn.width.to_string()}
                height={drawn.height.to_string()}
                viewBox={format!("0 0 {width} {height}")}
                role="group"
                aria-label="Stage graph; files flow downwards"
            >
                <g aria-hidden="true">
                    { for lines.map(|(at, edge, route)| draw_edge(graph, edge, route, at)) }
                </g>
                <g aria-hidden="true">
                    { for labels.map(|(at, edge, route)| draw_label(graph, edge, route, at)) }
                </g>
                <g>
                    { for boxes.map(|(at, place)| nodes::draw(props, &focus, at, *place)) }
                </g>
            </svg>
        </div>
    }
}

/// Where the drawing opens: at the target, or else at its top.
fn centre(graph: &Graph, layout: &Layout) -> Rectangle {
    let target = graph.nodes.iter().zip(&layout.boxes).find(|(node, _)| node.need == "target");
    let top = Rectangle { width: layout.size.width, ..Rectangle::default() };
    target.map_or(top, |(_, place)| *place)
}

/// The box, the part of the drawing in and around its sight, the box's width, and what looks again.
#[hook]
fn use_sight(
    layout: &Rc<Layout>,
    centre: Rectangle,
) -> (NodeRef, Option<Rectangle>, Option<i32>, Callback<()>) {
    let frame = use_node_ref();
    let part = use_state_eq(|| None::<Rectangle>);
    let room = use_state_eq(|| None::<i32>);
    let opened_at = use_mut_ref(|| None::<(i32, i32)>);
    let look = use_callback(frame.clone(), {
        let (part, room) = (part.setter(), room.setter());
        move |(), frame| {
            let seen = frames::seen(frame);
            room.set(seen.map(|seen| seen.width));
            part.set(seen.map(around));
        }
    });
    use_effect_with((Rc::clone(layout), centre), {
        let (frame, look) = (frame.clone(), look.clone());
        move |(layout, centre)| {
            let seen = frames::seen(&frame);
            let drawn = drawn_size(layout, seen.map(|seen| seen.width));
            // Whoever has scrolled the drawing keeps the place they chose.
            let mut opened_at = opened_at.borrow_mut();
            let now = seen.map(|seen| (seen.left, seen.top));
            if opened_at.is_none() || *opened_at == now {
                let bottom = scaled(centre.bottom() + MARGIN, drawn.width, layout.size.width);
                *opened_at = frames::scroll_to(&frame, centre.middle(), bottom);
            }
            look.emit(());
        }
    });
    use_effect_with((), {
        let look = look.clone();
        move |()| {
            let listener = frames::on_resize(move || look.emit(()));
            move || drop(listener)
        }
    });
    (frame, *part, *room, look)
}

fn draw_edge(graph: &Graph, edge: &GraphEdge, route: &Route, key: usize) -> Html {
    html! {
        <g {key} class={edge_classes(graph, edge)}>
            <path class="stage-edge-line" d={route.path.clone()} />
            <path class="stage-edge-arrow" d={route.arrow()} />
        </g>
    }
}

fn draw_label(graph: &Graph, edge: &GraphEdge, route: &Route, key: usize) -> Html {
    let Rectangle { x, y, width, height } = route.label;
    html! {
        <g {key} class={edge_classes(graph, edge)}>
            <rect
                class="stage-edge-label-box"
                x={x.to_string()}
                y={y.to_string()}
                width={width.to_string()}
                height={height.to_string()}
                rx="4"
            />
            <text
                class="stage-edge-label"
                x={(x + width / 2).to_string()}
                y={(y + 14).to_string()}
                text-anchor="middle"
            >
                { edge.label() }
            </text>
        </g>
    }
}

fn edge_classes(graph: &Graph, edge: &GraphEdge) -> Classes {
    let kind = match edge.main_kind() {
        EdgeKind::From => "stage-edge-from",
        EdgeKind::Copy => "stage-edge-copy",
        EdgeKind::Mount => "stage-edge-mount",
        EdgeKind::Onbuild => "stage-edge-onbuild",
    };
    let needed = graph.nodes.get(edge.to).is_some_and(|node| node.needed);
    classes!("stage-edge", kind, (!needed).then_some("stage-edge-not-needed"))
}
