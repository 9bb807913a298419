//! Stages and layers of two versions as pictures beside each other.

use layerwise_analyzer::compare::{ComparedLayer, ComparedStage, Comparison};
use layerwise_analyzer::drawing::layout::Rectangle;
use layerwise_analyzer::drawing::{Anchor, Drawing, Form, Role, draw_stages};
use layerwise_analyzer::report::{Report, ReportedLayer};
use layerwise_analyzer::size::SizeEstimate;

use crate::format;
use crate::view::{Picture, Shape};

/// More stages than this are too many to look at twice.
const MOST_STAGES: usize = 40;
/// More layers than this are in the table only.
const MOST_LAYERS: usize = 60;
/// Width of a stack of layers.
const WIDTH: i32 = 272;
/// Height of a layer, and from one to the next.
const LAYER: i32 = 42;
const ROW: i32 = 46;
/// Between a layer's border and what is in it.
const PADDING: i32 = 10;
/// Width of the bar of the largest layer.
const BAR: i32 = 150;
/// Characters of an instruction that have room.
const CHARACTERS: usize = 30;

/// What the sides are called, what is only on that side is marked with, and its class.
const SIDES: [(&str, &str, &str); 2] = [("Before", "−", "pic-gone"), ("After", "+", "pic-new")];

/// The stage graphs of both; nothing where they are too many to look at.
pub(super) fn draw_graphs(reports: [&Report; 2], comparison: &Comparison) -> Vec<Picture> {
    if reports.iter().any(|report| report.stages.len() > MOST_STAGES) {
        return Vec::new();
    }
    let sides = reports.into_iter().enumerate();
    let pictures = sides.map(|(side, report)| {
        let drawing = draw_stages(report);
        let (title, sign, class) = SIDES[side];
        let alone = |stage: usize| is_alone(&comparison.stages, side, stage);
        let mut stage = 0;
        let mut is_marked = false;
        let shapes = drawing.shapes.iter().filter(|it| !is_head(it.role));
        let shapes = shapes.map(|shape| {
            let mut own = format!("pic-{}", shape.role.class());
            // The boxes of the stages come first, in their order, each before its words.
            if matches!(shape.role, Role::Stage | Role::Target | Role::Unused | Role::Image) {
                is_marked = alone(stage);
                stage += 1;
                if is_marked {
                    own = format!("{own} {class}");
                }
            }
            let is_name = matches!(shape.role, Role::Name | Role::UnusedName);
            let mark = is_name && std::mem::take(&mut is_marked);
            shape_of(&shape.form, own, if mark { sign } else { "" })
        });
        Picture {
            title: title.into(),
            label: drawing.description.lines().next().unwrap_or_default().to_owned(),
            frame: frame(&drawing),
            shapes: shapes.collect(),
        }
    });
    pictures.collect()
}

/// Whether a shape is of the drawing's head, which the panel has itself.
pub(in crate::worker::views) fn is_head(role: Role) -> bool {
    matches!(role, Role::Title | Role::Note)
}

/// Whether a stage is on one side only.
fn is_alone(rows: &[ComparedStage], side: usize, stage: usize) -> bool {
    let mut rows = rows.iter();
    let row = rows.find(|row| row.places.get(side) == Some(&Some(stage)));
    row.is_some_and(|row| row.places.contains(&None))
}

/// The part of a drawing below its head. Paths are counted from where the graph begins.
pub(in crate::worker::views) fn frame(drawing: &Drawing) -> [i32; 4] {
    const MARGIN: i32 = 8;
    let places = drawing.shapes.iter().filter_map(|shape| match &shape.form {
        Form::Box { place, .. } => Some(*place),
        Form::Path { origin, .. } => {
            let width = drawing.size.width - 2 * origin.0;
            Some(Rectangle { x: origin.0, y: origin.1 + MARGIN, width, height: 0 })
        }
        Form::Text { .. } => None,
    });
    let places: Vec<Rectangle> = places.collect();
    let least = |of: fn(&Rectangle) -> i32| places.iter().map(of).min().unwrap_or_default();
    let most = |of: fn(&Rectangle) -> i32| places.iter().map(of).max().unwrap_or_default();
    let (left, top) = (least(|it| it.x) - MARGIN, least(|it| it.y) - MARGIN);
    let (right, bottom) = (most(|it| it.x + it.width), most(|it| it.y + it.height));
    [left, top, right + MARGIN - left, bottom + MARGIN - top]
}

/// A shape of a drawing in this class; a sign stands before the words of a text.
pub(in crate::worker::views) fn shape_of(form: &Form, class: String, sign: &str) -> Shape {
    match form {
        Form::Box { place, radius } => {
            let place = [place.x, place.y, place.width, place.height];
            Shape::Box { class, place, radius: *radius }
        }
        Form::Path { origin, data } => Shape::Path { class, origin: *origin, data: data.clone() },
        Form::Text { x, y, anchor, text } => {
            let anchor = match anchor {
                Anchor::Start => "start",
                Anchor::Middle => "middle",
                Anchor::End => "end",
            };
            let text = if sign.is_empty() { text.clone() } else { format!("{sign} {text}") };
            Shape::Text { class, at: (*x, *y), anchor, text }
        }
    }
}

/// The layers of both, the base's first, in rows and in one scale.
pub(super) fn draw_stacks(reports: [&Report; 2], comparison: &Comparison) -> Vec<Picture> {
    let rows = comparison.layers.get(..MOST_LAYERS).unwrap_or(&comparison.layers);
    let sizes = rows.iter().flat_map(|row| row.bytes.iter().flatten());
    let whole = sizes.map(likely).max().unwrap_or_default();
    let images = [&comparison.image.before, &comparison.image.after];
    let sides = SIDES.iter().zip(images).enumerate();
    let pictures = sides.map(|(side, ((title, ..), image))| {
        let mut shapes = Vec::new();
        let mut layers = 0;
        for (at, row) in rows.iter().enumerate() {
            let y = 1 + ROW * i32::try_from(at).unwrap_or_default();
            layers += usize::from(row.bytes[side].is_some());
            let layer = [row.before, row.after][side].and_then(|at| reports[side].layers.get(at));
            draw_layer(&mut shapes, row, layer, side, (whole, y));
        }
        let count = format::count(layers, "layer", "layers");
        Picture {
            title: format!("{title}: {}", format::size(image)),
            label: format!("{count}; the table below has each"),
            frame: [0, 0, WIDTH, ROW * i32::try_from(rows.len()).unwrap_or_default()],
            shapes,
        }
    });
    pictures.collect()
}

/// A layer with its bar; a gap where this side has none.
fn draw_layer(
    shapes: &mut Vec<Shape>,
    row: &ComparedLayer,
    layer: Option<&ReportedLayer>,
    side: usize,
    (whole, y): (u64, i32),
) {
    let (_, sign, marked) = SIDES[side];
    let place = [1, y, WIDTH - 2, LAYER];
    let frame = |class: String| Shape::Box { class, place, radius: 4 };
    let Some(ReportedLayer { bytes, line, instruction, .. }) = layer else {
        return shapes.push(frame("pic-gap".into()));
    };
    let is_alone = row.bytes.contains(&None);
    let (mark, class) = match is_alone {
        true => (format!("{sign} "), format!("pic-layer {marked}")),
        false => (String::new(), "pic-layer".to_owned()),
    };
    shapes.push(frame(class));
    let words = format!("{mark}{line} {}", format::one_line(instruction));
    let mut text = |class: &str, at, anchor, text| {
        shapes.push(Shape::Text { class: class.into(), at, anchor, text });
    };
    text("pic-instruction", (PADDING, y + 17), "start", format::shorten(&words, CHARACTERS));
    text("pic-size", (WIDTH - PADDING, y + 34), "end", format::size(bytes));
    let bar = |class: &str, width| Shape::Box {
        class: class.into(),
        place: [PADDING, y + 25, width, 10],
        radius: 2,
    };
    shapes.push(bar("pic-track", BAR));
    let width = u128::from(likely(bytes)) * u128::from(BAR.unsigned_abs());
    let width = width.checked_div(u128::from(whole)).unwrap_or_default();
    let width = i32::try_from(width).unwrap_or(BAR).min(BAR);
    if likely(bytes) > 0 {
        shapes.push(bar("pic-bar", width.max(2)));
    }
}

/// What it weighs at least where nobody knows more.
fn likely(size: &SizeEstimate) -> u64 {
    size.best_known().0
}
