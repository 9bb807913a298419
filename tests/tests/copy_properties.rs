//! What holds for every `COPY` of every context, however odd the names, patterns and links.

use std::collections::BTreeSet;

use layerwise_analyzer::context::{BuildContext, ContextFile, FileKind};
use layerwise_analyzer::dockerfile::parse;
use layerwise_analyzer::dockerignore::{self, Dockerignore};
use layerwise_analyzer::plan::{
    BuildOptions, BuildPlan, CopySource, CopyStep, Mount, StepKind, plan,
};
use layerwise_analyzer::simulate::copy::{
    Outcome, Presence, SourceSelection, request_context, select, select_mount,
};
use layerwise_analyzer::simulate::{SentContext, SourceKind, SourceTree};
use proptest::prelude::*;

/// Names that meet each other and the patterns below often.
const NAMES: &[&str] = &["a", "b", "ab", ".a", "a.js", "[a]", "é"];

/// Pieces of sources, of `--exclude`s and of lines of an ignore file.
const PIECES: &[&str] = &[
    "a", "b", "ab", ".a", "a.js", "é", "/", "/", "/", "*", "**", "?", "[ab]", "[^a]", "[", "\\",
    "..", ".", "./", "/./", "!", " ", "*.js",
];

fn path() -> impl Strategy<Value = String> {
    let name = prop::sample::select(NAMES);
    prop::collection::vec(name, 1..4).prop_map(|names| names.join("/"))
}

fn pattern() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(PIECES);
    prop_oneof![
        6 => prop::collection::vec(piece, 1..5).prop_map(|pieces| pieces.concat()),
        2 => path(),
        1 => any::<String>(),
    ]
}

/// Paths of which one may be a folder by its entry or by what it holds, or both at once, as a
/// listing written by hand may have it.
fn context(kinds: BoxedStrategy<FileKind>) -> impl Strategy<Value = BuildContext> {
    prop::collection::btree_map(path(), kinds, 0..14).prop_map(|kinds| {
        let entry = |(path, kind)| (path, ContextFile { kind, ..ContextFile::of_bytes(1) });
        BuildContext { files: kinds.into_iter().map(entry).collect(), ..BuildContext::default() }
    })
}

fn any_kind() -> BoxedStrategy<FileKind> {
    let link = prop_oneof![path(), pattern(), Just(String::new())].prop_map(FileKind::Link);
    prop_oneof![
        4 => Just(FileKind::File),
        1 => Just(FileKind::Folder),
        1 => Just(FileKind::Summary { files: 3 }),
        2 => link,
    ]
    .boxed()
}

fn no_link() -> BoxedStrategy<FileKind> {
    prop_oneof![4 => Just(FileKind::File), 1 => Just(FileKind::Folder)].boxed()
}

fn ignore() -> impl Strategy<Value = String> {
    let line = (any::<bool>(), pattern());
    let line = line.prop_map(|(exception, text)| if exception { format!("!{text}") } else { text });
    prop::collection::vec(line, 0..4).prop_map(|lines| lines.join("\n"))
}

prop_compose! {
    fn copy()(
        add: bool,
        sources in prop::collection::vec(pattern(), 1..4),
        destination in prop::sample::select(&["/", "/x", "/x/", "/a/."][..]),
        link: bool,
        parents: bool,
        excludes in prop::collection::vec(pattern(), 0..3),
    ) -> CopyStep {
        let destination = destination.to_owned();
        CopyStep { add, destination, link, parents, ..plain(sources, excludes) }
    }
}

/// What a destination has before the step: something different for each path.
fn look(path: &str) -> Presence {
    match path.len() % 4 {
        0 => Presence::Nothing,
        1 => Presence::Folder,
        2 => Presence::File,
        _ => Presence::Unknown,
    }
}

fn nothing(_: &str) -> Presence {
    Presence::Nothing
}

/// A plain `COPY` to a folder.
fn plain(sources: Vec<String>, excludes: Vec<String>) -> CopyStep {
    CopyStep {
        add: false,
        from: CopySource::Context,
        sources,
        heredocs: Vec::new(),
        destination: "/x/".into(),
        chown: None,
        chmod: None,
        link: false,
        parents: false,
        excludes,
        checksum: None,
        keep_git_dir: false,
        unpack: None,
    }
}

/// A build of one stage with nothing but these.
fn plan_of(copy: CopyStep, mount: Mount) -> BuildPlan {
    let (dockerfile, _) = parse("FROM scratch\nCOPY a /x/\nRUN --mount=target=/m true\n");
    let (mut plan, _) = plan(&dockerfile, &BuildOptions::default());
    let [first, second] = plan.graph.stages[0].steps.as_mut_slice() else {
        panic!("two instructions are two steps");
    };
    first.kind = StepKind::Copy(Box::new(copy));
    if let StepKind::Run { mounts, .. } = &mut second.kind {
        *mounts = vec![mount];
    }
    plan
}

fn taken<'tree>(selections: &[SourceSelection<'tree>]) -> BTreeSet<&'tree str> {
    let matches = selections.iter().flat_map(|selection| &selection.matches);
    matches.flat_map(|matched| matched.paths.iter().copied()).collect()
}

/// Files and links that the ignore file leaves in, decided one by one.
fn sent_files<'context>(
    context: &'context BuildContext,
    ignore: &Dockerignore,
) -> Option<BTreeSet<&'context str>> {
    let effects = dockerignore::apply(ignore, context).ok()?;
    let entries = context.files.iter().zip(&effects.decisions);
    let sent =
        entries.filter(|((_, file), decision)| file.kind != FileKind::Folder && !decision.excluded);
    Some(sent.map(|((path, _), _)| path.as_str()).collect())
}

/// The context with nothing but what a selection took: its paths and the folders it began at.
fn only_taken(sent: &SentContext<'_>, selections: &[SourceSelection<'_>]) -> BuildContext {
    let matches = selections.iter().flat_map(|selection| &selection.matches);
    let roots = matches.filter(|matched| matched.is_folder && !matched.root.is_empty());
    let roots = roots.map(|matched| matched.root.clone());
    let paths = taken(selections).into_iter().map(str::to_owned);
    let entry = |path: String| {
        let folder = ContextFile { kind: FileKind::Folder, ..ContextFile::of_bytes(0) };
        let file = sent.file(&path).cloned().unwrap_or(folder);
        (path, file)
    };
    BuildContext { files: roots.chain(paths).map(entry).collect(), ..BuildContext::default() }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_source_gets_an_answer_that_the_tree_holds(
        context in context(any_kind()),
        ignore in ignore(),
        step in copy(),
        mount_source in pattern(),
    ) {
        let (ignore, _) = Dockerignore::parse(&ignore);
        let Ok(sent) = SentContext::of(&context, &ignore) else { return Ok(()) };
        let mut selections = select(&sent, &step, &look);
        prop_assert_eq!(selections.len(), step.sources.len(), "one answer for each source");
        let mount = Mount { source: mount_source, target: "/m".into(), ..Mount::default() };
        selections.push(select_mount(&sent, &mount));
        let asked = request_context(&plan_of(step, mount), &context, &sent).paths;
        prop_assert!(asked.is_sorted() && asked.iter().all(|path| sent.kind(path).is_some()));
        for selection in &selections {
            let takes = !taken(std::slice::from_ref(selection)).is_empty();
            prop_assert!(!selection.outcome.fails() || !takes, "{selection:?} fails, yet takes");
            for matched in &selection.matches {
                let root = sent.kind(&matched.root);
                let is_local = !matches!(selection.outcome, Outcome::Remote | Outcome::Inline);
                let is_folder = root == Some(SourceKind::Folder);
                prop_assert!(!is_local || matched.is_folder == is_folder, "{matched:?} is {root:?}");
                prop_assert!(matched.paths.is_sorted(), "{:?} are out of order", matched.paths);
                for path in &matched.paths {
                    prop_assert!(sent.kind(path).is_some(), "{path:?} is taken and not sent");
                    let destination = matched.destination_of(path);
                    prop_assert!(destination.starts_with('/'), "{path:?} goes to {destination:?}");
                }
            }
        }
    }

    #[test]
    fn the_root_takes_exactly_what_is_sent(
        context in context(any_kind()),
        ignore in ignore(),
        source in prop::sample::select(&[".", "./", "/", "a/..", "*/.."][..]),
    ) {
        let (ignore, _) = Dockerignore::parse(&ignore);
        let Ok(sent) = SentContext::of(&context, &ignore) else { return Ok(()) };
        let selections = select(&sent, &plain(vec![source.into()], Vec::new()), &nothing);
        prop_assert_eq!(&selections[0].outcome, &Outcome::Taken);
        let files: BTreeSet<&str> =
            taken(&selections).into_iter().filter(|path| is_file(&sent, path)).collect();
        let expected = sent_files(&context, &ignore);
        prop_assert_eq!(Some(files), expected);
    }

    // A link may lead to what is not taken, so there are none.
    #[test]
    fn of_what_was_taken_all_is_taken_again(
        context in context(no_link()),
        source in pattern(),
        excludes in prop::collection::vec(pattern(), 0..3),
    ) {
        let ignore = Dockerignore::default();
        let sent = SentContext::of(&context, &ignore).unwrap();
        let step = plain(vec![source], excludes);
        let selections = select(&sent, &step, &nothing);
        if selections[0].outcome != Outcome::Taken {
            return Ok(());
        }
        let context = only_taken(&sent, &selections);
        let sent = SentContext::of(&context, &ignore).unwrap();
        prop_assert_eq!(taken(&select(&sent, &step, &nothing)), taken(&selections));
    }

    #[test]
    fn what_is_excluded_is_part_of_what_was_taken(
        context in context(no_link()),
        source in pattern(),
        excludes in prop::collection::vec(pattern(), 1..3),
    ) {
        let sent = SentContext::of(&context, &Dockerignore::default()).unwrap();
        let with = select(&sent, &plain(vec![source.clone()], excludes.clone()), &nothing);
        let without = select(&sent, &plain(vec![source], Vec::new()), &nothing);
        let more: Vec<&str> = taken(&with).difference(&taken(&without)).copied().collect();
        prop_assert!(more.is_empty(), "only with --exclude {excludes:?}: {more:?}");
    }
}

/// Sources without what the two ways of matching read differently: escapes, `^`, `!`, spaces
/// and two stars.
fn plain_pattern() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &["a", "b", ".a", "a.js", "é", "/", "/", "*", "?", "[ab]"];
    let pieces = prop::collection::vec(prop::sample::select(PIECES), 1..5);
    let pattern = pieces.prop_map(|mut pieces| {
        pieces.dedup_by(|piece, before| *piece == "*" && *before == "*");
        pieces.concat()
    });
    prop_oneof![pattern, path()]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    // Behind a link the client may ask for less than the copy then wants.
    #[test]
    fn what_is_taken_was_asked_for(
        context in context(no_link()),
        ignore in ignore(),
        sources in prop::collection::vec(plain_pattern(), 1..4),
        parents: bool,
        mount_source in plain_pattern(),
    ) {
        let (ignore, _) = Dockerignore::parse(&ignore);
        let Ok(sent) = SentContext::of(&context, &ignore) else { return Ok(()) };
        let step = CopyStep { parents, ..plain(sources, Vec::new()) };
        let mount = Mount { source: mount_source, target: "/m".into(), ..Mount::default() };
        let mut takes = select(&sent, &step, &nothing);
        // The client takes the source for a pattern, the builder for a path.
        if !mount.source.contains('[') {
            takes.push(select_mount(&sent, &mount));
        }
        let plan = plan_of(step, mount);
        let asked = request_context(&plan, &context, &sent).paths;
        let mut more = taken(&takes);
        more.retain(|path| is_file(&sent, path) && !asked.contains(path));
        prop_assert!(more.is_empty(), "taken and not asked for: {more:?} of {asked:?}");
    }
}

fn is_file(sent: &SentContext<'_>, path: &str) -> bool {
    sent.file(path).is_some_and(|file| file.kind != FileKind::Folder)
}
