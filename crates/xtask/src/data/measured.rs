//! `cargo xtask data apt --from FOLDER`: number, size and download of the packages that apt's own
//! simulation adds for one name, as the project's own fixture `tests/measured/apt-closures.tsv`.

use std::collections::BTreeSet;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{at, write};
use crate::workspace::Workspace;

/// A row of `apt-closures.jsonl`.
#[derive(Deserialize)]
struct Closure {
    suite: String,
    package: String,
    rec: Simulated,
    norec: Simulated,
}

/// What apt's simulation said, or an error instead.
#[derive(Deserialize)]
struct Simulated {
    packages: Option<u64>,
    #[serde(default)]
    installed_kb: u64,
    #[serde(default)]
    deb_bytes: u64,
}

const CLOSURES: &str = "tests/measured/apt-closures.tsv";

/// Writes the fixture from the folder of what was measured.
pub(super) fn import(workspace: &Workspace, folder: &Path) -> Result<(), Box<dyn Error>> {
    let closures = read(&folder.join("apt-closures.jsonl"))?;
    write(&workspace.root.join(CLOSURES), &write_closures(&closures))
}

/// Every package that was measured, so that the tables have it.
pub(super) fn named_packages(workspace: &Workspace) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let path: PathBuf = workspace.root.join(CLOSURES);
    let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    Ok(rows.filter_map(|row| row.split('\t').nth(1)).map(String::from).collect())
}

fn read(path: &Path) -> Result<Vec<Closure>, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| at(path, &error))?;
    text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

fn write_closures(rows: &[Closure]) -> String {
    let mut text = "# source\tapt's own simulation on the official slim images\n# date\t2026-08\n\
                    # release\tpackage\trecommends\tpackages\tinstalled KiB\tdownload bytes\n"
        .to_owned();
    for row in rows {
        for (recommends, simulated) in [("yes", &row.rec), ("no", &row.norec)] {
            // What apt refuses to install has no size.
            if let Some(packages) = simulated.packages {
                let _ = writeln!(
                    text,
                    "{}\t{}\t{recommends}\t{packages}\t{}\t{}",
                    row.suite, row.package, simulated.installed_kb, simulated.deb_bytes
                );
            }
        }
    }
    text
}
