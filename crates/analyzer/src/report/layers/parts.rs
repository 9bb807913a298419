//! What a simulated layer is made of, in the few parts that tell.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::{
    CategoryBytes, LayerPart, ReportedContent, ReportedLayer, ReportedWaste, Sizes, contents,
    not_estimated,
};
use crate::layer::{ByteRange, Category, CauseIndex, EntryKey, FileEntry, Hidden};
use crate::order;
use crate::plan::StageIndex;
use crate::report::usual::{self, ReportedUsual};
use crate::report::{ReportedAssumption, ReportedStage, Subject, assumptions};
use crate::simulate::{SimulatedLayer, Simulation};
use crate::size::{Bytes, Evidence, SizeEstimate};

/// The most parts of a layer; the last one stands for the rest.
const MOST_PARTS: usize = 12;

impl Sizes for Simulation {
    fn of_layer(&self, stage: StageIndex, number: usize) -> (SizeEstimate, SizeEstimate) {
        match layer(self, stage, number) {
            Some(layer) => (bytes(self, layer), compressed(self, layer)),
            None => (not_estimated(), not_estimated()),
        }
    }

    fn fill(&self, subject: &Subject<'_>, number: usize, reported: &mut ReportedLayer) {
        let Some(layer) = layer(self, reported.stage, number) else { return };
        reported.parts = parts(self, layer);
        reported.categories = categories(layer);
        reported.wasted = waste(subject, self, layer);
        reported.unknowns.clone_from(&layer.unknowns);
    }

    fn assumptions(
        &self,
        subject: &Subject<'_>,
        stages: &[ReportedStage],
    ) -> Vec<ReportedAssumption> {
        assumptions::list(subject, stages, self)
    }

    fn contents(&self, subject: &Subject<'_>) -> Vec<ReportedContent> {
        contents::list(subject, self)
    }

    fn usual(
        &self,
        subject: &Subject<'_>,
        unpacked: &SizeEstimate,
        pulled: &SizeEstimate,
    ) -> Option<ReportedUsual> {
        usual::find(subject, unpacked, pulled)
    }

    fn is_estimated(&self) -> bool {
        true
    }

    fn is_complete(&self) -> bool {
        !self.is_cut_short
    }

    fn wanted_tables(&self) -> Vec<String> {
        self.wanted_tables.iter().map(|name| (*name).to_owned()).collect()
    }
}

fn layer(simulation: &Simulation, stage: StageIndex, number: usize) -> Option<&SimulatedLayer> {
    simulation.stages.get(stage)?.layers.get(number)
}

/// Uncompressed bytes of a layer.
fn bytes(simulation: &Simulation, layer: &SimulatedLayer) -> SizeEstimate {
    weigh(&layer.delta.written, |entry| entry.bytes, why(simulation, layer))
}

/// Bytes that a pull transfers for a layer. What packs to how much is never known to the byte.
fn compressed(simulation: &Simulation, layer: &SimulatedLayer) -> SizeEstimate {
    let pack = |entry: &FileEntry| entry.packing.pack(entry.bytes);
    let size = weigh(&layer.delta.written, pack, why(simulation, layer));
    match (size.likely(), size.high()) {
        (Some(likely), Some(high)) if size.evidence() < Evidence::Modelled && high.0 > 0 => {
            let range = [size.low().0, likely.0, high.0];
            SizeEstimate::range(range, Evidence::Modelled, size.why())
        }
        _ => size,
    }
}

/// Likely bytes by category.
fn categories(layer: &SimulatedLayer) -> Vec<CategoryBytes> {
    let mut sums: BTreeMap<Category, u64> = BTreeMap::new();
    for (_, entry) in &layer.delta.written {
        let sum = sums.entry(entry.category).or_default();
        *sum = sum.saturating_add(entry.bytes.likely());
    }
    let sums = sums.into_iter().filter(|(_, bytes)| *bytes > 0);
    sums.map(|(category, bytes)| CategoryBytes { category, bytes: Bytes(bytes) }).collect()
}

/// How a sum is known: as weakly as the weakest part that makes up a twentieth of it, by its likely
/// bytes or by how far off they may be.
pub(super) fn weakest_evidence(
    sum: ByteRange,
    parts: impl Iterator<Item = (ByteRange, Evidence)>,
) -> Evidence {
    let weighs = |own: ByteRange| own.likely().max(own.high().saturating_sub(own.low()));
    let heavy = parts.filter(|(bytes, _)| weighs(*bytes) >= sum.likely() / 20);
    heavy.map(|(_, evidence)| evidence).max().unwrap_or(Evidence::Exact)
}

/// The sum of entries, only a lower bound where the size of one is not known.
fn weigh(
    entries: &[(EntryKey, FileEntry)],
    measure: impl Fn(&FileEntry) -> ByteRange,
    why: Rc<str>,
) -> SizeEstimate {
    let sum: ByteRange = entries.iter().map(|(_, entry)| measure(entry)).sum();
    if entries.iter().any(|(_, entry)| entry.evidence == Evidence::Unknown) {
        return SizeEstimate::at_least(sum.low(), why);
    }
    let parts = entries.iter().map(|(_, entry)| (measure(entry), entry.evidence));
    let evidence = weakest_evidence(sum, parts);
    // A wide range says by itself that something large is assumed.
    let is_wide = sum.high() > sum.likely().saturating_mul(2);
    let evidence = match () {
        () if is_wide => evidence.max(Evidence::Assumed),
        // What was typed and then lost a part of unknown size is not exact any more.
        () if sum.low() < sum.high() => evidence.max(Evidence::Modelled),
        () => evidence,
    };
    sum.describe(evidence, why)
}

/// What the heaviest cause of a layer says.
fn why(simulation: &Simulation, layer: &SimulatedLayer) -> Rc<str> {
    let mut causes: BTreeMap<CauseIndex, u64> = BTreeMap::new();
    for (_, entry) in &layer.delta.written {
        let sum = causes.entry(entry.cause).or_default();
        *sum = sum.saturating_add(entry.bytes.likely());
    }
    let heaviest = causes.iter().max_by_key(|(_, bytes)| **bytes);
    match heaviest.and_then(|(index, _)| simulation.cause(*index)) {
        None => "It writes nothing.".into(),
        Some(cause) if causes.len() == 1 => Rc::clone(&cause.why),
        Some(cause) => format!("Mostly this: {}", cause.why).into(),
    }
}

/// One part while it is put together.
struct Part<'layer> {
    /// What joins entries: the first two names of their paths.
    folder: &'layer str,
    /// The deepest folder that holds all of them.
    path: &'layer str,
    category: Category,
    cause: CauseIndex,
    bytes: ByteRange,
    compressed: ByteRange,
    evidence: Evidence,
}

/// What a layer is made of, the most first.
fn parts(simulation: &Simulation, layer: &SimulatedLayer) -> Vec<LayerPart> {
    let mut parts = collect(layer);
    order::sort_by(&mut parts, |one, other| {
        other.bytes.likely().cmp(&one.bytes.likely()).then_with(|| one.path.cmp(other.path))
    });
    let rest = parts.split_off(parts.len().min(MOST_PARTS - 1));
    let why =
        |cause| simulation.cause(cause).map_or_else(String::new, |cause| cause.why.to_string());
    let describe = |part: Part<'_>| LayerPart {
        path: format!("/{}", part.path),
        category: Some(part.category),
        bytes: part.bytes.describe(part.evidence, why(part.cause)),
        compressed: part.compressed.describe(part.evidence.max(Evidence::Modelled), ""),
    };
    parts.into_iter().map(describe).chain(sum_up(&rest)).collect()
}

/// Entries that one cause put below one folder are one part.
fn collect(layer: &SimulatedLayer) -> Vec<Part<'_>> {
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (key, entry) in &layer.delta.written {
        if entry.bytes == ByteRange::NOTHING && entry.evidence != Evidence::Unknown {
            continue;
        }
        let folder = folder_of(&key.path);
        let joins = |part: &&mut Part| {
            part.folder == folder && part.cause == entry.cause && part.category == entry.category
        };
        match parts.last_mut().filter(joins) {
            Some(part) => {
                part.path = shared_folder(part.path, &key.path);
                part.bytes = part.bytes + entry.bytes;
                part.compressed = part.compressed + entry.packing.pack(entry.bytes);
                part.evidence = part.evidence.max(entry.evidence);
            }
            None => parts.push(Part {
                folder,
                path: &key.path,
                category: entry.category,
                cause: entry.cause,
                bytes: entry.bytes,
                compressed: entry.packing.pack(entry.bytes),
                evidence: entry.evidence,
            }),
        }
    }
    parts
}

/// The first two parts of a path.
pub(super) fn folder_of(path: &str) -> &str {
    let end = path.match_indices('/').nth(1).map_or(path.len(), |(at, _)| at);
    path.get(..end).unwrap_or(path)
}

/// The deepest folder that is one of the path's and one of the other's.
fn shared_folder<'path>(path: &'path str, other: &str) -> &'path str {
    let mut end = 0;
    for part in path.split_inclusive('/') {
        let next = end + part.len();
        let name = part.trim_end_matches('/');
        let is_shared = other.get(end..).and_then(|rest| rest.strip_prefix(name));
        match is_shared {
            Some(rest) if rest.is_empty() || rest.starts_with('/') => end = next,
            _ => break,
        }
    }
    path.get(..end).unwrap_or_default().trim_end_matches('/')
}

fn sum_up(rest: &[Part<'_>]) -> Option<LayerPart> {
    let bytes: ByteRange = rest.iter().map(|part| part.bytes).sum();
    let compressed: ByteRange = rest.iter().map(|part| part.compressed).sum();
    let evidence = rest.iter().map(|part| part.evidence).max()?;
    Some(LayerPart {
        path: format!("{} more", rest.len()),
        category: None,
        bytes: bytes.describe(evidence, "What is left, taken together."),
        compressed: compressed.describe(evidence.max(Evidence::Modelled), ""),
    })
}

/// What a layer hides of those below it, the most first: by the line that wrote it.
fn waste(
    subject: &Subject<'_>,
    simulation: &Simulation,
    layer: &SimulatedLayer,
) -> Vec<ReportedWaste> {
    let line = |cause| line_of(subject, simulation, cause);
    let mut sums: BTreeMap<_, (&Hidden, u64, ByteRange)> = BTreeMap::new();
    for hidden in &layer.delta.hidden {
        let lines = (line(hidden.written), line(hidden.hidden_by));
        let (_, paths, bytes) = sums.entry(lines).or_insert((hidden, 0, ByteRange::NOTHING));
        (*paths, *bytes) = (*paths + 1, *bytes + hidden.bytes);
    }
    let report =
        |((written_line, hidden_line), (first, paths, bytes)): (_, (&Hidden, _, ByteRange))| {
            let why = "Lies in a layer below, out of sight.";
            ReportedWaste {
                path: format!("/{}", first.path),
                paths,
                bytes: bytes.describe(Evidence::Modelled, why),
                written_line,
                hidden_line,
            }
        };
    // What likely weighs nothing is likely no waste.
    let weighs = |waste: &ReportedWaste| waste.bytes.likely().is_none_or(|it| it.0 > 0);
    let mut wasted: Vec<ReportedWaste> = sums.into_iter().map(report).filter(weighs).collect();
    let heavy = |waste: &ReportedWaste| waste.bytes.likely().unwrap_or(Bytes(0));
    order::sort_by(&mut wasted, |one, other| heavy(other).cmp(&heavy(one)));
    wasted
}

/// The line of what is named as a cause.
pub(in crate::report) fn line_of(
    subject: &Subject<'_>,
    simulation: &Simulation,
    cause: CauseIndex,
) -> Option<u32> {
    let cause = simulation.cause(cause)?;
    let stage = subject.plan.graph.stages.get(cause.stage)?;
    let instruction = match cause.step {
        Some(step) => stage.steps.get(step)?.instruction,
        None => stage.from_instruction,
    };
    Some(subject.line_of_instruction(instruction))
}
