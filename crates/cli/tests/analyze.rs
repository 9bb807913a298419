//! Whole reports of Dockerfiles as people write them.
//!
//! Sizes of real images come from a table that is renewed, so these tests type their own sizes or
//! look only at how sizes relate.

mod run;

use std::fmt::Write;
use std::path::Path;

use expect_test::{Expect, expect};
use run::{Run, fixture, layerwise, layerwise_reading};
use serde_json::Value;

const ONE_STAGE: &[u8] = b"FROM registry.example/base:1\nRUN make\nCMD [\"app\"]\n";
/// With a listing that has no sizes.
const UNKNOWN_WRITTEN: &[u8] = b"FROM registry.example/base:1\nCOPY big /\n";
const NOTHING_WRITTEN: &[u8] = b"FROM registry.example/base:1\nCMD [\"app\"]\n";
const ASSUME_100_MB: [&str; 2] = ["--assume", "image.registry.example/base:1=100MB"];

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.output).expect("JSON on standard output")
}

/// What a report says of stages, edges and layers, without sizes.
fn outline(report: &Value) -> String {
    let mut text = String::new();
    for stage in report["stages"].as_array().expect("stages") {
        let name = stage["name"].as_str().unwrap_or("-");
        let (base, needed) = (&stage["base"]["reference"], &stage["needed"]);
        let base = base.as_str().expect("a reference");
        let _ = writeln!(
            text,
            "{} {name} FROM {base} needed={needed} depends_on={}",
            stage["index"], stage["depends_on"],
        );
    }
    for edge in report["edges"].as_array().expect("edges") {
        let from = edge["image"].as_str().map_or(edge["from"].to_string(), ToOwned::to_owned);
        let (kind, line) = (edge["kind"].as_str().expect("a kind"), &edge["line"]);
        let _ = writeln!(text, "{from} -> {} {kind} line {line}", edge["to"]);
    }
    let _ = writeln!(text, "target {}", report["target"]);
    for layer in report["layers"].as_array().expect("layers") {
        let instruction = layer["instruction"].as_str().expect("an instruction");
        let first = instruction.lines().next().unwrap_or_default();
        let _ = writeln!(text, "layer {}:{} {first}", layer["stage"], layer["line"]);
    }
    text
}

fn assert_outline(name: &str, options: &[&str], expected: &Expect) {
    let path = fixture(name);
    let arguments = [&["analyze", &path, "--format", "json"], options].concat();
    let run = layerwise(&arguments);
    assert_eq!((run.status, run.errors.as_str()), (0, ""), "{name}");
    let report = json(&run);
    assert_sizes_are_honest(&report, name);
    expected.assert_eq(&outline(&report));
}

/// Every estimate in `value`: ordered when known, `null` and never 0 when not.
fn assert_sizes_are_honest(value: &Value, place: &str) {
    match value {
        Value::Array(values) => {
            values.iter().for_each(|value| assert_sizes_are_honest(value, place));
        }
        Value::Object(fields) if fields.contains_key("evidence") => {
            let [low, likely, high] = ["low", "likely", "high"].map(|key| value[key].as_u64());
            assert!(!value["why"].as_str().unwrap_or_default().is_empty(), "{place}: why? {value}");
            if value["evidence"] == "unknown" {
                assert_eq!((likely, high), (None, None), "{place}: unknown, yet known: {value}");
                assert_ne!(low, Some(0), "{place}: 0 is no lower bound worth saying: {value}");
            } else {
                assert!(low <= likely && likely <= high && low.is_some(), "{place}: {value}");
            }
        }
        Value::Object(fields) => {
            fields.values().for_each(|value| assert_sizes_are_honest(value, place));
        }
        _ => {}
    }
}

#[test]
fn node_with_five_stages() {
    assert_outline(
        "node",
        &[],
        &expect![[r#"
        0 base FROM node:22-alpine needed=true depends_on=[]
        1 dependencies FROM base needed=true depends_on=[0]
        2 build FROM base needed=true depends_on=[0]
        3 test FROM build needed=false depends_on=[2]
        4 runtime FROM base needed=true depends_on=[0,1,2]
        0 -> 1 from line 10
        0 -> 2 from line 15
        2 -> 3 from line 22
        0 -> 4 from line 25
        1 -> 4 copy line 27
        2 -> 4 copy line 28
        target 4
        layer 0:5 FROM node:22-alpine
        layer 0:6 WORKDIR /srv/shop
        layer 4:27 COPY --from=dependencies /srv/shop/node_modules ./node_modules
        layer 4:28 COPY --from=build --chown=node:node /srv/shop/.next ./.next
        layer 4:29 COPY --chown=node:node public ./public
        layer 4:30 COPY package.json ./
    "#]],
    );
}

#[test]
fn another_target_needs_other_stages() {
    assert_outline(
        "node",
        &["--target", "test"],
        &expect![[r#"
        0 base FROM node:22-alpine needed=true depends_on=[]
        1 dependencies FROM base needed=false depends_on=[0]
        2 build FROM base needed=true depends_on=[0]
        3 test FROM build needed=true depends_on=[2]
        4 runtime FROM base needed=false depends_on=[0,1,2]
        0 -> 1 from line 10
        0 -> 2 from line 15
        2 -> 3 from line 22
        0 -> 4 from line 25
        1 -> 4 copy line 27
        2 -> 4 copy line 28
        target 3
        layer 0:5 FROM node:22-alpine
        layer 0:6 WORKDIR /srv/shop
        layer 2:16 COPY package.json package-lock.json ./
        layer 2:17 RUN --mount=type=cache,target=/root/.npm     npm ci
        layer 2:19 COPY . .
        layer 2:20 RUN npm run build
        layer 3:23 RUN npm test
    "#]],
    );
}

#[test]
fn build_arguments_and_platform_reach_the_reference() {
    let path = fixture("node");
    let run = layerwise(&[
        "analyze",
        &path,
        "--format=json",
        "--build-arg",
        "NODE_VERSION=24",
        "--target=base",
    ]);
    assert_eq!(json(&run)["stages"][0]["base"]["reference"], "node:24-alpine");
}

#[test]
fn go_to_scratch_with_binds_and_a_heredoc() {
    assert_outline(
        "go",
        &[],
        &expect![[r#"
        0 build FROM golang:1.25-bookworm needed=true depends_on=[]
        1 - FROM scratch needed=true depends_on=[0]
        0 -> 1 copy line 19
        0 -> 1 copy line 20
        target 1
        layer 1:19 COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
        layer 1:20 COPY --from=build /out/relayd /relayd
    "#]],
    );
}

#[test]
fn python_with_wheels_mounted_from_a_stage() {
    assert_outline(
        "python",
        &[],
        &expect![[r#"
        0 wheels FROM python:3.13-slim needed=true depends_on=[]
        1 - FROM python:3.13-slim needed=true depends_on=[0]
        0 -> 1 mount line 22
        target 1
        layer 1:16 FROM python:3.13-slim
        layer 1:17 RUN apt-get update  && apt-get install -y --no-install-recommends libpq5  && rm -rf /var/lib/apt/lists/*  && useradd --create-home --uid 10001 ledger
        layer 1:21 WORKDIR /home/ledger
        layer 1:22 RUN --mount=type=bind,from=wheels,source=/wheels,target=/wheels     pip install --no-index --no-cache-dir /wheels/*.whl
        layer 1:24 COPY --chown=ledger src/ ./src/
        layer 1:25 COPY --chmod=0755 <<SCRIPT /usr/local/bin/start-ledger
    "#]],
    );
}

#[test]
fn rust_with_a_recipe() {
    assert_outline(
        "rust",
        &[],
        &expect![[r#"
        0 chef FROM rust:1.90-bookworm needed=true depends_on=[]
        1 planner FROM chef needed=true depends_on=[0]
        2 builder FROM chef needed=true depends_on=[0,1]
        3 runtime FROM gcr.io/distroless/cc-debian12:nonroot needed=true depends_on=[2]
        0 -> 1 from line 5
        0 -> 2 from line 9
        1 -> 2 copy line 10
        2 -> 3 copy line 18
        target 3
        layer 3:15 FROM gcr.io/distroless/cc-debian12:nonroot
        layer 3:18 COPY --from=builder /build/target/release/tidewatch /usr/local/bin/
    "#]],
    );
}

#[test]
fn java_in_extracted_layers() {
    assert_outline(
        "java",
        &[],
        &expect![[r#"
        0 build FROM maven:3.9-eclipse-temurin-21 needed=true depends_on=[]
        1 - FROM eclipse-temurin:21-jre needed=true depends_on=[0]
        0 -> 1 copy line 14
        0 -> 1 copy line 15
        0 -> 1 copy line 16
        0 -> 1 copy line 17
        target 1
        layer 1:10 FROM eclipse-temurin:21-jre
        layer 1:13 WORKDIR /application
        layer 1:14 COPY --from=build /workspace/target/extracted/dependencies/ ./
        layer 1:15 COPY --from=build /workspace/target/extracted/spring-boot-loader/ ./
        layer 1:16 COPY --from=build /workspace/target/extracted/snapshot-dependencies/ ./
        layer 1:17 COPY --from=build /workspace/target/extracted/application/ ./
    "#]],
    );
}

#[test]
fn a_static_site_that_copies_from_an_image() {
    assert_outline(
        "static",
        &[],
        &expect![[r#"
        0 site FROM hugomods/hugo:0.150.0 needed=true depends_on=[]
        1 - FROM nginx:1.29-alpine needed=true depends_on=[0]
        0 -> 1 copy line 6
        ghcr.io/example/geoip:2026-10 -> 1 copy line 7
        target 1
        layer 1:5 FROM nginx:1.29-alpine
        layer 1:6 COPY --from=site /src/public /usr/share/nginx/html
        layer 1:7 COPY --from=ghcr.io/example/geoip:2026-10 /geoip.mmdb /etc/nginx/geoip.mmdb
    "#]],
    );
}

#[test]
fn a_broken_dockerfile_is_reported_as_far_as_it_goes_and_fails() {
    let path = fixture("broken");
    let run = layerwise(&["analyze", &path, "--format", "json"]);
    let report = json(&run);
    let mut shown = String::new();
    for error in report["errors"].as_array().expect("errors") {
        let message = error["message"].as_str().expect("a message");
        let _ = writeln!(shown, "{}:{} {message}", error["line"], error["column"]);
    }
    expect![[r#"
        3:1 COPY needs a source and a destination: write `COPY from to`.
        4:1 There is no instruction `RNU`; did you mean `RUN`?
        5:6 COPY has no flag `--form`; did you mean `--from`?
        0 build FROM node:22-alpine needed=false depends_on=[]
        1 - FROM nginx:1.29-alpine needed=true depends_on=[]
        biuld -> 1 copy line 9
        target 1
        layer 1:8 FROM nginx:1.29-alpine
        layer 1:9 COPY --from=biuld /app/dist /usr/share/nginx/html
    "#]]
    .assert_eq(&format!("{shown}{}", outline(&report)));
    assert_eq!(run.status, 2);
    assert!(run.errors.starts_with(&format!("layerwise: {path}:3:1: ")), "{}", run.errors);
    assert_eq!(run.errors.lines().count(), 1, "{}", run.errors);
}

#[test]
fn an_unknown_target_fails_and_names_it() {
    let run = layerwise(&["analyze", &fixture("go"), "--target", "biuld", "--format", "json"]);
    assert_eq!((run.status, &json(&run)["target"]), (2, &Value::Null));
    assert!(run.errors.contains("biuld"), "{}", run.errors);
}

#[test]
fn a_file_without_stage_fails() {
    let run = layerwise_reading(&["analyze", "-"], b"# nothing\n");
    assert_eq!(run.status, 2);
    assert!(run.errors.starts_with("layerwise: standard input:2:1: "), "{}", run.errors);
}

#[test]
fn a_limit_is_kept_broken_or_cannot_be_checked() {
    let listing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-sizes.txt");
    let git = "100644 6c84fb90a2c5e4c1a5a7b6cb8e9dd4d3dd9e4c3a 0\tbig\n";
    std::fs::write(&listing, git).expect("the folder for tests can be written");
    let listing = listing.to_str().expect("a path in UTF-8");
    let check = |dockerfile, limit| {
        let options = ["analyze", "-", "--listing", listing, "--max-size", limit];
        let options = [&options, &ASSUME_100_MB[..]].concat();
        let run = layerwise_reading(&options, dockerfile);
        (run.status, run.errors)
    };
    assert_eq!(check(NOTHING_WRITTEN, "100MB"), (0, String::new()));
    let (status, errors) = check(NOTHING_WRITTEN, "99MB");
    assert_eq!(
        (status, errors.as_str()),
        (1, "layerwise: the image is likely 100 MB, above --max-size 99.0 MB\n"),
    );
    let (status, errors) = check(UNKNOWN_WRITTEN, "99MB");
    assert_eq!(
        (status, errors.as_str()),
        (1, "layerwise: the image is at least 100 MB, above --max-size 99.0 MB\n"),
    );
    assert_eq!(
        check(UNKNOWN_WRITTEN, "200MB"),
        (
            0,
            "layerwise: --max-size 200 MB is not decided: only that the image is at least 100 MB \
             is known; exit status 0\n"
                .to_owned(),
        ),
    );
    let run = layerwise_reading(&["analyze", "-", "--max-size=1GB"], NOTHING_WRITTEN);
    assert_eq!(
        (run.status, run.errors.as_str()),
        (
            0,
            "layerwise: --max-size 1.00 GB is not decided: nothing of the image's size is known; \
             exit status 0\n",
        ),
    );
}

#[test]
fn a_size_for_an_image_that_is_not_used_is_told() {
    let dockerfile = b"FROM node:22 AS build\nFROM registry.example/base:1\n\
        COPY --from=build /a /b\nCOPY --from=composer:2 /c /d\n";
    let note = |assumed: &str| {
        let run = layerwise_reading(&["analyze", "-", "--assume", assumed], dockerfile);
        assert_eq!(run.status, 0, "{assumed}");
        run.errors
    };
    for used in ["node:22", "docker.io/library/node:22", "composer:2", "registry.example/base:1"] {
        assert_eq!(note(&format!("image.{used}=1MB")), "", "{used} is used");
    }
    for (unused, hint) in [
        ("nod:22", "did you mean image.node:22?"),
        ("registry.example/base", "did you mean image.registry.example/base:1?"),
        ("composer", "did you mean image.composer:2?"),
        ("alpine:3.22", "it uses composer:2, node:22, registry.example/base:1"),
        ("build", "it uses composer:2, node:22, registry.example/base:1"),
    ] {
        assert_eq!(
            note(&format!("image.{unused}=1MB")),
            format!(
                "layerwise: --assume image.{unused} changes nothing, this build does not use that \
                 image; {hint}\n"
            ),
        );
    }
    let run = layerwise_reading(&["analyze", "-", "--assume", "image.a=1"], b"FROM scratch\n");
    assert!(run.errors.ends_with("; it uses no image\n"), "{}", run.errors);
}

#[test]
fn what_is_assumed_is_listed_and_typed_by_its_key() {
    let dockerfile = b"FROM scratch AS build\nRUN ./fetch --all\nCOPY src /src\n\
        FROM scratch\nCOPY --from=build / /\n";
    let listed = |options: &[&str]| {
        let run = layerwise_reading(&[&["analyze", "-"], options].concat(), dockerfile);
        assert_eq!(run.status, 0, "{options:?}");
        let (_, list) = run.output.split_once("--assume KEY=SIZE\n").expect("a list");
        let list = list.lines().map(str::trim).take_while(|line| !line.is_empty());
        let list = list.collect::<Vec<_>>().join("\n");
        (list, run.errors)
    };
    expect![[r#"
        line    2  'build:fetch --all'  1.00 MB (0 B to 50.0 MB, assumed)
        line    3  file.src/file.txt    150 kB (2.00 kB to 20.0 MB, assumed)"#]]
    .assert_eq(&listed(&[]).0);
    let typed = ["--assume", "build:fetch --all=20MB", "--assume", "file.src=3MB"];
    let (list, errors) = listed(&typed);
    expect![[r#"
        line    2  'build:fetch --all'  20.0 MB (exact), as you typed
        line    3  file.src/file.txt    3.00 MB (exact), as you typed"#]]
    .assert_eq(&list);
    assert_eq!(errors, "", "every key is used");
}

#[test]
fn a_key_under_which_nothing_is_assumed_is_told() {
    let note = |dockerfile: &str, assumed: &str| {
        let run = layerwise_reading(&["analyze", "-", "--assume", assumed], dockerfile.as_bytes());
        assert_eq!(run.status, 0, "{assumed}");
        run.errors
    };
    let dockerfile = "FROM scratch\nRUN ./fetch\n";
    for (unused, hint) in [
        ("0:fetsh", "did you mean 0:fetch?"),
        ("build:/app/node_modules", "there are 0:fetch"),
        ("file.no-such-file", "there are 0:fetch"),
    ] {
        let told = "changes nothing, nothing is assumed under that key";
        assert_eq!(
            note(dockerfile, &format!("{unused}=1MB")),
            format!("layerwise: --assume {unused} {told}; {hint}\n"),
        );
    }
    let nothing = note("FROM scratch\n", "0:/a=1");
    assert!(nothing.ends_with("; nothing is assumed at all\n"), "{nothing}");
}

#[test]
fn a_pull_takes_as_long_as_the_bandwidth_says() {
    let pull = |bandwidth: &str| {
        let options = [&["analyze", "-", "--bandwidth", bandwidth], &ASSUME_100_MB[..]].concat();
        let run = layerwise_reading(&options, ONE_STAGE);
        let line = run.output.lines().find(|line| line.starts_with("Pull")).map(str::to_owned);
        line.expect("a line on the pull")
    };
    expect![[r#"
        Pull        33 s (25 s to 57 s) at 10 Mbit/s; 3.6 s (0.5 s to 21 s) where the base's layers are there
        Pull        0.3 s (0.2 s to 0.6 s) at 1000 Mbit/s; 0.1 s (0.1 s to 0.2 s) where the base's layers are there"#]].assert_eq(&[pull("10"), pull("1000")].join("\n"));
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
    expect![[r#"
        {
          "schema": 1,
          "errors": [],
          "notes": [],
          "instructions": [
            {
              "line": 1,
              "end_line": 1,
              "keyword": "FROM",
              "stage": 0
            },
            {
              "line": 2,
              "end_line": 2,
              "keyword": "RUN",
              "stage": 0
            },
            {
              "line": 3,
              "end_line": 3,
              "keyword": "CMD",
              "stage": 0
            }
          ],
          "stages": [
            {
              "index": 0,
              "name": null,
              "base": {
                "reference": "registry.example/base:1",
                "stage": null,
                "bytes": {
                  "low": 100000000,
                  "likely": 100000000,
                  "high": 100000000,
                  "evidence": "exact",
                  "why": "Typed by you for registry.example/base:1."
                },
                "compressed": {
                  "low": 30303030,
                  "likely": 37037037,
                  "high": 45454545,
                  "evidence": "assumed",
                  "why": "The size you typed divided by 2.7, as images usually pack."
                }
              },
              "needed": true,
              "depends_on": [],
              "bytes": {
                "low": 102000000,
                "likely": 112000000,
                "high": 160000000,
                "evidence": "assumed",
                "why": "registry.example/base:1 and the layer written on top of it."
              }
            }
          ],
          "edges": [],
          "target": 0,
          "layers": [
            {
              "line": 1,
              "stage": 0,
              "instruction": "FROM registry.example/base:1",
              "bytes": {
                "low": 100000000,
                "likely": 100000000,
                "high": 100000000,
                "evidence": "exact",
                "why": "Typed by you for registry.example/base:1."
              },
              "compressed": {
                "low": 30303030,
                "likely": 37037037,
                "high": 45454545,
                "evidence": "assumed",
                "why": "The size you typed divided by 2.7, as images usually pack."
              },
              "wasted": 0,
              "categories": [
                {
                  "category": "base",
                  "bytes": 100000000
                }
              ],
              "parts": [],
              "unknowns": []
            },
            {
              "line": 2,
              "stage": 0,
              "instruction": "RUN make",
              "bytes": {
                "low": 2000000,
                "likely": 12000000,
                "high": 60000000,
                "evidence": "assumed",
                "why": "Objects and programs of `make`; a program in C is assumed."
              },
              "compressed": {
                "low": 620000,
                "likely": 4560000,
                "high": 25800000,
                "evidence": "assumed",
                "why": "Objects and programs of `make`; a program in C is assumed."
              },
              "wasted": 0,
              "categories": [
                {
                  "category": "build",
                  "bytes": 12000000
                }
              ],
              "parts": [
                {
                  "path": "/",
                  "category": "build",
                  "bytes": {
                    "low": 2000000,
                    "likely": 12000000,
                    "high": 60000000,
                    "evidence": "assumed",
                    "why": "Objects and programs of `make`; a program in C is assumed."
                  },
                  "why": "Objects and programs of `make`; a program in C is assumed."
                }
              ],
              "unknowns": [
                "`make` builds what nobody knows here; its size is a wide guess."
              ]
            }
          ],
          "image": {
            "bytes": {
              "low": 102000000,
              "likely": 112000000,
              "high": 160000000,
              "evidence": "assumed",
              "why": "registry.example/base:1 and the layer written on top of it."
            },
            "compressed": {
              "low": 30923030,
              "likely": 41597037,
              "high": 71254545,
              "evidence": "assumed",
              "why": "registry.example/base:1 and the layer written on top of it."
            },
            "wasted": 0
          },
          "pull": {
            "bandwidth": 100,
            "cold": {
              "low": 2474,
              "likely": 3328,
              "high": 5701,
              "why": "The transfer of every layer at 100 Mbit/s; unpacking comes on top."
            },
            "warm": {
              "low": 50,
              "likely": 365,
              "high": 2064,
              "why": "The transfer of every layer but the base's at 100 Mbit/s; unpacking comes on top."
            }
          },
          "assumptions": [
            {
              "key": "0:/",
              "label": "/, from make",
              "line": 2,
              "stage": 0,
              "bytes": {
                "low": 2000000,
                "likely": 12000000,
                "high": 60000000,
                "evidence": "assumed",
                "why": "Objects and programs of `make`; a program in C is assumed."
              },
              "default": {
                "low": 2000000,
                "likely": 12000000,
                "high": 60000000,
                "evidence": "assumed",
                "why": "Objects and programs of `make`; a program in C is assumed."
              },
              "typed": false,
              "in_image": true
            }
          ],
          "contents": [
            {
              "path": "registry.example/base:1",
              "rest": 0,
              "category": "base",
              "line": 1,
              "bytes": {
                "low": 100000000,
                "likely": 100000000,
                "high": 100000000,
                "evidence": "exact",
                "why": "The base image registry.example/base:1."
              }
            },
            {
              "path": "/",
              "rest": 0,
              "category": "build",
              "line": 2,
              "bytes": {
                "low": 2000000,
                "likely": 12000000,
                "high": 60000000,
                "evidence": "assumed",
                "why": "Objects and programs of `make`; a program in C is assumed."
              }
            }
          ],
          "usual": null,
          "context": {
            "known": false,
            "files": null,
            "bytes": null,
            "sent_files": null,
            "sent_bytes": null,
            "requested_files": null,
            "requested_bytes": null
          },
          "findings": []
        }
    "#]]
    .assert_eq(&run.output);
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
