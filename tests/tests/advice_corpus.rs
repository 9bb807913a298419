//! What is said of Dockerfiles that are well made, and of those that people write first.
//!
//! `advice/well-made.md`: no rule may find an error or a warning; the advice that is given all the
//! same stands beside each. `advice/naive.md`: what is found, and what all fixes make of it.
//! `UPDATE=1` writes both anew, to be read by a person.

use std::fmt::Write as _;

use layerwise_analyzer::advice::{Advice, Which, advise, fix, write_fixes};
use layerwise_analyzer::report::{Input, analyze};
use layerwise_analyzer::rules::Severity;
use layerwise_tests::{Case, folder, read_cases, replace_fences};

#[test]
fn well_made_dockerfiles_are_left_alone() {
    let cases = walk("well-made.md", |case, input, wrong| {
        let advice = advise(input);
        let grave = advice
            .findings
            .iter()
            .filter(|it| it.severity <= Severity::Warning)
            .map(|it| format!("{}: line {}, {}: {}", case.name, it.line, it.rule, it.message));
        wrong.extend(grave);
        vec![("expect", describe(&advice))]
    });
    assert!(cases >= 30, "only {cases} well-made Dockerfiles are left");
}

#[test]
fn naive_dockerfiles_are_found_out_and_mended() {
    let cases = walk("naive.md", |case, input, wrong| {
        let fixed = fix(input, Which::All);
        let after = Input {
            dockerfile: fixed.dockerfile.clone(),
            dockerignore: fixed.dockerignore.clone(),
            ..input.clone()
        };
        let told = write_fixes(&fixed);
        if analyze(&after).errors != analyze(input).errors {
            wrong.push(format!("{}: the fixed text has errors:\n{}", case.name, fixed.dockerfile));
        }
        if fixed.after.likely() > fixed.before.likely() {
            wrong.push(format!("{}: all fixes make it larger:\n{told}", case.name));
        }
        let again = fix(&after, Which::All);
        if again.dockerfile != fixed.dockerfile {
            let told = write_fixes(&again);
            wrong.push(format!("{}: the fixed text is mended again:\n{told}", case.name));
        }
        vec![("expect", describe(&advise(input))), ("fixed", fixed.dockerfile)]
    });
    assert!(cases >= 20, "only {cases} naive Dockerfiles are left");
}

/// Checks every case of a file against its fences; how many there are.
fn walk(
    name: &str,
    check: impl Fn(&Case, &Input, &mut Vec<String>) -> Vec<(&'static str, String)>,
) -> usize {
    let path = folder("advice").join(name);
    let mut markdown = std::fs::read_to_string(&path).expect("the corpus is there");
    let cases = read_cases(&markdown);
    let mut wrong = Vec::new();
    let mut texts: Vec<(&str, Vec<String>)> = Vec::new();
    for case in &cases {
        for (kind, text) in check(case, &input(case), &mut wrong) {
            let expected = case.fence(kind).map(|fence| fence.text.as_str());
            if expected != Some(text.as_str()) && !updates() {
                let expected = expected.unwrap_or_default();
                wrong.push(format!("{}: expected\n{expected}\ngot\n{text}", case.name));
            }
            match texts.iter_mut().find(|(own, _)| *own == kind) {
                Some((_, all)) => all.push(text),
                None => texts.push((kind, vec![text])),
            }
        }
    }
    if updates() {
        for (kind, texts) in texts {
            markdown = replace_fences(&markdown, kind, &texts);
        }
        std::fs::write(&path, markdown).expect("the corpus can be written");
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    cases.len()
}

fn updates() -> bool {
    std::env::var_os("UPDATE").is_some()
}

fn input(case: &Case) -> Input {
    let dockerfile = case.fence("dockerfile").expect("a case has a dockerfile").text.clone();
    let dockerignore = case.fence("dockerignore").map(|fence| fence.text.clone());
    Input { dockerfile, dockerignore, ..Input::default() }
}

/// A finding a line, in the order of the text.
fn describe(advice: &Advice) -> String {
    let mut findings: Vec<_> = advice.findings.iter().collect();
    // What saves how much belongs to other tests.
    findings.sort_by_key(|it| (it.file, it.line, it.severity, it.rule.clone()));
    findings.iter().fold(String::new(), |mut text, finding| {
        let place = match finding.file {
            layerwise_analyzer::rules::File::Dockerfile => finding.line.to_string(),
            layerwise_analyzer::rules::File::Dockerignore => format!("ignore {}", finding.line),
        };
        let _ = writeln!(text, "{place} {} {}", finding.severity.name(), finding.rule);
        text
    })
}
