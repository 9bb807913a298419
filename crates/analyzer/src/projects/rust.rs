//! Rust: Cargo packages and workspaces.

use super::Basis::{Measured, Typical};
use super::{IgnoreGroup, ProjectKind, Signs, TypicalFile, common};

pub(super) const KIND: ProjectKind = ProjectKind {
    id: "rust",
    title: "Rust",
    families: &["rust"],
    signs: &[Signs {
        images: &[("rust*", 6), ("cargo-chef", 6), ("muslrust", 6)],
        // `cargo install` alone is how other projects get a tool.
        commands: &[("cargo build", 6), ("cargo chef", 6), ("cargo run", 6), ("cargo", 3)],
        files: &[("Cargo.toml", 8), ("Cargo.lock", 8), ("target/release/", 5), ("*.rs", 5)],
        ignored: &[("*.rs.bk", 5), ("target", 3)],
    }],
    installers: &[("cargo", &["Cargo.toml", "Cargo.lock"])],
    main_file: "main.rs",
    files: &[&[
        TypicalFile::many("src/main.rs", 50, [10_000, 400_000, 6_000_000], Typical("a service's sources")),
        TypicalFile::many("tests/api.rs", 10, [2_000, 60_000, 1_000_000], Typical("tests")),
        TypicalFile::many(
            "target/debug/deps/libserde.rlib",
            1_625,
            [50_000_000, 651_789_119, 4_000_000_000],
            Measured("a debug build of a small service with Axum, Tokio and reqwest (likely; 992 MB with a release build)"),
        )
        .junk(),
    ]],
    ignore: &[
        &[IgnoreGroup {
            comment: "Output: Cargo makes it again",
            lines: &["**/target", "**/*.rs.bk", "**/*.profraw"],
            made_by: &[],
        }],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM rust:1 AS build\nWORKDIR /src\nCOPY Cargo.toml Cargo.lock ./\nCOPY src src\nCOPY . .\n\
                 RUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /src/target/release/api /usr/bin/\n",
};
