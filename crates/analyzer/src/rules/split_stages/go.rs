//! Go: one program, and with CGO_ENABLED=0 nothing else.

use super::account::{Account, Scope, Takes};
use super::facts::{Facts, MOVES};
use super::{Plan, Split, system};
use crate::packages::ActionKind;
use crate::rules::{ListedCommand, edits};

pub(super) const SPLIT: Split = Split { title: "a Go program", cut, plan };

/// Modules that need C: with CGO_ENABLED=0 they do not build or do not work.
const NEED_C: [&str; 6] =
    ["mattn/go-sqlite3", "confluent-kafka-go", "h2non/bimg", "gocv.io", "git2go", "go-oci8"];

/// The smallest base with a shell, for a program that needs no more of it.
const SMALL: &str = "alpine:3.22";

fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    let builds = facts.base.repository == "golang" || facts.base.repository.ends_with("/golang");
    let behind = facts.behind(&["go"], &[ActionKind::Build]);
    let behind = behind.filter(|_| builds && built(facts).is_some());
    behind.map(|behind| facts.behind_moves(behind, &MOVES))
}

/// The command that makes a program: tests make none.
fn built<'facts>(facts: &'facts Facts<'_, '_>) -> Option<&'facts ListedCommand> {
    let makes = |it: &&ListedCommand| {
        it.asks("go", ActionKind::Build)
            && it.line.words().next().is_some_and(|word| matches!(word, "build" | "install"))
    };
    let commands = facts.build_commands().map(|(_, command)| command);
    commands.filter(makes).last()
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let command = built(facts)?;
    let program = facts.program();
    if facts.starts_several
        || matches!(program, "go" | "air" | "sh" | "bash" | "/bin/sh" | "")
        || program.ends_with(".sh")
    {
        return None;
    }
    // Who brings a compiler has C to compile.
    let needs_c = facts.manifests_name(&NEED_C)
        || system::installs_libraries(facts)
        || system::installs_compiler(facts);
    let mut scope = Scope::of(&["go"], Takes::Program);
    scope.is_static = command.variable("CGO_ENABLED") == Some("0");
    let mut plan = Plan { names_files: true, ..Plan::default() };
    let is_open = !needs_c && command.is_plain && command.variable("CGO_ENABLED").is_none();
    if !scope.is_static && is_open {
        plan.edits.push(edits::insert(command.span.start, "CGO_ENABLED=0 "));
        plan.risks.push("With CGO_ENABLED=0 packages that use C, such as go-sqlite3, do not build or do not work.".into());
        scope.is_static = true;
    }
    plan.account = Account::of(facts, &scope)?;
    let packages = &plan.account.needed.packages;
    let is_small = packages.iter().all(|it| matches!(it.as_str(), "ca-certificates" | "tzdata"));
    // Packages, users and what is run in the final stage are those of the builder's distribution.
    let needs_same = !is_small || facts.runs_below() || plan.account.runs;
    let needs_system = needs_same || facts.needs_programs() || !scope.is_static;
    let is_alpine = facts.distribution().starts_with("alpine");
    let lacks = || !plan.account.lacking(facts, SMALL).is_empty();
    let is_same = is_alpine || needs_same || !scope.is_static || lacks();
    plan.base = match (needs_system, is_same) {
        (false, _) => "gcr.io/distroless/static-debian13".into(),
        (true, true) => facts.plain_base(plan.account.needed.has_libraries)?,
        (true, false) => SMALL.into(),
    };
    if needs_system {
        plan.lines.extend(plan.account.first_lines(plan.base.starts_with("alpine")));
        plan.risks
            .push("The new base has another shell and fewer programs than the image of Go.".into());
    } else {
        plan.lines.extend(plan.account.again.iter().map(|(_, text)| text.clone()));
        plan.risks.push("The image has no shell: nobody can `docker exec` a shell in it, and scripts do not run.".into());
    }
    plan.risks.push("Only the program and the files that the text names are copied: others that it reads beside it, such as templates or migrations, need a COPY of their own.".into());
    plan.lines.push(copy_program(facts, command, program)?);
    Some(plan)
}

/// A program that is started by its name alone is found on the PATH, in the folder of `go install`
/// or where `-o` says.
fn copy_program(facts: &Facts<'_, '_>, command: &ListedCommand, program: &str) -> Option<String> {
    if program.contains('/') {
        return Some(facts.copy(program));
    }
    if let Some(place) = facts.placed(program) {
        return Some(format!("COPY --from=build {place} {place}"));
    }
    let output = command.line.values_of(&["-o"]).first().map(|path| facts.absolute(path));
    let is_install = command.line.words().next() == Some("install");
    let place = output.or_else(|| is_install.then(|| format!("/go/bin/{program}")))?;
    Some(format!("COPY --from=build {place} /usr/local/bin/{program}"))
}
