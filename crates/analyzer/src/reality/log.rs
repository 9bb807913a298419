//! The log of a build: `docker build --progress=plain`, `docker buildx history logs`.
//!
//! `#7 [build 3/6] RUN npm ci` names a step, `#7 CACHED` and `#7 DONE 12.3s` say what became of it:
//! `printVertex` of
//! <https://github.com/moby/buildkit/blob/v0.25.2/util/progress/progressui/printer.go>.

use std::collections::BTreeMap;

use super::{EvidenceKind, Measured, MeasuredStep, PrintedBytes, sizes};
use crate::order;

/// Reads the log; `None` where no step of a Dockerfile is in it.
pub(super) fn read(text: &str) -> Option<Measured> {
    let mut steps: BTreeMap<u32, MeasuredStep> = BTreeMap::new();
    let mut sent: BTreeMap<u32, PrintedBytes> = BTreeMap::new();
    for line in text.lines() {
        // What CI puts before a line, a time for one, ends at the number sign.
        let Some((_, rest)) = line.split_once('#') else { continue };
        let Some((number, rest)) = rest.split_once(' ') else { continue };
        let Ok(number) = number.parse::<u32>() else { continue };
        let rest = rest.trim();
        if let Some(bytes) = rest.strip_prefix("transferring context: ") {
            // It is said again and again, and counts up.
            let bytes = bytes.split(' ').next().and_then(sizes::read);
            sent.extend(bytes.map(|bytes| (number, bytes)));
        } else if let Some(step) = read_step(rest) {
            steps.entry(number).or_insert(step);
        } else if let Some(step) = steps.get_mut(&number) {
            if rest == "CACHED" {
                step.cached = true;
            } else if let Some(time) = rest.strip_prefix("DONE ") {
                step.milliseconds = read_seconds(time.trim_end_matches('s'));
            }
        }
    }
    let mut steps: Vec<MeasuredStep> = steps.into_values().collect();
    order::sort_by_key(&mut steps, |step| (step.stage.clone(), step.number));
    let kind = EvidenceKind::Log;
    let layers = Vec::new();
    let sent = sent.into_values().reduce(PrintedBytes::plus);
    (!steps.is_empty()).then_some(Measured { kind, layers, steps, image: None, wasted: None, sent })
}

/// `[build  3/12] RUN npm ci`; what is no step of a Dockerfile, such as `[internal] load …`, is none.
///
/// Before the number, which is as wide as that of the last step, may stand a platform and the name of
/// the stage: `prefixCommand` of
/// <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/dockerfile2llb/convert.go>.
fn read_step(text: &str) -> Option<MeasuredStep> {
    let (label, instruction) = text.strip_prefix('[')?.split_once("] ")?;
    let mut words = label.split_whitespace().rev();
    let (number, of) = words.next()?.split_once('/')?;
    of.parse::<u32>().ok()?;
    // No stage has a slash in its name, and every platform has one.
    let stage = words.next().filter(|word| !word.contains('/')).unwrap_or_default();
    Some(MeasuredStep {
        stage: stage.to_owned(),
        number: number.parse().ok()?,
        instruction: instruction.to_owned(),
        ..MeasuredStep::default()
    })
}

/// `12.3` seconds as milliseconds.
fn read_seconds(text: &str) -> Option<u64> {
    let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), "0"));
    let tenths: u64 = fraction.get(..1)?.parse().ok()?;
    whole.parse::<u64>().ok()?.checked_mul(1000)?.checked_add(tenths * 100)
}
