//! Java with Maven or Gradle: an archive, and a runtime without the compiler.

use super::account::{Account, Scope, Takes};
use super::facts::{Facts, MOVES};
use super::{Plan, Split};
use crate::images;
use crate::packages::ActionKind;

pub(super) const SPLIT: Split = Split { title: "a Java program", cut, plan };

const MANAGERS: [&str; 2] = ["maven", "gradle"];

/// Images that bring a JDK.
const JDKS: [&str; 6] =
    ["maven", "gradle", "eclipse-temurin", "openjdk", "amazoncorretto", "ibm-semeru-runtimes"];

fn cut(facts: &Facts<'_, '_>) -> Option<usize> {
    let builds = JDKS.contains(&facts.base.repository.as_str());
    let behind = facts.behind(&MANAGERS, &[ActionKind::Build]).filter(|_| builds);
    behind.map(|behind| facts.behind_moves(behind, &MOVES))
}

/// The release of Java that an image brings, by its tag: `21` of `3.9-eclipse-temurin-21-alpine`,
/// `8-jdk17` or `17-jdk-slim`.
pub(in crate::rules) fn release_of(repository: &str, tag: &str) -> Option<u32> {
    let is_tool = matches!(repository, "maven" | "gradle");
    let words = tag.split('-').skip(usize::from(is_tool));
    let mut releases = words.filter_map(|word| {
        let digits = word.strip_prefix("jdk").unwrap_or(word);
        let first = digits.split(['.', '_', 'u', '+']).next()?;
        first.parse::<u32>().ok().filter(|release| (8..40).contains(release))
    });
    releases.next()
}

fn plan(facts: &Facts<'_, '_>) -> Option<Plan> {
    let program = facts.program();
    if program.rsplit('/').next() != Some("java") || facts.starts_several {
        return None;
    }
    let release = release_of(&facts.base.repository, &facts.base.tag)?;
    let is_alpine = facts.distribution().starts_with("alpine") || facts.base.has("alpine");
    let alpine = if is_alpine { "-alpine" } else { "" };
    let account = Account::of(facts, &Scope::of(&MANAGERS, Takes::Program))?;
    // The runtime's image may stand on another release of its distribution.
    if account.needed.has_libraries {
        return None;
    }
    let base = format!("eclipse-temurin:{release}-jre{alpine}");
    // Some releases of Java never had one.
    let runtime = images::find(&base, &facts.subject.input.options.platform)?;
    if runtime.approximation.is_some() {
        return None;
    }
    let lines = account.first_lines(is_alpine);
    let mut plan = Plan { base, lines, account, names_files: true, ..Plan::default() };
    // A path of classes may name more than one place.
    let mut arguments = facts.arguments().iter().skip_while(|it| *it != "-jar").skip(1);
    let archive = arguments.next().filter(|it| it.ends_with(".jar") || it.ends_with(".war"));
    let archive = archive.filter(|it| !it.contains('$'))?;
    let whole = facts.absolute(archive);
    let folder = whole.rsplit_once('/').map_or("", |(folder, _)| folder);
    // Quarkus keeps the packages beside its archive
    // (<https://quarkus.io/guides/maven-tooling#fast-jar>, 2026-11).
    let is_quarkus = folder.ends_with("/quarkus-app") || whole.ends_with("/quarkus-run.jar");
    plan.lines.push(if is_quarkus && !folder.is_empty() {
        facts.copy(folder)
    } else if archive.contains('*') {
        // A pattern is copied into the folder it names.
        format!("COPY --from=build {whole} {folder}/")
    } else {
        facts.copy(archive)
    });
    plan.risks.push("A JRE has no compiler and no jcmd, jmap or jstack: programs that compile at run time, such as JSPs, and debugging by these need the JDK.".into());
    plan.risks.push("Only the archive and the files that the text names are copied: others that the program reads beside it need a COPY of their own.".into());
    Some(plan)
}
