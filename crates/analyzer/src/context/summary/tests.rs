//! A summary keeps the sums that an ignore file makes of a context.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;

use super::summarize;
use crate::context::{BuildContext, ContextFile, FileKind};
use crate::dockerignore::{Decision, Dockerignore, Walk};

/// Files, bytes, and entries of unknown bytes, of all and by what decided them.
type Sums = BTreeMap<Option<(bool, Option<usize>)>, (u64, u64, bool)>;

fn decide(walk: &RefCell<Walk<'_>>, path: &str) -> Decision {
    walk.borrow_mut().decide_file(path).expect("patterns that compile")
}

fn sums(context: &BuildContext, ignore: &Dockerignore) -> Sums {
    let walk = RefCell::new(Walk::new(ignore));
    let mut sums = Sums::new();
    for (path, file) in &context.files {
        let decision = decide(&walk, path);
        for key in [None, Some((decision.excluded, decision.pattern))] {
            let (files, bytes, unknown) = sums.entry(key).or_default();
            *files += file.count();
            *bytes = bytes.saturating_add(file.bytes.unwrap_or(0));
            *unknown |= file.bytes.is_none() && file.kind != FileKind::Folder;
        }
    }
    sums.retain(|_, (files, ..)| *files > 0);
    sums
}

fn small(context: &BuildContext, ignore: &Dockerignore, most: usize) -> BuildContext {
    let walk = RefCell::new(Walk::new(ignore));
    let key = |path: &str| {
        let decision = decide(&walk, path);
        let pattern = decision.pattern.map_or(0, |index| index as u64 + 1);
        pattern * 2 + u64::from(decision.excluded)
    };
    summarize(context, key, most)
}

fn files<'a>(sizes: impl IntoIterator<Item = (&'a str, u64)>) -> BuildContext {
    let files = sizes.into_iter();
    let files = files.map(|(path, bytes)| (path.to_owned(), ContextFile::of_bytes(bytes)));
    BuildContext { files: files.collect(), ..BuildContext::default() }
}

fn shown(context: &BuildContext) -> Vec<String> {
    let entries = context.files.iter();
    let line = |(path, file): (&String, &ContextFile)| {
        format!("{path} {}x {}", file.count(), file.bytes.unwrap_or(0))
    };
    entries.map(line).collect()
}

prop_compose! {
    fn any_file()(
        kind in prop_oneof![
            8 => Just(FileKind::File),
            1 => Just(FileKind::Folder),
            1 => Just(FileKind::Link("elsewhere".into())),
            1 => (1..9_u64).prop_map(|files| FileKind::Summary { files }),
        ],
        bytes in option::weighted(0.9, prop_oneof![0..9_000_000_u64, Just(u64::MAX)]),
        mode in option::of(prop_oneof![Just(0o644), Just(0o755)]),
    ) -> ContextFile {
        // Where a folder holds something it needs no entry, so there it must weigh nothing.
        let bytes = if kind == FileKind::Folder { Some(0) } else { bytes };
        ContextFile { kind, bytes, mode, digest: Some("id".into()) }
    }
}

prop_compose! {
    fn any_context()(
        files in btree_map("((src|node_modules|a|b|docs)/){0,4}[a-d]{1,2}(\\.js|\\.md|\\.log|)", any_file(), 0..120),
    ) -> BuildContext {
        BuildContext { files, ..BuildContext::default() }
    }
}

/// Ignore files of patterns that meet such paths.
fn any_ignore() -> impl Strategy<Value = Dockerignore> {
    let pattern = "!?(\\*\\*/|/)?(src|node_modules|a|b|docs|\\*)(/\\*\\*|/[ab]|/\\*|\\*\\.md|)";
    vec(pattern, 0..8).prop_map(|lines| Dockerignore::parse(&lines.join("\n")).0)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_sum_of_an_ignore_file_changes(
        context in any_context(),
        ignore in any_ignore(),
        most in 0..60_usize,
    ) {
        let summary = small(&context, &ignore, most);
        prop_assert_eq!(sums(&summary, &ignore), sums(&context, &ignore));
        for (path, file) in &summary.files {
            let before = &context.files[path];
            let same = before == file;
            prop_assert!(same || file.digest.is_none(), "{path} is no longer one file");
            prop_assert!(file.count() >= before.count(), "{path} stands for fewer files");
        }
        let walk = RefCell::new(Walk::new(&ignore));
        let class = |(path, file): (&String, &ContextFile)| {
            let (Decision { excluded, pattern }, bytes) = (decide(&walk, path), file.bytes);
            let kind = match file.kind { FileKind::Folder => 0, FileKind::Link(_) => 1, _ => 2 };
            (excluded, pattern, kind, bytes.is_some())
        };
        let classes = context.files.iter().map(class).collect::<BTreeSet<_>>().len();
        prop_assert!(
            summary.files.len() <= most.max(classes + most / 4),
            "{} entries are left of {}", summary.files.len(), context.files.len(),
        );
        prop_assert_eq!(small(&context, &ignore, most), summary, "the same every time");
    }
}

#[test]
fn a_small_context_stays_as_it_is() {
    let context = files([("a", 1), ("b", 2)]);
    assert_eq!(summarize(&context, |_| 0, 2), context);
}

#[test]
fn light_and_deep_files_go_first_and_heavy_ones_and_manifests_stay() {
    let context = files([
        ("package.json", 10),
        ("server.js", 900),
        ("src/a.js", 700),
        ("src/b.js", 800),
        ("node_modules/x/index.js", 300),
        ("node_modules/x/lib/deep.js", 100),
        ("node_modules/x/lib/deeper.js", 200),
        ("node_modules/x/package.json", 20),
        ("node_modules/y/heavy.js", 9_000_000),
        ("node_modules/y/package.json", 30),
    ]);
    let little = shown(&summarize(&context, |_| 0, 9));
    assert_eq!(
        little,
        [
            "node_modules/x/index.js 1x 300",
            "node_modules/x/lib/deeper.js 2x 300",
            "node_modules/x/package.json 1x 20",
            "node_modules/y/heavy.js 1x 9000000",
            "node_modules/y/package.json 1x 30",
            "package.json 1x 10",
            "server.js 1x 900",
            "src/a.js 1x 700",
            "src/b.js 1x 800",
        ],
    );
    let most = shown(&summarize(&context, |_| 0, 4));
    assert_eq!(
        most,
        [
            "node_modules/y/heavy.js 1x 9000000",
            "node_modules/y/package.json 2x 50",
            "package.json 1x 10",
            "server.js 6x 3000",
        ],
    );
}

#[test]
fn a_file_with_a_group_of_its_own_stays_itself_however_few_are_wanted() {
    let context = files([("a.md", 1), ("b.js", 2), ("c.js", 3), ("named.js", 4)]);
    let summary = summarize(&context, |path| u64::from(path == "named.js"), 0);
    assert_eq!(shown(&summary), ["c.js 3x 6", "named.js 1x 4"]);
}

#[test]
fn folders_that_hold_something_need_no_entry() {
    let mut context = files([("a/b/c.js", 1), ("a/b/d.js", 2), ("a-b", 3)]);
    let folder = ContextFile { kind: FileKind::Folder, ..ContextFile::of_bytes(0) };
    for path in ["a", "a/b", "empty"] {
        context.files.insert(path.into(), folder.clone());
    }
    let summary = summarize(&context, |_| 0, 4);
    assert_eq!(shown(&summary), ["a-b 1x 3", "a/b/c.js 1x 1", "a/b/d.js 1x 2", "empty 0x 0"]);
}

#[test]
fn a_link_to_a_file_that_became_part_of_another_entry_forgets_its_target() {
    let mut context = files([("lib/a.js", 1), ("lib/b.js", 2), ("lib/kept.js", 9_000_000)]);
    let links = [
        ("to-a", "lib/a.js", ""),
        ("to-kept", "./lib/../lib/kept.js", "./lib/../lib/kept.js"),
        ("to-lib", "/lib", "/lib"),
        ("dead.link", "nowhere", "nowhere"),
    ];
    for (path, target, _) in links {
        let link =
            ContextFile { kind: FileKind::Link(target.into()), ..ContextFile::of_bytes(8_000_000) };
        context.files.insert(path.into(), link);
    }
    let summary = summarize(&context, |_| 0, 6);
    assert!(!summary.files.contains_key("lib/a.js"), "a.js should be part of b.js");
    for (path, _, target) in links {
        assert_eq!(summary.files[path].kind, FileKind::Link(target.into()), "{path}");
    }
}

#[test]
fn a_hundred_thousand_files_are_summarized_at_once() {
    let paths = (0..100_000_u64).map(|n| format!("node_modules/p{}/l{}/f{n}.js", n % 900, n % 7));
    let files = paths.map(|path| (path, ContextFile::of_bytes(1)));
    let context = BuildContext { files: files.collect(), ..BuildContext::default() };
    let summary = summarize(&context, |_| 0, 600);
    let total: u64 = summary.files.values().map(ContextFile::count).sum();
    assert_eq!((summary.files.len(), total), (600, 100_000));
}
