//! Programs that fetch something.

use super::Program;
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::{CommandLine, Contents, Machine};
use crate::simulate::archive;
use crate::simulate::machine::RunMachine;
use crate::size::Evidence;

pub(super) static PROGRAMS: &[Program] = &[
    Program { names: &["curl"], perform: curl },
    Program { names: &["wget"], perform: wget },
    Program { names: &["git"], perform: git },
];

/// A clone of a repository with its history; a shallow one has a fifth. Typical values.
const CLONED: [u64; 3] = [500_000, 15_000_000, 1_000_000_000];
/// Repositories far above that; assumed.
const LARGE: [(&str, [u64; 3]); 3] = [
    ("torvalds/linux", [3_500_000_000, 6_500_000_000, 9_000_000_000]),
    ("chromium/chromium", [20_000_000_000, 40_000_000_000, 70_000_000_000]),
    ("llvm/llvm-project", [2_500_000_000, 4_500_000_000, 7_000_000_000]),
];

fn curl(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    const VALUED: &[&str] = &[
        "-o",
        "--output",
        "-H",
        "--header",
        "-d",
        "--data",
        "-X",
        "--request",
        "-u",
        "--user",
        "--retry",
        "--retry-delay",
        "--connect-timeout",
        "-m",
        "--max-time",
        "-A",
        "--output-dir",
        "--proto",
        "-e",
        "-b",
        "-c",
        "-F",
        "--cacert",
        "-w",
        "--write-out",
        "-x",
    ];
    let addresses: Vec<String> = addresses(line, VALUED);
    let output = value_of_bundle(line, "o", &["--output"]);
    let keeps_name = has_bundled(line, 'O') || line.has_flag(&["--remote-name"]);
    let folder = line.values_of(&["--output-dir"]).first().copied().unwrap_or(".").to_owned();
    for address in addresses.into_iter().filter(|it| output.as_deref() != Some(it)) {
        match &output {
            Some(file) if file != "-" && !file.starts_with("/dev/") => {
                fetch(machine, &address, file);
            }
            _ if keeps_name => {
                let file = format!("{folder}/{}", name_in(&address));
                fetch(machine, &address, &file);
            }
            _ => machine.piped = address,
        }
    }
}

fn wget(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    const VALUED: &[&str] =
        &["-O", "--output-document", "-P", "--directory-prefix", "-t", "-T", "--tries", "-U", "-o"];
    let output = value_of_bundle(line, "O", &["--output-document"]);
    let folders = line.values_of(&["-P", "--directory-prefix"]);
    let folder = folders.first().copied().unwrap_or(".").to_owned();
    for address in addresses(line, VALUED) {
        // Of `-qO file address` the file is no address.
        if output.as_deref() == Some(&address) {
            continue;
        }
        match output.as_deref() {
            Some("-" | "/dev/stdout") => machine.piped = address,
            Some("/dev/null") => {}
            Some(file) => fetch(machine, &address, file),
            None => {
                let file = format!("{folder}/{}", name_in(&address));
                fetch(machine, &address, &file);
            }
        }
    }
}

/// The operands that are addresses.
fn addresses(line: &CommandLine, valued: &[&str]) -> Vec<String> {
    let operands = line.operands(valued).into_iter().map(|it| it.text.clone());
    operands
        .filter(|text| text.contains("://") || text.contains('/') || text.contains('.'))
        .collect()
}

/// `-fsSLo file`, `-o file`, `-ofile`, `--output file`.
fn value_of_bundle(line: &CommandLine, letter: &str, long: &[&str]) -> Option<String> {
    if let Some(value) = line.values_of(long).first() {
        return Some((*value).to_owned());
    }
    let mut words = line.words();
    while let Some(word) = words.next() {
        let Some(letters) = word.strip_prefix('-').filter(|it| !it.starts_with('-')) else {
            continue;
        };
        if let Some((_, value)) = letters.split_once(letter) {
            let value = if value.is_empty() { words.next()? } else { value };
            return Some(value.to_owned());
        }
    }
    None
}

/// Whether a letter stands among bundled one-letter flags.
fn has_bundled(line: &CommandLine, letter: char) -> bool {
    line.words().any(|word| {
        word.strip_prefix('-').is_some_and(|it| !it.starts_with('-') && it.contains(letter))
    })
}

fn name_in(address: &str) -> &str {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    path.rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or("index.html")
}

/// Writes what an address holds to a file.
pub(in crate::simulate) fn fetch(machine: &mut RunMachine<'_, '_>, address: &str, file: &str) {
    let (bytes, assumption) = archive::remote_size(address);
    machine.doubt(archive::doubt_about(address));
    let why = format!("Fetched from {address}: {assumption}");
    let packing = archive::packing_of(address);
    let (category, evidence) = (Category::Download, Evidence::Assumed);
    machine.note_fetched(file, address);
    machine.write(file, Contents { category, packing, bytes, evidence, why });
}

fn git(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let valued = ["-b", "--branch", "--depth", "-c", "-C", "-j", "--jobs", "--origin", "--filter"];
    let operands: Vec<String> = line.operands(&valued).iter().map(|it| it.text.clone()).collect();
    let words: Vec<&str> = operands.iter().map(String::as_str).collect();
    let (address, folder) = match words.as_slice() {
        ["clone", address] => (*address, name_in(address).trim_end_matches(".git")),
        ["clone", address, folder, ..] => (*address, *folder),
        _ => return,
    };
    let large = LARGE.iter().find(|(name, _)| address.contains(name));
    let whole = ByteRange::new(large.map_or(CLONED, |(_, bytes)| *bytes));
    let bytes = if line.has_flag(&["--depth"]) { whole.share(1, 5) } else { whole };
    machine.doubt(format!("Nobody can know here how large the repository `{address}` is."));
    let contents = Contents {
        category: Category::Download,
        packing: Packing([30, 70, 100]),
        bytes,
        evidence: Evidence::Assumed,
        why: format!("Cloned from {address}; a typical size is assumed."),
    };
    machine.put(folder, contents);
}
