//! Platforms as `FROM --platform=` spells them.
//!
//! The rules are those of `Parse` and `Normalize` in
//! <https://github.com/containerd/platforms/blob/v1.0.0/platforms.go>.

use crate::images::Platform;

const SYSTEMS: [&str; 18] = [
    "aix",
    "android",
    "darwin",
    "dragonfly",
    "freebsd",
    "hurd",
    "illumos",
    "ios",
    "js",
    "linux",
    "nacl",
    "netbsd",
    "openbsd",
    "plan9",
    "solaris",
    "wasip1",
    "windows",
    "zos",
];
const ARCHITECTURES: [&str; 22] = [
    "386",
    "amd64",
    "amd64p32",
    "arm",
    "armbe",
    "arm64",
    "arm64be",
    "loong64",
    "mips",
    "mipsle",
    "mips64",
    "mips64le",
    "mips64p32",
    "mips64p32le",
    "ppc",
    "ppc64",
    "ppc64le",
    "riscv64",
    "s390x",
    "sparc64",
    "wasm",
    "riscv",
];

/// Reads a platform; what it leaves out comes from `host`, where the build runs.
///
/// # Errors
/// What is wrong with it and what to write instead.
pub(super) fn parse(text: &str, host: &Platform) -> Result<Platform, String> {
    let parts: Vec<&str> = text.split('/').collect();
    let is_part = |part: &&str| {
        let is_character =
            |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        !part.is_empty() && part.bytes().all(is_character)
    };
    // Windows may carry its version, as in `windows(10.0.17763)/amd64`.
    let (system, version) = match parts.first().and_then(|system| system.split_once('(')) {
        Some((system, version)) => (system, version.strip_suffix(')')),
        None => (parts.first().copied().unwrap_or_default(), Some("")),
    };
    if version.is_none() || !is_part(&system) || !parts.iter().skip(1).all(is_part) {
        return Err(no_platform(text));
    }
    let system = if system.eq_ignore_ascii_case("macos") {
        "darwin".into()
    } else {
        system.to_ascii_lowercase()
    };
    let platform = |os: &str, architecture: &str, variant: &str| Platform {
        os: os.into(),
        architecture: architecture.into(),
        variant: variant.into(),
    };
    match parts[..] {
        [_] if SYSTEMS.contains(&system.as_str()) => {
            Ok(normalize(&platform(&system, &host.architecture, &host.variant)))
        }
        [architecture] => {
            let known = normalize(&platform(&host.os, architecture, ""));
            let is_known = ARCHITECTURES.contains(&known.architecture.as_str());
            if is_known { Ok(known) } else { Err(no_platform(text)) }
        }
        [_, architecture] => Ok(normalize(&platform(&system, architecture, ""))),
        [_, architecture, variant] => Ok(normalize(&platform(&system, architecture, variant))),
        _ => Err(no_platform(text)),
    }
}

fn no_platform(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    format!("`{short}` is no platform; write one as `linux/amd64`, `linux/arm64` or `linux/arm/v7`")
}

/// The platform in the words that images are published with.
pub(super) fn normalize(platform: &Platform) -> Platform {
    let architecture = platform.architecture.to_ascii_lowercase();
    let variant = platform.variant.to_ascii_lowercase();
    let (architecture, variant) = match (architecture.as_str(), variant.as_str()) {
        ("i386" | "386", _) => ("386", ""),
        ("x86_64" | "x86-64" | "amd64", "v1") => ("amd64", ""),
        ("x86_64" | "x86-64" | "amd64", variant) => ("amd64", variant),
        ("aarch64" | "arm64", "8" | "v8" | "v8.0") => ("arm64", ""),
        ("aarch64" | "arm64", variant) => ("arm64", variant),
        ("armhf", _) | ("arm", "" | "7") => ("arm", "v7"),
        ("armel", _) | ("arm", "6") => ("arm", "v6"),
        ("arm", "5") => ("arm", "v5"),
        ("arm", "8") => ("arm", "v8"),
        (architecture, variant) => (architecture, variant),
    };
    Platform {
        os: platform.os.to_ascii_lowercase(),
        architecture: architecture.into(),
        variant: variant.into(),
    }
}

/// `os/architecture[/variant]`, the value of `TARGETPLATFORM`.
pub(super) fn format(platform: &Platform) -> String {
    let variant = if platform.variant.is_empty() { "" } else { "/" };
    format!("{}/{}{variant}{}", platform.os, platform.architecture, platform.variant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn platforms_read_as_images_are_published() {
        let host =
            Platform { os: "linux".into(), architecture: "arm64".into(), variant: String::new() };
        for (text, expected) in [
            ("linux/amd64", "linux/amd64"),
            ("linux", "linux/arm64"),
            ("amd64", "linux/amd64"),
            ("x86_64", "linux/amd64"),
            ("Linux/X86_64", "linux/amd64"),
            ("linux/aarch64", "linux/arm64"),
            ("linux/arm64/v8", "linux/arm64"),
            ("linux/arm", "linux/arm/v7"),
            ("linux/arm/v6", "linux/arm/v6"),
            ("linux/armhf", "linux/arm/v7"),
            ("linux/amd64/v2", "linux/amd64/v2"),
            ("linux/i386", "linux/386"),
            ("windows(10.0.17763)/amd64", "windows/amd64"),
            ("any/thing", "any/thing"),
        ] {
            let platform = parse(text, &host).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!(format(&platform), expected, "{text}");
        }
        for text in
            ["", "bogus", "linux/", "/amd64", "linux/amd64/v1/x", "li nux/amd64", "linux(/amd64"]
        {
            let error = parse(text, &host).expect_err(text);
            assert!(error.contains("write one as `linux/amd64`"), "{text}: {error}");
        }
    }
}
