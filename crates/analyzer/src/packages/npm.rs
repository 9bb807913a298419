//! npm and npx: `node_modules`, the cache, and what scripts of the project build.
//!
//! `npm ci` fetches archives only, `npm install` without a lock file the index's pages as well;
//! both stay in `_cacache` until `npm cache clean`, which leaves the logs. Flags and their names in
//! the environment follow <https://docs.npmjs.com/cli/v11/using-npm/config>.

use super::common::{self, ARCHIVE, PACKAGES, flag, join};
use super::node_project::{self, Amount, Install, is_on, keep, named};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};
use super::{node_scripts, node_tools};

/// npm and npx.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "npm",
    title: "npm",
    programs: &["npm", "npx"],
    caches: &[CacheFolder {
        path: "~/.npm",
        holds: "archives of packages, index pages and logs",
        cleaner: "npm cache clean --force",
    }],
    read,
    perform,
    examples: &[
        ("npm ci --omit=dev", ActionKind::Install, ""),
        ("npm --prefix client install --production", ActionKind::Install, ""),
        ("npm i -g pm2@5 @nestjs/cli", ActionKind::Install, "pm2@5 @nestjs/cli"),
        ("npm update -g npm", ActionKind::Install, "npm"),
        ("npm prune --omit=dev", ActionKind::Remove, ""),
        ("npm cache clean --force", ActionKind::Clean, ""),
        ("npm run build -- --mode production", ActionKind::Build, ""),
        ("npm rebuild bcrypt", ActionKind::Build, ""),
        ("npm pack", ActionKind::Build, ""),
        ("npm test", ActionKind::Nothing, ""),
        ("npm config set registry x", ActionKind::Nothing, ""),
        ("npx --yes tsc -p tsconfig.json", ActionKind::Build, ""),
        ("npx playwright install --with-deps chromium", ActionKind::Install, ""),
        ("npx eslint .", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &[
    "--prefix",
    "-C",
    "--omit",
    "--include",
    "--only",
    "--cache",
    "--registry",
    "--loglevel",
    "-w",
    "--workspace",
    "--tag",
    "--fetch-timeout",
    "--fetch-retries",
    "--maxsockets",
    "--location",
    "-p",
    "--package",
];

const LOCKS: &[&str] = &["npm-shrinkwrap.json", "package-lock.json"];

/// Bytes that a log has for each package; see [`super::modules::Kept`].
const LOGGED: u64 = 900;

fn is_global(line: &CommandLine) -> bool {
    line.has_flag(&["-g", "--global"]) || flag(line, &["--location"]) == Some("global")
}

/// The words behind npm, or behind `npm exec`, as npx reads them.
fn read(line: &CommandLine) -> Option<Action> {
    if line.program_name() == "npx" {
        return Some(node_tools::action(line, node_tools::behind(line, VALUED)));
    }
    let words = common::words(line, VALUED);
    let global = is_global(line);
    let (kind, packages) = match words.as_slice() {
        ["ci" | "clean-install" | "ic" | "install-clean", ..] => (ActionKind::Install, Vec::new()),
        ["install" | "i" | "in" | "add" | "install-test" | "it", rest @ ..] => {
            (ActionKind::Install, named(rest))
        }
        ["update" | "up" | "upgrade", rest @ ..] if global => (ActionKind::Install, named(rest)),
        ["update" | "up" | "upgrade", ..] => (ActionKind::Upgrade, Vec::new()),
        ["prune", ..] => (ActionKind::Remove, Vec::new()),
        ["uninstall" | "un" | "remove" | "rm" | "r", rest @ ..] => {
            (ActionKind::Remove, named(rest))
        }
        ["cache", "clean" | "clear" | "rm", ..] => (ActionKind::Clean, Vec::new()),
        ["run" | "run-script" | "rum" | "urn", script, ..] => {
            (node_scripts::kind(script), Vec::new())
        }
        ["rebuild" | "rb" | "pack", ..] => (ActionKind::Build, Vec::new()),
        ["exec" | "x", rest @ ..] => return Some(node_tools::action(line, rest.to_vec())),
        _ => (ActionKind::Nothing, Vec::new()),
    };
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    if line.program_name() == "npx" {
        return node_tools::perform(&node_tools::behind(line, VALUED), line, machine);
    }
    let words = common::words(line, VALUED);
    let folder = flag(line, &["--prefix", "-C"]).unwrap_or_default();
    match (action.kind, words.as_slice()) {
        (_, ["exec" | "x", tool @ ..]) => node_tools::perform(tool, line, machine),
        (_, ["create" | "init" | "innit", template @ ..]) => {
            node_tools::create(template, machine);
        }
        (ActionKind::Install, _) if is_global(line) => install_globally(action, machine),
        (ActionKind::Install, [command, ..]) => install(action, command, folder, machine),
        (ActionKind::Remove, ["prune", ..]) if !with_development(line, machine) => {
            let project = project(folder, line, machine);
            if let Some(left) = project.prune(machine) {
                machine.put(&project.path("node_modules"), left.hidden_list());
            }
        }
        (ActionKind::Remove, ["uninstall" | "un" | "remove" | "rm" | "r", ..]) => {
            let modules = match is_global(line) {
                true => global_modules(line, machine),
                false => join(folder, "node_modules"),
            };
            node_project::remove_named(&modules, &action.packages, machine);
        }
        (ActionKind::Clean, _) => machine.remove(&join(&cache(line, machine), "_cacache")),
        (ActionKind::Build, ["pack", ..]) => {
            let to = flag(line, &["--pack-destination"]).unwrap_or_default();
            let why = "The project packed by `npm pack`, assumed.";
            machine.put(&join(to, folder), ARCHIVE.assumed([5, 100, 5_000], why));
        }
        (ActionKind::Build, ["rebuild" | "rb", ..]) => {
            let why = "What `npm rebuild` compiles anew, assumed.";
            machine.put(&join(folder, "node_modules"), PACKAGES.assumed([0, 1_000, 12_000], why));
        }
        (ActionKind::Build, [_, script, ..]) => {
            match line.has_flag(&["-w", "--workspace", "--workspaces", "-ws"]) {
                true => node_tools::guess(script, folder, machine),
                false => node_scripts::run(script, folder, machine),
            }
        }
        _ => {}
    }
}

/// Whether packages for development come too.
fn with_development(line: &CommandLine, machine: &dyn Machine) -> bool {
    let is_dev = |values: Vec<&str>| values.iter().any(|it| it.split(',').any(|it| it == "dev"));
    let setting = |name: &str| {
        let lower = machine.variable(&format!("npm_config_{name}"));
        lower.or_else(|| machine.variable(&format!("NPM_CONFIG_{}", name.to_ascii_uppercase())))
    };
    let only = flag(line, &["--only"]).is_some_and(|it| it.starts_with("prod"));
    let is_production = |value: Option<String>| value.is_some_and(|value| value == "true");
    if is_dev(line.values_of(&["--include"])) || flag(line, &["--production"]) == Some("false") {
        return true;
    }
    !(is_dev(line.values_of(&["--omit"]))
        || is_on(line, &["--production", "--prod"])
        || only
        || setting("omit").is_some_and(|value| is_dev(vec![&value]))
        || is_production(setting("production"))
        || node_project::is_production(machine))
}

fn project<'own>(folder: &'own str, line: &CommandLine, machine: &dyn Machine) -> Install<'own> {
    let off = ["npm_config_ignore_scripts", "NPM_CONFIG_IGNORE_SCRIPTS"];
    let is_off = off.iter().any(|name| machine.variable(name).is_some_and(|it| it == "true"));
    Install {
        folder,
        locks: LOCKS,
        with_development: with_development(line, machine),
        is_fresh: false,
        runs_scripts: !is_off && !is_on(line, &["--ignore-scripts"]),
    }
}

fn install(action: &Action, command: &str, folder: &str, machine: &mut dyn Machine) {
    let line = &action.line;
    let is_fresh = matches!(command, "ci" | "clean-install" | "ic" | "install-clean");
    let project = Install { is_fresh, ..project(folder, line, machine) };
    let may_lock = LOCKS.iter().any(|name| machine.may_hold(&project.path(name)));
    let has_project = machine.holds(&project.path("package.json"));
    if is_fresh && has_project && machine.is_certain() && !may_lock {
        machine.doubt(
            "`npm ci` stops where there is no `package-lock.json`, and no step is known to bring \
             one."
                .to_owned(),
        );
    }
    let with_pages = !is_fresh && !project.is_locked(machine);
    let lock = project.path("package-lock.json");
    let writes_lock = with_pages && !line.has_flag(&["--no-package-lock"]);
    if line.has_flag(&["--package-lock-only"]) {
        let amount = project.weigh(true, machine);
        node_project::write_lock(&lock, &amount, machine);
        return machine.put(&join(&cache(line, machine), "_cacache"), amount.read_pages());
    }
    let modules = project.path("node_modules");
    let is_new = project.is_made_by(&action.packages, machine);
    if !is_new && let Some(amount) = project.perform(machine) {
        machine.put(&modules, amount.hidden_list());
        if writes_lock {
            node_project::write_lock(&lock, &amount, machine);
        }
        if project.fetches(&join(&cache(line, machine), "_cacache"), &amount, machine) {
            fetched(&amount, with_pages, line, machine);
        }
    }
    if !action.packages.is_empty() {
        let amount = node_project::weigh_named(&action.packages, machine);
        project.add(&amount, machine);
        if is_new {
            machine.put(&modules, amount.hidden_list());
        }
        if is_new && writes_lock {
            node_project::write_lock(&lock, &amount, machine);
        }
        fetched(&amount, true, line, machine);
    }
}

/// What npm leaves beside what it installs.
fn fetched(amount: &Amount, with_pages: bool, line: &CommandLine, machine: &mut dyn Machine) {
    let cache = cache(line, machine);
    keep(&join(&cache, "_cacache"), amount, with_pages, machine);
    machine.put(&join(&cache, "_logs"), amount.log(LOGGED, "npm's log"));
}

fn install_globally(action: &Action, machine: &mut dyn Machine) {
    if action.packages.is_empty() {
        return;
    }
    let modules = global_modules(&action.line, machine);
    let amount = node_project::weigh_named(&action.packages, machine);
    machine.put(&modules, PACKAGES.of(&amount.modules));
    if project("", &action.line, machine).runs_scripts {
        amount.run_scripts(&modules, machine);
    }
    fetched(&amount, true, &action.line, machine);
}

fn global_modules(line: &CommandLine, machine: &dyn Machine) -> String {
    let prefix = flag(line, &["--prefix"]).map(str::to_owned);
    let names = ["npm_config_prefix", "NPM_CONFIG_PREFIX"];
    let prefix = prefix.or_else(|| names.iter().find_map(|name| machine.variable(name)));
    join(&prefix.unwrap_or_else(|| "/usr/local".to_owned()), "lib/node_modules")
}

fn cache(line: &CommandLine, machine: &dyn Machine) -> String {
    let named = flag(line, &["--cache"]).map(str::to_owned);
    let named = named.or_else(|| machine.variable("npm_config_cache"));
    let named = named.or_else(|| machine.variable("NPM_CONFIG_CACHE"));
    named.unwrap_or_else(|| join(&machine.home(), ".npm"))
}

#[cfg(test)]
mod tests;
