//! Whether a stage takes files from another that may hold code compiled for another C library.

use super::Subject;
use super::bases::{WrittenBase, resting_on};
use super::installs::base_of;
use super::origin::chain;
use crate::packages::ActionKind;
use crate::plan::{CopySource, CopyStep, StageIndex, StepKind};

/// Ends of names that no C library matters to.
const PLAIN_ENDS: [&str; 22] = [
    ".js", ".mjs", ".cjs", ".json", ".ts", ".html", ".css", ".svg", ".ico", ".txt", ".md", ".yml",
    ".yaml", ".toml", ".conf", ".config", ".py", ".rb", ".php", ".phar", ".lock", ".pem",
];

/// Names of folders that builds write text to.
const PLAIN_FOLDERS: [&str; 18] = [
    "dist",
    "build",
    "public",
    "static",
    "assets",
    "out",
    "html",
    "www",
    "views",
    "templates",
    "migrations",
    "locales",
    "config",
    "src",
    "prisma",
    "drizzle",
    "storage",
    "messages",
];

/// Images whose program needs no C library of its own: linked statically, or for PHP to run.
const STATIC_IMAGES: [&str; 3] = ["ghcr.io/astral-sh/uv", "composer", "busybox"];

/// Whether what the final image copies from stages on another C library than Alpine's may be
/// compiled: an installed package, a virtual environment, a program.
pub(super) fn takes_compiled(subject: &Subject<'_>, base: &WrittenBase<'_>) -> bool {
    let Some(bottom) = subject.final_chain().last() else { return false };
    let stages = &subject.plan.graph.stages;
    let own = resting_on(subject, *bottom);
    let mut steps = own.iter().filter_map(|it| stages.get(*it)).flat_map(|stage| &stage.steps);
    steps.any(|step| match &step.kind {
        StepKind::Copy(copy) => match &copy.from {
            // It moves to Alpine as well.
            CopySource::Stage(from) if own.contains(from) => false,
            CopySource::Stage(from) => {
                !base_of(subject, *from).contains("alpine")
                    && !is_plain(subject, base, copy, Some(*from))
            }
            CopySource::Image(image) => {
                let is_static = STATIC_IMAGES.iter().any(|own| image.starts_with(own));
                !is_static && !image.contains("alpine") && !is_plain(subject, base, copy, None)
            }
            _ => false,
        },
        _ => false,
    })
}

/// Whether nothing of a copy depends on the C library.
fn is_plain(
    subject: &Subject<'_>,
    base: &WrittenBase<'_>,
    copy: &CopyStep,
    from: Option<StageIndex>,
) -> bool {
    let has_code = |path: &str| {
        ["/bin", "/lib", ".so", "/usr/local", "/opt", "/modules"].iter().any(|it| path.contains(it))
    };
    let is_program = copy.sources.iter().any(|path| has_code(path)) || has_code(&copy.destination);
    // Gradle puts archives into `build/libs`.
    let is_archive = |path: &String| path.ends_with(".jar") || path.ends_with(".war");
    let are_archives = copy.sources.iter().all(is_archive);
    match base.repository.as_str() {
        // They serve what they are given, or run what their own language compiled.
        "eclipse-temurin" if are_archives => true,
        "nginx" | "httpd" | "php" | "eclipse-temurin" => !is_program,
        "mcr.microsoft.com/dotnet/aspnet" => {
            from.is_none_or(|from| !is_for_a_platform(subject, from))
        }
        _ => {
            let is_light = copy.sources.iter().all(|path| is_light(path));
            is_light || from.is_some_and(|from| holds_no_packages(subject, from, copy))
        }
    }
}

/// Whether the name of a path tells that it holds text.
pub(super) fn is_light(path: &str) -> bool {
    let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let name = name.trim_end_matches('*');
    PLAIN_ENDS.iter().any(|end| name.ends_with(end))
        || (PLAIN_FOLDERS.contains(&name) && !path.contains("node_modules"))
}

/// Whether a stage publishes for one platform, with a program that was compiled for it.
fn is_for_a_platform(subject: &Subject<'_>, from: StageIndex) -> bool {
    let flags = ["-r", "--runtime", "--self-contained", "--sc", "--os", "-a", "--arch"];
    let mut runs = subject.runs().iter().filter(|run| run.stage == from);
    runs.any(|run| {
        run.commands.iter().filter(|it| it.action_of("dotnet").is_some()).any(|command| {
            command.line.has_flag(&flags)
                || command.line.words().any(|it| it.contains("Publish") || it.contains("Runtime"))
        })
    })
}

/// Whether a stage removes the packages that it installed before a copy takes the whole project,
/// and compiles nothing beside.
fn holds_no_packages(subject: &Subject<'_>, from: StageIndex, copy: &CopyStep) -> bool {
    if copy.sources.iter().any(|path| path.contains("node_modules") || path.contains("venv")) {
        return false;
    }
    let stages = chain(subject, from);
    let runs = subject.runs().iter().filter(|run| stages.contains(&run.stage));
    let mut is_there = false;
    for command in runs.flat_map(|run| &run.commands) {
        let action = command.action.as_ref();
        let kind = action.map(|action| action.kind);
        let manager = action.and_then(|action| action.manager).map_or("", |manager| manager.id);
        let removes = command.line.program_name() == "rm"
            && command.line.words().any(|it| it.trim_end_matches('/').ends_with("node_modules"));
        match (kind, manager) {
            _ if removes => is_there = false,
            (Some(ActionKind::Install), "npm" | "yarn" | "pnpm" | "bun") => is_there = true,
            (Some(ActionKind::Install), "apt" | "apk" | "dnf") => {}
            (Some(ActionKind::Build), "npm" | "yarn" | "pnpm" | "bun") => {}
            (Some(ActionKind::Install | ActionKind::Build), _) => return false,
            _ => {}
        }
    }
    !is_there
}
