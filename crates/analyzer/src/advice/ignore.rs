//! Comments that tell rules to leave an instruction alone.

use super::ReportedFinding;
use crate::dockerfile;
use crate::rules::File;
use crate::text::{Edit, Span};

/// For each finding the edit that writes our ignore comment above the instruction it stands in,
/// indented and ended as that line is; `None` where it stands in the ignore file or in no
/// instruction, and a comment would not reach it.
#[must_use]
pub fn ignore_comments(text: &str, findings: &[ReportedFinding]) -> Vec<Option<Edit>> {
    let (dockerfile, _) = dockerfile::parse(text);
    let starts: Vec<Span> = dockerfile.instructions.iter().map(|own| own.span).collect();
    let comment = |finding: &ReportedFinding| {
        let after = starts.partition_point(|own| own.start <= finding.span.start);
        let own = starts.get(after.checked_sub(1)?)?;
        let is_in = finding.file == File::Dockerfile && finding.span.start <= own.end;
        is_in.then(|| write(text, own.start, &finding.rule))
    };
    findings.iter().map(comment).collect()
}

fn write(text: &str, start: usize, rule: &str) -> Edit {
    let before = text.get(..start).unwrap_or_default();
    let indentation = before.get(before.trim_end_matches([' ', '\t']).len()..).unwrap_or_default();
    let line = text.get(start..).and_then(|rest| rest.split_inclusive('\n').next());
    let ends = [line.unwrap_or_default(), before];
    let end = if ends.iter().any(|it| it.ends_with("\r\n")) { "\r\n" } else { "\n" };
    let replacement = format!("# layerwise ignore={rule}{end}{indentation}");
    Edit { span: Span::at(start), replacement }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::{find, weigh_each};
    use super::*;
    use crate::context::{ContextOrigin, KnownContext, read_listing};
    use crate::report::{self, Input};
    use crate::rules::RULES;
    use crate::text::apply_edits;

    fn found(input: &Input) -> Vec<ReportedFinding> {
        let report = report::analyze(input);
        weigh_each(input, &report, find(input, &report), 0).0
    }

    fn ignoring(text: &str, rule: &str) -> Option<String> {
        let findings = found(&Input { dockerfile: text.into(), ..Input::default() });
        let at = findings.iter().position(|finding| finding.rule == rule).expect("it is found");
        let edit = ignore_comments(text, &findings).swap_remove(at)?;
        Some(apply_edits(text, &[edit]).expect("it fits the text"))
    }

    #[test]
    fn the_comment_stands_above_the_whole_instruction_as_the_person_writes_lines() {
        let text = "FROM debian:12\r\n  RUN a \\\r\n  && sudo b";
        let wanted = "FROM debian:12\r\n  # layerwise ignore=sudo\r\n  RUN a \\\r\n  && sudo b";
        assert_eq!(ignoring(text, "sudo").as_deref(), Some(wanted));
        let text = "# syntax=docker/dockerfile:1\nFROM debian\n";
        let wanted =
            "# syntax=docker/dockerfile:1\n# layerwise ignore=floating-base\nFROM debian\n";
        assert_eq!(ignoring(text, "floating-base").as_deref(), Some(wanted));
    }

    #[test]
    fn every_rule_that_speaks_of_an_instruction_falls_silent_there() {
        for example in RULES.iter().flat_map(|rule| rule.examples) {
            let (context, _) = read_listing(example.listing);
            let known = KnownContext { origin: ContextOrigin::Listing, context };
            let input = Input {
                dockerfile: example.bad.into(),
                dockerignore: example.dockerignore.map(str::to_owned),
                context: (!example.listing.is_empty()).then(|| Rc::new(known)),
                ..Input::default()
            };
            let before = found(&input);
            let edits = ignore_comments(example.bad, &before);
            for (finding, edit) in before.iter().zip(edits) {
                let Some(edit) = edit else { continue };
                let text = apply_edits(example.bad, &[edit]).expect("it fits the text");
                let after = found(&Input { dockerfile: text.clone(), ..input.clone() });
                let count = |all: &[ReportedFinding]| {
                    all.iter().filter(|other| other.rule == finding.rule).count()
                };
                assert!(count(&after) < count(&before), "{} goes on:\n{text}", finding.rule);
            }
        }
    }
}
