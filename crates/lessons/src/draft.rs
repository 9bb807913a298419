//! A lesson while it is written: how it begins, and what is put into it of a project.

use std::cell::OnceCell;
use std::ops::Range;

use layerwise_analyzer::context::{FileKind, KnownContext};
use layerwise_analyzer::report::Input;
use layerwise_analyzer::size::Bytes;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag};

use crate::check::Checker;
use crate::figure::{Figure, SCHEME, Side};
use crate::lesson::{Lesson, Texts, read_lesson};
use crate::measure::{Measure, Measured};

/// Files of a project that a lesson lists well; more are left to be assumed.
const MOST_FILES: usize = 200;
/// Figures of a lesson that are computed: each may replay a build.
const MOST_FIGURES: usize = 40;
/// What stands between the words of a figure and what it is of.
const FIGURE: &str = "](<figure:";
/// What a lesson begins with where there is no Dockerfile yet.
const SAMPLE: &str =
    "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD [\"node\", \"server.js\"]\n";

/// A lesson to be written, made of a project: its texts are where the learner starts, and the solution
/// until that is changed.
#[must_use]
pub fn begin_draft(input: &Input) -> String {
    let is_blank = input.dockerfile.trim().is_empty();
    let sample = Input { dockerfile: SAMPLE.to_owned(), ..Input::default() };
    let input = if is_blank { &sample } else { input };
    let checker = Checker::new(input);
    let (weighs, goal, seen) = match checker.measure(&Measure::Image) {
        Some(Measured::Bytes(bytes)) => {
            let half = Bytes(bytes / 2);
            (
                " The image weighs [?](<figure:start image>).",
                format!("The image weighs less than {half}. `image < {half}`"),
                "Now it weighs [?](<figure:solution image>) instead of [?](<figure:start image>).",
            )
        }
        _ => ("", "The image has fewer layers. `layers < 3`".to_owned(), "Say what became better."),
    };
    let markdown = format!(
        "# A title\nWhat it is about, in one line.\n\nSay what the learner should look at.{weighs}\n\n\
         ## Goals\n- {goal}\n\n## Hint\nSay what to try first.\n\n## Solution\n\n\
         ## What you saw\n{seen}\n"
    );
    let texts =
        Texts { dockerfile: input.dockerfile.clone(), dockerignore: input.dockerignore.clone() };
    let markdown = with_texts(&markdown, Side::Solution, &texts, None);
    let markdown = with_texts(&markdown, Side::Start, &texts, input.context.as_deref());
    with_figures(&markdown, &read_lesson(&markdown).0)
}

/// A lesson's Markdown with these texts as its start or its solution. Only the start has files, those
/// of the context where they are few enough to be listed; a hint stays as it is.
#[must_use]
pub fn with_texts(
    markdown: &str,
    side: Side,
    texts: &Texts,
    context: Option<&KnownContext>,
) -> String {
    let name = match side {
        Side::Start => "start",
        Side::Solution => "solution",
        Side::Hint(_) => return markdown.to_owned(),
    };
    let listing = context.and_then(listing);
    let dockerfile = format!("dockerfile {name}");
    let written = with_fence(markdown, &dockerfile, Some(&texts.dockerfile), name);
    let ignore = format!("dockerignore {name}");
    let written = with_fence(&written, &ignore, texts.dockerignore.as_deref(), &dockerfile);
    match side {
        Side::Start => with_fence(&written, "context", listing.as_deref(), &dockerfile),
        _ => written,
    }
}

/// A lesson's Markdown with every figure as the analyzer gives it; one without a number stays, and so
/// does what comes after the first forty.
#[must_use]
pub fn with_figures(markdown: &str, lesson: &Lesson) -> String {
    let hints = (1..=lesson.hints.len()).map(Side::Hint);
    let sides = [Side::Start, Side::Solution].into_iter().chain(hints);
    let inputs: Vec<_> =
        sides.filter_map(|side| Some((side, lesson.input(side)?, OnceCell::new()))).collect();
    let measure = |figure: &Figure| {
        let (_, input, checker) = inputs.iter().find(|(side, ..)| *side == figure.side)?;
        checker.get_or_init(|| Checker::new(input)).measure(&figure.measure)
    };
    let mut parts = markdown.split(FIGURE);
    let mut written = parts.next().unwrap_or_default().to_owned();
    for (at, part) in parts.enumerate() {
        let figure =
            part.split_once(">)").and_then(|(of, _)| Figure::parse(&format!("{SCHEME}{of}")));
        let number = figure.filter(|_| at < MOST_FIGURES).and_then(|figure| measure(&figure));
        if let (Some(number), Some(start)) = (number, written.rfind('[')) {
            written.truncate(start + 1);
            written.push_str(&number.to_string());
        }
        written.push_str(FIGURE);
        written.push_str(part);
    }
    written
}

/// The name of the file of a lesson with this title: letters, digits and hyphens.
#[must_use]
pub fn file_name(title: &str) -> String {
    let mut name = String::new();
    for letter in title.chars().take(60) {
        match letter.to_ascii_lowercase() {
            letter if letter.is_ascii_alphanumeric() => name.push(letter),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    let name = name.trim_end_matches('-');
    format!("{}.md", if name.is_empty() { "lesson" } else { name })
}

/// Puts a text into the fence of these words, which is made where there is none: behind the fence of
/// the words `beside`, or at the place for a start or solution. Without a text the fence goes.
fn with_fence(markdown: &str, words: &str, text: Option<&str>, beside: &str) -> String {
    let fence = text.map(|text| {
        let longest = text.lines().map(|line| line.len() - line.trim_start_matches('`').len());
        let ticks = "`".repeat(longest.max().unwrap_or_default().max(2) + 1);
        let end = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
        format!("{ticks}{words}\n{text}{end}{ticks}\n")
    });
    let replace = |range: Range<usize>, by: &str| {
        let before = markdown.get(..range.start).unwrap_or_default();
        let after = markdown.get(range.end..).unwrap_or_default();
        format!("{before}{by}{after}")
    };
    let (found, fence) = match (find_fence(markdown, words), fence) {
        (None, None) => return markdown.to_owned(),
        (Some(range), fence) => return replace(range, &fence.unwrap_or_default()),
        (None, Some(fence)) => (find_fence(markdown, beside), fence),
    };
    match (found, beside) {
        (Some(range), _) => replace(range.end..range.end, &fence),
        (None, "solution") => match find_heading(markdown, "solution") {
            Some(range) => replace(range.end..range.end, &fence),
            None => format!("{}\n\n## Solution\n{fence}", markdown.trim_end()),
        },
        (None, _) => {
            let at = find_heading(markdown, "goals").map_or(markdown.len(), |range| range.start);
            let gap =
                if markdown.get(..at).is_some_and(|it| it.ends_with('\n')) { "" } else { "\n" };
            replace(at..at, &format!("{gap}{fence}\n"))
        }
    }
}

/// Where the fence of these words stands, with the end of its last line.
fn find_fence(markdown: &str, words: &str) -> Option<Range<usize>> {
    let mut events = Parser::new_ext(markdown, Options::empty()).into_offset_iter();
    let is_it = |event: &Event<'_>| match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
            info.split_whitespace().eq(words.split_whitespace())
        }
        _ => false,
    };
    events.find(|(event, _)| is_it(event)).map(|(_, range)| with_line_end(markdown, range))
}

/// Where a heading stands, with the end of its line.
fn find_heading(markdown: &str, title: &str) -> Option<Range<usize>> {
    let mut events = Parser::new_ext(markdown, Options::empty()).into_offset_iter();
    let says = |range: &Range<usize>| {
        let own = markdown.get(range.clone()).unwrap_or_default();
        own.trim_matches(['#', ' ', '\r', '\n']).eq_ignore_ascii_case(title)
    };
    let is_it = |event: &Event<'_>| {
        matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H2, .. }))
    };
    let found = events.find(|(event, range)| is_it(event) && says(range));
    found.map(|(_, range)| with_line_end(markdown, range))
}

fn with_line_end(markdown: &str, range: Range<usize>) -> Range<usize> {
    let is_ended = markdown.get(..range.end).is_some_and(|it| it.ends_with('\n'));
    let rest = markdown.get(range.end..).unwrap_or_default();
    let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
    range.start..if is_ended { range.end } else { range.end + line }
}

/// The files of a project, one a line; `None` where they are too many or not each by itself.
fn listing(known: &KnownContext) -> Option<String> {
    let files = &known.context.files;
    let lines = files.iter().map(|(path, file)| match file.kind {
        FileKind::File if !path.contains('\n') => Some(format!("{} {path}\n", file.bytes?)),
        _ => None,
    });
    (files.len() <= MOST_FILES && !files.is_empty()).then(|| lines.collect())?
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use layerwise_analyzer::context::{ContextOrigin, read_listing};

    use super::*;

    fn input(dockerfile: &str, listing: &str) -> Input {
        let (context, _) = read_listing(listing);
        let known = Rc::new(KnownContext { origin: ContextOrigin::Listing, context });
        Input {
            dockerfile: dockerfile.into(),
            dockerignore: Some("*.md\n".into()),
            context: (!listing.is_empty()).then_some(known),
            ..Input::default()
        }
    }

    #[test]
    fn a_draft_is_a_lesson_of_the_project_with_its_own_numbers() {
        let draft = begin_draft(&input("FROM node:22\nCOPY . .\n", "12 a.js\n"));
        expect_test::expect![[r##"
            # A title
            What it is about, in one line.

            Say what the learner should look at. The image weighs [1.13 GB](<figure:start image>).

            ```dockerfile start
            FROM node:22
            COPY . .
            ```
            ```context
            12 a.js
            ```
            ```dockerignore start
            *.md
            ```

            ## Goals
            - The image weighs less than 565 MB. `image < 565 MB`

            ## Hint
            Say what to try first.

            ## Solution
            ```dockerfile solution
            FROM node:22
            COPY . .
            ```
            ```dockerignore solution
            *.md
            ```

            ## What you saw
            Now it weighs [1.13 GB](<figure:solution image>) instead of [1.13 GB](<figure:start image>).
        "##]]
        .assert_eq(&draft);
        for project in ["", "FROM corp.example/unknown\nRUN make\n", "FROM a\nRUN <<E\n```\nE\n"] {
            let draft = begin_draft(&input(project, ""));
            let (lesson, errors) = read_lesson(&draft);
            assert_eq!(errors, [], "{draft}");
            let wanted = if project.is_empty() { SAMPLE } else { project };
            assert_eq!(lesson.start.dockerfile, wanted);
        }
    }

    #[test]
    fn texts_take_the_place_of_those_that_are_there_or_find_one() {
        let texts = |dockerfile: &str, ignore: Option<&str>| Texts {
            dockerfile: dockerfile.into(),
            dockerignore: ignore.map(str::to_owned),
        };
        let mut markdown = "# A\n\nB\n\n## Goals\n- C `layers = 1`".to_owned();
        for (side, of) in [
            (Side::Solution, texts("FROM s", Some("x\n"))),
            (Side::Start, texts("FROM a\n", None)),
            (Side::Start, texts("FROM b\n", Some("y"))),
            (Side::Solution, texts("FROM t\n", None)),
        ] {
            markdown = with_texts(&markdown, side, &of, None);
            let (lesson, errors) = read_lesson(&markdown);
            assert!(errors.iter().all(|it| it.message.contains("no ")), "{markdown}\n{errors:?}");
            let own = if side == Side::Start { &lesson.start } else { &lesson.solution };
            assert_eq!(own.dockerfile.trim(), of.dockerfile.trim(), "{markdown}");
            assert_eq!(own.dockerignore.is_some(), of.dockerignore.is_some(), "{markdown}");
            assert_eq!((lesson.title.as_str(), lesson.goals.len()), ("A", 1), "{markdown}");
        }
    }

    #[test]
    fn figures_that_cannot_be_counted_stay_as_they_are() {
        for text in ["[1](<figure:start image>", "[1](<figure:strat image>) [", "](<figure:>)", ""]
        {
            assert_eq!(with_figures(text, &Lesson::default()), text);
        }
    }

    #[test]
    fn a_title_makes_a_name_that_every_system_takes() {
        let names =
            ["Two stages", "…", "  a//b\\..\u{202e}é c ", "", &"x".repeat(200)].map(file_name);
        assert_eq!(names[..4], ["two-stages.md", "lesson.md", "a-b-c.md", "lesson.md"]);
        assert_eq!(names[4].len(), 63);
    }
}
