//! What to change, and what each change saves.
//!
//! Nothing here is guessed from a rule: a fix is applied, the fixed text analysed like any other, and
//! the difference is what it saves, in bytes of the image and in time of the usual edits.

mod fix;
mod ignore;
#[cfg(test)]
mod tests;
mod text;
mod weigh;

pub use fix::{AppliedFix, Fixed, Which, fix, fix_steps};
pub use ignore::ignore_comments;
pub use text::{describe_saving, write_advice, write_advice_markdown, write_fixes};

use crate::cache::TimeEstimate;
use crate::dockerfile;
use crate::order;
use crate::plan;
use crate::report::{self, Input, Report};
use crate::rules::{self, Concern, Confidence, File, Finding, Fix, Rule, Severity, Subject};
use crate::size::SizeEstimate;
use crate::text::{LineIndex, Span};

/// What to change in an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Advice {
    /// Findings, those that save the most first, then the gravest.
    pub findings: Vec<ReportedFinding>,
    /// How many fixes were not weighed, since the text is too long to analyse it once for each.
    pub unweighed: u64,
    /// What all safe fixes make of it; `None` where there is none.
    pub all_safe: Option<Fixed>,
    /// What all fixes make of it; `None` where there is none, or all are safe.
    pub all: Option<Fixed>,
}

/// A finding with its rule, its place and what its fix saves.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct ReportedFinding {
    /// Id of its rule.
    pub rule: String,
    /// What the rule asks for.
    pub title: String,
    /// By what names others know it.
    pub aliases: Vec<String>,
    /// Why it matters.
    pub why: String,
    /// Where that is from.
    pub source: String,
    /// How much it matters.
    pub severity: Severity,
    /// What it is about.
    pub concern: Concern,
    /// How sure it is.
    pub confidence: Confidence,
    /// The text it stands in.
    pub file: File,
    /// Whether there is no such file yet: the fix writes it.
    pub is_new_file: bool,
    /// Its place there.
    pub span: Span,
    /// First line of it, from 1.
    pub line: u32,
    /// Last line of it, from 1.
    pub end_line: u32,
    /// What is so, and what to write instead.
    pub message: String,
    /// How to mend it.
    pub fix: Option<Fix>,
    /// What the fix takes off the image; `None` where it takes nothing off, where that is not
    /// known, and without a fix.
    pub saving: Option<SizeEstimate>,
    /// What the fix takes off the build context that is sent.
    pub context_saving: Option<SizeEstimate>,
    /// What the fix takes off a rebuild.
    pub rebuild_saving: Option<RebuildSaving>,
}

/// Time that a rebuild takes less.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RebuildSaving {
    /// The usual edit that profits most, such as `a source file`.
    pub edit: String,
    /// The same as a clause: `after an edit of a source file`, `once node:22 moves`.
    pub when: String,
    /// How much less.
    pub time: TimeEstimate,
}

/// As many bytes of text as are analysed again to weigh fixes.
const MOST_TEXT: usize = 1_500_000;
/// The same for a preview, which nobody waits for but which a keystroke may follow.
const MOST_PREVIEWED: usize = 150_000;
/// The longest Dockerfile, in bytes, whose fixes are tried unasked.
const LONGEST_PREVIEWED: usize = 30_000;

/// Checks every rule and weighs every fix.
#[must_use]
pub fn advise(input: &Input) -> Advice {
    let report = report::analyze(input);
    let found = find(input, &report);
    let (findings, unweighed) = weigh_each(input, &report, found, MOST_TEXT);
    let mut advice = Advice { findings, unweighed, all_safe: None, all: None };
    let has = |is_safe: bool| {
        let mut fixes = advice.findings.iter().filter_map(|it| it.fix.as_ref());
        fixes.any(|fix| Which::Safe.takes(fix) == is_safe)
    };
    let (has_safe, has_unsafe) = (has(true), has(false));
    let apply =
        |which| Some(fix::fix_from(input, &report, which)).filter(|it| !it.steps.is_empty());
    advice.all_safe = has_safe.then(|| apply(Which::Safe)).flatten();
    advice.all = has_unsafe.then(|| apply(Which::All)).flatten();
    advice
}

/// Leaves out that the image is done where a fix takes a tenth of it or more.
fn leave_out_praise(findings: &mut Vec<ReportedFinding>, report: &Report) {
    let whole = report.image_bytes.best_known().0;
    let is_good = |size: &SizeEstimate| size.likely().is_some_and(|bytes| bytes.0 > whole / 10);
    if findings.iter().any(|finding| finding.saving.as_ref().is_some_and(is_good)) {
        findings.retain(|finding| finding.rule != rules::IS_DONE.id);
    }
}

/// What is said of an input before anybody asks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Preview {
    /// The findings of [`Advice`], of which fewer are weighed.
    pub findings: Vec<ReportedFinding>,
    /// What all fixes together make of it; `None` where there is none, and for a text or context
    /// that is so long that trying them would keep the person waiting.
    pub all: Option<Fixed>,
}

/// What is said of an input before anybody asks; quicker than [`advise`].
#[must_use]
pub fn preview(input: &Input) -> Preview {
    let report = report::analyze(input);
    let found = find(input, &report);
    let is_short =
        input.dockerfile.len() <= LONGEST_PREVIEWED && weigh::cost(input) <= MOST_PREVIEWED;
    let budget = if is_short { MOST_PREVIEWED } else { 0 };
    let (findings, _) = weigh_each(input, &report, found, budget);
    let all = is_short.then(|| fix::fix_from(input, &report, Which::All));
    Preview { findings, all: all.filter(|all| !all.steps.is_empty()) }
}

/// What is found, what saves the most first, each fix weighed as long as the bytes of text that may
/// be analysed last; and how many were not.
fn weigh_each(
    input: &Input,
    report: &Report,
    found: Vec<(&'static Rule, Finding)>,
    mut budget: usize,
) -> (Vec<ReportedFinding>, u64) {
    let weigher = weigh::Weigher::new(input, report);
    let cost = weigh::cost(input);
    let (mut findings, mut unweighed) = (Vec::new(), 0);
    let lines = Lines::new(input);
    for (rule, finding) in found {
        let mut reported = describe(&lines, rule, finding);
        if let Some(fix) = &reported.fix {
            if cost <= budget {
                budget -= cost;
                let weighed = weigher.weigh(fix, rule.concern);
                reported.saving = weighed.image;
                reported.context_saving = weighed.context;
                reported.rebuild_saving = weighed.rebuild;
                if weighed.breaks {
                    reported.fix = None;
                }
            } else {
                unweighed += 1;
            }
        }
        findings.push(reported);
    }
    leave_out_praise(&mut findings, report);
    order::sort_by_key(&mut findings, |finding| std::cmp::Reverse(worth(finding)));
    (findings, unweighed)
}

/// What rules find in an input on which there is a report.
fn find(input: &Input, report: &Report) -> Vec<(&'static Rule, Finding)> {
    let (dockerfile, _) = dockerfile::parse(&input.dockerfile);
    let (plan, _) = plan::plan(&dockerfile, &input.options);
    rules::check(&Subject::new(input, &dockerfile, &plan, report))
}

/// Lines of both texts, found once.
struct Lines<'input> {
    dockerfile: LineIndex<'input>,
    dockerignore: LineIndex<'input>,
    /// Whether there is an ignore file.
    is_ignoring: bool,
}

impl<'input> Lines<'input> {
    fn new(input: &'input Input) -> Self {
        let ignore = input.dockerignore.as_deref().unwrap_or_default();
        Self {
            dockerfile: LineIndex::new(&input.dockerfile),
            dockerignore: LineIndex::new(ignore),
            is_ignoring: input.dockerignore.is_some(),
        }
    }
}

fn describe(lines: &Lines<'_>, rule: &Rule, finding: Finding) -> ReportedFinding {
    let (lines, is_new_file) = match finding.file {
        File::Dockerfile => (&lines.dockerfile, false),
        File::Dockerignore => (&lines.dockerignore, !lines.is_ignoring),
    };
    let aliases = rule.aliases_of(&finding);
    ReportedFinding {
        rule: rule.id.to_owned(),
        title: rule.title.to_owned(),
        aliases: aliases.iter().map(|alias| (*alias).to_owned()).collect(),
        why: rule.why.to_owned(),
        source: rule.source.to_owned(),
        severity: rule.severity,
        concern: rule.concern,
        confidence: finding.confidence,
        file: finding.file,
        is_new_file,
        line: lines.line(finding.span.start),
        end_line: lines.last_line(finding.span),
        span: finding.span,
        message: finding.message,
        fix: finding.fix,
        saving: None,
        context_saving: None,
        rebuild_saving: None,
    }
}

/// What a finding is sorted by, the largest first: errors, likely bytes, likely time, gravity.
fn worth(finding: &ReportedFinding) -> (bool, u64, u64, u64, std::cmp::Reverse<Severity>) {
    let bytes = |size: &Option<SizeEstimate>| size.as_ref().map_or(0, |size| size.best_known().0);
    let time = finding.rebuild_saving.as_ref().map_or(0, |saving| saving.time.likely);
    (
        finding.severity == Severity::Error,
        bytes(&finding.saving),
        time,
        bytes(&finding.context_saving),
        std::cmp::Reverse(finding.severity),
    )
}
