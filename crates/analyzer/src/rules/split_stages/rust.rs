//! Rust: one program, which needs the C library it was linked with.

use super::account::{Account, Scope, Takes};
use super::facts::{Facts, MOVES};
use super::{Plan, Split};
use crate::packages::ActionKind;

pub(super) const SPLIT: Split = Split { title: "a Rust program", cut, plan };

fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    let builds = facts.base.repository == "rust";
    let behind = facts.behind(&["cargo"], &[ActionKind::Build]).filter(|_| builds);
    behind.map(|behind| facts.behind_moves(behind, &MOVES))
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let program = facts.program();
    if facts.starts_several
        || matches!(program, "cargo" | "sh" | "bash" | "/bin/sh")
        || program.ends_with(".sh")
    {
        return None;
    }
    let command = facts.last("cargo", ActionKind::Build)?;
    let account = Account::of(facts, &Scope::of(&["cargo", "rustup"], Takes::Program))?;
    // A program runs on the C library that it was linked with, or a newer one.
    let base = facts.plain_base(account.needed.has_libraries)?;
    let lines = account.first_lines(base.starts_with("alpine"));
    let mut plan = Plan { base, lines, account, names_files: true, ..Plan::default() };
    plan.lines.push(if program.contains('/') {
        facts.copy(program)
    } else if command.line.words().any(|word| word == "install") {
        let place = format!("/usr/local/cargo/bin/{program}");
        format!("COPY --from=build {place} /usr/local/bin/{program}")
    } else {
        let place = facts.placed(program)?;
        format!("COPY --from=build {place} {place}")
    });
    plan.risks.push("A program that links to shared libraries, such as OpenSSL's libssl3, needs these packages in the final stage; the slim base has no certificates (ca-certificates).".into());
    plan.risks.push("Only the program and the files that the text names are copied: others that it reads beside it, such as templates or migrations, need a COPY of their own.".into());
    Some(plan)
}
