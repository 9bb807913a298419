//! What is looked at, and the page that is only looked at: one that another page shows in a frame.

use super::{Action, State};
use crate::view::EMBEDDED;

/// The panel that an id names: a part of one follows it, after a dot.
#[must_use]
pub fn panel_of(id: &str) -> &str {
    id.split_once('.').map_or(id, |(panel, _)| panel)
}

impl Action {
    /// Whether it changes what is looked at, and nothing of what is analysed. Beginning a lesson is
    /// its link's wish.
    #[must_use]
    pub fn only_looks(&self) -> bool {
        matches!(
            self,
            Self::OpenPanel(_)
                | Self::ChoosePull(_)
                | Self::ChooseEdit(_)
                | Self::ChooseBuilding(_)
                | Self::SelectStage(_)
                | Self::Begin { .. }
                | Self::Set { .. }
        )
    }
}

impl State {
    /// Marks the state of a page that is embedded: nothing of it is changed.
    pub fn embed(&mut self, is_embedded: bool) {
        if is_embedded {
            self.settings.push((EMBEDDED.to_owned(), EMBEDDED.to_owned()));
        }
    }

    /// Whether it is that of a page that is embedded.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.settings.iter().any(|(key, _)| key == EMBEDDED)
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::report::Input;

    use super::*;

    #[test]
    fn what_only_looks_leaves_the_input_as_it_is() {
        let set = |key: &str| Action::Set { key: key.into(), value: "cache".into() };
        let looks = [
            Action::OpenPanel("cache".into()),
            Action::SelectStage(Some(1)),
            Action::ChooseEdit("nothing".into()),
            set("a"),
            set("panel"),
        ];
        for action in looks {
            assert!(action.only_looks(), "{action:?}");
            assert_eq!(State::default().apply(action).input, Input::default());
        }
        let replace = Action::ReplaceTexts { dockerfile: "FROM a".into(), dockerignore: None };
        for action in [Action::EditDockerfile("FROM a".into()), replace, Action::ForgetContext] {
            assert!(!action.only_looks(), "{action:?}");
        }
        let mut state = State::default();
        assert!(!state.is_embedded());
        state.embed(true);
        assert!(state.is_embedded());
    }
}
