//! Tabs as assistive technology knows them: one stop for the Tab key, arrows between them.

use yew::{AttrValue, Callback, Html, KeyboardEvent, html};

use crate::bindings::elements::focus_id;

/// One tab.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tab {
    /// Its id, unique in its row.
    pub id: AttrValue,
    /// What it says.
    pub title: AttrValue,
}

/// A row of tabs.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct TabRow {
    /// Unique in the page: ids of tabs and panels start with it.
    pub name: AttrValue,
    /// What the row is, for screen readers.
    pub label: AttrValue,
    /// The tabs in order.
    pub tabs: Vec<Tab>,
    /// Id of the open one.
    pub open: AttrValue,
    /// Told the id of the tab to open.
    pub on_open: Callback<AttrValue>,
}

/// Id of the element of a tab.
#[must_use]
pub(super) fn tab_id(name: &str, tab: &str) -> String {
    format!("{name}-tab-{tab}")
}

/// Id of the element that a tab shows.
#[must_use]
pub(super) fn panel_id(name: &str, tab: &str) -> String {
    format!("{name}-panel-{tab}")
}

/// Draws the row; what the tabs show is the caller's business.
pub(super) fn tabs(props: &TabRow) -> Html {
    let onkeydown = {
        let props = props.clone();
        move |event: KeyboardEvent| {
            let at = props.tabs.iter().position(|tab| tab.id == props.open).unwrap_or(0);
            let next = next_tab(at, props.tabs.len(), &event.key());
            if let Some(tab) = next.and_then(|next| props.tabs.get(next)) {
                event.prevent_default();
                props.on_open.emit(tab.id.clone());
                focus_id(&tab_id(&props.name, &tab.id));
            }
        }
    };
    let one = |tab: &Tab| {
        let open = tab.id == props.open;
        let (on_open, id) = (props.on_open.clone(), tab.id.clone());
        html! {
            <button
                key={tab.id.as_str()}
                type="button"
                role="tab"
                class="tabs__tab"
                id={tab_id(&props.name, &tab.id)}
                aria-selected={open.to_string()}
                aria-controls={panel_id(&props.name, &tab.id)}
                tabindex={if open { "0" } else { "-1" }}
                onclick={move |_| on_open.emit(id.clone())}
            >
                { &tab.title }
            </button>
        }
    };
    html! {
        <div class="tabs" role="tablist" aria-label={props.label.clone()} {onkeydown}>
            { for props.tabs.iter().map(one) }
        </div>
    }
}

/// The tab a key leads to from the one at `at`; `None` for other keys.
fn next_tab(at: usize, count: usize, key: &str) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match key {
        "ArrowRight" => Some(if at >= last { 0 } else { at + 1 }),
        "ArrowLeft" => Some(if at == 0 { last } else { at - 1 }),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next_tab;

    #[test]
    fn arrows_go_round_and_other_keys_go_nowhere() {
        let cases = [
            (0, "ArrowRight", Some(1)),
            (2, "ArrowRight", Some(0)),
            (0, "ArrowLeft", Some(2)),
            (1, "Home", Some(0)),
            (1, "End", Some(2)),
            (1, "Tab", None),
        ];
        for (at, key, next) in cases {
            assert_eq!(next_tab(at, 3, key), next, "{key} from tab {at}");
        }
        assert_eq!(next_tab(0, 0, "ArrowRight"), None, "no tabs");
    }
}
