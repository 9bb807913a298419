//! Effects of ignore files, as tables: what each pattern decided, or why it decided nothing.

use std::fmt::Write;

use expect_test::{Expect, expect};

use super::*;
use crate::context::read_listing;

fn effects(ignore: &str, listing: &str) -> (Dockerignore, Effects) {
    let (ignore, errors) = Dockerignore::parse(ignore);
    assert_eq!(errors, [], "every line of the ignore file should be read");
    let (context, errors) = read_listing(listing);
    assert_eq!(errors, [], "every line of the listing should be read");
    let effects = apply(&ignore, &context).expect("no pattern is refused");
    (ignore, effects)
}

fn check(ignore: &str, listing: &str, expected: &Expect) {
    let (ignore, effects) = effects(ignore, listing);
    let mut table = String::new();
    for (pattern, effect) in ignore.patterns.iter().zip(&effects.patterns) {
        let Tally { files, bytes, unsized_files } = effect.decided;
        write!(table, "{:<14} {files} files, {bytes} B", pattern.text).unwrap();
        if unsized_files > 0 {
            write!(table, ", {unsized_files} of unknown size").unwrap();
        }
        match effect.idle {
            Some(Idle::MatchesNothing) => table.push_str("; matches nothing"),
            Some(Idle::Overruled(by)) => {
                write!(table, "; `{}` decides", ignore.patterns[by].text).unwrap();
            }
            Some(Idle::NothingToBringBack) => table.push_str("; nothing to bring back"),
            None => {}
        }
        if let Some(missed) = &effect.missed {
            let Tally { files, bytes, .. } = missed.files;
            write!(table, "; misses {files} files, {bytes} B such as {}", missed.example).unwrap();
        }
        table.push('\n');
    }
    expected.assert_eq(&table);
}

const PROJECT: &str = "\
10 Dockerfile
20 README.md
300 node_modules/a/index.js
500 web/node_modules/b/index.js
40 web/node_modules/b/node_modules/c/index.js
7 web/node_modules-old/x
60 web/src/main.js
5 web/debug.log
6 debug.log
";

#[test]
fn each_pattern_tells_what_it_decided() {
    check(
        "node_modules\n*.log\n*.md\n!README.md\ncoverage\n",
        PROJECT,
        &expect![[r#"
            node_modules   1 files, 300 B; misses 2 files, 540 B such as web/node_modules
            *.log          1 files, 6 B; misses 1 files, 5 B such as web/debug.log
            *.md           0 files, 0 B; `!README.md` decides
            !README.md     1 files, 20 B
            coverage       0 files, 0 B; matches nothing
        "#]],
    );
}

#[test]
fn patterns_for_every_folder_miss_nothing() {
    check(
        "**/node_modules\n**/*.log\nnode_modules\n",
        PROJECT,
        &expect![[r#"
            **/node_modules 3 files, 840 B
            **/*.log       2 files, 11 B
            node_modules   0 files, 0 B; `**/node_modules` decides
        "#]],
    );
}

#[test]
fn exceptions_that_bring_nothing_back_say_why() {
    check(
        "!README.md\nweb\n!web/absent\n**/*.md\n!docs\n",
        PROJECT,
        &expect![[r#"
            !README.md     0 files, 0 B; `**/*.md` decides
            web            5 files, 612 B
            !web/absent    0 files, 0 B; matches nothing
            **/*.md        1 files, 20 B
            !docs          0 files, 0 B; matches nothing
        "#]],
    );
    check(
        "!README.md\n",
        PROJECT,
        &expect![[r#"
            !README.md     0 files, 0 B; nothing to bring back
        "#]],
    );
}

#[test]
fn files_of_unknown_size_and_summaries_are_counted() {
    let (ignore, _) = Dockerignore::parse("a\n");
    let mut context = BuildContext::default();
    let file = |kind, bytes| ContextFile { kind, bytes, mode: None, digest: None };
    context.files.insert("a/x".into(), file(FileKind::File, None));
    context.files.insert("a/y".into(), file(FileKind::Summary { files: 900 }, Some(5)));
    context.files.insert("a".into(), file(FileKind::Folder, None));
    let effects = apply(&ignore, &context).unwrap();
    let decided = effects.patterns[0].decided;
    assert_eq!(decided, Tally { files: 901, bytes: 5, unsized_files: 1 });
    assert!(effects.decisions.iter().all(|decision| decision.excluded));
}
