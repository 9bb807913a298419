//! A base on Debian where its variant on Alpine would do.

use super::bases::{WrittenBase, resting_on};
use super::compiling::{self, Libc};
use super::foreign_copies::takes_compiled;
use super::split_stages::is_self_contained;
use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject};
use crate::dockerfile::InstructionKind::{Cmd, Entrypoint};

pub(super) static RULE: Rule = Rule {
    id: "alpine-base",
    title: "Try the Alpine variant of the base image",
    aliases: &[],
    why: "Alpine's base is a tenth of Debian's, since it has musl for a C library and BusyBox for \
          a shell and its tools. Programs that were compiled for glibc do not start there, so it \
          comes after the slim variant and wants a test.",
    source: "https://github.com/docker-library/docs/blob/master/node/variant-alpine.md (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM node:22-slim\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
            "FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nCMD [\"node\", \"server.js\"]\n",
        ),
        Example::new(
            "# escape=`\nfrom eclipse-temurin:21-jre-noble as run\ncopy app.jar /\ncmd [\"java\", \"-jar\", \"/app.jar\"]\n",
            "# escape=`\nfrom eclipse-temurin:21-jre-alpine as run\ncopy app.jar /\ncmd [\"java\", \"-jar\", \"/app.jar\"]\n",
        ),
        Example {
            listing: "300 package.json\n900 server.js\n",
            manifests: &[("package.json", r#"{"dependencies":{"express":"4.19.2"}}"#)],
            ..Example::new(
                "FROM node:22-slim\nCOPY . .\nRUN npm install --omit=dev\nCMD [\"node\", \"server.js\"]\n",
                "FROM node:22-alpine\nCOPY . .\nRUN npm install --omit=dev\nCMD [\"node\", \"server.js\"]\n",
            )
        },
    ],
    check,
};

/// Programs that take other flags in Alpine.
const OTHER_FLAGS: [&str; 4] = ["adduser", "addgroup", "locale-gen", "a2enmod"];

const RISKS: [&str; 3] = [
    "Alpine uses musl in place of glibc: programs and native modules that were compiled for glibc do not start, and some take longer or resolve names differently.",
    "Its shell is BusyBox's: there is no bash, and scripts that start with `#!/bin/bash` fail.",
    "Time zones and certificates beyond the base's own are packages to add (tzdata, ca-certificates).",
];

/// What Alpine changes for images of one kind.
const OWN_RISKS: [(&str, &str); 4] = [
    (
        "mcr.microsoft.com/dotnet/aspnet",
        "It has no ICU and no time zones, and .NET runs in invariant globalization mode: cultures compare and format alike, and SqlClient refuses to connect. Where that matters, install icu-libs and tzdata and set DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false.",
    ),
    (
        "postgres",
        "musl sorts text in another order than glibc: data that the Debian image wrote needs its indexes on text built anew.",
    ),
    (
        "php",
        "iconv of musl knows fewer character sets, and libraries of extensions have other package names.",
    ),
    (
        "eclipse-temurin",
        "Native libraries within archives, such as those of Netty or RocksDB, must come for musl too, and its Alpine images of releases before 21 are there for amd64 alone.",
    ),
];

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((stage, base)) = WrittenBase::of_final(subject) else { return Vec::new() };
    let Some(tag) = base.alpine_tag() else { return Vec::new() };
    let Some(smaller) = base.smaller(subject, &tag) else { return Vec::new() };
    let Some(swap) = base.swap(subject, stage, &smaller) else { return Vec::new() };
    if needs_debian(subject) || needs_cultures(subject, &base) || takes_compiled(subject, &base) {
        return Vec::new();
    }
    let found = compiling::installed(subject, &resting_on(subject, stage), Libc::Musl);
    let is_python = base.repository == "python";
    // Wheels for musl are too seldom to recommend it unseen.
    let is_blind = is_python && (found.unseen || subject.input.context.is_none());
    let is_doubtful = is_python && !found.unknown.is_empty();
    if !found.compiled.is_empty() || found.by_git || is_blind || is_doubtful {
        return Vec::new();
    }
    let confidence = if found.unseen { Confidence::Possible } else { Confidence::Likely };
    let (from, to) = (base.reference(), &smaller);
    if !found.unknown.is_empty() {
        let names = compiling::list(&found.unknown);
        let message = format!(
            "{from} stands on Debian; {to} does the same on Alpine. Not known is which of these were compiled for glibc, and would not start there: {names}."
        );
        return vec![Finding::new(base.word.span, message).unsure(Confidence::Possible)];
    }
    let message = format!(
        "{from} stands on Debian; {to} does the same on Alpine. Test it: programs and modules that were compiled for glibc do not start there."
    );
    let mut risks: Vec<String> = RISKS.map(str::to_owned).to_vec();
    let own = OWN_RISKS.iter().filter(|(repository, _)| *repository == base.repository);
    risks.extend(own.map(|(_, risk)| (*risk).to_owned()));
    risks.extend(base.risk_of_variable());
    let fix = Fix::with_risks(swap.title(to), swap.edits, risks);
    vec![Finding::new(base.word.span, message).unsure(confidence).mended_by(fix)]
}

/// Whether a program of .NET asks for what invariant globalization lacks, by its project files, or
/// is started by a program that was compiled for glibc.
fn needs_cultures(subject: &Subject<'_>, base: &WrittenBase<'_>) -> bool {
    if !base.repository.starts_with("mcr.microsoft.com/dotnet/") {
        return false;
    }
    let known = subject.input.context.as_ref();
    let mut texts = known.iter().flat_map(|known| known.context.manifests.values());
    let asks = texts.any(|text| {
        ["SqlClient", "EntityFrameworkCore.SqlServer"].iter().any(|name| text.contains(name))
    });
    let mut starts = subject.starts().iter().copied().peekable();
    let is_foreign = starts.peek().is_some() && !starts.any(|text| text.contains("dotnet"));
    asks || is_foreign
}

/// Whether the final image is made with what only Debian has.
fn needs_debian(subject: &Subject<'_>) -> bool {
    let mut runs = subject.runs().iter().filter(|run| subject.is_final(run.stage));
    let uses_debian = runs.any(|run| {
        run.state.shell.first().is_some_and(|shell| shell.ends_with("bash"))
            || run.commands.iter().any(|command| {
                let manager = command.action.as_ref().and_then(|action| action.manager);
                OTHER_FLAGS.contains(&command.line.program_name())
                    || manager.is_some_and(|manager| manager.id == "apt")
            })
    });
    uses_debian || names_what_is_not_there(subject) || is_made_for_glibc(subject)
}

/// Whether a program of .NET is published with the runtime for glibc: `linux-x64`, where musl is
/// `linux-musl-x64`.
fn is_made_for_glibc(subject: &Subject<'_>) -> bool {
    let mut commands = subject.runs().iter().flat_map(|run| &run.commands);
    commands.any(|command| {
        let is_published = command.line.words().next() == Some("publish");
        is_published
            && is_self_contained(command)
            && command.line.words().all(|word| !word.contains("linux-musl"))
    })
}

/// Whether an instruction of the final image names time zones, which Alpine has in a package of its own,
/// or a script, which most people write for bash.
fn names_what_is_not_there(subject: &Subject<'_>) -> bool {
    let mut all = subject.instructions();
    all.any(|(_, instruction, stage)| {
        let is_start = matches!(instruction.kind, Cmd(_) | Entrypoint(_));
        let is_between = |it: char| it.is_whitespace() || "\"'[],;".contains(it);
        stage.is_some_and(|stage| subject.is_final(stage))
            && (is_start && instruction.text.contains("bash")
                || instruction.text.contains("/zoneinfo/")
                || instruction.text.split(is_between).any(|word| word.ends_with(".sh")))
    })
}
