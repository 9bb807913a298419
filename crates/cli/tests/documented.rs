//! `docs/json.md` describes what `layerwise analyze --format json` prints, `docs/context-json.md`
//! that of `context`, `docs/cache-json.md` and `docs/matrix-json.md` that of `cache`,
//! `docs/compare-json.md`, `docs/reality-json.md` and `docs/rules-json.md` those of the commands of
//! these names: every field, no other, with the types it has.

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

/// A document and what it says.
struct Document {
    name: &'static str,
    fields: Fields,
}

/// The sections of a document, by the place of the object that each describes.
fn documented(name: &'static str) -> Document {
    let path = format!("{}/../../{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|_| panic!("{name} is missing"));
    let mut fields = Fields::new();
    let mut places: Vec<String> = Vec::new();
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            places = heading.split(", ").map(place_of_heading).collect();
        }
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [_, cell, kind, _, _] = cells[..] else { continue };
        let Some(field) = cell.strip_prefix('`').and_then(|cell| cell.strip_suffix('`')) else {
            continue;
        };
        for place in &places {
            let section = fields.entry(place.clone()).or_default();
            let before = section.insert(field.to_owned(), kind.to_owned());
            assert_eq!(before, None, "`{field}` stands twice in the section {place:?}");
        }
    }
    Document { name, fields }
}

/// The report itself has the empty place.
fn place_of_heading(heading: &str) -> String {
    if heading == "The report" { String::new() } else { heading.to_owned() }
}

fn type_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "text",
        Value::Array(_) => "list",
        Value::Object(fields) if fields.contains_key("evidence") => "estimate",
        Value::Object(_) => "object",
    }
}

/// Compares the objects in `value` with the document; `printed` collects what was seen.
fn compare(value: &Value, place: &str, document: &Document, printed: &mut BTreeSet<String>) {
    let file = document.name;
    if let Value::Array(values) = value {
        values.iter().for_each(|value| compare(value, &format!("{place}[]"), document, printed));
    }
    let Value::Object(object) = value else { return };
    // Times are numbers, sizes are integers; where there are only times, they are the estimates.
    let place = match type_of(value) {
        "estimate" if value["low"].is_f64() && document.fields.contains_key("Times") => "Times",
        "estimate" => "Estimates",
        _ => place,
    };
    let section = document.fields.get(place);
    let section =
        section.unwrap_or_else(|| panic!("{file} has no section `## {place}` for {value}"));
    for (name, value) in object {
        printed.insert(format!("{place} {name}"));
        let types = section.get(name).unwrap_or_else(|| {
            panic!("{file}: the section `## {place}` says nothing of the field `{name}`")
        });
        assert!(
            types.split(" or ").any(|own| own == type_of(value)),
            "{file}: `{name}` of `{place}` is `{types}` there, printed is {value}"
        );
        let inside = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
        compare(value, &inside, document, printed);
    }
    for name in section.keys() {
        assert!(
            object.contains_key(name),
            "`{name}` of `{place}` is documented, not printed: {value}"
        );
    }
}

/// Compares what runs print with a document, of which everything must be printed by some run.
fn assert_documented(name: &'static str, runs: Vec<Run>) {
    let document = documented(name);
    let mut printed = BTreeSet::new();
    for run in runs {
        assert_eq!(run.status == 0, run.errors.is_empty(), "{}", run.errors);
        let report: Value = serde_json::from_str(&run.output).expect("JSON");
        compare(&report, "", &document, &mut printed);
    }
    for (place, fields) in &document.fields {
        for field in fields.keys() {
            assert!(
                printed.contains(&format!("{place} {field}")),
                "{name}: the field `{field}` of `## {place}` is never printed"
            );
        }
    }
}

#[test]
fn the_document_says_what_is_printed() {
    let names = ["node", "go", "python", "rust", "java", "static", "naive-node", "broken"];
    let mut runs: Vec<Run> =
        names.map(|name| layerwise(&["analyze", &fixture(name), "--format", "json"])).into();
    for text in [EVERYTHING, "", "FROM corp.example/base\nCMD a\n"] {
        runs.push(layerwise_reading(&["analyze", "-", "--format=json"], text.as_bytes()));
    }
    let folder = format!("{}/tests/fixtures", env!("CARGO_MANIFEST_DIR"));
    let listed = ["analyze", "-", "--format=json", "--context", &folder];
    runs.push(layerwise_reading(&listed, b"FROM scratch\nCOPY . /\n"));
    assert_documented("docs/json.md", runs);
}

#[test]
fn the_document_of_the_context_says_what_is_printed() {
    let folder = format!("{}/tests/fixtures", env!("CARGO_MANIFEST_DIR"));
    let ignore = format!("{}/ignore-for-documents", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&ignore, "go.*\nnothing\n").expect("a file");
    let dockerfile = fixture("static");
    // Listed twice, so that there is a note.
    let listing = b"100644 257cc5642cb1a054f08cc83f2d943e56fd3ebe99 0\tgo.sum\n".repeat(2);
    let run = |source: [&str; 2]| {
        let command = ["context", &dockerfile, "--format=json", "--dockerignore", &ignore];
        let run = layerwise_reading(&[&command[..], &source].concat(), &listing);
        // The sources of the Dockerfile are not there, and the message is not what is looked at.
        Run { status: 0, errors: String::new(), ..run }
    };
    let runs = vec![run(["--context", &folder]), run(["--listing", "-"])];
    assert_documented("docs/context-json.md", runs);
}

#[test]
fn the_document_of_the_cache_says_what_is_printed() {
    let run = |more: &[&str]| {
        let node = fixture("node");
        layerwise(&[&["cache", &node, "--format=json"], more].concat())
    };
    let linked = b"FROM alpine AS a\nRUN a\nFROM alpine\nCOPY --link --from=a /a /a\nRUN b\n";
    let mut broken = layerwise_reading(&["cache", "-", "--format=json"], b"FROM alpine\nRUM a\n");
    assert!(broken.errors.contains(":2:1: "), "{}", broken.errors);
    // The message is not what is looked at here.
    (broken.status, broken.errors) = (0, String::new());
    let runs = vec![
        run(&["--edit", "modify:package.json", "--time", "7=90"]),
        run(&["--edit=touch:package.json"]),
        layerwise_reading(&["cache", "-", "--format=json", "--no-cache"], linked),
        broken,
    ];
    assert_documented("docs/cache-json.md", runs);
    // More of each kind than are tried.
    let many = ["a", "b", "c", "d", "e"];
    let stages = many.map(|it| format!("FROM {it}:1 AS {it}\nARG {it}\n")).concat();
    let copies = many.map(|it| format!("COPY {it} /{it}\nCOPY --from={it} /x /y/\n")).concat();
    let dockerfile = format!("{stages}FROM scratch\n{copies}");
    let listing = format!("{}/many-folders", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&listing, many.map(|it| format!("9 {it}/main.go\n")).concat()).expect("a file");
    let options = ["cache", "-", "--matrix", "--format=json", "--listing", &listing];
    let many = layerwise_reading(&options, dockerfile.as_bytes());
    let report: Value = serde_json::from_str(&many.output).expect("JSON");
    let edits = report["edits"].as_array().expect("edits").iter();
    let edits: Vec<&str> = edits.filter_map(|edit| edit["edit"].as_str()).collect();
    let count = |kind: &str| edits.iter().filter(|edit| edit.starts_with(kind)).count();
    let counts = ["modify:", "base:", "arg:"].map(count);
    assert_eq!(counts, [3, 4, 4], "as docs/matrix-json.md says: {edits:?}");
    assert!(report["left_out"].is_string(), "the others are named: {report}");
    assert_documented("docs/matrix-json.md", vec![run(&["--matrix"]), many]);
}

#[test]
fn the_documents_of_compare_reality_and_rules_say_what_is_printed() {
    let write = |name: &str, text: &str| {
        let path = format!("{}/documents-{name}", env!("CARGO_TARGET_TMPDIR"));
        std::fs::write(&path, text).expect("a file");
        path
    };
    let before = write("before", "FROM node:22 AS a\nRUN a\nFROM node:22\nCOPY . .\nRUN b\n");
    let after = write("after", "FROM node:22-alpine\nCOPY . .\nRUN b\nRUN c\n");
    // A file beside a Dockerfile is found with a context, and here only one has it.
    write("after.dockerignore", "docs\n");
    let context = format!("{}/tests/fixtures/readme", env!("CARGO_MANIFEST_DIR"));
    let compare = ["compare", &before, &after, "--format=json", "--context", &context];
    assert_documented("docs/compare-json.md", vec![layerwise(&compare)]);

    let log = b"#4 transferring context: 12B done\n#5 [2/3] COPY . .\n#5 DONE 0.1s\n\n#6 [3/3] RUN b\n#6 DONE 2.5s\n";
    let dive = br#"{"layer": [{"index": 0, "command": "FROM", "sizeBytes": 9000000},
        {"index": 1, "command": "COPY . . # buildkit", "sizeBytes": 1000},
        {"index": 2, "command": "RUN /bin/sh -c b # buildkit", "sizeBytes": 5000000}],
        "image": {"sizeBytes": 14001000, "inefficientBytes": 0, "efficiencyScore": 1}}"#;
    let one = write("one", "FROM corp.example/base\nCOPY . .\nRUN b\n");
    let reality = |measured: &[u8]| {
        layerwise_reading(&["reality", &one, "--measured=-", "--format=json"], measured)
    };
    assert_documented("docs/reality-json.md", vec![reality(log), reality(dive)]);
    assert_documented("docs/rules-json.md", vec![layerwise(&["rules", "--format=json"])]);
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
