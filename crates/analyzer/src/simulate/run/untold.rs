//! What a command writes that its text does not tell: packages without a known name, and the files
//! of a loop that runs nobody knows how often.

use crate::layer::{ByteRange, Category, Packing};
use crate::packages::{Action, ActionKind, CommandLine, Contents, Machine};
use crate::shell::run::Invocation;
use crate::shell::syntax::RedirectionKind;
use crate::simulate::machine::RunMachine;
use crate::size::Evidence;

/// Managers whose words behind `install` name packages.
const BY_NAME: &[&str] =
    &["apt", "apk", "dnf", "zypper", "pacman", "pip", "uv", "npm", "gem", "pecl"];

/// Flags whose value may not be known and is no name.
const VALUED: &[&str] = &[
    "-j",
    "--jobs",
    "-t",
    "-o",
    "-c",
    "-r",
    "-i",
    "-X",
    "-f",
    "-p",
    "--prefix",
    "--root",
    "--target",
    "--requirement",
    "--constraint",
    "--index-url",
    "--extra-index-url",
    "--trusted-host",
    "--find-links",
    "--repository",
    "--virtual",
    "--target-release",
    "--python",
    "--platform",
];

/// Bytes of packages whose names are not known: those of `apk add $runDeps` are often there
/// already, those of a list in a file may be a desktop.
const UNNAMED: [u64; 3] = [0, 10_000_000, 300_000_000];

/// Says that packages are installed whose names are not known, and assumes something for them.
pub(super) fn note_names(manager: &str, action: &Action, machine: &mut RunMachine<'_, '_>) {
    let arguments = &action.line.arguments;
    let before = std::iter::once("").chain(action.line.words());
    let mut unnamed = arguments.iter().zip(before).filter(|(argument, before)| {
        argument.text.is_empty() && !argument.is_known && !VALUED.contains(before)
    });
    let is_meant = action.kind == ActionKind::Install
        && action.manifests.is_empty()
        && BY_NAME.contains(&manager);
    if !is_meant || unnamed.next().is_none() {
        return;
    }
    let command = machine.command.trim_end().to_owned();
    machine.doubt(format!(
        "Which packages `{command}` installs: not all names are known here, and 10 MB are assumed."
    ));
    let contents = Contents {
        category: Category::Packages,
        packing: Packing::PROGRAMS,
        bytes: ByteRange::new(UNNAMED),
        evidence: Evidence::Assumed,
        why: "Packages whose names are not known here; 10 MB are assumed.".to_owned(),
    };
    machine.put_unknown(contents);
    // That is said of all rounds of a loop.
    machine.written.something = false;
}

/// Programs that write a file for each that they are given.
const WRITERS: &[&str] = &[
    "cp",
    "dd",
    "tar",
    "curl",
    "wget",
    "install",
    "truncate",
    "fallocate",
    "tee",
    "unzip",
    "git",
    "rsync",
];

/// Says that a command writes more in further rounds of a loop. What writes the same files in each
/// round, every word of it known, writes no more.
pub(super) fn note_rounds(
    invocation: &Invocation,
    line: &CommandLine,
    machine: &mut RunMachine<'_, '_>,
) {
    if !invocation.repeated || invocation.captured {
        return;
    }
    let is_told = line.arguments.iter().all(|it| it.is_known && !it.has_glob);
    let (mut appends, mut is_elsewhere) =
        (false, !is_told && WRITERS.contains(&line.program_name()));
    for redirection in invocation.redirections.iter().filter(|it| it.descriptor != Some(2)) {
        match redirection.kind {
            RedirectionKind::Output | RedirectionKind::OutputAndErrors => {
                is_elsewhere |= redirection.target.known().is_none();
            }
            RedirectionKind::Append | RedirectionKind::AppendOutputAndErrors => appends = true,
            _ => {}
        }
    }
    if !(is_elsewhere || machine.written.something && (appends || !is_told)) {
        return;
    }
    let name = machine.program();
    let sentence = format!("How often a loop runs `{name}`, and so how much that writes in all.");
    machine.doubt(sentence.clone());
    machine.put_unknown(Contents {
        category: Category::Other,
        packing: Packing::FILES,
        bytes: ByteRange::NOTHING,
        evidence: Evidence::Unknown,
        why: sentence,
    });
}
