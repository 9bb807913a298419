//! The layers of the image as a drawing: a bar each, the base's first, in one scale.

mod bars;

use super::graph::stage_title;
use super::layout::{Rectangle, Size};
use super::words::{CHARACTER, SMALL_CHARACTER, count, fit, size_words, width_of};
use super::{Anchor, Drawing, Role};
use crate::report::{Report, ReportedLayer, hidden_parts, sum_by_category};
use crate::size::{Bytes, SizeEstimate};
use bars::{Bar, draw_bar};

/// Free space around everything.
const MARGIN: i32 = 24;
/// Width of what stands between the margins.
const WIDTH: i32 = 720;
/// Between the number of a line and its instruction.
const NUMBER_GAP: i32 = 12;
/// Height of a layer: its words, its bar and the space below.
const ROW: i32 = 48;
/// Height of a bar, and of the one of the whole image.
const BAR: i32 = 14;
const WHOLE_BAR: i32 = 22;
/// Height of a line of the key, and of the head of a stage's layers.
const LINE: i32 = 24;
/// No builder makes more layers than this of an image that runs; more are named in a sentence.
const MOST_LAYERS: usize = 200;

/// Draws the layers of the target's image: what each is made of, how large it may be, and what of it
/// later layers hide.
#[must_use]
pub fn draw_layers(report: &Report) -> Drawing {
    let mut drawing = Drawing {
        title: "Layers of the image".to_owned(),
        description: describe(report),
        ..Drawing::default()
    };
    let mut y = draw_head(&mut drawing, report);
    y = draw_whole(&mut drawing, report, y);
    let hidden = hidden_parts(report);
    let whole = scale(&report.layers);
    let has_stages = report.layers.windows(2).any(|pair| match pair {
        [before, after] => before.stage != after.stage,
        _ => false,
    });
    let mut stage = None;
    for (index, layer) in report.layers.iter().enumerate().take(MOST_LAYERS) {
        if has_stages && stage != Some(layer.stage) {
            stage = Some(layer.stage);
            let head = format!("Made in {}", stage_title(report, layer.stage));
            y += LINE;
            drawing.add_text(
                Role::Note,
                (MARGIN, y - 6),
                Anchor::Start,
                fit(&head, WIDTH, CHARACTER),
            );
        }
        let hidden = hidden.get(index).map_or(&[][..], Vec::as_slice);
        draw_layer(&mut drawing, report, layer, &Bar { hidden, whole, y: y + 24, height: BAR });
        y += ROW;
    }
    let more = report.layers.len().saturating_sub(MOST_LAYERS);
    if more > 0 {
        let more = format!("And {}, which are not drawn.", count(more, "layer", "layers"));
        drawing.add_text(Role::Note, (MARGIN, y + 16), Anchor::Start, more);
        y += LINE;
    }
    drawing.size = Size { width: WIDTH + 2 * MARGIN, height: y + MARGIN };
    drawing
}

/// The title, and the image's size; answers where the next thing stands.
fn draw_head(drawing: &mut Drawing, report: &Report) -> i32 {
    let title = drawing.title.clone();
    drawing.add_text(Role::Title, (MARGIN, 38), Anchor::Start, title);
    let size = match report.layers.is_empty() {
        true => "This image has no layer.".to_owned(),
        false => {
            format!("{}; {}", count(report.layers.len(), "layer", "layers"), the_image(report))
        }
    };
    drawing.add_text(Role::Note, (MARGIN, 58), Anchor::Start, size);
    70
}

/// `the image is ≈ 143 MB, of which ≈ 12 MB are hidden by later layers`.
fn the_image(report: &Report) -> String {
    let wasted = report.wasted.as_ref().filter(|it| it.likely().is_some_and(|it| it > Bytes(0)));
    let wasted =
        wasted.map(|wasted| format!(", of which later layers hide {}", size_words(wasted)));
    let size = if report.is_outline() { None } else { Some(size_words(&report.image_bytes)) };
    let size = size.unwrap_or_else(|| "its size is not estimated yet".to_owned());
    format!("the image is {size}{}", wasted.unwrap_or_default())
}

/// One bar of the whole image with the key of its colours; answers where the next thing stands.
fn draw_whole(drawing: &mut Drawing, report: &Report, y: i32) -> i32 {
    let sums = sum_by_category(report.layers.iter().flat_map(|layer| &layer.categories));
    let hidden = sum_by_category(hidden_parts(report).iter().flatten());
    let whole = sums.iter().map(|sum| sum.bytes).sum::<Bytes>().0;
    if whole == 0 {
        return y + 8;
    }
    draw_bar(drawing, &sums, None, &Bar { hidden: &hidden, whole, y: y + 4, height: WHOLE_BAR });
    let mut keys: Vec<(Role, String)> = sums
        .iter()
        .map(|sum| {
            (Role::Part(sum.category.id()), format!("{} {}", sum.category.title(), sum.bytes))
        })
        .collect();
    let hidden: Bytes = hidden.iter().map(|sum| sum.bytes).sum();
    if hidden > Bytes(0) {
        keys.push((Role::Hidden, format!("hidden by later layers {hidden}")));
    }
    if report.layers.iter().any(|layer| layer.bytes.high() > layer.bytes.likely()) {
        keys.push((Role::Range, "may be as much as this".to_owned()));
    }
    draw_key(drawing, &keys, y + WHOLE_BAR + 12)
}

/// Spots with their words, in as many lines as they need.
fn draw_key(drawing: &mut Drawing, keys: &[(Role, String)], top: i32) -> i32 {
    let (mut x, mut y) = (MARGIN, top);
    for (role, words) in keys {
        let width = 18 + width_of(words, SMALL_CHARACTER);
        if x > MARGIN && x + width > MARGIN + WIDTH {
            (x, y) = (MARGIN, y + LINE - 4);
        }
        let spot = Rectangle { x, y: y + 3, width: 12, height: 12 };
        match role {
            Role::Hidden => bars::hatch(drawing, spot),
            role => drawing.add_box(*role, spot, 2),
        }
        drawing.add_text(Role::Key, (x + 18, y + 13), Anchor::Start, words.as_str());
        x += width + 20;
    }
    y + LINE + 8
}

/// A layer's line, instruction and size, and its bar below them.
fn draw_layer(drawing: &mut Drawing, report: &Report, layer: &ReportedLayer, bar: &Bar<'_>) {
    let words_at = bar.y - 7;
    let size = match report.is_outline() && !layer.base {
        true => "not estimated yet".to_owned(),
        false => size_words(&layer.bytes),
    };
    let widest = report.layers.iter().map(|layer| layer.line).max().unwrap_or(0).to_string();
    let numbers = MARGIN + width_of(&widest, CHARACTER);
    drawing.add_text(Role::Quiet, (numbers, words_at), Anchor::End, layer.line.to_string());
    let start = numbers + NUMBER_GAP;
    let room = MARGIN + WIDTH - start - width_of(&size, CHARACTER) - 2 * CHARACTER;
    let instruction = fit(&layer.instruction, room, CHARACTER);
    drawing.add_text(Role::Instruction, (start, words_at), Anchor::Start, instruction);
    drawing.add_text(Role::Size, (MARGIN + WIDTH, words_at), Anchor::End, size);
    draw_bar(drawing, &layer.categories, Some(&layer.bytes), bar);
}

/// What the longest bar stands for, in bytes: the largest layer, likely, with room for some of its
/// range.
#[must_use]
pub fn scale(layers: &[ReportedLayer]) -> u64 {
    let reach = |layer: &ReportedLayer| {
        let likely = layer.bytes.best_known().0;
        let high = layer.bytes.high().map_or(likely, |Bytes(high)| high);
        high.min(likely.saturating_add(likely / 4))
    };
    layers.iter().map(reach).max().unwrap_or(0)
}

/// Every layer in a sentence.
fn describe(report: &Report) -> String {
    let mut sentences = vec![match report.layers.is_empty() {
        true => "This image has no layer.".to_owned(),
        false => {
            format!("{}; {}.", count(report.layers.len(), "layer", "layers"), the_image(report))
        }
    }];
    let hidden = hidden_parts(report);
    for (layer, hidden) in report.layers.iter().zip(&hidden) {
        let instruction = fit(&layer.instruction, WIDTH, CHARACTER);
        let hidden: Bytes = hidden.iter().map(|sum| sum.bytes).sum();
        let hidden = match hidden {
            Bytes(0) => String::new(),
            hidden => format!(", later layers hide {hidden} of it"),
        };
        let size: &SizeEstimate = &layer.bytes;
        sentences.push(format!(
            "Line {}, {instruction}: {}{hidden}.",
            layer.line,
            size_words(size)
        ));
    }
    sentences.join("\n")
}
