//! Where in the image the files of a `COPY` come to lie.

use super::Taken;
use crate::context::is_within;
use crate::plan::{Step, StepKind};

/// Folders from which programs take their settings, certificates and sources of packages: what an
/// install does may hang on any file there.
const SYSTEM: [&str; 12] =
    ["etc", "usr", "root", "home", "var", "lib", "lib64", "bin", "sbin", "run", "dev", "tmp"];
/// Folders in these where people keep what they build.
const OWN: [&str; 6] =
    ["usr/src", "usr/app", "usr/share/nginx", "usr/local/apache2/htdocs", "var/www", "var/task"];
/// Ends of archives that `ADD` unpacks.
const ARCHIVES: [&str; 6] = [".tar", ".gz", ".tgz", ".xz", ".bz2", ".zst"];

impl Taken<'_> {
    /// Whether it may bring a file that is not the project's but tells the system how to install.
    pub(super) fn may_set_up_the_system(&self) -> bool {
        let is_archive = |source: &String| ARCHIVES.iter().any(|end| source.ends_with(end));
        if self.sources.iter().any(is_archive) {
            return true;
        }
        let destination = self.destination.trim_start_matches('/');
        if !destination.is_empty() {
            return is_of_system(destination);
        }
        let is_whole = |source: &String| source.is_empty();
        let is_file = |source: &String| self.files.context.files.contains_key(source);
        let is_folder = |source: &String| !is_whole(source) && !is_file(source);
        self.sources.iter().any(is_folder) || self.has(is_of_system)
    }

    /// Whether another `COPY` writes to another place, so that their order does not matter.
    pub(super) fn is_apart_from(&self, step: &Step) -> bool {
        let StepKind::Copy(other) = &step.kind else { return false };
        let other = other.destination.trim_end_matches('/');
        !other.contains('$')
            && !is_within(other, self.destination)
            && !is_within(self.destination, other)
    }
}

/// Whether a path, without `/` before it, lies where the system looks, other than in a folder of the
/// person's own below somebody's home.
fn is_of_system(path: &str) -> bool {
    let mut parts = path.split('/');
    let first = parts.next().unwrap_or_default();
    let below_home = match first {
        "root" => parts.next(),
        "home" => parts.nth(1),
        _ => None,
    };
    SYSTEM.contains(&first)
        && !OWN.iter().any(|own| is_within(path, own))
        && below_home.is_none_or(|folder| folder.starts_with('.'))
}
