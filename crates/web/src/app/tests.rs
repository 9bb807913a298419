//! The whole page drawn natively, as it opens.

use std::collections::BTreeSet;
use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::report::{Input, PullNode, analyze, outline};
use yew::{Callback, Html, LocalServerRenderer, Properties, function_component};

use super::errors::{errors, first_error};
use super::options::{OptionsFacts, options};
use super::summary::{SummaryFacts, ask_for_sizes, summary};
use super::{App, AppProps};
use crate::handle::ReportHandle;
use crate::panels::{self, PanelProps};
use crate::session::Opening;
use crate::state::{Action, EditorTab, PullChoice, State};
use crate::widgets::gradual::AT_A_TIME;

fn wait<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    runtime.expect("a runtime starts").block_on(future)
}

fn page(opening: Opening) -> String {
    let properties = AppProps { opening: Rc::new(opening) };
    wait(LocalServerRenderer::<App>::with_props(properties).hydratable(false).render())
}

#[derive(Clone, PartialEq, Properties)]
struct DrawnProps {
    html: Html,
}

#[function_component(Drawn)]
fn drawn(props: &DrawnProps) -> Html {
    props.html.clone()
}

fn draw(html: Html) -> String {
    wait(LocalServerRenderer::<Drawn>::with_props(DrawnProps { html }).hydratable(false).render())
}

fn opening(text: &str) -> Opening {
    let input = Input { dockerfile: text.into(), ..Input::default() };
    let state = State { input, ..State::default() };
    Opening { state, message: None, previous: None, address: None }
}

/// Values of an attribute, in order.
fn values<'html>(html: &'html str, attribute: &str) -> Vec<&'html str> {
    let start = format!(" {attribute}=\"");
    html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

fn openings() -> Vec<(&'static str, Opening)> {
    let mut options = opening("FROM node:22 AS a\nFROM a\n");
    options.state = options
        .state
        .apply(Action::SetBuildArguments(vec![("A".into(), None), ("A".into(), None)]))
        .apply(Action::ChoosePlatform("linux/arm/v5".into()))
        .apply(Action::ChooseTarget(Some("gone".into())))
        .apply(Action::SetImageSize("acme/base".into(), Some(1)))
        .apply(Action::OpenTab(EditorTab::Options));
    let told = Opening {
        message: Some("This link is cut.".into()),
        previous: Some(State::default()),
        ..opening("FROM a")
    };
    vec![("empty", opening("")), ("with options", options), ("with messages", told)]
}

#[test]
fn ids_are_unique_and_every_reference_leads_somewhere() {
    for (name, opening) in openings() {
        let html = page(opening);
        let all = values(&html, "id");
        let ids: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(ids.len(), all.len(), "{name}: an id stands twice in {all:?}");
        for attribute in ["for", "aria-labelledby", "aria-describedby", "list"] {
            for reference in values(&html, attribute).iter().flat_map(|it| it.split(' ')) {
                assert!(ids.contains(reference), "{name}: {attribute}={reference} leads nowhere");
            }
        }
    }
}

#[test]
fn nothing_is_drawn_that_the_content_security_policy_blocks() {
    for (name, opening) in openings() {
        let html = page(opening);
        for blocked in [" style=\"", "<style", "<script", " onclick=\"", "javascript:"] {
            assert!(!html.contains(blocked), "{name}: {blocked} is blocked in the browser");
        }
    }
}

#[test]
fn the_text_is_in_a_plain_field_before_any_script_of_the_editor() {
    let html = page(opening("FROM a # <b> & é🐳\n"));
    assert!(html.contains("<textarea"), "a field takes text at once");
    assert!(html.contains("FROM a # &lt;b&gt; &amp; é🐳"), "{html}");
}

#[test]
fn messages_and_the_way_back_are_in_the_region_that_is_read_out() {
    let (_, told) = openings().remove(2);
    let html = page(told);
    let region = html.split("role=\"status\"").nth(1).unwrap_or_default();
    let region = region.split("</div>").next().unwrap_or_default();
    assert!(region.contains("This link is cut."), "{region}");
    assert!(region.contains("Back to my last work"), "{region}");
}

#[test]
fn a_choice_that_no_longer_exists_is_kept_and_said() {
    let (_, options) = openings().remove(1);
    assert!(page(options).contains("gone (no such stage)"));
}

#[test]
fn a_stage_without_name_is_shown_as_a_target_that_cannot_be_chosen() {
    let text = "FROM node:22\nFROM scratch AS named\nFROM scratch\n";
    let input = Input { dockerfile: text.into(), ..Input::default() };
    let facts = OptionsFacts {
        report: analyze(&input).into(),
        state: Rc::new(State { input: input.clone(), ..State::default() }),
        reported_input: Rc::new(input),
        dispatch: Callback::noop(),
    };
    let html = draw(options(&facts));
    let choices: Vec<(bool, &str)> = html
        .split("<option")
        .skip(1)
        .take(3)
        .filter_map(|option| option.split("</option").next()?.split_once('>'))
        .map(|(attributes, text)| (attributes.contains("disabled"), text))
        .collect();
    let wanted = [
        (false, "The last stage (line 3)"),
        (true, "from node:22 (line 1): has no name; write AS name to build it"),
        (false, "named (line 2)"),
    ];
    assert_eq!(choices, wanted, "{html}");
}

#[test]
fn every_error_stands_once_with_its_line_and_long_lists_begin_short() {
    let text = "FROM golang:1.26 AS build\nFRO scratch\nFROM scratch\nCOPI a b\n";
    let report = analyze(&Input { dockerfile: text.into(), ..Input::default() });
    let html = draw(errors(&report.clone().into(), &Callback::noop()));
    assert_eq!(report.errors.len(), 2, "{:?}", report.errors);
    for (error, line) in report.errors.iter().zip(["Line 2", "Line 4"]) {
        let first_word = error.message.split_whitespace().next().unwrap_or_default();
        assert!(html.contains(first_word) && html.contains(line), "{error:?} in {html}");
    }
    let text = "FROM scratch\n".to_owned() + &"COPI a b\n".repeat(500);
    let many = analyze(&Input { dockerfile: text, ..Input::default() });
    let html = draw(errors(&many.into(), &Callback::noop()));
    assert_eq!(html.matches("<li").count(), AT_A_TIME, "the others come soon after");
    assert!(html.contains("Show all 500 errors"));
    let none = analyze(&Input { dockerfile: "FROM scratch\n".into(), ..Input::default() });
    assert_eq!(draw(errors(&none.into(), &Callback::noop())), "");
}

#[test]
fn what_is_doubtful_stands_under_the_text_and_is_no_error() {
    let text = "FROM node:22 AS build\nFROM alpine:3.22\nCOPY --from=biuld / /\n";
    let report = analyze(&Input { dockerfile: text.into(), ..Input::default() });
    assert_eq!(report.errors, [], "BuildKit would pull an image called biuld");
    let html = draw(errors(&report.into(), &Callback::noop()));
    for part in ["Worth a look", "Line 3", "build"] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    assert!(!html.contains("would refuse"), "{html}");
}

#[test]
fn the_summary_says_lower_bounds_and_leads_to_the_first_error() {
    let text = "FROM alpine:3.22\nRUN apk add curl\nINSTALL it\n";
    let report = outline(&Input { dockerfile: text.into(), ..Input::default() });
    let facts = SummaryFacts {
        report: report.into(),
        outlook: None,
        working: false,
        pull: Default::default(),
        dispatch: Callback::noop(),
    };
    let html = draw(summary(&facts));
    for part in ["at least ", " MB", "1 layer not estimated yet", "1 error", "first in line 3"] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    // Of a whole report nothing more is to come.
    let text = "FROM alpine:3.22\nRUN dd if=/dev/zero of=/f bs=$N count=1\n".to_owned();
    let report = analyze(&Input { dockerfile: text, ..Input::default() });
    let html = draw(summary(&SummaryFacts { report: report.into(), ..facts }));
    assert!(html.contains("1 layer not fully known"), "{html}");
    assert!(!html.contains("not estimated"), "{html}");
}

#[test]
fn the_summary_says_how_long_a_pull_takes_as_it_was_chosen() {
    let input = Input {
        dockerfile: "FROM corp\nCOPY <<EOF /a\ntext\nEOF\n".into(),
        image_sizes: vec![("corp".into(), 270_000_000)],
        ..Input::default()
    };
    let report = ReportHandle::from(analyze(&input));
    let shown = |bandwidth, node| {
        let pull = PullChoice { bandwidth, node };
        let dispatch = Callback::noop();
        draw(summary(&SummaryFacts {
            report: report.clone(),
            outlook: None,
            working: false,
            pull,
            dispatch,
        }))
    };
    let cold = shown(100, PullNode::Cold);
    assert!(cold.contains("≈ 8.0 s at"), "100 MB at 12.5 MB a second: {cold}");
    let warm = shown(1_000, PullNode::Warm);
    assert!(warm.contains("≈ 0.1 s at"), "the few bytes of a here-document: {warm}");
    assert!(warm.contains("value=\"1000 w\" selected"), "the choice stays chosen: {warm}");
}

#[test]
fn a_refused_ignore_file_counts_as_an_error_and_leaves_amounts_unknown() {
    let (context, _) = read_listing("12 a.js\n30 web/b.js\n");
    let known = KnownContext { origin: ContextOrigin::Listing, context };
    let input = Input {
        dockerfile: "FROM scratch\nCOPY . /app/\n".into(),
        dockerignore: Some("*.md\nweb/[\n".into()),
        context: Some(Rc::new(known)),
        ..Input::default()
    };
    let report = ReportHandle::from(analyze(&input));
    assert_eq!(report.errors, [], "nothing is wrong with the Dockerfile");
    let dispatch = Callback::noop();
    let facts = SummaryFacts {
        report: report.clone(),
        outlook: None,
        working: false,
        pull: Default::default(),
        dispatch: dispatch.clone(),
    };
    let html = draw(summary(&facts));
    for part in ["1 error", "first in .dockerignore, line 2", "not known yet"] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    assert!(!html.contains("none"), "{html}");
    let html = draw(errors(&report, &dispatch));
    for part in ["What the builder would refuse", ".dockerignore, line 2"] {
        assert!(html.contains(part), "{part} is missing in {html}");
    }
    let (_, reveal) = first_error(&report).expect("the builder refuses the ignore file");
    let wanted = Action::RevealIgnored(report.context.ignore_errors[0].span);
    assert_eq!(reveal, wanted, "it leads to the ignore file");
    let props = PanelProps {
        missing_sizes: None,
        state: Rc::new(State { input: input.clone(), ..State::default() }),
        report,
        cache: None,
        view: None,
        input: Rc::new(input),
        dispatch,
        link: Callback::from(|()| String::new()),
    };
    let html =
        draw((panels::ALL.iter().find(|it| it.id == "files").expect("it is there").render)(&props));
    let copies = html.split("What each COPY ships").nth(1).unwrap_or_default();
    assert!(copies.contains("not known") && !copies.contains("nothing"), "{copies}");
}

#[test]
fn a_size_is_asked_for_once_for_each_unknown_image_that_is_needed() {
    let text = "FROM acme/a:1 AS a\nFROM acme/a:1 AS b\nFROM acme/unused:1 AS c\n\
                FROM acme/z:1\nCOPY --from=a / /\nCOPY --from=b / /\n";
    let report = analyze(&Input { dockerfile: text.into(), ..Input::default() });
    let html = draw(ask_for_sizes(&report, &Callback::noop()));
    let asked: Vec<bool> = ["acme/a:1", "acme/z:1", "acme/unused:1"]
        .iter()
        .map(|name| html.matches(&format!("size of {name} is not known")).count() == 1)
        .collect();
    assert_eq!(asked, [true, true, false], "{html}");
    assert!(!html.contains("more unknown"), "{html}");

    let many: String = (0..9).map(|at| format!("FROM acme/b:{at} AS s{at}\n")).collect();
    let copies: String = (0..9).map(|at| format!("COPY --from=s{at} / /\n")).collect();
    let text = format!("{many}FROM scratch\n{copies}");
    let report = analyze(&Input { dockerfile: text, ..Input::default() });
    let html = draw(ask_for_sizes(&report, &Callback::noop()));
    assert_eq!(html.matches("<input").count(), 3, "the texts stay in sight: {html}");
    assert!(html.contains("6 more unknown in Base images"), "{html}");
}
