//! Bun: `node_modules`, a cache that it is linked from, and its bundler.
//!
//! Measured on 26 November 2026 with Bun 1.4: every file of `node_modules` is a hard link into the
//! cache, so that a layer holds both once; without a lock file the cache holds 3 to 10 MB of index
//! pages besides, a sixth of what npm keeps. A program that `--compile` makes holds Bun itself,
//! 107 MB.

use super::common::{self, BINARY, CACHE, OUTPUT, PACKAGES, flag, join};
use super::node_project::{self, Amount, Install, is_on, named};
use super::{Action, ActionKind, CacheFolder, CommandLine, Contents, Machine, PackageManager};
use super::{node_scripts, node_tools};

/// Bun.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "bun",
    title: "Bun",
    programs: &["bun", "bunx"],
    caches: &[CacheFolder {
        path: "~/.bun/install/cache",
        holds: "packages that `node_modules` is linked from, and index pages",
        cleaner: "bun pm cache rm",
    }],
    read,
    perform,
    examples: &[
        ("bun install --frozen-lockfile --production", ActionKind::Install, ""),
        ("bun add --cwd web react", ActionKind::Install, "react"),
        ("bun pm cache rm", ActionKind::Clean, ""),
        ("bun build ./src/index.ts --outdir dist --target bun", ActionKind::Build, ""),
        ("bun --bun run build", ActionKind::Build, ""),
        ("bun x prisma generate", ActionKind::Install, ""),
        ("bunx tsc", ActionKind::Build, ""),
        ("bun test", ActionKind::Nothing, ""),
        ("bun index.ts", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &[
    "--cwd",
    "--outdir",
    "--outfile",
    "--target",
    "--omit",
    "--registry",
    "--cache-dir",
    "--filter",
    "--sourcemap",
    "--external",
    "--format",
    "-e",
];

/// What Bun itself adds to a program.
const COMPILED: [u64; 3] = [90_000, 107_400, 125_000];
/// What the bundler writes; assumed.
const BUNDLED: [u64; 3] = [50, 800, 6_000];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    if line.program_name() == "bunx" {
        return Some(node_tools::action(line, words));
    }
    let (kind, packages) = match words.as_slice() {
        ["install" | "i" | "ci", rest @ ..] | ["add" | "a", rest @ ..] => {
            (ActionKind::Install, named(rest))
        }
        ["remove" | "rm", rest @ ..] => (ActionKind::Remove, named(rest)),
        ["pm", "cache", "rm", ..] => (ActionKind::Clean, Vec::new()),
        ["build", ..] => (ActionKind::Build, Vec::new()),
        ["x", rest @ ..] => return Some(node_tools::action(line, rest.to_vec())),
        ["run", script, ..] if !script.contains('.') => (node_scripts::kind(script), Vec::new()),
        _ => (ActionKind::Nothing, Vec::new()),
    };
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let words = common::words(line, VALUED);
    let folder = flag(line, &["--cwd"]).unwrap_or_default();
    match (action.kind, words.as_slice()) {
        (_, ["create", template @ ..]) => node_tools::create(template, machine),
        (_, tool) if line.program_name() == "bunx" => node_tools::perform(tool, line, machine),
        (_, ["x", tool @ ..]) => node_tools::perform(tool, line, machine),
        (ActionKind::Install, _) => install(action, folder, machine),
        (ActionKind::Clean, _) => machine.remove(&cache(machine)),
        (ActionKind::Build, ["build", entry @ ..]) => bundle(entry, folder, line, machine),
        (ActionKind::Build, [_, script, ..]) => node_scripts::run(script, folder, machine),
        _ => {}
    }
}

fn install(action: &Action, folder: &str, machine: &mut dyn Machine) {
    let line = &action.line;
    if line.has_flag(&["-g", "--global"]) {
        let amount = node_project::weigh_named(&action.packages, machine);
        let folder = join(&home(machine), "install/global/node_modules");
        machine.put(&folder, PACKAGES.of(&amount.modules));
        return machine.put(&cache(machine), pages(&amount));
    }
    let omits = line.values_of(&["--omit"]).contains(&"dev");
    let project = Install {
        folder,
        locks: &["bun.lock", "bun.lockb"],
        with_development: !(omits || is_on(line, &["--production", "-p"])),
        is_fresh: false,
        // Only packages that the project trusts run theirs.
        runs_scripts: false,
    };
    let is_locked = project.is_locked(machine);
    let is_new = project.is_made_by(&action.packages, machine);
    if !is_new && let Some(amount) = project.perform(machine).filter(|_| !is_locked) {
        node_project::write_lock(&project.path("bun.lock"), &amount, machine);
        machine.put(&cache(machine), pages(&amount));
    }
    if !action.packages.is_empty() {
        let amount = node_project::weigh_named(&action.packages, machine);
        project.add(&amount, machine);
        if is_new {
            node_project::write_lock(&project.path("bun.lock"), &amount, machine);
        }
        machine.put(&cache(machine), pages(&amount));
    }
}

/// Index pages as Bun keeps them, in a form of its own.
fn pages(amount: &Amount) -> Contents {
    let pages = amount.read_pages();
    let kind = CACHE.modelled([0; 3], pages.why.clone());
    Contents { bytes: pages.bytes.share(1, 6), evidence: pages.evidence, ..kind }
}

fn bundle(entry: &[&str], folder: &str, line: &CommandLine, machine: &mut dyn Machine) {
    let name = common::last_name(entry.first().copied().unwrap_or("index"), "index");
    let stem = name.split('.').next().unwrap_or(name);
    let file = flag(line, &["--outfile"]);
    if line.has_flag(&["--compile"]) {
        let path = join(folder, file.unwrap_or(stem));
        return machine.write(&path, BINARY.measured(COMPILED, "The program with Bun in it."));
    }
    let why = "What `bun build` bundles, assumed.";
    match (file, flag(line, &["--outdir"])) {
        (Some(file), _) => machine.write(&join(folder, file), OUTPUT.assumed(BUNDLED, why)),
        (_, Some(to)) => machine.put(&join(folder, to), OUTPUT.assumed(BUNDLED, why)),
        _ => {}
    }
}

fn home(machine: &dyn Machine) -> String {
    common::folder_of(machine, "BUN_INSTALL", ".bun")
}

fn cache(machine: &dyn Machine) -> String {
    common::folder_of(machine, "BUN_INSTALL_CACHE_DIR", ".bun/install/cache")
}

#[cfg(test)]
mod tests;
