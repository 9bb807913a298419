//! What the final image holds, as a drawing and as a list.

mod tiles;

use layerwise_analyzer::report::ReportedContent;
use yew::{Callback, Html, KeyboardEvent, function_component, html, use_memo, use_state_eq};

use super::categories::{class_of, spot};
use crate::format;
use crate::panels::PanelProps;
use crate::panels::lines::{line_link, reveal};
use crate::widgets::long_list::LongList;
use crate::widgets::prose::prose;
use tiles::{TileView, tiles_of};

/// A tile for each part of the image that weighs something. One stop of the Tab key: arrows go from
/// tile to tile.
#[function_component(Contents)]
pub(super) fn contents(props: &PanelProps) -> Html {
    let tiles = use_memo(props.report.clone(), |report| tiles_of(&report.contents));
    let current = use_state_eq(|| None::<usize>);
    if tiles.is_empty() {
        return Html::default();
    }
    let shown = (*current).filter(|current| *current < tiles.len());
    let act = {
        let (props, tiles) = (props.clone(), tiles.clone());
        Callback::from(move |tile: usize| {
            let content = tiles.get(tile).and_then(|it| props.report.contents.get(it.content));
            if let Some(line) = content.and_then(|content| content.line) {
                reveal(&props, line);
            }
        })
    };
    let look = Callback::from({
        let current = current.setter();
        move |tile: usize| current.set(Some(tile))
    });
    let onkeydown = {
        let (look, act, count) = (look.clone(), act.clone(), tiles.len());
        Callback::from(move |event: KeyboardEvent| {
            match step(&event.key(), shown, count) {
                Some(Step::Go(tile)) => look.emit(tile),
                Some(Step::Act(tile)) => act.emit(tile),
                None => return,
            }
            event.prevent_default();
        })
    };
    let onfocus = look.reform(move |_| shown.unwrap_or(0));
    let tile = |(at, view): (usize, &TileView)| {
        let Some(content) = props.report.contents.get(view.content) else { return Html::default() };
        tiles::draw(view, content, at, shown == Some(at), &look, &act)
    };
    let shown_content = shown.and_then(|at| props.report.contents.get(tiles.get(at)?.content));
    html! {
        <section class="layers-section" aria-labelledby="layers-contents">
            <h3 id="layers-contents">{ "In the final image" }</h3>
            <div class="treemap">
                <svg
                    class="treemap-drawing"
                    role="listbox"
                    tabindex="0"
                    aria-label="What the image holds, largest first"
                    aria-activedescendant={shown.map(tiles::id)}
                    {onkeydown}
                    {onfocus}
                >
                    { for tiles.iter().enumerate().map(tile) }
                </svg>
            </div>
            { facts(props, shown_content) }
            { list(props) }
        </section>
    }
}

/// What a key does.
#[derive(Debug, PartialEq, Eq)]
enum Step {
    Go(usize),
    Act(usize),
}

fn step(key: &str, at: Option<usize>, count: usize) -> Option<Step> {
    let last = count.saturating_sub(1);
    let here = at.unwrap_or(0);
    Some(match key {
        "ArrowRight" | "ArrowDown" => Step::Go(at.map_or(0, |at| at + 1).min(last)),
        "ArrowLeft" | "ArrowUp" => Step::Go(here.saturating_sub(1)),
        "Home" => Step::Go(0),
        "End" => Step::Go(last),
        "Enter" | " " => Step::Act(here),
        _ => return None,
    })
}

/// What is known of the tile under the pointer or the keys.
fn facts(props: &PanelProps, content: Option<&ReportedContent>) -> Html {
    let Some(content) = content else {
        let is_unknown = |it: &&ReportedContent| it.bytes.likely().is_none();
        let unknown = props.report.contents.iter().find(is_unknown);
        return html! {
            <p class="treemap-facts layer-source">
                { "Areas are likely bytes. Point at a tile, or go to it with the arrow keys, to \
                   see what it is; click it to see its line." }
                if let Some(unknown) = unknown {
                    { format!(" Not drawn, since its size is not known: {}.", tiles::title(unknown)) }
                }
            </p>
        };
    };
    html! {
        <div class="treemap-facts">
            { about(props, content) }
            <p class="layer-source">{ prose(content.bytes.why()) }</p>
        </div>
    }
}

/// What and how large something is, and the line that put it there.
fn about(props: &PanelProps, content: &ReportedContent) -> Html {
    let (size, category) = (format::size_with_range(&content.bytes), content.category.title());
    html! {
        <p>
            { spot(class_of(content.category)) }
            <code>{ tiles::title(content) }</code>
            { format!(", {size}, {category}") }
            if let Some(line) = content.line {
                { ", " }{ line_link(props, "line", line) }
            }
        </p>
    }
}

/// The same in words.
fn list(props: &PanelProps) -> Html {
    let count = props.report.contents.len();
    let item = {
        let props = props.clone();
        Callback::from(move |index: usize| match props.report.contents.get(index) {
            Some(content) => html! { <li>{ about(&props, content) }</li> },
            None => Html::default(),
        })
    };
    html! {
        <details class="layer-parts">
            <summary>{ format!("The same as a list: {}", format::count(count, "path", "paths")) }</summary>
            <LongList {count} {item} noun="paths" />
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_go_from_tile_to_tile_and_stop_at_the_ends() {
        for (key, at, wanted) in [
            ("ArrowRight", None, Some(Step::Go(0))),
            ("ArrowRight", Some(1), Some(Step::Go(2))),
            ("ArrowDown", Some(2), Some(Step::Go(2))),
            ("ArrowLeft", Some(0), Some(Step::Go(0))),
            ("End", Some(0), Some(Step::Go(2))),
            ("Home", Some(2), Some(Step::Go(0))),
            (" ", Some(1), Some(Step::Act(1))),
            ("a", Some(1), None),
        ] {
            assert_eq!(step(key, at, 3), wanted, "{key} at {at:?}");
        }
    }
}
