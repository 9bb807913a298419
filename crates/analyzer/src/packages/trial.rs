//! A machine for tests: it writes down what a package manager does.

use std::collections::{BTreeMap, BTreeSet};

use super::{Contents, Ledger, Machine};
use crate::images::BaseImage;
use crate::layer::ByteRange;
use crate::size::Bytes;

/// A machine that holds what a test says, and notes what is done to it.
#[derive(Default)]
pub(super) struct TrialMachine {
    /// Environment.
    pub(super) variables: BTreeMap<String, String>,
    /// Texts of manifests by path as the manager names it.
    pub(super) texts: BTreeMap<String, String>,
    /// Paths that exist.
    pub(super) held: BTreeSet<String>,
    /// Paths that may exist.
    pub(super) possible: BTreeSet<String>,
    /// The base.
    pub(super) base: Option<BaseImage>,
    pub(super) environment: Option<String>,
    pub(super) installed: BTreeMap<&'static str, BTreeSet<String>>,
    pub(super) ledger: Ledger,
    /// Paths of the base that are gone.
    pub(super) gone: BTreeSet<String>,
    /// The layer at work.
    pub(super) layer: u32,
    /// Whether the commands may not run.
    pub(super) is_uncertain: bool,
    /// Bytes below a path.
    pub(super) below: BTreeMap<String, u64>,
    /// Paths that other stages copy, as seen from the working directory.
    pub(super) taken: BTreeSet<String>,
    /// What was done, a line each.
    pub(super) done: Vec<String>,
}

impl TrialMachine {
    /// Does what a command line without quotes says and tells what that was.
    pub(super) fn run(&mut self, command: &str) -> String {
        let words = command.split(' ').filter(|word| !word.is_empty());
        let mut line = super::CommandLine::of_words(words);
        for argument in &mut line.arguments {
            argument.has_glob = argument.text.contains(['*', '?', '[']);
        }
        let Some(action) = super::recognize(&line) else { return "not recognized".to_owned() };
        let manager = action.manager.expect("recognize names the manager");
        self.done.clear();
        (manager.perform)(&action, self);
        self.done.join("\n")
    }

    /// Something unknown lies at a path.
    pub(super) fn hold(&mut self, path: &str) {
        self.held.insert(path.to_owned());
    }

    /// Something unknown may lie at a path.
    pub(super) fn hold_perhaps(&mut self, path: &str) {
        self.possible.insert(path.to_owned());
    }

    fn note(&mut self, verb: &str, path: &str, contents: &Contents) {
        let (low, likely, high) =
            (contents.bytes.low(), contents.bytes.likely(), contents.bytes.high());
        let size = match low == high {
            true => Bytes(likely).to_string(),
            false => format!("{} ({} to {})", Bytes(likely), Bytes(low), Bytes(high)),
        };
        let line = format!(
            "{verb} {path}: {size}, {:?}, {}. {}",
            contents.category,
            contents.evidence.name(),
            contents.why
        );
        self.done.push(line);
    }
}

impl Machine for TrialMachine {
    fn work(&self, _: usize) {}

    fn variable(&self, name: &str) -> Option<String> {
        self.variables.get(name).cloned()
    }

    fn working_directory(&self) -> &str {
        "/app"
    }

    fn home(&self) -> String {
        "/root".to_owned()
    }

    fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(path).map(String::as_str)
    }

    fn holds(&self, path: &str) -> bool {
        self.held.contains(path) || self.texts.contains_key(path)
    }

    fn holds_start(&self, start: &str) -> bool {
        self.held.iter().chain(self.texts.keys()).any(|path| path.starts_with(start))
    }

    fn may_hold(&self, path: &str) -> bool {
        self.holds(path) || self.possible.contains(path)
    }

    fn bytes_below(&self, path: &str) -> ByteRange {
        ByteRange::exact(self.below.get(path).copied().unwrap_or_default())
    }

    fn base(&self) -> Option<&BaseImage> {
        self.base.as_ref()
    }

    fn installed(&mut self, manager: &'static str) -> &mut BTreeSet<String> {
        self.installed.entry(manager).or_default()
    }

    fn is_certain(&self) -> bool {
        !self.is_uncertain
    }

    fn is_gone(&self, path: &str) -> bool {
        self.gone.contains(path)
    }

    fn ledger(&mut self) -> &mut Ledger {
        &mut self.ledger
    }

    fn want_table(&mut self, name: &'static str) {
        self.done.push(format!("want {name}"));
    }

    fn settle(&mut self, folder: &str, contents: Contents) {
        self.note("settle", folder, &contents);
    }

    fn put(&mut self, folder: &str, contents: Contents) {
        self.note("put", folder, &contents);
    }

    fn write(&mut self, path: &str, contents: Contents) {
        self.note("write", path, &contents);
    }

    fn remove(&mut self, path: &str) {
        self.done.push(format!("remove {path}"));
    }

    fn trim(&mut self, folder: &str, [low, likely, high]: [u64; 3]) {
        self.done.push(format!("keep {low} to {high} %, likely {likely}, of {folder}"));
    }

    fn shrink(&mut self, folder: &str, contents: Contents) {
        self.note("shrink", folder, &contents);
    }

    fn layer(&self) -> u32 {
        self.layer
    }

    fn take(&mut self, folder: &str, layer: u32, [part, whole]: [u64; 2]) {
        let (part, whole) = (Bytes(part), Bytes(whole));
        self.done.push(format!("take {part} of {whole} of layer {layer} at {folder}"));
    }

    fn take_dependencies(&mut self, folder: &str, layer: u32, bytes: u64) -> bool {
        self.done.push(format!("take {} of layer {layer} at {folder}", Bytes(bytes)));
        true
    }

    fn taken_below(&self, folder: &str) -> Vec<String> {
        let inside = |path: &String| match folder {
            "" => Some(path.clone()),
            folder => Some(path.strip_prefix(folder)?.strip_prefix('/')?.to_owned()),
        };
        self.taken.iter().filter_map(inside).collect()
    }

    fn enter(&mut self, environment: &str) {
        self.environment = Some(environment.to_owned());
    }

    fn entered(&self) -> Option<&str> {
        self.environment.as_deref()
    }

    fn doubt(&mut self, sentence: String) {
        self.done.push(format!("? {sentence}"));
    }
}

/// The examples of every manager read as they say.
#[test]
fn command_lines_ask_for_what_the_examples_say() {
    for manager in super::MANAGERS {
        assert!(!manager.examples.is_empty(), "{} has no examples", manager.id);
        for (command, kind, packages) in manager.examples {
            let line = super::CommandLine::of_words(command.split(' '));
            let action = super::recognize(&line);
            let read = action.as_ref().map(|it| (it.manager.map(|it| it.id), it.kind));
            assert_eq!(read, Some((Some(manager.id), *kind)), "`{command}`");
            let named = action.map(|it| [it.packages, it.manifests].concat().join(" "));
            assert_eq!(named.as_deref(), Some(*packages), "what `{command}` names");
        }
    }
}
