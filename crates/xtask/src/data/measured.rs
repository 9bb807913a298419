//! `cargo xtask data apt --from FOLDER`: what apt was measured to add, as the project's own fixtures.
//!
//! `tests/measured/apt-closures.tsv`: number, size and download of the packages that apt's own
//! simulation adds for one name. `tests/measured/apt-layers.tsv`: the layers that `apt-get install`
//! added on the real builder, with what the line kept besides the packages.

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

/// A row of `sizes.jsonl`.
#[derive(Deserialize)]
struct Measured {
    dockerfile: String,
    layers: Vec<Layer>,
}

#[derive(Deserialize)]
struct Layer {
    instruction: String,
    bytes: u64,
    tar: u64,
    gzip: u64,
}

const CLOSURES: &str = "tests/measured/apt-closures.tsv";
const LAYERS: &str = "tests/measured/apt-layers.tsv";

/// Writes both fixtures from the folder of what was measured.
pub(super) fn import(workspace: &Workspace, folder: &Path) -> Result<(), Box<dyn Error>> {
    let closures = read(&folder.join("apt-closures.jsonl"))?;
    write(&workspace.root.join(CLOSURES), &write_closures(&closures))?;
    let sizes = read(&folder.join("sizes.jsonl"))?;
    write(&workspace.root.join(LAYERS), &write_layers(&sizes))
}

/// Every package that was measured, so that the tables have it.
pub(super) fn named_packages(workspace: &Workspace) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let path: PathBuf = workspace.root.join(CLOSURES);
    let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
    let rows = text.lines().filter(|line| !line.starts_with('#'));
    Ok(rows.filter_map(|row| row.split('\t').nth(1)).map(String::from).collect())
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Vec<T>, Box<dyn Error>> {
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

fn write_layers(rows: &[Measured]) -> String {
    let mut text = "# source\tBuildKit of August 2026 on look-alikes of the official images\n\
                    # date\t2026-08\n\
                    # image\trecommends\tkept besides\tpackages\tfile bytes\ttar bytes\tgzip bytes\n"
        .to_owned();
    for row in rows {
        let image = row.dockerfile.lines().find_map(|line| line.strip_prefix("FROM "));
        for layer in &row.layers {
            if let (Some(image), Some(install)) = (image, Install::read(row, layer)) {
                let _ = writeln!(
                    text,
                    "{image}\t{}\t{}\t{}\t{}\t{}\t{}",
                    if install.recommends { "yes" } else { "no" },
                    install.kept.join(" "),
                    install.packages.join(" "),
                    layer.bytes,
                    layer.tar,
                    layer.gzip
                );
            }
        }
    }
    text
}

/// One `apt-get install` of a `RUN` that does nothing else of weight.
struct Install<'text> {
    recommends: bool,
    /// `lists`, `caches`.
    kept: Vec<&'static str>,
    packages: Vec<&'text str>,
}

impl<'text> Install<'text> {
    fn read(row: &Measured, layer: &'text Layer) -> Option<Self> {
        let (_, commands) = layer.instruction.split_once("RUN ")?;
        let commands: Vec<&str> = commands.split("&&").map(str::trim).collect();
        let plain = ["apt-get update", "apt-get clean", "rm -rf /var/lib/apt/lists/*"];
        let mut others = commands.iter().filter(|it| !plain.contains(*it));
        let install = others.next()?.trim_start_matches("DEBIAN_FRONTEND=noninteractive ");
        let words = install.strip_prefix("apt-get install ")?.split_whitespace();
        if others.next().is_some() {
            return None;
        }
        let mounted = row.dockerfile.contains("target=/var/lib/apt");
        let updated = commands.contains(&"apt-get update") && !mounted;
        let mut kept = Vec::new();
        if updated && !commands.contains(&"rm -rf /var/lib/apt/lists/*") {
            kept.push("lists");
        }
        if row.dockerfile.contains("rm -f /etc/apt/apt.conf.d/docker-clean") && !mounted {
            kept.push("caches");
        }
        let packages: Vec<&str> = words.clone().filter(|it| !it.starts_with('-')).collect();
        let recommends = !words.into_iter().any(|it| it == "--no-install-recommends");
        Some(Self { recommends, kept, packages })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_says_what_it_kept() {
        let line = "RUN apt-get update && apt-get install -y --no-install-recommends curl";
        let row = |dockerfile: &str, instruction: &str| {
            let layer = Layer { instruction: instruction.into(), bytes: 3, tar: 4, gzip: 2 };
            write_layers(&[Measured { dockerfile: dockerfile.into(), layers: vec![layer] }])
        };
        let kept = row("FROM debian\n", line);
        assert!(kept.ends_with("debian\tno\tlists\tcurl\t3\t4\t2\n"), "{kept}");
        let removed = row("FROM debian\n", &format!("{line} && rm -rf /var/lib/apt/lists/*"));
        assert!(removed.ends_with("debian\tno\t\tcurl\t3\t4\t2\n"), "{removed}");
        let more = row("FROM debian\n", &format!("{line} && make"));
        assert!(more.ends_with("gzip bytes\n"), "what does more is no measure of apt: {more}");
    }
}
