//! Scripts of a `package.json`: which tools they run.

use super::common::join;
use super::node_tools;
use super::{ActionKind, CommandLine, Machine, manifests};

/// How deep scripts may call one another.
const DEEPEST: usize = 5;

/// What running a script asks for, by its name alone.
pub(super) fn kind(script: &str) -> ActionKind {
    let first = script.split([':', '-']).next().unwrap_or_default();
    let idle = ["test", "tests", "lint", "start", "dev", "serve", "format", "audit", "typecheck"];
    if idle.contains(&first) { ActionKind::Nothing } else { ActionKind::Build }
}

/// Runs a script of the project in a folder.
pub(super) fn run(script: &str, folder: &str, machine: &mut dyn Machine) {
    run_to(DEEPEST, script, folder, machine);
}

fn run_to(depth: usize, script: &str, folder: &str, machine: &mut dyn Machine) {
    let manifest = machine.text(&join(folder, "package.json"));
    let Some(manifest) = manifest else {
        return node_tools::guess(script, folder, machine);
    };
    let names = [format!("pre{script}"), script.to_owned(), format!("post{script}")];
    let commands = names.iter().filter_map(|name| manifests::script(manifest, name));
    let commands: Vec<String> = commands.collect();
    // Beside a bundler the compiler of TypeScript only checks.
    let checks = commands.iter().any(|it| it.contains("vite") || it.contains("next build"));
    let mut is_known = false;
    for command in commands.iter().flat_map(|it| it.split(['&', ';', '|'])) {
        let words: Vec<&str> = command.split_whitespace().collect();
        let words = node_tools::bare(&words);
        if checks && words.first() == Some(&"tsc") {
            continue;
        }
        let called = called(words);
        for called in called.iter().copied().filter(|_| depth > 0) {
            run_to(depth - 1, called, folder, machine);
        }
        let line = CommandLine::of_words(words.iter().copied());
        is_known |= !called.is_empty() || node_tools::run(words, folder, &line, machine);
    }
    if !is_known && kind(script) == ActionKind::Build {
        node_tools::guess(script, folder, machine);
    }
}

/// Scripts that a command of a script runs in turn.
fn called<'word>(words: &[&'word str]) -> Vec<&'word str> {
    let plain = |rest: &[&'word str]| {
        rest.iter().copied().filter(|it| !it.starts_with('-')).collect::<Vec<_>>()
    };
    match words {
        ["npm" | "pnpm" | "bun" | "yarn", "run" | "run-script", rest @ ..] => {
            plain(rest).into_iter().take(1).collect()
        }
        ["yarn" | "pnpm", script, ..] if kind_of_tool(script) => vec![*script],
        ["npm-run-all" | "run-s" | "run-p", rest @ ..] => plain(rest),
        _ => Vec::new(),
    }
}

/// Whether a word behind yarn is likely the name of a script.
fn kind_of_tool(word: &str) -> bool {
    word.starts_with("build") || word.starts_with("compile") || word.starts_with("generate")
}

#[cfg(test)]
mod tests;
