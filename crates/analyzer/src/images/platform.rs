//! Platforms as Docker names them.

use std::fmt;

/// A system architecture an image is built for, such as `linux/amd64` or `linux/arm/v7`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Platform {
    /// Operating system: `linux`, `windows`.
    pub os: String,
    /// Architecture in Go's words: `amd64`, `arm64`, `arm`.
    pub architecture: String,
    /// Variant: `v7`; empty where there is none.
    pub variant: String,
}

impl Default for Platform {
    /// `linux/amd64`, which nearly every image is published for.
    fn default() -> Self {
        Self::new("linux", "amd64", "")
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}/{}", self.os, self.architecture)?;
        if self.variant.is_empty() { Ok(()) } else { write!(formatter, "/{}", self.variant) }
    }
}

impl Platform {
    fn new(os: &str, architecture: &str, variant: &str) -> Self {
        Self { os: os.into(), architecture: architecture.into(), variant: variant.into() }
    }

    /// Reads `os/architecture[/variant]`, or an operating system or architecture alone, in any
    /// spelling Docker takes, and gives it in Docker's normal form: `linux/arm64/v8` is
    /// `linux/arm64`, `x86_64` is `linux/amd64`, `armhf` is `linux/arm/v7`. Where only an
    /// operating system is written, the architecture is `amd64`; where only an architecture is,
    /// the operating system is `linux` (Docker takes those of the machine it runs on).
    ///
    /// # Errors
    /// A sentence saying what to write instead, for anything that is not a platform.
    ///
    /// Source: containerd `platforms`, `Parse` and `normalizeArch` (v1.0.0-rc.1).
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts: Vec<&str> = text.trim().split('/').collect();
        let is_name = |part: &&str| {
            !part.is_empty()
                && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_.-".contains(&byte))
        };
        if !parts.iter().all(is_name) {
            return Err(explain(text));
        }
        let parts: Vec<String> = parts.iter().map(|part| part.to_ascii_lowercase()).collect();
        let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
        match parts.as_slice() {
            [name] => {
                if let Some(os) = operating_system(name) {
                    return Ok(Self::new(os, "amd64", ""));
                }
                let (architecture, variant) = normalize(name, "");
                let known = ARCHITECTURES.contains(&architecture);
                known
                    .then(|| Self::new("linux", architecture, variant))
                    .ok_or_else(|| explain(text))
            }
            [os, architecture] => {
                let (architecture, variant) = normalize(architecture, "");
                Ok(Self::new(operating_system(os).unwrap_or(os), architecture, variant))
            }
            [os, architecture, variant] => {
                let (architecture, variant) = normalize(architecture, variant);
                Ok(Self::new(operating_system(os).unwrap_or(os), architecture, variant))
            }
            _ => Err(explain(text)),
        }
    }
}

fn explain(text: &str) -> String {
    format!(
        "“{text}” is not a platform; write one such as linux/amd64, linux/arm64 or linux/arm/v7."
    )
}

/// Architectures that Go can build for, so that one alone can be told from an operating system.
const ARCHITECTURES: [&str; 13] = [
    "386", "amd64", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle", "ppc64",
    "ppc64le", "riscv64", "s390x",
];

fn operating_system(name: &str) -> Option<&str> {
    match name {
        "macos" => Some("darwin"),
        "linux" | "windows" | "darwin" | "freebsd" | "netbsd" | "openbsd" | "solaris"
        | "wasip1" | "js" | "plan9" | "android" | "aix" | "dragonfly" | "illumos" | "ios" => {
            Some(name)
        }
        _ => None,
    }
}

/// Architecture and variant in their normal form.
fn normalize<'a>(architecture: &'a str, variant: &'a str) -> (&'a str, &'a str) {
    match (architecture, variant) {
        ("i386", _) => ("386", ""),
        ("x86_64" | "x86-64" | "amd64", "" | "v1") => ("amd64", ""),
        ("x86_64" | "x86-64", _) => ("amd64", variant),
        ("aarch64" | "arm64", "" | "8" | "v8") => ("arm64", ""),
        ("aarch64", _) => ("arm64", variant),
        ("armhf" | "arm", "" | "7" | "v7") => ("arm", "v7"),
        ("armhf", _) => ("arm", "v7"),
        ("armel", _) => ("arm", "v6"),
        ("arm", "5") => ("arm", "v5"),
        ("arm", "6") => ("arm", "v6"),
        ("arm", "8") => ("arm", "v8"),
        _ => (architecture, variant),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_become_dockers_normal_form() {
        let table = [
            ("linux/amd64", "linux/amd64"),
            ("linux/x86_64", "linux/amd64"),
            ("linux/amd64/v1", "linux/amd64"),
            ("linux/amd64/v3", "linux/amd64/v3"),
            ("linux/arm64/v8", "linux/arm64"),
            ("linux/aarch64", "linux/arm64"),
            ("aarch64", "linux/arm64"),
            ("arm64", "linux/arm64"),
            ("linux/arm64/v9", "linux/arm64/v9"),
            ("linux/armhf", "linux/arm/v7"),
            ("linux/armel", "linux/arm/v6"),
            ("linux/arm", "linux/arm/v7"),
            ("linux/arm/7", "linux/arm/v7"),
            ("linux/arm/v6", "linux/arm/v6"),
            ("linux/i386", "linux/386"),
            ("Linux/AMD64", "linux/amd64"),
            ("windows", "windows/amd64"),
            ("windows/amd64", "windows/amd64"),
            ("macOS/arm64", "darwin/arm64"),
            ("linux/riscv64", "linux/riscv64"),
        ];
        for (written, normal) in table {
            let read = Platform::parse(written).map(|platform| platform.to_string());
            assert_eq!(read.as_deref(), Ok(normal), "{written}");
        }
    }

    #[test]
    fn what_is_no_platform_is_refused_with_an_example() {
        for written in ["", "linux/", "/amd64", "linux/amd64/v1/x", "potato", "linux amd64", "ü/ß"]
        {
            let error = Platform::parse(written).expect_err(written);
            assert!(error.contains("linux/arm64"), "{error}");
        }
    }
}
