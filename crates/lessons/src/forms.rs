//! What a goal can demand, for those who write one: an example of each form and what it says.

/// A form of a goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Form {
    /// A goal of this form, as it is written.
    pub example: &'static str,
    /// When it is met.
    pub says: &'static str,
}

/// Every form that [`crate::Predicate::parse`] reads, what is used most first.
pub const FORMS: &[Form] = &[
    Form { example: "image < 200 MB", says: "The image weighs less; `>` and `=` are there, too." },
    Form { example: "compressed < 80 MB", says: "The same of what a pull transfers." },
    Form { example: "wasted < 1 MB", says: "Later layers hide less than this of earlier ones." },
    Form { example: "sent < 5 MB", says: "Less is sent to the builder." },
    Form { example: "layer \"RUN npm ci\" < 50 MB", says: "The layer of this instruction." },
    Form { example: "layers = 3", says: "So many layers are written on top of the base." },
    Form { example: "stages = 2", says: "So many stages are needed for the image." },
    Form {
        example: "cached \"RUN npm ci\" after a source file",
        says: "The first step with these words comes from the cache after this edit.",
    },
    Form {
        example: "rebuilt \"RUN npm ci\" after modify:package.json",
        says: "The step runs again after this edit.",
    },
    Form { example: "rebuild after a source file < 10 s", says: "A build after it takes less." },
    Form { example: "rebuilt after a source file = 2", says: "So many steps run after it." },
    Form { example: "no finding floating-base", says: "This rule finds nothing." },
    Form { example: "finding no-user", says: "This rule finds something." },
    Form { example: "needs build", says: "The image needs the stage of this name." },
    Form { example: "not needs test", says: "It does not." },
    Form { example: "sends src", says: "This file, or one in this folder, is sent." },
    Form { example: "not sends .git", says: "Nothing of it is sent." },
];

/// All of them in one sentence, for who wrote one that there is not.
pub(crate) fn every_form() -> String {
    let examples: Vec<String> = FORMS.iter().map(|form| format!("`{}`", form.example)).collect();
    match examples.split_last() {
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::measure::Measure;
    use crate::predicate::{Outcome, Predicate};

    /// A name for each form there is: one more does not compile until it has one.
    fn kind(predicate: &Predicate) -> &'static str {
        match predicate {
            Predicate::Number { measure, .. } => match measure {
                Measure::Image => "image",
                Measure::Compressed => "compressed",
                Measure::Wasted => "wasted",
                Measure::Sent => "sent",
                Measure::Layers => "layers",
                Measure::Stages => "stages",
                Measure::Layer(_) => "layer",
                Measure::Rebuild(_) => "rebuild",
                Measure::Rebuilt(_) => "rebuilt",
            },
            Predicate::Step { outcome: Outcome::Cached, .. } => "step cached",
            Predicate::Step { outcome: Outcome::Rebuilt, .. } => "step rebuilt",
            Predicate::Finding { is_wanted: true, .. } => "finding",
            Predicate::Finding { is_wanted: false, .. } => "no finding",
            Predicate::Needs { is_wanted: true, .. } => "needs",
            Predicate::Needs { is_wanted: false, .. } => "not needs",
            Predicate::Sends { is_wanted: true, .. } => "sends",
            Predicate::Sends { is_wanted: false, .. } => "not sends",
        }
    }

    #[test]
    fn every_example_can_be_read_and_every_form_has_one() {
        let kinds: BTreeSet<&str> = FORMS
            .iter()
            .map(|form| match Predicate::parse(form.example) {
                Ok(predicate) => kind(&predicate),
                Err(told) => panic!("{}: {told}", form.example),
            })
            .collect();
        assert_eq!(kinds.len(), 17, "a form of `kind` has no example: {kinds:?}");
        assert_eq!(FORMS.len(), 17, "two examples of one form");
    }
}
