//! `cargo xtask data sizes --from FILE`: layers of the real builder, as Markdown that people can
//! read and tests walk.
//!
//! The file has a row a build: its Dockerfile, its context, and what each instruction added. Each
//! family of builds becomes a file of `tests/measured`.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write;
use std::fs;
use std::path::Path;

use serde::Deserialize;

use super::{at, write};
use crate::workspace::Workspace;

/// What stands above the cases of every file.
const SOURCE: &str = "Measured on BuildKit of August 2026 with images from a registry of its own, \
    brought here by\n`cargo xtask data sizes`. The Debian bases are built the way the official ones \
    are; Node.js and Python\nare added to them, so these are measures of what is added, not of bases. \
    A line of `measured` is a layer:\nbytes of its files, of its tar, of that packed with gzip; the \
    largest paths below it.";

#[derive(Deserialize)]
struct Build {
    name: String,
    dockerfile: String,
    context: BTreeMap<String, File>,
    layers: Vec<Layer>,
}

#[derive(Deserialize)]
struct File {
    bytes: u64,
    text: Option<String>,
    /// What an archive holds by path, where the file is one.
    holds: Option<BTreeMap<String, u64>>,
}

#[derive(Deserialize)]
struct Layer {
    instruction: String,
    bytes: u64,
    tar: u64,
    gzip: u64,
    top: Vec<(String, u64)>,
}

/// Writes the files from what was measured.
pub(super) fn import(workspace: &Workspace, file: &Path) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(file).map_err(|error| at(file, &error))?;
    let mut families: BTreeMap<&str, String> = BTreeMap::new();
    for (number, line) in text.lines().enumerate() {
        let build: Build = serde_json::from_str(line)
            .map_err(|error| format!("{}:{}: {error}", file.display(), number + 1))?;
        let family = family(&build.name);
        let page = families
            .entry(family)
            .or_insert_with(|| format!("# Layers measured: {family}\n\n{SOURCE}\n"));
        write_build(page, &build)?;
    }
    for (family, page) in families {
        write(&workspace.root.join(format!("tests/measured/{family}.md")), &page)?;
    }
    Ok(())
}

/// The file that a build belongs to.
fn family(name: &str) -> &'static str {
    match name.split('/').next().unwrap_or_default() {
        "apt" => "apt",
        "aptcat" => "apt-packages",
        "npm" => "npm",
        "pipc" | "pip1" => "pip",
        _ => "layers",
    }
}

fn write_build(page: &mut String, build: &Build) -> std::fmt::Result {
    let dockerfile = build.dockerfile.trim_end();
    writeln!(page, "\n## {}\n```dockerfile\n{dockerfile}\n```", build.name)?;
    if !build.context.is_empty() {
        page.push_str("```context\n");
        for (path, file) in &build.context {
            writeln!(page, "{} {path}", file.bytes)?;
        }
        page.push_str("```\n");
    }
    // Of a context of many files only the sizes matter.
    for (path, file) in build.context.iter().filter(|_| build.context.len() <= 20) {
        if let Some(text) = file.text.as_ref().filter(|text| !text.contains("```")) {
            writeln!(page, "```file {path}\n{}\n```", text.trim_end())?;
        }
        if let Some(holds) = &file.holds {
            writeln!(page, "```holds {path}\n{} bytes\n```", holds.values().sum::<u64>())?;
        }
    }
    page.push_str("```measured\n");
    for layer in &build.layers {
        // The row spells a heredoc out; one line is enough to tell layers apart.
        let instruction = layer.instruction.lines().next().unwrap_or_default();
        let Layer { bytes, tar, gzip, .. } = layer;
        writeln!(page, "{bytes} {tar} {gzip} {instruction}")?;
        for (path, bytes) in &layer.top {
            writeln!(page, "  {bytes} {path}")?;
        }
    }
    writeln!(page, "```")
}
