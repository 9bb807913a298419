//! What a report paints on the Dockerfile's text.

mod ignored;

use layerwise_analyzer::order;
use layerwise_analyzer::report::{Report, ReportedBase};

pub(super) use ignored::paint_ignored;

use crate::app::editor::Paint;
use crate::app::options::argument_names;
use crate::bindings::editor::{Diagnostic, Mark, Names};
use crate::format;
use crate::positions::Utf16Index;

/// Paint for `text`, of which `report` must be the report.
#[must_use]
pub(super) fn paint(text: &str, report: &Report, selected_stage: Option<usize>) -> Paint {
    let index = Utf16Index::new(text);
    let errors = report.errors.iter().map(|error| ("error", error.span, &error.message));
    let notes = report.notes.iter().map(|note| ("info", note.span, &note.message));
    let diagnostics = errors.chain(notes).map(|(severity, span, message)| {
        let range = index.range(span);
        Diagnostic { from: range.from, to: range.to, severity, message: message.clone() }
    });
    let selected = selected_stage.and_then(|stage| report.stages.get(stage));
    Paint {
        diagnostics: diagnostics.collect(),
        highlight: selected.map(|stage| index.range(stage.span)),
        marks: report.stages.iter().filter_map(|stage| mark(stage.line, &stage.base)).collect(),
        names: names(text, report),
    }
}

/// The size of a base image beside its `FROM`; nothing where it is not known.
fn mark(line: u32, base: &ReportedBase) -> Option<Mark> {
    if base.stage.is_some() {
        return None;
    }
    base.bytes.likely()?;
    let why = base.bytes.why();
    Some(Mark {
        line,
        text: format::size(&base.bytes),
        title: format!("{} uncompressed, {}: {why}", base.reference, base.bytes.evidence().name()),
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
    use layerwise_analyzer::report::{Input, outline};

    use super::*;

    #[test]
    fn errors_and_the_picked_stage_stand_at_their_place_behind_an_astral_character() {
        let text = "# 🐳\nFROM scratch AS one\nFROM scratch AS two\nCOPI a b\n";
        let report = outline(&Input { dockerfile: text.into(), ..Input::default() });
        let paint = paint(text, &report, Some(1));
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
        let marks = paint(text, &report, None).marks;
        let texts: Vec<(u32, &str)> = marks.iter().map(|it| (it.line, it.text.as_str())).collect();
        let [(1, alpine), (2, "120 MB"), (4, "0 B")] = texts[..] else { panic!("{texts:?}") };
        assert!(alpine.starts_with("≈ "), "{alpine} was measured on another build of the image");
    }

    #[test]
    fn line_ends_of_two_bytes_shift_nothing() {
        let plain = "# 🐳\nFROM scratch AS one\nRUN a \\\n  b\nCOPI a b\n";
        let painted = |text: &str| {
            let report = outline(&Input { dockerfile: text.into(), ..Input::default() });
            paint(text, &report, Some(0))
        };
        assert_eq!(painted(&plain.replace('\n', "\r\n")), painted(plain));
    }

    #[test]
    fn a_stage_that_is_gone_lights_up_nothing() {
        let report = outline(&Input { dockerfile: "FROM scratch\n".into(), ..Input::default() });
        assert_eq!(paint("FROM scratch\n", &report, Some(7)).highlight, None);
    }
}
