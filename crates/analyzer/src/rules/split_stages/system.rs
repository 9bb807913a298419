//! What a build installed of the system, and how much of it a program needs.

use super::facts::Facts;
use crate::packages::ActionKind;
use crate::rules::Run;
use crate::text::Span;

/// Packages that only builds need, `*` standing for anything at one end.
const BUILD_PACKAGES: [&str; 47] = [
    "build-essential",
    "build-base",
    "gcc*",
    "g++*",
    "clang*",
    "llvm*",
    "libclang*",
    "lld",
    "mold",
    "ccache",
    "binutils",
    "make",
    "cmake",
    "ninja-build",
    "meson",
    "automake",
    "autoconf",
    "libtool",
    "bison",
    "flex",
    "pkg-config",
    "pkgconf",
    "protobuf-compiler",
    "protoc",
    "git",
    "git-core",
    "musl-dev",
    "linux-headers",
    "*-dev",
    "*-devel",
    "*-static",
    "python3",
    "python3-dev",
    "python2",
    "maven",
    "gradle",
    "cargo",
    "rustc",
    "rustup",
    "golang*",
    "nasm",
    "yasm",
    "patch",
    "unzip",
    "zip",
    "npm",
    "nodejs",
];

/// Development packages with the library that a program loads at run time on Debian and on Alpine;
/// empty where that distribution has none of the name. Source: the package indexes of Debian 12 and
/// 13 and of Alpine 3.19 and 3.22 (2026-11); where Debian 13 renamed a library, the new one
/// provides the old name.
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
    ("libxslt-dev", "", "libxslt"),
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
const HEADERS: [&str; 12] = [
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

/// The name of a package without its version and architecture.
fn bare(package: &str) -> &str {
    package.split(['=', '~', '<', '>', ':']).next().unwrap_or(package)
}

/// Whether a package is one that only builds need.
pub(super) fn is_for_builds(package: &str) -> bool {
    let name = bare(package);
    BUILD_PACKAGES.iter().any(|own| match (own.strip_prefix('*'), own.strip_suffix('*')) {
        (Some(ending), _) => name.ends_with(ending),
        (_, Some(start)) => name.starts_with(start) && !name.ends_with("-base"),
        _ => name == *own,
    })
}

/// Packages that the final stage needs.
#[derive(Default)]
pub(super) struct Needed {
    pub(super) packages: Vec<String>,
    /// Whether the program loads libraries of the distribution's release.
    pub(super) has_libraries: bool,
}

impl Needed {
    /// Asks for one more.
    pub(super) fn add(&mut self, package: &str) {
        if !self.packages.iter().any(|own| own == package) {
            self.packages.push(package.to_owned());
        }
    }

    /// The `RUN` that installs them on Debian or Alpine; none for none.
    pub(super) fn install(&self, is_alpine: bool) -> Option<String> {
        if self.packages.is_empty() {
            return None;
        }
        let names = self.packages.join(" ");
        Some(if is_alpine {
            format!("RUN apk add --no-cache {names}")
        } else {
            format!(
                "RUN apt-get update && apt-get install -y --no-install-recommends {names} && rm -rf /var/lib/apt/lists/*"
            )
        })
    }
}

/// What a program may need of the packages that some `RUN`s install; `None` where that cannot be
/// told. `is_static` says that it loads no libraries.
pub(super) fn needed(facts: &Facts<'_, '_>, runs: &[&Run<'_>], is_static: bool) -> Option<Needed> {
    let mut needed = Needed::default();
    let all = || {
        let commands = runs.iter().flat_map(|run| &run.commands);
        commands.filter_map(|command| {
            let action = ["apt", "apk"].iter().find_map(|id| command.action_of(id))?;
            (action.kind == ActionKind::Install).then_some((command, action))
        })
    };
    let mut packages = all().flat_map(|(_, action)| &action.packages);
    // What is linked into the program is not loaded.
    let is_linked = is_static || packages.any(|it| it.ends_with("-static"));
    for (command, action) in all() {
        // A comment between back quotes is nothing.
        let is_comment = |place: &Span| place.slice(facts.subject.text()).starts_with("`#");
        let mut words = command.line.arguments.iter().zip(command.words.iter().skip(1));
        if words.any(|(word, place)| !word.is_known && !is_comment(place)) {
            return None;
        }
        for package in action.packages.iter().filter(|it| !it.is_empty()) {
            let is_development = bare(package).ends_with("-dev");
            if is_development && !is_linked {
                let library = library(facts, bare(package))?;
                needed.has_libraries |= !library.is_empty();
                if !library.is_empty() {
                    needed.add(library);
                }
                // Who speaks TLS looks for certificates.
                if matches!(library, "libssl3") {
                    needed.add("ca-certificates");
                }
            } else if !is_for_builds(package) {
                needed.add(package);
            }
        }
    }
    Some(needed)
}

/// Whether the build installs development packages of libraries: then it links to them.
pub(super) fn installs_libraries(facts: &Facts<'_, '_>) -> bool {
    facts.build_commands().any(|(_, command)| {
        let action = ["apt", "apk"].iter().find_map(|id| command.action_of(id));
        action.is_some_and(|action| {
            let mut names = action.packages.iter().map(|it| bare(it));
            names.any(|it| it.ends_with("-dev") && !HEADERS.contains(&it))
        })
    })
}

/// The library of a development package; empty for none, `None` for an unknown one.
fn library(facts: &Facts<'_, '_>, package: &str) -> Option<&'static str> {
    let is_python = facts.base.repository == "python";
    if HEADERS.contains(&package) || is_python && OF_PYTHON.contains(&package) {
        return Some("");
    }
    let (_, debian, alpine) = LIBRARIES.iter().find(|(own, _, _)| *own == package)?;
    let distribution = facts.distribution();
    let is_old = ["debian 1", "debian 8", "debian 9"].iter().any(|it| distribution.starts_with(it))
        && !["debian 12", "debian 13"].contains(&distribution);
    let library = if distribution.starts_with("alpine") { alpine } else { debian };
    (!library.is_empty() && !is_old).then_some(*library)
}
