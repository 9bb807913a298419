//! What must and must not be written in a file.

use crate::files::Source;

/// Files over this are no longer read from top to bottom.
const MOST_LINES: usize = 400;

/// Rust files that may be longer, each with its reason.
const LONG: &[(&str, &str)] = &[];

/// The file that spells out what must not be written.
const THIS: &str = "tests/tests/tidy/texts.rs";

/// Rust files that do not say what they are for.
pub(crate) fn without_purpose(sources: &[Source]) -> Vec<String> {
    let is_silent = |it: &&Source| it.has_ending(&[".rs"]) && !it.text.starts_with("//! ");
    let complaint =
        |it: &Source| format!("{}: open it with `//!` and what it is for, in a sentence", it.path);
    sources.iter().filter(is_silent).map(complaint).collect()
}

/// Rust files over the limit, and exceptions that are none any more.
pub(crate) fn too_long(sources: &[Source]) -> Vec<String> {
    let is_test = |path: &str| path.split('/').any(|part| matches!(part, "tests" | "tests.rs"));
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|it| it.has_ending(&[".rs"]) && !is_test(&it.path)) {
        let lines = source.text.lines().count();
        let is_listed = LONG.iter().any(|(path, _)| *path == source.path);
        if lines > MOST_LINES && !is_listed {
            complaints.push(format!(
                "{}: {lines} lines, over {MOST_LINES}; move a part that has a name of its own \
                 into a submodule",
                source.path
            ));
        }
        if lines <= MOST_LINES && is_listed {
            complaints.push(format!("{}: no longer over-long; take it off LONG", source.path));
        }
    }
    complaints
}

/// Files called mod.rs.
pub(crate) fn mod_files(sources: &[Source]) -> Vec<String> {
    let complaint = |it: &Source| {
        let folder = it.path.trim_end_matches("/mod.rs");
        format!("{}: call it {folder}.rs, so that tabs and searches tell modules apart", it.path)
    };
    sources.iter().filter(|it| it.has_ending(&["/mod.rs"])).map(complaint).collect()
}

/// Package hosts and folders of one machine. Cargo.lock names its registry by itself.
pub(crate) fn machine_names(sources: &[Source]) -> Vec<String> {
    // In two halves, so that this file does not name them either.
    const HOSTS: &[[&str; 2]] = &[
        ["registry.npm", "js.org"],
        ["static.crates", ".io"],
        ["index.crates", ".io"],
        ["files.pythonhosted", ".org"],
        ["deb.debian", ".org"],
        ["../sha", "red/"],
    ];
    // The folder this checkout stands in; one as short as `/src/` would stand in other words.
    let checkout = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    let checkout = checkout.map(|folder| folder.display().to_string());
    let names: Vec<String> = HOSTS
        .iter()
        .map(|halves| halves.concat())
        .chain(checkout.filter(|folder| folder.len() > 8))
        .collect();
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|it| it.path != THIS) {
        for name in names.iter().filter(|name| source.text.contains(name.as_str())) {
            complaints.push(format!(
                "{}: names `{name}`, which another machine may not have; name the package, or a \
                 path below the checkout",
                source.path
            ));
        }
    }
    complaints
}

/// Marks of work that nobody was told of.
pub(crate) fn put_off(sources: &[Source]) -> Vec<String> {
    const MARKS: &[&str] = &["TODO", "FIXME"];
    let endings = [".rs", ".js", ".mjs", ".css", ".html", ".toml", ".yml", ".md"];
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|it| it.has_ending(&endings) && it.path != THIS) {
        for (number, line) in source.text.lines().enumerate() {
            let mut words = line.split(|it: char| !it.is_alphanumeric() && it != '_');
            if words.any(|word| MARKS.contains(&word)) {
                complaints.push(format!(
                    "{}:{}: do it, or open an issue and leave the mark out",
                    source.path,
                    number + 1
                ));
            }
        }
    }
    complaints
}

/// What would make elements or code of a text. Files that only speak of it to try it are named.
pub(crate) fn made_of_texts(sources: &[Source]) -> Vec<String> {
    const WAYS: &[&str] = &[
        "innerHTML",
        "outerHTML =",
        "insertAdjacentHTML",
        "set_inner_html",
        "set_outer_html",
        "insert_adjacent_html",
        "from_html_unchecked",
        "document.write",
        "createContextualFragment",
        "parseFromString",
        "setHTMLUnsafe",
        "srcdoc =",
        "eval(",
        "new Function",
        "Function::new",
    ];
    /// What runs in the browser of whoever opens the page.
    const PAGE: &[&str] = &["crates/", "static/", "index.html"];
    let is_page = |path: &str| {
        PAGE.iter().any(|folder| path.starts_with(folder))
            && !path.split('/').any(|part| matches!(part, "tests" | "tests.rs"))
    };
    let endings = [".rs", ".js", ".mjs", ".html"];
    let mut complaints = Vec::new();
    for source in sources.iter().filter(|it| it.has_ending(&endings) && is_page(&it.path)) {
        for way in WAYS.iter().filter(|way| source.text.contains(**way)) {
            complaints.push(format!(
                "{}: `{way}` makes elements or code of a text, which the page's policy refuses: \
                 make elements, and put texts into them",
                source.path
            ));
        }
    }
    complaints
}
