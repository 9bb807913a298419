//! The JSON of `context --format json`, schema 1.

use layerwise_analyzer::context::FileKind;
use layerwise_formats::json::write_indented;
use serde::Serialize;

use super::Subject;

/// Writes the files and the patterns as JSON, indented, with a final newline.
pub(super) fn write(subject: &Subject<'_>) -> Result<String, String> {
    let patterns = &subject.report.context.patterns;
    let files = subject.entries().filter(|(_, file, _)| file.kind != FileKind::Folder);
    let files = files.map(|(path, file, verdict)| {
        let pattern = verdict.pattern.and_then(|index| patterns.get(index as usize));
        FileView {
            path,
            bytes: file.bytes,
            sent: verdict.sent,
            pattern: pattern.map(|pattern| pattern.text.as_str()),
            pattern_line: pattern.map(|pattern| pattern.line),
        }
    });
    let patterns = patterns.iter().map(|pattern| PatternView {
        line: pattern.line,
        text: &pattern.text,
        matches: pattern.files,
        bytes: pattern.bytes.likely().map(|bytes| bytes.0),
    });
    let view = ContextView {
        schema: 1,
        ignore_file: &subject.report.context.ignore_name,
        files: files.collect(),
        patterns: patterns.collect(),
        notes: notes(subject),
    };
    write_indented(&view)
}

#[derive(Serialize)]
struct ContextView<'report> {
    schema: u32,
    ignore_file: &'report str,
    files: Vec<FileView<'report>>,
    patterns: Vec<PatternView<'report>>,
    notes: Vec<NoteView<'report>>,
}

#[derive(Serialize)]
struct FileView<'report> {
    path: &'report str,
    /// `null` where the listing does not say.
    bytes: Option<u64>,
    sent: bool,
    /// The pattern that decided, `null` where none touches the path.
    pattern: Option<&'report str>,
    pattern_line: Option<u32>,
}

#[derive(Serialize)]
struct PatternView<'report> {
    line: u32,
    text: &'report str,
    /// Files it decided: left out, or brought back.
    matches: u64,
    /// `null` where the size of one is not known.
    bytes: Option<u64>,
}

#[derive(Serialize)]
struct NoteView<'report> {
    /// `listing` or `dockerfile`.
    about: &'static str,
    line: u32,
    message: &'report str,
}

/// What is worth a look in the listing and in the Dockerfile.
fn notes<'report>(subject: &Subject<'report>) -> Vec<NoteView<'report>> {
    let remarks = subject.context.remarks.iter().map(|remark| {
        let (line, message) = (remark.line, remark.message.as_str());
        NoteView { about: "listing", line, message }
    });
    let notes = subject.report.notes.iter().map(|note| {
        let (line, message) = (note.position.line, note.message.as_str());
        NoteView { about: "dockerfile", line, message }
    });
    remarks.chain(notes).collect()
}
