//! Loops: over known words round by round, others once, for they may run often or never.

use super::condition::Outcome;
use super::state::{self, Stop};
use super::value::Value;
use super::walk::Walker;
use crate::shell::syntax::{Script, Word};
use crate::text::Span;

/// Rounds of a loop over known words; further ones are taken together.
const MOST_ROUNDS: usize = 100;

impl Walker<'_> {
    pub(super) fn walk_loop(
        &mut self,
        choice: Span,
        until: bool,
        condition: &Script,
        body: &Script,
    ) -> Outcome {
        // The first round sees what was before the loop; whether there is one may be known.
        let outcome = self.walk_script(condition);
        let outcome = if until { outcome.negated() } else { outcome };
        self.forget_assigned(&[condition, body]);
        let outer = std::mem::replace(&mut self.frame.repeated, true);
        match outcome {
            Outcome::Failure => {}
            Outcome::Success => {
                self.walk_script(body);
                self.end_round();
            }
            _ => {
                self.walk_maybe(choice, body.span, |walker| {
                    let outcome = walker.walk_script(body);
                    walker.end_round();
                    outcome
                });
            }
        }
        self.frame.repeated = outer;
        Outcome::Presumed
    }

    /// A loop is over; true where no further round follows.
    pub(super) fn end_round(&mut self) -> bool {
        match self.state.stop {
            Some(Stop::Round) => {
                self.state.stop = None;
                false
            }
            Some(Stop::Loop) => {
                self.state.stop = None;
                true
            }
            Some(_) => true,
            None => false,
        }
    }

    pub(super) fn walk_for(
        &mut self,
        choice: Span,
        variable: &str,
        words: Option<&[Word]>,
        body: &Script,
    ) -> Outcome {
        let outer = self.frame.repeated;
        for value in self.rounds(variable, words) {
            // A pattern or substitution may stand for no word at all.
            let certain = value.known().is_some() || (words.is_none() && !variable.is_empty());
            if !certain {
                self.forget_assigned(&[body]);
            }
            self.frame.repeated = outer || value.known().is_none();
            self.set(variable, value);
            let walk = |walker: &mut Self| {
                walker.walk_script(body);
                walker.end_round()
            };
            let mut is_last = false;
            if certain {
                is_last = walk(self);
            } else {
                self.walk_maybe(choice, body.span, |walker| {
                    walk(walker);
                    Outcome::Presumed
                });
            }
            if is_last || self.is_exhausted() {
                break;
            }
        }
        self.frame.repeated = outer;
        Outcome::Presumed
    }

    /// What the variable of a `for` stands for in turn.
    fn rounds(&mut self, variable: &str, words: Option<&[Word]>) -> Vec<Value> {
        let values: Option<Vec<Value>> = match words {
            _ if variable.is_empty() => None,
            Some(words) => {
                Some(self.expand_all(words).into_iter().map(|word| word.value).collect())
            }
            None => self.state.arguments.as_deref().map(<[Value]>::to_vec),
        };
        let mut values = values.unwrap_or_else(|| vec![Value::unknown()]);
        if values.len() > MOST_ROUNDS {
            values.truncate(MOST_ROUNDS);
            values.push(Value::unknown());
        }
        values
    }

    /// What a loop assigns in one round is not known in the next.
    pub(super) fn forget_assigned(&mut self, scripts: &[&Script]) {
        let mut names = Vec::new();
        for script in scripts {
            state::assigned_names(script, &mut names);
        }
        for name in names {
            self.set(&name, Value::unknown());
        }
    }
}
