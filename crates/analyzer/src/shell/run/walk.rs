//! The way through a script: lists, pipelines, branches, loops.

use std::rc::Rc;

use super::condition::{self, Outcome};
use super::state::{Frame, State, Stop};
use super::value::Value;
use super::{Environment, Invocation, MOST_INVOCATIONS, Walk};
use crate::shell::syntax::*;
use crate::shell::{Parsed, ShellError};

/// Most commands that are looked at, and most bytes that words may make: loops and functions
/// multiply.
const MOST_WORK: usize = 4_000_000;

/// What one command costs of that.
const COMMAND_WORK: usize = 100;

/// What copying one variable costs of that.
const VARIABLE_WORK: usize = 40;

/// How deep functions and `sh -c` may nest commands, which the parser cannot see; a stack ends
/// somewhere.
const MOST_LEVELS: usize = 150;

pub(super) struct Walker<'environment> {
    pub(super) environment: &'environment Environment,
    pub(super) state: State,
    pub(super) frame: Frame,
    /// Here-documents of the text that is walked.
    pub(super) documents: Rc<[HereDocument]>,
    pub(super) invocations: Vec<Invocation>,
    pub(super) errors: Vec<ShellError>,
    /// Whether calls nest deeper than they are followed.
    pub(super) is_cut: bool,
    work: usize,
    most_work: usize,
    /// How deep commands and words are nested where the walk is.
    level: usize,
}

impl<'environment> Walker<'environment> {
    pub(super) fn new(environment: &'environment Environment) -> Self {
        let frame = Frame {
            redirections: Vec::new(),
            here_document: None,
            pipeline: (0, 1),
            captured: false,
            repeated: false,
            depth: 0,
        };
        Self {
            environment,
            state: State::new(environment),
            frame,
            documents: Rc::from([]),
            invocations: Vec::new(),
            errors: Vec::new(),
            is_cut: false,
            work: VARIABLE_WORK * environment.variables.len(),
            most_work: environment.most_work.map_or(MOST_WORK, |most| most.min(MOST_WORK)),
            level: 0,
        }
    }

    pub(super) fn finish(mut self) -> Walk {
        let truncated = self.is_exhausted() || self.is_cut;
        self.invocations.truncate(MOST_INVOCATIONS);
        Walk { invocations: self.invocations, truncated, work: self.work, errors: self.errors }
    }

    /// Counts what `bytes` of text cost.
    pub(super) fn spend(&mut self, bytes: usize) {
        self.work = self.work.saturating_add(bytes);
    }

    /// Assigns a variable. The commands listed so far keep what they saw, which costs a copy.
    pub(super) fn set(&mut self, name: &str, value: Value) {
        if Rc::strong_count(&self.state.variables) > 1 {
            self.spend(VARIABLE_WORK * self.state.variables.len());
        }
        self.state.assign(name, value);
    }

    pub(super) fn is_exhausted(&self) -> bool {
        self.work > self.most_work || self.invocations.len() > MOST_INVOCATIONS
    }

    pub(super) fn walk_parsed(&mut self, parsed: Parsed) -> Outcome {
        let outer = std::mem::replace(&mut self.documents, parsed.here_documents.into());
        let outcome = self.walk_script(&parsed.script);
        self.documents = outer;
        outcome
    }

    pub(super) fn walk_script(&mut self, script: &Script) -> Outcome {
        let mut outcome = Outcome::Success;
        for statement in &script.statements {
            if self.state.stop.is_some() || self.is_exhausted() {
                break;
            }
            outcome = self.walk_statement(statement);
        }
        outcome
    }

    fn walk_statement(&mut self, statement: &Statement) -> Outcome {
        let mut outcome = Outcome::Success;
        for (joint, pipeline) in &statement.pipelines {
            if self.state.stop.is_some() || self.is_exhausted() {
                break;
            }
            outcome = match (joint, outcome) {
                (Joint::And, Outcome::Failure) | (Joint::Or, Outcome::Success) => outcome,
                (Joint::And, Outcome::Unknown)
                | (Joint::Or, Outcome::Unknown | Outcome::Presumed) => {
                    let branch = pipeline.span;
                    let (inner, stop) = self.walk_maybe(statement.span, branch, |walker| {
                        walker.walk_pipeline(pipeline)
                    });
                    match (joint, outcome, inner) {
                        (Joint::Or, Outcome::Presumed, _) => Outcome::Presumed,
                        // The failure is dealt with, by another command or by the end.
                        (Joint::Or, _, Outcome::Success | Outcome::Presumed) => Outcome::Presumed,
                        (Joint::Or, _, _) if stop.is_some() => Outcome::Presumed,
                        _ => Outcome::Unknown,
                    }
                }
                _ => self.walk_pipeline(pipeline),
            };
        }
        outcome
    }

    fn walk_pipeline(&mut self, pipeline: &Pipeline) -> Outcome {
        let mut outcome = Outcome::Success;
        if let [command] = &pipeline.commands[..] {
            outcome = self.walk_command(command);
        } else {
            let (state, frame) = (self.state.clone(), self.frame.clone());
            let count = pipeline.commands.len();
            for (at, command) in pipeline.commands.iter().enumerate() {
                self.frame.pipeline = (at, count);
                outcome = self.walk_command(command);
                self.state = state.clone();
            }
            self.frame = frame;
        }
        if pipeline.negated { outcome.negated() } else { outcome }
    }

    pub(super) fn walk_command(&mut self, command: &Command) -> Outcome {
        self.spend(COMMAND_WORK);
        let walk = |walker: &mut Self| match &command.kind {
            CommandKind::Simple { assignments, words } => {
                walker.walk_simple(command, assignments, words)
            }
            _ => walker.walk_compound(command),
        };
        self.descend(walk).unwrap_or(Outcome::Unknown)
    }

    /// Does something one level deeper; `None`, and the end of the walk, where that is too deep.
    pub(super) fn descend<T>(&mut self, walk: impl FnOnce(&mut Self) -> T) -> Option<T> {
        if self.level >= MOST_LEVELS {
            self.work = usize::MAX;
            return None;
        }
        self.level += 1;
        let value = walk(self);
        self.level -= 1;
        Some(value)
    }

    fn walk_compound(&mut self, command: &Command) -> Outcome {
        let frame = self.frame.clone();
        self.add_redirections(&command.redirections);
        let outcome = match &command.kind {
            CommandKind::Simple { .. } => Outcome::Success,
            CommandKind::Group(script) => self.walk_script(script),
            CommandKind::Subshell(script) => self.walk_subshell(script),
            CommandKind::If { branches, otherwise } => {
                self.walk_if(command.span, branches, otherwise.as_ref())
            }
            CommandKind::Loop { until, condition, body } => {
                self.walk_loop(command.span, *until, condition, body)
            }
            CommandKind::For { variable, words, body } => {
                self.walk_for(command.span, variable, words.as_deref(), body)
            }
            CommandKind::Case { subject, arms } => self.walk_case(command.span, subject, arms),
            CommandKind::Function { name, body } => {
                let function = (Rc::clone(body), Rc::clone(&self.documents));
                Rc::make_mut(&mut self.state.functions).insert(name.clone(), function);
                Outcome::Success
            }
            CommandKind::Test(words) => {
                let values: Vec<Value> = words.iter().map(|word| self.expand_one(word)).collect();
                Outcome::of(condition::holds(&values.iter().collect::<Vec<_>>(), true))
            }
            CommandKind::Arithmetic => Outcome::Unknown,
        };
        self.frame = frame;
        outcome
    }

    fn walk_subshell(&mut self, script: &Script) -> Outcome {
        let state = self.state.clone();
        let outcome = self.walk_script(script);
        let stop = std::mem::replace(&mut self.state, state).stop;
        if stop == Some(Stop::Build) { Outcome::Failure } else { outcome }
    }
}
