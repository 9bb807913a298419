//! The examples of the menu: each is accepted, weighs what the menu says, and leaves no heavy advice.

use std::collections::BTreeSet;

use layerwise_analyzer::advice::advise;
use layerwise_analyzer::context::is_manifest;
use layerwise_analyzer::report::{Report, analyze};
use layerwise_analyzer::size::Bytes;
use layerwise_tests::examples::{BUNDLE, Example, read_examples, write_bundle};
use layerwise_tests::folder;

/// An example weighs its target up to so many percent.
const MOST_OFF: u64 = 5;
/// A fix that takes off more bytes than this would belong into a cured example.
const MOST_LEFT: u64 = 5_000_000;

fn likely(report: &Report, example: &Example) -> u64 {
    let likely = report.image_bytes.likely();
    likely.unwrap_or_else(|| panic!("what {} weighs is not known", example.id)).0
}

/// `about 130 MB`: two digits, rounded.
fn about(bytes: u64) -> String {
    let unit = if bytes < 1_000_000_000 { (1_000_000, "MB") } else { (1_000_000_000, "GB") };
    let tenths = (bytes + unit.0 / 20) / (unit.0 / 10);
    let step = match tenths {
        0..100 => 1,
        100..1_000 => 10,
        _ => 100,
    };
    let tenths = (tenths + step / 2) / step * step;
    match tenths % 10 {
        0 => format!("about {} {}", tenths / 10, unit.1),
        fraction => format!("about {}.{fraction} {}", tenths / 10, unit.1),
    }
}

/// The bytes of `about 130 MB`.
fn bytes_of(target: &str) -> u64 {
    let number = target.trim_start_matches("about ");
    let (number, unit) = number.split_once(' ').expect("a number and a unit");
    let number: f64 = number.parse().expect("a number");
    let unit = if unit == "GB" { 1e9 } else { 1e6 };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is small")]
    let bytes = (number * unit).round() as u64;
    bytes
}

#[test]
fn every_file_is_in_the_menu() {
    let files = std::fs::read_dir(folder("../examples")).expect("examples/ exists");
    let files: BTreeSet<String> = files
        .map(|file| file.expect("readable").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .collect();
    let all = read_examples();
    let listed: BTreeSet<String> = all.iter().map(|it| it.id.clone()).collect();
    assert_eq!(files, listed, "a file of examples/ is missing in menu.txt");
    assert_eq!(listed.len(), all.len(), "two lines of menu.txt are one");
}

#[test]
fn texts_are_those_of_the_menu() {
    for example in read_examples() {
        let Example { id, title, story, dockerfile, dockerignore, .. } = &example;
        assert!(title.len() <= 34, "{id}: the menu is narrow");
        assert!(story.len() <= 100 && story.ends_with('.'), "{id}: a story is one short sentence");
        assert!(dockerfile.starts_with('#'), "{id}: a comment says what it shows");
        assert!(dockerignore.is_some() || id == "node-naive", "{id}: what does it leave out?");
    }
}

#[test]
fn every_example_has_files_and_is_accepted() {
    for example in read_examples() {
        let (id, input) = (&example.id, example.input());
        let known = input.context.as_ref().expect("an example has files");
        assert!(known.context.files.len() >= 8, "{id} has too few files");
        for (path, text) in &example.manifests {
            let listed = known.context.files.get(path).and_then(|file| file.bytes);
            assert!(is_manifest(path), "{id}: {path} is none");
            assert_eq!(listed, Some(text.len() as u64), "{id}: bytes of {path} in its listing");
        }
        let report = analyze(&input);
        assert_eq!(report.errors, [], "{id} is refused");
        assert!(report.wanted_tables.is_empty(), "{id} wants {:?}", report.wanted_tables);
    }
}

/// Writes the target of an example into its file.
fn write_target(example: &mut Example, likely: u64) {
    let path = folder("../examples").join(format!("{}.md", example.id));
    let markdown = std::fs::read_to_string(&path).expect("readable");
    let old = std::mem::replace(&mut example.target, about(likely));
    let lines = [old, example.target.clone()].map(|target| format!("Target: {target}\n"));
    std::fs::write(&path, markdown.replacen(&lines[0], &lines[1], 1)).expect("writable");
}

/// `UPDATE=1` writes the targets and the file that the page loads anew.
#[test]
fn every_example_weighs_what_the_menu_says_and_the_page_loads_it() {
    let mut complaints = Vec::new();
    let mut all = read_examples();
    for example in &mut all {
        let likely = likely(&analyze(&example.input()), example);
        if std::env::var_os("UPDATE").is_some() {
            write_target(example, likely);
        }
        let target = bytes_of(&example.target);
        if likely.abs_diff(target) * 100 > target * MOST_OFF {
            let (id, is) = (&example.id, Bytes(likely));
            complaints.push(format!("{id} weighs {is}, and its target is {}", example.target));
        }
    }
    assert!(complaints.is_empty(), "mend them, or run with UPDATE=1\n{}", complaints.join("\n"));
    let (path, written) = (folder("../examples").join(BUNDLE), write_bundle(&all));
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &written).expect("writable");
    }
    let there = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(there == written, "examples/{BUNDLE} is older than its sources: run with UPDATE=1");
}

#[test]
fn every_step_of_a_cure_weighs_less_than_the_one_before() {
    let all = read_examples();
    let mut steps = 0;
    for example in &all {
        let Some(before) = example.after.as_ref().and_then(|id| all.iter().find(|it| it.id == *id))
        else {
            continue;
        };
        let [old, new] = [before, example].map(|it| likely(&analyze(&it.input()), it));
        assert!(new < old, "{} weighs {}, and before {}", example.id, Bytes(new), Bytes(old));
        assert_ne!(before.target, example.target, "the menu tells {} from it", example.id);
        steps += 1;
    }
    assert!(steps >= 5, "a cure in {steps} steps");
}

/// What rules still say of what no further step mends. Versions of packages stay open, since a
/// distribution takes older ones out of its archive and a pinned one fails the build; that an image
/// is near its usual size is no reproach.
#[test]
fn a_cured_example_has_no_heavy_advice_left() {
    let all = read_examples();
    let is_step = |example: &&Example| all.iter().any(|it| it.after.as_ref() == Some(&example.id));
    let mut told = String::new();
    for example in all.iter().filter(|it| !is_step(it)) {
        for finding in advise(&example.input()).findings {
            let saving = finding.saving.as_ref().and_then(|it| it.likely()).unwrap_or(Bytes(0));
            let (id, rule, line) = (&example.id, &finding.rule, finding.line);
            assert!(saving.0 <= MOST_LEFT, "{id}:{line} {rule} would save {saving}: mend it");
            told.push_str(&format!("{id}:{line} {rule} {saving}\n"));
        }
    }
    expect_test::expect![[r#"
        node-multi-stage:6 near-usual-size 0 B
        go-scratch:5 unpinned-packages 0 B
        python-wheels:8 unpinned-packages 0 B
        python-wheels:19 unpinned-packages 0 B
        java-spring-boot:15 near-usual-size 0 B
        php-fpm:14 unpinned-packages 0 B
        static-nginx:11 near-usual-size 0 B
    "#]]
    .assert_eq(&told);
}
