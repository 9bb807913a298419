//! Cargo: the registry's crates, the `target` folder, and the program in it.
//!
//! Measured with Rust 1.95 on amd64, November 2026. A service of Axum, Tokio, serde and tracing
//! locks 71 packages; fetching them fills the registry with 78 MB (9 packed, 62 unpacked, 7 of
//! index), and the registry of 756 crates on a developer's machine holds 588 MB. Its release build
//! leaves 162 MB in `target`, its program weighs 2,184 kB and 1,567 kB stripped; a program that
//! prints a line 446 kB and 343 kB. With reqwest the release build leaves 340 MB. The debug build
//! leaves 309 MB, 652 MB with reqwest, and its program weighs 30,962 kB.

mod project;
#[cfg(test)]
mod tests;

use self::project::Project;
use super::common::{self, BINARY, PACKAGES, flag, join, last_name, percent};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// Cargo.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "cargo",
    title: "Cargo",
    programs: &["cargo"],
    caches: &[
        CacheFolder {
            path: "/usr/local/cargo/registry",
            holds: "crates, packed and unpacked",
            cleaner: "rm -rf \"$CARGO_HOME/registry\"",
        },
        CacheFolder {
            path: "~/.cargo/registry",
            holds: "crates, packed and unpacked",
            cleaner: "rm -rf ~/.cargo/registry",
        },
    ],
    read,
    perform,
    examples: &[
        ("cargo fetch --locked", ActionKind::Install, ""),
        ("cargo install --locked sqlx-cli@0.8 just", ActionKind::Install, "sqlx-cli just"),
        ("cargo install --path .", ActionKind::Build, ""),
        ("cargo +nightly build --release --target wasm32-wasip1", ActionKind::Build, ""),
        ("cargo chef cook --release --recipe-path recipe.json", ActionKind::Build, ""),
        ("cargo chef prepare --recipe-path recipe.json", ActionKind::Nothing, ""),
        ("cargo test", ActionKind::Build, ""),
        ("cargo clean", ActionKind::Clean, ""),
        ("cargo --version", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &[
    "--target",
    "--target-dir",
    "--profile",
    "--bin",
    "--package",
    "-p",
    "--features",
    "-F",
    "--manifest-path",
    "--path",
    "--root",
    "--git",
    "--tag",
    "--branch",
    "--rev",
    "--version",
    "--jobs",
    "-j",
    "--recipe-path",
    "--example",
    "--color",
    "--config",
    "-Z",
    "--registry",
];

fn commands(line: &CommandLine) -> Vec<&str> {
    let words = common::words(line, VALUED).into_iter();
    words.filter(|word| !word.starts_with('+')).collect()
}

fn read(line: &CommandLine) -> Option<Action> {
    let commands = commands(line);
    let kind = match commands.as_slice() {
        ["install", ..] if flag(line, &["--path"]).is_some() => ActionKind::Build,
        ["install" | "binstall" | "fetch" | "vendor", ..] => ActionKind::Install,
        ["build" | "b" | "run" | "r" | "test" | "t" | "bench" | "check" | "clippy" | "doc", ..] => {
            ActionKind::Build
        }
        ["rustc" | "zigbuild" | "auditable" | "nextest", ..] | ["chef", "cook", ..] => {
            ActionKind::Build
        }
        ["clean", ..] => ActionKind::Clean,
        [] | ["chef" | "init" | "new" | "add" | "update" | "generate-lockfile", ..] => {
            ActionKind::Nothing
        }
        ["fmt" | "login" | "search" | "tree" | "metadata" | "version" | "help", ..] => {
            ActionKind::Nothing
        }
        _ => return None,
    };
    let is_named = matches!(commands.first(), Some(&("install" | "binstall")));
    let named = if is_named { commands.get(1..).unwrap_or_default() } else { &[] };
    let name = |word: &&str| word.split('@').next().unwrap_or_default().to_owned();
    Some(Action { packages: named.iter().map(name).collect(), ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let project = Project::read(line, machine);
    match (commands(line).as_slice(), action.kind) {
        (["vendor", ..], _) => {
            let size = percent(project.registry(), 80);
            let why = format!("Sources of {}, beside the project.", project.named());
            machine.put("vendor", PACKAGES.sized(size, project.crates.is_some(), why));
        }
        (["install" | "binstall", ..], ActionKind::Install) => install_tools(action, machine),
        (_, ActionKind::Install) => project.fetch(machine),
        (commands, ActionKind::Build) => {
            project.fetch(machine);
            project.compile(commands, line, machine);
        }
        (_, ActionKind::Clean) => machine.remove(&target_folder(line, machine)),
        _ => {}
    }
}

fn target_folder(line: &CommandLine, machine: &dyn Machine) -> String {
    let named = flag(line, &["--target-dir"]).map(str::to_owned);
    named.or_else(|| machine.variable("CARGO_TARGET_DIR")).unwrap_or_else(|| "target".to_owned())
}

fn output_folder(line: &CommandLine, machine: &dyn Machine) -> String {
    let triple = flag(line, &["--target"]).map(str::to_owned);
    let triple = triple.or_else(|| machine.variable("CARGO_BUILD_TARGET")).unwrap_or_default();
    join(&target_folder(line, machine), &triple)
}

fn home(machine: &dyn Machine) -> String {
    common::folder_of(machine, "CARGO_HOME", ".cargo")
}

fn registry(machine: &dyn Machine) -> String {
    join(&home(machine), "registry")
}

fn binaries(line: &CommandLine, machine: &dyn Machine) -> String {
    let named = flag(line, &["--root"]).map(str::to_owned);
    let root = named.or_else(|| machine.variable("CARGO_INSTALL_ROOT"));
    join(&root.unwrap_or_else(|| home(machine)), "bin")
}

/// Tools are built in a folder that goes; their programs and sources stay.
fn install_tools(action: &Action, machine: &mut dyn Machine) {
    let repository = flag(&action.line, &["--git"]);
    let mut names: Vec<&str> = action.packages.iter().map(String::as_str).collect();
    if names.is_empty() {
        names.extend(repository.map(|url| last_name(url.trim_end_matches(".git"), "tool")));
    }
    for name in names {
        let path = join(&binaries(&action.line, machine), name);
        let why = format!("The program of {name}; a typical tool written in Rust is assumed.");
        machine.write(&path, BINARY.assumed([5_000, 10_000, 20_000], why));
        if commands(&action.line).first() == Some(&"install") {
            let why = format!("Sources of {name} and what it needs; some 200 crates are assumed.");
            machine.put(&registry(machine), PACKAGES.assumed([90_000, 180_000, 300_000], why));
        }
    }
}
