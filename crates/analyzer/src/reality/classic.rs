//! What the classic builder writes of a `COPY` or `ADD`: a hash of what was copied instead of its name.
//!
//! `COPY dir:8a9b… in /app`: `performCopy` of
//! <https://github.com/moby/moby/blob/v20.10.27/builder/dockerfile/internals.go>.

/// How the hash of a file, of a folder, of several things begins.
const KINDS: [&str; 3] = ["file:", "dir:", "multi:"];

/// The hash in a word, which a flag may stand before without any room: `--chown=a:bdir:8a9b`.
pub(super) fn source_in(word: &str) -> Option<&str> {
    let starts = KINDS.iter().filter_map(|kind| word.rfind(kind).map(|at| (at, kind)));
    let (at, kind) = starts.max()?;
    let hash = word.get(at + kind.len()..)?;
    let is_hash = hash.starts_with(|it: char| it.is_ascii_hexdigit());
    word.get(at..).filter(|_| is_hash && (at == 0 || word.starts_with("--")))
}

/// Whether a step may have made what the classic builder wrote so; both are normalized. What it
/// copied is of the right kind, and goes to the right place where that was not cut off.
pub(super) fn may_be(made: &str, is_cut: bool, step: &str) -> bool {
    let mut words = made.split_whitespace();
    let (Some(keyword), Some(hash)) = (words.next(), words.next()) else { return false };
    let Some(hash) = source_in(hash).filter(|own| *own == hash) else { return false };
    let unquoted = |word| -> &str { str::trim_matches(word, ['[', ']', '"', ',']) };
    let mut own = step.split_whitespace().map(unquoted);
    if own.next() != Some(keyword) {
        return false;
    }
    let own: Vec<&str> = own.collect();
    let Some((place, sources)) = own.split_last() else { return false };
    let is_one = sources.len() == 1;
    let is_pattern = sources.iter().any(|it| it.contains(['*', '?', '[']));
    let is_folder = sources.iter().any(|it| it.ends_with('/') || *it == "." || *it == "..");
    let is_kind = match hash.split_once(':') {
        Some(("multi", _)) => !is_one || is_pattern,
        Some(("file", _)) => is_one && !is_folder,
        _ => is_one,
    };
    let in_place = match (words.next(), words.next()) {
        (Some("in"), Some(other)) if !is_cut => {
            other.trim_end_matches('/') == place.trim_end_matches('/')
        }
        _ => true,
    };
    is_kind && in_place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_is_told_by_its_kind_and_place() {
        for (made, is_cut, step, may) in [
            ("COPY dir:8a9b in /app", false, "COPY . /app", true),
            ("COPY dir:8a9b in /app", false, "COPY . /srv", false),
            ("COPY dir:8a9b", true, "COPY . /srv", true),
            ("COPY file:8a9b in /app/", false, "COPY package.json /app", true),
            ("COPY file:8a9b in ./", false, "COPY . ./", false),
            ("COPY multi:8a9b in ./", false, "COPY package*.json ./", true),
            ("COPY multi:8a9b in ./", false, "COPY [\"a\" \"b\" \"./\"]", true),
            ("COPY multi:8a9b in ./", false, "COPY a ./", false),
            ("ADD file:8a9b in /", false, "COPY a /", false),
            ("COPY dir: /app", false, "COPY a /app", false),
            ("COPY . /app", false, "COPY b /app", false),
            ("RUN dir:8a9b", false, "RUN make", false),
            ("COPY", false, "COPY a b", false),
        ] {
            assert_eq!(may_be(made, is_cut, step), may, "{made} of {step}");
        }
    }
}
