//! Images of very many layers.

use super::{Concern, Example, Finding, Rule, Severity, Subject};

/// Lines that make ten layers.
macro_rules! ten {
    ($line:literal) => {
        concat!($line, $line, $line, $line, $line, $line, $line, $line, $line, $line)
    };
}

pub(super) static RULE: Rule = Rule {
    id: "too-many-layers",
    title: "Write what belongs together in one step",
    aliases: &[],
    why: "Some tens of layers cost nothing, but the storage driver overlay2 stacks at most 128 of them, and files \
          that several layers write are there several times. Steps that are always built together may \
          be one.",
    source: "https://docs.docker.com/engine/storage/drivers/overlayfs-driver/ (2026-11)",
    severity: Severity::Advice,
    concern: Concern::Size,
    examples: &[
        Example::new(
            concat!(
                "FROM debian:12\n",
                ten!("RUN a\n"),
                ten!("RUN b\n"),
                ten!("RUN c\n"),
                ten!("RUN d\n"),
                "RUN e\n"
            ),
            concat!(
                "FROM debian:12\n",
                ten!("RUN a\n"),
                ten!("RUN b\n"),
                ten!("RUN c\n"),
                ten!("RUN d\n"),
                "ENV a=b\n"
            ),
        ),
        // Stages that do not become the image may have as many as they like.
        Example::new(
            concat!(
                "FROM debian:12\n",
                ten!("COPY a b /\n"),
                ten!("COPY b c /\n"),
                ten!("COPY c d /\n"),
                ten!("COPY d e /\n"),
                "WORKDIR /x\n"
            ),
            concat!(
                "FROM debian:12 AS b\n",
                ten!("RUN a\n"),
                ten!("RUN b\n"),
                ten!("RUN c\n"),
                ten!("RUN d\n"),
                "RUN e\nFROM scratch\nCOPY --from=b /a /\n"
            ),
        ),
    ],
    check,
};

/// As many layers of the text's own are usual.
const USUAL: usize = 40;

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let own = subject.report.layers.iter().filter(|layer| !layer.base).count();
    let Some((_, stage)) = subject.target().filter(|_| own > USUAL) else { return Vec::new() };
    let Some(from) = subject.dockerfile.instructions.get(stage.from_instruction) else {
        return Vec::new();
    };
    let message = format!(
        "The steps of this image write {own} layers on those of its base; write steps that belong together as one RUN or one COPY."
    );
    vec![Finding::new(from.span, message)]
}
