//! Which two versions are compared: the other one can be chosen, what is in the editor is the one
//! after.

use layerwise_analyzer::report::{Input, condense_context};
use layerwise_analyzer::size::describe_files;
use layerwise_share::{Fragment, SUITABLE_FILES, decode, encode};

use super::super::{ViewWish, line, quiet};
use crate::state::shared::{amount, take_input, to_shared};
use crate::state::{BEFORE_OPENING, COMPARED_WITH, KEPT, STEP_BEFORE};
use crate::view::{Act, Node, Piece, Tone, View};

/// Under which a pasted Dockerfile is remembered.
const PASTED: &str = "compare.pasted";
/// The same of its ignore file.
const PASTED_IGNORE: &str = "compare.ignore";
/// The same of a pasted link.
const LINK: &str = "compare.link";

/// A version that the editor's can be compared with.
struct Other {
    /// The value of [`COMPARED_WITH`].
    id: &'static str,
    /// What its button says.
    title: &'static str,
    /// What it is, in a sentence.
    phrase: &'static str,
}

const BEFORE: Other =
    Other { id: "before", title: "The version before", phrase: "the version before" };
const STEP: Other = Other {
    id: "step",
    title: "The step before",
    phrase: "the step before this one, built from the same files",
};
const FIX: Other =
    Other { id: "fix", title: "Before the last fix", phrase: "the version before the last fix" };
const OPENED: Other = Other {
    id: "opened",
    title: "What was here before",
    phrase: "what was on the page before this was opened or pasted",
};
const KEEP: Other =
    Other { id: "kept", title: "The kept version", phrase: "the version that was kept" };
const PASTE: Other =
    Other { id: "pasted", title: "A pasted Dockerfile", phrase: "the pasted Dockerfile" };
const LINKED: Other =
    Other { id: "link", title: "A pasted link", phrase: "what the pasted link holds" };

/// Two versions, and what there is to know about them.
pub(super) struct Sides {
    pub(super) before: Input,
    pub(super) after: Input,
    notes: Vec<String>,
}

/// What was chosen.
pub(super) struct Choice {
    /// The choice itself, its fields, and what is to know about both sides.
    pub(super) views: Vec<View>,
    /// Both sides; `None` where the other one is still to come.
    pub(super) sides: Option<Sides>,
}

/// Reads which versions are compared.
pub(super) fn choose(input: &Input, wish: &ViewWish) -> Choice {
    let all = offered(wish);
    let wanted = match wish.setting(COMPARED_WITH) {
        // Whoever pasted something wants that, until something else is chosen.
        "" if !wish.setting(PASTED).trim().is_empty() => PASTE.id,
        wanted => wanted,
    };
    let chosen = all.iter().find(|it| it.id == wanted).or(all.first());
    let chosen = chosen.filter(|it| it.id == wanted || !is_brought(it.id));
    let buttons = all.iter().map(|it| {
        let is_chosen = chosen.is_some_and(|chosen| chosen.id == it.id);
        Piece::choice(it.title, is_chosen, COMPARED_WITH, it.id)
    });
    let label = std::iter::once(Piece::of("Compare with"));
    let mut views = vec![View::Buttons(label.chain(buttons).collect())];
    let Some(chosen) = chosen else {
        views.push(line(
            "Nothing has changed since the version before. Edit a line or apply a fix, and both \
             versions stand here side by side; or choose what to compare with.",
        ));
        return Choice { views, sides: None };
    };
    views.extend(fields(chosen));
    let sides = match read(chosen, input, wish) {
        Ok(sides) => sides,
        Err(message) => {
            views.push(View::Line(vec![Piece::toned(Tone::Bad, message)]));
            None
        }
    };
    if let Some(sides) = &sides {
        let phrase = chosen.phrase;
        views.push(quiet(format!("Before is {phrase}; after is what stands in the editor.")));
        views.extend(sides.notes.iter().map(quiet));
    }
    Choice { views, sides }
}

/// The button that keeps what is there to compare something else with.
pub(super) fn keep(input: &Input, wish: &ViewWish) -> View {
    let context = condense_context(input, SUITABLE_FILES);
    let fragment = encode(&to_shared(input, context.as_ref()));
    let is_kept = wish.setting(KEPT) == fragment;
    let button = Piece::choice("Keep this version to compare with", is_kept, KEPT, &fragment);
    let said = match (is_kept, wish.setting(KEPT)) {
        (true, _) => "It is kept: open a link or an example, or edit on, and compare with it.",
        (false, "") => "It stays when a link or an example is opened.",
        (false, _) => "The one that is kept now is given up for it.",
    };
    View::Buttons(vec![button, Piece::toned(Tone::Quiet, said)])
}

/// Everything that can be compared with, what is wanted most often first.
fn offered(wish: &ViewWish) -> Vec<&'static Other> {
    let is_other_fix = wish.before_fix.is_some() && wish.before_fix != wish.before;
    let all: [(&Other, bool); 7] = [
        (&BEFORE, wish.before.is_some()),
        (&STEP, !wish.setting(STEP_BEFORE).is_empty()),
        (&FIX, is_other_fix),
        (&OPENED, !wish.setting(BEFORE_OPENING).is_empty()),
        (&KEEP, !wish.setting(KEPT).is_empty()),
        (&PASTE, true),
        (&LINKED, true),
    ];
    all.into_iter().filter(|(_, is_there)| *is_there).map(|(other, _)| other).collect()
}

/// Whether it is brought here, so that nobody means it who has not chosen it.
fn is_brought(id: &str) -> bool {
    [PASTE.id, LINKED.id].contains(&id)
}

/// Marks the button of what is brought here, which nobody can in a frame.
pub(super) fn mark_brought(node: &mut Node) {
    if let Node::Button { class, act: Act::Set { value, .. }, .. } = node
        && is_brought(value)
    {
        class.push_str(" unframed");
    }
}

/// What is typed for a choice.
fn fields(chosen: &Other) -> Vec<View> {
    let field = |key: &str, label: &str, hint: &str| View::Field {
        key: key.into(),
        label: label.into(),
        is_long: true,
        hint: hint.into(),
    };
    match chosen.id {
        "pasted" => vec![
            line("To compare two files, put one in the editor and the other one here."),
            field(PASTED, "The other Dockerfile", "FROM …"),
            View::Details {
                summary: "Its ignore file".into(),
                children: vec![field(
                    PASTED_IGNORE,
                    "The other .dockerignore",
                    "Empty stands for that of the editor, # alone for none.",
                )],
            },
        ],
        "link" => vec![
            line("Whoever sent it, it is read here and opens nothing."),
            field(LINK, "A link to somebody's version", "https://…#1.…"),
        ],
        _ => Vec::new(),
    }
}

/// Both sides of a choice; `None` where nothing was pasted yet.
fn read(chosen: &Other, input: &Input, wish: &ViewWish) -> Result<Option<Sides>, String> {
    let version = match chosen.id {
        "before" => wish.before.as_ref(),
        "fix" => wish.before_fix.as_ref(),
        _ => None,
    };
    if let Some(version) = version {
        let before = version.as_input(input);
        return Ok(Some(Sides { before, after: input.clone(), notes: Vec::new() }));
    }
    let setting = |key| Some(wish.setting(key)).filter(|text| !text.trim().is_empty());
    match chosen.id {
        "pasted" => Ok(setting(PASTED).map(|text| pasted(text, setting(PASTED_IGNORE), input))),
        "link" => setting(LINK).map(|link| linked(link, input)).transpose(),
        // Its files are those of the page.
        "step" => setting(STEP_BEFORE)
            .map(|link| linked(link, input).map(|sides| Sides { notes: Vec::new(), ..sides }))
            .transpose(),
        "kept" => setting(KEPT).map(|link| linked(link, input)).transpose(),
        _ => setting(BEFORE_OPENING).map(|link| linked(link, input)).transpose(),
    }
}

fn pasted(dockerfile: &str, ignore: Option<&str>, input: &Input) -> Sides {
    let ignore = ignore.map(str::to_owned);
    let notes = match (&ignore, &input.dockerignore, &input.context) {
        (None, Some(_), Some(_)) => {
            "Both are built from the files of this page, with its ignore file."
        }
        (None, Some(_), None) => "Both are built with the ignore file of the editor.",
        (_, _, Some(_)) => "Both are built from the files of this page.",
        _ => "",
    };
    let before = Input {
        dockerfile: dockerfile.to_owned(),
        dockerignore: ignore.or_else(|| input.dockerignore.clone()),
        ..input.clone()
    };
    let notes = Some(notes).filter(|it| !it.is_empty()).map(str::to_owned);
    Sides { before, after: input.clone(), notes: notes.into_iter().collect() }
}

/// What a link holds, beside the editor's version.
fn linked(link: &str, input: &Input) -> Result<Sides, String> {
    let (mut shared, damage) = match decode(link).map_err(|error| error.to_string())? {
        Fragment::State { shared, damage } => (*shared, damage),
        Fragment::Empty => {
            return Err("This is no link to a version: nothing stands after a #.".to_owned());
        }
        Fragment::Example(id) => {
            return Err(format!(
                "This link names the example {id}. Open it from Examples: what is here now can then \
                 be compared with it."
            ));
        }
        Fragment::Lesson(_) => return Err("This link names a lesson, which is no version.".into()),
    };
    let (mut before, mut after) = (take_input(&mut shared), input.clone());
    let mut notes: Vec<String> = damage.map(|damage| damage.to_string()).into_iter().collect();
    notes.extend(share_files(&mut before, &mut after));
    // What an image weighs is the same for both.
    add_missing(&mut before.image_sizes, &input.image_sizes);
    add_missing(&mut after.image_sizes, &before.image_sizes);
    Ok(Sides { before, after, notes })
}

/// Gives the files of one side to the one that has none, and says whose are taken.
fn share_files(before: &mut Input, after: &mut Input) -> Option<String> {
    let told = |known| describe_files(amount(known).0);
    match (&before.context, &after.context) {
        (None, Some(context)) => {
            let text = format!("It came without files, so both are built from {}.", told(context));
            before.context = Some(context.clone());
            Some(text)
        }
        (Some(context), None) => {
            let text = format!(
                "The page has no files, so both are built from {} that came with it: the sizes of \
                 the editor's version may be others than above.",
                told(context)
            );
            after.context = Some(context.clone());
            Some(text)
        }
        (Some(one), Some(other)) if one != other => {
            Some(format!("Each is built from its own files, {} and {}.", told(one), told(other)))
        }
        _ => None,
    }
}

fn add_missing(sizes: &mut Vec<(String, u64)>, others: &[(String, u64)]) {
    for (name, bytes) in others {
        if !sizes.iter().any(|(known, _)| known == name) {
            sizes.push((name.clone(), *bytes));
        }
    }
}

#[cfg(test)]
mod tests;
