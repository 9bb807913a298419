//! .NET: what `dotnet publish` makes, on the runtime of ASP.NET Core.

use super::account::{Account, Scope, Takes};
use super::facts::{Facts, join};
use super::{Plan, Split};
use crate::packages::ActionKind;
use crate::rules::{ListedCommand, Run};

pub(super) const SPLIT: Split = Split { title: "a .NET program", cut, plan };

pub(in crate::rules) const SDK: &str = "mcr.microsoft.com/dotnet/sdk";

fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    facts.behind(&["dotnet"], &[ActionKind::Build]).filter(|_| facts.base.repository == SDK)
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let is_publish = |(run, command): &(&Run<'_>, &ListedCommand)| {
        run.index < facts.cut && command.line.words().next() == Some("publish")
    };
    let (_, publish) = facts.build_commands().filter(is_publish).last()?;
    if facts.starts_several {
        return None;
    }
    let output = publish.line.values_of(&["-o", "--output"]).first().copied()?;
    let output = join(publish.directory.as_deref()?, output);
    let started = match facts.program() {
        // `dotnet ef` and other tools are of the SDK.
        "dotnet" => facts.arguments().first().filter(|word| word.ends_with(".dll"))?,
        program if program.contains('/') => program,
        _ => return None,
    };
    let started = facts.absolute(started);
    let below = started.strip_prefix(&output).is_some_and(|rest| rest.starts_with('/'));
    if !below || output == "/" {
        return None;
    }
    // A program that brings the runtime along needs only the libraries under it
    // (<https://learn.microsoft.com/dotnet/core/docker/container-images>, 2026-11).
    let image = if is_self_contained(publish) { "runtime-deps" } else { "aspnet" };
    let base = format!("mcr.microsoft.com/dotnet/{image}:{}", facts.base.tag);
    let account = Account::of(facts, &Scope::of(&["dotnet"], Takes::Output))?;
    if account.needed.has_libraries && !facts.is_release_sure() {
        return None;
    }
    let lines = account.first_lines(facts.distribution().starts_with("alpine"));
    let mut plan = Plan { base, lines, account, names_files: true, ..Plan::default() };
    plan.lines.push(facts.copy(&output));
    plan.risks.push("The runtime cannot build: `dotnet run`, `dotnet ef` and other tools of the SDK are not in the image.".into());
    plan.risks.push("Only what was published and the files that the text names are copied: others that the program reads elsewhere need a COPY of their own.".into());
    Some(plan)
}

/// Whether what is published holds the runtime: it is then started by itself, on the C library that it
/// was made for.
pub(in crate::rules) fn is_self_contained(publish: &ListedCommand) -> bool {
    let words: Vec<&str> = publish.line.words().collect();
    let is_off = |word: Option<&&str>| word.is_some_and(|word| *word == "false");
    let mut places = words.iter().enumerate();
    places.any(|(at, word)| match *word {
        "--self-contained" | "--sc" => !is_off(words.get(at + 1)),
        word => ["--self-contained=true", "-p:SelfContained=true", "/p:SelfContained=true"]
            .contains(&word),
    })
}
