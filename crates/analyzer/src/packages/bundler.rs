//! Bundler: the gems of a project, by its `Gemfile.lock`, at the sizes of [`super::gem`].

use std::collections::BTreeSet;

use super::common::{self, ARCHIVES, Kilobytes, OUTPUT, PACKAGES, flag, join};
use super::gem::{ARCHIVE, GEM_BYTES, home};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// Bundler.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "bundler",
    title: "Bundler",
    programs: &["bundle", "bundler", "rails", "rake", "bootsnap"],
    caches: &[
        CacheFolder {
            path: "/usr/local/bundle/cache",
            holds: "archives of gems",
            cleaner: "rm -rf \"$GEM_HOME/cache\"",
        },
        CacheFolder {
            path: "~/.bundle/cache",
            holds: "lists of gems",
            cleaner: "rm -rf ~/.bundle/cache",
        },
    ],
    read,
    perform,
    examples: &[
        ("bundle install --jobs 4 --without development", ActionKind::Install, ""),
        ("bundle config set --local deployment true", ActionKind::Nothing, ""),
        ("bundle exec rails assets:precompile", ActionKind::Build, ""),
        ("./bin/rails assets:precompile", ActionKind::Build, ""),
        ("bundle clean --force", ActionKind::Clean, ""),
        ("bundle add puma", ActionKind::Install, "puma"),
    ],
};

/// Gems of a Rails application, assumed; development and test have a quarter of them.
const TYPICAL: u64 = 110;

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, BUNDLE_VALUED);
    if !line.program_name().starts_with("bundle") {
        let compiles = precompiled(line.program_name()).is_some()
            || words.iter().any(|word| precompiled(word).is_some());
        return compiles.then(|| Action::new(ActionKind::Build, line));
    }
    let (kind, named) = match words.as_slice() {
        [] | ["install" | "update" | "cache" | "package", ..] => {
            (ActionKind::Install, [].as_slice())
        }
        ["add", rest @ ..] => (ActionKind::Install, rest),
        ["clean", ..] => (ActionKind::Clean, [].as_slice()),
        ["exec", rest @ ..] => match rest.iter().any(|word| precompiled(word).is_some()) {
            true => (ActionKind::Build, [].as_slice()),
            false => return None,
        },
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    if words.is_empty() && line.has_flag(&["--version", "-v", "--help"]) {
        return Some(Action::new(ActionKind::Nothing, line));
    }
    let packages = named.iter().map(|&name| name.to_owned()).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

const BUNDLE_VALUED: &[&str] = &[
    "--jobs",
    "-j",
    "--retry",
    "--path",
    "--gemfile",
    "--without",
    "--with",
    "--binstubs",
    "--cache-path",
    "--shebang",
];

/// Folder and size of what a task of Rails makes.
fn precompiled(task: &str) -> Option<(&'static str, Kilobytes)> {
    match task {
        "assets:precompile" | "vite:build" => Some(("public/assets", [2_500, 5_000, 10_000])),
        "bootsnap" => Some(("tmp/cache/bootsnap", [8_000, 15_000, 30_000])),
        _ => None,
    }
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let words = common::words(line, BUNDLE_VALUED);
    match (action.kind, words.as_slice()) {
        (ActionKind::Build, words) => {
            let words = words.iter().copied().chain([line.program_name()]);
            for (folder, size) in words.filter_map(precompiled) {
                let why = "What Rails compiles ahead, of a typical application, assumed.";
                machine.put(folder, OUTPUT.assumed(size, why));
            }
        }
        (ActionKind::Nothing, ["config", rest @ ..]) => configure(rest, machine),
        (ActionKind::Install, _) => install(action, machine),
        _ => {}
    }
}

/// Remembers `bundle config [set] NAME VALUE`.
fn configure(words: &[&str], machine: &mut dyn Machine) {
    let words = words.strip_prefix(&["set"]).unwrap_or(words);
    if let [name, value, ..] = words {
        machine.installed(MANAGER.id).insert(format!("{name}={value}"));
    }
}

/// A setting, from the command line, the environment, or `bundle config`.
fn setting(name: &str, line: &CommandLine, machine: &mut dyn Machine) -> Option<String> {
    let flags = [format!("--{name}")];
    let [option] = &flags;
    let own = flag(line, &[option]).map(str::to_owned);
    let own = own.or_else(|| line.has_flag(&[option]).then(|| "true".to_owned()));
    let own = own.or_else(|| machine.variable(&format!("BUNDLE_{}", name.to_ascii_uppercase())));
    let key = format!("{name}=");
    let settings = machine.installed(MANAGER.id).iter();
    let kept = settings.filter_map(|setting| setting.strip_prefix(&key)).next_back();
    own.or_else(|| kept.map(str::to_owned)).filter(|value| !matches!(value.as_str(), "" | "false"))
}

/// The folder of the Ruby at work below a path that Bundler is given; without its patch level.
fn of_ruby(machine: &dyn Machine) -> String {
    let reference = machine.base_reference();
    let name = reference.rsplit('/').next().unwrap_or_default();
    let tag = name.strip_prefix("ruby:").map(|tag| tag.split('-').next().unwrap_or(tag));
    let tag = tag.filter(|it| it.contains('.') && it.starts_with(|one: char| one.is_ascii_digit()));
    let version = machine.variable("RUBY_VERSION").or_else(|| tag.map(str::to_owned));
    let version = version.unwrap_or_else(|| "3.4.0".to_owned());
    let numbers: Vec<&str> = version.split('.').take(2).collect();
    format!("ruby/{}.0", numbers.join("."))
}

/// Number of gems by the lock file. One with native parts is listed once for every platform.
fn count(lock: &str) -> u64 {
    let name = |line: &str| {
        let own = line.strip_prefix("    ").filter(|rest| !rest.starts_with(' '));
        own.and_then(|rest| rest.split_whitespace().next()).map(str::to_owned)
    };
    lock.lines().filter_map(name).collect::<BTreeSet<_>>().len() as u64
}

fn install(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let locked = machine.text("Gemfile.lock").map(count);
    let without = setting("without", line, machine);
    let number = match (&without, action.packages.len() as u64) {
        (Some(_), 0) => locked.unwrap_or(TYPICAL) * 3 / 4,
        (None, 0) => locked.unwrap_or(TYPICAL),
        (_, added) => added * 2,
    };
    let from = match locked {
        Some(_) => "as Gemfile.lock lists them",
        None => "those of a Rails application, assumed without a Gemfile.lock",
    };
    let groups = without.map_or(String::new(), |groups| {
        let groups = groups.replace([':', ' '], " and ");
        format!(", less a quarter for the groups {groups}")
    });
    let path = setting("path", line, machine);
    let is_deployed = setting("deployment", line, machine).is_some();
    let path = path.or_else(|| is_deployed.then(|| "vendor/bundle".to_owned()));
    let folder = path.map_or_else(|| home(machine), |path| join(&path, &of_ruby(machine)));
    let likely = number * GEM_BYTES;
    let size = [likely * 55 / 100, likely, likely * 2];
    let why = format!("{number} gems, {from}{groups}; 1 MB for each is assumed.");
    common::fill(&join(&folder, "gems"), PACKAGES.assumed(size, why), machine);
    if setting("no-cache", line, machine).is_none() {
        let why = "Archives of the gems, a quarter of their size, assumed.";
        let archives = common::about(number * ARCHIVE);
        common::fill(&join(&folder, "cache"), ARCHIVES.assumed(archives, why), machine);
    }
    let why = "Bundler's lists of gems, assumed.";
    let lists = join(&machine.home(), ".bundle/cache");
    common::fill(&lists, ARCHIVES.assumed([1_000, 3_000, 6_000], why), machine);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn gems_weigh_by_the_lock_file_and_groups() {
        let mut machine = TrialMachine::default();
        machine.variables.insert("GEM_HOME".into(), "/usr/local/bundle".into());
        let lock = format!(
            "GEM\n  specs:\n{}",
            (0..80).map(|it| format!("    rack{it} (3.1)\n      base64\n")).collect::<String>()
        );
        machine.texts.insert("Gemfile.lock".into(), lock);
        expect![[r#"
            put /usr/local/bundle/gems: 60.0 MB (33.0 MB to 120 MB), Dependencies, assumed. 60 gems, as Gemfile.lock lists them, less a quarter for the groups development and test; 1 MB for each is assumed.
            put /usr/local/bundle/cache: 15.0 MB (7.50 MB to 30.0 MB), Cache, assumed. Archives of the gems, a quarter of their size, assumed.
            put /root/.bundle/cache: 3.00 MB (1.00 MB to 6.00 MB), Cache, assumed. Bundler's lists of gems, assumed."#]].assert_eq(&machine.run("bundle install --without development:test"));
        machine.run("bundle config set --local deployment true");
        expect![[r#"
            put vendor/bundle/ruby/3.4.0/gems: 80.0 MB (44.0 MB to 160 MB), Dependencies, assumed. 80 gems, as Gemfile.lock lists them; 1 MB for each is assumed.
            put vendor/bundle/ruby/3.4.0/cache: 20.0 MB (10.0 MB to 40.0 MB), Cache, assumed. Archives of the gems, a quarter of their size, assumed.
            put /root/.bundle/cache: 3.00 MB (1.00 MB to 6.00 MB), Cache, assumed. Bundler's lists of gems, assumed."#]].assert_eq(&machine.run("bundle install"));
        machine.texts.clear();
        machine.variables.insert("BUNDLE_PATH".into(), "/gems".into());
        expect![[r#"
            put /gems/ruby/3.4.0/gems: 110 MB (60.5 MB to 220 MB), Dependencies, assumed. 110 gems, those of a Rails application, assumed without a Gemfile.lock; 1 MB for each is assumed.
            put /gems/ruby/3.4.0/cache: 27.5 MB (13.8 MB to 55.0 MB), Cache, assumed. Archives of the gems, a quarter of their size, assumed.
            put /root/.bundle/cache: 3.00 MB (1.00 MB to 6.00 MB), Cache, assumed. Bundler's lists of gems, assumed."#]].assert_eq(&machine.run("bundle install"));
        expect!["put public/assets: 5.00 MB (2.50 MB to 10.0 MB), Build, assumed. What Rails compiles ahead, of a typical application, assumed."].assert_eq(&machine.run("bundle exec rails assets:precompile"));
    }
}
