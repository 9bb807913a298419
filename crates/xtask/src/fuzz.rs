//! `cargo xtask fuzz`: looks for inputs for which something does not hold, led by coverage.
//!
//! The targets are those of `fuzz/`; they are built without a sanitizer, which the stable compiler
//! lacks and code without `unsafe` does not miss. A session works on a copy of the corpus, and what it
//! finds new is merged back as few files as reach the same code.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::process::{cargo, program, run, run_logged};
use crate::tools::{CARGO_FUZZ, ensure, seconds};
use crate::workspace::Workspace;

/// Minutes a target, where none are named.
const MINUTES: u64 = 20;
/// The longest input that is made, in bytes; a target may look at less.
const LONGEST: &str = "-max_len=4096";
/// What counts as too long and too much: a second, 512 MiB.
const LIMITS: [&str; 2] = ["-timeout=1", "-rss_limit_mb=512"];

/// Runs targets, all where none is named, and keeps what they found.
pub(crate) fn fuzz(workspace: &Workspace, mut arguments: Arguments) -> Outcome {
    let minutes = match arguments.value("--minutes")? {
        Some(text) => text
            .parse::<std::num::NonZeroU64>()
            .map(std::num::NonZeroU64::get)
            .map_err(|_| Failure::new(format!("`--minutes` wants a whole number, not `{text}`")))?,
        None => MINUTES,
    };
    let mut named: Vec<String> = std::iter::from_fn(|| arguments.word()).collect();
    arguments.finish()?;
    let all = targets(workspace)?;
    if let Some(wrong) = named.iter().find(|name| !all.contains(name)) {
        let all = all.join(", ");
        return Err(Failure::new(format!("there is no target `{wrong}`; there are {all}")));
    }
    if named.is_empty() {
        named = all;
    }
    ensure(workspace, &[&CARGO_FUZZ])?;
    named.iter().try_for_each(|name| build(workspace, name))?;
    named.iter().try_for_each(|name| look(workspace, name, minutes))
}

fn targets(workspace: &Workspace) -> Outcome<Vec<String>> {
    let folder = workspace.root.join("fuzz/targets");
    let entries = fs::read_dir(&folder)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", folder.display())))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.path().file_stem()?.to_str()?.to_owned()))
        .collect();
    names.sort();
    Ok(names)
}

fn build(workspace: &Workspace, name: &str) -> Outcome {
    eprintln!("fuzz: building {name} (about 4 minutes for the first one)");
    let mut command = cargo(workspace)?;
    command
        .args([
            "fuzz",
            "build",
            "--fuzz-dir",
            "fuzz",
            "--sanitizer",
            "none",
            "--features",
            "targets",
        ])
        .arg("--target-dir")
        .arg(workspace.root.join("target/fuzz"))
        .arg(name)
        // The page's profile is small and slow; here every second counts.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    run_logged(&mut command, &workspace.cache.join(format!("log/fuzz-{name}.txt")))
}

fn look(workspace: &Workspace, name: &str, minutes: u64) -> Outcome {
    let kept = workspace.root.join("fuzz/corpus").join(name);
    let work = workspace.cache.join("fuzz").join(name);
    for folder in [&kept, &work] {
        fs::create_dir_all(folder)
            .map_err(|error| Failure::new(format!("cannot make {}: {error}", folder.display())))?;
    }
    let found = workspace.root.join("fuzz/found").join(name);
    fs::create_dir_all(&found)
        .map_err(|error| Failure::new(format!("cannot make {}: {error}", found.display())))?;
    eprintln!("fuzz: {name} for {minutes} min; what fails is left in fuzz/found/{name}");
    let start = Instant::now();
    let mut command = fuzzer(workspace, name)?;
    command.args([&work, &kept]).args(LIMITS).arg(LONGEST);
    command.arg(format!("-max_total_time={}", minutes * 60));
    command.arg(format!("-artifact_prefix={}/", found.display()));
    run(command.args(["-print_final_stats=1", "-verbosity=0"]))?;
    merge(workspace, name, &kept, &work)?;
    eprintln!("fuzz: {name} held for {}", seconds(start.elapsed().max(Duration::from_secs(1))));
    // Git keeps no empty folder, and so nobody else does.
    fs::remove_dir(&found).ok();
    Ok(())
}

/// Keeps as few inputs as reach what all of them reach.
fn merge(workspace: &Workspace, name: &str, kept: &Path, work: &Path) -> Outcome {
    let fresh = kept.with_extension("new");
    let gone = |error| Failure::new(format!("cannot renew {}: {error}", kept.display()));
    fs::create_dir_all(&fresh).map_err(gone)?;
    let mut command = fuzzer(workspace, name)?;
    command.args(["-set_cover_merge=1", "-use_counters=0", LONGEST]).args([
        &fresh,
        &kept.to_path_buf(),
        &work.to_path_buf(),
    ]);
    run_logged(&mut command, &workspace.cache.join(format!("log/fuzz-merge-{name}.txt")))?;
    fs::remove_dir_all(kept).and_then(|()| fs::rename(&fresh, kept)).map_err(gone)
}

fn fuzzer(workspace: &Workspace, name: &str) -> Outcome<Command> {
    let host = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    program(workspace, workspace.root.join("target/fuzz").join(host).join("release").join(name))
}
