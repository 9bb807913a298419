//! What a report paints on the Dockerfile's text.

mod ignored;
mod outcomes;

use layerwise_analyzer::order;
use layerwise_analyzer::report::{Report, ReportedBase, ReportedStep};
use layerwise_analyzer::size::SizeEstimate;

pub(super) use ignored::paint_ignored;

use crate::app::editor::Paint;
use crate::app::options::argument_names;
use crate::bindings::editor::{Diagnostic, Mark, Names};
use crate::format;
use crate::positions::Utf16Index;
use crate::worker::CacheAnswer;

/// How many lines are marked as the heaviest.
const MOST_HEAVY: usize = 3;
/// A line with less than one part in so many of the image is not called heavy.
const HEAVY_SHARE: u64 = 20;

/// Paint for `text`, of which `report` must be the report, and `cache` what an edit rebuilds where
/// that is shown.
#[must_use]
pub(super) fn paint(
    text: &str,
    report: &Report,
    cache: Option<&CacheAnswer>,
    selected_stage: Option<usize>,
) -> Paint {
    let index = Utf16Index::new(text);
    let errors = report.errors.iter().map(|error| ("error", error.span, &error.message));
    let notes = report.notes.iter().map(|note| ("info", note.span, &note.message));
    let told = errors.chain(notes).map(|(severity, span, message)| {
        let range = index.range(span);
        Diagnostic { from: range.from, to: range.to, severity, message: message.clone() }
    });
    let mut diagnostics: Vec<Diagnostic> = told.collect();
    let mut marks = list_marks(report);
    if let Some(replayed) = cache.and_then(|answer| answer.replayed.as_ref()) {
        outcomes::mark(&mut marks, replayed);
        diagnostics.extend(outcomes::causes(report, replayed).into_iter().map(
            |(span, message)| {
                let range = index.range(span);
                Diagnostic { from: range.from, to: range.to, severity: "warning", message }
            },
        ));
    }
    let selected = selected_stage.and_then(|stage| report.stages.get(stage));
    Paint {
        diagnostics,
        highlight: selected.map(|stage| index.range(stage.span)),
        marks,
        names: names(text, report),
        ..Paint::default()
    }
}

/// A size beside every line that has one. Lines that repeat a trigger's have none of their own.
fn list_marks(report: &Report) -> Vec<Mark> {
    let heavy = heaviest_lines(report);
    let is_in_image = |stage: usize| report.layers.iter().any(|layer| layer.stage == stage);
    let mut marks = Vec::new();
    for (index, stage) in report.stages.iter().enumerate() {
        marks.extend(base_mark(stage.line, &stage.base));
        let is_in_image = is_in_image(index);
        let own = stage.steps.iter().filter(|step| step.line > stage.line);
        marks.extend(own.filter_map(|step| step_mark(step, is_in_image)));
    }
    for mark in &mut marks {
        mark.heavy = heavy.contains(&mark.line);
    }
    marks
}

/// The few lines of the final image that make up most of it.
fn heaviest_lines(report: &Report) -> Vec<u32> {
    let likely = |bytes: &SizeEstimate| bytes.likely().map_or(0, |likely| likely.0);
    let whole = likely(&report.image_bytes);
    let layers = report.layers.iter().map(|layer| (likely(&layer.bytes), layer.line));
    let mut layers: Vec<(u64, u32)> =
        layers.filter(|(bytes, _)| *bytes > whole / HEAVY_SHARE && *bytes > 0).collect();
    order::sort(&mut layers);
    layers.iter().rev().take(MOST_HEAVY).map(|(_, line)| *line).collect()
}

/// What a step writes, beside its line; nothing for one that only makes a folder.
fn step_mark(step: &ReportedStep, is_in_image: bool) -> Option<Mark> {
    let bytes = step.bytes.as_ref()?;
    if step.printed.starts_with("WORKDIR") {
        return None;
    }
    let whose = match is_in_image {
        true => "This layer of the image",
        false => "This layer of a stage that is not in the image itself",
    };
    let why = format::evidence_sentence(bytes);
    let title = format!("{whose}: {}. {why}", format::size_with_range(bytes));
    Some(Mark { line: step.line, text: format::short_size(bytes), title, ..Mark::default() })
}

/// The size of a base image beside its `FROM`; nothing where it is not known.
fn base_mark(line: u32, base: &ReportedBase) -> Option<Mark> {
    if base.stage.is_some() {
        return None;
    }
    base.bytes.likely()?;
    let why = base.bytes.why();
    Some(Mark {
        line,
        text: format::short_size(&base.bytes),
        title: format!("{} uncompressed, {}: {why}", base.reference, base.bytes.evidence().name()),
        ..Mark::default()
    })
}

fn names(text: &str, report: &Report) -> Names {
    let mut images: Vec<String> = report
        .stages
        .iter()
        .filter(|stage| stage.base.stage.is_none())
        .map(|stage| stage.base.reference.clone())
        .collect();
    order::sort(&mut images);
    images.dedup();
    Names {
        stages: report.stages.iter().filter_map(|stage| stage.name.clone()).collect(),
        images,
        variables: argument_names(text, report),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
    use layerwise_analyzer::report::{Input, analyze, outline};

    use super::*;
    use crate::state::Trial;
    use crate::worker::answer_cache;

    #[test]
    fn errors_and_the_picked_stage_stand_at_their_place_behind_an_astral_character() {
        let text = "# 🐳\nFROM scratch AS one\nFROM scratch AS two\nCOPI a b\n";
        let report = outline(&Input { dockerfile: text.into(), ..Input::default() });
        let paint = paint(text, &report, None, Some(1));
        let units: Vec<u16> = text.encode_utf16().collect();
        let shown = |from: u32, to: u32| {
            String::from_utf16_lossy(units.get(from as usize..to as usize).unwrap_or_default())
        };
        let highlight = paint.highlight.expect("stage 1 exists");
        assert_eq!(shown(highlight.from, highlight.to), "FROM scratch AS two\nCOPI a b");
        let error = paint.diagnostics.first().expect("COPI is no instruction");
        assert!(shown(error.from, error.to).starts_with("COPI"), "{error:?}");
        assert_eq!(paint.names.stages, ["one", "two"]);
    }

    #[test]
    fn a_size_beside_a_line_says_whether_it_is_an_estimate() {
        let text = "FROM alpine:3.22\nFROM acme/base:1\nFROM acme/other:1\nFROM scratch\n";
        let report = outline(&Input {
            dockerfile: text.into(),
            image_sizes: vec![("acme/base:1".into(), 120_000_000)],
            ..Input::default()
        });
        let marks = paint(text, &report, None, None).marks;
        let texts: Vec<(u32, &str)> = marks.iter().map(|it| (it.line, it.text.as_str())).collect();
        let [(1, alpine), (2, "120 MB"), (4, "0 B")] = texts[..] else { panic!("{texts:?}") };
        assert!(alpine.starts_with("≈ "), "{alpine} was measured on another build of the image");
    }

    #[test]
    fn lines_carry_what_they_write_and_the_heaviest_stand_out() {
        let text = "FROM scratch AS build\nCOPY a.bin /\nFROM scratch\nWORKDIR /app\n\
                    COPY a.bin b.bin /\nCOPY c.bin /\n";
        let (context, _) = read_listing("7000000 a.bin\n1000000 b.bin\n9 c.bin\n");
        let known = KnownContext { origin: ContextOrigin::Listing, context };
        let context = Some(Rc::new(known));
        let input = Input { dockerfile: text.into(), context, ..Input::default() };
        let marks = paint(text, &analyze(&input), None, None).marks;
        let told: Vec<(u32, &str, bool)> =
            marks.iter().map(|it| (it.line, it.text.as_str(), it.heavy)).collect();
        let wanted = [
            (1, "0 B", false),
            (2, "7.00 MB", false),
            (3, "0 B", false),
            (5, "8.00 MB", true),
            (6, "9 B", false),
        ];
        assert_eq!(told, wanted);
    }

    #[test]
    fn the_line_that_breaks_the_cache_is_marked_while_an_edit_is_tried() {
        let text = "FROM node:22\nWORKDIR /app\nCOPY . \\\n  .\nRUN npm ci\n";
        let input = Input { dockerfile: text.into(), ..Input::default() };
        let report = analyze(&input);
        let told = |edit: Option<&str>| {
            let trial = |edit: &str| Trial { edit: edit.into(), ..Trial::default() };
            let cache = edit.map(|edit| answer_cache(&input, &report, &trial(edit)));
            let paint = paint(text, &report, cache.as_ref(), None);
            let told = paint.diagnostics.into_iter().filter(|it| it.severity == "warning");
            told.map(|it| (it.from, it.to, it.message)).collect::<Vec<_>>()
        };
        let copy = (26, 38, "This line caused 2 rebuilds.".to_owned());
        assert_eq!(
            (told(Some("")), told(Some("nothing")), told(None)),
            (vec![copy], vec![], vec![])
        );
    }

    #[test]
    fn each_line_says_what_becomes_of_it_and_the_one_to_blame_how_much_it_causes() {
        let text = "FROM node:22\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD a\n";
        let input = Input { dockerfile: text.into(), ..Input::default() };
        let report = analyze(&input);
        let cache = answer_cache(&input, &report, &Trial::default());
        let told = |cache: Option<&CacheAnswer>| -> Vec<(u32, Option<&str>, Option<String>)> {
            let marks = paint(text, &report, cache, None).marks.into_iter();
            marks.map(|mark| (mark.line, mark.outcome, mark.note)).collect()
        };
        let blamed = Some("caused 2 rebuilds".to_owned());
        let wanted = [
            (1, Some(""), None),
            (2, Some("cached"), None),
            (3, Some("rebuilt"), blamed),
            (4, Some("rebuilt"), None),
        ];
        assert_eq!(told(Some(&cache)), wanted);
        assert!(told(None).iter().all(|mark| mark.1.is_none()), "while no edit is tried");
        let marks = paint(text, &report, Some(&cache), None).marks;
        let title = &marks.last().expect("line 4 has a mark").title;
        assert!(title.contains("Rebuilt. Line 3 is rebuilt"), "{title}");
    }

    #[test]
    fn line_ends_of_two_bytes_shift_nothing() {
        let plain = "# 🐳\nFROM scratch AS one\nRUN a \\\n  b\nCOPI a b\n";
        let painted = |text: &str| {
            let report = outline(&Input { dockerfile: text.into(), ..Input::default() });
            paint(text, &report, None, Some(0))
        };
        assert_eq!(painted(&plain.replace('\n', "\r\n")), painted(plain));
    }

    #[test]
    fn a_stage_that_is_gone_lights_up_nothing() {
        let report = outline(&Input { dockerfile: "FROM scratch\n".into(), ..Input::default() });
        assert_eq!(paint("FROM scratch\n", &report, None, Some(7)).highlight, None);
    }
}
