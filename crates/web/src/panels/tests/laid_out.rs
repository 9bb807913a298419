//! Panels that the engine lays out, drawn as the page draws them.

use layerwise_analyzer::report::{Input, analyze};

use super::{ALL, attributes, draw, state, text_of};
use crate::state::{Action, State, panel_of};
use crate::worker::EMBEDDED;

const NAIVE: &str = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN apt-get update && apt-get install -y \
                     python3\nRUN npm install\nCMD node a.js\n";

fn naive() -> State {
    let input = Input { dockerfile: NAIVE.into(), ..Input::default() };
    state(input).opened()
}

fn drawn(panel: &str, state: State) -> String {
    let report = analyze(&state.input);
    draw(panel, state, report)
}

/// Asserts that a panel says each of the texts.
fn says(panel: &str, state: State, texts: &[&str]) {
    let shown = text_of(&drawn(panel, state));
    for text in texts {
        assert!(shown.contains(text), "{panel} should say {text:?}, but says: {shown}");
    }
}

fn set(key: &str, value: &str) -> Action {
    Action::Set { key: key.into(), value: value.into() }
}

#[test]
fn the_advice_offers_all_fixes_and_each_with_why_and_what_changes() {
    says("advice", naive(), &["Apply all", "Why, and what changes", "Hand it on", "Source: "]);
    let html = drawn("advice", naive());
    let buttons = html.matches("Apply: ").count();
    assert!(buttons > 1, "each fix has its button: {html}");
    assert!(html.contains("view-diff"), "what it changes is shown: {html}");
    assert!(html.contains("<code>"), "code in a sentence is code: {html}");
    says("advice", naive(), &["new .dockerignore", "less to rebuild after an edit of"]);
}

#[test]
fn two_versions_are_compared_and_which_can_be_chosen() {
    says("compare", naive(), &["Nothing has changed"]);
    let edited = naive().apply(Action::EditDockerfile(NAIVE.replace("node:22", "node:22-alpine")));
    says("compare", edited.clone(), &["Image", "What an edit rebuilds", "removed: FROM node:22"]);
    let dockerfile = edited.input.dockerfile.replace("CMD node a.js", "CMD [\"node\", \"a.js\"]");
    let fixed = edited.apply(Action::ReplaceTexts { dockerfile, dockerignore: None });
    says("compare", fixed.clone(), &["Before is the version before; after is"]);
    let chosen = fixed.apply(set("compare.with", "fix"));
    says("compare", chosen.clone(), &["Before is the version before the last fix; after is"]);
    let pasted = chosen.apply(set("compare.with", "pasted"));
    says("compare", pasted.clone(), &["put one in the editor and the other one here"]);
    let pasted = pasted.apply(set("compare.pasted", "FROM scratch\n"));
    says("compare", pasted, &["Before is the pasted Dockerfile", "removed: FROM scratch"]);
}

#[test]
fn each_step_stands_beside_itself_after_the_edit_that_was_chosen() {
    let text = "FROM node:22\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\n";
    let edited = naive().apply(Action::EditDockerfile(text.into()));
    says("compare", edited.clone(), &["Steps after an edit of a source file, before and after"]);
    let nothing = edited.apply(set("compare.edit", "nothing"));
    let html = drawn("compare", nothing.clone());
    let pressed = html.split("<button").filter(|it| it.contains(r#"aria-pressed="true""#));
    let pressed: Vec<String> = pressed.map(|it| text_of(&format!("<button{it}"))).collect();
    assert!(pressed.iter().any(|it| it.starts_with("nothing")), "{pressed:?}");
    says("compare", nothing, &["Steps after an edit of nothing, before and after"]);
}

#[test]
fn a_history_is_held_against_every_line() {
    let history = "IMAGE CREATED CREATED BY SIZE\nnot a history\n";
    says("reality", naive(), &["docker history"]);
    let html = drawn("reality", naive().apply(set("reality.pasted", history)));
    assert!(html.contains("not a history"), "what was typed stays in the field: {html}");
}

#[test]
fn the_times_of_a_log_are_offered_and_another_image_is_not() {
    let log = "#6 [3/5] COPY . .\n#6 DONE 0.4s\n#7 [5/5] RUN npm install\n#7 DONE 32.4s\n";
    let html = drawn("reality", naive().apply(set("reality.pasted", log)));
    assert!(html.contains("32\u{a0}s") && html.contains("Take the truth over"), "{html}");
    let times = [("COPY . .", 400), ("RUN npm install", 32_400)];
    let taken = times.into_iter().fold(naive(), |state, (instruction, time)| {
        state.apply(Action::SetTime(instruction.into(), Some(time)))
    });
    let html = drawn("reality", taken.apply(set("reality.pasted", log)));
    assert!(html.contains("✓ within") && !html.contains("Take the truth over"), "{html}");

    let other = "#6 [3/5] COPY a .\n#6 DONE 0.4s\n#7 [5/5] RUN make\n#7 DONE 32.4s\n";
    let html = drawn("reality", naive().apply(set("reality.pasted", other)));
    assert!(html.contains("seems to be the log of another"), "{html}");
    assert!(!html.contains("Take the truth over"), "{html}");
}

#[test]
fn what_is_exported_is_whole_and_named_after_what_it_is() {
    let html = drawn("export", naive());
    for title in [
        "Report as Markdown",
        "Report as JSON",
        "Findings as SARIF",
        "Layers as SVG",
        "Layers as PNG",
        "Stages as SVG",
        "Stages as PNG",
    ] {
        assert!(html.contains(title), "there is a button `{title}`: {html}");
    }
    for (id, title) in EMBEDDED {
        assert!(html.contains(&format!("Embed {title}")), "there is code to embed {id}: {html}");
        assert!(ALL.iter().any(|panel| panel.id == panel_of(id)), "{id} is no panel");
    }
}

#[test]
fn what_brings_a_version_is_marked_as_no_part_of_a_frame() {
    let html = drawn("compare", naive());
    let bringing = html.matches("button unframed").count();
    assert_eq!((bringing, html.matches("\"framed\"").count()), (0, 1), "nothing is left: {html}");
    let (other, own) = html.split_once("\"framed\"").expect("a sentence");
    assert!(other.contains("learn-give unframed") && own.contains("\"unframed\""), "{html}");
    let pasted = naive().apply(set("compare.pasted", "FROM scratch\n"));
    let html = drawn("compare", pasted);
    assert_eq!(html.matches("button unframed").count(), 2, "a pasted text and a link: {html}");
    assert!(!html.contains("\"framed\""), "there is something to see: {html}");
}

#[test]
fn fields_show_what_is_typed_and_else_what_counts() {
    let html = drawn("costs", naive().apply(set("costs.pulls", "")));
    assert!(!attributes(&html, "placeholder").contains(&""), "each says what counts: {html}");
    let html = drawn("costs", naive().apply(set("costs.pulls", "many")));
    assert!(attributes(&html, "value").contains(&"many"), "no letter is lost: {html}");
}

#[test]
fn what_is_no_number_is_told_and_prices_keep_their_currency() {
    for (key, typed) in [
        ("costs.pulls", "many"),
        ("costs.pulls", "-5"),
        ("costs.pulls", "1e9"),
        ("costs.bandwidth", "0"),
        ("costs.storage", "-0.1"),
    ] {
        let state = naive().apply(set(key, typed));
        says("costs", state, &[&format!("“{typed}” is not understood")]);
    }
    let state = naive().apply(set("costs.storage", "$0.023"));
    let shown = text_of(&drawn("costs", state));
    assert!(shown.contains("that × $0.023 a GB"), "{shown}");
    assert!(shown.contains("A start on a cold host"), "{shown}");
    assert!(!shown.contains("not understood"), "{shown}");
}
