//! The report beside what was measured.

use super::align::{align, normalize};
use super::steps::times_of;
use super::{EvidenceKind, Measured, MeasuredLayer, PrintedBytes};
use crate::cache::TimeEstimate;
use crate::report::cache::Timing;
use crate::report::{self, Input, Report, ReportedAssumption, ReportedLayer, describe_size};
use crate::size::{Bytes, SizeEstimate};

/// How an estimate stands to the truth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Verdict {
    /// The truth lies between its bounds.
    Within,
    /// The truth is less than its lower bound.
    Less,
    /// The truth is more than its upper bound.
    More,
    /// Nothing was estimated that could be right or wrong.
    NotEstimated,
    /// Nothing was measured.
    NotMeasured,
}

/// A line, or the whole image, estimated and measured.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CheckedLine {
    /// The line; `None` for the whole image.
    pub line: Option<u32>,
    /// The instruction.
    pub instruction: String,
    /// What was estimated; `None` for a step that writes no layer.
    pub estimate: Option<SizeEstimate>,
    /// What was measured.
    pub measured: Option<PrintedBytes>,
    /// How one stands to the other.
    pub verdict: Verdict,
    /// How long it should have taken; of a log alone.
    pub time: Option<TimeEstimate>,
    /// How long the step took.
    pub milliseconds: Option<u64>,
    /// Whether it came from the cache.
    pub cached: bool,
}

/// What to type so that the estimate follows the truth.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TakenOver {
    /// For [`Input::image_sizes`].
    pub image_sizes: Vec<(String, u64)>,
    /// For [`Input::assumed_sizes`].
    pub assumed_sizes: Vec<(String, u64)>,
    /// Milliseconds of steps, by line.
    pub times: Vec<(u32, u64)>,
}

/// An input held against what was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct RealityCheck {
    /// What was pasted.
    pub kind: EvidenceKind,
    /// The whole image.
    pub image: CheckedLine,
    /// What was sent of the build context, where a log says it.
    pub sent: Option<CheckedLine>,
    /// The base first, then line by line.
    pub lines: Vec<CheckedLine>,
    /// Which assumptions were off and by how much, each a sentence, the worst first.
    pub off: Vec<String>,
    /// Why it seems to be of another image, a sentence: so little of it fits that nothing is taken
    /// over.
    pub doubt: Option<String>,
    /// What could not be matched, each a sentence.
    pub remarks: Vec<String>,
    /// What to type so that the estimate follows the truth.
    pub taken: TakenOver,
}

/// Holds an input against what was measured. `timing` has what a person says of times already.
#[must_use]
pub fn check(input: &Input, measured: &Measured, timing: &Timing) -> RealityCheck {
    let report = report::analyze(input);
    let mut checker = Checker {
        report: &report,
        off: Vec::new(),
        remarks: Vec::new(),
        doubt: None,
        taken: TakenOver::default(),
    };
    let mut lines = match measured.kind {
        EvidenceKind::Inspect => Vec::new(),
        EvidenceKind::Log => checker.steps(measured, &times_of(input, timing)),
        EvidenceKind::History | EvidenceKind::Dive => checker.layers(measured),
    };
    let title = "the image".to_owned();
    let mut image = checked(None, title, Some(&report.image_bytes), measured.image);
    let mut sent = measured.sent.map(|bytes| checker.sent(bytes));
    let Checker { mut off, mut remarks, doubt, mut taken, .. } = checker;
    if doubt.is_some() {
        (off, remarks, taken) = (Vec::new(), Vec::new(), TakenOver::default());
        image.verdict = Verdict::NotMeasured;
        sent = None;
        // What lies below the first line that fits is the base of another image.
        let base = report.layers.iter().find(|layer| layer.base).map(|layer| layer.line);
        for line in lines.iter_mut().filter(|it| it.line == base && it.measured.is_some()) {
            (line.measured, line.verdict) = (None, Verdict::NotMeasured);
        }
    }
    crate::order::sort_by_key(&mut off, |(bytes, _)| std::cmp::Reverse(*bytes));
    let off = off.into_iter().map(|(_, sentence)| sentence).collect();
    RealityCheck { kind: measured.kind, image, sent, lines, off, doubt, remarks, taken }
}

pub(super) struct Checker<'report> {
    pub(super) report: &'report Report,
    /// By how many bytes each is off.
    pub(super) off: Vec<(u64, String)>,
    pub(super) remarks: Vec<String>,
    pub(super) doubt: Option<String>,
    pub(super) taken: TakenOver,
}

impl<'report> Checker<'report> {
    /// Layers of a real image beside those of the report.
    fn layers(&mut self, measured: &Measured) -> Vec<CheckedLine> {
        let report = self.report;
        let steps = steps_of_image(report);
        let normal: Vec<String> = steps.iter().map(|(_, printed)| normalize(printed)).collect();
        let pairs = align(&measured.layers, &normal);
        let first = pairs.iter().position(Option::is_some).unwrap_or(measured.layers.len());
        let sum = |layers: &mut dyn Iterator<Item = PrintedBytes>| {
            layers.fold(PrintedBytes::default(), PrintedBytes::plus)
        };
        let mut lines = Vec::new();
        let base_bytes = sum(&mut measured.layers.iter().take(first).map(|layer| layer.size));
        for layer in &report.layers {
            let own = steps.iter().position(|(line, printed)| {
                *line == layer.line && *printed == layer.instruction.as_str()
            });
            let found = measured.layers.iter().zip(&pairs);
            let found = found.filter(|(_, pair)| pair.is_some() && **pair == own);
            let found: Vec<PrintedBytes> = found.map(|(layer, _)| layer.size).collect();
            let bytes = match layer.base {
                // A table that was cut says nothing of the base.
                true if (1..measured.layers.len()).contains(&first) => Some(base_bytes),
                true => None,
                false => (!found.is_empty()).then(|| sum(&mut found.into_iter())),
            };
            let instruction = layer.instruction.clone();
            let line = checked(Some(layer.line), instruction, Some(&layer.bytes), bytes);
            if let Some(bytes) = bytes {
                self.take_over(layer, bytes, line.verdict);
            }
            lines.push(line);
        }
        let above_base = measured.layers.iter().zip(&pairs).skip(first);
        let stray = |layer: &&MeasuredLayer| layer.size.bytes > 0;
        let strays = above_base.filter(|(_, pair)| pair.is_none()).map(|(layer, _)| layer);
        for layer in strays.filter(stray) {
            let (made, bytes) = (crate::text::shorten(&layer.created_by), Bytes(layer.size.bytes));
            self.remarks.push(format!("A layer of {bytes} fits no line: {made}"));
        }
        if first == 0 && report.layers.iter().any(|layer| layer.base) {
            let missing = "The layers of the base are not among what was pasted.";
            self.remarks.push(missing.to_owned());
        }
        self.doubt = doubt_layers(report, &lines);
        lines
    }

    /// Notes what to type for a layer, and what was off.
    fn take_over(&mut self, layer: &ReportedLayer, measured: PrintedBytes, verdict: Verdict) {
        let likely = layer.bytes.best_known().0;
        let distance = likely.abs_diff(measured.bytes);
        if distance <= measured.slack() {
            return;
        }
        let truth = Bytes(measured.bytes);
        if layer.base {
            let reference = layer.instruction.strip_prefix("FROM ").unwrap_or_default();
            self.taken.image_sizes.push((reference.to_owned(), measured.bytes));
            if verdict != Verdict::Within {
                let line = layer.line;
                let estimate = describe_size(&layer.bytes);
                let sentence = format!("Line {line}: {reference} weighs {truth}, not {estimate}.");
                self.off.push((distance, sentence));
            }
            return;
        }
        let (line, assumptions) = (layer.line, self.assumptions_of(layer));
        let estimate = describe_size(&layer.bytes);
        let likely_of = |it: &ReportedAssumption| it.bytes.best_known().0;
        let assumed = assumptions.iter().fold(0, |sum: u64, it| sum.saturating_add(likely_of(it)));
        let own = assumed.saturating_add(measured.bytes).saturating_sub(likely);
        let sentence = match assumptions.as_slice() {
            [] => format!(
                "Line {line}: it weighs {truth}, not {estimate}; nothing that can be typed stands \
                 behind that."
            ),
            [one] => {
                let (label, was, is) = (&one.label, Bytes(assumed), Bytes(own));
                format!(
                    "Line {line}: what is assumed ({label}) was taken for {was} and weighs {is}."
                )
            }
            [first, ..] => format!(
                "Line {line}: {} assumed sizes (the largest: {}) were taken for {} together and \
                 weigh {}.",
                assumptions.len(),
                first.label,
                Bytes(assumed),
                Bytes(own)
            ),
        };
        if verdict != Verdict::Within || !assumptions.is_empty() && distance > likely / 20 {
            self.off.push((distance, sentence));
        }
        for assumption in assumptions {
            let share = u128::from(own) * u128::from(likely_of(assumption));
            let share = share.checked_div(u128::from(assumed)).unwrap_or(u128::from(own));
            let share = u64::try_from(share).unwrap_or(u64::MAX);
            self.taken.assumed_sizes.push((assumption.key.clone(), share));
        }
    }

    /// The assumptions that a layer rests on, the heaviest first: those of its own line, or the one
    /// of another stage whose files it copies.
    fn assumptions_of(&self, layer: &ReportedLayer) -> Vec<&'report ReportedAssumption> {
        let report = self.report;
        let is_part = |assumption: &ReportedAssumption| {
            let path = assumption.key.rsplit(':').next().unwrap_or_default();
            let name = path.rsplit('/').next().unwrap_or_default();
            let mut parts = layer.parts.iter();
            !name.is_empty() && parts.any(|part| part.path.rsplit('/').next() == Some(name))
        };
        let weight =
            |assumption: &&ReportedAssumption| std::cmp::Reverse(assumption.bytes.best_known());
        let held = || report.assumptions.iter().filter(|it| it.in_image);
        let mut own: Vec<_> = held().filter(|it| it.line == Some(layer.line)).collect();
        crate::order::sort_by_key(&mut own, weight);
        if own.is_empty() {
            own.extend(held().filter(|it| is_part(it)).min_by_key(weight));
        }
        own
    }
}

/// The steps of the stages that make the image, from the lowest, with their lines.
fn steps_of_image(report: &Report) -> Vec<(u32, &str)> {
    let mut chain = Vec::new();
    let mut next = report.target;
    while let Some(stage) = next.and_then(|index| report.stages.get(index)) {
        chain.push(stage);
        next = stage.base.stage.filter(|base| Some(*base) < next);
    }
    let steps = chain.into_iter().rev().flat_map(|stage| &stage.steps);
    steps.map(|step| (step.line, step.printed.as_str())).collect()
}

/// Why layers seem to be of another image: lines that write a layer are not among them. Where no
/// command fits, half of the lines are too few, since any image may have a `COPY . .`.
fn doubt_layers(report: &Report, lines: &[CheckedLine]) -> Option<String> {
    let own = || lines.iter().zip(&report.layers).filter(|(_, layer)| !layer.base);
    let runs = || own().filter(|(line, _)| line.instruction.starts_with("RUN "));
    let found = own().filter(|(line, _)| line.measured.is_some()).count();
    let (all, has_runs) = (own().count(), runs().next().is_some());
    let no_run_fits = has_runs && runs().all(|(line, _)| line.measured.is_none());
    let is_doubtful = found * 2 < all || found * 2 == all && no_run_fits;
    (all > 0 && is_doubtful).then(|| {
        format!(
            "This seems to be another image: of {all} lines that write a layer, it has {found}. \
             Nothing of it is taken over."
        )
    })
}

pub(super) fn checked(
    line: Option<u32>,
    instruction: String,
    estimate: Option<&SizeEstimate>,
    measured: Option<PrintedBytes>,
) -> CheckedLine {
    let verdict = match (estimate, measured) {
        (_, None) => Verdict::NotMeasured,
        (Some(estimate), Some(measured)) => judge(estimate, measured),
        (None, Some(_)) => Verdict::NotEstimated,
    };
    let estimate = estimate.cloned();
    CheckedLine {
        line,
        instruction,
        estimate,
        measured,
        verdict,
        time: None,
        milliseconds: None,
        cached: false,
    }
}

fn judge(estimate: &SizeEstimate, measured: PrintedBytes) -> Verdict {
    let (bytes, slack) = (measured.bytes, measured.slack());
    match estimate.high() {
        _ if bytes.saturating_add(slack) < estimate.low().0 => Verdict::Less,
        Some(high) if bytes.saturating_sub(slack) > high.0 => Verdict::More,
        Some(_) => Verdict::Within,
        None => Verdict::NotEstimated,
    }
}
