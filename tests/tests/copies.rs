//! What every `COPY`, `ADD` and bind mount in `copies/` takes, and where it goes, as BuildKit does
//! it. The expectations are written by hand and never rewritten.
//!
//! A heading says the rule. Its `context` lists paths: folders end in `/`, links have ` -> ` and
//! their target. `dockerignore` leaves some of them behind; `image` says what is at the
//! destination before the step. Each line of `cases` that is not indented is an instruction (`⏎`
//! stands for a new line, `_` for the bind mount's `RUN --mount=type=bind,`); below it stands
//! each path that is taken and where it goes, or in brackets what happens instead. `?` behind a
//! destination means that it may be a folder, `+` that the file is unpacked into it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use layerwise_analyzer::context::{BuildContext, ContextFile, FileKind};
use layerwise_analyzer::dockerfile::parse;
use layerwise_analyzer::dockerignore::Dockerignore;
use layerwise_analyzer::plan::{BuildOptions, StepKind, plan};
use layerwise_analyzer::simulate::copy::{
    Outcome, Presence, SourceSelection, select, select_mount,
};
use layerwise_analyzer::simulate::{SentContext, SourceKind, SourceTree};
use layerwise_tests::{Case, markdown_files, read_cases};

#[test]
fn sources_take_what_the_builder_takes() {
    let (mut count, mut wrong) = (0, Vec::new());
    for path in markdown_files("copies") {
        let markdown = std::fs::read_to_string(&path).unwrap();
        for case in read_cases(&markdown) {
            let context = read_context(&case);
            let ignore = case.fence("dockerignore").map_or("", |fence| &fence.text);
            let (ignore, errors) = Dockerignore::parse(ignore);
            assert_eq!(errors, [], "{}: the ignore file is refused", case.name);
            let sent = SentContext::of(&context, &ignore).unwrap();
            let image = read_image(&case);
            for (instruction, expected) in read_instructions(&case) {
                count += 1;
                let got = describe(&sent, &image, &instruction);
                if got != expected {
                    wrong.push(format!(
                        "{}\n{instruction}\n  expected\n{expected}  got\n{got}",
                        case.name
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n\n{}", wrong.len(), wrong.join("\n"));
    assert!(count >= 100, "only {count} instructions are left");
}

fn read_context(case: &Case) -> BuildContext {
    let mut context = BuildContext::default();
    for line in case.fence("context").expect(&case.name).text.lines() {
        let (path, kind) = match line.split_once(" -> ") {
            Some((path, target)) => (path, FileKind::Link(target.trim().to_owned())),
            None => match line.strip_suffix('/') {
                Some(folder) => (folder, FileKind::Folder),
                None => (line, FileKind::File),
            },
        };
        let file = ContextFile { kind, ..ContextFile::of_bytes(1) };
        context.files.insert(path.to_owned(), file);
    }
    context
}

fn read_image(case: &Case) -> BTreeMap<String, Presence> {
    let Some(fence) = case.fence("image") else { return BTreeMap::new() };
    let read = |line: &str| match line.strip_suffix('/') {
        Some(folder) => (folder.to_owned(), Presence::Folder),
        None => match line.strip_suffix('?') {
            Some(path) => (path.to_owned(), Presence::Unknown),
            None => (line.to_owned(), Presence::File),
        },
    };
    fence.text.lines().map(read).collect()
}

/// Instructions, each with the lines below it.
fn read_instructions(case: &Case) -> Vec<(String, String)> {
    let mut instructions: Vec<(String, String)> = Vec::new();
    for line in case.fence("cases").expect(&case.name).text.lines() {
        match line.strip_prefix("    ") {
            Some(line) => {
                let (_, expected) = instructions.last_mut().expect("an instruction stands first");
                let _ = writeln!(expected, "    {line}");
            }
            None => {
                let line = line.replace('⏎', "\n");
                let line = match line.strip_prefix('_') {
                    Some(fields) => format!("RUN --mount=type=bind,{fields} true"),
                    None => line,
                };
                instructions.push((line, String::new()));
            }
        }
    }
    instructions
}

fn describe(sent: &SentContext<'_>, image: &BTreeMap<String, Presence>, line: &str) -> String {
    let text = format!("FROM scratch\nWORKDIR /app\n{line}\n");
    let (dockerfile, syntax_errors) = parse(&text);
    let (plan, errors) = plan(&dockerfile, &BuildOptions::default());
    assert!(syntax_errors.is_empty() && errors.is_empty(), "{line}: {syntax_errors:?} {errors:?}");
    let step = plan.graph.stages[0].steps.last().expect("a step");
    let look = |path: &str| image.get(path).copied().unwrap_or(Presence::Nothing);
    let selections = match &step.kind {
        StepKind::Copy(copy) => select(sent, copy, &look),
        StepKind::Run { mounts, .. } => vec![select_mount(sent, &mounts[0])],
        other => panic!("{line} is {other:?}"),
    };
    selections.iter().map(|selection| describe_source(sent, selection)).collect()
}

fn describe_source(sent: &SentContext<'_>, selection: &SourceSelection<'_>) -> String {
    let mut text = String::new();
    let instead = match &selection.outcome {
        Outcome::Taken => None,
        Outcome::NothingMatched => Some("nothing matches".to_owned()),
        Outcome::Missing(path) | Outcome::MissingTarget { path, .. } => {
            Some(format!("missing {path}"))
        }
        Outcome::DeadLink(path) => Some(format!("dead link {path}")),
        Outcome::UnknownLink(path) => Some(format!("unknown link {path}")),
        Outcome::Malformed(pattern) => Some(format!("malformed {pattern}")),
        Outcome::Blocked(path) => Some(format!("blocked by {path}")),
        Outcome::Remote => Some("remote".to_owned()),
        Outcome::Inline => Some("inline".to_owned()),
    };
    if let Some(instead) = instead {
        let _ = writeln!(text, "    ({instead})");
    }
    for matched in &selection.matches {
        let mark = match (matched.is_destination_certain, matched.is_unpacked) {
            (false, _) => " ?",
            (true, true) => " +",
            (true, false) => "",
        };
        for path in &matched.paths {
            let slash = if sent.kind(path) == Some(SourceKind::Folder) { "/" } else { "" };
            let destination = matched.destination_of(path);
            let _ = writeln!(text, "    {path}{slash} -> {destination}{slash}{mark}");
        }
        if matched.paths.is_empty() {
            let slash = if matched.is_folder { "/" } else { "" };
            let _ =
                writeln!(text, "    ({}{slash} -> {}{slash})", matched.root, matched.destination);
        }
    }
    text
}
