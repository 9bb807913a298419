//! The menu of bundled examples.

use yew::{
    Callback, FocusEvent, Html, KeyboardEvent, MouseEvent, Properties, function_component, html,
    use_node_ref, use_state_eq,
};

use crate::bindings::elements::{focus, focus_leaves};
use crate::examples::{self, Example};
use crate::widgets::button::button_of;

/// Who is told.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ExamplesMenuProps {
    /// Told the example that was chosen.
    pub on_choose: Callback<&'static Example>,
}

/// A button that unfolds the list; Escape folds it, and so does leaving it.
#[function_component(ExamplesMenu)]
pub(super) fn examples_menu(props: &ExamplesMenuProps) -> Html {
    let open = use_state_eq(|| false);
    let (whole, button) = (use_node_ref(), use_node_ref());
    let toggle = {
        let open = open.clone();
        move |_| open.set(!*open)
    };
    let onkeydown = {
        let (open, button) = (open.clone(), button.clone());
        move |event: KeyboardEvent| {
            if event.key() == "Escape" && *open {
                open.set(false);
                focus(&button);
            }
        }
    };
    let onfocusout = {
        let (open, whole) = (open.clone(), whole.clone());
        move |event: FocusEvent| {
            if focus_leaves(&event, &whole) {
                open.set(false);
            }
        }
    };
    let one = |example: &'static Example| {
        let (open, on_choose, button) = (open.clone(), props.on_choose.clone(), button.clone());
        let choose = Callback::from(move |_| {
            open.set(false);
            focus(&button);
            on_choose.emit(example);
        });
        example_item(example, choose)
    };
    html! {
        <div ref={whole} class="menu" {onkeydown} {onfocusout}>
            <button
                ref={button.clone()}
                type="button"
                class="button"
                aria-expanded={open.to_string()}
                aria-controls="examples-list"
                onclick={toggle}
            >
                { "Examples" }
            </button>
            <ul id="examples-list" class="menu__list" aria-label="Examples" hidden={!*open}>
                { for examples::ALL.iter().map(one) }
            </ul>
        </div>
    }
}

/// An example as an item of a list.
pub(super) fn example_item(example: &Example, choose: Callback<MouseEvent>) -> Html {
    let content = html! {
        <>
            <span class="menu__title">{ example.title }</span>
            <span class="menu__about">{ example.about }</span>
        </>
    };
    html! { <li key={example.id}>{ button_of("menu__item", content, choose) }</li> }
}
