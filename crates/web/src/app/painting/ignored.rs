//! What a report paints on the ignore file's text.

use layerwise_analyzer::report::{PatternConcern, ReportedContext, ReportedPattern};

use crate::app::editor::Paint;
use crate::bindings::editor::Diagnostic;
use crate::panels::concern_text;
use crate::positions::Utf16Index;

/// Paint for `text`, of which `context` must be the report: lines that the builder refuses, and
/// patterns that may not do what their author wanted.
#[must_use]
pub(in crate::app) fn paint_ignored(text: &str, context: &ReportedContext) -> Paint {
    let index = Utf16Index::new(text);
    let paint = |span, severity, message| {
        let range = index.range(span);
        Diagnostic { from: range.from, to: range.to, severity, message }
    };
    let errors =
        context.ignore_errors.iter().map(|error| paint(error.span, "error", error.message.clone()));
    let concern = |pattern: &ReportedPattern| {
        let concern = pattern.concern.as_ref()?;
        Some(paint(pattern.span, severity(concern, context), advice(concern)))
    };
    Paint {
        diagnostics: errors.chain(context.patterns.iter().filter_map(concern)).collect(),
        ..Paint::default()
    }
}

/// A pattern that only waits for files, or that assumed files do not have, is no mistake.
fn severity(concern: &PatternConcern, context: &ReportedContext) -> &'static str {
    match concern {
        PatternConcern::TrailingComment => "warning",
        PatternConcern::OnlyAtRoot { .. } if context.assumed.is_none() => "warning",
        _ => "info",
    }
}

fn advice(concern: &PatternConcern) -> String {
    let text = concern_text(concern);
    match concern {
        PatternConcern::OnlyAtRoot { instead, .. } => format!("{text} Write {instead} instead."),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use layerwise_analyzer::report::ReportedPattern;
    use layerwise_analyzer::size::SizeEstimate;
    use layerwise_analyzer::text::Span;

    use super::*;

    #[test]
    fn concerns_stand_at_their_pattern_behind_an_astral_character() {
        let text = "# 🐳\nnode_modules\n";
        let concern = PatternConcern::OnlyAtRoot {
            files: 3,
            bytes: SizeEstimate::exact(5_000, ""),
            example: "web/node_modules/a.js".into(),
            instead: "**/node_modules".into(),
        };
        let pattern = ReportedPattern {
            line: 2,
            span: Span::new(7, 19),
            text: "node_modules".into(),
            exception: false,
            files: 1,
            bytes: SizeEstimate::exact(1, ""),
            concern: Some(concern),
        };
        let context = ReportedContext { patterns: vec![pattern], ..ReportedContext::default() };
        let paint = paint_ignored(text, &context);
        let found: Vec<(u32, u32, &str)> =
            paint.diagnostics.iter().map(|one| (one.from, one.to, one.severity)).collect();
        assert_eq!(found, [(5, 17, "warning")]);
        assert!(paint.diagnostics[0].message.ends_with("Write **/node_modules instead."));
    }
}
