//! What no compiler checks: the direction of imports, where the browser is touched, and that
//! nothing of one machine is kept. A failure says what to do instead.

#[path = "tidy/arrows.rs"]
mod arrows;
#[path = "tidy/files.rs"]
mod files;
#[path = "tidy/texts.rs"]
mod texts;

use files::Source;

/// A check: every complaint about the sources, each a sentence.
type Check = fn(&[Source]) -> Vec<String>;

fn assert_tidy(check: Check) {
    let complaints = check(&files::all());
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

fn complaints(check: Check, path: &str, text: &str) -> usize {
    check(&[Source { path: path.to_owned(), text: text.to_owned() }]).len()
}

#[test]
fn imports_point_one_way() {
    assert_tidy(arrows::wrong_arrows);
}

#[test]
fn only_the_bindings_touch_the_browser() {
    assert_tidy(arrows::browser_outside_bindings);
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    assert_tidy(texts::without_purpose);
}

#[test]
fn no_file_is_too_long_to_read() {
    assert_tidy(texts::too_long);
}

#[test]
fn modules_are_named_after_themselves() {
    assert_tidy(texts::mod_files);
}

#[test]
fn nothing_of_one_machine_is_kept() {
    assert_tidy(texts::machine_names);
}

#[test]
fn nothing_is_put_off_in_a_comment() {
    assert_tidy(texts::put_off);
}

#[test]
fn no_text_becomes_an_element_or_code() {
    assert_tidy(texts::made_of_texts);
    let seen = |path, text| complaints(texts::made_of_texts, path, text);
    assert_eq!(seen("static/a.js", "it.innerHTML = text;\n"), 1);
    assert_eq!(seen("crates/web/src/a.rs", "Html::from_html_unchecked(text)\n"), 1);
    assert_eq!(seen("crates/web/src/a/tests.rs", "\"<iframe srcdoc = 'a'>\"\n"), 0);
    assert_eq!(seen("static/a.js", "it.textContent = text; evaluate(it);\n"), 0);
}

#[test]
fn the_sources_are_found() {
    let sources = files::all();
    for path in ["crates/analyzer/src/lib.rs", "crates/web/src/main.rs", "index.html"] {
        assert!(sources.iter().any(|source| source.path == path), "{path} was not read");
    }
}

#[test]
fn a_wrong_arrow_is_seen_in_every_spelling() {
    let wrong = |text| complaints(arrows::wrong_arrows, "crates/analyzer/src/text.rs", text);
    assert_eq!(wrong("use crate::plan::Stage;\n"), 1);
    assert_eq!(wrong("use crate::{plan, report::Report};\n"), 2);
    assert_eq!(wrong("use crate::{\n    plan::{Stage, Step},\n    report,\n};\n"), 2);
    assert_eq!(wrong("fn f() { crate::plan::plan() }\n"), 1);
    assert_eq!(wrong("pub(in crate::plan) fn f() {}\n"), 1);
}

#[test]
fn right_arrows_comments_and_tests_are_left_alone() {
    let wrong = |path, text| complaints(arrows::wrong_arrows, path, text);
    assert_eq!(wrong("crates/analyzer/src/plan/graph.rs", "use crate::text::Span;\n"), 0);
    assert_eq!(wrong("crates/analyzer/src/plan/graph.rs", "use crate::plan::Stage;\n"), 0);
    assert_eq!(wrong("crates/analyzer/src/text.rs", "/// See [`crate::plan`].\n"), 0);
    assert_eq!(
        wrong(
            "crates/analyzer/src/text.rs",
            "#[cfg(test)]\nmod tests {\n    use crate::plan;\n}\n"
        ),
        0
    );
    assert_eq!(wrong("crates/analyzer/src/text/tests.rs", "use crate::plan;\n"), 0);
}

#[test]
fn a_module_that_no_layer_names_is_seen() {
    let wrong = |path| complaints(arrows::wrong_arrows, path, "//! New.\n");
    assert_eq!(wrong("crates/analyzer/src/novelty.rs"), 1);
    assert_eq!(wrong("crates/analyzer/src/plan/novelty.rs"), 0);
}

#[test]
fn the_browser_is_seen_where_it_should_not_be() {
    let seen = |path| {
        complaints(arrows::browser_outside_bindings, path, "use web_sys::window;\n// web_sys::x\n")
    };
    assert_eq!(seen("crates/web/src/app.rs"), 1);
    assert_eq!(seen("crates/web/src/bindings/page.rs"), 0);
}

#[test]
fn texts_are_checked_whole_words_at_a_time() {
    let put_off = |text| complaints(texts::put_off, "crates/web/src/app.rs", text);
    assert_eq!(put_off(concat!("// TO", "DO: later\n")), 1);
    assert_eq!(put_off("let mastodon = AUTODOC;\n"), 0);
    assert_eq!(complaints(texts::without_purpose, "a.rs", "fn main() {}\n"), 1);
    assert_eq!(complaints(texts::without_purpose, "a.rs", "//! Starts.\n"), 0);
    assert_eq!(complaints(texts::mod_files, "crates/a/src/b/mod.rs", ""), 1);
    assert_eq!(complaints(texts::too_long, "crates/a/src/b.rs", &"\n".repeat(401)), 1);
    assert_eq!(complaints(texts::too_long, "tests/tests/b.rs", &"\n".repeat(401)), 0);
}
