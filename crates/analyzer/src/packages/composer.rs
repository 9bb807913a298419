//! Composer: `vendor`, its autoloader, and the cache of archives.
//!
//! In Debian bookworm (November 2026) the 91 packages that Symfony is made of install 38 MB, 21
//! that `illuminate/database` needs 7 MB, both without tests and documentation: 0.35 to 0.42 MB
//! each. Archives from the registry have those too; half as much again is assumed. Where the cache
//! lies follows `Factory::getCacheDir` of
//! <https://github.com/composer/composer/blob/005c55185af7/src/Composer/Factory.php>, without the
//! folders of XDG, which hardly any image has.

use super::common::{self, ARCHIVES, Kilobytes, PACKAGES, flag, join};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// Composer.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "composer",
    title: "Composer",
    programs: &["composer", "composer.phar", "composer2"],
    caches: &[
        CacheFolder {
            path: "~/.composer/cache",
            holds: "archives of packages",
            cleaner: "composer clear-cache",
        },
        CacheFolder {
            path: "~/.cache/composer",
            holds: "archives of packages",
            cleaner: "composer clear-cache",
        },
    ],
    read,
    perform,
    examples: &[
        ("composer install --no-dev --optimize-autoloader", ActionKind::Install, ""),
        ("composer require -d /app predis/predis:^2", ActionKind::Install, "predis/predis"),
        ("composer create-project laravel/laravel .", ActionKind::Install, "laravel/laravel"),
        ("composer global require phpunit/phpunit", ActionKind::Install, "phpunit/phpunit"),
        ("composer dump-autoload -o", ActionKind::Build, ""),
        ("composer clear-cache", ActionKind::Clean, ""),
        ("composer --version", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &["-d", "--working-dir", "--repository", "--stability", "-s"];

/// Packages of a Laravel application, and those that only development needs; assumed.
const TYPICAL: (u64, u64) = (75, 35);

/// Thousands of bytes of a package; assumed.
const PACKAGE: u64 = 600;

/// Packages, by how their names open, that bring tens of others, and thousands of bytes of all of
/// them; the first that fits counts. Assumed, none of them measured: [`PACKAGE`] for each of the 75
/// that `laravel/framework` is assumed to need, for some 30 of `symfony/framework-bundle`, and
/// ranges that are wide for it.
const LARGE: &[(&str, Kilobytes)] = &[
    ("laravel/framework", [30_000, 42_000, 70_000]),
    ("laravel/", [5_000, 40_000, 80_000]),
    ("symfony/framework-bundle", [8_000, 16_000, 35_000]),
    ("symfony/symfony", [30_000, 45_000, 80_000]),
    ("symfony/", [300, 4_000, 35_000]),
    ("drupal/core", [50_000, 90_000, 140_000]),
    ("drupal/", [500, 40_000, 140_000]),
    ("cakephp/cakephp", [8_000, 16_000, 40_000]),
    ("yiisoft/yii2", [10_000, 25_000, 70_000]),
    ("laminas/", [500, 5_000, 30_000]),
    ("api-platform/", [8_000, 30_000, 80_000]),
    ("magento/", [50_000, 300_000, 900_000]),
    ("aws/aws-sdk-php", [25_000, 45_000, 80_000]),
    ("google/", [1_000, 40_000, 200_000]),
    ("phpunit/phpunit", [3_000, 7_000, 15_000]),
    ("phpstan/phpstan", [15_000, 25_000, 40_000]),
];

/// Thousands of bytes of what any other package brings: itself alone, or a framework.
const OTHER: Kilobytes = [300, 3_000, 30_000];

/// What packages bring that are required by name. They share much, so likely the largest counts
/// whole and of each other a half.
fn named(names: &[String]) -> Kilobytes {
    let size = |name: &String| {
        let found = LARGE.iter().find(|(start, _)| name.starts_with(start));
        found.map_or(OTHER, |(_, size)| *size)
    };
    let sizes: Vec<Kilobytes> = names.iter().map(size).collect();
    let largest = |bound: fn(&Kilobytes) -> u64| sizes.iter().map(bound).max().unwrap_or_default();
    let sum = |bound: fn(&Kilobytes) -> u64| sizes.iter().map(bound).fold(0, u64::saturating_add);
    let likely =
        largest(|[_, likely, _]| *likely).saturating_add(sum(|[_, likely, _]| *likely)) / 2;
    [largest(|[low, ..]| *low), likely, sum(|[.., high]| *high)]
}

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    let words = words.strip_prefix(&["global"]).unwrap_or(&words);
    let (kind, named) = match words {
        ["install" | "i" | "update" | "u", ..] => (ActionKind::Install, [].as_slice()),
        ["require" | "req", rest @ ..] => (ActionKind::Install, rest),
        ["create-project", name, ..] => (ActionKind::Install, std::slice::from_ref(name)),
        ["dump-autoload" | "dumpautoload", ..] => (ActionKind::Build, [].as_slice()),
        ["clear-cache" | "clearcache" | "cc", ..] => (ActionKind::Clean, [].as_slice()),
        ["remove", rest @ ..] => (ActionKind::Remove, rest),
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let name = |word: &&str| word.split([':', '=']).next().unwrap_or_default().to_owned();
    Some(Action { packages: named.iter().map(name).collect(), ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let words = common::words(line, VALUED);
    let is_global = words.first() == Some(&"global");
    let command = words.get(usize::from(is_global)).copied().unwrap_or_default();
    let folder = match (is_global, command) {
        (true, _) => home(machine),
        (_, "create-project") => words.get(2).copied().unwrap_or(".").to_owned(),
        _ => flag(line, &["-d", "--working-dir"]).unwrap_or_default().to_owned(),
    };
    let vendor = join(&folder, &machine.variable("COMPOSER_VENDOR_DIR").unwrap_or("vendor".into()));
    match action.kind {
        ActionKind::Clean => machine.remove(&cache(machine)),
        ActionKind::Build => dump(&vendor, line, machine),
        ActionKind::Install if action.packages.is_empty() => {
            let locked = machine.text(&join(&folder, "composer.lock")).map(count);
            install(&vendor, line, locked, machine);
        }
        ActionKind::Install if command == "create-project" => {
            let why = "Files of the new project, assumed.";
            machine.put(&folder, PACKAGES.assumed([200, 400, 800], why));
            install(&vendor, line, None, machine);
        }
        ActionKind::Install => {
            let size = named(&action.packages);
            let why = format!("{} and what belongs to it, assumed.", action.packages.join(", "));
            machine.put(&vendor, PACKAGES.assumed(size, why));
            let [_, likely, _] = size;
            keep_archives(likely / 5, line, machine);
        }
        _ => {}
    }
}

/// Packages of a `composer.lock` that production needs, and those of development. Each names the
/// address to notify once.
fn count(lock: &str) -> (u64, u64) {
    let mark = "\"notification-url\"";
    let (own, development) = lock.split_once("\"packages-dev\"").unwrap_or((lock, ""));
    (common::count(own, mark), common::count(development, mark))
}

fn install(
    vendor: &str,
    line: &CommandLine,
    locked: Option<(u64, u64)>,
    machine: &mut dyn Machine,
) {
    let (own, development) = locked.unwrap_or(TYPICAL);
    let without = line.has_flag(&["--no-dev"])
        || machine.variable("COMPOSER_NO_DEV").is_some_and(|value| value == "1");
    let number = if without { own } else { own + development };
    let from = match locked {
        Some(_) => "as composer.lock lists them",
        None => "those of a Laravel application, assumed without a composer.lock",
    };
    let what = if without { "without those of development" } else { "with those of development" };
    let why = format!("{number} packages, {from}, {what}; 0.6 MB for each are assumed.");
    let likely = number * PACKAGE;
    let size: Kilobytes = [likely * 55 / 100, likely, likely * 2];
    common::fill(vendor, PACKAGES.assumed(size, why), machine);
    if !line.has_flag(&["--no-autoloader"]) {
        dump(vendor, line, machine);
    }
    // A source is cloned with its history; archives are the rule.
    keep_archives(likely * 22 / 100, line, machine);
}

fn keep_archives(likely: u64, line: &CommandLine, machine: &mut dyn Machine) {
    if !line.has_flag(&["--no-cache"]) {
        let why = "Archives of the packages and lists of versions; 22 % of the packages' size \
                   are assumed.";
        machine.put(&cache(machine), ARCHIVES.assumed(common::about(likely), why));
    }
}

/// The optimized autoloader lists every class.
fn dump(vendor: &str, line: &CommandLine, machine: &mut dyn Machine) {
    let flags = ["-o", "--optimize", "--optimize-autoloader", "-a", "--classmap-authoritative"];
    let path = join(vendor, "composer/autoload_classmap.php");
    let (size, what) = match line.has_flag(&flags) {
        true => ([500, 1_000, 2_000], "which lists every class"),
        false => ([50, 100, 200], "which finds classes by their names"),
    };
    machine.write(&path, PACKAGES.assumed(size, format!("The autoloader, {what}; assumed.")));
}

fn home(machine: &dyn Machine) -> String {
    common::folder_of(machine, "COMPOSER_HOME", ".composer")
}

fn cache(machine: &dyn Machine) -> String {
    let named = machine.variable("COMPOSER_CACHE_DIR").filter(|path| !path.is_empty());
    named.unwrap_or_else(|| join(&home(machine), "cache"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn vendor_weighs_by_the_lock_file() {
        let mut machine = TrialMachine::default();
        machine.variables.insert("COMPOSER_HOME".into(), "/tmp".into());
        let package = "\"notification-url\": \"x\",\n";
        let lock = format!("{}\"packages-dev\": [{}]", package.repeat(80), package.repeat(30));
        machine.texts.insert("composer.lock".into(), lock);
        expect![[r#"
            put vendor: 48.0 MB (26.4 MB to 96.0 MB), Dependencies, assumed. 80 packages, as composer.lock lists them, without those of development; 0.6 MB for each are assumed.
            write vendor/composer/autoload_classmap.php: 1.00 MB (500 kB to 2.00 MB), Dependencies, assumed. The autoloader, which lists every class; assumed.
            put /tmp/cache: 10.6 MB (5.28 MB to 21.1 MB), Cache, assumed. Archives of the packages and lists of versions; 22 % of the packages' size are assumed."#]].assert_eq(&machine.run("composer install --no-dev -o"));
        expect!["put vendor: 66.0 MB (36.3 MB to 132 MB), Dependencies, assumed. 110 packages, as composer.lock lists them, with those of development; 0.6 MB for each are assumed."].assert_eq(&machine.run("composer install --no-autoloader --no-cache"));
    }

    #[test]
    fn frameworks_bring_what_they_are_made_of() {
        for (command, likely) in [
            ("composer require laravel/framework", 35..=50),
            ("composer require laravel/framework symfony/mailer", 40..=55),
            ("composer require symfony/framework-bundle", 10..=30),
            ("composer require predis/predis", 1..=5),
        ] {
            let done = TrialMachine::default().run(command);
            let size = done.strip_prefix("put vendor: ").and_then(|it| it.split_once(" MB"));
            let size = size.and_then(|(size, _)| size.parse::<f64>().ok());
            let size = size.map(|size| size as u64);
            assert!(size.is_some_and(|it| likely.contains(&it)), "`{command}`: {done}");
        }
    }

    #[test]
    fn without_a_lock_file_a_laravel_application_is_assumed() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            put vendor: 66.0 MB (36.3 MB to 132 MB), Dependencies, assumed. 110 packages, those of a Laravel application, assumed without a composer.lock, with those of development; 0.6 MB for each are assumed.
            write vendor/composer/autoload_classmap.php: 100 kB (50.0 kB to 200 kB), Dependencies, assumed. The autoloader, which finds classes by their names; assumed.
            put /root/.composer/cache: 14.5 MB (7.26 MB to 29.0 MB), Cache, assumed. Archives of the packages and lists of versions; 22 % of the packages' size are assumed."#]].assert_eq(&machine.run("composer install"));
        expect![[r#"
            put /srv/shop: 400 kB (200 kB to 800 kB), Dependencies, assumed. Files of the new project, assumed.
            put /srv/shop/vendor: 66.0 MB (36.3 MB to 132 MB), Dependencies, assumed. 110 packages, those of a Laravel application, assumed without a composer.lock, with those of development; 0.6 MB for each are assumed.
            write /srv/shop/vendor/composer/autoload_classmap.php: 100 kB (50.0 kB to 200 kB), Dependencies, assumed. The autoloader, which finds classes by their names; assumed.
            put /root/.composer/cache: 14.5 MB (7.26 MB to 29.0 MB), Cache, assumed. Archives of the packages and lists of versions; 22 % of the packages' size are assumed."#]]
            .assert_eq(&machine.run("composer create-project laravel/laravel /srv/shop"));
        expect![[r#"
            put /root/.composer/vendor: 7.00 MB (3.00 MB to 15.0 MB), Dependencies, assumed. phpunit/phpunit and what belongs to it, assumed.
            put /root/.composer/cache: 1.40 MB (700 kB to 2.80 MB), Cache, assumed. Archives of the packages and lists of versions; 22 % of the packages' size are assumed."#]].assert_eq(&machine.run("composer global require phpunit/phpunit"));
        expect!["write vendor/composer/autoload_classmap.php: 1.00 MB (500 kB to 2.00 MB), Dependencies, assumed. The autoloader, which lists every class; assumed."].assert_eq(&machine.run("composer dump-autoload --optimize"));
        expect!["remove /root/.composer/cache"].assert_eq(&machine.run("composer clear-cache"));
    }
}
