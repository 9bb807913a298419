//! The lessons: each can be done, none is done from the start, and its numbers are the analyzer's.

use std::collections::BTreeSet;
use std::path::PathBuf;

use layerwise_analyzer::report::{analyze, outline};
use layerwise_lessons::{ALL, Block, Checker, Lesson, Side, read_lesson, with_figures};

fn folder() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../lessons"))
}

/// Every lesson, read.
fn lessons() -> Vec<(&'static str, Lesson)> {
    ALL.iter()
        .map(|bundled| {
            let (lesson, errors) = read_lesson(bundled.markdown);
            assert_eq!(errors, [], "lessons/{}.md", bundled.id);
            (bundled.id, lesson)
        })
        .collect()
}

#[test]
fn every_file_is_listed() {
    let files: BTreeSet<String> = std::fs::read_dir(folder())
        .expect("lessons/ exists")
        .map(|file| file.expect("readable").file_name().to_string_lossy().into_owned())
        .filter_map(|name| name.strip_suffix(".md").map(str::to_owned))
        .collect();
    let listed: BTreeSet<String> = ALL.iter().map(|one| one.id.to_owned()).collect();
    assert_eq!(files, listed, "a file is missing in ALL, or an id is not its file's name");
    assert_eq!(listed.len(), ALL.len(), "two lessons have one id");
}

#[test]
fn the_start_fails_the_first_goal_and_the_solution_meets_all() {
    let mut complaints = Vec::new();
    for (id, lesson) in lessons() {
        for side in [Side::Start, Side::Solution] {
            let input = lesson.input(side).expect("a start and a solution have texts");
            let report = analyze(&input);
            assert_eq!(report.errors, [], "{side:?} of lessons/{id}.md is refused");
            let checker = Checker::new(&input);
            for (number, goal) in lesson.goals.iter().enumerate() {
                let checked = checker.check(&goal.predicate);
                let is_wrong = match side {
                    Side::Start => number == 0 && checked.is_met,
                    _ => !checked.is_met,
                };
                if is_wrong {
                    let (sentence, now) = (&goal.sentence, &checked.now);
                    let wanted = &checked.wanted;
                    complaints.push(format!(
                        "lessons/{id}.md, {side:?}: “{sentence}” is {now}, wanted {wanted}"
                    ));
                }
            }
        }
    }
    assert!(complaints.is_empty(), "{}", complaints.join("\n"));
}

#[test]
fn every_hint_can_be_built_as_it_stands() {
    for (id, lesson) in lessons() {
        assert!(!lesson.hints.is_empty(), "lessons/{id}.md has no hint");
        for number in 1..=lesson.hints.len() {
            if let Some(input) = lesson.input(Side::Hint(number)) {
                assert_eq!(outline(&input).errors, [], "hint {number} of lessons/{id}.md");
            }
        }
    }
}

#[test]
fn every_lesson_says_what_is_to_be_seen_and_shows_no_code_without_a_purpose() {
    for (id, lesson) in lessons() {
        assert!(!lesson.prose.is_empty() && !lesson.seen.is_empty(), "lessons/{id}.md is bare");
        let blocks = lesson.prose.iter().chain(&lesson.seen);
        let stray = blocks.filter(|block| matches!(block, Block::Code { .. })).count();
        assert_eq!(stray, 0, "lessons/{id}.md: a fence that is neither start, hint nor solution");
    }
}

/// A lesson with `?` for each of its numbers.
fn without_numbers(markdown: &str) -> String {
    let mut parts: Vec<&str> = markdown.split("](<figure:").collect();
    let last = parts.pop().unwrap_or_default();
    let before = parts.iter().map(|part| {
        let (prose, _) = part.rsplit_once('[').expect("the words of a figure begin with `[`");
        format!("{prose}[?](<figure:")
    });
    before.chain([last.to_owned()]).collect()
}

/// Numbers in the prose are those of the analyzer; `UPDATE=1` writes them anew.
#[test]
fn every_number_is_the_analyzers() {
    let mut complaints = Vec::new();
    for (id, lesson) in lessons() {
        let path = folder().join(format!("{id}.md"));
        let markdown = std::fs::read_to_string(&path).expect("readable");
        // From none: a number that nothing gives would else stay as somebody wrote it.
        let written = with_figures(&without_numbers(&markdown), &lesson);
        let unknown = written.matches("[?](<figure:").count();
        assert_eq!(unknown, 0, "lessons/{id}.md has a figure that has no number");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, &written).expect("writable");
        } else if written != markdown {
            let pairs = markdown.lines().zip(written.lines()).filter(|(old, new)| old != new);
            complaints.extend(pairs.map(|(old, new)| format!("lessons/{id}.md\n-{old}\n+{new}")));
        }
    }
    assert!(complaints.is_empty(), "run with UPDATE=1\n{}", complaints.join("\n"));
}
