//! What apt adds, against its own simulation and against layers of the real builder.

use std::collections::BTreeMap;

use layerwise_analyzer::packages::{self, Kept, weigh};
use layerwise_analyzer::size::Evidence;
use layerwise_tests::sizes::{FAMILIES, cases, measured};

/// 1,126 rows: two releases, with recommendations and without.
const CLOSURES: &str = include_str!("../measured/apt-closures.tsv");

#[test]
fn closures_are_those_of_apt() {
    let rows = CLOSURES.lines().filter(|line| !line.starts_with('#'));
    let rows: Vec<Vec<&str>> = rows.map(|line| line.split('\t').collect()).collect();
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

/// One `apt-get install` of a `RUN` that does nothing else of weight.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Install {
    image: String,
    recommends: bool,
    keeps_lists: bool,
    keeps_downloads: bool,
    packages: Vec<String>,
}

impl Install {
    fn read(dockerfile: &str, instruction: &str) -> Option<Self> {
        let image = dockerfile.lines().find_map(|line| line.strip_prefix("FROM "))?.to_owned();
        let (_, commands) = instruction.split_once("RUN ")?;
        let commands: Vec<&str> = commands.split("&&").map(str::trim).collect();
        let plain = ["apt-get update", "apt-get clean", "rm -rf /var/lib/apt/lists/*"];
        let mut others = commands.iter().filter(|it| !plain.contains(*it));
        let install = others.next()?.trim_start_matches("DEBIAN_FRONTEND=noninteractive ");
        let words = install.strip_prefix("apt-get install ")?.split_whitespace();
        if others.next().is_some() {
            return None;
        }
        // Behind a cache mount neither lists nor downloads come to the layer.
        let is_mounted = dockerfile.contains("target=/var/lib/apt");
        let has = |command: &str| commands.contains(&command);
        Some(Self {
            image,
            recommends: !words.clone().any(|it| it == "--no-install-recommends"),
            keeps_lists: !is_mounted
                && has("apt-get update")
                && !has("rm -rf /var/lib/apt/lists/*"),
            keeps_downloads: !is_mounted
                && dockerfile.contains("rm -f /etc/apt/apt.conf.d/docker-clean"),
            packages: words.filter(|it| !it.starts_with('-')).map(str::to_owned).collect(),
        })
    }
}

/// Each different installation with the bytes of its layer, plain and packed.
fn installs() -> BTreeMap<Install, [u64; 2]> {
    let mut installs = BTreeMap::new();
    for case in FAMILIES.iter().flat_map(|(family, _)| cases(family)) {
        let dockerfile = &case.fence("dockerfile").expect("a case has a Dockerfile").text;
        for layer in measured(&case) {
            if let Some(install) = Install::read(dockerfile, &layer.instruction) {
                installs.entry(install).or_insert([layer.bytes, layer.gzip]);
            }
        }
    }
    installs
}

/// Each of them beside its estimate; `packed` asks for compressed bytes.
fn compare(packed: bool) -> Vec<Case> {
    let case = |(install, [bytes, gzip]): (&Install, &[u64; 2])| {
        let release = install.image.trim_start_matches("debian:").trim_end_matches("-slim");
        let index = packages::find(&format!("debian-{release}")).expect("the release has an index");
        let base = index.base(&install.image);
        let names: Vec<&str> = install.packages.iter().map(String::as_str).collect();
        let closure = index.close(&names, &base, install.recommends);
        let kept = Kept { lists: install.keeps_lists, caches: install.keeps_downloads };
        let layer = weigh(index, &closure, &base, kept, true);
        let size = if packed { layer.compressed } else { layer.bytes };
        assert_ne!(size.evidence(), Evidence::Unknown, "{names:?}");
        Case {
            told: format!("{install:?}"),
            measured: if packed { *gzip } else { *bytes },
            low: size.low().0,
            likely: size.likely().map_or(0, |bytes| bytes.0),
            high: size.high().map_or(0, |bytes| bytes.0),
        }
    };
    installs().iter().map(case).filter(|case| case.measured > 1_000_000).collect()
}

#[test]
fn a_layer_says_what_it_kept() {
    let line = "RUN apt-get update && apt-get install -y --no-install-recommends curl";
    let kept = |dockerfile: &str, rest: &str| {
        let install = Install::read(dockerfile, &format!("{line}{rest}"))?;
        Some((install.keeps_lists, install.keeps_downloads))
    };
    let removed = " && rm -rf /var/lib/apt/lists/*";
    assert_eq!(kept("FROM debian\n", ""), Some((true, false)));
    assert_eq!(kept("FROM debian\n", removed), Some((false, false)));
    let keeping = "FROM debian\nRUN rm -f /etc/apt/apt.conf.d/docker-clean\n";
    assert_eq!(kept(keeping, removed), Some((false, true)));
    assert_eq!(kept("FROM debian\n", " && make"), None, "what does more is no measure of apt");
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
    check(compare(false), 150, 90);
}

#[test]
fn layers_pack_to_what_the_builder_measured() {
    check(compare(true), 150, 85);
}
