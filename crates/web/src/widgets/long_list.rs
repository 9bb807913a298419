//! A list that stays quick however long it is: it begins short, and its items come bit by bit.

use yew::{AttrValue, Callback, Classes, Html, Properties, function_component, html, use_state_eq};

use crate::widgets::button::button;
use crate::widgets::gradual::Gradual;

/// Items shown at first. A person reads no more at once.
const FIRST: usize = 200;

/// What a long list shows.
#[derive(Clone, Debug, Properties, PartialEq)]
pub struct LongListProps {
    /// How many items there are.
    pub count: usize,
    /// Draws one item, by its number from 0, as a list item.
    pub item: Callback<usize, Html>,
    /// What the items are, in the plural, for the button that shows all.
    pub noun: AttrValue,
    /// Classes of the list.
    #[prop_or_default]
    pub class: Classes,
}

/// An ordered list of the first items, with a button for the rest.
#[function_component(LongList)]
pub fn long_list(props: &LongListProps) -> Html {
    let whole = use_state_eq(|| false);
    let shown = if *whole { props.count } else { props.count.min(FIRST) };
    let show_all = {
        let whole = whole.clone();
        Callback::from(move |_| whole.set(true))
    };
    html! {
        <>
            <ol class={props.class.clone()}>
                <Gradual count={shown} item={props.item.clone()} />
            </ol>
            if shown < props.count {
                { button(&format!("Show all {} {}", props.count, props.noun), show_all) }
            }
        </>
    }
}
