//! PECL: extensions of PHP, the archives they come from, and what is compiled beside them.
//!
//! PECL compiles with symbols and strips nothing; how much heavier that makes an extension differs,
//! four times is assumed.

use super::common::{self, ARCHIVES, PACKAGES, join};
use super::php::{EXTENSION_FOLDER, extension};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// Extensions from PECL.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "pecl",
    title: "PECL",
    programs: &["pecl", "pear"],
    caches: &[CacheFolder {
        path: "/tmp/pear",
        holds: "archives and what was compiled",
        cleaner: "rm -rf /tmp/pear",
    }],
    read,
    perform,
    examples: &[
        ("pecl install redis-6.1.0 xdebug", ActionKind::Install, "redis xdebug"),
        ("pecl channel-update pecl.php.net", ActionKind::Update, ""),
        ("pecl clear-cache", ActionKind::Clean, ""),
    ],
};

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, &["-D", "--configureoptions", "-d"]);
    let (kind, named) = match words.as_slice() {
        ["install" | "upgrade", rest @ ..] => (ActionKind::Install, rest),
        ["channel-update" | "update-channels", ..] => (ActionKind::Update, [].as_slice()),
        ["clear-cache", ..] => (ActionKind::Clean, [].as_slice()),
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let packages = named.iter().map(|&name| plain_name(name)).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

/// The name without version, channel or address.
fn plain_name(name: &str) -> String {
    let name = common::last_name(name, name);
    name.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    match action.kind {
        ActionKind::Clean => machine.remove("/tmp/pear/cache"),
        ActionKind::Install => {
            for name in &action.packages {
                machine.put(EXTENSION_FOLDER, extension(name, true));
                let why = format!("Documentation, headers and tests of {name}, assumed.");
                machine.put("/usr/local/lib/php", PACKAGES.assumed([300, 600, 1_200], why));
                let why = format!("The archive of {name} and the lists of PECL, assumed.");
                let folder = join("/tmp/pear", &format!("download/{name}"));
                machine.put(&folder, ARCHIVES.assumed([500, 1_000, 2_000], why));
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn extensions_of_pecl_have_symbols() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            put /usr/local/lib/php/extensions: 2.69 MB (1.34 MB to 5.38 MB), Dependencies, assumed. The extension redis, with symbols, four times what it is without, as Debian's package of PHP 8.2 has it.
            put /usr/local/lib/php: 600 kB (300 kB to 1.20 MB), Dependencies, assumed. Documentation, headers and tests of redis, assumed.
            put /tmp/pear/download/redis: 1.00 MB (500 kB to 2.00 MB), Cache, assumed. The archive of redis and the lists of PECL, assumed."#]].assert_eq(&machine.run("pecl install redis-6.1.0"));
    }
}
