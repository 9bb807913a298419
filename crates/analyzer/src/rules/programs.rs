//! Which programs lines of a Dockerfile call, and which of them an image lacks.
//!
//! Before a rule puts another image below lines, it asks [`missing`]. What an image is not known to
//! lack counts as there, so a name that stands in none of the lists hinders nothing.

use super::Subject;
use crate::dockerfile::{Command, Instruction, InstructionKind};
use crate::images::ImageReference;
use crate::packages::{self, ActionKind, CommandLine};
use crate::shell::run::{Environment, Invocation, list_exec_invocations, list_invocations};
use crate::shell::{self, parse};
use crate::text::Span;

/// Programs of `buildpack-deps`, and of Python in it, that neither Debian's small images nor
/// Alpine have: `debian/bookworm/{Dockerfile,scm/Dockerfile,curl/Dockerfile}` of
/// <https://github.com/docker-library/buildpack-deps> at `84e7e46`.
const OF_FULL: [&str; 37] = [
    "gcc",
    "g++",
    "cc",
    "c++",
    "make",
    "cmake",
    "git",
    "curl",
    "hg",
    "svn",
    "pkg-config",
    "autoconf",
    "automake",
    "configure",
    "file",
    "mysql_config",
    "pg_config",
    "xml2-config",
    "curl-config",
    "convert",
    "magick",
    "identify",
    "mogrify",
    "ssh",
    "scp",
    "ssh-keyscan",
    "gpg",
    "openssl",
    "node-gyp",
    "dpkg-buildpackage",
    "ld",
    "ar",
    "strip",
    "libtool",
    "python3",
    "python3-config",
    "xsltproc",
];

/// Programs of BusyBox that Debian's small images lack.
const OF_BUSYBOX: [&str; 18] = [
    "wget", "unzip", "xz", "unxz", "bzip2", "patch", "nc", "ps", "top", "pgrep", "pkill",
    "killall", "free", "watch", "ping", "nslookup", "netstat", "less",
];

/// Programs of Debian's small images that Alpine's lack.
const OF_DEBIAN: [&str; 13] = [
    "bash",
    "useradd",
    "groupadd",
    "usermod",
    "apt",
    "apt-get",
    "dpkg",
    "dpkg-reconfigure",
    "ldconfig",
    "update-alternatives",
    "service",
    "perl",
    "runuser",
];

/// Programs that any distribution has and an image without one lacks.
const OF_ALL: [&str; 22] = [
    "sh", "ls", "cat", "cp", "mv", "rm", "mkdir", "chmod", "chown", "ln", "grep", "sed", "awk",
    "find", "xargs", "head", "tail", "sleep", "env", "tar", "adduser", "addgroup",
];

/// Programs that a package of a few megabytes brings: name, package of Debian, package of Alpine.
const PACKAGES: [(&str, &str, &str); 12] = [
    ("curl", "ca-certificates curl", "curl"),
    ("wget", "ca-certificates wget", "wget"),
    ("unzip", "unzip", "unzip"),
    ("xz", "xz-utils", "xz"),
    ("unxz", "xz-utils", "xz"),
    ("bzip2", "bzip2", "bzip2"),
    ("file", "file", "file"),
    ("ps", "procps", "procps"),
    ("pgrep", "procps", "procps"),
    ("pkill", "procps", "procps"),
    ("openssl", "openssl", "openssl"),
    ("nc", "netcat-openbsd", "netcat-openbsd"),
];

/// Packages that bring many programs, and these.
const BUNDLES: [(&str, &[&str]); 8] = [
    ("build-essential", &["gcc", "g++", "cc", "c++", "make", "ld", "ar", "strip"]),
    ("build-base", &["gcc", "g++", "cc", "c++", "make", "ld", "ar", "strip", "file", "patch"]),
    ("gcc", &["cc", "ld", "ar", "strip"]),
    ("g++", &["gcc", "cc", "c++", "ld", "ar", "strip"]),
    ("openssh-client", &["ssh", "scp", "ssh-keyscan"]),
    ("gnupg", &["gpg"]),
    ("imagemagick", &["convert", "magick", "identify", "mogrify"]),
    ("procps", &["ps", "top", "pgrep", "pkill", "free", "watch"]),
];

/// How much of a system an image holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum System {
    /// Debian with `buildpack-deps`.
    Full,
    /// Debian or Ubuntu with little.
    Small,
    /// Ubuntu with curl and wget.
    Downloading,
    /// BusyBox and musl.
    Alpine,
    /// No distribution.
    None,
    /// That is not known.
    Unknown,
}

/// What an image holds, by its reference.
fn system_of(repository: &str, tag: &str) -> System {
    let has = |word: &str| tag.split('-').any(|own| own == word);
    if repository == "scratch" || repository.contains("distroless") {
        return System::None;
    }
    if repository.contains('/') && !repository.starts_with("mcr.microsoft.com/dotnet/") {
        return System::Unknown;
    }
    if repository == "alpine" || tag.split('-').any(|own| own.starts_with("alpine")) {
        return System::Alpine;
    }
    match repository {
        "debian" | "ubuntu" | "httpd" | "redis" | "postgres" | "memcached" | "haproxy" => {
            System::Small
        }
        "mcr.microsoft.com/dotnet/aspnet"
        | "mcr.microsoft.com/dotnet/runtime"
        | "mcr.microsoft.com/dotnet/runtime-deps" => System::Small,
        "node" | "python" | "ruby" | "rust" | "perl" if has("slim") => System::Small,
        "node" | "python" | "ruby" | "rust" | "perl" | "buildpack-deps" => System::Full,
        "eclipse-temurin" => System::Downloading,
        _ => System::Unknown,
    }
}

/// Whether the image with a reference is known to lack a program.
pub(super) fn lacks(reference: &str, program: &str) -> bool {
    let Ok(parsed) = ImageReference::parse(reference) else { return false };
    let tag = parsed.tag.unwrap_or_default();
    let repository = parsed.repository.as_str();
    let name = repository.rsplit('/').next().unwrap_or_default();
    let is = |list: &[&str]| list.contains(&program);
    match system_of(repository, &tag) {
        System::Full | System::Unknown => false,
        System::Downloading => {
            !matches!(program, "curl" | "gpg" | "openssl") && is(&OF_FULL)
                || program != "wget" && is(&OF_BUSYBOX)
        }
        _ if name == "python" && program.starts_with("python3") => false,
        System::Small => is(&OF_FULL) || is(&OF_BUSYBOX),
        // Both add it, PHP with what it needs for its sources.
        System::Alpine if matches!(name, "nginx" | "php") && program == "curl" => false,
        System::Alpine if name == "php" && program == "openssl" => false,
        System::Alpine => is(&OF_FULL) || is(&OF_DEBIAN),
        System::None => {
            let is_own = !program.is_empty() && name.contains(program.trim_end_matches('3'));
            let any = is(&OF_FULL) || is(&OF_BUSYBOX) || is(&OF_DEBIAN) || is(&OF_ALL);
            any && !is_own
        }
    }
}

/// The programs that instructions call and an image lacks, each once, but for those that the same
/// instructions bring: by a package, or a copied file of that name.
pub(super) fn missing(
    subject: &Subject<'_>,
    instructions: impl IntoIterator<Item = usize>,
    reference: &str,
) -> Vec<String> {
    let indexes: Vec<usize> = instructions.into_iter().collect();
    let mut missing: Vec<String> = Vec::new();
    for program in called(subject, &indexes) {
        let is_new = lacks(reference, &program) && !missing.contains(&program);
        if is_new && !is_brought(subject, &indexes, &program) {
            missing.push(program);
        }
    }
    missing
}

/// The `RUN` that installs some programs, from small packages alone; `None` where one is large or
/// comes from elsewhere.
pub(super) fn install(programs: &[String], is_alpine: bool) -> Option<String> {
    let mut names: Vec<&str> = Vec::new();
    for program in programs {
        let name = packages_of(program, is_alpine)?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Some(install_packages(&names.join(" "), is_alpine))
}

/// The small packages that bring a program, with blanks between them; `None` where there are none.
pub(super) fn packages_of(program: &str, is_alpine: bool) -> Option<&'static str> {
    let (_, debian, alpine) = PACKAGES.iter().find(|(own, ..)| *own == program)?;
    Some(if is_alpine { alpine } else { debian })
}

/// The `RUN` that installs packages of Debian or Alpine and leaves nothing else.
pub(super) fn install_packages(names: &str, is_alpine: bool) -> String {
    match is_alpine {
        true => format!("RUN apk add --no-cache {names}"),
        false => format!(
            "RUN apt-get update && apt-get install -y --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*"
        ),
    }
}

/// The program that `tar` calls for what it packs or unpacks: an option says so, or the end of a name.
fn packer(line: &CommandLine) -> Option<&'static str> {
    let asks = |letter: char, option: &str, ends: &[&str]| {
        line.words().enumerate().any(|(at, word)| {
            let is_letters = (at == 0 || word.starts_with('-')) && !word.starts_with("--");
            let letters = word.split(['/', '.']).next().unwrap_or_default();
            word == option
                || ends.iter().any(|end| word.ends_with(end))
                || is_letters && letters.contains(letter)
        })
    };
    match line.program_name() {
        "tar" if asks('J', "--xz", &[".tar.xz", ".txz"]) => Some("xz"),
        "tar" if asks('j', "--bzip2", &[".tar.bz2", ".tbz2"]) => Some("bzip2"),
        _ => None,
    }
}

/// Every program that some instructions call, by its name without a folder.
pub(super) fn called(subject: &Subject<'_>, indexes: &[usize]) -> Vec<String> {
    let mut names = Vec::new();
    for index in indexes {
        let Some(instruction) = subject.dockerfile.instructions.get(*index) else { continue };
        let run = subject.run(*index);
        let commands = run.iter().flat_map(|run| &run.commands);
        names.extend(commands.clone().map(|it| it.line.program_name().to_owned()));
        names.extend(commands.filter_map(|it| packer(&it.line)).map(str::to_owned));
        names.extend(run.filter(|run| !run.is_exec).map(|_| "sh".to_owned()));
        names.extend(started(instruction).iter().map(|it| it.program_name().to_owned()));
        if let InstructionKind::Shell(words) = &instruction.kind {
            names.extend(words.first().and_then(|it| it.rsplit('/').next()).map(str::to_owned));
        }
    }
    names
}

/// The command lines that a `CMD`, `ENTRYPOINT` or `HEALTHCHECK` starts, the shell's own among them.
fn started(instruction: &Instruction) -> Vec<CommandLine> {
    let command = match &instruction.kind {
        InstructionKind::Cmd(command) | InstructionKind::Entrypoint(command) => command,
        InstructionKind::Healthcheck(Some(command)) => command,
        _ => return Vec::new(),
    };
    let environment = Environment { most_work: Some(10_000), ..Environment::default() };
    let (mut lines, found): (Vec<CommandLine>, Vec<Invocation>) = match command {
        Command::Exec(words, _) => {
            let own = CommandLine::of_words(words.iter().map(String::as_str));
            let walk = list_exec_invocations(words, Span::at(0), &environment);
            (vec![own], walk.invocations)
        }
        Command::Shell(text) => {
            let script = shell::script_of_run(&text.text, &[]).unwrap_or_default();
            let walk = list_invocations(&parse(&script), &environment);
            (vec![CommandLine::of_words(["sh"])], walk.invocations)
        }
    };
    lines.extend(found.iter().map(CommandLine::from));
    lines
}

/// Whether a package of a distribution, as it is asked for, brings a program.
pub(super) fn brings(package: &str, program: &str) -> bool {
    let bare = package.split(['=', '~', '<', '>', ':']).next().unwrap_or(package);
    let mut bundles = BUNDLES.iter().filter(|(own, _)| *own == bare);
    // What a program comes with stands before it.
    let mut single = [false, true].iter().filter_map(|is_alpine| packages_of(program, *is_alpine));
    bare == program
        || single.any(|names| names.rsplit(' ').next() == Some(bare))
        || bundles.any(|(_, programs)| programs.contains(&program))
}

/// Whether instructions install a program, or copy a file that is named so.
pub(super) fn is_brought(subject: &Subject<'_>, indexes: &[usize], program: &str) -> bool {
    let mut runs = indexes.iter().filter_map(|index| subject.run(*index));
    let is_installed = runs.any(|run| {
        let actions = run.commands.iter().filter_map(|command| command.action.as_ref());
        let installs = actions.filter(|action| action.kind == ActionKind::Install);
        let mut packages = installs.filter(|it| is_of_system(it)).flat_map(|it| &it.packages);
        packages.any(|package| brings(package, program))
    });
    let mut own = indexes.iter().filter_map(|it| subject.dockerfile.instructions.get(*it));
    is_installed
        || own.any(|it| {
            let copies = matches!(it.kind, InstructionKind::Copy(_) | InstructionKind::Add(_));
            let mut words = it.text.split(['/', ' ', '\t', '"', ',', '=', '[', ']']);
            copies && words.any(|word| word == program)
        })
}

/// Whether an action is one of a distribution's package manager.
pub(super) fn is_of_system(action: &packages::Action) -> bool {
    let id = action.manager.map_or("", |manager| manager.id);
    matches!(id, "apt" | "apk" | "dnf" | "zypper" | "pacman")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_image_lacks_what_only_larger_ones_have() {
        let asked = ["sh", "bash", "curl", "wget", "gcc", "python3", "useradd", "app"];
        for (reference, lacked) in [
            ("node:22", ""),
            ("node:22-bookworm-slim", "curl wget gcc python3"),
            ("python:3.12-slim", "curl wget gcc"),
            ("node:22-alpine", "bash curl gcc python3 useradd"),
            ("nginx:1.29-alpine", "bash gcc python3 useradd"),
            ("mcr.microsoft.com/dotnet/aspnet:9.0", "curl wget gcc python3"),
            ("eclipse-temurin:21-jre", "gcc python3"),
            ("gcr.io/distroless/static-debian13", "sh bash curl wget gcc python3 useradd"),
            ("gcr.io/distroless/python3-debian13", "sh bash curl wget gcc useradd"),
            ("acme/node:22-slim-of-ours", ""),
        ] {
            let found = asked.iter().filter(|program| lacks(reference, program));
            assert_eq!(found.copied().collect::<Vec<_>>().join(" "), lacked, "{reference}");
        }
    }

    #[test]
    fn a_package_brings_its_own_programs() {
        for (package, program, expected) in [
            ("curl", "curl", true),
            ("curl=7.88.1-10", "curl", true),
            ("ca-certificates", "curl", false),
            ("xz-utils", "xz", true),
            ("procps", "pgrep", true),
            ("git", "git", true),
            ("git-lfs", "git", false),
        ] {
            assert_eq!(brings(package, program), expected, "{package} and {program}");
        }
    }

    #[test]
    fn tar_calls_who_packs() {
        for (words, expected) in [
            ("tar xJ -C /opt", Some("xz")),
            ("tar -xf a.tar.xz", Some("xz")),
            ("tar --bzip2 -xf a", Some("bzip2")),
            ("tar xzf a.tar.gz -C /opt/Java", None),
            ("tar -xf /Java/a.tar", None),
            ("unzip J.zip", None),
        ] {
            let line = CommandLine::of_words(words.split(' '));
            assert_eq!(packer(&line), expected, "{words}");
        }
    }
}
