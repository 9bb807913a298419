//! Values that are another in each build: they belong below the installs that do not use them.

use super::{Move, Subject};
use crate::dockerfile::{Instruction, InstructionKind};

/// Words of names that tell a commit or a moment.
const WORDS: [&str; 9] =
    ["SHA", "COMMIT", "REVISION", "REV", "DATE", "TIMESTAMP", "BUILDTIME", "BUILDID", "BUILDDATE"];
/// Names of what is built itself; `NODE_VERSION` is that of a tool.
const NAMES: [&str; 14] = [
    "VERSION",
    "APP_VERSION",
    "BUILD_VERSION",
    "IMAGE_VERSION",
    "RELEASE_VERSION",
    "BUILD_NUMBER",
    "BUILD_ID",
    "BUILD_TAG",
    "BUILD_TIME",
    "GIT_TAG",
    "GIT_REF",
    "GIT_BRANCH",
    "CI_BUILD_ID",
    "CI_PIPELINE_ID",
];

/// The move of an `ARG`, `ENV` or `LABEL`, where it has one.
pub(super) fn find(subject: &Subject<'_>, at: usize) -> Option<Move> {
    let instruction = subject.instruction(at)?;
    let names = names(subject, instruction)?;
    let mut below = None;
    for (place, other) in subject.rest_of_stage(at) {
        let text = subject.written(other);
        if names.iter().any(|name| mentions(text, name)) {
            break;
        }
        match &other.kind {
            InstructionKind::Run(_) => {
                let Some(installs) = subject.installs(place) else { break };
                if installs.is_slow {
                    below = Some((place, installs.name));
                }
            }
            InstructionKind::Shell(_) | InstructionKind::Onbuild(_) | InstructionKind::Unknown => {
                break;
            }
            _ => {}
        }
    }
    let (below, name) = below?;
    Some(Move {
        instruction: at,
        below,
        instead: Vec::new(),
        told: match names.as_slice() {
            [one] => format!("`{one}` goes below `{name}`, which does not use it."),
            all => format!("`{}` go below `{name}`, which uses none of them.", all.join("`, `")),
        },
        conditions: Vec::new(),
        ignore: None,
    })
}

/// The names that an instruction sets, where all its values change with each build: by their names,
/// or since they are made of such. A label that is not is in no key.
fn names<'text>(
    subject: &Subject<'text>,
    instruction: &'text Instruction,
) -> Option<Vec<&'text str>> {
    let names: Vec<&str> = match &instruction.kind {
        InstructionKind::Arg(all) => {
            all.iter().map(|one| one.name.text.as_str()).filter(|name| is_volatile(name)).collect()
        }
        InstructionKind::Env(all) | InstructionKind::Label(all) => {
            let arguments = arguments(subject);
            let is_env = matches!(instruction.kind, InstructionKind::Env(_));
            let changes = |name: &str, value: &str| {
                is_env && is_volatile(name) || arguments.iter().any(|own| mentions(value, own))
            };
            let all = all.iter().map(|one| (one.name.text.as_str(), one.value.text.as_str()));
            all.filter(|(name, value)| changes(name, value)).map(|(name, _)| name).collect()
        }
        _ => return None,
    };
    let all = match &instruction.kind {
        InstructionKind::Arg(all) => all.len(),
        InstructionKind::Env(all) | InstructionKind::Label(all) => all.len(),
        _ => 0,
    };
    // A label may stand anywhere: in no key but where it makes an argument be declared early.
    let is_label = matches!(instruction.kind, InstructionKind::Label(_));
    let is_whole = names.len() == all || is_label;
    (is_whole && !names.is_empty()).then_some(names)
}

/// The arguments of all stages whose values change with each build.
fn arguments<'text>(subject: &Subject<'text>) -> Vec<&'text str> {
    let mut names = Vec::new();
    for instruction in &subject.dockerfile.instructions {
        if let InstructionKind::Arg(all) = &instruction.kind {
            names.extend(all.iter().map(|one| one.name.text.as_str()).filter(|it| is_volatile(it)));
        }
    }
    names
}

fn is_volatile(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    NAMES.contains(&name.as_str()) || name.split('_').any(|word| WORDS.contains(&word))
}

/// Whether a name stands in a text as a word of its own.
fn mentions(text: &str, name: &str) -> bool {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    text.match_indices(name).any(|(at, _)| {
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = text.get(at + name.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}
