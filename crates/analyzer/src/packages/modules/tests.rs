//! Tables that are searched, closed and weighed.

use super::*;

const TABLE: &str = "\
# ecosystem: npm
# source: two projects installed with npm 11
# date: 2026-11-26
# sums alone: 1 10 100 1000; 4 200 600 3000
# sums whole: 1 20 200 2000
# columns: …
@a/b\t2.0.0\t40\t4\t10\t5\tglibc,native\tchalk@4
a\t1.0.0\t1000\t10\t400\t50\t\tb chalk peer:p x:e[z]
b\t0.9.0\t2000\t20\t-\t-\tgyp,script\ta
chalk\t4.1.2\t300\t3\t100\t70\t\t
chalk\t5.6.0\t500\t5\t200\t70\t\t
e\t1.0.0\t7\t1\t2\t1\t\tnone: z:chalk
p\t3.0.0\t60000\t6\t20000\t9\tglibc,musl,native\t
";

fn table() -> ModuleTable<'static> {
    ModuleTable::read(TABLE).unwrap()
}

fn names(closure: &Closure<'_>) -> Vec<String> {
    let name = |closed: &Closed<'_>| format!("{} {}", closed.row.name, closed.row.version);
    let mut names: Vec<String> = closure.packages.iter().map(name).collect();
    crate::order::sort(&mut names);
    names
}

fn wanted(name: &str) -> Wanted<'_> {
    Wanted { name, version: None }
}

#[test]
fn every_row_is_found_and_nothing_else() {
    let table = table();
    assert_eq!((table.date(), table.ecosystem()), ("2026-11-26", Ecosystem::Npm));
    assert_eq!(table.rows().count(), 7);
    for row in table.rows() {
        let found = table.size_of_version(row.name, Some(row.version));
        assert_eq!(found, Some((row, Fit::Exact)));
    }
    for name in ["", "@a", "@a/bb", "0", "cha", "chalkk", "zz", "chalk\t4"] {
        assert_eq!(table.size_of(name), None, "{name:?}");
    }
    assert_eq!(table.size_of("chalk").unwrap().version, "5.6.0", "the newest");
    let fits = |version| table.size_of_version("chalk", Some(version)).unwrap();
    assert_eq!((fits("4.0.0").0.version, fits("4.0.0").1), ("4.1.2", Fit::SameMajor));
    assert_eq!((fits("2.0.0").0.version, fits("2.0.0").1), ("5.6.0", Fit::Other));
}

#[test]
fn a_closure_follows_needs_once_and_by_version() {
    let closure = table().close([wanted("a")]);
    assert_eq!(names(&closure), ["a 1.0.0", "b 0.9.0", "chalk 5.6.0", "p 3.0.0"]);
    assert_eq!(closure.files(), 41);
    let installed = closure.installed();
    assert_eq!(installed.likely(), Some(Bytes(63_500)));
    assert_eq!(installed.evidence(), Evidence::Measured);
    assert_eq!(installed.why(), "The files of 4 npm packages as measured on 2026-11-26.");
    assert_eq!(names(&table().close([wanted("@a/b")])), ["@a/b 2.0.0", "chalk 4.1.2"]);
}

#[test]
fn extras_are_followed_when_asked_for() {
    let with_extra = table().close([wanted("a[x]")]);
    assert_eq!(names(&with_extra).len(), 5, "e comes with it: {:?}", names(&with_extra));
    assert!(with_extra.unknown.is_empty(), "{:?}", with_extra.unknown);
    assert!(table().close([wanted("e[none]")]).unknown.is_empty(), "it needs nothing");
    assert_eq!(table().close([wanted("e[other]")]).unknown, ["e[other]"]);
}

#[test]
fn what_nobody_measured_is_named_and_never_zero() {
    let closure = table().close([wanted("e"), wanted("u"), wanted("v"), wanted("u")]);
    assert_eq!(closure.unknown, ["u", "v"]);
    let installed = closure.installed();
    assert_eq!(installed.likely(), Some(Bytes(407)), "2 × 200 and 7");
    assert_eq!(installed.evidence(), Evidence::Assumed, "nearly all of it is not in the table");
    assert_eq!(
        installed.why(),
        "The files of 1 npm package as measured on 2026-11-26, and 2 packages not in the table \
         (u, v) at the size of typical ones."
    );
    let lock = table().weigh(["a", "b", "u", "v", "w", "x", "y"].map(wanted));
    assert_eq!(names(&lock), ["a 1.0.0", "b 0.9.0"], "a lock file's list is complete");
    assert_eq!(lock.installed().likely(), Some(Bytes(3_000 + 750)), "five quarters of 600");
    assert_eq!(lock.download().likely(), Some(Bytes(400 + 666 + 250)));
}

#[test]
fn another_major_version_is_a_model_only() {
    let of = |version| {
        let wanted = Wanted { name: "chalk", version: Some(version) };
        table().close([wanted]).installed()
    };
    assert_eq!(of("4.0.0").evidence(), Evidence::Measured);
    assert_eq!(of("3.0.0").evidence(), Evidence::Modelled);
    assert_eq!((of("3.0.0").low(), of("3.0.0").high()), (Bytes(250), Some(Bytes(1_000))));
}

#[test]
fn a_layer_holds_what_the_manager_leaves() {
    let closure = table().close([wanted("@a/b")]);
    let likely = |kept| closure.layer(kept).likely().unwrap().0;
    assert_eq!(likely(Kept::Nothing), 340 + 2 * 1_600, "npm's lists and log");
    assert_eq!(likely(Kept::Archives), likely(Kept::Nothing) + 110 + 2 * 540);
    assert_eq!(likely(Kept::All), likely(Kept::Archives) + 75 + 2 * 540);
    assert_eq!(
        closure.layer(Kept::All).why(),
        "The files of 2 npm packages as measured on 2026-11-26; archives and index pages stay in \
         the manager's cache."
    );
}

#[test]
fn marks_tell_what_musl_makes_of_it() {
    let compiled = |name| table().size_of(name).unwrap().must_be_compiled_on_musl();
    assert!(compiled("@a/b") && compiled("b"));
    assert!(!compiled("p") && !compiled("chalk"));
}

#[test]
fn a_head_that_lacks_a_line_says_which() {
    let error = |text: &str| ModuleTable::read(text).unwrap_err();
    assert!(error("").contains("# ecosystem: …"), "{}", error(""));
    let undated = TABLE.replace("# date: 2026-11-26\n", "");
    assert!(error(&undated).contains("# date: …"), "{}", error(&undated));
    let odd = TABLE.replace("4 200 600 3000", "4 200");
    assert!(error(&odd).contains("three percentiles"), "{}", error(&odd));
    assert!(error(&TABLE.replace("npm\n", "cpan\n")).contains("`cpan`"));
}
