//! What an image costs every day.

use layerwise_analyzer::advice::{Which, fix};
use layerwise_analyzer::costs::{CostChoices, Price, reckon};
use layerwise_analyzer::report::{Input, Report};

use super::{ViewWish, apply, quiet};
use crate::format;
use crate::view::{Piece, Tone, View};

/// What can be typed: its key, what it is, and what it does to the choices, which tells whether the
/// text was understood.
type Choice = (&'static str, &'static str, fn(&mut CostChoices, &str) -> bool);

const CHOICES: [Choice; 7] = [
    ("costs.bandwidth", "Bandwidth in Mbit/s", |it, text| set(&mut it.bandwidth, text, 1)),
    ("costs.unpacking", "Unpacking in MB/s", |it, text| set(&mut it.unpacking, text, 1)),
    ("costs.pulls", "Pulls a day", |it, text| set(&mut it.pulls_a_day, text, 0)),
    ("costs.hosts", "Hosts", |it, text| set(&mut it.hosts, text, 0)),
    ("costs.versions", "Versions kept", |it, text| set(&mut it.versions, text, 0)),
    ("costs.storage", "Price of a GB in the registry for a month", |it, text| {
        set_price(&mut it.storage_price, text)
    }),
    ("costs.transfer", "Price of a GB transferred", |it, text| {
        set_price(&mut it.transfer_price, text)
    }),
];

/// What each choice is while nothing is typed, in the order of [`CHOICES`].
fn usual() -> [String; 7] {
    let CostChoices { bandwidth, unpacking, pulls_a_day, hosts, versions, .. } =
        CostChoices::default();
    let prices = [CostChoices::default().storage_price, CostChoices::default().transfer_price];
    let [storage, transfer] = prices.map(|price| price.write());
    let [bandwidth, unpacking, pulls, hosts, versions] =
        [bandwidth, unpacking, pulls_a_day, hosts, versions].map(|number| number.to_string());
    [bandwidth, unpacking, pulls, hosts, versions, storage, transfer]
}

/// Takes a whole number that is not less than `least`.
fn set(number: &mut u64, text: &str, least: u64) -> bool {
    let read = text.parse().ok().filter(|it| *it >= least);
    read.map(|it| *number = it).is_some()
}

fn set_price(price: &mut Price, text: &str) -> bool {
    Price::read(text).map(|it| *price = it).is_some()
}

/// The fields, each with what of it was not understood, and what counts.
fn fields(wish: &ViewWish) -> (Vec<View>, CostChoices) {
    let (mut choices, mut fields) = (CostChoices::default(), Vec::new());
    for ((key, label, take), usual) in CHOICES.into_iter().zip(usual()) {
        let typed = wish.setting(key).trim();
        let is_understood = typed.is_empty() || take(&mut choices, typed);
        let is_price = usual.contains('.');
        let such_as = match is_price {
            true => "a price such as 0.023, $0.10 or 0.10 EUR".to_owned(),
            false => format!("a whole number such as {usual}"),
        };
        fields.push(View::Field {
            key: key.to_owned(),
            label: label.to_owned(),
            is_long: false,
            hint: usual.clone(),
        });
        if !is_understood {
            let text = format!("“{typed}” is not understood: type {such_as}. {usual} counts here.");
            fields.push(View::Line(vec![Piece::toned(Tone::Bad, text)]));
        }
    }
    (fields, choices)
}

pub(super) fn lay_out(
    input: &Input,
    report: &Report,
    wish: &ViewWish,
    wanted: &mut Vec<String>,
) -> Vec<View> {
    let (fields, choices) = fields(wish);
    let mut views = vec![View::Card { tone: Tone::Plain, children: fields }];
    let now = reckon(&report.image_bytes, &report.image_compressed, &choices);
    let fixed = fix(input, Which::All);
    let then = (!fixed.steps.is_empty()).then(|| {
        let (_, then) = apply(input, &fixed, wanted);
        reckon(&then.image_bytes, &then.image_compressed, &choices)
    });
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
