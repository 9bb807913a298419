//! Why a step is built: the first part of its key that differs from the step it used to be.

use std::collections::{BTreeMap, BTreeSet};

use super::CacheOutcome;
use super::content::{Content, FileChange, FileChanges};
use super::key::{KeyPart, PartKind};
use super::store::{Input, Record, Store, Wanted};
use crate::plan::{BuildPlan, StageIndex};
use crate::text::shorten;

/// The first part of a key that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// What kind of part.
    pub kind: PartKind,
    /// What is different, as a sentence without a line in it.
    pub detail: String,
    /// The step that it all comes from; `None` where it is the step itself.
    pub cause: Option<(StageIndex, usize)>,
}

impl Difference {
    pub(super) fn new(kind: PartKind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), cause: None }
    }
}

/// What a step stands on in the build at hand.
pub(super) struct Ground<'walk> {
    /// What became of the step below.
    pub(super) below: CacheOutcome,
    /// The step that made the one below be built.
    pub(super) cause: Option<(StageIndex, usize)>,
    /// Steps as the builder prints them in this build.
    pub(super) printed: &'walk BTreeSet<&'walk str>,
    /// The number of this build.
    pub(super) build: u32,
}

/// Every step of a plan, as the builder prints it.
pub(super) fn list_printed(plan: &BuildPlan) -> BTreeSet<&str> {
    let steps = plan.graph.stages.iter().flat_map(|stage| &stage.steps);
    steps.map(|step| step.printed.as_str()).collect()
}

/// Finds why a step that is not there has to be built.
pub(super) fn find(store: &Store, wanted: &Wanted, ground: &Ground<'_>) -> Difference {
    if ground.below == CacheOutcome::Rebuilt {
        let detail = "A step before it is rebuilt.";
        return Difference { cause: ground.cause, ..Difference::new(PartKind::Parent, detail) };
    }
    let moved = || {
        let before = store.elsewhere(&wanted.parts).filter(|record| record.build < ground.build);
        before.map(|_| {
            let detail = "The same step was built before, on other steps than those that now \
                          stand before it.";
            Difference::new(PartKind::Parent, detail)
        })
    };
    if let Some(before) = counterpart(store, wanted, ground) {
        let difference = compare(before, wanted);
        let is_another = difference.kind == PartKind::Instruction;
        return if is_another { moved().unwrap_or(difference) } else { difference };
    }
    if let Some(difference) = new_base(store, wanted, ground) {
        return difference;
    }
    moved().unwrap_or_else(|| {
        Difference::new(PartKind::Instruction, "No earlier build has this step.")
    })
}

/// The step that an earlier build had in the place of this one: of those that stood on the same
/// step, the one that is most like it.
fn counterpart<'store>(
    store: &'store Store,
    wanted: &Wanted,
    ground: &Ground<'_>,
) -> Option<&'store Record> {
    let mut best: Option<(usize, &Record)> = None;
    for record in store.standing_on(wanted.parent, ground.build) {
        let is_still_there =
            record.printed != wanted.printed && ground.printed.contains(&*record.printed);
        if is_still_there || !has_shape(record, wanted) {
            continue;
        }
        let pairs = record.parts.iter().zip(&wanted.parts);
        let alike = pairs.filter(|(before, after)| before == after).count();
        let alike = alike * 2 + usize::from(record.printed == wanted.printed);
        if best.is_none_or(|(most, _)| alike > most) {
            best = Some((alike, record));
        }
    }
    best.map(|(_, record)| record)
}

/// Whether both are the same kind of step.
fn has_shape(record: &Record, wanted: &Wanted) -> bool {
    let keyword = |printed: &str| {
        let printed = printed.strip_prefix("ONBUILD ").unwrap_or(printed);
        printed.split(' ').next().map(str::to_owned)
    };
    keyword(&record.printed) == keyword(&wanted.printed)
}

fn compare(before: &Record, wanted: &Wanted) -> Difference {
    let pairs = before.parts.iter().zip(&wanted.parts);
    if let Some((old, new)) = pairs.into_iter().find(|(old, new)| old != new) {
        return describe_part(old, new, before, wanted);
    }
    if before.parts.len() != wanted.parts.len() {
        return Difference::new(PartKind::Instruction, "The command takes another form.");
    }
    let inputs = before.inputs.iter().zip(&wanted.inputs);
    for (old, new) in inputs {
        let (Input::Files(old), Input::Files(new)) = (old, new) else { continue };
        if old.content.files.is_empty() && old.content.unnamed != new.content.unnamed {
            let detail = "It takes files from another image than before.";
            return Difference::new(PartKind::Content, detail);
        }
        if old.content != new.content {
            return Difference::new(PartKind::Content, describe_files(&old.content, &new.content));
        }
    }
    let detail = "It takes files from elsewhere than before.";
    Difference::new(PartKind::Content, detail)
}

fn describe_part(old: &KeyPart, new: &KeyPart, before: &Record, wanted: &Wanted) -> Difference {
    let detail = match new.kind {
        PartKind::Environment => return describe_variables(old, new, before, wanted),
        PartKind::Instruction => {
            format!("The instruction is another: it was `{}`.", shorten(&before.printed))
        }
        PartKind::Shell => {
            format!("The shell is `{}`; it was `{}`.", one_line(&new.text), one_line(&old.text))
        }
        PartKind::User => format!("The user is {}; it was {}.", name(&new.text), name(&old.text)),
        PartKind::WorkingDirectory => {
            format!("The working directory is `{}`; it was `{}`.", new.text, old.text)
        }
        PartKind::Platform => format!("The platform is {}; it was {}.", new.text, old.text),
        PartKind::Mount => "Its mounts are others than before.".to_owned(),
        _ => "The base image brings other settings than before.".to_owned(),
    };
    Difference::new(new.kind, detail)
}

/// The first variable that differs.
fn describe_variables(
    old: &KeyPart,
    new: &KeyPart,
    before: &Record,
    wanted: &Wanted,
) -> Difference {
    let read = |part: &KeyPart| -> Vec<(String, String)> {
        let pairs = part.text.split('\n').filter_map(|line| line.split_once('='));
        pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    };
    let (old, new) = (read(old), read(new));
    let values: BTreeMap<&str, &str> =
        old.iter().map(|(name, value)| (&**name, &**value)).collect();
    let changed = new.iter().find(|(name, value)| values.get(&**name) != Some(&&**value));
    let names: BTreeSet<&str> = new.iter().map(|(name, _)| &**name).collect();
    let gone = || old.iter().find(|(name, _)| !names.contains(&**name));
    let Some((name, _)) = changed.or_else(gone) else {
        let detail = "Its variables are set in another order, which counts.";
        return Difference::new(PartKind::Environment, detail);
    };
    let is_in = |list: &str| list.split('\n').any(|line| line == name);
    let is_argument = is_in(&wanted.arguments) || is_in(&before.arguments);
    let (what, kind) = match is_argument {
        true => ("build argument", PartKind::BuildArgument),
        false => ("variable", PartKind::Environment),
    };
    let value = |list: &[(String, String)]| {
        let pair = list.iter().find(|(own, _)| own == name);
        pair.map(|(_, value)| match value.as_str() {
            "" => "empty".to_owned(),
            value => format!("`{}`", shorten(value)),
        })
    };
    let change = match (value(&old), value(&new)) {
        (Some(old), Some(new)) => format!("is {new}; it was {old}"),
        (None, Some(new)) => format!("is {new}; it was not set"),
        _ => "is no longer set".to_owned(),
    };
    let rule = if is_argument {
        ", and every RUN below its ARG has it in its key, used or not"
    } else {
        ""
    };
    Difference::new(kind, format!("The {what} {name} {change}{rule}."))
}

/// The most files that a sentence names.
const MOST_NAMED: usize = 3;

fn describe_files(before: &Content, after: &Content) -> String {
    let FileChanges { changes } = FileChanges::between(before, after);
    let named: Vec<String> = changes
        .iter()
        .take(MOST_NAMED)
        .map(|(path, change)| {
            let done = match change {
                FileChange::Modified => "is modified",
                FileChange::Mode => "has another mode",
                FileChange::Target => "points elsewhere",
                FileChange::Added => "is new",
                FileChange::Removed => "is gone",
                FileChange::Owner => "has another owner",
            };
            format!("`{path}` {done}")
        })
        .collect();
    match changes.len().saturating_sub(MOST_NAMED) {
        _ if named.is_empty() => "The files that it takes come in another order.".to_owned(),
        0 => format!("{}.", named.join(", ")),
        more => format!("{}, and {more} more.", named.join(", ")),
    }
}

/// A first step on an image that no earlier build started from.
fn new_base(store: &Store, wanted: &Wanted, ground: &Ground<'_>) -> Option<Difference> {
    let base = wanted.parent.and_then(|parent| store.get(parent))?;
    if base.place.is_some() || base.build != ground.build {
        return None;
    }
    let part = base.parts.first()?;
    // Moved, the image is another version of the same name; else only its platform can differ.
    let moved = |version: &str| {
        let name = part.text.split('\n').next().unwrap_or_default();
        store.earlier_image(&format!("{name}\n{version}"), ground.build)
    };
    let version = part.text.split('\n').nth(1).and_then(|version| version.parse::<u32>().ok());
    let before = version.and_then(|version| version.checked_sub(1)).unwrap_or_default();
    Some(if store.earlier_image(&part.text, ground.build).is_some() {
        let detail = "The platform of the base image is another.";
        Difference::new(PartKind::Platform, detail)
    } else if moved(&before.to_string()).is_some() {
        Difference::new(PartKind::Base, "Another image stands behind the name of the base.")
    } else {
        // A step that is new altogether is on no other image than before.
        store
            .has_printed(&wanted.printed, ground.build)
            .then(|| Difference::new(PartKind::Base, "The stage starts from another image."))?
    })
}

fn name(user: &str) -> String {
    if user.is_empty() { "root".to_owned() } else { format!("`{}`", shorten(user)) }
}

fn one_line(text: &str) -> String {
    shorten(&text.replace('\n', " "))
}
