//! `cargo xtask data images [--from FOLDER]`: the base-image table and its bundled form;
//! `cargo xtask data debian`, `data alpine`: packages of distributions (`data/packages.rs`);
//! `cargo xtask data npm|pypi FOLDER… --date DAY`: sizes of language packages (`data/modules.rs`);
//! `cargo xtask data cache --from FILE`: the fixture of measured builds (`data/cache.rs`);
//! `cargo xtask data sizes --from FILE`: measured layers (`data/sizes.rs`);
//! `cargo xtask data apt --from FOLDER`: the fixture of simulated installations (`data/measured.rs`).
//!
//! `crates/analyzer/data/images.jsonl` is the project's own table, one row a variant, and is
//! enough to rebuild `images.bundle`, which the analyzer embeds. With `--from FOLDER` the table
//! is first rebuilt from a folder of collected facts (`data/facts.rs` says which files it holds).

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{fs, io};

mod bundle;
mod cache;
mod describe;
mod facts;
mod measured;
mod merge;
mod model;
mod modules;
mod packages;
mod row;
mod sizes;

use packages::Renewal;
use row::Row;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::workspace::Workspace;

/// `cargo xtask data TABLE [--from PATH] [--date DAY] [FOLDER]...`.
pub(crate) fn run(workspace: &Workspace, mut arguments: Arguments) -> Outcome {
    let from = arguments.value("--from")?;
    let packages = Renewal::read(&mut arguments)?;
    let table = arguments.word().unwrap_or_default();
    let is_of_language = matches!(table.as_str(), "npm" | "pypi");
    let mut folders = Vec::new();
    while is_of_language && let Some(folder) = arguments.word() {
        folders.push(PathBuf::from(folder));
    }
    arguments.finish()?;
    let from = from.as_deref().map(Path::new);
    let outcome = match (table.as_str(), from) {
        ("images", from) => import(&folder(workspace), from),
        ("debian", from) => packages::debian(workspace, from, &packages),
        ("alpine", from) => packages::alpine(workspace, from, &packages),
        ("npm" | "pypi", _) => modules::import(workspace, &table, &folders, packages.date()),
        ("cache", Some(file)) => cache::import(workspace, file),
        ("sizes", Some(file)) => sizes::import(workspace, file),
        ("apt", Some(folder)) => measured::import(workspace, folder),
        ("cache" | "apt" | "sizes", None) => {
            Err(format!("`data {table}` needs `--from PATH`, which was measured").into())
        }
        _ => Err(format!(
            "there is no table `{table}`; write `data images`, `data debian`, `data alpine`, \
             `data npm`, `data pypi`, `data cache`, `data sizes` or `data apt`"
        )
        .into()),
    };
    outcome.map_err(|error| Failure::new(error.to_string()))
}

fn import(folder: &Path, from: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let rows = match from {
        None => read_table(folder)?,
        Some(facts) => {
            let rows = merge::merge(facts::read(facts)?);
            write_table(folder, &rows)?;
            rows
        }
    };
    write_bundle(folder, &rows)
}

/// The folder of the analyzer's tables.
fn folder(workspace: &Workspace) -> PathBuf {
    workspace.root.join("crates/analyzer/data")
}

fn read_table(folder: &Path) -> Result<Vec<Row>, Box<dyn Error>> {
    let path = folder.join("images.jsonl");
    let text = fs::read_to_string(&path).map_err(|error| at(&path, &error))?;
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let row = serde_json::from_str(line)
            .map_err(|error| format!("{}:{}: {error}", path.display(), number + 1))?;
        rows.push(row);
    }
    Ok(rows)
}

fn write_table(folder: &Path, rows: &[Row]) -> Result<(), Box<dyn Error>> {
    let mut text = String::new();
    for row in rows {
        text.push_str(&serde_json::to_string(row)?);
        text.push('\n');
    }
    write(&folder.join("images.jsonl"), &text)
}

fn write_bundle(folder: &Path, rows: &[Row]) -> Result<(), Box<dyn Error>> {
    write(&folder.join("images.bundle"), &bundle::encode(rows))
}

fn write(path: &Path, text: &str) -> Result<(), Box<dyn Error>> {
    fs::write(path, text).map_err(|error| at(path, &error))?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    println!("wrote {name}: {} lines, {} bytes", text.lines().count(), text.len());
    Ok(())
}

fn at(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tables() -> PathBuf {
        folder(&Workspace::find().expect("tests run inside the workspace"))
    }

    #[test]
    fn the_bundle_is_what_the_table_says() {
        let rows = read_table(&tables()).expect("images.jsonl must be readable");
        let bundle = fs::read_to_string(tables().join("images.bundle")).unwrap_or_default();
        assert!(
            bundle == bundle::encode(&rows),
            "crates/analyzer/data/images.bundle is stale: run `cargo xtask data images`"
        );
    }

    #[test]
    fn rows_are_sorted_sourced_and_dated() {
        let rows = read_table(&tables()).expect("images.jsonl must be readable");
        assert!(rows.len() > 1_000, "the table has lost most of its rows: {}", rows.len());
        for pair in rows.windows(2) {
            assert!(pair[0].sort_key() <= pair[1].sort_key(), "{} comes too late", pair[1].name());
        }
        for row in &rows {
            assert!(!row.source.is_empty(), "{} has no source", row.name());
            assert!(!row.source.contains("index id"), "{}: whose index?", row.name());
            let assumed = row.figures.iter().all(|figures| figures.evidence == "assumed");
            assert!(!row.date.is_empty() || assumed, "{} has no date", row.name());
            for figures in &row.figures {
                for range in [&figures.compressed, &figures.uncompressed].into_iter().flatten() {
                    assert!(range.is_sorted(), "{}: range {range:?} is not ordered", row.name());
                    assert!(range[0] > 0, "{}: a size of 0 means unknown", row.name());
                }
                let named = ["exact", "measured", "modelled", "assumed"];
                assert!(named.contains(&figures.evidence.as_str()), "{}", row.name());
                assert!(!figures.how.is_empty(), "{} does not say how it is known", row.name());
                let raw = ["published", "estimated x", "compressed ×"];
                assert!(
                    !raw.iter().any(|start| figures.how.starts_with(start)),
                    "{}: readers do not know what {:?} means; put it in words (describe.rs)",
                    row.name(),
                    figures.how
                );
            }
        }
    }

    #[test]
    fn a_tag_names_one_row() {
        let mut seen = std::collections::BTreeSet::new();
        for row in read_table(&tables()).expect("images.jsonl must be readable") {
            for tag in row.tags.iter().chain(&row.aliases) {
                assert!(
                    seen.insert(format!("{}:{tag}", row.repository)),
                    "{}:{tag} names two rows",
                    row.repository
                );
            }
        }
    }
}
