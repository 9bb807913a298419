//! How a page opens and what is kept of it: a state as a share link's facts and back, and the
//! choice between a link, this tab's own work and the last work of any tab. Pure.

mod stored;

use std::rc::Rc;

use layerwise_analyzer::context::KnownContext;
use layerwise_analyzer::report::PullNode;
use layerwise_share::{Fragment, Shared, SharedVersion, decode, encode, is_lesson};
use yew::AttrValue;

pub use crate::state::shared::{LONG_LINK, amount, suitable_context};
pub use layerwise_share::SUITABLE_FILES;
pub use stored::{Stored, from_stored, to_stored};

use crate::examples;
use crate::panels::LEARN;
use crate::state::shared::{self, named, options, platform_name};
use crate::state::{
    Action, BEFORE_OPENING, Building, COMPARED_WITH, DRAFT, EditorTab, KEPT, LESSON, OWN, OWN_EDIT,
    OWN_LESSON, PRICES, PullChoice, State, Version, WRITING,
};

/// What stands between a fragment and the id of the panel that it opens.
const PANEL: &str = "/panel/";

/// A page that opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What it shows.
    pub state: State,
    /// What there is to say about it.
    pub message: Option<String>,
    /// The person's own last work, when something else is shown.
    pub previous: Option<State>,
    /// The fragment in the address bar, where it stands for what is shown.
    pub address: Option<String>,
}

/// The state as a share link, without the `#`; `context` is what the link carries of its context.
#[must_use]
pub fn to_fragment(state: &State, context: Option<&KnownContext>) -> String {
    let id = state.setting(LESSON);
    // Who writes a lesson shares it, and not how far the text beside it is.
    let is_written = id.starts_with(WRITING);
    let lesson = match id {
        _ if is_written => state.setting(DRAFT),
        OWN => state.setting(OWN_LESSON),
        id => id,
    };
    let lesson = (!lesson.is_empty()).then(|| lesson.to_owned());
    let is_alone = is_written && lesson.is_some();
    let mut shared = if is_alone { Shared::default() } else { to_shared(state, context) };
    // Who opens a link goes on from there, unless what was changed is what it shows.
    shared.before = shared.before.filter(|_| state.edit == OWN_EDIT);
    encode(&Shared { lesson, ..shared })
}

/// The fragment of an example that comes where `fragment` stands. Of another one a frame shows the same
/// panel and stays a frame; a whole page may have another panel open by then.
#[must_use]
pub fn example_in_place_of(fragment: &str, id: &str) -> String {
    let (usual, panel) = fragment.split_at(fragment.find(PANEL).unwrap_or(fragment.len()));
    let example = format!("example/{id}");
    let stays = usual == example || panel.ends_with("/embed");
    example + if stays { panel } else { "" }
}

/// How the page opens. `fragment` is what stands after `#`, `own` the stored work of this tab,
/// `last` that of the tab that was changed last.
#[must_use]
pub fn open(fragment: &str, own: Option<&str>, last: Option<&str>) -> Opening {
    let own = own.and_then(from_stored);
    let is_own = own.as_ref().is_some_and(|own| own.address.as_deref() == Some(fragment));
    let stored = own.or_else(|| last.and_then(from_stored)).map(|stored| stored.state);
    let kept = |stored: Option<State>, message| Opening {
        state: stored.unwrap_or_default(),
        message,
        previous: None,
        address: is_own.then(|| fragment.to_owned()),
    };
    // A reload keeps the fragment in the address bar; this tab's own work is then the same thing.
    if is_own {
        return kept(stored, None);
    }
    match follow(fragment) {
        Ok(None) => kept(stored, None),
        Err(message) => kept(stored, Some(message)),
        Ok(Some(linked)) => {
            let kept = stored.unwrap_or_default();
            let is_other = has_work(&kept) && kept.input != linked.state.input;
            let previous = is_other.then(|| kept.clone());
            let state = in_place_of(&kept, linked.state);
            // What was learned and is being written stays, as whenever something else is opened.
            let state = kept.apply(Action::Load(Box::new(state)));
            Opening { state, previous, ..linked }
        }
    }
}

/// A state that takes the place of another: what was typed about prices and the version that is kept
/// to compare with stay, and work that was there becomes a version to compare with, too.
#[must_use]
pub fn in_place_of(current: &State, mut state: State) -> State {
    let stays = |key: &str| key == KEPT || key.starts_with(PRICES);
    state.settings.retain(|(key, _)| !stays(key) && key != BEFORE_OPENING && key != COMPARED_WITH);
    // What was opened before an example, or while one is awaited, is still what was there before.
    let has_work = has_work(current);
    let stays = |key: &str| stays(key) || key == BEFORE_OPENING && !has_work;
    state.settings.extend(current.settings.iter().filter(|(key, _)| stays(key)).cloned());
    if has_work && current.input != state.input {
        state.settings.push((BEFORE_OPENING.to_owned(), shared::fragment_of(&current.input)));
    }
    state
}

/// What a fragment leads to; `None` for an empty one.
///
/// # Errors
/// A sentence that says why it leads nowhere.
pub fn follow(fragment: &str) -> Result<Option<Opening>, String> {
    // `/panel/<id>` may follow any fragment, and `/embed` that, which static/boot.js reads.
    let (usual, panel) = match fragment.split_once(PANEL) {
        Some((usual, id)) => (usual, id.split('/').next()),
        None => (fragment, None),
    };
    let (state, message) = match decode(usual).map_err(|error| error.to_string())? {
        Fragment::Empty if panel.is_none() => return Ok(None),
        Fragment::Empty => (State::default(), None),
        // Its text is loaded once the page stands.
        Fragment::Example(id) => (examples::wanted(id), None),
        Fragment::Lesson(id) => {
            let settings = vec![(LESSON.to_owned(), id)];
            (State { panel: LEARN.into(), settings, ..State::default() }, None)
        }
        Fragment::State { shared, damage } => {
            (from_shared(*shared), damage.map(|damage| damage.to_string()))
        }
    };
    let (mut state, address) = (state.opened(), Some(fragment.to_owned()));
    if let Some(panel) = panel {
        state.panel = panel.to_owned().into();
    }
    Ok(Some(Opening { state, message, previous: None, address }))
}

/// What a file from the disk turns out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenedFile {
    /// A link in a file, or a lesson: a whole page.
    Page(Box<Opening>),
    /// The text of a Dockerfile.
    Dockerfile(String),
    /// The text of an ignore file.
    Dockerignore(String),
}

/// What a file with this name and text is, opened while `tab` is open: a lesson and a file that holds a
/// link and nothing else are a page, everything else is the text that its name or the tab says.
///
/// # Errors
/// A sentence that says why the link in the file leads nowhere.
pub fn open_file(name: &str, text: String, tab: EditorTab) -> Result<OpenedFile, String> {
    let text = match is_lesson(&name.to_ascii_lowercase(), &text) {
        true => format!("#{}", encode(&Shared { lesson: Some(text), ..Shared::default() })),
        false => text,
    };
    if is_link(&text)
        && let Some(opening) = follow(&text)?
    {
        return Ok(OpenedFile::Page(Box::new(opening)));
    }
    let name = name.to_ascii_lowercase();
    let is_dockerfile = name.contains("dockerfile") || is_like_dockerfile(&text);
    let is_ignore =
        name.ends_with("dockerignore") || (tab == EditorTab::Dockerignore && !is_dockerfile);
    Ok(if is_ignore { OpenedFile::Dockerignore(text) } else { OpenedFile::Dockerfile(text) })
}

/// Whether a text reads like a Dockerfile: its first instruction is a `FROM`, or the `ARG` of one.
/// In capitals, as nearly everybody writes them: `from` begins many a Python script.
#[must_use]
pub fn is_like_dockerfile(text: &str) -> bool {
    let lines = text.trim_start_matches('\u{feff}').lines().map(str::trim_start);
    let mut lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.find(|line| !line.starts_with("ARG ")).is_some_and(|line| line.starts_with("FROM "))
}

/// Whether a text is one link to someone's work and nothing else.
fn is_link(text: &str) -> bool {
    let text = text.trim();
    let fragment = text.rsplit_once('#').map(|(_, fragment)| fragment);
    let version =
        fragment.and_then(|fragment| fragment.split_once('.')).map(|(version, _)| version);
    let is_number = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    !text.contains(char::is_whitespace) && version.is_some_and(is_number)
}

/// Whether there is anything that a person would miss: an example that nobody changed is not.
#[must_use]
pub fn has_work(state: &State) -> bool {
    let empty = state.input.dockerfile.trim().is_empty()
        && state.input.dockerignore.is_none()
        && state.input.context.is_none()
        && state.kept_context.is_none()
        && state.listing.text.trim().is_empty();
    !empty && !state.is_example()
}

fn to_shared(state: &State, context: Option<&KnownContext>) -> Shared {
    let opened = State::default();
    Shared {
        tab: (state.tab != opened.tab).then(|| state.tab.id().to_owned()),
        panel: (state.panel != opened.panel).then(|| state.panel.to_string()),
        pull: (state.pull != opened.pull)
            .then(|| (state.pull.bandwidth, state.pull.node == PullNode::Warm)),
        edit: (state.edit != opened.edit).then(|| state.edit.to_string()),
        before: state.before.as_ref().map(|before| version_to_shared(before)),
        times: state.times.clone(),
        runner: (!state.building.keeps_cache()).then(|| state.building.runner_name()),
        timing: (state.building.timing() != opened.building.timing())
            .then_some((state.building.cores, state.building.edits_a_day)),
        selected_stage: state.selected_stage.and_then(|stage| u32::try_from(stage).ok()),
        ..shared::to_shared(&state.input, context)
    }
}

fn from_shared(mut shared: Shared) -> State {
    let opened = State::default();
    let mut settings = Vec::new();
    if let Some(lesson) = shared.lesson.take() {
        shared.panel.get_or_insert_with(|| LEARN.to_owned());
        let id = if lesson.contains('\n') { OWN } else { &lesson };
        settings.push((LESSON.to_owned(), id.to_owned()));
        settings.push((OWN_LESSON.to_owned(), lesson));
    }
    State {
        settings,
        input: shared::take_input(&mut shared),
        tab: shared.tab.as_deref().and_then(EditorTab::from_id).unwrap_or_default(),
        panel: shared.panel.map_or(opened.panel, AttrValue::from),
        pull: shared.pull.and_then(pull_choice).unwrap_or_default(),
        edit: shared.edit.map_or(opened.edit, AttrValue::from),
        before: shared.before.map(|before| Rc::new(version_from_shared(before))),
        times: shared.times,
        building: building(shared.runner.as_deref(), shared.timing),
        selected_stage: shared.selected_stage.and_then(|stage| usize::try_from(stage).ok()),
        ..opened
    }
}

/// A version as a link carries it, without its files.
fn version_to_shared(version: &Version) -> SharedVersion {
    let options = version.options.clone();
    SharedVersion {
        dockerfile: version.dockerfile.clone(),
        dockerignore: version.dockerignore.clone(),
        target: options.target,
        build_arguments: named(options.build_arguments),
        platform: platform_name(&options.platform),
    }
}

/// The version of a link.
fn version_from_shared(shared: SharedVersion) -> Version {
    Version {
        dockerfile: shared.dockerfile,
        dockerignore: shared.dockerignore,
        options: options(shared.target, shared.build_arguments, shared.platform),
        context: None,
    }
}

/// A choice that the page offers.
fn pull_choice((bandwidth, is_warm): (u32, bool)) -> Option<PullChoice> {
    let node = if is_warm { PullNode::Warm } else { PullNode::Cold };
    PullChoice::BANDWIDTHS.contains(&bandwidth).then_some(PullChoice { bandwidth, node })
}

/// The same of who builds; what the page does not offer is as usual.
fn building(runner: Option<&str>, timing: Option<(u32, u32)>) -> Building {
    let usual = Building::default();
    let (cores, edits_a_day) = timing.unwrap_or((usual.cores, usual.edits_a_day));
    let offered = |all: [u32; 6], number, usual| if all.contains(&number) { number } else { usual };
    let by = runner.and_then(|name| usual.with_runner(name)).unwrap_or(usual);
    Building {
        cores: offered(Building::CORES, cores, usual.cores),
        edits_a_day: offered(Building::EDITS_A_DAY, edits_a_day, usual.edits_a_day),
        ..by
    }
}

#[cfg(test)]
mod tests;
