//! Who builds after the edit, with which caches, on how many cores, and how often.

use layerwise_analyzer::cache::{Export, Runner};
use yew::{Callback, Event, Html, html};

use crate::bindings::elements::value_of;
use crate::panels::PanelProps;
use crate::state::{Action, Building, CacheMounts};

/// A list to choose from for each of them.
pub(super) fn building(props: &PanelProps) -> Html {
    let now = props.state.building;
    let choose = |after: fn(Building, usize) -> Option<Building>| {
        let action = move |at| Action::ChooseBuilding(after(now, at).unwrap_or(now));
        props.dispatch.reform(action)
    };
    let runners = Building::RUNNERS.map(|(_, runner, no_cache)| {
        (title(runner, no_cache), (runner, no_cache) == (now.runner, now.no_cache))
    });
    let by = choose(|now, at| {
        let (_, runner, no_cache) = *Building::RUNNERS.get(at)?;
        // Nobody exports them: another runner begins with what is usual for it.
        Some(Building { runner, no_cache, mounts: CacheMounts::Usual, ..now })
    });
    let is_cold = now.is_cold();
    let mounts = vec![("survive".to_owned(), !is_cold), ("are empty".to_owned(), is_cold)];
    let with = choose(|now, at| Some(now.with_cold(at == 1)));
    let on =
        choose(|now, at| Building::CORES.get(at).map(|cores| Building { cores: *cores, ..now }));
    let often = choose(|now, at| {
        Building::EDITS_A_DAY.get(at).map(|edits| Building { edits_a_day: *edits, ..now })
    });
    html! {
        <div class="cache-file">
            { list("cache-runner", "Built again by", runners.to_vec(), by) }
            { list("cache-mounts", "Cache mounts", mounts, with) }
            { list("cache-cores", "Cores", numbers(Building::CORES, now.cores), on) }
            { list("cache-edits", "Times a day", numbers(Building::EDITS_A_DAY, now.edits_a_day), often) }
        </div>
    }
}

fn title(runner: Runner, no_cache: bool) -> String {
    match runner {
        Runner::Same if no_cache => "the same builder, with --no-cache",
        Runner::Same => "the same builder",
        Runner::Fresh(Export::Nothing) => "a fresh runner without cache",
        Runner::Fresh(Export::Inline) => "a fresh runner, inline cache",
        Runner::Fresh(Export::Minimum) => "a fresh runner, registry or GitHub cache, mode=min",
        Runner::Fresh(Export::Maximum) => "a fresh runner, registry or GitHub cache, mode=max",
    }
    .to_owned()
}

fn numbers(all: [u32; 6], chosen: u32) -> Vec<(String, bool)> {
    all.map(|number| (number.to_string(), number == chosen)).to_vec()
}

/// A list of titles, of which one is chosen; `choose` is told the place of another.
fn list(
    id: &'static str,
    label: &'static str,
    options: Vec<(String, bool)>,
    choose: Callback<usize>,
) -> Html {
    let onchange = Callback::from(move |event: Event| {
        if let Ok(at) = value_of(&event).parse() {
            choose.emit(at);
        }
    });
    html! {
        <span class="cache-means">
            <label for={id}>{ label }</label>
            <select {id} {onchange}>
                for (at, (title, selected)) in options.into_iter().enumerate() {
                    <option value={at.to_string()} {selected}>{ title }</option>
                }
            </select>
        </span>
    }
}
