//! Which release of its distribution the base stands on, and the plain image of that.

use super::facts::Facts;
use crate::images::BaseImage;
use crate::rules::bases::names_release;

impl Facts<'_, '_> {
    /// Distribution of the base, such as `debian 12`.
    pub(super) fn distribution(&self) -> &str {
        self.release().0
    }

    /// Whether the release of the distribution is that of the very tag.
    pub(super) fn is_release_sure(&self) -> bool {
        self.release().1
    }

    fn release(&self) -> (&str, bool) {
        release_of(&self.base.repository, &self.base.tag, self.base.image)
    }

    /// The plain image of the base's distribution and release; `None` where that is not known as
    /// surely as libraries need it.
    pub(super) fn plain_base(&self, has_libraries: bool) -> Option<String> {
        if has_libraries && !self.is_release_sure() {
            return None;
        }
        match self.distribution().split_once(' ') {
            Some(("alpine", release)) => Some(format!("alpine:{release}")),
            Some(("debian", release)) => Some(format!("debian:{release}-slim")),
            _ => None,
        }
    }
}

/// The distribution of an image with its release, such as `debian 12`, empty where not known, and
/// whether that is the release of the very tag.
pub(in crate::rules) fn release_of<'image>(
    repository: &str,
    tag: &str,
    image: Option<&'image BaseImage>,
) -> (&'image str, bool) {
    let known = image.map_or("", |image| image.distribution.as_str());
    match frozen_release(repository, tag) {
        Some(release) if known.starts_with("debian") => (release, true),
        _ => {
            let is_exact = image.is_some_and(|image| image.approximation.is_none());
            (known, is_exact || names_release(tag))
        }
    }
}

/// The release of Debian that an old tag was last built on, where it names none itself.
///
/// A tag is built until the next version of its kind comes, and the default goes from one release of
/// Debian to the next, never back: what lies between two versions that were on a release was on it
/// too. Versions of which that is not told are left out. What was read:
/// - rust: `x.py` of <https://github.com/rust-lang/docker-rust> for 1.55.0 (`878a3bd`) and 1.71.0
///   (`d0d6a87`) names bullseye, for 1.72.0 (`bf2d9eb`) and 1.87.0 bookworm, for 1.90.0 trixie; 1.98
///   stands on trixie in the table of images.
/// - golang: `generate-stackbrew-library.sh` of <https://github.com/docker-library/golang> at 1.17.1
///   (`05cfd94`) names bullseye, `versions.json` at 1.26.1 (`005ca41`) trixie first; 1.27 stands on
///   trixie in the table. In <https://github.com/docker-library/official-images> bookworm came with
///   pull request 14857 (2023-06-14, when 1.19.10 and 1.20.5 were the newest), trixie with 19675
///   (2025-08-12, which brought 1.25.0 as well); 19420 (2025-07-08) brought 1.23.11 and 1.24.5, 19802
///   (2025-09-03) 1.24.7.
fn frozen_release(repository: &str, tag: &str) -> Option<&'static str> {
    let mut numbers = tag.split('.');
    let (first, minor, patch) = (numbers.next()?, numbers.next()?, numbers.next());
    let minor: u32 = minor.parse().ok().filter(|_| first == "1" && numbers.next().is_none())?;
    // Without a patch it is the last one.
    let patch: u32 = patch.map_or(Some(u32::MAX), |it| it.parse().ok())?;
    match (repository, minor, patch) {
        ("rust", 55..=70, _)
        | ("golang", 17, 1..)
        | ("golang", 18, _)
        | ("golang", 19, ..=9)
        | ("golang", 20, ..=4) => Some("debian 11"),
        ("rust", 72..=87, _)
        | ("golang", 19, 10..)
        | ("golang", 20, 5..)
        | ("golang", 21..=22, _)
        | ("golang", 23, ..=11)
        | ("golang", 24, ..=5) => Some("debian 12"),
        ("rust", 90..=98, _) | ("golang", 24, 7..) | ("golang", 25..=27, _) => Some("debian 13"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::frozen_release;

    #[test]
    fn a_tag_stays_on_the_release_that_it_was_last_built_on() {
        for (repository, tags, expected) in [
            ("rust", "1.55 1.60.0 1.70", Some("debian 11")),
            ("rust", "1.72 1.75.0 1.87", Some("debian 12")),
            ("rust", "1.90 1.95.1", Some("debian 13")),
            ("rust", "1.54 1.71 1.71.1 1.88 1.89.0 1.120 1 1.75-slim 1.75.0.1 2.72", None),
            ("golang", "1.17 1.18.3 1.19.9 1.20.1 1.20.4", Some("debian 11")),
            ("golang", "1.19 1.20 1.20.5 1.21 1.22.0 1.23.2 1.24.1", Some("debian 12")),
            ("golang", "1.24 1.24.9 1.25 1.26.1", Some("debian 13")),
            ("golang", "1.16 1.17.0 1.23 1.23.12 1.24.6 1.25rc1 1.40", None),
            ("node", "1.20", None),
        ] {
            for tag in tags.split(' ') {
                assert_eq!(frozen_release(repository, tag), expected, "{repository}:{tag}");
            }
        }
    }
}
