//! A condensed context makes the report that the whole one makes.

use std::rc::Rc;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use crate::context::{
    BuildContext, ContextFile, ContextOrigin, FileKind, KnownContext, read_listing,
};
use crate::report::{Input, Report, analyze, condense_context};
use crate::size::{Bytes, SizeEstimate};
use crate::text::Span;

/// Steps of a stage, each meeting the paths of [`any_context`] in its own way.
const STEPS: [&str; 14] = [
    "COPY . /a",
    "COPY src /b",
    "COPY src/ node_modules/a /c/",
    "COPY *.md /d/",
    "COPY docs/*.js /e/",
    "COPY --exclude=*.md --exclude=**/b . /f",
    "COPY --exclude=* docs src /m/",
    "COPY --exclude=*.js --exclude=*.md --exclude=**/b docs /n",
    "COPY --parents src/**/a.js /g/",
    "COPY a/b /h",
    "COPY a.js b.md /i/",
    "COPY docs /j",
    "ADD docs/a.log ./src/a.log /k/",
    "RUN --mount=type=bind,source=src,target=/l true",
];

fn input(steps: &[&str], ignore: &str, context: BuildContext) -> Input {
    Input {
        dockerfile: format!("FROM scratch\n{}\n", steps.join("\n")),
        dockerignore: Some(ignore.into()),
        context: Some(Rc::new(KnownContext { origin: ContextOrigin::Listing, context })),
        ..Input::default()
    }
}

type LayerSizes = Vec<(Bytes, Option<Bytes>, Option<Bytes>)>;

/// What each layer of the image weighs.
fn layer_sizes(input: &Input) -> LayerSizes {
    let layers = analyze(input).layers;
    layers.iter().map(|it| (it.bytes.low(), it.bytes.likely(), it.bytes.high())).collect()
}

/// The report on the input with its context in about `most` entries, what its layers weigh, and
/// how many entries they are.
fn condensed(input: &Input, most: usize) -> (Report, LayerSizes, usize) {
    let context = condense_context(input, most).expect("a context was brought");
    let entries = context.context.files.len();
    let input = Input { context: Some(Rc::new(context)), ..input.clone() };
    (analyze(&input), layer_sizes(&input), entries)
}

/// What must not change: everything but the verdicts and the contents of the image, which are one
/// an entry, what a folder is said to weigh, and what is said of sources that nothing has the name
/// of, since a condensed context may hold them under another. Sizes of layers are compared by
/// [`layer_sizes`].
fn comparable(report: &Report) -> Report {
    let mut report = report.clone();
    report.context.verdicts.clear();
    report.context.starter = None;
    let told_apart = || SizeEstimate::unknown("Told by its layers.");
    report.layers.clear();
    report.contents.clear();
    report.stages.iter_mut().for_each(|stage| stage.bytes = told_apart());
    report.image_bytes = told_apart();
    report.image_compressed = told_apart();
    report.wasted = None;
    let cannot_be_known = |message: &str| {
        message.starts_with("There is no ") || message.contains("which is not in the build context")
    };
    report.errors.retain(|error| !cannot_be_known(&error.message));
    for copy in &mut report.context.copies {
        copy.largest.clear();
        let mut is_open = false;
        for source in &mut copy.sources {
            let missing = source.missing.take();
            // One may say that nothing is there where the other does not know.
            if source.files == 0 {
                source.bytes = SizeEstimate::default();
                is_open = true;
            }
            source.missing = missing.filter(|message| !cannot_be_known(message));
        }
        if is_open {
            copy.bytes = SizeEstimate::default();
        }
    }
    report
}

fn file(kind: FileKind, bytes: Option<u64>) -> ContextFile {
    ContextFile { kind, bytes, mode: None, digest: None }
}

prop_compose! {
    fn any_file()(
        kind in prop_oneof![
            12 => Just(FileKind::File),
            1 => Just(FileKind::Folder),
            1 => Just(FileKind::Link("src".into())),
            1 => Just(FileKind::Link("nowhere".into())),
        ],
        bytes in option::weighted(0.95, 0..9_000_000_u64),
    ) -> ContextFile {
        file(kind, bytes)
    }
}

/// Trees in which nothing is both a folder and a file.
fn any_context() -> impl Strategy<Value = BuildContext> {
    let path = "((src|node_modules|a|b|docs)/){0,4}[a-d]{1,2}\\.(js|md|log)";
    btree_map(path, any_file(), 0..120)
        .prop_map(|files| BuildContext { files, ..BuildContext::default() })
}

fn any_ignore() -> impl Strategy<Value = String> {
    let pattern =
        "!?(\\*\\*/|/)?(src|node_modules|a|b|docs|\\*|a\\.js)(/\\*\\*|/[ab]|/\\*|\\*\\.md|)";
    vec(pattern, 0..8).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_report_stays_the_same(
        steps in proptest::sample::subsequence(&STEPS[..], 0..=4),
        ignore in any_ignore(),
        context in any_context(),
        most in 0..60_usize,
    ) {
        let input = input(&steps, &ignore, context);
        let whole = analyze(&input);
        let (small, sizes, _) = condensed(&input, most);
        // A link that leads nowhere stops a build before anything is said of ignored files, and
        // merged files may hide it.
        let has_links = input.context.iter().any(|known| {
            known.context.files.values().any(|file| matches!(file.kind, FileKind::Link(_)))
        });
        let notes_left_out = |report: &Report| {
            let mut report = comparable(report);
            if has_links {
                report.notes.clear();
                let sources = report.context.copies.iter_mut().flat_map(|copy| &mut copy.sources);
                sources.for_each(|source| source.missing = None);
            }
            report
        };
        prop_assert_eq!(notes_left_out(&small), notes_left_out(&whole));
        if !has_links {
            prop_assert_eq!(sizes, layer_sizes(&input));
        }
        if let (Some(small), Some(whole)) = (small.context.starter, whole.context.starter) {
            // In so few entries the marks of a kind of project may be lost.
            prop_assert!(small.text != whole.text || small == whole);
        }
    }
}

#[test]
fn a_file_that_another_source_of_the_step_takes_the_place_of_is_told_apart() {
    let (mut context, _) = read_listing(
        "1000 src/b/c.js\n2000 src/b/d.js\n3000 src/b/e.js\n10 node_modules/a/b/c.js\n",
    );
    for number in 0..40 {
        context.files.insert(format!("docs/{number}.md"), file(FileKind::File, Some(7)));
    }
    let input = input(&["COPY src/ node_modules/a /c/"], "", context);
    let (_, sizes, entries) = condensed(&input, 2);
    assert!(entries < 10, "{entries} entries");
    assert_eq!(layer_sizes(&input), [(Bytes(5_010), Some(Bytes(5_010)), Some(Bytes(5_010)))]);
    assert_eq!(sizes, layer_sizes(&input));
}

/// A Node project of 20,000 files with 400 packages, few heavy and many light, as they are.
fn node_project() -> BuildContext {
    let mut context = BuildContext::default();
    for number in 0..20_000_u64 {
        let package = number % 400;
        let extension = ["js", "d.ts", "js.map", "md"][(number / 400 % 4) as usize];
        let path = format!("node_modules/p{package:03}/lib/f{number}.{extension}");
        context.files.insert(
            path,
            file(FileKind::File, Some(100 + 9_000_000 / (package + 1).pow(2) + number)),
        );
    }
    for number in 0..120_u64 {
        let path = format!("src/pages/page-{number}.tsx");
        context.files.insert(path, file(FileKind::File, Some(1_000 + number)));
    }
    for (path, bytes) in
        [("package.json", 900), ("package-lock.json", 190_000), ("Dockerfile", 300)]
    {
        context.files.insert(path.into(), file(FileKind::File, Some(bytes)));
    }
    context
}

#[test]
fn twenty_thousand_files_fit_a_link_and_the_heaviest_folders_keep_their_weight() {
    let steps = ["COPY package*.json ./", "COPY . .", "COPY node_modules /m"];
    let input = input(&steps, "**/*.md\n*.map\n.git\n", node_project());
    let whole = analyze(&input);
    let (small, sizes, entries) = condensed(&input, 600);
    assert!((400..=600).contains(&entries), "{entries} entries");
    assert_eq!(comparable(&small), comparable(&whole));
    assert_eq!(sizes, layer_sizes(&input), "layers weigh what they weighed");
    assert_eq!(whole.errors, []);
    assert_eq!(small.context.starter, whole.context.starter);
    assert!(whole.context.starter.is_some(), "there is more to leave out");
    let largest = |report: &Report| {
        let copies = report.context.copies.clone().into_iter();
        copies.map(|copy| copy.largest).collect::<Vec<_>>()
    };
    assert_eq!(largest(&small), largest(&whole));
    assert_eq!(largest(&whole)[2].len(), 8, "the packages are named");
}

#[test]
fn the_line_that_took_a_source_away_is_still_named() {
    let ignore = "*.log\nsecret\n!secret/public\nold/*\n";
    let mut context = node_project();
    for path in ["secret/key.js", "secret/public/a.js", "old/a.js", "old/b.js"] {
        context.files.insert(path.into(), file(FileKind::File, Some(1)));
    }
    let steps = ["COPY secret/key.js /k", "COPY old /old", "COPY old/a.js /a"];
    let input = input(&steps, ignore, context);
    let whole = analyze(&input);
    let (small, _, _) = condensed(&input, 50);
    let messages: Vec<&str> = whole.errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert_eq!(small.errors, whole.errors);
    assert_ne!(small.errors[0].span, Span::default());
}

#[test]
fn without_a_context_there_is_nothing_to_condense() {
    let input = Input::default();
    assert_eq!(condense_context(&input, 600), None);
}
