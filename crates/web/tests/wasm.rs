//! The analysis as the page runs it: compiled to wasm, inside a dedicated worker of a real browser,
//! spoken to in bytes. `cargo xtask test --only wasm` runs this; natively it is empty.
#![cfg(target_arch = "wasm32")]

use layerwise_analyzer::images;
use layerwise_analyzer::report::{Input, Report};
use layerwise_web::worker::{Answerer, Asker, read_answer};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_dedicated_worker);

fn outline(dockerfile: String) -> Report {
    let input = Input { dockerfile, ..Input::default() };
    let question = Asker::default().ask(&input, None, None).expect("an input has bytes");
    let bytes = Answerer::default().answer(&question).expect("an input is answered");
    let (report, ..) = read_answer(&bytes).expect("an answer is a report");
    report
}

#[wasm_bindgen_test]
fn stages_sizes_and_errors_come_back() {
    // The page loads the table as a file; only the first one brought counts.
    images::install(include_str!("../../analyzer/data/images.bundle").to_owned());
    let report = outline(
        "FROM node:22 AS build\nRUN npm ci\nINSTALL it\nFROM scratch\nCOPY --from=build /a /b\n"
            .to_owned(),
    );
    let names: Vec<_> = report.stages.iter().map(|stage| stage.name.as_deref()).collect();
    assert_eq!(names, [Some("build"), None]);
    assert!(report.stages[0].bytes.low().0 > 100_000_000, "node:22 weighs more than 100 MB");
    let lines: Vec<_> = report.errors.iter().map(|error| error.position.line).collect();
    assert_eq!(lines, [3], "{:?}", report.errors);
}

#[wasm_bindgen_test]
fn bytes_that_are_no_input_are_refused() {
    assert!(Answerer::default().answer(&[0xFF; 64]).is_none());
}

/// The wasm stack is a megabyte: what is deep on paper must not be deep there.
#[wasm_bindgen_test]
fn deep_and_long_texts_do_not_trap() {
    let many = 20_000;
    let continued = format!("FROM scratch\nRUN a \\\n{}b\n", "  b \\\n".repeat(many));
    assert!(outline(continued).errors.is_empty());
    let nested = format!("FROM scratch\nENV A={}x{}\n", "${a:-".repeat(many), "}".repeat(many));
    outline(nested);
    let chain: String = (0..2_000).map(|at| format!("FROM s{at} AS s{}\n", at + 1)).collect();
    assert_eq!(outline(format!("FROM scratch AS s0\n{chain}")).stages.len(), 2_001);
}
