//! Go: modules that build to a binary.

use super::Basis::Typical;
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "go",
    title: "Go",
    families: &["go"],
    signs: &[Signs {
        images: &[("golang*", 6)],
        commands: &[("go", 6)],
        files: &[("go.mod", 8), ("go.sum", 8), ("go.work", 8), ("main.go", 5), ("*.go", 5)],
        ignored: &[("*_test.go", 5), ("vendor", 2)],
    }],
    installers: &[("go", &["go.mod", "go.sum"])],
    main_file: "main.go",
    files: &[&[
        TypicalFile::one("main.go", [200, 2_000, 20_000], Typical("a program's beginning")),
        TypicalFile::one(
            "cmd/server/main.go",
            [200, 2_000, 20_000],
            Typical("a program's beginning"),
        ),
        TypicalFile::many(
            "internal/server/server.go",
            60,
            [20_000, 400_000, 5_000_000],
            Typical("a service's sources"),
        ),
        TypicalFile::many(
            "internal/server/server_test.go",
            25,
            [5_000, 150_000, 3_000_000],
            Typical("tests"),
        ),
        TypicalFile::one("bin/server", [2_000_000, 15_000_000, 80_000_000], Typical("a Go binary"))
            .junk(),
        TypicalFile::one(
            "coverage.out",
            [5_000, 200_000, 5_000_000],
            Typical("a coverage profile"),
        )
        .junk(),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Binaries: the build makes them again",
                lines: &["bin", "**/*.test", "**/*.exe"],
                made_by: &["go build", "go install"],
            },
            IgnoreGroup { comment: "Profiles", lines: &["**/*.out", "**/*.prof"], made_by: &[] },
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM golang:1.25 AS build\nWORKDIR /src\nCOPY go.mod go.sum ./\nRUN go mod download\nCOPY cmd cmd\nCOPY . .\n\
                 RUN go build -o /out/server ./cmd/server\nFROM scratch\nCOPY --from=build /out/server /server\n",
};
