//! `cargo xtask data cache --from FILE`: measured builds of one cache after another, as the
//! project's own fixture.
//!
//! The file is what a run of the real builder wrote: a row a scenario, with every file before the
//! first build and after each edit. The fixture keeps of a build only what changed since the one
//! before, its steps as short lists, and of a file that is no text its length and a digest.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::{at, write};
use crate::workspace::Workspace;

/// Who was measured, and when: the first line of the fixture.
const SOURCE: &str = "BuildKit of August 2026, with images from a registry of its own";
const DATE: &str = "2026-08";

/// A scenario as it was measured.
#[derive(Deserialize)]
struct Measured {
    name: String,
    before: State,
    builds: Vec<MeasuredBuild>,
}

/// Files by path, folders with `/` at the end, and the options of the build.
#[derive(Clone, Default, Deserialize)]
struct State {
    files: BTreeMap<String, Value>,
    options: Map<String, Value>,
}

#[derive(Deserialize)]
struct MeasuredBuild {
    edit: String,
    after: State,
    time_only: Vec<String>,
    steps: Vec<MeasuredStep>,
    layers_same_as_previous_build: Vec<bool>,
    config_same: bool,
}

#[derive(Deserialize)]
struct MeasuredStep {
    stage: Option<String>,
    step: u64,
    instruction: String,
    outcome: String,
}

#[derive(Serialize)]
struct Header<'text> {
    source: &'text str,
    date: &'text str,
    scenarios: usize,
}

#[derive(Serialize)]
struct Scenario {
    name: String,
    builds: Vec<Build>,
}

/// A build; of the first of a scenario only the files and options are known.
#[derive(Default, Serialize)]
struct Build {
    #[serde(skip_serializing_if = "String::is_empty")]
    edit: String,
    /// Files that are new or different since the build before; `null` for those that are gone.
    files: BTreeMap<String, Value>,
    /// Only where there are any.
    #[serde(skip_serializing_if = "Map::is_empty")]
    options: Map<String, Value>,
    /// Files that were written again with the same content.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    time_only: Vec<String>,
    /// Stage, number in the stage, words printed, `cached` or `ran`; without `FROM`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    steps: Vec<(Option<String>, u64, String, String)>,
    /// For each layer of the image `1` where it is that of the build before.
    #[serde(skip_serializing_if = "String::is_empty")]
    same_layers: String,
    /// Whether the image's configuration is that of the build before.
    #[serde(skip_serializing_if = "Option::is_none")]
    same_configuration: Option<bool>,
}

/// Writes the fixture from what was measured.
pub(super) fn import(workspace: &Workspace, measured: &Path) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(measured).map_err(|error| at(measured, &error))?;
    write(&workspace.root.join("tests/measured/cache.jsonl"), &compact(&text)?)
}

fn compact(text: &str) -> Result<String, Box<dyn Error>> {
    let mut scenarios = Vec::new();
    for (number, line) in text.lines().enumerate() {
        let measured: Measured =
            serde_json::from_str(line).map_err(|error| format!("line {}: {error}", number + 1))?;
        scenarios.push(serde_json::to_string(&compact_scenario(measured))?);
    }
    let header = Header { source: SOURCE, date: DATE, scenarios: scenarios.len() };
    Ok(format!("{}\n{}\n", serde_json::to_string(&header)?, scenarios.join("\n")))
}

fn compact_scenario(measured: Measured) -> Scenario {
    let mut files = shorten(measured.before.files);
    let first =
        Build { files: files.clone(), options: measured.before.options, ..Build::default() };
    let mut builds = vec![first];
    for build in measured.builds {
        let after = shorten(build.after.files);
        builds.push(Build {
            edit: build.edit,
            files: difference(&files, &after),
            options: build.after.options,
            time_only: build.time_only,
            steps: build.steps.into_iter().map(MeasuredStep::into_list).collect(),
            same_layers: bits(&build.layers_same_as_previous_build),
            same_configuration: Some(build.config_same),
        });
        files = after;
    }
    Scenario { name: measured.name, builds }
}

impl MeasuredStep {
    fn into_list(self) -> (Option<String>, u64, String, String) {
        (self.stage, self.step, self.instruction, self.outcome)
    }
}

fn bits(flags: &[bool]) -> String {
    flags.iter().map(|flag| if *flag { '1' } else { '0' }).collect()
}

/// Says of a file that is no text only how long it is, and something that changes when it does.
fn shorten(mut files: BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    for file in files.values_mut() {
        if let Some(content) = file.as_str().filter(|content| content.contains('\0')) {
            *file = json!({ "bytes": content.len(), "digest": digest(content.as_bytes()) });
        }
    }
    files
}

/// FNV-1a in 64 bits: enough to tell a few files apart.
fn digest(content: &[u8]) -> String {
    let mix = |hash: u64, byte: &u8| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
    format!("{:016x}", content.iter().fold(0xcbf2_9ce4_8422_2325, mix))
}

/// What must be laid over `before` to make `after` of it.
fn difference(
    before: &BTreeMap<String, Value>,
    after: &BTreeMap<String, Value>,
) -> BTreeMap<String, Value> {
    let changed = after.iter().filter(|(path, file)| before.get(*path) != Some(file));
    let changed = changed.map(|(path, file)| (path.clone(), file.clone()));
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    changed.chain(gone.map(|path| (path.clone(), Value::Null))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_build_keeps_only_what_changed() {
        let measured = r#"{"name":"n","before":{"files":{"a":"1","b":"2","d/":{"dir":true},"t":"\u0000"},"options":{}},"builds":[{"edit":"e","after":{"files":{"a":"1","b":"3"},"options":{"args":{"V":"2"}}},"time_only":["a"],"steps":[{"stage":null,"step":2,"instruction":"COPY . .","outcome":"ran"}],"layers_same_as_previous_build":[true,false],"config_same":false}]}"#;
        let compact = compact(measured).unwrap();
        assert_eq!(
            compact.lines().nth(1).unwrap(),
            r#"{"name":"n","builds":[{"files":{"a":"1","b":"2","d/":{"dir":true},"t":{"bytes":1,"digest":"af63bd4c8601b7df"}}},{"edit":"e","files":{"b":"3","d/":null,"t":null},"options":{"args":{"V":"2"}},"time_only":["a"],"steps":[[null,2,"COPY . .","ran"]],"same_layers":"10","same_configuration":false}]}"#
        );
        assert!(compact.starts_with(r#"{"source":"BuildKit of"#), "{compact}");
    }

    #[test]
    fn a_row_that_is_none_is_named() {
        let error = compact("{}").unwrap_err().to_string();
        assert!(error.starts_with("line 1: missing field"), "{error}");
    }
}
