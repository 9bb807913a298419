//! What npm and pip really added to a layer, against the tables of measured packages.

use std::fs;
use std::path::Path;

use layerwise_analyzer::packages::manifests;
use layerwise_analyzer::packages::modules::{Kept, ModuleTable};
use serde_json::Value;

/// Layers measured on BuildKit in August 2026; the first line says how.
const MEASURED: &str = include_str!("../measured/modules.jsonl");

/// A layer, and what we say of it.
struct Compared {
    name: String,
    keeps: Kept,
    measured: u64,
    range: [u64; 3],
    unknown: Vec<String>,
}

impl Compared {
    /// Hundredths of the measured bytes by which the likely size is off.
    fn error(&self) -> u64 {
        self.range[1].abs_diff(self.measured) * 100 / self.measured.max(1)
    }

    fn line(&self) -> String {
        let Self { name, measured, range, unknown, .. } = self;
        let error = self.error();
        format!("{name}: measured {measured}, we say {range:?}, {error} % off; unknown {unknown:?}")
    }
}

fn table(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../crates/analyzer/data/packages");
    fs::read_to_string(path.join(name)).expect("the table is in the checkout")
}

fn compare() -> Vec<Compared> {
    let (npm, pypi) = (table("npm.tsv"), table("pypi.tsv"));
    let tables = [&npm, &pypi].map(|text| ModuleTable::read(text).expect("its head is complete"));
    MEASURED.lines().skip(1).map(|line| compare_row(line, &tables)).collect()
}

fn compare_row(line: &str, tables: &[ModuleTable<'_>; 2]) -> Compared {
    let row: Value = serde_json::from_str(line).expect("a row is JSON");
    let field = |name: &str| row[name].as_str().expect("a text");
    let (path, table) = match field("manager") {
        "npm" => ("package.json", &tables[0]),
        _ => ("requirements.txt", &tables[1]),
    };
    let listing = manifests::read(path, field("manifest"), &|_| None).expect("a known format");
    assert!(listing.not_understood.is_empty(), "{line}: {:?}", listing.not_understood);
    let closure = listing.weigh(table, row["development"] == true);
    let keeps = match field("kept") {
        "nothing" => Kept::Nothing,
        "archives" => Kept::Archives,
        _ => Kept::All,
    };
    let layer = closure.layer(keeps);
    let upper = layer.likely().zip(layer.high()).expect("packages always have a size");
    Compared {
        name: field("name").to_owned(),
        keeps,
        measured: row["bytes"].as_u64().expect("a number"),
        range: [layer.low(), upper.0, upper.1].map(|it| it.0),
        unknown: closure.unknown,
    }
}

/// The middle and the 90th percentile of the errors of rows that keep something, or nothing.
fn errors(rows: &[&Compared]) -> [u64; 2] {
    let mut errors: Vec<u64> = rows.iter().map(|row| row.error()).collect();
    errors.sort_unstable();
    [errors[errors.len() / 2], errors[errors.len() * 9 / 10]]
}

#[test]
fn installed_packages_weigh_what_was_measured() {
    let compared = compare();
    let report: Vec<String> = compared.iter().map(Compared::line).collect();
    let report = report.join("\n");
    println!("{report}");
    let of = |holds: fn(&Compared) -> bool| compared.iter().filter(|row| holds(row)).collect();
    let bare: Vec<&Compared> = of(|row| row.keeps == Kept::Nothing);
    let kept: Vec<&Compared> = of(|row| row.keeps != Kept::Nothing);
    assert!(bare.len() > 25 && kept.len() > 15, "the measured layers are missing");
    let [middle, _] = errors(&bare);
    println!("nothing kept: {:?}; something kept: {:?}", errors(&bare), errors(&kept));
    assert!(middle <= 15, "{middle} % off in the middle, where no cache is kept:\n{report}");
    let [middle, _] = errors(&kept);
    assert!(middle <= 15, "{middle} % off in the middle, where a cache is kept:\n{report}");
    let covered = |row: &&Compared| (row.range[0]..=row.range[2]).contains(&row.measured);
    let all = compared.len();
    let count = compared.iter().filter(covered).count();
    println!("{count} of {all} within their range");
    assert!(count * 10 >= all * 9, "only {count} of {all} lie within their range:\n{report}");
    let mut widths: Vec<u64> =
        compared.iter().map(|row| row.range[2] * 100 / row.range[0].max(1)).collect();
    widths.sort_unstable();
    let width = widths[all / 2];
    println!("median width {width} %");
    assert!(width < 200, "a range that covers by its width says nothing: {width} %");
}
