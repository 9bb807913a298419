//! Yarn 1 and the later ones: `node_modules` and very different caches.
//!
//! Measured on 26 November 2026. Yarn 1.22 keeps every package unpacked with its archive beside
//! it, those for development too with `--production`, and those for every platform: 35 MB of cache
//! beside 29 MB of `node_modules` for Express and TypeScript, 423 MB beside 36 MB for React and
//! Vite, whose esbuild and Rollup have 25 times the bytes of one platform. Yarn 4 keeps archives
//! that are not compressed, of this platform: 28.8 MB beside 28.9 MB, and index pages where no lock
//! file answers.

use super::common::{self, PACKAGES, PROGRAMS, flag, join};
use super::node_project::{self, Install, is_on, named};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};
use super::{node_scripts, node_tools, node_versions};

/// Yarn.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "yarn",
    title: "Yarn",
    programs: &["yarn", "yarnpkg"],
    caches: &[
        CacheFolder {
            path: "/usr/local/share/.cache/yarn",
            holds: "packages unpacked and packed, for every platform",
            cleaner: "yarn cache clean",
        },
        CacheFolder {
            path: "~/.cache/yarn",
            holds: "packages unpacked and packed, for every platform",
            cleaner: "yarn cache clean",
        },
        CacheFolder {
            path: "~/.yarn/berry/cache",
            holds: "archives of packages",
            cleaner: "yarn cache clean --all",
        },
    ],
    read,
    perform,
    examples: &[
        ("yarn", ActionKind::Install, ""),
        ("yarn install --frozen-lockfile --production", ActionKind::Install, ""),
        ("yarn --cwd web add react@18", ActionKind::Install, "react@18"),
        ("yarn global add serve", ActionKind::Install, "serve"),
        ("yarn workspaces focus --production --all", ActionKind::Install, ""),
        ("yarn remove jest", ActionKind::Remove, "jest"),
        ("yarn cache clean", ActionKind::Clean, ""),
        ("yarn build", ActionKind::Build, ""),
        ("yarn workspace web build", ActionKind::Build, ""),
        ("yarn run test", ActionKind::Nothing, ""),
        ("yarn config set network-timeout 300000", ActionKind::Nothing, ""),
        ("yarn --version", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &[
    "--cwd",
    "--network-timeout",
    "--cache-folder",
    "--modules-folder",
    "--registry",
    "--network-concurrency",
    "--mutex",
    "--global-folder",
    "--prefix",
];

/// How many times over Yarn 1 keeps what is made for one platform.
const PLATFORMS: [u64; 3] = [10, 25, 30];

/// The script that words name, and whether it is of another workspace.
fn script<'line>(words: &[&'line str]) -> Option<&'line str> {
    match words {
        ["workspace", _, "run", script, ..] | ["workspace", _, script, ..] => Some(script),
        ["workspaces", "run" | "foreach", rest @ ..] => rest.last().copied(),
        ["run", script, ..] => Some(script),
        _ => None,
    }
}

/// Commands of Yarn's own that write nothing worth a number.
const COMMANDS: &[&str] = &[
    "config",
    "set",
    "global",
    "cache",
    "workspaces",
    "autoclean",
    "info",
    "list",
    "version",
    "policies",
    "plugin",
    "up",
    "upgrade",
    "why",
    "audit",
    "outdated",
    "node",
    "init",
    "link",
    "bin",
    "constraints",
    "rebuild",
    "dedupe",
    "import",
    "check",
];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    let idle = words.is_empty() && line.has_flag(&["--version", "-v", "--help"]);
    let (kind, packages) = match words.as_slice() {
        _ if idle => (ActionKind::Nothing, Vec::new()),
        [] | ["install", ..] | ["workspaces", "focus", ..] => (ActionKind::Install, Vec::new()),
        ["global", "add" | "upgrade", rest @ ..] | ["add", rest @ ..] => {
            (ActionKind::Install, named(rest))
        }
        ["remove", rest @ ..] => (ActionKind::Remove, named(rest)),
        ["cache", "clean" | "clear", ..] => (ActionKind::Clean, Vec::new()),
        ["dlx" | "exec", rest @ ..] => return Some(node_tools::action(line, rest.to_vec())),
        words if script(words).is_some() => (script(words).map(node_scripts::kind)?, Vec::new()),
        words => return Some(node_tools::read(words, COMMANDS, line)),
    };
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let words = common::words(line, VALUED);
    let folder = flag(line, &["--cwd"]).unwrap_or_default();
    node_versions::use_manager(MANAGER.id, machine);
    match (action.kind, words.as_slice()) {
        (_, ["create", template @ ..]) => node_tools::create(template, machine),
        (_, ["dlx" | "exec", tool @ ..]) => node_tools::perform(tool, line, machine),
        (_, ["set", "version", version, ..]) if !version.starts_with("1.") => {
            machine.installed(MANAGER.id).insert("berry".to_owned());
            let why = "Yarn itself, which `yarn set version` brings into the project.";
            machine.put(".yarn/releases", PROGRAMS.assumed([2_500, 2_900, 3_200], why));
        }
        (ActionKind::Install, ["global", ..]) => install_globally(action, machine),
        (ActionKind::Install | ActionKind::Build, words)
            if script(words).is_none() && node_tools::is_tool(words) =>
        {
            node_tools::run(words, folder, line, machine);
        }
        (ActionKind::Install, _) => install(action, folder, machine),
        (ActionKind::Remove, _) => {
            let modules = join(folder, "node_modules");
            node_project::remove_named(&modules, &action.packages, machine);
        }
        (ActionKind::Clean, _) => {
            machine.remove(&cache(line, false, machine));
            let berry = cache(line, true, machine);
            if machine.bytes_below(&berry).high() > 0 {
                machine.remove(&berry);
            }
        }
        (ActionKind::Build, ["workspace" | "workspaces", ..]) => {
            node_tools::guess(script(&words).unwrap_or("build"), folder, machine);
        }
        (ActionKind::Build, words) => {
            let own = script(words).or_else(|| words.first().copied());
            node_scripts::run(own.unwrap_or("build"), folder, machine);
        }
        _ => {}
    }
}

/// Whether it is a Yarn after the first: by the command, its settings or the lock file.
fn is_berry(line: &CommandLine, folder: &str, machine: &mut dyn Machine) -> bool {
    let says = |name: &str, marks: &[&str]| {
        let text = machine.text(&join(folder, name)).unwrap_or_default();
        marks.iter().any(|mark| text.contains(mark))
    };
    says("yarn.lock", &["__metadata:"])
        || says("package.json", &["\"yarn@2", "\"yarn@3", "\"yarn@4"])
        || line.has_flag(&["--immutable", "--immutable-cache", "--inline-builds"])
        || line.words().any(|word| word == "focus")
        || machine.holds(&join(folder, ".yarnrc.yml"))
        || machine.installed(MANAGER.id).contains("berry")
}

fn install(action: &Action, folder: &str, machine: &mut dyn Machine) {
    let line = &action.line;
    let berry = is_berry(line, folder, machine);
    let is_production = is_on(line, &["--production", "--prod"])
        || node_project::is_production(machine) && !berry && !line.has_flag(&["--production"]);
    let project = Install {
        folder,
        locks: &["yarn.lock"],
        with_development: !is_production,
        is_fresh: false,
        runs_scripts: !is_on(line, &["--ignore-scripts"]),
    };
    let is_locked = project.is_locked(machine);
    let cache = cache(line, berry, machine);
    let is_new = project.is_made_by(&action.packages, machine);
    if !is_new && let Some(amount) = project.perform(machine) {
        node_project::write_lock(&project.path("yarn.lock"), &amount, machine);
        if project.fetches(&cache, &amount, machine) {
            match berry {
                true => machine.put(&cache, amount.unpacked()),
                // The first fetches for development and for every platform, whatever is asked.
                false => {
                    let all = project.weigh(true, machine).doubtful_like(&amount);
                    machine.put(&cache, all.for_platforms(PLATFORMS));
                    machine.put(&cache, all.packed());
                }
            }
            if berry && !is_locked {
                machine.put(&join(&machine.home(), ".yarn/berry/metadata"), amount.read_pages());
            }
        }
    }
    if !action.packages.is_empty() {
        let amount = node_project::weigh_named(&action.packages, machine);
        project.add(&amount, machine);
        if is_new {
            node_project::write_lock(&project.path("yarn.lock"), &amount, machine);
        }
        let cached = if berry { amount.unpacked() } else { amount.for_platforms(PLATFORMS) };
        machine.put(&cache, cached);
    }
}

fn install_globally(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let amount = node_project::weigh_named(&action.packages, machine);
    let home = machine.home();
    let shared = if home == "/root" { "/usr/local/share/.config" } else { "~/.config" };
    let modules = format!("{shared}/yarn/global/node_modules");
    machine.put(&modules, PACKAGES.of(&amount.modules));
    if !is_on(line, &["--ignore-scripts"]) {
        amount.run_scripts(&modules, machine);
    }
    let cache = cache(line, false, machine);
    machine.put(&cache, amount.for_platforms(PLATFORMS));
    machine.put(&cache, amount.packed());
}

/// Yarn 1 has root's cache where all users find it.
fn cache(line: &CommandLine, berry: bool, machine: &dyn Machine) -> String {
    let named = flag(line, &["--cache-folder"]).map(str::to_owned);
    let named = named.or_else(|| machine.variable("YARN_CACHE_FOLDER"));
    let home = machine.home();
    named.unwrap_or_else(|| match (berry, home.as_str()) {
        (true, _) => join(&home, ".yarn/berry/cache"),
        (false, "/root") => "/usr/local/share/.cache/yarn".to_owned(),
        (false, _) => join(&home, ".cache/yarn"),
    })
}

#[cfg(test)]
mod tests;
