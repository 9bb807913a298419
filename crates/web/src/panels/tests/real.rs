//! Panels over real analyses: what the analyzer says of a text is what a reader sees.

use layerwise_analyzer::report::{Input, Report, analyze};

use super::{ALL, attributes, draw, state, text_of};
use crate::format;

const NODE: &str = "\
# syntax=docker/dockerfile:1
ARG NODE_VERSION=22
FROM node:${NODE_VERSION} AS build
WORKDIR /app
COPY package*.json ./
RUN --mount=type=cache,target=/root/.npm npm ci
COPY . .
RUN npm run build

FROM build AS test
RUN npm test

FROM node:${NODE_VERSION}-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production
COPY --from=build /app/dist ./dist
COPY --from=nginx:1.27 /etc/nginx/mime.types /etc/
RUN <<EOF
npm ci --omit=dev
npm cache clean --force
EOF
CMD [\"node\", \"dist/server.js\"]
";

const BROKEN: &str = "\
FROM golang:1.26 AS build
RUN go build -o /out ./...
FRO scratch
FROM scratch
COPY --from=biuld /out /out
COPY --from=acme/tools:7 /usr/bin/tool /tool
ENTRYPOINT [\"/out\"]
";

fn analyzed(dockerfile: &str) -> (Input, Report) {
    let input = Input { dockerfile: dockerfile.into(), ..Input::default() };
    let report = analyze(&input);
    (input, report)
}

fn shown(panel: &str, dockerfile: &str) -> String {
    let (input, report) = analyzed(dockerfile);
    text_of(&draw(panel, state(input), report))
}

pub(super) fn assert_says(shown: &str, texts: &[&str]) {
    for text in texts {
        assert!(shown.contains(text), "{text:?} is missing in: {shown}");
    }
}

#[test]
fn stages_of_a_real_file_with_their_edges() {
    let shown = shown("stages", NODE);
    assert_says(
        &shown,
        &[
            "FROM node:22 ",
            "FROM node:22-slim",
            "FROM build",
            "base of test (line 10)",
            "copied into runtime (line 16, ≈ 1.80 MB)",
            "copied into runtime (line 17, ≈ 10.0 MB)",
            "copy · line 17 · ≈ 10.0 MB",
            "nginx:1.27",
            "not needed",
        ],
    );
}

#[test]
fn sizes_on_the_page_are_the_reports() {
    let (_, report) = analyzed(NODE);
    let base = &report.stages[0].base.bytes;
    assert!(base.likely().is_some(), "node:22 is in the table: {base:?}");
    for panel in ["stages", "bases"] {
        assert_says(&shown(panel, NODE), &[&format::size(base)]);
    }
    let slim = &report.stages[2].base.bytes;
    assert_says(&shown("layers", NODE), &[&format::size(slim), &format::size(&report.image_bytes)]);
}

#[test]
fn layers_of_a_real_file_have_lines_and_no_invented_numbers() {
    let shown = shown("layers", NODE);
    assert_says(&shown, &["FROM node:22-slim", "line 16", "line 18", "Assumed"]);
    // What is assumed of other stages is another matter.
    let layers = shown.split("The text does not tell").next().unwrap_or_default();
    assert!(
        !layers.contains("npm run build"),
        "layers of other stages are not in this image: {shown}"
    );
}

#[test]
fn every_external_image_of_a_real_file_is_a_card() {
    assert_says(
        &shown("bases", NODE),
        &[
            "base of stage build · line 3",
            "base of stage runtime · line 13",
            "copied into stage runtime · line 17",
        ],
    );
    // A name that is no stage is an image to BuildKit, so it is one here.
    assert_says(
        &shown("bases", BROKEN),
        &["Layerwise does not know acme/tools:7.", "Layerwise does not know biuld."],
    );
}

#[test]
fn a_broken_file_keeps_what_is_not_broken() {
    assert_says(&shown("stages", BROKEN), &["build", "FROM golang:1.26", "FROM scratch", "empty"]);
}

#[test]
fn texts_nobody_expects_are_drawn_too() {
    let texts = [
        "",
        "\n\n# only a comment\n",
        "RUN before any stage\n",
        "FROM\n",
        "FROM a\nFROM a\nFROM a",
        "FROM a AS a\nCOPY --from=a / /\n",
        "FROM b AS a\nFROM a AS b\n",
        "FROM scratch",
        "FROM ${NOTHING}\nCOPY --from=${ALSO} a b\n",
        "FROM \u{1F433}:\u{4E2D}\u{6587}\nRUN \"\u{202E}\"\n",
        "FROM node:22\nRUN <<EOF\nnever ends",
    ];
    for text in texts {
        let (input, report) = analyzed(text);
        for panel in ALL {
            let html = draw(panel.id, state(input.clone()), report.clone());
            assert_eq!(attributes(&html, "style"), [""; 0], "{} of {text:?}", panel.id);
            assert!(!html.contains("NaN"), "{} of {text:?}: {html}", panel.id);
        }
    }
}
