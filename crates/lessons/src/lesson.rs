//! A lesson as it is read from its Markdown.
//!
//! ```markdown
//! # Title
//! What it is about, in one line.
//!
//! Prose, with [1.37 GB](<figure:start image>) as numbers that a test holds.
//!
//! (a fence `dockerfile start`, and where they are needed `dockerignore start` and `context`)
//!
//! ## Goals
//! - The image weighs less than 200 MB. `image < 200 MB`
//!
//! ## Hint
//! Prose, and perhaps a fence `dockerfile hint` with the text so far.
//!
//! ## Solution
//! (a fence `dockerfile solution`, and perhaps `dockerignore solution`)
//!
//! ## What you saw
//! Prose.
//! ```

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::Input;
use layerwise_analyzer::text::LineIndex;

use crate::figure::Side;
use crate::predicate::Predicate;
use crate::prose::{Block, Inline, plain, read, visible};

/// The most bytes of Markdown that are read as a lesson; ours have three thousand.
pub const MOST_BYTES: usize = 60_000;
/// The most goals of a lesson, the most hints, and the most that is said to be wrong with one.
const MOST: usize = 20;

/// A lesson.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lesson {
    /// What it is called.
    pub title: String,
    /// What it is about, one line.
    pub about: String,
    /// What is read first.
    pub prose: Vec<Block>,
    /// Where it begins.
    pub start: Texts,
    /// The files of the project as a listing; `None` for those that are assumed of the Dockerfile.
    pub listing: Option<String>,
    /// What is to be reached.
    pub goals: Vec<Goal>,
    /// Help, step by step.
    pub hints: Vec<Hint>,
    /// How it can be done.
    pub solution: Texts,
    /// What is said of it, once it is done.
    pub seen: Vec<Block>,
}

/// The texts of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Texts {
    /// The Dockerfile.
    pub dockerfile: String,
    /// The ignore file; `None` where there is none, or it stays as it is.
    pub dockerignore: Option<String>,
}

/// Something to be reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// For the learner.
    pub sentence: String,
    /// For the analyzer.
    pub predicate: Predicate,
}

/// Help.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hint {
    /// What it says.
    pub prose: Vec<Block>,
    /// The texts so far, where it shows them.
    pub texts: Option<Texts>,
}

/// Why a text is no lesson, or not the whole of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LessonError {
    /// The line, from 1; 0 for what is missing as a whole.
    pub line: u32,
    /// What is wrong and what to write.
    pub message: String,
}

impl Lesson {
    /// What is analysed of one of its texts; `None` for a hint that shows none.
    #[must_use]
    pub fn input(&self, side: Side) -> Option<Input> {
        let texts = match side {
            Side::Start => &self.start,
            Side::Solution => &self.solution,
            Side::Hint(number) => {
                self.hints.get(number.checked_sub(1)?).and_then(|hint| hint.texts.as_ref())?
            }
        };
        let dockerignore = texts.dockerignore.clone().or_else(|| self.start.dockerignore.clone());
        let context = self.listing.as_deref().map(|listing| {
            let (context, _) = read_listing(listing);
            Rc::new(KnownContext { origin: ContextOrigin::Listing, context })
        });
        let dockerfile = texts.dockerfile.clone();
        Some(Input { dockerfile, dockerignore, context, ..Input::default() })
    }
}

/// Reads a lesson. What cannot be read is in the second value; the rest still counts.
#[must_use]
pub fn read_lesson(markdown: &str) -> (Lesson, Vec<LessonError>) {
    let mut reader = Reader {
        lines: LineIndex::new(markdown),
        lesson: Lesson::default(),
        errors: Vec::new(),
        section: Section::Prose,
    };
    if markdown.len() > MOST_BYTES {
        reader.complain_of(&format!(
            "the lesson has {} bytes and is not read: make it shorter than {MOST_BYTES}",
            markdown.len()
        ));
        return (reader.lesson, reader.errors);
    }
    let (blocks, left_out) = read(markdown);
    blocks.into_iter().for_each(|block| reader.take(block));
    left_out.into_iter().for_each(|(at, why)| reader.complain(at, &why));
    reader.complain_of_what_is_missing();
    // Few: no sort of them all.
    let mut errors: Vec<LessonError> = Vec::new();
    for error in reader.errors {
        let at = errors.partition_point(|other| other.line <= error.line);
        errors.insert(at, error);
    }
    (reader.lesson, errors)
}

/// Where in the text the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Prose,
    Goals,
    Hint,
    Solution,
    Seen,
}

struct Reader<'text> {
    lines: LineIndex<'text>,
    lesson: Lesson,
    errors: Vec<LessonError>,
    section: Section,
}

impl Reader<'_> {
    fn take(&mut self, block: Block) {
        match block {
            Block::Heading { level: 1, text, .. } if self.lesson.title.is_empty() => {
                self.lesson.title = text;
            }
            Block::Heading { level: 2, text, at } => self.begin(text, at),
            Block::Code { words, text, at } if words.len() == 2 || words == ["context"] => {
                self.fence(&words, text, at);
            }
            Block::List { items, at, .. } if self.section == Section::Goals => {
                items.into_iter().zip(at).for_each(|(item, at)| self.goal(item, at));
            }
            Block::Paragraph(inlines)
                if self.section == Section::Prose && self.lesson.about.is_empty() =>
            {
                self.lesson.about = plain(&inlines);
            }
            other => self.say(other),
        }
    }

    fn begin(&mut self, title: String, at: usize) {
        match title.to_ascii_lowercase().as_str() {
            "goals" => self.section = Section::Goals,
            "hint" if self.lesson.hints.len() == MOST => {
                self.complain(at, &format!("a lesson has at most {MOST} hints"));
            }
            "hint" => {
                self.lesson.hints.push(Hint::default());
                self.section = Section::Hint;
            }
            "solution" => self.section = Section::Solution,
            "what you saw" => self.section = Section::Seen,
            _ => {
                if let Some(near) = near_heading(&title) {
                    let told = format!("`## {title}` is prose here; did you mean `## {near}`?");
                    self.complain(at, &told);
                }
                self.say(Block::Heading { level: 2, text: title, at });
            }
        }
    }

    fn say(&mut self, block: Block) {
        let block = match block {
            // It is looked at, not built.
            Block::Code { words, text, at } => Block::Code { words, text: visible(&text), at },
            other => other,
        };
        match self.section {
            Section::Prose | Section::Goals => self.lesson.prose.push(block),
            Section::Hint => {
                if let Some(hint) = self.lesson.hints.last_mut() {
                    hint.prose.push(block);
                }
            }
            Section::Solution | Section::Seen => self.lesson.seen.push(block),
        }
    }

    fn fence(&mut self, words: &[String], text: String, at: usize) {
        let of = words.get(1).map(String::as_str).unwrap_or_default();
        let what = words.first().map(String::as_str).unwrap_or_default();
        let texts = match of {
            "start" => &mut self.lesson.start,
            "solution" => &mut self.lesson.solution,
            "hint" => match self.lesson.hints.last_mut() {
                Some(hint) => hint.texts.get_or_insert_default(),
                None => return self.complain(at, "a hint's text stands below a heading `## Hint`"),
            },
            _ => match what {
                "context" => return self.listing(text, at),
                "dockerfile" | "dockerignore" => {
                    return self.complain(
                        at,
                        &format!("`{of}` is none of `start`, `hint` and `solution`"),
                    );
                }
                _ => return self.say(Block::Code { words: words.to_vec(), text, at }),
            },
        };
        match what {
            "dockerfile" if texts.dockerfile.is_empty() => texts.dockerfile = text,
            "dockerignore" if texts.dockerignore.is_none() => texts.dockerignore = Some(text),
            "dockerfile" | "dockerignore" => self.complain_of_another(&words.join(" "), at),
            _ => self.complain(at, "a text is a `dockerfile` or a `dockerignore`"),
        }
    }

    fn listing(&mut self, text: String, at: usize) {
        if self.lesson.listing.is_some() {
            return self.complain_of_another("context", at);
        }
        let fence = self.lines.line(at);
        for error in read_listing(&text).1.into_iter().take(MOST) {
            self.note(fence.saturating_add(error.line), &error.message);
        }
        self.lesson.listing = Some(text);
    }

    /// The first is the one that [`crate::with_texts`] replaces.
    fn complain_of_another(&mut self, words: &str, at: usize) {
        self.complain(at, &format!("there is a `{words}` already, and only the first counts"));
    }

    /// A goal: a sentence, and in the code behind it what must be so.
    fn goal(&mut self, mut item: Vec<Inline>, at: usize) {
        if self.lesson.goals.len() == MOST {
            return self.complain(at, &format!("a lesson has at most {MOST} goals"));
        }
        let sentence = plain(&item);
        let Some(Inline::Code(code)) = item.pop() else {
            return self.complain(at, &format!(
                "the goal “{sentence}” should end in code that can be checked, such as `image < \
                 200 MB`"
            ));
        };
        match Predicate::parse(&code) {
            Ok(predicate) => {
                let sentence = plain(&item).trim().to_owned();
                self.lesson.goals.push(Goal { sentence, predicate });
            }
            Err(told) => self.complain(at, &format!("the goal “{sentence}”: {told}")),
        }
    }

    fn complain(&mut self, at: usize, message: &str) {
        self.note(self.lines.line(at), message);
    }

    fn complain_of(&mut self, message: &str) {
        self.note(0, message);
    }

    fn note(&mut self, line: u32, message: &str) {
        let error = LessonError { line, message: message.to_owned() };
        if self.errors.len() < MOST && !self.errors.contains(&error) {
            self.errors.push(error);
        }
    }

    fn complain_of_what_is_missing(&mut self) {
        let lesson = &self.lesson;
        let missing = [
            (lesson.title.is_empty(), "title: `# What it is called`"),
            (
                lesson.start.dockerfile.is_empty(),
                "Dockerfile to start from: a fence with the words `dockerfile start`",
            ),
            (lesson.goals.is_empty(), "goal: a list below the heading `## Goals`"),
            (
                lesson.solution.dockerfile.is_empty(),
                "solution: a fence with the words `dockerfile solution`",
            ),
        ];
        for (is_missing, what) in missing {
            if is_missing {
                self.complain_of(&format!("the lesson has no {what}"));
            }
        }
    }
}

/// The heading of a section that is meant by one like it: `## Goal`, `## Hints:`, `## Hint 2`.
fn near_heading(title: &str) -> Option<&'static str> {
    let letters = |text: &str| -> String {
        text.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase).collect()
    };
    let own = letters(title);
    ["Goals", "Hint", "Solution", "What you saw"].into_iter().find(|near| {
        let is_like = letters(near).trim_end_matches('s') == own.trim_end_matches('s');
        is_like && !near.eq_ignore_ascii_case(title)
    })
}

#[cfg(test)]
mod tests;
