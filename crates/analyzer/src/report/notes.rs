//! The notes of a report: what is worth a look and no error by itself.

use std::collections::{HashMap, HashSet};

use super::{ReportedBase, Subject};
use crate::dockerfile::{InstructionKind, nearest};
use crate::order;
use crate::plan::{Base, EdgeSource, StageIndex};
use crate::text::{Position, Span};

/// As many stage names as are compared with a name that is none; nobody writes more stages.
const MOST_NAMES: usize = 32;

/// A remark with its place in the text. It changes neither the build nor any number.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedNote {
    /// Its place.
    pub span: Span,
    /// Where its span starts, as people name it.
    pub position: Position,
    /// What is so and what to write where something else is meant; sentences.
    pub message: String,
}

/// Every note, in the order of the text: names that look like stages and are images, errors in
/// stages that the target does not need, and `notes`, those on the context. `copied` is what is
/// known of the images that stages copy from.
pub(super) fn list(
    subject: &Subject<'_>,
    copied: &[ReportedBase],
    mut notes: Vec<(Span, String)>,
) -> Vec<ReportedNote> {
    let names = Names::new(subject);
    notes.extend(subject.plan.unneeded_errors.iter().map(|error| {
        let message =
            format!("Not built for this target; a build of it would fail: {}", error.message);
        (error.span, message)
    }));
    let known: HashSet<&str> = copied
        .iter()
        .filter(|base| base.image.is_some())
        .map(|base| base.reference.as_str())
        .collect();
    for edge in &subject.plan.graph.edges {
        if let EdgeSource::Image(reference) = &edge.from {
            let message = names.about_source(edge.to, reference, known.contains(&**reference));
            notes.extend(message.map(|message| (edge.span, message)));
        }
    }
    for (index, stage) in subject.plan.graph.stages.iter().enumerate() {
        if let Base::Image { reference, image: None } = &stage.base {
            let message = names.about_base(subject, index, reference);
            let span = base_span(subject, stage.from_instruction);
            notes.extend(message.map(|message| (span, message)));
        }
    }
    order::sort(&mut notes);
    notes.dedup();
    let position = |span: Span| subject.lines.position(span.start);
    let notes = notes.into_iter();
    notes.map(|(span, message)| ReportedNote { span, position: position(span), message }).collect()
}

/// The place of the image in a `FROM`.
fn base_span(subject: &Subject<'_>, instruction: usize) -> Span {
    match subject.dockerfile.instructions.get(instruction).map(|found| &found.kind) {
        Some(InstructionKind::From { image, .. }) => image.span,
        _ => Span::default(),
    }
}

/// The names of the stages.
struct Names<'plan> {
    /// The first few, with the stage that first bears each.
    first: Vec<(&'plan str, StageIndex)>,
    /// For each name the last stage that bears it.
    last: HashMap<&'plan str, StageIndex>,
}

impl<'plan> Names<'plan> {
    fn new(subject: &Subject<'plan>) -> Self {
        let stages = subject.plan.graph.stages.iter().enumerate();
        let named = stages.filter_map(|(index, stage)| Some((stage.name.as_deref()?, index)));
        Self { first: named.clone().take(MOST_NAMES).collect(), last: named.collect() }
    }

    /// What to say of an image that the stage `to` copies or mounts files from.
    fn about_source(&self, to: StageIndex, reference: &str, known: bool) -> Option<String> {
        if !is_bare(reference) {
            return None;
        }
        if let Some(near) = self.near(to, reference) {
            return Some(format!(
                "`{reference}` is no stage, so Docker takes it as an image of that name; did you mean the stage `{near}`?"
            ));
        }
        (!known).then(|| {
            format!(
                "`{reference}` is no stage, so Docker takes it as an image of that name; write `FROM … AS {reference}` above where a stage is meant."
            )
        })
    }

    /// What to say of an image that the table does not know and the stage `index` starts from.
    fn about_base(
        &self,
        subject: &Subject<'_>,
        index: StageIndex,
        reference: &str,
    ) -> Option<String> {
        if !is_bare(reference) {
            return None;
        }
        if let Some(later) = self.last.get(reference).filter(|later| **later > index) {
            let stage = subject.plan.graph.stages.get(*later)?;
            let line = subject.line_of_instruction(stage.from_instruction);
            return Some(format!(
                "FROM sees only the stages above it, so `{reference}` is an image here and not the stage of line {line}; move that stage above this one where it is meant."
            ));
        }
        let near = self.near(index, reference)?;
        Some(format!(
            "`{reference}` is no stage, so Docker takes it as an image of that name; did you mean the stage `{near}`?"
        ))
    }

    /// The name of an earlier stage that `reference` may be a slip for.
    fn near(&self, index: StageIndex, reference: &str) -> Option<&'plan str> {
        // One or two letters are near to everything as short.
        if reference.len() < 3 {
            return None;
        }
        let earlier = self.first.iter().filter(|(_, stage)| *stage < index);
        let earlier: Vec<&str> = earlier.map(|(name, _)| *name).collect();
        nearest(reference, &earlier)
    }
}

/// Whether a reference could be the name of a stage: no registry, folder, tag or digest.
fn is_bare(reference: &str) -> bool {
    !reference.contains(['/', ':', '@'])
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use crate::report::{Input, analyze};

    /// The notes of a Dockerfile that a build takes, each with its place.
    fn notes(dockerfile: &str) -> String {
        let report = analyze(&Input { dockerfile: dockerfile.into(), ..Input::default() });
        assert_eq!(report.errors, [], "{dockerfile}");
        let notes = report.notes.iter();
        notes.map(|note| format!("{} {}\n", note.position, note.message)).collect()
    }

    #[test]
    fn names_that_look_like_stages_and_are_images_are_told() {
        let text = "FROM scratch AS builder\n\
            FROM scratch AS vendor\n\
            FROM scratch\n\
            COPY --from=biulder / /a\n\
            RUN --mount=from=deps,target=/x true\n\
            FROM scratch AS last\n\
            COPY --from=Builder / /a\n\
            COPY --from=nginx / /b\n\
            COPY --from=corp/builder / /c\n\
            COPY --from=bulder:1 / /d\n\
            COPY --from=scratch / /e\n\
            FROM vendors\n";
        expect![[r#"
            4:6 `biulder` is no stage, so Docker takes it as an image of that name; did you mean the stage `builder`?
            5:5 `deps` is no stage, so Docker takes it as an image of that name; write `FROM … AS deps` above where a stage is meant.
            12:6 `vendors` is no stage, so Docker takes it as an image of that name; did you mean the stage `vendor`?
        "#]]
        .assert_eq(&notes(text));
    }

    #[test]
    fn a_base_that_is_a_stage_only_further_down_is_told_unless_it_is_a_known_image() {
        expect![[r#"
            1:6 FROM sees only the stages above it, so `b` is an image here and not the stage of line 2; move that stage above this one where it is meant.
        "#]]
        .assert_eq(&notes("FROM b AS a\nFROM a AS b\n"));
        assert_eq!(notes("FROM alpine\nFROM scratch AS alpine\n"), "");
        assert_eq!(notes("FROM base-of-ours AS base-of-ours\n"), "");
    }

    #[test]
    fn errors_in_stages_that_are_not_needed_are_told_as_such() {
        expect![[r#"
            3:8 Not built for this target; a build of it would fail: `http` is no port; write one as `8080`, `53/udp` or `8000-8010`.
        "#]]
        .assert_eq(&notes("FROM scratch\nFROM scratch AS unused\nEXPOSE http\nFROM scratch\n"));
    }

    #[test]
    fn short_names_are_near_to_nothing() {
        assert!(
            !notes("FROM scratch AS a\nFROM scratch\nCOPY --from=b / /\n").contains("mean the")
        );
    }
}
