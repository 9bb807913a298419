//! Whether what is on the page is an example that nobody changed, which nobody would miss.

use super::{Action, State};

/// The setting that holds which example is open as it came, or awaited while there is no text.
pub const EXAMPLE: &str = "example";
/// What is said of the step of a cure that the example is.
pub const STORY: &str = "example.story";
/// The id of the step after it.
pub const NEXT_STEP: &str = "example.next";
/// The step before the example, as a link.
pub const STEP_BEFORE: &str = "compare.step";

impl State {
    /// Whether it is an example as it came.
    #[must_use]
    pub fn is_example(&self) -> bool {
        self.settings.iter().any(|(key, _)| key == EXAMPLE)
    }

    /// The example that the page waits for.
    #[must_use]
    pub fn awaited_example(&self) -> Option<&str> {
        let is_awaited = self.is_example() && self.input.dockerfile.is_empty();
        is_awaited.then(|| self.setting(EXAMPLE))
    }

    /// Forgets which step it is: another text has come.
    pub(super) fn leave_step(&mut self) {
        self.settings.retain(|(key, _)| ![STORY, NEXT_STEP, STEP_BEFORE].contains(&key.as_str()));
    }

    /// The state after `action`. Pure; a text that is no platform changes nothing.
    #[must_use]
    pub fn apply(self, action: Action) -> Self {
        let may_touch = !matches!(action, Action::Load(_) | Action::RestoreContext(_));
        let example = (may_touch && self.is_example()).then(|| self.input.clone());
        let mut state = self.act(action);
        if example.is_some_and(|input| input != state.input) {
            state.settings.retain(|(key, _)| key != EXAMPLE);
        }
        state
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> State {
        let state = State::default().apply(Action::EditDockerfile("FROM a\n".into()));
        state.apply(Action::Set { key: EXAMPLE.into(), value: "a".into() })
    }

    #[test]
    fn whoever_changes_an_example_has_work_of_their_own() {
        for (action, is_example) in [
            (Action::OpenPanel("layers".into()), true),
            (Action::EditDockerfile("FROM a\n".into()), true),
            (Action::EditDockerfile("FROM b\n".into()), false),
            (Action::EditDockerignore(Some("x".into())), false),
            (Action::SetImageSize("a".into(), Some(1)), false),
            (Action::EditListing("1 a.js\n".into()), false),
            (Action::Load(Box::new(example())), true),
            (Action::Load(Box::default()), false),
        ] {
            assert_eq!(example().apply(action.clone()).is_example(), is_example, "{action:?}");
        }
    }

    #[test]
    fn an_example_is_awaited_while_there_is_no_text() {
        assert_eq!(example().awaited_example(), None);
        let mut state = example();
        state.input.dockerfile.clear();
        assert_eq!(state.awaited_example(), Some("a"));
    }
}
