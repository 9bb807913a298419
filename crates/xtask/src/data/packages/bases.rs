//! What base images have installed, so that nothing is counted twice.
//!
//! `bases-minimal.tsv` holds the distributions' own images, written by the importers; `bases.tsv`
//! is kept by hand: which packages an official image installs on top of which other. Both have a
//! source and a date in every row. The sets are closed over what the packages need when an index
//! is made.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use super::super::{at, write};
use super::select::Chooser;
use super::table::{Row, Table};
use super::{control, facts};

/// Both tables.
pub(super) struct Bases {
    minimal: Vec<Minimal>,
    others: Vec<Other>,
}

/// A distribution's own image.
struct Minimal {
    release: String,
    source: String,
    date: String,
    packages: Vec<String>,
}

/// An image on top of another.
struct Other {
    image: String,
    on: String,
    packages: Vec<String>,
}

/// The packages of one image of a release.
pub(super) struct BaseSet {
    /// The image and, after a colon, the word of its tag that says which variant: `python:slim`.
    pub(super) image: String,
    /// Whether documentation, manuals and translations are left out of what is installed.
    pub(super) without_documentation: bool,
    pub(super) packages: BTreeSet<String>,
}

impl Bases {
    /// The sets of one release; none where its distribution's own image is not known.
    pub(super) fn of_table(&self, table: &Table) -> Vec<BaseSet> {
        let Some(minimal) = self.nearest(&table.release) else {
            return Vec::new();
        };
        let chooser = Chooser::of(&table.rows);
        let root = table.release.split(' ').next().unwrap_or_default();
        let mut sets = Vec::new();
        for name in [root, &format!("{root}:slim")] {
            if name == root || root == "debian" {
                sets.push(BaseSet {
                    image: name.to_owned(),
                    without_documentation: name != root,
                    packages: minimal.packages.iter().cloned().collect(),
                });
            }
        }
        for other in &self.others {
            if let Some(below) = sets.iter().find(|set| set.image == other.on) {
                let mut names: Vec<String> = below.packages.iter().cloned().collect();
                names.extend(other.packages.iter().cloned());
                let mut packages = chooser.close(&names);
                packages.extend(below.packages.iter().cloned());
                let without_documentation = below.without_documentation;
                sets.push(BaseSet { image: other.image.clone(), without_documentation, packages });
            }
        }
        sets
    }

    /// The row of a release, or of the newest one before it.
    fn nearest(&self, release: &str) -> Option<&Minimal> {
        let number = |text: &str| -> Option<(String, u64)> {
            let (distribution, version) = text.split_once(' ')?;
            let minor = version.split('.').nth(1)?.parse().ok()?;
            Some((distribution.to_owned(), minor))
        };
        let exact = self.minimal.iter().find(|it| it.release == release);
        let before = || {
            let wanted = number(release)?;
            let mut older: Vec<&Minimal> = self.minimal.iter().collect();
            older.retain(|it| {
                number(&it.release).is_some_and(|it| it.0 == wanted.0 && it.1 <= wanted.1)
            });
            older.into_iter().max_by_key(|it| number(&it.release))
        };
        exact.or_else(before)
    }
}

/// Reads both tables.
pub(super) fn read(data: &Path) -> Result<Bases, Box<dyn Error>> {
    let words = |cell: &str| cell.split_whitespace().map(String::from).collect();
    let minimal =
        cells(data, "bases-minimal.tsv")?.into_iter().map(|[release, source, date, names]| {
            Minimal { release, source, date, packages: words(&names) }
        });
    let others = cells(data, "bases.tsv")?.into_iter().map(|[image, on, names, _]| Other {
        image,
        on,
        packages: words(&names),
    });
    Ok(Bases { minimal: minimal.collect(), others: others.collect() })
}

/// The image of each row of the table that is kept by hand, that below it, and its packages.
#[cfg(test)]
pub(super) fn rows_by_hand(bases: &Bases) -> impl Iterator<Item = (&str, &str, &[String])> {
    bases.others.iter().map(|it| (it.image.as_str(), it.on.as_str(), it.packages.as_slice()))
}

/// The first four cells of every row of a table.
fn cells(data: &Path, name: &str) -> Result<Vec<[String; 4]>, Box<dyn Error>> {
    let path = data.join("packages").join(name);
    if !path.is_file() {
        return Ok(Vec::new());
    }
    let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    let row = |line: &str| {
        let cells: Vec<String> = line.split('\t').take(4).map(String::from).collect();
        cells.try_into().map_err(|_| format!("{name}: `{line}` has fewer than four cells").into())
    };
    rows.map(row).collect()
}

/// Writes the row of a release of Debian: the list of the facts where its packages still exist,
/// otherwise what the index calls required, with apt, which is how the image is made.
pub(super) fn renew_debian(
    data: &Path,
    release: &str,
    date: &str,
    list: &[String],
    all: &BTreeMap<String, Row>,
) -> Result<(), Box<dyn Error>> {
    let (source, packages) = if !list.is_empty() && list.iter().all(|name| all.contains_key(name)) {
        ("package list of the official image, all in the index of this day", list.to_vec())
    } else {
        let required = all.values().filter(|row| control::is_required(row));
        let mut names: Vec<String> = required.map(|row| row.name.clone()).collect();
        names.push("apt".into());
        let closed = Chooser::of(all.values()).close(&names);
        (
            "required packages of the index and apt, which the image is made of",
            closed.into_iter().collect(),
        )
    };
    replace(data, &[(format!("debian {release}"), source.to_owned(), date.to_owned(), packages)])
}

/// Writes the rows of Alpine.
pub(super) fn renew_alpine(data: &Path, facts: &Path) -> Result<(), Box<dyn Error>> {
    let lists = facts::base_lists(facts)?.alpine.into_iter();
    let rows = lists.filter_map(|(version, mut packages)| {
        let mut parts = version.split('.');
        let release = format!("alpine {}.{}", parts.next()?, parts.next()?);
        packages.sort();
        let source = format!("package list of the official image {version}");
        Some((release, source, "2024-09-06".to_owned(), packages))
    });
    replace(data, &rows.collect::<Vec<_>>())
}

/// Writes rows of `bases-minimal.tsv`, in the place of those of the same release.
fn replace(
    data: &Path,
    rows: &[(String, String, String, Vec<String>)],
) -> Result<(), Box<dyn Error>> {
    let mut all: BTreeMap<String, [String; 3]> = read(data)?
        .minimal
        .into_iter()
        .map(|it| (it.release, [it.source, it.date, it.packages.join(" ")]))
        .collect();
    for (release, source, date, packages) in rows {
        let cells = [source.clone(), date.clone(), packages.join(" ")];
        all.insert(release.clone(), cells);
    }
    let mut text = "# release\tsource\tdate\tpackages\n".to_owned();
    for (release, [source, date, packages]) in all {
        let _ = writeln!(text, "{release}\t{source}\t{date}\t{packages}");
    }
    write(&data.join("packages/bases-minimal.tsv"), &text)
}
