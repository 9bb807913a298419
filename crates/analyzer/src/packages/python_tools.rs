//! What Python projects run while an image is built: Django's static files, bytecode, and downloads
//! of models, corpora and browsers.
//!
//! Django's own static files are 1.5 MB (measured, Django 5.2); the other sizes are assumed.

use super::common::{self, Files, Kilobytes, OUTPUT, PROGRAMS, flag, join};
use super::python::{self, place_of};
use super::{Action, ActionKind, CommandLine, Contents, Machine, PackageManager};
use crate::layer::ByteRange;

pub(super) static MANAGER: PackageManager = PackageManager {
    id: "python-tools",
    title: "Python",
    programs: &["python", "python2*", "python3*", "manage.py", "django-admin", "spacy"],
    caches: &[],
    read,
    perform,
    examples: &[
        ("python manage.py collectstatic --noinput", ActionKind::Build, ""),
        ("python -m compileall -q /app", ActionKind::Build, "/app"),
        ("python -m nltk.downloader punkt", ActionKind::Install, "punkt"),
        ("python3 -m spacy download en_core_web_sm", ActionKind::Install, "en_core_web_sm"),
        ("python -m playwright install --with-deps chromium", ActionKind::Install, "chromium"),
        ("python manage.py migrate", ActionKind::Nothing, ""),
        ("python --version", ActionKind::Nothing, ""),
    ],
};

/// What a line runs, and the words behind it.
fn work(line: &CommandLine) -> Option<(&'static str, Vec<&str>)> {
    const MODULES: [&str; 5] = ["compileall", "nltk.downloader", "spacy", "playwright", "django"];
    let valued = ["-d", "--settings", "--pythonpath", "--dir"];
    let words = common::words(line, &valued);
    if !python::is_python(line.program_name()) {
        let program = match line.program_name() {
            "manage.py" | "django-admin" => "django",
            "spacy" => "spacy",
            _ => "playwright",
        };
        return Some((program, words));
    }
    if let [script, rest @ ..] = words.as_slice()
        && script.rsplit('/').next() == Some("manage.py")
    {
        return Some(("django", rest.to_vec()));
    }
    let module = flag(line, &["-m"])?;
    let found = MODULES.into_iter().find(|name| *name == module)?;
    Some((found, words.get(1..).unwrap_or_default().to_vec()))
}

fn read(line: &CommandLine) -> Option<Action> {
    if line.has_flag(&["--version", "-V"]) {
        return Some(Action::new(ActionKind::Nothing, line));
    }
    let (program, words) = work(line)?;
    let (kind, named) = match (program, words.as_slice()) {
        (
            "django",
            ["collectstatic" | "compress" | "compilemessages" | "startproject" | "startapp", ..],
        ) => (ActionKind::Build, [].as_slice()),
        ("compileall", rest) => (ActionKind::Build, rest),
        ("nltk.downloader", rest) => (ActionKind::Install, rest),
        ("spacy", ["download", rest @ ..]) | ("playwright", ["install", rest @ ..]) => {
            (ActionKind::Install, rest)
        }
        _ => (ActionKind::Nothing, [].as_slice()),
    };
    let packages = named.iter().map(|word| (*word).to_owned()).collect();
    Some(Action { packages, ..Action::new(kind, line) })
}

fn perform(action: &Action, machine: &mut dyn Machine) {
    let line = &action.line;
    let Some((program, words)) = work(line) else { return };
    match (program, words.first().copied().unwrap_or_default()) {
        ("django", "startproject" | "startapp") => {
            let why = "A few files of a template, assumed.";
            machine.put(words.get(1).copied().unwrap_or("."), OUTPUT.assumed([2, 8, 40], why));
        }
        ("django", "collectstatic") => {
            let why = "Static files of Django's own administration (1.5 MB) and of the project; \
                       assumed.";
            machine.put("staticfiles", OUTPUT.assumed([1_400, 3_000, 30_000], why));
        }
        ("django", "compress" | "compilemessages") => {
            machine.put(".", OUTPUT.assumed([10, 300, 5_000], "What Django compiles; assumed."));
        }
        ("compileall", _) => {
            let named: Vec<&str> = action.packages.iter().map(String::as_str).collect();
            let folders = if named.is_empty() { vec!["."] } else { named };
            folders.into_iter().for_each(|folder| compile(folder, machine));
        }
        ("nltk.downloader", _) => {
            let folder = flag(line, &["-d"]).map(str::to_owned);
            let folder =
                folder.unwrap_or_else(|| common::folder_of(machine, "NLTK_DATA", "nltk_data"));
            fetch(&action.packages, &folder, corpus, "data of NLTK", machine);
        }
        ("spacy", "download") => {
            let place = place_of(line, machine);
            fetch(&action.packages, &place.site, model, "a model of spaCy", machine);
        }
        ("playwright", "install") => install_browsers(action, machine),
        _ => {}
    }
}

fn fetch(
    names: &[String],
    folder: &str,
    size: fn(&str) -> Kilobytes,
    what: &str,
    machine: &mut dyn Machine,
) {
    for name in names {
        machine.put(folder, PROGRAMS.assumed(size(name), format!("{name}, {what}; assumed.")));
    }
}

/// Bytecode beside what is not compiled yet; of Python alone it weighs about what its source does.
fn compile(folder: &str, machine: &mut dyn Machine) {
    let known = machine.bytes_below(folder);
    let bytes = match known == ByteRange::NOTHING {
        true => ByteRange::new([10_000, 300_000, 5_000_000]),
        false => known.between_shares([0, 25, 100]),
    };
    let files: Files = OUTPUT;
    let why = "Bytecode; it weighs about what the source does, where that is all Python.";
    machine.put(&join(folder, "__pycache__"), Contents { bytes, ..files.assumed([0; 3], why) });
}

fn corpus(name: &str) -> Kilobytes {
    match name {
        "all" | "all-corpora" => [2_500_000, 3_500_000, 4_500_000],
        "popular" | "book" => [60_000, 130_000, 400_000],
        "punkt" | "punkt_tab" => [10_000, 45_000, 60_000],
        _ => [500, 10_000, 60_000],
    }
}

fn model(name: &str) -> Kilobytes {
    match name.rsplit('_').next().unwrap_or_default() {
        "sm" => [11_000, 15_000, 50_000],
        "md" => [30_000, 50_000, 80_000],
        "lg" => [380_000, 440_000, 620_000],
        "trf" => [380_000, 470_000, 600_000],
        _ => [10_000, 40_000, 600_000],
    }
}

fn browser(name: &str) -> Kilobytes {
    match name {
        "chromium" => [350_000, 550_000, 750_000],
        "firefox" => [220_000, 280_000, 340_000],
        "webkit" => [200_000, 290_000, 380_000],
        _ => [100_000, 300_000, 500_000],
    }
}

fn install_browsers(action: &Action, machine: &mut dyn Machine) {
    let all = ["chromium", "firefox", "webkit"].map(str::to_owned);
    let names = if action.packages.is_empty() { all.as_slice() } else { &action.packages };
    let folder = common::folder_of(machine, "PLAYWRIGHT_BROWSERS_PATH", ".cache/ms-playwright");
    fetch(names, &folder, browser, "a browser of Playwright", machine);
    if action.line.has_flag(&["--with-deps"]) {
        let why = "Libraries and fonts that the browsers need, from the distribution; assumed.";
        machine.put("/usr", PROGRAMS.assumed([120_000, 250_000, 450_000], why));
    }
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::packages::trial::TrialMachine;

    #[test]
    fn what_projects_run_is_assumed() {
        let mut machine = TrialMachine::default();
        expect!["put staticfiles: 3.00 MB (1.40 MB to 30.0 MB), Build, assumed. Static files of Django's own administration (1.5 MB) and of the project; assumed."].assert_eq(&machine.run("python manage.py collectstatic --noinput"));
        expect!["put __pycache__: 300 kB (10.0 kB to 5.00 MB), Build, assumed. Bytecode; it weighs about what the source does, where that is all Python."].assert_eq(&machine.run("python -m compileall"));
        expect!["put /data: 45.0 MB (10.0 MB to 60.0 MB), Dependencies, assumed. punkt, data of NLTK; assumed."].assert_eq(&machine.run("python -m nltk.downloader -d /data punkt"));
        expect!["put /usr/local/lib/python3.13/site-packages: 15.0 MB (11.0 MB to 50.0 MB), Dependencies, assumed. en_core_web_sm, a model of spaCy; assumed."].assert_eq(&machine.run("python -m spacy download en_core_web_sm"));
        expect![[r#"
            put /root/.cache/ms-playwright: 550 MB (350 MB to 750 MB), Dependencies, assumed. chromium, a browser of Playwright; assumed.
            put /usr: 250 MB (120 MB to 450 MB), Dependencies, assumed. Libraries and fonts that the browsers need, from the distribution; assumed."#]].assert_eq(&machine.run("python -m playwright install --with-deps chromium"));
        expect![].assert_eq(&machine.run("python manage.py migrate"));
    }
}
