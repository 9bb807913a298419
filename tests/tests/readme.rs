//! What the documents name is there: files behind links, commands, and the counts that no other test holds.

use std::path::{Path, PathBuf};

use layerwise_tests::documents::assert_readme_says;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|_| panic!("{path} is missing"))
}

/// The documents, and the folder that their links start from.
fn documents() -> Vec<(String, PathBuf)> {
    let mut documents: Vec<(String, PathBuf)> =
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
            .map(|name| (name.to_owned(), root()))
            .into();
    for entry in std::fs::read_dir(root().join("docs")).expect("docs/ is there") {
        let name = entry.expect("an entry").file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") {
            documents.push((format!("docs/{name}"), root().join("docs")));
        }
    }
    documents
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut complaints = Vec::new();
    for (name, folder) in documents() {
        for link in read(&name).split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            let path = link.split('#').next().unwrap_or_default();
            let is_elsewhere = link.contains("://") || link.starts_with('<') || path.is_empty();
            if !is_elsewhere && !folder.join(path).exists() {
                complaints.push(format!("{name} links to {path}, which is not there"));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn commands_that_documents_name_exist() {
    let xtask = read("crates/xtask/src/main.rs");
    let mut complaints = Vec::new();
    for (name, _) in documents() {
        for words in read(&name).split("cargo xtask ").skip(1) {
            let end = words.find(|it: char| !it.is_ascii_lowercase()).unwrap_or(words.len());
            let command = &words[..end];
            if !command.is_empty() && !xtask.contains(&format!("name: \"{command}\"")) {
                complaints.push(format!("{name} names `cargo xtask {command}`; there is none"));
            }
        }
    }
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

#[test]
fn the_readme_counts_what_there_is() {
    let words =
        ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    let in_words = |count: usize| words.get(count).map_or(count.to_string(), |it| (*it).to_owned());
    let lessons = in_words(layerwise_lessons::ALL.len());
    assert_readme_says(&format!("*Learn* has {lessons} lessons"));
    let menu = read("examples/menu.txt");
    let steps = menu.lines().skip_while(|line| !line.starts_with("Node.js")).skip(1);
    let steps = in_words(steps.take_while(|line| line.starts_with("  ")).count());
    assert_readme_says(&format!("its cure in {steps} steps, of which"));
    assert_readme_says(&format!(
        "More than {} entries are merged",
        layerwise_share::SUITABLE_FILES
    ));
}

#[test]
fn the_picture_of_the_readme_is_light() {
    let picture = std::fs::metadata(root().join("docs/screenshot.webp")).expect("the picture");
    assert!(picture.len() < 150_000, "`cargo xtask screenshot` takes it anew");
    assert!(read("README.md").contains("](docs/screenshot.webp)"));
}
