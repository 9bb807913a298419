//! What is answered on the build cache.

use std::rc::Rc;

use layerwise_analyzer::cache::{CacheOutcome, Export, Runner};

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::analyze;
use layerwise_analyzer::report::cache::ReportedCacheStep;

use super::*;

fn input(text: &str) -> Input {
    Input { dockerfile: text.into(), ..Input::default() }
}

fn answer(chosen: &str) -> Tried {
    answer_by(chosen, Building::default())
}

fn answer_by(chosen: &str, building: Building) -> Tried {
    let input = input("FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n");
    let trial = Trial { edit: chosen.into(), building, ..Trial::default() };
    try_edit(&input, &analyze(&input), &trial)
}

/// What becomes of each line when `before` becomes `after`.
fn own_edit(before: &Input, after: &Input) -> Vec<(u32, CacheOutcome)> {
    let before = Some(Rc::new(Version::of(before)));
    let answer = try_edit(after, &analyze(after), &Trial { before, ..Trial::default() });
    assert!(answer.edit == OWN_EDIT && answer.changes.is_some(), "{answer:?}");
    let report = answer.outcome.expect("texts can always be compared");
    report.steps.iter().map(|step| (step.line, step.outcome)).collect()
}

#[test]
fn the_persons_own_edit_is_tried_where_there_is_one() {
    use CacheOutcome::{Cached, Rebuilt};
    let before = input("FROM node:22\nWORKDIR /app\nRUN npm ci\nRUN npm run build\n");
    let after = input("FROM node:22\n# why\nWORKDIR /app\nRUN npm ci\nRUN npm run ship\n");
    let steps = [(3, Cached), (4, Cached), (5, Rebuilt)];
    assert_eq!(own_edit(&before, &after), steps);
    let mut other = before.clone();
    other.dockerfile = "FROM node:22\nARG V=1\nRUN a\n".into();
    let mut called = other.clone();
    called.options.build_arguments = vec![("V".into(), Some("2".into()))];
    assert_eq!(own_edit(&other, &called), [(3, Rebuilt)], "an argument that was typed");
    assert_eq!(own_edit(&called, &other), [(3, Rebuilt)], "an argument that was taken back");
    let files = |listing: &str| {
        let (context, _) = read_listing(listing);
        let known = KnownContext { origin: ContextOrigin::Listing, context };
        Input { context: Some(Rc::new(known)), ..input("FROM a\nCOPY a.js /\nCOPY b.js /\n") }
    };
    let (old, new) = (files("1 a.js\n1 b.js\n"), files("1 a.js\n2 b.js\n"));
    assert_eq!(own_edit(&old, &new), [(2, Cached), (3, Rebuilt)], "files that were brought anew");
}

#[test]
fn what_was_changed_is_told_by_its_lines() {
    for (old, new, told) in [
        ("a\nb\nc\n", "a\nx\nc\n", "line 2"),
        ("a\nb\nc\n", "a\nx\ny\nc\n", "lines 2 to 3"),
        ("a\nb\nc\n", "a\nb\nc\nd\n", "line 4"),
        ("a\nb\nc\n", "a\nc\n", "lines gone before line 2"),
        ("a\nb\nc\n", "a\n", "lines gone from the end"),
        ("a\na\n", "a\na\na\n", "line 3"),
        ("a\r\n", "a\n", "line ends"),
    ] {
        assert_eq!(changed_lines(old, new), told, "{old:?} to {new:?}");
    }
    let mut after = input("FROM b\n");
    after.dockerignore = Some("x\n".into());
    after.options.target = Some("t".into());
    let told = list_changes(&Version::of(&input("FROM a\n")), &after);
    assert_eq!(told, "line 1, the ignore file and the target");
}

#[test]
fn without_a_choice_a_source_file_changes() {
    let usual = answer("");
    assert_eq!(usual.edit, "a source file");
    assert_eq!(answer(&usual.edit), usual, "the same when it is chosen");
    let nothing = answer(NOTHING).outcome.expect("nothing can always be done");
    assert!(nothing.causes.is_empty(), "{:?}", nothing.causes);
}

#[test]
fn a_fresh_runner_without_a_cache_rebuilds_what_nothing_changed() {
    let runner = Runner::Fresh(Export::Nothing);
    let fresh = answer_by(NOTHING, Building { runner, ..Building::default() });
    let report = fresh.outcome.expect("nothing can always be done");
    let is_rebuilt = |step: &ReportedCacheStep| step.outcome == CacheOutcome::Rebuilt;
    assert!(report.steps.iter().all(is_rebuilt), "{:?}", report.steps);
    assert_eq!(fresh.matrix, answer(NOTHING).matrix, "the table is of the same builder");
}

#[test]
fn a_week_of_more_builds_costs_more() {
    let week = |edits_a_day| {
        let building = Building { edits_a_day, ..Building::default() };
        answer_by("", building).outcome.expect("a file is there").week.likely
    };
    assert_eq!(week(50), 5 * week(10));
}

#[test]
fn an_edit_that_cannot_be_done_is_answered_with_a_sentence() {
    for chosen in ["modify:there/is/none.js", "what is this"] {
        let refused = answer(chosen).outcome.expect_err("it cannot be done");
        assert!(!refused.told.is_empty() && !answer(chosen).edits.is_empty(), "{refused:?}");
    }
    let told = answer("add:package.json").outcome.expect_err("it is there").told.join(". ");
    assert!(told.contains("; choose “its content changes”. "), "the page's words: {told}");
}

#[test]
fn a_source_file_stays_chosen_in_another_project() {
    let title = |text: &str| {
        let input = input(text);
        let trial = Trial { edit: "a source file".into(), ..Trial::default() };
        let answer = try_edit(&input, &analyze(&input), &trial);
        (answer.outcome.is_ok(), answer.edit, answer.title)
    };
    let (is_tried, edit, of_node) = title("FROM node:22\nCOPY . .\nRUN npm ci\n");
    assert!(is_tried && edit == "a source file", "{edit}");
    let (is_tried, edit, of_go) = title("FROM golang:1.26\nCOPY . .\nRUN go build .\n");
    assert!(is_tried && edit == "a source file" && of_go != of_node, "{edit}: {of_go}");
    let (is_tried, edit, _) = title("FROM alpine:3.22\nRUN apk add curl\n");
    assert!(is_tried && !edit.is_empty(), "another usual one where there is no file: {edit}");
}

#[test]
fn a_dockerfile_that_does_not_build_is_to_be_mended_first() {
    let input = input("FROM alpine\nFOO\n");
    let answer = try_edit(&input, &analyze(&input), &Trial::default());
    let refused = answer.outcome.expect_err("nothing can be built");
    assert_eq!(refused.title, "Nothing can be replayed until the Dockerfile is mended");
    assert!(refused.told.concat().starts_with("Line 2: "), "{refused:?}");
    assert_eq!(answer.edit, OWN_EDIT, "the person is editing");
    let columns = answer.matrix.expect("it is small");
    assert!(columns.steps.is_empty(), "there is nothing to compare: {columns:?}");
}

#[test]
fn caches_that_are_not_there_help_nobody() {
    let with = |building| answer_by(NOTHING, building).outcome.expect("nothing can be done");
    let without = with(Building { no_cache: true, ..Building::default() });
    let is_rebuilt = |step: &ReportedCacheStep| step.outcome == CacheOutcome::Rebuilt;
    assert!(without.steps.iter().any(is_rebuilt), "{:?}", without.steps);
    let text =
        "FROM node:22\nCOPY package.json .\nRUN --mount=type=cache,target=/root/.npm npm ci\n";
    let mounted = input(text);
    let time = |runner, is_cold| {
        let building = Building { runner, ..Building::default() }.with_cold(is_cold);
        let trial = Trial { edit: "modify:package.json".into(), building, ..Trial::default() };
        let answer = try_edit(&mounted, &analyze(&mounted), &trial);
        answer.outcome.expect("package.json is assumed").rebuild.likely
    };
    let fresh = Runner::Fresh(Export::Maximum);
    for runner in [Runner::Same, fresh] {
        let [warm, cold] = [false, true].map(|is_cold| time(runner, is_cold));
        assert!(warm < cold, "packages are downloaded again: {runner:?}");
    }
    let usual = Building { runner: fresh, ..Building::default() };
    assert!(usual.is_cold(), "nobody exports cache mounts");
}
