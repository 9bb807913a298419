//! `cargo xtask data debian` and `cargo xtask data alpine`: packages of a distribution.
//!
//! A table (`crates/analyzer/data/packages/`) is text, one row a package, with its source and date
//! at its head; an index (`crates/analyzer/data/indexes/`) is the compact form that the analyzer
//! reads. Without further words the indexes are made again from the tables. With `--release`,
//! `--packages` and `--date` a table is renewed from the distribution's own index first, and with
//! `--from FOLDER` the names of a folder of collected facts are wanted besides those it has. For
//! Alpine `--from FOLDER` alone makes every table of the facts.

mod alpine;
mod apkindex;
mod bases;
mod control;
mod encode;
mod facts;
mod named;
mod select;
mod table;

use std::collections::BTreeSet;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use table::Table;

use super::{at, folder, measured, write};
use crate::arguments::Arguments;
use crate::failure::Outcome;
use crate::workspace::Workspace;

/// A release's own index, from which its table is made again.
pub(super) struct Renewal {
    release: Option<String>,
    files: Vec<PathBuf>,
    date: Option<String>,
}

impl Renewal {
    /// Takes `--release`, `--date` and every `--packages` of the words.
    pub(super) fn read(arguments: &mut Arguments) -> Outcome<Self> {
        let release = arguments.value("--release")?;
        let date = arguments.value("--date")?;
        let mut files = Vec::new();
        while let Some(file) = arguments.value("--packages")? {
            files.push(PathBuf::from(file));
        }
        Ok(Self { release, files, date })
    }

    /// The day that the words name.
    pub(super) fn date(&self) -> Option<&str> {
        self.date.as_deref()
    }

    /// Release and date; nothing where only the indexes are wanted.
    fn asked(&self) -> Result<Option<(&str, &str)>, Box<dyn Error>> {
        match (&self.release, &self.date, self.files.is_empty()) {
            (Some(release), Some(date), false) => Ok(Some((release, date))),
            (None, None, true) => Ok(None),
            _ => {
                Err("a renewal needs `--release`, `--packages FILE` and `--date YYYY-MM-DD`".into())
            }
        }
    }
}

/// `cargo xtask data debian`.
pub(super) fn debian(
    workspace: &Workspace,
    facts: Option<&Path>,
    renewal: &Renewal,
) -> Result<(), Box<dyn Error>> {
    let data = folder(workspace);
    if let Some((release, date)) = renewal.asked()? {
        let path = data.join(format!("packages/debian-{release}.tsv"));
        let mut base = Vec::new();
        let mut wanted = names(&path)?;
        if let Some(facts) = facts {
            wanted.extend(facts::debian_names(facts, release)?);
            base = facts::debian_base(facts, release)?;
            named::renew(&data, facts, &measured::named_packages(workspace)?)?;
        }
        wanted.extend(named::read(&data, "apt")?);
        let all = control::read(&renewal.files)?;
        bases::renew_debian(&data, release, date, &base, &all)?;
        let keep = select::Chooser::of(all.values()).keep(&wanted);
        let table = Table {
            manager: "apt".into(),
            release: format!("debian {release}"),
            source: "Debian's own package index: main, updates and security, amd64".into(),
            date: date.into(),
            rows: all.into_values().filter(|row| keep.contains(&row.name)).collect(),
        };
        write(&path, &table.to_text())?;
    }
    write_indexes(&data, "debian-")
}

/// `cargo xtask data alpine`.
pub(super) fn alpine(
    workspace: &Workspace,
    facts: Option<&Path>,
    renewal: &Renewal,
) -> Result<(), Box<dyn Error>> {
    let data = folder(workspace);
    let tables = match (renewal.asked()?, facts) {
        (Some((release, date)), _) => vec![apkindex::renew(&renewal.files, release, date)?],
        (None, Some(facts)) => {
            bases::renew_alpine(&data, facts)?;
            named::renew(&data, facts, &measured::named_packages(workspace)?)?;
            alpine::tables(facts)?
        }
        (None, None) => Vec::new(),
    };
    for table in tables {
        let name = table.release.replace(' ', "-");
        write(&data.join(format!("packages/{name}.tsv")), &table.to_text())?;
    }
    write_indexes(&data, "alpine-")
}

/// The names of a table's rows; none where there is no such table yet.
fn names(path: &Path) -> Result<BTreeSet<String>, Box<dyn Error>> {
    if !path.is_file() {
        return Ok(BTreeSet::new());
    }
    Ok(Table::read(path)?.rows.into_iter().map(|row| row.name).collect())
}

/// The tables whose file names start alike, sorted by name.
fn tables(data: &Path, start: &str) -> Result<Vec<(String, Table)>, Box<dyn Error>> {
    let folder = data.join("packages");
    let entries = fs::read_dir(&folder).map_err(|error| at(&folder, &error))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    paths.sort();
    let mut tables = Vec::new();
    for path in paths {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if stem.starts_with(start) {
            tables.push((stem, Table::read(&path)?));
        }
    }
    Ok(tables)
}

/// The name of a file and its bytes.
type Index = (String, Vec<u8>);

/// Every index of one distribution.
fn indexes(data: &Path, start: &str) -> Result<Vec<Index>, Box<dyn Error>> {
    let tables = tables(data, start)?;
    let named = named::read(data, if start == "debian-" { "apt" } else { "apk" })?;
    let rows = tables.iter().flat_map(|(_, table)| &table.rows);
    let known = rows.map(|row| &row.name).chain(&named).map(String::as_str).collect();
    let bases = bases::read(data)?;
    let encoded = tables.iter().map(|(name, table)| {
        let sets = bases.of_table(table);
        (format!("{name}.index"), encode::encode(table, &sets, &known))
    });
    Ok(encoded.collect())
}

fn write_indexes(data: &Path, start: &str) -> Result<(), Box<dyn Error>> {
    for (name, bytes) in indexes(data, start)? {
        let path = data.join("indexes").join(&name);
        fs::write(&path, &bytes).map_err(|error| at(&path, &error))?;
        println!("wrote {name}: {} bytes", bytes.len());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn data() -> PathBuf {
        folder(&Workspace::find().expect("tests run inside the workspace"))
    }

    #[test]
    fn every_index_is_what_its_table_says() {
        for start in ["debian-", "alpine-"] {
            for (name, bytes) in indexes(&data(), start).expect("the tables can be read") {
                let there = fs::read(data().join("indexes").join(&name)).unwrap_or_default();
                assert!(
                    there == bytes,
                    "crates/analyzer/data/indexes/{name} is stale: run `cargo xtask data {}`",
                    start.trim_end_matches('-')
                );
            }
        }
    }

    #[test]
    fn every_base_image_stands_on_one_above_it_and_has_packages_that_exist() {
        let mut tables = tables(&data(), "debian-").expect("the tables can be read");
        tables.extend(super::tables(&data(), "alpine-").expect("the tables can be read"));
        let rows = || tables.iter().flat_map(|(_, table)| &table.rows);
        let provided = rows().flat_map(|row| &row.provides);
        let known: BTreeSet<&String> = rows().map(|row| &row.name).chain(provided).collect();
        let bases = bases::read(&data()).expect("the tables can be read");
        let mut above = vec!["debian", "debian:slim", "alpine"];
        for (image, on, packages) in bases::rows_by_hand(&bases) {
            assert!(above.contains(&on), "bases.tsv: {image} stands on {on}, which comes later");
            for package in packages {
                assert!(
                    known.contains(package),
                    "bases.tsv: {image} has {package}, which is nowhere"
                );
            }
            above.push(image);
        }
    }

    #[test]
    fn every_table_is_sorted_sourced_and_dated() {
        let mut seen = 0;
        for start in ["debian-", "alpine-"] {
            for (name, table) in tables(&data(), start).expect("the tables can be read") {
                seen += 1;
                assert!(!table.source.is_empty() && table.date.len() == 10, "{name}: whose? when?");
                assert!(table.rows.len() > 1_000, "{name} has lost most of its rows");
                for pair in table.rows.windows(2) {
                    assert!(pair[0].name < pair[1].name, "{name}: {} is late", pair[1].name);
                }
            }
        }
        assert!(seen >= 10, "tables are missing: only {seen} are there");
    }
}
