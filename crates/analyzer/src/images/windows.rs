//! Which images are Windows images, of which the table holds none.

use super::reference::ImageReference;
use super::{Platform, tag};

/// Microsoft's repositories of images that exist for Windows alone.
const REPOSITORIES: [&str; 2] = ["mcr.microsoft.com/windows", "mcr.microsoft.com/dotnet/framework"];

/// Whether `reference` names a Windows image, by its platform, repository or tag.
#[must_use]
pub fn is_windows(reference: &str, platform: &Platform) -> bool {
    if platform.os == "windows" {
        return true;
    }
    let Ok(parsed) = ImageReference::parse(reference) else { return false };
    let below = |repository: &str| {
        let rest = parsed.repository.strip_prefix(repository);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let of_tag = tag::read(parsed.tag.as_deref().unwrap_or_default()).distribution;
    REPOSITORIES.iter().any(|repository| below(repository))
        || of_tag.is_some_and(|(family, _)| family == "windows")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_images_are_told_by_platform_repository_or_tag() {
        let windows = Platform::parse("windows/amd64").expect("a platform");
        assert!(is_windows("alpine", &windows));
        for (reference, wanted) in [
            ("mcr.microsoft.com/windows/nanoserver:ltsc2022", true),
            ("mcr.microsoft.com/windows:20H2", true),
            ("mcr.microsoft.com/dotnet/framework/aspnet:4.8", true),
            ("mcr.microsoft.com/dotnet/aspnet:9.0-nanoserver-ltsc2022", true),
            ("golang:1.25-windowsservercore-ltsc2022", true),
            ("mcr.microsoft.com/dotnet/aspnet:9.0", false),
            ("mcr.microsoft.com/windowsish:1", false),
            ("node:22", false),
        ] {
            let linux = Platform::default();
            assert_eq!(is_windows(reference, &linux), wanted, "{reference}");
            if wanted {
                assert_eq!(super::super::find(reference, &linux), None, "{reference}");
            }
        }
    }
}
