//! What npm and pip really added to a layer, against the tables of measured packages.

use std::fs;
use std::path::Path;

use layerwise_analyzer::packages::manifests;
use layerwise_analyzer::packages::modules::{Kept, ModuleTable};
use layerwise_tests::Case;
use layerwise_tests::sizes::{Measured, cases, measured};

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
    let mut compared = Vec::new();
    for case in ["npm", "pip", "layers"].iter().flat_map(|family| cases(family)) {
        for layer in measured(&case) {
            let install = Install::read(&case, &layer);
            compared.extend(install.map(|install| install.compare(&case, &layer, &tables)));
        }
    }
    compared
}

/// What a layer installed.
struct Install {
    /// Its name tells the format.
    path: &'static str,
    manifest: String,
    with_development: bool,
    keeps: Kept,
}

impl Install {
    fn read(case: &Case, layer: &Measured) -> Option<Self> {
        let command = layer.instruction.strip_prefix("RUN ")?;
        let words: Vec<&str> = command.split(" && ").next()?.split(' ').collect();
        let mut named = words.iter().skip(2).filter(|word| !word.starts_with('-')).copied();
        let file = |name: &str| {
            let mut files = case.fences.iter().filter(|fence| fence.words == ["file", name]);
            files.next().unwrap_or_else(|| panic!("{} brings no {name}", case.name)).text.clone()
        };
        match words.as_slice() {
            ["npm", "install", rest @ ..] if rest.contains(&"--package-lock-only") => None,
            ["npm", command @ ("install" | "ci"), rest @ ..] => Some(Self {
                path: "package.json",
                manifest: match named.next() {
                    Some(name) => format!("{{\"dependencies\":{{\"{name}\":\"*\"}}}}"),
                    None => file("package.json"),
                },
                with_development: !rest.contains(&"--omit=dev"),
                keeps: match layer.instruction.contains("npm cache clean") {
                    true => Kept::Nothing,
                    false if *command == "ci" => Kept::Archives,
                    false => Kept::All,
                },
            }),
            ["pip", "install", rest @ ..] => {
                let dockerfile = &case.fence("dockerfile").expect("a case has a Dockerfile").text;
                let is_bare =
                    rest.contains(&"--no-cache-dir") || dockerfile.contains("ENV PIP_NO_CACHE_DIR");
                Some(Self {
                    path: "requirements.txt",
                    manifest: match rest.contains(&"-r") {
                        true => file("requirements.txt"),
                        false => named.map(|name| format!("{name}\n")).collect(),
                    },
                    with_development: false,
                    keeps: if is_bare { Kept::Nothing } else { Kept::All },
                })
            }
            _ => None,
        }
    }

    fn compare(self, case: &Case, layer: &Measured, tables: &[ModuleTable<'_>; 2]) -> Compared {
        let table = &tables[usize::from(self.path == "requirements.txt")];
        let listing =
            manifests::read(self.path, &self.manifest, &|_| None).expect("a known format");
        let doubts = &listing.not_understood;
        assert!(doubts.is_empty(), "{}: {doubts:?}", case.name);
        let closure = listing.weigh(table, self.with_development);
        let size = closure.layer(self.keeps);
        let upper = size.likely().zip(size.high()).expect("packages always have a size");
        Compared {
            name: case.name.clone(),
            keeps: self.keeps,
            measured: layer.bytes,
            range: [size.low(), upper.0, upper.1].map(|it| it.0),
            unknown: closure.unknown,
        }
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
