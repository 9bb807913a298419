//! Whole distributions brought up to date in a layer.

use super::installs::{action_of, final_runs};
use super::{Concern, Confidence, Example, Finding, Rule, Severity, Subject};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "distribution-upgrade",
    title: "Take a newer base instead of upgrading the old one",
    aliases: &["DL3035"],
    why: "An upgrade writes every file of the packages it renews a second time: those of the base \
          stay in its layers and are pulled as well. What it brings changes from day to day, and the \
          builder's cache keeps what it brought first. A newer base image holds the same once.",
    source: "https://github.com/hadolint/hadolint/blob/v2.14.0/src/Hadolint/Rule/DL3035.hs",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get dist-upgrade -y\n",
            "FROM debian:12\nRUN apt-get update && apt-get install -y --only-upgrade openssl\n",
        ),
        Example::new(
            "FROM opensuse/leap:15.6\nRUN zypper -n dist-upgrade\n",
            "FROM opensuse/leap:15.6 AS build\nRUN zypper -n dist-upgrade\nFROM scratch\nCOPY --from=build /etc/ssl /etc/ssl\n",
        ),
        Example::new(
            "FROM alpine:3.20\nRUN apk upgrade --no-cache\n",
            // Arch cannot be brought up to date in parts.
            "FROM archlinux\nRUN pacman -Syu --noconfirm\n",
        ),
    ],
    check,
};

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for command in final_runs(subject).flat_map(|run| &run.commands) {
        let managers = ["apt", "apk", "dnf", "zypper"];
        let Some(action) = action_of(command, &managers, ActionKind::Upgrade) else { continue };
        if !action.packages.is_empty() {
            continue;
        }
        let is_distribution = command.line.words().any(|it| matches!(it, "dup" | "dist-upgrade"));
        let alias =
            if is_distribution && action.line.program_name() == "zypper" { "DL3035" } else { "" };
        let message = format!(
            "`{}` writes every package it renews a second time, over the base's: build with --pull \
             from a newer base, or renew by name what a fault was found in.",
            command.span.slice(subject.text())
        );
        let finding = Finding::new(command.span, message).unsure(Confidence::Possible);
        findings.push(finding.known_as(alias));
    }
    findings
}
