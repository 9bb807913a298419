//! Other names of the official images: registries that mirror them, and the repositories that
//! each hold the builds for one architecture.

use super::Platform;
use super::estimate::Doubt;

/// Registries that serve the official images under another name.
const MIRRORS: [&str; 5] = [
    "public.ecr.aws/docker/library/",
    "mirror.gcr.io/library/",
    "registry-1.docker.io/library/",
    "registry.hub.docker.com/library/",
    // Docker Hub's own, as templates of Rails 7.1 have it.
    "registry.docker.com/library/",
];

/// Namespaces of the official images' builds for one architecture, with their platforms. A pull
/// by one of these names brings that architecture, whatever platform was asked for.
/// Source: <https://github.com/docker-library/official-images#architectures-other-than-amd64>.
const ARCHITECTURES: [(&str, &str); 10] = [
    ("amd64/", "linux/amd64"),
    ("arm32v5/", "linux/arm/v5"),
    ("arm32v6/", "linux/arm/v6"),
    ("arm32v7/", "linux/arm/v7"),
    ("arm64v8/", "linux/arm64"),
    ("i386/", "linux/386"),
    ("mips64le/", "linux/mips64le"),
    ("ppc64le/", "linux/ppc64le"),
    ("riscv64/", "linux/riscv64"),
    ("s390x/", "linux/s390x"),
];

/// The name of the official image that `repository` is, with the one platform it is for where the
/// name says so; `repository` itself where it is no other name of one.
pub(super) fn name(repository: String, doubt: &mut Doubt) -> (String, Option<Platform>) {
    let mirrored = MIRRORS.iter().find_map(|mirror| repository.strip_prefix(mirror));
    if let Some(official) = mirrored {
        doubt.note(format!("{repository} mirrors the official image {official}."));
        return (official.into(), None);
    }
    let built = ARCHITECTURES.iter().find_map(|(namespace, platform)| {
        let official = repository.strip_prefix(namespace)?;
        Some((official, Platform::parse(platform).ok()?))
    });
    if let Some((official, platform)) = built {
        doubt.note(format!("{repository} is the official image {official} for {platform}."));
        return (official.into(), Some(platform));
    }
    (repository, None)
}
