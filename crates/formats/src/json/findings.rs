//! `findings[]` of `analyze --format json`.

use layerwise_analyzer::advice::ReportedFinding;
use layerwise_analyzer::rules::{File, Fix};
use layerwise_analyzer::text::Edit;
use serde::Serialize;

use super::{Estimate, Seconds};

/// A finding.
#[derive(Serialize)]
pub(super) struct FindingView<'report> {
    rule: &'report str,
    aliases: &'report [String],
    severity: &'static str,
    concern: &'static str,
    confidence: &'static str,
    file: &'static str,
    line: u32,
    end_line: u32,
    message: &'report str,
    saving: Option<Estimate<'report>>,
    context_saving: Option<Estimate<'report>>,
    rebuild_saving_seconds: Option<Seconds<'report>>,
    rebuild_edit: Option<&'report str>,
    fix: Option<FixView<'report>>,
}

/// How to mend it. Offsets are bytes of the text that the edit is of.
#[derive(Serialize)]
struct FixView<'report> {
    title: &'report str,
    safety: &'static str,
    risks: &'report [String],
    edits: Vec<EditView<'report>>,
}

#[derive(Serialize)]
struct EditView<'report> {
    file: &'static str,
    start: usize,
    end: usize,
    replacement: &'report str,
}

impl<'report> FindingView<'report> {
    pub(super) fn new(finding: &'report ReportedFinding) -> Self {
        let rebuild = finding.rebuild_saving.as_ref();
        Self {
            rule: &finding.rule,
            aliases: &finding.aliases,
            severity: finding.severity.name(),
            concern: finding.concern.name(),
            confidence: finding.confidence.name(),
            file: file_name(finding.file),
            line: finding.line,
            end_line: finding.end_line,
            message: &finding.message,
            saving: finding.saving.as_ref().map(Estimate::new),
            context_saving: finding.context_saving.as_ref().map(Estimate::new),
            rebuild_saving_seconds: rebuild.map(|saving| Seconds::new(&saving.time)),
            rebuild_edit: rebuild.map(|saving| saving.edit.as_str()),
            fix: finding.fix.as_ref().map(FixView::new),
        }
    }
}

impl<'report> FixView<'report> {
    fn new(fix: &'report Fix) -> Self {
        let view = |file: File| {
            move |edit: &'report Edit| EditView {
                file: file_name(file),
                start: edit.span.start,
                end: edit.span.end,
                replacement: &edit.replacement,
            }
        };
        let edits = fix.edits.iter().map(view(File::Dockerfile));
        Self {
            title: &fix.title,
            safety: fix.safety.name(),
            risks: &fix.risks,
            edits: edits.chain(fix.ignore_edits.iter().map(view(File::Dockerignore))).collect(),
        }
    }
}

/// The word for one of the two texts.
fn file_name(file: File) -> &'static str {
    match file {
        File::Dockerfile => "dockerfile",
        File::Dockerignore => "dockerignore",
    }
}
