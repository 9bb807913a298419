//! One stage that builds and runs: the person's own text, cut in two.
//!
//! Each ecosystem is a file and a line of [`SPLITS`] that says where to cut, what the final stage
//! starts from and what it needs; [`rewrite`] makes edits of that. Every file keeps the path it
//! had, so the commands below the cut stay as they are.

mod account;
mod dotnet;
mod facts;
mod go;
mod java;
mod libraries;
mod named;
mod node;
mod php;
mod poetry;
mod python;
mod release;
mod rewrite;
mod rust;
mod site;
mod system;
#[cfg(test)]
mod tests;

use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject};
use account::Account;
pub(super) use dotnet::is_self_contained;
use facts::Facts;
pub(super) use facts::join;
pub(super) use java::release_of as java_release_of;
pub(super) use node::has_workspaces;
pub(super) use release::release_of;

pub(super) static RULE: Rule = Rule {
    id: "split-stages",
    title: "Build in one stage, and start the image from another",
    aliases: &[],
    why: "A build needs compilers, package managers and development packages; what it made runs \
          without them. A second FROM begins an image anew, and COPY --from takes into it what is \
          needed. Nothing else of the first stage is in the image.",
    source: "https://docs.docker.com/build/building/multi-stage/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /server ./cmd/server\nEXPOSE 8080\nCMD [\"/server\"]\n",
            "FROM golang:1.26 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /server ./cmd/server\n\nFROM gcr.io/distroless/static-debian13\nWORKDIR /src\nCOPY --from=build /server /server\nEXPOSE 8080\nCMD [\"/server\"]\n",
        ),
        Example::new(
            "from node:22\r\nworkdir /app\r\ncopy package*.json ./\r\nrun npm ci\r\ncopy . .\r\nrun npm run build\r\n\r\n# How it starts.\r\ncmd [\"node\", \"dist/main.js\"]\r\n",
            "from node:22 as build\r\nworkdir /app\r\ncopy package*.json ./\r\nrun npm ci\r\ncopy . .\r\nrun npm run build\r\n\r\nfrom node:22-slim\r\nworkdir /app\r\nenv NODE_ENV=production\r\ncopy package*.json ./\r\nrun npm ci --omit=dev && npm cache clean --force\r\ncopy --from=build /app/dist ./dist\r\n\r\n# How it starts.\r\ncmd [\"node\", \"dist/main.js\"]\r\n",
        ),
        Example::new(
            "FROM rust:1.75\nRUN apt-get update && apt-get install -y libssl-dev\nCOPY app.toml /etc/app.toml\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nCMD [\"./target/release/app\", \"--pages\", \"./pages\"]\n",
            "FROM rust:1.75 AS build\nRUN apt-get update && apt-get install -y libssl-dev\nCOPY app.toml /etc/app.toml\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\n\nFROM debian:12-slim\nWORKDIR /src\nRUN apt-get update && apt-get install -y --no-install-recommends libssl3 ca-certificates && rm -rf /var/lib/apt/lists/*\nCOPY app.toml /etc/app.toml\nCOPY --from=build /src/target/release/app ./target/release/app\nCOPY --from=build /src/pages ./pages\nCMD [\"./target/release/app\", \"--pages\", \"./pages\"]\n",
        ),
        Example::new(
            "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go build -o /server .\nCMD [\"go\", \"run\", \".\"]\n",
            "FROM golang:1.26\nWORKDIR /src\nCOPY . .\nRUN go test ./...\n",
        ),
    ],
    check,
};

/// How builds of one ecosystem are cut.
struct Split {
    /// What is built, for people.
    title: &'static str,
    /// Whether a stage builds such a thing, and where it stops: the instruction behind the build.
    cut: fn(&Facts<'_, '_>) -> Option<usize>,
    /// What the final stage is made of; `None` where the text does not tell what it needs.
    plan: fn(&Facts<'_, '_>) -> Option<Plan>,
}

/// What a final stage is made of.
#[derive(Default)]
struct Plan {
    /// What it starts from.
    base: String,
    /// What stands between its `WORKDIR` and what is below the cut, an instruction each, keywords
    /// in upper case.
    lines: Vec<String>,
    /// Changes of the build itself.
    edits: Vec<crate::text::Edit>,
    /// What is done again of what stands above the cut.
    account: Account,
    /// Whether files of the project that the final stage names are copied one by one.
    names_files: bool,
    /// What may break.
    risks: Vec<String>,
    /// Instructions of the text that hold no longer.
    dropped: Vec<usize>,
    /// Where the build stage itself is to be cut in two, which have all above in common.
    shared: Option<usize>,
    /// Whether nothing of the build's settings (directory, environment, user) matters any more.
    is_bare: bool,
}

/// The first that finds its build is taken.
#[rustfmt::skip]
const SPLITS: &[Split] = &[
    site::SPLIT,
    node::SPLIT,
    go::SPLIT,
    rust::SPLIT,
    java::SPLIT,
    dotnet::SPLIT,
    poetry::SPLIT,
    python::SPLIT,
    php::SPLIT,
];

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some(facts) = Facts::of(subject) else { return Vec::new() };
    let found = SPLITS.iter().find_map(|split| Some((split, (split.cut)(&facts)?)));
    let Some((split, cut)) = found else { return Vec::new() };
    let message = format!(
        "The one stage builds {} and is the image as well: its build tools, sources and caches are in it. Build in a stage of its own and copy what runs into another.",
        split.title
    );
    let facts = facts.cut_at(cut);
    let fix = (split.plan)(&facts).and_then(|plan| {
        let title = match plan.shared {
            // The stage that both have in common is made by this very fix.
            Some(_) => {
                "Build in a stage of its own, and run on what both have in common".to_owned()
            }
            None => format!("Build in a stage of its own, and run on {}", plan.base),
        };
        let mut risks = plan.risks.clone();
        let edits = rewrite::rewrite(&facts, plan, &mut risks)?;
        Some(Fix::with_risks(title, edits, risks))
    });
    let confidence = if fix.is_some() { Confidence::Likely } else { Confidence::Possible };
    vec![Finding::new(facts.base.word.span, message).unsure(confidence).mended_by(fix)]
}
