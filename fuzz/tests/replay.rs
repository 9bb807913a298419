//! Runs every target on every input that was kept: `corpus/` reaches what there is to reach, `found/`
//! once failed.

use std::path::{Path, PathBuf};

use layerwise_fuzz::TARGETS;

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut files: Vec<PathBuf> = entries.filter_map(|it| Some(it.ok()?.path())).collect();
    files.sort();
    files
}

#[test]
fn what_was_kept_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for target in TARGETS {
        let kept = files(&root.join("corpus").join(target.name));
        assert!(!kept.is_empty(), "{} has no corpus: run `cargo xtask fuzz {0}`", target.name);
        for file in kept.into_iter().chain(files(&root.join("found").join(target.name))) {
            let bytes = std::fs::read(&file).expect("the file is there");
            let told = format!("{} fails on {}", target.name, file.display());
            let outcome = std::panic::catch_unwind(|| layerwise_fuzz::run(target.name, &bytes));
            assert!(outcome.is_ok(), "{told}: what does not hold is told above");
        }
    }
}

#[test]
fn every_target_has_its_binary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("targets");
    let there: Vec<String> = files(&root)
        .iter()
        .filter_map(|file| Some(file.file_stem()?.to_str()?.to_owned()))
        .collect();
    let mut listed: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
    listed.sort_unstable();
    assert_eq!(there, listed, "a binary or a row of TARGETS is missing");
}
