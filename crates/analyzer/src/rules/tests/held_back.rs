//! Fixes that would break the image, or slow its build, and are therefore not offered.

use super::{Example, RULES, find, input};

/// A rule, a Dockerfile, a listing of the context, and manifests in it.
type Sample = (&'static str, &'static str, &'static str, &'static [(&'static str, &'static str)]);

const NODE: &str = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";

#[rustfmt::skip]
const SAMPLES: &[Sample] = &[
    // A workspace's installation reads the manifests of all of its packages.
    ("split-stages", "FROM node:22\nRUN corepack enable\nWORKDIR /a\nCOPY . .\nRUN pnpm install\nRUN pnpm -r build\nCMD [\"node\", \"packages/a/dist/a.js\"]\n", "", &[]),
    ("manifests-first", "FROM node:22\nRUN corepack enable\nWORKDIR /a\nCOPY . .\nRUN pnpm install\nRUN pnpm --filter a build\n", "", &[]),
    ("split-stages", "FROM node:22\nWORKDIR /a\nCOPY . .\nRUN yarn install\nRUN yarn workspace a build\nCMD [\"yarn\", \"workspace\", \"a\", \"start\"]\n", "", &[]),
    ("manifests-first", "FROM node:22\nWORKDIR /a\nCOPY . .\nRUN npm install\nRUN npx turbo run build\n", "", &[]),
    ("split-stages", "FROM node:22\nWORKDIR /a\nCOPY . .\nRUN npm ci && npm run build\nCMD [\"node\", \"dist/a.js\"]\n", "90 package.json\n90 packages/a/package.json\n", &[("package.json", "{\"workspaces\": [\"packages/*\"]}")]),
    // The token of a registry is only in the stage that builds.
    ("split-stages", "FROM node:22\nARG NPM_TOKEN\nWORKDIR /a\nRUN npm config set //npm.example.org/:_authToken=$NPM_TOKEN\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD [\"node\", \"dist/a.js\"]\n", "", &[]),
    ("split-stages", "FROM node:22\nWORKDIR /a\nCOPY . .\nRUN echo \"//npm.example.org/:_authToken=x\" > .npmrc && npm install && rm .npmrc\nRUN npm run build\nCMD [\"node\", \"dist/a.js\"]\n", "", &[]),
    ("split-stages", "FROM node:22\nWORKDIR /a\nCOPY .npmrc ./\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\nCMD [\"node\", \"dist/a.js\"]\n", "", &[]),
    // Tools of the SDK are started.
    ("split-stages", "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /a\nCOPY . .\nRUN dotnet publish -o /out\nCMD dotnet ef database update && dotnet /out/A.dll\n", "", &[]),
    ("split-stages", "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /a\nCOPY . .\nRUN dotnet publish -o /out\nCMD [\"dotnet\", \"ef\", \"database\", \"update\", \"/out/A.dll\"]\n", "", &[]),
    // Of two programs one would be left behind.
    ("split-stages", "FROM golang:1.26\nWORKDIR /a\nCOPY . .\nRUN go build -o bin/a ./a && go build -o bin/b ./b\nCMD bin/a && bin/b\n", "", &[]),
    // `uv run` installs again what was left out.
    ("development-packages", "FROM python:3.12\nCOPY . .\nRUN uv sync --frozen\nCMD uv run main.py\n", "", &[]),
    // Alpine has neither time zones nor bash.
    ("alpine-base", "FROM node:22-slim\nRUN ln -sf /usr/share/zoneinfo/Europe/Paris /etc/localtime\nCMD [\"node\", \"a.js\"]\n", "", &[]),
    ("alpine-base", "FROM node:22-slim\nCOPY wait-for-it.sh /usr/local/bin/\nCMD [\"node\", \"a.js\"]\n", "", &[]),
    // The lock file names a gem that is compiled with headers which nobody installs.
    ("slim-base", "FROM ruby:3.4\nRUN [\"apt-get\", \"install\", \"-y\", \"gcc\"]\nCOPY . .\nRUN bundle install\nCMD [\"puma\"]\n", "90 Gemfile\n90 Gemfile.lock\n", &[("Gemfile.lock", "GEM\n  specs:\n    psych (5.1.2)\n")]),
    // Programs that write where root wrote.
    ("no-user", "FROM node:22\nCOPY . .\nRUN npm ci\nVOLUME /data\nCMD [\"node\", \"a.js\"]\n", "", &[]),
    ("no-user", "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci && mkdir uploads\nCMD [\"node\", \"a.js\"]\n", "", &[]),
    ("no-user", "FROM node:22\nCOPY . .\nRUN npm ci\nENTRYPOINT [\"./entrypoint.sh\"]\nCMD [\"node\", \"a.js\"]\n", "", &[]),
    ("no-user", "FROM node:22\nCOPY . .\nRUN npm ci\nCMD npx prisma migrate deploy && node a.js\n", "", &[]),
    ("no-user", "FROM node:22\nCOPY . .\nRUN npm ci\nCMD [\"npx\", \"next\", \"start\"]\n", "", &[]),
    ("no-user", "FROM node:22\nCOPY . .\nRUN npm ci\nCMD [\"npm\", \"run\", \"dev\"]\n", "", &[]),
    ("no-user", NODE_WITH_START, "90 package.json\n", &[("package.json", "{\"scripts\": {\"start\": \"next start\"}}")]),
    ("no-user", NODE_WITH_START, "90 package.json\n", &[("package.json", "{\"dependencies\": {\"better-sqlite3\": \"11\"}}")]),
];

const NODE_WITH_START: &str =
    "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"npm\", \"start\"]\n";

#[test]
fn what_would_break_is_not_offered() {
    for (id, text, listing, manifests) in SAMPLES {
        let rule = RULES.iter().find(|rule| rule.id == *id).expect("it is listed");
        let example = Example { listing, manifests, ..Example::NONE };
        let findings = find(rule, &input(&example, text, None));
        let fixes: Vec<_> = findings.iter().filter_map(|it| it.fix.as_ref()).collect();
        assert!(fixes.is_empty(), "{id} offers for:\n{text}{fixes:#?}");
    }
}

#[test]
fn the_same_without_what_would_break_is_offered() {
    for (id, text) in [
        (
            "split-stages",
            "FROM node:22\nWORKDIR /a\nCOPY . .\nRUN npm ci && npm run build\nCMD [\"node\", \"dist/a.js\"]\n",
        ),
        (
            "split-stages",
            "FROM node:22\nWORKDIR /a\nCOPY package*.json .npmrc ./\nRUN npm config set fund false && npm ci\nCOPY . .\nRUN npm run build\nCMD [\"node\", \"dist/a.js\"]\n",
        ),
        ("manifests-first", NODE),
        ("no-user", NODE_WITH_START),
        (
            "no-user",
            "FROM node:22\nCOPY . .\nENTRYPOINT [\"/usr/bin/tini\", \"--\"]\nCMD [\"node\", \"a.js\"]\n",
        ),
        (
            "alpine-base",
            "FROM gradle:8-jdk21 AS build\nWORKDIR /app\nCOPY . .\nRUN gradle bootJar\nFROM eclipse-temurin:21-jre\nWORKDIR /app\nCOPY --from=build /app/build/libs/app.jar ./build/libs/app.jar\nCMD [\"java\", \"-jar\", \"build/libs/app.jar\"]\n",
        ),
        // The default of a variable is what is known of it.
        (
            "split-stages",
            "ARG V=22\nFROM node:${V}\nWORKDIR /a\nCOPY . .\nRUN npm ci && npm run build\nCMD [\"node\", \"dist/a.js\"]\n",
        ),
        ("slim-base", "ARG V=3.12\nFROM python:$V\nCOPY . .\nCMD [\"python\", \"a.py\"]\n"),
        ("alpine-base", "FROM node:22-slim\nCMD [\"node\", \"a.js\"]\n"),
        (
            "split-stages",
            "FROM mcr.microsoft.com/dotnet/sdk:10.0\nWORKDIR /a\nCOPY . .\nRUN dotnet publish -o /out\nCMD [\"dotnet\", \"/out/A.dll\"]\n",
        ),
    ] {
        let rule = RULES.iter().find(|rule| rule.id == id).expect("it is listed");
        let findings = find(rule, &input(&Example::NONE, text, None));
        assert!(
            findings.iter().any(|it| it.fix.is_some()),
            "{id} offers nothing for:\n{text}{findings:#?}"
        );
    }
}
