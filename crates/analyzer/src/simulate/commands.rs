//! What programs that are no package managers do to files.
//!
//! A family of programs is a file of its own, listed in [`PROGRAMS`].

mod archives;
mod change;
mod idle;
mod network;
mod place;
mod scripts;
mod sized;
mod users;

pub(super) use archives::pack_to_output;
pub(super) use network::fetch;
pub(super) use sized::{copied_blocks, count_bytes, random_bytes};

use super::machine::RunMachine;
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::{CommandLine, Contents, Machine};
use crate::size::Evidence;

/// Programs and what they do.
pub(super) struct Program {
    /// Their names, `*` at the end standing for anything.
    names: &'static [&'static str],
    /// Does it.
    perform: fn(&CommandLine, &mut RunMachine<'_, '_>),
}

/// Every family.
static PROGRAMS: &[&[Program]] = &[
    place::PROGRAMS,
    change::PROGRAMS,
    archives::PROGRAMS,
    network::PROGRAMS,
    users::PROGRAMS,
    sized::PROGRAMS,
    idle::PROGRAMS,
    scripts::PROGRAMS,
];

/// Does what a command line says; false where its program is not known.
pub(super) fn perform(line: &CommandLine, machine: &mut RunMachine<'_, '_>) -> bool {
    let name = line.program_name();
    let mut programs = PROGRAMS.iter().flat_map(|family| family.iter());
    let runs = |program: &&Program| {
        program.names.iter().any(|own| match own.strip_suffix('*') {
            Some(start) => name.starts_with(start),
            None => *own == name,
        })
    };
    let program = programs.find(runs);
    if let Some(program) = program {
        (program.perform)(line, machine);
    }
    program.is_some()
}

/// Bytes that a command which is not known may write: programs that set something up write
/// kilobytes, installers tens of megabytes.
const UNKNOWN: [u64; 3] = [0, 1_000_000, 50_000_000];

/// Whether a command only asks which version a program has, or how it is called; or `rpm` what is
/// there.
fn asks_only(line: &CommandLine) -> bool {
    const QUESTIONS: [&str; 8] =
        ["--version", "-version", "-V", "-v", "version", "--help", "-h", "-help"];
    let mut words = line.words();
    let (first, second) = (words.next(), words.next());
    match (line.program_name(), first, second) {
        ("rpm", Some(first), _) => {
            first.starts_with("-q")
                || matches!(first, "--query" | "-V" | "--eval" | "-E" | "--version")
        }
        ("php", Some("-m" | "-i"), None) => true,
        (_, Some(only), None) => QUESTIONS.contains(&only),
        _ => false,
    }
}

/// A command whose program is not known: it may write anything.
pub(super) fn perform_unknown(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    if asks_only(line) {
        return;
    }
    let name = machine.program();
    machine.doubt(format!("What `{name}` writes is not known here."));
    let contents = Contents {
        category: Category::Other,
        packing: Packing::FILES,
        bytes: ByteRange::new(UNKNOWN),
        evidence: Evidence::Assumed,
        why: format!("`{name}` is not known here; it may write anything."),
    };
    machine.put_unknown(contents);
}
