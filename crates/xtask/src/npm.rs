//! `cargo xtask npm`: the analyzer as an npm package, from `crates/npm`.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::arguments::Arguments;
use crate::failure::{Failure, Outcome};
use crate::page::without_folders;
use crate::process::{cargo, program, run, run_captured};
use crate::tools::{self, EDITOR, NODE, NPM_TESTS, Tool, WASM_BINDGEN, WASM_TARGET};
use crate::workspace::Workspace;

/// What building the package needs; wasm-opt comes with the editor's packages.
const NEEDS: &[&Tool] = &[&WASM_TARGET, &NODE, &EDITOR, &WASM_BINDGEN];

/// What trying it needs.
pub(crate) const TEST_NEEDS: &[&Tool] = &[&WASM_TARGET, &NODE, &WASM_BINDGEN, &NPM_TESTS];

/// How wasm-bindgen writes the JavaScript beside the wasm, and what the package calls it.
const FLAVOURS: &[(&str, &str, &str)] =
    &[("nodejs", "node.cjs", "node.d.cts"), ("web", "web.mjs", "web.d.mts")];

/// What is copied from the folder of the crate, and from the root.
const OWN_FILES: &[&str] = &["package.json", "README.md"];
const LICENCES: &[&str] = &["LICENSE-MIT", "LICENSE-APACHE"];

/// `cargo xtask npm`: leaves the package in `crates/npm/dist`.
pub(crate) fn npm(workspace: &Workspace, arguments: Arguments) -> Outcome {
    arguments.finish()?;
    tools::ensure(workspace, NEEDS)?;
    let package = workspace.npm().join("dist");
    let wasm = make(workspace, "engine", &package)?;
    let mut optimise = program(workspace, "wasm-opt")?;
    optimise.args(["-O3", "--low-memory-unused", "-o"]).arg(&wasm).arg(&wasm);
    run(&mut optimise)?;
    let shown = package.display();
    eprintln!("npm: {shown} is the package; `npm install {shown}` adds it to a project");
    Ok(())
}

/// Makes the package without optimising it, and uses it as its users do.
pub(crate) fn test(workspace: &Workspace) -> Outcome {
    let package = workspace.cache.join("npm/layerwise");
    make(workspace, "dev", &package)?;
    let mut test = program(workspace, "npm")?;
    test.args(["test", "--silent"]).current_dir(workspace.npm_tests());
    run(test.env("LAYERWISE_NPM_PACKAGE", package))
}

/// Writes the package into a folder and gives back the path of its wasm, which both flavours of the
/// JavaScript load.
fn make(workspace: &Workspace, profile: &str, package: &Path) -> Outcome<PathBuf> {
    let mut build = cargo(workspace)?;
    build.args(["build", "--locked", "--package", "layerwise-npm", "--profile", profile]);
    build.args(["--target", "wasm32-unknown-unknown"]);
    if profile != "dev" {
        // As the page's: where the crates lie on this machine is nobody's business.
        build.env("RUSTFLAGS", without_folders(workspace));
    }
    run(&mut build)?;
    let folder = if profile == "dev" { "debug" } else { profile };
    let built = target_folder(workspace)?
        .join("wasm32-unknown-unknown")
        .join(folder)
        .join("layerwise_npm.wasm");
    // What an older version left would be packed, too.
    let _ = fs::remove_dir_all(package);
    create(package)?;
    let wasm = package.join("layerwise_bg.wasm");
    for (flavour, script, types) in FLAVOURS {
        let folder = workspace.cache.join("npm").join(flavour);
        let mut bind = program(workspace, "wasm-bindgen")?;
        bind.args(["--target", flavour, "--out-name", "layerwise", "--out-dir"]);
        run(bind.arg(&folder).arg(&built))?;
        copy(&folder.join("layerwise.js"), &package.join(script))?;
        copy(&folder.join("layerwise.d.ts"), &package.join(types))?;
        let own = folder.join("layerwise_bg.wasm");
        if wasm.is_file() && bytes(&wasm)? != bytes(&own)? {
            return Err(Failure::new(format!(
                "wasm-bindgen makes another wasm for `{flavour}`; give each its own file in \
                 crates/xtask/src/npm.rs"
            )));
        }
        copy(&own, &wasm)?;
    }
    OWN_FILES.iter().try_for_each(|name| copy(&workspace.npm().join(name), &package.join(name)))?;
    LICENCES.iter().try_for_each(|name| copy(&workspace.root.join(name), &package.join(name)))?;
    Ok(wasm)
}

/// Where cargo builds, which the person may have moved.
fn target_folder(workspace: &Workspace) -> Outcome<PathBuf> {
    let mut metadata = cargo(workspace)?;
    metadata.args(["metadata", "--no-deps", "--locked", "--format-version", "1"]);
    let text = run_captured(&mut metadata)?;
    let metadata: Value = serde_json::from_str(&text)
        .map_err(|error| Failure::new(format!("`cargo metadata` printed no JSON: {error}")))?;
    let folder = metadata.get("target_directory").and_then(Value::as_str);
    folder.map(PathBuf::from).ok_or_else(|| Failure::new("cargo does not say where it builds"))
}

fn create(folder: &Path) -> Outcome {
    fs::create_dir_all(folder)
        .map_err(|error| Failure::new(format!("cannot write {}: {error}", folder.display())))
}

fn copy(from: &Path, to: &Path) -> Outcome {
    fs::copy(from, to).map(|_| ()).map_err(|error| {
        Failure::new(format!("cannot copy {} to {}: {error}", from.display(), to.display()))
    })
}

fn bytes(file: &Path) -> Outcome<Vec<u8>> {
    fs::read(file).map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::read;

    #[test]
    fn the_package_names_the_files_that_are_written() {
        let workspace = Workspace::find().expect("the checkout");
        let package = read(&workspace.npm().join("package.json")).expect("a package.json");
        for (_, script, types) in FLAVOURS {
            for file in [script, types] {
                assert!(package.contains(&format!("\"./{file}\"")), "package.json lacks {file}");
            }
        }
    }
}
