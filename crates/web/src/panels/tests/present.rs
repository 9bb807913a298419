//! What a room sees, and what is printed for it.

use layerwise_analyzer::advice::{Which, fix_steps};
use layerwise_analyzer::report::{Input, analyze};

use super::{draw, state, text_of};
use crate::state::{Action, HERE, LESSON, PRESENTED, State};
use crate::view::Act;
use crate::worker::lay_out;

fn with(settings: &[(&str, &str)], input: Input) -> State {
    let set = |state: State, (key, value): &(&str, &str)| {
        state.apply(Action::Set { key: (*key).to_owned(), value: (*value).to_owned() })
    };
    settings.iter().fold(State { panel: "learn".into(), ..state(input) }, set)
}

fn shown(state: State) -> String {
    let report = analyze(&state.input);
    text_of(&draw("learn", state, report))
}

/// What the buttons of the view do, by their classes.
fn acts(state: &State) -> Vec<(String, Act)> {
    let wish = super::wanted_view(state).expect("the engine lays it out");
    let report = analyze(&state.input);
    let laid =
        lay_out(&state.input, &report, None, &wish, &mut Vec::new()).expect("it is laid out");
    let mut found = Vec::new();
    let mut left: Vec<&crate::view::Node> = laid.nodes.iter().collect();
    while let Some(node) = left.pop() {
        match node {
            crate::view::Node::Element { children, .. } => left.extend(children),
            crate::view::Node::Button { class, act, .. } => {
                found.push((class.clone(), act.clone()));
            }
            _ => {}
        }
    }
    found
}

/// Presses a button; an edit that would be typed is there at once.
fn press(state: State, name: &str) -> State {
    let acts = acts(&state);
    let (_, act) = acts.iter().find(|(class, _)| class.contains(name)).expect("it is there");
    let set = |value: &String| Action::Set { key: PRESENTED.into(), value: value.clone() };
    match act {
        Act::Step { dockerfile, dockerignore, step, .. } => state
            .apply(set(step))
            .apply(Action::EditDockerignore(dockerignore.clone()))
            .apply(Action::EditDockerfile(dockerfile.clone())),
        Act::Set { value, .. } => state.apply(set(value)),
        other => panic!("{name} does {other:?}"),
    }
}

fn lesson(id: &str) -> State {
    let lesson = layerwise_lessons::find(id).expect("it is in the list");
    let (lesson, _) = layerwise_lessons::read_lesson(lesson.markdown);
    let input = lesson.input(layerwise_lessons::Side::Start).expect("it has a start");
    with(&[(LESSON, id), (PRESENTED, HERE)], input)
}

#[test]
fn a_lesson_goes_from_its_start_over_the_hints_to_the_solution_and_back() {
    let mut state = lesson("order-is-speed");
    let mut seen = Vec::new();
    for _ in 0..4 {
        let text = shown(state.clone());
        seen.push(text.split("Esc: leave.").nth(1).unwrap_or_default().to_owned());
        state = press(state, "present-play");
    }
    assert!(seen[0].contains("Step 1 of 3: Order is speed, the start"), "{seen:?}");
    assert!(seen[1].contains("Step 2 of 3: hint 1"), "{seen:?}");
    assert!(seen[2].contains("Step 3 of 3: the solution"), "{seen:?}");
    assert_eq!(seen[2], seen[3], "there is nothing after it");
    assert!(state.input.dockerfile.contains("RUN npm ci\nCOPY . ."), "{:?}", state.input);
    let back = press(press(state, "present-previous"), "present-previous");
    assert_eq!(back.input.dockerfile, lesson("order-is-speed").input.dockerfile);
    assert!(!press(back, "present-leave").is_presented());
}

#[test]
fn the_room_sees_the_size_the_layers_and_what_a_usual_edit_rebuilds() {
    let start = shown(lesson("order-is-speed"));
    for told in ["GB", "When a source file", "3 of", "rebuilt", "RUN npm ci", "Layers of the image"]
    {
        assert!(start.contains(told), "{told:?} is missing in {start}");
    }
    let typed = press(lesson("two-stages"), "present-next");
    assert!(shown(typed).contains("When a source file"), "not what the typing itself rebuilds");
}

#[test]
fn an_ignore_file_that_a_step_does_not_name_stays() {
    let mut state = lesson("order-is-speed");
    let ignore = state.input.dockerignore.clone();
    assert!(ignore.is_some());
    state = press(press(state, "present-next"), "present-next");
    assert_eq!(state.input.dockerignore, ignore);
}

#[test]
fn ones_own_text_goes_from_the_version_before_over_its_safe_fixes() {
    const TEXT: &str = "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n";
    let before = Input { dockerfile: format!("{TEXT}RUN true\n"), ..Input::default() };
    let state = with(&[], before.clone()).opened();
    let state = state.apply(Action::EditDockerfile(TEXT.into()));
    let state = state.apply(Action::Set { key: PRESENTED.into(), value: HERE.into() });
    assert!(shown(state.clone()).contains("Step 2 of"), "{}", shown(state));
    assert_eq!(press(state.clone(), "present-previous").input.dockerfile, before.dockerfile);
    let fixed = press(state, "present-play");
    let text = shown(fixed.clone());
    assert!(text.contains("Step 3 of") && text.contains("fix 1"), "{text}");
    assert_ne!(fixed.input.dockerfile, TEXT);
    let back = press(press(fixed, "present-previous"), "present-previous");
    assert_eq!(back.input.dockerfile, before.dockerfile, "the steps stay what they were");
}

#[test]
fn a_text_without_a_safe_fix_goes_over_the_others_and_names_their_risks() {
    const TEXT: &str =
        "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm run build\nCMD [\"node\", \"a.js\"]\n";
    let input = Input {
        dockerfile: TEXT.into(),
        dockerignore: Some("node_modules\n.git\n".into()),
        ..Input::default()
    };
    let safe = fix_steps(&input, Which::Safe);
    assert!(safe.is_empty(), "it has a safe one: {safe:?}");
    let all = fix_steps(&input, Which::All);
    let (first, after) = all.first().expect("it has others");
    let next = press(with(&[(PRESENTED, HERE)], input), "present-next");
    assert_eq!(next.input.dockerfile, after.dockerfile);
    let text = shown(next);
    let risk = first.risks.first().expect("it is not safe");
    assert!(text.contains(&format!("Step 2 of {}: fix 1", all.len() + 1)), "{text}");
    assert!(text.contains("It may change what the image does: ") && text.contains(risk), "{text}");
}

#[test]
fn a_text_with_nothing_to_go_on_to_says_what_it_needs() {
    let bare = Input { dockerfile: "FROM scratch\n".into(), ..Input::default() };
    let state = with(&[(PRESENTED, HERE)], bare);
    let told = "this text has no fix and no version before it";
    assert!(shown(state.clone()).contains(told), "{}", shown(state));
    let empty = shown(with(&[(PRESENTED, HERE)], Input::default()));
    assert!(empty.contains("There is no text to present"), "{empty}");
}

#[test]
fn a_handout_has_boxes_and_room_for_notes_and_the_teachers_the_answers() {
    let handout = |kind: &str| {
        let mut state = lesson("order-is-speed")
            .apply(Action::Set { key: PRESENTED.into(), value: String::new() });
        state = state.apply(Action::Set { key: "learn.handout".into(), value: kind.into() });
        shown(state)
    };
    let own = handout("handout");
    for told in ["☐", "Notes", "The Dockerfile", "COPY . .", "Goals", "node_modules"] {
        assert!(own.contains(told), "{told:?} is missing in {own}");
    }
    assert!(!own.contains("Solution") && !own.contains("Hint 1"), "{own}");
    let teachers = handout("key");
    for told in ["Hint 1", "Hint 2", "Solution", "What you saw"] {
        assert!(teachers.contains(told), "{told:?} is missing in {teachers}");
    }
}
