//! `docs/json.md` describes what `layerwise analyze --format json` prints: every field, no other,
//! with the types it has.

mod run;

use std::collections::{BTreeMap, BTreeSet};

use run::{Run, fixture, layerwise, layerwise_reading};
use serde_json::Value;

/// Where an object of the report is documented, such as `layers[].parts[]`, and its fields: for
/// each the types, as the table says them.
type Fields = BTreeMap<String, BTreeMap<String, String>>;

/// A Dockerfile that makes the report print something in each of its lists.
const EVERYTHING: &str = "ARG TAG=22\n\
    FROM node:$TAG AS build\n\
    RUN make\n\
    FROM build AS unused\n\
    EXPOSE http\n\
    FROM scratch\n\
    COPY --from=build /a /a\n\
    COPY --from=biuld /b /b\n";

/// The sections of the document, by the place of the object that each describes.
fn documented() -> Fields {
    let path = format!("{}/../../docs/json.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).expect("docs/json.md is there");
    let mut fields = Fields::new();
    let mut places: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            places = heading.split(", ").map(place_of_heading).collect();
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, name, kind, _, _] = cells[..] else { continue };
        let Some(name) = name.strip_prefix('`').and_then(|name| name.strip_suffix('`')) else {
            continue;
        };
        for place in &places {
            let section = fields.entry(place.clone()).or_default();
            let before = section.insert(name.to_owned(), kind.to_owned());
            assert_eq!(before, None, "`{name}` stands twice in the section {place:?}");
        }
    }
    fields
}

/// The report itself has the empty place.
fn place_of_heading(heading: &str) -> String {
    if heading == "The report" { String::new() } else { heading.to_owned() }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(fields) if fields.contains_key("evidence") => "estimate",
        Value::Object(_) => "object",
    }
}

/// Compares the objects in `value` with the document; `printed` collects what was seen.
fn compare(value: &Value, place: &str, documented: &Fields, printed: &mut BTreeSet<String>) {
    if let Value::Array(values) = value {
        values.iter().for_each(|value| compare(value, &format!("{place}[]"), documented, printed));
    }
    let Value::Object(object) = value else { return };
    let place = if type_of(value) == "estimate" { "Estimates" } else { place };
    let section = documented.get(place);
    let section =
        section.unwrap_or_else(|| panic!("docs/json.md has no section `## {place}` for {value}"));
    for (name, value) in object {
        printed.insert(format!("{place} {name}"));
        let types = section.get(name).unwrap_or_else(|| {
            panic!("docs/json.md: the section `## {place}` says nothing of the field `{name}`")
        });
        assert!(
            types.split(" or ").any(|own| own == type_of(value)),
            "docs/json.md: `{name}` of `{place}` is `{types}` there, printed is {value}"
        );
        let inside = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
        compare(value, &inside, documented, printed);
    }
    for name in section.keys() {
        assert!(
            object.contains_key(name),
            "`{name}` of `{place}` is documented, not printed: {value}"
        );
    }
}

#[test]
fn the_document_says_what_is_printed() {
    let documented = documented();
    let mut printed = BTreeSet::new();
    let names = ["node", "go", "python", "rust", "java", "static", "naive-node", "broken"];
    let mut runs: Vec<Run> =
        names.map(|name| layerwise(&["analyze", &fixture(name), "--format", "json"])).into();
    for text in [EVERYTHING, "", "FROM corp.example/base\nCMD a\n"] {
        runs.push(layerwise_reading(&["analyze", "-", "--format=json"], text.as_bytes()));
    }
    for run in runs {
        assert_eq!(run.status == 0, run.errors.is_empty(), "{}", run.errors);
        let report: Value = serde_json::from_str(&run.output).expect("JSON");
        compare(&report, "", &documented, &mut printed);
    }
    for (place, fields) in &documented {
        for name in fields.keys() {
            assert!(
                printed.contains(&format!("{place} {name}")),
                "docs/json.md: the field `{name}` of `## {place}` is never printed"
            );
        }
    }
}

#[test]
fn every_kind_of_evidence_and_edge_is_documented() {
    let path = format!("{}/../../docs/json.md", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("docs/json.md is there");
    let row = |name: &str| {
        let row = text.lines().find(|line| line.starts_with(&format!("| `{name}` | text")));
        row.unwrap_or_else(|| panic!("no row for `{name}`")).to_owned()
    };
    let mut words: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    let run = layerwise_reading(
        &["analyze", "-", "--format=json"],
        b"FROM node:22 AS a\nONBUILD COPY --from=nginx / /\nFROM a\nCOPY --from=a / /\n\
          RUN --mount=from=a,target=/x true\nFROM openjdk:17\nFROM scratch\nFROM corp.example/x\n",
    );
    let report: Value = serde_json::from_str(&run.output).expect("JSON");
    for edge in report["edges"].as_array().expect("edges") {
        words.entry("kind").or_default().insert(edge["kind"].as_str().expect("a kind").into());
    }
    for stage in report["stages"].as_array().expect("stages") {
        let evidence = stage["base"]["bytes"]["evidence"].as_str().expect("evidence");
        words.entry("evidence").or_default().insert(evidence.into());
    }
    assert_eq!(words["kind"].len(), 4, "every kind of edge: {words:?}");
    assert!(words["evidence"].len() >= 4, "most kinds of evidence: {words:?}");
    for (name, words) in &words {
        for word in words {
            assert!(row(name).contains(&format!("`{word}`")), "`{word}` of `{name}` is missing");
        }
    }
}
