//! What is assumed, as the Layers panel shows it.

use layerwise_analyzer::report::{Input, Report, analyze};

use super::{attributes, draw, state, text_of};

const APP: &str = "FROM node:22 AS build\n\
    WORKDIR /app\n\
    COPY package.json ./\n\
    RUN npm install\n\
    FROM node:22-slim\n\
    COPY --from=build /app/node_modules /app/node_modules\n";
const KEY: &str = "build:/app/node_modules";

fn analyzed(typed: &[(&str, u64)]) -> (Input, Report) {
    let assumed_sizes = typed.iter().map(|(key, bytes)| ((*key).to_owned(), *bytes)).collect();
    let input = Input { dockerfile: APP.into(), assumed_sizes, ..Input::default() };
    let report = analyze(&input);
    (input, report)
}

fn drawn(typed: &[(&str, u64)]) -> String {
    let (input, report) = analyzed(typed);
    draw("layers", state(input), report)
}

#[test]
fn each_has_its_line_a_slider_a_field_and_from_what_it_is() {
    let html = drawn(&[]);
    let (_, report) = analyzed(&[]);
    let labels = attributes(&html, "aria-label");
    let text = text_of(&html);
    for assumption in &report.assumptions {
        let label = &assumption.label;
        for name in [format!("Size of {label}"), format!("Type the size of {label}")] {
            assert!(
                labels.iter().any(|it| *it == name),
                "no control is called {name:?}: {labels:?}"
            );
        }
        assert!(text.contains(assumption.default.why()), "{label} does not say from what it is");
    }
    assert!(text.contains("line 4 /app/node_modules, from npm install"), "{text}");
    let resets = html.matches("\"keeps-room").count();
    assert!(resets > 1, "each assumption has room for its button");
    assert_eq!(html.matches("keeps-room-empty").count(), resets, "nothing was typed");
    assert!(text.contains("more that the image does not hold"), "npm's cache stays behind");
}

#[test]
fn a_typed_size_stands_in_its_field_and_can_be_reset() {
    let html = drawn(&[(KEY, 123_000_000)]);
    let labels = attributes(&html, "aria-label");
    assert!(labels.contains(&"Reset /app/node_modules, from npm install"), "{labels:?}");
    assert!(attributes(&html, "value").contains(&"123 MB"), "the field has the size");
    assert!(attributes(&html, "aria-valuetext").contains(&"123 MB"), "the slider too");
    assert!(text_of(&html).contains("Reset all 1"), "all can be reset at once");
}

#[test]
fn a_size_that_was_just_dragged_is_shown_before_the_report_knows_it() {
    let (mut input, report) = analyzed(&[]);
    input.assumed_sizes = vec![(KEY.to_owned(), 77_000_000)];
    let html = draw("layers", state(input), report);
    assert!(attributes(&html, "aria-valuetext").contains(&"77.0 MB"), "it lags behind");
}

#[test]
fn nothing_is_shown_where_nothing_is_assumed() {
    let input = Input { dockerfile: "FROM scratch\n".into(), ..Input::default() };
    let report = analyze(&input);
    let text = text_of(&draw("layers", state(input), report));
    assert!(!text.contains("Assumed"), "{text}");
}
