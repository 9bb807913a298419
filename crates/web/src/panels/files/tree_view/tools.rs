//! The search field and the filter above the tree.

use std::rc::Rc;

use yew::{Event, Html, InputEvent, html};

use super::{Memory, View};
use crate::bindings::elements::value_of;
use crate::panels::files::rows::Filter;
use crate::panels::files::words;

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
                    placeholder="part of a path, or *.log"
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
pub(super) fn found(view: &View) -> String {
    let Memory { wish, rows, found, .. } = &*view.memory.borrow();
    let is_assumed = view.props.report.context.assumed.is_some();
    match (wish.query.is_empty(), rows.is_empty(), wish.filter) {
        (true, false, Filter::All) => String::new(),
        (true, true, _) => "No file is of this kind.".to_owned(),
        (false, true, _) => format!("Nothing matches “{}”.", wish.query),
        _ => format!("Found: {}.", words::amount(*found, is_assumed)),
    }
}
