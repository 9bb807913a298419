//! A lesson on paper: what to read, the Dockerfile, goals with boxes to tick and room for notes; for
//! the teacher with the hints, the solution and what is to be seen.

use layerwise_lessons::{Lesson, Texts};

use super::ViewWish;
use super::learn::{self, draw_prose};
use super::nodes::{self, button, classed, element, text};
use crate::view::{Act, Node};

/// Which handout is shown: [`PLAIN`] or [`KEY`]; empty for none.
const HANDOUT: &str = "learn.handout";
/// The learner's.
const PLAIN: &str = "handout";
/// The teacher's.
const KEY: &str = "key";
/// Lines for notes.
const NOTES: usize = 6;

/// The buttons that show one.
pub(super) fn enter() -> [Node; 2] {
    [
        button("button", set(PLAIN), vec![text("Print handout")]),
        button("button", set(KEY), vec![text("With answer key")]),
    ]
}

/// The handout of the open lesson as it will be printed, with the buttons that stay on the screen;
/// `None` while none is wanted.
pub(super) fn lay_out(wish: &ViewWish) -> Option<Vec<Node>> {
    let kind = Some(wish.setting(HANDOUT)).filter(|kind| !kind.is_empty())?;
    let lesson = learn::open_lesson(wish)?;
    let has_key = kind == KEY;
    let (other, told) = match has_key {
        true => (PLAIN, "Without answer key"),
        false => (KEY, "With answer key"),
    };
    let buttons = vec![
        // `static/present.js` has the page printed; there is nothing to remember of it.
        button("button button--primary print-page", set(kind), vec![text("Print")]),
        button("button", set(other), vec![text(told)]),
        button("button", set(""), vec![text("Back to the lesson")]),
    ];
    let mut all = vec![
        element("h3", &[], vec![text(&lesson.title)]),
        classed("p", "handout-about", vec![text(&lesson.about)]),
    ];
    all.extend(draw_prose(&lesson.prose));
    all.extend(texts("The Dockerfile", &lesson.start));
    if let Some(listing) = &lesson.listing {
        all.push(heading("The files, with their sizes in bytes"));
        all.push(code(listing));
    }
    all.extend(goals(&lesson));
    match has_key {
        true => all.extend(key(&lesson)),
        false => {
            all.push(heading("Notes"));
            let line = |_| classed("div", "handout-line", Vec::new());
            let lines = (0..NOTES).map(line).collect();
            all.push(element("div", &[("class", "handout-notes"), ("aria-hidden", "true")], lines));
        }
    }
    Some(vec![
        classed("p", "view-buttons", buttons),
        classed("article", "handout learn-prose", all),
    ])
}

fn set(kind: &str) -> Act {
    Act::Set { key: HANDOUT.into(), value: kind.into() }
}

fn heading(told: &str) -> Node {
    element("h4", &[], vec![text(told)])
}

/// Code in full: nothing of it may be cut on paper.
fn code(lines: &str) -> Node {
    classed("pre", "handout-code", vec![text(lines)])
}

fn texts(title: &str, texts: &Texts) -> Vec<Node> {
    let mut all = vec![heading(title), code(&texts.dockerfile)];
    if let Some(ignore) = &texts.dockerignore {
        all.extend([heading("The ignore file"), code(ignore)]);
    }
    all
}

fn goals(lesson: &Lesson) -> [Node; 2] {
    let item = |sentence: &str| {
        let sign = element("span", &[("aria-hidden", "true")], vec![text("☐ ")]);
        let told: Vec<Node> = std::iter::once(sign).chain(nodes::prose(sentence)).collect();
        element("li", &[], told)
    };
    let items = lesson.goals.iter().map(|goal| item(&goal.sentence)).collect();
    [heading("Goals"), classed("ul", "handout-goals", items)]
}

fn key(lesson: &Lesson) -> Vec<Node> {
    let mut all = Vec::new();
    for (at, hint) in lesson.hints.iter().enumerate() {
        all.push(heading(&format!("Hint {}", at + 1)));
        all.extend(draw_prose(&hint.prose));
    }
    all.extend(texts("Solution", &lesson.solution));
    all.push(heading("What you saw"));
    all.extend(draw_prose(&lesson.seen));
    all
}
