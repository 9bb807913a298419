//! The package in a folder: what it needs, and what compiling it makes.

use super::super::common::{self, BINARY, Kilobytes, OUTPUT, PACKAGES, flag, join, last_name};
use super::super::{CommandLine, Contents, Machine};
use super::{binaries, output_folder, registry};

/// Thousands of bytes that a debug build leaves for each crate.
const DEBUG_CRATE: u64 = 4_000;
/// How many times as much a program weighs in a debug build: 30,962 of 2,184 kB.
const DEBUG_TIMES: u64 = 14;

/// What is known of the package in the working directory.
pub(super) struct Project {
    /// Number of crates it needs, by `Cargo.lock`.
    pub(super) crates: Option<u64>,
    name: String,
    /// What its release profile leaves of a program, in per cent.
    kept: u64,
}

impl Project {
    pub(super) fn read(line: &CommandLine, machine: &dyn Machine) -> Self {
        let file = flag(line, &["--manifest-path"]).and_then(|path| path.rsplit_once('/'));
        let folder = file.map(|(folder, _)| folder).or_else(|| flag(line, &["--path"]));
        let folder = folder.unwrap_or_default();
        let own_lock = machine.text(&join(folder, "Cargo.lock"));
        let locked = own_lock.or_else(|| machine.text("Cargo.lock"));
        let crates = locked.map(|text| common::count(text, "[[package]]").saturating_sub(1));
        let manifest = machine.text(&join(folder, "Cargo.toml")).unwrap_or_default();
        let package = manifest.split_once("[package]").map_or("", |(_, rest)| rest);
        let named =
            package.split_once("name").and_then(|(_, rest)| common::between(rest, "\"", "\""));
        let directory = common::project_name(machine);
        let name = named.unwrap_or_else(|| last_name(folder, &directory)).to_owned();
        let flags = machine.variable("RUSTFLAGS").unwrap_or_default();
        let strip = machine.variable("CARGO_PROFILE_RELEASE_STRIP").unwrap_or_default();
        let is_stripped = ["strip = true", "strip = \"symbols\"", "strip=true"]
            .iter()
            .any(|setting| manifest.contains(setting))
            || flags.contains("strip=symbols")
            || flags.contains("link-arg=-s")
            || matches!(strip.as_str(), "true" | "symbols");
        let is_small = ["opt-level = \"z\"", "opt-level = \"s\"", "lto = true", "lto = \"fat\""]
            .iter()
            .any(|setting| manifest.contains(setting));
        // 1,567 of 2,184 kB; what the other settings save differs, a fifth is assumed.
        let kept = if is_stripped { 72 } else { 100 } * if is_small { 80 } else { 100 } / 100;
        Self { crates, name, kept }
    }

    pub(super) fn named(&self) -> String {
        match self.crates {
            Some(count) => format!("{count} crates, as Cargo.lock lists them"),
            None => "some 200 crates, assumed without a Cargo.lock".to_owned(),
        }
    }

    pub(super) fn registry(&self) -> Kilobytes {
        let likely = 8_000 + self.crates.unwrap_or(200).saturating_mul(900);
        [likely * 6 / 10, likely, likely.saturating_mul(8) / 5]
    }

    pub(super) fn fetch(&self, machine: &mut dyn Machine) {
        if self.crates != Some(0) && !machine.holds("vendor") {
            let why = format!("Sources of {}, packed and unpacked, with the index.", self.named());
            let contents = PACKAGES.sized(self.registry(), self.crates.is_some(), why);
            common::fill(&registry(machine), contents, machine);
        }
    }

    pub(super) fn compile(&self, commands: &[&str], line: &CommandLine, machine: &mut dyn Machine) {
        let profile = profile(commands, line);
        let folder = join(&output_folder(line, machine), profile);
        let count = self.crates.unwrap_or(200);
        let likely = match profile {
            "debug" => 10_000 + count * DEBUG_CRATE,
            _ => 5_000 + count * 2_200,
        };
        let size = match commands.first() {
            Some(&("check" | "clippy" | "doc")) => likely * 2 / 5,
            Some(&("test" | "t" | "nextest" | "bench")) => likely * 13 / 10,
            _ => likely,
        };
        let why = format!("What the compiler keeps of {} ({profile}).", self.named());
        let size = [size * 6 / 10, size, size * 9 / 5];
        common::fill(&folder, OUTPUT.sized(size, self.crates.is_some(), why), machine);
        let makes = ["build", "b", "run", "r", "install", "rustc", "zigbuild", "auditable"];
        if !commands.first().is_some_and(|command| makes.contains(command)) {
            return;
        }
        let mut names = line.values_of(&["--bin"]);
        if names.is_empty() {
            names.push(flag(line, &["--package", "-p"]).unwrap_or(&self.name));
        }
        let folder = match commands.first() {
            Some(&"install") => binaries(line, machine),
            _ => folder,
        };
        for name in names {
            let path = join(&folder, &format!("{name}{}", suffix(line)));
            machine.write(&path, self.program(name, profile));
        }
    }

    fn program(&self, name: &str, profile: &str) -> Contents {
        let likely = 450 + self.crates.unwrap_or(200) * 25;
        let (likely, kept) = match (profile, self.kept) {
            ("debug", _) => (likely * DEBUG_TIMES, String::new()),
            (_, 100) => (likely, String::new()),
            (_, kept) => (likely * kept / 100, format!(", of which its profile leaves {kept} %")),
        };
        let why = format!("The program {name} of {}, {profile}{kept}.", self.named());
        BINARY.sized(common::about(likely), self.crates.is_some(), why)
    }
}

/// What a program's name ends in, by the target.
fn suffix(line: &CommandLine) -> &'static str {
    match flag(line, &["--target"]).unwrap_or_default() {
        target if target.starts_with("wasm32") => ".wasm",
        target if target.contains("windows") => ".exe",
        _ => "",
    }
}

fn profile<'line>(commands: &[&str], line: &'line CommandLine) -> &'line str {
    let optimized = matches!(commands.first(), Some(&("install" | "bench")));
    match flag(line, &["--profile"]) {
        Some("dev" | "test") => "debug",
        Some("bench") => "release",
        Some(profile) if !optimized => profile,
        _ if optimized || line.has_flag(&["--release", "-r"]) => "release",
        _ => "debug",
    }
}
