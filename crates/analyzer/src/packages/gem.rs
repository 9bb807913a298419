//! RubyGems: gems, the archives beside them, and documentation.
//!
//! In Debian bookworm (November 2026) Rails with what it needs is 84 packages of 29 MB and Jekyll
//! 40 of 15 MB, without tests, native leftovers and archives: 0.35 MB each. Gems bring sources
//! and objects of native parts too, of which Mastodon removed 130 MB with the archives
//! (<https://github.com/mastodon/mastodon/pull/21234>, 2022); three times Debian's is assumed. The
//! official image sets `GEM_HOME` to `/usr/local/bundle`; where it is set, documentation is taken
//! to be switched off, as in that image.

use super::common::{self, ARCHIVES, PACKAGES, flag, join};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// RubyGems.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "gem",
    title: "RubyGems",
    programs: &["gem"],
    caches: &[CacheFolder {
        path: "/usr/local/bundle/cache",
        holds: "archives of gems",
        cleaner: "rm -rf \"$GEM_HOME/cache\"",
    }],
    read,
    perform,
    examples: &[
        ("gem install -N rails:8.0 bundler -v 2.6", ActionKind::Install, "rails bundler"),
        ("gem update --system", ActionKind::Upgrade, ""),
        ("gem uninstall rake", ActionKind::Remove, "rake"),
        ("gem cleanup", ActionKind::Clean, ""),
        ("gem --version", ActionKind::Nothing, ""),
    ],
};

/// Thousands of bytes of a gem, and of its archive.
pub(super) const GEM_BYTES: u64 = 1_000;
pub(super) const ARCHIVE: u64 = 250;

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, &["-v", "--version", "-i", "--install-dir", "-n", "--source"]);
    let (kind, named) = match words.as_slice() {
        ["install" | "i", rest @ ..] => (ActionKind::Install, rest),
        ["update", ..] => (ActionKind::Upgrade, [].as_slice()),
        ["uninstall", rest @ ..] => (ActionKind::Remove, rest),
        ["cleanup" | "clean", ..] => (ActionKind::Clean, [].as_slice()),
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let name = |word: &&str| word.split(':').next().unwrap_or_default().to_owned();
    Some(Action { packages: named.iter().map(name).collect(), ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    if action.kind == ActionKind::Upgrade && action.line.has_flag(&["--system"]) {
        let why = "RubyGems itself, renewed; 15 MB are assumed.";
        machine.put("/usr/local/lib/ruby", PACKAGES.assumed([8_000, 15_000, 25_000], why));
    }
    if action.kind != ActionKind::Install {
        return;
    }
    let named = flag(&action.line, &["-i", "--install-dir"]).map(str::to_owned);
    let folder = named.unwrap_or_else(|| home(machine));
    let is_silent = ["-N", "--no-document", "--no-doc", "--no-ri", "--no-rdoc"];
    let is_documented = !action.line.has_flag(&is_silent) && machine.variable("GEM_HOME").is_none();
    for name in &action.packages {
        let (size, what) = match name.as_str() {
            "rails" => ([35_000, 60_000, 110_000], "with what Rails needs, some 60 gems, assumed"),
            "jekyll" => ([20_000, 40_000, 70_000], "with what Jekyll needs, some 40 gems, assumed"),
            "bundler" => ([1_000, 1_600, 2_500], "alone, assumed"),
            _ => ([1_000, 2_000, 4_000], "with a gem or two that it needs, assumed"),
        };
        let why = format!("The gem {name} {what}.");
        machine.put(&join(&folder, "gems"), PACKAGES.assumed(size, why));
        let archives = common::percent(size, ARCHIVE * 100 / GEM_BYTES);
        let why = format!("Archives of {name} and its gems, a quarter of their size, assumed.");
        machine.put(&join(&folder, "cache"), ARCHIVES.assumed(archives, why));
        if is_documented {
            let why = format!("Documentation of {name}, which --no-document leaves out; assumed.");
            let documentation = common::percent(size, 40);
            machine.put(&join(&folder, "doc"), PACKAGES.assumed(documentation, why));
        }
    }
}

/// Where gems go.
pub(super) fn home(machine: &dyn Machine) -> String {
    machine.variable("GEM_HOME").unwrap_or_else(|| "/var/lib/gems".to_owned())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn a_gem_brings_its_archive_and_documentation() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            put /var/lib/gems/gems: 2.00 MB (1.00 MB to 4.00 MB), Dependencies, assumed. The gem foreman with a gem or two that it needs, assumed.
            put /var/lib/gems/cache: 500 kB (250 kB to 1.00 MB), Cache, assumed. Archives of foreman and its gems, a quarter of their size, assumed.
            put /var/lib/gems/doc: 800 kB (400 kB to 1.60 MB), Dependencies, assumed. Documentation of foreman, which --no-document leaves out; assumed."#]].assert_eq(&machine.run("gem install foreman"));
        expect![[r#"
            put /var/lib/gems/gems: 60.0 MB (35.0 MB to 110 MB), Dependencies, assumed. The gem rails with what Rails needs, some 60 gems, assumed.
            put /var/lib/gems/cache: 15.0 MB (8.75 MB to 27.5 MB), Cache, assumed. Archives of rails and its gems, a quarter of their size, assumed."#]].assert_eq(&machine.run("gem install --no-document rails"));
        expect!["put /usr/local/lib/ruby: 15.0 MB (8.00 MB to 25.0 MB), Dependencies, assumed. RubyGems itself, renewed; 15 MB are assumed."].assert_eq(&machine.run("gem update --system"));
    }
}
