//! Which lessons are done: kept in the browser, saved as a text, and read back from that.

use layerwise_lessons::{ALL, Bundled, find, read_lesson};

use super::set;
use crate::state::{LEARNED, OWN};
use crate::view::{Act, Node, View};
use crate::worker::views::ViewWish;
use crate::worker::views::nodes::{button, classed, make, text};

/// Stands between [`OWN`] and what tells a lesson that is none of ours from others.
const TOLD_APART: &str = "-";
/// Lessons of others that are kept as done, the last ones: who only opens links makes no list of them
/// that grows for ever. With 20 letters each they are two kilobytes.
const MOST_OTHERS: usize = 100;

/// The names of those that are done, between other words where a saved text was pasted.
fn done(wish: &ViewWish) -> impl Iterator<Item = &str> {
    let is_between = |letter: char| !letter.is_ascii_alphanumeric() && letter != '-';
    let words = wish.setting(LEARNED).split(is_between);
    words.filter(|name| find(name).is_some() || is_other(name))
}

/// Whether a name is that of a lesson that is none of ours.
fn is_other(name: &str) -> bool {
    name.strip_prefix(OWN).is_some_and(|rest| rest.starts_with(TOLD_APART))
}

/// Whether a lesson is done.
pub(super) fn is_done(wish: &ViewWish, bundled: &Bundled) -> bool {
    let name = name_of(bundled);
    done(wish).any(|done| done == name)
}

/// Under what a lesson is kept once it is done: one that is none of ours by what it says.
fn name_of(bundled: &Bundled) -> String {
    if bundled.id != OWN {
        return bundled.id.to_owned();
    }
    // FNV-1a of 64 bits.
    let hash = bundled.markdown.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    format!("{OWN}{TOLD_APART}{hash:016x}")
}

/// Keeps that a lesson is done; `None` where that is kept already.
pub(super) fn note_done(wish: &ViewWish, bundled: &Bundled) -> Option<Act> {
    if is_done(wish, bundled) {
        return None;
    }
    let name = name_of(bundled);
    let mut all: Vec<&str> = done(wish).chain([name.as_str()]).collect();
    let others = all.iter().filter(|name| is_other(name)).count();
    let mut spare = others.saturating_sub(MOST_OTHERS);
    all.retain(|name| {
        let is_spare = spare > 0 && is_other(name);
        spare -= usize::from(is_spare);
        !is_spare
    });
    Some(set(LEARNED, &all.join(" ")))
}

/// How many of ours are done.
pub(super) fn count_done(wish: &ViewWish) -> usize {
    ALL.iter().filter(|bundled| is_done(wish, bundled)).count()
}

/// Ways to take to another browser what is done in this one.
pub(super) fn ways(wish: &ViewWish) -> Vec<Node> {
    let mut all = Vec::new();
    if done(wish).next().is_some() {
        let save = Act::Save { name: "layerwise-progress.txt".into(), text: write(wish) };
        let save = button("button", save, vec![text("Save my progress")]);
        all.push(classed("p", "view-buttons", vec![save]));
    }
    let field = View::Field {
        key: LEARNED.to_owned(),
        label: "What “Save my progress” saved there, beside what is done here".to_owned(),
        is_long: true,
        hint: "two-stages".to_owned(),
    };
    let summary = "Bring progress from another browser".to_owned();
    all.extend(make(&[View::Details { summary, children: vec![field] }]));
    vec![classed("div", "unframed", all)]
}

/// The lessons, one a line; behind one that is done its name, by which it is read back.
fn write(wish: &ViewWish) -> String {
    let ours = ALL.iter().map(|bundled| {
        let (lesson, _) = read_lesson(bundled.markdown);
        match is_done(wish, bundled) {
            true => format!("[x] {}: {}\n", lesson.title, bundled.id),
            false => format!("[ ] {}\n", lesson.title),
        }
    });
    let others = done(wish).filter(|name| is_other(name));
    ours.chain(others.map(|name| format!("[x] A lesson by others: {name}\n"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(learned: &str) -> ViewWish {
        let settings = vec![(LEARNED.to_owned(), learned.to_owned())];
        ViewWish { settings, ..ViewWish::default() }
    }

    #[test]
    fn what_is_saved_is_read_back_and_nothing_more() {
        let all = ALL.iter().map(|bundled| bundled.id).chain(["own-0123456789abcdef"]);
        for learned in all.clone().chain(["", "two-stages own-a when-to-stop"]) {
            let saved = write(&with(learned));
            let mut back: Vec<String> = done(&with(&saved)).map(str::to_owned).collect();
            back.sort_by_key(|name| learned.find(name.as_str()));
            assert_eq!(back.join(" "), learned, "{saved}");
        }
        let beside = with(&format!("cache-mounts{}", write(&with("two-stages"))));
        assert_eq!(count_done(&beside), 2, "it is pasted right behind what is done here");
    }

    #[test]
    fn lessons_of_others_do_not_grow_for_ever() {
        let mut wish = with("two-stages");
        for number in 0..MOST_OTHERS + 5 {
            let markdown = format!("# {number}\n");
            let other = Bundled { id: OWN, markdown: &markdown };
            let Some(Act::Set { value, .. }) = note_done(&wish, &other) else { panic!("{number}") };
            wish = with(&value);
            assert!(is_done(&wish, &other), "{number}");
        }
        assert_eq!(done(&wish).count(), 1 + MOST_OTHERS);
        assert_eq!(count_done(&wish), 1);
        let first = Bundled { id: OWN, markdown: "# 0\n" };
        assert!(!is_done(&wish, &first), "the oldest goes first");
    }
}
