//! `docs/rules.md` is what `layerwise rules --format markdown` prints, and the other forms agree.

#[allow(dead_code, reason = "other tests use the rest of it")]
mod run;

use run::{Run, layerwise};
use serde_json::Value;

fn rules(format: &str) -> Run {
    let run = layerwise(&["rules", "--format", format]);
    assert_eq!((run.status, run.errors.as_str()), (0, ""));
    run
}

#[test]
fn the_document_is_what_is_printed() {
    let path = format!("{}/../../docs/rules.md", env!("CARGO_MANIFEST_DIR"));
    let printed = rules("markdown").output;
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &printed).expect("docs/rules.md is written");
    }
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        text == printed,
        "docs/rules.md is not what the rules say: write it anew with\n  \
         UPDATE=1 cargo test -p layerwise-cli --test rules"
    );
}

#[test]
fn every_form_lists_every_rule() {
    let json: Value = serde_json::from_str(&rules("json").output).expect("JSON");
    let (text, markdown) = (rules("text").output, rules("markdown").output);
    let rules = json["rules"].as_array().expect("rules");
    assert!(rules.len() > 50, "only {} rules", rules.len());
    for rule in rules {
        let id = rule["rule"].as_str().expect("an id");
        assert!(text.contains(&format!(" {id}")), "{id} is missing in the text");
        assert!(markdown.contains(&format!("\n## {id}\n")), "{id} is missing in the Markdown");
    }
}
