# syntax=docker/dockerfile:1

# Rust with cached dependencies: they are compiled in a layer of their own, from a recipe that
# changes only when the manifests do.
FROM rust:1-slim-bookworm AS chef
RUN cargo install --locked cargo-chef
WORKDIR /src

FROM chef AS plan
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM chef AS build
COPY --from=plan /src/recipe.json .
RUN cargo chef cook --release --recipe-path recipe.json
COPY . .
RUN cargo build --release --locked --bin server

FROM debian:bookworm-slim
COPY --from=build /src/target/release/server /usr/local/bin/server
RUN <<EOF
set -eu
groupadd --system --gid 1001 app
useradd --system --uid 1001 --gid app --no-create-home app
EOF
USER app
EXPOSE 8080
CMD ["server"]
