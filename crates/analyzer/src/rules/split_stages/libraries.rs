//! The libraries behind development packages.

use super::facts::Facts;

/// Development packages with the library that a program loads at run time on Debian 12 and 13 and on
/// Alpine since 3.17; empty where that distribution has none of the name. Where Debian 13 renamed a
/// library, the new one provides the old name. A test holds this against the package tables, but for
/// `librdkafka-dev` and `libmagic-dev`, which are not in them: Debian 12's own index (2026-11) says what
/// these need.
#[rustfmt::skip]
const LIBRARIES: &[(&str, &str, &str)] = &[
    ("libpq-dev", "libpq5", "libpq"),
    ("postgresql-dev", "", "libpq"),
    ("default-libmysqlclient-dev", "libmariadb3", ""),
    ("libmariadb-dev", "libmariadb3", ""),
    ("libmariadb-dev-compat", "libmariadb3", ""),
    ("mariadb-dev", "", "mariadb-connector-c"),
    ("mariadb-connector-c-dev", "", "mariadb-connector-c"),
    ("libxml2-dev", "libxml2", "libxml2"),
    ("libxslt1-dev", "libxslt1.1", ""),
    ("libxslt-dev", "libxslt1.1", "libxslt"),
    ("libxmlsec1-dev", "libxmlsec1-openssl", ""),
    ("libcairo2-dev", "libcairo2", ""),
    ("cairo-dev", "", "cairo"),
    ("librdkafka-dev", "librdkafka1", ""),
    ("libmagic-dev", "libmagic1", ""),
    ("file-dev", "", "libmagic"),
    ("unixodbc-dev", "unixodbc", "unixodbc"),
    ("libssl-dev", "libssl3", ""),
    ("openssl-dev", "", "libssl3"),
    ("libsqlite3-dev", "libsqlite3-0", ""),
    ("sqlite-dev", "", "sqlite-libs"),
    ("libffi-dev", "libffi8", "libffi"),
    ("libudev-dev", "libudev1", ""),
    ("libcurl4-openssl-dev", "libcurl4", ""),
    ("curl-dev", "", "libcurl"),
    ("libvips-dev", "libvips42", ""),
    ("vips-dev", "", "vips"),
    ("libjpeg-dev", "libjpeg62-turbo", ""),
    ("libjpeg62-turbo-dev", "libjpeg62-turbo", ""),
    ("jpeg-dev", "", "libjpeg-turbo"),
    ("libjpeg-turbo-dev", "", "libjpeg-turbo"),
    ("libpng-dev", "libpng16-16", "libpng"),
    ("libwebp-dev", "libwebp7", "libwebp"),
    ("libfreetype6-dev", "libfreetype6", ""),
    ("libfreetype-dev", "libfreetype6", ""),
    ("freetype-dev", "", "freetype"),
    ("libsasl2-dev", "libsasl2-2", ""),
    ("libyaml-dev", "libyaml-0-2", ""),
    ("yaml-dev", "", "yaml"),
    ("libsodium-dev", "libsodium23", "libsodium"),
    ("libgmp-dev", "libgmp10", ""),
    ("gmp-dev", "", "gmp"),
    ("libzmq3-dev", "libzmq5", ""),
    ("zeromq-dev", "", "libzmq"),
    ("libbz2-dev", "libbz2-1.0", ""),
    ("liblzma-dev", "liblzma5", ""),
    ("libzstd-dev", "libzstd1", ""),
    ("liblz4-dev", "liblz4-1", ""),
    ("libpcap-dev", "libpcap0.8", "libpcap"),
    ("libsystemd-dev", "libsystemd0", ""),
    ("libusb-1.0-0-dev", "libusb-1.0-0", ""),
];

/// Development packages of which nothing is loaded at run time but what every image has.
pub(super) const HEADERS: [&str; 12] = [
    "libc6-dev",
    "libc-dev",
    "musl-dev",
    "linux-libc-dev",
    "linux-headers",
    "zlib1g-dev",
    "zlib-dev",
    "libclang-dev",
    "clang-dev",
    "llvm-dev",
    "libstdc++-dev",
    "libcrypt-dev",
];

/// Development packages of libraries that every image of Python has, since its modules load them.
const OF_PYTHON: [&str; 24] = [
    "python3-dev",
    "python-dev",
    "libpython3-dev",
    "libffi-dev",
    "libssl-dev",
    "openssl-dev",
    "libsqlite3-dev",
    "sqlite-dev",
    "libbz2-dev",
    "bzip2-dev",
    "liblzma-dev",
    "xz-dev",
    "libreadline-dev",
    "libreadline6-dev",
    "readline-dev",
    "libncurses-dev",
    "libncurses5-dev",
    "libncursesw5-dev",
    "ncurses-dev",
    "libexpat1-dev",
    "expat-dev",
    "uuid-dev",
    "libgdbm-dev",
    "gdbm-dev",
];

/// Alpine 3.17 is the first whose `openssl-dev` is that of `libssl3`.
const FIRST_ALPINE: u32 = 17;

/// The library of a development package; empty for none, `None` for an unknown one.
pub(super) fn library(facts: &Facts<'_, '_>, package: &str) -> Option<&'static str> {
    let is_python = facts.base.repository == "python";
    if HEADERS.contains(&package) || is_python && OF_PYTHON.contains(&package) {
        return Some("");
    }
    let (_, debian, alpine) = LIBRARIES.iter().find(|(own, _, _)| *own == package)?;
    let library = match facts.distribution().split_once(' ')? {
        ("debian", "12" | "13") => debian,
        ("alpine", release) => {
            let minor: u32 = release.strip_prefix("3.")?.parse().ok()?;
            if minor < FIRST_ALPINE {
                return None;
            }
            alpine
        }
        _ => return None,
    };
    (!library.is_empty()).then_some(*library)
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use super::LIBRARIES;

    const TABLES: [&str; 5] = [
        include_str!("../../../data/packages/debian-bookworm.tsv"),
        include_str!("../../../data/packages/debian-trixie.tsv"),
        include_str!("../../../data/packages/alpine-3.17.tsv"),
        include_str!("../../../data/packages/alpine-3.19.tsv"),
        include_str!("../../../data/packages/alpine-3.22.tsv"),
    ];

    /// What packages need, and which packages provide a name, themselves among them.
    #[derive(Default)]
    struct Table<'text> {
        needs: BTreeMap<&'text str, Vec<&'text str>>,
        providers: BTreeMap<&'text str, Vec<&'text str>>,
    }

    impl<'text> Table<'text> {
        fn read(text: &'text str) -> Self {
            let mut table = Self::default();
            for row in text.lines().filter(|row| !row.starts_with('#')) {
                // Name, two sizes, needs, recommendations, provided names.
                let fields: Vec<&str> = row.split('\t').collect();
                let words = |at: usize| fields.get(at).into_iter().flat_map(|it| it.split(' '));
                table.needs.insert(fields[0], words(3).collect());
                for name in words(5).chain([fields[0]]) {
                    table.providers.entry(name).or_default().push(fields[0]);
                }
            }
            table
        }

        fn providers_of(&self, name: &str) -> &[&'text str] {
            self.providers.get(name).map_or(&[], Vec::as_slice)
        }

        /// The packages that a development package brings, over others of the kind.
        fn brought(&self, package: &str) -> Vec<&'text str> {
            let mut brought: Vec<&str> = self.providers_of(package).to_vec();
            let mut next = 0;
            while let Some(name) = brought.get(next).copied() {
                next += 1;
                let needs = self.needs.get(name).filter(|_| name.contains("-dev"));
                for need in needs.into_iter().flatten().flat_map(|need| self.providers_of(need)) {
                    if !brought.contains(need) {
                        brought.push(need);
                    }
                }
            }
            brought
        }
    }

    #[test]
    fn development_packages_bring_the_libraries_that_are_installed_in_their_place() {
        let mut absent = BTreeSet::new();
        for text in TABLES {
            let table = Table::read(text);
            let is_debian = text.starts_with("# manager\tapt");
            let release = text.lines().nth(1).unwrap_or_default();
            for (package, debian, alpine) in LIBRARIES {
                let library = if is_debian { debian } else { alpine };
                let brought = table.brought(package);
                if library.is_empty() {
                    assert!(brought.is_empty(), "{release} has a {package}");
                    continue;
                }
                assert!(!table.providers_of(library).is_empty(), "{release} has no {library}");
                if brought.is_empty() {
                    absent.insert(*package);
                    continue;
                }
                // Debian's unixodbc brings the library and its settings' own.
                let library =
                    if is_debian && *package == "unixodbc-dev" { "libodbc2" } else { library };
                let is_brought = table.providers_of(library).iter().any(|it| brought.contains(it));
                assert!(is_brought, "{release}: {package} brings {brought:?}, not {library}");
            }
        }
        assert_eq!(absent, BTreeSet::from(["libmagic-dev", "librdkafka-dev"]));
    }
}
