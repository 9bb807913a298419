//! What the folder of collected facts says of Debian.

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde::Deserialize;

use super::super::at;

/// `base-package-lists.json`: names by release.
#[derive(Deserialize)]
pub(super) struct BaseLists {
    pub(super) debian: BTreeMap<String, Vec<String>>,
    pub(super) alpine: BTreeMap<String, Vec<String>>,
}

/// The most needed names of a release.
pub(super) fn debian_names(
    facts: &Path,
    release: &str,
) -> Result<BTreeSet<String>, Box<dyn Error>> {
    let text = unpack(&facts.join(format!("debian-{release}-packages.tsv.gz")))?;
    let first = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
    Ok(text.lines().map(first).collect())
}

/// What the base image of a release has installed.
pub(super) fn debian_base(facts: &Path, release: &str) -> Result<Vec<String>, Box<dyn Error>> {
    Ok(base_lists(facts)?.debian.remove(release).unwrap_or_default())
}

pub(super) fn base_lists(facts: &Path) -> Result<BaseLists, Box<dyn Error>> {
    read_json(&facts.join("base-package-lists.json"))
}

pub(super) fn read_json<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<T, Box<dyn Error>> {
    let text = fs::read_to_string(path).map_err(|error| at(path, &error))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{}: {error}", path.display()))?)
}

/// The text of a file that gzip packed.
pub(super) fn unpack(path: &Path) -> Result<String, Box<dyn Error>> {
    let output = Command::new("gzip").arg("-dc").arg(path).output();
    let output = output.map_err(|error| format!("`gzip` is needed to read facts: {error}"))?;
    if !output.status.success() {
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        return Err(format!("{}: {}", path.display(), told.trim()).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}
