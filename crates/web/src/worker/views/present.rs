//! What a room sees on a projector: the size, the stages, the layers and the cache in large type, and
//! buttons that go from step to step. The texts stand beside it in the editors, which type an edit.
//!
//! It takes the place of the panel with the lessons while something is presented; `static/present.css`
//! hides the rest of the page, and `static/present.js` presses the buttons where a key is pressed.

mod shown;
mod steps;

use layerwise_analyzer::report::{Input, Report};

use super::ViewWish;
use super::learn::draw_prose;
use super::nodes::{button, classed, element, text};
use crate::state::{HERE, PRESENTED};
use crate::view::{Act, KEY, Node};
use crate::worker::CacheAnswer;
use steps::{Step, Steps};

/// Whether something is presented.
pub(super) fn is_on(wish: &ViewWish) -> bool {
    !wish.setting(PRESENTED).is_empty()
}

/// The button that begins it with the text that is there.
pub(super) fn enter(told: &str) -> Node {
    button("button present-enter", set(HERE), vec![text(told)])
}

/// What the room sees.
pub(super) fn lay_out(
    input: &Input,
    report: &Report,
    cache: Option<&CacheAnswer>,
    wish: &ViewWish,
) -> Vec<Node> {
    if input.dockerfile.trim().is_empty() {
        let told = "There is no text to present. Paste one, or open a lesson or an example.";
        let leave = button("button present-leave", set(""), vec![text("Leave")]);
        return vec![element("p", &[], vec![text(told)]), leave];
    }
    let steps = Steps::of(input, wish);
    let mut all = vec![bar(&steps, input)];
    if let Some(step) = steps.all.get(steps.at) {
        all.push(part("present-told", draw_prose(&step.told)));
    }
    all.extend(shown::draw(report, cache));
    vec![classed("div", "present", all)]
}

/// The buttons, and where in the steps one is. All are always there, so that one that was pressed keeps
/// the focus.
fn bar(steps: &Steps, input: &Input) -> Node {
    let own = |of: Option<usize>, is_typed: bool| {
        let found = of.and_then(|at| Some((at, steps.all.get(at)?)));
        match found {
            Some((at, step)) => (go(steps.written(at), step, input, is_typed), ""),
            None => (set(&steps.written(steps.at)), " present-off"),
        }
    };
    let one = |name: &str, told: &str, (act, off): (Act, &str)| {
        button(&format!("button present-{name}{off}"), act, vec![text(told)])
    };
    let next = Some(steps.at + 1);
    let name = steps.all.get(steps.at).map_or("", |step| step.name.as_str());
    let place = format!("Step {} of {}: {name}", steps.at + 1, steps.all.len());
    let keys = "→ or Page Down: next. ←: back. P or Space: type the next edit. Esc: leave.";
    let mut all = vec![
        one("previous", "Back", own(steps.at.checked_sub(1), false)),
        one("play", "Type the next edit", own(next, true)),
        one("next", "Next", own(next, false)),
        one("leave", "Leave", (set(""), "")),
        classed("p", "present-keys view-quiet", vec![text(keys)]),
        element("p", &[("role", "status"), ("class", "present-place")], vec![text(&place)]),
    ];
    if steps.all.len() < 2 {
        let told = "There is nothing to go on to: this text has no fix and no version before it. \
                    Edit it by hand, or open a lesson.";
        all.push(classed("p", "present-keys", vec![text(told)]));
    }
    let bar = "present-bar";
    let group = [(KEY, bar), ("class", bar), ("role", "group"), ("aria-label", "Steps")];
    element("div", &group, all)
}

/// A part of what the room sees, known by its class: where another one comes or goes, it stays, and so
/// does the focus in it.
fn part(class: &str, children: Vec<Node>) -> Node {
    element("div", &[(KEY, class), ("class", class)], children)
}

fn go(written: String, step: &Step, input: &Input, is_typed: bool) -> Act {
    let is_ignoring =
        step.dockerfile == input.dockerfile && step.dockerignore != input.dockerignore;
    Act::Step {
        dockerfile: step.dockerfile.clone(),
        dockerignore: step.dockerignore.clone(),
        tab: if is_ignoring { "dockerignore" } else { "dockerfile" }.to_owned(),
        step: written,
        is_typed,
    }
}

fn set(step: &str) -> Act {
    Act::Set { key: PRESENTED.into(), value: step.into() }
}
