//! How long a step likely takes, from the bytes it is simulated to write and the kind of its work.
//!
//! Nobody timed these builds: every figure here and in `work` is a guess with a wide range that is
//! labelled as assumed, and a person who knows better says so by line.

mod work;

use crate::layer::ByteRange;
use crate::plan::{CopySource, MountKind, RunCommand, SourceForm, Step, StepKind};
use crate::simulate::SimulatedLayer;
use crate::size::{Bytes, Evidence};
use work::{Done, LEFT, add};

/// A span of time as a range with evidence. `low ≤ likely ≤ high`, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TimeEstimate {
    /// The least it may take.
    pub low: u64,
    /// What it likely takes.
    pub likely: u64,
    /// The most it may take.
    pub high: u64,
    /// How it is known.
    pub evidence: Evidence,
    /// From what, one sentence.
    pub why: String,
}

impl TimeEstimate {
    /// A time known to the millisecond.
    #[must_use]
    pub fn exact(milliseconds: u64, why: impl Into<String>) -> Self {
        let [low, likely, high] = [milliseconds; 3];
        Self { low, likely, high, evidence: Evidence::Exact, why: why.into() }
    }

    /// A range that is assumed.
    #[must_use]
    pub fn assumed([low, likely, high]: [u64; 3], why: impl Into<String>) -> Self {
        let (low, high) = (low.min(likely), high.max(likely));
        Self { low, likely, high, evidence: Evidence::Assumed, why: why.into() }
    }

    /// `[low, likely, high]`.
    #[must_use]
    pub fn bounds(&self) -> [u64; 3] {
        [self.low, self.likely, self.high]
    }
}

/// What a week of five days costs where each of `edits_a_day` edits waits so long.
#[must_use]
pub fn week(one: &TimeEstimate, edits_a_day: u32) -> TimeEstimate {
    let edits = u64::from(edits_a_day).saturating_mul(5);
    let why = format!("{edits_a_day} edits a day on five days, each as long as this one.");
    let [low, likely, high] = one.bounds().map(|time| time.saturating_mul(edits));
    TimeEstimate { low, likely, high, evidence: one.evidence, why }
}

/// Milliseconds that an installer takes before the first byte: it starts, asks its index and resolves.
const TO_BEGIN: [u64; 3] = [500, 2_500, 8_000];

/// Milliseconds that it takes to bring what nobody can weigh: from a few small packages to gigabytes.
const UNWEIGHED: [u64; 3] = [1_000, 20_000, 240_000];

/// The same where a cache mount holds it: at most a little is new.
const HELD: [u64; 3] = [0, 1_000, 60_000];

/// Milliseconds of a command of which nothing is known: a script of the project may compile all of it.
const UNREAD: [u64; 3] = [0, 2_000, 180_000];

/// Megabytes a second, the slowest last, of a download (400, 80 and 24 Mbit/s), of unpacking many
/// small files, and of copying on a disk.
const DOWNLOAD: [u64; 3] = [50, 10, 3];
const UNPACK: [u64; 3] = [150, 40, 10];
const COPY: [u64; 3] = [500, 200, 50];

/// Milliseconds that a copy takes before the first byte.
const TO_COPY: [u64; 3] = [20, 100, 500];

/// Estimates one step from the layer that it is simulated to write. `is_warm` says that its cache
/// mounts still hold what was downloaded before.
#[must_use]
pub fn estimate(step: &Step, layer: Option<&SimulatedLayer>, is_warm: bool) -> TimeEstimate {
    let written: ByteRange = layer.map(|layer| layer.delta.bytes()).unwrap_or_default();
    match &step.kind {
        StepKind::Run { command, mounts, .. } => {
            let has_cache = mounts.iter().any(|mount| mount.kind == MountKind::Cache);
            let packed = packed(layer);
            let is_known = layer.is_some_and(is_weighed);
            // What goes into a cache mount is in no layer.
            let is_in_layer = !has_cache || written.likely() > 0;
            let weighed = (is_known && is_in_layer).then_some([written, packed]);
            estimate_run(command, weighed, has_cache && is_warm)
        }
        StepKind::Copy(copy) => {
            let is_remote = copy.from == CopySource::Context
                && copy.sources.iter().any(|source| {
                    matches!(copy.form_of(source), SourceForm::Url | SourceForm::Git)
                });
            let speed = if is_remote { DOWNLOAD } else { COPY };
            let start = if is_remote { TO_BEGIN } else { TO_COPY };
            let time = add(start, at_speed(written, speed));
            let likely = Bytes(written.likely());
            TimeEstimate::assumed(
                time,
                format!("Assumed: it copies {likely} at {} MB a second.", speed[1]),
            )
        }
        StepKind::Workdir(_) => TimeEstimate::assumed([10, 50, 300], "Assumed: it makes a folder."),
        StepKind::Configuration(_) => TimeEstimate::exact(0, "Writes no files."),
    }
}

fn estimate_run(
    command: &RunCommand,
    weighed: Option<[ByteRange; 2]>,
    is_warm: bool,
) -> TimeEstimate {
    let Done { mut time, installs, works, is_kept } = work::read(command, is_warm);
    let mut reasons = Vec::new();
    match weighed {
        Some(weighed) if installs => {
            let (own, reason) = install(weighed, is_warm);
            time = add(time, own);
            reasons.push(reason);
        }
        None if installs && is_warm => {
            time = add(add(time, TO_BEGIN), HELD);
            reasons.push("finds in its cache mount what it would download".to_owned());
        }
        None if installs => {
            time = add(add(time, TO_BEGIN), UNWEIGHED);
            reasons.push("downloads and unpacks what could not be weighed".to_owned());
        }
        Some([written, _]) => time = add(time, at_speed(written, COPY)),
        None if works.is_empty() => {
            time = add(time, UNREAD);
            reasons.push("does something that is not known here".to_owned());
        }
        None => {}
    }
    if !works.is_empty() {
        let rest = match is_kept {
            true => format!(", of which a cache mount leaves one part in {LEFT} to do"),
            false => String::new(),
        };
        let works = works.join(", ");
        reasons.push(format!("runs {works} in a project of middling size{rest}"));
    }
    let why = match reasons.is_empty() {
        true => "Assumed: it is a short command.".to_owned(),
        false => format!("Assumed: it {}.", reasons.join(", and ")),
    };
    TimeEstimate::assumed(time, why)
}

/// Downloading, unless a cache mount has it, and unpacking.
fn install([written, packed]: [ByteRange; 2], is_warm: bool) -> ([u64; 3], String) {
    let amount = Bytes(written.likely());
    let unpacked = add(TO_BEGIN, at_speed(written, UNPACK));
    if is_warm {
        return (unpacked, format!("unpacks {amount} that its cache mount holds"));
    }
    let reason = format!(
        "downloads {} at {} and unpacks {amount} at {} MB a second",
        Bytes(packed.likely()),
        DOWNLOAD[1],
        UNPACK[1]
    );
    (add(unpacked, at_speed(packed, DOWNLOAD)), reason)
}

/// Whether most of a layer could be weighed. Where a folder is likely empty and may hold much, as that
/// of packages that the project may bring along, the rest says little of the time.
fn is_weighed(layer: &SimulatedLayer) -> bool {
    let written = &layer.delta.written;
    let is_unknown = written.iter().any(|(_, entry)| {
        let is_doubtful = entry.bytes.likely() == 0 && entry.bytes.high() > 1_000_000;
        entry.evidence == Evidence::Unknown || is_doubtful
    });
    !is_unknown && (layer.unknowns.is_empty() || layer.delta.bytes().likely() > 1_000_000)
}

/// What a pull of the layer would transfer, which is about what was downloaded for it.
fn packed(layer: Option<&SimulatedLayer>) -> ByteRange {
    let written = layer.map_or(&[][..], |layer| &layer.delta.written);
    written.iter().map(|(_, entry)| entry.packing.pack(entry.bytes)).sum()
}

/// Milliseconds for bytes at so many megabytes a second.
fn at_speed(bytes: ByteRange, [fast, usual, slow]: [u64; 3]) -> [u64; 3] {
    let time = |bytes: u64, speed: u64| bytes / (speed * 1_000);
    [time(bytes.low(), fast), time(bytes.likely(), usual), time(bytes.high(), slow)]
}
