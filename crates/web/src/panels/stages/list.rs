//! The stage graph in words: the drawing's twin, for screen readers and for details.

use std::rc::Rc;

use yew::{Callback, Html, Properties, classes, function_component, html, use_callback};

use super::graph::{Graph, Node, Subject};
use crate::widgets::long_list::LongList;

/// What the list is given.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct StageListProps {
    pub(super) graph: Rc<Graph>,
    pub(super) selected: Option<usize>,
    /// Told the node that was clicked.
    pub(super) pick: Callback<usize>,
}

/// Every node with its facts and what it gives to others.
#[function_component(StageList)]
pub(super) fn stage_list(props: &StageListProps) -> Html {
    let count = props.graph.nodes.len();
    let item =
        use_callback(props.clone(), |index: usize, props| match props.graph.nodes.get(index) {
            Some(node) => list_item(props, index, node),
            None => Html::default(),
        });
    html! {
        <section class="stage-list" aria-labelledby="stage-list-title">
            <h3 id="stage-list-title">{ "In words" }</h3>
            <LongList {count} {item} noun="stages and images" />
        </section>
    }
}

fn list_item(props: &StageListProps, index: usize, node: &Node) -> Html {
    let selected = match node.subject {
        Subject::Stage(stage) => Some(props.selected == Some(stage)),
        Subject::Image(_) => None,
    };
    let onclick = {
        let pick = props.pick.clone();
        move |_| pick.emit(index)
    };
    let facts = [
        node.from.as_str(),
        node.size_with_range.as_str(),
        node.steps.as_str(),
        if selected.is_some() { node.need } else { "external image" },
    ];
    let facts: Vec<&str> = facts.into_iter().filter(|fact| !fact.is_empty()).collect();
    let dim = (!node.needed).then_some("stage-list-not-needed");
    let selected_class = (selected == Some(true)).then_some("stage-list-selected");
    html! {
        <li class={classes!(dim, selected_class)}>
            <button
                type="button"
                class="text-button stage-list-name"
                aria-pressed={selected.map(|selected| selected.to_string())}
                {onclick}
            >
                { &node.title }
                <span class="stage-list-line">{ format!(" line {}", node.line) }</span>
            </button>
            <span class="stage-list-facts">{ facts.join(" — ") }</span>
            if !node.gives.is_empty() {
                <span class="stage-list-gives">{ node.gives.join("; ") }</span>
            }
        </li>
    }
}
