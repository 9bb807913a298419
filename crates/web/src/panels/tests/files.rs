//! What the Context panel says.

use super::{attributes, does_not_say, draw_sample, sample, says};

#[test]
fn a_known_context_is_told_in_numbers_and_rows() {
    says(
        "files",
        "known context",
        &[
            "From the folder app.",
            "A link brought them summed up by folder",
            "1,207 files, at least 312 MB",
            "3 files, at least 30 B",
            "1,204 files, 312 MB",
            "leaves out >99 % of the bytes",
            "a first build asks for 1 file, 10 B",
            "node_modules/ 312 MB left out line 1",
            "README.md 10 B sent line 3",
            "src/ at least 20 B sent",
        ],
    );
    let html = draw_sample("files", sample("known context"));
    assert_eq!(attributes(&html, "aria-level"), ["1", "1", "1"], "folders begin closed");
    assert_eq!(attributes(&html, "aria-posinset"), ["1", "2", "3"]);
    let labels = attributes(&html, "aria-label");
    let row = "node_modules/, 1,204 files, 312 MB, left out by line 1";
    assert!(labels.contains(&row), "a row says everything to a screen reader: {labels:?}");
    let reached = html.matches("role=\"treeitem\" tabindex=\"0\"").count();
    assert_eq!(reached, 1, "one row is reached by the Tab key");
}

#[test]
fn an_assumed_project_is_marked_wherever_it_has_a_number() {
    says(
        "files",
        "assumed context",
        &[
            "Assumed: a typical Node.js project",
            "The Dockerfile runs npm ci.",
            "These are not your files.",
            "2 files, ≈ 320 kB",
            "package-lock.json ≈ 300 kB",
        ],
    );
}

#[test]
fn each_pattern_tells_its_effect_and_what_to_write_instead() {
    says(
        "files",
        "known context",
        &[
            "leaves out 1,204 files, 1.20 MB",
            "misses 3,402 files, 210 MB further down, such as web/node_modules/a.js.",
            "Write **/node_modules instead",
            "The # and what follows are part of the pattern",
            "Write # logs ⏎ *.log instead",
            "Line 1 decides for everything it matches",
        ],
    );
}

#[test]
fn each_copy_tells_what_it_ships_and_what_is_missing() {
    says(
        "files",
        "known context",
        &[
            "COPY package.json missing.txt ./ 1,204 files, 3.20 MB",
            "Line 2 of the ignore file leaves missing.txt out.",
            "web 1,000 files",
            "from stage build",
            "Not needed for the target: stage runtime is not built.",
            "A mount: the files can be seen",
        ],
    );
}

#[test]
fn the_starter_says_what_it_would_save_before_it_is_written() {
    says(
        "files",
        "known context",
        &["A .dockerignore for Node.js would leave out 40 files, 9.00 MB more", "Add these lines"],
    );
}

#[test]
fn a_refused_ignore_file_is_told_and_nothing_is_called_sent() {
    says(
        "files",
        "refused ignore file",
        &["The builder refuses this .dockerignore and stops", "Line 1", "line 2 *.md not applied"],
    );
    does_not_say("files", "refused ignore file", "Sent");
    does_not_say("files", "refused ignore file", "Left out");
    let html = draw_sample("files", sample("refused ignore file"));
    assert!(html.contains("&lt;script&gt;"), "names stay text: {html}");
}

#[test]
fn without_any_file_the_panel_asks_for_them() {
    says("files", "two stages", &["Nothing is known of the build context", "Bring your files"]);
}
