//! What a lesson does to the page: it brings texts and files of its own, and what was learned stays.

use super::{Listing, State};

/// The setting that holds which lesson is open.
pub const LESSON: &str = "learn.lesson";
/// The setting that holds the names of the lessons that are done, between whatever else was pasted.
pub const LEARNED: &str = "learn.done";
/// The setting that holds the Markdown of a lesson that is none of ours.
pub const OWN_LESSON: &str = "learn.own";
/// What [`LESSON`] holds while that one is open.
pub const OWN: &str = "own";
/// The setting that holds the Markdown of the lesson that the person writes.
pub const DRAFT: &str = "learn.draft";
/// What [`LESSON`] holds, or begins with, while it is written.
pub const WRITING: &str = "write";
/// The setting that holds which step is presented, and [`HERE`] for that of the text that is there;
/// empty while none is.
pub const PRESENTED: &str = "present.step";
/// The step whose text is there.
pub const HERE: &str = "here";

impl State {
    /// Begins a lesson: its texts and files take the place of what is there.
    pub(super) fn begin(
        &mut self,
        dockerfile: String,
        dockerignore: Option<String>,
        listing: String,
        settings: Vec<(String, String)>,
    ) {
        self.edit_dockerfile(dockerfile);
        self.input.dockerignore = dockerignore;
        self.input.context = None;
        self.take_listing(Listing::read(listing));
        self.can_undo = false;
        self.set_before();
        self.set_all(settings);
    }

    /// Remembers several settings.
    pub(super) fn set_all(&mut self, settings: Vec<(String, String)>) {
        settings.into_iter().for_each(|(key, value)| self.set(key, value));
    }

    /// The value of a setting; empty where there is none.
    #[must_use]
    pub fn setting(&self, key: &str) -> &str {
        self.settings.iter().find(|(own, _)| own == key).map_or("", |(_, value)| value)
    }

    /// Whether something is presented to a room.
    #[must_use]
    pub fn is_presented(&self) -> bool {
        !self.setting(PRESENTED).is_empty()
    }

    /// Another state in place of this one. What was learned, and the lesson that is being written, are
    /// the person's, whatever is looked at.
    pub(super) fn load(self, mut other: Self) -> Self {
        let stays = |(key, _): &(String, String)| key == LEARNED || key == DRAFT;
        other.settings.retain(|setting| !stays(setting));
        other.settings.extend(self.settings.into_iter().filter(stays));
        other
    }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;

    #[test]
    fn a_lesson_begins_with_its_own_files_and_what_was_learned_outlives_any_load() {
        let begin = |listing: &str| Action::Begin {
            dockerfile: "FROM a\n".into(),
            dockerignore: None,
            listing: listing.into(),
            settings: vec![(LEARNED.to_owned(), "one".to_owned())],
        };
        let actions = [Action::EditDockerignore(Some("x".into())), begin("12 a.js\n")];
        let state = actions.into_iter().fold(State::default(), State::apply);
        assert_eq!(
            (state.input.dockerfile.as_str(), &state.input.dockerignore),
            ("FROM a\n", &None)
        );
        let files = |state: &State| state.input.context.as_ref().map(|it| it.context.files.len());
        assert_eq!(files(&state), Some(1));
        assert_eq!(files(&state.clone().apply(begin(""))), None, "the next one assumes its files");
        let loaded = state.apply(Action::Load(Box::default()));
        assert_eq!(loaded.settings, [(LEARNED.to_owned(), "one".to_owned())]);
    }
}
