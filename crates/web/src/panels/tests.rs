//! Every panel drawn natively over several reports.

mod assumptions;
mod authoring;
mod cache;
mod files;
mod ideas;
mod laid_out;
mod layers;
mod learn;
mod present;
mod real;
mod samples;

use std::collections::BTreeSet;
use std::rc::Rc;

use layerwise_analyzer::report::{Input, Report, analyze};
use yew::{AttrValue, Callback, Html, LocalServerRenderer, Properties, function_component};

use super::{ALL, PanelProps, wanted_trial, wanted_view};
use crate::state::{State, panel_of};
use crate::widgets::gradual::AT_A_TIME;
use crate::worker::{CacheAnswer, answer_cache, lay_out};
use samples::{SAMPLES, Sample};

#[derive(Clone, PartialEq, Properties)]
struct AnyPanelProps {
    index: usize,
    panel: PanelProps,
}

/// Draws a panel of the list, as the page does.
#[function_component(AnyPanel)]
fn any_panel(props: &AnyPanelProps) -> Html {
    (ALL[props.index].render)(&props.panel)
}

fn state(input: Input) -> State {
    State { input, panel: AttrValue::Static("stages"), ..State::default() }
}

fn draw(id: &str, state: State, report: Report) -> String {
    let state = State { panel: id.to_owned().into(), ..state };
    let trial = wanted_trial(&state);
    let cache = trial.map(|trial| answer_cache(&state.input, &report, &trial));
    draw_answer(id, state, report, cache)
}

/// The same with what the engine answered on the cache.
fn draw_answer(id: &str, state: State, report: Report, cache: Option<CacheAnswer>) -> String {
    let index =
        ALL.iter().position(|panel| panel.id == panel_of(id)).expect("the panel is in the list");
    let view = wanted_view(&state)
        .and_then(|wish| lay_out(&state.input, &report, cache.as_ref(), &wish, &mut Vec::new()));
    let panel = PanelProps {
        missing_sizes: None,
        cache: cache.map(Into::into),
        view: view.map(Into::into),
        input: Rc::new(state.input.clone()),
        state: Rc::new(state),
        report: report.into(),
        dispatch: Callback::noop(),
        link: Callback::from(|()| String::new()),
    };
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let renderer = LocalServerRenderer::<AnyPanel>::with_props(AnyPanelProps { index, panel });
    runtime.block_on(renderer.hydratable(false).render())
}

fn draw_sample(id: &str, sample: &Sample) -> String {
    let (input, report) = (sample.make)();
    draw(id, state(input), report)
}

/// Text of a drawn panel without tags, entities resolved, spaces evened.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text.push_str(before);
        text.push(' ');
        rest = tag.split_once('>').map_or("", |(_, after)| after);
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    let text = text.replace("&#x27;", "'").replace("&#x2F;", "/").replace("&amp;", "&");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Values of an attribute, in order.
fn attributes<'html>(html: &'html str, name: &str) -> Vec<&'html str> {
    let start = format!(" {name}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn sample(name: &str) -> &'static Sample {
    SAMPLES.iter().find(|sample| sample.name == name).expect("a sample of this name")
}

/// Asserts that a panel says each of the texts.
fn says(id: &str, sample_name: &str, texts: &[&str]) {
    let shown = text_of(&draw_sample(id, sample(sample_name)));
    for text in texts {
        assert!(
            shown.contains(text),
            "{id} of {sample_name} should say {text:?}, but says: {shown}"
        );
    }
}

fn does_not_say(id: &str, sample_name: &str, text: &str) {
    let shown = text_of(&draw_sample(id, sample(sample_name)));
    assert!(!shown.contains(text), "{id} of {sample_name} says {text:?}: {shown}");
}

#[test]
fn every_panel_draws_every_report_cleanly() {
    for panel in ALL {
        for sample in SAMPLES {
            let html = draw_sample(panel.id, sample);
            let about = format!("panel {} of {}", panel.id, sample.name);
            assert!(!html.is_empty(), "{about} is empty");
            assert_eq!(attributes(&html, "style"), [""; 0], "{about}: the page's policy drops it");
            for word in ["NaN", "undefined", "Infinity", "<script", "javascript:"] {
                assert!(!html.contains(word), "{about} contains {word}: {html}");
            }
            let ids = attributes(&html, "id");
            let unique: BTreeSet<&str> = ids.iter().copied().collect();
            assert_eq!(ids.len(), unique.len(), "{about} repeats an id: {ids:?}");
            for name in ["aria-labelledby", "aria-describedby", "for"] {
                let named = attributes(&html, name);
                for id in named.iter().flat_map(|ids| ids.split_whitespace()) {
                    assert!(unique.contains(id), "{about}: {name} names no element {id}");
                }
            }
        }
    }
}

#[test]
fn ids_and_titles_of_panels_are_unique() {
    let ids: BTreeSet<&str> = ALL.iter().map(|panel| panel.id).collect();
    let titles: BTreeSet<&str> = ALL.iter().map(|panel| panel.title).collect();
    assert_eq!((ids.len(), titles.len()), (ALL.len(), ALL.len()));
}

#[test]
fn ids_stay_unique_with_all_panels_on_one_page() {
    for sample in SAMPLES {
        let page: String = ALL.iter().map(|panel| draw_sample(panel.id, sample)).collect();
        let ids = attributes(&page, "id");
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{}: {ids:?}", sample.name);
    }
}

#[test]
fn what_a_person_wrote_stays_text() {
    for panel in ["stages", "layers", "bases"] {
        let html = draw_sample(panel, sample("hostile"));
        assert!(html.contains("&lt;script&gt;"), "{panel} shows the name as text: {html}");
    }
}

#[test]
fn stages_are_drawn_and_listed_in_words() {
    says(
        "stages",
        "two stages",
        &[
            "build",
            "FROM node:22",
            "≈ 1.13 GB",
            "1.05–1.20 GB",
            "3 steps",
            "runtime",
            "target",
            "copied into runtime (line 7)",
            "copy · line 7",
            "needed",
        ],
    );
    let html = draw_sample("stages", sample("two stages"));
    let labels = attributes(&html, "aria-label");
    assert!(
        labels
            .iter()
            .any(|label| label.starts_with("Stage build, line 1, FROM node:22, its image at least")),
        "a node says everything to a screen reader: {labels:?}"
    );
    assert_eq!(attributes(&html, "tabindex").len(), 2, "both nodes take the focus");
}

#[test]
fn a_selected_stage_shows_as_pressed_in_both_twins() {
    let (input, report) = (sample("two stages").make)();
    let picked = State { selected_stage: Some(1), ..state(input) };
    let html = draw("stages", picked, report);
    assert_eq!(attributes(&html, "aria-pressed"), ["false", "true", "false", "true"]);
}

#[test]
fn stages_that_are_not_needed_say_so() {
    says("stages", "unused and external", &["lint", "not needed", "nginx:1.27", "external image"]);
    says("bases", "unused and external", &["not needed for the target"]);
}

#[test]
fn what_is_not_modelled_is_not_a_number() {
    says("layers", "two stages", &["RUN npm ci", "not estimated yet", "line 6"]);
    does_not_say("layers", "two stages", "0 B");
    does_not_say("layers", "unknown base", "0 B");
}

#[test]
fn a_lower_bound_reads_as_one() {
    says("layers", "two stages", &["at least 220 MB", "Whole image"]);
}

#[test]
fn the_base_opens_to_its_layers_and_its_source() {
    says(
        "layers",
        "two stages",
        &["to pull in 2 layers", "ADD rootfs", "2026-08-01", "Stands in for node:22-slim"],
    );
}

#[test]
fn an_unknown_image_asks_for_its_size() {
    for panel in ["layers", "bases"] {
        says(panel, "unknown base", &["Layerwise does not know acme/app:1.", "Use this size"]);
    }
    says("stages", "unknown base", &["size unknown"]);
}

#[test]
fn a_typed_size_is_shown_with_a_way_back() {
    for panel in ["layers", "bases"] {
        says(panel, "typed size", &["You typed 120 MB for acme/app:1.", "Remove this size"]);
        does_not_say(panel, "typed size", "does not know");
    }
}

#[test]
fn base_images_are_listed_once_with_their_facts() {
    let html = draw_sample("bases", sample("unused and external"));
    assert_eq!(html.matches("<article").count(), 3, "{html}");
    says(
        "bases",
        "unused and external",
        &[
            "base of stage build · line 1",
            "copied into stage runtime · line 9",
            "debian 12",
            "apt",
            "root",
        ],
    );
}

#[test]
fn an_empty_page_invites() {
    for panel in ALL {
        // A lesson brings its own.
        let invitation = if panel.id == "learn" { "Two stages" } else { "Paste a Dockerfile" };
        says(panel.id, "nothing", &[invitation]);
    }
}

#[test]
fn a_broken_graph_is_drawn_as_far_as_it_is_known() {
    says("stages", "hostile", &["not resolved, see the errors"]);
    says("stages", "no target", &["build"]);
    says("layers", "no target", &["The target stage was not found"]);
}

#[test]
fn of_a_large_drawing_only_what_is_in_sight_is_drawn() {
    let stages: String = (1..300)
        .map(|at| format!("FROM scratch AS s{at}\nCOPY --from=s{} / /\n", at / 2))
        .collect();
    let text = format!("FROM scratch AS s0\n{stages}");
    let input = Input { dockerfile: text, ..Input::default() };
    let report = analyze(&input);
    assert_eq!(report.stages.len(), 300);
    let html = draw("stages", state(input), report);
    let drawn = html.matches("stage-node-box").count();
    assert!((1..100).contains(&drawn), "{drawn} of 300 stages are on the page at once");
    assert_eq!(html.matches("stage-node-target").count(), 1, "it opens at the target");
}

#[test]
fn very_long_lists_begin_short_and_offer_the_rest() {
    let html = draw_sample("stages", sample("a thousand stages"));
    assert_eq!(html.matches("<li").count(), AT_A_TIME, "the first ones are there at once");
    says(
        "stages",
        "a thousand stages",
        &["Too large for a drawing", "Show all 1000 stages and images"],
    );
}
