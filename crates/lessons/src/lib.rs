//! Lessons: prose, a Dockerfile to start from, goals that the analyzer checks, hints and a solution.
//!
//! A lesson is one Markdown file (`lessons/<id>.md` for ours; a teacher's comes with a link). It is
//! read here into plain values: nothing of it is markup any more, so a hostile text is only a text.

mod check;
mod draft;
mod figure;
mod forms;
mod lesson;
mod list;
mod measure;
mod predicate;
mod prose;

pub use check::{Checked, Checker};
pub use draft::{begin_draft, file_name, with_figures, with_texts};
pub use figure::{Figure, Side};
pub use forms::{FORMS, Form};
pub use lesson::{Goal, Hint, Lesson, LessonError, MOST_BYTES, Texts, read_lesson};
pub use list::{ALL, Bundled, find};
pub use measure::{EditName, Measure, Measured};
pub use predicate::{Bound, Outcome, Predicate};
pub use prose::{Block, Inline, read_prose};
