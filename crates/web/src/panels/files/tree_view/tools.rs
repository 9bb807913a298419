//! The search field and the filter above the tree.

use std::rc::Rc;

use yew::{Event, Html, InputEvent, html};

use super::{Memory, View};
use crate::bindings::elements::value_of;
use crate::format;
use crate::panels::files::rows::Filter;

/// The search field and the filter.
pub(super) fn tools(view: &Rc<View>) -> Html {
    let wish = view.memory.borrow().wish.clone();
    let oninput = {
        let view = Rc::clone(view);
        move |event: InputEvent| view.change(|wish| wish.search(value_of(&event)))
    };
    let onchange = {
        let view = Rc::clone(view);
        move |event: Event| {
            let value = value_of(&event);
            let chosen = Filter::ALL.iter().find(|(_, name)| *name == value);
            view.change(|wish| wish.filter = chosen.map_or(Filter::All, |(filter, _)| *filter));
        }
    };
    let choice = |(filter, name): &(Filter, &'static str)| {
        let selected = wish.filter == *filter;
        html! { <option key={*name} value={*name} {selected}>{ *name }</option> }
    };
    html! {
        <div class="files-tools">
            <label class="files-tool">
                { "Search" }
                <input
                    type="search"
                    class="files-search"
                    value={wish.query.clone()}
                    placeholder="part of a path"
                    autocomplete="off"
                    autocapitalize="off"
                    spellcheck="false"
                    {oninput}
                />
            </label>
            <label class="files-tool">
                { "Show" }
                <select class="files-filter" {onchange}>{ for Filter::ALL.iter().map(choice) }</select>
            </label>
        </div>
    }
}

/// What a search or filter led to; empty without one.
pub(super) fn found(memory: &Memory) -> String {
    let Memory { wish, rows, .. } = memory;
    match (wish.query.is_empty(), rows.is_empty()) {
        (true, false) => String::new(),
        (true, true) => "No file is of this kind.".to_owned(),
        (false, true) => format!("No path holds “{}”.", wish.query),
        (false, false) => format!("{} rows.", format::number(rows.len() as u64)),
    }
}
