//! The stage graph, drawn and in words.

mod drawing;
mod graph;
mod list;
mod sight;

use std::rc::Rc;

use layerwise_analyzer::report::Report;
use layerwise_analyzer::text::Span;
use yew::{Callback, Html, function_component, hook, html, use_callback, use_memo};

use super::lines::instruction_at;
use super::{Panel, PanelProps};
use crate::handle::ReportHandle;
use crate::state::Action;
use crate::widgets::notice::{Tone, notice};
use drawing::Drawing;
use graph::{Graph, Subject};
use list::StageList;

/// The stage graph.
pub(super) const STAGES: Panel =
    Panel { id: "stages", title: "Stages", render: |props| html! { <Stages ..props.clone() /> } };

/// What a click needs to know.
#[derive(Clone, PartialEq)]
struct Facts {
    graph: Rc<Graph>,
    report: ReportHandle,
    selected: Option<usize>,
    dispatch: Callback<Action>,
}

#[function_component(Stages)]
fn stages(props: &PanelProps) -> Html {
    let graph = use_memo(props.report.clone(), |report| Graph::of(report));
    let (drawing, pick) = use_drawing(props, &graph);
    if props.report.stages.is_empty() {
        return notice(
            "No stage yet",
            Tone::Quiet,
            html! {
                <p>
                    { "A stage begins with " }<code>{ "FROM" }</code>
                    { ". Paste a Dockerfile, or open an example." }
                </p>
            },
        );
    }
    html! {
        <div class="panel panel-stages">
            if let Some(drawing) = drawing {
                { drawing }
            } else {
                { notice("Too large for a drawing", Tone::Quiet, html! {
                    <p>{ "The list has all of them." }</p>
                }) }
            }
            <StageList {graph} selected={props.state.selected_stage} {pick} />
        </div>
    }
}

/// The drawing alone, its stages coloured by what becomes of them after the edit that is tried;
/// nothing where there is only one stage, or too many to draw.
#[function_component(OutcomeMap)]
pub(super) fn outcome_map(props: &PanelProps) -> Html {
    let facts = (props.report.clone(), props.cache.clone());
    let graph = use_memo(facts, |(report, cache)| {
        let mut graph = Graph::of(report);
        if let Some(replayed) = cache.as_ref().and_then(|answer| answer.replayed.as_ref()) {
            graph.take_outcomes(replayed.steps.iter().map(|step| (step.stage, step.outcome)));
        }
        graph
    });
    let (drawing, _) = use_drawing(props, &graph);
    drawing.filter(|_| props.report.stages.len() > 1).unwrap_or_default()
}

/// A graph as a drawing, where it is small enough for one, and what a click on a node does.
#[hook]
fn use_drawing(props: &PanelProps, graph: &Rc<Graph>) -> (Option<Html>, Callback<usize>) {
    let layout = use_memo(Rc::clone(graph), |graph| drawing::lay_out(graph));
    let selected = props.state.selected_stage;
    let facts = Facts {
        graph: Rc::clone(graph),
        report: props.report.clone(),
        selected,
        dispatch: props.dispatch.clone(),
    };
    let pick = use_callback(facts, pick);
    let drawing = (*layout).clone().map(|layout| {
        html! { <Drawing graph={Rc::clone(graph)} {layout} {selected} pick={pick.clone()} /> }
    });
    (drawing, pick)
}

/// What a click on a node does: a stage is selected, or released when it was; an external image
/// shows the first line that names it.
fn pick(node: usize, facts: &Facts) {
    let Facts { graph, report, selected, dispatch } = facts;
    match graph.nodes.get(node).map(|node| &node.subject) {
        Some(Subject::Stage(index)) => {
            let released = *selected == Some(*index);
            dispatch.emit(Action::SelectStage((!released).then_some(*index)));
        }
        Some(Subject::Image(reference)) => {
            if let Some(span) = first_use(report, reference) {
                dispatch.emit(Action::Reveal(span));
            }
        }
        None => {}
    }
}

/// The first instruction that takes files from an image.
fn first_use(report: &Report, reference: &str) -> Option<Span> {
    let names = |image: &Option<String>| image.as_deref() == Some(reference);
    let edge = report.edges.iter().find(|edge| names(&edge.image))?;
    instruction_at(report, edge.line)
}
