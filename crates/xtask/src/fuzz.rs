//! `cargo xtask fuzz`: looks for inputs for which something does not hold, led by coverage.
//!
//! The targets are those of `fuzz/`; they are built without a sanitizer, which the stable compiler
//! lacks and code without `unsafe` does not miss. What a session finds new lies in `.cache/`, and is
//! merged into `fuzz/corpus/` as few files as reach the same code.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::process::{cargo, run, run_logged};
use crate::tools::{CARGO_FUZZ, ensure};
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

fn look(workspace: &Workspace, name: &str, minutes: u64) -> Outcome {
    let [kept, found] =
        ["corpus", "found"].map(|it| workspace.root.join("fuzz").join(it).join(name));
    let work = workspace.cache.join("fuzz").join(name);
    for folder in [&kept, &found, &work] {
        fs::create_dir_all(folder)
            .map_err(|error| Failure::new(format!("cannot make {}: {error}", folder.display())))?;
    }
    eprintln!("fuzz: {name} for {minutes} min, once it is built (about 4 min the first time)");
    eprintln!("fuzz: what fails is left in fuzz/found/{name}");
    let mut command = fuzzer(workspace, name, &[&work, &kept])?;
    command.args(LIMITS).arg(format!("-max_total_time={}", minutes * 60));
    command.arg(format!("-artifact_prefix={}/", found.display()));
    run(command.arg("-print_final_stats=1"))?;
    // Git keeps no empty folder, and so nobody else does.
    fs::remove_dir(&found).ok();
    merge(workspace, name, &kept, &work)
}

/// Keeps as few inputs as reach what all of them reach.
fn merge(workspace: &Workspace, name: &str, kept: &Path, work: &Path) -> Outcome {
    let fresh = kept.with_extension("new");
    let gone = |error| Failure::new(format!("cannot renew {}: {error}", kept.display()));
    fs::create_dir_all(&fresh).map_err(gone)?;
    let mut command = fuzzer(workspace, name, &[&fresh, kept, work])?;
    command.args(["-set_cover_merge=1", "-use_counters=0"]);
    run_logged(&mut command, &workspace.cache.join(format!("log/fuzz-merge-{name}.txt")))?;
    fs::remove_dir_all(kept).and_then(|()| fs::rename(&fresh, kept)).map_err(gone)
}

/// A target on folders of inputs, to which flags of libFuzzer are added.
fn fuzzer(workspace: &Workspace, name: &str, folders: &[&Path]) -> Outcome<Command> {
    let mut command = cargo(workspace)?;
    command
        .args(["fuzz", "run", "--fuzz-dir", "fuzz", "--sanitizer", "none", "--features", "targets"])
        .arg("--target-dir")
        .arg(workspace.root.join("target/fuzz"))
        .arg(name)
        .args(folders)
        .args(["--", LONGEST])
        // The page's profile is small and slow; here every second counts.
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "3")
        .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16");
    Ok(command)
}
