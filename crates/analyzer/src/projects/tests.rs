//! Every kind by its own typical Dockerfile, real Dockerfiles, and texts of all sorts.

use std::fmt::Write as _;

use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::glob::Pattern;
use super::guess::Traces;
use super::*;
use crate::context::{ContextFile, normalize_path};
use crate::dockerfile::parse;
use crate::dockerignore::Walk;
use crate::plan::{BuildOptions, plan};

fn planned(dockerfile: &str) -> BuildPlan {
    plan(&parse(dockerfile).0, &BuildOptions::default()).0
}

fn ignoring(text: &str) -> Dockerignore {
    Dockerignore::parse(text).0
}

fn assumed(dockerfile: &str, ignore: &str) -> AssumedProject {
    assume(&planned(dockerfile), &ignoring(ignore), &[])
}

fn ids(dockerfile: &str, ignore: &str) -> Vec<&'static str> {
    let kinds = recognize(&planned(dockerfile), &ignoring(ignore), None);
    kinds.iter().map(|kind| kind.id).collect()
}

/// The context's paths that the build names and the project does not have.
fn missing(dockerfile: &str, project: &AssumedProject) -> Vec<String> {
    let traces = Traces::of(&planned(dockerfile), &Dockerignore::default(), None);
    let paths = || project.context.files.keys().map(String::as_str);
    let is_there = |path: &str| Pattern::new(path).is_some_and(|it| it.covers_any(paths()));
    let named = traces.sources.iter().map(|source| source.path.clone());
    named.filter(|path| !path.is_empty() && !is_there(path)).collect()
}

fn is_left_out(ignore: &str, path: &str) -> bool {
    Walk::new(&ignoring(ignore)).decide_file(path).expect("a pattern that compiles").excluded
}

#[test]
fn every_kind_is_told_by_its_dockerfile_and_holds_what_it_copies() {
    for kind in KINDS {
        assert_eq!(ids(kind.dockerfile, "").first(), Some(&kind.id), "{}", kind.dockerfile);
        let project = assumed(kind.dockerfile, "");
        assert_eq!(project.title, kind.title, "{}", kind.dockerfile);
        assert_eq!(missing(kind.dockerfile, &project), [""; 0], "{} lacks files", kind.id);
        for file in kind.files.iter().copied().flatten() {
            assert!(project.sizes.contains_key(file.path), "{} lacks {}", kind.id, file.path);
        }
    }
}

#[test]
fn every_starter_leaves_out_junk_and_keeps_the_rest() {
    for kind in KINDS {
        let plan = planned(kind.dockerfile);
        let (title, text) = write_starter(&[kind], &plan, None).expect(kind.id);
        assert_eq!(title, kind.title);
        let (_, errors) = Dockerignore::parse(&text);
        assert_eq!(errors, [], "the builder should read the starter of {}", kind.id);
        for file in kind.files.iter().copied().chain([common::FILES]).flatten() {
            let left_out = is_left_out(&text, file.path);
            assert_eq!(left_out, file.junk, "{} in {}'s starter:\n{text}", file.path, kind.id);
        }
        assert_eq!(write_starter(&[kind], &plan, Some(&text)), None, "nothing is missing");
    }
}

#[test]
fn every_size_is_in_order_and_says_from_what_it_is_known() {
    let own = KINDS.iter().flat_map(|kind| kind.files).copied();
    for file in own.chain([common::FILES]).flatten() {
        assert!(file.bytes.is_sorted() && file.bytes[0] > 0, "the range of {}", file.path);
        assert_eq!(normalize_path(file.path).as_deref(), Some(file.path));
        assert!(file.files > 0, "{} stands for no file", file.path);
        let sentence = file.basis.sentence();
        assert!(sentence.len() > 30 && sentence.ends_with('.'), "{}: {sentence}", file.path);
        if let Basis::Measured(_) = file.basis {
            assert!(sentence.contains(MEASURED_ON), "{}: {sentence}", file.path);
        }
    }
    assert_eq!(MEASURED_ON.len(), "2026-11-25".len(), "a day");
}

#[test]
fn kinds_have_one_file_and_one_id_each() {
    for kind in KINDS {
        let twins = KINDS.iter().filter(|other| other.id == kind.id || other.title == kind.title);
        assert_eq!(twins.count(), 1, "{} is named twice", kind.id);
        assert!(!kind.signs.is_empty() && !kind.files.is_empty() && !kind.ignore.is_empty());
    }
}

#[track_caller]
fn shows(dockerfile: &str, ignore: &str, expected: &Expect) {
    let project = assumed(dockerfile, ignore);
    assert_eq!(missing(dockerfile, &project), [""; 0], "sources are missing");
    let mut shown = format!("{}: {}\n", project.title, project.why);
    for (path, file) in &project.context.files {
        let size = &project.sizes[path];
        assert_eq!(size.evidence(), Evidence::Assumed, "{path}");
        let bytes = size.likely().expect("an assumed size is likely");
        assert_eq!(file.bytes, Some(bytes.0), "{path}");
        let files = if file.count() == 1 { String::new() } else { format!(" ({})", file.count()) };
        writeln!(shown, "{:>7} {path}{files}", bytes.to_string()).unwrap();
    }
    expected.assert_eq(&shown);
}

const NODE_IGNORE: &str = include_str!("../../../web/examples/node.dockerignore");
const GO_IGNORE: &str = include_str!("../../../web/examples/go.dockerignore");

#[test]
fn real_node_files() {
    shows(
        include_str!("../../../cli/tests/fixtures/node.dockerfile"),
        "",
        &expect![[r#"
            Node.js: Guessed from the image `node:22-alpine`, `package.json` and `npm ci`.
            6.15 kB .DS_Store
              400 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            6.00 kB .github/workflows/ci.yml (3)
              600 B .gitignore
              500 B .vscode/settings.json
            1.20 kB Dockerfile
            4.00 kB README.md
            1.50 kB compose.yaml
            2.00 MB coverage/lcov.info (90)
             400 kB dist/app.js (60)
             135 MB node_modules/express/index.js (14241)
            50.0 kB npm-debug.log
             190 kB package-lock.json
            1.50 kB package.json
            1.00 MB public/favicon.svg (20)
             300 kB src/app.js (60)
            80.0 kB test/app.test.js (20)
              600 B tsconfig.json
        "#]],
    );
    shows(
        include_str!("../../../web/examples/node-naive.dockerfile"),
        NODE_IGNORE,
        &expect![[r#"
            Node.js: Guessed from the image `node:22`, `npm install` and the ignored `node_modules`.
            6.15 kB .DS_Store
              250 B .dockerignore
              400 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            6.00 kB .github/workflows/ci.yml (3)
              600 B .gitignore
              500 B .vscode/settings.json
            1.20 kB Dockerfile
            4.00 kB README.md
            1.50 kB compose.yaml
            2.00 MB coverage/lcov.info (90)
             400 kB dist/app.js (60)
             135 MB node_modules/express/index.js (14241)
            50.0 kB npm-debug.log
             190 kB package-lock.json
            1.50 kB package.json
             300 kB src/app.js (60)
            80.0 kB test/app.test.js (20)
              600 B tsconfig.json
        "#]],
    );
    shows(
        include_str!("../../../web/examples/static-nginx.dockerfile"),
        "",
        &expect![[r#"
            JavaScript front end: Guessed from the image `node:22-slim`, `package.json` and `npm ci`.
            6.15 kB .DS_Store
              400 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            6.00 kB .github/workflows/ci.yml (3)
              600 B .gitignore
              500 B .vscode/settings.json
            1.20 kB Dockerfile
            4.00 kB README.md
            1.50 kB compose.yaml
            2.00 MB coverage/lcov.info (90)
            1.50 MB dist/index.html (20)
              400 B index.html
            97.6 MB node_modules/react/index.js (1069)
            50.0 kB npm-debug.log
             190 kB package-lock.json
            1.50 kB package.json
             500 kB public/favicon.svg (10)
             400 kB src/main.tsx (80)
            80.0 kB test/app.test.js (20)
              600 B tsconfig.json
              500 B vite.config.ts
        "#]],
    );
}

#[test]
fn real_files_of_other_languages() {
    shows(
        include_str!("../../../cli/tests/fixtures/python.dockerfile"),
        "",
        &expect![[r#"
            Python: Guessed from the image `python:3.13-slim`, `requirements.txt` and `pip wheel`.
            6.15 kB .DS_Store
              400 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            6.00 kB .github/workflows/ci.yml (3)
              600 B .gitignore
            40.0 MB .mypy_cache/3.13/builtins.data.json (800)
            5.00 kB .pytest_cache/v/cache/lastfailed (5)
             131 MB .venv/lib/python3.13/site-packages/django/__init__.py (8715)
              500 B .vscode/settings.json
            1.20 kB Dockerfile
            4.00 kB README.md
             370 kB app/__pycache__/main.cpython-313.pyc (60)
             300 kB app/main.py (60)
            1.50 kB compose.yaml
              500 B requirements.txt
             150 kB src/main.py (20)
             100 kB tests/test_main.py (20)
        "#]],
    );
    shows(
        include_str!("../../../cli/tests/fixtures/go.dockerfile"),
        GO_IGNORE,
        &expect![[r#"
            Go: Guessed from the image `golang:1.25-bookworm`, `go.mod` and `go mod`.
            6.15 kB .DS_Store
              250 B .dockerignore
              400 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            6.00 kB .github/workflows/ci.yml (3)
              600 B .gitignore
              500 B .vscode/settings.json
            1.20 kB Dockerfile
            4.00 kB README.md
            15.0 MB bin/server
            2.00 kB cmd/server/main.go
            1.50 kB compose.yaml
             200 kB coverage.out
            1.50 kB go.mod
            15.0 kB go.sum
             400 kB internal/server/server.go (60)
             150 kB internal/server/server_test.go (25)
            2.00 kB main.go
        "#]],
    );
    shows(
        include_str!("../../../cli/tests/fixtures/rust.dockerfile"),
        "",
        &expect![[r#"
            Rust: Guessed from the image `rust:1.90-bookworm` and `cargo build`.
            6.15 kB .DS_Store
              400 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            6.00 kB .github/workflows/ci.yml (3)
              600 B .gitignore
              500 B .vscode/settings.json
             150 kB Cargo.lock
              800 B Cargo.toml
            1.20 kB Dockerfile
            4.00 kB README.md
            1.50 kB compose.yaml
             400 kB src/main.rs (50)
             652 MB target/debug/deps/libserde.rlib (1625)
            60.0 kB tests/api.rs (10)
        "#]],
    );
    shows(
        include_str!("../../../cli/tests/fixtures/java.dockerfile"),
        "",
        &expect![[r#"
            Java with Maven: Guessed from the image `maven:3.9-eclipse-temurin-21`, `pom.xml` and `mvnw dependency:go-offline`.
            6.15 kB .DS_Store
              400 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            6.00 kB .github/workflows/ci.yml (3)
              600 B .gitignore
            30.0 kB .idea/workspace.xml
              500 B .mvn/wrapper/maven-wrapper.properties (2)
              500 B .vscode/settings.json
            1.20 kB Dockerfile
            4.00 kB README.md
            1.50 kB compose.yaml
            10.0 kB mvnw
            6.00 kB pom.xml
             500 kB src/main/java/com/example/App.java (120)
            50.0 kB src/main/resources/application.yml (10)
             250 kB src/test/java/com/example/AppTest.java (60)
            25.0 MB target/app.jar
             800 kB target/classes/com/example/App.class (200)
        "#]],
    );
    shows(
        include_str!("../../../cli/tests/fixtures/static.dockerfile"),
        "",
        &expect![[r#"
            Static site: Guessed from the image `hugomods/hugo:0.150.0` and `hugo`.
            6.15 kB .DS_Store
              400 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            6.00 kB .github/workflows/ci.yml (3)
              600 B .gitignore
              500 B .vscode/settings.json
            1.20 kB Dockerfile
            4.00 kB README.md
            1.50 kB compose.yaml
             200 kB content/index.md (40)
            60.0 kB css/style.css (5)
            8.00 MB images/hero.jpg (40)
            5.00 kB index.html
             100 kB js/main.js (5)
        "#]],
    );
}

/// Paths of a project, without what any project holds.
fn own_paths(dockerfile: &str, ignore: &str) -> Vec<String> {
    let project = assumed(dockerfile, ignore);
    assert_eq!(missing(dockerfile, &project), [""; 0], "sources are missing");
    let common = |path: &String| common::FILES.iter().any(|file| file.path == path);
    let mut paths: Vec<String> = project.context.files.into_keys().collect();
    paths.retain(|path| !common(path) && !matches!(&**path, "Dockerfile" | ".dockerignore"));
    paths
}

#[test]
fn a_project_has_the_lock_file_of_the_installer_that_runs() {
    let locks = |dockerfile: &str| {
        let mut paths = own_paths(dockerfile, "");
        paths.retain(|path| path.ends_with("-lock.json") || path.ends_with(".lock"));
        paths.join(" ")
    };
    for (dockerfile, expected) in [
        ("FROM node\nCOPY . .\nRUN npm ci", "package-lock.json"),
        ("FROM node\nCOPY . .\nRUN corepack enable && yarn install", "yarn.lock"),
        ("FROM node\nCOPY package.json yarn.lock ./\nRUN npm i -g yarn && yarn", "yarn.lock"),
        ("FROM python\nCOPY . .\nRUN uv sync", "uv.lock"),
        ("FROM python\nCOPY pyproject.toml poetry.lock ./\nRUN pip install poetry", "poetry.lock"),
        ("FROM python\nCOPY . .\nRUN pip install .", ""),
    ] {
        assert_eq!(locks(dockerfile), expected, "{dockerfile}");
    }
}

#[test]
fn a_choice_of_lock_files_is_one() {
    let dockerfile = "FROM node\nCOPY package.json yarn.lock* package-lock.json* ./\n\
                      RUN if [ -f yarn.lock ]; then yarn; else npm ci; fi";
    let project = assumed(dockerfile, "");
    assert_eq!(missing(dockerfile, &project), ["yarn.lock*"], "a wildcard may find nothing");
    assert!(project.sizes.contains_key("package-lock.json"));
}

#[test]
fn projects_stand_where_their_manifests_are() {
    let roots = |dockerfile: &str| {
        let traces = Traces::of(&planned(dockerfile), &Dockerignore::default(), None);
        let guesses = traces.guess();
        let shown = guesses.iter().map(|guess| format!("{} in {:?}", guess.kind.id, guess.roots));
        shown.collect::<Vec<_>>().join(", ")
    };
    for (dockerfile, expected) in [
        ("FROM node\nCOPY package.json .", r#"node in [""]"#),
        ("FROM node\nCOPY web/package.json .\nCOPY web .", r#"node in ["web"]"#),
        ("FROM node\nCOPY a/package.json a/\nCOPY b/c/package.json b/", r#"node in ["a", "b/c"]"#),
        ("FROM node\nCOPY package.json .\nCOPY p/a/package.json p/a/", r#"node in [""]"#),
        ("FROM node\nCOPY packages/*/package.json ./", r#"node in ["packages/app"]"#),
        (
            "FROM node AS web\nWORKDIR /app\nCOPY frontend/ ./\nRUN npm ci\nFROM python\n\
             WORKDIR /srv\nCOPY backend/requirements.txt .\nRUN pip install -r requirements.txt",
            r#"python in ["backend"], node in ["frontend"]"#,
        ),
        ("FROM python\nWORKDIR /app\nCOPY main.py .\nRUN pip install x", r#"python in [""]"#),
    ] {
        assert_eq!(roots(dockerfile), expected, "{dockerfile}");
    }
}

#[test]
fn kinds_are_told_from_little_and_not_from_nothing() {
    for (dockerfile, ignore, expected) in [
        ("FROM golang", "", "go"),
        ("FROM public.ecr.aws/docker/library/node:22@sha256:0", "", "node"),
        ("FROM gcr.io/distroless/python3-debian12\nCOPY app.py .", "", "python"),
        ("FROM alpine\nRUN apk add php84\nCOPY index.php /srv/", "", "php"),
        ("FROM alpine\nCOPY . .", ".venv\n__pycache__\n", "python"),
        ("FROM alpine\nCOPY . .", "**/node_modules\n**/bin\n**/obj\n**/.vs\n", ""),
        ("FROM debian\nRUN cargo install ripgrep", "", ""),
        ("FROM scratch", "", ""),
        ("FROM nginx\nCOPY dist /usr/share/nginx/html", "", "frontend"),
        ("FROM nginx\nCOPY . /usr/share/nginx/html", "", "site"),
        ("FROM php:8-apache\nCOPY --from=composer /usr/bin/composer /bin/\nCOPY . .", "", "php"),
        ("FROM eclipse-temurin:21-jre\nCOPY build/libs/*.jar app.jar", "", "gradle"),
        ("FROM eclipse-temurin:21-jre\nCOPY target/*.jar app.jar", "", "maven"),
        ("FROM ruby\nCOPY Gemfile .\nRUN apt-get install nodejs && yarn install", "", "ruby"),
        (
            "FROM node AS a\nCOPY package.json .\nRUN npm ci\nFROM php\nCOPY composer.json .",
            "",
            "node php",
        ),
    ] {
        assert_eq!(ids(dockerfile, ignore).join(" "), expected, "{dockerfile} with {ignore:?}");
    }
}

#[test]
fn a_known_context_tells_too() {
    let file = ContextFile::of_bytes(1);
    let told = |paths: &[&str]| {
        let files = paths.iter().map(|path| ((*path).to_owned(), file.clone())).collect();
        let context = BuildContext { files, ..BuildContext::default() };
        let kinds = recognize(&planned("FROM alpine"), &Dockerignore::default(), Some(&context));
        kinds.iter().map(|kind| kind.id).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(told(&["Cargo.toml", "src/main.rs"]), "rust");
    assert_eq!(told(&["web/package.json", "api/go.mod"]), "node go");
    assert_eq!(told(&["a/b/c/package.json"]), "", "too deep to be the project");
}

#[test]
fn every_copied_path_is_there() {
    let dockerfile = "FROM alpine\nCOPY ./a/b.txt /../up.txt data/ tool /x/\n\
        COPY tool2 /usr/local/bin/tool2\nCOPY [\"with space.txt\", \"*.conf\", \"/y/\"]\n\
        COPY conf.d /a\nCOPY conf.d/x.conf /b\nCOPY <<EOF /z\nhello\nEOF\n\
        ADD https://example.com/a.tgz git@h:r.git v.tar.gz /\nADD [\"d?/[ab].c\", \"/\"]\n\
        COPY --from=redis /etc/redis /n\n\
        RUN --mount=type=bind,source=ci/run.sh,target=/r --mount=type=bind,target=/all x";
    let expected = [
        "a/b.txt",
        "app.conf",
        "ci/run.sh",
        "conf.d/x.conf",
        "data/file.txt",
        "dx/a.c",
        "tool/file.txt",
        "tool2",
        "up.txt",
        "v.tar.gz",
        "with space.txt",
    ];
    assert_eq!(own_paths(dockerfile, ""), expected);
}

#[test]
fn ignored_names_are_there_to_be_left_out() {
    let own = |ignore: &str| own_paths("FROM scratch\nCOPY . .", ignore).join(" ");
    assert_eq!(own("notes.txt\n**/logs/\n!keep.md"), "keep.md logs/app.log notes.txt");
    assert_eq!(
        own("*.bak\n**/*.py[cod]\ntmp/*\n.cache/**"),
        ".cache/data.bin app.bak app.pyc tmp/file.txt"
    );
    assert_eq!(own("*\n..\n../x\n/\n!\n[\n#c"), "", "these name nothing");
    assert_eq!(own_paths("FROM scratch", "").len(), 0);
}

#[test]
fn typed_sizes_win() {
    let typed = |sizes: &[(&str, u64)]| {
        let sizes: Vec<(String, u64)> =
            sizes.iter().map(|(path, bytes)| ((*path).to_owned(), *bytes)).collect();
        assume(&planned("FROM python\nCOPY . ."), &Dockerignore::default(), &sizes)
    };
    let project = typed(&[("app", 1_000), ("app/main.py", 400), ("nowhere", 5), ("README.md", 7)]);
    for (path, bytes) in
        [("app/main.py", 400), ("app/__pycache__/main.cpython-313.pyc", 600), ("README.md", 7)]
    {
        assert_eq!(project.context.files[path].bytes, Some(bytes), "{path}");
        assert_eq!(project.sizes[path].evidence(), Evidence::Exact, "{path}");
    }
    assert!(!project.sizes.contains_key("nowhere"), "a typed size adds no file");
    assert_eq!(project.sizes["tests/test_main.py"].evidence(), Evidence::Assumed);
    let huge = typed(&[(".git", u64::MAX), ("", 3)]);
    assert_eq!(huge.context.files[".git/objects/pack/pack-1.pack"].bytes, Some(u64::MAX));
}

fn starter(dockerfile: &str, existing: &str) -> String {
    let plan = planned(dockerfile);
    let kinds = recognize(&plan, &ignoring(existing), None);
    let (_, text) = write_starter(&kinds, &plan, Some(existing)).unwrap_or_default();
    let (_, errors) = Dockerignore::parse(&text);
    assert_eq!(errors, [], "the builder should read\n{text}");
    text
}

const BUILT: &str = "FROM node\nCOPY . .\nRUN npm ci && npm run build\n";

#[test]
fn a_whole_starter() {
    expect![[r#"
        # What the build does not need (Node.js)

        # Packages: the build installs them
        **/node_modules
        **/.npm
        **/.pnpm-store

        # Output: the build makes it again
        **/dist
        **/.next
        **/.nuxt
        **/.output
        **/.svelte-kit

        # Caches and test reports
        **/coverage
        **/.nyc_output
        **/.cache
        **/.turbo
        **/*.tsbuildinfo

        # Secrets: give them to the container when it runs
        **/.env*

        # Version control and its services
        .git
        .github
        .gitlab-ci.yml

        # Docker's own files
        **/Dockerfile*
        **/.dockerignore
        **/compose*.yaml
        **/compose*.yml
        **/docker-compose*

        # Logs
        **/*.log

        # Editors and operating systems
        **/.vscode
        **/.idea
        **/*.swp
        **/.DS_Store
        **/Thumbs.db
    "#]]
    .assert_eq(&starter(BUILT, ""));
    expect![[r#"
        # What the build does not need, or makes itself
        .git
        **/node_modules
        dist
        coverage
        *.log
        .env*
        Dockerfile
        README.md

        # What the build does not need (Node.js)

        # Packages: the build installs them
        **/.npm
        **/.pnpm-store

        # Output: the build makes it again
        **/dist
        **/.next
        **/.nuxt
        **/.output
        **/.svelte-kit

        # Caches and test reports
        **/coverage
        **/.nyc_output
        **/.cache
        **/.turbo
        **/*.tsbuildinfo

        # Secrets: give them to the container when it runs
        **/.env*

        # Version control and its services
        .github
        .gitlab-ci.yml

        # Docker's own files
        **/Dockerfile*
        **/.dockerignore
        **/compose*.yaml
        **/compose*.yml
        **/docker-compose*

        # Logs
        **/*.log

        # Editors and operating systems
        **/.vscode
        **/.idea
        **/*.swp
        **/.DS_Store
        **/Thumbs.db
    "#]]
    .assert_eq(&starter(BUILT, NODE_IGNORE));
}

#[test]
fn what_the_person_wrote_stays_to_the_byte() {
    for existing in ["# mine \r\n\r\n dist\r\n", "\u{feff}a\n\n", "no end", "[\n!\n", "a\r\nb"] {
        let plan = planned(BUILT);
        let (_, text) = write_starter(&[KINDS[0]], &plan, Some(existing)).expect("lines to add");
        let added = text.strip_prefix(existing).expect("the person's own text comes first");
        let line_end = if existing.contains("\r\n") { "\r\n" } else { "\n" };
        let first = if existing.ends_with('\n') { "" } else { line_end };
        assert!(added.starts_with(&format!("{first}{line_end}# What")), "{added:?}");
        let lone = added.replace("\r\n", "").contains('\n');
        assert_eq!(lone, line_end == "\n", "line ends after {existing:?}: {added:?}");
    }
}

#[test]
fn lines_that_are_in_force_in_other_words_are_not_repeated() {
    for (existing, line, is_added) in [
        ("**/node_modules/", "**/node_modules", false),
        ("node_modules\n*/node_modules", "**/node_modules", false),
        ("node_modules", "**/node_modules", true),
        ("**/node_modules/**", "**/node_modules", false),
        ("**/.env", "**/.env*", true),
        ("**/.env\n**/.env.*", "**/.env*", false),
        ("*\n!src", "**/node_modules", false),
        (".*", ".git", false),
    ] {
        let text = starter(BUILT, existing);
        let added = text.lines().skip(existing.lines().count()).any(|own| own == line);
        assert_eq!(added, is_added, "{line} below {existing:?}:\n{text}");
    }
}

#[test]
fn nothing_that_the_build_needs_is_left_out() {
    for (dockerfile, existing, path, line) in [
        ("FROM node\nCOPY dist /app\nRUN npm run build", "", "dist/app.js", ""),
        ("FROM node\nCOPY web/dist /app\nRUN npm run build", "", "web/dist/a.js", ""),
        (
            "FROM node\nCOPY .env.production .\nRUN npm ci",
            "",
            ".env.production",
            "!.env.production",
        ),
        ("FROM maven\nCOPY target/*.jar /app.jar", "", "target/shop.jar", "!target/*.jar"),
        ("FROM node\nCOPY . .\nCMD node dist/a.js", "", "dist/a.js", ""),
        ("FROM node\nCOPY . .\nCMD node a.js", "", "node_modules/x/index.js", ""),
        ("FROM golang\nCOPY . .\nRUN go build -ldflags $(git describe)", "", ".git/HEAD", ""),
        ("FROM golang\nRUN --mount=source=.git,target=.git go build", "", ".git/HEAD", ""),
        ("FROM node\nCOPY . .", "!.env.example", ".env.example", "!.env.example"),
        ("FROM golang\nCOPY bin/x /usr/bin/x\nRUN go build", "", "bin/x", "!bin/x"),
        ("FROM maven\nCOPY target/*.jar /", "!a\na", "target/x.jar", "!target/*.jar"),
        ("FROM php\nCOPY . .", "", "vendor/autoload.php", ""),
        ("FROM alpine\nCOPY Dockerfile.txt /", "", "Dockerfile.txt", "!Dockerfile.txt"),
    ] {
        let text = starter(dockerfile, existing);
        assert!(!is_left_out(&text, path), "{path} of {dockerfile:?} is left out by\n{text}");
        let has_line = line.is_empty() || text.lines().any(|own| own == line);
        assert!(has_line, "{line} is missing for {dockerfile:?} in\n{text}");
    }
    let mixed = "FROM ruby\nCOPY Gemfile .\nFROM mcr.microsoft.com/dotnet/sdk\nCOPY a.csproj .\nRUN dotnet build";
    assert_eq!(ids(mixed, "").len(), 2, "two kinds of project");
    assert!(!is_left_out(&starter(mixed, ""), "bin/rails"), "one kind keeps what another needs");
}

/// Lines that a Dockerfile or an ignore file may hold.
fn a_line() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        ".",
        "..",
        "/",
        "*",
        "**",
        "src",
        "dist",
        "package.json",
        "*.jar",
        "target",
        "[a-",
        "a?",
        ".env",
        "vendor/",
        "!x",
        "node_modules",
        "go.mod",
        "/bin/",
        "<<E",
        "https://a/b",
        ".git",
    ]);
    let path = prop::collection::vec(word, 1..4).prop_map(|words| words.join("/"));
    let keyword = prop::sample::select(vec![
        "COPY ",
        "COPY a ",
        "ADD ",
        "RUN ",
        "RUN --mount=type=bind,source=",
        "FROM ",
        "!",
        "",
        "#",
        "WORKDIR ",
        "CMD ",
        "FROM node\nRUN npm ci && npm run build\nCOPY ",
        "ONBUILD COPY ",
    ]);
    let ending = prop::sample::select(vec!["", " /x/", ",target=/x npm ci", " .", " <<E"]);
    let usual = (keyword, path, ending)
        .prop_map(|(keyword, path, ending)| keyword.to_owned() + &path + ending);
    prop_oneof![4 => usual, 1 => "\\PC{0,30}"]
}

fn a_text() -> impl Strategy<Value = String> {
    prop::collection::vec(a_line(), 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_text_has_a_bounded_project(
        dockerfile in a_text(),
        ignore in a_text(),
        typed in prop::collection::vec(("[a-z./]{0,8}", any::<u64>()), 0..4),
    ) {
        let (plan, ignore) = (planned(&dockerfile), ignoring(&ignore));
        let project = assume(&plan, &ignore, &typed);
        prop_assert!(project.context.files.len() <= tree::MOST);
        prop_assert!(project.sizes.keys().eq(project.context.files.keys()));
        for path in project.context.files.keys() {
            prop_assert_eq!(normalize_path(path), Some(path.clone()));
            let is_folder = project.context.files.keys().any(|other| other.starts_with(&format!("{path}/")));
            prop_assert!(!is_folder, "{} is a file and a folder", path);
        }
        prop_assert_eq!(assume(&plan, &ignore, &typed), project);
    }

    #[test]
    fn a_starter_takes_nothing_away_that_is_named(dockerfile in a_text(), existing in a_text()) {
        let (plan, ignore) = (planned(&dockerfile), ignoring(&existing));
        let kinds = recognize(&plan, &ignore, None);
        let Some((_, text)) = write_starter(&kinds, &plan, Some(&existing)) else { return Ok(()) };
        prop_assert!(text.starts_with(&existing));
        let after = ignoring(&text);
        let (mut before, mut after) = (Walk::new(&ignore), Walk::new(&after));
        for source in &Traces::of(&plan, &ignore, None).sources {
            let is_plain = !source.has_wildcard() && !source.path.is_empty();
            if let (true, Ok(wanted)) = (is_plain, before.decide_file(&source.path)) {
                let got = after.decide_file(&source.path).map(|decision| decision.excluded);
                prop_assert_eq!(got, Ok(wanted.excluded), "{} with\n{}", source.path, text);
            }
        }
    }
}

#[test]
fn thousands_of_lines_take_no_longer_than_they_are() {
    let copies: String = (0..5_000).fold("FROM node\n".into(), |text, number| {
        format!("{text}COPY file{number}.txt dir{number}/*.c /x/\n")
    });
    let ignore: String = (0..5_000).map(|number| format!("*{number}*x\n")).collect();
    let project = assumed(&copies, &ignore);
    assert_eq!(project.context.files.len(), tree::MOST);
    assert!(starter(&copies, &ignore).starts_with(&ignore));
    let deep = format!("FROM node\nCOPY {} /x", "a/".repeat(20_000));
    assert!(assumed(&deep, "").context.files.len() < tree::MOST);
}
