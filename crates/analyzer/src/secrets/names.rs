//! Names that tell of a secret, and values that are none in spite of the name.

use super::PLACEHOLDER;

/// Words of a name that make it a secret's for BuildKit's check
/// (<https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/>).
const SECRET: &[&str] = &[
    "apikey",
    "auth",
    "credential",
    "credentials",
    "key",
    "password",
    "pword",
    "passwd",
    "secret",
    "token",
];
/// Words that take it back.
const ALLOWED: &[&str] = &["public", "file", "version"];

/// Further words of names that others than BuildKit give to secrets.
const MORE_SECRET: &[&str] = &["pass", "passphrase", "pwd", "signature"];
/// Ends of words that are written in one, such as `PGPASSWORD`.
const ENDS: &[&str] = &["password", "passwd", "apikey", "token", "secret"];
/// Further words that take it back: what is said of a secret, and keys that everybody may know.
const MORE_ALLOWED: &[&str] = &[
    "algorithm",
    "cache",
    "enabled",
    "endpoint",
    "expires",
    "fingerprint",
    "gpg",
    "gpgkey",
    "header",
    "host",
    "id",
    "issuer",
    "keyring",
    "length",
    "limit",
    "max",
    "min",
    "name",
    "path",
    "pgp",
    "prefix",
    "required",
    "size",
    "sort",
    "stdin",
    "timeout",
    "ttl",
    "type",
    "uri",
    "url",
    "user",
    "username",
];
/// Words that name a secret only where the value looks like one too.
const WEAK: &[&str] = &["auth", "key", "signature"];

/// Values that stand for a secret or for none.
const FILLERS: &[&str] = &[
    "0",
    "1",
    "basic",
    "bearer",
    "changeme",
    "empty",
    "example",
    "false",
    "no",
    "none",
    "null",
    "off",
    "on",
    "required",
    "true",
    "undefined",
    "unset",
    "value",
    "x-oauth-basic",
    "xxx",
    "xxxx",
    "yes",
    PLACEHOLDER,
];

fn is_in(list: &[&str], word: &str) -> bool {
    list.iter().any(|own| own.eq_ignore_ascii_case(word))
}

/// Whether BuildKit takes a variable of this name for a secret.
#[must_use]
pub fn names_secret(name: &str) -> bool {
    let has = |list: &[&str]| name.split('_').any(|word| is_in(list, word));
    has(SECRET) && !has(ALLOWED)
}

/// Whether what has this name is a secret, in any text.
pub(super) fn is_telling(name: &str) -> bool {
    tells(name, &|_| true)
}

/// The same for names that leave no doubt.
pub(super) fn is_plain(name: &str) -> bool {
    tells(name, &|word| !is_in(WEAK, word))
}

fn tells(name: &str, counts: &dyn Fn(&str) -> bool) -> bool {
    let mut found = false;
    for word in words(name) {
        if is_in(ALLOWED, word) || is_in(MORE_ALLOWED, word) {
            return false;
        }
        let is_known = is_in(SECRET, word) || is_in(MORE_SECRET, word) || ends_so(word);
        found |= is_known && counts(word);
    }
    found
}

fn ends_so(word: &str) -> bool {
    ENDS.iter().any(|end| {
        let at = word.len().checked_sub(end.len());
        at.and_then(|at| word.get(at..)).is_some_and(|own| own.eq_ignore_ascii_case(end))
    })
}

/// The words of a name: `npm_token`, `NPM-TOKEN` and `npmToken` have two.
fn words(name: &str) -> impl Iterator<Item = &str> {
    let parts = name.split(|it: char| !it.is_ascii_alphanumeric());
    parts.flat_map(|part| {
        let mut rest = part;
        std::iter::from_fn(move || {
            let bytes = rest.as_bytes();
            let turn = bytes.windows(2).position(
                |two| matches!(two, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()),
            );
            let (word, behind) = rest.split_at_checked(turn.map_or(rest.len(), |at| at + 1))?;
            rest = behind;
            (!word.is_empty()).then_some(word)
        })
    })
}

/// Whether a value can be a secret: no gap, no path, no key for everybody, no word that says nothing.
pub(super) fn is_credential(value: &str) -> bool {
    let is_gap = value.starts_with(['$', '<', '{', '*', '`', '%']);
    let is_path = value.starts_with('/') && !value.contains(['+', '=']) && value.len() < 80;
    let is_below =
        ["./", "../", "~/", "ssh-rsa ", "ssh-ed25519 ", "-----BEGIN PUBLIC", "-----BEGIN CERT"];
    let is_below = is_below.iter().any(|start| value.starts_with(start));
    let is_file = [".key", ".pem", ".crt", ".cer"].iter().any(|end| value.ends_with(end));
    let is_same = value.bytes().all(|byte| Some(&byte) == value.as_bytes().first());
    !(is_gap || is_path || is_below || is_file || is_same || is_in(FILLERS, value))
}

/// Whether a value looks as if no person had thought of it.
pub(super) fn is_random(value: &str) -> bool {
    let has = |sort: fn(&u8) -> bool| value.bytes().any(|byte| sort(&byte));
    let is_mixed = has(u8::is_ascii_lowercase) && has(u8::is_ascii_uppercase);
    value.len() >= 8
        && (is_mixed || has(u8::is_ascii_digit))
        && has(u8::is_ascii_alphabetic)
        && !value.contains(['(', '.', '$', '{'])
}
