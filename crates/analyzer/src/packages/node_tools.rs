//! Tools that build what a project of Node.js ships, and those that fetch browsers and engines.
//!
//! Where a tool writes is its default, unless another stage copies one of the usual folders: the
//! settings that move it are not read.

mod next;
mod output;

use super::common::{self, OUTPUT, PACKAGES, PROGRAMS, join, last_name};
use super::node_project;
use super::{Action, ActionKind, CommandLine, Machine, PackageManager, node_scripts};
use output::{Tool, find};

/// Tools that are called by their names.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "node-tools",
    title: "Tools of Node.js",
    programs: &[
        "tsc",
        "next",
        "vite",
        "ng",
        "nest",
        "webpack",
        "react-scripts",
        "vue-cli-service",
        "astro",
        "nuxt",
        "nuxi",
        "gatsby",
        "rollup",
        "esbuild",
        "tsup",
        "parcel",
        "turbo",
        "nx",
        "lerna",
        "prisma",
        "playwright",
        "puppeteer",
        "cypress",
    ],
    caches: &[],
    read: |line| Some(action(line, all_words(line))),
    perform: |action, machine| {
        run(&all_words(&action.line), "", &action.line, machine);
    },
    examples: &[
        ("next build", ActionKind::Build, ""),
        ("./node_modules/.bin/tsc -p .", ActionKind::Build, ""),
        ("playwright install chromium", ActionKind::Install, ""),
        ("turbo run build --filter=web", ActionKind::Build, ""),
        ("vite --version", ActionKind::Nothing, ""),
    ],
};

/// Commands that run a script of every package of a workspace.
const RUNNERS: &[&str] = &[
    "turbo run",
    "turbo build",
    "nx run-many",
    "nx affected",
    "lerna run",
    "lage build",
    "rush build",
];

/// A tool that fetches something: its command, the variable that names the folder, the folder
/// below the home or the project, and the kilobytes.
type Fetcher = (&'static str, &'static str, &'static str, [u64; 3]);

/// No maker states unpacked sizes: these are assumed.
const FETCHERS: &[Fetcher] = &[
    (
        "puppeteer browsers",
        "PUPPETEER_CACHE_DIR",
        "~/.cache/puppeteer",
        [250_000, 380_000, 700_000],
    ),
    ("cypress install", "CYPRESS_CACHE_FOLDER", "~/.cache/Cypress", [450_000, 600_000, 750_000]),
    ("prisma generate", "", "node_modules/.prisma", [1_000, 18_000, 50_000]),
];
/// Browsers of Playwright. Chromium 145 has 364 MB and its headless shell 254, as
/// <https://github.com/onyx-dot-app/onyx/pull/14121> of August 2026 found; the others are assumed
/// from the 207 and 222 MB they had in 2021
/// (<https://github.com/microsoft/playwright-dotnet/issues/1611>).
const BROWSERS: &[(&str, [u64; 3])] = &[
    (CHROMIUM, [330_000, 370_000, 410_000]),
    (SHELL, [230_000, 260_000, 290_000]),
    ("firefox", [200_000, 260_000, 330_000]),
    ("webkit", [200_000, 270_000, 380_000]),
    ("chrome", [300_000, 380_000, 450_000]),
];
const CHROMIUM: &str = "chromium";
/// It comes with Chromium since Playwright 1.49, unless `--no-shell` says otherwise.
const SHELL: &str = "chromium-headless-shell";
/// What `playwright install-deps` brings of the distribution.
const LIBRARIES: [u64; 3] = [100_000, 300_000, 600_000];

fn all_words(line: &CommandLine) -> Vec<&str> {
    let behind = common::words(line, &["-p", "--project", "-c", "--config", "--filter"]);
    std::iter::once(line.program_name()).chain(behind).collect()
}

/// The words behind `npx`, the tool first.
pub(super) fn behind<'line>(line: &'line CommandLine, valued: &[&str]) -> Vec<&'line str> {
    common::words(line, valued)
}

/// A command without what only prepares it: variables, `cross-env`, `npx`, a folder.
pub(super) fn bare<'own, 'word>(words: &'own [&'word str]) -> &'own [&'word str] {
    let mut words = words;
    while let [first, rest @ ..] = words {
        let prepares = ["cross-env", "env", "npx", "bunx", "dotenv", "--", "-y", "--yes"];
        let is_variable = first.contains('=') && !first.starts_with('-');
        if !is_variable && !prepares.contains(first) {
            break;
        }
        words = rest;
    }
    words
}

/// Whether words open with a command such as `next build`.
fn opens(words: &[&str], command: &str) -> bool {
    let mut own = words.iter().filter(|it| !it.starts_with('-'));
    command.split(' ').all(|wanted| own.next().is_some_and(|word| last_name(word, word) == wanted))
}

/// Whether words call a tool that is known here.
pub(super) fn is_tool(words: &[&str]) -> bool {
    let browsers = opens(words, "playwright install") || opens(words, "playwright install-deps");
    browsers
        || find(words).is_some()
        || is_runner(words)
        || FETCHERS.iter().any(|(command, ..)| opens(words, command))
}

fn is_runner(words: &[&str]) -> bool {
    RUNNERS.iter().any(|command| opens(words, command))
}

/// What a tool is asked for.
pub(super) fn action(line: &CommandLine, words: Vec<&str>) -> Action {
    let fetches = FETCHERS.iter().any(|(command, ..)| opens(&words, command));
    let kind = match (words.as_slice(), fetches) {
        (_, true) | (["playwright", "install" | "install-deps", ..], _) => ActionKind::Install,
        _ if line.has_flag(&["--version", "--help", "--noEmit"]) => ActionKind::Nothing,
        (words, _) if find(words).is_some() || is_runner(words) => ActionKind::Build,
        _ => ActionKind::Nothing,
    };
    Action::new(kind, line)
}

/// What words ask of a manager that runs tools and scripts by their bare names; `own` are commands
/// of the manager itself that write nothing worth a number.
pub(super) fn read(words: &[&str], own: &[&str], line: &CommandLine) -> Action {
    match words {
        [word, ..] if own.contains(word) => Action::new(ActionKind::Nothing, line),
        words if is_tool(words) => action(line, words.to_vec()),
        [script, ..] => Action::new(node_scripts::kind(script), line),
        [] => Action::new(ActionKind::Nothing, line),
    }
}

/// Runs a tool that npx and its kin are asked for; one that is not known is fetched for it.
pub(super) fn perform(words: &[&str], line: &CommandLine, machine: &mut dyn Machine) {
    if words.first().is_some_and(|tool| last_name(tool, tool).starts_with("create-")) {
        return create(words, machine);
    }
    let Some(tool) = words.first().filter(|_| !run(words, "", line, machine)) else { return };
    if machine.bytes_below("node_modules").high() == 0 && !tool.is_empty() {
        let amount = node_project::weigh_named(&[(*tool).to_owned()], machine);
        let folder = join(&machine.home(), ".npm");
        let mut contents = common::CACHE.of(&amount.modules);
        contents.bytes = contents.bytes.perhaps();
        machine.put(&join(&folder, "_npx"), contents);
        node_project::keep(&join(&folder, "_cacache"), &amount, true, machine);
    }
}

/// Templates that install what they need at once, by a part of their names; others leave that to the
/// person. Assumed, as what `npm create` makes of them.
const INSTALLING: [&str; 9] =
    ["next", "react-app", "expo", "nuxt", "remix", "nest", "new", "t3", "docusaurus"];

/// Makes a project of a template, `create-next-app web` or `npm create vite@latest web`.
pub(super) fn create(words: &[&str], machine: &mut dyn Machine) {
    let mut words = words.iter().filter(|word| !word.starts_with('-') && !word.is_empty());
    let Some(template) = words.next() else { return };
    let name = template.split('@').find(|part| !part.is_empty()).unwrap_or(template);
    let folder = words.next().map_or(".", |folder| *folder);
    let installs = INSTALLING.iter().any(|part| name.contains(part));
    let size = if installs { [60_000, 350_000, 900_000] } else { [10, 300, 400_000] };
    machine.doubt(format!("What the template `{template}` makes; a typical size is assumed."));
    let why = format!("A project that `{template}` makes, with its packages if it brings them.");
    machine.put(folder, PACKAGES.assumed(size, why));
}

/// Does what a tool does in a folder; false where it is not known.
pub(super) fn run(
    words: &[&str],
    folder: &str,
    line: &CommandLine,
    machine: &mut dyn Machine,
) -> bool {
    if line.has_flag(&["--version", "--help", "--noEmit"]) {
        return true;
    }
    if opens(words, "playwright install") || opens(words, "playwright install-deps") {
        install_browsers(words, line, machine);
        return true;
    }
    let fetcher = FETCHERS.iter().find(|(command, ..)| opens(words, command));
    if let Some((command, variable, below, size)) = fetcher {
        let path = match below.strip_prefix("~/") {
            Some(below) => common::folder_of(machine, variable, below),
            None => join(folder, below),
        };
        let why = format!("What `{command}` fetches, assumed.");
        machine.put(&path, PROGRAMS.assumed(*size, why));
        return true;
    }
    if is_runner(words) {
        guess("build", folder, machine);
        return true;
    }
    if opens(words, "ng new") || opens(words, "nest new") {
        create(words.get(1..).unwrap_or_default(), machine);
        return true;
    }
    let Some(tool) = find(words) else { return false };
    match tool.command {
        "next build" => next::build(folder, machine),
        _ => tool.write(folder, line, machine),
    }
    true
}

fn install_browsers(words: &[&str], line: &CommandLine, machine: &mut dyn Machine) {
    if opens(words, "playwright install-deps") || line.has_flag(&["--with-deps"]) {
        let why = "Libraries and fonts that browsers need, from the distribution, assumed.";
        machine.put("/usr", PROGRAMS.assumed(LIBRARIES, why));
    }
    if opens(words, "playwright install-deps") {
        return;
    }
    let is_all = !BROWSERS.iter().any(|(name, _)| words.contains(name));
    let is_wanted = |name: &str| match name {
        CHROMIUM if line.has_flag(&["--only-shell"]) => false,
        SHELL if line.has_flag(&["--no-shell"]) => false,
        SHELL => is_all || words.contains(&CHROMIUM) || words.contains(&SHELL),
        name => words.contains(&name) || is_all && name != "chrome",
    };
    let folder = common::folder_of(machine, "PLAYWRIGHT_BROWSERS_PATH", ".cache/ms-playwright");
    for (name, size) in BROWSERS.iter().filter(|(name, _)| is_wanted(name)) {
        let why = format!("{name} as Playwright fetches it, assumed.");
        machine.put(&folder, PROGRAMS.assumed(*size, why));
    }
}

/// A script builds something, and nothing says what: by what other stages take of it, else by
/// settings of tools that lie there.
pub(super) fn guess(script: &str, folder: &str, machine: &mut dyn Machine) {
    if super::node_scripts::kind(script) != ActionKind::Build {
        return;
    }
    let mut found = Vec::new();
    for path in machine.taken_below(folder) {
        let before = |mark: &str| path.split_once(mark).map(|(it, _)| it.trim_end_matches('/'));
        let (place, is_next) = match (before(".next"), before(".output")) {
            (Some(place), _) => (place.to_owned(), true),
            (_, Some(place)) => (join(place, ".output"), false),
            _ if output::is_usual(&path) => (path, false),
            _ => continue,
        };
        if !found.contains(&(place.clone(), is_next)) {
            found.push((place, is_next));
        }
    }
    if found.is_empty() {
        return guess_by_settings(script, folder, machine);
    }
    for (place, is_next) in found {
        if is_next {
            next::build(&join(folder, &place), machine);
        } else if let Some(tool) = tool_of_settings(folder, machine)
            && tool.command != "next build"
        {
            // The same is built whether another stage takes it or not.
            tool.write_to(&place, folder, machine);
        } else {
            let why =
                format!("What the script `{script}` builds, by what is copied of it, assumed.");
            let is_server = place.ends_with(".output");
            let size = if is_server { output::SERVED } else { [150, 1_500, 12_000] };
            machine.put(&join(folder, &place), OUTPUT.assumed(size, why));
        }
    }
}

/// How names of settings end.
const SETTINGS_ENDS: [&str; 5] = ["", ".js", ".mjs", ".ts", ".json"];

/// The tool whose settings lie in a folder.
fn tool_of_settings(folder: &str, machine: &dyn Machine) -> Option<&'static Tool> {
    let holds = |tool: &&Tool| {
        let start = join(folder, tool.settings);
        // Mostly there is none of them, which one look tells.
        !tool.settings.is_empty()
            && machine.holds_start(&start)
            && SETTINGS_ENDS.iter().any(|end| machine.holds(&format!("{start}{end}")))
    };
    output::TOOLS.iter().find(holds)
}

fn guess_by_settings(script: &str, folder: &str, machine: &mut dyn Machine) {
    let line = CommandLine::default();
    match tool_of_settings(folder, machine) {
        Some(tool) if tool.command == "next build" => next::build(folder, machine),
        Some(tool) => tool.write(folder, &line, machine),
        None => {
            machine.doubt(format!(
                "What the script `{script}` builds is not known; bring the package.json."
            ));
            let why = format!("What the script `{script}` builds, assumed.");
            machine.put(&join(folder, "dist"), OUTPUT.assumed([100, 1_500, 15_000], why));
        }
    }
}

#[cfg(test)]
mod tests;
