//! Writing a lesson: its Markdown in a field, what is wrong with it, and ways to give it to others.

mod checks;

use layerwise_analyzer::report::Input;
use layerwise_lessons::{
    Bundled, Lesson, LessonError, MOST_BYTES, Side, Texts, begin_draft, file_name, find,
    read_lesson, with_texts,
};
use layerwise_share::{Shared, encode};

use super::{begin_with, put, set};
use crate::format::count;
use crate::state::shared::LONG_LINK;
use crate::state::{DRAFT, LESSON, OWN, OWN_LESSON, WRITING};
use crate::view::{Act, LINK, Node, OPEN_FILE};
use crate::worker::secrets;
use crate::worker::views::ViewWish;
use crate::worker::views::nodes::{button, classed, element, prose, text};

/// Stands between [`WRITING`] and the id of the lesson of which a copy is wanted.
const COPY_OF: &str = "-";

/// The lesson that is written. Its parts keep their places, so that the field stays the same one.
pub(super) fn lay_out(input: &Input, wish: &ViewWish) -> Vec<Node> {
    let draft = wish.setting(DRAFT);
    let (lesson, errors) = read_lesson(draft);
    let back = button("button", set(LESSON, ""), vec![text("All lessons")]);
    let told = "It is kept in this browser, and nobody sees it before you give it away.";
    let kept = classed("span", "view-quiet", vec![text(told)]);
    let label = element("span", &[], vec![text("The lesson, in Markdown")]);
    let field = Node::Field {
        key: DRAFT.to_owned(),
        entry: crate::view::Entry::Long,
        hint: "# A title".to_owned(),
        label: String::new(),
        title: String::new(),
    };
    let parts = vec![
        classed("p", "view-line", vec![back, kept]),
        element("h3", &[], vec![text("Write a lesson")]),
        classed("div", "view-buttons", offers(input, wish, draft)),
        classed("label", "view-field view-field--long learn-draft", vec![label, field]),
        give(draft, &lesson),
        classed("div", "learn-checks", checks::lay_out(draft, &lesson, &errors)),
        texts(input, wish, draft, &lesson),
        classed("div", "learn-checks", checks::reference(&lesson)),
    ];
    vec![classed("div", "learn-writing", parts)]
}

/// What is wrong with a lesson, a sentence each. For whom it `is_written` the line is shown in the field.
fn mistakes(errors: &[LessonError], is_written: bool) -> Vec<Node> {
    let item = |error: &LessonError| {
        let says = format!("line {}", error.line);
        let act = Act::Fill { key: format!("{DRAFT}#{}", error.line), text: String::new() };
        let mut all = match (error.line, is_written) {
            (0, _) => Vec::new(),
            (_, true) => vec![button("view-link", act, vec![text(&says)]), text(": ")],
            (_, false) => vec![text(&says), text(": ")],
        };
        all.extend(prose(&error.message));
        element("li", &[], all)
    };
    match errors {
        [] => Vec::new(),
        errors => vec![classed("ul", "learn-mistakes", errors.iter().map(item).collect())],
    }
}

/// The same for a learner, who need not look at it.
pub(super) fn told_to_learner(errors: &[LessonError]) -> Node {
    let told = match errors.len() {
        0 => return classed("div", "", Vec::new()),
        1 => "1 thing is wrong with this lesson".to_owned(),
        number => format!("{number} things are wrong with this lesson"),
    };
    let summary = element("summary", &[], vec![text(&told)]);
    let all = std::iter::once(summary).chain(mistakes(errors, false)).collect();
    classed("details", "view-details", all)
}

/// How to a lesson of one's own, below the list of ours.
pub(super) fn ways(input: &Input, wish: &ViewWish) -> Vec<Node> {
    let draft = wish.setting(DRAFT);
    let own = wish.setting(OWN_LESSON);
    let title = |markdown: &str| read_lesson(markdown).0.title;
    let write = match draft.trim() {
        "" => {
            let settings = [(LESSON, WRITING.to_owned()), (DRAFT, as_typed(&begin_draft(input)))];
            button("button", set_all(settings), vec![text("Write a lesson")])
        }
        _ => {
            let says = format!("Go on writing “{}”", title(draft));
            button("button", set(LESSON, WRITING), vec![text(&says)])
        }
    };
    let mut buttons = vec![write];
    // With one line it is the id of one of ours.
    if own.contains('\n') {
        let says = format!("Go on with “{}”", title(own));
        buttons.push(button("button", set(LESSON, OWN), vec![text(&says)]));
    }
    vec![
        element("h3", &[], vec![text("Your own lesson")]),
        element(
            "p",
            &[],
            vec![text(
                "Teachers write lessons here, on any Dockerfile, and share them as a link or a file. \
                 A lesson that you were given as a file opens when it is dropped on the page.",
            )],
        ),
        classed("p", "view-buttons", buttons),
    ]
}

/// The button below an open lesson that makes a copy of it to be changed, or goes back to it.
pub(super) fn edit(wish: &ViewWish, bundled: &Bundled) -> Node {
    let draft = wish.setting(DRAFT);
    let lesson = format!("{WRITING}{COPY_OF}{}", bundled.id);
    if draft == bundled.markdown {
        return button("button", set(LESSON, &lesson), vec![text("Back to writing")]);
    }
    let act = match draft.trim() {
        "" => set_all([(LESSON, lesson), (DRAFT, as_typed(bundled.markdown))]),
        // What is written already is not replaced unasked.
        _ => set(LESSON, &lesson),
    };
    button("button", act, vec![text("Edit a copy")])
}

fn set_all<const N: usize>(settings: [(&str, String); N]) -> Act {
    Act::SetAll(settings.map(|(key, value)| (key.to_owned(), value)).into())
}

/// A text with the line ends that a field gives back, which would else take it for another one.
fn as_typed(markdown: &str) -> String {
    markdown.replace("\r\n", "\n").replace('\r', "\n")
}

/// Puts a text in the place of the draft; undo in its field brings the draft back.
fn write(markdown: impl Into<String>) -> Act {
    Act::Fill { key: DRAFT.to_owned(), text: markdown.into() }
}

/// What can take the place of the draft: a copy that was asked for, and a new one of the editor's text.
fn offers(input: &Input, wish: &ViewWish, draft: &str) -> Vec<Node> {
    let id = wish.setting(LESSON).split_once(COPY_OF).map_or("", |(_, id)| id);
    let markdown = match id {
        OWN => Some(wish.setting(OWN_LESSON)),
        id => find(id).map(|bundled| bundled.markdown),
    };
    let first = |markdown: &str| markdown.lines().next().map(str::to_owned);
    let copy = markdown.filter(|markdown| first(markdown) != first(draft)).map(|markdown| {
        let says = format!("Put in a copy of “{}”", read_lesson(markdown).0.title);
        button("button", write(markdown), vec![text(&says)])
    });
    let new = button(
        "button",
        write(begin_draft(input)),
        vec![text("Begin anew with the editor’s text")],
    );
    let open = Act::Fill { key: OPEN_FILE.to_owned(), text: String::new() };
    let open = button("button", open, vec![text("Open a file")]);
    let told =
        classed("span", "view-quiet", vec![text("Undo in the field brings back what was there.")]);
    copy.into_iter().chain([new, open, told]).collect()
}

/// Texts from the lesson into the editor, and the other way.
fn texts(input: &Input, wish: &ViewWish, draft: &str, lesson: &Lesson) -> Node {
    let take = |side: Side, says: &str| {
        let own = &input.dockerignore;
        let is_as_at_start = side == Side::Solution && *own == lesson.start.dockerignore;
        let dockerignore = own.clone().filter(|_| !is_as_at_start);
        let texts = Texts { dockerfile: input.dockerfile.clone(), dockerignore };
        let written = with_texts(draft, side, &texts, input.context.as_deref());
        button("button", write(written), vec![text(says)])
    };
    let mut buttons = Vec::new();
    if draft.len() <= MOST_BYTES && !input.dockerfile.trim().is_empty() {
        buttons.push(take(Side::Start, "Take the editor’s text as the start"));
        buttons.push(take(Side::Solution, "Take it as the solution"));
    }
    // From then on the text in the editor is the lesson's: one's own of before is kept and stays so.
    let (_, of) = wish.setting(LESSON).split_once(COPY_OF).unwrap_or_default();
    let writing = format!("{WRITING}{COPY_OF}{of}");
    for (texts, side, says) in [
        (&lesson.start, Side::Start, "Put the start into the editor"),
        (&lesson.solution, Side::Solution, "Put the solution into the editor"),
    ] {
        if !texts.dockerfile.is_empty() {
            let act = put(lesson, side, &[(LESSON, &writing)]);
            buttons.push(button("button", act, vec![text(says)]));
        }
    }
    let heading = element("h4", &[], vec![text("Its texts")]);
    classed("section", "view-section", vec![heading, classed("p", "view-buttons", buttons)])
}

/// Ways to try it and to give it to others.
fn give(draft: &str, lesson: &Lesson) -> Node {
    if draft.len() > MOST_BYTES {
        return classed("div", "learn-give", Vec::new());
    }
    let tried = Bundled { id: OWN, markdown: draft };
    let attempt = begin_with(&tried, lesson, &[(OWN_LESSON, draft)]);
    let save = Act::Save { name: file_name(&lesson.title), text: draft.to_owned() };
    let buttons = vec![
        button("button button--primary", attempt, vec![text("Try it as a learner")]),
        button("button", Act::Copy(LINK.to_owned()), vec![text("Copy link")]),
        button("button", save, vec![text("Save as file")]),
    ];
    let mut shared = Shared { lesson: Some(draft.to_owned()), ..Shared::default() };
    let left_out = secrets::note(&mut shared);
    let length = encode(&shared).len();
    let told = match length > LONG_LINK {
        true => format!(
            "The link has {}, and some chat tools cut links of more than {LONG_LINK}: \
             send the file instead. Who drops it on this page sees the lesson.",
            count(length, "character", "characters")
        ),
        false => format!(
            "The link has {} and holds the whole lesson; so does the file, which opens \
             when it is dropped on this page.",
            count(length, "character", "characters")
        ),
    };
    let told = [Some(told), left_out].into_iter().flatten();
    let told = told.map(|told| classed("p", "view-quiet", vec![text(&told)]));
    let buttons = classed("p", "view-buttons", buttons);
    classed("div", "learn-give", std::iter::once(buttons).chain(told).collect())
}
