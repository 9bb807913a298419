//! What a simulation assumes, each under a key by which the person can say otherwise.
//!
//! A key is `STAGE:/path`, or `STAGE:command` where nobody knows what a command writes, so that it
//! survives edits of other lines; a file of the assumed project goes by its path. Files that one
//! step puts at one path are one assumption. What another step puts at the same path has its command
//! behind the path, and a number where even that is there already.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::simulation::StageSimulator;
use crate::context::{ContextFile, FileKind};
use crate::layer::{AssumptionIndex, ByteRange, Category, CauseIndex, FileEntry};
use crate::size::{Evidence, SizeEstimate, describe_files};

/// The most characters of a command in a key.
const LONGEST_COMMAND: usize = 60;

/// Something that the size of files rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumption {
    /// What the person calls it by.
    pub key: String,
    /// What it is, in words.
    pub label: String,
    /// How many files of the assumed project it stands for; 0 where a step writes it.
    pub files: u64,
    /// Bytes that are reckoned with.
    pub bytes: SizeEstimate,
    /// Bytes that are assumed as long as nothing is typed.
    pub default: SizeEstimate,
    /// Whether the person typed it.
    pub typed: bool,
    /// The first thing that rests on it.
    pub cause: CauseIndex,
    /// What put it there.
    origin: Origin,
    /// Which it is of those that would have its key, from 1.
    number: u32,
}

/// Stage, step, and the command or the address.
type Origin = (usize, Option<usize>, String);

/// Every assumption of a simulation, in the order in which they were made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assumptions {
    list: Vec<Assumption>,
    /// For each key the place of the newest assumption that would have it.
    keys: BTreeMap<String, usize>,
}

/// Where something lies whose size may be assumed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'own> {
    /// `/path` or a command: what a key has behind the stage.
    pub(super) path: &'own str,
    /// The command that writes it, or the address it comes from.
    pub(super) origin: &'own str,
    /// The assumption of what it is written instead of.
    pub(super) replaces: Option<AssumptionIndex>,
}

/// What an assumption of one thing says about others that go with it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// What was assumed.
    default: ByteRange,
    /// What the person typed instead.
    typed: u64,
}

impl Assumptions {
    /// The assumptions and what entries call them.
    pub fn iter(&self) -> impl Iterator<Item = (AssumptionIndex, &Assumption)> {
        (0..).map(AssumptionIndex).zip(&self.list)
    }

    /// An assumption.
    #[must_use]
    pub fn get(&self, index: AssumptionIndex) -> Option<&Assumption> {
        self.list.get(usize::try_from(index.0).ok()?)
    }

    fn get_mut(&mut self, index: AssumptionIndex) -> Option<&mut Assumption> {
        self.list.get_mut(usize::try_from(index.0).ok()?)
    }

    fn add(&mut self, assumption: Assumption) -> AssumptionIndex {
        let index = place(self.list.len());
        self.keys.insert(assumption.key.clone(), self.list.len());
        self.list.push(assumption);
        index
    }

    /// Notes that the size of a file of the assumed project matters. `replaced` is what was
    /// assumed where the person typed it.
    pub(super) fn note_file(
        &mut self,
        (path, file): (&str, &ContextFile),
        size: &SizeEstimate,
        replaced: Option<&SizeEstimate>,
        cause: CauseIndex,
    ) -> AssumptionIndex {
        if let Some(at) = self.keys.get(path) {
            return place(*at);
        }
        let label = match (&file.kind, path.rsplit_once('/')) {
            (FileKind::Summary { files }, Some((folder, _))) => {
                format!("{} below {folder}", describe_files(*files))
            }
            (FileKind::Summary { files }, None) => describe_files(*files),
            _ => path.to_owned(),
        };
        self.add(Assumption {
            key: path.to_owned(),
            label: format!("{label}, of a typical project"),
            files: file.count().max(1),
            bytes: size.clone(),
            default: replaced.unwrap_or(size).clone(),
            typed: replaced.is_some(),
            cause,
            origin: (0, None, String::new()),
            number: 1,
        })
    }

    /// The assumption of this origin at a place; else a key that is free. A path is told apart by
    /// the command first, then by a number, which comes with the key.
    fn find(
        &mut self,
        stage: &str,
        path: &str,
        origin: &Origin,
    ) -> Result<AssumptionIndex, (String, u32)> {
        let key = format!("{stage}:{path}");
        let by_command = path.starts_with('/').then(|| format!("{key} {}", shorten(&origin.2)));
        let keys = std::iter::once(key).chain(by_command);
        let mut last = String::new();
        for key in keys {
            let Some(at) = self.keys.get(&key) else { return Err((key, 1)) };
            if self.list.get(*at).is_some_and(|it| it.origin == *origin) {
                return Ok(place(*at));
            }
            last = key;
        }
        let newest = self.keys.insert(last.clone(), self.list.len());
        let newest = newest.and_then(|at| self.list.get(at));
        let number = newest.map_or(1, |newest| newest.number.saturating_add(1));
        Err((format!("{last}#{number}"), number))
    }
}

/// What entries call the assumption at a place of the list.
fn place(at: usize) -> AssumptionIndex {
    AssumptionIndex(u32::try_from(at).unwrap_or(u32::MAX))
}

impl StageSimulator<'_> {
    /// The entry as the person has it: where its size is only assumed, that is noted under a key,
    /// and bytes typed for the key count instead.
    pub(super) fn assume(&mut self, place: Place<'_>, entry: FileEntry) -> FileEntry {
        self.assume_in_proportion(place, entry, None)
    }

    /// Says what could not be known of an entry, unless the person typed what it weighs.
    pub(super) fn doubt(&mut self, entry: &FileEntry, sentence: String) {
        let assumption = entry.assumption.and_then(|index| self.simulation.assumptions.get(index));
        if !assumption.is_some_and(|assumption| assumption.typed) {
            self.unknowns.push(sentence);
        }
    }

    /// The same beside something that the person typed; without a size of its own, the entry is
    /// as much less or more as that is.
    pub(super) fn assume_in_proportion(
        &mut self,
        place: Place<'_>,
        entry: FileEntry,
        scale: Option<Scale>,
    ) -> FileEntry {
        if entry.evidence < Evidence::Assumed || entry.assumption.is_some() {
            return entry;
        }
        let why = self
            .simulation
            .cause(entry.cause)
            .map_or_else(|| Rc::from(""), |it| Rc::clone(&it.why));
        let default = entry.bytes.describe(entry.evidence, why.clone());
        let (index, is_more) = self.index_of(place, &default, entry.cause);
        let Some(assumption) = self.simulation.assumptions.get_mut(index) else { return entry };
        if let Some(&typed) = self.world.typed.get(assumption.key.as_str()) {
            assumption.bytes = SizeEstimate::exact(typed, TYPED);
            assumption.typed = true;
            // The first entry stands for all of them.
            let bytes = ByteRange::exact(if is_more { 0 } else { typed });
            let cause = self.note(TYPED);
            let assumption = Some(index);
            return FileEntry { bytes, evidence: Evidence::Exact, cause, assumption, ..entry };
        }
        let scaled = scale.map(|scale| scale.apply(entry.bytes));
        let why = match scaled {
            Some(_) => Rc::from(format!("In proportion to a size that you typed. {why}")),
            None => why,
        };
        let bytes = scaled.unwrap_or(entry.bytes);
        let size = bytes.describe(entry.evidence, why.clone());
        assumption.bytes = if is_more { sum(&assumption.bytes, &size) } else { size };
        let cause = if scaled.is_some() { self.note(why) } else { entry.cause };
        FileEntry { bytes, cause, assumption: Some(index), ..entry }
    }

    /// The assumption at a place, and whether it stands for something already beside which this is.
    fn index_of(
        &mut self,
        place: Place<'_>,
        default: &SizeEstimate,
        cause: CauseIndex,
    ) -> (AssumptionIndex, bool) {
        let origin = (self.stage, self.step, place.origin.to_owned());
        let assumptions = &mut self.simulation.assumptions;
        let renew = |assumption: &mut Assumption, default: SizeEstimate| {
            assumption.bytes = default.clone();
            assumption.default = default;
            assumption.cause = cause;
        };
        if let Some(index) = place.replaces
            && let Some(assumption) = assumptions.get_mut(index)
            && assumption.files == 0
        {
            renew(assumption, default.clone());
            return (index, false);
        }
        match assumptions.find(self.name, place.path, &origin) {
            Ok(index) => {
                if let Some(assumption) = assumptions.get_mut(index) {
                    assumption.default = sum(&assumption.default, default);
                }
                (index, true)
            }
            Err((key, number)) => {
                let label = match place.path.starts_with('/') {
                    true => format!("{}, from {}", place.path, shorten(place.origin)),
                    false => format!("what {} writes", place.path),
                };
                let index = assumptions.add(Assumption {
                    key,
                    label,
                    files: 0,
                    bytes: default.clone(),
                    default: default.clone(),
                    typed: false,
                    cause,
                    origin,
                    number,
                });
                (index, false)
            }
        }
    }
}

/// Why a typed size is so.
const TYPED: &str = "As you typed.";

impl Scale {
    /// What an entry says about what comes with it; `None` where nobody typed its size.
    pub(super) fn of(entry: &FileEntry, assumptions: &Assumptions) -> Option<Self> {
        let assumption = assumptions.get(entry.assumption?)?;
        // What nobody needs follows from what was installed, not the other way round.
        let is_main = assumption.typed && entry.category != Category::Cache;
        let default = ByteRange::of(&assumption.default);
        (is_main && default.likely() > 0).then_some(Self { default, typed: entry.bytes.likely() })
    }

    /// Bytes in proportion, bound by bound: both were derived from one number.
    fn apply(self, bytes: ByteRange) -> ByteRange {
        let typed = ByteRange::exact(self.typed);
        let per = |part: u64, whole: u64| match whole {
            0 => typed.share(bytes.likely(), self.default.likely()).likely(),
            whole => typed.share(part, whole).likely(),
        };
        let [low, likely, high] = [
            per(bytes.low(), self.default.low()),
            per(bytes.likely(), self.default.likely()),
            per(bytes.high(), self.default.high()),
        ];
        ByteRange::new([low.min(high), likely, high.max(low)])
    }
}

fn sum(one: &SizeEstimate, other: &SizeEstimate) -> SizeEstimate {
    SizeEstimate::sum([one, other], one.why())
}

/// A command on one line, shortened.
pub(super) fn shorten(command: &str) -> String {
    let mut words = command.split_whitespace();
    let mut short = words.next().unwrap_or_default().to_owned();
    for word in words {
        short.push(' ');
        short.push_str(word);
    }
    match short.char_indices().nth(LONGEST_COMMAND) {
        Some((end, _)) => format!("{}…", short.get(..end).unwrap_or_default()),
        None => short,
    }
}
