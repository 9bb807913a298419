//! Which packages of a language an image must compile or fetch by git, by what its lines install
//! and what the manifests of the context name.

use super::{ListedCommand, Run, Subject};
use crate::packages::manifests::requirement::Requirement;
use crate::packages::manifests::{self, Listing, Package};
use crate::packages::modules::{self, Ecosystem, Fit, ModuleTable};
use crate::packages::{Action, ActionKind};
use crate::plan::StageIndex;

/// What is known of the packages that some stages install.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Installed {
    /// These must be compiled.
    pub(super) compiled: Vec<String>,
    /// Of these it is not known.
    pub(super) unknown: Vec<String>,
    /// Something is fetched by git.
    pub(super) by_git: bool,
    /// Something is installed from a manifest that is not known.
    pub(super) unseen: bool,
}

/// Packages of Python that the table does not have and of which PyPI has wheels for Linux with glibc:
/// asked with pip for those of CPython 3.12 on x86-64, 2026-11-26 (`pip install --dry-run --no-deps
/// --only-binary=:all:`).
const WITH_WHEEL: [&str; 7] =
    ["torch", "torchvision", "torchaudio", "accelerate", "tensorflow", "jax", "onnxruntime-gpu"];

/// Packages of Python of which PyPI has no wheel for Linux: asked with pip for those of CPython 3.12
/// on x86-64 with glibc, 2026-11-26 (`pip download --only-binary=:all:`).
const WITHOUT_WHEEL: [&str; 12] = [
    "psycopg2",
    "mysqlclient",
    "dlib",
    "uwsgi",
    "python-ldap",
    "pycairo",
    "m2crypto",
    "pylibmc",
    "pygobject",
    "gdal",
    "mod-wsgi",
    "pyaudio",
];

/// Gems with code in C that services ask for most, to name them where a Gemfile or its lock does. Of
/// some there are builds of some versions; what else a Gemfile asks for is not looked at. Assumed:
/// RubyGems was not asked, and a finding depends on none of them.
const GEMS_IN_C: [&str; 12] = [
    "pg",
    "mysql2",
    "puma",
    "bcrypt",
    "bootsnap",
    "nio4r",
    "msgpack",
    "websocket-driver",
    "racc",
    "bigdecimal",
    "unf_ext",
    "hiredis",
];

/// Gems without code in C, of those that people install by name; assumed, RubyGems was not asked.
const PLAIN_GEMS: [&str; 6] = ["bundler", "rake", "foreman", "rack", "sinatra", "dotenv"];

/// Gems with the package of Debian that has the headers they are compiled with: what the gems' own
/// pages name (`ruby/psych`, `ged/ruby-pg`, `brianmario/mysql2`, `rmagick/rmagick`, `taf2/curb` and
/// `brianmario/charlock_holmes` on GitHub, 2026-11).
const HEADERS_OF_GEMS: [(&str, &str); 6] = [
    ("psych", "libyaml-dev"),
    ("pg", "libpq-dev"),
    ("mysql2", "default-libmysqlclient-dev"),
    ("rmagick", "libmagickwand-dev"),
    ("curb", "libcurl4-openssl-dev"),
    ("charlock_holmes", "libicu-dev"),
];

/// The packages with headers that the gems of the lock file are compiled with on Debian's small images.
/// Where no lock file is known, it is taken for one of Rails 7.1 or later, which locks `psych`
/// (<https://github.com/rails/rails/blob/v8.0.0/railties/lib/rails/generators/app_base.rb> installs
/// `libyaml-dev` in every image).
pub(super) fn headers_of_gems(subject: &Subject<'_>) -> Vec<&'static str> {
    let known = subject.input.context.as_ref();
    let mut texts = known.iter().flat_map(|known| &known.context.manifests);
    let Some((_, lock)) = texts.find(|(path, _)| path.ends_with("Gemfile.lock")) else {
        return vec!["libyaml-dev"];
    };
    let names: Vec<&str> = lock.lines().filter_map(|it| it.split_whitespace().next()).collect();
    let own = HEADERS_OF_GEMS.iter().filter(|(gem, _)| names.contains(gem));
    own.map(|(_, package)| *package).collect()
}

/// Which C library the packages are installed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Libc {
    /// That of Debian.
    Glibc,
    /// That of Alpine.
    Musl,
}

/// Looks at what stages install.
pub(super) fn installed(subject: &Subject<'_>, stages: &[StageIndex], libc: Libc) -> Installed {
    let mut found = Installed::default();
    for run in subject.runs().iter().filter(|run| stages.contains(&run.stage)) {
        for command in &run.commands {
            let Some(action) = &command.action else { continue };
            if matches!(action.kind, ActionKind::Install | ActionKind::Build) {
                look(subject, run, command, action, libc, &mut found);
            }
        }
    }
    for names in [&mut found.compiled, &mut found.unknown] {
        let mut seen: Vec<String> = Vec::new();
        names.retain(|name| {
            !seen.contains(name) && {
                seen.push(name.clone());
                true
            }
        });
    }
    found
}

fn look(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
    action: &Action,
    libc: Libc,
    found: &mut Installed,
) {
    let installs = action.kind == ActionKind::Install;
    found.by_git |= installs && command.line.words().any(is_by_git);
    match action.manager.map_or("", |manager| manager.id) {
        "bundler" if installs => found.compiled.extend(gems_in_c(subject)),
        "gem" if installs => {
            let own = action.packages.iter();
            let own = own.filter(|name| !PLAIN_GEMS.contains(&name.as_str()));
            found.compiled.extend(own.cloned());
        }
        "pip" | "uv" | "poetry" | "pipenv" | "pdm" if installs => {
            look_at_python(subject, action, libc, found);
        }
        "npm" | "yarn" | "pnpm" | "bun" if installs => {
            look_at_node(subject, run, command, action, libc, found);
        }
        _ => {}
    }
}

/// The gems of the Gemfile that must be compiled, by name where it is known; most Gemfiles ask for
/// some.
fn gems_in_c(subject: &Subject<'_>) -> Vec<String> {
    let known = subject.input.context.as_ref();
    let texts = known.iter().flat_map(|known| &known.context.manifests);
    let own = texts.filter(|(path, _)| path.to_ascii_lowercase().contains("gemfile"));
    let words = own.flat_map(|(_, text)| text.split([' ', '\n', '\r', '"', '\'', ',']));
    let words: Vec<&str> = words.collect();
    let named = GEMS_IN_C.iter().filter(|gem| words.contains(gem));
    let named: Vec<String> = named.map(|gem| (*gem).to_owned()).collect();
    if named.is_empty() { vec!["gems with code in C".to_owned()] } else { named }
}

fn look_at_python(subject: &Subject<'_>, action: &Action, libc: Libc, found: &mut Installed) {
    let Some(table) = modules::find(Ecosystem::Pypi) else {
        found.unseen = true;
        return;
    };
    const PLAIN: [&str; 8] =
        ["pip", "setuptools", "wheel", "uv", "poetry", "pipenv", "pip-tools", "virtualenv"];
    // Folders have a manifest of their own.
    let named = action.packages.iter().filter(|name| !PLAIN.contains(&name.as_str()));
    let (folders, named): (Vec<&String>, Vec<&String>) =
        named.partition(|name| name.starts_with(['.', '/']));
    if !named.is_empty() {
        let packages = named.iter().filter_map(|text| Requirement::read(text));
        let packages = packages.map(|it| {
            let (name, version) = (it.full_name(), it.version.map(str::to_owned));
            Package { name, version, is_development: false }
        });
        weigh(&table, &listing_of(packages.collect()), true, libc, found);
    }
    // `pip install flask` reads no manifest, and everything else does.
    if action.packages.is_empty() || !folders.is_empty() || !action.manifests.is_empty() {
        let of_files = |path: &str| {
            let name = path.rsplit('/').next().unwrap_or(path);
            let mut own = action.manifests.iter().filter_map(|it| it.rsplit('/').next());
            action.manifests.is_empty() || own.any(|own| own == name)
        };
        let with_development = !action.manifests.is_empty();
        look_at_manifests(subject, &table, of_files, with_development, libc, found);
    }
}

fn look_at_node(
    subject: &Subject<'_>,
    run: &Run<'_>,
    command: &ListedCommand,
    action: &Action,
    libc: Libc,
    found: &mut Installed,
) {
    let Some(table) = modules::find(Ecosystem::Npm) else {
        found.unseen = true;
        return;
    };
    if !action.packages.is_empty() {
        let package = |name: &String| Package { name: name.clone(), ..Package::default() };
        let packages = action.packages.iter().map(package).collect();
        let listing = Listing { ecosystem: Ecosystem::Npm, ..listing_of(packages) };
        return weigh(&table, &listing, true, libc, found);
    }
    let mut words = command.line.words();
    let leaves_out = words.any(|word| {
        ["--omit=dev", "--production", "--prod", "-P", "--only=prod", "--only=production"]
            .contains(&word)
    });
    let is_production = run.state.variables.get("NODE_ENV") == Some("production");
    look_at_manifests(subject, &table, |_| true, !(leaves_out || is_production), libc, found);
}

fn look_at_manifests(
    subject: &Subject<'_>,
    table: &ModuleTable<'_>,
    is_read: impl Fn(&str) -> bool,
    with_development: bool,
    libc: Libc,
    found: &mut Installed,
) {
    let Some(known) = &subject.input.context else {
        found.unseen = true;
        return;
    };
    let texts = &known.context.manifests;
    let find =
        |path: &str| texts.iter().find(|(own, _)| &***own == path).map(|(_, it)| it.to_string());
    let mut is_seen = false;
    for (path, text) in texts.iter().filter(|(path, _)| is_read(path)) {
        let Some(listing) = manifests::read(path, text, &find) else { continue };
        if listing.ecosystem == table.ecosystem() {
            is_seen = true;
            found.by_git |= text.split(['"', '\'', ' ', '\n', '=']).any(is_by_git);
            weigh(table, &listing, with_development, libc, found);
        }
    }
    found.unseen |= !is_seen;
}

fn listing_of(packages: Vec<Package>) -> Listing {
    Listing { ecosystem: Ecosystem::Pypi, is_complete: false, packages, not_understood: Vec::new() }
}

/// Puts what a listing installs to what is known.
fn weigh(
    table: &ModuleTable<'_>,
    listing: &Listing,
    with_development: bool,
    libc: Libc,
    found: &mut Installed,
) {
    let closure = listing.weigh(table, with_development);
    for closed in &closure.packages {
        let row = closed.row;
        let is_compiled = row.is_marked("native") || row.is_marked("gyp");
        let name = row.name.to_owned();
        if libc == Libc::Musl && row.must_be_compiled_on_musl() {
            found.compiled.push(name);
        } else if libc == Libc::Musl && is_compiled && closed.fit == Fit::Other {
            // What is ready of one major version may not be of another.
            found.unknown.push(name);
        }
    }
    for name in closure.unknown {
        let bare = name.split('[').next().unwrap_or(&name);
        let is_of_python = listing.ecosystem == Ecosystem::Pypi;
        if is_of_python && WITHOUT_WHEEL.contains(&bare) {
            found.compiled.push(name);
        } else if !is_of_python || libc == Libc::Musl || !WITH_WHEEL.contains(&bare) {
            found.unknown.push(name);
        }
    }
    let by_git = listing.not_understood.iter().any(|it| it.contains("git+"));
    found.by_git |= by_git;
    if !by_git {
        let doubts = listing.not_understood.iter();
        found.unknown.extend(doubts.filter_map(|it| it.split('`').nth(1)).map(str::to_owned));
    }
}

/// Whether a word of a command or a manifest names a repository that is fetched by git.
fn is_by_git(word: &str) -> bool {
    ["git+", "git@", "git://", "github:", "gitlab:", "bitbucket:"]
        .iter()
        .any(|start| word.starts_with(start))
}

/// Names of packages for a sentence, the first three.
pub(super) fn list(names: &[String]) -> String {
    let shown: Vec<&str> = names.iter().take(3).map(String::as_str).collect();
    let more = if names.len() > 3 { " and others" } else { "" };
    format!("{}{more}", shown.join(", "))
}
