//! Define variables before they are used.

use super::{Concern, Example, Finding, Rule, Severity, Subject};
use std::collections::BTreeSet;

use crate::dockerfile::{Instruction, InstructionKind, nearest};
use crate::plan::{Base, Stage, variables_read};
use crate::text::Span;

pub(super) static RULE: Rule = Rule {
    id: "undefined-variable",
    title: "Define variables before they are used",
    aliases: &["UndefinedVar", "DL3044"],
    why: "Where neither ENV nor ARG nor the base image sets a variable, it is empty, and nothing says so. The pairs of one ENV do not see each other: they see what held above. Nothing is said where the base image is not known, and of RUN, whose shell sets variables of its own.",
    source: "https://docs.docker.com/reference/build-checks/undefined-var/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Correctness,
    examples: &[
        Example::new(
            "FROM debian:12\nARG DIR_ASSETS=a\nCOPY $DIR_ASSET /a\n",
            "FROM debian:12\nARG DIR_ASSETS=a\nCOPY $DIR_ASSETS /a\n",
        ),
        Example::new("FROM debian:12\nENV A=1 B=$A\n", "FROM debian:12\nENV A=1\nENV B=$A\n"),
        Example::new(
            "FROM debian:12 AS a\nARG X\nENV Z=1\nFROM a\nWORKDIR /a/$X/$Z/$Y\n",
            "FROM example.org/a:1\nWORKDIR /a/$Y\nRUN $Z\n",
        ),
    ],
    check,
};

/// What is set at a place: names, and whether there may be others.
#[derive(Clone, Default)]
struct Names {
    known: BTreeSet<String>,
    may_have_more: bool,
}

fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let mut of_stages: Vec<Names> = Vec::new();
    let mut findings = Vec::new();
    for (stage, value) in subject.plan.graph.stages.iter().enumerate() {
        let mut names = begin(value, &of_stages);
        for (_, instruction) in subject.instructions_of(stage) {
            if subject.is_needed(stage) && !names.may_have_more {
                findings.extend(about(subject, instruction, &mut names));
            } else if let InstructionKind::Arg(declared) = &instruction.kind {
                names.known.extend(declared.iter().map(|it| it.name.text.clone()));
            }
            if let InstructionKind::Env(pairs) = &instruction.kind {
                names.known.extend(pairs.iter().map(|pair| pair.name.text.clone()));
            }
        }
        of_stages.push(names);
    }
    findings
}

fn begin(stage: &Stage, earlier: &[Names]) -> Names {
    let mut names = match &stage.base {
        Base::Stage(base) => earlier.get(*base).cloned().unwrap_or_default(),
        Base::Image { image: Some(image), .. } => Names {
            known: image.environment.iter().map(|(name, _)| name.clone()).collect(),
            may_have_more: image.approximation.is_some() || image.environment.is_empty(),
        },
        Base::Image { image: None, .. } | Base::Unresolved(_) => {
            Names { may_have_more: true, ..Names::default() }
        }
        Base::Scratch => Names::default(),
    };
    names.known.insert("PATH".to_owned());
    names.may_have_more |=
        stage.steps.iter().any(|step| step.onbuild) || stage.platform.os == "windows";
    names
}

fn about(subject: &Subject<'_>, instruction: &Instruction, names: &mut Names) -> Vec<Finding> {
    let escape = Some(subject.dockerfile.escape());
    let mut findings = Vec::new();
    for (text, span) in words(instruction) {
        let mut read = variables_read(text, escape, &|name| names.known.contains(name));
        read.retain(|name| !names.known.contains(name));
        read.dedup();
        findings.extend(read.iter().map(|name| describe(name, span, instruction, names)));
        if let InstructionKind::Arg(declared) = &instruction.kind {
            let here = declared.iter().take_while(|it| it.name.span.start <= span.start);
            names.known.extend(here.map(|it| it.name.text.clone()));
        }
    }
    if let InstructionKind::Arg(declared) = &instruction.kind {
        names.known.extend(declared.iter().map(|it| it.name.text.clone()));
    }
    findings
}

fn describe(name: &str, span: Span, instruction: &Instruction, names: &Names) -> Finding {
    let is_same_line = match &instruction.kind {
        InstructionKind::Env(pairs) => {
            pairs.iter().any(|pair| pair.name.text == name && pair.value.span != span)
        }
        _ => false,
    };
    if is_same_line {
        let message = format!(
            "`{name}` is set in this very ENV, whose pairs see only what held above it: set `{name}` in an ENV of its own before this one."
        );
        return Finding::new(span, message).known_as_both("UndefinedVar", "DL3044");
    }
    let known: Vec<&str> = names.known.iter().map(String::as_str).collect();
    let instead = match nearest(name, &known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("write `ARG {name}` or `ENV {name}=…` above this line."),
    };
    Finding::new(span, format!("Nothing sets `{name}` here, so it is empty; {instead}"))
        .known_as("UndefinedVar")
}

/// The arguments that BuildKit expands.
fn words(instruction: &Instruction) -> Vec<(&str, Span)> {
    let flags = |wanted: &'static [&'static str]| {
        let flags =
            instruction.flags.iter().filter(move |flag| wanted.contains(&flag.name.as_str()));
        flags.filter_map(|flag| Some((flag.value.as_deref()?, flag.span)))
    };
    match &instruction.kind {
        InstructionKind::Env(pairs) | InstructionKind::Label(pairs) => {
            let both = pairs.iter().flat_map(|pair| [&pair.name, &pair.value]);
            both.map(|word| (word.text.as_str(), word.span)).collect()
        }
        InstructionKind::Arg(declared) => {
            let defaults = declared.iter().filter_map(|it| it.default.as_ref());
            defaults.map(|word| (word.text.as_str(), word.span)).collect()
        }
        InstructionKind::Copy(arguments) | InstructionKind::Add(arguments) => {
            let own = arguments.sources.iter().chain([&arguments.destination]);
            let own = own.map(|word| (word.text.as_str(), word.span));
            own.chain(flags(&["chown", "chmod"])).collect()
        }
        InstructionKind::Workdir(word)
        | InstructionKind::User(word)
        | InstructionKind::Stopsignal(word) => {
            vec![(word.text.as_str(), word.span)]
        }
        InstructionKind::Volume(words) => {
            words.iter().map(|word| (word.text.as_str(), word.span)).collect()
        }
        InstructionKind::Run(_) => flags(&["mount"]).collect(),
        _ => Vec::new(),
    }
}
