//! Which files of a folder are read: the few manifests that say what a project installs, for their
//! text, and small files that are sent, for a digest that tells when they change.

use layerwise_analyzer::context::{MAXIMUM_MANIFEST_BYTES, is_manifest};
use layerwise_analyzer::dockerignore::{Dockerignore, Walk};

use crate::bindings::folders::Listed;
use crate::format::sorted;

/// Bytes of the largest file that gets a digest.
pub(in crate::app) const MOST_DIGEST_BYTES: u64 = 64_000;
/// Files that get a digest at most: some seconds of reading.
pub(in crate::app) const MOST_DIGESTS: usize = 2_000;
/// Manifests that are read at most.
const MOST_MANIFESTS: usize = 50;
/// Files that are looked at before the page has its turn.
const AT_ONCE: usize = 1_000;

/// A choice that is being made, some files at a time.
pub(super) struct Choice {
    ignore: Option<String>,
    /// Files that may be read, those near the root last.
    candidates: Vec<usize>,
    /// Numbers of files, and whether their text is wanted.
    chosen: Vec<(usize, bool)>,
    manifests: usize,
}

impl Choice {
    /// Begins; `ignore` is the ignore file on the page.
    pub(super) fn new(ignore: Option<String>, files: &[Listed]) -> Self {
        let mut candidates = candidates(files);
        candidates.reverse();
        Self { ignore, candidates, chosen: Vec::new(), manifests: 0 }
    }

    /// Looks at some more files, of which `own` is the ignore file where the page has none; false
    /// when the choice is made.
    pub(super) fn go_on(&mut self, files: &[Listed], own: Option<&str>) -> bool {
        let text = self.ignore.as_deref().or(own).unwrap_or_default();
        let (ignore, _) = Dockerignore::parse(text);
        let mut walk = Walk::new(&ignore);
        for _ in 0..AT_ONCE {
            let Some(number) = self.candidates.pop() else {
                return false;
            };
            let Some(file) = files.get(number) else { continue };
            if walk.decide_file(&file.path).is_ok_and(|decision| !decision.excluded) {
                self.choose(number, file);
            }
        }
        self.digests() < MOST_DIGESTS || self.manifests < MOST_MANIFESTS
    }

    /// What was chosen.
    pub(super) fn take(&mut self) -> Vec<(usize, bool)> {
        std::mem::take(&mut self.chosen)
    }

    /// Takes a file that is sent to the builder, unless enough of its kind were taken.
    fn choose(&mut self, number: usize, file: &Listed) {
        if is_read_as_text(file) && self.manifests < MOST_MANIFESTS {
            self.manifests += 1;
            self.chosen.push((number, true));
        } else if is_small(file) && self.digests() < MOST_DIGESTS {
            self.chosen.push((number, false));
        }
    }

    fn digests(&self) -> usize {
        self.chosen.len() - self.manifests
    }
}

/// Files that may be read, those near the root first.
fn candidates(files: &[Listed]) -> Vec<usize> {
    let depth = |path: &str| path.bytes().filter(|byte| *byte == b'/').count() as u64;
    let candidates = files
        .iter()
        .enumerate()
        .filter(|(_, file)| !file.path.ends_with('/'))
        .filter(|(_, file)| is_small(file) || is_read_as_text(file))
        .map(|(number, file)| (depth(&file.path), number));
    sorted(candidates.collect())
}

fn is_small(file: &Listed) -> bool {
    file.bytes.is_some_and(|bytes| bytes <= MOST_DIGEST_BYTES)
}

fn is_read_as_text(file: &Listed) -> bool {
    is_manifest(&file.path) && file.bytes.is_some_and(|bytes| bytes <= MAXIMUM_MANIFEST_BYTES)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(path: &str, bytes: u64) -> Listed {
        Listed { path: path.into(), bytes: Some(bytes) }
    }

    fn chosen(files: &[Listed]) -> Vec<(&str, bool)> {
        let mut choice = Choice::new(None, files);
        while choice.go_on(files, None) {}
        let taken = choice.take().into_iter();
        taken.map(|(number, text)| (files[number].path.as_str(), text)).collect()
    }

    #[test]
    fn manifests_are_read_and_small_files_get_a_digest() {
        let files = [
            listed("src/deep/a.js", 64_000),
            listed("src/large.js", 64_001),
            listed("web/package-lock.json", 1_900_000),
            listed("huge/package-lock.json", 2_000_001),
            listed("requirements-dev.txt", 10),
            listed("api/Api.csproj", 10),
            listed("node_modules/a/package.json", 10),
            listed("empty/", 0),
            Listed { path: "secret".into(), bytes: None },
        ];
        let wanted = [
            ("requirements-dev.txt", true),
            ("web/package-lock.json", true),
            ("api/Api.csproj", true),
            ("src/deep/a.js", false),
            ("node_modules/a/package.json", false),
        ];
        assert_eq!(chosen(&files), wanted);
    }

    #[test]
    fn of_very_many_files_only_some_are_read() {
        let mut files: Vec<Listed> =
            (0..10_000).map(|number| listed(&format!("src/{number}.js"), 10)).collect();
        files.push(listed("go.mod", 10));
        let chosen = chosen(&files);
        assert_eq!((chosen.len(), chosen[0]), (MOST_DIGESTS + 1, ("go.mod", true)));
    }
}
