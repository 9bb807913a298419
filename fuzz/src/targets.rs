//! What each target does, and what must hold of the answer.

use std::rc::Rc;

use layerwise_analyzer::advice;
use layerwise_analyzer::compare::compare;
use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::dockerignore::{Dockerignore, apply};
use layerwise_analyzer::drawing::{draw_layers, draw_stages, write_svg};
use layerwise_analyzer::plan::{BuildOptions, plan};
use layerwise_analyzer::report::cache::{Change, Timing, propose_order, replay, usual_edits};
use layerwise_analyzer::report::{Input, Report, analyze};
use layerwise_analyzer::secrets::{PLACEHOLDER, Secret, find, leave_out};
use layerwise_analyzer::shell::run::{Environment, list_invocations};
use layerwise_analyzer::size::{Bytes, SizeEstimate};
use layerwise_analyzer::text::Span;
use layerwise_analyzer::{dockerfile as parser, reality, shell as reader};
use layerwise_formats::secrets;
use layerwise_lessons::{Checker, Side, read_lesson};
use layerwise_share::{Fragment, Shared, decode, encode};

use crate::pieces::assemble;

/// What parts an input into several texts: no text has it, since no UTF-8 does.
const PART: u8 = 0xff;

/// The first texts of an input; what is not UTF-8 is replaced, as a page would.
fn texts<const COUNT: usize>(bytes: &[u8]) -> [String; COUNT] {
    let mut parts = bytes.splitn(COUNT, |byte| *byte == PART);
    [(); COUNT].map(|()| String::from_utf8_lossy(parts.next().unwrap_or_default()).into_owned())
}

fn assert_inside(text: &str, span: Span) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} is no part of the text");
}

fn known(listing: &str) -> Rc<KnownContext> {
    let (context, _) = read_listing(listing);
    Rc::new(KnownContext { origin: ContextOrigin::Listing, context })
}

pub(crate) fn dockerfile(bytes: &[u8]) {
    let [text] = texts(bytes);
    let (dockerfile, errors) = parser::parse(&text);
    let spans = dockerfile.instructions.iter().map(|it| it.span);
    spans.chain(errors.iter().map(|it| it.span)).for_each(|span| assert_inside(&text, span));
    let (_, errors) = plan(&dockerfile, &BuildOptions::default());
    errors.iter().for_each(|error| assert_inside(&text, error.span));
}

pub(crate) fn dockerignore(bytes: &[u8]) {
    let [text, listing] = texts(bytes);
    let (ignore, errors) = Dockerignore::parse(&text);
    errors.iter().for_each(|error| assert_inside(&text, error.span));
    let (context, _) = read_listing(&listing);
    if let Ok(effects) = apply(&ignore, &context) {
        assert_eq!(effects.decisions.len(), context.files.len(), "a decision a file");
        assert_eq!(effects.patterns.len(), ignore.patterns.len(), "an effect a pattern");
    }
}

pub(crate) fn shell(bytes: &[u8]) {
    let [text] = texts(bytes);
    let parsed = reader::parse(&text);
    let spans = parsed.errors.iter().map(|error| error.span).chain(parsed.rest);
    spans.for_each(|span| assert_inside(&text, span));
    let walk = list_invocations(&parsed, &Environment::default());
    assert!(walk.truncated || walk.invocations.len() <= walk.work, "work is counted");
}

pub(crate) fn listing(bytes: &[u8]) {
    let [listing, dockerfile] = texts(bytes);
    let dockerfile = format!("FROM node:22\nCOPY . /app\n{dockerfile}");
    assert_report(&Input { dockerfile, context: Some(known(&listing)), ..Input::default() });
}

pub(crate) fn printed(bytes: &[u8]) {
    let [printed, dockerfile] = texts(bytes);
    let Ok(measured) = reality::read(&printed) else { return };
    let dockerfile = format!("FROM node:22\nRUN make\nCOPY . /\n{dockerfile}");
    let check =
        reality::check(&Input { dockerfile, ..Input::default() }, &measured, &Timing::default());
    let is_doubted = check.doubt.is_some();
    assert!(!is_doubted || check.taken == reality::TakenOver::default(), "it is of another image");
}

pub(crate) fn link(bytes: &[u8]) {
    let [fragment] = texts(bytes);
    let Ok(Fragment::State { shared, .. }) = decode(&fragment) else { return };
    match decode(&encode(&shared)) {
        Ok(Fragment::State { shared: again, damage: None }) => {
            assert_eq!(again, shared, "it is another state when it is written again");
        }
        other => panic!("what was read cannot be read when it is written again: {other:?}"),
    }
}

pub(crate) fn secrets(bytes: &[u8]) {
    let [text] = texts(bytes);
    let found = find(&text);
    let mut end = 0;
    for Secret { span, .. } in &found {
        assert_inside(&text, *span);
        assert!(span.start >= end, "one lies within another: {found:?}");
        end = span.end;
    }
    let left = leave_out(&text, &found);
    assert!(left.len() <= text.len() + PLACEHOLDER.len() * found.len(), "more was put in");
    let mut shared = Shared { dockerfile: text, ..Shared::default() };
    assert_eq!(secrets::leave_out(&mut shared).len(), found.len(), "not all are named");
}

pub(crate) fn lesson(bytes: &[u8]) {
    let [markdown] = texts(bytes);
    let (lesson, errors) = read_lesson(&markdown);
    let lines = u32::try_from(markdown.split('\n').count()).unwrap_or(u32::MAX);
    assert!(errors.iter().all(|error| error.line <= lines), "no such line");
    for side in [Side::Start, Side::Solution] {
        let Some(input) = lesson.input(side) else { continue };
        let checker = Checker::new(&input);
        lesson.goals.iter().take(5).for_each(|goal| drop(checker.check(&goal.predicate)));
    }
}

pub(crate) fn fixes(bytes: &[u8]) {
    let [dockerfile, ignore] = texts(bytes);
    let dockerignore = (!ignore.is_empty()).then_some(ignore);
    assert_fixes(&Input { dockerfile, dockerignore, ..Input::default() });
}

pub(crate) fn pipeline(bytes: &[u8]) {
    let input = assemble(bytes);
    let report = assert_report(&input);
    for usual in usual_edits(&input).into_iter().take(3) {
        let change = Change { edits: usual.edit.into_iter().collect(), ..Change::default() };
        let replayed = replay(&input, &change, &Timing::default());
        assert!(replayed.is_ok(), "a usual edit is none: {:?}", replayed.err());
    }
    if let Some(fixed) = assert_fixes(&input) {
        drop(compare(&input, &fixed));
    }
    drop(propose_order(&input));
    drop(write_svg(&draw_layers(&report)));
    drop(write_svg(&draw_stages(&report)));
}

/// Analyses an input: every place is in the text, and the image weighs what its layers do.
fn assert_report(input: &Input) -> Report {
    let report = analyze(input);
    report.errors.iter().for_each(|error| assert_inside(&input.dockerfile, error.span));
    let sum = |bound: fn(&SizeEstimate) -> Option<Bytes>| {
        report.layers.iter().map(|layer| bound(&layer.bytes)).sum::<Option<Bytes>>()
    };
    if !report.layers.is_empty() {
        let size = &report.image_bytes;
        assert_eq!(Some(size.low()), sum(|it| Some(it.low())), "the least is the sum of the least");
        assert_eq!(size.likely(), sum(SizeEstimate::likely), "the likely is the sum of the likely");
    }
    report
}

/// Applies all fixes, none of which brings an error.
fn assert_fixes(input: &Input) -> Option<Input> {
    let report = analyze(input);
    let before = report.errors.len();
    let advice = advice::advise(input);
    drop(layerwise_formats::markdown::write_report(input, &report, &advice));
    drop(layerwise_formats::json::write_report(&report, &advice, 100));
    let fixed = advice.all.as_ref().or(advice.all_safe.as_ref())?;
    let after = Input {
        dockerfile: fixed.dockerfile.clone(),
        dockerignore: fixed.dockerignore.clone(),
        ..input.clone()
    };
    assert!(analyze(&after).errors.len() <= before, "fixes bring an error:\n{}", after.dockerfile);
    Some(after)
}
