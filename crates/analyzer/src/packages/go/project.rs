//! The program in a folder: what it needs, and what linking it makes.

use super::super::common::{
    self, BINARY, CACHE, Kilobytes, PACKAGES, about, flag, join, last_name,
};
use super::super::{CommandLine, Contents, Machine};
use super::{binaries, module_cache};

/// Share of a binary that `-s` leaves, in per cent: 69 of the two measured servers.
const STRIPPED: u64 = 69;

/// What is known of the program in the working directory.
pub(super) struct Project {
    /// Number of modules with sources, by `go.sum`.
    pub(super) modules: Option<u64>,
    /// Last name of the module, without `/v2`.
    name: String,
}

impl Project {
    pub(super) fn read(machine: &dyn Machine) -> Self {
        let is_module = |line: &&str| {
            let mut words = line.split_whitespace();
            words.nth(1).is_some_and(|version| !version.ends_with("/go.mod"))
        };
        let manifest = machine.text("go.mod");
        let without = manifest.filter(|text| !text.contains("require")).map(|_| 0);
        let counted = machine.text("go.sum").map(|sums| sums.lines().filter(is_module).count());
        let modules = counted.map(|count| count as u64).or(without);
        let module = manifest.and_then(|text| common::between(text, "module ", "\n"));
        let directory = common::project_name(machine);
        let name = module.map_or(directory.as_str(), |module| program_name(module, &directory));
        Self { modules, name: name.to_owned() }
    }

    pub(super) fn named(&self) -> String {
        match self.modules {
            Some(count) => format!("{count} modules, as go.sum lists them"),
            None => "some 40 modules, assumed without a go.sum".to_owned(),
        }
    }

    /// A few modules of `golang.org/x` weigh most and nearly every project has them.
    pub(super) fn sources(&self) -> Kilobytes {
        let count = self.modules.unwrap_or(40);
        about((count * 10_000).min(50_000 + count.saturating_mul(2_500)))
    }

    pub(super) fn fetch(&self, machine: &mut dyn Machine) {
        if self.modules == Some(0) {
            return;
        }
        let why = format!("Sources of {}, each packed and unpacked.", self.named());
        let contents = PACKAGES.sized(self.sources(), self.modules.is_some(), why);
        common::fill(&module_cache(machine), contents, machine);
    }

    pub(super) fn compile(&self, machine: &mut dyn Machine) {
        let size = about(80_000 + self.modules.unwrap_or(40).saturating_mul(800));
        let why = format!("Compiled packages of the standard library and {}.", self.named());
        let cache = common::folder_of(machine, "GOCACHE", ".cache/go-build");
        common::fill(&cache, CACHE.sized(size, self.modules.is_some(), why), machine);
    }

    pub(super) fn link(
        &self,
        command: &str,
        operands: &[&str],
        line: &CommandLine,
        machine: &mut dyn Machine,
    ) {
        let output = flag(line, &["-o", "--o"]);
        let has_many = operands.iter().any(|word| word.ends_with("...")) || operands.len() > 1;
        // Several packages are built for the check alone; source files make one.
        let are_files = operands.iter().all(|word| word.ends_with(".go"));
        if has_many && !are_files && output.is_none() && command == "build" {
            return;
        }
        let own = operands.first().map_or(self.name.as_str(), |word| {
            program_name(word.trim_end_matches(".go"), &self.name)
        });
        let suffix = match machine.variable("GOOS").as_deref() {
            Some("windows") => ".exe",
            _ => "",
        };
        let own = format!("{own}{suffix}");
        let path = match output {
            Some("/dev/null") => return,
            Some(path) if has_many && !are_files || is_folder(path) => join(path, &own),
            Some(path) => path.to_owned(),
            None if command == "install" => join(&binaries(machine), &own),
            None => own,
        };
        machine.write(&path, self.program(is_stripped(line, machine)));
    }

    fn program(&self, stripped: bool) -> Contents {
        let (size, of) = match self.modules {
            Some(0) => ([2_000, 6_500, 8_000], "the standard library alone".to_owned()),
            Some(count) => {
                let likely = 7_000 + count.saturating_mul(150);
                ([likely * 55 / 100, likely, likely * 9 / 5], self.named())
            }
            None => ([8_500, 13_000, 21_000], "a web service, assumed without a go.sum".to_owned()),
        };
        let (size, symbols) = match stripped {
            true => (common::percent(size, STRIPPED), "without symbols (-s)"),
            false => (size, "with its symbols"),
        };
        let why = format!("A Go program: {of}, {symbols}.");
        BINARY.sized(size, self.modules.is_some(), why)
    }
}

/// Whether `-o` names a folder, as far as its text says.
fn is_folder(path: &str) -> bool {
    path.ends_with('/') || matches!(path, "." | "/bin" | "/usr/bin" | "/usr/local/bin" | "/go/bin")
}

fn is_stripped(line: &CommandLine, machine: &dyn Machine) -> bool {
    let flags = machine.variable("GOFLAGS").unwrap_or_default();
    let linker = line.values_of(&["-ldflags", "--ldflags"]);
    let mut linker = linker.iter().flat_map(|value| value.split_whitespace());
    linker.any(|word| matches!(word.trim_matches(['"', '\'']), "-s" | "-w"))
        || flags.contains("-ldflags=-s")
        || flags.contains("-ldflags=-w")
}

/// The name a package's program gets; versions such as `/v2` are not names.
pub(super) fn program_name<'text>(package: &'text str, fallback: &'text str) -> &'text str {
    let package = package.split('@').next().unwrap_or_default();
    let name = last_name(package, fallback);
    let is_version = name.strip_prefix('v').is_some_and(|rest| rest.parse::<u32>().is_ok());
    match package.rsplit_once('/') {
        Some((parent, _)) if is_version => last_name(parent, fallback),
        _ => name,
    }
}
