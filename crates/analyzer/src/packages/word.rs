//! The words of a command line that name packages.

use super::index::PackageIndex;

/// What one word asks for.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Wish {
    /// A package, or something that packages provide.
    Install(u32),
    /// A package that must not be there: `curl-` for apt, `!curl` for apk.
    Leave(u32),
    /// A name the index does not have.
    Missing,
}

impl PackageIndex {
    /// Reads a word as its package manager does: a name as it stands first, then without version,
    /// architecture, release or repository (`curl=7.88`, `curl:amd64`, `curl/bookworm`; `curl~=8`,
    /// `curl>8`, `curl@edge`), then without the sign at its end that says what to do with it.
    pub(super) fn wish(&self, word: &str) -> Wish {
        if let Some(number) = self.number(word) {
            return Wish::Install(number);
        }
        if self.is_apk {
            return self.apk_wish(word);
        }
        let end = word.find(['=', '/', ':']).unwrap_or(word.len());
        let name = word.get(..end).unwrap_or_default();
        if let Some(number) = self.number(name) {
            return Wish::Install(number);
        }
        let without = |sign| name.strip_suffix(sign).and_then(|name| self.number(name));
        match (without('+'), without('-')) {
            (Some(number), _) => Wish::Install(number),
            (None, Some(number)) => Wish::Leave(number),
            (None, None) => Wish::Missing,
        }
    }

    fn apk_wish(&self, word: &str) -> Wish {
        let bare = word.strip_prefix('!').unwrap_or(word);
        let end = bare.find(['<', '>', '=', '~', '@']).unwrap_or(bare.len());
        match bare.get(..end).and_then(|name| self.number(name)) {
            Some(number) if bare.len() < word.len() => Wish::Leave(number),
            Some(number) => Wish::Install(number),
            None => Wish::Missing,
        }
    }
}
