//! What a path is by its name alone: a file or a folder, and how large such a thing typically is.

use super::paths::{join, split};
use super::{Size, sizes, words};

/// What a file of that name typically is; a `*` in front or at the end stands for anything. The
/// first that fits is taken.
const FILES: &[(&Size, &str)] = &[
    (&sizes::MANIFEST, "package.json, composer.json, pom.xml, go.mod, Gemfile"),
    (&sizes::LOCK, "go.sum, *.lock, *.lockb, *-lock.json, *-lock.yaml"),
    (&sizes::FINDER, ".DS_Store"),
    (
        &sizes::SETTINGS,
        "*ockerfile, .env*, *ignore, *requirements.txt, *.toml, *.json, *.yml, *.yaml, *.conf",
    ),
    (&sizes::SCRIPT, "mvnw, gradlew, *.sh"),
    (&sizes::TEXT, "*.md, *.html"),
    (&sizes::APPLICATION, "*.jar, *.war"),
    (&sizes::ARCHIVE, "*.whl, *.gz, *.tgz, *.tar, *.zip, *.deb"),
    (&sizes::NPM_LOG, "npm-debug.log*, yarn-error.log"),
    (&sizes::LOG, "*.log"),
    (&sizes::DATABASE, "*.sqlite3, *.sql"),
    (&sizes::PICTURE, "*.png, *.jpg, *.svg, *.ico"),
    (&sizes::KEY, "*.pem, *.crt, *.key, id_rsa, id_dsa, id_ecdsa, id_ed25519"),
];

/// Names without an ending that are files all the same.
const PLAIN_FILES: &str = "AUTHORS, Brewfile, Caddyfile, CHANGELOG, CNAME, Dockerfile, Gemfile, Guardfile, \
     Jenkinsfile, LICENSE, Makefile, NOTICE, Pipfile, Procfile, README, Rakefile, VERSION, \
     Vagrantfile, artisan, crontab, entrypoint, gradlew, id_dsa, id_ecdsa, id_ed25519, id_rsa, justfile, \
     known_hosts, mvnw, supervisord";

/// Names that begin with a dot and are folders.
const DOT_FOLDERS: &str = ".aws, .bundle, .cache, .cargo, .circleci, .config, .docker, .expo, .git, .github, .gitlab, \
     .gradle, .husky, .idea, .ipynb_checkpoints, .m2, .mvn, .mypy_cache, .next, .nuxt, .nx, \
     .nyc_output, .output, .pnpm-store, .pytest_cache, .ruff_cache, .serverless, .settings, \
     .sqlx, .storybook, .svelte-kit, .terraform, .tox, .turbo, .venv, .vs, .vscode, .yarn";

/// A folder's name, a file in it, and what it typically holds.
const FOLDERS: &[(&str, &str, &Size)] = &[
    ("assets", "logo.svg", &sizes::SERVED),
    ("images", "hero.jpg", &sizes::SERVED),
    ("public", "favicon.svg", &sizes::SERVED),
    ("static", "logo.svg", &sizes::SERVED),
    ("config", "settings.yaml", &sizes::CONFIGURATION),
    ("nginx", "default.conf", &sizes::CONFIGURATION),
    (".mvn", "wrapper/maven-wrapper.properties", &sizes::SETTINGS),
    ("scripts", "run.sh", &sizes::CONFIGURATION),
    ("migrations", "0001_initial.sql", &sizes::CONFIGURATION),
    ("templates", "index.html", &sizes::TEXTS),
    ("docs", "index.md", &sizes::TEXTS),
    ("coverage", "lcov.info", &sizes::REPORT),
    ("dist", "index.html", &sizes::OUTPUT),
    ("build", "index.html", &sizes::OUTPUT),
    ("logs", "app.log", &sizes::LOG),
    ("node_modules", "express/index.js", &sizes::PACKAGES),
    (".git", "objects/pack/pack-1.pack", &sizes::HISTORY),
    (".cache", "data.bin", &sizes::CACHE),
];

/// Whether a path names a folder rather than a file, as far as its name tells.
pub(super) fn is_folder(path: &str) -> bool {
    let (_, name) = split(path);
    match name.strip_prefix('.') {
        Some(_) => words(DOT_FOLDERS).any(|own| own == name),
        None => !name.contains('.') && words(PLAIN_FILES).all(|own| own != name),
    }
}

/// The file that stands for a path: itself, or, `in_folder`, several under the name of one of
/// them, `main_file` where the folder's name says nothing.
pub(super) fn typical(path: &str, in_folder: bool, main_file: &str) -> (String, &'static Size) {
    let (_, name) = split(path);
    if !in_folder {
        let known = FILES.iter().find(|(_, known)| words(known).any(|known| matches(known, name)));
        return (path.to_owned(), known.map_or(&sizes::UNKNOWN, |(size, _)| size));
    }
    let known = FOLDERS.iter().find(|(known, ..)| *known == name);
    let unknown = if name.starts_with('.') { "data.json" } else { main_file };
    let (inside, size) =
        known.map_or((unknown, &sizes::FOLDER), |(_, inside, size)| (*inside, *size));
    (join(path, inside), size)
}

/// Whether a name is what a table says: the same, or with the beginning or end that stands
/// beside its `*`.
pub(super) fn matches(known: &str, name: &str) -> bool {
    match (known.strip_prefix('*'), known.strip_suffix('*')) {
        (Some(end), _) => name.ends_with(end),
        (None, Some(start)) => name.starts_with(start),
        (None, None) => known == name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_folders_from_files() {
        for folder in ["src", "a/public", ".mvn/wrapper", ".git", "vendor", "cmd/server"] {
            assert!(is_folder(folder), "{folder} is a folder");
        }
        for file in ["main.go", ".env", ".npmrc", "Makefile", "docker/entrypoint.sh", "a/LICENSE"] {
            assert!(!is_folder(file), "{file} is a file");
        }
    }

    #[test]
    fn every_known_name_is_found() {
        let rows =
            FILES.iter().flat_map(|(size, names)| words(names).map(move |name| (name, size)));
        for (name, size) in rows {
            let (_, found) = typical(&name.replace('*', "x"), false, "");
            assert!(std::ptr::eq(found, *size), "the row of {name} is hidden by one before it");
        }
        for (name, inside, _) in FOLDERS {
            assert!(is_folder(name), "{name}/{inside} is listed as in a folder");
        }
    }
}
