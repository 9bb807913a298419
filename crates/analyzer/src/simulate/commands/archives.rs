//! Programs that pack and unpack.

use super::Program;
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::{CommandLine, Contents, Machine};
use crate::simulate::archive;
use crate::simulate::machine::RunMachine;
use crate::size::Evidence;

pub(super) static PROGRAMS: &[Program] = &[
    Program { names: &["tar", "bsdtar"], perform: tar },
    Program { names: &["unzip", "7z", "unrar", "jar"], perform: unzip },
    Program { names: &["gunzip", "unxz", "bunzip2", "unzstd"], perform: decompress },
    Program { names: &["gzip", "xz", "bzip2", "zstd"], perform: compress },
];

fn tar(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    // The letters may stand without a dash: `tar xzf file`.
    let letters = line.words().next().unwrap_or_default().trim_start_matches('-').to_owned();
    let is_bundle = !letters.starts_with('-') && letters.bytes().all(|it| it.is_ascii_alphabetic());
    let letter = |one: char| is_bundle && letters.contains(one);
    if !(letter('x') || line.has_flag(&["-x", "--extract", "--get"])) {
        return;
    }
    let folder = line.values_of(&["-C", "--directory"]).last().copied().unwrap_or(".").to_owned();
    let named = line.values_of(&["-f", "--file"]);
    let words: Vec<&str> = line.words().collect();
    let file = match letter('f') {
        true => words.get(1).copied(),
        false => named.first().copied(),
    };
    // Members named on the command line are a part of the archive.
    let file = file.filter(|file| *file != "-").map(str::to_owned);
    unpack(machine, file.as_deref(), &folder);
}

fn unzip(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let folder = line.values_of(&["-d", "-o"]).first().copied().unwrap_or(".").to_owned();
    let operands = line.operands(&["-d", "-x"]);
    let file = operands.iter().find(|it| it.text.contains('.')).map(|it| it.text.clone());
    unpack(machine, file.as_deref(), &folder);
}

/// Unpacks a file, or what comes through the pipe.
fn unpack(machine: &mut RunMachine<'_, '_>, file: Option<&str>, folder: &str) {
    let source = file.map_or_else(|| machine.piped.clone(), str::to_owned);
    let packed = file.and_then(|file| machine.look_at(file));
    let name = machine.fetched_as(&source).unwrap_or(source);
    let (bytes, evidence) = match packed {
        Some(entry) => {
            let entry = archive::unpack(&name, &entry);
            (entry.bytes, entry.evidence)
        }
        None => (archive::unpacked_remote(&name), Evidence::Assumed),
    };
    if evidence == Evidence::Assumed {
        machine.doubt(format!("Nobody can know here what the archive `{name}` unpacks to."));
    }
    let why = format!("Unpacked from `{name}`.");
    let (category, packing) = (Category::Download, Packing::PROGRAMS);
    machine.put(folder, Contents { category, packing, bytes, evidence, why });
}

fn decompress(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    for operand in line.operands(&[]) {
        let Some(entry) = machine.look_at(&operand.text) else { continue };
        let entry = archive::unpack(&operand.text, &entry);
        let name = operand.text.rsplit_once('.').map_or(operand.text.as_str(), |(name, _)| name);
        let (bytes, evidence) = (entry.bytes, entry.evidence);
        let (category, packing) = (entry.category, Packing::FILES);
        machine.write(name, Contents { category, packing, bytes, evidence, why: String::new() });
        if !line.has_flag(&["-k", "--keep"]) {
            machine.remove(&operand.text);
        }
    }
}

fn compress(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    if line.has_flag(&["-d", "--decompress"]) {
        decompress(line, machine);
        return;
    }
    for operand in line.operands(&[]) {
        let Some(entry) = machine.look_at(&operand.text) else { continue };
        let bytes: ByteRange = entry.packing.pack(entry.bytes);
        let (category, evidence) = (entry.category, entry.evidence.max(Evidence::Modelled));
        let (packing, why) = (Packing::PACKED, String::new());
        let name = format!("{}.gz", operand.text);
        machine.write(&name, Contents { category, packing, bytes, evidence, why });
        if !line.has_flag(&["-k", "--keep"]) {
            machine.remove(&operand.text);
        }
    }
}
