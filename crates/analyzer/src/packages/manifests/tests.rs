//! Files of every format. Those in `tests/` were written by the tools themselves for one small
//! project (npm 11, Yarn 1.22 and 4.9, pnpm 7.33, 8.15 and 9.15, uv and Pipenv of November 2026),
//! with hashes and addresses cut short.

use proptest::prelude::*;

use super::*;

/// The project of Node.js whose lock files lie in `tests/`.
const PACKAGE_JSON: &str = include_str!("tests/package.json");

const NODE_LOCKS: [(&str, &str); 8] = [
    ("npm1/package-lock.json", include_str!("tests/npm1/package-lock.json")),
    ("npm2/package-lock.json", include_str!("tests/npm2/package-lock.json")),
    ("npm3/npm-shrinkwrap.json", include_str!("tests/npm3/package-lock.json")),
    ("yarn1/yarn.lock", include_str!("tests/yarn1/yarn.lock")),
    ("berry/yarn.lock", include_str!("tests/berry/yarn.lock")),
    ("pnpm5/pnpm-lock.yaml", include_str!("tests/pnpm5/pnpm-lock.yaml")),
    ("pnpm6/pnpm-lock.yaml", include_str!("tests/pnpm6/pnpm-lock.yaml")),
    ("pnpm9/pnpm-lock.yaml", include_str!("tests/pnpm9/pnpm-lock.yaml")),
];

const UV_LOCK: &str = include_str!("tests/uv/uv.lock");
const PIPFILE_LOCK: &str = include_str!("tests/pipenv/Pipfile.lock");

/// What is installed on 64-bit Linux, whoever installs it.
const NODE_PACKAGES: &str = "\
@biomejs/biome 2.6.8, development
@biomejs/cli-linux-x64 2.6.8, development
ansi-styles 4.3.0
chalk 4.1.2
color-convert 2.0.1
color-name 1.1.4
cross-spawn 7.0.6, development
debug 4.4.3
has-flag 4.0.0
isexe 2.0.0, development
ms 2.1.3
path-key 3.1.1, development
shebang-command 2.0.0, development
shebang-regex 3.0.0, development
supports-color 7.2.0
which 2.0.2, development
";

fn none(_: &str) -> Option<String> {
    None
}

/// The packages of a file in alphabetical order, one a line.
fn sorted(path: &str, text: &str, find: Find<'_>) -> String {
    let listing = read(path, text, find).unwrap();
    assert!(listing.not_understood.is_empty(), "{path}: {:?}", listing.not_understood);
    let mut packages = listing.packages;
    crate::order::sort(&mut packages);
    packages.iter().map(line).collect()
}

fn line(package: &Package) -> String {
    let Package { name, version, is_development } = package;
    let version = version.as_deref().map(|version| format!(" {version}")).unwrap_or_default();
    format!("{name}{version}{}\n", if *is_development { ", development" } else { "" })
}

fn lines(listing: &Listing) -> String {
    listing.packages.iter().map(line).collect()
}

#[test]
fn lock_files_of_node_say_the_same_whoever_wrote_them() {
    let find = |path: &str| path.ends_with("package.json").then(|| PACKAGE_JSON.to_owned());
    for (path, text) in NODE_LOCKS {
        assert_eq!(sorted(path, text, &find), NODE_PACKAGES, "{path}");
    }
}

#[test]
fn package_json_says_what_is_asked_for() {
    let text = r#"{"name": "x", "dependencies": {"a": "^1.2.3", "@s/b": "~2", "old": "npm:real@>=4.1 <5",
        "c": "*", "d": "git+https://example.com/d.git", "own": "workspace:*", "e": "1.x || 2.0"},
        "devDependencies": {"f": "latest"}, "optionalDependencies": {"g": "v3.0.0-rc.1"},
        "peerDependencies": {"h": ">=1"}, "scripts": {"build": "1.0"}}"#;
    let listing = read("app/package.json", text, &none).unwrap();
    assert!(!listing.is_complete && listing.not_understood.is_empty());
    assert_eq!(
        lines(&listing),
        "a 1.2.3\n@s/b 2\nreal 4.1\nc\nd\ne 2.0\nf, development\ng 3.0.0-rc.1\nh 1\n"
    );
}

#[test]
fn a_yarn_lock_alone_cannot_tell_what_is_for_development() {
    for (path, text) in NODE_LOCKS.iter().filter(|(path, _)| path.ends_with("yarn.lock")) {
        let listing = read(path, text, &none).unwrap();
        assert_eq!(listing.packages.len(), 16, "{path}");
        assert!(listing.packages.iter().all(|package| !package.is_development), "{path}");
        assert!(listing.not_understood[0].contains("package.json"), "{path}");
    }
}

#[test]
fn requirements_are_read_with_what_they_include() {
    let text = "\u{feff}# all\nflask==3.1.0  # web\n-r more/base.txt\n-c limits.txt\n--index-url https://example.com\n\
        uvicorn[standard] >= 0.30 ; python_version >= '3.8' \\\n    --hash=sha256:x \\\n    --hash=sha256:y\n\
        pywin32 ; sys_platform == 'win32'\n-e ./own\nhttps://example.com/x.whl\nNumPy~=2.0\n-rgone.txt\n";
    let base = "redis\n-r ../requirements.txt\n-r base.txt\n";
    let find = |path: &str| (path == "app/more/base.txt").then(|| base.to_owned());
    let listing = read("app/requirements.txt", text, &find).unwrap();
    assert_eq!(lines(&listing), "flask 3.1.0\nredis\nuvicorn[standard]\nnumpy\n");
    assert_eq!(
        listing.not_understood,
        [
            "`-e ./own` installs a folder, which has needs of its own.",
            "`https://example.com/x.whl` is no requirement by name.",
            "app/gone.txt is included, but it is not there.",
        ]
    );
    let development = read("requirements-dev.txt", "pytest\n", &none).unwrap();
    assert_eq!(lines(&development), "pytest, development\n");
    let own = read("requirements/devices.txt", "pyserial\n", &none).unwrap();
    assert_eq!(lines(&own), "pyserial\n");
}

#[test]
fn pyproject_is_read_in_both_styles() {
    let standard = "[project]\nname = \"x\"\ndependencies = [\n  \"FastAPI[all]>=0.1\", # web\n  'click; os_name == \"nt\"',\n]\n\
        [project.optional-dependencies]\nextra = [\"never\"]\n\
        [dependency-groups]\ndev = [\"pytest==8.0\", {include-group = \"lint\"}]\nlint = [\"ruff\"]\n";
    assert_eq!(
        lines(&read("pyproject.toml", standard, &none).unwrap()),
        "fastapi[all]\npytest 8.0, development\nruff, development\n"
    );
    let poetry = "[tool.poetry.dependencies]\npython = \"^3.11\"\nDjango = \"^5.0\"\n\
        httpx = { version = \">=0.27,<1\", extras = [\"http2\"] }\nx = { version = \"*\", optional = true }\n\
        own = { path = \"../own\" }\n\
        [tool.poetry.group.dev.dependencies]\npytest = \"*\"\n[tool.poetry.dev-dependencies]\nblack = \"24.1.0\"\n";
    let listing = read("pyproject.toml", poetry, &none).unwrap();
    assert_eq!(
        lines(&listing),
        "django 5.0\nhttpx[http2] 0.27\npytest, development\nblack 24.1.0, development\n"
    );
    assert_eq!(listing.not_understood, ["`own` is a folder, which has needs of its own."]);
    let dynamic =
        read("pyproject.toml", "[project]\ndynamic = [\"dependencies\"]\n", &none).unwrap();
    assert!(dynamic.not_understood[0].contains("leaves its dependencies"));
}

#[test]
fn uv_lock_is_followed_from_the_project() {
    assert_eq!(
        sorted("uv.lock", UV_LOCK, &none),
        "anyio 4.16.0\ncertifi 2026.10.19.post1\nclick 8.5.1\nh11 0.16.0\nh2 4.4.1\nhpack 4.2.0\nhttpcore 1.0.9\n\
         httpx 0.28.1\nhyperframe 6.1.0\nidna 3.20\niniconfig 2.3.1, development\n\
         typing-extensions 4.16.0\n"
    );
}

#[test]
fn pipfile_lock_has_a_section_for_development() {
    let shown = sorted("Pipfile.lock", PIPFILE_LOCK, &none);
    assert!(shown.contains("httpx 0.28.1\n") && shown.contains("h2 4.4.1\n"), "{shown}");
    assert!(shown.contains("iniconfig 2.3.1, development\n"), "{shown}");
}

const POETRY: &str = "[[package]]\nname = \"Click\"\nversion = \"8.1.8\"\noptional = false\nGROUPS\n\
    [package.dependencies]\ncolorama = {version = \"*\", markers = \"platform_system == \\\"Windows\\\"\"}\n\
    importlib_metadata = \"*\"\n\n\
    [[package]]\nname = \"importlib-metadata\"\nversion = \"8.0\"\noptional = false\nGROUPS\n\n\
    [[package]]\nname = \"iniconfig\"\nversion = \"2.0\"\noptional = false\nDEVELOPMENT\n\n\
    [[package]]\nname = \"extra\"\nversion = \"1.0\"\noptional = true\nGROUPS\n\n\
    [metadata]\nlock-version = \"2.1\"\n";

#[test]
fn poetry_lock_of_every_age_tells_what_is_for_development() {
    let wanted = "click 8.1.8\nimportlib-metadata 8.0\niniconfig 2.0, development\n";
    let of = |main: &str, development: &str| {
        POETRY.replace("GROUPS", main).replace("DEVELOPMENT", development)
    };
    let grouped = of("groups = [\"main\", \"dev\"]", "groups = [\"dev\"]");
    assert_eq!(sorted("poetry.lock", &grouped, &none), wanted);
    let categories = of("category = \"main\"", "category = \"dev\"");
    assert_eq!(sorted("poetry.lock", &categories, &none), wanted);
    let manifest = "[tool.poetry.dependencies]\nclick = \"*\"\n[tool.poetry.group.dev.dependencies]\niniconfig = \"*\"\n";
    let find = |path: &str| (path == "app/pyproject.toml").then(|| manifest.to_owned());
    assert_eq!(sorted("app/poetry.lock", &of("", ""), &find), wanted);
    let alone = read("app/poetry.lock", &of("", ""), &none).unwrap();
    assert!(alone.not_understood[0].contains("pyproject.toml"), "{:?}", alone.not_understood);
}

#[test]
fn what_is_no_manifest_is_not_read() {
    assert_eq!(read("Cargo.lock", "", &none), None);
    let broken = read("package.json", "{\"dependencies\": {\"a\": \"1.0\", }", &none).unwrap();
    assert_eq!(lines(&broken), "a 1.0\n", "what came before is used");
    assert_eq!(broken.not_understood, ["package.json is not JSON from byte 30 on."]);
    let odd = read("pnpm-lock.yaml", "lockfileVersion: 4\n", &none).unwrap();
    assert_eq!(odd.not_understood, ["pnpm-lock.yaml is of no version from 5 to 9."]);
}

const NAMES: [&str; 10] = [
    "package.json",
    "package-lock.json",
    "yarn.lock",
    "pnpm-lock.yaml",
    "requirements.txt",
    "pyproject.toml",
    "poetry.lock",
    "uv.lock",
    "Pipfile.lock",
    "requirements/dev.txt",
];

proptest! {
    #[test]
    fn any_text_is_read_without_failing(
        name in proptest::sample::select(&NAMES[..]),
        text in "[\\PC\n\"'\\[\\]{}:=@# -]{0,200}",
    ) {
        let find = |_: &str| Some(text.clone());
        prop_assert!(read(name, &text, &find).is_some());
    }

    #[test]
    fn files_cut_short_are_read_without_failing(
        lock in 0_usize..10,
        cuts in (0_usize..12_000, 0_usize..12_000),
        name in proptest::sample::select(&NAMES[..]),
    ) {
        let others = [("", UV_LOCK), ("", PIPFILE_LOCK)];
        let (_, text) = NODE_LOCKS.iter().chain(&others).nth(lock).unwrap();
        let (start, end) = (cuts.0.min(cuts.1), cuts.0.max(cuts.1));
        let letters = text.chars().skip(start).take(end - start);
        let cut: String = letters.collect();
        prop_assert!(read(name, &cut, &none).is_some());
    }
}
