//! The tiles of the drawing: where they lie, and which has room for its name.

use layerwise_analyzer::report::ReportedContent;
use yew::{Callback, Html, classes, html};

use crate::format;
use crate::panels::layers::categories::class_of;
use crate::widgets::treemap::{Tile, lay_out};

/// The drawing's own units: a hundredth of a per cent of its width, and of its height.
const FULL: u64 = 10_000;
/// Its height in hundredths of its width; the style sheet says the same.
const HEIGHT: u64 = 60;
/// Tenths of a pixel that a character of a label takes, on average; a line takes 20 pixels.
const CHARACTER: u64 = 65;
const LINE: u64 = 20;
/// Pixels around a label.
const MARGIN: u64 = 10;
/// Widths of the drawing in pixels, each with the class of labels that have room from there on; the
/// style sheet shows them from that width.
const ROOMS: [(u64, &str); 4] =
    [(280, "label-280"), (420, "label-420"), (560, "label-560"), (840, "label-840")];
/// The widths that labels are chosen for: a phone's, else that of a panel beside the editor.
const CHOSEN_WIDTHS: [u64; 2] = [340, 560];

/// A tile with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TileView {
    /// Which of the report's contents it is.
    pub(super) content: usize,
    place: Tile,
    label: String,
    /// From which width on its name has room, and its size below it.
    rooms: [Option<&'static str>; 2],
}

/// The tiles of what weighs something, in the order of the contents.
pub(super) fn tiles_of(contents: &[ReportedContent]) -> Vec<TileView> {
    let weight = |content: &ReportedContent| content.bytes.likely().map_or(0, |bytes| bytes.0);
    let heavy: Vec<usize> = (0..contents.len())
        .filter(|at| contents.get(*at).is_some_and(|content| weight(content) > 0))
        .collect();
    let weights: Vec<u64> = heavy.iter().filter_map(|at| contents.get(*at)).map(weight).collect();
    // Laid out in the shape it is drawn in, then stretched to per cents of both sides.
    let places = lay_out(&weights, FULL, FULL * HEIGHT / 100);
    let stretch = |place: Tile| Tile {
        y: place.y * 100 / HEIGHT,
        height: place.height * 100 / HEIGHT,
        ..place
    };
    let visible = heavy.into_iter().zip(places.into_iter().map(stretch));
    let visible = visible.filter(|(_, place)| place.width > 0 && place.height > 0);
    visible.filter_map(|(at, place)| Some(view(at, contents.get(at)?, place))).collect()
}

fn view(at: usize, content: &ReportedContent, place: Tile) -> TileView {
    let label = label(&content.path, place);
    let size = format::size(&content.bytes);
    let name = room(place, &label, LINE);
    // No size without its name.
    let size = room(place, &size, 2 * LINE).max(name).filter(|_| name.is_some());
    let rooms = [name, size];
    TileView { content: at, place, label, rooms }
}

/// As much of the end of a path as has room: all of it, or the last names, or part of the last.
fn label(path: &str, place: Tile) -> String {
    let names = path.match_indices('/').map(|(at, _)| at + 1).filter(|at| *at < path.len());
    let ends: Vec<&str> = [0].into_iter().chain(names).filter_map(|at| path.get(at..)).collect();
    let mut most = 0;
    for width in CHOSEN_WIDTHS {
        let pixels = (place.width * width / FULL).saturating_sub(MARGIN);
        most = usize::try_from(pixels * 10 / CHARACTER).unwrap_or(usize::MAX);
        if let Some(end) = ends.iter().find(|end| end.chars().count() <= most) {
            return (*end).to_owned();
        }
    }
    format::shorten(ends.last().unwrap_or(&path), most.max(4))
}

/// From which width of the drawing on a text of this height fits a tile.
fn room(place: Tile, text: &str, height: u64) -> Option<&'static str> {
    let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
    let wide = (length.saturating_mul(CHARACTER) / 10).saturating_add(MARGIN);
    let needed = (wide.saturating_mul(FULL) / place.width.max(1))
        .max(height * FULL * 100 / HEIGHT / place.height.max(1));
    ROOMS.iter().find(|(width, _)| needed <= *width).map(|(_, class)| *class)
}

/// The path of a part of the image; of a rest, what it is the rest of. A base that nobody named has
/// no path.
pub(super) fn title(content: &ReportedContent) -> String {
    match content.rest {
        0 if content.path.is_empty() => "the base image".to_owned(),
        0 => content.path.clone(),
        rest => format!("{} more in {}", format::number(rest), content.path),
    }
}

/// The id of a tile.
pub(super) fn id(tile: usize) -> String {
    format!("layers-tile-{tile}")
}

/// Draws the tile with this number; `look` is told when the pointer is on it, `act` when it is
/// clicked.
pub(super) fn draw(
    view: &TileView,
    content: &ReportedContent,
    at: usize,
    is_current: bool,
    look: &Callback<usize>,
    act: &Callback<usize>,
) -> Html {
    let [name, size] = view.rooms;
    let line = content.line.map_or(String::new(), |line| format!(", line {line}"));
    let (title, weight) = (title(content), format::size_with_range(&content.bytes));
    let about =
        format!("{title}, {weight}, {}{line}. {}", content.category.title(), content.bytes.why());
    html! {
        <svg
            key={at}
            id={id(at)}
            class={classes!("tile", class_of(content.category), is_current.then_some("tile-current"))}
            role="option"
            aria-selected={is_current.to_string()}
            aria-label={about}
            x={percent(view.place.x)}
            y={percent(view.place.y)}
            width={percent(view.place.width)}
            height={percent(view.place.height)}
            onmouseover={look.reform(move |_| at)}
            onclick={act.reform(move |_| at)}
        >
            <rect width="100%" height="100%" />
            if let Some(room) = name {
                <text class={classes!("tile-label", room)} x="6" y="16">{ &view.label }</text>
            }
            if let Some(room) = size {
                <text class={classes!("tile-label", room)} x="6" y="33">
                    { format::size(&content.bytes) }
                </text>
            }
        </svg>
    }
}

/// `1234` hundredths of a per cent as `12.34%`.
fn percent(hundredths: u64) -> String {
    format!("{}.{:02}%", hundredths / 100, hundredths % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_says_as_much_of_the_path_as_fits() {
        let of = |width| label("/app/node_modules", Tile { width, ..Tile::default() });
        assert_eq!(of(5_000), "/app/node_modules");
        assert_eq!(of(3_000), "node_modules");
        assert_eq!(of(1_700), "node_modules");
        assert_eq!(of(1_200), "node…les");
        assert_eq!(of(0), "no…s", "it is not shown then");
        assert_eq!(label("node:22", Tile { width: 9_000, ..Tile::default() }), "node:22");
    }

    #[test]
    fn a_label_shows_from_the_width_on_that_has_room_for_it() {
        let place = |width, height| Tile { width, height, ..Tile::default() };
        assert_eq!(room(place(10_000, 10_000), "node_modules", LINE), Some("label-280"));
        assert_eq!(room(place(1_600, 10_000), "node_modules", LINE), Some("label-560"));
        assert_eq!(room(place(500, 10_000), "node_modules", LINE), None, "too narrow");
        assert_eq!(room(place(10_000, 300), "node_modules", LINE), None, "too low");
    }
}
