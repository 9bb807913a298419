//! Node.js: the output of a build, and production dependencies that are installed for the final
//! stage's own C library.

mod registry;
mod whole;
mod workspaces;

use super::account::{Account, Scope, Takes};
use super::facts::Facts;
use super::{Plan, Split};
use crate::dockerfile::{Instruction, InstructionKind};
use crate::packages::{ActionKind, manifests};
use crate::rules::installs::action_of;
use crate::rules::installs::is_newer_yarn;
use crate::rules::{ListedCommand, Run};
use crate::text::Span;

pub(in crate::rules) use workspaces::are_there as has_workspaces;

pub(super) const SPLIT: Split = Split { title: "a Node.js program", cut, plan };

pub(super) const MANAGERS: [&str; 5] = ["npm", "yarn", "pnpm", "bun", "node-tools"];

/// A package manager: its id, the flag that leaves development packages out, words that say the
/// same, what empties its cache, and the files it reads.
struct Manager {
    id: &'static str,
    flag: &'static str,
    same: &'static [&'static str],
    cleaner: &'static str,
    files: &'static [&'static str],
}

static INSTALLERS: [Manager; 4] = [
    Manager {
        id: "npm",
        flag: " --omit=dev",
        same: &["--omit=dev", "--production", "--only=production", "--only=prod"],
        cleaner: " && npm cache clean --force",
        files: &["package*.json"],
    },
    Manager {
        id: "yarn",
        flag: " --production",
        same: &["--production", "--prod"],
        cleaner: " && yarn cache clean",
        files: &["package.json", "yarn.lock*"],
    },
    Manager {
        id: "pnpm",
        flag: " --prod",
        same: &["--prod", "-P", "--production"],
        cleaner: "",
        files: &["package.json", "pnpm-lock.yaml*"],
    },
    Manager {
        id: "bun",
        flag: " --production",
        same: &["--production"],
        cleaner: "",
        files: &["package.json", "bun.lock*"],
    },
];

/// Folders that programs read beside what was built, taken along where the context has them.
const BESIDE: [&str; 8] =
    ["public", "views", "templates", "static", "migrations", "prisma", "locales", "config"];

fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    let is_node = matches!(facts.base.repository.as_str(), "node" | "oven/bun");
    let kinds = [ActionKind::Build, ActionKind::Install, ActionKind::Remove, ActionKind::Clean];
    let built = facts.behind(&MANAGERS, &[ActionKind::Build]).filter(|_| is_node)?;
    let behind = facts.behind(&MANAGERS, &kinds).map(|behind| behind.max(built))?;
    // What is copied into the output; what is moved may be the output itself.
    Some(facts.behind_moves(behind, &["cp"]))
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    // Manifests and packages are looked for where the program is started.
    if facts.start != facts.directory || facts.sets_directory() {
        return None;
    }
    if has_workspaces(facts.subject) {
        return None;
    }
    let outputs = outputs(facts, &facts.command, 0).filter(|_| !facts.starts_several);
    if outputs.is_none() && !whole::is_possible(facts) {
        return None;
    }
    // Where a compiler was installed, packages are compiled: the final stage has none.
    if facts.build_commands().any(|(_, command)| installs_compiler(command)) {
        return None;
    }
    let tag = facts.base.slim_tag().unwrap_or_else(|| facts.base.tag.clone());
    let mut plan = Plan { base: facts.base.with_tag(&tag), ..Plan::default() };
    let mut installs = project_installs(facts);
    let (run, command, manager) = installs.next()?;
    if installs.next().is_some() || (manager.id == "yarn" && is_newer_yarn(facts.subject, command))
    {
        return None;
    }
    let mut environment = facts.above().chain(facts.below()).filter(|(_, it)| {
        matches!(&it.kind, InstructionKind::Env(pairs) if pairs.iter().any(|it| it.name.text == "NODE_ENV"))
    });
    if environment.next().is_none() {
        plan.lines.push("ENV NODE_ENV=production".into());
    }
    let is_locked = put_packages(facts, &mut plan, run, command, manager, outputs.is_some())?;
    match &outputs {
        Some(outputs) => plan.lines.extend(copies(facts, &plan.account, outputs)),
        None => {
            plan.lines.push(facts.copy(&facts.directory));
            plan.edits.push(whole::leave_packages(facts)?);
        }
    }
    plan.risks = risks(facts, outputs.as_deref());
    let takes_manifests =
        plan.lines.iter().any(|it| it.contains("/package") && it.contains("--from=build"));
    if takes_manifests && facts.subject.input.context.is_none() {
        plan.risks.push("Where the project has an .npmrc, the final stage installs without it: a registry that it names is not asked, and its token not given.".into());
    }
    if is_locked {
        plan.risks.push("npm ci reads the package-lock.json that npm install writes in the build stage: where .npmrc turns that off, it stops.".into());
    }
    Some(plan)
}

/// Lines that bring packages into the final stage; says whether they are those of a lock file of
/// npm that the build wrote.
fn put_packages(
    facts: &Facts<'_, '_>,
    plan: &mut Plan,
    run: &Run<'_>,
    command: &ListedCommand,
    manager: &Manager,
    knows_outputs: bool,
) -> Option<bool> {
    if manager.id == "pnpm"
        && !facts.build_commands().any(|(own, it)| brings(facts, it) && is_taken(facts, own, run))
    {
        return None;
    }
    let tools = tools(facts, run);
    let takes = if knows_outputs { Takes::Program } else { Takes::Folder };
    let mut scope = Scope::of(&MANAGERS, takes);
    scope.done = tools.iter().map(|run| run.index).collect();
    plan.account = Account::of(facts, &scope)?;
    if !knows_outputs && !plan.account.works_below(&facts.directory) {
        return None;
    }
    plan.names_files = knows_outputs;
    plan.lines.extend(plan.account.first_lines(facts.distribution().starts_with("alpine")));
    plan.lines.extend(folder_of_corepack(facts, &tools));
    let text = facts.subject.text();
    plan.lines.extend(tools.iter().map(|run| run.instruction.span.slice(text).to_owned()));
    let manifests = manifests_copy(facts, run, manager);
    if registry::is_lost(facts, &manifests) {
        return None;
    }
    let is_locked = manager.id == "npm" && manifests.contains("--from=build");
    plan.lines.push(manifests);
    plan.lines.push(production_install(facts, run, command, manager, is_locked)?);
    Some(is_locked)
}

fn installs_compiler(command: &ListedCommand) -> bool {
    let action = action_of(command, &["apt", "apk"], ActionKind::Install);
    let compilers = ["build-essential", "build-base", "gcc", "g++", "clang", "make"];
    action.is_some_and(|it| it.packages.iter().any(|own| compilers.contains(&own.as_str())))
}

/// Where the package manager lies that Corepack fetches: in a folder that every user reads, since
/// another user than root would fetch it anew at every start.
/// Source: <https://github.com/nodejs/corepack#environment-variables> (2026-11).
fn folder_of_corepack(facts: &Facts<'_, '_>, tools: &[&Run<'_>]) -> Option<String> {
    let mut commands = tools.iter().flat_map(|run| &run.commands);
    let is_used = commands.any(|it| it.line.program_name() == "corepack");
    let mut settings = facts.above().chain(facts.below());
    let is_set = settings.any(|(_, it)| it.text.contains("COREPACK_HOME"));
    let starts = matches!(facts.program(), "pnpm" | "yarn");
    (is_used && starts && !is_set).then(|| "ENV COREPACK_HOME=/usr/local/share/corepack".into())
}

/// What was built, and folders that programs read beside it.
fn copies(facts: &Facts<'_, '_>, account: &Account, outputs: &[String]) -> Vec<String> {
    let beside = BESIDE.iter().copied().filter(|name| !outputs.iter().any(|it| it == name));
    let beside = beside.filter(|name| facts.has_folder(name));
    let again: Vec<String> = account.copies(facts).collect();
    let beside = beside.filter(|name| !again.contains(&facts.absolute(name)));
    let copy = |path: &str| match path.strip_suffix('*') {
        // What a pattern finds is copied into a folder.
        Some(name) => {
            let folder = if name.ends_with('.') { String::new() } else { format!("{name}/") };
            format!("COPY --from=build {} ./{folder}", facts.absolute(path))
        }
        None => facts.copy(path),
    };
    outputs.iter().map(String::as_str).chain(beside).map(copy).collect()
}

fn risks(facts: &Facts<'_, '_>, outputs: Option<&[String]>) -> Vec<String> {
    let mut risks = vec![outputs.map_or(whole::RISK.to_owned(), |outputs| {
        format!(
            "Of the project only {} {} copied: other files that the program reads, such as views or migrations, need a COPY of their own.",
            outputs.join(" and "),
            if outputs.len() == 1 { "is" } else { "are" }
        )
    })];
    risks.push("Development packages are not in the image: what the program requires at run time must stand under `dependencies` of package.json.".into());
    risks.push(
        "Packages that are compiled while they are installed find no compiler in the slim base."
            .into(),
    );
    if facts.manifests_name(&["\"postinstall\"", "\"prepare\"", "prisma"]) {
        risks.push("Scripts that run on installation (postinstall, prepare, prisma generate) find only the manifests in the final stage.".into());
    }
    risks
}

/// Paths that the program needs: the folder that its script lies in.
fn outputs(facts: &Facts<'_, '_>, command: &[String], depth: usize) -> Option<Vec<String>> {
    let words: Vec<&str> = command.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["npm" | "yarn" | "pnpm" | "bun", "run" | "run-script", script, ..]
        | ["yarn" | "pnpm", script, ..]
        | ["npm" | "bun", script @ "start", ..]
            if depth < 3 =>
        {
            let text = manifests::script(facts.manifest("package.json")?, script)?;
            let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
            outputs(facts, &words, depth + 1)
        }
        ["npx", rest @ ..] | ["cross-env", rest @ ..] => {
            let rest: Vec<String> = rest.iter().map(|it| (*it).to_owned()).collect();
            outputs(facts, &rest, depth + 1)
        }
        [assignment, rest @ ..] if assignment.contains('=') && !rest.is_empty() => {
            let rest: Vec<String> = rest.iter().map(|it| (*it).to_owned()).collect();
            outputs(facts, &rest, depth)
        }
        ["next" | "./node_modules/.bin/next" | "node_modules/.bin/next", "start", ..] => {
            let has_settings = ["next.config.js", "next.config.mjs", "next.config.ts"];
            let known = facts.subject.input.context.as_ref();
            let mut paths = vec![".next".to_owned()];
            if known.is_none() {
                // Patterns match nothing where there is nothing of the kind.
                paths.extend(["public*".to_owned(), "next.config.*".to_owned()]);
            }
            let settings = has_settings.iter().find(|name| {
                known.is_some_and(|known| known.context.files.keys().any(|it| *it == ***name))
            });
            paths.extend(settings.map(|name| (*name).to_owned()));
            Some(paths)
        }
        ["node" | "nodejs" | "bun" | "pm2-runtime", rest @ ..] => {
            let script = rest.iter().find(|word| !word.starts_with('-'))?;
            let absolute = facts.absolute(script);
            let folder = format!("{}/", facts.directory.trim_end_matches('/'));
            let below = absolute.strip_prefix(&folder)?;
            let (top, _) = below.split_once('/')?;
            // Sources are not built.
            (!matches!(top, "src" | "node_modules")).then(|| vec![top.to_owned()])
        }
        _ => None,
    }
}

/// Installations of the project's own packages.
fn project_installs<'facts>(
    facts: &'facts Facts<'_, '_>,
) -> impl Iterator<Item = (&'facts Run<'facts>, &'facts ListedCommand, &'static Manager)> {
    facts.build_commands().filter_map(|(run, command)| {
        let manager = INSTALLERS.iter().find(|it| command.asks(it.id, ActionKind::Install))?;
        let action = command.action.as_ref()?;
        action.packages.is_empty().then_some((run, command, manager))
    })
}

/// Whether a command brings a package manager or the program.
fn brings(facts: &Facts<'_, '_>, command: &ListedCommand) -> bool {
    let program = facts.program();
    let is_global = command.action.as_ref().is_some_and(|action| {
        action.kind == ActionKind::Install
            && action.packages.iter().any(|it| {
                let name = it.split('@').next().unwrap_or(it);
                ["pnpm", "yarn", "npm", "bun"].contains(&name) || program.starts_with(name)
            })
    });
    is_global || command.line.program_name() == "corepack"
}

/// Whether what a `RUN` brings is brought to the final stage too: it does nothing else, or is the one
/// that installs.
fn is_taken(facts: &Facts<'_, '_>, run: &Run<'_>, install: &Run<'_>) -> bool {
    run.index == install.index || run.commands.iter().all(|it| brings(facts, it))
}

/// `RUN`s that bring the package manager or the program, by themselves.
fn tools<'facts>(facts: &'facts Facts<'_, '_>, install: &Run<'_>) -> Vec<&'facts Run<'facts>> {
    let runs =
        facts.runs().iter().filter(|run| run.index < facts.cut && run.index != install.index);
    runs.filter(|run| is_taken(facts, run, install) && !run.commands.is_empty()).collect()
}

/// The person's own `COPY` of the manifests, or one from the build stage.
fn manifests_copy(facts: &Facts<'_, '_>, install: &Run<'_>, manager: &Manager) -> String {
    let is_manifest = |name: &str| {
        let name = name.trim_start_matches("./");
        name.starts_with("package") && name.contains("json")
            || [".npmrc", ".yarnrc", "bun.lockb"].contains(&name)
            || name.contains("lock")
    };
    let is_copy = |it: &Instruction| match &it.kind {
        InstructionKind::Copy(copy) => {
            it.flags.iter().all(|flag| flag.name != "from")
                && copy.sources.iter().all(|source| is_manifest(&source.text))
        }
        _ => false,
    };
    let mut own = facts.above().filter(|(index, it)| *index < install.index && is_copy(it));
    let text = facts.subject.text();
    match (own.next(), own.next()) {
        (Some((_, copy)), None) => copy.span.slice(text).to_owned(),
        _ => {
            let folder = facts.directory.trim_end_matches('/');
            let known = facts.subject.input.context.as_ref();
            let settings = [".npmrc", ".yarnrc", "bunfig.toml"]
                .into_iter()
                .filter(|name| known.is_some_and(|known| known.context.files.contains_key(*name)));
            let files = manager.files.iter().copied().chain(settings);
            let files: Vec<String> = files.map(|name| format!("{folder}/{name}")).collect();
            format!("COPY --from=build {} ./", files.join(" "))
        }
    }
}

/// The person's own installation without development packages; `is_locked` says that a lock file of
/// npm lies there.
fn production_install(
    facts: &Facts<'_, '_>,
    run: &Run<'_>,
    command: &ListedCommand,
    manager: &Manager,
    is_locked: bool,
) -> Option<String> {
    let text = facts.subject.text();
    let own = command.span.slice(text);
    let word = ["install", "i"].iter().find_map(|word| command.place_of(word));
    let word = word.filter(|_| is_locked && !command.line.has_flag(&["--no-package-lock"]));
    // The lock file comes from the build, which writes one where the project has none.
    let place = |it: Span| Some((it.start.checked_sub(command.span.start)?, it.slice(text).len()));
    let own = match word.and_then(place) {
        Some((at, length)) => {
            let (before, rest) = own.split_at_checked(at)?;
            format!("{before}ci{}", rest.get(length..)?)
        }
        None => own.to_owned(),
    };
    if own.contains('\n') || !command.is_plain || command.line.has_flag(&["--include", "--dev"]) {
        return None;
    }
    let leaves_out = command.line.words().any(|word| manager.same.contains(&word));
    let flag = if leaves_out { "" } else { manager.flag };
    let flags: Vec<&str> = run.instruction.flags.iter().map(|it| it.span.slice(text)).collect();
    // A cache mount keeps the cache out of the layer.
    let cleaner = if flags.is_empty() { manager.cleaner } else { "" };
    let flags = flags.iter().map(|flag| format!("{flag} ")).collect::<String>();
    // What brings the manager in the same RUN is needed here as well.
    let first = run.commands.iter().filter(|it| it.span.end <= command.span.start && it.is_plain);
    let first = first.filter(|it| brings(facts, it)).map(|it| it.span.slice(text));
    let first: String = first.map(|own| format!("{own} && ")).collect();
    Some(format!("RUN {flags}{first}{own}{flag}{cleaner}"))
}
