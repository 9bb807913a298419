//! Gives the wasm a ceiling of memory: beyond it an allocation fails, which ends the worker, where a wasm
//! without one may grow until the browser ends the tab.

/// Bytes, whole pages of 64 KiB. A listing of 100,000 files with an analysis of it takes a fifth.
const MOST_MEMORY: u64 = 512 << 20;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_ARCH").is_ok_and(|it| it == "wasm32") {
        println!("cargo::rustc-link-arg-bins=--max-memory={MOST_MEMORY}");
    }
}
