//! How an assumed size is dragged, typed and forgotten.

use layerwise_analyzer::report::ReportedAssumption;
use layerwise_analyzer::size::Bytes;
use yew::{Callback, Event, Html, InputEvent, classes, html};

use super::steps::Steps;
use crate::bindings::elements::{complain, focus_soon, value_of};
use crate::format::parse_bytes_or_nothing;
use crate::panels::PanelProps;
use crate::state::Action;
use crate::widgets::button::button_called;

/// Id of the slider with this number.
pub(super) fn slider_id(index: usize) -> String {
    format!("assumption-{index}")
}

/// A slider, a field, and a way back for what was typed.
pub(super) fn controls(
    props: &PanelProps,
    index: usize,
    assumption: &ReportedAssumption,
    typed: Option<Bytes>,
) -> Html {
    let steps = Steps::of(&assumption.default);
    let likely = assumption.bytes.best_known();
    let position = steps.nearest(typed.unwrap_or(likely).0);
    let last = steps.last();
    let is_own = props.state.input.assumed_sizes.iter().any(|(key, _)| *key == assumption.key);
    let set = {
        let key = assumption.key.clone();
        props.dispatch.reform(move |bytes| Action::SetAssumedSize(key.clone(), bytes))
    };
    let (label, id) = (&assumption.label, slider_id(index));
    let oninput = set.reform(move |event: InputEvent| {
        value_of(&event).parse().ok().and_then(|position| steps.get(position))
    });
    let reset = {
        let (set, id) = (set.clone(), id.clone());
        Callback::from(move |_| {
            set.emit(None);
            focus_soon(id.clone());
        })
    };
    html! {
        <div class="assumption-controls">
            <input
                {id}
                type="range"
                min="0"
                max={last.to_string()}
                value={position.to_string()}
                aria-label={format!("Size of {label}")}
                aria-valuetext={typed.unwrap_or(likely).to_string()}
                {oninput}
            />
            <input
                type="text"
                class="options__field"
                autocomplete="off"
                value={typed.map(|bytes| bytes.to_string())}
                placeholder={format!("≈ {likely}")}
                aria-label={format!("Type the size of {label}")}
                onchange={on_text(set)}
            />
            // Its room is kept, so that nothing moves under the hand that drags.
            <span class={classes!("keeps-room", (!is_own).then_some("keeps-room-empty"))}>
                { button_called("Reset", format!("Reset {label}"), reset) }
            </span>
        </div>
    }
}

/// Takes a typed size; an emptied field forgets it.
fn on_text(set: Callback<Option<u64>>) -> Callback<Event> {
    Callback::from(move |event: Event| match parse_bytes_or_nothing(&value_of(&event)) {
        Ok(bytes) => {
            complain(&event, "");
            set.emit(bytes);
        }
        Err(reason) => complain(&event, &reason.to_string()),
    })
}
