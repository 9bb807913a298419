//! What holds of the readers whatever they are given: they end, say the same again, every place they
//! name is in the text, and their sums are those of their parts. `PROPTEST_CASES` says how many texts
//! are tried (CONTRIBUTING says how to try many).

use std::rc::Rc;

use layerwise_analyzer::context::{ContextOrigin, KnownContext, read_listing};
use layerwise_analyzer::dockerfile;
use layerwise_analyzer::dockerignore::{Dockerignore, apply};
use layerwise_analyzer::reality::{self, TakenOver};
use layerwise_analyzer::report::cache::Timing;
use layerwise_analyzer::report::{Input, Report, analyze};
use layerwise_analyzer::shell;
use layerwise_analyzer::shell::run::{Environment, list_invocations};
use layerwise_analyzer::size::{Bytes, SizeEstimate};
use layerwise_analyzer::text::Span;
use proptest::prelude::*;

/// What means something to one of the readers.
const PIECES: &[&str] = &[
    "FROM node:22 AS a\n",
    "\nFROM a\n",
    "\nRUN ",
    "\nCOPY --from=a ",
    "\nADD https://x.example/a.tar.gz ",
    "\nENV A=",
    "\nARG B",
    "\nWORKDIR ",
    "\nONBUILD ",
    "\nSHELL [\"bash\", \"-c\"]",
    "\n# escape=`\n",
    "<<E\n",
    "\nE\n",
    " \\\n",
    "apt-get install -y ",
    "apk add --no-cache ",
    "npm ci",
    "pip install -r ",
    "rm -rf ",
    "cp -r / ",
    "cd /a && ",
    " || ",
    "for i in 1 2; do ",
    "; done",
    "if true; then ",
    "fi",
    "case $A in a) ",
    "esac",
    "$(",
    "${B:-",
    "}",
    ")",
    "\"",
    "'",
    "`",
    "\\",
    "{1..9}",
    "> /a/b",
    "**/",
    "!",
    "[a-z]",
    "[^",
    "*.md",
    "../",
    "/",
    ".",
    "#",
    "\t",
    " ",
    "\n",
    "\r\n",
    "\u{feff}",
    "\0",
    "é",
    "18446744073709551615",
    "\n12 src/a.js",
    "\n",
];

/// Pieces of what Docker prints of a real build.
const PRINTED: &[&str] = &[
    "IMAGE ",
    "CREATED BY",
    "SIZE",
    "COMMENT",
    "  ",
    "\n",
    "RUN make # buildkit",
    "/bin/sh -c #(nop) COPY dir:8a in / ",
    "1.05MB",
    "1e+03GB",
    "18446744073709551615TB",
    "…",
    "é",
    "#7 ",
    "[a  2/12] ",
    "CACHED",
    "transferring context: ",
    "DONE ",
    "1.5s",
    "{\"CreatedBy\":\"RUN make\",\"Size\":\"1kB\"}",
    "[{\"Size\":1,\"RootFS\":{}}]",
    "{\"layer\":[{\"sizeBytes\":9,\"command\":\"RUN make\"}]}",
    "{",
    "]",
];

/// Files that patterns and copies may find.
const LISTING: &str = "120 package.json\n9000 src/index.js\n7 a.md\n7 docs/b.md\n44 .env\n";

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => any::<String>(),
        4 => prop::collection::vec(prop::sample::select(PIECES), 0..60)
            .prop_map(|pieces| pieces.concat()),
    ]
}

fn is_inside(text: &str, span: Span) -> bool {
    text.get(span.start..span.end).is_some()
}

/// What all layers weigh at least, or likely; `None` where one of them is not known.
fn sum(report: &Report, bound: impl Fn(&SizeEstimate) -> Option<Bytes>) -> Option<Bytes> {
    report.layers.iter().map(|layer| bound(&layer.bytes)).sum()
}

proptest! {
    // How many cases is left to the environment.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parse_ends(text in any_text()) {
        let (dockerfile, errors) = dockerfile::parse(&text);
        let spans: Vec<Span> = dockerfile.instructions.iter().map(|it| it.span).collect();
        for span in spans.iter().copied().chain(errors.iter().map(|error| error.span)) {
            prop_assert!(is_inside(&text, span), "{:?} is outside of the text", span);
        }
        for (one, next) in spans.iter().zip(spans.iter().skip(1)) {
            prop_assert!(one.end <= next.start, "{:?} runs into {:?}", one, next);
        }
    }

    #[test]
    fn shell_ends(text in any_text()) {
        let parsed = shell::parse(&text);
        for span in parsed.errors.iter().map(|error| error.span).chain(parsed.rest) {
            prop_assert!(is_inside(&text, span), "{:?} is outside of the text", span);
        }
        let walk = list_invocations(&parsed, &Environment::default());
        prop_assert!(walk.truncated || walk.invocations.len() <= walk.work, "work is counted");
    }

    #[test]
    fn dockerignore_ends(text in any_text(), listing in any_text()) {
        let (ignore, errors) = Dockerignore::parse(&text);
        for span in errors.iter().map(|error| error.span) {
            prop_assert!(is_inside(&text, span), "{:?} is outside of the text", span);
        }
        let (context, _) = read_listing(&format!("{LISTING}{listing}"));
        if let Ok(effects) = apply(&ignore, &context) {
            prop_assert_eq!(effects.decisions.len(), context.files.len());
            prop_assert_eq!(effects.patterns.len(), ignore.patterns.len());
        }
    }

    #[test]
    fn analyze_ends(text in any_text(), ignore in any_text(), listing in prop::option::of(any_text())) {
        let context = listing.map(|listing| {
            let (context, _) = read_listing(&format!("{LISTING}{listing}"));
            Rc::new(KnownContext { origin: ContextOrigin::Listing, context })
        });
        let dockerfile = format!("FROM node:22\n{text}");
        let input = Input { dockerfile, dockerignore: Some(ignore), context, ..Input::default() };
        let report = analyze(&input);
        for error in &report.errors {
            prop_assert!(is_inside(&input.dockerfile, error.span), "{:?}", error);
        }
        let lines = u32::try_from(input.dockerfile.split('\n').count()).unwrap_or(u32::MAX);
        for layer in &report.layers {
            prop_assert!((1..=lines).contains(&layer.line), "no line {} of {}", layer.line, lines);
        }
        if !report.layers.is_empty() {
            let size = &report.image_bytes;
            prop_assert_eq!(Some(size.low()), sum(&report, |it| Some(it.low())), "at least");
            prop_assert_eq!(size.likely(), sum(&report, SizeEstimate::likely), "likely");
        }
        prop_assert!(analyze(&input) == report, "the same text is answered in another way");
    }

    #[test]
    fn reality_ends(pieces in prop::collection::vec(prop::sample::select(PRINTED), 0..40)) {
        let text = pieces.concat();
        if let Ok(measured) = reality::read(&text) {
            let dockerfile = "FROM node:22\nRUN make\nCOPY . /\n".into();
            let input = Input { dockerfile, ..Input::default() };
            let check = reality::check(&input, &measured, &Timing::default());
            prop_assert!(check.doubt.is_none() || check.taken == TakenOver::default(), "{}", text);
        }
    }
}
