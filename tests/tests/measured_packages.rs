//! What apt adds, against its own simulation and against layers of the real builder.

use layerwise_analyzer::packages::{self, Kept, weigh};
use layerwise_analyzer::size::Evidence;

/// 1,126 rows: two releases, with recommendations and without.
const CLOSURES: &str = include_str!("../measured/apt-closures.tsv");
/// Layers that one `apt-get install` added.
const LAYERS: &str = include_str!("../measured/apt-layers.tsv");

/// The cells of each row.
fn rows(table: &str) -> Vec<Vec<&str>> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| line.split('\t').collect()).collect()
}

#[test]
fn closures_are_those_of_apt() {
    let rows = rows(CLOSURES);
    assert!(rows.len() > 1_100, "the fixture has lost rows: {}", rows.len());
    let mut wrong = Vec::new();
    let mut same_count = 0;
    for row in &rows {
        let [release, package, recommends, count, installed, _] = row[..] else {
            panic!("a row of six cells, not {row:?}");
        };
        let index = packages::find(&format!("debian-{release}")).expect("the release has an index");
        let base = index.base(&format!("debian:{release}-slim"));
        let closure = index.close(&[package], &base, recommends == "yes");
        let ours = closure.installed() / 1024;
        let theirs: u64 = installed.parse().expect("a number of KiB");
        same_count += usize::from(count.parse() == Ok(closure.packages.len()));
        let off = ours.abs_diff(theirs) * 1_000 / theirs.max(1);
        if off > 30 {
            wrong.push((off, format!(
                "{package} on {release}, recommends {recommends}: {ours} KiB in {} packages, apt \
                 adds {theirs} KiB in {count}",
                closure.packages.len()
            )));
        }
    }
    wrong.sort_by(|one, other| other.cmp(one));
    println!("{same_count} of {} have as many packages as apt's", rows.len());
    println!("{} are off by more than 3 %: {wrong:#?}", wrong.len());
    assert!(
        wrong.len() * 20 <= rows.len(),
        "{} of {} sets of packages differ from apt's by more than 3 %, which one in twenty may; \
         the worst: {:#?}",
        wrong.len(),
        rows.len(),
        &wrong[..wrong.len().min(12)]
    );
}

/// What was measured beside what is estimated.
struct Case {
    told: String,
    measured: u64,
    low: u64,
    likely: u64,
    high: u64,
}

impl Case {
    /// How far the likely size is off, in thousandths of the measured one.
    fn error(&self) -> u64 {
        self.likely.abs_diff(self.measured) * 1_000 / self.measured.max(1)
    }
}

/// Each different measured layer; `packed` asks for compressed bytes.
fn cases(packed: bool) -> Vec<Case> {
    let mut rows = rows(LAYERS);
    rows.dedup_by(|one, other| one[..4] == other[..4]);
    let case = |row: &Vec<&str>| {
        let [image, recommends, kept, names, bytes, _, gzip] = row[..] else {
            panic!("a row of seven cells, not {row:?}");
        };
        let release = image.trim_start_matches("debian:").trim_end_matches("-slim");
        let index = packages::find(&format!("debian-{release}")).expect("the release has an index");
        let base = index.base(image);
        let names: Vec<&str> = names.split(' ').collect();
        let closure = index.close(&names, &base, recommends == "yes");
        let kept = Kept { lists: kept.contains("lists"), caches: kept.contains("caches") };
        let layer = weigh(index, &closure, &base, kept, true);
        let size = if packed { layer.compressed } else { layer.bytes };
        assert_ne!(size.evidence(), Evidence::Unknown, "{names:?}");
        let likely = size.likely().map_or(0, |bytes| bytes.0);
        Case {
            told: format!("{image} recommends {recommends} {kept:?} {}", names.join(" ")),
            measured: if packed { gzip } else { bytes }.parse().expect("a number of bytes"),
            low: size.low().0,
            likely,
            high: size.high().map_or(0, |bytes| bytes.0),
        }
    };
    rows.iter().map(case).filter(|case| case.measured > 1_000_000).collect()
}

/// Holds the median error (in thousandths), the share inside low and high, and the median width.
fn check(mut cases: Vec<Case>, error: u64, inside_per_cent: usize) {
    assert!(cases.len() > 60, "the fixture has lost rows: {}", cases.len());
    cases.sort_by_key(Case::error);
    let median = cases[cases.len() / 2].error();
    let inside = |case: &&Case| (case.low..=case.high).contains(&case.measured);
    let covered = cases.iter().filter(inside).count();
    let mut widths: Vec<u64> = cases.iter().map(|it| it.high * 100 / it.low.max(1)).collect();
    widths.sort_unstable();
    let width = widths[widths.len() / 2];
    let worst: Vec<String> = cases
        .iter()
        .filter(|case| !inside(case))
        .map(|it| {
            format!("{}: {} of {}–{}, likely {}", it.told, it.measured, it.low, it.high, it.likely)
        })
        .collect();
    let told = format!(
        "median error {}.{} %, {covered} of {} inside, median width {}.{:02}; outside: {worst:#?}",
        median / 10,
        median % 10,
        cases.len(),
        width / 100,
        width % 100
    );
    println!("{told}");
    assert!(median <= error, "the likely size is off too far: {told}");
    assert!(covered * 100 >= cases.len() * inside_per_cent, "too many are outside: {told}");
    assert!(width < 200, "the ranges are so wide that they say nothing: {told}");
}

#[test]
fn layers_weigh_what_the_builder_measured() {
    check(cases(false), 150, 90);
}

#[test]
fn layers_pack_to_what_the_builder_measured() {
    check(cases(true), 150, 85);
}
