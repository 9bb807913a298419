//! Packages of distributions without tables, by what Debian's of the same name bring.
//!
//! What is computed so is an assumption and said to be one: distributions split packages
//! differently and depend more or less freely. Names that Debian does not have, under any of the
//! spellings tried, count as a typical package.

use super::common::{CACHE, Kilobytes, PROGRAMS};
use super::{Contents, Kept, Machine, PackageIndex, find, weigh};
use crate::layer::{ByteRange, Category};

/// The release that stands in.
const INDEX: &str = "debian-trixie";
/// Shares of what Debian's packages would add, in per cent; assumed.
const SHARES: [u64; 3] = [45, 95, 190];
/// Bytes of a package that Debian has under no spelling; assumed.
const OTHER: [u64; 3] = [100_000, 6_000_000, 80_000_000];
/// Bytes of a group of packages such as `@development-tools`; assumed.
const GROUP: [u64; 3] = [250_000_000, 480_000_000, 900_000_000];
/// Bytes of a package file that an address names; those that only name a repository are small.
const FILE: [u64; 3] = [1_000_000, 25_000_000, 300_000_000];
const REPOSITORY: [u64; 3] = [10_000, 60_000, 2_000_000];

/// The database of RPM, which every transaction writes again as a whole; assumed.
const DATABASE: Kilobytes = [1_500, 6_000, 22_000];

/// Names of other distributions and Debian's for the same.
const SPELLINGS: &[(&str, &str)] = &[
    ("base-devel", "build-essential"),
    ("bind-utils", "bind9-dnsutils"),
    ("bzip2-devel", "libbz2-dev"),
    ("gcc-c++", "g++"),
    ("glibc-langpack-en", "locales"),
    ("go", "golang"),
    ("httpd", "apache2"),
    ("iproute", "iproute2"),
    ("iputils", "iputils-ping"),
    ("java-1.8.0-openjdk", "openjdk-21-jre"),
    ("jdk-openjdk", "openjdk-21-jdk"),
    ("libcurl-devel", "libcurl4-openssl-dev"),
    ("libjpeg-turbo-devel", "libjpeg62-turbo-dev"),
    ("mariadb-devel", "libmariadb-dev"),
    ("ncurses-devel", "libncurses-dev"),
    ("ninja-build", "ninja-build"),
    ("nmap-ncat", "ncat"),
    ("openssh", "openssh-client"),
    ("openssh-clients", "openssh-client"),
    ("openssl-devel", "libssl-dev"),
    ("pkgconf", "pkg-config"),
    ("pkgconf-pkg-config", "pkg-config"),
    ("postgresql-devel", "libpq-dev"),
    ("procps-ng", "procps"),
    ("python", "python3"),
    ("python3-devel", "python3-dev"),
    ("readline-devel", "libreadline-dev"),
    ("shadow-utils", "passwd"),
    ("sqlite", "sqlite3"),
    ("sqlite-devel", "libsqlite3-dev"),
    ("vim-enhanced", "vim"),
    ("which", "debianutils"),
    ("xz", "xz-utils"),
    ("xz-devel", "liblzma-dev"),
    ("zlib-devel", "zlib1g-dev"),
];

/// What Debian may call a package.
fn spellings(name: &str) -> Vec<String> {
    let named =
        SPELLINGS.iter().find(|(own, _)| *own == name).map(|(_, other)| (*other).to_owned());
    let mut all: Vec<String> = named.into_iter().collect();
    all.push(name.to_owned());
    if let Some(stem) = name.strip_suffix("-devel") {
        all.push(format!("{stem}-dev"));
        all.push(format!("lib{stem}-dev"));
    }
    if name.starts_with("java-") {
        let kind = if name.ends_with("-devel") { "jdk" } else { "jre" };
        let headless = if name.contains("headless") { "-headless" } else { "" };
        all.push(format!("openjdk-21-{kind}{headless}"));
    }
    let starts = ["python3.", "nodejs", "postgresql", "golang", "php"];
    if let Some(start) = starts.iter().find(|start| name.starts_with(**start)) {
        all.push(start.trim_end_matches('.').to_owned());
    }
    all
}

/// Installs packages by name and tells what they weigh; `weak` says whether what they recommend
/// comes too.
pub(super) fn install(
    manager: &'static str,
    words: &[String],
    weak: bool,
    machine: &mut dyn Machine,
) -> ByteRange {
    let (mut bytes, mut names) = (ByteRange::NOTHING, Vec::new());
    for word in words {
        match word.as_str() {
            "" => machine.doubt("Which packages a variable names is not known.".to_owned()),
            group if group.starts_with('@') => bytes = bytes + ByteRange::new(GROUP),
            file if file.contains("://") || file.ends_with(".rpm") => {
                let is_small = file.contains("release") || file.contains("repo");
                bytes = bytes + ByteRange::new(if is_small { REPOSITORY } else { FILE });
            }
            name => names.push(name.to_owned()),
        }
    }
    let Some(index) = find(INDEX) else {
        machine.want_table(INDEX);
        return bytes;
    };
    let (known, unknown) = add(manager, &names, weak, index, machine);
    let count = unknown.len() as u64;
    bytes = bytes + known + ByteRange::new(OTHER).share(count, 1);
    if bytes == ByteRange::NOTHING {
        return bytes;
    }
    if !unknown.is_empty() {
        machine.doubt(format!("What {} brings is not known here.", unknown.join(", ")));
    }
    machine.doubt(
        "No table of this distribution's packages is known; Debian's stand in for them.".to_owned(),
    );
    let why = format!(
        "{}: what Debian's packages of these names would add stands in; assumed.",
        words.join(", ")
    );
    machine.put("/usr", Contents { bytes, ..packages([0; 3], &why) });
    bytes
}

/// Lists of the repositories' packages.
pub(super) fn lists(size: Kilobytes) -> Contents {
    CACHE.assumed(size, "Lists of the repositories' packages; assumed.")
}

/// Brings packages up to date and tells what that weighs.
pub(super) fn upgrade(size: Kilobytes, machine: &mut dyn Machine) -> ByteRange {
    machine.doubt("How much an upgrade brings depends on the day of the build.".to_owned());
    let why = "Packages brought up to date; how many depends on the day of the build.";
    let contents = packages(size, why);
    let bytes = contents.bytes;
    machine.put("/usr", contents);
    bytes
}

/// Writes the database of RPM.
pub(super) fn write_database(machine: &mut dyn Machine) {
    let why = "The database of packages, which is written again as a whole; assumed.";
    machine.settle("/var/lib/rpm", packages(DATABASE, why));
}

fn packages(size: Kilobytes, why: &str) -> Contents {
    Contents { category: Category::Packages, ..PROGRAMS.assumed(size, why) }
}

/// What packages add besides those of the stage so far, and the names that nothing stands in for.
fn add(
    manager: &'static str,
    names: &[String],
    weak: bool,
    index: &PackageIndex,
    machine: &mut dyn Machine,
) -> (ByteRange, Vec<String>) {
    let mut start = index.base("debian:trixie");
    let before: Vec<String> = machine.installed(manager).iter().cloned().collect();
    let before: Vec<&str> = before.iter().map(String::as_str).collect();
    let there = index.close(&before, &start, false);
    start.add(&there);
    let (mut found, mut unknown) = (Vec::new(), Vec::new());
    for name in names {
        let all = spellings(name);
        let known = all.into_iter().find(|it| index.close(&[it], &start, false).missing.is_empty());
        match known {
            Some(known) => found.push(known),
            None => unknown.push(name.clone()),
        }
    }
    machine.installed(manager).extend(found.iter().cloned());
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    let size = |recommends: bool| {
        let closure = index.close(&found, &start, recommends);
        if closure.packages.is_empty() {
            return ByteRange::NOTHING;
        }
        ByteRange::of(&weigh(index, &closure, &start, Kept::default(), false).bytes)
    };
    let least = size(false);
    let most = if weak { size(true) } else { least };
    let likely = least.likely() / 2 + most.likely() / 2;
    (ByteRange::new([least.likely(), likely, most.likely()]).between_shares(SHARES), unknown)
}
