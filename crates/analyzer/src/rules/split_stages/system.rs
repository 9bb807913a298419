//! What a build installed of the system, and how much of it a program needs.

use super::facts::Facts;
use super::libraries::{HEADERS, library};
use crate::packages::ActionKind;
use crate::rules::installs::action_of;
use crate::rules::{Run, programs};
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
        let names = self.packages.join(" ");
        (!names.is_empty()).then(|| programs::install_packages(&names, is_alpine))
    }
}

/// What a program may need of the packages that some `RUN`s install; `None` where that cannot be
/// told. `is_static` says that it loads no libraries.
pub(super) fn needed(facts: &Facts<'_, '_>, runs: &[&Run<'_>], is_static: bool) -> Option<Needed> {
    let mut needed = Needed::default();
    let all = || {
        let commands = runs.iter().flat_map(|run| &run.commands);
        commands.filter_map(|command| {
            Some((command, action_of(command, &["apt", "apk"], ActionKind::Install)?))
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
                if !library.is_empty() {
                    needed.has_libraries = true;
                    needed.add(library);
                }
                // Who speaks TLS looks for certificates.
                if library == "libssl3" {
                    needed.add("ca-certificates");
                }
            } else if !is_for_builds(package) {
                needed.add(package);
            }
        }
    }
    Some(needed)
}

/// Whether the build installs a compiler of C.
pub(super) fn installs_compiler(facts: &Facts<'_, '_>) -> bool {
    const COMPILERS: [&str; 7] =
        ["gcc", "g++", "clang", "build-base", "build-essential", "musl-dev", "libc-dev"];
    facts.build_commands().any(|(_, command)| {
        let action = action_of(command, &["apt", "apk"], ActionKind::Install);
        action.is_some_and(|it| it.packages.iter().any(|own| COMPILERS.contains(&bare(own))))
    })
}

/// Whether the build installs development packages of libraries: then it links to them.
pub(super) fn installs_libraries(facts: &Facts<'_, '_>) -> bool {
    facts.build_commands().any(|(_, command)| {
        let action = action_of(command, &["apt", "apk"], ActionKind::Install);
        action.is_some_and(|action| {
            let mut names = action.packages.iter().map(|it| bare(it));
            names.any(|it| it.ends_with("-dev") && !HEADERS.contains(&it))
        })
    })
}
