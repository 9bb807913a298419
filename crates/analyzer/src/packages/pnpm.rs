//! pnpm: `node_modules` and a store that it is linked from.
//!
//! Measured on 26 November 2026 with pnpm 9: every file of `node_modules` is a hard link into the
//! store, so that a layer holds both once; the store's index adds 1.1 kB for each package. Without
//! a lock file 22 and 33 MB of index pages stay below `~/.cache`, with one none.

use super::common::{self, OUTPUT, PACKAGES, flag, join};
use super::node_project::{self, Install, is_on, named};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};
use super::{node_scripts, node_tools, node_versions};

/// pnpm.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "pnpm",
    title: "pnpm",
    programs: &["pnpm", "pnpx"],
    caches: &[
        CacheFolder {
            path: "~/.local/share/pnpm/store",
            holds: "packages that `node_modules` is linked from",
            cleaner: "pnpm store prune",
        },
        CacheFolder {
            path: "~/.cache/pnpm",
            holds: "index pages",
            cleaner: "rm -rf ~/.cache/pnpm",
        },
    ],
    read,
    perform,
    examples: &[
        ("pnpm install --frozen-lockfile --prod", ActionKind::Install, ""),
        ("pnpm fetch --prod", ActionKind::Install, ""),
        ("pnpm -C web add react", ActionKind::Install, "react"),
        ("pnpm add -g turbo@2", ActionKind::Install, "turbo@2"),
        ("pnpm --filter=api deploy --prod /prod/api", ActionKind::Install, ""),
        ("pnpm prune --prod", ActionKind::Remove, ""),
        ("pnpm store prune", ActionKind::Clean, ""),
        ("pnpm -r run build", ActionKind::Build, ""),
        ("pnpm build", ActionKind::Build, ""),
        ("pnpm exec tsc", ActionKind::Build, ""),
        ("pnpm config set store-dir /store", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &[
    "--filter",
    "-F",
    "-C",
    "--dir",
    "--store-dir",
    "--reporter",
    "--registry",
    "--network-concurrency",
    "--filter-prod",
    "--virtual-store-dir",
];

/// Bytes of the store's index for each package.
const INDEXED: u64 = 1_100;

/// Commands of pnpm's own that write nothing worth a number.
const COMMANDS: &[&str] = &[
    "config",
    "set",
    "get",
    "store",
    "cache",
    "setup",
    "update",
    "up",
    "list",
    "ls",
    "why",
    "audit",
    "outdated",
    "root",
    "bin",
    "env",
    "rebuild",
    "import",
    "link",
    "pack",
    "init",
    "approve-builds",
    "self-update",
    "licenses",
    "patch",
];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    if line.program_name() == "pnpx" {
        return Some(node_tools::action(line, words));
    }
    let (kind, packages) = match words.as_slice() {
        ["install" | "i" | "fetch" | "deploy" | "ci", ..] => (ActionKind::Install, Vec::new()),
        ["add" | "a", rest @ ..] => (ActionKind::Install, named(rest)),
        ["prune", ..] => (ActionKind::Remove, Vec::new()),
        ["remove" | "rm" | "uninstall" | "un", rest @ ..] => (ActionKind::Remove, named(rest)),
        ["store", "prune", ..] | ["cache", "delete", ..] => (ActionKind::Clean, Vec::new()),
        ["exec" | "dlx", rest @ ..] => return Some(node_tools::action(line, rest.to_vec())),
        ["run", script, ..] => (node_scripts::kind(script), Vec::new()),
        words => return Some(node_tools::read(words, COMMANDS, line)),
    };
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let words = common::words(line, VALUED);
    let folder = flag(line, &["-C", "--dir"]).unwrap_or_default();
    if line.program_name() == "pnpx" {
        return node_tools::perform(&words, line, machine);
    }
    node_versions::use_manager(MANAGER.id, machine);
    match (action.kind, words.as_slice()) {
        (_, ["create", template @ ..]) => node_tools::create(template, machine),
        (_, ["exec" | "dlx", tool @ ..]) => node_tools::perform(tool, line, machine),
        (ActionKind::Install, ["add" | "a", ..]) => add(action, folder, machine),
        (ActionKind::Install, ["deploy", to, ..]) => deploy(line, to, machine),
        (ActionKind::Install, words) if node_tools::is_tool(words) => {
            node_tools::run(words, folder, line, machine);
        }
        (ActionKind::Install, _) => install(line, folder, machine),
        (ActionKind::Remove, ["prune", ..]) => {
            project(line, folder, machine).prune(machine);
        }
        (ActionKind::Build, words) => {
            let own = match words {
                ["run", script, ..] => script,
                words if node_tools::run(words, folder, line, machine) => return,
                words => words.first().unwrap_or(&"build"),
            };
            match line.has_flag(&["--filter", "-F", "-r", "--recursive"]) {
                true => node_tools::guess(own, folder, machine),
                false => node_scripts::run(own, folder, machine),
            }
        }
        _ => {}
    }
}

fn project<'own>(line: &CommandLine, folder: &'own str, machine: &dyn Machine) -> Install<'own> {
    let is_production = is_on(line, &["--prod", "-P", "--production"])
        || node_project::is_production(machine) && flag(line, &["--prod"]) != Some("false");
    Install {
        folder,
        locks: &["pnpm-lock.yaml"],
        with_development: !is_production,
        is_fresh: false,
        runs_scripts: !is_on(line, &["--ignore-scripts"]),
    }
}

fn install(line: &CommandLine, folder: &str, machine: &mut dyn Machine) {
    let project = project(line, folder, machine);
    let is_frozen =
        project.is_locked(machine) || line.has_flag(&["--frozen-lockfile", "--offline"]);
    let Some(amount) = project.perform(machine) else { return };
    machine.put(&store(line, machine), amount.log(INDEXED, "The index of pnpm's store"));
    if !is_frozen {
        node_project::write_lock(&project.path("pnpm-lock.yaml"), &amount, machine);
        machine.put(&pages(machine), amount.read_pages());
    }
}

fn add(action: &Action, folder: &str, machine: &mut dyn Machine) {
    let line = &action.line;
    let amount = node_project::weigh_named(&action.packages, machine);
    let modules = match line.has_flag(&["-g", "--global"]) {
        true => join(&home(machine), "global/5/node_modules"),
        false => join(folder, "node_modules"),
    };
    machine.put(&modules, PACKAGES.of(&amount.modules));
    machine.put(&pages(machine), amount.read_pages());
}

/// A package of the workspace with what it needs, in a folder of its own.
fn deploy(line: &CommandLine, to: &str, machine: &mut dyn Machine) {
    let amount = {
        let project = project(line, "", machine);
        project.weigh(project.with_development, machine)
    };
    machine.put(&join(to, "node_modules"), PACKAGES.of(&amount.modules));
    let why = "The package that `pnpm deploy` copies, assumed.";
    machine.put(to, OUTPUT.assumed([20, 500, 10_000], why));
}

fn home(machine: &dyn Machine) -> String {
    common::folder_of(machine, "PNPM_HOME", ".local/share/pnpm")
}

fn store(line: &CommandLine, machine: &dyn Machine) -> String {
    let named = flag(line, &["--store-dir"]).map(str::to_owned);
    named.unwrap_or_else(|| join(&home(machine), "store"))
}

fn pages(machine: &dyn Machine) -> String {
    join(&machine.home(), ".cache/pnpm")
}

#[cfg(test)]
mod tests;
