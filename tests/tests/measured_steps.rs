//! Every step that the real builder printed is planned in its stage, at its number, in its words.

use layerwise_analyzer::dockerfile::parse;
use layerwise_analyzer::plan::{BuildOptions, plan};
use layerwise_tests::builds::number_steps;
use serde_json::Value;

/// 119 Dockerfiles built on BuildKit of August 2026: `steps` are stage, number in the stage and
/// the words printed, without `FROM` and without the merge that `--link` adds.
const MEASURED: &str = include_str!("../measured/printed-steps.jsonl");

/// The base of this row was made for the measurement; no table can know its triggers.
const OWN_BASE: &str = "FROM node:onbuild";

#[test]
fn steps_print_as_the_real_builder_printed_them() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for line in MEASURED.lines() {
        let row: Value = serde_json::from_str(line).unwrap();
        let text = row["dockerfile"].as_str().unwrap();
        if text.starts_with(OWN_BASE) {
            continue;
        }
        let (dockerfile, syntax_errors) = parse(text);
        let (plan, errors) = plan(&dockerfile, &options(&row));
        assert!(syntax_errors.is_empty() && errors.is_empty(), "{text}\nis refused: {errors:?}");
        let printed: Vec<(String, u64, String)> = number_steps(&plan)
            .into_iter()
            .map(|planned| (planned.name, planned.number, planned.step.printed.clone()))
            .collect();
        for step in row["steps"].as_array().unwrap() {
            compared += 1;
            let step = (
                step[0].as_str().unwrap().to_owned(),
                step[1].as_u64().unwrap(),
                step[2].as_str().unwrap().to_owned(),
            );
            if !printed.contains(&step) {
                wrong.push(format!("{text}\n  printed {step:?}\n  we plan {printed:?}"));
            }
        }
    }
    assert!(compared > 300, "the measured steps are missing: only {compared} found");
    let shown = wrong.iter().take(10).cloned().collect::<Vec<_>>().join("\n");
    assert!(wrong.is_empty(), "{} of {compared} steps differ:\n{shown}", wrong.len());
}

fn options(row: &Value) -> BuildOptions {
    let given = row["build_arguments"].as_object();
    let build_arguments = given
        .into_iter()
        .flatten()
        .map(|(name, value)| (name.clone(), value.as_str().map(Into::into)))
        .collect();
    let target = row["target"].as_str().map(Into::into);
    BuildOptions { build_arguments, target, ..BuildOptions::default() }
}
