//! The texts that come with a folder: which are opened at once, which are offered, and what becomes
//! of an ignore file that came with the folder before.

use layerwise_analyzer::context::{ContextOrigin, KnownContext};
use yew::Callback;

use crate::state::{Action, EditorTab, IGNORE, OWN_IGNORE, State};

/// Texts of the folder that may replace those on the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::app) struct Offer {
    pub(in crate::app) dockerfile: Option<String>,
    pub(in crate::app) dockerignore: Option<String>,
}

impl Offer {
    /// Whether there is nothing to offer.
    pub(in crate::app) fn is_empty(&self) -> bool {
        self.dockerfile.is_none() && self.dockerignore.is_none()
    }

    pub(super) fn actions(self) -> impl Iterator<Item = Action> {
        let ignore = self.dockerignore.map(|text| Action::EditDockerignore(Some(text)));
        self.dockerfile.map(Action::EditDockerfile).into_iter().chain(ignore)
    }

    /// Puts the texts on the page, and shows them.
    pub(in crate::app) fn open(self, dispatch: &Callback<Action>) {
        dispatch.emit(Action::OpenTab(self.tab()));
        self.actions().for_each(|action| dispatch.emit(action));
    }

    /// The tab in which the texts are seen, the Dockerfile's where both are there.
    pub(super) fn tab(&self) -> EditorTab {
        match self.dockerfile {
            Some(_) => EditorTab::Dockerfile,
            None => EditorTab::Dockerignore,
        }
    }
}

/// What becomes of the ignore file in the editor when a folder has been read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum IgnoreFile {
    /// There is nothing to tell: the folder has one too, or there is none anywhere.
    Settled,
    /// The folder has none and the person wrote or changed the one in the editor: it stays.
    Stays,
    /// The folder has none, and the one in the editor is that of the folder before: it goes.
    Goes,
}

/// What is remembered of the folders that were read.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The ignore file of a folder that came into the editor, or was offered to.
    ignore: Option<String>,
}

impl Memory {
    /// Whether the ignore file in the editor is, to the byte, that of a folder which was read.
    pub(super) fn is_of_folder(&self, state: &State) -> bool {
        self.ignore.is_some() && self.ignore == state.input.dockerignore
    }

    /// Forgets the folder that is the context, and says whether the ignore file in the editor came
    /// with it and goes too.
    pub(super) fn forget(&mut self, state: &State) -> bool {
        let context = state.input.context.as_deref();
        let is_folder = context.is_some_and(|it| matches!(it.origin, ContextOrigin::Folder(_)));
        let goes = is_folder && self.is_of_folder(state);
        if goes {
            // As in `take`: an undo makes it the person's.
            self.ignore = None;
        }
        goes
    }

    /// Splits what was brought into what is opened at once, because it replaces nothing of the
    /// person's, and what is offered; without a context, texts were brought and no folder.
    pub(super) fn take(
        &mut self,
        state: &State,
        found: Offer,
        context: Option<&KnownContext>,
    ) -> (Offer, Offer, IgnoreFile) {
        let is_of_folder = context.is_some() && self.is_of_folder(state);
        let here = state.input.dockerignore.as_deref().unwrap_or_default();
        let is_blank = here.trim().is_empty();
        let has_none = context.is_some_and(|known| {
            [IGNORE, OWN_IGNORE].iter().all(|name| !known.context.files.contains_key(*name))
        });
        let ignore = match is_of_folder {
            _ if is_blank || !has_none => IgnoreFile::Settled,
            true => IgnoreFile::Goes,
            false => IgnoreFile::Stays,
        };
        if ignore == IgnoreFile::Goes {
            // Who brings it back by an undo wants it: from then on it is the person's.
            self.ignore = None;
        }
        let (mut open, mut offer) = (Offer::default(), Offer::default());
        let dockerfile = &state.input.dockerfile;
        match found.dockerfile {
            Some(text) if dockerfile.trim().is_empty() => open.dockerfile = Some(text),
            Some(text) if text != *dockerfile => offer.dockerfile = Some(text),
            _ => {}
        }
        if let Some(text) = found.dockerignore.filter(|text| text != here) {
            if context.is_some() {
                self.ignore = Some(text.clone());
            }
            let place = if is_blank || is_of_folder { &mut open } else { &mut offer };
            place.dockerignore = Some(text);
        }
        (open, offer, ignore)
    }
}

/// Whether an ignore file stands in the editor beside the folder of this name.
pub(super) fn is_beside(state: &State, name: &str) -> bool {
    let known = state.input.context.as_ref();
    state.input.dockerignore.is_some()
        && known.is_some_and(|it| matches!(&it.origin, ContextOrigin::Folder(own) if own == name))
}

/// What was brought, as a sentence begins with it.
fn begin_with(name: &str) -> &str {
    if name.is_empty() { "What you brought" } else { name }
}

/// Says that the ignore file of the folder before went with it.
pub(super) fn told_gone(name: &str) -> String {
    let name = begin_with(name);
    format!(
        "{name} has no .dockerignore; the one of the folder before went with it. Undo brings it back."
    )
}

/// Says that the ignore file of the folder that was forgotten went with it.
pub(super) const FORGOTTEN: &str =
    "The .dockerignore of the folder went with it. Undo brings it back.";

/// Says that the ignore file in the editor stays beside a folder without one.
pub(super) fn told_kept(name: &str) -> String {
    format!("{} has no .dockerignore; the one in the editor is kept.", begin_with(name))
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::context::read_listing;

    use super::*;

    fn texts(dockerfile: &str, ignore: Option<&str>) -> Offer {
        let dockerfile = (!dockerfile.is_empty()).then(|| dockerfile.into());
        Offer { dockerfile, dockerignore: ignore.map(str::to_owned) }
    }

    fn folder(listing: &str) -> KnownContext {
        let (context, _) = read_listing(listing);
        KnownContext { origin: ContextOrigin::Folder("app".into()), context }
    }

    fn ignoring(state: &State, text: Option<&str>) -> State {
        state.clone().apply(Action::EditDockerignore(text.map(str::to_owned)))
    }

    const WITH: &str = "1 .dockerignore\n1 a\n";
    const WITHOUT: &str = "1 a\n";

    #[test]
    fn texts_of_a_folder_are_opened_where_they_replace_nothing_and_offered_otherwise() {
        let known = folder(WITH);
        let found = || texts("FROM folder\n", Some("*.md\n"));
        let (none, settled) = (Offer::default, IgnoreFile::Settled);
        let take = |state: &State| Memory::default().take(state, found(), Some(&known));
        let empty = State::default();
        assert_eq!(take(&empty), (found(), none(), settled));
        let with = |dockerfile: &str, ignore| {
            let state = empty.clone().apply(Action::EditDockerfile(dockerfile.into()));
            ignoring(&state, Some(ignore))
        };
        assert_eq!(take(&with("FROM mine\n", "docs\n")), (none(), found(), settled));
        assert_eq!(take(&with("FROM folder\n", "*.md\n")), (none(), none(), settled));
    }

    #[test]
    fn an_ignore_file_goes_with_its_folder_and_the_persons_own_stays() {
        let (with, without, empty) = (folder(WITH), folder(WITHOUT), State::default());
        let mut memory = Memory::default();
        let (open, _, _) = memory.take(&empty, texts("", Some("*.md\n")), Some(&with));
        assert_eq!(open.dockerignore.as_deref(), Some("*.md\n"), "there was none");
        let untouched = ignoring(&empty, Some("*.md\n"));
        let edited = ignoring(&empty, Some("*.mx\n"));
        let blank = ignoring(&empty, Some("\n"));
        let unreadable = memory.take(&untouched, Offer::default(), Some(&with)).2;
        assert_eq!(unreadable, IgnoreFile::Settled, "the folder has one");
        let loose = memory.take(&untouched, texts("FROM a\n", None), None).2;
        assert_eq!(loose, IgnoreFile::Settled, "a Dockerfile alone is no folder");
        for (state, wanted) in [
            (&edited, IgnoreFile::Stays),
            (&empty, IgnoreFile::Settled),
            (&blank, IgnoreFile::Settled),
            (&untouched, IgnoreFile::Goes),
            // An undo brought it back.
            (&untouched, IgnoreFile::Stays),
        ] {
            let (_, _, ignore) = memory.take(state, Offer::default(), Some(&without));
            assert_eq!(ignore, wanted, "{:?}", state.input.dockerignore);
        }
        let typed = Memory::default().take(&untouched, Offer::default(), Some(&without)).2;
        assert_eq!(typed, IgnoreFile::Stays, "no folder brought it");
    }

    #[test]
    fn an_ignore_file_is_forgotten_with_its_folder_and_with_nothing_else() {
        let (with, empty) = (folder(WITH), State::default());
        let bring = |text: Option<&str>, known: KnownContext| {
            ignoring(&empty, text).apply(Action::BringContext(known.into()))
        };
        let listing = KnownContext { origin: ContextOrigin::Listing, ..folder(WITH) };
        let mut memory = Memory::default();
        let _ = memory.take(&empty, texts("", Some("*.md\n")), Some(&with));
        for (state, goes, why) in [
            (bring(Some("*.mx\n"), folder(WITH)), false, "the person changed it"),
            (bring(None, folder(WITH)), false, "there is none"),
            (bring(Some("*.md\n"), listing), false, "it came with a folder before the listing"),
            (bring(Some("*.md\n"), folder(WITH)), true, "it is as it came"),
            (bring(Some("*.md\n"), folder(WITH)), false, "an undo brought it back"),
        ] {
            assert_eq!(memory.forget(&state), goes, "{why}");
        }
    }

    #[test]
    fn the_next_folders_ignore_file_replaces_that_of_the_folder_before_and_no_other() {
        let (with, empty) = (folder(WITH), State::default());
        let mut memory = Memory::default();
        let _ = memory.take(&empty, texts("", Some("first\n")), Some(&with));
        let second = || texts("", Some("second\n"));
        let untouched = ignoring(&empty, Some("first\n"));
        let edited = ignoring(&empty, Some("first\nmine\n"));
        assert_eq!(memory.take(&edited, second(), Some(&with)).1, second(), "asked first");
        let accepted = ignoring(&empty, Some("second\n"));
        assert!(memory.is_of_folder(&accepted), "what was offered came of the folder");
        assert!(!memory.is_of_folder(&untouched), "the first folder is long gone");
        let (open, offer, _) = memory.take(&accepted, texts("", Some("first\n")), Some(&with));
        assert_eq!((open, offer), (texts("", Some("first\n")), Offer::default()));
    }
}
