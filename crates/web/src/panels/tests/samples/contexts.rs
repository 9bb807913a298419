//! Reports on build contexts of the shapes the Context panel must draw.

use std::rc::Rc;

use layerwise_analyzer::context::{
    BuildContext, ContextFile, ContextOrigin, FileKind, KnownContext, read_listing,
};
use layerwise_analyzer::dockerignore::IgnoreError;
use layerwise_analyzer::report::{
    AssumedContext, CopyOrigin, Input, PatternConcern, Report, ReportedContext, ReportedCopy,
    ReportedFolder, ReportedPattern, ReportedSource, StarterIgnore, Verdict,
};
use layerwise_analyzer::size::{Evidence, SizeEstimate};
use layerwise_analyzer::text::Span;

use super::two_stages;

const IGNORE: &str = "node_modules\n*.log # logs\n!README.md\n";

fn counted(bytes: u64) -> SizeEstimate {
    SizeEstimate::exact(bytes, "Counted in the build context.")
}

fn pattern(
    line: u32,
    span: (usize, usize),
    files: u64,
    concern: PatternConcern,
) -> ReportedPattern {
    let text = IGNORE[span.0..span.1].to_owned();
    ReportedPattern {
        line,
        span: Span::new(span.0, span.1),
        exception: text.starts_with('!'),
        text,
        files,
        bytes: counted(files * 1_000),
        concern: Some(concern),
    }
}

fn source(text: &str, files: u64, missing: Option<&str>) -> ReportedSource {
    let bytes = counted(files * 1_000);
    ReportedSource { text: text.into(), files, bytes, missing: missing.map(str::to_owned) }
}

fn copies() -> Vec<ReportedCopy> {
    let folder = |path: &str, files: u64| ReportedFolder {
        path: path.into(),
        files,
        bytes: counted(files * 1_000),
    };
    let from_context = ReportedCopy {
        line: 3,
        stage: 0,
        needed: true,
        instruction: "COPY package.json missing.txt ./".into(),
        mount: false,
        from: CopyOrigin::Context,
        destination: "/app/".into(),
        sources: vec![
            source("package.json", 1, None),
            source("missing.txt", 0, Some("Line 2 of the ignore file leaves missing.txt out.")),
        ],
        files: 1_204,
        bytes: counted(3_200_000),
        largest: vec![folder("web", 1_000), folder("src", 204)],
    };
    let from_stage = ReportedCopy {
        line: 7,
        stage: 1,
        needed: false,
        instruction: "COPY --from=build /app/dist ./dist".into(),
        mount: true,
        from: CopyOrigin::Stage(0),
        sources: vec![source("/app/dist", 0, None)],
        files: 0,
        bytes: SizeEstimate::unknown("It comes from a stage."),
        largest: Vec::new(),
        ..from_context.clone()
    };
    vec![from_context, from_stage]
}

/// A folder of 1,206 files of which the first line leaves 1,204 out.
pub(super) fn known() -> (Input, Report) {
    let (mut context, _) = read_listing("10 README.md\n20 src/index.js\n");
    let summary = FileKind::Summary { files: 1_204 };
    let many = ContextFile { kind: summary, bytes: Some(312_000_000), mode: None, digest: None };
    context.files.insert("node_modules/a.js".into(), many);
    let nobody = ContextFile { bytes: None, ..ContextFile::of_bytes(0) };
    context.files.insert("src/unknown.bin".into(), nobody);
    let only_at_root = PatternConcern::OnlyAtRoot {
        files: 3_402,
        bytes: counted(210_000_000),
        example: "web/node_modules/a.js".into(),
        instead: "**/node_modules".into(),
    };
    let sent = |sent: bool, pattern: Option<u32>| Verdict { sent, pattern };
    let reported = ReportedContext {
        assumed: None,
        files: 1_207,
        bytes: SizeEstimate::at_least(312_000_030, "One file has no size."),
        sent_files: 3,
        sent_bytes: SizeEstimate::at_least(30, "One file has no size."),
        requested_files: 1,
        requested_bytes: counted(10),
        verdicts: vec![
            sent(true, Some(2)),
            sent(false, Some(0)),
            sent(true, None),
            sent(true, None),
        ],
        patterns: vec![
            pattern(1, (0, 12), 1_204, only_at_root),
            pattern(2, (13, 25), 0, PatternConcern::TrailingComment),
            pattern(3, (26, 36), 1, PatternConcern::Overruled { line: 1 }),
        ],
        copies: copies(),
        starter: Some(StarterIgnore {
            title: "Node.js".into(),
            text: format!("{IGNORE}**/dist\n"),
            files: 40,
            bytes: counted(9_000_000),
        }),
        ..ReportedContext::default()
    };
    let origin = ContextOrigin::Folder("app".into());
    let (input, report) = two_stages();
    let input = Input {
        dockerignore: Some(IGNORE.into()),
        context: Some(Rc::new(KnownContext { origin, context })),
        ..input
    };
    (input, Report { context: reported, ..report })
}

/// A project that is guessed.
pub(super) fn assumed() -> (Input, Report) {
    let (context, _) = read_listing("300000 package-lock.json\n20000 src/index.js\n");
    let guess = |bytes: u64| {
        SizeEstimate::range([bytes / 2, bytes, bytes * 2], Evidence::Assumed, "A typical project.")
    };
    let reported = ReportedContext {
        files: 2,
        bytes: guess(320_000),
        sent_files: 2,
        sent_bytes: guess(320_000),
        verdicts: vec![Verdict { sent: true, pattern: None }; 2],
        assumed: Some(AssumedContext {
            title: "Node.js".into(),
            why: "The Dockerfile runs npm ci.".into(),
            context,
        }),
        ..ReportedContext::default()
    };
    let (input, report) = two_stages();
    (input, Report { context: reported, ..report })
}

/// An ignore file that the builder refuses, over names that nobody should be able to run.
pub(super) fn refused() -> (Input, Report) {
    let mut context = BuildContext::default();
    let script = "<script>alert(1)</script>";
    context.files.insert(format!("{script}/\"><img src=x>"), ContextFile::of_bytes(7));
    let message = "The builder refuses this pattern: close the `[`.".to_owned();
    let not_applied = ReportedPattern {
        line: 2,
        span: Span::new(3, 7),
        text: "*.md".into(),
        exception: false,
        files: 0,
        bytes: counted(0),
        concern: None,
    };
    let reported = ReportedContext {
        files: 1,
        bytes: counted(7),
        patterns: vec![not_applied],
        ignore_errors: vec![IgnoreError { line: 1, span: Span::new(0, 2), message }],
        ..ReportedContext::default()
    };
    let (input, report) = two_stages();
    let input = Input {
        dockerignore: Some("[x\n*.md\n".into()),
        context: Some(Rc::new(KnownContext { origin: ContextOrigin::Listing, context })),
        ..input
    };
    (input, Report { context: reported, ..report })
}
