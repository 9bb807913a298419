//! What the page remembers: ground facts only. The report is derived from them, never stored.

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

/// Everything the page remembers.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// What is analysed.
    pub input: Input,
    /// The open editor tab.
    pub tab: EditorTab,
    /// Id of the open panel, from [`crate::panels::ALL`].
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
