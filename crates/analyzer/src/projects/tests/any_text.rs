//! Texts of all sorts and sizes: total, bounded, and nothing named is taken away.

use proptest::prelude::*;

use super::ignore_file::starter;
use super::*;

/// Lines that a Dockerfile or an ignore file may hold.
fn a_line() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        ".",
        "..",
        "/",
        "*",
        "**",
        "src",
        "dist",
        "package.json",
        "*.jar",
        "target",
        "[a-",
        "a?",
        ".env",
        "vendor/",
        "!x",
        "node_modules",
        "go.mod",
        "/bin/",
        "<<E",
        "https://a/b",
        ".git",
    ]);
    let path = prop::collection::vec(word, 1..4).prop_map(|words| words.join("/"));
    let keyword = prop::sample::select(vec![
        "COPY ",
        "COPY a ",
        "ADD ",
        "RUN ",
        "RUN --mount=type=bind,source=",
        "FROM ",
        "!",
        "",
        "#",
        "WORKDIR ",
        "CMD ",
        "FROM node\nRUN npm ci && npm run build\nCOPY ",
        "ONBUILD COPY ",
    ]);
    let ending = prop::sample::select(vec!["", " /x/", ",target=/x npm ci", " .", " <<E"]);
    let usual = (keyword, path, ending)
        .prop_map(|(keyword, path, ending)| keyword.to_owned() + &path + ending);
    prop_oneof![4 => usual, 1 => "\\PC{0,30}"]
}

fn a_text() -> impl Strategy<Value = String> {
    prop::collection::vec(a_line(), 0..12).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #[test]
    fn any_text_has_a_bounded_project(
        dockerfile in a_text(),
        ignore in a_text(),
        typed in prop::collection::vec(("[a-z./]{0,8}", any::<u64>()), 0..4),
    ) {
        let (plan, ignore) = (planned(&dockerfile), ignoring(&ignore));
        let project = assume(&plan, &ignore, &typed);
        prop_assert!(project.context.files.len() <= tree::MOST);
        prop_assert!(project.sizes.keys().eq(project.context.files.keys()));
        for path in project.context.files.keys() {
            prop_assert_eq!(normalize_path(path), Some(path.clone()));
            let inside = format!("{path}/");
            let is_folder = project.context.files.keys().any(|other| other.starts_with(&inside));
            prop_assert!(!is_folder, "{} is a file and a folder", path);
        }
        prop_assert_eq!(assume(&plan, &ignore, &typed), project);
    }

    #[test]
    fn a_starter_takes_nothing_away_that_is_named(dockerfile in a_text(), existing in a_text()) {
        let (plan, ignore) = (planned(&dockerfile), ignoring(&existing));
        let kinds = recognize(&plan, &ignore, None);
        let Some((_, text)) = write_starter(&kinds, &plan, Some(&existing)) else { return Ok(()) };
        prop_assert!(text.starts_with(&existing));
        let after = ignoring(&text);
        let (mut before, mut after) = (Walk::new(&ignore), Walk::new(&after));
        for source in Traces::of(&plan, &ignore, None).sources() {
            let is_plain = !source.has_wildcard() && !source.path.is_empty();
            if let (true, Ok(wanted)) = (is_plain, before.decide_file(&source.path)) {
                let got = after.decide_file(&source.path).map(|decision| decision.excluded);
                prop_assert_eq!(got, Ok(wanted.excluded), "{} with\n{}", source.path, text);
            }
        }
    }
}

#[test]
fn thousands_of_lines_take_no_longer_than_they_are() {
    let copies: String = (0..2_000).fold("FROM node\n".into(), |text, number| {
        format!("{text}COPY file{number}.txt dir{number}/*.c /x/\n")
    });
    let ignore: String = (0..2_000).map(|number| format!("*{number}*x\n")).collect();
    let project = assumed(&copies, &ignore);
    assert_eq!(project.context.files.len(), tree::MOST);
    assert!(starter(&copies, &ignore).starts_with(&ignore));
    let deep = format!("FROM node\nCOPY {} /x", "a/".repeat(20_000));
    assert!(assumed(&deep, "").context.files.len() < tree::MOST);
}
