//! Fixes that are applied to both texts and values that are taken over, and how both are taken back.

use std::rc::Rc;

use super::{State, Version, set_size};

/// Names with their numbers.
type Numbers = Vec<(String, u64)>;

/// What was typed: sizes of images, sizes that are assumed, times of instructions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed([Numbers; 3]);

impl State {
    /// Puts the texts of a fix in place; an ignore file of `None` stays as it is.
    pub(super) fn replace(&mut self, dockerfile: String, dockerignore: Option<String>) {
        let before = Version::of(&self.input);
        self.edit_dockerfile(dockerfile);
        if let Some(text) = dockerignore {
            self.input.dockerignore = Some(text);
        }
        if before.differs(&self.input) {
            match self.before_fix.take() {
                Some(earlier) if self.can_undo => self.before_earlier.push(earlier),
                _ => self.before_earlier.clear(),
            }
            self.before_fix = Some(Rc::new(before));
            self.before_typing = None;
            self.can_undo = true;
        }
    }

    /// Types what a real build tells.
    pub(super) fn type_all(&mut self, all: [Numbers; 3]) {
        let before = Typed(self.typed().map(|own| own.clone()));
        for (own, told) in self.typed().into_iter().zip(all) {
            for (name, number) in told {
                set_size(own, name, Some(number));
            }
        }
        if self.typed().map(|own| own.clone()) != before.0 {
            self.before_typing = Some(Rc::new(before));
            self.can_undo = true;
        }
    }

    /// What is typed.
    fn typed(&mut self) -> [&mut Numbers; 3] {
        [&mut self.input.image_sizes, &mut self.input.assumed_sizes, &mut self.times]
    }

    /// Keeps what was taken over: the person goes on typing.
    pub(super) fn keep_typed(&mut self) {
        if self.before_typing.take().is_some() {
            self.can_undo = false;
        }
    }

    /// Puts the texts before the last fix back, or what was typed before values were taken over.
    pub(super) fn undo_fix(&mut self) {
        if !std::mem::take(&mut self.can_undo) {
            return;
        }
        if let Some(before) = self.before_typing.take() {
            for (own, old) in self.typed().into_iter().zip(&before.0) {
                own.clone_from(old);
            }
        } else if let Some(before) = self.before_fix.take() {
            self.edit_dockerfile(before.dockerfile.clone());
            self.input.dockerignore.clone_from(&before.dockerignore);
            self.before_fix = self.before_earlier.pop();
            self.can_undo = self.before_fix.is_some();
        }
    }

    /// Takes the ignore file as the person left it, likewise.
    pub(super) fn go_on_ignoring(&mut self, dockerignore: Option<String>) {
        self.keep_typed();
        let before = self.before_fix.as_ref().filter(|_| self.can_undo);
        let fixed = &self.input.dockerignore;
        let is_back =
            |before: &&Rc<Version>| before.dockerignore == dockerignore && *fixed != dockerignore;
        if before.as_ref().is_some_and(is_back) {
            self.undo_fix();
        } else {
            self.can_undo = false;
        }
        self.input.dockerignore = dockerignore;
    }

    /// Takes the Dockerfile as the person left it. Who takes a fix back in the editor, which knows
    /// one text alone, has it taken back in the ignore file as well.
    pub(super) fn go_on(&mut self, dockerfile: String) {
        self.keep_typed();
        let before = self.before_fix.as_ref().filter(|_| self.can_undo);
        if before.is_some_and(|before| before.dockerfile == dockerfile) {
            self.undo_fix();
        } else {
            self.can_undo = false;
        }
        self.edit_dockerfile(dockerfile);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;

    fn after(state: State, actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(state, State::apply)
    }

    fn texts(state: &State) -> (&str, Option<&str>) {
        (&state.input.dockerfile, state.input.dockerignore.as_deref())
    }

    fn fixed() -> State {
        let fix = Action::ReplaceTexts {
            dockerfile: "FROM a\nUSER b\n".into(),
            dockerignore: Some(".git\n".into()),
        };
        after(State::default(), [Action::EditDockerfile("FROM a\n".into()), fix])
    }

    #[test]
    fn a_fix_is_undone_in_both_texts_by_its_button_and_by_the_editor() {
        assert_eq!(texts(&fixed()), ("FROM a\nUSER b\n", Some(".git\n")));
        for action in [
            Action::UndoFix,
            Action::EditDockerfile("FROM a\n".into()),
            Action::EditDockerignore(None),
        ] {
            let undone = fixed().apply(action.clone());
            assert_eq!(texts(&undone), ("FROM a\n", None), "after {action:?}");
            assert!(!undone.can_undo, "it is undone by {action:?}");
        }
    }

    #[test]
    fn fixes_are_undone_one_after_the_other_until_something_is_typed() {
        let again = |state: State| {
            let (dockerfile, dockerignore) = ("FROM a\nUSER c\n".into(), None);
            state.apply(Action::ReplaceTexts { dockerfile, dockerignore })
        };
        for undo in [Action::UndoFix, Action::EditDockerfile("FROM a\nUSER b\n".into())] {
            let undone = again(fixed()).apply(undo);
            assert_eq!((texts(&undone), undone.can_undo), (texts(&fixed()), true));
            let undone = undone.apply(Action::UndoFix);
            assert_eq!((texts(&undone), undone.can_undo), (("FROM a\n", None), false));
        }
        let typed = fixed().apply(Action::EditDockerfile("FROM a\nUSER d\n".into()));
        let undone = again(typed).apply(Action::UndoFix);
        assert_eq!((texts(&undone).0, undone.can_undo), ("FROM a\nUSER d\n", false));
    }

    #[test]
    fn what_is_typed_after_a_fix_is_never_undone_with_it() {
        let typed = fixed().apply(Action::EditDockerfile("FROM a\nUSER c\n".into()));
        assert_eq!(texts(&typed.apply(Action::UndoFix)).0, "FROM a\nUSER c\n");
        let typed = fixed().apply(Action::EditDockerignore(Some("x\n".into())));
        let typed = typed.apply(Action::EditDockerfile("FROM a\n".into()));
        assert_eq!(texts(&typed), ("FROM a\n", Some("x\n")));
    }

    #[test]
    fn what_is_taken_over_is_undone_at_once_and_only_while_it_is_the_last() {
        let typed = Action::SetImageSize("a".into(), Some(1));
        let numbers = |name: &str| vec![(name.to_owned(), 5)];
        let take = Action::TypeAll {
            image_sizes: numbers("a"),
            assumed_sizes: numbers("b"),
            times: numbers("RUN c"),
        };
        let before = fixed().apply(typed.clone());
        let taken = before.clone().apply(take.clone());
        assert_eq!((&taken.times, &taken.input.image_sizes), (&numbers("RUN c"), &numbers("a")));
        let undone = taken.clone().apply(Action::UndoFix);
        assert_eq!(undone.input, before.input, "the text stays as it is");
        assert_eq!((undone.times.len(), undone.can_undo), (0, false));
        let edit = Action::EditDockerignore(None);
        for later in [typed, Action::EditDockerfile("FROM b".into()), edit] {
            let later = taken.clone().apply(later);
            assert_eq!(later.clone().apply(Action::UndoFix), later);
        }
        let again = taken.apply(Action::KeepFix).apply(take);
        assert!(!again.can_undo, "nothing is new");
    }

    #[test]
    fn a_fix_that_changes_nothing_cannot_be_undone() {
        let state = fixed().apply(Action::KeepFix);
        let (dockerfile, dockerignore) = (state.input.dockerfile.clone(), None);
        let again = state.apply(Action::ReplaceTexts { dockerfile, dockerignore });
        assert!(!again.can_undo);
    }
}
