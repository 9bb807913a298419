//! conda, mamba and micromamba: environments, and the cache of packages beside them.
//!
//! What packages weigh is assumed by kind: they bring their own libraries, compilers' runtimes and
//! often a Python. Files of the cache are linked into the environment and weigh once; archives and
//! lists of the channels stay until `conda clean`
//! (<https://docs.conda.io/projects/conda/en/stable/commands/clean.html>).

use super::common::{self, ARCHIVES, CACHE, Kilobytes, PROGRAMS, flag, join};
use super::python::{self, Asked, Manner, place_in};
use super::{Action, ActionKind, CacheFolder, CommandLine, Machine, PackageManager};

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "conda",
    title: "conda",
    programs: &["conda", "mamba", "micromamba"],
    caches: &[CacheFolder {
        path: "/opt/conda/pkgs",
        holds: "archives of packages and lists of channels",
        cleaner: "conda clean -afy",
    }],
    read,
    perform,
    examples: &[
        ("conda install -y -c conda-forge numpy=1.26 gdal", ActionKind::Install, "numpy gdal"),
        ("conda env create -f environment.yml", ActionKind::Install, "environment.yml"),
        ("conda create -n app python=3.11", ActionKind::Install, "python"),
        ("micromamba install -y -n base -f env.yaml", ActionKind::Install, "env.yaml"),
        ("mamba update --all", ActionKind::Upgrade, ""),
        ("conda clean -afy", ActionKind::Clean, ""),
        ("conda remove -y qt", ActionKind::Remove, "qt"),
        ("conda init bash", ActionKind::Nothing, ""),
    ],
};

const VALUED: &[&str] = &[
    "-c",
    "--channel",
    "-n",
    "--name",
    "-p",
    "--prefix",
    "-f",
    "--file",
    "-r",
    "--root-prefix",
    "--solver",
];

/// Thousands of bytes of a package with what it brings; assumed.
const SIZES: &[(&[&str], Kilobytes)] = &[
    (&["python"], [90_000, 160_000, 260_000]),
    (&["numpy", "scipy", "pandas", "scikit-learn", "matplotlib"], [40_000, 150_000, 800_000]),
    (&["pytorch", "tensorflow", "jax"], [500_000, 2_500_000, 7_000_000]),
    (&["cudatoolkit", "cuda-toolkit", "cuda", "pytorch-cuda"], [800_000, 2_500_000, 6_000_000]),
    (&["gdal", "geopandas", "rdkit", "opencv", "qt", "pyqt"], [150_000, 450_000, 1_000_000]),
    (&["r-base", "r-essentials"], [250_000, 600_000, 1_500_000]),
    (&["jupyterlab", "jupyter", "notebook"], [80_000, 200_000, 450_000]),
    (&["gcc", "gxx", "compilers", "nodejs", "openjdk"], [60_000, 250_000, 600_000]),
];
const OTHER: Kilobytes = [1_000, 15_000, 120_000];
/// An environment of which nothing is known.
const TYPICAL: Kilobytes = [200_000, 900_000, 4_000_000];

fn read(line: &CommandLine) -> Option<Action> {
    let words = common::words(line, VALUED);
    let (kind, named) = match words.as_slice() {
        ["env", "create" | "update", ..] => (ActionKind::Install, [].as_slice()),
        ["install" | "create", rest @ ..] => (ActionKind::Install, rest),
        ["update" | "upgrade", rest @ ..] => (ActionKind::Upgrade, rest),
        ["remove" | "uninstall", rest @ ..] => (ActionKind::Remove, rest),
        ["clean", ..] => (ActionKind::Clean, [].as_slice()),
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let packages = named.iter().map(|word| bare(word).to_owned()).collect();
    let is_file = kind == ActionKind::Install;
    let files = line.values_of(&["-f", "--file"]);
    let manifests = files.into_iter().filter(|_| is_file).map(str::to_owned).collect();
    Some(Action { packages, manifests, ..Action::new(kind, line) })
}

/// `numpy` of `conda-forge::numpy>=1.26`.
fn bare(word: &str) -> &str {
    let word = word.rsplit("::").next().unwrap_or(word);
    word.split(['=', '<', '>', '!', ' ', '[']).next().unwrap_or(word)
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let root = root(machine);
    match action.kind {
        ActionKind::Clean => machine.remove(&join(&root, "pkgs")),
        ActionKind::Install => {
            let prefix = prefix(&action.line, &root);
            let mut names = action.packages.clone();
            let mut of_pip = Vec::new();
            let mut is_known = !names.is_empty();
            for path in &action.manifests {
                if let Some(text) = machine.text(path) {
                    read_environment(text, &mut names, &mut of_pip);
                    is_known = true;
                }
            }
            install(&names, is_known, &prefix, &root, machine);
            install_by_pip(&of_pip, &prefix, machine);
        }
        ActionKind::Upgrade => {
            let why = "Packages brought up to date; how many depends on the day of the build.";
            machine.put(&root, PROGRAMS.assumed([0, 50_000, 600_000], why));
        }
        _ => {}
    }
}

/// Where conda itself lies.
fn root(machine: &dyn Machine) -> String {
    let named = machine.variable("MAMBA_ROOT_PREFIX").or_else(|| machine.variable("CONDA_DIR"));
    named.filter(|path| !path.is_empty()).unwrap_or_else(|| "/opt/conda".to_owned())
}

fn prefix(line: &CommandLine, root: &str) -> String {
    match (flag(line, &["-p", "--prefix"]), flag(line, &["-n", "--name"])) {
        (Some(path), _) => path.to_owned(),
        (_, Some("base")) | (None, None) => root.to_owned(),
        (_, Some(name)) => join(root, &format!("envs/{name}")),
    }
}

/// Names below `dependencies:` of an `environment.yml`, and those below its `pip:`.
fn read_environment(text: &str, names: &mut Vec<String>, of_pip: &mut Vec<String>) {
    let (mut is_inside, mut is_pip) = (false, false);
    for line in text.lines() {
        let indent = line.len() - line.trim_start().len();
        let Some(item) =
            line.trim().strip_prefix("- ").map(|item| item.trim().trim_matches(['"', '\'']))
        else {
            if indent == 0 && !line.trim().is_empty() {
                is_inside = line.starts_with("dependencies:");
                is_pip = false;
            }
            continue;
        };
        match (is_inside, item) {
            (true, "pip:") => is_pip = true,
            (true, item) if is_pip && indent >= 4 => of_pip.push(item.to_owned()),
            (true, item) => names.push(bare(item).to_owned()),
            _ => {}
        }
    }
}

fn install(names: &[String], is_known: bool, prefix: &str, root: &str, machine: &mut dyn Machine) {
    let size_of = |name: &String| {
        let row = SIZES.iter().find(|(own, _)| own.contains(&name.as_str()));
        row.map_or(OTHER, |(_, size)| *size)
    };
    let add = |[a, b, c]: Kilobytes, [x, y, z]: Kilobytes| [a + x, b + y, c + z];
    let size = match is_known {
        true => names.iter().map(size_of).fold([0; 3], add),
        false => TYPICAL,
    };
    let why = match is_known {
        true => format!("{} with what they bring, assumed by kind.", names.join(", ")),
        false => "A typical environment for working with data, assumed.".to_owned(),
    };
    machine.doubt("What conda's packages bring is assumed: no table of them is known.".to_owned());
    machine.put(prefix, PROGRAMS.assumed(size, why));
    let cache = join(root, "pkgs");
    let why = "Archives of the packages; what they unpack to is linked into the environment.";
    machine.put(&cache, ARCHIVES.assumed(common::percent(size, 28), why));
    let why = "Lists of the channels; assumed.";
    let lists = join(&cache, "cache");
    if !machine.holds(&lists) {
        machine.put(&lists, CACHE.assumed([10_000, 60_000, 350_000], why));
    }
}

fn install_by_pip(requirements: &[String], prefix: &str, machine: &mut dyn Machine) {
    if requirements.is_empty() {
        return;
    }
    let words = ["pip", "install"].into_iter().chain(requirements.iter().map(String::as_str));
    let line = CommandLine::of_words(words);
    let asked: Asked = python::read_operands(&line, machine);
    let manner =
        Manner { is_written: true, is_compiled: true, upgrades: true, for_processors: false };
    let place = place_in(prefix, machine);
    // The cache of pip is a small part of what conda keeps, and as uncertain.
    let _ = python::install(&asked, &place, manner, machine);
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn environments_are_read_and_their_packages_assumed() {
        let mut machine = TrialMachine::default();
        let text = "name: app\nchannels:\n  - conda-forge\ndependencies:\n  - python=3.11\n  \
                    - gdal\n  - pip:\n    - six==1.17.0\n";
        machine.texts.insert("environment.yml".into(), text.into());
        expect![[r#"
            ? What conda's packages bring is assumed: no table of them is known.
            put /opt/conda: 610 MB (240 MB to 1.26 GB), Dependencies, assumed. python, gdal with what they bring, assumed by kind.
            put /opt/conda/pkgs: 171 MB (67.2 MB to 353 MB), Cache, assumed. Archives of the packages; what they unpack to is linked into the environment.
            put /opt/conda/pkgs/cache: 60.0 MB (10.0 MB to 350 MB), Cache, assumed. Lists of the channels; assumed.
            put /opt/conda/bin: 60 B (0 B to 320 B), Dependencies, modelled. Programs of the packages.
            put /opt/conda/lib/python3.13/site-packages: 84.6 kB (83.0 kB to 86.3 kB), Dependencies, measured. The files of 1 PyPI package as measured on 2026-11-26."#]].assert_eq(&machine.run("conda env create -f environment.yml"));
        expect![[r#"
            ? What conda's packages bring is assumed: no table of them is known.
            put /opt/conda/envs/app: 150 MB (40.0 MB to 800 MB), Dependencies, assumed. numpy with what they bring, assumed by kind.
            put /opt/conda/pkgs: 42.0 MB (11.2 MB to 224 MB), Cache, assumed. Archives of the packages; what they unpack to is linked into the environment.
            put /opt/conda/pkgs/cache: 60.0 MB (10.0 MB to 350 MB), Cache, assumed. Lists of the channels; assumed."#]].assert_eq(&machine.run("mamba install -y -n app numpy"));
        expect![[r#"
            ? What conda's packages bring is assumed: no table of them is known.
            put /opt/conda: 900 MB (200 MB to 4.00 GB), Dependencies, assumed. A typical environment for working with data, assumed.
            put /opt/conda/pkgs: 252 MB (56.0 MB to 1.12 GB), Cache, assumed. Archives of the packages; what they unpack to is linked into the environment.
            put /opt/conda/pkgs/cache: 60.0 MB (10.0 MB to 350 MB), Cache, assumed. Lists of the channels; assumed."#]].assert_eq(&machine.run("conda env update -f other.yml"));
        expect!["remove /opt/conda/pkgs"].assert_eq(&machine.run("conda clean -afy"));
    }
}
