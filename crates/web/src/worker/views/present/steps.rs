//! The steps of what is presented: those of the open lesson, or of one's own text the version before
//! it and its safe fixes, or all fixes where none is safe.

use layerwise_analyzer::advice::{AppliedFix, Which, fix_steps};
use layerwise_analyzer::report::Input;
use layerwise_lessons::{Block, Inline, Lesson};
use layerwise_share::{Fragment, decode};

use crate::state::PRESENTED;
use crate::state::shared::{fragment_of, take_input};
use crate::worker::ViewWish;
use crate::worker::views::learn;

/// More fixes than these are no talk any more.
const MOST_FIXES: usize = 12;

/// A text, and what is said of it.
pub(super) struct Step {
    /// What it is called.
    pub(super) name: String,
    /// What is said of it.
    pub(super) told: Vec<Block>,
    /// The Dockerfile.
    pub(super) dockerfile: String,
    /// The ignore file; `None` for none.
    pub(super) dockerignore: Option<String>,
}

/// All steps, and at which one is.
pub(super) struct Steps {
    /// In order; at least one.
    pub(super) all: Vec<Step>,
    /// The one that is shown.
    pub(super) at: usize,
    /// The texts that they follow from, as links; nothing for those of a lesson.
    from: String,
}

impl Steps {
    /// The steps of the open lesson; of the text where none is.
    pub(super) fn of(input: &Input, wish: &ViewWish) -> Self {
        let mut words = wish.setting(PRESENTED).split(' ');
        let number = words.next().and_then(|word| word.parse::<usize>().ok());
        let (all, from) = match learn::open_lesson(wish) {
            Some(lesson) => (of_lesson(&lesson), String::new()),
            None => {
                let text = words.next().map_or_else(|| fragment_of(input), str::to_owned);
                let before = match number {
                    Some(_) => words.next().map(str::to_owned),
                    None => wish.before.as_ref().map(|it| fragment_of(&it.as_input(input))),
                };
                let all = of_text(input, &text, before.as_deref());
                let before = before.map_or(String::new(), |before| format!(" {before}"));
                (all, format!(" {text}{before}"))
            }
        };
        let is_here = |step: &Step| {
            step.dockerfile == input.dockerfile && step.dockerignore == input.dockerignore
        };
        let here = || all.iter().rposition(is_here).unwrap_or_default();
        let at = number.unwrap_or_else(here).min(all.len().saturating_sub(1));
        Self { all, at, from }
    }

    /// What is remembered of a step.
    pub(super) fn written(&self, at: usize) -> String {
        format!("{at}{}", self.from)
    }
}

fn of_lesson(lesson: &Lesson) -> Vec<Step> {
    let start = &lesson.start;
    let mut ignore = start.dockerignore.clone();
    let hints = lesson.hints.iter().enumerate();
    let hints = hints.filter_map(|(at, hint)| {
        Some((format!("hint {}", at + 1), hint.prose.clone(), hint.texts.as_ref()?))
    });
    let first = (format!("{}, the start", lesson.title), said(&lesson.about), start);
    let last = ("the solution".to_owned(), lesson.seen.clone(), &lesson.solution);
    let all = std::iter::once(first).chain(hints).chain([last]).map(|(name, told, texts)| {
        // One that a step does not have stays as it is.
        ignore = texts.dockerignore.clone().or(ignore.take());
        Step { name, told, dockerfile: texts.dockerfile.clone(), dockerignore: ignore.clone() }
    });
    all.collect()
}

fn of_text(input: &Input, text: &str, before: Option<&str>) -> Vec<Step> {
    let read = |fragment: &str| match decode(fragment) {
        Ok(Fragment::State { mut shared, .. }) => {
            let Input { dockerfile, dockerignore, options, .. } = take_input(&mut shared);
            Some(Input { dockerfile, dockerignore, options, ..input.clone() })
        }
        _ => None,
    };
    let step = |name: &str, told: &str, input: Input| Step {
        name: name.to_owned(),
        told: said(told),
        dockerfile: input.dockerfile,
        dockerignore: input.dockerignore,
    };
    let start = read(text).unwrap_or_else(|| input.clone());
    let before = before.and_then(read).filter(|it| it.dockerfile != start.dockerfile);
    let mut all: Vec<Step> =
        before.into_iter().map(|it| step("the version before", "", it)).collect();
    let mut fixes = fix_steps(&start, Which::Safe);
    if fixes.is_empty() {
        fixes = fix_steps(&start, Which::All);
    }
    all.push(step("the text", "", start));
    all.extend(
        fixes
            .into_iter()
            .take(MOST_FIXES)
            .enumerate()
            .map(|(at, (fix, input))| step(&format!("fix {}", at + 1), &told_of(&fix), input)),
    );
    all
}

/// What a fix does, and what may break by it.
fn told_of(fix: &AppliedFix) -> String {
    let title = fix.title.trim_end_matches('.');
    match fix.risks.join(" ") {
        risks if risks.is_empty() => format!("{title}."),
        risks => format!("{title}. It may change what the image does: {risks}"),
    }
}

fn said(told: &str) -> Vec<Block> {
    let pieces = crate::widgets::prose::pieces(told).into_iter();
    let inlines = pieces.map(|(is_code, piece)| match is_code {
        true => Inline::Code(piece.to_owned()),
        false => Inline::Text(piece.to_owned()),
    });
    let inlines: Vec<Inline> = inlines.collect();
    if inlines.is_empty() { Vec::new() } else { vec![Block::Paragraph(inlines)] }
}
