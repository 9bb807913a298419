//! What other linters say of the examples of our rules, beside what we say.

mod reasons;

pub use reasons::REASONS;

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::{Input, analyze};
use layerwise_analyzer::rules::{Example, RULES, Subject, check};
use layerwise_analyzer::text::LineIndex;
use layerwise_analyzer::{dockerfile, plan};
use serde_json::Value;

/// A Dockerfile of an example, and what we say of it.
pub struct Text {
    /// The Dockerfile.
    pub dockerfile: String,
    /// The names by which hadolint knows our findings.
    pub ours: BTreeSet<String>,
    /// What we say by line: ids of rules, and `refused` where the builder would not take it.
    pub by_line: BTreeMap<u32, BTreeSet<String>>,
}

/// What somebody else says of a text.
pub struct Said {
    /// Number of the text.
    pub text: usize,
    /// The line it is said of, from 1; 0 of the whole file.
    pub line: u32,
    /// A code or a title.
    pub what: String,
}

/// Every Dockerfile of every example, each once, in the order of the rules.
#[must_use]
pub fn texts() -> Vec<Text> {
    let mut seen = BTreeSet::new();
    let mut texts = Vec::new();
    for example in RULES.iter().flat_map(|rule| rule.examples) {
        let sides =
            [(example.bad, example.dockerignore), (example.good, example.good_dockerignore)];
        for (text, ignore) in sides {
            if !text.is_empty() && seen.insert(text) {
                texts.push(judge(&input(example, text, ignore)));
            }
        }
    }
    texts
}

fn input(example: &Example, text: &str, ignore: Option<&str>) -> Input {
    let (mut context, _) = read_listing(example.listing);
    let manifests = example.manifests.iter();
    context.manifests = manifests.map(|(path, text)| ((*path).into(), (*text).into())).collect();
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    Input {
        dockerfile: text.into(),
        dockerignore: ignore.map(str::to_owned),
        context: (!example.listing.is_empty()).then(|| Rc::new(known)),
        ..Input::default()
    }
}

fn judge(input: &Input) -> Text {
    let (read, _) = dockerfile::parse(&input.dockerfile);
    let (plan, _) = plan::plan(&read, &input.options);
    let report = analyze(input);
    let lines = LineIndex::new(&input.dockerfile);
    let mut text = Text {
        dockerfile: input.dockerfile.clone(),
        ours: BTreeSet::new(),
        by_line: BTreeMap::new(),
    };
    for error in &report.errors {
        text.by_line.entry(error.position.line).or_default().insert("refused".into());
    }
    for (rule, finding) in check(&Subject::new(input, &read, &plan, &report)) {
        let names = rule.aliases_of(&finding).into_iter().filter(|name| name.starts_with("DL"));
        text.ours.extend(names.map(str::to_owned));
        for line in lines.line(finding.span.start)..=lines.last_line(finding.span) {
            text.by_line.entry(line).or_default().insert(rule.id.to_owned());
        }
    }
    text
}

/// The texts as files of a folder, which is made, named by their numbers.
///
/// # Errors
/// Where they cannot be written.
pub fn write(texts: &[Text], folder: &Path) -> io::Result<Vec<PathBuf>> {
    std::fs::create_dir_all(folder)?;
    let one = |(number, text): (usize, &Text)| {
        let path = folder.join(format!("{number:04}.dockerfile"));
        std::fs::write(&path, &text.dockerfile).map(|()| path)
    };
    texts.iter().enumerate().map(one).collect()
}

/// What hadolint says, by its codes; those of ShellCheck, which it carries, are left out.
///
/// # Errors
/// Where it does not start or prints something else.
pub fn hadolint(program: &Path, files: &[PathBuf]) -> io::Result<Vec<Said>> {
    let mut command = Command::new(program);
    let printed = print(command.args(["--no-fail", "--format", "json"]).args(files))?;
    let printed = printed.ok_or_else(|| io::Error::other("hadolint fails and says nothing"))?;
    let said = list(&printed).filter_map(|it| {
        let what = it["code"].as_str().filter(|code| code.starts_with("DL"))?.to_owned();
        Some(Said { text: number(it["file"].as_str()?)?, line: line(&it["line"])?, what })
    });
    Ok(said.collect())
}

/// What dockerfilelint says, by its titles.
///
/// # Errors
/// Where it does not start or prints something else.
pub fn dockerfilelint(program: &Path, files: &[PathBuf]) -> io::Result<Vec<Said>> {
    let mut said = Vec::new();
    // One file at a time: it ends before a long answer has gone through a pipe.
    for (text, path) in files.iter().enumerate() {
        let printed = print(Command::new(program).args(["--output", "json"]).arg(path))?;
        let Some(printed) = printed else {
            said.push(broken(text));
            continue;
        };
        let issues = list(&printed["files"]).flat_map(|file| list(&file["issues"]));
        for issue in issues {
            let line = issue["line"].as_str().and_then(|line| line.parse().ok()).unwrap_or(0);
            let what = issue["title"].as_str().unwrap_or_default().to_owned();
            said.push(Said { text, line, what });
        }
    }
    Ok(said)
}

/// What dockerfile-utils says, by its sentences up to what they quote.
///
/// # Errors
/// Where it does not start or prints something else.
pub fn dockerfile_utils(program: &Path, files: &[PathBuf]) -> io::Result<Vec<Said>> {
    let mut said = Vec::new();
    for (text, file) in files.iter().enumerate() {
        let printed = print(Command::new(program).args(["lint", "--json"]).arg(file))?;
        let Some(printed) = printed else {
            said.push(broken(text));
            continue;
        };
        for problem in list(&printed) {
            let message = problem["message"].as_str().unwrap_or_default();
            let what = message.split([':', '\'']).next().unwrap_or_default().trim().to_owned();
            let line = line(&problem["range"]["start"]["line"]).unwrap_or(0) + 1;
            said.push(Said { text, line, what });
        }
    }
    Ok(said)
}

/// A text on which a linter ends with an error of its own.
fn broken(text: usize) -> Said {
    Said { text, line: 0, what: "(nothing: it ends with an error of its own)".to_owned() }
}

/// What a program prints, as JSON. Many fail where they find something; `None` where one fails and
/// prints nothing.
fn print(command: &mut Command) -> io::Result<Option<Value>> {
    let output = command.output();
    let failed = |reason: &str| {
        let (program, file) = (command.get_program(), command.get_args().last());
        io::Error::other(format!("{program:?} on {:?}: {reason}", file.unwrap_or_default()))
    };
    let output = output.map_err(|error| failed(&error.to_string()))?;
    match output.stdout.trim_ascii() {
        [] => Ok(output.status.success().then(|| Value::Array(Vec::new()))),
        json => serde_json::from_slice(json).map(Some).map_err(|error| failed(&error.to_string())),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn line(value: &Value) -> Option<u32> {
    u32::try_from(value.as_u64()?).ok()
}

/// The number of a text, by the name of its file.
fn number(file: &str) -> Option<usize> {
    Path::new(file).file_stem()?.to_str()?.parse().ok()
}
