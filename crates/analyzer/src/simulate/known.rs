//! Programs that are often copied from images made to hold them, and what they weigh.

use crate::layer::ByteRange;
use crate::size::Evidence;

/// A program of an image.
struct Program {
    /// What the image's reference holds.
    image: &'static str,
    /// The program's name.
    name: &'static str,
    /// Thousands of bytes: least, likely, most.
    kilobytes: [u64; 3],
    evidence: Evidence,
}

/// Thousands of bytes of uv, whose wheel was measured (`tests/measured/pip.md`).
pub(super) const UV: [u64; 3] = [30_000, 40_000, 62_000];
/// Thousands of bytes of Composer, assumed.
pub(super) const COMPOSER: [u64; 3] = [2_300, 3_100, 3_600];

const PROGRAMS: &[Program] = &[
    // Releases of uv are taken to be near the one that was measured.
    modelled("astral-sh/uv", "uv", UV),
    modelled("astral-sh/uv", "uvx", [250, 340, 450]),
    // 97,607,264 bytes in 20.19.5 (`data/images.jsonl`); older releases have less, newer ones more.
    modelled("node", "node", [38_000, 97_600, 130_000]),
    assumed("astral-sh/ruff", "ruff", [18_000, 27_000, 38_000]),
    // The whole image weighs 1,256 kB with uClibc and 1,533 kB with musl, linked statically; with
    // glibc and its libraries 4,446 kB (`data/images.jsonl`, July 2026).
    assumed("busybox", "busybox", [800, 1_100, 2_300]),
    // The layer of `docker:29.7.0-cli` that holds it is 19.5 MB packed (`data/images.jsonl`).
    assumed("docker", "docker", [28_000, 38_000, 75_000]),
    assumed("composer", "composer", COMPOSER),
];

const fn modelled(image: &'static str, name: &'static str, kilobytes: [u64; 3]) -> Program {
    Program { image, name, kilobytes, evidence: Evidence::Modelled }
}

const fn assumed(image: &'static str, name: &'static str, kilobytes: [u64; 3]) -> Program {
    Program { image, name, kilobytes, evidence: Evidence::Assumed }
}

/// What a path of an image weighs, and how that is known; `None` where it is not.
pub(super) fn weight(reference: &str, path: &str) -> Option<(ByteRange, Evidence)> {
    let name = path.rsplit('/').next().unwrap_or(path);
    let program = PROGRAMS.iter().find(|it| it.name == name && reference.contains(it.image))?;
    Some((ByteRange::new(program.kilobytes.map(|thousand| thousand * 1000)), program.evidence))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn programs_are_known_by_their_image_and_their_name() {
        let likely = |reference, path| weight(reference, path).map(|(bytes, _)| bytes.likely());
        assert_eq!(likely("ghcr.io/astral-sh/uv:0.9", "/uv"), Some(40_000_000));
        assert_eq!(likely("composer:2", "/usr/bin/composer"), Some(3_100_000));
        assert_eq!(likely("composer:2", "/usr/bin/php"), None);
        assert_eq!(likely("busybox", "/uv"), None);
        assert_eq!(likely("node:20-alpine", "/usr/local/bin/node"), Some(97_600_000));
    }
}
