//! Files of a project that only its build reads, and places that only builds write to.

use crate::plan::CopyStep;

/// Whether a `COPY` brings the whole context.
pub(super) fn is_whole(step: &CopyStep) -> bool {
    let is_all = |source: &String| matches!(source.trim_end_matches('/'), "." | "" | "./." | "*");
    step.from == crate::plan::CopySource::Context && step.sources.iter().any(is_all)
}

/// Whether an image only brings what builds; `program` is what the container starts.
pub(super) fn is_build_tool(image: &str, program: &str) -> bool {
    let name = image.split([':', '@']).next().unwrap_or_default();
    let name = name.rsplit('/').next().unwrap_or_default();
    let tools = ["composer", "uv", "golang", "maven", "gradle", "pnpm", "buf", "protoc"];
    tools.contains(&name) && program != name
}

/// Folders of sources, by the names that people give them.
#[rustfmt::skip]
const FOLDERS: &[&str] = &[
    "src", "cmd", "internal", "pkg", "lib", "libs", "crates", "api", "proto", "protos", "vendor",
    "gradle", ".mvn", ".cargo", ".yarn", "test", "tests", "e2e", "benches", "examples", "tools",
    "buildSrc", "build-logic", "packages", "components", "pages", "hooks",
];

/// Files that builds read, by how their names begin.
#[rustfmt::skip]
const BEGINNINGS: &[&str] = &[
    "go.", "cargo.", "rust-toolchain", "pom.xml", "mvnw", "gradlew", "build.gradle", "gradle.properties",
    "settings.gradle", "package", "npm-shrinkwrap", "yarn.lock", "pnpm-", "bun.lock", ".npmrc",
    ".yarnrc", "tsconfig", "jsconfig", "nest-cli", "vite.config", "vitest", "webpack", "babel", ".babelrc",
    ".eslint", "rollup.config", "nx.json", "turbo.json", "lerna.json", "makefile", "nuget.config", "global.json",
    "composer.", "tailwind.config", "postcss.config", "angular.json", "directory.build", "directory.packages",
    "jest.config",
];

/// Ends of names of sources.
const ENDS: [&str; 18] = [
    ".go", ".rs", ".java", ".kt", ".kts", ".scala", ".gradle", ".cs", ".csproj", ".fs", ".fsproj",
    ".vbproj", ".sln", ".slnx", ".props", ".targets", ".ts", ".tsx",
];

/// Whether a source of a `COPY` is read by the build alone.
pub(super) fn is_source(source: &str) -> bool {
    let source = source.trim_start_matches("./").trim_end_matches('/');
    let first = source.split('/').next().unwrap_or_default();
    let last = source.rsplit('/').next().unwrap_or_default().to_ascii_lowercase();
    let file = last.trim_end_matches(['*', '?']);
    FOLDERS.contains(&first)
        || BEGINNINGS.iter().any(|it| last.starts_with(it))
        || ENDS.iter().any(|it| file.ends_with(it))
}

/// Places outside of a project that only builds and package managers read.
const BUILD_PLACES: [&str; 26] = [
    "/tmp",
    "/var/tmp",
    "/dev/null",
    "/dev/stdout",
    "/dev/stderr",
    "/var/cache",
    "/var/lib/apt",
    "/etc/apt",
    "/etc/apk",
    "/etc/pip.conf",
    "/etc/maven",
    "/usr/share/maven",
    "/usr/local/cargo",
    "/usr/local/rustup",
    "/go",
    "/root/.m2",
    "/root/.gradle",
    "/root/.cargo",
    "/root/.npmrc",
    "/root/.netrc",
    "/root/.gitconfig",
    "/root/.ssh",
    "/root/.nuget",
    "/root/.config",
    "/root/.cache",
    "/root/.composer",
];

/// Whether only builds and package managers read a place.
pub(super) fn is_build_place(path: &str) -> bool {
    BUILD_PLACES.iter().any(|place| super::is_below(path, place))
}
