//! What is listed as assumed can be typed: for the examples of the page and the fixtures of the
//! command line, one after the other and all at once.

use std::path::Path;

use layerwise_analyzer::report::{Input, Report, ReportedAssumption, analyze};
use layerwise_analyzer::size::SizeEstimate;

const FOLDERS: [&str; 2] =
    ["crates/analyzer/src/projects/tests/texts", "crates/cli/tests/fixtures"];

/// Names and texts of the Dockerfiles.
fn dockerfiles() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let entries = FOLDERS.iter().flat_map(|folder| {
        std::fs::read_dir(root.join(folder)).expect("a folder of Dockerfiles").map(Result::unwrap)
    });
    let paths = entries.map(|entry| entry.path());
    let paths = paths.filter(|path| path.extension().is_some_and(|it| it == "dockerfile"));
    paths
        .map(|path| {
            let text = std::fs::read_to_string(&path).expect("a Dockerfile");
            (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), text)
        })
        .collect()
}

fn report(dockerfile: &str, typed: Vec<(String, u64)>) -> Report {
    let input = Input { dockerfile: dockerfile.into(), assumed_sizes: typed, ..Input::default() };
    analyze(&input)
}

fn width(size: &SizeEstimate) -> Option<u64> {
    Some(size.high()?.0 - size.low().0)
}

fn likely(assumption: &ReportedAssumption) -> u64 {
    assumption.default.likely().unwrap_or_default().0
}

#[test]
fn each_size_that_is_typed_counts_and_makes_nothing_less_sure() {
    let mut tried = 0;
    for (name, text) in dockerfiles() {
        let before = report(&text, Vec::new());
        for assumption in &before.assumptions {
            let bytes = likely(assumption).max(1);
            let after = report(&text, vec![(assumption.key.clone(), bytes)]);
            let found = after.assumptions.iter().find(|it| it.key == assumption.key);
            let found = found.unwrap_or_else(|| panic!("{name}: {} is gone", assumption.key));
            assert_eq!(
                (found.typed, found.bytes.likely().map(|it| it.0), width(&found.bytes)),
                (true, Some(bytes), Some(0)),
                "{name}: {} was typed",
                assumption.key
            );
            assert_eq!(found.default, assumption.default, "{name}: {}", assumption.key);
            assert!(
                width(&after.image_bytes) <= width(&before.image_bytes),
                "{name}: {} typed as {bytes} makes {:?} of {:?}",
                assumption.key,
                after.image_bytes,
                before.image_bytes,
            );
            tried += 1;
        }
    }
    assert!(tried > 20, "only {tried} assumptions in all");
}

#[test]
fn with_every_size_typed_nothing_is_assumed_any_more() {
    for (name, text) in dockerfiles() {
        // What is typed may decide that something else is written at all, so a few rounds.
        let mut typed: Vec<(String, u64)> = Vec::new();
        let mut last = report(&text, Vec::new());
        for _ in 0..4 {
            let open = last.assumptions.iter().filter(|it| !it.typed);
            typed.extend(open.map(|it| (it.key.clone(), likely(it))));
            last = report(&text, typed.clone());
        }
        let open: Vec<&str> =
            last.assumptions.iter().filter(|it| !it.typed).map(|it| it.key.as_str()).collect();
        assert_eq!(open, [""; 0], "{name} still assumes something");
    }
}
