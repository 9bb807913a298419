//! What is tried between two builds: the version before, and the edit, the builder and the times.

use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::plan::BuildOptions;
use layerwise_analyzer::report::Input;
use layerwise_analyzer::report::cache::Timing;

use super::shared::fragment_of;
use super::{BEFORE_OPENING, Building, State};
use crate::view::OPEN_PANEL;

/// A text that changes its length by more bytes than this was pasted or loaded, not typed.
pub const MOST_BYTES_TYPED: usize = 16;

/// What was built before: what a link, an example or a paste brought, or what the person marked.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Version {
    /// Its Dockerfile.
    pub dockerfile: String,
    /// Its ignore file.
    pub dockerignore: Option<String>,
    /// Its target, build arguments and platform.
    pub options: BuildOptions,
    /// Its files. `None` where nobody had brought any or where they were not kept: files are then
    /// taken to be the same. The worker is sent them apart.
    #[serde(skip)]
    pub context: Option<Rc<KnownContext>>,
}

impl Version {
    /// The version that an input is.
    #[must_use]
    pub fn of(input: &Input) -> Self {
        Self {
            dockerfile: input.dockerfile.clone(),
            dockerignore: input.dockerignore.clone(),
            options: input.options.clone(),
            context: input.context.clone(),
        }
    }

    /// Whether an input is another version.
    #[must_use]
    pub fn differs(&self, input: &Input) -> bool {
        self.dockerfile != input.dockerfile
            || self.dockerignore != input.dockerignore
            || self.options != input.options
            || self.other_context(input).is_some()
    }

    /// The input that it is where another one is there now: what it does not know is as it is now.
    #[must_use]
    pub fn as_input(&self, now: &Input) -> Input {
        let known = self.other_context(now).and(self.context.as_ref());
        Input {
            dockerfile: self.dockerfile.clone(),
            dockerignore: self.dockerignore.clone(),
            options: self.options.clone(),
            context: known.or(now.context.as_ref()).cloned(),
            ..now.clone()
        }
    }

    /// The files of an input, where both have some and they differ.
    #[must_use]
    pub fn other_context<'input>(&self, input: &'input Input) -> Option<&'input Rc<KnownContext>> {
        let own = self.context.as_ref()?;
        input.context.as_ref().filter(|context| *context != own)
    }
}

/// What the engine is asked to try.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Trial {
    /// The edit, as [`State::edit`] holds it.
    pub edit: String,
    /// Who builds after it.
    pub building: Building,
    /// Milliseconds that the person typed for instructions, as BuildKit prints them.
    pub times: Vec<(String, u64)>,
    /// The version before, where it differs from the input.
    pub before: Option<Rc<Version>>,
}

impl Trial {
    /// How time is counted.
    #[must_use]
    pub fn timing(&self) -> Timing {
        Timing { by_instruction: self.times.clone(), ..self.building.timing() }
    }
}

impl State {
    /// What is to be tried.
    #[must_use]
    pub fn trial(&self) -> Trial {
        Trial {
            edit: self.edit.to_string(),
            building: self.building,
            times: self.times.clone(),
            before: self.before.clone().filter(|before| before.differs(&self.input)),
        }
    }

    /// The same with itself as the version before where it has none, as a link opens.
    #[must_use]
    pub fn opened(mut self) -> Self {
        if self.before.is_none() && !self.input.dockerfile.trim().is_empty() {
            self.set_before();
        }
        self
    }

    /// Takes what is there now as the version before.
    pub(super) fn set_before(&mut self) {
        self.before = Some(Rc::new(Version::of(&self.input)));
    }

    /// Takes another text of the Dockerfile. One that is pasted where none was, or that is no text of
    /// the same file, is a version to begin with.
    pub(super) fn edit_dockerfile(&mut self, text: String) {
        let old = std::mem::replace(&mut self.input.dockerfile, text);
        let text = &self.input.dockerfile;
        // A letter typed into two lines makes another half of them.
        let is_other = text.lines().count() > 2 && !are_alike(&old, text);
        let is_pasted = is_other || old.len().abs_diff(text.len()) > MOST_BYTES_TYPED;
        let begins = match &self.before {
            None => old.trim().is_empty(),
            Some(before) => !are_alike(&before.dockerfile, text),
        };
        if is_pasted && begins && !text.trim().is_empty() {
            let earlier = match &self.before {
                // What was pasted over may have been cleared away first.
                Some(before) if old.trim().is_empty() => before.as_input(&self.input),
                _ => Input { dockerfile: old, ..self.input.clone() },
            };
            if !earlier.dockerfile.trim().is_empty() {
                self.set(BEFORE_OPENING.to_owned(), fragment_of(&earlier));
            }
            self.set_before();
            self.leave_step();
        }
    }

    /// Remembers what was typed or chosen in a panel, or opens one.
    pub(super) fn set(&mut self, key: String, value: String) {
        if key == OPEN_PANEL {
            self.panel = value.into();
            return;
        }
        match self.settings.iter_mut().find(|(other, _)| *other == key) {
            Some((_, old)) => *old = value,
            None => self.settings.push((key, value)),
        }
    }
}

/// Whether two texts are versions of one file: half of the lines of the shorter one, blank ones
/// aside, are lines of the other.
fn are_alike(one: &str, other: &str) -> bool {
    // More lines than this say no more.
    const MOST_LINES: usize = 400;
    let lines = |text| {
        let lines = str::lines(text).map(str::trim).filter(|line| !line.is_empty());
        lines.take(MOST_LINES).collect::<Vec<&str>>()
    };
    let (one, other) = (lines(one), lines(other));
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let common = short.iter().filter(|line| long.contains(line)).count();
    common * 2 >= short.len()
}

#[cfg(test)]
mod tests {
    use super::super::Action;
    use super::*;

    const NODE: &str = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\n";
    const BETTER: &str =
        "FROM node:22\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\nCOPY . .\n";
    const GO: &str = "FROM golang:1.26\nCOPY . /src\nRUN go build -o /app .\n";

    fn edited(texts: &[&str]) -> State {
        let actions = texts.iter().map(|text| Action::EditDockerfile((*text).to_owned()));
        actions.fold(State::default(), State::apply)
    }

    fn before(texts: &[&str]) -> Option<String> {
        edited(texts).before.map(|before| before.dockerfile.clone())
    }

    #[test]
    fn what_is_pasted_is_the_version_before_until_another_file_is() {
        assert_eq!(before(&[NODE]).as_deref(), Some(NODE));
        assert_eq!(before(&[NODE, BETTER]).as_deref(), Some(NODE), "a version of the same file");
        assert_eq!(before(&[NODE, BETTER, GO]).as_deref(), Some(GO), "another file");
        assert_eq!(before(&[NODE, ""]).as_deref(), Some(NODE), "to be pasted over");
        let typed = format!("{NODE}USER node\n");
        assert_eq!(before(&[NODE, &typed]).as_deref(), Some(NODE));
        assert_eq!(before(&["F", "FR", "FROM a"]), None, "typed from the first letter");
    }

    #[test]
    fn a_file_that_another_one_is_pasted_over_can_be_compared_with_it() {
        let earlier = |texts: &[&str]| {
            let state = edited(texts);
            state.settings.into_iter().find(|(key, _)| key == BEFORE_OPENING).map(|(_, link)| link)
        };
        let node = fragment_of(&edited(&[NODE]).input);
        assert_eq!(earlier(&[NODE]), None);
        assert_eq!(earlier(&[NODE, BETTER]), None, "the version before is there for that");
        assert_eq!(earlier(&[NODE, GO]).as_ref(), Some(&node));
        assert_eq!(earlier(&[NODE, "", GO]).as_ref(), Some(&node), "cleared away first");
    }

    #[test]
    fn only_a_version_that_differs_is_tried_and_any_can_be_marked() {
        assert_eq!(edited(&[NODE]).trial().before, None);
        let state = edited(&[NODE, BETTER]);
        assert!(state.trial().before.is_some_and(|before| before.dockerfile == NODE));
        let state = state.apply(Action::SetBefore);
        assert_eq!(state.trial().before, None);
        let state = state.apply(Action::ChooseTarget(Some("build".into())));
        assert!(state.trial().before.is_some(), "a target is part of it");
    }

    #[test]
    fn files_that_come_later_are_no_edit_and_others_are() {
        let state = edited(&[NODE]).apply(Action::EditListing("1 a.js\n".into()));
        assert_eq!(state.trial().before, None, "nobody knew any before");
        let state = state.apply(Action::SetBefore);
        let state = state.apply(Action::EditListing("2 a.js\n".into()));
        assert!(state.trial().before.is_some());
    }
}
