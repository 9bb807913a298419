//! What `reality` says of what Docker printed.

#[allow(dead_code, reason = "other tests use the rest of it")]
mod run;

use run::{layerwise, layerwise_reading};
use serde_json::Value;

const DOCKERFILE: &str = "FROM registry.example/base:1\nRUN make\nCMD [\"app\"]\n";
/// What `docker history` prints of a build of it.
const HISTORY: &[u8] = b"IMAGE          CREATED          CREATED BY                                      SIZE      COMMENT\n\
    1d2e3f4a5b6c   2 minutes ago    CMD [\"app\"]                                    0B        buildkit.dockerfile.v0\n\
    <missing>      2 minutes ago    RUN /bin/sh -c make # buildkit                  90MB      buildkit.dockerfile.v0\n\
    <missing>      4 weeks ago      /bin/sh -c #(nop) ADD file:abc in /             100MB     \n";

/// A file of its own for each test: they run beside each other.
fn dockerfile(test: &str) -> String {
    let path = format!("{}/reality-{test}", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&path, DOCKERFILE).expect("a file");
    path
}

#[test]
fn an_estimate_that_is_off_is_told_and_taken_over() {
    let run = layerwise_reading(&["reality", &dockerfile("taken"), "--measured", "-"], HISTORY);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    assert!(run.output.starts_with("Held against docker history\n"), "{}", run.output);
    assert!(run.output.contains("\nWhat was off\n"), "{}", run.output);
    let (_, taken) = run.output.split_once("\nTo take it over\n").expect("what to type");
    let options: Vec<&str> = taken.split_whitespace().collect();
    assert!(options.contains(&"image.registry.example/base:1=100000000"), "{taken}");
    let file = dockerfile("taken");
    let analyze = [&["analyze", &file, "--format=json"], &options[..]].concat();
    let report: Value = serde_json::from_str(&layerwise(&analyze).output).expect("JSON");
    assert_eq!(report["image"]["bytes"]["likely"], 190_000_000, "{taken}");
}

#[test]
fn json_gives_a_verdict_for_each_line() {
    let command = ["reality", &dockerfile("verdicts"), "--measured=-", "--format=json"];
    let run = layerwise_reading(&command, HISTORY);
    let check: Value = serde_json::from_str(&run.output).expect("JSON");
    let lines = check["lines"].as_array().expect("lines");
    let make = lines.iter().find(|line| line["line"] == 2).expect("the line of make");
    assert_eq!(
        (&make["verdict"], &make["measured"]["bytes"]),
        (&"more".into(), &90_000_000.into())
    );
}

#[test]
fn what_cannot_be_read_is_answered_with_what_can() {
    let run =
        layerwise_reading(&["reality", &dockerfile("nonsense"), "--measured", "-"], b"nonsense\n");
    assert_eq!((run.status, run.output.as_str()), (2, ""));
    assert!(run.errors.starts_with("layerwise: standard input: "), "{}", run.errors);
    assert!(run.errors.contains("docker history IMAGE"), "{}", run.errors);
}

#[test]
fn times_of_a_log_are_taken_as_they_are_printed() {
    let log =
        b"#5 [1/2] FROM registry.example/base:1\n#5 DONE 0.0s\n#6 [2/2] RUN make\n#6 DONE 32.4s\n";
    let run = layerwise_reading(&["reality", &dockerfile("times"), "--measured", "-"], log);
    let (_, taken) = run.output.split_once("\nTo take it over\n").expect("what to type");
    let options: Vec<&str> = taken.split_whitespace().collect();
    assert!(options.contains(&"2=32.400"), "{taken}");
    let file = dockerfile("times");
    let cache = [&["cache", &file, "--no-cache", "--format=json"], &options[..]].concat();
    let run = layerwise(&cache);
    let report: Value = serde_json::from_str(&run.output).expect(&run.errors);
    assert_eq!(report["rebuild_seconds"]["likely"], 32.4, "{}", run.output);
}
