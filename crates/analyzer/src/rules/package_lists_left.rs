//! Lists and archives of a distribution's packages that stay in the layer.

use super::leftovers::{self, Leftover};
use super::{Concern, Example, Finding, ListedCommand, Rule, Run, Severity, Subject};
use crate::packages::ActionKind::{self, Install, Update, Upgrade};

pub(super) static RULE: Rule = Rule {
    id: "package-lists-left",
    title: "Remove the lists of packages in the RUN that fetched them",
    aliases: &["DL3009", "DL3019", "DL3032", "DL3036", "DL3040"],
    why: "`apt-get update` leaves some 20 MB of lists below /var/lib/apt/lists, and other \
          distributions' managers leave theirs below /var/cache. Only an installation needs them, \
          and only a removal in the same RUN keeps them out of the image: one in a later RUN hides \
          them and frees nothing.",
    source: "https://docs.docker.com/build/building/best-practices/#apt-get (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n",
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update \\\n # why\n && apt-get install -y curl \\\n && echo done\n",
            "FROM debian:12\nRUN apt-get update \\\n # why\n && apt-get install -y curl \\\n && echo done \\\n && rm -rf /var/lib/apt/lists/*\n",
        ),
        // The way of the others: `;` below `set -e`.
        Example::new(
            "FROM debian:12\nRUN set -eux; \\\n    apt-get update; \\\n    apt-get install -y --no-install-recommends curl\n",
            "FROM debian:12\nRUN set -eux; \\\n    apt-get update; \\\n    apt-get install -y --no-install-recommends curl; \\\n    rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nEOF\n",
            "FROM debian:12\nRUN <<EOF\nset -e\napt-get update\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*\nEOF\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl && apt-get clean\n",
            "FROM debian:12\nRUN apt-get update && apt-get install -y curl && apt-get clean && rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM node:22\nUSER node\nRUN sudo apt-get update && sudo apt-get install -y git\n",
            "FROM node:22\nUSER node\nRUN sudo apt-get update && sudo apt-get install -y git && sudo rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM alpine:3.20\r\nRUN apk add curl\r\n",
            "FROM alpine:3.20\r\nRUN apk add --no-cache curl\r\n",
        ),
        Example::new(
            "from alpine:3.20\nrun apk update && apk add curl\n",
            "from alpine:3.20\nrun apk update && apk add curl && rm -rf /var/cache/apk/*\n",
        ),
        Example::new(
            "FROM fedora:42\nRUN dnf install -y git\n",
            "FROM fedora:42\nRUN dnf install -y git && dnf clean all\n",
        ),
        Example::new(
            "FROM registry.access.redhat.com/ubi9/ubi-minimal\nRUN microdnf install -y tar\n",
            "FROM registry.access.redhat.com/ubi9/ubi-minimal\nRUN microdnf install -y tar && microdnf clean all\n",
        ),
        Example::new(
            "FROM centos:7\nRUN yum install -y git\n",
            "FROM centos:7\nRUN yum install -y git && yum clean all\n",
        ),
        Example::new(
            "FROM opensuse/leap:15.6\nRUN zypper -n in git\n",
            "FROM opensuse/leap:15.6\nRUN zypper -n in git && zypper clean -a\n",
        ),
        Example::new(
            "FROM archlinux\nRUN pacman -Sy --noconfirm git\n",
            "FROM archlinux\nRUN pacman -Sy --noconfirm git && rm -rf /var/cache/pacman/pkg/*\n",
        ),
        // The installation behind it reads the lists.
        Example::new(
            "FROM debian:12\nRUN apt-get update && apt-get upgrade -y\nRUN apt-get install -y curl\n",
            "FROM debian:12\nRUN apt-get update && apt-get upgrade -y && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update\n",
            "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt,sharing=locked apt-get update\n",
        ),
        Example::new(
            "FROM debian:12\nRUN apt-get update\n",
            "FROM debian:12 AS build\nRUN apt-get update\nFROM scratch\nCOPY --from=build /etc/hostname /\n",
        ),
        Example::new(
            "FROM debian:12 AS build\nRUN apt-get update && apt-get upgrade -y\nFROM scratch\nCOPY --from=build / /\n",
            "FROM debian:12 AS build\nRUN apt-get update && apt-get upgrade -y && rm -rf /var/lib/apt/lists/*\nFROM scratch\nCOPY --from=build / /\n",
        ),
    ],
    check,
};

/// What the managers of distributions leave.
#[rustfmt::skip]
static LEFT: &[Leftover] = &[
    Leftover { manager: "apt", alias: "DL3009", kinds: &[Update], cleaner: "rm -rf /var/lib/apt/lists/*", ..Leftover::NONE },
    Leftover { manager: "apk", alias: "DL3019", kinds: ANY, quiet: &["--no-cache"], flag: Some((&["add", "upgrade"], "--no-cache")), cleaner: "rm -rf /var/cache/apk/*", ..Leftover::NONE },
    Leftover { manager: "dnf", alias: "DL3040", kinds: ANY, cleaner: "{} clean all", ..Leftover::NONE },
    Leftover { manager: "zypper", alias: "DL3036", kinds: ANY, cleaner: "{} clean -a", ..Leftover::NONE },
    // pacman's own question whether to empty the folder is answered with no by --noconfirm.
    Leftover { manager: "pacman", kinds: &[Install, Upgrade], cleaner: "rm -rf /var/cache/pacman/pkg/*", ..Leftover::NONE },
];

/// Whatever fetches lists.
const ANY: &[ActionKind] = &[Install, Update, Upgrade];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    leftovers::find(subject, LEFT, describe)
}

fn is_change(command: &ListedCommand) -> bool {
    command.action.as_ref().is_some_and(|it| matches!(it.kind, Install | Upgrade))
}

fn describe(
    leftover: &Leftover,
    command: &ListedCommand,
    run: &Run<'_>,
) -> (String, Option<String>) {
    let cache = leftover.holds(command);
    let (what, folder) = cache.map_or(("files", "its folder"), |it| (it.holds, it.path));
    let title = match leftover.flag {
        Some((_, flag)) => format!("Fetch the {what} for this command alone, with {flag}"),
        None => format!("Remove the {what} in the same RUN"),
    };
    if run.commands.iter().any(is_change) {
        let cleaner = leftover.cleaner.replace("{}", &command.line.program);
        let message =
            format!("The {what} stay in the image, in {folder}: end this RUN with `{cleaner}`.");
        return (message, Some(title));
    }
    let message = format!(
        "The {what} stay in the image, in {folder}, and installations of later builds go by those \
         of this one: update, install and remove them in one RUN."
    );
    // Where a later RUN needs them there is no place to remove them.
    (message, None)
}
