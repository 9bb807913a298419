//! What `ADD` makes of a URL's name and of archives.

/// The name of the file that `ADD` makes of a URL.
///
/// `dispatchCopy` of
/// <https://github.com/moby/buildkit/blob/12fa12887c47/frontend/dockerfile/dockerfile2llb/convert_copy.go>.
pub(super) fn file_name(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let path = rest.split_once('/').map_or("", |(_, path)| path).trim_end_matches('/');
    // The path is decoded before its last part is looked for, so `%2F` divides.
    let decoded = decode(path).unwrap_or_default();
    match decoded.trim_end_matches('/').rsplit('/').next().unwrap_or_default() {
        "" | "." => "__unnamed__".to_owned(),
        name => name.to_owned(),
    }
}

/// Undoes `%41`; `None` where that is malformed.
fn decode(text: &str) -> Option<String> {
    let mut bytes = text.bytes();
    let mut decoded = Vec::with_capacity(text.len());
    while let Some(byte) = bytes.next() {
        if byte != b'%' {
            decoded.push(byte);
            continue;
        }
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let value = digit(bytes.next()?)? * 16 + digit(bytes.next()?)?;
        decoded.push(u8::try_from(value).ok()?);
    }
    Some(String::from_utf8_lossy(&decoded).into_owned())
}

/// Whether a file's name is that of an archive which `ADD` unpacks. The builder looks at the
/// content instead: tar, plain or compressed with gzip, bzip2, xz or zstd.
///
/// `isArchivePath` of
/// <https://github.com/moby/buildkit/blob/0bad7f46d16f/solver/llbsolver/file/unpack.go>.
pub(super) fn names_an_archive(path: &str) -> bool {
    const ENDINGS: [&str; 12] = [
        ".tar",
        ".tar.gz",
        ".tgz",
        ".taz",
        ".tar.bz2",
        ".tbz2",
        ".tbz",
        ".tar.xz",
        ".txz",
        ".tar.zst",
        ".tar.zstd",
        ".tzst",
    ];
    let lower = path.to_ascii_lowercase();
    ENDINGS.iter().any(|ending| lower.ends_with(ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_name_their_file() {
        for (url, name) in [
            ("https://example.com/a/b.txt", "b.txt"),
            ("https://example.com/a/b.txt?x=/y#z", "b.txt"),
            ("https://example.com/a/", "a"),
            ("https://example.com/", "__unnamed__"),
            ("https://example.com", "__unnamed__"),
            ("https://example.com/a%20b", "a b"),
            ("https://example.com/a%2Fb", "b"),
            ("https://example.com/a%2", "__unnamed__"),
        ] {
            assert_eq!(file_name(url), name, "{url}");
        }
    }
}
