//! Pipenv: what `Pipfile.lock` lists, installed by pip.
//!
//! Where the environment and the cache lie follows <https://pipenv.pypa.io/en/latest/configuration.html>.

use super::common::{self, flag, folder_of, join};
use super::python::{
    self, Asked, Manner, install, place_in, place_of, read_operands, read_project,
};
use super::venv;
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "pipenv",
    title: "Pipenv",
    programs: &["pipenv", "python", "python3*"],
    caches: &[CacheFolder {
        path: "~/.cache/pipenv",
        holds: "archives of packages and pages of the index",
        cleaner: "rm -rf ~/.cache/pipenv",
    }],
    read,
    perform,
    examples: &[
        ("pipenv install --system --deploy", ActionKind::Install, "Pipfile.lock"),
        ("python3 -m pipenv sync --dev", ActionKind::Install, "Pipfile.lock"),
        ("pipenv install flask", ActionKind::Install, "flask"),
        ("pipenv --clear", ActionKind::Clean, ""),
        ("pipenv lock", ActionKind::Nothing, ""),
    ],
};

const VALUED: &[&str] = &["--python", "-r", "-e", "-i", "--categories"];

fn read(line: &CommandLine) -> Option<Action> {
    let line = match python::is_python(line.program_name()) {
        true => python::module_line(line, &["pipenv"])?,
        false => line.clone(),
    };
    let words = common::words(&line, VALUED);
    let (kind, named) = match words.as_slice() {
        ["install" | "sync" | "update", rest @ ..] => (ActionKind::Install, rest),
        ["uninstall", rest @ ..] => (ActionKind::Remove, rest),
        [] if line.has_flag(&["--clear"]) => (ActionKind::Clean, [].as_slice()),
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let packages: Vec<String> = named.iter().map(|word| (*word).to_owned()).collect();
    let is_whole = kind == ActionKind::Install && packages.is_empty();
    let manifests = is_whole.then(|| "Pipfile.lock".to_owned()).into_iter().collect();
    Some(Action { packages, manifests, ..Action::new(kind, &line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    match action.kind {
        ActionKind::Install if action.manifests.is_empty() => {
            let asked = read_operands(line, machine);
            bring(line, &asked, machine);
        }
        ActionKind::Install => {
            let with_development = line.has_flag(&["--dev", "-d"]);
            let locked = read_project(".", &["Pipfile.lock"], with_development, machine);
            bring(line, &locked.asked, machine);
        }
        ActionKind::Clean => machine.remove(&cache(machine)),
        _ => {}
    }
}

fn bring(line: &CommandLine, asked: &Asked, machine: &mut dyn Machine) {
    let plain = CommandLine { program: "pipenv".to_owned(), ..line.clone() };
    let is_system =
        line.has_flag(&["--system"]) || python::is_on(machine.variable("PIPENV_SYSTEM"));
    let place = match is_system || python::environment(&plain, machine).is_some() {
        true => place_of(&plain, machine),
        false => {
            let in_project = python::is_on(machine.variable("PIPENV_VENV_IN_PROJECT"));
            let name = common::project_name(machine);
            let folder = match in_project {
                true => ".venv".to_owned(),
                false => {
                    let all = folder_of(machine, "WORKON_HOME", ".local/share/virtualenvs");
                    join(&all, &name)
                }
            };
            venv::make(&folder, machine);
            place_in(&folder, machine)
        }
    };
    let for_processors = super::pip::is_for_processors(line, machine);
    let manner = Manner { is_written: true, is_compiled: true, upgrades: true, for_processors };
    let is_off = machine.variable("PIP_NO_CACHE_DIR").is_some_and(|value| !value.is_empty());
    if let Some(brought) = install(asked, &place, manner, machine)
        && !is_off
    {
        let folder = flag(line, &["--cache-dir"]).map(str::to_owned);
        let folder = folder.unwrap_or_else(|| cache(machine));
        python::keep(&brought, &join(&folder, "http-v2"), true, machine);
    }
}

fn cache(machine: &dyn Machine) -> String {
    folder_of(machine, "PIPENV_CACHE_DIR", ".cache/pipenv")
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn the_lock_file_is_installed_into_the_system_or_an_environment() {
        let mut machine = TrialMachine::default();
        let lock = r#"{"default": {"flask": {"version": "==3.1.2"}}, "develop": {"pytest": {}}}"#;
        machine.texts.insert("Pipfile.lock".into(), lock.into());
        expect![[r#"
            put /usr/local/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.13/site-packages: 748 kB (621 kB to 898 kB), Dependencies, measured. The files of 1 PyPI package as measured on 2026-11-26.
            put /root/.cache/pipenv/http-v2: 105 kB (87.8 kB to 126 kB), Cache, measured. Archives that were fetched, kept for another installation.
            put /root/.cache/pipenv/http-v2: 44.7 kB (30.5 kB to 55.3 kB), Cache, measured. Pages of the index, kept for another installation."#]].assert_eq(&machine.run("pipenv install --system --deploy"));
        machine.variables.insert("PIP_NO_CACHE_DIR".into(), "1".into());
        expect![[r#"
            write /root/.local/share/virtualenvs/app/pyvenv.cfg: 1.00 kB (0 B to 1.00 kB), Dependencies, measured. What tells Python that this is a virtual environment.
            put /root/.local/share/virtualenvs/app/bin: 20.0 kB (10.0 kB to 50.0 kB), Dependencies, measured. Scripts that activate the environment.
            put /root/.local/share/virtualenvs/app/bin: 120 B (0 B to 640 B), Dependencies, modelled. Programs of the packages.
            put /root/.local/share/virtualenvs/app/lib/python3.13/site-packages: 4.08 MB (3.39 MB to 4.90 MB), Dependencies, measured. The files of 2 PyPI packages as measured on 2026-11-26."#]].assert_eq(&machine.run("pipenv sync --dev"));
    }
}
