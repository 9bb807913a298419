//! A better order of the lines: what the edit rebuilds there, beside what it rebuilds now, and a button
//! that puts them in it.

use yew::{Callback, Html, UseStateHandle, html};

use super::undo::{Applied, UNDO};
use super::words::badge;
use crate::bindings::elements::focus_soon;
use crate::format;
use crate::panels::PanelProps;
use crate::panels::lines::line_and_code;
use crate::state::Action;
use crate::widgets::button::button_of;
use crate::widgets::prose::prose;
use crate::worker::{CacheAnswer, TriedOrder, TriedStep};

/// Characters of an instruction.
const MOST_OF_INSTRUCTION: usize = 60;

/// The proposal; nothing where the lines stand well.
pub(super) fn order(
    props: &PanelProps,
    answer: &CacheAnswer,
    applied: &UseStateHandle<Option<Applied>>,
) -> Html {
    let Some(tried) = &answer.order else { return Html::default() };
    html! {
        <section class="cache-order" aria-labelledby="cache-order-title">
            <h3 id="cache-order-title">{ "Proposed order" }</h3>
            <p>
                { format!("When {}: ", tried.title) }
                <strong>{ &tried.gain }</strong>
            </p>
            <ul class="cache-moves">
                for told in &tried.order.moves {
                    <li>{ prose(told) }</li>
                }
                if tried.order.dockerignore.is_some() {
                    <li>
                        { prose(&format!(
                            "`{}` leaves out what the install writes, so that your own copy of it \
                             does not cover that.",
                            props.state.ignore_name(),
                        )) }
                    </li>
                }
            </ul>
            for condition in &tried.order.conditions {
                <p class="cache-note">{ "The image stays the same if this holds: " }{ prose(condition) }</p>
            }
            <p>{ button_of("button button--primary", html! { "Apply this order" }, apply(props, answer, tried, applied)) }</p>
            { table(tried) }
        </section>
    }
}

/// Puts the lines in order, in the texts that the proposal is for, and remembers them. The edit that
/// was tried stays the one that is.
fn apply<Event>(
    props: &PanelProps,
    answer: &CacheAnswer,
    tried: &TriedOrder,
    applied: &UseStateHandle<Option<Applied>>,
) -> Callback<Event> {
    let applied = applied.setter();
    let (input, state, dispatch) =
        (props.input.clone(), props.state.clone(), props.dispatch.clone());
    let (order, edit) = (tried.order.clone(), answer.edit.clone());
    Callback::from(move |_| {
        if input.dockerfile != state.input.dockerfile {
            return;
        }
        let before = (state.input.dockerfile.clone(), state.input.dockerignore.clone());
        let ignore = order.dockerignore.clone().or_else(|| before.1.clone());
        applied.set(Some(Applied { before, after: (order.dockerfile.clone(), ignore) }));
        dispatch.emit(Action::ChooseEdit(edit.clone().into()));
        dispatch.emit(Action::ReplaceTexts {
            dockerfile: order.dockerfile.clone(),
            dockerignore: order.dockerignore.clone(),
        });
        focus_soon(UNDO.to_owned());
    })
}

fn table(tried: &TriedOrder) -> Html {
    html! {
        <div class="cache-table-box" role="group" tabindex="0" aria-labelledby="cache-order-title">
            <table class="cache-table">
                <thead>
                    <tr>
                        <th scope="col">{ "In this order" }</th>
                        <th scope="col">{ "Now" }</th>
                        <th scope="col">{ "Then" }</th>
                    </tr>
                </thead>
                <tbody>{ for tried.steps.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn row(step: &TriedStep) -> Html {
    html! {
        <tr>
            <th scope="row">
                { line_and_code(step.line, &format::shorten(&step.instruction, MOST_OF_INSTRUCTION)) }
            </th>
            <td>{ step.now.map_or_else(|| html! { "new" }, badge) }</td>
            <td>{ badge(step.then) }</td>
        </tr>
    }
}
