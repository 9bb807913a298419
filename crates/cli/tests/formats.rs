//! What `analyze` prints of one Dockerfile: JSON, text, Markdown.
//!
//! The size of its image is typed, since those of real ones come from a table that is renewed.

#[allow(dead_code, reason = "other tests use the rest of it")]
mod run;

use expect_test::expect;
use run::{Run, layerwise_reading};
use serde_json::Value;

const ONE_STAGE: &[u8] = b"FROM registry.example/base:1\nRUN make\nCMD [\"app\"]\n";
const ASSUME_100_MB: [&str; 2] = ["--assume", "image.registry.example/base:1=100MB"];

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.output).expect("JSON on standard output")
}

/// Puts every estimate, an object of exactly its five fields, on one line.
fn shorten_estimates(value: &mut Value) {
    match value {
        Value::Array(values) => values.iter_mut().for_each(shorten_estimates),
        Value::Object(fields) => {
            let known = ["low", "likely", "high", "evidence", "why"].map(|key| fields.get(key));
            match known {
                [Some(low), Some(likely), Some(high), Some(evidence), Some(why)]
                    if fields.len() == known.len() =>
                {
                    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
                    let (evidence, why) = (text(evidence), text(why));
                    *value = format!("{low} {likely} {high} {evidence}: {why}").into();
                }
                _ => fields.values_mut().for_each(shorten_estimates),
            }
        }
        _ => {}
    }
}

#[test]
fn notes_are_printed_and_fail_nothing() {
    let dockerfile = b"FROM scratch AS builder\nRUN make\nFROM scratch\nCOPY --from=biulder / /\n";
    let message = "`biulder` is no stage, so Docker takes it as an image of that name; did you \
                   mean the stage `builder`?";
    let run = layerwise_reading(&["analyze", "-"], dockerfile);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    assert!(run.output.contains(&format!("\n  4:6  {message}\n")), "{}", run.output);
    assert!(run.output.contains("copies from the image biulder (line 4)"), "{}", run.output);
    let run = layerwise_reading(&["analyze", "-", "--format=json"], dockerfile);
    let note = &json(&run)["notes"][0];
    assert_eq!(
        (&note["line"], &note["column"], &note["message"]),
        (&4.into(), &6.into(), &message.into())
    );
    let markdown = layerwise_reading(&["analyze", "-", "--format=markdown"], dockerfile).output;
    assert!(markdown.contains("### Notes\n\n- 4:6: "), "{markdown}");
}

#[test]
fn json_of_schema_1() {
    let options = [&["analyze", "-", "--format", "json"], &ASSUME_100_MB[..]].concat();
    let run = layerwise_reading(&options, ONE_STAGE);
    assert!(run.output.starts_with("{\n  \"schema\": 1,\n  \"errors\": [],\n"), "{}", run.output);
    let mut report = json(&run);
    shorten_estimates(&mut report);
    let report = serde_json::to_string_pretty(&report).expect("JSON");
    expect![[r#"
        {
          "assumptions": [
            {
              "bytes": "2000000 12000000 60000000 assumed: Objects and programs of `make`; a program in C is assumed.",
              "default": "2000000 12000000 60000000 assumed: Objects and programs of `make`; a program in C is assumed.",
              "in_image": true,
              "key": "0:/",
              "label": "/, from make",
              "line": 2,
              "stage": 0,
              "typed": false
            }
          ],
          "contents": [
            {
              "bytes": "100000000 100000000 100000000 exact: The base image registry.example/base:1.",
              "category": "base",
              "line": 1,
              "path": "registry.example/base:1",
              "rest": 0
            },
            {
              "bytes": "2000000 12000000 60000000 assumed: Objects and programs of `make`; a program in C is assumed.",
              "category": "build",
              "line": 2,
              "path": "/",
              "rest": 0
            }
          ],
          "context": {
            "bytes": null,
            "files": null,
            "known": false,
            "requested_bytes": null,
            "requested_files": null,
            "sent_bytes": null,
            "sent_files": null
          },
          "edges": [],
          "errors": [],
          "findings": [],
          "image": {
            "bytes": "102000000 112000000 160000000 assumed: registry.example/base:1 and the layer written on top of it.",
            "compressed": "30923030 41597037 71254545 assumed: registry.example/base:1 and the layer written on top of it.",
            "wasted": 0
          },
          "instructions": [
            {
              "end_line": 1,
              "keyword": "FROM",
              "line": 1,
              "stage": 0
            },
            {
              "end_line": 2,
              "keyword": "RUN",
              "line": 2,
              "stage": 0
            },
            {
              "end_line": 3,
              "keyword": "CMD",
              "line": 3,
              "stage": 0
            }
          ],
          "layers": [
            {
              "bytes": "100000000 100000000 100000000 exact: Typed by you for registry.example/base:1.",
              "categories": [
                {
                  "bytes": 100000000,
                  "category": "base"
                }
              ],
              "compressed": "30303030 37037037 45454545 assumed: The size you typed divided by 2.7, as images usually pack.",
              "instruction": "FROM registry.example/base:1",
              "line": 1,
              "parts": [],
              "stage": 0,
              "unknowns": [],
              "wasted": 0
            },
            {
              "bytes": "2000000 12000000 60000000 assumed: Objects and programs of `make`; a program in C is assumed.",
              "categories": [
                {
                  "bytes": 12000000,
                  "category": "build"
                }
              ],
              "compressed": "620000 4560000 25800000 assumed: Objects and programs of `make`; a program in C is assumed.",
              "instruction": "RUN make",
              "line": 2,
              "parts": [
                {
                  "bytes": "2000000 12000000 60000000 assumed: Objects and programs of `make`; a program in C is assumed.",
                  "category": "build",
                  "path": "/",
                  "why": "Objects and programs of `make`; a program in C is assumed."
                }
              ],
              "stage": 0,
              "unknowns": [
                "`make` builds what nobody knows here; its size is a wide guess."
              ],
              "wasted": 0
            }
          ],
          "notes": [],
          "pull": {
            "bandwidth": 100,
            "cold": {
              "high": 5701,
              "likely": 3328,
              "low": 2474,
              "why": "The transfer of every layer at 100 Mbit/s; unpacking comes on top."
            },
            "warm": {
              "high": 2064,
              "likely": 365,
              "low": 50,
              "why": "The transfer of every layer but the base's at 100 Mbit/s; unpacking comes on top."
            }
          },
          "schema": 1,
          "stages": [
            {
              "base": {
                "bytes": "100000000 100000000 100000000 exact: Typed by you for registry.example/base:1.",
                "compressed": "30303030 37037037 45454545 assumed: The size you typed divided by 2.7, as images usually pack.",
                "reference": "registry.example/base:1",
                "stage": null
              },
              "bytes": "102000000 112000000 160000000 assumed: registry.example/base:1 and the layer written on top of it.",
              "depends_on": [],
              "index": 0,
              "name": null,
              "needed": true
            }
          ],
          "target": 0,
          "usual": null
        }"#]]
    .assert_eq(&report);
}

#[test]
fn text_for_people() {
    let options = [&["analyze", "-"], &ASSUME_100_MB[..]].concat();
    let run = layerwise_reading(&options, ONE_STAGE);
    expect![[r#"
        Image       112 MB (102 MB to 160 MB, assumed)
                    registry.example/base:1 and the layer written on top of it.
        Compressed  41.6 MB (30.9 MB to 71.3 MB, assumed)
        Pull        3.3 s (2.5 s to 5.7 s) at 100 Mbit/s; 0.4 s (0.1 s to 2.1 s) where the base's layers are there

        Stages
        → 0  (no name), linux/amd64, line 1
               FROM registry.example/base:1: 100 MB (exact)
               Typed by you for registry.example/base:1.
               its image: 112 MB (102 MB to 160 MB, assumed)

        Layers of the image, the base first
          line    1  FROM registry.example/base:1                                  100 MB (exact)
          line    2  RUN make                                                      12.0 MB (2.00 MB to 60.0 MB, assumed)

        Assumed; say otherwise with --assume KEY=SIZE
          line    2  0:/  12.0 MB (2.00 MB to 60.0 MB, assumed)

        What could not be known
          line    2  `make` builds what nobody knows here; its size is a wide guess.
    "#]].assert_eq(&run.output);
}
