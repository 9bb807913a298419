//! What the tests of the workspace share: reading cases out of Markdown, and writing them back,
//! measured builds, the examples, how near the estimates come to measured layers, and what the README says of it.

pub mod accuracy;
pub mod builds;
pub mod documents;
pub mod examples;
pub mod peers;
pub mod sizes;

use std::path::{Path, PathBuf};

/// A fenced block of a Markdown case: its words behind the backticks, and its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// The words behind the opening backticks, such as `dockerfile crlf`.
    pub words: Vec<String>,
    /// The lines between, each with its newline.
    pub text: String,
}

/// One case: a second-level heading and the fences below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// The heading.
    pub name: String,
    /// Its fences in order.
    pub fences: Vec<Fence>,
}

impl Case {
    /// The fence whose first word is `kind`.
    #[must_use]
    pub fn fence(&self, kind: &str) -> Option<&Fence> {
        self.fences.iter().find(|fence| fence.words.first().is_some_and(|word| word == kind))
    }
}

/// Reads the cases of a Markdown text.
#[must_use]
pub fn read_cases(markdown: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut open: Option<Fence> = None;
    for line in markdown.split_inclusive('\n') {
        let bare = line.trim_end();
        match (&mut open, bare.strip_prefix("```")) {
            (Some(_), Some("")) => {
                if let (Some(case), Some(fence)) = (cases.last_mut(), open.take()) {
                    case.fences.push(fence);
                }
            }
            (Some(fence), _) => fence.text.push_str(line),
            (None, Some(words)) => {
                let words = words.split_whitespace().map(str::to_owned).collect();
                open = Some(Fence { words, text: String::new() });
            }
            (None, None) => {
                if let Some(name) = bare.strip_prefix("## ") {
                    cases.push(Case { name: name.to_owned(), fences: Vec::new() });
                }
            }
        }
    }
    cases
}

/// Replaces the text of every fence of one kind, in order.
#[must_use]
pub fn replace_fences(markdown: &str, kind: &str, texts: &[String]) -> String {
    let mut texts = texts.iter();
    let mut result = String::new();
    let mut skipping = false;
    for line in markdown.split_inclusive('\n') {
        let closes = line.trim_end() == "```";
        if !skipping || closes {
            result.push_str(line);
        }
        skipping = skipping && !closes;
        let opens = line
            .trim_end()
            .strip_prefix("```")
            .is_some_and(|words| words.split_whitespace().next() == Some(kind));
        if opens && let Some(text) = texts.next() {
            result.push_str(text);
            skipping = true;
        }
    }
    result
}

/// A folder beside this crate.
#[must_use]
pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(name)
}

/// The Markdown files of a folder beside this crate, sorted.
///
/// # Panics
/// When the folder cannot be read.
#[must_use]
pub fn markdown_files(folder: &str) -> Vec<PathBuf> {
    let folder = self::folder(folder);
    let entries = std::fs::read_dir(&folder).expect("the folder of cases is there");
    let mut files: Vec<PathBuf> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    files.sort();
    files
}
