//! Values that are another in each build: they belong below the installs that do not use them.

use super::{Move, Subject};
use crate::dockerfile::{ArgumentDeclaration, Dockerfile, Instruction, InstructionKind, KeyValue};

/// Words of names that tell a commit or a moment. `CACHEBUST` is not among them: it stands where it
/// does on purpose.
const WORDS: [&str; 9] = [
    "COMMIT",
    "REVISION",
    "REV",
    "DATE",
    "TIMESTAMP",
    "CREATED",
    "BUILDTIME",
    "BUILDID",
    "BUILDDATE",
];
/// Names of what is built itself; `NODE_VERSION` is that of a tool, and `TINI_SHA` of a download.
const NAMES: [&str; 22] = [
    "SHA",
    "GIT_SHA",
    "SOURCE_SHA",
    "CI_COMMIT_SHA",
    "GITHUB_SHA",
    "VCS_REF",
    "APP_VERSION",
    "BUILD_VERSION",
    "IMAGE_VERSION",
    "RELEASE_VERSION",
    "BUILD_NUMBER",
    "BUILDNUMBER",
    "BUILD_ID",
    "BUILD_TAG",
    "BUILD_TIME",
    "GIT_TAG",
    "GIT_REF",
    "GIT_BRANCH",
    "CI_BUILD_ID",
    "CI_PIPELINE_ID",
    "GITHUB_RUN_ID",
    "GITHUB_RUN_NUMBER",
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
                let installs = subject.installs(place);
                let Some(installs) = installs.filter(|it| it.split.is_none()) else { break };
                if installs.is_slow {
                    below = Some((place, installs.name.as_str()));
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
        split: None,
        instead: Vec::new(),
        told: match names.as_slice() {
            [one] => format!("`{one}` goes below `{name}`, which does not use it."),
            all => format!("`{}` go below `{name}`, which uses none of them.", all.join("`, `")),
        },
        names: names.into_iter().map(str::to_owned).collect(),
        conditions: Vec::new(),
        ignore: None,
    })
}

/// The names that an instruction sets, where all its values change with each build: arguments by
/// their names, others since they are made of such. A label that is not is in no key.
fn names<'text>(
    subject: &Subject<'text>,
    instruction: &'text Instruction,
) -> Option<Vec<&'text str>> {
    let (names, all) = match &instruction.kind {
        InstructionKind::Arg(all) => {
            let names = all.iter().filter(|it| is_volatile(it));
            (names.map(|it| it.name.text.as_str()).collect(), all.len())
        }
        InstructionKind::Env(all) | InstructionKind::Label(all) => {
            (made_of(all, &subject.volatile), all.len())
        }
        _ => return None,
    };
    // A label may stand anywhere: in no key but where it makes an argument be declared early.
    let is_label = matches!(instruction.kind, InstructionKind::Label(_));
    let is_whole = names.len() == all || is_label;
    (is_whole && !names.is_empty()).then_some(names)
}

/// The variables of all stages whose values change with each build.
pub(super) fn list(dockerfile: &Dockerfile) -> Vec<&str> {
    let mut names: Vec<&str> = Vec::new();
    for instruction in &dockerfile.instructions {
        let own: Vec<&str> = match &instruction.kind {
            InstructionKind::Arg(all) => {
                all.iter().filter(|it| is_volatile(it)).map(|it| it.name.text.as_str()).collect()
            }
            InstructionKind::Env(all) => made_of(all, &names),
            _ => Vec::new(),
        };
        names.extend(own);
    }
    names
}

/// The names of the pairs whose values are made of one of `volatile`.
fn made_of<'text>(pairs: &'text [KeyValue], volatile: &[&str]) -> Vec<&'text str> {
    let changes = |pair: &&KeyValue| volatile.iter().any(|own| mentions(&pair.value.text, own));
    pairs.iter().filter(changes).map(|pair| pair.name.text.as_str()).collect()
}

fn is_volatile(declared: &ArgumentDeclaration) -> bool {
    let name = declared.name.text.to_ascii_uppercase();
    // That of a tool is told, that of what is built comes with the build.
    let default = declared.default.as_ref().map_or("", |word| word.text.as_str());
    let is_told =
        default.trim_start_matches(['v', '"', '\'']).starts_with(|it: char| it.is_ascii_digit());
    let has_word = name.split('_').any(|word| WORDS.contains(&word));
    let is_known = NAMES.contains(&name.as_str()) || name == "VERSION" && !is_told;
    (is_known || has_word) && name != "SOURCE_DATE_EPOCH"
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
