//! Writing a lesson: what is said of it while it is written, and how a learner sees it.

use layerwise_analyzer::report::{Input, analyze};
use layerwise_lessons::find;

use super::{draw, state, text_of};
use crate::state::{DRAFT, LESSON, OWN, OWN_LESSON, State, WRITING};

fn shown(settings: &[(&str, &str)]) -> String {
    let input = Input { dockerfile: "FROM node:22\nCOPY . .\n".into(), ..Input::default() };
    let report = analyze(&input);
    let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    text_of(&draw("learn", State { settings: settings.collect(), ..state(input) }, report))
}

fn written(draft: &str) -> String {
    shown(&[(LESSON, WRITING), (DRAFT, draft)])
}

fn assert_says(shown: &str, wanted: &[&str]) {
    for told in wanted {
        assert!(shown.contains(told), "{told:?} is missing in {shown}");
    }
}

#[test]
fn a_lesson_of_ours_has_nothing_to_mend() {
    for id in ["two-stages", "order-is-speed"] {
        let shown = written(find(id).expect("it is in the list").markdown);
        assert_says(
            &shown,
            &["Nothing is wrong with it: 3 goals, 2 hints.", "Try it as a learner"],
        );
        assert_says(&shown, &["not reached: ", "reached: ", "Put the solution into the editor"]);
        assert_says(
            &shown,
            &["What a goal can demand", "cached \"RUN npm ci\" after a source file"],
        );
    }
}

#[test]
fn what_is_wrong_is_said_with_its_line() {
    let draft = "# A\n\nB [2 GB](<figure:start image>) <b>\n\n```dockerfile start\nFROM scratch\nRUM a\n```\n\n\
                 ## Goals\n- Small. `image < 5 MB`\n- Nice\n- One. `layers = 2`\n\n## Hint\n```dockerfile hint\nCOPY\n```\n\n\
                 ## Solution\n```dockerfile solution\nFROM scratch\nCOPY a /\n```\n";
    let shown = written(draft);
    assert_says(
        &shown,
        &[
            "things to mend",
            "line 3 : HTML is shown as the text that it is",
            "line 12 : the goal “Nice” should end in code",
            "the start does not build, line 2 of its Dockerfile",
            "hint 1 does not build, line 1 of its Dockerfile",
            "the goal “One.” is missed by the solution: 1, wanted 2",
        ],
    );
}

#[test]
fn numbers_that_are_not_the_analyzers_are_offered_anew() {
    let lesson = find("two-stages").expect("it is in the list").markdown;
    let draft = lesson.replace("GB](<figure:start", "TB](<figure:start");
    assert_says(
        &written(&draft),
        &["numbers that are not the analyzer’s", "Write the numbers anew"],
    );
    assert!(!written(lesson).contains("Write the numbers anew"));
}

#[test]
fn a_draft_is_gone_on_with_and_not_replaced_unasked() {
    let draft = [(DRAFT, "# Mine\n"), (OWN_LESSON, "# Theirs\n")];
    assert_says(&shown(&draft), &["Go on writing “Mine”", "Go on with “Theirs”"]);
    let copy = shown(&[&draft[..], &[(LESSON, "write-two-stages")]].concat());
    assert_says(&copy, &["Put in a copy of “Two stages”", "Undo in the field"]);
    assert_says(&shown(&[]), &["Write a lesson"]);
}

#[test]
fn a_lesson_from_a_link_says_so_and_is_done_by_what_it_says() {
    let lesson = "# Theirs\nOf one line.\n\n```dockerfile start\nFROM node:22\nRUN a\n```\n\n## Goals\n\
                  - One layer. `layers = 1`\n";
    let open = [(LESSON, OWN), (OWN_LESSON, lesson)];
    let met = shown(&open);
    assert_says(
        &met,
        &["A lesson from a link or a file", "1 of 1 goals reached", "Back to the lessons"],
    );
    assert_says(&met, &["1 thing is wrong with this lesson", "the lesson has no solution"]);
    assert!(!met.contains("Show the solution"), "there is none: {met}");
    let hash = lesson.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let done = format!("two-stages own-{hash:016x}");
    let done = [&open[..], &[("learn.done", done.as_str())]].concat();
    assert_says(&shown(&done), &["✓ done"]);
    let tried = [&open[..], &[(DRAFT, lesson)]].concat();
    assert_says(&shown(&tried), &["Back to writing"]);
}
