//! Programs that unpack; [`pack`] has those that pack.

mod pack;

pub(in crate::simulate) use pack::pack_to_output;

use super::Program;
use crate::layer::{Category, Packing};
use crate::packages::{CommandLine, Contents, Machine};
use crate::simulate::archive;
use crate::simulate::downloads;
use crate::simulate::machine::RunMachine;
use crate::size::Evidence;

pub(super) static PROGRAMS: &[Program] = &[
    Program { names: &["tar", "bsdtar"], perform: tar },
    Program { names: &["unzip", "7z", "unrar", "jar"], perform: unzip },
    Program { names: &["gunzip", "unxz", "bunzip2", "unzstd"], perform: decompress },
    Program { names: &["gzip", "pigz", "xz", "bzip2", "zstd"], perform: pack::compress },
    Program { names: &["zip"], perform: pack::zip },
    Program { names: &["split"], perform: pack::split },
];

/// Letters of tar that take a value.
const TAR_VALUES: &str = "fCbXTKNLHgFVI";
/// Long options of tar whose value may be a word of its own.
const TAR_LONG_VALUES: &[&str] = &[
    "--file",
    "--directory",
    "--strip-components",
    "--exclude",
    "--owner",
    "--group",
    "--mode",
    "--transform",
    "--files-from",
    "--exclude-from",
    "--use-compress-program",
];

/// What a command line of tar asks for.
#[derive(Debug, Default, PartialEq, Eq)]
struct TarRequest {
    extracts: bool,
    creates: bool,
    /// Whether the archive is compressed, as far as options tell.
    compresses: bool,
    /// What is packed, or the members that are unpacked.
    members: Vec<String>,
    file: Option<String>,
    folder: Option<String>,
    /// Whether folders of the archive are left out.
    strips: bool,
}

impl TarRequest {
    fn take(&mut self, option: &str, value: Option<&str>) {
        match option {
            "x" | "--extract" | "--get" => self.extracts = true,
            "c" | "--create" => self.creates = true,
            "z"
            | "j"
            | "J"
            | "Z"
            | "a"
            | "I"
            | "--gzip"
            | "--xz"
            | "--bzip2"
            | "--zstd"
            | "--auto-compress"
            | "--use-compress-program" => self.compresses = true,
            "f" | "--file" => self.file = value.map(str::to_owned),
            "C" | "--directory" => self.folder = value.map(str::to_owned),
            "--strip-components" => self.strips = value != Some("0"),
            _ => {}
        }
    }
}

/// Reads options before, behind and in bundles: `xzf file`, `-C / -Jxpf file`, `--file=file`.
fn read_tar(line: &CommandLine) -> TarRequest {
    let mut request = TarRequest::default();
    let mut words = line.words();
    let mut is_first = true;
    while let Some(word) = words.next() {
        let is_old = std::mem::take(&mut is_first) && !word.starts_with('-');
        if word.starts_with("--") {
            match word.split_once('=') {
                Some((option, value)) => request.take(option, Some(value)),
                None if TAR_LONG_VALUES.contains(&word) => request.take(word, words.next()),
                None => request.take(word, None),
            }
            continue;
        }
        // The first word's letters may stand without a dash, their values one after the other.
        let letters = if is_old { Some(word) } else { word.strip_prefix('-') };
        let Some(letters) = letters.filter(|it| !it.is_empty()) else {
            request.members.push(word.to_owned());
            continue;
        };
        for (at, letter) in letters.char_indices() {
            let option = letters.get(at..at + letter.len_utf8()).unwrap_or_default();
            if !TAR_VALUES.contains(letter) {
                request.take(option, None);
                continue;
            }
            let attached = letters.get(at + 1..).filter(|rest| !is_old && !rest.is_empty());
            request.take(option, attached.or_else(|| words.next()));
            if attached.is_some() {
                break;
            }
        }
    }
    request
}

/// Members named on the command line are a part of the archive; which, is not looked at.
fn tar(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let request = read_tar(line);
    if request.creates {
        pack::write_tar(&request, machine);
    } else if request.extracts {
        let file = request.file.filter(|file| file != "-");
        let folder = request.folder.as_deref().unwrap_or(".");
        unpack(machine, file.as_deref(), folder, request.strips);
    }
}

fn unzip(line: &CommandLine, machine: &mut RunMachine<'_, '_>) {
    let folder = line.values_of(&["-d", "-o"]).first().copied().unwrap_or(".").to_owned();
    let operands = line.operands(&["-d", "-x"]);
    let file = operands.iter().find(|it| it.text.contains('.')).map(|it| it.text.clone());
    unpack(machine, file.as_deref(), &folder, false);
}

/// Unpacks a file, or what comes through the pipe; `strips` leaves its outermost folder out.
fn unpack(machine: &mut RunMachine<'_, '_>, file: Option<&str>, folder: &str, strips: bool) {
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
        machine.doubt(archive::doubt_about_unpacked(&name));
    }
    let (category, packing) = (Category::Download, Packing::PROGRAMS);
    let folder = match downloads::find(&name).filter(|it| !strips && !it.folder.is_empty()) {
        Some(download) => format!("{folder}/{}", download.folder),
        None => folder.to_owned(),
    };
    let why = format!("Unpacked from `{name}`.");
    machine.put(&folder, Contents { category, packing, bytes, evidence, why });
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_and_the_folder_are_found_wherever_they_stand() {
        for (words, file, folder) in [
            ("tar xzf a.tgz", Some("a.tgz"), None),
            ("tar xfC a.tar /opt", Some("a.tar"), Some("/opt")),
            ("tar -C /usr/local -xzf go.tar.gz", Some("go.tar.gz"), Some("/usr/local")),
            ("tar -C / -Jxpf F", Some("F"), Some("/")),
            ("tar -xf F --strip-components=1 -C /opt", Some("F"), Some("/opt")),
            ("tar --strip-components 1 -xf F", Some("F"), None),
            ("tar --extract --file=F --directory=/x", Some("F"), Some("/x")),
            ("tar -x -f F -C/x --no-same-owner", Some("F"), Some("/x")),
            ("tar xz -C /opt", None, Some("/opt")),
            ("tar -xz", None, None),
            ("tar -xzf - -C /opt", Some("-"), Some("/opt")),
        ] {
            let request = read_tar(&CommandLine::of_words(words.split(' ')));
            assert!(request.extracts && !request.creates, "{words}");
            assert_eq!(
                (request.file.as_deref(), request.folder.as_deref()),
                (file, folder),
                "{words}"
            );
            assert_eq!(request.strips, words.contains("--strip"), "{words}");
            assert_eq!(request.members, [""; 0], "{words}");
        }
        let request = read_tar(&CommandLine::of_words("tar czf x.tgz -C /srv /x y".split(' ')));
        assert!(request.creates && request.compresses && !request.extracts);
        assert_eq!(request.members, ["/x", "y"]);
    }
}
