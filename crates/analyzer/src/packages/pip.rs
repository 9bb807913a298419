//! pip: packages, its cache, and wheels.
//!
//! What it writes into a layer was measured; see `tests/measured/pip.md`. Any value of
//! `PIP_NO_CACHE_DIR` switches the cache off
//! (`_handle_no_cache_dir` of <https://github.com/pypa/pip/blob/25.0/src/pip/_internal/cli/cmdoptions.py>).

use std::collections::BTreeMap;

use super::common::{self, ARCHIVES, flag, join};
use super::modules::{self, Ecosystem};
use super::python::{self, Asked, Manner, Place, install, place_in, place_of, read_operands};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};
use crate::layer::Packing;

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "pip",
    title: "pip",
    programs: &["pip", "pip2*", "pip3*", "python", "python2*", "python3*", "pypy*"],
    caches: &[CacheFolder {
        path: "~/.cache/pip",
        holds: "archives of packages and pages of the index",
        cleaner: "pip cache purge",
    }],
    read,
    perform,
    examples: &[
        ("pip install flask uvicorn[standard]==0.30", ActionKind::Install, "flask uvicorn"),
        ("pip3 install -r requirements.txt -c c.txt", ActionKind::Install, "requirements.txt"),
        ("python -m pip install --no-cache-dir -U pip", ActionKind::Install, "pip"),
        ("python3.12 -u -m pip install .", ActionKind::Install, "."),
        ("/venv/bin/pip install -e .[dev]", ActionKind::Install, ".[dev]"),
        ("pip --no-cache-dir wheel -w /wheels gunicorn", ActionKind::Build, "gunicorn"),
        ("pip download -d /x -r a.txt", ActionKind::Build, "a.txt"),
        ("pip uninstall -y setuptools", ActionKind::Remove, "setuptools"),
        ("pip cache purge", ActionKind::Clean, ""),
        ("pip --version", ActionKind::Nothing, ""),
    ],
};

fn read(line: &CommandLine) -> Option<Action> {
    let line = match python::is_python(line.program_name()) {
        true => python::module_line(line, &["pip"])?,
        false => line.clone(),
    };
    let operands = line.operands(python::VALUED);
    let (command, named) = operands
        .split_first()
        .map_or(("", &[][..]), |(command, named)| (command.text.as_str(), named));
    let kind = match command {
        "install" => ActionKind::Install,
        "wheel" | "download" => ActionKind::Build,
        "uninstall" => ActionKind::Remove,
        "cache" if named.first().is_some_and(|it| matches!(&*it.text, "purge" | "remove")) => {
            ActionKind::Clean
        }
        _ => ActionKind::Nothing,
    };
    let has_names = !matches!(kind, ActionKind::Clean | ActionKind::Nothing);
    let name = |word: &str| match word.starts_with(['.', '/']) {
        true => word.to_owned(),
        false => word
            .split(['=', '<', '>', '~', '!', '[', ' ', ';'])
            .next()
            .unwrap_or_default()
            .to_owned(),
    };
    let mut packages: Vec<String> =
        named.iter().filter(|_| has_names).map(|it| name(&it.text)).collect();
    packages.extend(line.values_of(&["-e", "--editable"]).into_iter().map(str::to_owned));
    let manifests = line.values_of(&["-r", "--requirement"]).into_iter().map(str::to_owned);
    let manifests = manifests.collect();
    Some(Action { packages, manifests, ..Action::new(kind, &line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    match action.kind {
        ActionKind::Install => {
            let asked = read_operands(line, machine);
            install_packages(line, &asked, machine);
        }
        ActionKind::Build => fetch(line, machine),
        ActionKind::Remove => uninstall(action, machine),
        ActionKind::Clean => machine.remove(&cache(line, machine)),
        _ if line.words().collect::<Vec<_>>().starts_with(&["config", "set"])
            && line.words().any(|word| word.ends_with("no-cache-dir")) =>
        {
            machine.installed("pip").insert("no cache".to_owned());
        }
        _ => {}
    }
}

/// Installs, and keeps in the cache what was fetched. Pipenv does so too.
pub(super) fn install_packages(line: &CommandLine, asked: &Asked, machine: &mut dyn Machine) {
    let manner = Manner {
        is_written: true,
        is_compiled: !line.has_flag(&["--no-compile"]),
        upgrades: line.has_flag(&["-U", "--upgrade", "--force-reinstall", "-I"]),
        for_processors: is_for_processors(line, machine),
    };
    let place = destination(line, machine);
    if let Some(brought) = install(asked, &place, manner, machine)
        && is_cached(line, machine)
    {
        let folder = join(&cache(line, machine), "http-v2");
        python::keep(&brought, &folder, true, machine);
    }
}

/// Where packages go by the flags.
fn destination(line: &CommandLine, machine: &dyn Machine) -> Place {
    let named = |flags: &[&str], variable: &str| {
        let value = flag(line, flags).map(str::to_owned);
        value.or_else(|| machine.variable(variable)).filter(|it| !it.is_empty())
    };
    if let Some(target) = named(&["-t", "--target"], "PIP_TARGET") {
        return Place { bin: join(&target, "bin"), site: target, is_own: false };
    }
    if let Some(prefix) = named(&["--prefix"], "PIP_PREFIX") {
        return place_in(&prefix, machine);
    }
    let place = if line.has_flag(&["--user"]) || python::is_on(machine.variable("PIP_USER")) {
        let base = machine.variable("PYTHONUSERBASE");
        let base = base.unwrap_or_else(|| join(&machine.home(), ".local"));
        place_in(&base, machine)
    } else {
        place_of(line, machine)
    };
    match named(&["--root"], "PIP_ROOT") {
        Some(root) => {
            let below = |path: &str| join(&root, path.trim_start_matches('/'));
            Place { site: below(&place.site), bin: below(&place.bin), is_own: false }
        }
        None => place,
    }
}

/// Whether packages come from PyTorch's index for processors alone.
pub(super) fn is_for_processors(line: &CommandLine, machine: &dyn Machine) -> bool {
    let variables = ["PIP_EXTRA_INDEX_URL", "PIP_INDEX_URL", "UV_EXTRA_INDEX_URL", "UV_INDEX_URL"];
    line.words().any(|word| word.contains("whl/cpu") || word.ends_with("+cpu") || word == "cpu")
        || variables
            .iter()
            .any(|name| machine.variable(name).is_some_and(|it| it.contains("whl/cpu")))
}

fn is_cached(line: &CommandLine, machine: &mut dyn Machine) -> bool {
    let is_off = line.has_flag(&["--no-cache-dir", "--no-cache", "--no-index"])
        || machine.variable("PIP_NO_CACHE_DIR").is_some_and(|value| !value.is_empty());
    !is_off && !machine.installed("pip").contains("no cache")
}

fn cache(line: &CommandLine, machine: &dyn Machine) -> String {
    let named = flag(line, &["--cache-dir"]).map(str::to_owned);
    named
        .or_else(|| machine.variable("PIP_CACHE_DIR"))
        .unwrap_or_else(|| super::common::folder_of(machine, "XDG_CACHE_HOME", ".cache") + "/pip")
}

/// `pip wheel` and `pip download` write archives into a folder.
fn fetch(line: &CommandLine, machine: &mut dyn Machine) {
    let folder = flag(line, &["-w", "--wheel-dir", "-d", "--dest"]).unwrap_or(".").to_owned();
    let asked = Asked { wheels: Vec::new(), ..read_operands(line, machine) };
    // What would be installed tells what is fetched; nothing is installed.
    let place = Place { site: format!("{folder} wheels"), bin: String::new(), is_own: false };
    let manner = Manner {
        is_written: false,
        is_compiled: true,
        upgrades: true,
        for_processors: is_for_processors(line, machine),
    };
    let Some(brought) = install(&asked, &place, manner, machine) else { return };
    let why = "Wheels that were fetched, or made, without what they unpack to.";
    let contents = super::Contents {
        bytes: brought.archives,
        evidence: brought.evidence,
        packing: Packing::PACKED,
        ..ARCHIVES.assumed([0; 3], why)
    };
    let contents = super::Contents { category: crate::layer::Category::Build, ..contents };
    machine.put(&folder, contents);
    if is_cached(line, machine) {
        let folder = join(&cache(line, machine), "http-v2");
        python::keep(&brought, &folder, true, machine);
    }
}

fn uninstall(action: &Action, machine: &mut dyn Machine) {
    let place = place_of(&action.line, machine);
    let table = modules::find(Ecosystem::Pypi);
    // By the layer that installed it.
    let mut gone: BTreeMap<u32, u64> = BTreeMap::new();
    for name in &action.packages {
        let name = super::manifests::requirement::normalise(name);
        let Some(layer) = python::forget(&place.site, &name, machine) else { continue };
        let bytes = match table.as_ref().and_then(|table| table.size_of(&name)) {
            Some(row) => row.bytes.0,
            // NVIDIA's libraries are packages of their own, which stay.
            None if name == "torch" => python::PYTORCH,
            None => {
                machine.doubt(format!(
                    "How much {name} leaves behind is not known: what an earlier step installed \
                     stays in its layer."
                ));
                continue;
            }
        };
        let sum = gone.entry(layer).or_default();
        *sum = sum.saturating_add(bytes);
    }
    for (layer, bytes) in gone {
        let is_lower = layer < machine.layer();
        if !is_lower || !machine.take_dependencies(&place.site, layer, bytes) {
            common::lessen(&place.site, bytes, machine);
        }
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    /// A machine from an official image of Python 3.11.
    fn machine() -> TrialMachine {
        let mut machine = TrialMachine::default();
        machine.variables.insert("PYTHON_VERSION".into(), "3.11.9".into());
        machine
    }

    #[test]
    fn names_bring_what_they_need_and_the_cache_keeps_it() {
        expect![[r#"
            put /usr/local/bin: 420 B (0 B to 2.24 kB), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.11/site-packages: 4.99 MB (4.14 MB to 5.98 MB), Dependencies, measured. The files of 7 PyPI packages as measured on 2026-11-26.
            put /root/.cache/pip/http-v2: 655 kB (546 kB to 783 kB), Cache, measured. Archives that were fetched, kept for another installation.
            put /root/.cache/pip/http-v2: 705 kB (475 kB to 878 kB), Cache, measured. Pages of the index, kept for another installation."#]].assert_eq(&machine().run("pip install flask"));
        expect![[r#"
            put /usr/local/bin: 420 B (0 B to 2.24 kB), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.11/site-packages: 4.99 MB (4.14 MB to 5.98 MB), Dependencies, measured. The files of 7 PyPI packages as measured on 2026-11-26."#]].assert_eq(&machine().run("pip install --no-cache-dir flask"));
        let mut machine = machine();
        machine.variables.insert("PIP_NO_CACHE_DIR".into(), "off".into());
        expect![[r#"
            put /usr/local/bin: 720 B (0 B to 3.84 kB), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.11/site-packages: 26.3 MB (21.8 MB to 31.6 MB), Dependencies, measured. The files of 12 PyPI packages as measured on 2026-11-26."#]].assert_eq(&machine.run("python -m pip install uvicorn[standard]==0.30.0"));
        expect![].assert_eq(&machine.run("pip install uvicorn"));
        expect![].assert_eq(&machine.run("pip install pip setuptools wheel"));
        expect![[r#"
            put /usr/local/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.11/site-packages: 12.1 MB (10.0 MB to 14.5 MB), Dependencies, measured. The files of 1 PyPI package as measured on 2026-11-26."#]].assert_eq(&machine.run("pip install --upgrade pip"));
    }

    #[test]
    fn requirements_are_read_with_what_they_include() {
        let mut machine = machine();
        machine.texts.insert("/src/a.txt".into(), "-r base.txt\nredis\n-e ../x\n".into());
        machine.texts.insert("/src/base.txt".into(), "flask\n".into());
        expect![[r#"
            ? `-e ../x` installs a folder, which has needs of its own.
            put /usr/local/bin: 480 B (0 B to 2.56 kB), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.11/site-packages: 10.7 MB (8.92 MB to 12.9 MB), Dependencies, measured. The files of 8 PyPI packages as measured on 2026-11-26."#]].assert_eq(&machine.run("pip install --no-cache-dir -r /src/a.txt"));
        expect![[r#"
            ? What other.txt names is not known; give it with the project.
            put /usr/local/lib/python3.11/site-packages: 60.0 MB (15.0 MB to 300 MB), Dependencies, assumed. What other.txt names is not known; those of a typical web application are assumed."#]].assert_eq(&machine.run("pip install --no-cache-dir -r other.txt"));
        machine.texts.insert(
            "poetry.lock".into(),
            "[[package]]\nname = \"six\"\nversion = \"1.17.0\"\ngroups = [\"main\"]\n".into(),
        );
        expect![[r#"
            put /usr/local/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.11/site-packages: 84.6 kB (83.0 kB to 86.3 kB), Dependencies, measured. The files of 1 PyPI package as measured on 2026-11-26."#]].assert_eq(&machine.run("pip install --no-cache-dir -r exported.txt"));
    }

    #[test]
    fn extras_and_versions_without_quotes_are_no_files() {
        for (unquoted, bare) in [
            ("pip install uvicorn[standard]", "pip install uvicorn"),
            ("pip install celery[redis] psycopg[binary]", "pip install celery psycopg"),
            ("pip install psycopg[binary]==3.*", "pip install psycopg"),
            ("pip install django==4.*", ""),
            ("uv pip install --system celery[redis]", "uv pip install --system celery"),
            ("poetry add psycopg[binary]", "poetry add psycopg"),
            ("pipenv install --system celery[redis]", "pipenv install --system celery"),
        ] {
            let done = machine().run(unquoted);
            assert!(done.contains("PyPI package"), "`{unquoted}` installs by name:\n{done}");
            assert!(!done.contains("wheels"), "`{unquoted}` takes no files:\n{done}");
            assert_ne!(done, machine().run(bare), "the extras of `{unquoted}` come too");
        }
        let mut machine = machine();
        machine.below.insert("/wheels".into(), 10_000_000);
        machine.below.insert("dist".into(), 10_000_000);
        for files in ["/wheels/*", "/wheels/*.whl", "dist/*-py3-none-any.whl"] {
            let done = machine.run(&format!("pip install --no-cache-dir {files}"));
            assert!(done.contains("The wheels of "), "{files} are files:\n{done}");
        }
    }

    #[test]
    fn names_that_nobody_measured_are_told_and_may_be_giants() {
        expect![[r#"
            ? What pyspark, nobody-has-it weigh is not known: they are not among the measured PyPI packages.
            put /usr/local/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.11/site-packages: 11.0 MB (519 kB to 500 MB), Dependencies, assumed. The files of 1 PyPI package as measured on 2026-11-26, and 2 packages not in the table (pyspark, nobody-has-it) at the size of typical ones."#]]
            .assert_eq(&machine().run("pip install --no-cache-dir pyspark nobody-has-it six"));
        let mut machine = machine();
        machine.texts.insert("r.txt".into(), "one-nobody\ntwo-nobody\nx-nobody\ny-nobody\n".into());
        let done = machine.run("pip install --no-cache-dir -r r.txt");
        assert!(done.contains("What one-nobody, two-nobody, x-nobody and 1 more weigh"), "{done}");
    }

    #[test]
    fn packages_go_where_flags_and_environments_say() {
        let place = |command: &str, path: &str| {
            let mut machine = machine();
            machine.variables.insert("PATH".into(), path.into());
            machine.variables.insert("PIP_NO_CACHE_DIR".into(), "1".into());
            let done = machine.run(command);
            let put = done.lines().find_map(|line| {
                line.strip_prefix("put ")?.split(':').next().filter(|it| !it.ends_with("bin"))
            });
            put.unwrap_or_default().to_owned()
        };
        let usual = "/usr/local/bin:/usr/bin";
        for (command, path, expected) in [
            ("pip install six", usual, "/usr/local/lib/python3.11/site-packages"),
            ("pip install six", "/venv/bin:/usr/bin", "/venv/lib/python3.11/site-packages"),
            ("/v/bin/python -m pip install six", usual, "/v/lib/python3.11/site-packages"),
            ("pip install --user six", usual, "/root/.local/lib/python3.11/site-packages"),
            ("pip install --prefix=/install six", usual, "/install/lib/python3.11/site-packages"),
            ("pip install -t /opt/x six", usual, "/opt/x"),
            ("pip wheel -w /wheels six", usual, "/wheels"),
        ] {
            assert_eq!(place(command, path), expected, "`{command}` with PATH={path}");
        }
    }

    #[test]
    fn wheels_weigh_what_is_fetched() {
        expect!["put /wheels: 641 kB (532 kB to 769 kB), Build, measured. Wheels that were fetched, or made, without what they unpack to."].assert_eq(&machine().run("pip wheel --no-cache-dir -w /wheels flask"));
        expect![[r#"
            put /usr/local/bin: 420 B (0 B to 2.24 kB), Dependencies, modelled. Programs of the packages.
            put /usr/local/lib/python3.11/site-packages: 2.61 MB (1.75 MB to 4.92 MB), Dependencies, modelled. The files of 7 PyPI packages as measured on 2026-11-26, without bytecode."#]].assert_eq(&machine().run("pip install --no-cache-dir --no-compile flask"));
        expect![[r#"
            ? What /wheels/*.whl names is not known; give it with the project.
            put /usr/local/lib/python3.11/site-packages: 60.0 MB (15.0 MB to 300 MB), Dependencies, assumed. What /wheels/*.whl names is not known; those of a typical web application are assumed."#]].assert_eq(&machine().run("pip install --no-index /wheels/*.whl"));
    }

    #[test]
    fn pytorch_is_large_and_less_so_without_cuda() {
        expect!["put /usr/local/lib/python3.11/site-packages: 6.00 GB (4.00 GB to 8.50 GB), Dependencies, assumed. PyTorch with NVIDIA's libraries, assumed; the index `whl/cpu` has it without them."].assert_eq(&machine().run("pip install --no-cache-dir torch"));
        expect!["put /usr/local/lib/python3.11/site-packages: 850 MB (550 MB to 1.20 GB), Dependencies, assumed. PyTorch for processors alone, assumed."].assert_eq(&machine().run(
            "pip install --no-cache-dir torch --index-url https://download.pytorch.org/whl/cpu",
        ));
    }

    #[test]
    fn alpine_compiles_what_has_no_wheel() {
        let mut machine = machine();
        machine.base = crate::images::find("python:3.11-alpine", &Default::default());
        expect![[r#"
            put /usr/local/bin: 540 B (0 B to 2.88 kB), Dependencies, modelled. Programs of the packages.
            ? opencv-python-headless must be compiled on Alpine, where no wheel for musl is known: what comes of it may be smaller or larger than the wheel for glibc.
            put /usr/local/lib/python3.11/site-packages: 204 MB (103 MB to 570 MB), Dependencies, modelled. The files of 9 PyPI packages as measured on 2026-11-26."#]].assert_eq(&machine.run("pip install --no-cache-dir flask opencv-python"));
    }
}
