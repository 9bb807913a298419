//! Run the program as a user of its own.

mod writes;

use super::origin::{Origin, in_case, origin};
use super::{Concern, Example, Finding, Fix, Rule, Severity, Subject, edits, no_shell};
use crate::dockerfile::{Instruction, InstructionKind};
use crate::layer::Category;
use crate::plan::StageIndex;
use crate::report::LayerPart;

pub(super) static RULE: Rule = Rule {
    id: "no-user",
    title: "Run the program as a user of its own",
    aliases: &[],
    why: "Without USER the program runs as root. Images of databases and web servers, which change their user themselves, are left alone, and so are bases of which nothing is known.",
    source: "https://docs.docker.com/build/building/best-practices/#user (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Security,
    examples: &[
        Example::new(
            "FROM node:22-alpine\nWORKDIR /app\nCOPY . .\n\nCMD [\"node\", \"a.js\"]\n",
            "FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nUSER node\n\nCMD [\"node\", \"a.js\"]\n",
        ),
        Example::new(
            "FROM node:22\n\nWORKDIR /app\n\nCOPY . .\n\n# Start\nCMD [\"node\", \"a.js\"]\n",
            "FROM node:22\n\nWORKDIR /app\n\nCOPY . .\n\nUSER node\n\n# Start\nCMD [\"node\", \"a.js\"]\n",
        ),
        Example::new(
            "FROM debian:12\nENTRYPOINT [\"/entrypoint.sh\"]\n",
            // The entry point changes the user.
            "FROM debian:12\nRUN apt-get update && apt-get install -y gosu\nENTRYPOINT [\"/entrypoint.sh\"]\n",
        ),
        Example::new(
            "FROM debian:12\r\nRUN make\r\nCMD [\"/app\"]\r\n",
            "FROM nginx:1.27\r\nRUN make\r\n",
        ),
        Example::new(
            "FROM scratch\nCOPY a /\nCMD [\"/a\"]\n",
            "FROM example.org/base:1\nCOPY a /\n",
        ),
    ],
    check,
};

/// Images whose own entry point changes the user, or whose server does.
const CHANGE_THEMSELVES: &[&str] = &[
    "postgres",
    "mysql",
    "mariadb",
    "mongo",
    "redis",
    "valkey",
    "rabbitmq",
    "memcached",
    "nginx",
    "httpd",
    "caddy",
    "haproxy",
    "traefik",
    "php",
    "wordpress",
    "registry",
    "docker",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((target, stage)) = subject.target() else { return Vec::new() };
    let origin = origin(subject, target);
    let is_root = match &origin {
        Origin::Image(_, Some(image)) => matches!(image.user.as_str(), "" | "root" | "0"),
        Origin::Scratch => true,
        Origin::Image(_, None) | Origin::Unknown => false,
    };
    let mut own = subject.final_chain().iter().flat_map(|stage| subject.instructions_of(*stage));
    let has_user = own.any(|(_, it)| matches!(it.kind, InstructionKind::User(_)));
    let name = origin.name();
    let is_started = subject.instructions_of(target).any(|(_, it)| starts(it));
    if !is_root
        || has_user
        || !is_started
        || CHANGE_THEMSELVES.contains(&name.as_str())
        || changes_itself(subject)
        || stage.platform.os == "windows"
    {
        return Vec::new();
    }
    let instead = match (name.as_str(), &origin) {
        ("node", _) if writes::is_likely(subject) => {
            "write `USER node`, which the image has, and give it by `chown` what the program writes to"
        }
        ("node", _) => "write `USER node`, which the image has",
        ("bun", Origin::Image(reference, _)) if reference.contains("oven/") => {
            "write `USER bun`, which the image has"
        }
        (_, Origin::Image(reference, _)) if reference.contains("distroless") => {
            "write `USER nonroot`, which the image has"
        }
        ("aspnet" | "runtime" | "runtime-deps", _) => {
            "write `USER $APP_UID`, which the image has from .NET 8 on"
        }
        (_, Origin::Scratch) => "write `USER 65532:65532`; a number needs no /etc/passwd",
        _ if no_shell::is_without(subject, target) => {
            "write `USER 65532:65532`; a number needs no /etc/passwd"
        }
        _ => "make a user in a RUN and write USER behind it",
    };
    let is_open = name == "node" && !writes::is_likely(subject);
    let fix = is_open.then(|| mend(subject, target)).flatten();
    let message = format!("The container runs as root: {instead}.");
    let span = subject
        .dockerfile
        .instructions
        .get(stage.from_instruction)
        .map_or(stage.span, |from| from.span);
    vec![Finding::new(span, message).mended_by(fix)]
}

/// Whether an instruction says what the container runs.
fn starts(instruction: &Instruction) -> bool {
    matches!(instruction.kind, InstructionKind::Cmd(_) | InstructionKind::Entrypoint(_))
}

/// Whether the image has a program by which an entry point changes the user.
fn changes_itself(subject: &Subject<'_>) -> bool {
    const CHANGERS: &[&str] = &["gosu", "su-exec", "setpriv", "s6-setuidgid", "chpst"];
    let mut own = subject.final_chain().iter().flat_map(|stage| subject.instructions_of(*stage));
    own.any(|(_, it)| {
        let text = it.span.slice(subject.text());
        let mut words = text.split(|it: char| !it.is_ascii_alphanumeric() && it != '-');
        words.any(|word| CHANGERS.contains(&word))
    })
}

/// What the user node does not find, since it lies in root's home.
fn risks_of_home(subject: &Subject<'_>) -> Vec<String> {
    let text = subject.text();
    let starts = |name: &str| subject.starts().iter().any(|text| text.contains(name));
    let managers = ["pnpm", "yarn"].into_iter().filter(|name| starts(name));
    let managers =
        managers.filter(|_| text.contains("corepack") && !text.contains("COREPACK_HOME"));
    let mut risks: Vec<String> = managers.map(|manager| format!(
        "{manager} lies where corepack keeps it, in root's home: as user node the container fetches it \
         whenever it starts, and fails without a network, unless COREPACK_HOME names a folder that \
         node can read or CMD starts node itself."
    )).collect();
    let parts = subject.report.layers.iter().filter(|layer| !layer.base).flat_map(|it| &it.parts);
    let is_own = |part: &&LayerPart| {
        part.path.starts_with("/root/")
            && !part.path.contains("corepack")
            && part.category != Some(Category::Cache)
    };
    let found = parts.filter(is_own).map(|part| part.path.as_str());
    let found: Vec<&str> = found.take(1).collect();
    risks.extend(found.into_iter().map(|path| {
        format!("The program no longer finds what lies in root's home, such as {path}.")
    }));
    risks
}

fn mend(subject: &Subject<'_>, target: StageIndex) -> Option<Fix> {
    let writes = |it: &Instruction| {
        !matches!(
            it.kind,
            InstructionKind::Cmd(_)
                | InstructionKind::Entrypoint(_)
                | InstructionKind::Expose(_)
                | InstructionKind::Healthcheck(_)
                | InstructionKind::Label(_)
                | InstructionKind::Env(_)
                | InstructionKind::Volume(_)
        )
    };
    let (_, last) = subject.instructions_of(target).filter(|(_, it)| writes(it)).last()?;
    let edit = edits::insert_below(subject, last, &format!("{} node", in_case(last, "USER")));
    let mut risks = vec![
        "What RUN and COPY wrote belongs to root: the program reads it, and can no longer change it."
            .to_owned(),
        "A mounted folder has to belong to user 1000 where the program writes to it.".to_owned(),
    ];
    risks.extend(risks_of_home(subject));
    Some(Fix::with_risks("Run as the user node", vec![edit], risks))
}
