//! Rust: Cargo packages and workspaces.

use super::Basis::Measured;
use super::sizes::{SOURCES, TESTS};
use super::{ProjectKind, Signs, Size, common, file, ignore_remade, junk};

/// Cargo's output; a release build beside the debug build made 992 MB.
static TARGET: Size = Size::of(
    1_625,
    [50_000_000, 651_789_119, 4_000_000_000],
    Measured("a debug build of a small service with Axum, Tokio and reqwest (likely)"),
);

pub(super) static KIND: ProjectKind = ProjectKind {
    id: "rust",
    title: "Rust",
    families: &["rust"],
    signs: &[Signs {
        images: &[(6, "rust*, cargo-chef, muslrust")],
        // `cargo install` alone is how other projects get a tool.
        commands: &[(6, "cargo build, cargo chef, cargo run"), (3, "cargo")],
        files: &[(8, "Cargo.toml, Cargo.lock"), (5, "target/release/, *.rs")],
        ignored: &[(5, "*.rs.bk"), (3, "target")],
        taken: &[],
    }],
    installers: &[("cargo", "Cargo.toml, Cargo.lock")],
    main_file: "main.rs",
    files: &[&[
        file("src/main.rs", &SOURCES),
        file("tests/api.rs", &TESTS),
        junk("target/debug/deps/libserde.rlib", &TARGET),
    ]],
    ignore: &[
        &[ignore_remade(
            "Output: Cargo makes it again",
            "**/target, **/*.rs.bk, **/*.profraw",
            "cargo, make",
        )],
        common::SECRETS,
    ],
    #[cfg(test)]
    dockerfile: "FROM rust:1 AS build\n\
                 WORKDIR /src\n\
                 COPY Cargo.toml Cargo.lock ./\n\
                 COPY src src\n\
                 COPY . .\n\
                 RUN cargo build --release\n\
                 FROM debian:bookworm-slim\n\
                 COPY --from=build /src/target/release/api /usr/bin/\n",
};
