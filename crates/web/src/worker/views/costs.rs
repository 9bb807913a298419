//! What an image costs every day.

use layerwise_analyzer::advice::{Which, fix};
use layerwise_analyzer::costs::{CostChoices, reckon};
use layerwise_analyzer::report::{Input, analyze};

use super::{ViewWish, quiet};
use crate::format;
use crate::view::{Piece, Tone, View};

/// A number that can be typed: its key, what it is, and its place among the choices.
type Choice = (&'static str, &'static str, fn(&mut CostChoices) -> &mut u64);

const CHOICES: [Choice; 6] = [
    ("costs.bandwidth", "Mbit/s", |it| &mut it.bandwidth),
    ("costs.pulls", "Pulls a day", |it| &mut it.pulls_a_day),
    ("costs.hosts", "Hosts", |it| &mut it.hosts),
    ("costs.versions", "Versions kept", |it| &mut it.versions),
    ("costs.storage", "Price of a GB and month, in thousandths", |it| &mut it.storage_price),
    ("costs.transfer", "Price of a GB transferred, in thousandths", |it| &mut it.transfer_price),
];

pub(super) fn lay_out(input: &Input, wish: &ViewWish) -> Vec<View> {
    let mut choices = CostChoices::default();
    for (key, _, place) in CHOICES {
        if let Ok(number) = wish.setting(key).trim().parse() {
            *place(&mut choices) = number;
        }
    }
    let fields = CHOICES.iter().map(|(key, label, place)| View::Field {
        key: (*key).to_owned(),
        label: (*label).to_owned(),
        is_long: false,
        // What counts while nothing is typed.
        hint: place(&mut CostChoices::default()).to_string(),
    });
    let mut views = vec![View::Card { tone: Tone::Plain, children: fields.collect() }];
    let report = analyze(input);
    let now = reckon(&report.image_bytes, &report.image_compressed, &choices);
    let fixed = fix(input, Which::All);
    let then =
        (!fixed.steps.is_empty()).then(|| reckon(&fixed.after, &fixed.after_compressed, &choices));
    let shown = |result: &Option<String>| result.clone().unwrap_or_else(|| "not known".to_owned());
    let rows = now.iter().enumerate().map(|(at, row)| {
        let mut pieces = vec![Piece::of(row.title), Piece::of(shown(&row.result))];
        let then = then.as_ref().and_then(|rows| rows.get(at));
        pieces.extend(then.map(|row| Piece::toned(Tone::Good, shown(&row.result))));
        pieces
    });
    let mut head = vec!["Cost".to_owned(), "Now".to_owned()];
    head.extend(then.as_ref().map(|_| "With all fixes".to_owned()));
    let caption = "What the image costs".to_owned();
    views.push(View::Table { caption, head, rows: rows.collect() });
    // Beside the numbers it would have no room on a phone.
    let how = now.iter().map(|row| format!("{}: {}", row.title, row.how)).collect();
    views.push(View::Section { title: "How".into(), children: vec![View::List(how)] });
    let sizes = format!(
        "Of {} on disk and {} compressed; what is estimated stays an estimate here.",
        format::size(&report.image_bytes),
        format::size(&report.image_compressed)
    );
    views.push(quiet(sizes));
    views
}
