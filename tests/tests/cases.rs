//! Every Dockerfile in `cases/` is accepted or refused as BuildKit does, with the instructions,
//! stages and places of errors written beside it.
//!
//! The verdict, the first line of `expect`, is written by hand and never rewritten; `UPDATE=1`
//! rewrites the lines below it.

use std::fmt::Write as _;

use layerwise_analyzer::report::{Input, Report, analyze};
use layerwise_tests::{Case, markdown_files, read_cases, replace_fences};

#[test]
fn dockerfiles_are_read_as_buildkit_reads_them() {
    let update = std::env::var_os("UPDATE").is_some();
    let (mut accepted, mut refused, mut wrong) = (0, 0, Vec::new());
    for path in markdown_files("cases") {
        let markdown = std::fs::read_to_string(&path).unwrap();
        let mut texts = Vec::new();
        for case in read_cases(&markdown) {
            let place = format!("{} › {}", path.file_name().unwrap().to_string_lossy(), case.name);
            let expected = case.fence("expect").expect(&place).text.clone();
            let verdict = expected.lines().next().unwrap_or_default();
            match verdict {
                "accept" => accepted += 1,
                "refuse" => refused += 1,
                other => wrong.push(format!("{place}: the verdict {other:?} is none")),
            }
            let report = analyze(&Input { dockerfile: source(&case), ..Input::default() });
            let got = describe(&report);
            if got.lines().next() != Some(verdict) {
                wrong.push(format!("{place}: BuildKit would {verdict} this, but we say\n{got}"));
            } else if got != expected && !update {
                wrong.push(format!("{place}: expected\n{expected}\ngot\n{got}"));
            }
            texts.push(if got.lines().next() == Some(verdict) { got } else { expected });
        }
        if update {
            std::fs::write(&path, replace_fences(&markdown, "expect", &texts)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{} cases differ:\n\n{}", wrong.len(), wrong.join("\n\n"));
    assert!(accepted + refused >= 150, "only {} cases are left", accepted + refused);
    assert!(refused >= 40, "only {refused} refused cases are left");
}

/// The Dockerfile of a case; `crlf` and `bom` behind its fence change its bytes.
fn source(case: &Case) -> String {
    let fence = case.fence("dockerfile").expect("a case has a dockerfile");
    let has = |word: &str| fence.words.iter().any(|own| own == word);
    let mut text = fence.text.clone();
    if has("crlf") {
        text = text.replace('\n', "\r\n");
    }
    if has("bom") {
        text.insert(0, '\u{feff}');
    }
    text
}

fn describe(report: &Report) -> String {
    let mut text = String::new();
    let verdict = if report.errors.is_empty() { "accept" } else { "refuse" };
    let _ = writeln!(text, "{verdict}");
    for instruction in &report.instructions {
        let lines = match (instruction.line, instruction.end_line) {
            (line, end) if line == end => line.to_string(),
            (line, end) => format!("{line}-{end}"),
        };
        let stage = instruction.stage.map_or_else(|| "-".into(), |stage| stage.to_string());
        let _ = writeln!(text, "{lines} {} [{stage}]", instruction.keyword);
    }
    for (index, stage) in report.stages.iter().enumerate() {
        let name = stage.name.as_deref().unwrap_or("(no name)");
        let needed = if stage.needed { "" } else { ", not needed" };
        let _ = writeln!(text, "stage {index} {name} from {}{needed}", stage.base.reference);
    }
    for error in &report.errors {
        let _ = writeln!(text, "error {}: {}", error.position, error.message);
    }
    text
}
