//! Draws many things bit by bit, so that the page answers to the person in between.

use yew::{
    Callback, Html, Properties, function_component, html, use_effect_with, use_mut_ref,
    use_state_eq,
};

use crate::bindings::timers::Timer;

/// Things drawn at a time. Thirty nodes of the stage graph take a slow phone some 50 milliseconds.
pub const AT_A_TIME: usize = 30;

/// What is drawn bit by bit.
#[derive(Clone, Debug, Properties, PartialEq)]
pub struct GradualProps {
    /// How many things there are.
    pub count: usize,
    /// Draws one, by its number from 0. As long as it is the same, nothing is drawn twice.
    pub item: Callback<usize, Html>,
}

/// The first things at once, the others soon after, in order.
#[function_component(Gradual)]
pub fn gradual(props: &GradualProps) -> Html {
    let groups = props.count.div_ceil(AT_A_TIME);
    let drawn = use_state_eq(|| 1_usize);
    let timer = use_mut_ref(|| None::<Timer>);
    use_effect_with((*drawn, *drawn < groups), {
        let drawn = drawn.setter();
        move |(now, more)| {
            let next = now + 1;
            // The browser draws, and hears the person, before a timer's turn comes.
            timer.replace(more.then(|| Timer::new(0, move || drawn.set(next))));
        }
    });
    let group = |group: usize| {
        let from = group * AT_A_TIME;
        let to = props.count.min(from + AT_A_TIME);
        html! { <Group {from} {to} item={props.item.clone()} /> }
    };
    html! { <>{ for (0..groups.min(*drawn)).map(group) }</> }
}

#[derive(Clone, Debug, Properties, PartialEq)]
struct GroupProps {
    from: usize,
    to: usize,
    item: Callback<usize, Html>,
}

/// Some of the things: a component, so that those that are there are left alone when more come.
#[function_component(Group)]
fn group(props: &GroupProps) -> Html {
    html! { <>{ for (props.from..props.to).map(|number| props.item.emit(number)) }</> }
}
