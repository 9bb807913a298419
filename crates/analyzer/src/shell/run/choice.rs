//! Branches: what may run or not, and which branch of an `if` or `case` is decided.

use super::Certainty;
use super::condition::Outcome;
use super::pattern::Pattern;
use super::state::Stop;
use super::value::Value;
use super::walk::Walker;
use crate::shell::syntax::{Arm, Script, Word};
use crate::text::Span;

/// One branch of a choice: where it stands and what it runs.
type Branch<'script> = (Span, &'script Script);

impl Walker<'_> {
    /// Walks something that may not run; what it changes may have changed then.
    pub(super) fn walk_maybe(
        &mut self,
        choice: Span,
        branch: Span,
        walk: impl FnOnce(&mut Self) -> Outcome,
    ) -> (Outcome, Option<Stop>) {
        let before = self.state.clone();
        self.state.certainty = Certainty::Maybe { choice, branch };
        let outcome = walk(self);
        let stop = self.state.stop.take();
        let after = std::mem::replace(&mut self.state, before);
        match stop {
            None => self.state.join(&after),
            // A build that ends there with a failure has no image.
            Some(Stop::Build) => {}
            Some(_) => self.state.certainty = Certainty::Maybe { choice, branch: choice },
        }
        (outcome, stop)
    }

    /// Walks branches of which at most one runs, or exactly one where they are `exhaustive`.
    pub(super) fn walk_branches(
        &mut self,
        choice: Span,
        branches: &[Branch<'_>],
        exhaustive: bool,
    ) -> Outcome {
        let before = self.state.clone();
        let mut joined = if exhaustive { None } else { Some(before.clone()) };
        let mut doubt = false;
        for (branch, script) in branches {
            self.state = before.clone();
            self.state.certainty = Certainty::Maybe { choice, branch: *branch };
            self.walk_script(script);
            match self.state.stop.take() {
                None => match &mut joined {
                    Some(joined) => joined.join(&self.state),
                    None => joined = Some(self.state.clone()),
                },
                Some(stop) => doubt |= stop != Stop::Build,
            }
        }
        self.state = joined.unwrap_or_else(|| before.clone());
        self.state.certainty =
            if doubt { Certainty::Maybe { choice, branch: choice } } else { before.certainty };
        Outcome::Presumed
    }

    pub(super) fn walk_if(
        &mut self,
        choice: Span,
        branches: &[(Script, Script)],
        otherwise: Option<&Script>,
    ) -> Outcome {
        let mut open: Vec<Branch<'_>> = Vec::new();
        let mut decided = None;
        for (condition, body) in branches {
            let outcome = if open.is_empty() {
                self.walk_script(condition)
            } else {
                let walk = |walker: &mut Self| walker.walk_script(condition);
                self.walk_maybe(choice, condition.span, walk).0
            };
            match outcome {
                Outcome::Failure => {}
                Outcome::Success => {
                    decided = Some(body);
                    break;
                }
                Outcome::Presumed | Outcome::Unknown => open.push((body.span, body)),
            }
        }
        self.walk_choice(choice, open, decided.or(otherwise))
    }

    /// Walks `open` branches, of which one or the `last` runs.
    pub(super) fn walk_choice<'script>(
        &mut self,
        choice: Span,
        mut open: Vec<Branch<'script>>,
        last: Option<&'script Script>,
    ) -> Outcome {
        match last {
            Some(last) if open.is_empty() => self.walk_script(last),
            None if open.is_empty() => Outcome::Success,
            Some(last) => {
                open.push((last.span, last));
                self.walk_branches(choice, &open, true)
            }
            None => self.walk_branches(choice, &open, false),
        }
    }

    pub(super) fn walk_case(&mut self, choice: Span, subject: &Word, arms: &[Arm]) -> Outcome {
        let subject = self.expand_one(subject);
        let mut open: Vec<Branch<'_>> = Vec::new();
        let mut decided = None;
        for arm in arms {
            let mut outcome = Some(false);
            for pattern in &arm.patterns {
                let pattern = self.expand_one(pattern);
                outcome = match (outcome, matches(&pattern, &subject)) {
                    (_, Some(true)) => Some(true),
                    (Some(false), Some(false)) => Some(false),
                    _ => None,
                };
                if outcome == Some(true) {
                    break;
                }
            }
            match outcome {
                Some(false) => {}
                Some(true) => {
                    decided = Some(&arm.body);
                    break;
                }
                None => open.push((arm.span, &arm.body)),
            }
        }
        self.walk_choice(choice, open, decided)
    }
}

/// Whether a pattern matches; `None` where that depends on what is not known.
fn matches(pattern: &Value, subject: &Value) -> Option<bool> {
    if pattern.pattern() == "*" && pattern.is_glob() {
        return Some(true);
    }
    Pattern::of(pattern)?.matches(subject.known()?)
}
