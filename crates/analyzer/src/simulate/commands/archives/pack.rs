//! Programs that pack: an archive of known files is as large as those, or as they pack.

use super::TarRequest;
use crate::layer::{ByteRange, Category, Packing};
use crate::packages::{Argument, CommandLine, Contents, Machine};
use crate::simulate::machine::{Flow, RunMachine};
use crate::size::Evidence;

/// Bytes that tar writes besides for each file: a header of 512, and zeros up to the next 512; at
/// the end it fills up to 10,240
/// (<https://www.gnu.org/software/tar/manual/html_node/Standard.html>).
const MEMBER: [u64; 3] = [512, 768, 1_023];
const RECORD: [u64; 3] = [1_024, 5_632, 10_240];
/// Bytes of what is packed and no step is known to have written; assumed.
const UNSEEN: [u64; 3] = [0, 1_000_000, 200_000_000];

/// What is packed.
#[derive(Clone, Copy)]
struct Packed {
    /// As it lies in a plain archive.
    plain: ByteRange,
    /// Compressed.
    compressed: ByteRange,
    /// How the plain archive packs.
    packing: Packing,
    /// Whether every file of it is known.
    is_seen: bool,
}

impl Packed {
    /// The archive, compressed or not.
    fn flow(&self, compresses: bool) -> Flow {
        match compresses {
            true => (self.compressed, Packing::PACKED),
            false => (self.plain, self.packing),
        }
    }
}

/// Weighs files with all that lies below them.
fn weigh(paths: &[String], folder: Option<&str>, machine: &RunMachine<'_, '_>) -> Packed {
    let plus = |bytes: ByteRange, more: [u64; 3]| bytes + ByteRange::new(more);
    let mut packed = Packed {
        plain: ByteRange::new(RECORD),
        compressed: ByteRange::new([20, 100, 1_000]),
        packing: Packing::FILES,
        is_seen: true,
    };
    let mut heaviest = 0;
    for path in paths {
        let path = match folder.filter(|_| !path.starts_with('/')) {
            Some(folder) => format!("{folder}/{path}"),
            None => path.clone(),
        };
        let known = machine.entries_below(&path);
        if known.is_empty() {
            packed.is_seen = false;
            packed.plain = plus(packed.plain, UNSEEN);
            packed.compressed = packed.compressed + Packing::FILES.pack(ByteRange::new(UNSEEN));
        }
        for (bytes, packing) in known {
            packed.plain = plus(packed.plain + bytes, MEMBER);
            // What does not pack grows by some bytes a block.
            let grown = ByteRange::new([0, 0, bytes.high() / 1_000 + 100]);
            packed.compressed = packed.compressed + packing.pack(bytes) + grown;
            if bytes.likely() >= heaviest {
                (heaviest, packed.packing) = (bytes.likely(), packing);
            }
        }
    }
    packed
}

/// Writes an archive.
fn write(file: &str, packed: &Packed, compresses: bool, machine: &mut RunMachine<'_, '_>) {
    let (bytes, packing) = packed.flow(compresses);
    let evidence = if packed.is_seen { Evidence::Modelled } else { Evidence::Assumed };
    if !packed.is_seen {
        machine.doubt(format!("How much is packed into `{file}`: not all of it is known here."));
    }
    let why = format!("What is packed into `{file}`.");
    machine.write(file, Contents { category: Category::Other, packing, bytes, evidence, why });
}

/// `tar -c` into a file.
pub(super) fn write_tar(request: &TarRequest, machine: &mut RunMachine<'_, '_>) {
    let Some(file) = request.file.as_deref().filter(|file| is_written(file)) else { return };
    let packed = weigh(&request.members, request.folder.as_deref(), machine);
    write(file, &packed, request.compresses, machine);
}

fn is_written(file: &str) -> bool {
    file != "-" && !file.starts_with("/dev/")
}

/// `zip -r a.zip files`.
pub(super) fn zip(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let operands = line.operands(&["-x", "-i", "-P", "-b", "-t"]);
    let Some((archive, members)) = operands.split_first() else { return };
    let name = archive.text.rsplit('/').next().unwrap_or_default();
    let ending = if name.contains('.') { "" } else { ".zip" };
    let file = format!("{}{ending}", archive.text);
    if is_written(&file) {
        let packed = weigh(&machine.expand_all(members), None, machine);
        write(&file, &packed, !line.has_flag(&["-0"]), machine);
    }
}

/// `split file prefix`: the same bytes in several files.
pub(super) fn split(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let operands = line.operands(&["-b", "-l", "-n", "-C", "-a", "--bytes", "--lines", "--number"]);
    let Some((bytes, packing)) = (match operands.split_first() {
        Some((file, _)) => machine.count_printed(&[file]),
        None => machine.fed,
    }) else {
        return super::super::perform_unknown(line, machine);
    };
    let prefix = operands.get(1).map_or("x", |prefix| prefix.text.as_str());
    let folder = prefix.rsplit_once('/').map_or(".", |(folder, _)| folder).to_owned();
    let folder = if folder.is_empty() { "/".to_owned() } else { folder };
    let (category, evidence) = (Category::Other, Evidence::Modelled);
    let why = "The parts of a file that is split.".to_owned();
    machine.put(&folder, Contents { category, packing, bytes, evidence, why });
}

/// `gzip file` and its like.
pub(super) fn compress(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    if line.has_flag(&["-d", "--decompress", "--uncompress"]) {
        return super::decompress(line, machine);
    }
    let program = line.program_name();
    let operands = line.operands(VALUED);
    if prints(line, &operands) {
        return;
    }
    let ending = ENDINGS.iter().find(|(name, _)| *name == program).map_or("gz", |it| it.1);
    let keeps = line.has_flag(&["-k", "--keep"]) || program == "zstd" && !line.has_flag(&["--rm"]);
    for path in machine.expand_all(&operands) {
        let packed = weigh(std::slice::from_ref(&path), None, machine);
        let category = machine.look_at(&path).map_or(Category::Other, |entry| entry.category);
        let evidence = if packed.is_seen { Evidence::Modelled } else { Evidence::Assumed };
        let (bytes, packing) = packed.flow(true);
        let why = String::new();
        let contents = Contents { category, packing, bytes, evidence, why };
        machine.write(&format!("{path}.{ending}"), contents);
        if !keeps {
            machine.remove(&path);
        }
    }
}

/// What programs call what they pack.
const ENDINGS: [(&str, &str); 5] =
    [("gzip", "gz"), ("pigz", "gz"), ("xz", "xz"), ("bzip2", "bz2"), ("zstd", "zst")];

const VALUED: &[&str] = &["-S", "--suffix", "-T", "--threads", "-o"];

/// Whether what is packed goes to the standard output.
fn prints(line: &CommandLine, operands: &[&Argument]) -> bool {
    operands.is_empty() || line.has_flag(&["-c", "--stdout", "--to-stdout"])
}

/// What a program that packs prints; `None` where the command line is none of such.
pub(in crate::simulate) fn pack_to_output(
    line: &CommandLine,
    machine: &RunMachine<'_, '_>,
) -> Option<Flow> {
    let name = line.program_name();
    if matches!(name, "tar" | "bsdtar") {
        let request = super::read_tar(line);
        let is_printed = request.creates && request.file.as_deref().is_none_or(|it| it == "-");
        let packed = || weigh(&request.members, request.folder.as_deref(), machine);
        return is_printed
            .then(packed)
            .filter(|it| it.is_seen)
            .map(|it| it.flow(request.compresses));
    }
    let operands = line.operands(VALUED);
    let is_packer = ENDINGS.iter().any(|(program, _)| *program == name);
    if !is_packer || line.has_flag(&["-d", "--decompress"]) || !prints(line, &operands) {
        return None;
    }
    let (bytes, packing) = match operands.is_empty() {
        true => machine.fed?,
        false => machine.count_printed(&operands)?,
    };
    Some((packing.pack(bytes), Packing::PACKED))
}
