//! Whether goals are met by a Dockerfile, with the figure that it has now.

use std::cell::OnceCell;

use layerwise_analyzer::cache::{CacheOutcome, Edit};
use layerwise_analyzer::report::cache::{
    CacheReport, Change, Timing, UsualEdit, replay, usual_edits,
};
use layerwise_analyzer::report::{Input, Report, analyze};
use layerwise_analyzer::rules::{self, Subject};
use layerwise_analyzer::size::SizeEstimate;
use layerwise_analyzer::{dockerfile, plan};

use crate::measure::{EditName, Measure, Measured};
use crate::predicate::{Bound, Outcome, Predicate};

/// A goal beside a Dockerfile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Whether it is met.
    pub is_met: bool,
    /// What is so now, in a few words.
    pub now: String,
    /// What is wanted, in a few words.
    pub wanted: String,
}

/// A Dockerfile with what was computed of it.
#[derive(Debug)]
pub struct Checker<'input> {
    input: &'input Input,
    report: Report,
    usual: OnceCell<Vec<UsualEdit>>,
    found: OnceCell<Vec<&'static str>>,
}

impl<'input> Checker<'input> {
    /// Analyses an input.
    #[must_use]
    pub fn new(input: &'input Input) -> Self {
        let report = analyze(input);
        Self { input, report, usual: OnceCell::new(), found: OnceCell::new() }
    }

    /// Why the builder refuses it: the line and a sentence each.
    pub fn refusals(&self) -> impl Iterator<Item = (u32, &str)> {
        self.report.errors.iter().map(|error| (error.position.line, error.message.as_str()))
    }

    /// Holds a goal against it. What is not known is not met.
    #[must_use]
    pub fn check(&self, predicate: &Predicate) -> Checked {
        match predicate {
            Predicate::Number { measure, bound, wanted } => self.number(measure, *bound, *wanted),
            Predicate::Step { outcome, instruction, edit } => {
                self.step(*outcome, instruction, edit)
            }
            Predicate::Finding { rule, is_wanted } => {
                let found = self.found().iter().filter(|id| *id == rule).count();
                let now = match found {
                    0 => "not found".to_owned(),
                    1 => "found once".to_owned(),
                    _ => format!("found {found} times"),
                };
                yes_or_no(found > 0, *is_wanted, now, ["found", "not found"])
            }
            Predicate::Needs { stage, is_wanted } => {
                let mut stages = self.report.stages.iter();
                let is_it = |name: &Option<String>| {
                    name.as_ref().is_some_and(|name| name.eq_ignore_ascii_case(stage))
                };
                let needed = stages.find(|own| is_it(&own.name)).map(|own| own.needed);
                let now = match needed {
                    Some(true) => "needed",
                    Some(false) => "not needed",
                    None => "there is no such stage",
                };
                yes_or_no(needed == Some(true), *is_wanted, now.into(), ["needed", "not needed"])
            }
            Predicate::Sends { path, is_wanted } => {
                let is_sent = self.is_sent(path);
                let now = if is_sent { "sent" } else { "not sent" };
                yes_or_no(is_sent, *is_wanted, now.into(), ["sent", "not sent"])
            }
        }
    }

    /// A number of it; `None` where it is not known.
    #[must_use]
    pub fn measure(&self, measure: &Measure) -> Option<Measured> {
        let report = &self.report;
        let count = |number: usize| u64::try_from(number).ok().map(Measured::Count);
        let has_image = report.errors.is_empty() && report.target.is_some();
        match measure {
            Measure::Image => bytes(&report.image_bytes).filter(|_| has_image),
            Measure::Compressed => bytes(&report.image_compressed).filter(|_| has_image),
            Measure::Wasted => report.wasted.as_ref().and_then(bytes).filter(|_| has_image),
            Measure::Sent => bytes(&report.context.sent_bytes),
            Measure::Layers => {
                let base =
                    report.layers.iter().filter(|layer| layer.instruction.starts_with("FROM"));
                count(report.layers.len().saturating_sub(base.count()))
            }
            Measure::Stages => count(report.stages.iter().filter(|stage| stage.needed).count()),
            Measure::Layer(of) => {
                let layer = report.layers.iter().find(|layer| layer.instruction.contains(of));
                layer.and_then(|layer| bytes(&layer.bytes))
            }
            Measure::Rebuild(edit) => {
                let replayed = self.replay(edit).ok()?;
                replayed.errors.is_empty().then_some(Measured::Time(replayed.rebuild.likely))
            }
            Measure::Rebuilt(edit) => {
                let replayed = self.replay(edit).ok().filter(|it| it.errors.is_empty())?;
                let runs =
                    |outcome| !matches!(outcome, CacheOutcome::Cached | CacheOutcome::NotNeeded);
                count(replayed.steps.iter().filter(|step| runs(step.outcome)).count())
            }
        }
    }

    fn number(&self, measure: &Measure, bound: Bound, wanted: Measured) -> Checked {
        let now = self.measure(measure);
        let is_met = now.is_some_and(|now| match bound {
            Bound::Below => now.number() < wanted.number(),
            Bound::Above => now.number() > wanted.number(),
            Bound::At => now.number() == wanted.number(),
        });
        let side = match bound {
            Bound::Below => "less than ",
            Bound::Above => "more than ",
            Bound::At => "",
        };
        let now = now.map_or_else(|| "not known".to_owned(), |now| now.to_string());
        Checked { is_met, now, wanted: format!("{side}{wanted}") }
    }

    fn step(&self, outcome: Outcome, instruction: &str, edit: &EditName) -> Checked {
        let wanted = match outcome {
            Outcome::Cached => "cached",
            Outcome::Rebuilt => "rebuilt",
        };
        let now = match self.replay(edit) {
            Err(told) => Err(told),
            Ok(replayed) if !replayed.errors.is_empty() => Err("the build fails".to_owned()),
            Ok(replayed) => {
                let mut steps = replayed.steps.iter();
                let step = steps.find(|step| step.instruction.contains(instruction));
                step.map(|step| step.outcome).ok_or_else(|| "there is no such step".to_owned())
            }
        };
        let is_met = matches!(
            (&now, outcome),
            (Ok(CacheOutcome::Cached), Outcome::Cached)
                | (Ok(CacheOutcome::Rebuilt), Outcome::Rebuilt)
        );
        let now = now.map_or_else(|told| told, |outcome| outcome.name().to_owned());
        Checked { is_met, now, wanted: wanted.to_owned() }
    }

    fn replay(&self, edit: &EditName) -> Result<CacheReport, String> {
        let edits = self.edits(&edit.0)?;
        replay(self.input, &Change { edits, ..Change::default() }, &Timing::default())
    }

    fn edits(&self, name: &str) -> Result<Vec<Edit>, String> {
        if name.contains(':') {
            return Edit::parse(name).map(|edit| vec![edit]);
        }
        let usual = self.usual.get_or_init(|| usual_edits(self.input));
        let found = usual.iter().find(|usual| usual.title == name);
        let found = found.ok_or_else(|| format!("there is no {name}"))?;
        Ok(found.edit.clone().into_iter().collect())
    }

    /// Ids of the rules that find something.
    fn found(&self) -> &[&'static str] {
        self.found.get_or_init(|| {
            let (dockerfile, _) = dockerfile::parse(&self.input.dockerfile);
            let (plan, _) = plan::plan(&dockerfile, &self.input.options);
            let subject = Subject::new(self.input, &dockerfile, &plan, &self.report);
            rules::check(&subject).iter().map(|(rule, _)| rule.id).collect()
        })
    }

    /// Whether the builder gets a file, or any below a folder.
    fn is_sent(&self, path: &str) -> bool {
        let context = match (&self.input.context, &self.report.context.assumed) {
            (Some(known), _) => &known.context,
            (None, Some(assumed)) => &assumed.context,
            (None, None) => return false,
        };
        let is_in = |own: &str| {
            own.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let files = context.files.keys().zip(&self.report.context.verdicts);
        files.into_iter().any(|(own, verdict)| is_in(own) && verdict.sent)
    }
}

fn bytes(size: &SizeEstimate) -> Option<Measured> {
    size.likely().map(|bytes| Measured::Bytes(bytes.0))
}

fn yes_or_no(is_so: bool, is_wanted: bool, now: String, words: [&str; 2]) -> Checked {
    let [yes, no] = words;
    let wanted = if is_wanted { yes } else { no };
    Checked { is_met: is_so == is_wanted, now, wanted: wanted.to_owned() }
}
