//! What the page remembers: ground facts only. The report is derived from them, never stored.

mod choices;
mod context;
mod fixing;
mod learning;
pub mod shared;
mod trial;
mod untouched;

use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::images::Platform;
use layerwise_analyzer::report::Input;
use layerwise_analyzer::text::Span;
use yew::AttrValue;

pub use choices::{Building, CacheMounts, PullChoice};
pub use context::{Brought, LINES_SHOWN, Listing};
pub use fixing::Typed;
pub use learning::{DRAFT, HERE, LEARNED, LESSON, OWN, OWN_LESSON, PRESENTED, WRITING};
pub use trial::{MOST_BYTES_TYPED, Trial, Version};
pub use untouched::{EXAMPLE, NEXT_STEP, STEP_BEFORE, STORY};

/// The texts and tables beside each other in the editor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum EditorTab {
    /// The Dockerfile.
    #[default]
    Dockerfile,
    /// The `.dockerignore`.
    Dockerignore,
    /// The build context.
    Files,
    /// Target, build arguments, platform.
    Options,
}

impl EditorTab {
    /// Every tab in order, with the id that links name it by.
    pub const ALL: [(Self, &'static str); 4] = [
        (Self::Dockerfile, "dockerfile"),
        (Self::Dockerignore, "dockerignore"),
        (Self::Files, "files"),
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

/// The edit that changes nothing.
pub const NOTHING: &str = "nothing";
/// What the person changed since the version before.
pub const OWN_EDIT: &str = "mine";
/// Under which panels remember with which version it is compared.
pub const COMPARED_WITH: &str = "compare.with";
/// The version that was kept to compare with, as a link.
pub const KEPT: &str = "compare.kept";
/// What was on the page before something else was opened or pasted, as a link.
pub const BEFORE_OPENING: &str = "compare.opened";
/// The link that was made last, for a picture of it.
pub const SHARED: &str = "share.link";
/// How keys of what is typed about prices begin.
pub const PRICES: &str = "costs.";

/// The panel that an id names: a part of one may follow it, after a dot.
#[must_use]
pub fn panel_of(id: &str) -> &str {
    id.split('.').next().unwrap_or(id)
}

/// The ignore file of any Dockerfile.
pub const IGNORE: &str = ".dockerignore";
/// The ignore file of the Dockerfile with the usual name.
pub const OWN_IGNORE: &str = "Dockerfile.dockerignore";

/// Everything the page remembers. Comparing two states is quick however many files their context
/// holds: shared parts are compared by their address first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// What is analysed.
    pub input: Input,
    /// The listing of a folder that the person typed or pasted; kept when something else takes its
    /// place as the context.
    pub listing: Rc<Listing>,
    /// Under which key the browser keeps the context and the listing, which are too large for a
    /// link. With a key and neither of them, they are still to be fetched.
    pub kept_context: Option<AttrValue>,
    /// The open editor tab.
    pub tab: EditorTab,
    /// Id of the open panel, from `panels::ALL`; empty, or not among them, for the first. What follows
    /// a dot is a part of it.
    pub panel: AttrValue,
    /// How fast the image is pulled.
    pub pull: PullChoice,
    /// What is done between two builds: as the command line takes it, [`NOTHING`], [`OWN_EDIT`] or
    /// the title of a usual edit that is another one in each project, such as `a source file`;
    /// empty for the person's own edit where there is one, else the usual one, a change of a source
    /// file.
    pub edit: AttrValue,
    /// The version that the person's own edit is one of; `None` before anything was opened or marked.
    pub before: Option<Rc<Version>>,
    /// The version to which a fix was applied last.
    pub before_fix: Option<Rc<Version>>,
    /// Those before earlier fixes that can still be undone after it, the latest last.
    pub before_earlier: Vec<Rc<Version>>,
    /// Whether nothing was typed since that fix, or since values were taken over, so that it can be
    /// undone.
    pub can_undo: bool,
    /// What had been typed before values were taken over, where that was done last.
    pub before_typing: Option<Rc<Typed>>,
    /// Milliseconds that the person typed for instructions, as BuildKit prints them.
    pub times: Vec<(String, u64)>,
    /// Who builds after it.
    pub building: Building,
    /// What was typed and chosen in panels that the engine lays out, by key.
    pub settings: Vec<(String, String)>,
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
    /// A folder was read.
    BringContext(Rc<KnownContext>),
    /// The listing's text changed; what it lists becomes the context.
    EditListing(String),
    /// The same, read elsewhere.
    BringListing(Brought),
    /// The listing's text changed, but something else was brought that stays the context.
    SetListingAside(String),
    /// The context is forgotten; the listing's text stays.
    ForgetContext,
    /// The browser keeps the context and the listing under this key from now on.
    KeepContext(AttrValue),
    /// What the browser kept is back: the context, and the listing.
    RestoreContext(Brought),
    /// The person typed the bytes of what is assumed, by key; `None` forgets them.
    SetAssumedSize(String, Option<u64>),
    /// An editor tab was opened.
    OpenTab(EditorTab),
    /// A panel was opened, by id.
    OpenPanel(AttrValue),
    /// Another way to pull was chosen.
    ChoosePull(PullChoice),
    /// Another edit between two builds was chosen, as [`State::edit`] holds it.
    ChooseEdit(AttrValue),
    /// What is there now is the version before.
    SetBefore,
    /// The person typed how many milliseconds an instruction takes; `None` forgets them.
    SetTime(String, Option<u64>),
    /// Somebody else builds after it, or with other means.
    ChooseBuilding(Building),
    /// Both texts are replaced at once, as a fix does; an ignore file of `None` stays as it is.
    ReplaceTexts {
        /// The Dockerfile.
        dockerfile: String,
        /// The ignore file.
        dockerignore: Option<String>,
    },
    /// The texts are again what they were before a fix.
    UndoFix,
    /// A fix is there to stay: how to undo it is not said any more.
    KeepFix,
    /// Sizes of images, assumed sizes and times are typed together, as a real build tells them.
    TypeAll {
        /// By reference.
        image_sizes: Vec<(String, u64)>,
        /// By key.
        assumed_sizes: Vec<(String, u64)>,
        /// Milliseconds, by instruction.
        times: Vec<(String, u64)>,
    },
    /// A lesson begins, or another one: texts and files take the place of what is there.
    Begin {
        /// The Dockerfile.
        dockerfile: String,
        /// The ignore file; `None` for none.
        dockerignore: Option<String>,
        /// The files as a listing; empty for those that are assumed.
        listing: String,
        /// What is remembered, by key.
        settings: Vec<(String, String)>,
    },
    /// Something was typed or chosen in a panel that the engine lays out.
    Set {
        /// Under which it is remembered.
        key: String,
        /// What it is.
        value: String,
    },
    /// The same of several settings at once.
    SetAll(Vec<(String, String)>),
    /// A stage was picked, or nothing.
    SelectStage(Option<usize>),
    /// The editor should show this place of the Dockerfile.
    Reveal(Span),
    /// The editor should show this place of the ignore file.
    RevealIgnored(Span),
    /// Everything is replaced (an example, a link, the last work).
    Load(Box<State>),
}

/// Name of the ignore file that the builder reads for the Dockerfile: where the context has one of the
/// Dockerfile's own, that alone counts
/// (<https://docs.docker.com/build/concepts/context/#filename-and-location>, 2026).
#[must_use]
pub fn ignore_name(input: &Input) -> &'static str {
    let context = input.context.as_ref();
    match context.is_some_and(|known| known.context.files.contains_key(OWN_IGNORE)) {
        true => OWN_IGNORE,
        false => IGNORE,
    }
}

impl State {
    /// Name of the ignore file that the builder reads.
    #[must_use]
    pub fn ignore_name(&self) -> &'static str {
        ignore_name(&self.input)
    }

    /// Does what [`State::apply`] is asked for.
    fn act(mut self, action: Action) -> Self {
        match action {
            Action::EditDockerfile(text) => self.go_on(text),
            Action::EditDockerignore(text) => self.go_on_ignoring(text),
            Action::ChooseTarget(target) => self.input.options.target = target,
            Action::SetBuildArguments(all) => self.input.options.build_arguments = all,
            Action::ChoosePlatform(text) => {
                if let Ok(platform) = Platform::parse(&text) {
                    self.input.options.platform = platform;
                }
            }
            Action::SetImageSize(reference, bytes) => {
                self.keep_typed();
                set_size(&mut self.input.image_sizes, reference, bytes);
            }
            Action::SetAssumedSize(path, bytes) => {
                self.keep_typed();
                set_size(&mut self.input.assumed_sizes, path, bytes);
            }
            Action::BringContext(context) => self.input.context = Some(context),
            Action::EditListing(text) => self.take_listing(Listing::read(text)),
            Action::BringListing(brought) => self.take_listing(brought),
            Action::SetListingAside(text) => {
                self.listing = Rc::new(Listing { text, ..Listing::default() });
            }
            Action::ForgetContext => self.forget_context(),
            Action::KeepContext(key) => self.kept_context = Some(key),
            Action::RestoreContext(brought) => self.restore_context(brought),
            Action::OpenTab(tab) => self.tab = tab,
            Action::OpenPanel(panel) => self.panel = panel,
            Action::ChoosePull(pull) => self.pull = pull,
            Action::ChooseEdit(edit) => self.edit = edit,
            Action::SetBefore => self.set_before(),
            Action::SetTime(instruction, time) => {
                self.keep_typed();
                set_size(&mut self.times, instruction, time);
            }
            Action::ChooseBuilding(building) => self.building = building,
            Action::ReplaceTexts { dockerfile, dockerignore } => {
                self.replace(dockerfile, dockerignore);
            }
            Action::TypeAll { image_sizes, assumed_sizes, times } => {
                self.type_all([image_sizes, assumed_sizes, times]);
            }
            Action::Begin { dockerfile, dockerignore, listing, settings } => {
                self.begin(dockerfile, dockerignore, listing, settings);
            }
            Action::Set { key, value } => self.set(key, value),
            Action::SetAll(all) => self.set_all(all),
            Action::UndoFix => self.undo_fix(),
            Action::KeepFix => self.can_undo = false,
            Action::SelectStage(stage) => self.selected_stage = stage,
            Action::Reveal(_) => self.tab = EditorTab::Dockerfile,
            Action::RevealIgnored(_) => self.tab = EditorTab::Dockerignore,
            Action::Load(other) => self = self.load(*other),
        }
        self
    }
}

/// Replaces the number typed for a name, or forgets it.
fn set_size(sizes: &mut Vec<(String, u64)>, name: String, bytes: Option<u64>) {
    let known = sizes.iter().position(|(other, _)| *other == name);
    match (known, bytes) {
        (Some(at), Some(bytes)) => sizes[at].1 = bytes,
        (Some(at), None) => {
            sizes.remove(at);
        }
        (None, Some(bytes)) => sizes.push((name, bytes)),
        (None, None) => {}
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
        assert_eq!(EditorTab::from_id("learn"), None, "a tab of a later version");
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
        let state = state.apply(Action::RevealIgnored(Span::new(3, 9)));
        assert_eq!(state.tab, EditorTab::Dockerignore);
    }

    #[test]
    fn the_dockerfiles_own_ignore_file_counts_where_the_context_has_one() {
        let name = |listing: &str| after([Action::EditListing(listing.into())]).ignore_name();
        assert_eq!(name(""), ".dockerignore");
        assert_eq!(name("1 .dockerignore\n1 app/Dockerfile.dockerignore\n"), ".dockerignore");
        assert_eq!(name("1 .dockerignore\n1 Dockerfile.dockerignore\n"), OWN_IGNORE);
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
