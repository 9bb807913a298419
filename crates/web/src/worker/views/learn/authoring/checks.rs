//! What is wrong with a lesson that is being written, and what one may write.

use layerwise_analyzer::report::cache::usual_edits;
use layerwise_analyzer::report::{Input, outline};
use layerwise_analyzer::rules::RULES;
use layerwise_lessons::{
    Checker, FORMS, Goal, Lesson, LessonError, MOST_BYTES, Side, with_figures,
};

use super::{mistakes, write};
use crate::format::count;
use crate::view::{Node, Piece, Tone, View};
use crate::worker::views::compare::diff;
use crate::worker::views::nodes::{button, classed, element, make, text};
use crate::worker::views::{line, quiet};

/// How a lesson is written.
const PARTS: &[(&str, &str)] = &[
    ("# Title", "What it is called; below it one line of what it is about, then prose."),
    ("```dockerfile start", "The Dockerfile to begin with, in a fence of these words."),
    ("```dockerignore start", "Its ignore file, where there is one."),
    (
        "```context",
        "The project’s files, a line each, such as `1200 src/index.js`. Else they are assumed.",
    ),
    ("## Goals", "A list of sentences, each with what can be checked at its end, as code."),
    ("## Hint", "Help, shown one at a time; perhaps with a fence of the words `dockerfile hint`."),
    (
        "## Solution",
        "With fences of the words `dockerfile solution`, perhaps `dockerignore solution`.",
    ),
    ("## What you saw", "What is said once all goals are reached."),
    ("[?](<figure:start image>)", "A number of the start; `solution` and `hint-1` have some, too."),
];

/// Everything that is wrong, and how the goals stand at both ends.
pub(super) fn lay_out(draft: &str, lesson: &Lesson, errors: &[LessonError]) -> Vec<Node> {
    let [start, solution] = [&lesson.start, &lesson.solution].map(|texts| &texts.dockerfile);
    let inputs = [Side::Start, Side::Solution].map(|side| lesson.input(side).unwrap_or_default());
    let ends = [start, solution].map(|text| !text.trim().is_empty());
    let both = [0, 1].map(|end| ends[end].then(|| Checker::new(&inputs[end])));
    let mut wrong: Vec<LessonError> = errors.to_vec();
    wrong.extend(refusals(lesson, &both));
    let rows: Vec<Vec<Piece>> =
        lesson.goals.iter().enumerate().map(|(at, goal)| row(at, goal, &both)).collect();
    wrong.extend(rows.iter().zip(&lesson.goals).flat_map(|(row, goal)| {
        let is_bad = |piece: &&Piece| piece.tone == Tone::Bad;
        row.iter().filter(is_bad).map(|piece| LessonError {
            line: 0,
            message: format!("the goal “{}” is {}", goal.sentence, piece.text),
        })
    }));
    let (told, class) = match wrong.len() {
        0 => {
            let goals = count(lesson.goals.len(), "goal", "goals");
            let hints = count(lesson.hints.len(), "hint", "hints");
            (format!("Nothing is wrong with it: {goals}, {hints}."), "view-good")
        }
        number => (format!("{} to mend", count(number, "thing", "things")), "view-warn"),
    };
    let mut all = vec![
        element("h4", &[], vec![text("How it stands")]),
        element("p", &[("role", "status"), ("class", class)], vec![text(&told)]),
    ];
    all.extend(mistakes(&wrong, true));
    if !rows.is_empty() {
        all.extend(make(&[View::Table {
            caption: "Goals at the start and with the solution".into(),
            head: ["Goal", "At the start", "With the solution"].map(String::from).into(),
            rows,
        }]));
    }
    if draft.len() <= MOST_BYTES {
        all.extend(figures(draft, lesson));
    }
    all
}

/// Why the builder refuses texts of a lesson.
fn refusals(lesson: &Lesson, both: &[Option<Checker<'_>>; 2]) -> Vec<LessonError> {
    let told = |of: &str, at: u32, why: &str| LessonError {
        line: 0,
        message: format!("{of} does not build, line {at} of its Dockerfile: {why}"),
    };
    let ends = both.iter().zip(["the start", "the solution"]);
    let mut all: Vec<LessonError> = ends
        .filter_map(|(checker, of)| Some((checker.as_ref()?, of)))
        .flat_map(|(checker, of)| checker.refusals().map(move |(at, why)| told(of, at, why)))
        .collect();
    for number in 1..=lesson.hints.len() {
        let input = lesson.input(Side::Hint(number));
        let errors = input.map(|input: Input| outline(&input).errors).unwrap_or_default();
        let of = format!("hint {number}");
        all.extend(errors.iter().map(|error| told(&of, error.position.line, &error.message)));
    }
    all
}

/// A goal, and how it stands. The first must be missed at the start: else there is nothing to do.
fn row(at: usize, goal: &Goal, both: &[Option<Checker<'_>>; 2]) -> Vec<Piece> {
    let check = |end: usize| both[end].as_ref().map(|checker| checker.check(&goal.predicate));
    let start = match check(0) {
        None => Piece::toned(Tone::Quiet, "–"),
        Some(it) if !it.is_met => Piece::toned(Tone::Good, format!("not reached: {}", it.now)),
        Some(it) if at == 0 => {
            let told = format!("reached at the start already: {}, wanted {}", it.now, it.wanted);
            Piece::toned(Tone::Bad, told)
        }
        Some(it) => Piece::toned(Tone::Quiet, format!("reached already: {}", it.now)),
    };
    let solution = match check(1) {
        None => Piece::toned(Tone::Quiet, "–"),
        Some(it) if it.is_met => Piece::toned(Tone::Good, format!("reached: {}", it.now)),
        Some(it) => {
            let told = format!("missed by the solution: {}, wanted {}", it.now, it.wanted);
            Piece::toned(Tone::Bad, told)
        }
    };
    vec![Piece::of(goal.sentence.replace('`', "")), start, solution]
}

/// Numbers in the prose that the analyzer gives otherwise.
fn figures(draft: &str, lesson: &Lesson) -> Vec<Node> {
    let written = with_figures(draft, lesson);
    if written == draft {
        return Vec::new();
    }
    let differ = draft.lines().zip(written.lines()).filter(|(own, new)| own != new).count();
    let told = match differ {
        1 => "A line has numbers that are not the analyzer’s.".to_owned(),
        _ => format!("{differ} lines have numbers that are not the analyzer’s."),
    };
    let mut all = make(&[View::Line(vec![Piece::toned(Tone::Warn, told)]), diff(draft, &written)]);
    let renew = button("button", write(written), vec![text("Write the numbers anew")]);
    all.push(classed("p", "view-buttons", vec![renew]));
    all
}

/// What one may write, each on demand.
pub(super) fn reference(lesson: &Lesson) -> Vec<Node> {
    let code = |code: &str| Piece::toned(Tone::Code, code);
    let table = |caption: &str, head: [&str; 2], rows: Vec<Vec<Piece>>| View::Table {
        caption: caption.into(),
        head: head.map(String::from).into(),
        rows,
    };
    let parts = PARTS.iter().map(|(part, says)| vec![code(part), Piece::of(*says)]).collect();
    let forms = FORMS.iter().map(|form| vec![code(form.example), Piece::of(form.says)]).collect();
    let input = lesson.input(Side::Start).unwrap_or_default();
    let usual = usual_edits(&input).into_iter().map(|edit| edit.title).collect();
    let rules = RULES.iter().map(|rule| vec![code(rule.id), Piece::of(rule.title)]).collect();
    let details = |summary: &str, children: Vec<View>| View::Details {
        summary: summary.to_owned(),
        children,
    };
    make(&[
        details(
            "What a lesson is made of",
            vec![table("Parts of a lesson", ["Part", "What it is"], parts)],
        ),
        details(
            "What a goal can demand",
            vec![table("Forms of goals", ["Goal", "When it is met"], forms)],
        ),
        details(
            "Edits that a goal can name",
            vec![
                line(
                    "One that the command line takes: `modify:`, `add:`, `remove:`, `touch:` or \
                      `chmod:` and a path, `arg:NAME=VALUE`, `base:IMAGE`. Or, for the start as it is:",
                ),
                View::List(usual),
            ],
        ),
        details(
            "Rules that a goal can name",
            vec![
                quiet("As in `no finding unused-stage`."),
                table("Rules", ["Id", "What it finds"], rules),
            ],
        ),
    ])
}
