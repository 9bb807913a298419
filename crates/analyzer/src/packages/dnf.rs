//! DNF and its kin, `yum`, `microdnf` and `tdnf`: packages of RPM distributions.
//!
//! No table of their packages is known, so Debian's stand in. Lists of packages stay in
//! `/var/cache/dnf` (`/var/cache/libdnf5` from Fedora 41 on, `/var/cache/yum` of yum and microdnf)
//! until `clean all`; how much that is differs by distribution and is assumed.

use super::common::{self, Kilobytes};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager, stand_in};

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "dnf",
    title: "DNF",
    programs: &["dnf", "dnf5", "dnf-3", "yum", "microdnf", "tdnf"],
    caches: &[
        CacheFolder {
            path: "/var/cache/dnf",
            holds: "lists of packages",
            cleaner: "dnf clean all",
        },
        CacheFolder {
            path: "/var/cache/yum",
            holds: "lists of packages",
            cleaner: "yum clean all",
        },
    ],
    read,
    perform,
    examples: &[
        (
            "dnf install -y --setopt=install_weak_deps=0 git gcc-c++",
            ActionKind::Install,
            "git gcc-c++",
        ),
        ("yum -y --enablerepo epel install nginx", ActionKind::Install, "nginx"),
        ("microdnf install --nodocs tar-1.34", ActionKind::Install, "tar-1.34"),
        ("dnf groupinstall Development", ActionKind::Install, "@Development"),
        ("dnf module install -y nodejs:20/minimal", ActionKind::Install, "nodejs"),
        ("dnf module enable -y php:8.2", ActionKind::Update, ""),
        ("dnf update -y", ActionKind::Upgrade, ""),
        ("dnf makecache", ActionKind::Update, ""),
        ("dnf remove -y gcc", ActionKind::Remove, "gcc"),
        ("microdnf clean all", ActionKind::Clean, ""),
        ("yum --version", ActionKind::Nothing, ""),
    ],
};

const VALUED: &[&str] = &[
    "--enablerepo",
    "--disablerepo",
    "--repo",
    "--repoid",
    "--releasever",
    "--installroot",
    "-c",
    "--setopt",
    "--exclude",
    "-x",
    "--disableplugin",
];

/// Thousands of bytes of lists, by distribution; assumed.
const LISTS: &[(&str, Kilobytes)] = &[
    ("fedora", [90_000, 230_000, 450_000]),
    ("amazon", [60_000, 180_000, 400_000]),
    ("photon", [8_000, 30_000, 100_000]),
    ("azurelinux", [8_000, 30_000, 100_000]),
    ("", [20_000, 80_000, 260_000]),
];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    let (kind, named, is_group) = match words.as_slice() {
        ["group", "install", rest @ ..] | ["groupinstall", rest @ ..] => {
            (ActionKind::Install, rest, true)
        }
        ["install" | "in" | "localinstall" | "reinstall" | "builddep", rest @ ..] => {
            (ActionKind::Install, rest, false)
        }
        // `nodejs:20/common` is a stream of a module, whose profile's packages come.
        ["module", "install", rest @ ..] => (ActionKind::Install, rest, false),
        ["module", "enable" | "reset" | "disable" | "switch-to", ..] => {
            (ActionKind::Update, [].as_slice(), false)
        }
        ["update" | "upgrade" | "distro-sync", ..] => (ActionKind::Upgrade, [].as_slice(), false),
        ["makecache" | "check-update", ..] => (ActionKind::Update, [].as_slice(), false),
        ["remove" | "erase" | "autoremove", rest @ ..] => (ActionKind::Remove, rest, false),
        ["clean", ..] => (ActionKind::Clean, [].as_slice(), false),
        _ => (ActionKind::Nothing, [].as_slice(), false),
    };
    let start = if is_group { "@" } else { "" };
    let is_module = words.first() == Some(&"module");
    let name = |word: &str| match word.split_once([':', '/']) {
        Some((module, _)) if is_module => module.to_owned(),
        _ => format!("{start}{word}"),
    };
    let packages = named.iter().map(|word| name(word)).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

/// `tar` of `tar-1.34` and of `tar.x86_64`.
fn bare(word: &str) -> String {
    let word = word.strip_suffix(".x86_64").or(word.strip_suffix(".noarch")).unwrap_or(word);
    let is_version = |rest: &str| {
        rest.starts_with(|first: char| first.is_ascii_digit()) || rest.starts_with('*')
    };
    let is_plain = word.starts_with("java-") || word.contains("://") || word.starts_with('@');
    let end = word.match_indices('-').find(|(at, _)| is_version(word.get(at + 1..).unwrap_or("")));
    match end {
        Some((at, _)) if !is_plain => word.get(..at).unwrap_or(word).to_owned(),
        _ => word.to_owned(),
    }
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    match action.kind {
        ActionKind::Install => {
            keep_lists(line, machine);
            let words: Vec<String> = action.packages.iter().map(|word| bare(word)).collect();
            let is_off = line.words().any(|word| {
                let word = word.trim_start_matches("--setopt=");
                word.strip_prefix("install_weak_deps=").is_some_and(|it| {
                    matches!(it.to_ascii_lowercase().as_str(), "0" | "false" | "no")
                })
            });
            let has_weak = !matches!(line.program_name(), "yum" | "tdnf");
            stand_in::install("dnf", &words, has_weak && !is_off, machine);
            stand_in::write_database(machine);
        }
        ActionKind::Upgrade => {
            keep_lists(line, machine);
            stand_in::upgrade([0, 60_000, 350_000], machine);
            stand_in::write_database(machine);
        }
        ActionKind::Update => keep_lists(line, machine),
        ActionKind::Remove => stand_in::write_database(machine),
        ActionKind::Clean => {
            ["/var/cache/dnf", "/var/cache/libdnf5", "/var/cache/yum", "/var/cache/tdnf"]
                .iter()
                .for_each(|folder| machine.remove(folder));
        }
        _ => {}
    }
}

fn keep_lists(line: &CommandLine, machine: &mut dyn Machine) {
    let distribution = machine.base().map(|base| base.distribution.clone()).unwrap_or_default();
    let row = LISTS.iter().find(|(name, _)| distribution.starts_with(name));
    let size = row.map_or([20_000, 100_000, 450_000], |(_, size)| *size);
    let release = distribution.strip_prefix("fedora ").and_then(|it| it.parse::<u32>().ok());
    let folder = match line.program_name() {
        "yum" | "microdnf" => "/var/cache/yum",
        "tdnf" => "/var/cache/tdnf",
        _ if release.is_some_and(|release| release > 40) => "/var/cache/libdnf5",
        _ => "/var/cache/dnf",
    };
    common::fill(folder, stand_in::lists(size), machine);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn debian_stands_in_for_packages_and_the_rest_is_assumed() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            put /var/cache/dnf: 80.0 MB (20.0 MB to 260 MB), Cache, assumed. Lists of the repositories' packages; assumed.
            ? No table of this distribution's packages is known; Debian's stand in for them.
            put /usr: 372 MB (176 MB to 743 MB), Packages, assumed. gcc-c++, git: what Debian's packages of these names would add stands in; assumed.
            settle /var/lib/rpm: 6.00 MB (1.50 MB to 22.0 MB), Packages, assumed. The database of packages, which is written again as a whole; assumed."#]]
            .assert_eq(&machine.run("dnf install -y --setopt=install_weak_deps=0 gcc-c++ git"));
        expect![[r#"
            put /var/cache/dnf: 80.0 MB (20.0 MB to 260 MB), Cache, assumed. Lists of the repositories' packages; assumed.
            ? What nothing-of-the-kind brings is not known here.
            ? No table of this distribution's packages is known; Debian's stand in for them.
            put /usr: 6.00 MB (100 kB to 80.0 MB), Packages, assumed. gcc, nothing-of-the-kind: what Debian's packages of these names would add stands in; assumed.
            settle /var/lib/rpm: 6.00 MB (1.50 MB to 22.0 MB), Packages, assumed. The database of packages, which is written again as a whole; assumed."#]].assert_eq(&machine.run("dnf install -y gcc nothing-of-the-kind"));
        expect![[r#"
            put /var/cache/yum: 80.0 MB (20.0 MB to 260 MB), Cache, assumed. Lists of the repositories' packages; assumed.
            ? No table of this distribution's packages is known; Debian's stand in for them.
            put /usr: 217 MB (94.5 MB to 469 MB), Packages, assumed. tar, java-17-openjdk-headless: what Debian's packages of these names would add stands in; assumed.
            settle /var/lib/rpm: 6.00 MB (1.50 MB to 22.0 MB), Packages, assumed. The database of packages, which is written again as a whole; assumed."#]].assert_eq(&machine.run("microdnf install tar-1.34 java-17-openjdk-headless"));
        expect![[r#"
            remove /var/cache/dnf
            remove /var/cache/libdnf5
            remove /var/cache/yum
            remove /var/cache/tdnf"#]]
        .assert_eq(&machine.run("dnf clean all"));
    }

    #[test]
    fn versions_fall_off_names() {
        for (word, expected) in [
            ("tar-1.34", "tar"),
            ("python3.11", "python3.11"),
            ("gcc-c++", "gcc-c++"),
            ("java-17-openjdk-headless", "java-17-openjdk-headless"),
            ("openssl-devel.x86_64", "openssl-devel"),
            ("nginx-1.24*", "nginx"),
        ] {
            assert_eq!(super::bare(word), expected, "the name of `{word}`");
        }
    }
}
