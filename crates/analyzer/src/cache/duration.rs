//! How long a step likely takes, from the bytes it is simulated to write and the kind of its work.
//!
//! Nobody measured these builds: every figure is a stated assumption with a wide range, and a person
//! who knows better says so by line.

use crate::layer::ByteRange;
use crate::plan::{CopySource, MountKind, RunCommand, SourceForm, Step, StepKind};
use crate::simulate::SimulatedLayer;
use crate::size::{Bytes, Evidence};

/// A span of time as a range with evidence. `low ≤ likely ≤ high`, in milliseconds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct TimeEstimate {
    /// The least it may take.
    pub low: u64,
    /// What it likely takes.
    pub likely: u64,
    /// The most it may take.
    pub high: u64,
    /// How it is known.
    pub evidence: Evidence,
    /// From what, one sentence.
    pub why: String,
}

impl TimeEstimate {
    /// A time known to the millisecond.
    #[must_use]
    pub fn exact(milliseconds: u64, why: impl Into<String>) -> Self {
        let [low, likely, high] = [milliseconds; 3];
        Self { low, likely, high, evidence: Evidence::Exact, why: why.into() }
    }

    /// A range that is assumed.
    #[must_use]
    pub fn assumed([low, likely, high]: [u64; 3], why: impl Into<String>) -> Self {
        let (low, high) = (low.min(likely), high.max(likely));
        Self { low, likely, high, evidence: Evidence::Assumed, why: why.into() }
    }

    /// `[low, likely, high]`.
    #[must_use]
    pub fn bounds(&self) -> [u64; 3] {
        [self.low, self.likely, self.high]
    }
}

/// What a week of five days costs where each of `edits_a_day` edits waits so long.
#[must_use]
pub fn week(one: &TimeEstimate, edits_a_day: u32) -> TimeEstimate {
    let edits = u64::from(edits_a_day).saturating_mul(5);
    let why = format!("{edits_a_day} edits a day on five days, each as long as this one.");
    let [low, likely, high] = one.bounds().map(|time| time.saturating_mul(edits));
    TimeEstimate { low, likely, high, evidence: one.evidence, why }
}

/// Kinds of work that take their time whatever they write: first words, and milliseconds.
/// A `*` ends a word that may go on.
type Work = (&'static str, [u64; 3]);

/// What compiles, bundles or tests. Typical of small and middling projects.
const WORKS: &[Work] = &[
    ("go build", [3_000, 20_000, 120_000]),
    ("go install", [3_000, 20_000, 120_000]),
    ("go test", [3_000, 20_000, 180_000]),
    ("cargo build", [15_000, 120_000, 900_000]),
    ("cargo install", [15_000, 120_000, 900_000]),
    ("cargo test", [15_000, 120_000, 900_000]),
    ("cargo chef", [10_000, 90_000, 900_000]),
    ("mvn", [15_000, 60_000, 400_000]),
    ("./mvnw", [15_000, 60_000, 400_000]),
    ("gradle", [20_000, 75_000, 600_000]),
    ("./gradlew", [20_000, 75_000, 600_000]),
    ("dotnet build", [5_000, 25_000, 120_000]),
    ("dotnet publish", [5_000, 25_000, 120_000]),
    ("dotnet test", [5_000, 30_000, 180_000]),
    ("npm run", [3_000, 30_000, 180_000]),
    ("npm test", [3_000, 20_000, 180_000]),
    ("yarn run", [3_000, 30_000, 180_000]),
    ("yarn build", [3_000, 30_000, 180_000]),
    ("pnpm run", [3_000, 30_000, 180_000]),
    ("pnpm build", [3_000, 30_000, 180_000]),
    ("bun run", [2_000, 20_000, 120_000]),
    ("npx", [3_000, 25_000, 180_000]),
    ("make", [3_000, 60_000, 900_000]),
    ("cmake", [2_000, 60_000, 900_000]),
    ("ninja", [3_000, 60_000, 900_000]),
    ("gcc", [500, 3_000, 60_000]),
    ("g++", [500, 5_000, 90_000]),
    ("pytest", [2_000, 30_000, 300_000]),
    ("tox", [5_000, 60_000, 600_000]),
];

/// What installs: it downloads and unpacks what it writes.
const INSTALLERS: &[&str] = &[
    "apt-get install",
    "apt-get update",
    "apt-get upgrade",
    "apt install",
    "apt update",
    "apk add",
    "apk update",
    "apk upgrade",
    "dnf",
    "yum",
    "microdnf",
    "zypper",
    "pacman",
    "npm ci",
    "npm install",
    "npm i",
    "yarn install",
    "yarn",
    "pnpm install",
    "pnpm i",
    "pnpm fetch",
    "bun install",
    "pip install",
    "pip3 install",
    "python -m",
    "python3 -m",
    "poetry install",
    "uv sync",
    "uv pip",
    "pipenv",
    "go mod",
    "go get",
    "cargo fetch",
    "dotnet restore",
    "bundle install",
    "bundle",
    "gem install",
    "composer install",
    "conda",
    "mamba",
    "rustup",
    "curl",
    "wget",
    "git clone",
];

/// What an installer takes before the first byte.
const TO_BEGIN: [u64; 3] = [500, 2_500, 8_000];

/// What it takes to bring what nobody can weigh.
const UNWEIGHED: [u64; 3] = [1_000, 20_000, 240_000];

/// What any other command takes.
const TO_RUN: [u64; 3] = [100, 400, 3_000];

/// Megabytes a second, the slowest last: of a download, of unpacking, of copying.
const DOWNLOAD: [u64; 3] = [50, 10, 3];
const UNPACK: [u64; 3] = [150, 40, 10];
const COPY: [u64; 3] = [500, 200, 50];

/// What a copy takes before the first byte.
const TO_COPY: [u64; 3] = [20, 100, 500];

/// Estimates one step from the layer that it is simulated to write. `is_warm` says that its cache
/// mounts still hold what was downloaded before.
#[must_use]
pub fn estimate(step: &Step, layer: Option<&SimulatedLayer>, is_warm: bool) -> TimeEstimate {
    let written: ByteRange = layer.map(|layer| layer.delta.bytes()).unwrap_or_default();
    match &step.kind {
        StepKind::Run { command, mounts, .. } => {
            let has_cache = mounts.iter().any(|mount| mount.kind == MountKind::Cache);
            let packed = packed(layer);
            let is_known = layer.is_some_and(is_weighed);
            estimate_run(command, is_known.then_some([written, packed]), has_cache && is_warm)
        }
        StepKind::Copy(copy) => {
            let is_remote = copy.from == CopySource::Context
                && copy.sources.iter().any(|source| {
                    matches!(copy.form_of(source), SourceForm::Url | SourceForm::Git)
                });
            let speed = if is_remote { DOWNLOAD } else { COPY };
            let start = if is_remote { TO_BEGIN } else { TO_COPY };
            let time = add(start, at_speed(written, speed));
            let likely = Bytes(written.likely());
            TimeEstimate::assumed(time, format!("Copies {likely} at {} MB a second.", speed[1]))
        }
        StepKind::Workdir(_) => TimeEstimate::assumed([10, 50, 300], "Makes a folder."),
        StepKind::Configuration(_) => TimeEstimate::exact(0, "Writes no files."),
    }
}

fn estimate_run(
    command: &RunCommand,
    weighed: Option<[ByteRange; 2]>,
    is_warm: bool,
) -> TimeEstimate {
    let mut time = [0; 3];
    let mut installs = false;
    let mut works: Vec<&str> = Vec::new();
    for words in commands(command) {
        if INSTALLERS.iter().any(|installer| begins(&words, installer)) {
            installs = true;
        } else if let Some((work, own)) = WORKS.iter().find(|(work, _)| begins(&words, work)) {
            time = add(time, *own);
            works.push(work);
        } else {
            time = add(time, TO_RUN);
        }
    }
    let mut reasons = Vec::new();
    match weighed {
        Some(weighed) if installs => {
            let (own, reason) = install(weighed, is_warm);
            time = add(time, own);
            reasons.push(reason);
        }
        None if installs => {
            time = add(add(time, TO_BEGIN), UNWEIGHED);
            reasons.push("downloads and unpacks what could not be weighed".to_owned());
        }
        _ => time = add(time, at_speed(weighed.map(|it| it[0]).unwrap_or_default(), COPY)),
    }
    if !works.is_empty() {
        works.dedup();
        reasons.push(format!(
            "runs {}, which takes that long in a middling project",
            works.join(", ")
        ));
    }
    let why = match reasons.is_empty() {
        true => "A short command.".to_owned(),
        false => {
            let mut why = reasons.join(", and ");
            why.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
            why + "."
        }
    };
    TimeEstimate::assumed(time, why)
}

/// Downloading, unless a cache mount has it, and unpacking.
fn install([written, packed]: [ByteRange; 2], is_warm: bool) -> ([u64; 3], String) {
    let amount = Bytes(written.likely());
    let unpacked = add(TO_BEGIN, at_speed(written, UNPACK));
    if is_warm {
        return (unpacked, format!("unpacks {amount} that its cache mount holds"));
    }
    let reason = format!(
        "downloads {} at {} and unpacks {amount} at {} MB a second",
        Bytes(packed.likely()),
        DOWNLOAD[1],
        UNPACK[1]
    );
    (add(unpacked, at_speed(packed, DOWNLOAD)), reason)
}

/// Whether most of a layer could be weighed.
fn is_weighed(layer: &SimulatedLayer) -> bool {
    let written = &layer.delta.written;
    let is_unknown = written.iter().any(|(_, entry)| entry.evidence == Evidence::Unknown);
    !is_unknown && (layer.unknowns.is_empty() || layer.delta.bytes().likely() > 1_000_000)
}

/// What a pull of the layer would transfer, which is about what was downloaded for it.
fn packed(layer: Option<&SimulatedLayer>) -> ByteRange {
    let written = layer.map_or(&[][..], |layer| &layer.delta.written);
    written.iter().map(|(_, entry)| entry.packing.pack(entry.bytes)).sum()
}

/// The first two words of every command, leaving out variables that are set before it.
fn commands(command: &RunCommand) -> Vec<[String; 2]> {
    const MOST_COMMANDS: usize = 200;
    let (text, more) = match command {
        RunCommand::Exec(arguments) => (arguments.join(" "), String::new()),
        RunCommand::Shell { text, heredocs } => {
            let bodies = heredocs.iter().map(|heredoc| heredoc.content.as_str());
            (text.clone(), bodies.collect::<Vec<_>>().join("\n"))
        }
    };
    let both = [text, more].join("\n");
    let parts = both.split(['\n', ';', '&', '|', '(', ')']);
    let words = parts.filter_map(|part| {
        let is_variable = |word: &&str| word.contains('=') && !word.starts_with('-');
        let words = part.split_ascii_whitespace().skip_while(is_variable);
        let mut words = words.filter(|word| !["sudo", "exec", "time", "set"].contains(word));
        let first = words.next().filter(|word| !word.starts_with(['#', '<']))?;
        let second = words.find(|word| !word.starts_with('-') || *word == "-m");
        Some([first.to_owned(), second.unwrap_or_default().to_owned()])
    });
    words.take(MOST_COMMANDS).collect()
}

fn begins([first, second]: &[String; 2], wanted: &str) -> bool {
    match wanted.split_once(' ') {
        Some((one, two)) => first == one && second == two,
        None if wanted == "yarn" || wanted == "bundle" => first == wanted && second.is_empty(),
        None => first == wanted,
    }
}

fn add(one: [u64; 3], other: [u64; 3]) -> [u64; 3] {
    let [a, b, c] = one;
    let [d, e, f] = other;
    [a.saturating_add(d), b.saturating_add(e), c.saturating_add(f)]
}

/// Milliseconds for bytes at so many megabytes a second.
fn at_speed(bytes: ByteRange, [fast, usual, slow]: [u64; 3]) -> [u64; 3] {
    let time = |bytes: u64, speed: u64| bytes / (speed * 1_000);
    [time(bytes.low(), fast), time(bytes.likely(), usual), time(bytes.high(), slow)]
}
