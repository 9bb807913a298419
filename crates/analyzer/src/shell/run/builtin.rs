//! What the shell does itself.

use std::rc::Rc;

use super::condition::{self, Outcome};
use super::state::Stop;
use super::value::{ExpandedWord, Value};
use super::walk::Walker;

/// Runs a builtin that changes the shell or decides something; `None` for other names.
pub(super) fn run(
    walker: &mut Walker<'_>,
    name: &str,
    arguments: &[ExpandedWord],
) -> Option<Outcome> {
    match name {
        ":" | "true" | "umask" | "ulimit" | "trap" | "wait" | "shopt" | "alias" => {}
        "false" => return Some(Outcome::Failure),
        "[" => return Some(test(arguments.strip_suffix_word("]"))),
        "test" => return Some(test(arguments)),
        "cd" => change_directory(walker, arguments),
        "pushd" => {
            let here = walker.state.working_directory.clone();
            walker.state.left_directories.push(here);
            change_directory(walker, arguments);
        }
        "popd" => {
            walker.state.working_directory = walker.state.left_directories.pop().flatten();
        }
        "export" | "declare" | "typeset" | "local" | "readonly" => declare(walker, arguments),
        "unset" => unset(walker, arguments),
        "set" => set(walker, arguments),
        "shift" => shift(walker, arguments),
        "read" => {
            for word in arguments.iter().filter(|word| !word.text().starts_with('-')) {
                walker.set(word.text(), Value::unknown());
            }
            return Some(Outcome::Unknown);
        }
        "exit" => walker.state.stop = Some(exit(arguments)),
        "return" => walker.state.stop = Some(Stop::Function),
        "break" => walker.state.stop = Some(Stop::Loop),
        "continue" => walker.state.stop = Some(Stop::Round),
        _ => return None,
    }
    Some(Outcome::Success)
}

trait StripWord {
    fn strip_suffix_word(&self, text: &str) -> &Self;
}

impl StripWord for [ExpandedWord] {
    fn strip_suffix_word(&self, text: &str) -> &Self {
        match self.split_last() {
            Some((last, rest)) if last.known() == Some(text) => rest,
            _ => self,
        }
    }
}

fn test(arguments: &[ExpandedWord]) -> Outcome {
    let values: Vec<&Value> = arguments.iter().map(|word| &word.value).collect();
    Outcome::of(condition::holds(&values, false))
}

fn exit(arguments: &[ExpandedWord]) -> Stop {
    match arguments.first().map(|word| word.known()) {
        Some(Some("0")) | None => Stop::Script,
        Some(_) => Stop::Build,
    }
}

fn change_directory(walker: &mut Walker<'_>, arguments: &[ExpandedWord]) {
    let target = arguments.iter().find(|word| !matches!(word.known(), Some("-P" | "-L" | "--")));
    match target {
        None => {
            let home = walker.state.variables.get("HOME").and_then(Value::known).map(str::to_owned);
            walker.state.change_directory(home.as_deref());
        }
        Some(word) => match word.known() {
            Some("-") | None => walker.state.change_directory(None),
            path => walker.state.change_directory(path),
        },
    }
}

fn declare(walker: &mut Walker<'_>, arguments: &[ExpandedWord]) {
    for word in arguments {
        if let Some((name, value)) = word.split_once('=') {
            walker.set(name, value);
        }
    }
}

fn unset(walker: &mut Walker<'_>, arguments: &[ExpandedWord]) {
    let variables = Rc::make_mut(&mut walker.state.variables);
    for word in arguments {
        variables.remove(word.text());
    }
}

/// `set -- a b`; options change nothing here.
fn set(walker: &mut Walker<'_>, arguments: &[ExpandedWord]) {
    let is_option = |word: &&ExpandedWord| {
        word.known().is_some_and(|text| text != "--" && text.starts_with(['-', '+']))
    };
    let mut options = 0;
    for word in arguments.iter().take_while(is_option) {
        options += 1;
        // `-o pipefail` and `-euxo pipefail` take the next word.
        options += usize::from(word.text().ends_with('o'));
    }
    let mut rest = arguments.get(options..).unwrap_or_default();
    match rest.split_first() {
        None => return,
        Some((word, others)) if word.known() == Some("--") => rest = others,
        Some(_) => {}
    }
    let values: Vec<Value> = rest.iter().map(|word| word.value.clone()).collect();
    walker.state.arguments = Some(values.into());
}

fn shift(walker: &mut Walker<'_>, arguments: &[ExpandedWord]) {
    let count = match arguments.first() {
        None => Some(1),
        Some(word) => word.known().and_then(|text| text.parse().ok()),
    };
    walker.state.arguments = match (walker.state.arguments.take(), count) {
        (Some(values), Some(count)) => Some(values.iter().skip(count).cloned().collect()),
        _ => None,
    };
}
