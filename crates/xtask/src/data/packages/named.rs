//! `named.tsv`: the names that people write, which may be those of no package of a release but of
//! something that packages provide.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::super::{at, write};
use super::facts::read_json;

const FILE: &str = "packages/named.tsv";

/// How often a name is seen in public Dockerfiles, by package manager.
#[derive(Deserialize)]
struct Frequency {
    apt: BTreeMap<String, [u64; 2]>,
    apk: BTreeMap<String, [u64; 2]>,
}

/// The names of one package manager.
pub(super) fn read(data: &Path, manager: &str) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let path = data.join(FILE);
    let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
    let rows = text.lines().filter_map(|line| line.split_once('\t'));
    Ok(rows.filter(|row| row.0 == manager).map(|row| row.1.to_owned()).collect())
}

/// Writes the names of the facts and those whose closures were measured.
pub(super) fn renew(
    data: &Path,
    facts: &Path,
    measured: &BTreeSet<String>,
) -> Result<(), Box<dyn Error>> {
    let frequency: Frequency = read_json(&facts.join("package-frequency.json"))?;
    let mut apt: BTreeSet<&String> = frequency.apt.keys().collect();
    apt.extend(measured);
    let mut text =
        "# source: names in 3,779 public Dockerfiles, and those that were measured; date: 2026\n"
            .to_owned();
    for name in apt {
        let _ = writeln!(text, "apt\t{name}");
    }
    for name in frequency.apk.keys() {
        let _ = writeln!(text, "apk\t{name}");
    }
    write(&data.join(FILE), &text)
}
