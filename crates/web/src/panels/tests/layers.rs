//! The layers panel over whole reports, as the engine makes them.

use layerwise_analyzer::report::{Input, Report, analyze, outline};

use super::real::assert_says;
use super::{attributes, draw, state, text_of};

const NAIVE: &str = "\
# A Node.js web application, built the way most first Dockerfiles build it:
# the full base image, every file copied at once, everything kept.
FROM node:22

WORKDIR /app
COPY . .
RUN npm install
RUN npm run build

ENV NODE_ENV=production
EXPOSE 3000
CMD [\"npm\", \"start\"]
";

const WASTEFUL: &str = "\
FROM debian:bookworm
RUN apt-get update && apt-get install -y curl
RUN rm -rf /var/lib/apt/lists/*
COPY . /app
RUN chown -R www-data /app
";

fn whole(dockerfile: &str) -> (Input, Report) {
    let input = Input { dockerfile: dockerfile.into(), ..Input::default() };
    let report = analyze(&input);
    (input, report)
}

fn html_of(dockerfile: &str) -> String {
    let (input, report) = whole(dockerfile);
    draw("layers", state(input), report)
}

#[test]
fn a_naive_image_is_shown_part_by_part_beside_its_usual_size() {
    let html = html_of(NAIVE);
    assert_says(
        &text_of(&html),
        &[
            "Whole image",
            "base image 1.13 GB",
            "your files",
            "Usually 60–100 MB for a Node.js service such as Express, read as what a pull transfers;",
            "this image is about 4.7 times",
            "Assumed, a typical value:",
            "/app/node_modules",
            "In the final image",
            "What could not be known",
            "What package.json asks for is not known",
        ],
    );
    assert!(!html.contains("not estimated yet"), "all of it is estimated: {html}");
    assert!(!html.contains("layers-wasted"), "nothing is hidden: {html}");
    assert_eq!(attributes(&html, "style"), [""; 0], "the page's policy drops it");
}

#[test]
fn tiles_say_everything_to_a_reader_and_are_one_stop_of_the_tab_key() {
    let html = html_of(NAIVE);
    let labels = attributes(&html, "aria-label");
    assert!(
        labels
            .iter()
            .any(|it| it.starts_with("node:22, ≈ 1.13 GB (1.11–1.15 GB), base image, line 3.")),
        "the base is a tile: {labels:?}"
    );
    assert_eq!(html.matches("role=\"listbox\"").count(), 1);
    assert!(html.matches("role=\"option\"").count() >= 3, "{html}");
    assert_eq!(attributes(&html, "tabindex"), ["0"], "arrow keys do the rest");
}

#[test]
fn waste_names_both_of_its_lines_once_in_a_section_and_once_at_the_layer() {
    let shown = text_of(&html_of(WASTEFUL));
    assert_says(
        &shown,
        &[
            "Wasted: ≈",
            "written by line 2 are hidden by line 3 ; every pull still carries them:",
            "written by line 4 are hidden by line 5 ; every pull still carries them: /app",
            "of these hidden by later layers",
            "writes, remove or change in the same RUN",
            "writes, give its owner and mode there, with --chown and --chmod",
        ],
    );
    assert!(!shown.contains("only another base"), "nothing of the base is hidden: {shown}");
    let first = shown.matches("written by line 2 are hidden by line 3").count();
    assert_eq!(first, 2, "in the section and at the layer: {shown}");
}

#[test]
fn of_an_unknown_base_the_rest_is_still_shown() {
    let html = html_of("FROM acme/app:1\nCOPY . /app\nRUN npm ci\n");
    assert_says(
        &text_of(&html),
        &[
            "Layerwise does not know acme/app:1.",
            "at least",
            "size unknown",
            "your files",
            "Not drawn, since its size is not known: acme/app:1.",
        ],
    );
    assert!(html.contains("role=\"option\""), "what is known has tiles: {html}");
}

#[test]
fn a_base_that_nobody_named_is_called_one() {
    let shown = text_of(&html_of("FROM\nCOPY . /app\n"));
    assert_says(&shown, &["Not drawn, since its size is not known: the base image."]);
}

#[test]
fn an_outline_has_neither_tiles_nor_waste() {
    let input = Input { dockerfile: NAIVE.into(), ..Input::default() };
    let report = outline(&input);
    let html = draw("layers", state(input), report);
    assert_says(&text_of(&html), &["base image 1.13 GB", "not estimated yet"]);
    for id in ["layers-contents", "layers-wasted", "layers-unknown", "layers-usual"] {
        assert!(!html.contains(id), "{id} is nothing an outline knows: {html}");
    }
}

#[test]
fn an_image_of_nothing_is_no_drawing() {
    let html = html_of("FROM scratch\n");
    assert_says(&text_of(&html), &["This image has no layer"]);
    assert!(!html.contains("listbox"), "{html}");
}
