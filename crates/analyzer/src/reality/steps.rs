//! The steps of a log, and what was sent for them, beside the report.

use super::align::normalize;
use super::check::{CheckedLine, Checker, Verdict, checked};
use super::{Measured, PrintedBytes};
use crate::cache::TimeEstimate;
use crate::report::cache::{Change, Timing, replay};
use crate::report::{Input, ReportedStage, describe_size};
use crate::size::Bytes;

/// Nobody waits for a difference of so many milliseconds.
const SLACK: u64 = 1_000;

/// How long each step should take that writes files, with its line and as BuildKit prints it. Times
/// that a person typed for an instruction are its times.
pub(super) fn times_of(input: &Input, timing: &Timing) -> Vec<(u32, String, TimeEstimate)> {
    let change = Change { no_cache: true, ..Change::default() };
    let steps = replay(input, &change, timing).map(|report| report.steps).unwrap_or_default();
    steps.into_iter().map(|step| (step.line, step.instruction, step.duration)).collect()
}

impl Checker<'_> {
    /// Steps of a log beside those of the report.
    pub(super) fn steps(
        &mut self,
        measured: &Measured,
        times: &[(u32, String, TimeEstimate)],
    ) -> Vec<CheckedLine> {
        let mut lines = Vec::new();
        for step in &measured.steps {
            let stages = self.report.stages.iter().enumerate();
            let mut stages = stages.filter(|(index, stage)| is_called(*index, stage, &step.stage));
            let wanted = normalize(&step.instruction);
            let found = stages.find_map(|(_, stage)| {
                stage.steps.iter().find(|own| normalize(&own.printed) == wanted)
            });
            let Some(found) = found else {
                if !step.instruction.starts_with("FROM ") {
                    let made = crate::text::shorten(&step.instruction);
                    self.remarks.push(format!("A step fits no line: {made}"));
                }
                continue;
            };
            let mut line = checked(Some(found.line), found.printed.clone(), None, None);
            let time = times
                .iter()
                .find(|(at, printed, _)| *at == found.line && *printed == found.printed);
            line.time = time.map(|(_, _, time)| time.clone());
            line.milliseconds = step.milliseconds.filter(|_| !step.cached);
            line.cached = step.cached;
            if let (Some(took), Some(time)) = (line.milliseconds, &line.time) {
                line.verdict = judge_time(time, took);
                // A build for several platforms runs a line once for each.
                let known = self.taken.times.iter_mut().find(|(line, _)| *line == found.line);
                match known {
                    Some((_, known)) => *known = took.max(*known),
                    None => self.taken.times.push((found.line, took)),
                }
            }
            lines.push(line);
        }
        // What was taken over is not offered again.
        self.taken.times.retain(|(line, took)| {
            let mut known = times.iter().filter(|(at, _, _)| at == line);
            known.any(|(_, _, time)| time.low != *took || time.high != *took)
        });
        let own = measured.steps.iter().filter(|step| !step.instruction.starts_with("FROM "));
        let fitting = lines.iter().filter(|line| !line.instruction.starts_with("FROM ")).count();
        if fitting * 2 < own.count() || lines.is_empty() {
            let (all, fitting) = (measured.steps.len(), lines.len());
            self.doubt = Some(format!(
                "This seems to be the log of another Dockerfile: {fitting} of its {all} steps fit a \
                 line. No time of it is taken over."
            ));
        }
        lines
    }

    /// What a log says was sent of the build context. The builder asks for what it does not have yet,
    /// so that less than was estimated says nothing
    /// (<https://github.com/moby/buildkit/blob/v0.33.0/session/filesync/filesync.go>).
    pub(super) fn sent(&mut self, measured: PrintedBytes) -> CheckedLine {
        let context = &self.report.context;
        let estimate = &context.requested_bytes;
        let title = "what is sent to the builder".to_owned();
        let mut line = checked(None, title, Some(estimate), Some(measured));
        let (truth, told) = (Bytes(measured.bytes), describe_size(estimate));
        match (line.verdict, context.assumed.is_some()) {
            (Verdict::Less, is_assumed) => {
                line.verdict = Verdict::NotMeasured;
                let advice = match is_assumed {
                    true => " If this was the first one, bring your files: those here are assumed.",
                    false => "",
                };
                self.remarks.push(format!(
                    "{truth} were sent to the builder, not {told}. What it has of an earlier build is \
                     not sent again.{advice}"
                ));
            }
            (Verdict::More, true) => {
                let likely = estimate.likely().unwrap_or(estimate.low()).0;
                let distance = measured.bytes.abs_diff(likely);
                self.off.push((
                    distance,
                    format!(
                        "{truth} were sent to the builder, not {told}: the files of the project are \
                         assumed. Bring them, and each `COPY` weighs what it does."
                    ),
                ));
            }
            _ => {}
        }
        line
    }
}

fn judge_time(time: &TimeEstimate, took: u64) -> Verdict {
    if took.saturating_add(SLACK) < time.low {
        Verdict::Less
    } else if took.saturating_sub(SLACK) > time.high {
        Verdict::More
    } else {
        Verdict::Within
    }
}

/// Whether a log calls a stage so.
fn is_called(index: usize, stage: &ReportedStage, name: &str) -> bool {
    match &stage.name {
        Some(own) => own == name || name.is_empty(),
        None => name.is_empty() || name == format!("stage-{index}"),
    }
}
