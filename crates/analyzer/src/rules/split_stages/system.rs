//! What a build installed or made of the system, and how much of it a program needs.

use super::facts::Facts;
use crate::dockerfile::InstructionKind;
use crate::packages::ActionKind;
use crate::rules::Run;

/// Packages that only builds need, `*` standing for anything at one end.
const BUILD_PACKAGES: [&str; 34] = [
    "build-essential",
    "build-base",
    "gcc*",
    "g++*",
    "clang*",
    "llvm*",
    "make",
    "cmake",
    "automake",
    "autoconf",
    "libtool",
    "pkg-config",
    "pkgconf",
    "git",
    "git-core",
    "musl-dev",
    "linux-headers",
    "*-dev",
    "*-devel",
    "python3",
    "python3-dev",
    "python2",
    "maven",
    "gradle",
    "cargo",
    "rustc",
    "golang*",
    "nasm",
    "yasm",
    "patch",
    "unzip",
    "zip",
    "npm",
    "nodejs",
];

/// Development packages, and the library that a program of Debian or of Alpine loads at run time;
/// the names are those of Debian 12 and Alpine 3.22.
const LIBRARIES: [(&str, &str); 16] = [
    ("libpq-dev", "libpq5"),
    ("postgresql-dev", "libpq"),
    ("default-libmysqlclient-dev", "libmariadb3"),
    ("libmariadb-dev", "libmariadb3"),
    ("mariadb-dev", "mariadb-connector-c"),
    ("libxml2-dev", "libxml2"),
    ("libxslt1-dev", "libxslt1.1"),
    ("libxslt-dev", "libxslt"),
    ("libcairo2-dev", "libcairo2"),
    ("librdkafka-dev", "librdkafka1"),
    ("libmagic-dev", "libmagic1"),
    ("unixodbc-dev", "unixodbc"),
    ("libcurl4-openssl-dev", "libcurl4"),
    ("libsqlite3-dev", "libsqlite3-0"),
    // Who speaks TLS looks for certificates.
    ("libssl-dev", "libssl3 ca-certificates"),
    ("openssl-dev", "libssl3 ca-certificates"),
];

/// Whether a package is one that only builds need.
pub(in crate::rules) fn is_for_builds(package: &str) -> bool {
    let name = package.split(['=', '~', '<', '>', ':']).next().unwrap_or(package);
    BUILD_PACKAGES.iter().any(|own| match (own.strip_prefix('*'), own.strip_suffix('*')) {
        (Some(ending), _) => name.ends_with(ending),
        (_, Some(start)) => name.starts_with(start) && !name.ends_with("-base"),
        _ => name == *own,
    })
}

/// Packages that the program may need of those that were installed above the cut.
pub(super) fn packages(facts: &Facts<'_, '_>) -> Vec<String> {
    let mut needed: Vec<String> = Vec::new();
    for (_, command) in facts.build_commands() {
        let action = ["apt", "apk"].iter().find_map(|id| command.action_of(id));
        let Some(action) = action.filter(|action| action.kind == ActionKind::Install) else {
            continue;
        };
        for package in &action.packages {
            let bare = package.split('=').next().unwrap_or(package);
            let library = LIBRARIES.iter().find(|(own, _)| *own == bare);
            // Older releases have OpenSSL 1.1.
            let is_old = ["debian 10", "debian 11", "ubuntu 20"]
                .iter()
                .any(|release| facts.distribution().starts_with(release));
            let library = library.filter(|(_, name)| !is_old || !name.starts_with("libssl3"));
            let name = match library {
                Some((_, library)) => (*library).to_owned(),
                None if is_for_builds(package) => continue,
                None => package.clone(),
            };
            if !needed.contains(&name) {
                needed.push(name);
            }
        }
    }
    needed
}

/// The `RUN` that installs packages on Debian or Alpine; none for none.
pub(super) fn install(facts: &Facts<'_, '_>) -> Option<String> {
    let packages = packages(facts);
    if packages.is_empty() {
        return None;
    }
    let names = packages.join(" ");
    Some(if facts.distribution().starts_with("alpine") {
        format!("RUN apk add --no-cache {names}")
    } else {
        format!(
            "RUN apt-get update && apt-get install -y --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*"
        )
    })
}

const USER_PROGRAMS: [&str; 6] = ["useradd", "groupadd", "adduser", "addgroup", "usermod", "mkdir"];

/// The `RUN`s above the cut that make the users of the final stage; `None` where one does something
/// else too.
pub(super) fn users(facts: &Facts<'_, '_>) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    if !facts
        .subject
        .dockerfile
        .instructions
        .iter()
        .any(|it| matches!(it.kind, InstructionKind::User(_)))
    {
        return Some(lines);
    }
    for run in facts.runs().iter().filter(|run| run.index < facts.cut) {
        let makes_user = |run: &Run<'_>| {
            run.commands.iter().any(|it| USER_PROGRAMS[..5].contains(&it.line.program_name()))
        };
        if makes_user(run) {
            let is_all =
                run.commands.iter().all(|it| USER_PROGRAMS.contains(&it.line.program_name()));
            if !is_all {
                return None;
            }
            lines.push(run.instruction.span.slice(facts.subject.text()).to_owned());
        }
    }
    Some(lines)
}

/// Programs above the cut of which nobody knows what they leave for the final stage.
pub(super) fn unknown_programs(facts: &Facts<'_, '_>) -> Vec<String> {
    const HARMLESS: [&str; 24] = [
        "rm", "mkdir", "chmod", "chown", "echo", "cd", "set", "ls", "cat", "test", "[", "true",
        "export", "useradd", "groupadd", "adduser", "addgroup", "usermod", "mv", "cp", "touch",
        "corepack", "find", "sed",
    ];
    let mut names: Vec<String> = Vec::new();
    for (_, command) in facts.build_commands().filter(|(_, command)| command.action.is_none()) {
        let name = command.line.program_name();
        let shown = format!("`{name}`");
        if !name.is_empty() && !HARMLESS.contains(&name) && !names.contains(&shown) {
            names.push(shown);
        }
    }
    names
}
