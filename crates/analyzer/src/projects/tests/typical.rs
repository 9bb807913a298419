//! The assumed project: real Dockerfiles, lock files, copied and ignored names, typed sizes.

use std::fmt::Write as _;

use expect_test::{Expect, expect};

use super::*;

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

/// The examples of the page and the Dockerfiles of the terminal's tests, with their ignore files.
const REAL: &[(&str, &str, &str)] = &[
    ("node-multi-stage", include_str!("texts/node-multi-stage.dockerfile"), NODE_IGNORE),
    ("go-scratch", include_str!("texts/go-scratch.dockerfile"), GO_IGNORE),
    (
        "python-wheels",
        include_str!("texts/python-wheels.dockerfile"),
        include_str!("texts/python.dockerignore"),
    ),
    (
        "rust-chef",
        include_str!("texts/rust-chef.dockerfile"),
        include_str!("texts/rust.dockerignore"),
    ),
    (
        "java-spring-boot",
        include_str!("texts/java-spring-boot.dockerfile"),
        include_str!("texts/java.dockerignore"),
    ),
    ("naive-node", include_str!("../../../../cli/tests/fixtures/naive-node.dockerfile"), ""),
    ("broken", include_str!("../../../../cli/tests/fixtures/broken.dockerfile"), ""),
];

#[test]
fn the_other_real_files_in_a_line() {
    let mut shown = String::new();
    for (name, dockerfile, ignore) in REAL {
        let project = assumed(dockerfile, ignore);
        assert_eq!(missing(dockerfile, &project), [""; 0], "sources of {name} are missing");
        let mut sent = String::new();
        for path in project.context.files.keys().filter(|path| !is_left_out(ignore, path)) {
            sent = format!("{sent} {path}");
        }
        writeln!(shown, "{name}: {}\n  sent:{sent}", project.why).unwrap();
    }
    expect![[r#"
        node-multi-stage: Guessed from the image `node:22-alpine`, `package.json` and `npm ci`.
          sent: .DS_Store .dockerignore .github/workflows/ci.yml .gitignore .vscode/settings.json compose.yaml package-lock.json package.json src/app.js test/app.test.js tsconfig.json
        go-scratch: Guessed from the image `golang:1.26-alpine`, `go.mod` and `go mod`.
          sent: .DS_Store .dockerignore .env .github/workflows/ci.yml .gitignore .vscode/settings.json cmd/server/main.go compose.yaml coverage.out go.mod go.sum internal/server/server.go main.go
        python-wheels: Guessed from the image `python:3.13-slim`, `requirements.txt` and `pip wheel`.
          sent: .DS_Store .dockerignore .env .github/workflows/ci.yml .gitignore .mypy_cache/3.13/builtins.data.json .vscode/settings.json app/main.py compose.yaml requirements.txt
        rust-chef: Guessed from the image `rust:1-slim-bookworm`, `cargo build` and the ignored `*.rs.bk`.
          sent: .DS_Store .dockerignore .env .github/workflows/ci.yml .gitignore .vscode/settings.json Cargo.lock Cargo.toml compose.yaml src/main.rs tests/api.rs
        java-spring-boot: Guessed from the image `maven:3-eclipse-temurin-21`, `pom.xml` and `mvn dependency:go-offline`.
          sent: .DS_Store .dockerignore .env .github/workflows/ci.yml .gitignore .vscode/settings.json compose.yaml pom.xml src/main/java/com/example/App.java src/main/resources/application.yml src/test/java/com/example/AppTest.java
        naive-node: Guessed from the image `node:22` and `npm install`.
          sent: .DS_Store .env .git/objects/pack/pack-1.pack .github/workflows/ci.yml .gitignore .vscode/settings.json Dockerfile README.md compose.yaml coverage/lcov.info dist/app.js node_modules/express/index.js npm-debug.log package-lock.json package.json src/app.js test/app.test.js tsconfig.json
        broken: Guessed from the image `node:22-alpine` and `npm run`.
          sent: .DS_Store .env .git/objects/pack/pack-1.pack .github/workflows/ci.yml .gitignore .vscode/settings.json Dockerfile README.md app/index.ts compose.yaml coverage/lcov.info dist/index.html index.html node_modules/react/index.js npm-debug.log package-lock.json package.json public/favicon.svg src/main.tsx test/app.test.js tsconfig.json vite.config.ts
    "#]].assert_eq(&shown);
}

const NODE_IGNORE: &str = include_str!("texts/node.dockerignore");
const GO_IGNORE: &str = include_str!("texts/go.dockerignore");

#[test]
fn real_node_files() {
    shows(
        include_str!("../../../../cli/tests/fixtures/node.dockerfile"),
        "",
        &expect![[r#"
            Next.js: Guessed from the image `node:22-alpine`, `package.json` and `next start`.
            6.15 kB .DS_Store
              600 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            30.0 kB .github/workflows/ci.yml (10)
              600 B .gitignore
            1.00 MB .next/build-manifest.json (60)
              600 B .vscode/settings.json
              600 B Dockerfile
            4.00 kB README.md
             400 kB app/page.tsx (80)
              600 B compose.yaml
            2.00 MB coverage/lcov.info (90)
              600 B next.config.mjs
             220 MB node_modules/next/index.js (23000)
             100 kB npm-debug.log
             190 kB package-lock.json
            1.50 kB package.json
            2.00 MB public/favicon.svg (30)
             120 kB test/app.test.js (25)
              600 B tsconfig.json
        "#]],
    );
    shows(
        include_str!("texts/node-naive.dockerfile"),
        NODE_IGNORE,
        &expect![[r#"
            Node.js: Guessed from the image `node:22`, `npm install` and the ignored `node_modules`.
            6.15 kB .DS_Store
              600 B .dockerignore
              600 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            30.0 kB .github/workflows/ci.yml (10)
              600 B .gitignore
              600 B .vscode/settings.json
              600 B Dockerfile
            4.00 kB README.md
              600 B compose.yaml
            2.00 MB coverage/lcov.info (90)
            1.00 MB dist/app.js (60)
             220 MB node_modules/express/index.js (23000)
             100 kB npm-debug.log
             190 kB package-lock.json
            1.50 kB package.json
             400 kB src/app.js (80)
             120 kB test/app.test.js (25)
              600 B tsconfig.json
        "#]],
    );
    shows(
        include_str!("texts/static-nginx.dockerfile"),
        "",
        &expect![[r#"
            JavaScript front end: Guessed from the image `node:22-slim`, `package.json` and `npm ci`.
            6.15 kB .DS_Store
              600 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            30.0 kB .github/workflows/ci.yml (10)
              600 B .gitignore
              600 B .vscode/settings.json
              600 B Dockerfile
            4.00 kB README.md
              600 B compose.yaml
            2.00 MB coverage/lcov.info (90)
            1.00 MB dist/index.html (60)
            4.00 kB index.html
             220 MB node_modules/react/index.js (23000)
             100 kB npm-debug.log
             190 kB package-lock.json
            1.50 kB package.json
            2.00 MB public/favicon.svg (30)
             400 kB src/main.tsx (80)
             120 kB test/app.test.js (25)
              600 B tsconfig.json
              600 B vite.config.ts
        "#]],
    );
}

#[test]
fn real_files_of_other_languages() {
    shows(
        include_str!("../../../../cli/tests/fixtures/python.dockerfile"),
        "",
        &expect![[r#"
            Python: Guessed from the image `python:3.13-slim`, `requirements.txt` and `pip wheel`.
            6.15 kB .DS_Store
              600 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            30.0 kB .github/workflows/ci.yml (10)
              600 B .gitignore
            10.0 MB .mypy_cache/3.13/builtins.data.json (200)
            30.0 kB .pytest_cache/v/cache/lastfailed (10)
             131 MB .venv/lib/python3.13/site-packages/django/__init__.py (8715)
              600 B .vscode/settings.json
              600 B Dockerfile
            4.00 kB README.md
             400 kB app/__pycache__/main.cpython-313.pyc (80)
             400 kB app/main.py (80)
              600 B compose.yaml
              600 B requirements.txt
             150 kB src/main.py (20)
             120 kB tests/test_main.py (25)
        "#]],
    );
    shows(
        include_str!("../../../../cli/tests/fixtures/go.dockerfile"),
        GO_IGNORE,
        &expect![[r#"
            Go: Guessed from the image `golang:1.26-bookworm`, `go.mod` and `go mod`.
            6.15 kB .DS_Store
              600 B .dockerignore
              600 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            30.0 kB .github/workflows/ci.yml (10)
              600 B .gitignore
              600 B .vscode/settings.json
              600 B Dockerfile
            4.00 kB README.md
            15.0 MB bin/server
            3.00 kB cmd/server/main.go
              600 B compose.yaml
             100 kB coverage.out
            1.50 kB go.mod
             190 kB go.sum
             400 kB internal/server/server.go (80)
             120 kB internal/server/server_test.go (25)
            3.00 kB main.go
        "#]],
    );
    shows(
        include_str!("../../../../cli/tests/fixtures/rust.dockerfile"),
        "",
        &expect![[r#"
            Rust: Guessed from the image `rust:1.90-bookworm` and `cargo build`.
            6.15 kB .DS_Store
              600 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            30.0 kB .github/workflows/ci.yml (10)
              600 B .gitignore
              600 B .vscode/settings.json
             190 kB Cargo.lock
              600 B Cargo.toml
              600 B Dockerfile
            4.00 kB README.md
              600 B compose.yaml
             400 kB src/main.rs (80)
             652 MB target/debug/deps/libserde.rlib (1625)
             120 kB tests/api.rs (25)
        "#]],
    );
    shows(
        include_str!("../../../../cli/tests/fixtures/java.dockerfile"),
        "",
        &expect![[r#"
            Java with Maven: Guessed from the image `maven:3.9-eclipse-temurin-21`, `pom.xml` and `mvnw dependency:go-offline`.
            6.15 kB .DS_Store
              600 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            30.0 kB .github/workflows/ci.yml (10)
              600 B .gitignore
            30.0 kB .idea/workspace.xml (10)
              600 B .mvn/wrapper/maven-wrapper.properties
              600 B .vscode/settings.json
              600 B Dockerfile
            4.00 kB README.md
              600 B compose.yaml
            3.00 kB mvnw
            1.50 kB pom.xml
             400 kB src/main/java/com/example/App.java (80)
            30.0 kB src/main/resources/application.yml (10)
             120 kB src/test/java/com/example/AppTest.java (25)
            35.0 MB target/app.jar
            1.00 MB target/classes/com/example/App.class (60)
        "#]],
    );
    shows(
        include_str!("../../../../cli/tests/fixtures/static.dockerfile"),
        "",
        &expect![[r#"
            Static site: Guessed from the image `hugomods/hugo:0.150.0` and `hugo`.
            6.15 kB .DS_Store
              600 B .env
            20.0 MB .git/objects/pack/pack-1.pack (1500)
            30.0 kB .github/workflows/ci.yml (10)
              600 B .gitignore
              600 B .vscode/settings.json
              600 B Dockerfile
            4.00 kB README.md
              600 B compose.yaml
             200 kB content/index.md (20)
             200 kB css/style.css (20)
            2.00 MB images/hero.jpg (30)
            4.00 kB index.html
             200 kB js/main.js (20)
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
    assert!(project.context.files.contains_key("package-lock.json"));
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

fn evidence(project: &AssumedProject, path: &str) -> Evidence {
    project.sizes[path].evidence()
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
        assert_eq!(evidence(&project, path), Evidence::Exact, "{path}");
    }
    assert!(!project.context.files.contains_key("nowhere"), "a typed size adds no file");
    assert_eq!(evidence(&project, "tests/test_main.py"), Evidence::Assumed);
    let huge = typed(&[(".git", u64::MAX), ("", 3)]);
    assert_eq!(huge.context.files[".git/objects/pack/pack-1.pack"].bytes, Some(u64::MAX));
}
