//! Extensions of PHP: `docker-php-ext-*` of the official image.
//!
//! What the image's scripts unpack and remove follows
//! <https://github.com/docker-library/php/blob/0c6e06a15f82/docker-php-ext-configure> and today's
//! `docker-php-ext-install` beside it: `install` compiles, strips
//! (<https://github.com/docker-library/php/issues/1268>), and removes the sources when it or
//! `configure` unpacked them; `configure` alone leaves them, and so does `docker-php-source`. Sizes
//! of extensions are those of Debian's `php8.2-*` packages (bookworm, November 2026); others are
//! assumed.

use super::common::{self, BINARY, Kilobytes, PACKAGES, PROGRAMS, about};
use super::{Action, ActionKind, CacheFolder, CommandLine, Contents, Machine, PackageManager};

/// Extensions from PHP's own sources.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "docker-php-ext",
    title: "docker-php-ext",
    programs: &[
        "docker-php-ext-install",
        "docker-php-ext-configure",
        "docker-php-ext-enable",
        "docker-php-source",
        "install-php-extensions",
    ],
    caches: &[CacheFolder {
        path: "/usr/src/php",
        holds: "the unpacked sources of PHP",
        cleaner: "docker-php-source delete",
    }],
    read,
    perform,
    examples: &[
        ("docker-php-ext-install -j4 pdo_mysql intl", ActionKind::Install, "pdo_mysql intl"),
        ("docker-php-ext-configure gd --with-jpeg", ActionKind::Build, "gd"),
        ("docker-php-ext-enable redis", ActionKind::Nothing, "redis"),
        ("docker-php-source extract", ActionKind::Build, ""),
        ("docker-php-source delete", ActionKind::Clean, ""),
        ("install-php-extensions redis @composer", ActionKind::Install, "redis @composer"),
    ],
};

/// Extensions as Debian's `php8.2-*` packages have them, in thousands of bytes.
const DEBIAN: &[(&str, u64)] = &[
    ("amqp", 200),
    ("apcu", 174),
    ("ast", 83),
    ("bcmath", 68),
    ("bz2", 56),
    ("curl", 148),
    ("gmp", 104),
    ("igbinary", 117),
    ("imagick", 480),
    ("imap", 136),
    ("intl", 600),
    ("ldap", 128),
    ("mbstring", 1_202),
    ("memcached", 145),
    ("mongodb", 1_801),
    ("msgpack", 104),
    ("opcache", 1_028),
    ("pcov", 48),
    ("redis", 672),
    ("soap", 368),
    ("ssh2", 109),
    ("xdebug", 1_825),
    ("xml", 477),
    ("yaml", 74),
    ("zip", 120),
];

/// Extensions that Debian has otherwise or not at all: assumed.
const OTHERS: &[(&str, u64)] = &[
    ("gd", 550),
    ("grpc", 12_000),
    ("mysqli", 200),
    ("openswoole", 6_000),
    ("pdo_mysql", 80),
    ("pdo_pgsql", 90),
    ("pgsql", 130),
    ("protobuf", 1_000),
    ("swoole", 6_000),
];

/// One that no table has.
const SMALL: u64 = 90;

/// PHP's sources unpacked; 8.x are assumed alike.
const SOURCES: Kilobytes = [80_000, 110_000, 150_000];

const SOURCE_FOLDER: &str = "/usr/src/php";
/// Where extensions go.
pub(super) const EXTENSION_FOLDER: &str = "/usr/local/lib/php/extensions";

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, &["-j", "--jobs", "--ini-name"]);
    let (kind, named) = match (line.program_name(), words.as_slice()) {
        ("docker-php-source", ["extract", ..]) => (ActionKind::Build, [].as_slice()),
        ("docker-php-source", ["delete", ..]) => (ActionKind::Clean, [].as_slice()),
        ("docker-php-source", _) => (ActionKind::Nothing, [].as_slice()),
        ("docker-php-ext-configure", words) => (ActionKind::Build, words),
        ("docker-php-ext-enable", words) => (ActionKind::Nothing, words),
        (_, words) => (ActionKind::Install, words),
    };
    let packages = named.iter().map(|&name| name.to_owned()).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

/// Thousands of bytes of libraries that an extension brings: none to those of ImageMagick; assumed.
const LIBRARIES: Kilobytes = [0, 3_000, 60_000];

fn perform(action: &Action, machine: &mut dyn Machine) {
    match (action.line.program_name(), action.kind) {
        ("docker-php-ext-configure", _) => {
            let key = "configured".to_owned();
            if !machine.holds(SOURCE_FOLDER) {
                machine.installed(MANAGER.id).insert(key);
                machine.put(SOURCE_FOLDER, sources());
            }
        }
        ("docker-php-source", ActionKind::Build) => {
            common::fill(SOURCE_FOLDER, sources(), machine);
        }
        (_, ActionKind::Clean) => machine.remove(SOURCE_FOLDER),
        (program, ActionKind::Install) => {
            for name in &action.packages {
                match name.strip_prefix("@composer") {
                    Some(_) => {
                        let why = "Composer in one file; 3 MB are assumed.";
                        let contents = BINARY.assumed([2_500, 3_000, 3_500], why);
                        machine.write("/usr/local/bin/composer", contents);
                    }
                    None => machine.put(EXTENSION_FOLDER, extension(name, false)),
                }
            }
            if program == "install-php-extensions" {
                let doubt = "`install-php-extensions` brings libraries of the distribution too, \
                             which an index would tell; some megabytes are assumed for each.";
                let own = action.packages.iter().filter(|name| !name.starts_with("@composer"));
                let count = own.count() as u64;
                let why = "Libraries of the distribution that extensions link to, assumed.";
                machine.put(
                    "/usr/lib",
                    PROGRAMS.assumed(LIBRARIES.map(|it: u64| it.saturating_mul(count)), why),
                );
                machine.doubt(doubt.to_owned());
            }
            let is_configured = machine.installed(MANAGER.id).remove("configured");
            if program == "docker-php-ext-install" && is_configured {
                machine.remove(SOURCE_FOLDER);
            }
        }
        _ => {}
    }
}

fn sources() -> Contents {
    PACKAGES.assumed(SOURCES, "The unpacked sources of PHP; some 110 MB are assumed.")
}

/// An extension, with symbols where it comes from PECL.
pub(super) fn extension(name: &str, has_symbols: bool) -> Contents {
    let find = |table: &[(&str, u64)]| {
        table.iter().find(|(known, _)| *known == name).map(|(_, size)| *size)
    };
    let known = find(DEBIAN);
    let stripped = known.or_else(|| find(OTHERS)).unwrap_or(SMALL);
    let (likely, symbols) = match has_symbols {
        true => (stripped * 4, "with symbols, four times what it is without"),
        false => (stripped, "stripped"),
    };
    let from = match known {
        Some(_) => "as Debian's package of PHP 8.2 has it",
        None => "its size assumed",
    };
    let why = format!("The extension {name}, {symbols}, {from}.");
    PROGRAMS.sized(about(likely), known.is_some() && !has_symbols, why)
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn configured_sources_go_when_the_extension_is_installed() {
        let mut machine = TrialMachine::default();
        expect!["put /usr/src/php: 110 MB (80.0 MB to 150 MB), Dependencies, assumed. The unpacked sources of PHP; some 110 MB are assumed."].assert_eq(&machine.run("docker-php-ext-configure gd --with-jpeg"));
        expect![[r#"
            put /usr/local/lib/php/extensions: 550 kB (275 kB to 1.10 MB), Dependencies, assumed. The extension gd, stripped, its size assumed.
            put /usr/local/lib/php/extensions: 80.0 kB (40.0 kB to 160 kB), Dependencies, assumed. The extension pdo_mysql, stripped, its size assumed.
            put /usr/local/lib/php/extensions: 90.0 kB (45.0 kB to 180 kB), Dependencies, assumed. The extension shmop, stripped, its size assumed.
            remove /usr/src/php"#]].assert_eq(&machine.run("docker-php-ext-install -j2 gd pdo_mysql shmop"));
        expect!["put /usr/local/lib/php/extensions: 600 kB (300 kB to 1.20 MB), Dependencies, modelled. The extension intl, stripped, as Debian's package of PHP 8.2 has it."].assert_eq(&machine.run("docker-php-ext-install intl"));
        expect!["put /usr/src/php: 110 MB (80.0 MB to 150 MB), Dependencies, assumed. The unpacked sources of PHP; some 110 MB are assumed."].assert_eq(&machine.run("docker-php-source extract"));
        expect![[r#"
            put /usr/local/lib/php/extensions: 672 kB (336 kB to 1.34 MB), Dependencies, modelled. The extension redis, stripped, as Debian's package of PHP 8.2 has it.
            write /usr/local/bin/composer: 3.00 MB (2.50 MB to 3.50 MB), Build, assumed. Composer in one file; 3 MB are assumed.
            put /usr/lib: 3.00 MB (0 B to 60.0 MB), Dependencies, assumed. Libraries of the distribution that extensions link to, assumed.
            ? `install-php-extensions` brings libraries of the distribution too, which an index would tell; some megabytes are assumed for each."#]].assert_eq(&machine.run("install-php-extensions redis @composer"));
    }
}
