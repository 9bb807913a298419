//! What has to be so for an install to see the same files, though only its manifests are there.

use super::{Taken, Way};
use crate::cache::reorder::installs::{Manifests, Reads};
use crate::cache::reorder::note;
use crate::context::{is_manifest, is_within};

impl Taken<'_> {
    /// What has to be so beside; `None` where it is known not to be.
    pub(super) fn check_manifests(
        &self,
        reads: &Reads,
        own: &Manifests,
        way: &mut Way,
    ) -> Option<()> {
        let first = own.required.first().and_then(|name| self.find(reads, name));
        let text = first.as_ref().and_then(|path| self.files.context.manifests.get(path));
        match text.filter(|_| self.files.are_known) {
            Some(text) if own.far_reaching.iter().any(|word| text.contains(word)) => return None,
            Some(_) => {}
            None => note(&mut way.conditions, own.condition.to_owned()),
        }
        let left_out = own.left_out();
        if !self.files.are_known && first.is_some() && !left_out.is_empty() {
            let (command, names) = (&reads.command, left_out.join("` and `"));
            note(&mut way.conditions, format!("`{command}` does without `{names}`."));
        }
        let name = own.required.first().copied().unwrap_or_default();
        let is_other = |path: &str| {
            path.rsplit('/').next() == Some(name)
                && Some(path) != first.as_deref()
                && is_manifest(path)
        };
        // Several of them are a workspace.
        if first.is_some() && self.files.are_known && self.has(is_other) {
            return None;
        }
        // What install scripts look for, of the project or of packages.
        const ASIDE: [&str; 3] = [".yarn", "patches", "prisma"];
        if self.has(|path| path.split('/').any(|part| ASIDE.contains(&part))) {
            return None;
        }
        // Who copies scripts beside the manifests before an install has reason to.
        const SCRIPTS: [&str; 4] = ["scripts", "bin", "tools", "vendor"];
        let is_script = |source: &String| SCRIPTS.iter().any(|own| is_within(source, own));
        if text.is_none() && self.sources.iter().any(is_script) {
            return None;
        }
        // What lies where it installs would be copied over it; packages elsewhere cover nothing.
        let place = first.as_deref().and_then(|path| path.rsplit_once('/'));
        if let Some(folder) = own.folder
            && let place = place.map_or(folder.to_owned(), |(above, _)| format!("{above}/{folder}"))
            && self.has(|path| is_within(path, &place))
        {
            // Who copies it by name wants it there.
            if self.sources.iter().any(|source| is_within(source, &place)) {
                return None;
            }
            way.ignore = Some(format!("**/{folder}"));
            note(&mut way.conditions, format!("Nothing needs `{folder}` of the build context."));
        }
        Some(())
    }

    /// What has to be so of a file that `pip` is told by name; `None` where it names others.
    pub(super) fn check_named(&self, reads: &Reads, name: &str, way: &mut Way) -> Option<()> {
        let Some(path) = self.find(reads, name) else { return Some(()) };
        let text = self.files.context.manifests.get(&path).filter(|_| self.files.are_known);
        match text {
            Some(text) if names_files(text) => return None,
            Some(_) => {}
            None => {
                let name = path.rsplit('/').next().unwrap_or(&path);
                note(&mut way.conditions, format!("`{name}` names no other file."));
            }
        }
        Some(())
    }
}

/// Whether a requirements file names files of the project: other lists, folders or archives
/// (<https://pip.pypa.io/en/stable/reference/requirements-file-format/>).
fn names_files(text: &str) -> bool {
    const LISTS: [&str; 6] = ["-r", "-c", "-e", "--requirement", "--constraint", "--editable"];
    text.lines().map(str::trim).any(|line| {
        let words: Vec<&str> = line.split(" #").next().unwrap_or(line).split([' ', '=']).collect();
        let first = words.first().copied().unwrap_or_default();
        let is_path = |word: &str| {
            !word.contains("://") && (word.contains('/') || word.starts_with('.'))
                || word.contains("file:")
                || !word.contains("://") && (word.ends_with(".whl") || word.ends_with(".gz"))
        };
        match first {
            _ if first.starts_with('#') => false,
            _ if LISTS.iter().any(|list| first.starts_with(list)) => true,
            _ if first.starts_with("-f") || first == "--find-links" => !line.contains("://"),
            _ if first.starts_with('-') => false,
            _ => is_path(first) || line.contains("file:"),
        }
    })
}
