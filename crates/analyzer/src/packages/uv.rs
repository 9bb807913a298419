//! uv: environments from a lock file, packages as pip would install them, tools and Pythons.
//!
//! uv compiles no bytecode unless asked to, and links files from its cache into the environment
//! where both lie on one file system, so that in a layer they weigh once
//! (<https://docs.astral.sh/uv/reference/settings/#link-mode>); measured with uv 0.13.

use super::common::{self, CACHE, PROGRAMS, flag, join};
use super::python::{
    self, Asked, Brought, Manner, Place, environment, install, place_in, place_of, read_operands,
    read_project,
};
use super::venv;
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};
use crate::layer::ByteRange;
use crate::size::Evidence;

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "uv",
    title: "uv",
    programs: &["uv"],
    caches: &[CacheFolder {
        path: "~/.cache/uv",
        holds: "packages and pages of the index",
        cleaner: "uv cache clean",
    }],
    read,
    perform,
    examples: &[
        ("uv sync --frozen --no-dev", ActionKind::Install, "uv.lock"),
        ("uv pip install --system -r requirements.txt", ActionKind::Install, "requirements.txt"),
        ("uv pip install flask==3.0 gunicorn", ActionKind::Install, "flask gunicorn"),
        ("uv add httpx", ActionKind::Install, "httpx"),
        ("uv tool install ruff", ActionKind::Install, "ruff"),
        ("uv python install 3.12", ActionKind::Install, "3.12"),
        ("uv venv /opt/venv", ActionKind::Build, ""),
        ("uv cache clean", ActionKind::Clean, ""),
        ("uv lock", ActionKind::Nothing, ""),
    ],
};

/// A Python of uv's own, unpacked; assumed.
const PYTHON: [u64; 3] = [70_000, 105_000, 160_000];

/// The words behind `uv`, flags aside.
fn words(line: &CommandLine) -> Vec<&str> {
    common::words(line, python::VALUED)
}

fn read(line: &CommandLine) -> Option<Action> {
    let words = words(line);
    let (kind, named, manifest) = match words.as_slice() {
        ["sync", ..] => (ActionKind::Install, [].as_slice(), Some("uv.lock")),
        ["pip", "install", rest @ ..] => (ActionKind::Install, rest, None),
        ["pip", "sync", rest @ ..] => (ActionKind::Install, rest, None),
        ["pip", "uninstall", rest @ ..] => (ActionKind::Remove, rest, None),
        ["add", rest @ ..] | ["tool" | "python", "install", rest @ ..] => {
            (ActionKind::Install, rest, None)
        }
        ["venv" | "build", ..] => (ActionKind::Build, [].as_slice(), None),
        ["cache", "clean" | "prune", ..] => (ActionKind::Clean, [].as_slice(), None),
        _ => (ActionKind::Nothing, [].as_slice(), None),
    };
    let name =
        |word: &&str| word.split(['=', '<', '>', '~', '[']).next().unwrap_or_default().to_owned();
    let files = line.values_of(&["-r", "--requirement", "--requirements"]);
    let manifests = manifest.into_iter().chain(files).map(str::to_owned).collect();
    let packages = named.iter().map(name).collect();
    Some(Action { packages, manifests, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    match words(line).as_slice() {
        ["sync", ..] => sync(line, machine),
        ["add", ..] => {
            let asked = read_operands(line, machine);
            let place = project_place(line, machine);
            bring(line, &asked, &place, false, machine);
        }
        ["pip", "install" | "sync", rest @ ..] => {
            let is_sync = words(line).get(1) == Some(&"sync");
            let asked = if is_sync { files(rest, machine) } else { read_pip(line, machine) };
            let place = pip_place(line, machine);
            bring(line, &asked, &place, false, machine);
        }
        ["tool", "install", ..] => {
            let asked = read_pip(line, machine);
            let tools = common::folder_of(machine, "UV_TOOL_DIR", ".local/share/uv/tools");
            let folder = join(&tools, action.packages.first().map_or("tool", String::as_str));
            bring(line, &asked, &place_in(&folder, machine), false, machine);
        }
        ["python", "install", versions @ ..] => {
            let folder =
                common::folder_of(machine, "UV_PYTHON_INSTALL_DIR", ".local/share/uv/python");
            for version in versions.iter().chain(versions.is_empty().then_some(&"3")) {
                let why = format!("Python {version} of uv's own, assumed.");
                machine.put(&folder, PROGRAMS.assumed(PYTHON, why));
            }
        }
        ["venv", rest @ ..] => venv::make(rest.first().unwrap_or(&".venv"), machine),
        ["cache", "clean" | "prune", ..] => machine.remove(&cache(line, machine)),
        _ => {}
    }
}

/// What pip would be asked for, without the word `pip` or `tool`.
fn read_pip(line: &CommandLine, machine: &dyn Machine) -> Asked {
    let mut line = line.clone();
    if let Some(at) = line.arguments.iter().position(|it| matches!(&*it.text, "pip" | "tool")) {
        line.arguments.remove(at);
    }
    read_operands(&line, machine)
}

fn files(names: &[&str], machine: &dyn Machine) -> Asked {
    let mut asked = Asked::default();
    names.iter().for_each(|name| asked.read_file(name, machine));
    asked.listings.iter_mut().for_each(|listing| listing.is_complete = true);
    asked
}

fn project_folder(line: &CommandLine) -> &str {
    flag(line, &["--project", "--directory"]).unwrap_or(".")
}

/// The environment of the project, which is made if need be.
fn project_place(line: &CommandLine, machine: &mut dyn Machine) -> Place {
    let named = machine.variable("UV_PROJECT_ENVIRONMENT").filter(|path| !path.is_empty());
    let active = line.has_flag(&["--active"]).then(|| environment(line, machine)).flatten();
    let folder = named.or(active).unwrap_or_else(|| join(project_folder(line), ".venv"));
    if folder != "/usr/local" && folder != "/usr" {
        venv::make(&folder, machine);
    }
    place_in(&folder, machine)
}

fn sync(line: &CommandLine, machine: &mut dyn Machine) {
    let without = ["--no-dev", "--no-default-groups", "--only-group"];
    let with_development =
        !line.has_flag(&without) && !python::is_on(machine.variable("UV_NO_DEV"));
    let files = ["uv.lock", "pyproject.toml"];
    let locked = read_project(project_folder(line), &files, with_development, machine);
    let place = project_place(line, machine);
    if line.has_flag(&["--all-extras", "--extra"]) {
        machine.doubt("What the project's extras bring is not known here.".to_owned());
    }
    bring(line, &locked.asked, &place, locked.is_locked, machine);
}

/// Where `uv pip` installs.
fn pip_place(line: &CommandLine, machine: &mut dyn Machine) -> Place {
    if let Some(target) = flag(line, &["-t", "--target"]) {
        return Place { site: target.to_owned(), bin: join(target, "bin"), is_own: false };
    }
    if let Some(prefix) = flag(line, &["--prefix"]) {
        return place_in(prefix, machine);
    }
    if let Some(path) = flag(line, &["--python", "-p"])
        && let Some((prefix, _)) = path.rsplit_once("/bin/")
    {
        return place_in(prefix, machine);
    }
    let plain = CommandLine { program: "uv".to_owned(), ..line.clone() };
    let is_system =
        line.has_flag(&["--system"]) || python::is_on(machine.variable("UV_SYSTEM_PYTHON"));
    if !is_system && environment(&plain, machine).is_none() && machine.holds(".venv/pyvenv.cfg") {
        return place_in(".venv", machine);
    }
    place_of(&plain, machine)
}

fn bring(
    line: &CommandLine,
    asked: &Asked,
    place: &Place,
    is_locked: bool,
    machine: &mut dyn Machine,
) {
    let compiles = line.has_flag(&["--compile-bytecode", "--compile"])
        || python::is_on(machine.variable("UV_COMPILE_BYTECODE"));
    let manner = Manner {
        is_written: true,
        is_compiled: compiles,
        upgrades: true,
        for_processors: super::pip::is_for_processors(line, machine),
    };
    let Some(brought) = install(asked, place, manner, machine) else { return };
    let is_off = line.has_flag(&["--no-cache", "--no-cache-dir", "-n"])
        || python::is_on(machine.variable("UV_NO_CACHE"));
    if !is_off {
        keep(line, &brought, compiles, is_locked, machine);
    }
}

/// The cache: files are those of the environment, linked, unless they are copied.
fn keep(
    line: &CommandLine,
    brought: &Brought,
    compiles: bool,
    is_locked: bool,
    machine: &mut dyn Machine,
) {
    let folder = cache(line, machine);
    let mode = flag(line, &["--link-mode"]).map(str::to_owned);
    let mode = mode.or_else(|| machine.variable("UV_LINK_MODE")).unwrap_or_default();
    let pages = if is_locked { [0, 3, 25] } else { [30, 90, 130] };
    let contents = |bytes: ByteRange, why: &str| super::Contents {
        bytes,
        evidence: brought.evidence.max(Evidence::Modelled),
        ..CACHE.modelled([0; 3], why)
    };
    let why = "Pages of the index; files of packages are linked into the environment and weigh \
               nothing more.";
    machine.put(&folder, contents(brought.pages.between_shares(pages), why));
    if mode == "copy" {
        let share = if compiles { [50, 62, 90] } else { [95, 100, 102] };
        let why = "Files of the packages, which UV_LINK_MODE=copy has a second time.";
        machine
            .put(&join(&folder, "archive-v0"), contents(brought.files.between_shares(share), why));
    }
}

fn cache(line: &CommandLine, machine: &dyn Machine) -> String {
    let named = flag(line, &["--cache-dir"]).map(str::to_owned);
    named.unwrap_or_else(|| common::folder_of(machine, "UV_CACHE_DIR", ".cache/uv"))
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    const LOCK: &str = r#"
[[package]]
name = "app"
source = { virtual = "." }
dependencies = [{ name = "flask" }]
[package.dev-dependencies]
dev = [{ name = "pytest" }]
[[package]]
name = "flask"
version = "3.1.2"
[[package]]
name = "pytest"
version = "8.4.0"
"#;

    #[test]
    fn the_lock_file_is_installed_without_bytecode() {
        let mut machine = TrialMachine::default();
        machine.texts.insert("uv.lock".into(), LOCK.into());
        expect![[r#"
            write .venv/pyvenv.cfg: 1.00 kB (0 B to 1.00 kB), Dependencies, measured. What tells Python that this is a virtual environment.
            put .venv/bin: 20.0 kB (10.0 kB to 50.0 kB), Dependencies, measured. Scripts that activate the environment.
            put .venv/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put .venv/lib/python3.13/site-packages: 389 kB (261 kB to 736 kB), Dependencies, modelled. The files of 1 PyPI package as measured on 2026-11-26, without bytecode.
            put /root/.cache/uv: 1.28 kB (0 B to 13.3 kB), Cache, modelled. Pages of the index; files of packages are linked into the environment and weigh nothing more."#]].assert_eq(&machine.run("uv sync --frozen --no-dev"));
        machine.variables.insert("UV_LINK_MODE".into(), "copy".into());
        machine.variables.insert("UV_COMPILE_BYTECODE".into(), "1".into());
        expect![[r#"
            write .venv/pyvenv.cfg: 1.00 kB (0 B to 1.00 kB), Dependencies, measured. What tells Python that this is a virtual environment.
            put .venv/bin: 20.0 kB (10.0 kB to 50.0 kB), Dependencies, measured. Scripts that activate the environment.
            put .venv/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put .venv/lib/python3.13/site-packages: 3.34 MB (1.67 MB to 6.67 MB), Dependencies, modelled. The files of 1 PyPI package as measured on 2026-11-26.
            put /root/.cache/uv: 4.23 kB (0 B to 44.0 kB), Cache, modelled. Pages of the index; files of packages are linked into the environment and weigh nothing more.
            put /root/.cache/uv/archive-v0: 2.07 MB (834 kB to 6.00 MB), Cache, modelled. Files of the packages, which UV_LINK_MODE=copy has a second time."#]].assert_eq(&machine.run("uv sync --frozen"));
    }

    #[test]
    fn packages_tools_and_pythons_are_installed() {
        let mut machine = TrialMachine::default();
        expect![[r#"
            put /usr/local/bin: 420 B (0 B to 2.24 kB), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.13/site-packages: 2.61 MB (1.75 MB to 4.92 MB), Dependencies, modelled. The files of 7 PyPI packages as measured on 2026-11-26, without bytecode."#]].assert_eq(&machine.run("uv pip install --system --no-cache flask"));
        expect![[r#"
            put /root/.local/share/uv/tools/ruff/bin: 24.5 MB (20.8 MB to 28.2 MB), Dependencies, modelled. Programs of the packages.
            put /root/.local/share/uv/tools/ruff/lib/python3.13/site-packages: 250 kB (0 B to 900 kB), Dependencies, modelled. The files of 1 PyPI package as measured on 2026-11-26, without bytecode.
            put /root/.cache/uv: 2.88 MB (641 kB to 5.20 MB), Cache, modelled. Pages of the index; files of packages are linked into the environment and weigh nothing more."#]].assert_eq(&machine.run("uv tool install ruff"));
        expect!["put /root/.local/share/uv/python: 105 MB (70.0 MB to 160 MB), Dependencies, assumed. Python 3.12 of uv's own, assumed."].assert_eq(&machine.run("uv python install 3.12"));
        expect![[r#"
            write .venv/pyvenv.cfg: 1.00 kB (0 B to 1.00 kB), Dependencies, measured. What tells Python that this is a virtual environment.
            put .venv/bin: 20.0 kB (10.0 kB to 50.0 kB), Dependencies, measured. Scripts that activate the environment."#]].assert_eq(&machine.run("uv venv"));
        expect!["remove /root/.cache/uv"].assert_eq(&machine.run("uv cache clean"));
    }
}
