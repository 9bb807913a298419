//! The three ideas as drawings to explore.

use layerwise_analyzer::report::{Input, analyze};

use super::{draw, state, text_of};
use crate::state::{Action, State};

/// The panel with an idea open on a text, after choices.
fn with(idea: &str, dockerfile: &str, choices: &[(&str, &str)]) -> String {
    let input = Input { dockerfile: dockerfile.into(), ..Input::default() };
    let report = analyze(&input);
    let settings = choices.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    let panel = format!("learn.{idea}");
    draw(&panel, State { settings: settings.collect(), ..state(input) }, report)
}

/// What the sentence says that changes with each choice.
fn summary(html: &str) -> String {
    let (_, from) = html.split_once("idea-summary\">").expect("there is a summary");
    text_of(from.split_once("</p>").expect("it ends").0)
}

/// Asserts that it says each of the texts.
fn check(idea: &str, dockerfile: &str, choices: &[(&str, &str)], expected: &[&str]) {
    let told = summary(&with(idea, dockerfile, choices));
    for part in expected {
        assert!(told.contains(part), "{idea} {choices:?} should say {part:?}, but says: {told}");
    }
}

const REMOVES: &str = "FROM alpine:3.22\nCOPY package.json /a/\nRUN dd if=/dev/zero of=/big bs=1M \
                       count=50\nRUN rm /big\n";

#[test]
fn a_whiteout_hides_and_the_total_never_falls() {
    // 50 blocks of 1,048,576 bytes.
    let at = |step| [("idea.step", step)];
    check("layers", REMOVES, &at("1"), &["After line 1", "/big is not written yet."]);
    check(
        "layers",
        REMOVES,
        &at("3"),
        &["All of it can be seen. /big lies in the layer of line 3"],
    );
    let hidden = [
        "this line adds 0 B, hides ≈ 52.4 MB, and frees nothing. ≈ 52.4 MB of it is hidden",
        "/big lies in the layer of line 3 still, ≈ 52.4 MB, and cannot be seen.",
    ];
    check("layers", REMOVES, &[], &hidden);
    let html = with("layers", REMOVES, &[]);
    assert!(html.contains("pic-lost") && html.contains("pic-join"), "it is drawn: {html}");
    assert!(!with("layers", REMOVES, &at("3")).contains("pic-lost"), "not before it is removed");
}

const CROSSES: &str = "FROM node:22 AS build\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\n\
                       RUN npm run build\nFROM node:22 AS lint\nRUN npx eslint .\nFROM node:22-slim\n\
                       COPY --from=build /app/dist /app\n";

#[test]
fn a_stage_is_discarded_but_for_what_is_copied() {
    let crosses = ["weighs ≈ 229 MB. build weighs ≈ 1.41 GB: ≈ 1.50 MB of it crosses, ≈ 1.41 GB"];
    check("stages", CROSSES, &[], &crosses);
    check("stages", CROSSES, &[("idea.stage", "1")], &["lint is not even built"]);
    let whole = ["it would weigh ≈ 1.41 GB, not ≈ 229 MB. All of build is in it"];
    check("stages", CROSSES, &[("idea.last", "build")], &whole);
}

const REBUILDS: &str = "FROM node:22 AS files\nWORKDIR /a\nCOPY package.json ./\nCOPY src ./src\n\
                        FROM node:22-slim\nCOPY --from=files /a/package.json /a/\nRUN npm ci\n\
                        COPY --from=files /a/src /a/src\n";

#[test]
fn the_first_change_rebuilds_the_rest_but_for_what_crosses_unchanged() {
    let kept =
        ["rebuilds 2 of 6 steps; the first that changed is line 4", "Line 6 is kept all the"];
    check("cache", REBUILDS, &[], &kept);
    check("cache", REBUILDS, &[("idea.edit", "nothing")], &["Where nothing changes, 0 of 6 steps"]);
    let line = ["A change of line 7 rebuilds 2 of 6 steps; the first that changed is line 7."];
    check("cache", REBUILDS, &[("idea.edit", "line:7")], &line);
    let base = ["Once node:22 moves, 3 of 6 steps are rebuilt; the first that changed is line 1."];
    check("cache", REBUILDS, &[("idea.edit", "base:node:22")], &base);
    let html = with("cache", REBUILDS, &[]);
    for drawn in ["◆ changed first", "= kept: the same bytes cross", "◆ other bytes cross"] {
        assert!(html.contains(drawn), "{drawn:?} is missing in {html}");
    }
}

#[test]
fn a_text_with_nothing_to_show_says_so_and_a_sample_is_shown() {
    for (idea, told) in [
        ("layers", "No line of your text removes"),
        ("stages", "Your text has one stage"),
        ("cache", "No instruction of your text writes a file"),
    ] {
        let html = with(idea, "FROM alpine:3.22\nUSER 1\n", &[]);
        let shown = text_of(&html);
        assert!(shown.contains(told), "{idea} should say {told:?}: {shown}");
        for part in ["So this is a sample.", "The sample's Dockerfile", "Lessons about it"] {
            assert!(shown.contains(part), "{idea} should say {part:?}: {shown}");
        }
        assert!(html.contains("<svg"), "{idea} draws the sample: {html}");
        let own = text_of(&with(idea, "FROM alpine:3.22\nUSER 1\n", &[("idea.text", "own")]));
        assert!(!own.contains("a sample."), "{idea} on their own text: {own}");
    }
}

#[test]
fn samples_show_what_they_are_there_for() {
    check("layers", "", &[], &["hides ≈ 21.7 MB, and frees nothing. ≈ 354 MB of it is hidden"]);
    check("stages", "", &[], &["build weighs ≈ 1.41 GB: ≈ 800 kB of it crosses"]);
    check("cache", "", &[], &["Line 11 is kept all the same", "Line 13 is kept if the same bytes"]);
}

#[test]
fn nothing_makes_it_panic() {
    for dockerfile in [
        "",
        "FROM",
        "RUN a",
        "FROM a\nFROM a\nCOPY --from=7 / /",
        "COPY é /\nRUN",
        "FROM scratch AS a\nFROM a AS a",
    ] {
        for idea in ["layers", "stages", "cache", "fly", ""] {
            for choice in ["", "0", "99999999999999999999", "line:2"] {
                let keys = ["idea.step", "idea.path", "idea.stage", "idea.last", "idea.edit"];
                let own = [("idea.text", if choice.is_empty() { "" } else { "own" })];
                let all: Vec<_> = keys.map(|key| (key, choice)).into_iter().chain(own).collect();
                assert!(!with(idea, dockerfile, &all).is_empty());
            }
        }
    }
}

#[test]
fn an_idea_is_a_part_of_the_panel_and_a_button_opens_it() {
    let set = |key: &str, value: &str| Action::Set { key: key.into(), value: value.into() };
    let state = State::default().apply(set("panel", "learn.cache"));
    assert_eq!((state.panel.as_str(), state.settings.len()), ("learn.cache", 0));
    let list = text_of(&with("", "", &[]));
    assert!(list.contains("Three ideas on your own text"), "{list}");
}
