//! The examples of the menu. Their texts are in a file of the page's own, `examples/examples.json`,
//! which is loaded when the menu is opened or a link names one.

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::Input;

use crate::bindings::examples::{self, Row};
use crate::state::shared::fragment_of;
use crate::state::{EXAMPLE, NEXT_STEP, STEP_BEFORE, STORY, State};

/// A page that waits for the example with this id.
#[must_use]
pub fn wanted(id: String) -> State {
    State { settings: vec![(EXAMPLE.to_owned(), id)], ..State::default() }
}

/// Loads the example with this id.
///
/// # Errors
/// A sentence that says why it is not there.
pub async fn load(id: &str) -> Result<State, String> {
    match examples::read(id).await {
        Some(row) => opened(id, row).ok_or(format!("There is no example called “{id}”.")),
        None => Err("The example could not be loaded: the page's file of examples did not come. \
                     Choose it from “Examples” to try again."
            .to_owned()),
    }
}

/// A page that has just opened an example: its listing, its Dockerfile and ignore file, those of the
/// step before, what is said of a step, the next one, and paths and texts of manifests. `None` for a row
/// without them.
fn opened(id: &str, row: Row) -> Option<State> {
    let mut row = row.into_iter();
    let mut next = || row.next().flatten();
    let (mut context, _) = read_listing(&next()?);
    let mut texts = || {
        let (dockerfile, dockerignore) = (next(), next());
        Some(Input { dockerfile: dockerfile?, dockerignore, ..Input::default() })
    };
    let mut state = wanted(id.to_owned());
    state.input = texts()?;
    if let Some(before) = texts() {
        state.settings.push((STEP_BEFORE.to_owned(), fragment_of(&before)));
    }
    for (key, value) in [(STORY, next()), (NEXT_STEP, next())] {
        state.settings.extend(value.map(|value| (key.to_owned(), value)));
    }
    while let (Some(path), Some(text)) = (next(), next()) {
        context.manifests.insert(path, text);
    }
    let origin = ContextOrigin::Folder(id.to_owned());
    state.input.context = Some(Rc::new(KnownContext { origin, context }));
    Some(state.opened())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(before: Option<&str>) -> Row {
        let texts = [Some("12 a.js\n2 package.json\n"), Some("FROM a\n"), Some("*.md\n"), before];
        let rest = [None, before, None, Some("package.json"), Some("{}")];
        texts.into_iter().chain(rest).map(|it| it.map(str::to_owned)).collect()
    }

    #[test]
    fn an_example_opens_with_its_files_and_its_manifests() {
        let state = opened("a", row(None)).expect("there is one");
        assert_eq!(state.input.dockerfile, "FROM a\n");
        assert_eq!(state.input.dockerignore.as_deref(), Some("*.md\n"));
        let known = state.input.context.as_ref().expect("it has files");
        assert_eq!((known.context.files.len(), known.context.manifests.len()), (2, 1));
        assert!(state.is_example() && state.before.is_some());
        assert!(!state.settings.iter().any(|(key, _)| key == STEP_BEFORE));
        assert_eq!(opened("a", Row::new()), None);
    }

    #[test]
    fn a_step_can_be_compared_with_the_one_before() {
        let state = opened("a", row(Some("FROM b\n"))).expect("there is one");
        let before = Input { dockerfile: "FROM b\n".into(), ..Input::default() };
        let kept = state.settings.iter().find(|(key, _)| key == STEP_BEFORE);
        assert_eq!(kept.map(|(_, link)| link.clone()), Some(fragment_of(&before)));
        assert!(state.settings.iter().any(|(key, told)| key == STORY && told == "FROM b\n"));
        assert!(!state.settings.iter().any(|(key, _)| key == NEXT_STEP), "it is the last one");
    }
}
