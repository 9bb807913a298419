//! What the list of an image's contents holds and sums up.

use std::fmt::Write;
use std::rc::Rc;

use expect_test::expect;

use super::MOST;
use crate::context::{ContextOrigin, KnownContext, read_listing};
use crate::report::{Input, Report, analyze, outline};

fn report(dockerfile: &str, listing: &str) -> Report {
    let (context, _) = read_listing(listing);
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    let context = Some(Rc::new(known));
    analyze(&Input { dockerfile: dockerfile.into(), context, ..Input::default() })
}

/// The contents as a table: path, what it is the rest of, likely bytes, category, line.
fn table(report: &Report) -> String {
    let mut table = String::new();
    for it in &report.contents {
        let likely = it.bytes.likely().map_or("?".into(), |bytes| bytes.0.to_string());
        let line = it.line.map_or("-".into(), |line| line.to_string());
        let id = it.category.id();
        let _ = writeln!(table, "{} +{} {likely} {id} line {line}", it.path, it.rest);
    }
    table
}

#[test]
fn what_a_container_sees_is_listed_and_what_is_hidden_is_not() {
    let dockerfile = "FROM scratch\nCOPY big.bin /old/\nCOPY src /app\nCOPY new.bin /old/big.bin\n\
                      COPY a.txt /\n";
    let listing =
        "5000 big.bin\n6000 new.bin\n700 src/lib/a.js\n300 src/lib/b.js\n90 src/c.js\n7 a.txt\n";
    expect![[r#"
        /old/big.bin +0 6000 code line 4
        /app/lib/a.js +0 700 code line 3
        /app/lib/b.js +0 300 code line 3
        /app/c.js +0 90 code line 3
        /a.txt +0 7 code line 5
    "#]]
    .assert_eq(&table(&report(dockerfile, listing)));
}

#[test]
fn a_base_is_one_path_under_its_reference() {
    let report = report("FROM alpine:3.22 AS base\nFROM base\nCOPY a /\n", "12 a\n");
    let (first, rest) = report.contents.split_first().expect("there are contents");
    assert_eq!((first.path.as_str(), first.line), ("alpine:3.22", Some(1)));
    assert_eq!(rest.len(), 1);
}

#[test]
fn very_many_files_are_summed_up_by_folder_without_losing_a_byte() {
    let mut listing = String::new();
    for file in 0..5_000 {
        let _ = writeln!(listing, "{} a{}/b{}/c{file}.js", 1_000 + file, file % 40, file % 7);
    }
    let report = report("FROM scratch\nCOPY . /app/\n", &listing);
    let count = report.contents.len();
    assert!((MOST / 2..=MOST).contains(&count), "{count} paths");
    let sum: u64 = report.contents.iter().filter_map(|it| it.bytes.likely()).map(|it| it.0).sum();
    let whole = report.image_bytes.likely().map(|bytes| bytes.0);
    assert_eq!(Some(sum), whole, "each byte once");
    let rests = report.contents.iter().filter(|it| it.rest > 0).count();
    assert!(rests > 0, "what has no room is summed up: {}", table(&report));
}

#[test]
fn files_of_a_typical_project_stand_for_their_folders() {
    let dockerfile = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n".into();
    let report = analyze(&Input { dockerfile, ..Input::default() });
    let paths: Vec<&str> = report.contents.iter().map(|it| it.path.as_str()).collect();
    assert!(paths.contains(&"/app/node_modules"), "{paths:?}");
    assert!(!paths.iter().any(|path| path.ends_with("index.js")), "{paths:?}");
}

#[test]
fn an_outline_holds_nothing() {
    let dockerfile = "FROM node:22\nRUN npm ci\n".into();
    assert_eq!(outline(&Input { dockerfile, ..Input::default() }).contents, []);
}
