//! rustup: toolchains, targets and components.
//!
//! Measured on the toolchain 1.95.0 for amd64 with glibc, November 2026, in MB: the compiler with
//! `rustdoc`, Cargo and the standard library, which is the profile `minimal`, 596; documentation
//! 675, Clippy 22 and rustfmt 9, which the profile `default` adds; the standard library for
//! `wasm32-unknown-unknown` 95, the folder of the host's own target 185.

use super::common::{self, Kilobytes, PROGRAMS, flag, join, words};
use super::{Action, ActionKind, CommandLine, Machine, PackageManager};

/// rustup.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "rustup",
    title: "rustup",
    programs: &["rustup"],
    caches: &[],
    read,
    perform,
    examples: &[
        ("rustup toolchain install nightly --profile minimal", ActionKind::Install, "nightly"),
        ("rustup default stable", ActionKind::Install, "stable"),
        (
            "rustup target add --toolchain stable x86_64-unknown-linux-musl",
            ActionKind::Install,
            "x86_64-unknown-linux-musl",
        ),
        ("rustup component add clippy rustfmt", ActionKind::Install, "clippy rustfmt"),
        ("rustup update", ActionKind::Upgrade, ""),
        ("rustup show", ActionKind::Nothing, ""),
    ],
};

const VALUED: &[&str] = &["--profile", "--toolchain", "--component", "-c", "--target", "-t"];

const MINIMAL: Kilobytes = [480_000, 596_000, 650_000];
const DEFAULT: Kilobytes = [950_000, 1_302_000, 1_400_000];
const TARGET: Kilobytes = [90_000, 130_000, 190_000];

/// Components that were measured, and two that were not (with a wider range).
const COMPONENTS: &[(&str, Kilobytes)] = &[
    ("clippy", [19_000, 21_600, 24_000]),
    ("rustfmt", [8_000, 9_000, 10_000]),
    ("rust-docs", [550_000, 675_000, 740_000]),
];
const COMPONENT: Kilobytes = [30_000, 60_000, 120_000];

fn read(line: &CommandLine) -> Option<Action> {
    let words = words(line, VALUED);
    let (kind, named) = match words.as_slice() {
        ["toolchain", "install" | "add", rest @ ..] | ["install" | "default", rest @ ..] => {
            (ActionKind::Install, rest)
        }
        ["target" | "component", "add", rest @ ..] => (ActionKind::Install, rest),
        ["toolchain" | "target" | "component", "remove" | "uninstall", rest @ ..] => {
            (ActionKind::Remove, rest)
        }
        ["update", ..] => (ActionKind::Upgrade, [].as_slice()),
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let packages = named.iter().map(|&name| name.to_owned()).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    if action.kind != ActionKind::Install {
        return;
    }
    let line = &action.line;
    let folder = join(&common::folder_of(machine, "RUSTUP_HOME", ".rustup"), "toolchains");
    let words = words(line, VALUED);
    let subject = words.first().copied().unwrap_or_default();
    for name in &action.packages {
        let key = format!("{subject} {name}");
        if *name == "none" || !machine.installed(MANAGER.id).insert(key) {
            continue;
        }
        let contents = match subject {
            "target" => standard_library(name),
            "component" => component(name),
            _ => toolchain(name, flag(line, &["--profile"])),
        };
        machine.put(&folder, contents);
    }
    if matches!(subject, "target" | "component") {
        return;
    }
    for names in line.values_of(&["--target", "-t"]) {
        names.split(',').for_each(|name| machine.put(&folder, standard_library(name)));
    }
    for names in line.values_of(&["--component", "-c"]) {
        names.split(',').for_each(|name| machine.put(&folder, component(name)));
    }
}

fn toolchain(name: &str, profile: Option<&str>) -> super::Contents {
    let is_minimal = profile == Some("minimal");
    let (size, with) = match is_minimal {
        true => (MINIMAL, "compiler, Cargo and the standard library"),
        false => (DEFAULT, "compiler, Cargo, the standard library, and documentation (675 MB)"),
    };
    let why = format!("The toolchain {name}: {with}, as measured on 1.95.0.");
    match name.starts_with("1.95") {
        true => PROGRAMS.measured(size, why),
        false => PROGRAMS.modelled(size, why),
    }
}

fn standard_library(target: &str) -> super::Contents {
    let why = format!("The standard library for {target}, by those of 1.95.0 that were measured.");
    PROGRAMS.modelled(TARGET, why)
}

fn component(name: &str) -> super::Contents {
    let plain = name.trim_end_matches("-preview");
    match COMPONENTS.iter().find(|(known, _)| *known == plain) {
        Some((_, size)) => {
            // Of which toolchain is not looked up.
            PROGRAMS.modelled(*size, format!("The component {name}, as measured on 1.95.0."))
        }
        None => PROGRAMS.assumed(COMPONENT, format!("The component {name}; 60 MB are assumed.")),
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn toolchains_weigh_by_profile() {
        let mut machine = TrialMachine::default();
        machine.variables.insert("RUSTUP_HOME".into(), "/usr/local/rustup".into());
        let minimal = "rustup toolchain install nightly --profile minimal --component rust-src";
        expect![[r#"
            put /usr/local/rustup/toolchains: 596 MB (480 MB to 650 MB), Dependencies, modelled. The toolchain nightly: compiler, Cargo and the standard library, as measured on 1.95.0.
            put /usr/local/rustup/toolchains: 60.0 MB (30.0 MB to 120 MB), Dependencies, assumed. The component rust-src; 60 MB are assumed."#]].assert_eq(&machine.run(minimal));
        expect!["put /usr/local/rustup/toolchains: 1.30 GB (950 MB to 1.40 GB), Dependencies, modelled. The toolchain stable: compiler, Cargo, the standard library, and documentation (675 MB), as measured on 1.95.0."].assert_eq(&machine.run("rustup default stable"));
        expect!["put /usr/local/rustup/toolchains: 130 MB (90.0 MB to 190 MB), Dependencies, modelled. The standard library for x86_64-unknown-linux-musl, by those of 1.95.0 that were measured."].assert_eq(&machine.run("rustup target add x86_64-unknown-linux-musl"));
        expect!["put /usr/local/rustup/toolchains: 21.6 MB (19.0 MB to 24.0 MB), Dependencies, modelled. The component clippy, as measured on 1.95.0."].assert_eq(&machine.run("rustup component add clippy"));
        expect![[r#""#]].assert_eq(&machine.run("rustup component add clippy"));
    }
}
