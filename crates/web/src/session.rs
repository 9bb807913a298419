//! How a page opens and what is kept of it: a state as a share link's facts and back, and the
//! choice between a link, this tab's own work and the last work of any tab. Pure.

use layerwise_analyzer::images::Platform;
use layerwise_analyzer::plan::BuildOptions;
use layerwise_analyzer::report::Input;
use layerwise_share::{Fragment, Shared, decode, encode};
use yew::AttrValue;

use crate::examples;
use crate::state::{EditorTab, State};

/// Chat tools cut links that are longer than this many characters.
pub const LONG_LINK: usize = 2_000;

/// A page that opens.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// What it shows.
    pub state: State,
    /// What there is to say about it.
    pub message: Option<String>,
    /// The person's own last work, when something else is shown.
    pub previous: Option<State>,
}

/// The state as a share link, without the `#`.
#[must_use]
pub fn to_fragment(state: &State) -> String {
    encode(&to_shared(state))
}

/// The state of a stored fragment; `None` when nothing can be read of it. What is damaged is still
/// the person's own, so a part is better than nothing.
#[must_use]
pub fn from_stored(fragment: &str) -> Option<State> {
    match decode(fragment) {
        Ok(Fragment::State { shared, .. }) => Some(from_shared(*shared)),
        _ => None,
    }
}

/// How the page opens. `fragment` is what stands after `#`, `own` the stored work of this tab,
/// `last` that of the tab that was changed last.
#[must_use]
pub fn open(fragment: &str, own: Option<&str>, last: Option<&str>) -> Opening {
    let stored = own.and_then(from_stored).or_else(|| last.and_then(from_stored));
    let kept = |stored: Option<State>, message| Opening {
        state: stored.unwrap_or_default(),
        message,
        previous: None,
    };
    // A reload keeps the fragment in the address bar; this tab's own work is then the same thing.
    if own == Some(fragment) {
        return kept(stored, None);
    }
    match follow(fragment) {
        Ok(None) => kept(stored, None),
        Err(message) => kept(stored, Some(message)),
        Ok(Some(linked)) => {
            let previous =
                stored.filter(|stored| has_work(stored) && stored.input != linked.state.input);
            Opening { previous, ..linked }
        }
    }
}

/// What a fragment leads to; `None` for an empty one.
///
/// # Errors
/// A sentence that says why it leads nowhere.
pub fn follow(fragment: &str) -> Result<Option<Opening>, String> {
    let (state, message) = match decode(fragment).map_err(|error| error.to_string())? {
        Fragment::Empty => return Ok(None),
        Fragment::Example(id) => match examples::find(&id) {
            Some(example) => (example.state(), None),
            None => return Err(format!("There is no example called “{id}”.")),
        },
        Fragment::Lesson(_) => {
            return Err("This page has no lessons yet, so this link opens nothing.".to_owned());
        }
        Fragment::State { shared, damage } => {
            (from_shared(*shared), damage.map(|damage| damage.to_string()))
        }
    };
    Ok(Some(Opening { state, message, previous: None }))
}

/// What a file from the disk turns out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum OpenedFile {
    /// A link in a file: a whole page.
    Page(Box<Opening>),
    /// The text of a Dockerfile.
    Dockerfile(String),
    /// The text of an ignore file.
    Dockerignore(String),
}

/// What a file with this name and text is, opened while `tab` is open: a file that holds a link and
/// nothing else is the page of the link, everything else is the text that its name or the tab says.
///
/// # Errors
/// A sentence that says why the link in the file leads nowhere.
pub fn open_file(name: &str, text: String, tab: EditorTab) -> Result<OpenedFile, String> {
    if is_link(&text)
        && let Some(opening) = follow(&text)?
    {
        return Ok(OpenedFile::Page(Box::new(opening)));
    }
    let is_ignore = name.to_lowercase().ends_with("dockerignore")
        || (tab == EditorTab::Dockerignore && !name.to_lowercase().contains("dockerfile"));
    Ok(if is_ignore { OpenedFile::Dockerignore(text) } else { OpenedFile::Dockerfile(text) })
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
    let empty = state.input.dockerfile.trim().is_empty() && state.input.dockerignore.is_none();
    !empty && !examples::ALL.iter().any(|example| example.state().input == state.input)
}

fn to_shared(state: &State) -> Shared {
    let Input { dockerfile, dockerignore, options, image_sizes, assumed_sizes, .. } =
        state.input.clone();
    let opened = State::default();
    let named = |(name, _): &(String, Option<String>)| !name.is_empty();
    Shared {
        dockerfile,
        dockerignore,
        target: options.target,
        build_arguments: options.build_arguments.into_iter().filter(named).collect(),
        platform: (options.platform != opened.input.options.platform)
            .then(|| options.platform.to_string()),
        image_sizes,
        assumed_sizes,
        context: None,
        tab: (state.tab != opened.tab).then(|| state.tab.id().to_owned()),
        panel: (state.panel != opened.panel).then(|| state.panel.to_string()),
        selected_stage: state.selected_stage.and_then(|stage| u32::try_from(stage).ok()),
    }
}

fn from_shared(shared: Shared) -> State {
    let opened = State::default();
    let platform = shared.platform.and_then(|text| Platform::parse(&text).ok());
    let options = BuildOptions {
        target: shared.target,
        build_arguments: shared.build_arguments,
        platform: platform.unwrap_or_default(),
        ..BuildOptions::default()
    };
    let input = Input {
        dockerfile: shared.dockerfile,
        dockerignore: shared.dockerignore,
        options,
        image_sizes: shared.image_sizes,
        assumed_sizes: shared.assumed_sizes,
        ..Input::default()
    };
    State {
        input,
        tab: shared.tab.as_deref().and_then(EditorTab::from_id).unwrap_or_default(),
        panel: shared.panel.map_or(opened.panel, AttrValue::from),
        selected_stage: shared.selected_stage.and_then(|stage| usize::try_from(stage).ok()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(text: &str) -> State {
        let input = Input { dockerfile: text.into(), ..Input::default() };
        State { input, ..State::default() }
    }

    fn shown(opening: &Opening) -> (&str, Option<&str>) {
        let previous = opening.previous.as_ref().map(|state| state.input.dockerfile.as_str());
        (opening.state.input.dockerfile.as_str(), previous)
    }

    #[test]
    fn every_fact_survives_a_link() {
        let mut state = work("FROM a # é🐳\n");
        state.input.dockerignore = Some("*.md\n".into());
        state.input.options.target = Some("build".into());
        state.input.options.build_arguments =
            vec![("A".into(), Some("1".into())), ("B".into(), None)];
        state.input.options.platform = Platform::parse("linux/arm/v7").expect("a platform");
        state.input.image_sizes = vec![("a".into(), u64::MAX)];
        state.tab = EditorTab::Options;
        state.panel = "layers".into();
        state.selected_stage = Some(3);
        assert_eq!(from_stored(&to_fragment(&state)), Some(state));
        assert_eq!(from_stored(&to_fragment(&State::default())), Some(State::default()));
    }

    #[test]
    fn without_a_link_this_tabs_work_comes_before_that_of_others() {
        let (own, last) = (to_fragment(&work("FROM own")), to_fragment(&work("FROM last")));
        assert_eq!(shown(&open("", Some(&own), Some(&last))), ("FROM own", None));
        assert_eq!(shown(&open("", None, Some(&last))), ("FROM last", None));
        assert_eq!(shown(&open("", Some("rubbish"), Some(&last))), ("FROM last", None));
        assert_eq!(shown(&open("", None, None)), ("", None));
    }

    #[test]
    fn a_link_is_shown_and_the_last_work_is_offered() {
        let (link, last) = (to_fragment(&work("FROM link")), to_fragment(&work("FROM mine")));
        assert_eq!(shown(&open(&link, None, Some(&last))), ("FROM link", Some("FROM mine")));
        assert_eq!(shown(&open(&link, Some(&link), Some(&last))), ("FROM link", None), "a reload");
        assert_eq!(shown(&open(&last, None, Some(&last))), ("FROM mine", None), "one's own link");
        let example = examples::ALL[0];
        let untouched = to_fragment(&example.state());
        assert_eq!(shown(&open(&link, None, Some(&untouched))), ("FROM link", None));
        let opened = open(&format!("example/{}", example.id), None, Some(&last));
        assert_eq!(shown(&opened), (example.dockerfile, Some("FROM mine")));
    }

    #[test]
    fn a_file_with_a_link_opens_its_page_and_any_other_is_a_text() {
        let link = format!("http://localhost/page/#{}", to_fragment(&work("FROM link\r\n")));
        let open = |name, text: &str, tab| open_file(name, text.to_owned(), tab);
        let page = |text: &str| {
            let opened = open("link.txt", text, EditorTab::Dockerignore);
            let Ok(OpenedFile::Page(opening)) = opened else { panic!("{opened:?}") };
            opening.state.input.dockerfile
        };
        for text in
            [link.clone(), format!("{link}\r\n"), link.replace("http://localhost/page/", "")]
        {
            assert_eq!(page(&text), "FROM link\r\n", "{text}");
        }
        let dockerfile = |text: &str| Ok(OpenedFile::Dockerfile(text.to_owned()));
        let dockerignore = |text: &str| Ok(OpenedFile::Dockerignore(text.to_owned()));
        let cases = [
            ("Dockerfile", EditorTab::Dockerfile, dockerfile("*.md\n")),
            ("api.Dockerfile", EditorTab::Dockerignore, dockerfile("*.md\n")),
            (".dockerignore", EditorTab::Dockerfile, dockerignore("*.md\n")),
            ("api.Dockerfile.dockerignore", EditorTab::Options, dockerignore("*.md\n")),
            ("ignore.txt", EditorTab::Dockerignore, dockerignore("*.md\n")),
            ("notes.txt", EditorTab::Options, dockerfile("*.md\n")),
        ];
        for (name, tab, opened) in cases {
            assert_eq!(open(name, "*.md\n", tab), opened, "{name} over {tab:?}");
        }
        for text in ["# 1.0 of a comment\n", "#syntax=docker/dockerfile:1.7", "", "#1"] {
            let opened = open("Dockerfile", text, EditorTab::Dockerfile);
            assert_eq!(opened, dockerfile(text), "{text} is no link");
        }
        assert!(open("link.txt", "#99.abc", EditorTab::Dockerfile).is_err());
    }

    #[test]
    fn a_damaged_link_says_so_and_leaves_the_last_work_where_it_is() {
        let text = "FROM node:22 AS build\nRUN npm ci && echo 1234567890\n".repeat(20);
        let link = to_fragment(&work(&text));
        let last = to_fragment(&work("FROM mine"));
        let cut = open(&link[..link.len() - 8], None, Some(&last));
        assert!(cut.message.is_some_and(|message| message.contains("missing")));
        assert!(text.starts_with(&cut.state.input.dockerfile));
        assert_eq!(cut.previous.map(|state| state.input.dockerfile).as_deref(), Some("FROM mine"));
        for rubbish in ["1.!!!", "99.abc", "nothing we know", "example/none", "lesson/1"] {
            let opening = open(rubbish, None, Some(&last));
            assert_eq!(shown(&opening), ("FROM mine", None), "{rubbish}");
            assert!(opening.message.is_some(), "{rubbish} is refused without a word");
        }
    }
}
