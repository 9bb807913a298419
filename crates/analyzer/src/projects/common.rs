//! What projects of every kind hold, and what all of them should ignore.

use super::Basis::Typical;
use super::{IgnoreGroup, TypicalFile};

/// Files at the root of any project.
pub(super) const FILES: &[TypicalFile] = &[
    TypicalFile::many(
        ".git/objects/pack/pack-1.pack",
        1_500,
        [1_000_000, 20_000_000, 1_000_000_000],
        Typical("a history of some hundred commits"),
    )
    .junk(),
    TypicalFile::one(".gitignore", [50, 600, 4_000], Typical("an ignore file")),
    TypicalFile::one("README.md", [300, 4_000, 40_000], Typical("a README")),
    TypicalFile::one(".env", [30, 400, 4_000], Typical("a file of settings and secrets")).junk(),
    TypicalFile::one(
        ".DS_Store",
        [6_148, 6_148, 20_000],
        Typical("what macOS writes into a folder"),
    )
    .junk(),
    TypicalFile::one(".vscode/settings.json", [50, 500, 5_000], Typical("editor settings")).junk(),
    TypicalFile::many(
        ".github/workflows/ci.yml",
        3,
        [500, 6_000, 40_000],
        Typical("workflow files"),
    )
    .junk(),
    TypicalFile::one("compose.yaml", [200, 1_500, 8_000], Typical("a Compose file")).junk(),
];

const fn group(comment: &'static str, lines: &'static [&'static str]) -> IgnoreGroup {
    IgnoreGroup { comment, lines, made_by: &[] }
}

/// For every kind.
pub(super) const IGNORE: &[IgnoreGroup] = &[
    group("Version control and its services", &[".git", ".github", ".gitlab-ci.yml"]),
    group(
        "Docker's own files",
        &[
            "**/Dockerfile*",
            "**/.dockerignore",
            "**/compose*.yaml",
            "**/compose*.yml",
            "**/docker-compose*",
        ],
    ),
    group("Logs", &["**/*.log"]),
    group(
        "Editors and operating systems",
        &["**/.vscode", "**/.idea", "**/*.swp", "**/.DS_Store", "**/Thumbs.db"],
    ),
];

/// For every kind whose build reads no `.env` file.
pub(super) const SECRETS: &[IgnoreGroup] =
    &[group("Secrets: give them to the container when it runs", &["**/.env*"])];
