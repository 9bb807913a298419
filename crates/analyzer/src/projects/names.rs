//! What a path is by its name alone: a file or a folder, and how large such a thing typically is.

use super::glob::{join, split};
use super::{Basis, TypicalFile};

/// A name, or a `*` and how it ends; least, likely and most bytes; what such a file is.
type KnownFile = (&'static str, [u32; 3], &'static str);

/// The first that fits is taken.
const FILES: &[KnownFile] = &[
    ("package.json", [300, 1_500, 8_000], "a package's manifest"),
    ("composer.json", [300, 2_000, 8_000], "a package's manifest"),
    ("pyproject.toml", [300, 1_500, 8_000], "a package's manifest"),
    ("Cargo.toml", [100, 800, 6_000], "a package's manifest"),
    ("pom.xml", [2_000, 6_000, 40_000], "a Maven project's description"),
    ("go.mod", [50, 1_500, 10_000], "a module's requirements"),
    ("go.sum", [100, 15_000, 200_000], "a module's checksums"),
    ("*requirements.txt", [20, 500, 5_000], "a list of requirements"),
    ("Gemfile", [200, 2_000, 6_000], "a list of gems"),
    ("*.lock", [10_000, 150_000, 900_000], "a lock file"),
    ("*-lock.json", [30_000, 190_000, 900_000], "a lock file"),
    ("*-lock.yaml", [20_000, 150_000, 800_000], "a lock file"),
    ("*.lockb", [20_000, 150_000, 800_000], "a lock file"),
    ("*ockerfile", [200, 1_200, 6_000], "a Dockerfile"),
    (".dockerignore", [20, 250, 1_500], "an ignore file"),
    (".gitignore", [50, 600, 4_000], "an ignore file"),
    (".DS_Store", [6_148, 6_148, 20_000], "what macOS writes into a folder"),
    (".env*", [30, 400, 4_000], "a file of settings"),
    ("mvnw", [5_000, 10_000, 12_000], "the Maven wrapper"),
    ("gradlew", [5_000, 8_700, 10_000], "the Gradle wrapper"),
    ("*.jar", [1_000_000, 25_000_000, 150_000_000], "an application with its libraries"),
    ("*.war", [1_000_000, 40_000_000, 200_000_000], "an application with its libraries"),
    ("*.whl", [10_000, 200_000, 50_000_000], "a wheel"),
    ("*.gz", [10_000, 5_000_000, 500_000_000], "an archive"),
    ("*.tgz", [10_000, 5_000_000, 500_000_000], "an archive"),
    ("*.tar", [10_000, 10_000_000, 1_000_000_000], "an archive"),
    ("*.zip", [10_000, 5_000_000, 500_000_000], "an archive"),
    ("*.deb", [10_000, 5_000_000, 100_000_000], "a package"),
    ("*.log", [1_000, 500_000, 100_000_000], "a log"),
    ("*.sqlite3", [10_000, 1_000_000, 500_000_000], "a small database"),
    ("*.sql", [500, 20_000, 50_000_000], "database statements"),
    ("*.png", [1_000, 50_000, 3_000_000], "a picture"),
    ("*.jpg", [10_000, 200_000, 5_000_000], "a picture"),
    ("*.svg", [300, 3_000, 100_000], "a picture"),
    ("*.ico", [1_000, 5_000, 50_000], "a picture"),
    ("*.pem", [800, 2_000, 10_000], "a certificate or key"),
    ("*.crt", [800, 2_000, 10_000], "a certificate"),
    ("*.key", [200, 1_700, 4_000], "a key"),
    ("*.sh", [50, 1_000, 10_000], "a script"),
    ("*.html", [200, 3_000, 50_000], "a page"),
    ("*.css", [200, 8_000, 300_000], "a style sheet"),
    ("*.md", [200, 3_000, 30_000], "a text"),
];

/// Names without an ending that are files all the same.
const PLAIN_FILES: &[&str] = &[
    "AUTHORS",
    "Brewfile",
    "Caddyfile",
    "CHANGELOG",
    "CNAME",
    "Dockerfile",
    "Gemfile",
    "Guardfile",
    "Jenkinsfile",
    "LICENSE",
    "Makefile",
    "NOTICE",
    "Pipfile",
    "Procfile",
    "README",
    "Rakefile",
    "VERSION",
    "Vagrantfile",
    "artisan",
    "crontab",
    "entrypoint",
    "gradlew",
    "justfile",
    "mvnw",
    "supervisord",
];

/// Names that begin with a dot and are folders.
const DOT_FOLDERS: &[&str] = &[
    ".aws",
    ".bundle",
    ".cache",
    ".cargo",
    ".circleci",
    ".config",
    ".docker",
    ".expo",
    ".git",
    ".github",
    ".gitlab",
    ".gradle",
    ".husky",
    ".idea",
    ".ipynb_checkpoints",
    ".m2",
    ".mvn",
    ".mypy_cache",
    ".next",
    ".nuxt",
    ".nx",
    ".nyc_output",
    ".output",
    ".pnpm-store",
    ".pytest_cache",
    ".ruff_cache",
    ".serverless",
    ".settings",
    ".sqlx",
    ".storybook",
    ".svelte-kit",
    ".terraform",
    ".tox",
    ".turbo",
    ".venv",
    ".vs",
    ".vscode",
    ".yarn",
];

/// A folder's name; a name in it; how many files; least, likely and most bytes; what it holds.
type KnownFolder = (&'static str, &'static str, u32, [u32; 3], &'static str);

const FOLDERS: &[KnownFolder] = &[
    ("assets", "logo.svg", 40, [10_000, 2_000_000, 100_000_000], "pictures and fonts"),
    ("config", "settings.yaml", 10, [500, 10_000, 500_000], "configuration"),
    ("coverage", "lcov.info", 90, [100_000, 2_000_000, 30_000_000], "a report of test coverage"),
    ("dist", "index.html", 60, [20_000, 1_000_000, 50_000_000], "a build's output"),
    ("build", "index.html", 60, [20_000, 1_000_000, 50_000_000], "a build's output"),
    ("docs", "index.md", 20, [5_000, 200_000, 50_000_000], "documentation"),
    ("images", "hero.jpg", 30, [10_000, 5_000_000, 200_000_000], "pictures"),
    ("logs", "app.log", 5, [1_000, 2_000_000, 500_000_000], "logs"),
    ("migrations", "0001_initial.sql", 20, [2_000, 50_000, 2_000_000], "migrations"),
    ("nginx", "default.conf", 2, [300, 3_000, 20_000], "configuration"),
    ("node_modules", "express/index.js", 757, [2_870_923, 135_000_000, 412_000_000], "packages"),
    ("public", "favicon.svg", 20, [1_000, 1_000_000, 50_000_000], "files served as they are"),
    ("scripts", "run.sh", 8, [500, 15_000, 500_000], "scripts"),
    ("static", "logo.svg", 40, [10_000, 2_000_000, 100_000_000], "files served as they are"),
    ("templates", "index.html", 20, [1_000, 80_000, 2_000_000], "templates"),
    (
        ".git",
        "objects/pack/pack-1.pack",
        1_500,
        [1_000_000, 20_000_000, 1_000_000_000],
        "a history",
    ),
    (
        ".mvn",
        "wrapper/maven-wrapper.properties",
        2,
        [150, 500, 70_000],
        "the Maven wrapper's settings",
    ),
    ("gradle", "wrapper/gradle-wrapper.jar", 2, [40_000, 44_000, 65_000], "the Gradle wrapper"),
    (".cache", "data.bin", 200, [10_000, 10_000_000, 1_000_000_000], "a cache"),
];

const UNKNOWN_FILE: [u32; 3] = [100, 4_000, 1_000_000];
const UNKNOWN_FOLDER: (u32, [u32; 3]) = (20, [2_000, 150_000, 20_000_000]);

/// Whether a path names a folder rather than a file, as far as its name tells.
pub(super) fn is_folder(path: &str) -> bool {
    let (_, name) = split(path);
    match name.strip_prefix('.') {
        Some(_) => DOT_FOLDERS.contains(&name),
        None => !name.contains('.') && !PLAIN_FILES.contains(&name),
    }
}

/// The file that stands for a path: itself, or, `in_folder`, several under the name of one of
/// them, `main_file` where the folder's name says nothing.
pub(super) fn typical(path: &str, in_folder: bool, main_file: &str) -> (String, TypicalFile) {
    let (_, name) = split(path);
    if !in_folder {
        let known = FILES.iter().find(|(known, ..)| matches(known, name));
        let (bytes, what) =
            known.map_or((UNKNOWN_FILE, "a small file"), |(_, bytes, what)| (*bytes, *what));
        return (path.to_owned(), TypicalFile::one("", bytes, Basis::Typical(what)));
    }
    let known = FOLDERS.iter().find(|(known, ..)| *known == name);
    let (inside, files, bytes, what) = match known {
        Some((_, inside, files, bytes, what)) => (*inside, *files, *bytes, *what),
        None => {
            let inside = if name.starts_with('.') { "data.json" } else { main_file };
            (inside, UNKNOWN_FOLDER.0, UNKNOWN_FOLDER.1, "a small folder")
        }
    };
    (join(path, inside), TypicalFile::many("", files, bytes, Basis::Typical(what)))
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
    fn every_known_name_has_a_size_and_is_found() {
        for (name, bytes, what) in FILES {
            let (_, file) = typical(&name.replace('*', "x"), false, "");
            assert_eq!(file.bytes, *bytes, "the row of {name} is hidden by one before it");
            assert!(bytes.is_sorted() && bytes[0] > 0 && !what.is_empty(), "{name}");
        }
        for (name, inside, files, bytes, what) in FOLDERS {
            assert!(is_folder(name), "{name} is listed as a folder");
            assert!(bytes.is_sorted() && *files > 0 && !what.is_empty(), "{name}/{inside}");
        }
    }
}
