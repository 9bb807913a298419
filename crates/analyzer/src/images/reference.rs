//! Image references: `registry/repository:tag@digest` in its familiar form.

use std::fmt;

use dockerfile_parser::ImageRef;

/// A reference to an image as people write it, in parts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ImageReference {
    /// Repository in its familiar form: `node`, `bitnami/redis`, `gcr.io/distroless/static`.
    pub repository: String,
    /// Tag; `None` where none is written (Docker then takes `latest`, unless there is a digest).
    pub tag: Option<String>,
    /// Digest: `sha256:…`.
    pub digest: Option<String>,
}

impl fmt::Display for ImageReference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.repository)?;
        if let Some(tag) = &self.tag {
            write!(formatter, ":{tag}")?;
        }
        if let Some(digest) = &self.digest {
            write!(formatter, "@{digest}")?;
        }
        Ok(())
    }
}

impl ImageReference {
    /// Reads a reference by the grammar of `distribution/reference` (v0.6.0,
    /// <https://github.com/distribution/reference/blob/v0.6.0/reference.go>) and its familiar
    /// form: `docker.io/library/node`, `index.docker.io/node` and `node` are one.
    ///
    /// # Errors
    /// A sentence saying what is wrong and what to write instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        let parts = split(text);
        if parts.repository.is_empty() {
            return Err("An image name is missing; write one such as alpine:3.22.".into());
        }
        check_repository(&parts.registry, &parts.repository)?;
        if let Some(tag) = &parts.tag {
            check_tag(tag)?;
        }
        if let Some(digest) = &parts.digest {
            check_digest(digest)?;
        }
        let repository = match parts.registry.as_deref() {
            None | Some("docker.io" | "index.docker.io") => {
                let official = parts.repository.strip_prefix("library/");
                let official = official.filter(|name| !name.contains('/'));
                official.unwrap_or(&parts.repository).to_string()
            }
            Some(registry) => format!("{registry}/{}", parts.repository),
        };
        if parts.registry.is_none() && is_identifier(&repository) {
            return Err("64 hexadecimal digits are an image's id, which FROM cannot name; \
                        write its repository, as in node@sha256:…."
                .into());
        }
        Ok(Self { repository, tag: parts.tag, digest: parts.digest })
    }

    /// The reference with the tag that Docker takes where none is written: references that pull
    /// the same image are the same text.
    #[must_use]
    pub fn with_default_tag(&self) -> String {
        let latest = if self.tag.is_none() && self.digest.is_none() { ":latest" } else { "" };
        format!("{self}{latest}")
    }
}

/// A reference in parts that are not checked yet.
pub(super) struct Parts {
    pub(super) registry: Option<String>,
    pub(super) repository: String,
    pub(super) tag: Option<String>,
    pub(super) digest: Option<String>,
}

/// Splits a reference. `dockerfile-parser` finds the registry, the name and the tag; it leaves a
/// tag that stands before a digest in the name.
pub(super) fn split(text: &str) -> Parts {
    let ImageRef { registry, image, tag, hash } = ImageRef::parse(text);
    let (repository, tag): (String, _) = match (tag, image.rsplit_once(':')) {
        (None, Some((name, tag))) if !tag.contains('/') => (name.into(), Some(tag.to_string())),
        (tag, _) => (image, tag),
    };
    // A first part with a capital letter is a registry too; the crate takes it for a folder.
    let (registry, repository) = match (registry, repository.split_once('/')) {
        (None, Some((host, rest))) if host.bytes().any(|byte| byte.is_ascii_uppercase()) => {
            (Some(host.to_string()), rest.to_string())
        }
        (registry, _) => (registry, repository),
    };
    Parts { registry, repository, tag, digest: hash }
}

fn check_repository(registry: &Option<String>, repository: &str) -> Result<(), String> {
    if let Some(host) = registry
        && !is_host(host)
    {
        return Err(format!("“{host}” is not a registry; write a host such as ghcr.io."));
    }
    if repository.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let lower = repository.to_ascii_lowercase();
        return Err(format!("Repository names are lower case; write {lower}."));
    }
    let length = repository.len() + registry.as_ref().map_or(0, |host| host.len() + 1);
    if length > 255 {
        return Err("A repository name has at most 255 characters.".into());
    }
    if repository.split('/').all(is_path_component) {
        return Ok(());
    }
    Err(format!(
        "“{repository}” is not a repository name; write lower-case letters and digits, joined by \
         single . _ or by -, with / between parts."
    ))
}

/// `[a-z0-9]+((\.|_|__|-+)[a-z0-9]+)*`
fn is_path_component(component: &str) -> bool {
    let word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let bytes = component.as_bytes();
    let ends = [bytes.first(), bytes.last()];
    if !ends.iter().all(|end| end.is_some_and(|byte| word(*byte))) {
        return false;
    }
    bytes
        .split(|byte| word(*byte))
        .filter(|joint| !joint.is_empty())
        .all(|joint| matches!(joint, b"." | b"_" | b"__") || joint.iter().all(|byte| *byte == b'-'))
}

/// A host name or address, with a port if need be.
fn is_host(host: &str) -> bool {
    let (name, port) = match host.rsplit_once(':') {
        Some((name, port)) if !host.ends_with(']') => (name, Some(port)),
        _ => (host, None),
    };
    let port_fits =
        port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    let label = |label: &str| {
        let word = |byte: u8| byte.is_ascii_alphanumeric();
        let bytes = label.as_bytes();
        [bytes.first(), bytes.last()].iter().all(|end| end.is_some_and(|byte| word(*byte)))
            && bytes.iter().all(|byte| word(*byte) || *byte == b'-')
    };
    let address = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let name_fits = match address {
        Some(address) => address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':'),
        None => name.split('.').all(label),
    };
    port_fits && name_fits
}

fn check_tag(tag: &str) -> Result<(), String> {
    let word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let fits = tag.bytes().next().is_some_and(word)
        && tag.bytes().all(|byte| word(byte) || byte == b'.' || byte == b'-')
        && tag.len() <= 128;
    if fits {
        return Ok(());
    }
    Err(if tag.is_empty() {
        "The tag after the colon is missing; write one such as :22-alpine.".into()
    } else {
        format!(
            "“{tag}” is not a tag; write at most 128 letters, digits, . _ or -, not starting with \
             . or -."
        )
    })
}

fn check_digest(digest: &str) -> Result<(), String> {
    let (algorithm, hex) = digest.split_once(':').unwrap_or((digest, ""));
    let named = algorithm.split(['-', '_', '+', '.']).all(|part| {
        part.bytes().next().is_some_and(|byte| byte.is_ascii_alphabetic())
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    });
    let length_fits = match algorithm {
        "sha256" => hex.len() == 64,
        "sha384" => hex.len() == 96,
        "sha512" => hex.len() == 128,
        _ => hex.len() >= 32,
    };
    if named && length_fits && hex.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Ok(());
    }
    Err(format!("“{digest}” is not a digest; write sha256: and 64 hexadecimal digits."))
}

fn is_identifier(name: &str) -> bool {
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    name.len() == 64 && name.bytes().all(hexadecimal)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    #[test]
    fn references_get_their_familiar_form() {
        let pinned = format!("node:22@{DIGEST}");
        let digest_only = format!("docker.io/library/node@{DIGEST}");
        let table = [
            ("node", "node"),
            ("node:22", "node:22"),
            ("docker.io/library/node:22", "node:22"),
            ("index.docker.io/library/node:22", "node:22"),
            ("docker.io/node:22", "node:22"),
            ("library/node:22", "node:22"),
            ("docker.io/bitnami/redis", "bitnami/redis"),
            ("localhost/app:1", "localhost/app:1"),
            ("localhost:5000/team/app:1", "localhost:5000/team/app:1"),
            ("ghcr.io/acme/app:1.2_3-x", "ghcr.io/acme/app:1.2_3-x"),
            ("[2001:db8::1]:5000/app", "[2001:db8::1]:5000/app"),
            ("a__b/c--d.e:x", "a__b/c--d.e:x"),
            ("Registry/app:1", "Registry/app:1"),
            ("library/team/app", "library/team/app"),
            (&pinned, &pinned),
        ];
        for (written, familiar) in table {
            let read = ImageReference::parse(written).map(|reference| reference.to_string());
            assert_eq!(read.as_deref(), Ok(familiar), "{written}");
        }
        let read = ImageReference::parse(&digest_only).expect("a digest alone is enough");
        assert_eq!((read.repository.as_str(), read.tag), ("node", None));
        assert_eq!(read.digest.as_deref(), Some(DIGEST));
    }

    #[test]
    fn what_is_wrong_is_said_with_what_to_write() {
        let table = [
            ("", "name is missing"),
            (":22", "name is missing"),
            ("node:", "tag after the colon"),
            ("node:-alpine", "not a tag"),
            ("Node:22", "write node"),
            ("node:22@sha256:12", "64 hexadecimal digits"),
            ("node:${VERSION}", "not a tag"),
            ("no de", "not a repository"),
            ("a..b", "not a repository"),
            ("a___b", "not a repository"),
            ("/node", "not a repository"),
            ("node/", "not a repository"),
            ("ghcr.io:port/app", "not a registry"),
            ("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "image's id"),
        ];
        for (written, expected) in table {
            let error = ImageReference::parse(written).expect_err(written);
            assert!(error.contains(expected), "{written}: {error}");
        }
    }
}
