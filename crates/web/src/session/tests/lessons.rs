//! Lessons in links and files, and what stays of them whatever is opened.

use super::*;
use crate::state::LEARNED;

const LESSON_TEXT: &str =
    "# Short\nOne.\n\n```dockerfile start\nFROM node:22\n```\n\n## Goals\n- a `layers = 1`\n";

fn with(mut state: State, settings: &[(&str, &str)]) -> State {
    state.settings =
        settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
    state
}

#[test]
fn a_lesson_that_is_written_is_shared_alone_and_opens_as_a_learner_sees_it() {
    let writing = with(
        work("FROM solution\n"),
        &[(LESSON, "write-own"), (DRAFT, LESSON_TEXT), (OWN_LESSON, "x")],
    );
    let state = linked(&link(&writing)).expect("the link opens");
    assert_eq!((state.setting(LESSON), state.setting(OWN_LESSON)), (OWN, LESSON_TEXT));
    assert_eq!((state.input, state.panel.as_str()), (Input::default(), LEARN));
    assert!(link(&writing).len() < 120, "{} characters", link(&writing).len());
}

#[test]
fn an_open_lesson_is_shared_with_the_text_beside_it() {
    let own = [(LESSON, OWN), (OWN_LESSON, LESSON_TEXT)];
    for settings in [&own[..], &[(LESSON, "two-stages")]] {
        let mut state = with(work("FROM mine\n"), settings);
        state.panel = "layers".into();
        let opened = linked(&link(&state)).expect("the link opens");
        for (key, value) in settings {
            assert_eq!(opened.setting(key), *value);
        }
        assert_eq!(opened.input, state.input);
        assert_eq!(opened.panel, "layers", "what was looked at is looked at");
    }
}

#[test]
fn what_was_learned_and_written_outlives_a_link_that_opens_a_new_page() {
    let mine = [(LEARNED, " two-stages"), (DRAFT, "# Mine\n")];
    let last = stored(&with(work("FROM mine\n"), &mine));
    for fragment in ["lesson/cache-mounts", &link(&work("FROM other\n"))] {
        let opening = open(fragment, None, Some(&last));
        for (key, value) in mine {
            assert_eq!(opening.state.setting(key), value, "{fragment}");
        }
        assert_eq!(opening.previous.map(|it| it.input), Some(work("FROM mine\n").input));
    }
}

#[test]
fn a_lesson_in_a_file_opens_as_one_and_other_markdown_does_not() {
    let open = |name: &str, text: &str| open_file(name, text.to_owned(), EditorTab::Dockerfile);
    let Ok(OpenedFile::Page(opening)) = open("Short.MD", LESSON_TEXT) else {
        panic!("it is a lesson");
    };
    assert_eq!(opening.state.setting(OWN_LESSON), LESSON_TEXT);
    for (name, text) in [("README.md", "# Read me\n"), ("Dockerfile", LESSON_TEXT)] {
        assert!(matches!(open(name, text), Ok(OpenedFile::Dockerfile(_))), "{name}");
    }
}
