//! The Cache panel.

use layerwise_analyzer::cache::{Export, Runner};
use layerwise_analyzer::report::{Input, analyze, outline};

use super::{attributes, draw, draw_answer, state, text_of};
use crate::state::{Building, NOTHING, State};

const NAIVE: &str = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\n";
const ORDERED: &str = "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n\
                       RUN npm run build\n";

fn drawn(dockerfile: &str, edit: &str) -> String {
    let input = Input { dockerfile: dockerfile.into(), ..Input::default() };
    let report = analyze(&input);
    draw("cache", State { edit: edit.to_owned().into(), ..state(input) }, report)
}

fn shown(dockerfile: &str, edit: &str) -> String {
    text_of(&drawn(dockerfile, edit))
}

/// What is said of a step, up to the next one.
fn of_step<'text>(text: &'text str, instruction: &str) -> &'text str {
    let steps = text.split_once("Step by step").map_or("", |(_, steps)| steps);
    let steps = steps.split_once("All usual edits").map_or(steps, |(steps, _)| steps);
    let own = steps.split(" line ").find(|own| own.contains(instruction));
    own.unwrap_or_else(|| panic!("{instruction} is not among the steps of {text}"))
}

#[test]
fn a_source_file_rebuilds_what_stands_after_copy_all_and_a_better_order_does_not() {
    let naive = shown(NAIVE, "");
    for text in ["When a source file (", "3 of 4 steps rebuilt.", "Line 3 caused 3 rebuilds."] {
        assert!(naive.contains(text), "{text:?} is missing in {naive}");
    }
    let install = of_step(&naive, "RUN npm ci");
    assert!(install.contains("rebuilt") && install.contains("Line 3"), "{install}");
    let ordered = shown(ORDERED, "");
    let install = of_step(&ordered, "RUN npm ci");
    assert!(install.contains("cached") && !install.contains("rebuilt"), "{install}");
    assert!(ordered.contains("Line 5 caused 2 rebuilds."), "{ordered}");
}

#[test]
fn the_persons_own_edit_comes_first_where_there_is_one_and_can_begin_anew() {
    let mut edited = state(Input { dockerfile: NAIVE.into(), ..Input::default() }).opened();
    let shown = |state: &State| {
        let html = draw("cache", state.clone(), analyze(&state.input));
        let pressed = html.split("<button").find(|it| it.contains(r#"aria-pressed="true""#));
        let pressed = pressed.map(|it| text_of(&format!("<button{it}"))).unwrap_or_default();
        (text_of(&html), pressed)
    };
    let (text, pressed) = shown(&edited);
    assert!(text.contains("Edit a line, and “my edit” says what that rebuilds."), "{text}");
    assert!(pressed.starts_with("a source file"), "{pressed}");
    edited.input.dockerfile = NAIVE.replace("RUN npm run build", "RUN npm run ship");
    let (text, pressed) = shown(&edited);
    for told in [
        "When my edit is built",
        // The file is itself among the files that `COPY . .` takes.
        "Dockerfile is modified.",
        "My edit: line 5 since the version before.",
        "Take this as the version before",
    ] {
        assert!(text.contains(told), "{told:?} is missing in {text}");
    }
    assert!(pressed.starts_with("my edit"), "{pressed}");
    edited.edit = "nothing".into();
    assert!(shown(&edited).1.starts_with("nothing"), "what is chosen stays chosen");
    let typed = State { before: None, edit: "".into(), ..edited };
    assert!(shown(&typed).0.contains("Mark this version as the one before"), "nothing to compare");
}

#[test]
fn a_better_order_is_proposed_with_what_it_changes_and_only_where_there_is_one() {
    let naive = shown(NAIVE, "");
    let proposed = naive.split_once("Proposed order").map_or("", |(_, proposed)| proposed);
    for told in [
        "When a source file (",
        "npm ci gets package*.json alone, and COPY . . follows it.",
        ".dockerignore leaves out what the install writes",
        "Apply this order",
        "line 3 COPY package*.json ./ new cached",
        "line 4 RUN npm ci rebuilt cached",
        "In the proposed order",
    ] {
        assert!(proposed.contains(told), "{told:?} is missing in {proposed}");
    }
    let ordered = shown(ORDERED, "");
    assert!(!ordered.contains("Proposed order"), "{ordered}");
}

#[test]
fn a_typed_time_counts_wherever_its_instruction_stands() {
    let input = Input { dockerfile: ORDERED.into(), ..Input::default() };
    let times = vec![("RUN npm run build".to_owned(), 754_000)];
    let html = draw("cache", State { times, ..state(input.clone()) }, analyze(&input));
    assert!(attributes(&html, "value").contains(&"12 min 34 s"), "{html}");
    let text = text_of(&html);
    assert!(text.contains("This build 12 min 35 s (12 min 34 s to"), "{text}");
}

#[test]
fn one_chip_is_pressed_also_for_an_edit_that_is_none_of_the_usual_ones() {
    for edit in ["", "nothing", "base:node:22", "touch:package.json", "modify:none/such.js"] {
        let html = drawn(NAIVE, edit);
        let pressed = attributes(&html, "aria-pressed");
        assert_eq!(pressed.iter().filter(|it| **it == "true").count(), 1, "{edit}: {pressed:?}");
    }
    let nothing = shown(NAIVE, "nothing");
    assert!(nothing.contains("Every one of 4 steps comes from the cache."), "{nothing}");
    let unknown = shown(NAIVE, "modify:none/such.js");
    assert!(unknown.contains("This edit cannot be tried none/such.js"), "{unknown}");
}

#[test]
fn the_table_has_a_row_for_each_step_and_a_column_for_each_edit() {
    let html = drawn(NAIVE, "");
    let table = html.split("All usual edits").nth(1).unwrap_or_default();
    let scopes = attributes(table, "scope");
    let columns = scopes.iter().filter(|it| **it == "col").count();
    let rows = scopes.iter().filter(|it| **it == "row").count();
    assert_eq!(rows, 6, "four steps, and the time in this and in the proposed order: {table}");
    assert_eq!(table.matches("<td").count(), rows * (columns - 1), "{table}");
    assert!(columns > 4, "{table}");
}

#[test]
fn edits_that_are_too_many_for_the_table_are_named_below_it() {
    let arguments: String = ('A'..='F').map(|name| format!("ARG {name}\n")).collect();
    let html = text_of(&drawn(&format!("FROM node:22\n{arguments}RUN make\n"), ""));
    let table = html.split_once("All usual edits").map_or("", |(_, table)| table);
    assert!(table.contains("build argument D"), "{table}");
    let (_, below) = table.split_once("This build takes about").expect("the table ends so");
    assert!(below.contains("build argument E") && below.contains("build argument F"), "{below}");
    assert!(!shown(NAIVE, "").contains("Not tried"), "nothing is left out");
}

#[test]
fn the_drawing_says_of_each_stage_what_becomes_of_it() {
    let text = "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm run build\n\
                FROM alpine:3.22 AS tools\nRUN apk add curl\n\
                FROM alpine:3.22 AS unused\nRUN apk add git\n\
                FROM scratch\nCOPY --from=tools /usr/bin /bin\nCOPY --from=build /app/dist /\n";
    let html = drawn(text, "");
    let labels = attributes(&html, "aria-label");
    let told: Vec<&str> = ["build", "tools", "unused", "stage 3"]
        .iter()
        .filter_map(|stage| labels.iter().find(|it| it.starts_with(&format!("Stage {stage},"))))
        .filter_map(|label| {
            let words = ["rebuilt", "depends", "cached"];
            words.into_iter().find(|word| label.contains(word)).or(Some("none"))
        })
        .collect();
    assert_eq!(told, ["rebuilt", "cached", "none", "depends"], "{labels:?}");
    let stages = draw("stages", state(Input { dockerfile: text.into(), ..Input::default() }), {
        analyze(&Input { dockerfile: text.into(), ..Input::default() })
    });
    assert!(!stages.contains("cache-rebuilt"), "only while an edit is tried");
}

#[test]
fn who_builds_is_chosen_and_counts() {
    let input = Input { dockerfile: ORDERED.into(), ..Input::default() };
    let runner = Runner::Fresh(Export::Nothing);
    let building = Building { runner, cores: 1, edits_a_day: 1, ..Building::default() };
    let state = State { edit: NOTHING.into(), building, ..state(input.clone()) };
    let html = draw("cache", state, analyze(&input));
    let text = text_of(&html);
    for told in ["5 of 5 steps rebuilt.", "A week, one such edit a day", "On the same builder,"] {
        assert!(text.contains(told), "{told:?} is missing in {text}");
    }
    let chosen = html.split("<option").filter(|it| it.contains(" selected")).count();
    assert_eq!(chosen, 5, "what happens to a file, who, with what, on what, how often: {html}");
    assert!(!shown(ORDERED, NOTHING).contains("On the same builder,"), "it is that builder");
}

#[test]
fn an_outline_says_that_the_answer_is_to_come() {
    let input = Input { dockerfile: NAIVE.into(), ..Input::default() };
    let report = outline(&input);
    let shown = text_of(&draw_answer("cache", state(input), report, None));
    assert!(shown.contains("What an edit rebuilds is being computed."), "{shown}");
}

#[test]
fn an_assumed_project_is_called_one() {
    let told = "Nobody brought the files of the build context, so a typical Node.js project is";
    assert!(shown(NAIVE, "").contains(told));
}
