//! pacman: packages of Arch Linux.
//!
//! No table of its packages is known, so Debian's stand in. pacman keeps every archive it fetches in
//! `/var/cache/pacman/pkg` (<https://man.archlinux.org/man/pacman.8>).

use super::common::{ARCHIVES, Kilobytes};
use super::{
    Action, ActionKind, CacheFolder, CommandLine, Contents, Machine, PackageManager, stand_in,
};

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "pacman",
    title: "pacman",
    programs: &["pacman"],
    caches: &[CacheFolder {
        path: "/var/cache/pacman",
        holds: "archives of packages",
        cleaner: "pacman -Scc --noconfirm",
    }],
    read,
    perform,
    examples: &[
        ("pacman -Syu --noconfirm git base-devel", ActionKind::Install, "git base-devel"),
        ("pacman -S --needed gcc", ActionKind::Install, "gcc"),
        ("pacman -Sy", ActionKind::Update, ""),
        ("pacman -Syu --noconfirm", ActionKind::Upgrade, ""),
        ("pacman -Rns gcc", ActionKind::Remove, "gcc"),
        ("pacman -Scc --noconfirm", ActionKind::Clean, ""),
        ("pacman -Q", ActionKind::Nothing, ""),
    ],
};

/// Lists of the repositories; what an upgrade of a rolling release brings; and the archives of what
/// is installed, as a share of it. Assumed.
const LISTS: Kilobytes = [7_000, 10_000, 16_000];
const UPGRADED: Kilobytes = [0, 150_000, 700_000];

fn read(line: &CommandLine) -> Option<Action> {
    let packages: Vec<String> =
        line.operands(&[]).into_iter().map(|argument| argument.text.clone()).collect();
    let kind = match letters(line) {
        "" => ActionKind::Nothing,
        work if work.starts_with('R') => ActionKind::Remove,
        work if work.starts_with('S') && work.contains('c') => ActionKind::Clean,
        work if work.starts_with(['S', 'U']) && !packages.is_empty() => ActionKind::Install,
        work if work.starts_with('S') && work.contains('u') => ActionKind::Upgrade,
        work if work.starts_with('S') && work.contains('y') => ActionKind::Update,
        _ => ActionKind::Nothing,
    };
    Some(Action { packages, ..Action::new(kind, line) })
}

/// The letters of the operation: `Syu`.
fn letters(line: &CommandLine) -> &str {
    let mut words = line.words().filter_map(|word| word.strip_prefix('-'));
    words.find(|word| word.starts_with(|first: char| first.is_ascii_uppercase())).unwrap_or("")
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let work = letters(&action.line).to_owned();
    let cache = "/var/cache/pacman/pkg";
    if work.starts_with('S') && work.contains('y') {
        machine.settle("/var/lib/pacman/sync", stand_in::lists(LISTS));
    }
    if work.starts_with('S') && work.contains('u') {
        let archives = stand_in::upgrade(UPGRADED, machine).share(35, 100);
        let why = "Archives of the packages brought up to date, which pacman keeps; assumed.";
        machine.put(cache, Contents { bytes: archives, ..ARCHIVES.assumed([0; 3], why) });
    }
    match action.kind {
        ActionKind::Install => {
            let added = stand_in::install("pacman", &action.packages, false, machine);
            let bytes = added.share(35, 100);
            let why = "Archives of the packages, which pacman keeps; a third of what they unpack \
                       to is assumed.";
            machine.put(cache, Contents { bytes, ..ARCHIVES.assumed([0; 3], why) });
        }
        ActionKind::Clean => machine.remove("/var/cache/pacman"),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn lists_archives_and_packages_are_kept() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            settle /var/lib/pacman/sync: 10.0 MB (7.00 MB to 16.0 MB), Cache, assumed. Lists of the repositories' packages; assumed.
            ? How much an upgrade brings depends on the day of the build.
            put /usr: 150 MB (0 B to 700 MB), Packages, assumed. Packages brought up to date; how many depends on the day of the build.
            put /var/cache/pacman/pkg: 52.5 MB (0 B to 245 MB), Cache, assumed. Archives of the packages brought up to date, which pacman keeps; assumed.
            ? No table of this distribution's packages is known; Debian's stand in for them.
            put /usr: 315 MB (149 MB to 630 MB), Packages, assumed. base-devel: what Debian's packages of these names would add stands in; assumed.
            put /var/cache/pacman/pkg: 110 MB (52.3 MB to 221 MB), Cache, assumed. Archives of the packages, which pacman keeps; a third of what they unpack to is assumed."#]].assert_eq(&machine.run("pacman -Syu --noconfirm base-devel"));
        expect!["remove /var/cache/pacman"].assert_eq(&machine.run("pacman -Scc --noconfirm"));
    }
}
