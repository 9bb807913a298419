//! Lessons: what to read, what to reach, and how far the text in the editor is.

mod authoring;
mod ideas;
mod progress;
mod prose;

pub(super) use prose::draw as draw_prose;

use layerwise_analyzer::report::{Input, Report};
use layerwise_formats::secrets::leave_out;
use layerwise_lessons::{
    ALL, Bundled, Checked, Checker, Goal, Lesson, LessonError, Side, Texts, find, read_lesson,
};
use layerwise_share::{Shared, encode};

use super::ViewWish;
use super::nodes::{self, button, classed, element, text};
use crate::state::{LESSON, OWN, OWN_LESSON, WRITING};
use crate::view::{Act, Laid, Node};

/// The panel's id.
pub(super) const PANEL: &str = "learn";
/// How many hints were asked for.
const HINTS: &str = "learn.hints";
/// Whether the solution was asked for.
const SOLUTION: &str = "learn.solution";

/// An idea where the panel's id names one; else the list of lessons, or the one that is open. One
/// that a link opened begins at once, and one whose goals are all reached is done at once.
pub(super) fn lay_out(
    input: &Input,
    report: &Report,
    wish: &ViewWish,
    wanted: &mut Vec<String>,
) -> Laid {
    if let Some(nodes) = ideas::lay_out(input, report, wish, wanted) {
        return Laid { panel: wish.panel.clone(), nodes: nodes.into(), at_once: None };
    }
    let id = wish.setting(LESSON);
    let (nodes, at_once) = match &chosen(wish) {
        Some(bundled) => {
            let (lesson, errors) = read_lesson(bundled.markdown);
            // One without a text to begin with would begin for ever.
            let can_begin = !lesson.start.dockerfile.trim().is_empty();
            let checked = check(input, &lesson);
            let at_once = match input.dockerfile.trim().is_empty() && can_begin {
                true => Some(begin(bundled, &lesson)),
                false if are_reached(&checked) => progress::note_done(wish, bundled),
                false => None,
            };
            (open(input, wish, bundled, (&lesson, &errors), &checked), at_once)
        }
        None if id.is_empty() => (list(input, wish), None),
        None if id.starts_with(WRITING) => (authoring::lay_out(input, wish), None),
        None => {
            let told = format!("There is no lesson called “{id}”.");
            let told = classed("p", "view-warn", vec![text(&told)]);
            (std::iter::once(told).chain(list(input, wish)).collect(), None)
        }
    };
    Laid { panel: wish.panel.clone(), nodes: nodes.into(), at_once }
}

/// The lesson that is open: one of ours, or that of a link or a file.
fn chosen(wish: &ViewWish) -> Option<Bundled<'_>> {
    match wish.setting(LESSON) {
        OWN => Some(Bundled { id: OWN, markdown: wish.setting(OWN_LESSON) }),
        id => find(id).copied(),
    }
}

/// The lesson that is open.
pub(super) fn open_lesson(wish: &ViewWish) -> Option<Lesson> {
    chosen(wish).map(|bundled| read_lesson(bundled.markdown).0)
}

/// The fragment of a link to the lesson that is open, without what looks like a secret.
pub(super) fn fragment_of_lesson(wish: &ViewWish) -> Option<String> {
    let Bundled { id, markdown } = chosen(wish)?;
    Some(match id {
        OWN => {
            let mut shared = Shared { lesson: Some(markdown.to_owned()), ..Shared::default() };
            leave_out(&mut shared);
            encode(&shared)
        }
        id => format!("lesson/{id}"),
    })
}

/// The goals of a lesson, held against the text in the editor.
fn check<'lesson>(input: &Input, lesson: &'lesson Lesson) -> Vec<(&'lesson Goal, Checked)> {
    let checker = Checker::new(input);
    lesson.goals.iter().map(|goal| (goal, checker.check(&goal.predicate))).collect()
}

fn are_reached(checked: &[(&Goal, Checked)]) -> bool {
    !checked.is_empty() && checked.iter().all(|(_, checked)| checked.is_met)
}

fn list(input: &Input, wish: &ViewWish) -> Vec<Node> {
    let done = progress::count_done(wish);
    let told =
        format!("{done} of {} lessons are done. This is kept in this browser only.", ALL.len());
    let items = ALL.iter().map(|bundled| {
        let (lesson, _) = read_lesson(bundled.markdown);
        let mark = if progress::is_done(wish, bundled) { "✓ done" } else { "" };
        let title = vec![
            button("button", begin(bundled, &lesson), vec![text(&lesson.title)]),
            classed("span", "view-good", vec![text(mark)]),
        ];
        let about = classed("p", "view-quiet", vec![text(&lesson.about)]);
        element("li", &[], vec![classed("p", "view-line", title), about])
    });
    let mut all = vec![
        element(
            "p",
            &[],
            vec![
                text("Ten short lessons, each on a Dockerfile of its own."),
                classed(
                    "span",
                    "unframed",
                    vec![text(" Your own text is kept: “Back to my last work” brings it back.")],
                ),
            ],
        ),
        ideas::offer(),
        classed("ol", "learn-list", items.collect()),
        classed("p", "view-quiet unframed", vec![text(&told)]),
        classed("p", "view-buttons", vec![super::present::enter("Present my own text")]),
    ];
    all.push(classed("div", "learn-give unframed", authoring::ways(input, wish)));
    all.extend(progress::ways(wish));
    all
}

/// Puts a lesson's start into the editor.
fn begin(bundled: &Bundled, lesson: &Lesson) -> Act {
    begin_with(bundled, lesson, &[])
}

/// The same, with more that is remembered.
fn begin_with(bundled: &Bundled, lesson: &Lesson, more: &[(&str, &str)]) -> Act {
    let settings = [(LESSON, bundled.id), (HINTS, ""), (SOLUTION, "")];
    put(lesson, Side::Start, &[&settings, more].concat())
}

/// Puts a text of a lesson and its files into the place of what is there.
fn put(lesson: &Lesson, side: Side, settings: &[(&str, &str)]) -> Act {
    let Input { dockerfile, dockerignore, .. } = lesson.input(side).unwrap_or_default();
    let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned()));
    Act::Begin {
        dockerfile,
        dockerignore,
        listing: lesson.listing.clone().unwrap_or_default(),
        settings: settings.collect(),
    }
}

fn set(key: &str, value: &str) -> Act {
    Act::Set { key: key.into(), value: value.into() }
}

fn open(
    input: &Input,
    wish: &ViewWish,
    bundled: &Bundled,
    (lesson, errors): (&Lesson, &[LessonError]),
    checked: &[(&Goal, Checked)],
) -> Vec<Node> {
    let at = ALL.iter().position(|other| other.id == bundled.id);
    let number = match at {
        Some(at) => format!("Lesson {} of {}", at + 1, ALL.len()),
        None => "A lesson from a link or a file, none of Layerwise’s own".to_owned(),
    };
    let mark = if progress::is_done(wish, bundled) { "✓ done" } else { "" };
    let mut all = vec![
        classed(
            "p",
            "view-line",
            vec![
                button("button", set(LESSON, ""), vec![text("All lessons")]),
                classed("span", "view-quiet", vec![text(&number)]),
                classed("span", "view-good", vec![text(mark)]),
            ],
        ),
        authoring::told_to_learner(errors),
        element("h3", &[], vec![text(&lesson.title)]),
        classed("p", "view-quiet", vec![text(&lesson.about)]),
        classed("div", "learn-prose", prose::draw(&lesson.prose)),
        goals(checked),
    ];
    all.extend(ideas::beside(bundled.id));
    if are_reached(checked) {
        all.push(reached(lesson, at));
    }
    all.extend(help(input, wish, lesson));
    let reset = button("button", begin(bundled, lesson), vec![text("Start over")]);
    let mut ways = vec![reset, super::present::enter("Present")];
    ways.extend(super::handout::enter());
    ways.push(authoring::edit(wish, bundled));
    all.push(classed("p", "view-buttons", ways));
    all
}

/// The goals, each with the figure now and the figure wanted.
fn goals(checked: &[(&Goal, Checked)]) -> Node {
    let met = checked.iter().filter(|(_, checked)| checked.is_met).count();
    let items = checked.iter().map(|(goal, checked)| {
        let (sign, word, class) = match checked.is_met {
            true => ("✓", "reached: ", "learn-goal learn-goal--met"),
            false => ("○", "not yet: ", "learn-goal"),
        };
        let figures = format!("now {}, wanted {}", checked.now, checked.wanted);
        classed(
            "li",
            class,
            vec![
                element(
                    "span",
                    &[("class", "learn-sign"), ("aria-hidden", "true")],
                    vec![text(sign)],
                ),
                classed("span", "visually-hidden", vec![text(word)]),
                classed("span", "learn-sentence", vec![text(&goal.sentence)]),
                classed("span", "view-quiet", vec![text(&figures)]),
            ],
        )
    });
    let told = format!("{met} of {} goals reached", checked.len());
    let heading = element("h4", &[], vec![text("Goals")]);
    let status = element("p", &[("role", "status"), ("class", "view-quiet")], vec![text(&told)]);
    let list = classed("ul", "learn-goals", items.collect());
    classed("section", "view-section", vec![heading, status, list])
}

/// What is said once all goals are reached, and the way on.
fn reached(lesson: &Lesson, at: Option<usize>) -> Node {
    let mut children = vec![element("h4", &[], vec![text("What you saw")])];
    children.extend(prose::draw(&lesson.seen));
    let next = at.and_then(|at| ALL.get(at + 1)).map(|next| (next, read_lesson(next.markdown).0));
    let (act, told) = match &next {
        Some((next, lesson)) => (begin(next, lesson), format!("Next: {}", lesson.title)),
        None => (set(LESSON, ""), "Back to the lessons".to_owned()),
    };
    let way = button("button button--primary", act, vec![text(&told)]);
    children.push(classed("p", "view-buttons", vec![way]));
    classed("div", "view-card view-good", children)
}

/// Hints one at a time, then the solution.
fn help(input: &Input, wish: &ViewWish, lesson: &Lesson) -> Vec<Node> {
    let shown = wish.setting(HINTS).parse::<usize>().unwrap_or_default().min(lesson.hints.len());
    let mut all: Vec<Node> = lesson
        .hints
        .iter()
        .take(shown)
        .enumerate()
        .map(|(at, hint)| {
            let mut children = vec![element("h4", &[], vec![text(&format!("Hint {}", at + 1))])];
            children.extend(prose::draw(&hint.prose));
            if let Some(texts) = &hint.texts {
                children.extend(difference(input, texts, "The hint’s text beside yours:"));
            }
            classed("div", "view-card", children)
        })
        .collect();
    let more = set(HINTS, &(shown + 1).to_string());
    let mut buttons = Vec::new();
    if shown < lesson.hints.len() {
        let told = if shown == 0 { "Show a hint" } else { "Show the next hint" };
        buttons.push(button("button", more, vec![text(told)]));
    }
    if lesson.solution.dockerfile.trim().is_empty() {
        // There is none.
    } else if wish.setting(SOLUTION).is_empty() {
        buttons.push(button("button", set(SOLUTION, "shown"), vec![text("Show the solution")]));
    } else {
        all.push(solution(input, lesson));
    }
    all.push(classed("p", "view-buttons", buttons));
    all
}

fn solution(input: &Input, lesson: &Lesson) -> Node {
    let Texts { dockerfile, dockerignore } = lesson.solution.clone();
    let mut children = vec![element("h4", &[], vec![text("Solution")])];
    children.extend(difference(input, &lesson.solution, "The solution beside your text:"));
    if let Some(ignore) = &dockerignore {
        let own = input.dockerignore.as_deref().unwrap_or_default();
        if own != ignore {
            children.push(element("p", &[], vec![text("And the ignore file:")]));
            children.extend(nodes::make(&[super::compare::diff(own, ignore)]));
        }
    }
    let act = Act::Replace { dockerfile, dockerignore, edit: None };
    let put = button("button", act, vec![text("Put it into the editor")]);
    children.push(classed("p", "view-buttons", vec![put]));
    classed("div", "view-card", children)
}

fn difference(input: &Input, texts: &Texts, told: &str) -> Vec<Node> {
    let told = classed("p", "view-quiet", vec![text(told)]);
    let lines = super::compare::diff(&input.dockerfile, &texts.dockerfile);
    std::iter::once(told).chain(nodes::make(&[lines])).collect()
}

#[cfg(test)]
mod tests;
