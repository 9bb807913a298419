//! Where Python keeps packages.
//!
//! The official image has its own Python below `/usr/local`; Debian's keeps what pip installs in
//! `/usr/local/lib/python3.X/dist-packages`
//! (<https://wiki.debian.org/Python#Deviations_from_upstream>), Alpine's in `/usr/lib`. A virtual
//! environment comes before either.

use super::super::common::{join, last_name};
use super::super::{CommandLine, Machine};

/// Where packages go, and the programs that they bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) struct Place {
    /// The folder of packages.
    pub(in super::super) site: String,
    /// The folder of programs.
    pub(in super::super) bin: String,
    /// Whether it is the Python's own folder, where the image has pip already.
    pub(in super::super) is_own: bool,
}

/// Releases of distributions and the Python they have.
const PYTHON_OF: &[(&str, &str)] = &[
    ("debian 10", "3.7"),
    ("debian 11", "3.9"),
    ("debian 12", "3.11"),
    ("debian 13", "3.13"),
    ("ubuntu 18.04", "3.6"),
    ("ubuntu 20.04", "3.8"),
    ("ubuntu 22.04", "3.10"),
    ("ubuntu 24.04", "3.12"),
    ("alpine 3.14", "3.9"),
    ("alpine 3.15", "3.9"),
    ("alpine 3.16", "3.10"),
    ("alpine 3.17", "3.10"),
    ("alpine 3.18", "3.11"),
    ("alpine 3.19", "3.11"),
    ("alpine 3.20", "3.12"),
    ("alpine 3.21", "3.12"),
    ("alpine 3.22", "3.12"),
];

/// The Python where nothing tells another.
const NEWEST: &str = "3.13";

/// The first two numbers of the Python's version: `3.11`.
pub(in super::super) fn python_version(machine: &dyn Machine) -> String {
    let named = machine.variable("PYTHON_VERSION").and_then(|value| two_numbers(&value));
    let base = machine.base();
    let tag_of = |reference: &str| {
        let slash = reference.rfind('/').map_or(0, |at| at + 1);
        let (name, tag) = reference.get(slash..)?.split_once(':')?;
        let is_python = name.ends_with("python") || name.ends_with("pypy");
        let tag = tag.split_once("python").map(|(_, rest)| rest).or(is_python.then_some(tag));
        two_numbers(tag?)
    };
    let tag = tag_of(machine.base_reference());
    let release = || {
        let distribution = &base?.distribution;
        let row = PYTHON_OF.iter().find(|(name, _)| distribution.starts_with(name));
        row.map(|(_, version)| (*version).to_owned())
    };
    named.or(tag).or_else(release).unwrap_or_else(|| NEWEST.to_owned())
}

/// `3.11` of `3.11.9-slim`.
fn two_numbers(text: &str) -> Option<String> {
    let end = text.find(|it: char| !it.is_ascii_digit() && it != '.').unwrap_or(text.len());
    let mut parts = text.get(..end)?.split('.');
    let (major, minor) = (parts.next()?, parts.next()?);
    (!major.is_empty() && !minor.is_empty()).then(|| format!("{major}.{minor}"))
}

/// The place below a prefix: a virtual environment, `/usr/local`, `/opt/conda`.
pub(in super::super) fn place_in(prefix: &str, machine: &dyn Machine) -> Place {
    let version = python_version(machine);
    Place {
        site: join(prefix, &format!("lib/python{version}/site-packages")),
        bin: join(prefix, "bin"),
        is_own: false,
    }
}

/// Prefixes that are no virtual environments.
const SYSTEM: &[&str] = &["", "/usr", "/usr/local"];

/// The virtual environment that a program works in: its own folder's, the one that the step turned
/// to, or the one that `PATH` puts in front.
pub(in super::super) fn environment(line: &CommandLine, machine: &dyn Machine) -> Option<String> {
    let own = line.program.rsplit_once('/').and_then(|(folder, _)| folder.strip_suffix("/bin"));
    if let Some(own) = own {
        return (!SYSTEM.contains(&own)).then(|| own.to_owned());
    }
    if let Some(entered) = machine.entered() {
        return Some(entered.to_owned());
    }
    let named = machine.variable("VIRTUAL_ENV").filter(|path| !path.is_empty());
    let path = machine.variable("PATH").unwrap_or_default();
    let prefixes = path.split(':').filter_map(|folder| folder.strip_suffix("/bin"));
    let first = prefixes.take_while(|prefix| !SYSTEM.contains(prefix)).find(|prefix| {
        let is_named = named.as_deref() == Some(*prefix) || *prefix == "/opt/conda";
        is_named
            || machine.holds(&join(prefix, "pyvenv.cfg"))
            || last_name(prefix, "").ends_with("env")
    });
    let found = first.map(str::to_owned);
    found.or_else(|| named.filter(|path| machine.holds(&join(path, "pyvenv.cfg"))))
}

/// Where an installer puts packages that is not told where.
pub(in super::super) fn place_of(line: &CommandLine, machine: &dyn Machine) -> Place {
    if let Some(environment) = environment(line, machine) {
        return Place { is_own: true, ..place_in(&environment, machine) };
    }
    let home = machine.home();
    if home.starts_with("/home/") {
        // The system's folder is not theirs to write.
        return place_in(&join(&home, ".local"), machine);
    }
    let base = machine.base();
    let is_official = machine.variable("PYTHON_VERSION").is_some()
        || base.is_some_and(|base| base.reference.starts_with("python"));
    let family = base.map_or("", |base| base.distribution.split(' ').next().unwrap_or_default());
    let mut place = place_in("/usr/local", machine);
    match family {
        "debian" | "ubuntu" if !is_official => {
            place.site = place.site.replace("site-packages", "dist-packages");
        }
        "alpine" if !is_official => place = place_in("/usr", machine),
        _ => {}
    }
    Place { is_own: true, ..place }
}
