//! What the page remembers: ground facts only. The report is derived from them, never stored.

use layerwise_analyzer::images::Platform;
use layerwise_analyzer::report::Input;
use layerwise_analyzer::text::Span;
use yew::AttrValue;

/// The texts and tables beside each other in the editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditorTab {
    /// The Dockerfile.
    #[default]
    Dockerfile,
    /// The `.dockerignore`.
    Dockerignore,
    /// Target, build arguments, platform.
    Options,
}

impl EditorTab {
    /// Every tab in order, with the id that links name it by.
    pub const ALL: [(Self, &'static str); 3] = [
        (Self::Dockerfile, "dockerfile"),
        (Self::Dockerignore, "dockerignore"),
        (Self::Options, "options"),
    ];

    /// The id that links name it by.
    #[must_use]
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(tab, _)| *tab == self).map_or("", |(_, id)| id)
    }

    /// The tab with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == id).map(|(tab, _)| *tab)
    }
}

/// Everything the page remembers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// What is analysed.
    pub input: Input,
    /// The open editor tab.
    pub tab: EditorTab,
    /// Id of the open panel, from `panels::ALL`; empty, or not among them, for the first.
    pub panel: AttrValue,
    /// The stage the person picked; its lines light up.
    pub selected_stage: Option<usize>,
}

/// What can happen to the state.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// The Dockerfile's text changed.
    EditDockerfile(String),
    /// The ignore file's text changed; `None` removes the file.
    EditDockerignore(Option<String>),
    /// A target was chosen; `None` for the last stage.
    ChooseTarget(Option<String>),
    /// All build arguments, in order.
    SetBuildArguments(Vec<(String, Option<String>)>),
    /// A platform was chosen, such as `linux/arm64`.
    ChoosePlatform(String),
    /// The person typed an image's uncompressed bytes; `None` forgets them.
    SetImageSize(String, Option<u64>),
    /// An editor tab was opened.
    OpenTab(EditorTab),
    /// A panel was opened, by id.
    OpenPanel(AttrValue),
    /// A stage was picked, or nothing.
    SelectStage(Option<usize>),
    /// The editor should show this place of the Dockerfile.
    Reveal(Span),
    /// Everything is replaced (an example, a link, the last work).
    Load(Box<State>),
}

impl State {
    /// The state after `action`. Pure; a text that is no platform changes nothing.
    #[must_use]
    pub fn apply(mut self, action: Action) -> Self {
        match action {
            Action::EditDockerfile(text) => self.input.dockerfile = text,
            Action::EditDockerignore(text) => self.input.dockerignore = text,
            Action::ChooseTarget(target) => self.input.options.target = target,
            Action::SetBuildArguments(all) => self.input.options.build_arguments = all,
            Action::ChoosePlatform(text) => {
                if let Ok(platform) = Platform::parse(&text) {
                    self.input.options.platform = platform;
                }
            }
            Action::SetImageSize(reference, bytes) => self.set_image_size(reference, bytes),
            Action::OpenTab(tab) => self.tab = tab,
            Action::OpenPanel(panel) => self.panel = panel,
            Action::SelectStage(stage) => self.selected_stage = stage,
            Action::Reveal(_) => self.tab = EditorTab::Dockerfile,
            Action::Load(other) => self = *other,
        }
        self
    }

    fn set_image_size(&mut self, reference: String, bytes: Option<u64>) {
        let sizes = &mut self.input.image_sizes;
        let known = sizes.iter().position(|(name, _)| *name == reference);
        match (known, bytes) {
            (Some(at), Some(bytes)) => sizes[at].1 = bytes,
            (Some(at), None) => {
                sizes.remove(at);
            }
            (None, Some(bytes)) => sizes.push((reference, bytes)),
            (None, None) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(actions: impl IntoIterator<Item = Action>) -> State {
        actions.into_iter().fold(State::default(), State::apply)
    }

    #[test]
    fn every_tab_is_found_by_its_id() {
        for (tab, id) in EditorTab::ALL {
            assert_eq!((tab.id(), EditorTab::from_id(id)), (id, Some(tab)));
        }
        assert_eq!(EditorTab::from_id("files"), None, "a tab of a later version");
    }

    #[test]
    fn texts_stay_as_they_are_to_the_byte() {
        let text = "\u{feff}FROM a\r\nRUN b\rRUN c\n\t";
        let state = after([
            Action::EditDockerfile(text.into()),
            Action::EditDockerignore(Some("*.md\r\n".into())),
        ]);
        assert_eq!(state.input.dockerfile, text);
        assert_eq!(state.input.dockerignore.as_deref(), Some("*.md\r\n"));
        let removed = state.apply(Action::EditDockerignore(None));
        assert_eq!(removed.input.dockerignore, None, "no file is not an empty file");
    }

    #[test]
    fn a_typed_image_size_replaces_the_one_before_and_can_be_forgotten() {
        let set = |name: &str, bytes| Action::SetImageSize(name.into(), bytes);
        let state = after([set("a", Some(1)), set("b", Some(2)), set("a", Some(3))]);
        assert_eq!(state.input.image_sizes, [("a".to_owned(), 3), ("b".to_owned(), 2)]);
        let state = state.apply(set("a", None)).apply(set("never typed", None));
        assert_eq!(state.input.image_sizes, [("b".to_owned(), 2)]);
    }

    #[test]
    fn showing_a_place_opens_the_tab_it_is_in() {
        let state = after([Action::OpenTab(EditorTab::Options), Action::Reveal(Span::new(3, 9))]);
        assert_eq!(state.tab, EditorTab::Dockerfile);
    }

    #[test]
    fn loading_replaces_everything() {
        let mut other = after([Action::ChooseTarget(Some("build".into()))]);
        other.input.dockerfile = "FROM a\r\n".into();
        let state = after([
            Action::EditDockerfile("FROM b".into()),
            Action::SelectStage(Some(2)),
            Action::Load(Box::new(other)),
        ]);
        assert_eq!(state.input.dockerfile, "FROM a\r\n");
        assert_eq!(state.input.options.target.as_deref(), Some("build"));
        assert_eq!(state.selected_stage, None);
    }

    #[test]
    fn a_text_that_is_no_platform_changes_nothing() {
        let before = after([Action::ChoosePlatform("linux/arm64".into())]);
        assert_eq!(before.clone().apply(Action::ChoosePlatform("linux//".into())), before);
    }
}
