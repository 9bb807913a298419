//! The menu of examples.

use std::rc::Rc;

use yew::platform::spawn_local;
use yew::{
    AttrValue, Callback, FocusEvent, Html, KeyboardEvent, Properties, function_component, html,
    use_effect_with, use_node_ref, use_state_eq,
};

use crate::bindings::elements::{focus, focus_leaves};
use crate::bindings::examples::{self, Row};
use crate::widgets::button::button_of;

/// Who is told.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ExamplesMenuProps {
    /// Told the id of the example that was chosen.
    pub on_choose: Callback<AttrValue>,
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
    let on_choose = {
        let (open, on_choose, button) = (open.clone(), props.on_choose.clone(), button.clone());
        Callback::from(move |id| {
            open.set(false);
            focus(&button);
            on_choose.emit(id);
        })
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
            <div id="examples-list" class="menu__list" hidden={!*open}>
                if *open {
                    <ExampleList label="Examples" {on_choose} />
                }
            </div>
        </div>
    }
}

/// Who is told, and what the list is called.
#[derive(Clone, Properties, PartialEq)]
pub(super) struct ExampleListProps {
    /// Its name, for those who hear it.
    pub label: &'static str,
    /// Told the id of the example that was chosen.
    pub on_choose: Callback<AttrValue>,
}

fn cell(row: &Row, at: usize) -> AttrValue {
    row.get(at).cloned().flatten().unwrap_or_default().into()
}

/// All examples below their headings, once they are loaded; the next list tries again where they did
/// not come.
#[function_component(ExampleList)]
pub(super) fn example_list(props: &ExampleListProps) -> Html {
    let rows = use_state_eq(|| Some(Rc::default()));
    use_effect_with((), {
        let rows = rows.setter();
        move |()| spawn_local(async move { rows.set(examples::list().await.map(Rc::new)) })
    });
    let Some(all) = &*rows else {
        return html! {
            <p class="menu__said" role="alert">
                { "The examples could not be loaded. Open “Examples” above to try again." }
            </p>
        };
    };
    let all: &[Row] = all;
    let groups = all.chunk_by(|one, other| one.first() == other.first());
    let group = |rows: &[Row]| {
        let items = rows.iter().map(|row| {
            let [id, title, story, target] = [1, 2, 3, 4].map(|at| cell(row, at));
            let content = html! {
                <>
                    <span class="menu__title">{ title }</span>
                    <span class="menu__target">{ target }</span>
                    <span class="menu__about">{ story }</span>
                </>
            };
            let choose = props.on_choose.reform(move |_| id.clone());
            html! { <li>{ button_of("menu__item", content, choose) }</li> }
        });
        let heading = rows.first().map(|row| cell(row, 0)).unwrap_or_default();
        html! {
            <li>
                <span class="menu__group" aria-hidden="true">{ &heading }</span>
                <ul class="menu__items" aria-label={heading.clone()}>{ for items }</ul>
            </li>
        }
    };
    html! { <ul class="menu__groups" aria-label={props.label}>{ for groups.map(group) }</ul> }
}
