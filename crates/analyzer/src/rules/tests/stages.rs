//! What rules about stages and bases leave alone.

use super::{Example, RULES, find, input};

/// Paths and texts of what a context has beside its sources.
type Manifests = &'static [(&'static str, &'static str)];

/// The manifest of a service whose bcrypt 5 is compiled where nothing is ready for musl.
const BCRYPT: Manifests = &[("package.json", r#"{"dependencies":{"bcrypt":"5.1.1"}}"#)];

/// A rule, a Dockerfile, and `package.json`, where one is known.
const SILENT: &[(&str, &str, Manifests)] = &[
    // The variant on Alpine is there for amd64 alone.
    (
        "alpine-base",
        "FROM --platform=linux/arm64 eclipse-temurin:17-jre\nCOPY a.jar /\nCMD [\"java\", \"-jar\", \"/a.jar\"]\n",
        &[],
    ),
    // Version control and compilers are what the slim variant lacks.
    ("slim-base", "FROM python:3.12\nRUN git clone https://example.org/a.git /app\n", &[]),
    ("slim-base", "FROM python:3.12\nRUN pip install git+https://example.org/a.git\n", &[]),
    (
        "slim-base",
        "FROM node:22 AS build\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /a /a\n",
        &[],
    ),
    ("slim-base", "ARG V\nFROM node:${V}\nCOPY a.js /\n", &[]),
    ("slim-base", "FROM acme/node:22\nCOPY a.js /\n", &[]),
    ("alpine-base", "FROM node:22-slim\nCOPY . .\nRUN npm install --omit=dev\n", BCRYPT),
    ("alpine-base", "FROM nginx\nRUN apt-get update && apt-get install -y curl\n", &[]),
    ("alpine-base", "FROM node:22-slim\nRUN useradd app\n", &[]),
    ("alpine-base", "FROM node:22-slim\nCMD [\"bash\", \"-c\", \"node a.js\"]\n", &[]),
    ("alpine-base", "FROM python:3.12-slim\nRUN pip install pandas\n", &[]),
    (
        "alpine-base",
        "FROM node:22 AS build\nRUN npm ci\nFROM node:22-slim\nCOPY --from=build /app/node_modules /app/node_modules\n",
        &[],
    ),
    // What another stage installed for glibc comes along with the whole project.
    (
        "alpine-base",
        "FROM node:22 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\nRUN npm run build\nFROM node:22-slim\nWORKDIR /app\nCOPY --from=build /app ./\nCMD [\"node\", \"dist/index.js\"]\n",
        &[],
    ),
    (
        "alpine-base",
        "FROM golang:1.27 AS build\nRUN go build -o /job .\nFROM node:22-slim\nCOPY --from=build /job /usr/bin/job\n",
        &[],
    ),
    // It starts by a program that was compiled for glibc.
    (
        "alpine-base",
        "FROM mcr.microsoft.com/dotnet/aspnet:9.0\nCOPY out /app\nENTRYPOINT [\"/app/Api\"]\n",
        &[],
    ),
    // Gems are compiled, and a script needs bash.
    ("alpine-base", "FROM ruby:3.4-slim\nRUN bundle install\n", &[]),
    ("alpine-base", "FROM node:22-slim\nSHELL [\"/bin/bash\", \"-c\"]\nCOPY a.js /\n", &[]),
    // Its dependency comes by git.
    (
        "slim-base",
        "FROM node:22\nCOPY . .\nRUN npm install --omit=dev\n",
        &[("package.json", r#"{"dependencies":{"a":"git+https://example.org/a.git"}}"#)],
    ),
    // No small package brings what the health check calls.
    ("slim-base", "FROM node:22\nHEALTHCHECK CMD python3 /check.py\n", &[]),
    (
        "runtime-base",
        "FROM nvidia/cuda:12.1.0-devel-ubuntu22.04\nRUN pip3 install torch flash-attn\n",
        &[],
    ),
    ("runtime-base", "FROM openjdk:17\nRUN microdnf install -y a\nCMD [\"java\"]\n", &[]),
    ("runtime-base", "FROM eclipse-temurin:21\nCOPY . .\nRUN ./mvnw verify\n", &[]),
    ("runtime-base", "FROM maven:3.9-eclipse-temurin-21\nCMD [\"mvn\", \"verify\"]\n", &[]),
    ("runtime-base", "FROM nvidia/cuda:12.2.0-devel-ubuntu22.04\nRUN nvcc -o a a.cu\n", &[]),
    (
        "distroless-base",
        "FROM golang:1.26 AS build\nRUN CGO_ENABLED=0 go build -o /app .\nFROM debian:12-slim\nCOPY --from=build /app /app\nHEALTHCHECK CMD curl localhost\nCMD [\"/app\"]\n",
        &[],
    ),
    (
        "go-links-c",
        "FROM golang:1.26 AS build\nENV CGO_ENABLED=0\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\n",
        &[],
    ),
    (
        "go-links-c",
        "FROM golang:1.26 AS build\nRUN go build -ldflags '-extldflags \"-static\"' -o /app .\nFROM scratch\nCOPY --from=build /app /app\n",
        &[],
    ),
    ("go-symbols-left", "FROM golang:1.26\nRUN go build -o /app .\n", &[]),
    (
        "go-symbols-left",
        "FROM golang:1.26 AS build\nRUN go build ./... && go build -ldflags=\"-w\" -o /app .\nFROM debian:12\nCOPY --from=build /app /\n",
        &[],
    ),
    // Stages that people build by their name.
    (
        "unused-stage",
        "FROM node:22 AS unit-test\nRUN npm test\nFROM node:22-slim\nCOPY a.js /\n",
        &[],
    ),
    ("unused-stage", "FROM node:22 AS tools\nFROM node:22-slim\nCOPY --from=tools /a /a\n", &[]),
    (
        "compiler-left",
        "FROM debian:12\nRUN apt-get update && apt-get install -y gcc && make && apt-get purge -y gcc\n",
        &[],
    ),
    (
        "whole-project-copied",
        "FROM golang:1.26 AS build\nWORKDIR /src\nRUN go build -o /out/app .\nFROM alpine\nCOPY --from=build /out /app\n",
        &[],
    ),
    (
        "development-packages-copied",
        "FROM node:22 AS build\nWORKDIR /app\nRUN npm ci --omit=dev\nFROM node:22-slim\nCOPY --from=build /app/node_modules /app/node_modules\n",
        &[],
    ),
    // What is copied may be a shell.
    (
        "no-shell",
        "FROM gcr.io/distroless/base-debian13\nCOPY --from=busybox:1 /bin /bin\nRUN a\n",
        &[],
    ),
    ("no-shell", "FROM scratch\nCOPY --from=busybox:1 /bin/busybox /bin/sh\nCMD a\n", &[]),
    (
        "no-shell",
        "FROM debian:13\nRUN debootstrap trixie /rootfs\nFROM scratch\nCOPY --from=0 /rootfs /\nCMD a\n",
        &[],
    ),
    (
        "no-shell",
        "FROM debian:13\nRUN make\nFROM scratch\nWORKDIR /\nCOPY --from=0 /staging ./\nCMD sh\n",
        &[],
    ),
    ("no-shell", "FROM debian:13\nRUN make\nFROM scratch\nCOPY --from=0 /a.d/* /\nCMD sh\n", &[]),
    ("no-shell", "FROM scratch\nRUN --mount=from=busybox:1,src=/bin,target=/bin ls\n", &[]),
    (
        "foreign-program",
        "FROM golang:1.26 AS build\nRUN go env -w CGO_ENABLED=0\nRUN go build -o /app .\nFROM alpine:3.22\nCOPY --from=build /app /app\n",
        &[],
    ),
    (
        "foreign-program",
        "FROM golang:1.26 AS build\nENV CGO_ENABLED=0\nRUN go build -o /app .\nFROM alpine:3.22\nCOPY --from=build /app /app\n",
        &[],
    ),
    (
        "foreign-program",
        "FROM golang:1.26 AS build\nRUN go build -o /app .\nFROM alpine:3.22\nRUN apk add --no-cache libc6-compat\nCOPY --from=build /app /app\n",
        &[],
    ),
    (
        "foreign-program",
        "FROM golang:1.26-trixie AS build\nRUN go build -o /app .\nFROM gcr.io/distroless/base-debian13\nCOPY --from=build /app /app\n",
        &[],
    ),
    (
        "foreign-program",
        "FROM rust:1.95-alpine AS build\nRUN cargo build --release\nFROM debian:13\nCOPY --from=build /target/release/app /app\n",
        &[],
    ),
    // On which Debian these tags stand is not known: they came before the newest.
    (
        "foreign-program",
        "FROM rust:1.75-slim AS build\nRUN cargo build --release\nFROM debian:bookworm-slim\nCOPY --from=build /target/release/app /app\n",
        &[],
    ),
    (
        "foreign-program",
        "FROM golang:1.23 AS build\nRUN go build -o /app .\nFROM debian:12-slim\nCOPY --from=build /app /app\n",
        &[],
    ),
    ("builds-at-start", "FROM node:24\nCMD [\"npx\", \"serve\", \"dist\"]\n", &[]),
    (
        "secret-in-text",
        "FROM debian:12\nRUN curl -H 'Authorization: Bearer your-token-here' https://example.org/a\n",
        &[],
    ),
    (
        "hand-made-base",
        "FROM alpine:3.22\nCOPY --from=node:22-alpine /usr/local/bin/node /bin/\n",
        &[],
    ),
];

#[test]
fn rules_about_stages_leave_what_is_right_alone() {
    for (id, dockerfile, manifests) in SILENT {
        let rule = RULES.iter().find(|rule| rule.id == *id).expect("the rule is listed");
        let listing = if manifests.is_empty() { "" } else { "300 package.json\n900 a.js\n" };
        let example = Example { listing, manifests, ..Example::NONE };
        let findings = find(rule, &input(&example, dockerfile, None));
        assert!(findings.is_empty(), "{id} fires on:\n{dockerfile}{findings:#?}");
    }
}
