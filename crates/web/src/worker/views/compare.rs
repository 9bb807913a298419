//! Two versions side by side.

use std::rc::Rc;

use layerwise_analyzer::compare::{
    ComparedEdit, ComparedLayer, Comparison, DiffLine, DiffSide, SizeChange, compare,
    describe_change, diff_lines, write_comparison_markdown,
};
use layerwise_analyzer::report::Input;
use layerwise_analyzer::report::cache::describe_time;
use layerwise_analyzer::size::SizeEstimate;

use super::{ViewWish, line, quiet};
use crate::format;
use crate::view::{Act, Piece, Tone, View};

/// Under which a pasted text is remembered.
pub(super) const PASTED: &str = "compare.pasted";
/// Under which it is remembered with which version is compared.
const WITH: &str = "compare.with";
/// With that to which a fix was applied last.
const FIX: &str = "fix";
/// Lines around what changed.
const AROUND: usize = 3;

pub(super) fn lay_out(input: &Input, wish: &ViewWish) -> Vec<View> {
    let pasted = wish.setting(PASTED);
    let field = View::Field {
        key: PASTED.into(),
        label: "Compare with another Dockerfile".into(),
        is_long: true,
        hint: "Paste the other Dockerfile here; empty compares with the version before.".into(),
    };
    let is_fix = wish.setting(WITH) == FIX || wish.before.is_none();
    let earlier = wish.before_fix.as_ref().filter(|_| is_fix).or(wish.before.as_ref());
    let before = match (pasted.trim(), earlier) {
        ("", Some(before)) => {
            let mut other = input.clone();
            other.dockerfile.clone_from(&before.dockerfile);
            other.dockerignore.clone_from(&before.dockerignore);
            other.options.clone_from(&before.options);
            Some(Rc::new(other))
        }
        ("", None) => None,
        _ => Some(Rc::new(Input { dockerfile: pasted.to_owned(), ..input.clone() })),
    };
    let Some(before) = before else {
        let hint = "Nothing has changed since the version before. Edit a line or apply a fix, and \
                    both versions stand here side by side.";
        return vec![line(hint), field];
    };
    let comparison = compare(&before, input);
    let mut views = Vec::new();
    views.extend(choice(wish, pasted, is_fix));
    views.push(totals(&comparison));
    views.extend(causes(&comparison));
    views.push(edits(&comparison.edits));
    views.push(layers(&comparison.layers));
    for (title, lines) in
        [("Dockerfile", &comparison.lines), ("Ignore file", &comparison.ignore_lines)]
    {
        if lines.iter().any(|line| line.side != DiffSide::Both) {
            let children = vec![of_lines(lines)];
            views.push(View::Section { title: title.into(), children });
        }
    }
    let copy = Act::Copy(write_comparison_markdown(&comparison));
    views.push(View::Buttons(vec![Piece::button("Copy as Markdown", copy)]));
    views.push(field);
    views
}

/// With which version it is compared, where there are two.
fn choice(wish: &ViewWish, pasted: &str, is_fix: bool) -> Option<View> {
    let set = |key: &str, value: &str| Act::Set { key: key.into(), value: value.into() };
    if !pasted.trim().is_empty() {
        let clear = Piece::button("Clear it", set(PASTED, ""));
        return Some(View::Buttons(vec![Piece::of("Compared with the pasted Dockerfile."), clear]));
    }
    wish.before.as_ref().filter(|before| Some(*before) != wish.before_fix.as_ref())?;
    wish.before_fix.as_ref()?;
    let (now, other, value) = match is_fix {
        true => ("Compared with the version before the last fix.", "the version before", "before"),
        false => ("Compared with the version before.", "the version before the last fix", FIX),
    };
    let button = Piece::button(format!("Compare with {other}"), set(WITH, value));
    Some(View::Buttons(vec![Piece::of(now), button]))
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

fn layers(layers: &[ComparedLayer]) -> View {
    let size = |bytes: &Option<SizeEstimate>| {
        bytes.as_ref().map_or(Piece::of("–"), |bytes| Piece::of(format::size(bytes)))
    };
    let rows = layers.iter().map(|layer| {
        let instruction: String = layer.instruction.chars().take(80).collect();
        let [before, after] = layer.bytes.each_ref().map(size);
        vec![Piece::toned(Tone::Code, instruction), before, after]
    });
    let table = View::Table {
        caption: "Layers of both images".into(),
        head: ["Layer", "Before", "After"].map(String::from).into(),
        rows: rows.collect(),
    };
    View::Section { title: "Layers".into(), children: vec![table] }
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
