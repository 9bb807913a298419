//! What the builder would refuse of the files that steps name.

use std::rc::Rc;

use super::Change;
use super::prepare::{Prepared, Side};
use crate::cache::Edit;
use crate::context::{BuildContext, KnownContext};
use crate::report::{Input, ReportedError, Subject, context};
use crate::text::LineIndex;

impl Side<'_> {
    /// What the builder would refuse of the sources that steps name with the files of `context`.
    fn refuse(
        &self,
        input: &Input,
        known: Option<&Rc<KnownContext>>,
        context: &BuildContext,
        assumed: bool,
    ) -> Vec<ReportedError> {
        let input = Input {
            dockerignore: Some(self.ignore_text.to_string()),
            ignore_name: input.ignore_name.clone(),
            context: known.cloned(),
            ..Input::default()
        };
        let lines = LineIndex::new(self.text);
        let subject = Subject::new(&input, &self.dockerfile, &self.plan, &lines);
        context::refuse(&subject, context, assumed)
    }
}

impl Prepared<'_> {
    /// What the builder would refuse of the sources that steps name after the change, in the order of
    /// the text. An assumed context lacks what an edit removes, and nothing else.
    pub(super) fn refusals(&self, input: &Input, change: &Change) -> Vec<ReportedError> {
        let known = change.context.as_ref().or(input.context.as_ref());
        let own = self.after.refuse(input, known, &self.after.context, known.is_none());
        let removes = change.edits.iter().any(|edit| matches!(edit, Edit::Remove(_)));
        if known.is_some() || !removes {
            return own;
        }
        let lacked = self.after.refuse(input, known, &self.before.context, false);
        let mut errors = self.after.refuse(input, known, &self.after.context, false);
        errors.retain(|error| own.contains(error) || !lacked.contains(error));
        errors
    }

    /// What the builder would refuse of the sources that steps name before the change.
    pub(super) fn refusals_before(&self, input: &Input) -> Vec<ReportedError> {
        let known = input.context.as_ref();
        self.before.refuse(input, known, &self.before.context, known.is_none())
    }
}
