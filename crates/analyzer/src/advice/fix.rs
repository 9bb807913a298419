//! All fixes at once, rule by rule, with what each takes off.

use std::collections::{BTreeMap, BTreeSet};

use super::{find, weigh};
use crate::report::{self, Input, Report};
use crate::rules::{self, File, Finding, Fix, RULES, Rule, Safety};
use crate::size::SizeEstimate;
use crate::text::Span;

/// How often the fixes of one rule are applied: a fix may make room for another of its rule.
const MOST_ROUNDS: u32 = 4;

/// Which fixes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Which {
    /// Those that can be applied unseen.
    Safe,
    /// All.
    All,
}

impl Which {
    /// Whether a fix is among them.
    #[must_use]
    pub fn takes(self, fix: &Fix) -> bool {
        self == Self::All || fix.safety == Safety::Safe
    }
}

/// What fixes make of an input.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Fixed {
    /// The Dockerfile after them.
    pub dockerfile: String,
    /// The ignore file after them.
    pub dockerignore: Option<String>,
    /// What was done, in order.
    pub steps: Vec<AppliedFix>,
    /// The image before.
    pub before: SizeEstimate,
    /// The image after.
    pub after: SizeEstimate,
    /// The same as a pull transfers it.
    pub after_compressed: SizeEstimate,
}

/// The fixes of one rule, applied.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct AppliedFix {
    /// Id of the rule.
    pub rule: String,
    /// What was done.
    pub title: String,
    /// At how many places.
    pub places: u64,
    /// What may break, each a sentence once.
    pub risks: Vec<String>,
    /// The image after it.
    pub image: SizeEstimate,
    /// What it took off; `None` where that is nothing.
    pub saving: Option<SizeEstimate>,
}

/// Applies fixes until none is left. What would no longer be a Dockerfile that BuildKit takes is left
/// out, and so are the rules that grew the image where all of it ended larger than it began, but for
/// the one that takes a base which still gets repairs.
#[must_use]
pub fn fix(input: &Input, which: Which) -> Fixed {
    fix_from(input, &report::analyze(input), which)
}

/// The same one after the other: what was done, each with the input after it.
#[must_use]
pub fn fix_steps(input: &Input, which: Which) -> Vec<(AppliedFix, Input)> {
    let worker = apply_well(input, &report::analyze(input), which);
    worker.steps.into_iter().zip(worker.inputs).collect()
}

/// The same for an input on which there is a report.
pub(super) fn fix_from(input: &Input, report: &Report, which: Which) -> Fixed {
    let worker = apply_well(input, report, which);
    Fixed {
        dockerfile: worker.input.dockerfile,
        dockerignore: worker.input.dockerignore,
        steps: worker.steps,
        before: report.image_bytes.clone(),
        after: worker.report.image_bytes,
        after_compressed: worker.report.image_compressed,
    }
}

/// Applies fixes until none is left but those that are better left out.
fn apply_well(input: &Input, report: &Report, which: Which) -> Worker {
    let mut left_out: BTreeMap<&'static str, u32> = BTreeMap::new();
    loop {
        let worker = apply_all(input, report, which, left_out.clone());
        let is_larger = weigh::less_image(&worker.report, report).is_some();
        let worst = worker.worst().filter(|rule| is_larger && !left_out.contains_key(rule));
        let Some(worst) = worst else { return worker };
        left_out.insert(worst, MOST_ROUNDS);
    }
}

fn apply_all(
    input: &Input,
    report: &Report,
    which: Which,
    mut rounds: BTreeMap<&'static str, u32>,
) -> Worker {
    let mut worker = Worker {
        input: input.clone(),
        report: report.clone(),
        steps: Vec::new(),
        inputs: Vec::new(),
        growth: Vec::new(),
    };
    while let Some((rule, fix, places)) = worker.next(which, &rounds) {
        let rounds = rounds.entry(rule.id).or_default();
        *rounds += 1;
        if !worker.apply(rule, &fix, places) {
            *rounds = MOST_ROUNDS;
        }
    }
    worker
}

struct Worker {
    input: Input,
    report: Report,
    steps: Vec<AppliedFix>,
    /// What each of them left.
    inputs: Vec<Input>,
    /// Rules whose fixes made the image larger, each with the bytes.
    growth: Vec<(&'static str, u64)>,
}

impl Worker {
    /// The rule that made the image the most larger.
    fn worst(&self) -> Option<&'static str> {
        let worst = self.growth.iter().max_by_key(|(_, bytes)| *bytes);
        worst.map(|(rule, _)| *rule)
    }

    /// The fixes of the first rule that has any left, together, and how many they are.
    fn next(
        &self,
        which: Which,
        rounds: &BTreeMap<&str, u32>,
    ) -> Option<(&'static Rule, Fix, u64)> {
        let found = find(&self.input, &self.report);
        let may_run = |rule: &Rule| rounds.get(rule.id).is_none_or(|done| *done < MOST_ROUNDS);
        RULES.iter().filter(|rule| may_run(rule)).find_map(|rule| {
            let own = found.iter().filter(|(other, _)| other == rule);
            let fixes = own.filter_map(|(_, Finding { fix, .. })| fix.as_ref());
            let (fix, places) = merge(fixes.filter(|fix| which.takes(fix)))?;
            Some((*rule, fix, places))
        })
    }

    /// Applies fixes; whether they were taken.
    fn apply(&mut self, rule: &'static Rule, fix: &Fix, places: u64) -> bool {
        let Ok(fixed) = weigh::apply(&self.input, fix) else { return false };
        let is_same = fixed.dockerfile == self.input.dockerfile
            && fixed.dockerignore == self.input.dockerignore;
        let report = report::analyze(&fixed);
        let growth = weigh::less_image(&report, &self.report);
        let is_worse = report.errors.len() > self.report.errors.len()
            || growth.is_some() && fix.safety == Safety::Safe;
        if is_same || is_worse {
            return false;
        }
        // A base that gets repairs is worth what it weighs.
        let growth = growth.filter(|_| rule.id != rules::ENDED_BASE.id);
        let growth = growth.and_then(|growth| growth.likely());
        self.growth.extend(growth.map(|bytes| (rule.id, bytes.0)));
        self.steps.push(AppliedFix {
            rule: rule.id.to_owned(),
            title: fix.title.clone(),
            places,
            risks: fix.risks.clone(),
            image: report.image_bytes.clone(),
            saving: weigh::less_image(&self.report, &report),
        });
        self.inputs.push(fixed.clone());
        (self.input, self.report) = (fixed, report);
        true
    }
}

/// Fixes as one, those left out that touch what an earlier one touches.
fn merge<'fix>(fixes: impl Iterator<Item = &'fix Fix>) -> Option<(Fix, u64)> {
    let mut merged: Option<(Fix, u64)> = None;
    // No two of them meet, so the last that begins no later than a span ends is all that may meet it.
    let mut taken: BTreeSet<(File, Span)> = BTreeSet::new();
    for fix in fixes {
        let touched = touched(fix);
        let touches = |(file, span): &(File, Span)| {
            let last = (*file, Span { start: span.end, end: usize::MAX });
            let nearest = taken.range(..=last).next_back();
            nearest.is_some_and(|(other, own)| other == file && span.start <= own.end)
        };
        if touched.iter().any(touches) {
            continue;
        }
        taken.extend(touched);
        match &mut merged {
            None => merged = Some((fix.clone(), 1)),
            Some((all, places)) => {
                *places += 1;
                all.edits.extend(fix.edits.iter().cloned());
                all.ignore_edits.extend(fix.ignore_edits.iter().cloned());
                let new = fix.risks.iter().filter(|risk| !all.risks.contains(risk));
                let new: Vec<String> = new.cloned().collect();
                all.risks.extend(new);
                all.safety = all.safety.max(fix.safety);
            }
        }
    }
    merged
}

fn touched(fix: &Fix) -> Vec<(File, Span)> {
    let in_dockerfile = fix.edits.iter().map(|edit| (File::Dockerfile, edit.span));
    let in_ignore = fix.ignore_edits.iter().map(|edit| (File::Dockerignore, edit.span));
    in_dockerfile.chain(in_ignore).collect()
}
