//! What commands change for those after them.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::value::Value;
use super::{Certainty, Environment, ExpandedRedirection, Variables};
use crate::shell::HereDocument;
use crate::shell::Script;
use crate::shell::syntax::{Command, CommandKind, Part, Word};

/// The longest path that Linux takes.
const LONGEST_PATH: usize = 4095;

/// Functions with the here-documents of the text they stand in.
pub(super) type Functions = BTreeMap<String, (Rc<Command>, Rc<[HereDocument]>)>;

/// What a subshell copies. Cheap to clone.
#[derive(Clone)]
pub(super) struct State {
    pub(super) variables: Rc<Variables>,
    pub(super) functions: Rc<Functions>,
    pub(super) working_directory: Option<Rc<str>>,
    /// Where `pushd` came from.
    pub(super) left_directories: Vec<Option<Rc<str>>>,
    /// `$1` and so on; `None` when not even their number is known.
    pub(super) arguments: Option<Rc<[Value]>>,
    pub(super) certainty: Certainty,
    /// What ends before the next command.
    pub(super) stop: Option<Stop>,
}

/// What a command ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// `exit` with failure: the build.
    Build,
    /// `exit`: the script.
    Script,
    /// `return`: the function.
    Function,
    /// `break`: the loop.
    Loop,
    /// `continue`: the round of the loop.
    Round,
}

/// Where a command stands. Cheap to clone.
#[derive(Clone)]
pub(super) struct Frame {
    pub(super) redirections: Vec<ExpandedRedirection>,
    pub(super) here_document: Option<Value>,
    pub(super) pipeline: (usize, usize),
    pub(super) captured: bool,
    /// Whether a loop or `xargs` around it runs it nobody knows how often.
    pub(super) repeated: bool,
    /// How many functions, `sh -c` and `eval` are around it.
    pub(super) depth: usize,
}

impl State {
    pub(super) fn new(environment: &Environment) -> Self {
        let values = environment.variables.iter();
        let variables = values.map(|(name, text)| (name.clone(), Value::of(text))).collect();
        let directory = environment.working_directory.as_str();
        Self {
            variables: Rc::new(variables),
            functions: Rc::default(),
            working_directory: Some(if directory.is_empty() { "/" } else { directory }.into()),
            left_directories: Vec::new(),
            arguments: Some(Rc::from([])),
            certainty: Certainty::Always,
            stop: None,
        }
    }

    pub(super) fn assign(&mut self, name: &str, value: Value) {
        Rc::make_mut(&mut self.variables).insert(name.to_owned(), value);
    }

    /// Moves to a folder named as `cd` does; where that is, is not known of one that Linux would
    /// refuse.
    pub(super) fn change_directory(&mut self, to: Option<&str>) {
        self.working_directory = match (to, &self.working_directory) {
            (Some(path), _) if path.starts_with('/') => Some(join("/", path)),
            (Some(path), Some(from)) => Some(join(from, path)),
            _ => None,
        };
        self.working_directory.take_if(|path| path.len() > LONGEST_PATH);
    }

    /// Keeps what this state and another agree in; the rest is unknown.
    pub(super) fn join(&mut self, other: &Self) {
        if !Rc::ptr_eq(&self.variables, &other.variables) {
            let own = Rc::make_mut(&mut self.variables);
            for (name, value) in own.iter_mut() {
                if other.variables.get(name) != Some(value) {
                    *value = Value::unknown();
                }
            }
            for name in other.variables.keys() {
                if !own.contains_key(name) {
                    own.insert(name.clone(), Value::unknown());
                }
            }
        }
        if self.working_directory != other.working_directory {
            self.working_directory = None;
        }
        if self.arguments != other.arguments {
            self.arguments = None;
        }
        if self.functions.is_empty() {
            self.functions = Rc::clone(&other.functions);
        }
    }
}

/// `path` seen from the folder `from`, without `.` and `..`.
fn join(from: &str, path: &str) -> Rc<str> {
    let mut parts: Vec<&str> = Vec::new();
    for part in from.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    format!("/{}", parts.join("/")).into()
}

/// The names of variables that a script assigns, as far as they stand in it.
pub(super) fn assigned_names(script: &Script, names: &mut Vec<String>) {
    let pipelines = script.statements.iter().flat_map(|statement| &statement.pipelines);
    for command in pipelines.flat_map(|(_, pipeline)| &pipeline.commands) {
        match &command.kind {
            CommandKind::Simple { assignments, words } => {
                names.extend(assignments.iter().map(|assignment| assignment.name.clone()));
                add_declared(words, names);
            }
            CommandKind::Group(inner) => assigned_names(inner, names),
            CommandKind::If { branches, otherwise } => {
                for (condition, body) in branches {
                    assigned_names(condition, names);
                    assigned_names(body, names);
                }
                if let Some(body) = otherwise {
                    assigned_names(body, names);
                }
            }
            CommandKind::Loop { condition, body, .. } => {
                assigned_names(condition, names);
                assigned_names(body, names);
            }
            CommandKind::For { variable, body, .. } => {
                names.push(variable.clone());
                assigned_names(body, names);
            }
            CommandKind::Case { arms, .. } => {
                for arm in arms {
                    assigned_names(&arm.body, names);
                }
            }
            _ => {}
        }
    }
}

/// The names behind `read`, `export` and the like.
fn add_declared(words: &[Word], names: &mut Vec<String>) {
    let start = |word: &Word| match word.parts.first() {
        Some(Part::Text { text, quoted: false }) => Some(text.clone()),
        _ => None,
    };
    let mut texts = words.iter().filter_map(start);
    if !texts.next().is_some_and(|name| ["read", "export", "local", "declare"].contains(&&*name)) {
        return;
    }
    for text in texts.filter(|text| !text.starts_with('-')) {
        names.push(text.split('=').next().unwrap_or_default().to_owned());
    }
}
