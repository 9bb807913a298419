//! `analyze` with what the person says: sizes by `--assume`, a limit, a bandwidth.

#[allow(dead_code, reason = "other tests use the rest of it")]
mod run;

use std::path::Path;

use expect_test::expect;
use run::layerwise_reading;

const ONE_STAGE: &[u8] = b"FROM registry.example/base:1\nRUN make\nCMD [\"app\"]\n";
/// With a listing that has no sizes.
const UNKNOWN_WRITTEN: &[u8] = b"FROM registry.example/base:1\nCOPY big /\n";
const NOTHING_WRITTEN: &[u8] = b"FROM registry.example/base:1\nCMD [\"app\"]\n";
const ASSUME_100_MB: [&str; 2] = ["--assume", "image.registry.example/base:1=100MB"];

#[test]
fn a_limit_is_kept_broken_or_cannot_be_checked() {
    let listing = Path::new(env!("CARGO_TARGET_TMPDIR")).join("without-sizes.txt");
    let git = "100644 6c84fb90a2c5e4c1a5a7b6cb8e9dd4d3dd9e4c3a 0\tbig\n";
    std::fs::write(&listing, git).expect("the folder for tests can be written");
    let listing = listing.to_str().expect("a path in UTF-8");
    let check = |dockerfile, limit| {
        let options = ["analyze", "-", "--listing", listing, "--max-size", limit];
        let options = [&options, &ASSUME_100_MB[..]].concat();
        let run = layerwise_reading(&options, dockerfile);
        (run.status, run.errors)
    };
    assert_eq!(check(NOTHING_WRITTEN, "100MB"), (0, String::new()));
    let (status, errors) = check(NOTHING_WRITTEN, "99MB");
    assert_eq!(
        (status, errors.as_str()),
        (1, "layerwise: the image is likely 100 MB, above --max-size 99.0 MB\n"),
    );
    let (status, errors) = check(UNKNOWN_WRITTEN, "99MB");
    assert_eq!(
        (status, errors.as_str()),
        (1, "layerwise: the image is at least 100 MB, above --max-size 99.0 MB\n"),
    );
    assert_eq!(
        check(UNKNOWN_WRITTEN, "200MB"),
        (
            0,
            "layerwise: --max-size 200 MB is not decided: only that the image is at least 100 MB \
             is known; exit status 0\n"
                .to_owned(),
        ),
    );
    let run = layerwise_reading(&["analyze", "-", "--max-size=1GB"], NOTHING_WRITTEN);
    assert_eq!(
        (run.status, run.errors.as_str()),
        (
            0,
            "layerwise: --max-size 1.00 GB is not decided: nothing of the image's size is known; \
             exit status 0\n",
        ),
    );
}

#[test]
fn a_size_for_an_image_that_is_not_used_is_told() {
    let dockerfile = b"FROM node:22 AS build\nFROM registry.example/base:1\n\
        COPY --from=build /a /b\nCOPY --from=composer:2 /c /d\n";
    let note = |assumed: &str| {
        let run = layerwise_reading(&["analyze", "-", "--assume", assumed], dockerfile);
        assert_eq!(run.status, 0, "{assumed}");
        run.errors
    };
    for used in ["node:22", "docker.io/library/node:22", "composer:2", "registry.example/base:1"] {
        assert_eq!(note(&format!("image.{used}=1MB")), "", "{used} is used");
    }
    for (unused, hint) in [
        ("nod:22", "did you mean image.node:22?"),
        ("registry.example/base", "did you mean image.registry.example/base:1?"),
        ("composer", "did you mean image.composer:2?"),
        ("alpine:3.22", "it uses composer:2, node:22, registry.example/base:1"),
        ("build", "it uses composer:2, node:22, registry.example/base:1"),
    ] {
        assert_eq!(
            note(&format!("image.{unused}=1MB")),
            format!(
                "layerwise: --assume image.{unused} changes nothing, this build does not use that \
                 image; {hint}\n"
            ),
        );
    }
    let run = layerwise_reading(&["analyze", "-", "--assume", "image.a=1"], b"FROM scratch\n");
    assert!(run.errors.ends_with("; it uses no image\n"), "{}", run.errors);
}

#[test]
fn what_is_assumed_is_listed_and_typed_by_its_key() {
    let dockerfile = b"FROM scratch AS build\nRUN ./fetch --all\nCOPY src /src\n\
        FROM scratch\nCOPY --from=build / /\n";
    let listed = |options: &[&str]| {
        let run = layerwise_reading(&[&["analyze", "-"], options].concat(), dockerfile);
        assert_eq!(run.status, 0, "{options:?}");
        let (_, list) = run.output.split_once("--assume KEY=SIZE\n").expect("a list");
        let list = list.lines().map(str::trim).take_while(|line| !line.is_empty());
        let list = list.collect::<Vec<_>>().join("\n");
        (list, run.errors)
    };
    expect![[r#"
        line    2  'build:fetch --all'  1.00 MB (0 B to 50.0 MB, assumed)
        line    3  file.src/file.txt    150 kB (2.00 kB to 20.0 MB, assumed): 20 files below src, of a typical project"#]]
    .assert_eq(&listed(&[]).0);
    let typed = ["--assume", "build:fetch --all=20MB", "--assume", "file.src=3MB"];
    let (list, errors) = listed(&typed);
    expect![[r#"
        line    2  'build:fetch --all'  20.0 MB (exact), as you typed
        line    3  file.src/file.txt    3.00 MB (exact), as you typed: 20 files below src, of a typical project"#]]
    .assert_eq(&list);
    assert_eq!(errors, "", "every key is used");
}

#[test]
fn a_key_under_which_nothing_is_assumed_is_told() {
    let note = |dockerfile: &str, assumed: &str| {
        let run = layerwise_reading(&["analyze", "-", "--assume", assumed], dockerfile.as_bytes());
        assert_eq!(run.status, 0, "{assumed}");
        run.errors
    };
    let dockerfile = "FROM scratch\nRUN ./fetch\n";
    for (unused, hint) in [
        ("0:fetsh", "did you mean 0:fetch?"),
        ("build:/app/node_modules", "there are 0:fetch"),
        ("file.no-such-file", "there are 0:fetch"),
    ] {
        let told = "changes nothing, nothing is assumed under that key";
        assert_eq!(
            note(dockerfile, &format!("{unused}=1MB")),
            format!("layerwise: --assume {unused} {told}; {hint}\n"),
        );
    }
    let nothing = note("FROM scratch\n", "0:/a=1");
    assert!(nothing.ends_with("; nothing is assumed at all\n"), "{nothing}");
}

#[test]
fn a_pull_takes_as_long_as_the_bandwidth_says() {
    let pull = |bandwidth: &str| {
        let options = [&["analyze", "-", "--bandwidth", bandwidth], &ASSUME_100_MB[..]].concat();
        let run = layerwise_reading(&options, ONE_STAGE);
        let line = run.output.lines().find(|line| line.starts_with("Pull")).map(str::to_owned);
        line.expect("a line on the pull")
    };
    expect![[r#"
        Pull        33 s (25 s to 57 s) at 10 Mbit/s; 3.6 s (0.5 s to 21 s) where the base's layers are there
        Pull        0.3 s (0.2 s to 0.6 s) at 1000 Mbit/s; 0.1 s (0.1 s to 0.2 s) where the base's layers are there"#]].assert_eq(&[pull("10"), pull("1000")].join("\n"));
}

#[test]
fn a_file_that_stands_for_many_says_so() {
    let listed = |dockerfile: &[u8]| {
        let run = layerwise_reading(&["analyze", "-"], dockerfile);
        let lines = run.output.lines().filter(|line| line.contains("node_modules"));
        lines.map(|line| format!("{}\n", line.trim())).collect::<String>()
    };
    expect![[r#"
        line    2  file.node_modules/express/index.js  220 MB (2.87 MB to 600 MB, assumed): 23,000 files below node_modules/express, of a typical project
    "#]].assert_eq(&listed(b"FROM node:22\nCOPY . .\n"));
}
