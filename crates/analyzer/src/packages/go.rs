//! Go: modules, the build cache, and the one file that a build links.
//!
//! Measured with Go 1.19.8 of Debian bookworm on amd64, November 2026, in kilobytes with and
//! without `-ldflags="-s -w"`: a program that prints a line 1,824 and 1,221; one that serves by
//! `net/http` 6,472 and 4,477; one that serves by Gin, with 19 modules, 10,088 and 6,959, and
//! 10,147 with cgo. The sources of those 19 modules are 101 MB, of which `golang.org/x` has 54 and
//! `go-playground/locales` 34. The build cache came to 69 MB without the standard library, which
//! that release brings compiled (250 MB in all) and later ones compile into the cache.

mod project;
#[cfg(test)]
mod tests;

use self::project::{Project, program_name};
use super::common::{self, BINARY, CACHE, PACKAGES, join};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

/// Go.
pub(super) static MANAGER: PackageManager = PackageManager {
    id: "go",
    title: "Go",
    programs: &["go"],
    caches: &[
        CacheFolder {
            path: "~/.cache/go-build",
            holds: "compiled packages",
            cleaner: "go clean -cache",
        },
        CacheFolder {
            path: "/go/pkg/mod",
            holds: "sources of modules",
            cleaner: "go clean -modcache",
        },
    ],
    read,
    perform,
    examples: &[
        ("go mod download", ActionKind::Install, ""),
        (
            "go get github.com/a/b@v1 example.org/c",
            ActionKind::Install,
            "github.com/a/b example.org/c",
        ),
        (
            "go install -v golang.org/x/tools/gopls@latest",
            ActionKind::Install,
            "golang.org/x/tools/gopls",
        ),
        ("go install ./cmd/server", ActionKind::Build, ""),
        ("go build -trimpath -o /out/app ./cmd/app", ActionKind::Build, ""),
        ("go test ./...", ActionKind::Build, ""),
        ("go clean -modcache", ActionKind::Clean, ""),
        ("go generate ./...", ActionKind::Nothing, ""),
        ("go version", ActionKind::Nothing, ""),
    ],
};

/// Flags whose value is a word of its own.
const VALUED: &[&str] = &[
    "-C",
    "-o",
    "-p",
    "-ldflags",
    "-gcflags",
    "-asmflags",
    "-tags",
    "-mod",
    "-modfile",
    "-run",
    "-timeout",
    "-buildmode",
    "-overlay",
    "-pkgdir",
    "-installsuffix",
    "-coverprofile",
    "-count",
];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    let (command, rest) = words.split_first()?;
    let versioned = rest.iter().any(|word| word.contains('@'));
    let kind = match *command {
        "install" if versioned => ActionKind::Install,
        "get" => ActionKind::Install,
        "mod" if matches!(rest.first(), Some(&("download" | "tidy" | "vendor"))) => {
            ActionKind::Install
        }
        "build" | "install" | "run" | "test" | "vet" => ActionKind::Build,
        "clean" => ActionKind::Clean,
        _ => ActionKind::Nothing,
    };
    let named = if kind == ActionKind::Install && *command != "mod" { rest } else { &[] };
    let name = |word: &&str| word.split('@').next().unwrap_or_default().to_owned();
    Some(Action { packages: named.iter().map(name).collect(), ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let words = common::words(line, VALUED);
    let Some((command, operands)) = words.split_first() else { return };
    let project = Project::read(machine);
    match (action.kind, *command) {
        (ActionKind::Clean, _) => clean(line, machine),
        (ActionKind::Install, "install") => install_tools(operands, machine),
        (ActionKind::Install, _) => {
            project.fetch(machine);
            if operands.first() == Some(&"vendor") {
                let why = format!("Sources of {}, copied beside the project.", project.named());
                let size = common::percent(project.sources(), 40);
                machine.put("vendor", PACKAGES.sized(size, project.modules.is_some(), why));
            }
        }
        (ActionKind::Build, command) => {
            if !machine.holds("vendor/modules.txt") {
                project.fetch(machine);
            }
            project.compile(machine);
            if matches!(command, "build" | "install") {
                project.link(command, operands, line, machine);
            }
        }
        _ => {}
    }
}

fn root(machine: &dyn Machine) -> String {
    let path = common::folder_of(machine, "GOPATH", "go");
    path.split(':').next().unwrap_or_default().to_owned()
}

fn binaries(machine: &dyn Machine) -> String {
    let named = machine.variable("GOBIN").filter(|path| !path.is_empty());
    named.unwrap_or_else(|| join(&root(machine), "bin"))
}

fn module_cache(machine: &dyn Machine) -> String {
    let named = machine.variable("GOMODCACHE").filter(|path| !path.is_empty());
    named.unwrap_or_else(|| join(&root(machine), "pkg/mod"))
}

fn install_tools(packages: &[&str], machine: &mut dyn Machine) {
    for package in packages {
        let path = join(&binaries(machine), program_name(package, "tool"));
        let why = format!("The program of {package}; a typical tool written in Go is assumed.");
        machine.write(&path, BINARY.assumed([7_000, 14_000, 28_000], why));
        let why = format!("Modules of {package}; those of a typical tool are assumed.");
        machine.put(&module_cache(machine), PACKAGES.assumed([25_000, 50_000, 100_000], why));
    }
    let why = "Compiled packages of the tools and the standard library, assumed as for others.";
    let cache = common::folder_of(machine, "GOCACHE", ".cache/go-build");
    common::fill(&cache, CACHE.assumed([40_000, 80_000, 160_000], why), machine);
}

fn clean(line: &CommandLine, machine: &mut dyn Machine) {
    if line.has_flag(&["-modcache", "--modcache"]) {
        machine.remove(&module_cache(machine));
    }
    if line.has_flag(&["-cache", "--cache"]) {
        machine.remove(&common::folder_of(machine, "GOCACHE", ".cache/go-build"));
    }
}
