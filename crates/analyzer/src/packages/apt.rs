//! APT: `apt-get`, `apt`, `aptitude`; and `dpkg -i`, which installs by hand.

use super::distribution::{self, Installer, Wish};
use super::{Action, ActionKind, CacheFolder, CommandLine, Kept, Machine, PackageManager};

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "apt",
    title: "APT",
    programs: &["apt-get", "apt", "aptitude", "apt-mark", "dpkg"],
    caches: &[
        CacheFolder {
            path: "/var/lib/apt/lists",
            holds: "lists of packages",
            cleaner: "rm -rf /var/lib/apt/lists/*",
        },
        CacheFolder {
            path: "/var/cache/apt",
            holds: "downloaded packages",
            cleaner: "apt-get clean",
        },
    ],
    read,
    perform,
    examples: &[
        ("apt-get update", ActionKind::Update, ""),
        ("apt-get install -y --no-install-recommends curl git", ActionKind::Install, "curl git"),
        ("apt-get -y -t bookworm-backports install foo", ActionKind::Install, "foo"),
        (
            "apt-get -o Acquire::Retries=3 install -qq make=4.3-4.1 libc6:amd64",
            ActionKind::Install,
            "make=4.3-4.1 libc6:amd64",
        ),
        ("apt install ./local.deb", ActionKind::Install, "./local.deb"),
        ("apt-get upgrade -y", ActionKind::Upgrade, ""),
        ("apt-get dist-upgrade", ActionKind::Upgrade, ""),
        ("apt-get purge -y --auto-remove gcc", ActionKind::Remove, "gcc"),
        ("apt-get autoremove -y", ActionKind::Remove, ""),
        ("apt-get clean", ActionKind::Clean, ""),
        ("apt-get download nginx", ActionKind::Install, "nginx"),
        ("apt-get build-dep python3", ActionKind::Install, "python3"),
        ("apt-get --version", ActionKind::Nothing, ""),
        ("apt-mark auto .*", ActionKind::Nothing, ""),
        ("dpkg -i ./local.deb", ActionKind::Install, "./local.deb"),
        ("dpkg --print-architecture", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] =
    &["-t", "--target-release", "--default-release", "-o", "--option", "-c", "--config-file", "-a"];

fn read(line: &CommandLine) -> Option<Action> {
    if line.program_name() == "dpkg" {
        return Some(read_dpkg(line));
    }
    Some(distribution::read(line, VALUED, |words| match words.first().copied() {
        Some("update") => ActionKind::Update,
        Some("install" | "reinstall" | "build-dep" | "satisfy" | "download") => ActionKind::Install,
        Some("upgrade" | "dist-upgrade" | "full-upgrade" | "safe-upgrade") => ActionKind::Upgrade,
        Some("remove" | "purge" | "autoremove" | "autopurge") => ActionKind::Remove,
        Some("clean" | "autoclean" | "auto-clean" | "distclean") => ActionKind::Clean,
        _ => ActionKind::Nothing,
    }))
}

/// `dpkg -i` installs files; nothing else of it writes anything worth a number.
fn read_dpkg(line: &CommandLine) -> Action {
    if !line.has_flag(&["-i", "--install", "--unpack"]) {
        return Action::new(ActionKind::Nothing, line);
    }
    // Without a folder a name would be that of a package of the index.
    let files = line.operands(&[]).into_iter().map(|file| match file.text.contains('/') {
        true => file.text.clone(),
        false => format!("./{}", file.text),
    });
    Action { packages: files.collect(), ..Action::new(ActionKind::Install, line) }
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let mut installer = Installer { manager: "apt", machine };
    let command = action.line.operands(VALUED).first().map(|it| it.text.clone());
    let command = command.unwrap_or_default();
    match action.kind {
        ActionKind::Update => installer.put_lists("/var/lib/apt/lists"),
        ActionKind::Install if command == "build-dep" => {
            installer.install_build_dependencies(&action.packages);
        }
        // What is named alone comes, into the working directory.
        ActionKind::Install if command == "download" => {
            installer.download_alone(&action.packages, ".");
        }
        ActionKind::Install
            if action.line.has_flag(&["--reinstall"])
                && action.line.has_flag(&["-d", "--download-only"]) =>
        {
            installer.download_alone(&action.packages, "/var/cache/apt/archives");
        }
        ActionKind::Install => {
            let recommends = recommends(&action.line);
            let kept = Kept { lists: false, caches: installer.machine.is_gone(DOCKER_CLEAN) };
            let words = action.packages.clone();
            let wish = Wish { words, recommends, ..Wish::default() };
            match action.line.has_flag(&["-d", "--download-only"]) {
                true => installer.download(&wish),
                false => installer.install(wish, kept),
            }
        }
        ActionKind::Upgrade => installer.upgrade(),
        ActionKind::Remove => {
            let sweeps = command.starts_with("auto")
                || action.line.has_flag(&["--auto-remove", "--autoremove"]);
            installer.remove(&action.packages, sweeps);
        }
        ActionKind::Clean => installer.machine.remove("/var/cache/apt"),
        ActionKind::Nothing if action.line.program_name() == "apt-mark" => {
            let words: Vec<&str> = action.line.words().collect();
            if words.first() == Some(&"auto") && words.contains(&".*") {
                installer.machine.ledger().mark_all_automatic();
            }
        }
        ActionKind::Build | ActionKind::Nothing => {}
    }
}

/// What official images have in place so that downloads are removed at once
/// (`scripts/.docker-image` of debuerreotype); who removes it keeps them.
const DOCKER_CLEAN: &str = "/etc/apt/apt.conf.d/docker-clean";

/// Whether packages bring what they recommend, which is the default.
fn recommends(line: &CommandLine) -> bool {
    let off = line.has_flag(&["--no-install-recommends"])
        || line.words().any(|word| {
            let word = word.to_ascii_lowercase();
            let option = "apt::install-recommends=";
            word.find(option).and_then(|at| word.get(at + option.len()..)).is_some_and(|value| {
                ["false", "0", "no", "\"false\"", "\"0\""].iter().any(|it| value.starts_with(it))
            })
        });
    !off
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::images::{self, Platform};
    use crate::packages::trial::TrialMachine;

    #[test]
    fn a_release_without_a_table_is_told_from_one_that_has_it() {
        let run = |reference: &str| {
            let base = images::find(reference, &Platform::default());
            assert!(base.is_some(), "the table has {reference}");
            let mut machine = TrialMachine { base, ..TrialMachine::default() };
            let lists = machine.run("apt-get update");
            format!("{lists}\n{}", machine.run("apt-get install -y --no-install-recommends tini"))
        };
        expect![[r#"
            settle /var/lib/apt/lists: 43.3 MB (12.6 MB to 73.6 MB), Cache, assumed. Those of debian trixie stand in; assumed.
            ? No table of the packages of ubuntu 24.04 is known; those of debian trixie stand in.
            settle /usr: 916 kB (558 kB to 1.37 MB), Packages, assumed. tini: 1 package by the index of debian trixie of 2026-11-24."#]].assert_eq(&run("ubuntu:24.04"));
        expect![[r#"
            settle /var/lib/apt/lists: 21.7 MB (21.0 MB to 22.3 MB), Cache, measured. Measured in August 2026 on trixie.
            settle /usr: 916 kB (613 kB to 1.17 MB), Packages, modelled. tini: 1 package by the index of debian trixie of 2026-11-24."#]].assert_eq(&run("debian:trixie"));
    }

    #[test]
    fn what_is_installed_and_removed_again_leaves_the_database() {
        let mut machine = TrialMachine::default();
        machine.run("apt-get install -y --no-install-recommends tini");
        expect!["settle /usr: 245 kB (100 kB to 400 kB), Packages, modelled. What was installed is removed again; the package database is written anew."]
        .assert_eq(&machine.run("apt-get purge -y --auto-remove tini"));
    }

    #[test]
    fn what_is_not_installed_is_no_package() {
        let run = |command: &str| TrialMachine::default().run(command);
        expect![[r#"
            ? Which packages nginx is built with is not known here.
            put /usr: 400 MB (100 MB to 1.50 GB), Packages, assumed. What nginx is built with, assumed."#]].assert_eq(&run("apt-get build-dep -y nginx"));
        expect!["put /var/cache/apt/archives: 3.13 MB (2.66 MB to 3.60 MB), Cache, assumed. Archives of nginx, which are not unpacked."].assert_eq(&run("apt-get install --download-only -y nginx"));
        let mut machine = TrialMachine::default();
        machine.run("apt-get install -yd nginx");
        assert!(machine.run("apt-get install -y nginx").contains("nginx: "), "it comes only now");
    }
}
