//! Build on a base that still gets repairs.

use super::bases::{WrittenBase, resting_on};
use super::origin::bases;
use super::split_stages::java_release_of;
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, programs, runtime_base};
use crate::dockerfile::InstructionKind;
use crate::images::ImageReference;
use crate::plan::{Base, StageIndex};

/// The rule; [`crate::advice`] keeps its fixes even where they grow the image.
pub(crate) static RULE: Rule = Rule {
    id: "ended-base",
    title: "Build on a base that still gets repairs",
    aliases: &[],
    why: "When the support of a release ends, nobody mends its security holes any more, and its package lists move to an archive, so that installations begin to fail. The dates are those of the projects.",
    source: "https://endoflife.date (2026-11-26)",
    severity: Severity::Warning,
    concern: Concern::Security,
    examples: &[
        Example::new("FROM node:16-alpine3.18\nRUN a\n", "FROM node:24-alpine\nRUN a\n"),
        Example::new("FROM golang:1.25\nRUN a\n", "FROM golang:1.26\nRUN a\n"),
        Example::new(
            "FROM mcr.microsoft.com/dotnet/aspnet:8.0-alpine\nCOPY a /\n",
            "FROM mcr.microsoft.com/dotnet/aspnet:10.0-alpine\nFROM mcr.microsoft.com/dotnet/monitor:8.0\n",
        ),
        Example::new(
            "FROM gcr.io/distroless/static-debian12:nonroot\nCOPY a /\n",
            "FROM gcr.io/distroless/static-debian13:nonroot\nCOPY a /\n",
        ),
        Example::new(
            "FROM openjdk:8-jdk-alpine\nCOPY a.jar /\nCMD [\"java\", \"-jar\", \"/a.jar\"]\n",
            "FROM eclipse-temurin:8-jre-alpine\nCOPY a.jar /\nCMD [\"java\", \"-jar\", \"/a.jar\"]\n",
        ),
        Example::new("FROM openjdk:17\nRUN microdnf install a\n", "FROM openjdk:27-ea\nRUN a\n"),
        Example::new("FROM centos:7\nRUN a\n", "FROM debian:12\nRUN a\n"),
        Example::new(
            "FROM php:8.3-apache-buster\nRUN a\n",
            "FROM php:8.4-apache-bookworm\nFROM example.org/node:16\nRUN a\n",
        ),
        Example::new(
            "FROM alpine:3.9\nRUN a\n",
            "FROM alpine:3.23\nFROM alpine:3\nFROM node:160\nFROM python:3.14\n",
        ),
    ],
    check,
};

/// Image as [`release_name`] calls it, first part of its tag, day on which its support ended. Every
/// day lies before the date of [`RULE`]'s source; long support that is paid for is not counted,
/// Debian's own is.
///
/// Checked on 2026-11-26 against the pages of <https://github.com/endoflife-date/endoflife.date>:
/// `products/nodejs.md` at `012fdfa`, `python.md` at `000f8ec`, `php.md` and `dotnet.md` at `0118c30`,
/// `ruby.md` at `02ce42c`, `ubuntu.md` at `021ca13`, `debian.md` at `007fc5a`, `centos.md` at `0776bd7`
/// and `alpine-linux.md` at `0118c30`. Beyond these: Node.js 0.x by `schedule.json` of
/// <https://github.com/nodejs/Release> at `049ef91`, 23 by
/// <https://github.com/nodejs/node/commit/c4fb894039>, 25 by
/// <https://github.com/nodejs/docker-node/issues/2522>; Python 3.8 by
/// <https://github.com/python/devguide/pull/1430>, 3.9 by
/// <https://github.com/python/peps/pull/4694>; the tags of CentOS by `library/centos` of
/// <https://github.com/docker-library/official-images> at `0127967`; Go by its policy, two releases
/// at a time (<https://go.dev/doc/devel/release#policy>), `library/golang` of August 2026, where 1.26
/// and 1.27 are left, and for the day of 1.25
/// <https://github.com/SUSE/BCI-dockerfile-generator/pull/4297>; `openjdk` by
/// <https://github.com/docker-library/docs/blob/4338f094/openjdk/deprecated.md>.
const ENDED: &[(&str, &[&str], &str)] = &[
    ("node", &["0.10", "0.12"], "2016-12-31 or before"),
    ("node", &["4", "5", "6", "7", "8", "9", "10", "11", "12", "13"], "2022-04-30 or before"),
    ("node", &["14", "15"], "2023-04-30 or before"),
    ("node", &["16", "17"], "2023-09-11 or before"),
    ("node", &["18", "19"], "2025-04-30 or before"),
    ("node", &["20", "21", "23"], "2026-04-30 or before"),
    ("node", &["25"], "2026-06-01"),
    ("python", &["2.6", "2.7", "2", "3.3", "3.4", "3.5", "3.6"], "2021-12-23 or before"),
    ("python", &["3.7"], "2023-06-27"),
    ("python", &["3.8"], "2024-10-07"),
    ("python", &["3.9"], "2025-10-31"),
    ("python", &["3.10"], "2026-10-31 or before"),
    ("php", &["5", "7"], "2022-11-28 or before"),
    ("php", &["8.0"], "2023-11-26"),
    ("php", &["8.1"], "2025-12-31"),
    ("ruby", &["2", "3.0"], "2024-04-23 or before"),
    ("ruby", &["3.1"], "2025-03-31"),
    ("ruby", &["3.2"], "2026-03-31"),
    ("ubuntu", &["12.04", "precise", "14.04", "trusty", "16.04", "xenial"], "2021-04-02 or before"),
    ("ubuntu", &["18.04", "bionic"], "2023-05-31"),
    ("ubuntu", &["20.04", "focal"], "2025-05-31"),
    ("debian", &["7", "8", "9", "10"], "2024-06-30 or before"),
    ("debian", &["11"], "2026-08-31"),
    (
        "golang",
        &[
            "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "1.8", "1.9", "1.10", "1.11", "1.12", "1.13",
            "1.14", "1.15", "1.16", "1.17", "1.18", "1.19", "1.20", "1.21", "1.22", "1.23", "1.24",
            "1.25",
        ],
        "2026-08-19 or before",
    ),
    (
        "dotnet",
        &["1.0", "1.1", "2.0", "2.1", "2.2", "3.0", "3.1", "5.0", "6.0", "7.0"],
        "2024-11-12 or before",
    ),
    ("dotnet", &["8.0", "9.0"], "2026-11-10"),
    (
        "openjdk",
        &[
            "latest", "jdk", "jre", "slim", "alpine", "7", "8", "8u212", "8u342", "9", "10", "11",
            "12", "13", "14", "15", "16", "17", "18", "19", "20", "21", "22", "23",
        ],
        "2022-07-31 or before",
    ),
    ("centos", &["6", "7", "8", "centos6", "centos7", "centos8", "latest"], "2024-06-30 or before"),
    (
        "alpine",
        &["2", "3.0", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "3.7", "3.8", "3.9"],
        "2020-11-01 or before",
    ),
    ("alpine", &["3.10", "3.11", "3.12", "3.13", "3.14", "3.15"], "2023-11-01 or before"),
    ("alpine", &["3.16", "3.17", "3.18"], "2025-05-09 or before"),
    ("alpine", &["3.19"], "2025-11-01"),
    ("alpine", &["3.20"], "2026-04-01"),
    ("alpine", &["3.21"], "2026-11-01"),
];
/// Names of releases of Debian in tags of any image, with the end of Debian's own long support.
const DEBIAN: &[(&[&str], &str)] = &[
    (&["wheezy", "jessie", "stretch", "buster"], "2024-06-30 or before"),
    (&["bullseye"], "2026-08-31"),
];

/// Ends of names of distroless images, which have the release of Debian in their name and are given
/// up sooner than it, with the day that <https://github.com/GoogleContainerTools/distroless/issues/2129>
/// names for the last.
const DISTROLESS: (&[&str], &str) =
    (&["-debian9", "-debian10", "-debian11", "-debian12"], "2026-09-01 or before");

/// Images of .NET, which share its releases.
const DOTNET: [&str; 4] = ["sdk", "aspnet", "runtime", "runtime-deps"];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (stage, from) in bases(subject) {
        let InstructionKind::From { image, .. } = &from.kind else { continue };
        let base = subject.plan.graph.stages.get(stage).map(|stage| &stage.base);
        let Some(Base::Image { reference, .. }) = base else { continue };
        let Ok(parsed) = ImageReference::parse(reference) else { continue };
        let tag = parsed.tag.unwrap_or_default();
        let Some(date) = ended(&parsed.repository, &tag) else { continue };
        let instead = match release_name(&parsed.repository) {
            Some("openjdk") => "the image is given up: take eclipse-temurin or another JDK",
            _ => "choose a newer release",
        };
        let message = format!("The support of `{reference}` ended on {date}: {instead}.");
        let fix = WrittenBase::of(subject, stage).and_then(|base| successor(subject, stage, &base));
        findings.push(Finding::new(image.span, message).mended_by(fix));
    }
    findings
}

/// The same release of Java from Eclipse Temurin, in place of `openjdk`, where it has that and no
/// package of the distribution is installed.
fn successor(subject: &Subject<'_>, stage: StageIndex, base: &WrittenBase<'_>) -> Option<Fix> {
    let release = java_release_of(&base.repository, &base.tag)?;
    let is_alpine = base.tag.contains("alpine");
    let stages = resting_on(subject, stage);
    let runs = subject.runs().iter().filter(|run| stages.contains(&run.stage));
    let mut actions = runs.flat_map(|run| &run.commands).filter_map(|it| it.action.as_ref());
    let is_bound = !is_alpine && actions.any(programs::is_of_system);
    if base.repository != "openjdk" || !matches!(release, 8 | 11 | 17 | 21) || is_bound {
        return None;
    }
    // What the runtime suffices for needs no kit of the new image either.
    let is_final = subject.final_chain().last() == Some(&stage);
    let is_run = is_final && !runtime_base::check(subject).is_empty();
    let kind = if base.has("jre") || is_run { "jre" } else { "jdk" };
    let alpine = if is_alpine { "-alpine" } else { "" };
    let reference = format!("eclipse-temurin:{release}-{kind}{alpine}");
    let swap = base.swap(subject, stage, &reference)?;
    let risk = match is_alpine {
        true => "It brings a newer build of the same release of Java, and of Alpine.",
        false => {
            "It brings a newer build of the same release of Java, and stands on Ubuntu, where openjdk stands on Oracle Linux or Debian."
        }
    };
    let risks = [risk.to_owned()].into_iter().chain(base.risk_of_variable());
    Some(Fix::with_risks(swap.title(&reference), swap.edits, risks))
}

/// By what name [`ENDED`] knows an image: an official one by its own. A folder of somebody else's may
/// hold anything.
fn release_name(repository: &str) -> Option<&str> {
    let name = repository.rsplit("library/").next().unwrap_or_default();
    match name.strip_prefix("mcr.microsoft.com/dotnet/") {
        Some(kind) => DOTNET.contains(&kind.trim_start_matches("core/")).then_some("dotnet"),
        None => (!name.contains('/')).then_some(name),
    }
}

fn ended(repository: &str, tag: &str) -> Option<&'static str> {
    if let Some(image) = repository.strip_prefix("gcr.io/distroless/") {
        let (ends, date) = DISTROLESS;
        return ends.iter().any(|end| image.ends_with(end)).then_some(date);
    }
    let name = release_name(repository)?;
    let is_named = |names: &[&str]| tag.split('-').any(|word| names.contains(&word));
    if let Some((_, date)) = DEBIAN.iter().find(|(names, _)| is_named(names)) {
        return Some(date);
    }
    let is_release = |release: &&str| {
        let rest = tag.strip_prefix(*release);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '-']))
    };
    let row =
        ENDED.iter().find(|(own, releases, _)| *own == name && releases.iter().any(is_release));
    row.map(|(_, _, date)| *date)
}
