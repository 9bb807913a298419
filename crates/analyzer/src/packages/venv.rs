//! Virtual environments: `python -m venv`, `virtualenv`, and `activate`.
//!
//! Measured with Python 3.11 in November 2026: 22.3 MB with pip and setuptools, of which pip is
//! 14.3 MB; from 3.12 on setuptools is left out
//! (<https://docs.python.org/3/library/venv.html>). virtualenv brings pip without bytecode.

use super::common::{self, PACKAGES, join};
use super::python::{self, place_in, python_version};
use super::{Action, ActionKind, CommandLine, Machine, PackageManager};

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "venv",
    title: "venv",
    programs: &["python", "python2*", "python3*", "virtualenv", "source", "."],
    caches: &[],
    read,
    perform,
    examples: &[
        ("python -m venv /venv", ActionKind::Build, "/venv"),
        ("python3 -m venv --without-pip .venv", ActionKind::Build, ".venv"),
        ("virtualenv -p python3.11 env", ActionKind::Build, "env"),
        ("source /venv/bin/activate", ActionKind::Nothing, ""),
    ],
};

const VALUED: &[&str] = &["-p", "--python", "--prompt", "--app-data"];

fn read(line: &CommandLine) -> Option<Action> {
    let is_shell = matches!(line.program_name(), "source" | ".");
    if is_shell {
        let is_activated = line.words().any(|word| word.ends_with("/bin/activate"));
        return is_activated.then(|| Action::new(ActionKind::Nothing, line));
    }
    let line = match python::is_python(line.program_name()) {
        true => python::module_line(line, &["venv", "virtualenv"])?,
        false => line.clone(),
    };
    let packages = common::words(&line, VALUED).into_iter().map(str::to_owned).collect();
    Some(Action { packages, ..Action::new(ActionKind::Build, &line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    if action.kind == ActionKind::Nothing {
        let script = action.line.words().next().unwrap_or_default();
        if let Some(folder) = script.strip_suffix("/bin/activate") {
            machine.enter(folder);
        }
        return;
    }
    let without = ["--without-pip", "--no-pip", "--no-seed"];
    let has_pip = !action.line.has_flag(&without);
    let is_virtualenv = action.line.program_name() == "virtualenv";
    let own =
        |what: &str| format!("The environment's own {what}, by what was measured of Python 3.11.");
    for folder in &action.packages {
        make(folder, machine);
        let minor = python_version(machine).strip_prefix("3.").and_then(|it| it.parse().ok());
        let contents = match (is_virtualenv, minor.unwrap_or(u64::MAX)) {
            (true, _) => PACKAGES.modelled([6_000, 9_200, 12_000], own("pip without bytecode")),
            (_, minor @ ..12) => {
                let (size, why) =
                    ([19_000, 22_300, 24_000], own("pip and setuptools with bytecode"));
                if minor == 11 {
                    PACKAGES.measured(size, why)
                } else {
                    PACKAGES.modelled(size, why)
                }
            }
            _ => PACKAGES.modelled([11_500, 14_000, 16_000], own("pip with bytecode")),
        };
        if has_pip {
            machine.put(&place_in(folder, machine).site, contents);
        }
    }
}

/// Makes an empty environment, unless it is there.
pub(super) fn make(folder: &str, machine: &mut dyn Machine) {
    let settings = join(folder, "pyvenv.cfg");
    if machine.holds(&settings) {
        return;
    }
    let why = "What tells Python that this is a virtual environment.";
    machine.write(&settings, PACKAGES.measured([0, 1, 1], why));
    let why = "Scripts that activate the environment.";
    machine.put(&join(folder, "bin"), PACKAGES.measured([10, 20, 50], why));
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn an_environment_brings_pip_and_takes_what_is_installed() {
        let mut machine = TrialMachine::default();
        machine.variables.insert("PYTHON_VERSION".into(), "3.11.9".into());
        machine.variables.insert("PIP_NO_CACHE_DIR".into(), "1".into());
        expect![[r#"
            write /opt/app/pyvenv.cfg: 1.00 kB (0 B to 1.00 kB), Dependencies, measured. What tells Python that this is a virtual environment.
            put /opt/app/bin: 20.0 kB (10.0 kB to 50.0 kB), Dependencies, measured. Scripts that activate the environment.
            put /opt/app/lib/python3.11/site-packages: 22.3 MB (19.0 MB to 24.0 MB), Dependencies, measured. The environment's own pip and setuptools with bytecode, by what was measured of Python 3.11."#]].assert_eq(&machine.run("python -m venv /opt/app"));
        expect![[r#"
            write x/pyvenv.cfg: 1.00 kB (0 B to 1.00 kB), Dependencies, measured. What tells Python that this is a virtual environment.
            put x/bin: 20.0 kB (10.0 kB to 50.0 kB), Dependencies, measured. Scripts that activate the environment."#]].assert_eq(&machine.run("python -m venv --without-pip x"));
        machine.run(". /opt/app/bin/activate");
        expect![[r#"
            put /opt/app/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put /opt/app/lib/python3.11/site-packages: 84.6 kB (70.3 kB to 102 kB), Dependencies, measured. The files of 1 PyPI package as measured on 2026-11-26."#]].assert_eq(&machine.run("pip install six"));
    }
}
