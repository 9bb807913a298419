//! Simple commands: their variables, redirections and words, and what runs then.

use std::rc::Rc;

use super::condition::Outcome;
use super::state::{Frame, Stop};
use super::value::{ExpandedWord, Value};
use super::walk::Walker;
use super::{ExpandedRedirection, Invocation, Variables, builtin, prefix};
use crate::shell::parse_inner;
use crate::shell::syntax::*;
use crate::text::Span;

/// How deep functions, `sh -c` and `eval` may call one another.
const MOST_CALLS: usize = 20;

/// Programs that answer a question by how they end.
const QUESTIONS: &[&str] = &[
    "[",
    "test",
    "grep",
    "egrep",
    "fgrep",
    "command",
    "which",
    "type",
    "hash",
    "getent",
    "id",
    "dpkg-query",
    "cmp",
    "diff",
    "pgrep",
    "pidof",
    "expr",
    "apt-mark",
    "ping",
    "nc",
    "mountpoint",
];

impl Walker<'_> {
    pub(super) fn walk_simple(
        &mut self,
        command: &Command,
        assignments: &[Assignment],
        words: &[Word],
    ) -> Outcome {
        let listed = self.invocations.len();
        let expanded = self.expand_all(words);
        let variables = Rc::clone(&self.state.variables);
        for assignment in assignments {
            self.assign(assignment);
        }
        let frame = self.frame.clone();
        self.add_redirections(&command.redirections);
        let outcome = if expanded.is_empty() {
            if !command.redirections.is_empty() {
                self.list(Vec::new(), command.span);
            }
            // What a substitution ran decides; its failure would be the command's.
            if self.invocations.len() > listed { Outcome::Presumed } else { Outcome::Success }
        } else {
            self.run(expanded, command.span)
        };
        self.frame = frame;
        if !words.is_empty() && !assignments.is_empty() {
            self.restore(assignments, &variables);
        }
        outcome
    }

    /// Variables before a command's name are its own.
    fn restore(&mut self, assignments: &[Assignment], before: &Variables) {
        let variables = Rc::make_mut(&mut self.state.variables);
        for assignment in assignments {
            match before.get(&assignment.name) {
                Some(value) => variables.insert(assignment.name.clone(), value.clone()),
                None => variables.remove(&assignment.name),
            };
        }
    }

    fn assign(&mut self, assignment: &Assignment) {
        let mut value = self.expand_one(&assignment.value);
        if assignment.append {
            let mut whole = self.state.variables.get(&assignment.name).cloned().unwrap_or_default();
            whole.push(&value, false);
            value = whole;
        }
        self.set(&assignment.name, value);
    }

    /// Expands redirections into the frame that commands are listed with.
    pub(super) fn add_redirections(&mut self, redirections: &[Redirection]) {
        for redirection in redirections {
            match redirection.kind {
                RedirectionKind::HereDocument(index) => {
                    let documents = Rc::clone(&self.documents);
                    let body = documents.get(index).map(|document| self.expand_one(&document.body));
                    self.frame.here_document = body;
                }
                RedirectionKind::HereString => {
                    let mut text = self.expand_one(&redirection.target);
                    text.push_text("\n");
                    self.frame.here_document = Some(text);
                }
                kind => {
                    let target = self.expand_one(&redirection.target);
                    let descriptor = redirection.descriptor;
                    self.frame.redirections.push(ExpandedRedirection { descriptor, kind, target });
                }
            }
        }
    }

    /// Runs a command by its words: a function, a builtin, or a program.
    pub(super) fn run(&mut self, words: Vec<ExpandedWord>, span: Span) -> Outcome {
        let before = Rc::clone(&self.state.variables);
        let words = prefix::see_through(words, self);
        if Rc::ptr_eq(&before, &self.state.variables) {
            return self.run_words(words, span);
        }
        // What `env` sets is the command's own.
        let outcome = self.run_words(words, span);
        self.state.variables = before;
        outcome
    }

    fn run_words(&mut self, words: Vec<ExpandedWord>, span: Span) -> Outcome {
        let Some((name, arguments)) = words.split_first() else {
            self.list(words, span);
            return Outcome::Presumed;
        };
        let Some(known) = name.known() else {
            self.list(words, span);
            return Outcome::Presumed;
        };
        if let Some((body, documents)) = self.state.functions.get(known).cloned() {
            return self.call(&body, documents, arguments);
        }
        if let Some(text) = prefix::inner_script(known, arguments) {
            return self.run_text(text, arguments, span);
        }
        if let Some(outcome) = builtin::run(self, known, arguments) {
            if !self.frame.redirections.is_empty() && outcome != Outcome::Unknown {
                self.list(words, span);
            }
            return outcome;
        }
        let is_question = QUESTIONS.contains(&super::file_name(known))
            || (known == "dpkg" && arguments.first().is_some_and(|it| it.known() == Some("-s")));
        self.list(words, span);
        if is_question { Outcome::Unknown } else { Outcome::Presumed }
    }

    /// Lists a command with what is known where it stands.
    pub(super) fn list(&mut self, words: Vec<ExpandedWord>, span: Span) {
        self.invocations.push(Invocation {
            words,
            variables: Rc::clone(&self.state.variables),
            redirections: self.frame.redirections.clone(),
            here_document: self.frame.here_document.clone(),
            working_directory: self.state.working_directory.clone(),
            certainty: self.state.certainty,
            pipeline: self.frame.pipeline,
            captured: self.frame.captured,
            repeated: self.frame.repeated,
            span,
        });
    }

    fn call(
        &mut self,
        body: &Command,
        documents: Rc<[HereDocument]>,
        arguments: &[ExpandedWord],
    ) -> Outcome {
        if self.frame.depth >= MOST_CALLS {
            self.is_cut = true;
            return Outcome::Unknown;
        }
        let outer = std::mem::replace(&mut self.documents, documents);
        let values: Vec<Value> = arguments.iter().map(|word| word.value.clone()).collect();
        let before = self.state.arguments.replace(values.into());
        self.frame.depth += 1;
        let outcome = self.walk_command(body);
        self.frame.depth -= 1;
        self.state.arguments = before;
        self.documents = outer;
        if self.state.stop == Some(Stop::Function) {
            self.state.stop = None;
            return Outcome::Presumed;
        }
        outcome
    }

    /// Runs the text of `sh -c` in a shell of its own, or that of `eval` in this one.
    fn run_text(
        &mut self,
        (text, place): (String, prefix::Inner),
        arguments: &[ExpandedWord],
        span: Span,
    ) -> Outcome {
        if self.frame.depth >= MOST_CALLS {
            self.is_cut = true;
            return Outcome::Unknown;
        }
        let span = arguments.get(place.index).map_or(span, |word| word.span);
        let mut parsed = parse_inner(&text, span);
        self.errors.append(&mut parsed.errors);
        let (state, frame): (_, Frame) = (self.state.clone(), self.frame.clone());
        self.frame.depth += 1;
        if place.own_shell {
            let rest = arguments.iter().skip(place.index + 2).map(|word| word.value.clone());
            self.state.arguments = Some(rest.collect::<Vec<_>>().into());
        }
        let outcome = self.walk_parsed(parsed);
        self.frame = frame;
        if place.own_shell {
            let stop = std::mem::replace(&mut self.state, state).stop;
            if stop == Some(Stop::Build) {
                return Outcome::Failure;
            }
        }
        outcome
    }
}
