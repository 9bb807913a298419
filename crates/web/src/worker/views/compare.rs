//! Two versions side by side.

pub(super) mod pictures;
mod sides;
mod steps;

use layerwise_analyzer::compare::{
    ComparedEdit, Comparison, DiffLine, DiffSide, SizeChange, compare_reported, describe_change,
    diff_lines, write_comparison_markdown,
};
use layerwise_analyzer::report::cache::describe_time;
use layerwise_analyzer::report::{Input, Report, analyze};
use layerwise_analyzer::size::SizeEstimate;

use super::nodes::{self, classed, text};
use super::{ViewWish, quiet, want};
use crate::format;
use crate::view::{Act, Node, Picture, Piece, Tone, View};

/// Lines around what changed.
const AROUND: usize = 3;

/// The panel. What brings or keeps a version is not in a frame of another page (`static/embed.css`).
pub(super) fn lay_out(input: &Input, wish: &ViewWish, wanted: &mut Vec<String>) -> Vec<Node> {
    let chosen = sides::choose(input, wish);
    let mut shown = nodes::make(&chosen.views);
    if let Some(sides::Sides { before, after, .. }) = &chosen.sides {
        if let Some(Node::Element { children, .. }) = shown.first_mut() {
            children.iter_mut().for_each(sides::mark_brought);
        }
        let mut views = Vec::new();
        let [old, new] = [before, after].map(analyze);
        want(&old, wanted);
        want(&new, wanted);
        let comparison = compare_reported([before, after], [&old, &new]);
        views.push(totals(&comparison));
        views.extend(causes(&comparison));
        views.extend(difference(&comparison));
        views.push(stages([&old, &new], &comparison));
        views.push(layers([&old, &new], &comparison));
        views.push(edits(&comparison.edits));
        views.extend(steps::lay_out(&comparison, wish));
        let copy = Act::Copy(write_comparison_markdown(&comparison));
        views.push(View::Buttons(vec![Piece::button("Copy as Markdown", copy)]));
        shown.extend(nodes::make(&views));
    } else {
        let lacks = "No version came with this text to compare it with.";
        shown = vec![
            classed("div", "learn-give unframed", shown),
            classed("p", "framed", vec![text(lacks)]),
        ];
    }
    shown.push(classed("div", "unframed", nodes::make(&[sides::keep(input, wish)])));
    shown
}

/// The lines of both texts that differ.
fn difference(comparison: &Comparison) -> impl Iterator<Item = View> {
    let texts = [("Dockerfile", &comparison.lines), ("Ignore file", &comparison.ignore_lines)];
    let changed =
        texts.into_iter().filter(|(_, lines)| lines.iter().any(|line| line.side != DiffSide::Both));
    changed.map(|(title, lines)| View::Section {
        title: title.into(),
        children: vec![of_lines(lines)],
    })
}

fn totals(comparison: &Comparison) -> View {
    let row = |title: &str, change: &SizeChange| {
        let difference = change.difference();
        let shown = difference.map_or("not known".to_owned(), describe_change);
        vec![
            Piece::of(title),
            Piece::of(format::size(&change.before)),
            Piece::of(format::size(&change.after)),
            Piece::toned(tone(difference.unwrap_or_default()), shown),
        ]
    };
    View::Table {
        caption: "Sizes before and after".into(),
        head: ["Size", "Before", "After", "Change"].map(String::from).into(),
        rows: vec![
            row("Image", &comparison.image),
            row("Compressed", &comparison.compressed),
            row("Wasted", &comparison.wasted),
            row("Sent to the builder", &comparison.sent),
        ],
    }
}

fn tone(change: i64) -> Tone {
    match change {
        0 => Tone::Quiet,
        1.. => Tone::Bad,
        _ => Tone::Good,
    }
}

fn causes(comparison: &Comparison) -> Option<View> {
    let rows = comparison.causes.iter().map(|cause| {
        let lines = cause.after_lines.first().copied();
        vec![
            Piece::of(cause.title.clone()),
            Piece::toned(tone(cause.bytes), describe_change(cause.bytes)),
            lines.map_or(Piece::of("–"), Piece::line),
        ]
    });
    let table = View::Table {
        caption: "By what the image changed".into(),
        head: ["By what", "Change", "Where"].map(String::from).into(),
        rows: rows.collect(),
    };
    let title = "By what it changed".to_owned();
    (!comparison.causes.is_empty()).then(|| View::Section { title, children: vec![table] })
}

fn edits(edits: &[ComparedEdit]) -> View {
    let rows = edits.iter().map(|edit| {
        let [before, after] = [0, 1].map(|side| {
            format!("{} steps, {}", edit.rebuilt[side], describe_time(edit.times[side].likely))
        });
        let change = edit.times[1].likely.cmp(&edit.times[0].likely);
        let tone = tone(change as i64);
        vec![Piece::of(edit.title.clone()), Piece::of(before), Piece::toned(tone, after)]
    });
    let table = View::Table {
        caption: "What edits rebuild, before and after".into(),
        head: ["After an edit of", "Before", "After"].map(String::from).into(),
        rows: rows.collect(),
    };
    View::Section { title: "What an edit rebuilds".into(), children: vec![table] }
}

/// The stage graphs of both, and the same as a table.
fn stages(reports: [&Report; 2], comparison: &Comparison) -> View {
    let rows = comparison.stages.iter().map(|stage| {
        let [before, after] = [0, 1].map(|side| {
            let Some(base) = &stage.bases[side] else { return Piece::toned(Tone::Quiet, "–") };
            let takes = match stage.takes[side].as_slice() {
                [] => String::new(),
                names => format!(", takes files of {}", names.join(", ")),
            };
            let size = stage.bytes[side].as_ref().map_or(String::new(), format::size);
            Piece::of(format!("FROM {base}{takes}: {size}"))
        });
        vec![Piece::of(stage.title.clone()), before, after]
    });
    let table = View::Table {
        caption: "Stages of both builds".into(),
        head: ["Stage", "Before", "After"].map(String::from).into(),
        rows: rows.collect(),
    };
    pictured("Stages", pictures::draw_graphs(reports, comparison), table)
}

/// The layers of both, and the same as a table.
fn layers(reports: [&Report; 2], comparison: &Comparison) -> View {
    let size = |bytes: &Option<SizeEstimate>| {
        bytes.as_ref().map_or(Piece::toned(Tone::Quiet, "–"), |it| Piece::of(format::size(it)))
    };
    let rows = comparison.layers.iter().map(|layer| {
        let instruction: String = layer.instruction.chars().take(80).collect();
        let [before, after] = layer.bytes.each_ref().map(size);
        vec![Piece::toned(Tone::Code, instruction), before, after]
    });
    let table = View::Table {
        caption: "Layers of both images".into(),
        head: ["Layer", "Before", "After"].map(String::from).into(),
        rows: rows.collect(),
    };
    pictured("Layers", pictures::draw_stacks(reports, comparison), table)
}

/// Pictures of both sides; the table is for those who do not see them, and stands alone where there
/// are none.
fn pictured(title: &str, pictures: Vec<Picture>, table: View) -> View {
    let children = match pictures.is_empty() {
        true => vec![table],
        false => vec![
            View::Pictures(pictures),
            View::Details { summary: "The same as a table".into(), children: vec![table] },
        ],
    };
    View::Section { title: title.into(), children }
}

/// The lines of two texts, those around what changed.
pub(super) fn diff(before: &str, after: &str) -> View {
    of_lines(&diff_lines(before, after))
}

fn of_lines(lines: &[DiffLine]) -> View {
    let changed = |at: usize| lines.get(at).is_some_and(|line| line.side != DiffSide::Both);
    let is_near = |at: usize| (at.saturating_sub(AROUND)..=at + AROUND).any(changed);
    let mut shown = Vec::new();
    let mut gap = false;
    for (at, line) in lines.iter().enumerate() {
        if !is_near(at) {
            gap = true;
            continue;
        }
        if std::mem::take(&mut gap) {
            shown.push((' ', "…".to_owned()));
        }
        let sign = match line.side {
            DiffSide::Both => ' ',
            DiffSide::Before => '-',
            DiffSide::After => '+',
        };
        shown.push((sign, line.text.clone()));
    }
    if shown.is_empty() {
        return quiet("No line changed.");
    }
    View::Diff(shown)
}
