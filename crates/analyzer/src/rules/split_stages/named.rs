//! Files of the project that the final stage names: what starts the program, its environment, its
//! health check and what runs below the cut say where they lie.

use super::account::{Account, copy_step, is_below};
use super::facts::{Facts, join};
use crate::dockerfile::{Command, InstructionKind};

/// Ends of names of files that programs read.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    ".yaml", ".yml", ".json", ".toml", ".ini", ".conf", ".cfg", ".config", ".properties", ".xml", ".pem", ".crt",
    ".cer", ".key", ".pfx", ".p12", ".jks", ".sql", ".env", ".txt", ".html", ".tmpl", ".js", ".mjs", ".cjs",
    ".jar", ".so", ".csv", ".lua", ".sh",
];

/// Folders that programs write to.
const WRITTEN: [&str; 9] =
    ["data", "logs", "log", "tmp", "uploads", "storage", "cache", "run", "node_modules"];

/// Variables whose folders are not read as files.
const FOLDERS: [&str; 6] = ["PATH", "HOME", "GOPATH", "PYTHONPATH", "NODE_PATH", "PWD"];

/// `COPY` of what is named and comes by none of `lines`, by nothing done again and by nothing below
/// the cut.
pub(super) fn copies(facts: &Facts<'_, '_>, account: &Account, lines: &[String]) -> Vec<String> {
    let mut copies: Vec<String> = Vec::new();
    let mut covered = covered_below(facts);
    covered.extend(account.copies(facts));
    covered.extend(lines.iter().flat_map(|line| covered_by_line(facts, line)));
    // Addresses are no paths, and Java looks for names in its archives.
    let is_address =
        |word: &String| ["://", "localhost", "classpath"].iter().any(|it| word.contains(it));
    for word in words(facts).iter().filter(|word| !is_address(word)) {
        for piece in word.split(['=', ':', ',']) {
            let piece = piece.trim_matches(['"', '\'']);
            let Some(path) = path_of(facts, account, piece) else { continue };
            if !covered.iter().any(|place| is_below(&path, place)) {
                copies.push(facts.copy(&path));
                covered.push(path);
            }
        }
    }
    copies
}

/// Words that may name files.
fn words(facts: &Facts<'_, '_>) -> Vec<String> {
    let mut words = facts.command.clone();
    let all = facts.above().chain(facts.below());
    for (_, instruction) in all {
        match &instruction.kind {
            InstructionKind::Env(pairs) => {
                let kept = pairs.iter().filter(|pair| !FOLDERS.contains(&&*pair.name.text));
                let values = kept.flat_map(|pair| pair.value.text.split_whitespace());
                words.extend(values.map(str::to_owned));
            }
            InstructionKind::Healthcheck(Some(check)) => match check {
                Command::Exec(arguments, _) => words.extend(arguments.iter().cloned()),
                Command::Shell(text) => {
                    words.extend(text.text.split_whitespace().map(str::to_owned));
                }
            },
            _ => {}
        }
    }
    for run in facts.runs().iter().filter(|run| run.index >= facts.cut) {
        words.extend(run.commands.iter().flat_map(|it| it.line.words()).map(str::to_owned));
    }
    words
}

/// The path that a word means, where it is a file of the project.
fn path_of(facts: &Facts<'_, '_>, account: &Account, word: &str) -> Option<String> {
    let is_plain = word.bytes().all(|it| it.is_ascii_alphanumeric() || b"/._-@+".contains(&it));
    if word.is_empty() || word.starts_with('-') || !is_plain {
        return None;
    }
    let path = facts.absolute(word);
    let last = path.rsplit('/').next().unwrap_or_default();
    let is_file = ENDS.iter().any(|end| last.len() > end.len() && last.ends_with(end));
    let is_of_archive = facts.program().ends_with("java") && !word.contains('/');
    let is_path = word.starts_with('/') || word.starts_with("./") || is_file && !is_of_archive;
    let project = account.project_of(&path)?;
    let below = path.strip_prefix(project)?.trim_start_matches('/');
    let is_written = below.split('/').any(|part| WRITTEN.contains(&part))
        || [".db", ".sqlite", ".sqlite3", ".log", ".pid", ".sock"]
            .iter()
            .any(|it| last.ends_with(it));
    if below.is_empty() || is_written {
        return None;
    }
    let is_known = match &facts.subject.input.context {
        Some(known) => {
            let mut files = known.context.files.keys();
            files.any(|file| is_below(file, below)) || is_built(facts, &path)
        }
        None => is_path,
    };
    is_known.then_some(path)
}

/// Whether a command of the build says that it writes a path.
fn is_built(facts: &Facts<'_, '_>, path: &str) -> bool {
    facts.build_commands().any(|(_, command)| {
        let directory = command.directory.as_deref().unwrap_or("/");
        command.line.values_of(&["-o"]).iter().any(|value| join(directory, value) == path)
    })
}

/// Places that a line of the final stage copies to.
pub(super) fn covered_by_line(facts: &Facts<'_, '_>, line: &str) -> Vec<String> {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    if words.first().is_none_or(|word| !word.eq_ignore_ascii_case("COPY")) {
        return Vec::new();
    }
    let Some(destination) = words.pop() else { return Vec::new() };
    let sources = words.into_iter().skip(1).filter(|word| !word.starts_with("--"));
    let place = join(facts.final_start(), destination);
    match destination.ends_with(['/', '.']) {
        true => sources.map(|it| join(&place, it.rsplit('/').next().unwrap_or(it))).collect(),
        false => vec![place],
    }
}

/// Places that a `COPY` below the cut fills.
fn covered_below(facts: &Facts<'_, '_>) -> Vec<String> {
    let steps = facts.below().filter_map(|(index, _)| copy_step(facts, index));
    let places = steps.flat_map(|step| {
        let place = step.destination.trim_end_matches('/').to_owned();
        let is_folder = step.destination.ends_with('/');
        step.sources.iter().map(move |source| {
            let name = source.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            if is_folder && !matches!(name, "." | "") { join(&place, name) } else { place.clone() }
        })
    });
    places.collect()
}
