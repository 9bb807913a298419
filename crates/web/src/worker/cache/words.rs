//! Edits and refusals in the page's words, which the page's own wasm need not hold.

use layerwise_analyzer::report::cache::{CacheReport, UsualEdit};

use super::{find, is_of_any_project, name_of};
use crate::state::{NOTHING, OWN_EDIT};

/// A usual edit to choose.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct UsualChoice {
    /// What [`crate::state::State::edit`] holds once it is chosen.
    pub name: String,
    /// What it is called.
    pub title: String,
}

impl UsualChoice {
    /// The choice of a usual edit.
    pub(super) fn of(usual: UsualEdit) -> Self {
        Self { name: name_of(&usual), title: usual.title }
    }
}

/// Why nothing is replayed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Refused {
    /// In a few words.
    pub title: String,
    /// What is wrong and what to do next, each a sentence.
    pub told: Vec<String>,
}

/// A replay, or why there is none: the edit cannot be done, or the builder refuses what comes of it.
/// `is_broken` says whether it refuses the Dockerfile as it stands.
pub(super) fn refuse(
    outcome: Result<CacheReport, String>,
    is_broken: bool,
) -> Result<CacheReport, Refused> {
    let errors = match outcome {
        Ok(replayed) if replayed.errors.is_empty() => return Ok(replayed),
        Ok(replayed) => replayed.errors,
        Err(told) => {
            let title = "This edit cannot be tried".to_owned();
            let told = vec![in_page_words(&told), "Choose another one above.".to_owned()];
            return Err(Refused { title, told });
        }
    };
    let title = match is_broken {
        true => "Nothing can be replayed until the Dockerfile is mended",
        false => "The build fails after this edit",
    };
    let told =
        errors.iter().map(|error| format!("Line {}: {}", error.position.line, error.message));
    Err(Refused { title: title.to_owned(), told: told.collect() })
}

/// What the analyzer says to who writes a command, to who chooses from a list.
fn in_page_words(told: &str) -> String {
    let ends =
        [("write modify:", "choose “its content changes”"), ("write add:", "choose “it is added”")];
    let found = ends.iter().find_map(|(end, words)| Some((told.split_once(end)?.0, words)));
    found.map_or_else(|| told.to_owned(), |(start, words)| format!("{start}{words}"))
}

/// What an edit is called, as a sentence that begins with it: `a source file (src/index.js) changes`.
pub(super) fn title_of(edits: &[UsualEdit], chosen: &str, has_own: bool) -> String {
    let usual = find(edits, chosen).and_then(|usual| usual.edit.as_ref().map(|edit| (usual, edit)));
    let edit = usual.map_or_else(|| chosen.to_owned(), |(_, edit)| edit.to_string());
    let (kind, what) = edit.split_once(':').unwrap_or((&edit, ""));
    let what = match usual {
        Some((usual, _)) if is_of_any_project(&usual.title) => format!("{} ({what})", usual.title),
        _ => what.to_owned(),
    };
    match kind {
        NOTHING => "nothing changes".to_owned(),
        OWN_EDIT if has_own => "my edit is built".to_owned(),
        OWN_EDIT => "nothing is edited yet".to_owned(),
        "add" => format!("{what} is added"),
        "remove" => format!("{what} is removed"),
        "touch" => format!("only the time of {what} changes"),
        "chmod" => format!("the mode of {what} changes"),
        "base" => format!("another image stands behind {what}"),
        "arg" => format!("the build argument is {what}"),
        _ => format!("{what} changes"),
    }
}
