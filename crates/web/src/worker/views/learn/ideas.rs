//! Three ideas that people get wrong, each as a drawing to explore: what the simulator says of the
//! learner's own text, or of a small sample where that has nothing to show.

mod crossing;
mod rebuild;
mod shapes;
mod stack;

use layerwise_analyzer::report::{Input, Report, analyze};
use layerwise_lessons::{Side, find, read_lesson};

use super::{PANEL, begin, set};
use crate::view::{Act, Node, OPEN_PANEL, Picture, Piece, View};
use crate::worker::views::nodes::{self, button, classed, element, text};
use crate::worker::views::{ViewWish, quiet, want};

/// Whose text is drawn: [`OWN`], [`SAMPLE`], or whichever has something to show.
const WHOSE: &str = "idea.text";
const OWN: &str = "own";
const SAMPLE: &str = "sample";

/// An idea.
struct Idea {
    /// What follows `learn.` in the panel's id, which links carry.
    id: &'static str,
    /// What it is called.
    title: &'static str,
    /// What people get wrong, and what is so.
    about: &'static str,
    /// What it is shown on where the learner's own text has nothing to show.
    sample: Sample,
    /// The lessons that it belongs to.
    lessons: &'static [&'static str],
    /// Draws it.
    tell: fn(&Facts<'_>, &mut Vec<String>) -> Told,
}

/// A small text that shows an idea.
enum Sample {
    /// That of a lesson.
    Lesson(&'static str, Side),
    /// A text of its own.
    Text(&'static str),
}

/// One stage takes all files, one builds them, and the last takes some of each: after an edit of a
/// source file the manifests are what they were.
const REBUILDS: &str = "FROM node:22 AS source
WORKDIR /src
COPY . .

FROM source AS build
RUN npm ci
RUN npm run build

FROM node:22-slim
WORKDIR /app
COPY --from=source /src/package.json /src/package-lock.json ./
RUN npm ci --omit=dev
COPY --from=build /src/dist ./dist
CMD [\"node\", \"dist/server.js\"]
";

const IDEAS: [Idea; 3] = [
    Idea {
        id: "layers",
        title: "Layers stack",
        about: "A layer is written once. What a later line removes or writes again is hidden, not \
                freed: it is stored and pulled all the same, and the total never falls.",
        sample: Sample::Lesson("a-later-rm-frees-nothing", Side::Start),
        lessons: &["where-gigabytes-come-from", "a-later-rm-frees-nothing"],
        tell: stack::tell,
    },
    Idea {
        id: "stages",
        title: "A stage is discarded",
        about: "Only one stage becomes the image. Of the others that alone crosses which a \
                `COPY --from` names; the rest stays behind, however large it is.",
        sample: Sample::Lesson("two-stages", Side::Solution),
        lessons: &["two-stages", "ten-megabytes-of-go"],
        tell: crossing::tell,
    },
    Idea {
        id: "cache",
        title: "The first changed line",
        about: "The first line that changed rebuilds everything after it in its stage. A \
                `COPY --from` goes by content instead: where the same bytes cross, it is kept.",
        sample: Sample::Text(REBUILDS),
        lessons: &["order-is-speed", "stages-in-parallel", "cache-mounts"],
        tell: rebuild::tell,
    },
];

/// What an idea is shown on.
#[derive(Clone, Copy)]
struct Facts<'of> {
    input: &'of Input,
    report: &'of Report,
    wish: &'of ViewWish,
}

impl<'of> Facts<'of> {
    /// What was chosen under a key.
    fn chosen(&self, key: &str) -> &'of str {
        self.wish.setting(key)
    }
}

/// An idea, shown.
struct Told {
    /// What the text lacks, as a sentence; `None` where there is something to see.
    lacks: Option<&'static str>,
    /// What is drawn, in sentences that change with each choice.
    summary: String,
    /// What can be chosen: each row with what it is about.
    choices: Vec<(&'static str, Vec<Piece>)>,
    /// The drawing.
    pictures: Vec<Picture>,
    /// The same for those who do not see it.
    table: View,
}

/// The panel with an idea open, where its id names one.
pub(super) fn lay_out(
    input: &Input,
    report: &Report,
    wish: &ViewWish,
    wanted: &mut Vec<String>,
) -> Option<Vec<Node>> {
    let id = wish.panel.strip_prefix(PANEL)?.strip_prefix('.')?;
    let idea = IDEAS.iter().find(|idea| idea.id == id)?;
    let has_own = !input.dockerfile.trim().is_empty();
    let own = has_own.then(|| (idea.tell)(&Facts { input, report, wish }, wanted));
    let lack = own.as_ref().and_then(|own| own.lacks);
    let is_own = match wish.setting(WHOSE) {
        OWN => has_own,
        SAMPLE => false,
        _ => has_own && lack.is_none(),
    };
    let mut nodes = vec![classed("div", "idea-ways", ways(idea))];
    nodes.push(element("h3", &[], vec![text(idea.title)]));
    nodes.push(element("p", &[], nodes::prose(idea.about)));
    let mut whose = Vec::new();
    if has_own {
        whose.push(Piece::choice("My text", is_own, WHOSE, OWN));
        whose.push(Piece::choice("A sample", !is_own, WHOSE, SAMPLE));
        nodes.push(choose("Shown on", &whose));
    }
    if let Some(lack) = lack {
        let more = if is_own { "" } else { " So this is a sample." };
        nodes.push(classed("p", "view-quiet", vec![text(&format!("{lack}{more}"))]));
    }
    match own.filter(|_| is_own) {
        Some(told) => nodes.extend(show(told)),
        None => nodes.extend(show_sample(idea, wish, wanted)?),
    }
    nodes.extend(lessons(idea));
    Some(nodes)
}

/// The way back, and to the other ideas.
fn ways(idea: &Idea) -> Vec<Node> {
    let one = |other: &Idea| {
        let panel = format!("{PANEL}.{}", other.id);
        Piece::choice(other.title, other.id == idea.id, OPEN_PANEL, &panel)
    };
    let back = button("button", set(OPEN_PANEL, PANEL), vec![text("Back to the lessons")]);
    vec![
        classed("p", "view-buttons", vec![back]),
        choose("Idea", &IDEAS.iter().map(one).collect::<Vec<_>>()),
    ]
}

/// Choices in a row, with what they are about.
fn choose(label: &str, choices: &[Piece]) -> Node {
    let of = vec![classed("span", "idea-label", vec![text(label)])];
    let buttons = nodes::make(&[View::Line(choices.to_vec())]);
    let row = [("class", "idea-choice"), ("role", "group"), ("aria-label", label)];
    element("div", &row, of.into_iter().chain(buttons).collect())
}

fn show(told: Told) -> Vec<Node> {
    let mut shown: Vec<Node> = Vec::new();
    let choices = told.choices.iter().filter(|(_, choices)| choices.len() > 1);
    shown.extend(choices.map(|(label, choices)| choose(label, choices)));
    let summary = [("role", "status"), ("class", "idea-summary")];
    shown.push(element("p", &summary, nodes::prose(&told.summary)));
    shown.extend(nodes::make(&[View::Pictures(told.pictures)]));
    let table = View::Details { summary: "The same as a table".into(), children: vec![told.table] };
    shown.extend(nodes::make(&[table]));
    shown
}

/// The idea on its sample. The learner's own stays in the editor.
fn show_sample(idea: &Idea, wish: &ViewWish, wanted: &mut Vec<String>) -> Option<Vec<Node>> {
    let input = match idea.sample {
        Sample::Lesson(id, side) => read_lesson(find(id)?.markdown).0.input(side)?,
        Sample::Text(dockerfile) => Input { dockerfile: dockerfile.into(), ..Input::default() },
    };
    let report = analyze(&input);
    want(&report, wanted);
    let mut nodes = show((idea.tell)(&Facts { input: &input, report: &report, wish }, wanted));
    let lines = input.dockerfile.lines().map(|line| (' ', line.to_owned())).collect();
    let children = vec![View::Diff(lines), quiet("Your own text stays as it is.")];
    nodes.extend(nodes::make(&[View::Details {
        summary: "The sample's Dockerfile".into(),
        children,
    }]));
    Some(nodes)
}

/// The lessons that an idea belongs to.
fn lessons(idea: &Idea) -> Option<Node> {
    let lessons = idea.lessons.iter().filter_map(|id| find(id)).map(|bundled| {
        let (lesson, _) = read_lesson(bundled.markdown);
        let act = match begin(bundled, &lesson) {
            Act::Begin { dockerfile, dockerignore, listing, mut settings } => {
                settings.push((OPEN_PANEL.to_owned(), PANEL.to_owned()));
                Act::Begin { dockerfile, dockerignore, listing, settings }
            }
            act => act,
        };
        button("button", act, vec![text(&lesson.title)])
    });
    let label = classed("span", "idea-label", vec![text("Lessons about it")]);
    Some(classed("p", "idea-choice idea-lessons", std::iter::once(label).chain(lessons).collect()))
}

/// Offers the ideas above the list of lessons.
pub(super) fn offer() -> Node {
    let label = classed("span", "view-quiet", vec![text("Three ideas on your own text:")]);
    let ideas = IDEAS.iter().map(open);
    classed("p", "view-line unframed", std::iter::once(label).chain(ideas).collect())
}

/// Offers the idea that a lesson is about; nothing where there is none.
pub(super) fn beside(lesson: &str) -> Option<Node> {
    let idea = IDEAS.iter().find(|idea| idea.lessons.contains(&lesson))?;
    let label = classed("span", "view-quiet", vec![text("As a drawing of your text:")]);
    Some(classed("p", "view-line unframed", vec![label, open(idea)]))
}

fn open(idea: &Idea) -> Node {
    button("button", set(OPEN_PANEL, &format!("{PANEL}.{}", idea.id)), vec![text(idea.title)])
}
