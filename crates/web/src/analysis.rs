//! The hook that has inputs analysed in the worker and keeps the newest report.

mod apart;
mod engine;
mod station;
pub mod supervisor;
mod tables;

use std::rc::Rc;

pub use apart::{condense, read_listing_apart};

use layerwise_analyzer::report::{Input, Report};
use yew::{hook, use_effect_with, use_mut_ref, use_state_eq};

use crate::analysis::engine::Engine;
use crate::analysis::supervisor::{Blamed, Trouble};
use crate::handle::{Handle, ReportHandle};
use crate::state::{MOST_BYTES_TYPED, Trial};
use crate::view::{Laid, Outlook};
use crate::worker::{CacheAnswer, ViewWish};

/// Milliseconds without a keystroke before a text that is being typed is analysed.
const TYPING_PAUSE: u32 = 120;

/// What is to be analysed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The texts, options and files.
    pub input: Rc<Input>,
    /// The edit whose rebuilds are wanted as well; `None` while nobody looks at them.
    pub cache: Option<Trial>,
    /// The panel that the engine lays out; `None` while none of these is open.
    pub view: Option<ViewWish>,
    /// Whether nothing but what the advice comes to is wanted: the page asks for it once the person
    /// pauses, so that no report waits for it.
    pub outlook: bool,
}

impl Wanted {
    /// Whether the step from `before` looks like typing rather than a choice.
    fn is_typed_after(&self, before: &Self) -> bool {
        let panel = |wanted: &Self| wanted.view.as_ref().map(|wish| wish.panel.clone());
        self.cache == before.cache
            && panel(self) == panel(before)
            && is_typing(&before.input, &self.input)
    }
}

/// Why sizes of layers are not all there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MissingSizes {
    /// The first look has none; the engine is at work.
    BeingComputed,
    /// The first look has none, and the engine gave up.
    NotComputed,
    /// These tables of packages are on their way.
    Loading(Vec<String>),
    /// These did not come.
    NotLoaded(Vec<String>),
}

impl MissingSizes {
    /// The same as a sentence.
    #[must_use]
    pub fn sentence(&self) -> String {
        let named = |tables: &[String]| tables.join(", ").replace('-', " ");
        match self {
            Self::BeingComputed => "Sizes of layers are being computed.".to_owned(),
            Self::NotComputed => "Sizes of layers could not be computed.".to_owned(),
            Self::Loading(tables) => {
                format!("Sizes of packages ({}) are loading; the numbers will move.", named(tables))
            }
            Self::NotLoaded(tables) => format!(
                "The table of packages ({}) could not be loaded, so what they weigh is not known. \
                 The next edit tries again.",
                named(tables),
            ),
        }
    }
}

/// What the advice comes to, and what it is on.
#[derive(Debug)]
pub struct Foreseen {
    /// The input.
    pub input: Rc<Input>,
    /// What the advice on it comes to.
    pub outlook: Outlook,
}

/// What is known at the moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Analysis {
    /// The newest report.
    pub report: ReportHandle,
    /// What an edit rebuilds, where that was wanted; on the same input.
    pub cache: Option<Handle<CacheAnswer>>,
    /// The panel that was laid out, where one was wanted; on the same input.
    pub view: Option<Handle<Laid>>,
    /// What the advice comes to, once that is known; may be a few keystrokes older.
    pub outlook: Option<Handle<Foreseen>>,
    /// What it is on; may be older than what stands in the editor.
    pub input: Rc<Input>,
    /// Whether a newer one is being made.
    pub working: bool,
    /// What the person should know about the analysis itself.
    pub trouble: Option<Trouble>,
    /// What that began with.
    pub blamed: Option<Blamed>,
    /// Whether the table of base images is missing, so that no image's size is known.
    pub without_images: bool,
    /// Whether the report is an outline: sizes of the layers that the text writes are not in it.
    pub is_outline: bool,
    /// Tables of packages that could not be loaded: what depends on them is rough.
    pub missing_tables: Vec<String>,
}

impl Analysis {
    /// What the advice on the input comes to, once that is known of no older one.
    #[must_use]
    pub fn newest_outlook(&self) -> Option<Handle<Foreseen>> {
        self.outlook.clone().filter(|foreseen| foreseen.input == self.input)
    }

    /// What is still to come, or what does not come, of the sizes of layers. `None` where everything
    /// is there.
    #[must_use]
    pub fn missing_sizes(&self) -> Option<MissingSizes> {
        let wanted = &self.report.wanted_tables;
        match self.is_outline {
            true if self.trouble.is_some() && !self.working => Some(MissingSizes::NotComputed),
            true => Some(MissingSizes::BeingComputed),
            false if !self.missing_tables.is_empty() => {
                Some(MissingSizes::NotLoaded(self.missing_tables.clone()))
            }
            false => (!wanted.is_empty()).then(|| MissingSizes::Loading(wanted.clone())),
        }
    }
}

/// A report without errors while there is no Dockerfile, and without an assumed project while there
/// is no text at all: an empty page deserves no reproach, and nothing tells of a project.
fn without_reproach(mut report: Report, input: &Input) -> Report {
    if input.dockerfile.trim().is_empty() && !report.errors.is_empty() {
        report.errors.clear();
        if input.dockerignore.is_none() {
            report.context.assumed = None;
        }
    }
    report
}

impl Default for Analysis {
    /// The analysis of nothing, which is made right here.
    fn default() -> Self {
        let input = Input::default();
        let report = layerwise_analyzer::report::outline(&input);
        Self {
            report: without_reproach(report, &input).into(),
            cache: None,
            view: None,
            outlook: None,
            input: Rc::new(input),
            working: false,
            trouble: None,
            blamed: None,
            without_images: false,
            is_outline: false,
            missing_tables: Vec::new(),
        }
    }
}

/// Has what is `wanted` analysed: at once, or after a pause while it is being typed. Never waits for
/// it.
#[hook]
pub fn use_analysis(wanted: &Wanted) -> Analysis {
    let analysis = use_state_eq(Analysis::default);
    let engine = use_mut_ref(|| None::<Engine>);
    let setter = analysis.setter();
    use_effect_with(wanted.clone(), move |wanted| {
        let mut engine = engine.borrow_mut();
        let show = move |newest: Analysis| setter.set(newest);
        engine.get_or_insert_with(|| Engine::new(show)).want(&Rc::new(wanted.clone()));
    });
    (*analysis).clone()
}

/// Whether the step from one input to the next looks like typing rather than a paste, a loaded
/// file or a choice.
fn is_typing(before: &Input, after: &Input) -> bool {
    let ignored = |input: &Input| input.dockerignore.as_ref().map_or(0, String::len);
    before.options == after.options
        && before.image_sizes == after.image_sizes
        && before.assumed_sizes == after.assumed_sizes
        && is_same_context(before, after)
        && before.dockerignore.is_some() == after.dockerignore.is_some()
        && ignored(before).abs_diff(ignored(after)) <= MOST_BYTES_TYPED
        && before.dockerfile.len().abs_diff(after.dockerfile.len()) <= MOST_BYTES_TYPED
}

/// Looks at addresses only: nobody types 100,000 files, and nothing may look at each of them for
/// every keystroke.
fn is_same_context(before: &Input, after: &Input) -> bool {
    match (&before.context, &after.context) {
        (Some(before), Some(after)) => Rc::ptr_eq(before, after),
        (None, None) => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::context::{BuildContext, ContextOrigin, KnownContext};

    use super::*;

    #[test]
    fn only_an_empty_text_is_spared_its_errors() {
        let of = |text: &str| {
            let input = Input { dockerfile: text.into(), ..Input::default() };
            without_reproach(layerwise_analyzer::report::analyze(&input), &input).errors.len()
        };
        assert_eq!((of(""), of(" \n\t\n")), (0, 0));
        assert!(of("# only a comment\n") > 0);
    }

    #[test]
    fn a_project_is_assumed_from_texts_and_not_from_an_empty_page() {
        let is_assumed = |text: &str, ignore: Option<&str>| {
            let dockerignore = ignore.map(str::to_owned);
            let input = Input { dockerfile: text.into(), dockerignore, ..Input::default() };
            let report = layerwise_analyzer::report::analyze(&input);
            without_reproach(report, &input).context.assumed.is_some()
        };
        assert!(!is_assumed(" \n", None));
        assert!(is_assumed("", Some("node_modules\n")), "the ignore file tells of one");
        assert!(is_assumed("FROM node\n", None));
    }

    #[test]
    fn typing_is_told_from_pasting_and_choosing() {
        let before = Input { dockerfile: "FROM node\n".into(), ..Input::default() };
        let mut typed = before.clone();
        typed.dockerfile.push_str("RUN");
        assert!(is_typing(&before, &typed));
        let mut pasted = before.clone();
        pasted.dockerfile.push_str("RUN apt-get update && apt-get install\n");
        assert!(!is_typing(&before, &pasted));
        assert!(!is_typing(&pasted, &before), "a large cut is no typing either");
        let mut chosen = before.clone();
        chosen.options.target = Some("build".into());
        assert!(!is_typing(&before, &chosen));
        let sized = Input { image_sizes: vec![("a".into(), 1)], ..before.clone() };
        assert!(!is_typing(&before, &sized));
        let ignoring = |text: &str| Input { dockerignore: Some(text.into()), ..before.clone() };
        assert!(is_typing(&ignoring("*.m"), &ignoring("*.md")));
        assert!(!is_typing(&ignoring("*.m"), &ignoring("*.m\nnode_modules\n**/dist\n")));
        let known =
            KnownContext { origin: ContextOrigin::Listing, context: BuildContext::default() };
        let brought = Input { context: Some(Rc::new(known)), ..before.clone() };
        assert!(!is_typing(&before, &brought), "a folder is brought, not typed");
        assert!(is_typing(&brought, &brought.clone()), "the text was typed beside the folder");
    }
}
