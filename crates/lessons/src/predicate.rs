//! What must be so for a goal to be met.

use layerwise_analyzer::rules::RULES;

use crate::forms::every_form;
use crate::measure::{EditName, Measure, Measured, unquoted};

/// What must be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Predicate {
    /// A number is on this side of a bound: `image < 200 MB`.
    Number {
        /// What is measured.
        measure: Measure,
        /// On which side.
        bound: Bound,
        /// The bound.
        wanted: Measured,
    },
    /// What becomes of the first step that contains a text: `cached "npm ci" after modify:src/a.js`.
    Step {
        /// What becomes of it.
        outcome: Outcome,
        /// The text.
        instruction: String,
        /// After this edit.
        edit: EditName,
    },
    /// Whether a rule finds something: `no finding unused-stage`.
    Finding {
        /// Its id.
        rule: String,
        /// Whether it must.
        is_wanted: bool,
    },
    /// Whether the target needs a stage of this name: `needs build`, `not needs test`.
    Needs {
        /// The stage's name.
        stage: String,
        /// Whether it must.
        is_wanted: bool,
    },
    /// Whether a file reaches the builder: `sends src/index.js`, `not sends .env`.
    Sends {
        /// Its path in the build context; a folder stands for all in it.
        path: String,
        /// Whether it must.
        is_wanted: bool,
    },
}

/// On which side of a bound a number must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bound {
    /// Below it.
    Below,
    /// Above it.
    Above,
    /// At it.
    At,
}

/// What becomes of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It comes from the cache.
    Cached,
    /// It runs.
    Rebuilt,
}

impl Predicate {
    /// Reads a predicate.
    ///
    /// # Errors
    /// A sentence that says what is expected.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (is_wanted, rest) = match text.split_once(' ') {
            Some(("no" | "not", rest)) => (false, rest.trim()),
            _ => (true, text),
        };
        let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
        let rest = rest.trim();
        match word {
            "finding" => {
                let is_known = RULES.iter().any(|rule| rule.id == rest);
                let finding = Self::Finding { rule: rest.to_owned(), is_wanted };
                return is_known.then_some(finding).ok_or_else(|| {
                    format!("`{rest}` is the id of no rule; docs/rules.md lists them")
                });
            }
            "needs" if !rest.is_empty() => {
                return Ok(Self::Needs { stage: rest.to_owned(), is_wanted });
            }
            "sends" if !rest.is_empty() => {
                return Ok(Self::Sends { path: rest.trim_matches('/').to_owned(), is_wanted });
            }
            "cached" if is_wanted => return step(Outcome::Cached, rest),
            "rebuilt" if is_wanted && rest.starts_with('"') => return step(Outcome::Rebuilt, rest),
            _ => {}
        }
        number(text)
    }
}

/// `"npm ci" after modify:src/a.js`.
fn step(outcome: Outcome, text: &str) -> Result<Predicate, String> {
    let Some((instruction, edit)) = text.rsplit_once(" after ") else {
        return Err(format!(
            "`{text}` should be an instruction and an edit, as in \"npm ci\" after modify:src/a.js"
        ));
    };
    let (instruction, edit) = (unquoted(instruction)?, EditName::parse(edit)?);
    Ok(Predicate::Step { outcome, instruction, edit })
}

/// `image < 200 MB`.
fn number(text: &str) -> Result<Predicate, String> {
    if let Some(sign) = unknown_sign(text) {
        return Err(format!(
            "`{sign}` is not known: write `<` (less than), `>` (more than) or `=` (as much as)"
        ));
    }
    let bounds = [('<', Bound::Below), ('>', Bound::Above), ('=', Bound::At)];
    let found = bounds.iter().find_map(|(sign, bound)| Some((*bound, text.rsplit_once(*sign)?)));
    let Some((bound, (measure, wanted))) = found else {
        return Err(format!("`{text}` is no goal: write one such as {}", every_form()));
    };
    let measure = Measure::parse(measure)?;
    let wanted = measure.parse_bound(wanted)?;
    Ok(Predicate::Number { measure, bound, wanted })
}

/// A sign such as `<=`, which languages for programs have; what is quoted is no sign.
fn unknown_sign(text: &str) -> Option<&'static str> {
    let behind = text.rsplit('"').next().unwrap_or_default();
    ["<=", ">=", "=<", "=>", "==", "!=", "<>", "≤", "≥", "≠"]
        .into_iter()
        .find(|sign| behind.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goals_are_read_or_say_what_is_expected() {
        let read =
            |text: &str| Predicate::parse(text).map_or_else(|told| told, |it| format!("{it:?}"));
        let table: String = [
            "image < 200 MB",
            "wasted < 1.5 MB",
            "stages = 2",
            "rebuild after a source file < 10 s",
            "rebuilt after modify:src/a.js = 1",
            "layer \"npm ci\" > 3 MB",
            "cached \"npm ci\" after modify:src/index.js",
            "rebuilt \"npm run build\" after a source file",
            "no finding unused-stage",
            "finding removed-too-late",
            "no finding trouble",
            "needs build",
            "not needs test",
            "not sends .git/",
            "image < a lot",
            "rebuild after modify:app.py <= 2",
            "layer \"a <= b\" > 3 MB",
            "stages ≥ 2",
            "weight < 2 MB",
            "cached npm ci",
            "be small",
            "",
        ]
        .iter()
        .map(|text| format!("{text}\n    {}\n", read(text)))
        .collect();
        expect_test::expect![[r#"
            image < 200 MB
                Number { measure: Image, bound: Below, wanted: Bytes(200000000) }
            wasted < 1.5 MB
                Number { measure: Wasted, bound: Below, wanted: Bytes(1500000) }
            stages = 2
                Number { measure: Stages, bound: At, wanted: Count(2) }
            rebuild after a source file < 10 s
                Number { measure: Rebuild(EditName("a source file")), bound: Below, wanted: Time(10000) }
            rebuilt after modify:src/a.js = 1
                Number { measure: Rebuilt(EditName("modify:src/a.js")), bound: At, wanted: Count(1) }
            layer "npm ci" > 3 MB
                Number { measure: Layer("npm ci"), bound: Above, wanted: Bytes(3000000) }
            cached "npm ci" after modify:src/index.js
                Step { outcome: Cached, instruction: "npm ci", edit: EditName("modify:src/index.js") }
            rebuilt "npm run build" after a source file
                Step { outcome: Rebuilt, instruction: "npm run build", edit: EditName("a source file") }
            no finding unused-stage
                Finding { rule: "unused-stage", is_wanted: false }
            finding removed-too-late
                Finding { rule: "removed-too-late", is_wanted: true }
            no finding trouble
                `trouble` is the id of no rule; docs/rules.md lists them
            needs build
                Needs { stage: "build", is_wanted: true }
            not needs test
                Needs { stage: "test", is_wanted: false }
            not sends .git/
                Sends { path: ".git", is_wanted: false }
            image < a lot
                `a lot` is no size, such as `200 MB`
            rebuild after modify:app.py <= 2
                `<=` is not known: write `<` (less than), `>` (more than) or `=` (as much as)
            layer "a <= b" > 3 MB
                `"a` should stand between quotation marks, as in "RUN npm ci"
            stages ≥ 2
                `≥` is not known: write `<` (less than), `>` (more than) or `=` (as much as)
            weight < 2 MB
                `weight` is nothing that can be measured: write a goal such as `image < 200 MB`, `compressed < 80 MB`, `wasted < 1 MB`, `sent < 5 MB`, `layer "RUN npm ci" < 50 MB`, `layers = 3`, `stages = 2`, `cached "RUN npm ci" after a source file`, `rebuilt "RUN npm ci" after modify:package.json`, `rebuild after a source file < 10 s`, `rebuilt after a source file = 2`, `no finding floating-base`, `finding no-user`, `needs build`, `not needs test`, `sends src` or `not sends .git`
            cached npm ci
                `npm ci` should be an instruction and an edit, as in "npm ci" after modify:src/a.js
            be small
                `be small` is no goal: write one such as `image < 200 MB`, `compressed < 80 MB`, `wasted < 1 MB`, `sent < 5 MB`, `layer "RUN npm ci" < 50 MB`, `layers = 3`, `stages = 2`, `cached "RUN npm ci" after a source file`, `rebuilt "RUN npm ci" after modify:package.json`, `rebuild after a source file < 10 s`, `rebuilt after a source file = 2`, `no finding floating-base`, `finding no-user`, `needs build`, `not needs test`, `sends src` or `not sends .git`

                `` is no goal: write one such as `image < 200 MB`, `compressed < 80 MB`, `wasted < 1 MB`, `sent < 5 MB`, `layer "RUN npm ci" < 50 MB`, `layers = 3`, `stages = 2`, `cached "RUN npm ci" after a source file`, `rebuilt "RUN npm ci" after modify:package.json`, `rebuild after a source file < 10 s`, `rebuilt after a source file = 2`, `no finding floating-base`, `finding no-user`, `needs build`, `not needs test`, `sends src` or `not sends .git`
        "#]].assert_eq(&table);
    }
}
