//! A distribution under a program that needs none.

use super::bases::WrittenBase;
use super::near_usual_size::is_near;
use super::split_stages::join;
use super::{Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, edits};
use crate::dockerfile::{Command, InstructionKind};
use crate::packages::ActionKind;
use crate::plan::{CopySource, StageIndex, StepKind};

pub(super) static RULE: Rule = Rule {
    id: "distroless-base",
    title: "Start a compiled program from a distroless image",
    aliases: &[],
    why: "A program that was linked statically needs no distribution, and one of Rust or C++ only the \
          C library. Distroless images hold just that, certificates, time zones and users, and no \
          shell or package manager that somebody who breaks in could use.",
    source: "https://github.com/GoogleContainerTools/distroless (README, 2026-11)",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM golang:1.26 AS build\nRUN CGO_ENABLED=0 go build -o /app .\nFROM debian:12-slim\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
            "FROM golang:1.26 AS build\nRUN CGO_ENABLED=0 go build -o /app .\nFROM gcr.io/distroless/static-debian13\nCOPY --from=build /app /app\nCMD [\"/app\"]\n",
        ),
        Example::new(
            "from rust:1-bookworm as build\nworkdir /src\nrun cargo build --release\nfrom debian:bookworm-slim\nworkdir /app\ncopy --from=build /src/target/release/web ./web\nentrypoint [\"./web\"]\n",
            "from rust:1-bookworm as build\nworkdir /src\nrun cargo build --release\nfrom gcr.io/distroless/cc-debian13\nworkdir /app\ncopy --from=build /src/target/release/web ./web\nentrypoint [\"./web\"]\n",
        ),
    ],
    check,
};

const RISKS: [&str; 2] = [
    "There is no shell: `docker exec` opens none, scripts and health checks in shell form do not run, and packages cannot be added.",
    "Programs and libraries of the distribution that the program calls or loads are missing, all but the C library, OpenSSL, certificates and time zones.",
];

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((stage, base)) = WrittenBase::of_final(subject) else { return Vec::new() };
    let is_plain = matches!(base.repository.as_str(), "debian" | "ubuntu");
    if !is_plain || subject.final_chain().len() > 1 || is_near(subject) {
        return Vec::new();
    }
    let Some(from) = only_program(subject, stage) else { return Vec::new() };
    let Some(reference) = replacement(subject, &base, from) else { return Vec::new() };
    let Some(smaller) = base.smaller_image(subject, reference) else { return Vec::new() };
    let message = format!(
        "The image is one compiled program, and {} brings a distribution along: {} has what it needs.",
        base.reference(),
        smaller
    );
    let title = format!("Start from {}", smaller);
    let risks = RISKS.into_iter().map(str::to_owned).chain(base.risk_of_variable());
    let fix = Fix::with_risks(title, vec![edits::replace(base.word.span, smaller)], risks);
    vec![Finding::new(base.word.span, message).unsure(Confidence::Likely).mended_by(fix)]
}

/// The stage that the one program of an image comes from: nothing is run while the image is made,
/// and what is started is an argument list that begins with a copied path.
fn only_program(subject: &Subject<'_>, stage: StageIndex) -> Option<StageIndex> {
    let mut started: Option<&str> = None;
    for (_, instruction) in subject.instructions_of(stage) {
        match &instruction.kind {
            InstructionKind::Run(_) | InstructionKind::Healthcheck(Some(_)) => return None,
            InstructionKind::User(user) if !user.text.starts_with(|c: char| c.is_ascii_digit()) => {
                return None;
            }
            InstructionKind::Cmd(Command::Shell(_))
            | InstructionKind::Entrypoint(Command::Shell(_)) => {
                return None;
            }
            InstructionKind::Entrypoint(Command::Exec(words, _)) => {
                started = words.first().map(String::as_str)
            }
            InstructionKind::Cmd(Command::Exec(words, _)) => {
                started = started.or(words.first().map(String::as_str));
            }
            _ => {}
        }
    }
    let target = subject.plan.graph.stages.get(stage)?;
    let started = join(&target.final_state.working_directory, started?);
    target.steps.iter().find_map(|step| {
        let StepKind::Copy(copy) = &step.kind else { return None };
        let (CopySource::Stage(from), [source]) = (&copy.from, copy.sources.as_slice()) else {
            return None;
        };
        let name = source.rsplit('/').next().unwrap_or_default();
        let destination = match copy.destination.ends_with('/') {
            true => format!("{}{name}", copy.destination),
            false => copy.destination.clone(),
        };
        (destination == started).then_some(*from)
    })
}

/// The image for a program by how the stage that it comes from links it.
fn replacement(subject: &Subject<'_>, base: &WrittenBase<'_>, from: StageIndex) -> Option<String> {
    let mut commands =
        subject.runs().iter().filter(|run| run.stage == from).flat_map(|run| &run.commands);
    let is_static = commands
        .clone()
        .any(|it| it.asks("go", ActionKind::Build) && it.variable("CGO_ENABLED") == Some("0"));
    if is_static {
        return Some("gcr.io/distroless/static-debian13".into());
    }
    let own = base.image?.distribution.as_str();
    let builder = subject.report.stages.get(from)?.base.image.as_ref()?.distribution.as_str();
    // A later C library runs what was linked with an earlier one, and not the other way round.
    let is_run_there = matches!(builder, "debian 12" | "debian 13");
    let is_rust = commands.any(|it| it.asks("cargo", ActionKind::Build));
    (is_rust && own == builder && is_run_there).then(|| "gcr.io/distroless/cc-debian13".into())
}
