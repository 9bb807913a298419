//! What projects of every kind hold, and what all of them should ignore.

use super::sizes::{CONFIGURATION, FINDER, HISTORY, SETTINGS, TEXT};
use super::{IgnoreGroup, TypicalFile, file, ignore, junk};

/// Files at the root of any project.
pub(super) const FILES: &[TypicalFile] = &[
    junk(".git/objects/pack/pack-1.pack", &HISTORY),
    file(".gitignore", &SETTINGS),
    file("README.md", &TEXT),
    junk(".env", &SETTINGS),
    junk(".DS_Store", &FINDER),
    junk(".vscode/settings.json", &SETTINGS),
    junk(".github/workflows/ci.yml", &CONFIGURATION),
    junk("compose.yaml", &SETTINGS),
];

/// For every kind.
pub(super) const IGNORE: &[IgnoreGroup] = &[
    ignore("Version control and its services", ".git, .github, .gitlab-ci.yml"),
    ignore(
        "Docker's own files",
        "**/Dockerfile*, **/.dockerignore, **/compose*.yaml, **/compose*.yml, **/docker-compose*",
    ),
    ignore("Logs", "**/*.log"),
    ignore(
        "Editors and operating systems",
        "**/.vscode, **/.idea, **/*.swp, **/.DS_Store, **/Thumbs.db",
    ),
];

/// For every kind whose build reads no `.env` file.
pub(super) const SECRETS: &[IgnoreGroup] =
    &[ignore("Secrets: give them to the container when it runs", "**/.env*")];
