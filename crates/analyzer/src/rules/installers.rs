//! Which managers install a project's packages from manifests alone.

use super::{ListedCommand, Run};
use crate::packages::ActionKind;

/// A manager and the files that its installation reads.
#[derive(Debug)]
pub(super) struct Installer {
    /// Its id in [`crate::packages::MANAGERS`].
    manager: &'static str,
    /// Files that say what is installed, as far as they are there.
    pub(super) manifests: &'static [&'static str],
    /// Whether only the files that the command names count.
    pub(super) is_named: bool,
    /// A flag without which the project itself is installed along.
    needs: Option<&'static str>,
}

const fn node(manager: &'static str, manifests: &'static [&'static str]) -> Installer {
    Installer { manager, manifests, is_named: false, needs: None }
}

/// Those that are known. Cargo, Maven and Gradle have no installation by manifests alone that
/// holds in general: they profit from a cache mount.
static INSTALLERS: &[Installer] = &[
    node("npm", &["package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"]),
    node("yarn", &["package.json", "yarn.lock", ".yarnrc.yml", ".yarnrc"]),
    node("pnpm", &["package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"]),
    node("bun", &["package.json", "bun.lock", "bun.lockb", "bunfig.toml"]),
    Installer { manager: "pip", manifests: &[], is_named: true, needs: None },
    Installer {
        manager: "pipenv",
        manifests: &["Pipfile", "Pipfile.lock"],
        is_named: false,
        needs: None,
    },
    Installer {
        manager: "poetry",
        manifests: &["pyproject.toml", "poetry.lock"],
        is_named: false,
        needs: Some("--no-root"),
    },
    Installer {
        manager: "uv",
        manifests: &["pyproject.toml", "uv.lock", ".python-version"],
        is_named: false,
        needs: Some("--no-install-project"),
    },
    Installer { manager: "go", manifests: &["go.mod", "go.sum"], is_named: false, needs: None },
    Installer {
        manager: "bundler",
        manifests: &["Gemfile", "Gemfile.lock", ".ruby-version"],
        is_named: false,
        needs: None,
    },
    Installer {
        manager: "composer",
        manifests: &["composer.json", "composer.lock"],
        is_named: false,
        needs: Some("--no-scripts"),
    },
];

/// Managers of distributions, whose packages have nothing to do with the sources.
const DISTRIBUTIONS: &[&str] = &["apt", "apk", "dnf", "zypper", "pacman"];

/// The installations that a `RUN` begins with, by their places among its commands. Tools by name may
/// stand between them.
pub(super) fn leading(run: &Run<'_>) -> Vec<(usize, &'static Installer)> {
    let mut found = Vec::new();
    for (at, command) in run.commands.iter().enumerate() {
        match find(command) {
            Some(installer) => found.push((at, installer)),
            None if is_independent(command) => {}
            None => break,
        }
    }
    found
}

fn find(command: &ListedCommand) -> Option<&'static Installer> {
    let action = command.action.as_ref().filter(|it| it.kind == ActionKind::Install)?;
    let manager = action.manager?.id;
    let installer = INSTALLERS.iter().find(|it| it.manager == manager)?;
    let is_project =
        action.packages.is_empty() && installer.is_named != action.manifests.is_empty();
    let is_global = command.is_global();
    // `go mod tidy` asks the sources what they import.
    let reads_sources = manager == "go" && command.line.words().nth(1) != Some("download");
    let has_needed = installer.needs.is_none_or(|flag| command.line.has_flag(&[flag]));
    (is_project && !is_global && has_needed && !reads_sources && !command.is_captured)
        .then_some(installer)
}

/// Whether a command does not look at the sources: packages of the distribution, tools by name.
pub(super) fn is_independent(command: &ListedCommand) -> bool {
    let Some(action) = &command.action else {
        let program = command.line.program_name();
        return program == "corepack"
            || program == "rm" && command.line.words().any(|it| it.starts_with("/var/"));
    };
    let is_name = |name: &String| !name.starts_with(['.', '/', '$']) && !name.starts_with("file:");
    let names_tools = action.kind == ActionKind::Install
        && action.manifests.is_empty()
        && !action.packages.is_empty()
        && action.packages.iter().all(is_name)
        && !command.line.words().any(|word| word == "-e" || word == ".");
    action.manager.is_some_and(|manager| DISTRIBUTIONS.contains(&manager.id)) || names_tools
}
