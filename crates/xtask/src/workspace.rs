//! Where things are.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::failure::{Failure, Outcome};

/// The folders that commands work in.
#[derive(Clone, Debug)]
pub(crate) struct Workspace {
    /// The folder of the workspace's `Cargo.toml`.
    pub(crate) root: PathBuf,
    /// Tools and their logs, ignored by git.
    pub(crate) cache: PathBuf,
}

impl Workspace {
    /// Finds the workspace from this crate's own folder, so that any working directory will do.
    pub(crate) fn find() -> Outcome<Self> {
        // `cargo run` sets the variable at run time, which stays right when a checkout moves.
        let package = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let Some(root) =
            package.ancestors().nth(2).filter(|root| root.join("Cargo.toml").is_file())
        else {
            return Err(Failure::new(format!(
                "no workspace above {}; run `cargo xtask` inside a checkout",
                package.display()
            )));
        };
        let cache = match env::var_os("LAYERWISE_CACHE") {
            Some(folder) => env::current_dir().unwrap_or_default().join(folder),
            None => root.join(".cache"),
        };
        Ok(Self { root: root.to_owned(), cache })
    }

    /// Where the tools that cargo builds are kept.
    pub(crate) fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// The editor's npm package; wasm-opt comes with it.
    pub(crate) fn editor(&self) -> PathBuf {
        self.root.join("crates/web/editor")
    }

    /// The browser tests' npm package.
    pub(crate) fn browser_tests(&self) -> PathBuf {
        self.root.join("tests/browser")
    }

    /// The crate that becomes an npm package.
    pub(crate) fn npm(&self) -> PathBuf {
        self.root.join("crates/npm")
    }

    /// The npm package of that one's tests.
    pub(crate) fn npm_tests(&self) -> PathBuf {
        self.root.join("tests/npm")
    }

    /// The release page.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// `PATH` with the project's own tools first.
    pub(crate) fn path(&self) -> Outcome<OsString> {
        let own = [self.tools().join("bin"), self.editor().join("node_modules/.bin")];
        let inherited = env::var_os("PATH").unwrap_or_default();
        env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).map_err(|_| {
            Failure::new(
                "this folder's name has a character that PATH cannot hold (`:` or `;`); \
                 move the checkout",
            )
        })
    }

    /// The version of `package` that Cargo.lock asks for.
    pub(crate) fn locked_version(&self, package: &str) -> Outcome<String> {
        let file = self.root.join("Cargo.lock");
        let text = read(&file)?;
        locked_version(&text, package).map(str::to_owned).ok_or_else(|| {
            Failure::new(format!("{} does not name `{package}`; run `cargo check`", file.display()))
        })
    }
}

/// Reads a file, or says which one could not be read.
pub(crate) fn read(file: &Path) -> Outcome<String> {
    std::fs::read_to_string(file)
        .map_err(|error| Failure::new(format!("cannot read {}: {error}", file.display())))
}

fn locked_version<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let (_, after) = lock.split_once(&format!("\nname = \"{package}\"\nversion = \""))?;
    after.split_once('"').map(|(version, _)| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locked_version_is_that_of_the_whole_name() {
        let lock = "[[package]]\nname = \"wasm-bindgen-test\"\nversion = \"0.3.1\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.129\"\n";
        assert_eq!(locked_version(lock, "wasm-bindgen"), Some("0.2.129"));
        assert_eq!(locked_version(lock, "bindgen"), None);
    }
}
