//! The few files that say what a project installs.

/// Names of manifests and lock files, lower case.
const NAMES: [&str; 31] = [
    "package.json",
    "package-lock.json",
    "npm-shrinkwrap.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "bun.lock",
    "requirements.txt",
    "pyproject.toml",
    "poetry.lock",
    "uv.lock",
    "pdm.lock",
    "pipfile",
    "pipfile.lock",
    "environment.yml",
    "environment.yaml",
    "go.mod",
    "go.sum",
    "cargo.toml",
    "cargo.lock",
    "pom.xml",
    "build.gradle",
    "build.gradle.kts",
    "settings.gradle",
    "settings.gradle.kts",
    "gradle.lockfile",
    "composer.json",
    "composer.lock",
    "gemfile",
    "gemfile.lock",
    "packages.lock.json",
];

/// Folders of what is installed or built: the manifests in them are those of others.
const FOREIGN_FOLDERS: [&str; 8] = [
    "node_modules",
    "vendor",
    ".venv",
    "venv",
    "site-packages",
    "target",
    ".git",
    "bower_components",
];

/// Most bytes of a manifest that a front end reads.
pub const MAXIMUM_MANIFEST_BYTES: u64 = 2_000_000;

/// Whether a path of a context is a manifest of the project itself.
#[must_use]
pub fn is_manifest(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = name.to_ascii_lowercase();
    let is_requirements = name.ends_with(".txt")
        && (name.contains("requirements") || folders.rsplit('/').next() == Some("requirements"));
    (is_requirements || name.ends_with(".csproj") || NAMES.contains(&name.as_str()))
        && !folders.split('/').any(|folder| FOREIGN_FOLDERS.contains(&folder))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn manifests_of_the_project_are_told_from_those_of_its_packages() {
        for (path, manifest) in [
            ("package.json", true),
            ("apps/web/package.json", true),
            ("node_modules/react/package.json", false),
            ("apps/web/node_modules/react/package.json", false),
            ("requirements-dev.txt", true),
            ("dev_requirements.txt", true),
            ("requirements/base.txt", true),
            ("docs/base.txt", false),
            ("environment.yml", true),
            ("Gemfile", true),
            ("src/Api/Api.csproj", true),
            ("src/main.rs", false),
            ("vendor/autoload/composer.json", false),
            ("package.json/inside", false),
        ] {
            assert_eq!(is_manifest(path), manifest, "{path}");
        }
    }
}
