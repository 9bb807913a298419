//! Pages that open on links, stored work and both.

mod lessons;

use layerwise_analyzer::cache::{Export, Runner};
use layerwise_analyzer::context::{ContextOrigin, read_listing};
use layerwise_analyzer::images::Platform;
use layerwise_analyzer::report::Input;

use super::*;
use crate::state::{Action, CacheMounts};

fn work(text: &str) -> State {
    let input = Input { dockerfile: text.into(), ..Input::default() };
    State { input, ..State::default() }
}

/// A state as a link that holds all of it, and the state of a link.
fn link(state: &State) -> String {
    to_fragment(state, state.input.context.as_deref())
}

fn stored(state: &State) -> String {
    to_stored(state, None)
}

fn linked(fragment: &str) -> Option<State> {
    follow(fragment).ok().flatten().map(|opening| opening.state)
}

fn shown(opening: &Opening) -> (&str, Option<&str>) {
    let previous = opening.previous.as_ref().map(|state| state.input.dockerfile.as_str());
    (opening.state.input.dockerfile.as_str(), previous)
}

#[test]
fn a_long_text_with_the_version_before_it_comes_back_to_who_wrote_it() {
    let line = "RUN apt-get update && apt-get install -y curl git python3 # x\n";
    let mut state = work(&format!("FROM debian:13\n{}", line.repeat(60_000)));
    state = state.apply(Action::SetBefore);
    state.input.dockerfile.push_str("RUN true\n");
    let kept = stored(&state);
    let link = kept.split(' ').next().unwrap_or_default();
    assert!(linked(link).is_none(), "as a link of a stranger it would be too large");
    let back = from_stored(&kept).expect("what was kept comes back").state;
    assert_eq!(back.input.dockerfile.len(), state.input.dockerfile.len());
}

#[test]
fn every_fact_survives_a_link() {
    let mut state = work("FROM a # é🐳\n");
    state.input.dockerignore = Some("*.md\n".into());
    state.input.options.target = Some("build".into());
    state.input.options.build_arguments = vec![("A".into(), Some("1".into())), ("B".into(), None)];
    state.input.options.platform = Platform::parse("linux/arm/v7").expect("a platform");
    state.input.image_sizes = vec![("a".into(), u64::MAX)];
    state.tab = EditorTab::Options;
    state.panel = "layers".into();
    state.selected_stage = Some(3);
    state.edit = "modify:src/index.js".into();
    state.building = Building {
        runner: Runner::Fresh(Export::Minimum),
        no_cache: false,
        mounts: CacheMounts::Cold,
        cores: 8,
        edits_a_day: 50,
    };
    state.input.assumed_sizes =
        vec![("src/index.js".into(), 7), ("build:/app/node_modules".into(), 8)];
    state.pull = PullChoice { bandwidth: 300, node: PullNode::Warm };
    let (context, _) = read_listing("12 a.js\n30 src/b.js\n");
    let origin = ContextOrigin::Link(Some("app".into()));
    state.input.context = Some(Rc::new(KnownContext { origin, context }));
    state.times = vec![("RUN npm ci".into(), 45_000)];
    assert_eq!(linked(&link(&state)), Some(state.opened()));
    assert_eq!(linked(&link(&State::default())), Some(State::default()));
}

#[test]
fn a_link_carries_the_version_before_where_what_was_changed_since_is_what_it_shows() {
    let mut state = work("FROM a\n").opened();
    state.input.dockerfile = "FROM b\n".into();
    state.input.options.target = Some("build".into());
    let before = |state: &State| {
        let before = linked(&link(state)).and_then(|state| state.before);
        before.map(|before| before.dockerfile.clone())
    };
    assert_eq!(before(&state).as_deref(), Some("FROM b\n"), "who opens it goes on from there");
    state.edit = OWN_EDIT.into();
    assert_eq!(before(&state).as_deref(), Some("FROM a\n"));
    let kept = from_stored(&stored(&state)).map(|kept| kept.state);
    assert_eq!(kept, Some(state), "a reload keeps it");
    let typed = from_stored(&stored(&work("FROM a\n"))).map(|kept| kept.state.before);
    assert_eq!(typed, Some(None), "and makes none up");
}

#[test]
fn who_builds_in_a_way_that_the_page_does_not_offer_builds_as_usual() {
    let opened = |runner: &str, timing| {
        let (runner, dockerfile) = (Some(runner.into()), "FROM a\n".into());
        let fragment = encode(&Shared { dockerfile, runner, timing, ..Shared::default() });
        linked(&fragment).map(|state| state.building)
    };
    let usual = Building::default();
    assert_eq!(opened("of a later version", Some((3, u32::MAX))), Some(usual));
    let fresh = Runner::Fresh(Export::Maximum);
    assert_eq!(opened("max", None), Some(Building { runner: fresh, ..usual }));
    let without = Building { no_cache: true, mounts: CacheMounts::Cold, ..usual };
    assert_eq!(opened("no-cache+cold", None), Some(without));
    let warm = Building { runner: fresh, mounts: CacheMounts::Warm, ..usual };
    assert_eq!(opened("max+warm", None), Some(warm));
}

#[test]
fn without_a_link_this_tabs_work_comes_before_that_of_others() {
    let (own, last) = (stored(&work("FROM own")), stored(&work("FROM last")));
    assert_eq!(shown(&open("", Some(&own), Some(&last))), ("FROM own", None));
    assert_eq!(shown(&open("", None, Some(&last))), ("FROM last", None));
    assert_eq!(shown(&open("", Some("rubbish"), Some(&last))), ("FROM last", None));
    assert_eq!(shown(&open("", None, None)), ("", None));
}

#[test]
fn a_link_is_shown_and_the_last_work_is_offered() {
    let (shared, last) = (link(&work("FROM link")), stored(&work("FROM mine")));
    let (own, mine) = (to_stored(&work("FROM link"), Some(&shared)), link(&work("FROM mine")));
    assert_eq!(shown(&open(&shared, None, Some(&last))), ("FROM link", Some("FROM mine")));
    assert_eq!(shown(&open(&shared, Some(&own), Some(&last))), ("FROM link", None), "a reload");
    assert_eq!(shown(&open(&mine, None, Some(&last))), ("FROM mine", None), "one's own link");
    let untouched =
        stored(&State { settings: examples::wanted("a".into()).settings, ..work("FROM a") });
    assert_eq!(shown(&open(&shared, None, Some(&untouched))), ("FROM link", None));
    let awaited = open("example/a", None, Some(&last));
    assert_eq!(shown(&awaited), ("", Some("FROM mine")));
    assert_eq!(awaited.state.awaited_example(), Some("a"));
    let own = to_stored(&awaited.state, Some("example/a"));
    let reloaded = open("example/a", Some(&own), None);
    assert_eq!(reloaded.state.awaited_example(), Some("a"), "it may have been loading");
    let arrived = in_place_of(&awaited.state, work("FROM a"));
    let kept = |state: &State| state.settings.iter().any(|(key, _)| key == BEFORE_OPENING);
    assert!(kept(&awaited.state) && kept(&arrived), "the last work can be compared with it");
}

#[test]
fn a_file_with_a_link_opens_its_page_and_any_other_is_a_text() {
    let link = format!("http://localhost/page/#{}", link(&work("FROM link\r\n")));
    let open = |name, text: &str, tab| open_file(name, text.to_owned(), tab);
    let page = |text: &str| {
        let opened = open("link.txt", text, EditorTab::Dockerignore);
        let Ok(OpenedFile::Page(opening)) = opened else { panic!("{opened:?}") };
        opening.state.input.dockerfile
    };
    for text in [link.clone(), format!("{link}\r\n"), link.replace("http://localhost/page/", "")] {
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
fn a_text_reads_like_a_dockerfile_by_its_first_instruction() {
    for (text, is_one) in [
        ("# syntax=docker/dockerfile:1\n\n  FROM a\nRUN b\n", true),
        ("\u{feff}FROM a\n", true),
        ("ARG A=1\nARG B\nFROM a:${A}\n", true),
        ("ARG A=1\n", false),
        ("from flask import Flask\n", false),
        ("Dear all,\nFROM now on\n", false),
        ("FROMAGE\n", false),
        ("", false),
    ] {
        assert_eq!(is_like_dockerfile(text), is_one, "{text:?}");
    }
    let opened = open_file("one.txt", "FROM a\n".into(), EditorTab::Dockerignore);
    assert_eq!(opened, Ok(OpenedFile::Dockerfile("FROM a\n".into())), "over the other tab");
}

#[test]
fn a_damaged_link_says_so_and_leaves_the_last_work_where_it_is() {
    let text = "FROM node:22 AS build\nRUN npm ci && echo 1234567890\n".repeat(20);
    let link = link(&work(&text));
    let last = stored(&work("FROM mine"));
    let cut = open(&link[..link.len() - 8], None, Some(&last));
    assert!(cut.message.is_some_and(|message| message.contains("missing")));
    assert!(text.starts_with(&cut.state.input.dockerfile));
    assert_eq!(cut.previous.map(|state| state.input.dockerfile).as_deref(), Some("FROM mine"));
    for rubbish in ["1.!!!", "99.abc", "nothing we know"] {
        let opening = open(rubbish, None, Some(&last));
        assert_eq!(shown(&opening), ("FROM mine", None), "{rubbish}");
        assert!(opening.message.is_some(), "{rubbish} is refused without a word");
    }
}

#[test]
fn a_reload_finds_the_key_of_the_context_and_the_link_that_stands_for_the_work() {
    let state = State { kept_context: Some("key".into()), ..work("FROM mine") };
    let own = to_stored(&state, Some("1.link"));
    let wanted = Stored { state: state.clone(), address: Some("1.link".into()) };
    assert_eq!(from_stored(&own), Some(wanted));
    let reloaded = open("1.link", Some(&own), None);
    assert_eq!((reloaded.state, reloaded.address.as_deref()), (state, Some("1.link")));
    let earlier = link(&work("FROM mine"));
    let wanted = Stored { state: work("FROM mine"), address: None };
    assert_eq!(from_stored(&earlier), Some(wanted), "as an earlier version stored it");
}

#[test]
fn summed_up_files_survive_a_link() {
    let mut state = work("FROM a");
    let (mut context, _) = read_listing("12 a.js\n");
    context.condensed_for = Some(u64::MAX);
    let summary = layerwise_analyzer::context::FileKind::Summary { files: 1_204 };
    context.files.values_mut().for_each(|file| file.kind = summary.clone());
    let origin = ContextOrigin::Link(None);
    state.input.context = Some(Rc::new(KnownContext { origin, context }));
    assert_eq!(linked(&link(&state)).map(|state| state.input), Some(state.input));
}

#[test]
fn what_was_typed_in_panels_survives_a_reload_and_is_in_no_link() {
    let mut state = work("FROM a\n");
    let typed = [("costs.pulls", "12"), ("reality.pasted", "IMAGE  SIZE\n é 1\n "), ("empty", "")];
    state.settings = typed.map(|(key, value)| (key.to_owned(), value.to_owned())).into();
    let text = to_stored(&state, None);
    assert_eq!(from_stored(&text).map(|kept| kept.state.settings), Some(state.settings.clone()));
    let cut = from_stored(&text[..text.len() - 12]).map(|kept| kept.state.settings.len());
    assert_eq!(cut, Some(1), "a part is better than nothing");
    let linked = linked(&link(&state)).map(|state| state.settings);
    assert_eq!(linked, Some(Vec::new()));
}

/// What panels remember of what was there, after a state took the place of another.
fn remembered<'state>(state: &'state State, key: &str) -> Option<&'state str> {
    let setting = state.settings.iter().find(|(own, _)| own == key);
    setting.map(|(_, value)| value.as_str())
}

#[test]
fn work_that_a_link_takes_the_place_of_can_be_compared_with_it() {
    let mut mine = work("FROM mine\n");
    mine.settings = vec![
        (KEPT.to_owned(), "kept".to_owned()),
        ("costs.pulls".to_owned(), "3".to_owned()),
        ("reality.pasted".to_owned(), "of another image".to_owned()),
    ];
    let fragment = link(&work("FROM theirs\n"));
    let opened = open(&fragment, None, Some(&stored(&mine))).state;
    let before = remembered(&opened, BEFORE_OPENING).and_then(linked);
    assert_eq!(before.map(|state| state.input.dockerfile).as_deref(), Some("FROM mine\n"));
    assert_eq!(remembered(&opened, KEPT), Some("kept"));
    assert_eq!(remembered(&opened, "costs.pulls"), Some("3"));
    assert_eq!(remembered(&opened, "reality.pasted"), None, "that was another image");
    assert_eq!(opened.before.map(|it| it.dockerfile.clone()).as_deref(), Some("FROM theirs\n"));
    // Back again, the link is what was there before.
    let back = in_place_of(&linked(&fragment).expect("a state"), mine);
    let before = remembered(&back, BEFORE_OPENING).and_then(linked);
    assert_eq!(before.map(|state| state.input.dockerfile).as_deref(), Some("FROM theirs\n"));
    assert_eq!(remembered(&back, "reality.pasted"), Some("of another image"));
}

#[test]
fn a_lesson_opens_on_its_panel_and_leaves_the_last_work_where_it_is() {
    let last = stored(&work("FROM mine"));
    let opening = open("lesson/two-stages", None, Some(&last));
    assert_eq!(opening.state.panel, "learn");
    let open = opening.state.settings.iter().find(|(key, _)| key == crate::state::LESSON);
    assert_eq!(open.map(|(_, id)| id.as_str()), Some("two-stages"));
    assert_eq!(opening.previous.map(|state| state.input.dockerfile).as_deref(), Some("FROM mine"));
}

#[test]
fn the_next_example_stays_in_the_frame_and_leaves_a_panel_that_may_be_closed() {
    for (fragment, expected) in [
        ("example/a/panel/cache/embed", "example/b/panel/cache/embed"),
        ("example/a/panel/cache", "example/b"),
        ("example/b/panel/cache", "example/b/panel/cache"),
        ("example/b", "example/b"),
        ("1.abc/panel/layers/embed", "example/b/panel/layers/embed"),
        ("", "example/b"),
    ] {
        assert_eq!(example_in_place_of(fragment, "b"), expected, "in place of {fragment:?}");
    }
}

#[test]
fn a_link_may_name_the_panel_and_a_part_of_it() {
    let shown = |fragment: &str| {
        let state = open(fragment, None, None).state;
        (state.panel.to_string(), state.input.dockerfile)
    };
    let fragment = link(&work("FROM a"));
    let expected = ("cache".to_owned(), "FROM a".to_owned());
    assert_eq!(shown(&format!("{fragment}/panel/cache")), expected);
    assert_eq!(shown(&format!("{fragment}/panel/cache/embed")), expected);
    assert_eq!(shown("/panel/learn.stages/embed"), ("learn.stages".into(), String::new()));
    let awaited = open("example/node-naive/panel/cache/embed", None, None).state;
    assert_eq!(awaited.awaited_example(), Some("node-naive"));
    assert_eq!(awaited.panel.as_str(), "cache", "it is there once the example is");
    // What a link shares is what is open, a part of a panel as well.
    let state = State { panel: "learn.cache".into(), ..work("FROM a") };
    assert_eq!(shown(&link(&state)), ("learn.cache".into(), "FROM a".into()));
}
