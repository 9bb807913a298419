//! What `fix`, `compare` and `rules` print, the findings of `analyze`, and the ends that they make.

#[allow(dead_code, reason = "other tests use the rest of it")]
mod run;

use run::{Run, fixture, layerwise, layerwise_reading};
use serde_json::Value;

/// A Dockerfile with a safe fix (the casing of `as`), an unsafe one, and a warning without a fix.
const UNTIDY: &[u8] = b"FROM node:22 as build\n# Why we do this\nWORKDIR /app\nCOPY . .\n\
    RUN npm install\nCMD [\"node\", \"index.js\"]\n";

fn status_and_errors(run: &Run) -> (i32, &str) {
    (run.status, run.errors.as_str())
}

/// A file of the folder for what tests write.
fn written(name: &str, text: &str) -> String {
    let path = format!("{}/advice-{name}", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, text).expect("a file");
    path
}

#[test]
fn fix_prints_the_dockerfile_and_tells_on_the_side_what_it_did() {
    let run = layerwise_reading(&["fix", "-"], UNTIDY);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.output.starts_with("FROM node:22 AS build\n# Why we do this\n"), "{}", run.output);
    assert!(run.errors.contains("[from-as-casing]"), "which rule was it? {}", run.errors);
    assert!(run.errors.contains(" more with --unsafe"), "{}", run.errors);
    let again = layerwise_reading(&["fix", "-"], run.output.as_bytes());
    assert_eq!(again.output, run.output, "what is mended needs no mending");
}

#[test]
fn fix_unsafe_makes_the_image_smaller() {
    let size = |text: &str| {
        let run = layerwise_reading(&["analyze", "-", "--format=json"], text.as_bytes());
        let report: Value = serde_json::from_str(&run.output).expect("JSON");
        report["image"]["bytes"]["likely"].as_u64().expect("a size that is known")
    };
    let run = layerwise_reading(&["fix", "-", "--unsafe"], UNTIDY);
    let before = size(std::str::from_utf8(UNTIDY).expect("UTF-8"));
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(size(&run.output) < before, "not smaller than {before}: {}", run.output);
    assert!(!run.errors.contains("--unsafe"), "nothing is left to say: {}", run.errors);
}

#[test]
fn fix_diff_is_a_patch() {
    let run = layerwise_reading(&["fix", "-", "--diff"], UNTIDY);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(
        run.output.starts_with("--- standard input\n+++ standard input\n@@ "),
        "{}",
        run.output
    );
    assert!(run.output.contains("\n-FROM node:22 as build\n+FROM node:22 AS build\n"));
}

#[test]
fn fix_leaves_alone_what_docker_would_refuse() {
    let run = layerwise_reading(&["fix", "-"], b"FROM scratch\nRUM a\n");
    assert_eq!((run.status, run.output.as_str()), (2, "FROM scratch\nRUM a\n"));
    assert!(run.errors.contains("standard input:2:1: "), "{}", run.errors);
}

#[test]
fn fail_on_decides_by_the_gravest_finding() {
    let fail_on =
        |severity: &str| layerwise_reading(&["analyze", "-", "--fail-on", severity], UNTIDY);
    assert_eq!(status_and_errors(&fail_on("error")), (0, ""));
    let run = fail_on("warning");
    assert_eq!(run.status, 1);
    assert!(run.errors.ends_with("at or above --fail-on warning\n"), "{}", run.errors);
    let tidy = b"FROM scratch\nCOPY --chmod=755 app /app\nUSER 1000\nENTRYPOINT [\"/app\"]\n";
    let run = layerwise_reading(&["analyze", "-", "--fail-on=warning"], tidy);
    assert_eq!(status_and_errors(&run), (0, ""), "{}", run.output);
}

#[test]
fn compare_says_by_what_the_image_changed() {
    let before = written("before", "FROM node:22\nRUN npm install --global yarn\n");
    let after = written("after", "FROM node:22-alpine\nRUN npm install --global yarn\n");
    let run = layerwise(&["compare", &before, &after]);
    assert_eq!(status_and_errors(&run), (0, ""));
    assert!(run.output.starts_with("Image "), "{}", run.output);
    assert!(run.output.contains("\nBy what the image changed\n"), "{}", run.output);
    assert!(run.output.contains("\n- FROM node:22\n+ FROM node:22-alpine\n"), "{}", run.output);
    let same = layerwise(&["compare", &before, &before, "--format=json"]);
    let same: Value = serde_json::from_str(&same.output).expect("JSON");
    assert_eq!((&same["image"]["change"], &same["causes"]), (&0.into(), &Value::Array(vec![])));
}

#[test]
fn what_is_no_dockerfile_is_not_compared() {
    let (text, other) = (written("no", "not a dockerfile\n"), written("yes", "FROM node:22\n"));
    for command in [["compare", &text, &other], ["compare", &other, &text]] {
        let run = layerwise(&command);
        assert_eq!((run.status, run.output.as_str()), (2, ""), "{command:?}");
        assert!(run.errors.contains("There is no instruction `not`"), "{}", run.errors);
    }
    // What does not build may be what is mended.
    let broken = written("broken", "FROM node:22\nCOPY a\n");
    let run = layerwise(&["compare", &broken, &other]);
    assert_eq!(run.status, 0, "{}", run.errors);
    assert!(run.errors.contains(":2:1: "), "{}", run.errors);
    assert!(run.output.starts_with("Image "), "{}", run.output);
}

#[test]
fn markdown_ends_with_a_link_that_opens_again() {
    let before = written("link-before", "FROM node:22\n");
    let after = written("link-after", "FROM node:22-alpine\n");
    let page = ["--format=markdown", "--page", "https://example.org/play/"];
    let compared = layerwise(&[&["compare", &before, &after], &page[..]].concat());
    let analyzed = layerwise(&[&["analyze", &after], &page[..]].concat());
    for run in [&compared, &analyzed] {
        assert_eq!(status_and_errors(run), (0, ""));
        let link = run.output.trim_end().lines().last().expect("a line");
        let link = link.strip_prefix("[Open in Layerwise](<").and_then(|it| it.strip_suffix(">)"));
        let link = link.unwrap_or_else(|| panic!("no link at the end: {}", run.output));
        assert!(link.starts_with("https://example.org/play/#"), "{link}");
        assert_eq!(layerwise(&["open", link]).output, "FROM node:22-alpine\n");
    }
    assert!(compared.output.starts_with("| | Before | After | Change |\n"), "{}", compared.output);
    let bare = layerwise(&["compare", &before, &after, "--format=markdown"]).output;
    assert!(bare.contains("<details>") && !bare.contains("https:"), "{bare}");
}

#[test]
fn markdown_of_one_dockerfile_shows_what_all_fixes_would_make_of_it() {
    let run = layerwise_reading(&["analyze", "-", "--format=markdown"], UNTIDY);
    assert_eq!(status_and_errors(&run), (0, ""));
    let at = |text: &str| {
        run.output.find(text).unwrap_or_else(|| panic!("{text:?} is missing in {}", run.output))
    };
    assert!(at("### What to change") < at("### Before and after all fixes"));
    assert!(at("| | Before | After | Change |") < at("| Change | By what |"));
}

#[test]
fn sarif_names_the_file_the_rule_and_the_fix() {
    let dockerfile = written("a file", "FROM node:22 as build\n");
    let run = layerwise(&["analyze", &dockerfile, "--format", "sarif"]);
    assert_eq!(status_and_errors(&run), (0, ""));
    let log: Value = serde_json::from_str(&run.output).expect("JSON");
    let results = log["runs"][0]["results"].as_array().expect("results");
    let casing = results.iter().find(|it| it["ruleId"] == "from-as-casing").expect("a finding");
    let place = &casing["locations"][0]["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().expect("an address");
    assert!(uri.ends_with("/advice-a%20file"), "{uri}");
    assert_eq!(place["region"]["startLine"], 1);
    assert!(casing["fixes"][0]["artifactChanges"][0]["replacements"][0].is_object(), "{casing}");
    let rules = log["runs"][0]["tool"]["driver"]["rules"].as_array().expect("rules");
    for result in results {
        let is_listed = rules.iter().any(|rule| rule["id"] == result["ruleId"]);
        assert!(is_listed, "{} is not among the rules of the tool", result["ruleId"]);
    }
}

#[test]
fn a_picture_shows_layers_or_stages_and_stands_by_itself() {
    let text =
        b"FROM alpine:3.20 AS build\nRUN apk add git\nFROM scratch\nCOPY --from=build /a /a\n";
    for (options, title) in [
        (&["analyze", "-", "--format=svg"][..], "Layers of the image"),
        (&["analyze", "-", "--format=svg", "--drawing=layers"], "Layers of the image"),
        (&["analyze", "-", "--format", "svg", "--drawing", "stages"], "Stages of the build"),
    ] {
        let run = layerwise_reading(options, text);
        assert_eq!(status_and_errors(&run), (0, ""));
        let start = "<svg xmlns=\"http://www.w3.org/2000/svg\"";
        assert!(run.output.starts_with(start), "{}", run.output);
        assert!(run.output.ends_with("</svg>\n"), "{}", run.output);
        assert!(run.output.contains(&format!(">{title}</title>")), "{}", run.output);
    }
}

#[test]
fn sarif_holds_what_docker_would_refuse() {
    let run = layerwise(&["analyze", &fixture("broken"), "--format=sarif"]);
    assert_eq!(run.status, 2);
    let log: Value = serde_json::from_str(&run.output).expect("JSON");
    assert_eq!(log["runs"][0]["results"][0]["ruleId"], "refused");
}
