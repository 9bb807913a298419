//! Managers of Node.js itself: nvm, n, fnm, and Corepack.
//!
//! What Node.js takes is the difference of the official `node:NN-slim` and `debian:bookworm-slim`
//! less Yarn (images of 2025 and 2026), with the 34 MB of OpenSSL's headers that these images
//! remove (<https://github.com/nodejs/node/issues/46451>): 18 has 144 MB, 20 152, 22 175, 24 182. A
//! sixth of that is assumed for archives. Unpacked, pnpm 12.21 has 4.8 MB, Yarn 1.22.22 5.3 MB and
//! Yarn 4.18 3.8 MB (their packages, November 2026); 8 to 10 of pnpm are assumed to have 16 MB.

use super::common::{self, ARCHIVES, Kilobytes, PROGRAMS, join, percent};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// nvm, n, fnm and Corepack.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "node-versions",
    title: "Node.js versions",
    programs: &["nvm", "n", "fnm", "corepack"],
    caches: &[
        CacheFolder {
            path: "~/.nvm/.cache",
            holds: "archives of Node.js",
            cleaner: "nvm cache clear",
        },
        CacheFolder { path: "/usr/local/n", holds: "a second copy of Node.js", cleaner: "n prune" },
    ],
    read,
    perform,
    examples: &[
        ("nvm install --lts", ActionKind::Install, "lts"),
        ("nvm install 22", ActionKind::Install, "22"),
        ("nvm cache clear", ActionKind::Clean, ""),
        ("nvm use 22", ActionKind::Nothing, ""),
        ("n 20.11.0", ActionKind::Install, "20.11.0"),
        ("fnm install 24", ActionKind::Install, "24"),
        ("corepack prepare pnpm@9.1.0 --activate", ActionKind::Install, "pnpm@9.1.0"),
        ("corepack enable", ActionKind::Nothing, ""),
    ],
};

/// Thousands of bytes by major version; one that is not listed is taken for the newest.
const NODE: &[(u32, u64)] = &[(18, 144_000), (20, 152_000), (22, 175_000), (24, 182_000)];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, &["--install-directory", "--arch"]);
    let program = line.program_name();
    let (kind, named) = match (program, words.as_slice()) {
        ("nvm", ["cache", "clear", ..]) | ("n", ["prune", ..]) | ("corepack", ["cache", ..]) => {
            (ActionKind::Clean, Vec::new())
        }
        ("nvm" | "fnm", ["install" | "i", rest @ ..]) => {
            let default = if line.has_flag(&["--lts"]) { "lts" } else { "" };
            let version = rest.first().copied().unwrap_or(default);
            (ActionKind::Install, vec![version])
        }
        ("n", ["install" | "i", version, ..]) => (ActionKind::Install, vec![*version]),
        ("n", [version]) if !matches!(*version, "ls" | "list" | "lsr" | "which" | "bin") => {
            (ActionKind::Install, vec![*version])
        }
        ("corepack", ["prepare" | "install" | "use", rest @ ..]) => {
            (ActionKind::Install, rest.to_vec())
        }
        _ => (ActionKind::Nothing, Vec::new()),
    };
    let named = named.into_iter().filter(|name| !name.is_empty());
    let packages = named.map(str::to_owned).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let program = action.line.program_name();
    let nvm = common::folder_of(machine, "NVM_DIR", ".nvm");
    let prefix = machine.variable("N_PREFIX").unwrap_or_else(|| "/usr/local".to_owned());
    match (action.kind, program) {
        (ActionKind::Clean, "nvm") => machine.remove(&join(&nvm, ".cache")),
        (ActionKind::Clean, "n") => machine.remove(&join(&prefix, "n")),
        (ActionKind::Clean, _) => machine.remove(&managers(machine)),
        (ActionKind::Install, "corepack") => prepare(action, machine),
        (ActionKind::Nothing, "corepack") if action.line.words().any(|it| it == "enable") => {
            machine.installed(MANAGER.id).insert(ENABLED.to_owned());
        }
        (ActionKind::Install, program) => {
            let version = action.packages.first().map_or("lts", String::as_str);
            if !machine.installed(MANAGER.id).insert(format!("{program} {version}")) {
                return;
            }
            let size = node(version);
            let why = format!("Node.js {version} with npm, as the official images have it.");
            let contents = PROGRAMS.modelled(size, why);
            match program {
                "nvm" => {
                    machine.put(&join(&nvm, "versions/node"), contents);
                    let why =
                        "The archive of Node.js, for which a sixth of what it holds is assumed.";
                    let archive = ARCHIVES.assumed(percent(size, 16), why);
                    machine.put(&join(&nvm, ".cache"), archive);
                }
                "n" => {
                    machine.put(&join(&prefix, "n/versions"), contents.clone());
                    machine.put(&prefix, contents);
                }
                _ => {
                    let folder = common::folder_of(machine, "FNM_DIR", ".local/share/fnm");
                    machine.put(&join(&folder, "node-versions"), contents);
                }
            }
        }
        _ => {}
    }
}

fn node(version: &str) -> Kilobytes {
    let major = version.trim_start_matches('v').split('.').next().unwrap_or_default();
    let (newest, likely) = NODE.last().copied().unwrap_or_default();
    let major = major.parse().unwrap_or(newest);
    let known = NODE.iter().rfind(|(number, _)| *number <= major.max(18));
    let likely = known.map_or(likely, |(_, size)| *size);
    [likely * 85 / 100, likely, likely * 115 / 100]
}

fn managers(machine: &dyn Machine) -> String {
    common::folder_of(machine, "COREPACK_HOME", ".cache/node/corepack")
}

/// What the machine remembers of `corepack enable`: the first use of a manager fetches it.
const ENABLED: &str = "corepack";

/// A manager is used, which Corepack fetches where it is to and has not.
pub(super) fn use_manager(name: &str, machine: &mut dyn Machine) {
    let is_enabled = machine.installed(MANAGER.id).contains(ENABLED);
    if is_enabled && machine.bytes_below(&managers(machine)).high() == 0 {
        keep_managers(&[name], machine);
    }
}

fn prepare(action: &Action, machine: &mut dyn Machine) {
    let named = action.packages.iter().map(String::as_str);
    let named = if action.packages.is_empty() { vec!["pnpm"] } else { named.collect() };
    keep_managers(&named, machine);
}

fn keep_managers(names: &[&str], machine: &mut dyn Machine) {
    for name in names {
        let plain = name.split('@').next().unwrap_or_default();
        let size = match (plain, name.contains("@1.")) {
            ("yarn", true) => [5_000, 5_300, 5_600],
            ("yarn", false) => [2_500, 3_800, 5_300],
            _ => [4_800, 16_000, 19_000],
        };
        let why = format!("{name}, which Corepack keeps unpacked.");
        machine.put(&managers(machine), PROGRAMS.assumed(size, why));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn a_node_and_its_archive() {
        let mut machine = TrialMachine::default();
        machine.variables.insert("NVM_DIR".into(), "/usr/local/nvm".into());
        expect![[r#"
            put /usr/local/nvm/versions/node: 152 MB (129 MB to 175 MB), Dependencies, modelled. Node.js 20 with npm, as the official images have it.
            put /usr/local/nvm/.cache: 24.3 MB (20.7 MB to 28.0 MB), Cache, assumed. The archive of Node.js, for which a sixth of what it holds is assumed."#]].assert_eq(&machine.run("nvm install 20"));
        expect![[r#""#]].assert_eq(&machine.run("nvm install 20"));
        expect![[r#"
            put /usr/local/n/versions: 182 MB (155 MB to 209 MB), Dependencies, modelled. Node.js lts with npm, as the official images have it.
            put /usr/local: 182 MB (155 MB to 209 MB), Dependencies, modelled. Node.js lts with npm, as the official images have it."#]].assert_eq(&machine.run("n lts"));
        expect!["put /root/.local/share/fnm/node-versions: 144 MB (122 MB to 166 MB), Dependencies, modelled. Node.js v18.20 with npm, as the official images have it."].assert_eq(&machine.run("fnm install v18.20"));
        expect!["remove /usr/local/nvm/.cache"].assert_eq(&machine.run("nvm cache clear"));
        expect![[r#"
            put /root/.cache/node/corepack: 5.30 MB (5.00 MB to 5.60 MB), Dependencies, assumed. yarn@1.22.22, which Corepack keeps unpacked.
            put /root/.cache/node/corepack: 16.0 MB (4.80 MB to 19.0 MB), Dependencies, assumed. pnpm@9, which Corepack keeps unpacked."#]].assert_eq(&machine.run("corepack prepare yarn@1.22.22 pnpm@9 --activate"));
    }
}
