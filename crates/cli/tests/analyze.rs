//! Reports of whole Dockerfiles as people write them: stages, edges and layers, and what fails.
//!
//! Sizes of real images come from a table that is renewed, so only how sizes relate is looked at.

mod run;

use std::fmt::Write;

use expect_test::{Expect, expect};
use run::{Run, fixture, layerwise, layerwise_reading};
use serde_json::Value;

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
        0 build FROM golang:1.26-bookworm needed=true depends_on=[]
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
        3 runtime FROM gcr.io/distroless/cc-debian13:nonroot needed=true depends_on=[2]
        0 -> 1 from line 5
        0 -> 2 from line 9
        1 -> 2 copy line 10
        2 -> 3 copy line 18
        target 3
        layer 3:15 FROM gcr.io/distroless/cc-debian13:nonroot
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
