//! A final image on a development kit that only runs what was built elsewhere.

use super::bases::{WrittenBase, resting_on};
use super::compiling::{self, Installed, Libc};
use super::split_stages::java_release_of;
use super::{
    Concern, Confidence, Example, Finding, Fix, Rule, Severity, Subject, programs, split_stages,
};
use crate::dockerfile::InstructionKind::{Cmd, Entrypoint};
use crate::packages::ActionKind;

pub(super) static RULE: Rule = Rule {
    id: "runtime-base",
    title: "Run on the runtime, not on the development kit",
    aliases: &[],
    why: "A JDK, the .NET SDK and CUDA's devel images carry compilers and headers beside the \
          runtime. What was built in another stage, or copied in ready, needs the runtime alone, \
          which their publishers offer as an image of its own.",
    source: "https://docs.docker.com/build/building/multi-stage/ (2026-11)",
    severity: Severity::Warning,
    concern: Concern::Size,
    examples: &[
        Example::new(
            "FROM eclipse-temurin:21\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
            "FROM eclipse-temurin:21-jre\nCOPY app.jar /app.jar\nCMD [\"java\", \"-jar\", \"/app.jar\"]\n",
        ),
        Example::new(
            "from mcr.microsoft.com/dotnet/sdk:10.0 as build\r\nrun dotnet publish -o /out\r\n# runs\r\nfrom mcr.microsoft.com/dotnet/sdk:10.0\r\ncopy --from=build /out /out\r\ncmd [\"dotnet\", \"/out/a.dll\"]\r\n",
            "from mcr.microsoft.com/dotnet/sdk:10.0 as build\r\nrun dotnet publish -o /out\r\n# runs\r\nfrom mcr.microsoft.com/dotnet/aspnet:10.0\r\ncopy --from=build /out /out\r\ncmd [\"dotnet\", \"/out/a.dll\"]\r\n",
        ),
        Example::new(
            "FROM nvidia/cuda:12.2.0-devel-ubuntu22.04\nCOPY model.bin infer /opt/\nCMD [\"/opt/infer\"]\n",
            "FROM nvidia/cuda:12.2.0-runtime-ubuntu22.04\nCOPY model.bin infer /opt/\nCMD [\"/opt/infer\"]\n",
        ),
        // Wheels are not compiled.
        Example::new(
            "FROM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04\nRUN pip install torch==2.5.1 transformers\nCMD [\"python3\", \"main.py\"]\n",
            "FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\nRUN pip install torch==2.5.1 transformers\nCMD [\"python3\", \"main.py\"]\n",
        ),
        // What else pip installs may be compiled.
        Example::new(
            "FROM nvidia/cuda:12.2.0-devel-ubuntu22.04\nRUN pip install -r requirements.txt\nCMD [\"python3\", \"main.py\"]\n",
            "FROM nvidia/cuda:12.2.0-devel-ubuntu22.04\nRUN nvcc -o /infer infer.cu\nCMD [\"/infer\"]\n",
        ),
    ],
    check,
};

/// Programs that a development kit has and a runtime lacks, and what builds with them.
const KIT_PROGRAMS: [&str; 19] = [
    "javac", "jar", "jlink", "jdeps", "jcmd", "jmap", "jstack", "jshell", "mvn", "mvnw", "gradle",
    "gradlew", "nvcc", "gcc", "g++", "make", "cmake", "ninja", "nvprof",
];

/// Words of what is started that need the kit.
const KIT_STARTS: [&str; 13] = [
    "mvn",
    "gradle",
    "javac",
    "jcmd",
    "jshell",
    "dotnet\", \"run",
    "dotnet run",
    "dotnet watch",
    "dotnet\", \"watch",
    "dotnet test",
    "dotnet ef",
    "dotnet\", \"ef",
    "nvcc",
];

pub(super) fn check(subject: &Subject<'_>) -> Vec<Finding> {
    let Some((stage, base)) = WrittenBase::of_final(subject) else { return Vec::new() };
    let Some((reference, kit)) = runtime_of(&base) else { return Vec::new() };
    let found = compiling::installed(subject, &resting_on(subject, stage), Libc::Glibc);
    if !split_stages::check(subject).is_empty() {
        return Vec::new();
    }
    let has_wheels = are_wheels(&base, &found);
    if uses_kit(subject, has_wheels) {
        // What packages of Python compile, they need no compiler for when they run.
        let is_unseen = found.unknown.is_empty() && found.compiled.is_empty() && !found.by_git;
        let is_likely = base.repository == "nvidia/cuda" && is_unseen && !uses_kit(subject, true);
        let message = format!(
            "{} brings {kit} to what runs: unless packages compile when they run, install on it in a stage of its own, and copy what was installed into one on {reference}.",
            base.reference()
        );
        let finding = Finding::new(base.word.span, message).unsure(Confidence::Possible);
        return if is_likely { vec![finding] } else { Vec::new() };
    }
    if changes_distribution(&base) && installs_of_system(subject) {
        return Vec::new();
    }
    let Some(swap) = base.swap(subject, stage, &reference) else { return Vec::new() };
    let message = format!(
        "{} brings {kit}, and nothing here compiles with it: {reference} runs the same.",
        base.reference()
    );
    let mut risks = vec![format!(
        "The runtime has no compiler and none of the kit's tools: what compiles at run time or is inspected by them needs {kit}."
    )];
    risks.extend(base.risk_of_variable());
    let fix = Fix::with_risks(swap.title(&reference), swap.edits, risks);
    vec![Finding::new(base.word.span, message).unsure(Confidence::Likely).mended_by(fix)]
}

/// Whether the runtime stands on another distribution: `openjdk` on Oracle's where no tag says
/// otherwise, and on Debian, while Eclipse Temurin stands on Ubuntu.
fn changes_distribution(base: &WrittenBase<'_>) -> bool {
    base.repository == "openjdk" && !base.tag.contains("alpine")
}

/// Whether the final image installs packages of its distribution.
fn installs_of_system(subject: &Subject<'_>) -> bool {
    let runs = subject.runs().iter().filter(|run| subject.is_final(run.stage));
    let mut actions = runs.flat_map(|run| &run.commands).filter_map(|it| it.action.as_ref());
    actions.any(programs::is_of_system)
}

/// The runtime of a development kit's image, and what the kit is called.
pub(super) fn runtime_of(base: &WrittenBase<'_>) -> Option<(String, &'static str)> {
    let swap = |from: &str, to: &str| {
        let words = base.tag.split('-').map(|word| if word == from { to } else { word });
        base.with_tag(&words.collect::<Vec<_>>().join("-"))
    };
    match base.repository.as_str() {
        "eclipse-temurin" if !base.has("jre") => {
            java_release_of(&base.repository, &base.tag)?;
            let reference = match (base.has("jdk"), base.tag.split_once('-')) {
                (true, _) => swap("jdk", "jre"),
                (false, Some((version, rest))) => base.with_tag(&format!("{version}-jre-{rest}")),
                (false, None) => base.with_tag(&format!("{}-jre", base.tag)),
            };
            Some((reference, "a JDK"))
        }
        "maven" | "gradle" | "openjdk" if !base.has("jre") => {
            let release = java_release_of(&base.repository, &base.tag)?;
            let alpine = if base.tag.contains("alpine") { "-alpine" } else { "" };
            Some((format!("eclipse-temurin:{release}-jre{alpine}"), "a JDK"))
        }
        "mcr.microsoft.com/dotnet/sdk" => {
            Some((format!("mcr.microsoft.com/dotnet/aspnet:{}", base.tag), "the .NET SDK"))
        }
        "nvidia/cuda" if base.has("devel") => {
            Some((swap("devel", "runtime"), "CUDA's compiler and headers"))
        }
        _ => None,
    }
}

/// Whether all packages of Python that are installed are known to be wheels, which bring what they
/// compiled.
fn are_wheels(base: &WrittenBase<'_>, found: &Installed) -> bool {
    let is_known = *found == Installed::default();
    base.repository == "nvidia/cuda" && is_known
}

/// Whether the final image is made, or starts, with the kit.
fn uses_kit(subject: &Subject<'_>, has_wheels: bool) -> bool {
    let mut runs = subject.runs().iter().filter(|run| subject.is_final(run.stage));
    let compiles = runs.any(|run| {
        run.commands.iter().any(|command| {
            let builds = |action: &crate::packages::Action| {
                let is_kit = action.manager.is_some_and(|it| {
                    matches!(it.id, "maven" | "gradle" | "dotnet" | "cargo" | "make")
                        || matches!(it.id, "pip" | "uv") && !has_wheels
                });
                is_kit && matches!(action.kind, ActionKind::Build | ActionKind::Install)
            };
            KIT_PROGRAMS.contains(&command.line.program_name())
                || command.action.as_ref().is_some_and(builds)
        })
    });
    let mut all = subject.instructions();
    compiles
        || all.any(|(_, it, stage)| {
            stage.is_some_and(|stage| subject.is_final(stage))
                && matches!(it.kind, Cmd(_) | Entrypoint(_))
                && KIT_STARTS.iter().any(|word| it.text.contains(word))
        })
}
