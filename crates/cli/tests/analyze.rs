//! Whole reports of Dockerfiles as people write them.

mod run;

use run::{fixture, layerwise};

#[test]
fn a_file_without_stage_is_refused() {
    let run = run::layerwise_reading(&["analyze", "-"], b"# nothing\n");
    assert_eq!(run.status, 2);
    assert!(run.errors.starts_with("layerwise: standard input:"), "{}", run.errors);
    let _ = (fixture("node"), layerwise(&["--version"]));
}
