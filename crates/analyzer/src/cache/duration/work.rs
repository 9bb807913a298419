//! What the commands of a `RUN` do that takes its time whatever they write.

use std::collections::BTreeMap;

use crate::cache::commands;
use crate::packages::{self, ActionKind, CommandLine};
use crate::plan::RunCommand;
use crate::shell::run::{Certainty, Invocation};
use crate::text::Span;

/// Kinds of work: first words, and milliseconds.
type Work = (&'static str, [u64; 3]);

/// What compiles, bundles or tests: guesses, since nobody timed these builds. The first number is for a
/// project of one file and a tool that has nothing left to fetch; where that was tried (26 November
/// 2026, two busy cores), `make` took 0.1 s, `npm run` 0.2 s, `cargo build` 0.4 s and `mvn` 2.8 s. The
/// second is for some dozens of files and packages, the third for hundreds on a slow machine.
const WORKS: &[Work] = &[
    ("go build", [200, 20_000, 120_000]),
    ("go install", [200, 20_000, 120_000]),
    ("go test", [200, 20_000, 180_000]),
    ("cargo build", [100, 120_000, 900_000]),
    ("cargo install", [5_000, 120_000, 900_000]),
    ("cargo test", [100, 120_000, 900_000]),
    ("cargo chef cook", [100, 90_000, 900_000]),
    ("mvn", [2_000, 60_000, 400_000]),
    ("mvnw", [2_000, 60_000, 400_000]),
    ("gradle", [3_000, 75_000, 600_000]),
    ("gradlew", [3_000, 75_000, 600_000]),
    ("dotnet build", [2_000, 25_000, 120_000]),
    ("dotnet publish", [2_000, 25_000, 120_000]),
    ("dotnet test", [2_000, 30_000, 180_000]),
    ("npm run", [200, 30_000, 180_000]),
    ("npm test", [200, 20_000, 180_000]),
    ("yarn run", [200, 30_000, 180_000]),
    ("yarn build", [200, 30_000, 180_000]),
    ("pnpm run", [200, 30_000, 180_000]),
    ("pnpm build", [200, 30_000, 180_000]),
    ("bun run", [200, 20_000, 120_000]),
    ("npx", [200, 25_000, 180_000]),
    ("tsc", [200, 10_000, 90_000]),
    ("make", [100, 60_000, 900_000]),
    ("cmake", [100, 60_000, 900_000]),
    ("ninja", [100, 60_000, 900_000]),
    ("configure", [100, 15_000, 120_000]),
    ("gcc", [50, 3_000, 60_000]),
    ("g++", [50, 5_000, 90_000]),
    ("docker-php-ext-install", [3_000, 45_000, 600_000]),
    ("pecl install", [3_000, 40_000, 300_000]),
    ("bundle exec", [200, 20_000, 180_000]),
    ("rails", [200, 20_000, 180_000]),
    ("rake", [200, 20_000, 180_000]),
    ("python -m venv", [1_000, 5_000, 20_000]),
    ("python3 -m venv", [1_000, 5_000, 20_000]),
    ("pytest", [200, 30_000, 300_000]),
    ("tox", [2_000, 60_000, 600_000]),
];

/// Compilers that keep their work in folders that people mount as a cache
/// (<https://docs.docker.com/build/cache/optimize/#use-cache-mounts>).
const KEEPERS: &[&str] = &[
    "go build",
    "go install",
    "go test",
    "cargo build",
    "cargo install",
    "cargo test",
    "cargo chef cook",
];

/// Which part of its work such a compiler has left: an eighth. Nobody measured that, it is a guess.
pub(super) const LEFT: u64 = 8;

/// What downloads and is no package manager's.
const DOWNLOADS: &[&str] = &["curl", "wget", "git clone"];

/// What any other command takes, as a guess: most are a `mkdir` or a `chmod`.
const TO_RUN: [u64; 3] = [100, 400, 3_000];

/// What the commands of a `RUN` do.
#[derive(Debug, Default)]
pub(super) struct Done {
    /// Milliseconds, without what installing takes.
    pub(super) time: [u64; 3],
    /// Whether one of them installs.
    pub(super) installs: bool,
    /// Those that compile, bundle or test, each once in a row.
    pub(super) works: Vec<&'static str>,
    /// Whether one of these finds its earlier work in a cache mount.
    pub(super) is_kept: bool,
}

/// Reads what the commands of a `RUN` do. Of branches of which one is taken, the slowest counts, and
/// at best none.
///
/// `is_warm` says that a cache mount holds what was compiled before: a compiler that keeps its work
/// there then has one part in [`LEFT`] left to do.
pub(super) fn read(command: &RunCommand, is_warm: bool) -> Done {
    let mut done = Done::default();
    let mut branches: BTreeMap<(Span, Span), [u64; 3]> = BTreeMap::new();
    for invocation in commands::list(command, "/").invocations {
        let words = first_words(&invocation);
        let time = if let Some((work, time)) = WORKS.iter().find(|(work, _)| begins(&words, work)) {
            done.works.push(work);
            let [low, likely, high] = *time;
            let is_kept = is_warm && KEEPERS.iter().any(|keeper| begins(&words, keeper));
            done.is_kept |= is_kept;
            if is_kept { [low.min(likely / LEFT), likely / LEFT, high] } else { *time }
        } else if installs(&invocation, &words) {
            done.installs = true;
            continue;
        } else {
            TO_RUN
        };
        match invocation.certainty {
            Certainty::Always => done.time = add(done.time, time),
            Certainty::Maybe { choice, branch } => {
                let sum = branches.entry((choice, branch)).or_default();
                *sum = add(*sum, time);
            }
        }
    }
    let mut choices: BTreeMap<Span, [u64; 3]> = BTreeMap::new();
    for ((choice, _), [_, likely, high]) in branches {
        let [_, most_likely, most_high] = choices.entry(choice).or_default();
        (*most_likely, *most_high) = (likely.max(*most_likely), high.max(*most_high));
    }
    done.time = choices.into_values().fold(done.time, add);
    done.works.dedup();
    done
}

/// The program and the words after it that are no options, as many as a table has.
fn first_words(invocation: &Invocation) -> Vec<&str> {
    const MOST_WORDS: usize = 3;
    let words = invocation.words.iter().skip(1).filter_map(|word| word.known());
    let words = words.filter(|word| !word.starts_with(['-', '+']) || *word == "-m");
    invocation.program().into_iter().chain(words).take(MOST_WORDS).collect()
}

/// Whether a command downloads what it writes: what the package managers say of it.
fn installs(invocation: &Invocation, words: &[&str]) -> bool {
    use ActionKind::{Build, Install, Update, Upgrade};
    if let Some(action) = packages::recognize(&CommandLine::from(invocation)) {
        // Wheels that pip builds are mostly ones that it downloads.
        let is_of_pip = action.manager.is_some_and(|manager| manager.id == "pip");
        return matches!(action.kind, Install | Update | Upgrade)
            || action.kind == Build && is_of_pip;
    }
    DOWNLOADS.iter().any(|download| begins(words, download))
}

fn begins(words: &[&str], wanted: &str) -> bool {
    let mut words = words.iter();
    wanted.split(' ').all(|wanted| words.next() == Some(&wanted))
}

/// Sums two times bound by bound.
pub(super) fn add(one: [u64; 3], other: [u64; 3]) -> [u64; 3] {
    let [a, b, c] = one;
    let [d, e, f] = other;
    [a.saturating_add(d), b.saturating_add(e), c.saturating_add(f)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_apart_as_the_shell_reads_them() {
        for (text, installs, works, likely) in [
            ("npm ci && npm run build", true, "npm run", 30_000),
            ("sudo -E npm --silent ci", true, "", 0),
            ("CI=1 npm run build; npm run test", false, "npm run", 60_000),
            ("sh -c 'npm ci; make -j4'", true, "make", 60_000),
            ("echo 'first; npm run build'", false, "", 400),
            ("yarn", true, "", 0),
            ("yarn build", false, "yarn build", 30_000),
            ("./mvnw -q package", false, "mvnw", 60_000),
            ("cargo chef prepare --recipe-path r.json", false, "", 400),
            ("cargo +nightly chef cook --release", false, "cargo chef cook", 90_000),
            ("python3 -m pip install flask", true, "", 0),
            ("python -m pip wheel -r requirements.txt", true, "", 0),
            ("curl -O https://example.com/a && git clone x && apt-get clean", true, "", 400),
            ("dnf clean all", false, "", 400),
            ("rustup target add wasm32-unknown-unknown", true, "", 0),
            ("go install example.com/tool@latest", false, "go install", 20_000),
            ("python3 -m compileall .", false, "", 400),
        ] {
            let command = RunCommand::Shell { text: text.into(), heredocs: Vec::new() };
            let done = read(&command, false);
            let got = (done.installs, done.works.join(", "), done.time[1]);
            assert_eq!(got, (installs, works.to_owned(), likely), "{text}");
        }
    }

    #[test]
    fn of_branches_the_slowest_counts_and_at_best_none() {
        let text = "if [ -f yarn.lock ]; then yarn run build; \
                    elif [ -f package-lock.json ]; then npm ci && npm run build; \
                    else echo none && exit 1; fi";
        let done = read(&RunCommand::Shell { text: text.into(), heredocs: Vec::new() }, false);
        assert!(done.installs, "one branch installs");
        let [low, likely, high] = done.time;
        assert!(low < 500 && (30_000..35_000).contains(&likely), "{:?}", done.time);
        assert!(high < 200_000, "two builds never run both: {:?}", done.time);
    }

    #[test]
    fn every_guess_is_a_wide_range() {
        for (work, [low, likely, high]) in WORKS {
            assert!(low * 3 <= *likely && likely * 3 <= *high, "{work} is too sure");
        }
    }
}
