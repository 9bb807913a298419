//! Poetry: the project's packages, its virtual environment, and its cache.
//!
//! Where things lie follows <https://python-poetry.org/docs/configuration/>; bytecode is compiled
//! only with `--compile`.

use super::common::{self, ARCHIVE, CACHE, PACKAGES, flag, folder_of, join};
use super::python::{
    self, Asked, Manner, Place, environment, install, place_in, place_of, read_operands,
    read_project,
};
use super::venv;
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};
use crate::size::Evidence;

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "poetry",
    title: "Poetry",
    programs: &["poetry", "python", "python3*"],
    caches: &[CacheFolder {
        path: "~/.cache/pypoetry/artifacts",
        holds: "archives of packages",
        cleaner: "rm -rf ~/.cache/pypoetry/artifacts ~/.cache/pypoetry/cache",
    }],
    read,
    perform,
    examples: &[
        ("poetry install --only main --no-root", ActionKind::Install, "poetry.lock"),
        ("python -m poetry sync", ActionKind::Install, "poetry.lock"),
        ("poetry add fastapi", ActionKind::Install, "fastapi"),
        ("poetry config virtualenvs.create false", ActionKind::Nothing, ""),
        ("poetry export -f requirements.txt -o r.txt", ActionKind::Nothing, ""),
        ("poetry build", ActionKind::Build, ""),
        ("poetry cache clear pypi --all", ActionKind::Clean, ""),
    ],
};

const VALUED: &[&str] = &[
    "-C",
    "--directory",
    "-P",
    "--project",
    "--only",
    "--without",
    "--with",
    "-E",
    "--extras",
    "-f",
    "--format",
    "-o",
    "--output",
    "-G",
    "--group",
];

fn read(line: &CommandLine) -> Option<Action> {
    let line = match python::is_python(line.program_name()) {
        true => python::module_line(line, &["poetry"])?,
        false => line.clone(),
    };
    let words = common::words(&line, VALUED);
    let (kind, named, manifest) = match words.as_slice() {
        ["install" | "sync" | "update", ..] => {
            (ActionKind::Install, [].as_slice(), Some("poetry.lock".to_owned()))
        }
        ["add", rest @ ..] => (ActionKind::Install, rest, None),
        ["remove", rest @ ..] => (ActionKind::Remove, rest, None),
        ["build", ..] => (ActionKind::Build, [].as_slice(), None),
        ["cache", "clear", ..] => (ActionKind::Clean, [].as_slice(), None),
        _ => (ActionKind::Nothing, [].as_slice(), None),
    };
    let packages = named.iter().map(|word| (*word).to_owned()).collect();
    let manifests = manifest.into_iter().collect();
    Some(Action { packages, manifests, ..Action::new(kind, &line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    match common::words(line, VALUED).as_slice() {
        ["config", name, value, ..] => {
            machine.installed("poetry").insert(format!("{name}={value}"));
        }
        ["install" | "sync" | "update", ..] => {
            let locked = read_project(
                flag(line, &["-C", "--directory", "-P", "--project"]).unwrap_or("."),
                &["poetry.lock", "pyproject.toml"],
                !is_for_production(line),
                machine,
            );
            if line.has_flag(&["-E", "--extras", "--all-extras"]) {
                machine.doubt("What the project's extras bring is not known here.".to_owned());
            }
            bring(line, &locked.asked, locked.is_locked, machine);
        }
        ["add", ..] => {
            let asked = read_operands(line, machine);
            bring(line, &asked, false, machine);
        }
        ["build", ..] => {
            let why = "The project's wheel and its sources, packed; assumed.";
            machine.put("dist", ARCHIVE.assumed([10, 100, 2_000], why));
        }
        ["export", ..] => {
            if let Some(path) = flag(line, &["-o", "--output"]).map(str::to_owned) {
                let why = "Packages with their checksums, as the lock file has them; assumed.";
                machine.write(&path, PACKAGES.assumed([2, 40, 300], why));
            }
        }
        ["cache", "clear", ..] => machine.remove(&cache(machine)),
        _ => {}
    }
}

/// Whether packages for development stay out.
fn is_for_production(line: &CommandLine) -> bool {
    let only = line.values_of(&["--only"]);
    let without = line.values_of(&["--without"]);
    line.has_flag(&["--no-dev"])
        || only.iter().any(|group| group.contains("main"))
        || without.iter().any(|group| group.contains("dev"))
}

fn bring(line: &CommandLine, asked: &Asked, is_locked: bool, machine: &mut dyn Machine) {
    let place = place(line, machine);
    let manner = Manner {
        is_written: true,
        is_compiled: line.has_flag(&["--compile"]),
        upgrades: true,
        for_processors: false,
    };
    let Some(mut brought) = install(asked, &place, manner, machine) else { return };
    if line.has_flag(&["--no-cache"]) {
        return;
    }
    if is_locked {
        // Only what tells the archives of one version.
        brought.pages = brought.pages.between_shares([0, 4, 30]);
    }
    let folder = cache(machine);
    python::keep(&brought, &join(&folder, "artifacts"), false, machine);
    let why = "Pages of the index that tell which releases there are.";
    let contents = super::Contents {
        bytes: brought.pages,
        evidence: brought.evidence.max(Evidence::Modelled),
        ..CACHE.modelled([0; 3], why)
    };
    machine.put(&join(&folder, "cache"), contents);
}

/// Where packages go: the Python that Poetry is told to use, or an environment of its own.
fn place(line: &CommandLine, machine: &mut dyn Machine) -> Place {
    let setting = |name: &str, machine: &mut dyn Machine| {
        let variable = format!("POETRY_{}", name.replace(['.', '-'], "_").to_ascii_uppercase());
        let said = machine.variable(&variable).map(|value| value.to_ascii_lowercase());
        let kept = machine.installed("poetry");
        let is_kept = |value: &str| kept.contains(&format!("{name}={value}"));
        match said.as_deref() {
            Some("true" | "1") => Some(true),
            Some("false" | "0") => Some(false),
            _ if is_kept("true") => Some(true),
            _ if is_kept("false") => Some(false),
            _ => None,
        }
    };
    let plain = CommandLine { program: "poetry".to_owned(), ..line.clone() };
    if let Some(active) = environment(&plain, machine) {
        return place_in(&active, machine);
    }
    if setting("virtualenvs.create", machine) == Some(false) {
        return place_of(&plain, machine);
    }
    let folder = if setting("virtualenvs.in-project", machine) == Some(true)
        || machine.holds(".venv/pyvenv.cfg")
    {
        ".venv".to_owned()
    } else {
        let name = common::project_name(machine);
        let version = python::python_version(machine);
        let all = machine.variable("POETRY_VIRTUALENVS_PATH").filter(|path| !path.is_empty());
        let all = all.unwrap_or_else(|| join(&cache(machine), "virtualenvs"));
        join(&all, &format!("{name}-py{version}"))
    };
    let place = place_in(&folder, machine);
    if !machine.holds(&join(&folder, "pyvenv.cfg")) {
        venv::make(&folder, machine);
        let why = "The environment's own pip, which newer releases of Poetry leave out.";
        machine.put(&place.site, PACKAGES.assumed([0, 7_000, 12_000], why));
    }
    place
}

fn cache(machine: &dyn Machine) -> String {
    folder_of(machine, "POETRY_CACHE_DIR", ".cache/pypoetry")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn the_lock_file_is_installed_where_the_settings_say() {
        let mut machine = TrialMachine::default();
        machine.variables.insert("PYTHON_VERSION".into(), "3.12.4".into());
        let lock = "[[package]]\nname = \"flask\"\nversion = \"3.1.2\"\ngroups = [\"main\"]\n\
                    [[package]]\nname = \"pytest\"\nversion = \"8.4.0\"\ngroups = [\"dev\"]\n";
        machine.texts.insert("poetry.lock".into(), lock.into());
        expect![[r#"
            write /root/.cache/pypoetry/virtualenvs/app-py3.12/pyvenv.cfg: 1.00 kB (0 B to 1.00 kB), Dependencies, measured. What tells Python that this is a virtual environment.
            put /root/.cache/pypoetry/virtualenvs/app-py3.12/bin: 20.0 kB (10.0 kB to 50.0 kB), Dependencies, measured. Scripts that activate the environment.
            put /root/.cache/pypoetry/virtualenvs/app-py3.12/lib/python3.12/site-packages: 7.00 MB (0 B to 12.0 MB), Dependencies, assumed. The environment's own pip, which newer releases of Poetry leave out.
            put /root/.cache/pypoetry/virtualenvs/app-py3.12/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put /root/.cache/pypoetry/virtualenvs/app-py3.12/lib/python3.12/site-packages: 389 kB (261 kB to 736 kB), Dependencies, modelled. The files of 1 PyPI package as measured on 2026-11-26, without bytecode.
            put /root/.cache/pypoetry/artifacts: 105 kB (87.8 kB to 126 kB), Cache, modelled. Archives that were fetched, kept for another installation.
            put /root/.cache/pypoetry/cache: 1.71 kB (0 B to 16.0 kB), Cache, modelled. Pages of the index that tell which releases there are."#]].assert_eq(&machine.run("poetry install --only main --no-root"));
        expect![].assert_eq(&machine.run("poetry config virtualenvs.create false"));
        expect![[r#"
            put /usr/local/bin: 120 B (0 B to 640 B), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.12/site-packages: 2.12 MB (961 kB to 6.21 MB), Dependencies, modelled. The files of 2 PyPI packages as measured on 2026-11-26, without bytecode."#]].assert_eq(&machine.run("poetry install --no-cache"));
        expect!["write r.txt: 40.0 kB (2.00 kB to 300 kB), Dependencies, assumed. Packages with their checksums, as the lock file has them; assumed."].assert_eq(&machine.run("poetry export -f requirements.txt -o r.txt"));
    }
}
