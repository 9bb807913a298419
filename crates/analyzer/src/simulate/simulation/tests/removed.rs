//! What a later step removes stays in the layer of the step that brought it.

use expect_test::{Expect, expect};

use super::*;

/// What steps hide: `STEP hides BYTES of STEP at PATH`, and the bytes of every layer.
fn hidden(text: &str) -> String {
    let simulation = simulated(text, "", &[]);
    let mut shown = String::new();
    for (number, layer) in simulation.stages.iter().flat_map(|it| &it.layers).enumerate() {
        shown += &format!("layer {number}: {}\n", Bytes(layer.delta.bytes().likely()));
        for hidden in &layer.delta.hidden {
            let step = |cause| simulation.cause(cause).and_then(|it| it.step).unwrap_or(99);
            shown += &format!(
                "  step {} hides {} of step {} at {}\n",
                step(hidden.hidden_by),
                Bytes(hidden.bytes.likely()),
                step(hidden.written),
                hidden.path
            );
        }
    }
    shown
}

fn check(steps: &str, wanted: Expect) {
    wanted.assert_eq(&hidden(steps));
}

#[test]
fn packages_of_the_distribution_are_hidden_by_a_later_step() {
    let install = "FROM debian:12-slim\nRUN apt-get install -y --no-install-recommends";
    check(
        &format!("{install} gcc curl\nRUN apt-get purge -y --auto-remove gcc\n"),
        expect![[r#"
        layer 0: 179 MB
        layer 1: 245 kB
          step 1 hides 168 MB of step 0 at usr
    "#]],
    );
    check(
        &format!("{install} gcc curl\nRUN apt-get remove -y gcc\nRUN apt-get autoremove -y\n"),
        expect![[r#"
            layer 0: 179 MB
            layer 1: 245 kB
              step 1 hides 44.8 kB of step 0 at usr
            layer 2: 245 kB
              step 2 hides 168 MB of step 0 at usr
        "#]],
    );
    check(
        &format!("{install} curl\nRUN apt-get install -y wget\nRUN apt-get purge -y curl wget\n"),
        expect![[r#"
            layer 0: 11.3 MB
            layer 1: 6.08 MB
            layer 2: 245 kB
              step 2 hides 474 kB of step 0 at usr
              step 2 hides 3.44 MB of step 1 at usr
        "#]],
    );
    check(
        "FROM alpine:3.22\nRUN apk add --no-cache -t .deps gcc musl-dev\nRUN apk del .deps\n",
        expect![[r#"
            layer 0: 172 MB
            layer 1: 245 kB
              step 1 hides 172 MB of step 0 at usr
        "#]],
    );
    check(
        &format!("{install} default-jdk\nRUN rm -rf /usr/lib/jvm && apt-get purge -y curl\n"),
        expect![[r#"
            layer 0: 553 MB
            layer 1: 245 kB
              step 1 hides 257 MB of step 0 at usr
        "#]],
    );
}

#[test]
fn what_the_same_step_removes_is_not_there_at_all() {
    let layer = |words: &str| {
        let start = "FROM debian:12-slim\nRUN apt-get install -y --no-install-recommends";
        hidden(&format!("{start} {words}\n"))
    };
    for removed in [
        "gcc curl && apt-get purge -y --auto-remove gcc",
        "g++ curl && apt-get purge -y g++ && apt-get autoremove -y",
        "libssl-dev=3.0 curl && apt-get autoremove --purge -y libssl-dev",
    ] {
        assert_eq!(layer(removed), layer("curl"), "curl alone remains of `{removed}`");
    }
    let whole = layer("openjdk-17-jre-headless");
    let rest = layer("openjdk-17-jre-headless && rm -rf /usr/lib/jvm/*");
    expect![[r#"
        layer 0: 213 MB
        layer 0: 33.6 MB
    "#]]
    .assert_eq(&format!("{whole}{rest}"));
}

#[test]
fn what_pip_and_npm_remove_is_hidden_by_a_later_step() {
    let python = "FROM python:3.12\nRUN pip install --no-cache-dir pandas six\n";
    check(
        &format!("{python}RUN pip uninstall -y pandas\n"),
        expect![[r#"
        layer 0: 153 MB
        layer 1: 0 B
          step 1 hides 80.7 MB of step 0 at usr/local/lib/python3.12/site-packages
    "#]],
    );
    check(
        "FROM python:3.12\nRUN pip install --no-cache-dir pandas && pip uninstall -y pandas\n",
        expect![[r#"
            layer 0: 72.7 MB
        "#]],
    );
    check(
        "FROM python:3.12\nRUN pip install --no-cache-dir pandas\nRUN pip install --no-cache-dir six\n\
         RUN pip uninstall -y six\n",
        expect![[r#"
            layer 0: 153 MB
            layer 1: 84.7 kB
            layer 2: 0 B
              step 2 hides 84.6 kB of step 1 at usr/local/lib/python3.12/site-packages
        "#]],
    );
    let node = "FROM node:22\nWORKDIR /app\nRUN npm install typescript lodash\n";
    check(
        &format!("{node}RUN npm uninstall typescript\n"),
        expect![[r#"
        layer 0: 0 B
        layer 1: 53.2 MB
        layer 2: 0 B
          step 2 hides 30.4 MB of step 1 at app/node_modules
          step 2 hides 917 B of step 1 at app/node_modules
    "#]],
    );
    check(
        "FROM node:22\nRUN npm install -g typescript\nRUN npm uninstall -g typescript\n",
        expect![[r#"
            layer 0: 51.4 MB
            layer 1: 0 B
              step 1 hides 30.4 MB of step 0 at usr/local/lib/node_modules
        "#]],
    );
}
