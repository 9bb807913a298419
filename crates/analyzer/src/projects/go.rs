//! Go: modules that build to a binary.

use super::Basis::Typical;
use super::sizes::{LOG, SOURCE, SOURCES, TESTS};
use super::{IgnoreGroup, ProjectKind, Signs, Size, common, file, ignore, junk};

/// A binary left from a build by hand.
static BINARY: Size = Size::one([2_000_000, 15_000_000, 80_000_000], Typical("a Go binary"));

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "go",
    title: "Go",
    families: &["go"],
    signs: &[Signs {
        images: &[(6, "golang*")],
        commands: &[(6, "go")],
        files: &[(8, "go.mod, go.sum, go.work"), (5, "main.go, *.go")],
        ignored: &[(5, "*_test.go"), (2, "vendor")],
        taken: &[],
    }],
    installers: &[("go", "go.mod, go.sum")],
    main_file: "main.go",
    files: &[&[
        file("main.go", &SOURCE),
        file("cmd/server/main.go", &SOURCE),
        file("internal/server/server.go", &SOURCES),
        file("internal/server/server_test.go", &TESTS),
        junk("bin/server", &BINARY),
        junk("coverage.out", &LOG),
    ]],
    ignore: &[
        &[
            IgnoreGroup {
                comment: "Binaries: the build makes them again",
                lines: "bin, **/*.test, **/*.exe",
                made_by: "go build, go install",
                remade_by: "",
            },
            ignore("Profiles", "**/*.out, **/*.prof"),
        ],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM golang:1.26 AS build\n\
                 WORKDIR /src\n\
                 COPY go.mod go.sum ./\n\
                 RUN go mod download\n\
                 COPY cmd cmd\n\
                 COPY . .\n\
                 RUN go build -o /out/server ./cmd/server\n\
                 FROM scratch\n\
                 COPY --from=build /out/server /server\n",
};
