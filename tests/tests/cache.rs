//! What every edit of `cache/` rebuilds, and why. The expectations are written by hand from
//! BuildKit's source and never rewritten.
//!
//! A heading says the rule. `dockerfile`, `dockerignore` and `context` are the build before; a line of
//! `context` is a path, a folder with `/` at its end, a link with ` -> ` and its target, and ` =x`
//! says what the file holds, otherwise its own path. `after` is another text of the Dockerfile and
//! `ignored` one of the ignore file, for the `cases` that follow. Each line of `cases` that is not
//! indented is what is done (`nothing`, edits as the command line takes them, `no-cache`,
//! `no-cache-filter=`, `runner=`, `target=`, `platform=`). Below it stand lines of the Dockerfile
//! with what becomes of them, the kind of the first difference, and words of the reason.

use std::rc::Rc;

use layerwise_analyzer::cache::{Edit, Export, PartKind, Runner};
use layerwise_analyzer::context::{
    BuildContext, ContextFile, ContextOrigin, FileKind, KnownContext,
};
use layerwise_analyzer::images::Platform;
use layerwise_analyzer::report::Input;
use layerwise_analyzer::report::cache::{Change, ReportedCacheStep, Timing, replay};
use layerwise_tests::{Case, Fence, markdown_files, read_cases};

#[test]
fn edits_rebuild_what_the_builder_rebuilds() {
    let (mut count, mut wrong) = (0, Vec::new());
    for path in markdown_files("cache") {
        let markdown = std::fs::read_to_string(&path).unwrap();
        for case in read_cases(&markdown) {
            let input = read_input(&case);
            let mut change = Change::default();
            for fence in &case.fences {
                match fence.words.first().map(String::as_str) {
                    Some("after") => change.dockerfile = Some(fence.text.clone()),
                    Some("ignored") => change.dockerignore = Some(fence.text.clone()),
                    Some("cases") => {
                        for (done, expected) in read_edits(fence) {
                            count += 1;
                            let problems = check(&input, &change, &done, &expected);
                            wrong.extend(problems.map(|it| format!("{}: {done}\n{it}", case.name)));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 100, "only {count} edits are left");
}

fn read_input(case: &Case) -> Input {
    let text = |kind: &str| case.fence(kind).map(|fence| fence.text.clone());
    let mut context = BuildContext::default();
    for line in text("context").unwrap_or_default().lines() {
        let (line, content) = line.split_once(" =").unwrap_or((line, line));
        let (path, kind) = match line.split_once(" -> ") {
            Some((path, target)) => (path, FileKind::Link(target.to_owned())),
            None => match line.strip_suffix('/') {
                Some(folder) => (folder, FileKind::Folder),
                None => (line, FileKind::File),
            },
        };
        let digest = Some(content.to_owned());
        let file = ContextFile { kind, digest, mode: Some(0o644), ..ContextFile::of_bytes(1) };
        context.files.insert(path.to_owned(), file);
    }
    Input {
        dockerfile: text("dockerfile").expect(&case.name),
        dockerignore: text("dockerignore"),
        context: Some(Rc::new(KnownContext { origin: ContextOrigin::Listing, context })),
        ..Input::default()
    }
}

/// What is done, each with the lines below it.
fn read_edits(fence: &Fence) -> Vec<(String, Vec<String>)> {
    let mut edits: Vec<(String, Vec<String>)> = Vec::new();
    for line in fence.text.lines() {
        match line.strip_prefix("    ") {
            Some(line) => {
                edits.last_mut().expect("something is done first").1.push(line.to_owned());
            }
            None => edits.push((line.to_owned(), Vec::new())),
        }
    }
    edits
}

/// What is wrong with what becomes of the steps; `None` where nothing is.
fn check(input: &Input, change: &Change, done: &str, expected: &[String]) -> Option<String> {
    let mut change = change.clone();
    done.split(' ').for_each(|word| read_word(word, &mut change));
    let report = match replay(input, &change, &Timing::default()) {
        Ok(report) => report,
        Err(message) => return Some(format!("  refused: {message}")),
    };
    assert_eq!(report.errors, [], "the Dockerfile is refused");
    assert!(!expected.is_empty(), "`{done}` expects nothing");
    let missed: Vec<&String> = expected
        .iter()
        .filter(|line| !report.steps.iter().any(|step| agrees(step, line)))
        .collect();
    let got: Vec<String> = report.steps.iter().map(describe).collect();
    (!missed.is_empty()).then(|| format!("  expected {missed:#?}, got {got:#?}"))
}

/// `5 rebuilt content words of the reason`: the kind of the difference where the line names one, and
/// all that follows in the reason.
fn agrees(step: &ReportedCacheStep, line: &str) -> bool {
    let (place, rest) = line.split_once(' ').unwrap_or((line, ""));
    let (outcome, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    let (kind, words) = rest.split_once(' ').unwrap_or((rest, ""));
    let names_kind = KINDS.iter().any(|known| known.name() == kind);
    let own = step.difference.as_ref().map(|difference| difference.kind.name());
    let reason = step.reason.as_deref().unwrap_or_default();
    place == step.line.to_string()
        && outcome == step.outcome.name()
        && (!names_kind || own == Some(kind))
        && reason.contains(if names_kind { words } else { rest })
}

/// The kinds of differences that a line may name.
const KINDS: &[PartKind] = &[
    PartKind::Parent,
    PartKind::Base,
    PartKind::Platform,
    PartKind::Instruction,
    PartKind::Shell,
    PartKind::Environment,
    PartKind::BuildArgument,
    PartKind::User,
    PartKind::WorkingDirectory,
    PartKind::Mount,
    PartKind::Content,
    PartKind::NoCache,
];

fn describe(step: &ReportedCacheStep) -> String {
    let kind = step.difference.as_ref().map_or("", |difference| difference.kind.name());
    let reason = step.reason.as_deref().unwrap_or_default();
    format!("{} {} {kind} {reason}", step.line, step.outcome.name())
}

fn read_word(word: &str, change: &mut Change) {
    match word.split_once('=') {
        _ if word == "nothing" => {}
        _ if word == "no-cache" => change.no_cache = true,
        Some(("no-cache-filter", stages)) => {
            change.no_cache_filter = stages.split(',').map(Into::into).collect();
        }
        Some(("target", stage)) => change.target = Some(stage.to_owned()),
        Some(("platform", platform)) => change.platform = Platform::parse(platform).ok(),
        Some(("runner", export)) => {
            change.runner = Runner::Fresh(match export {
                "none" => Export::Nothing,
                "inline" => Export::Inline,
                "min" => Export::Minimum,
                "max" => Export::Maximum,
                _ => panic!("no runner: {export}"),
            });
        }
        _ => change.edits.push(Edit::parse(word).unwrap_or_else(|it| panic!("{it}"))),
    }
}
