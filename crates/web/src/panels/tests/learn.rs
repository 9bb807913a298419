//! The panel with the lessons.

use layerwise_analyzer::report::{Input, analyze};

use super::{draw, state, text_of};
use crate::state::{LEARNED, LESSON, State};

fn with(settings: &[(&str, &str)], input: Input) -> String {
    let report = analyze(&input);
    let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    draw("learn", State { settings: settings.collect(), ..state(input) }, report)
}

#[test]
fn the_list_names_ten_lessons_and_those_that_are_done() {
    let shown = text_of(&with(&[(LEARNED, " two-stages")], Input::default()));
    for told in ["Where do 1.4 GB come from?", "When to stop", "1 of 10 lessons are done", "✓ done"]
    {
        assert!(shown.contains(told), "{told:?} is missing in {shown}");
    }
}

#[test]
fn goals_tick_with_the_text_and_show_the_figure_now_and_the_one_wanted() {
    let lesson = layerwise_lessons::find("order-is-speed").expect("it is in the list");
    let (lesson, _) = layerwise_lessons::read_lesson(lesson.markdown);
    let side = |side| lesson.input(side).expect("it has both texts");
    let settings = [(LESSON, "order-is-speed")];
    let start = text_of(&with(&settings, side(layerwise_lessons::Side::Start)));
    for told in ["2 of 3 goals reached", "now rebuilt, wanted cached", "Show a hint"] {
        assert!(start.contains(told), "{told:?} is missing in {start}");
    }
    assert!(!start.contains("What you saw"), "not before it is done: {start}");
    let solved = text_of(&with(&settings, side(layerwise_lessons::Side::Solution)));
    for told in ["3 of 3 goals reached", "now cached, wanted cached", "What you saw", "Next: "] {
        assert!(solved.contains(told), "{told:?} is missing in {solved}");
    }
}

#[test]
fn hints_come_one_at_a_time_and_the_solution_as_a_difference() {
    let input = Input { dockerfile: "FROM node:22\nCOPY . .\n".into(), ..Input::default() };
    let lesson = (LESSON, "two-stages");
    let one = text_of(&with(&[lesson, ("learn.hints", "1")], input.clone()));
    assert!(one.contains("Hint 1") && !one.contains("Hint 2"), "{one}");
    assert!(one.contains("Show the next hint") && !one.contains("Put it into the editor"), "{one}");
    let all = text_of(&with(&[lesson, ("learn.hints", "99"), ("learn.solution", "shown")], input));
    assert!(all.contains("Hint 2") && !all.contains("next hint"), "{all}");
    assert!(all.contains("Put it into the editor") && all.contains("added:"), "{all}");
}

#[test]
fn a_lesson_that_is_none_is_said_to_be_none() {
    let shown = text_of(&with(&[(LESSON, "fly")], Input::default()));
    assert!(shown.contains("There is no lesson called “fly”."), "{shown}");
}
