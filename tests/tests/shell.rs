//! What `RUN` texts run: the texts of `shell/run-texts.txt`, written in the style of the images that
//! people use, and those of the project's own Dockerfiles.
//!
//! A block of the file is a text, then `=>` and its commands by name and first argument, `?` before
//! those that may run; blocks end at `%%`. `UPDATE=1` writes the lines with `=>` anew.

use std::fs;
use std::path::Path;

use layerwise_analyzer::dockerfile::{self, Command, InstructionKind};
use layerwise_analyzer::shell::run::{Certainty, Environment, Invocation, list_invocations};
use layerwise_analyzer::shell::{self, Parsed};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/shell/run-texts.txt");

fn environment() -> Environment {
    Environment {
        working_directory: "/".to_owned(),
        is_bash: true,
        outputs: vec![
            ("dpkg --print-architecture", "amd64"),
            ("uname -m", "x86_64"),
            ("nproc", "4"),
        ],
        ..Environment::default()
    }
}

/// Complaints about a text that is not understood.
fn complaints(name: &str, text: &str, parsed: &Parsed) -> Vec<String> {
    let complaint = |error: &shell::ShellError| {
        format!("{name}: {} (at {:?} of {text:?})", error.message, error.span.slice(text))
    };
    parsed.errors.iter().map(complaint).collect()
}

fn name(invocation: &Invocation) -> String {
    let words: Vec<&str> = invocation
        .words
        .iter()
        .take(2)
        .map(|word| word.known().map_or("…", |text| text.lines().next().unwrap_or("''")))
        .collect();
    let maybe = if invocation.certainty == Certainty::Always { "" } else { "?" };
    format!("{maybe}{}", words.join(" "))
}

#[test]
fn texts_in_the_style_of_popular_images_run_what_is_listed() {
    let file = fs::read_to_string(FILE).expect("the file of texts can be read");
    let (mut wrong, mut written) = (Vec::new(), Vec::new());
    for block in file.trim_end().split("\n%%\n") {
        let (text, expected) = block.split_once("\n=> ").unwrap_or((block, ""));
        let parsed = shell::parse(text);
        wrong.extend(complaints("run-texts.txt", text, &parsed));
        let walk = list_invocations(&parsed, &environment());
        let found = walk.invocations.iter().map(name).collect::<Vec<_>>().join("; ");
        if found != expected {
            wrong.push(format!("{text}\n  is said to run {expected}\n  and runs        {found}"));
        }
        written.push(format!("{text}\n=> {found}"));
    }
    assert!(written.len() >= 150, "only {} texts were found", written.len());
    if std::env::var_os("UPDATE").is_some() {
        fs::write(FILE, written.join("\n%%\n") + "\n").expect("the file can be written");
        return;
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_projects_own_dockerfiles_are_understood() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut count = 0;
    let mut wrong = Vec::new();
    for folder in ["crates/analyzer/src/projects/tests/texts", "crates/cli/tests/fixtures"] {
        for entry in fs::read_dir(root.join(folder)).expect("the folder can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.extension().is_none_or(|ending| ending != "dockerfile") {
                continue;
            }
            let text = fs::read_to_string(&path).expect("the file can be read");
            for instruction in dockerfile::parse(&text).0.instructions {
                let InstructionKind::Run(Command::Shell(word)) = instruction.kind else { continue };
                let script = shell::script_of_run(&word.text, &instruction.heredocs);
                let script = script.expect("no RUN of ours brings a program of its own");
                count += 1;
                let parsed = shell::parse(&script);
                wrong.extend(complaints(&path.display().to_string(), &script, &parsed));
            }
        }
    }
    assert!(count > 10, "only {count} RUN were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
