//! Rows of small trees as indented text, and the keys that lead through them.

use layerwise_analyzer::context::read_listing;
use layerwise_analyzer::report::Verdict;

use super::*;

/// Three files are sent and `node_modules` is left out by the first pattern.
fn sample() -> (Tree, Vec<Weight>) {
    let listing = "10 README.md\n300 node_modules/a/index.js\n500 node_modules/b/index.js\n\
                   20 src/index.js\n40 src/lib/Button.js\n";
    let (context, _) = read_listing(listing);
    let tree = Tree::of(&context);
    let verdict = |path: &String| {
        let sent = !path.starts_with("node_modules");
        Verdict { sent, pattern: (!sent).then_some(0) }
    };
    let verdicts: Vec<Verdict> = context.files.keys().map(verdict).collect();
    let weights = tree.weigh(&verdicts);
    (tree, weights)
}

fn drawn(wish: &Wish) -> Vec<String> {
    let (tree, weights) = sample();
    let line = |row: &Row| {
        let mark = match row.open {
            Some(true) => "▾ ",
            Some(false) => "▸ ",
            None => "",
        };
        let (indent, name) = ("  ".repeat(row.level - 1), tree.name(row.node));
        format!("{indent}{mark}{name} {}/{}", row.position, row.siblings)
    };
    rows(&tree, &weights, wish).0.iter().map(line).collect()
}

fn toggled(folders: &[&str]) -> Vec<String> {
    folders.iter().map(|folder| (*folder).to_owned()).collect()
}

#[test]
fn folders_are_closed_and_the_heaviest_come_first() {
    assert_eq!(drawn(&Wish::default()), ["▸ node_modules 1/3", "▸ src 2/3", "README.md 3/3"]);
    let wish = Wish { toggled: toggled(&["src", "node_modules/a"]), ..Wish::default() };
    let wanted =
        ["▸ node_modules 1/3", "▾ src 2/3", "  ▸ lib 1/2", "  index.js 2/2", "README.md 3/3"];
    assert_eq!(drawn(&wish), wanted);
}

#[test]
fn a_search_with_wildcards_matches_names_or_with_a_slash_paths_and_counts() {
    let (tree, weights) = sample();
    let found = |query: &str, filter| {
        let wish = Wish { query: query.into(), filter, ..Wish::default() };
        let (rows, amount) = rows(&tree, &weights, &wish);
        let leaves = rows.iter().filter(|row| row.open.is_none());
        let paths: Vec<String> = leaves.map(|row| tree.path(row.node)).collect();
        (paths.join(" "), amount.files, amount.bytes)
    };
    let all = "node_modules/b/index.js node_modules/a/index.js src/lib/Button.js src/index.js";
    let cases = [
        ("*.JS", Filter::All, all, 4, 860),
        ("*.js", Filter::Sent, "src/lib/Button.js src/index.js", 2, 60),
        ("src/*", Filter::All, "src/index.js", 2, 60),
        ("lib/*.js", Filter::All, "src/lib/Button.js", 1, 40),
        ("*sr*tton*", Filter::All, "src/lib/Button.js", 1, 40),
        ("/lib/*.js", Filter::All, "", 0, 0),
        ("**/lib/b?tton.js", Filter::All, "src/lib/Button.js", 1, 40),
        ("*.md", Filter::LeftOut, "", 0, 0),
        ("[", Filter::All, "", 0, 0),
    ];
    for (query, filter, paths, files, bytes) in cases {
        let wanted = (paths.to_owned(), files, bytes);
        assert_eq!(found(query, filter), wanted, "{query}; a folder that is found stays closed");
    }
}

#[test]
fn a_search_keeps_the_folders_above_what_it_finds_and_opens_them() {
    let wish = Wish { query: "BUTTON".into(), ..Wish::default() };
    assert_eq!(drawn(&wish), ["▾ src 1/1", "  ▾ lib 1/1", "    Button.js 1/1"]);
    let wish = Wish { query: "lib".into(), ..Wish::default() };
    assert_eq!(drawn(&wish), ["▾ src 1/1", "  ▸ lib 1/1"], "what is found opens by hand");
    let wish = Wish { query: "b/index".into(), ..Wish::default() };
    let wanted = ["▾ node_modules 1/1", "  ▾ b 1/1", "    index.js 1/1"];
    assert_eq!(drawn(&wish), wanted, "with a slash the whole path is searched");
    let wish = Wish { query: "b/index".into(), toggled: toggled(&["node_modules"]), ..wish };
    assert_eq!(drawn(&wish), ["▸ node_modules 1/1"], "and can be closed");
    let wish = Wish { query: "no such file".into(), ..Wish::default() };
    assert_eq!(drawn(&wish), [""; 0]);
}

#[test]
fn after_a_search_the_tree_is_as_it_was() {
    let mut wish = Wish::default();
    wish.toggle("src".into());
    wish.search("but".into());
    wish.toggle("lib".into());
    wish.search("b".into());
    assert_eq!(wish.toggled, toggled(&[]), "each search opens folders its own way");
    wish.search(String::new());
    assert_eq!(wish.toggled, toggled(&["src"]));
    wish.toggle("src".into());
    assert_eq!(wish.toggled, toggled(&[]));
}

#[test]
fn a_filter_shows_one_side_and_weighs_only_that() {
    let wish = Wish { filter: Filter::Sent, ..Wish::default() };
    assert_eq!(drawn(&wish), ["▸ src 1/2", "README.md 2/2"]);
    let wish = Wish { filter: Filter::LeftOut, toggled: toggled(&["node_modules"]), ..wish };
    assert_eq!(drawn(&wish), ["▾ node_modules 1/1", "  ▸ b 1/2", "  ▸ a 2/2"]);
    let wish = Wish { filter: Filter::LeftOut, query: "src".into(), ..Wish::default() };
    assert_eq!(drawn(&wish), [""; 0], "found, but sent");
}

#[test]
fn keys_lead_through_the_tree() {
    let (tree, weights) = sample();
    let wish = Wish { toggled: toggled(&["src"]), ..Wish::default() };
    let (rows, _) = rows(&tree, &weights, &wish);
    // 0 node_modules, 1 src (open), 2 lib, 3 index.js, 4 README.md
    let cases = [
        (0, "ArrowDown", Some(Step::Go(1))),
        (4, "ArrowDown", Some(Step::Go(4))),
        (0, "ArrowUp", Some(Step::Go(0))),
        (0, "ArrowRight", Some(Step::Toggle(0))),
        (1, "ArrowRight", Some(Step::Go(2))),
        (3, "ArrowRight", None),
        (1, "ArrowLeft", Some(Step::Toggle(1))),
        (3, "ArrowLeft", Some(Step::Go(1))),
        (4, "ArrowLeft", None),
        (3, "Home", Some(Step::Go(0))),
        (0, "End", Some(Step::Go(4))),
        (0, "PageDown", Some(Step::Go(3))),
        (4, "PageUp", Some(Step::Go(1))),
        (2, "Enter", Some(Step::Toggle(2))),
        (3, "Enter", Some(Step::Act(3))),
        (0, "Tab", None),
    ];
    for (at, key, wanted) in cases {
        assert_eq!(step(&rows, at, key, 3), wanted, "{key} at row {at}");
    }
    assert_eq!(step(&[], 0, "ArrowDown", 3), None, "no rows");
}

#[test]
fn typing_a_name_leads_to_it_and_round() {
    let (tree, weights) = sample();
    let (rows, _) = rows(&tree, &weights, &Wish { toggled: toggled(&["src"]), ..Wish::default() });
    let lead = |at, typed| row_beginning_with(&tree, &rows, at, typed);
    assert_eq!(lead(0, "r"), Some(4));
    assert_eq!(lead(4, "s"), Some(1));
    assert_eq!(lead(1, "s"), Some(1), "the only one");
    assert_eq!(lead(3, "in"), Some(3), "still the same row when a letter is added");
    assert_eq!(lead(0, "z"), None);
}

#[test]
fn a_hundred_thousand_rows_of_one_folder_are_all_there() {
    let mut context = layerwise_analyzer::context::BuildContext::default();
    for file in 0..100_000_u64 {
        let entry = layerwise_analyzer::context::ContextFile::of_bytes(file % 977);
        context.files.insert(format!("flat/{file}.js"), entry);
    }
    let tree = Tree::of(&context);
    let weights = tree.weigh(&[]);
    let wish = Wish { toggled: toggled(&["flat"]), ..Wish::default() };
    let (rows, _) = rows(&tree, &weights, &wish);
    assert_eq!((rows.len(), rows[1].position, rows[1].siblings), (100_001, 1, 100_000));
    assert_eq!(weights[rows[1].node].all.bytes, 976);
}
