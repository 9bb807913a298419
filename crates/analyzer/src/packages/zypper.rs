//! Zypper: packages of openSUSE and SUSE Linux Enterprise.
//!
//! No table of their packages is known, so Debian's stand in. Lists stay in `/var/cache/zypp`.

use super::common::{self, Kilobytes};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager, stand_in};

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "zypper",
    title: "Zypper",
    programs: &["zypper"],
    caches: &[CacheFolder {
        path: "/var/cache/zypp",
        holds: "lists of packages",
        cleaner: "zypper clean -a",
    }],
    read,
    perform,
    examples: &[
        ("zypper --non-interactive install --no-recommends git", ActionKind::Install, "git"),
        ("zypper -n in -t pattern devel_basis", ActionKind::Install, "@devel_basis"),
        ("zypper refresh", ActionKind::Update, ""),
        ("zypper -n dup", ActionKind::Upgrade, ""),
        ("zypper rm -y gcc", ActionKind::Remove, "gcc"),
        ("zypper clean -a", ActionKind::Clean, ""),
        ("zypper addrepo https://example.com/x.repo", ActionKind::Nothing, ""),
    ],
};

const VALUED: &[&str] = &["-t", "--type", "-r", "--repo", "--from", "--root", "-R"];

/// Lists of the repositories; assumed.
const LISTS: Kilobytes = [15_000, 60_000, 180_000];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    let (kind, named) = match words.as_slice() {
        ["install" | "in", rest @ ..] => (ActionKind::Install, rest),
        ["refresh" | "ref", ..] => (ActionKind::Update, [].as_slice()),
        ["update" | "up" | "dup" | "dist-upgrade" | "patch", ..] => {
            (ActionKind::Upgrade, [].as_slice())
        }
        ["remove" | "rm", rest @ ..] => (ActionKind::Remove, rest),
        ["clean" | "cc", ..] => (ActionKind::Clean, [].as_slice()),
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let is_pattern = common::flag(line, &["-t", "--type"]) == Some("pattern");
    let start = if is_pattern { "@" } else { "" };
    let packages = named.iter().map(|word| format!("{start}{word}")).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let changes = matches!(action.kind, ActionKind::Install | ActionKind::Upgrade);
    if changes || action.kind == ActionKind::Update {
        common::fill("/var/cache/zypp", stand_in::lists(LISTS), machine);
    }
    match action.kind {
        ActionKind::Install => {
            let weak = !action.line.has_flag(&["--no-recommends"]);
            let bare = |word: &String| word.split(['=', '<', '>']).next().unwrap_or("").to_owned();
            let words: Vec<String> = action.packages.iter().map(bare).collect();
            stand_in::install("zypper", &words, weak, machine);
        }
        ActionKind::Upgrade => {
            stand_in::upgrade([0, 50_000, 350_000], machine);
        }
        ActionKind::Clean => machine.remove("/var/cache/zypp"),
        _ => {}
    }
    if changes || action.kind == ActionKind::Remove {
        stand_in::write_database(machine);
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn debian_stands_in_for_packages() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            put /var/cache/zypp: 60.0 MB (15.0 MB to 180 MB), Cache, assumed. Lists of the repositories' packages; assumed.
            ? No table of this distribution's packages is known; Debian's stand in for them.
            put /usr: 520 kB (246 kB to 1.04 MB), Packages, assumed. libffi-devel: what Debian's packages of these names would add stands in; assumed.
            settle /var/lib/rpm: 6.00 MB (1.50 MB to 22.0 MB), Packages, assumed. The database of packages, which is written again as a whole; assumed."#]].assert_eq(&machine.run("zypper -n in --no-recommends libffi-devel"));
        expect!["remove /var/cache/zypp"].assert_eq(&machine.run("zypper clean -a"));
    }
}
