//! Paths in the image, as BuildKit joins and cleans them.
//!
//! `NormalizePath` and `NormalizeWorkdir` in
//! <https://github.com/moby/buildkit/blob/v0.33.0/util/system/path.go>, for Linux.

/// The longest path Linux takes, its final zero byte left out.
const LONGEST: usize = 4095;

/// `path` seen from `directory`: absolute paths as they are, relative ones joined and cleaned.
///
/// # Errors
/// When it is longer than Linux takes.
pub(super) fn join(directory: &str, path: &str) -> Result<String, String> {
    let joined = if path.starts_with('/') { path.into() } else { clean(directory, path) };
    if joined.len() > LONGEST {
        return Err(format!(
            "makes a path of {} bytes; Linux takes {LONGEST}, so use shorter names",
            joined.len()
        ));
    }
    Ok(joined)
}

/// As [`join`], for the destination of `COPY`: what ends in `/` or `/.` keeps that end.
///
/// # Errors
/// As [`join`].
pub(super) fn join_destination(directory: &str, path: &str) -> Result<String, String> {
    let path = if matches!(path, "" | ".") { "./" } else { path };
    let mut joined = join(directory, path)?;
    if path.ends_with('/') && !joined.ends_with('/') {
        joined.push('/');
    } else if path.ends_with("/.") && !path.starts_with('/') {
        joined.push_str(if joined == "/" { "." } else { "/." });
    }
    Ok(joined)
}

/// Joins two paths, takes out `.` and empty parts, and resolves `..` as text.
pub(crate) fn clean(directory: &str, path: &str) -> String {
    let mut cleaned = String::with_capacity(directory.len() + path.len() + 2);
    // Most directories are clean, and some are long.
    let rest = if is_clean(directory) {
        cleaned.push_str(directory.trim_end_matches('/'));
        ""
    } else {
        directory
    };
    for part in rest.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => cleaned.truncate(cleaned.rfind('/').unwrap_or_default()),
            part => {
                cleaned.push('/');
                cleaned.push_str(part);
            }
        }
    }
    if cleaned.is_empty() { "/".to_owned() } else { cleaned }
}

/// Whether nothing is to be taken out of an absolute path.
fn is_clean(path: &str) -> bool {
    path.starts_with('/') && !path.contains("//") && !path.contains("/.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directories_join_as_buildkit_joins_them() {
        for (directory, path, expected) in [
            ("/", "app", "/app"),
            ("/app", "src", "/app/src"),
            ("/app/", "src/", "/app/src"),
            ("/app", "/app/", "/app/"),
            ("/app", "../lib", "/lib"),
            ("/app", "../../..", "/"),
            ("/app", "", "/app"),
            ("/app", ".", "/app"),
            ("/a", "/b/../c", "/b/../c"),
        ] {
            assert_eq!(join(directory, path).as_deref(), Ok(expected), "{path} in {directory}");
        }
        assert!(
            join("/", &"a/".repeat(3000)).is_err_and(|error| error.contains("Linux takes 4095"))
        );
    }

    #[test]
    fn destinations_keep_their_slash() {
        for (directory, path, expected) in [
            ("/app", ".", "/app/"),
            ("/app", "./", "/app/"),
            ("/app", "src", "/app/src"),
            ("/app", "src/", "/app/src/"),
            ("/app", "src/.", "/app/src/."),
            ("/app", "/x/", "/x/"),
            ("/", ".", "/"),
            ("/app", "/x/.", "/x/."),
        ] {
            assert_eq!(join_destination(directory, path).as_deref(), Ok(expected), "{path}");
        }
    }
}
