//! Which image references BuildKit accepts.
//!
//! The grammar is that of `ParseNormalizedNamed` in
//! <https://github.com/distribution/reference/blob/v0.6.0/normalize.go> and `regexp.go` beside it.

/// Checks `reference`, already expanded.
///
/// # Errors
/// What is wrong with it and what to write instead.
pub(super) fn check(reference: &str) -> Result<(), String> {
    if reference.len() == 64 && reference.bytes().all(is_lower_hex) {
        return Err("is an image ID, not a name; tag that image and write the tag".into());
    }
    let (name_and_tag, digest) = match reference.split_once('@') {
        Some((name, digest)) => (name, Some(digest)),
        None => (reference, None),
    };
    let (domain, remainder) = split_domain(name_and_tag);
    let (path, tag) = match remainder.split_once(':') {
        Some((path, tag)) => (path, Some(tag)),
        None => (remainder, None),
    };
    if path.chars().any(char::is_uppercase) {
        return Err(format!(
            "has capitals; an image's name is in lower case, as in `{}`",
            path.to_ascii_lowercase()
        ));
    }
    if path.is_empty() || !path.split('/').all(is_path_component) {
        return Err(
            "is no image name; write letters, digits and single `.`, `_`, `-` or `/` between them, as in `node:22`"
                .into(),
        );
    }
    if domain.is_some_and(|domain| !is_domain(domain)) {
        return Err(
            "names no registry before the first `/`; write one as in `ghcr.io/owner/name:tag`"
                .into(),
        );
    }
    if tag.is_some_and(|tag| !is_tag(tag)) {
        return Err(
            "has no valid tag; a tag is up to 128 letters, digits, `_`, `.` and `-`, as in `node:22-alpine`"
                .into(),
        );
    }
    if digest.is_some_and(|digest| !is_digest(digest)) {
        return Err("has no valid digest; write `@sha256:` and 64 characters of 0-9 and a-f".into());
    }
    // The limit counts `library/` for official images and the registry for others.
    let longest =
        if domain.is_none() && !path.contains('/') { 255 - "library/".len() } else { 255 };
    if path.len() > longest {
        return Err("is longer than the 255 characters a name may have".into());
    }
    Ok(())
}

/// What stands before the first slash, when it can only be a registry.
fn split_domain(name: &str) -> (Option<&str>, &str) {
    match name.split_once('/') {
        Some((first, rest))
            if first.contains(['.', ':'])
                || first == "localhost"
                || first.chars().any(char::is_uppercase) =>
        {
            (Some(first), rest)
        }
        _ => (None, name),
    }
}

fn is_lower_hex(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'f')
}

/// Runs of lower-case letters and digits, joined by `.`, `_`, `__` or any number of `-`.
fn is_path_component(component: &str) -> bool {
    let is_letter = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    let joins = component.split(is_letter).filter(|joint| !joint.is_empty());
    component.starts_with(is_letter)
        && component.ends_with(is_letter)
        && joins.into_iter().all(|joint| {
            matches!(joint, "." | "_" | "__") || joint.bytes().all(|byte| byte == b'-')
        })
}

fn is_domain(domain: &str) -> bool {
    let (host, port) = match domain.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (domain, None),
    };
    let is_part = |part: &str| {
        !part.is_empty()
            && !part.starts_with('-')
            && !part.ends_with('-')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let address = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    let named = match address {
        Some(address) => {
            !address.is_empty()
                && address.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b':')
        }
        None => host.split('.').all(is_part),
    };
    let numbered =
        port.is_none_or(|port| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()));
    named && numbered
}

fn is_tag(tag: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    tag.len() <= 128
        && tag.bytes().next().is_some_and(is_word)
        && tag.bytes().all(|byte| is_word(byte) || matches!(byte, b'.' | b'-'))
}

fn is_digest(digest: &str) -> bool {
    let length = match digest.split_once(':') {
        Some(("sha256", _)) => 64,
        Some(("sha384", _)) => 96,
        Some(("sha512", _)) => 128,
        _ => return false,
    };
    digest
        .split_once(':')
        .is_some_and(|(_, value)| value.len() == length && value.bytes().all(is_lower_hex))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_that_buildkit_takes() {
        let digest = format!("node@sha256:{}", "a0".repeat(32));
        let both = format!("node:22@sha256:{}", "a0".repeat(32));
        for reference in [
            "node",
            "node:22",
            "node:22-alpine3.20_x.Y",
            "library/node",
            "docker.io/library/node:22",
            "gcr.io/distroless/nodejs22-debian12:nonroot",
            "localhost/x",
            "localhost:5000/x:1",
            "127.0.0.1:5000/a/b/c",
            "[::1]:5000/x",
            "Registry.Example.com/x",
            "MyHost/x",
            "g/a.b_c__d-e---f",
            "0",
            "node:5000",
            "xn--7o8h.com/myimage:xn--7o8h.com",
            &digest,
            &both,
        ] {
            assert_eq!(check(reference), Ok(()), "{reference}");
        }
    }

    #[test]
    fn references_that_buildkit_refuses() {
        for (reference, part) in [
            ("Node:22", "lower case, as in `node`"),
            ("node:22!", "no valid tag"),
            ("Node:22!", "lower case"),
            ("owner/Name", "lower case"),
            ("node:", "no valid tag"),
            ("node:-x", "no valid tag"),
            ("node@sha256:123", "no valid digest"),
            ("node@latest", "no valid digest"),
            ("", "no image name"),
            ("-node", "no image name"),
            ("node-", "no image name"),
            ("a..b", "no image name"),
            ("a___b", "no image name"),
            ("a//b", "no image name"),
            ("/a", "no image name"),
            ("https://example.com/x", "no image name"),
            ("no de", "no image name"),
            ("exa_mple.com/x", "names no registry"),
            (&"a".repeat(64), "image ID"),
            (&"b".repeat(256), "longer than the 255"),
            (&format!("node:{}", "t".repeat(129)), "no valid tag"),
        ] {
            let error = check(reference).expect_err(reference);
            assert!(error.contains(part), "{reference:?} is refused with {error:?}");
        }
    }
}
