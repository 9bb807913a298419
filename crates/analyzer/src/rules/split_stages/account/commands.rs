//! What a command of a build does, as far as the final stage is concerned.

use super::{Account, Scope, sources};
use crate::packages::{self, Action, ActionKind};
use crate::rules::split_stages::facts::{Facts, join};
use crate::rules::split_stages::system;
use crate::rules::{ListedCommand, Run};

/// What a command does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Does {
    /// Nothing that stays.
    Nothing,
    /// Builds, or installs what builds.
    Build,
    /// Installs packages of the distribution that a program may need.
    Install,
    /// Makes folders or files in the project.
    Folder,
    /// Gives the project to somebody.
    Owner,
    /// Changes the system outside of the project, as it would in the final stage.
    Outside,
    /// Most likely builds.
    Doubtful,
    /// Changes what nobody knows.
    Unknown,
}

const QUIET: [&str; 28] = [
    "", "cd", "set", "ls", "test", "[", "[[", "true", "false", ":", "export", "env", "unset",
    "which", "command", "sleep", "date", "pwd", "uname", "exit", "umask", "head", "tail", "wc",
    "grep", "du", "strip", "rm",
];
const WRITERS: [&str; 3] = ["echo", "printf", "cat"];
const USERS: [&str; 5] = ["useradd", "groupadd", "adduser", "addgroup", "usermod"];
const SYSTEM: [&str; 8] = [
    "update-ca-certificates",
    "locale-gen",
    "ldconfig",
    "a2enmod",
    "a2dismod",
    "a2ensite",
    "a2dissite",
    "a2enconf",
];
const FILES: [&str; 12] = [
    "mkdir", "chmod", "chown", "chgrp", "ln", "touch", "cp", "mv", "sed", "install", "rmdir", "tee",
];
const FETCHERS: [&str; 8] = ["curl", "wget", "tar", "unzip", "gunzip", "gzip", "git", "xz"];

/// What a command does.
pub(super) fn does(
    facts: &Facts<'_, '_>,
    account: &Account,
    scope: &Scope,
    run: &Run<'_>,
    command: &ListedCommand,
) -> Does {
    let line = &command.line;
    let name = line.program_name();
    if let Some(action) = &command.action {
        return of_action(scope, command, action);
    }
    let is_piped = command.pipeline.1 > 1;
    match name {
        "corepack" => Does::Build,
        "sh" | "bash" | "ash" | "gpg" | "apt-key" | "php" | "dpkg" if is_piped => Does::Unknown,
        _ if USERS.contains(&name) || SYSTEM.contains(&name) => Does::Outside,
        _ if QUIET.contains(&name) || WRITERS.contains(&name) => redirected(account, run, command),
        _ if FILES.contains(&name) => of_files(facts, account, run, command),
        _ if FETCHERS.contains(&name) => of_fetcher(account, run, command),
        _ if is_program_of(scope, name) => Does::Build,
        _ if names_outside(account, command) => Does::Unknown,
        _ => Does::Doubtful,
    }
}

/// What a command that asks a package manager does.
fn of_action(scope: &Scope, command: &ListedCommand, action: &Action) -> Does {
    let id = action.manager.map_or("", |manager| manager.id);
    let installs = action.kind == ActionKind::Install;
    match id {
        "apt" | "apk" if installs => {
            let is_for_program = !action.packages.iter().any(|it| system::is_for_builds(it));
            if is_for_program { Does::Install } else { Does::Build }
        }
        "apt" | "apk" if action.kind == ActionKind::Build => Does::Unknown,
        "apt" | "apk" => Does::Nothing,
        "dnf" | "zypper" | "pacman" if installs => {
            let is_for_build = action.packages.iter().all(|it| system::is_for_builds(it));
            if is_for_build { Does::Build } else { Does::Unknown }
        }
        _ if scope.managers.contains(&id) => of_manager(command),
        _ if !installs && action.kind != ActionKind::Build => Does::Nothing,
        "npm" | "yarn" | "pnpm" | "bun" | "node-tools" | "make" | "rustup" | "go" | "cargo" => {
            Does::Doubtful
        }
        _ => Does::Unknown,
    }
}

/// A command of the build's own package manager: one that installs a program from elsewhere may
/// serve the build or what runs.
fn of_manager(command: &ListedCommand) -> Does {
    let words: Vec<&str> = command.line.words().collect();
    let installs_program = match words.as_slice() {
        ["install", rest @ ..] if command.line.program_name() == "go" => {
            rest.iter().any(|word| word.contains('@'))
        }
        ["install", ..] if command.line.program_name() == "cargo" => {
            !command.line.has_flag(&["--path"])
        }
        ["tool", "install", ..] => true,
        _ => false,
    };
    if installs_program { Does::Doubtful } else { Does::Build }
}

fn is_program_of(scope: &Scope, name: &str) -> bool {
    let mut own = packages::MANAGERS.iter().filter(|it| scope.managers.contains(&it.id));
    own.any(|manager| manager.runs_as(name))
}

fn is_build_place(account: &Account, path: &str) -> bool {
    account.is_of_project(path) || sources::is_build_place(path)
}

/// A command that only writes where its output is sent.
fn redirected(account: &Account, run: &Run<'_>, command: &ListedCommand) -> Does {
    let directory = command.directory.as_deref().unwrap_or("/");
    let mut all = Does::Nothing;
    for redirection in &command.redirections {
        let Some(target) = redirection.target.known() else { return Does::Unknown };
        let is_file = !target.is_empty() && !target.bytes().all(|it| it.is_ascii_digit());
        let path = join(directory, target);
        if is_file
            && !target.starts_with('&')
            && !is_build_place(account, &path)
            && !run.hides(&path)
        {
            all = Does::Outside;
        }
    }
    all
}

/// A command on files: where it works decides.
fn of_files(
    facts: &Facts<'_, '_>,
    account: &Account,
    run: &Run<'_>,
    command: &ListedCommand,
) -> Does {
    let Some(directory) = command.directory.as_deref() else { return Does::Unknown };
    let name = command.line.program_name();
    let operands = command.line.operands(&["-m", "--mode", "-o", "-g", "-e"]);
    let is_script_given = command.line.has_flag(&["-e"]);
    let skipped = match name {
        "chmod" | "chown" | "chgrp" => 1,
        "sed" => usize::from(!is_script_given),
        // What a link or a copy reads is there before.
        "ln" | "cp" | "mv" | "install" => operands.len().saturating_sub(1),
        _ => 0,
    };
    let read: Vec<String> =
        operands.iter().take(skipped).map(|it| join(directory, &it.text)).collect();
    let places: Vec<String> =
        operands.iter().skip(skipped).map(|it| join(directory, &it.text)).collect();
    if operands.iter().skip(skipped).any(|it| !it.is_known) || places.is_empty() {
        return Does::Unknown;
    }
    // The final stage's own WORKDIR makes it.
    if name == "mkdir" && places.iter().all(|it| super::is_below(facts.final_start(), it)) {
        return Does::Nothing;
    }
    let is_inside = |path: &String| is_build_place(account, path) || run.hides(path);
    if places.iter().all(is_inside) {
        return match name {
            "mkdir" | "touch" if places.iter().any(|it| account.is_of_project(it)) => Does::Folder,
            "chown" | "chgrp" => Does::Owner,
            // The program may read the copy.
            "cp" | "mv" | "install" => {
                let is_known = places.iter().all(|it| is_started(facts, account, it));
                if is_known { Does::Build } else { Does::Doubtful }
            }
            _ => redirected(account, run, command),
        };
    }
    if matches!(name, "cp" | "mv" | "install" | "ln") && read.iter().any(is_inside) {
        let is_known = places.iter().all(|it| is_started(facts, account, it));
        return if is_known { Does::Build } else { Does::Unknown };
    }
    // Part of it is in the project: only what the final stage begins with is there again.
    let is_there = |path: &String| !is_inside(path) || *path == facts.final_start();
    if places.iter().all(is_there) || name == "mkdir" { Does::Outside } else { Does::Unknown }
}

/// Whether what starts the program names a place, what lies in it, or what lies beside it in the same
/// folder of the project: it is copied.
fn is_started(facts: &Facts<'_, '_>, account: &Account, place: &str) -> bool {
    let mut started: Vec<String> = facts.command.iter().map(|it| facts.absolute(it)).collect();
    started.extend(facts.placed(facts.program()));
    let top = |path: &str| {
        let project = account.project_of(path)?;
        let rest = path.strip_prefix(project)?.trim_start_matches('/');
        let (first, _) = rest.split_once('/')?;
        Some(format!("{project}/{first}"))
    };
    let is_beside = |it: &String| top(place).is_some_and(|folder| top(it) == Some(folder));
    started.iter().any(|it| super::is_below(it, place) || is_beside(it))
}

/// A command that fetches or unpacks: into the folder it runs in, or where it says.
fn of_fetcher(account: &Account, run: &Run<'_>, command: &ListedCommand) -> Does {
    let Some(directory) = command.directory.as_deref() else { return Does::Unknown };
    let places = places_of_fetcher(command).into_iter().map(|it| join(directory, &it));
    let mut inside = places.map(|it| is_build_place(account, &it) || run.hides(&it));
    let is_inside = inside.all(|it| it) && redirected(account, run, command) == Does::Nothing;
    if is_inside { Does::Nothing } else { Does::Outside }
}

/// Where a command that fetches or unpacks writes, as it is written.
fn places_of_fetcher(command: &ListedCommand) -> Vec<String> {
    let name = command.line.program_name();
    let flags: &[&str] = match name {
        "curl" => &["-o", "--output", "--output-dir"],
        "wget" => &["-O", "--output-document", "-P", "--directory-prefix"],
        "tar" => &["-C", "--directory"],
        "unzip" => &["-d"],
        _ => &[],
    };
    let values = command.line.values_of(flags).into_iter().filter(|it| !matches!(*it, "-" | ""));
    let mut places: Vec<String> = values.map(str::to_owned).collect();
    places.extend(command.line.words().filter(|it| it.starts_with('/')).map(str::to_owned));
    if name == "git" {
        let last = command.line.operands(&["-b", "--branch", "--depth"]).last().map(|it| &it.text);
        places.extend(last.filter(|it| !it.contains(':')).cloned());
    }
    // What goes into a pipe is not written.
    let prints = command.pipeline.0 + 1 < command.pipeline.1 || command.is_captured;
    if places.is_empty() && !prints {
        places.push(".".to_owned());
    }
    places
}

/// Whether a command names a place outside of the project that it may write to.
fn names_outside(account: &Account, command: &ListedCommand) -> bool {
    let is_system = |path: &str| {
        ["/bin", "/usr/bin", "/dev", "/proc", "/sys", "/usr/include", "/usr/lib"]
            .iter()
            .any(|place| super::is_below(path, place))
    };
    let values = command.line.words().map(|word| word.rsplit('=').next().unwrap_or(word));
    let mut paths = values.filter(|word| word.starts_with('/') && word.len() > 1);
    paths.any(|path| !is_build_place(account, path) && !is_system(path))
}

/// Whether a command means another place in another folder.
pub(super) fn is_relative(command: &ListedCommand, directory: &str) -> bool {
    let line = &command.line;
    let is_moved = command.directory.as_deref() != Some(directory);
    let is_path = |word: &&str| !word.starts_with('-') && !word.starts_with('/');
    let skipped = usize::from(matches!(line.program_name(), "chmod" | "chown" | "chgrp" | "sed"));
    let names = match line.program_name() {
        name if FILES.contains(&name) => line.words().filter(is_path).count() > skipped,
        name if FETCHERS.contains(&name) => {
            places_of_fetcher(command).iter().any(|it| !it.starts_with('/'))
        }
        _ => false,
    };
    let mut targets = command.redirections.iter().map(|it| it.target.text()).filter(is_path);
    let is_file = |word: &str| !word.is_empty() && !word.bytes().all(|it| it.is_ascii_digit());
    !is_moved && (names || targets.any(is_file))
}

/// Whether a command fails where a folder is there already that the final stage begins in.
pub(super) fn makes_start(facts: &Facts<'_, '_>, command: &ListedCommand) -> bool {
    let directory = command.directory.as_deref().unwrap_or("/");
    let mut places = command.line.operands(&["-m", "--mode"]).into_iter();
    command.line.program_name() == "mkdir"
        && !command.line.has_flag(&["-p", "--parents"])
        && places.any(|it| super::is_below(facts.final_start(), &join(directory, &it.text)))
}

/// Who a command gives the project to.
pub(super) fn owner(account: &Account, command: &ListedCommand) -> Option<String> {
    let directory = command.directory.as_deref()?;
    let operands = command.line.operands(&[]);
    let (owner, places) = operands.split_first()?;
    let is_all = command.line.has_flag(&["-R", "--recursive"]);
    let mut places = places.iter().map(|it| join(directory, &it.text));
    let gives = command.line.program_name() == "chown" && is_all && owner.is_known;
    (gives && places.any(|it| account.projects.contains(&it))).then(|| owner.text.clone())
}
