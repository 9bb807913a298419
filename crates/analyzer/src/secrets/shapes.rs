//! Secrets that are told by what they look like: tokens of services, headers, passwords in addresses,
//! private keys.

use super::names::is_random;
use super::{PLACEHOLDER, Secret};
use crate::text::Span;

/// How tokens of well-known services begin, and how many letters and digits follow at least.
const TOKENS: &[(&str, usize, &str)] = &[
    ("AKIA", 16, "a key of AWS"),
    ("ASIA", 16, "a key of AWS"),
    ("AIza", 35, "a key of Google"),
    ("dckr_pat_", 20, "a token of Docker Hub"),
    ("dop_v1_", 40, "a token of DigitalOcean"),
    ("ghp_", 36, "a token of GitHub"),
    ("gho_", 36, "a token of GitHub"),
    ("ghs_", 36, "a token of GitHub"),
    ("ghu_", 36, "a token of GitHub"),
    ("ghr_", 36, "a token of GitHub"),
    ("github_pat_", 40, "a token of GitHub"),
    ("glpat-", 20, "a token of GitLab"),
    ("glrt-", 20, "a token of GitLab"),
    ("hf_", 30, "a token of Hugging Face"),
    ("npm_", 36, "a token of npm"),
    ("pypi-", 50, "a token of PyPI"),
    ("rk_live_", 24, "a key of Stripe"),
    ("sk_live_", 24, "a key of Stripe"),
    ("sk-ant-", 24, "a key of Anthropic"),
    ("sk-proj-", 24, "a key of OpenAI"),
    ("sk-", 40, "a key of OpenAI"),
    ("xoxb-", 24, "a token of Slack"),
    ("xoxp-", 24, "a token of Slack"),
];

/// Finds all of them, in no order.
pub(super) fn find(text: &str, found: &mut Vec<Secret>) {
    find_headers(text, found);
    find_keys(text, found);
    find_tokens(text, found);
    find_passwords(text, found);
}

fn add(found: &mut Vec<Secret>, start: usize, value: &str, what: &str) {
    found.push(Secret { span: Span::new(start, start + value.len()), what: what.to_owned() });
}

/// What headers give for their `Authorization`, where it stands there itself.
fn find_headers(text: &str, found: &mut Vec<Secret>) {
    const HEADER: &str = "authorization:";
    let lower = text.to_ascii_lowercase();
    for (at, _) in lower.match_indices(HEADER) {
        let rest = text.get(at + HEADER.len()..).unwrap_or_default();
        let rest = rest.trim_start();
        let behind = ["bearer ", "token ", "basic "].iter().find_map(|kind| {
            let (own, behind) = rest.split_at_checked(kind.len())?;
            own.eq_ignore_ascii_case(kind).then_some(behind)
        });
        let Some(mut rest) = behind.map(str::trim_start) else { continue };
        while let Some(next) = rest.strip_prefix("\\\n").or_else(|| rest.strip_prefix("\\\r\n")) {
            rest = next.trim_start();
        }
        let value = rest.split([' ', '"', '\'', '\n', '\r', '\\', '`']).next().unwrap_or_default();
        let is_literal =
            value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.+/=".contains(&byte));
        // Words such as `your-token-here` are no token.
        let is_credential = is_literal && is_random(&value.replace('.', ""));
        if is_credential {
            add(found, text.len() - rest.len(), value, "the token of a header");
        }
    }
}

/// Private keys, from their first line to their last; of one that does not end, as far as it goes on.
fn find_keys(text: &str, found: &mut Vec<Secret>) {
    const BEGIN: &str = "-----BEGIN ";
    const LAST: &str = "-----END ";
    const TITLE: &str = "PRIVATE KEY-----";
    let (mut from, mut last) = (0, Some(0));
    while let Some(start) = next(text, BEGIN, from) {
        from = start + BEGIN.len();
        let title = ahead(text, from, 30 + TITLE.len()).lines().next().unwrap_or_default();
        let Some(length) = title.find(TITLE) else { continue };
        let begun = from + length + TITLE.len();
        if last.is_some_and(|last| last < begun) {
            last = next(text, LAST, begun);
        }
        let other = next(text, BEGIN, begun).unwrap_or(text.len());
        let end = match last.filter(|last| *last < other) {
            Some(last) => next(text, TITLE, last).map_or(begun, |at| at + TITLE.len()),
            None => begun + body(text.get(begun..).unwrap_or_default()),
        };
        add(found, start, Span::new(start, end).slice(text), "a private key");
        from = end.max(begun);
    }
}

/// So many bytes of a text from a place on, and fewer where they would end within a character.
fn ahead(text: &str, from: usize, most: usize) -> &str {
    let mut end = text.len().min(from + most);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(from..end).unwrap_or_default()
}

/// Where a pattern stands next.
fn next(text: &str, pattern: &str, from: usize) -> Option<usize> {
    text.get(from..)?.find(pattern).map(|at| from + at)
}

/// How far the lines of a key go on: letters and digits and nothing else.
fn body(text: &str) -> usize {
    let is_part = |it: char| it.is_ascii_alphanumeric() || "+/=\\ \r".contains(it);
    let mut length = 0;
    for line in text.split_inclusive('\n') {
        let inner = line.trim_end_matches('\n');
        if !inner.chars().all(is_part) || (length > 0 && inner.len() < 16) {
            break;
        }
        length += inner.len() + usize::from(inner.len() < line.len());
    }
    text.get(..length).unwrap_or_default().trim_end().len()
}

/// Tokens of services, and the three parts of a JSON Web Token.
fn find_tokens(text: &str, found: &mut Vec<Secret>) {
    let is_part = |it: char| it.is_ascii_alphanumeric() || matches!(it, '_' | '-');
    let is_long = |it: char| is_part(it) || it == '.';
    // How far a token of several parts reaches.
    let (mut at, mut until) = (0, 0);
    for piece in text.split_inclusive(|it| !is_part(it)) {
        let place = at;
        at += piece.len();
        if place < until {
            continue;
        }
        let word = piece.trim_end_matches(|it| !is_part(it));
        let rest = text.get(place..).unwrap_or_default();
        let token = TOKENS.iter().find(|(start, length, _)| {
            let rest = word.strip_prefix(start).unwrap_or_default();
            rest.len() >= *length
                && rest.bytes().any(|byte| byte.is_ascii_digit())
                && !word.contains("EXAMPLE")
        });
        if let Some((_, _, what)) = token {
            add(found, place, word, what);
        } else if word.starts_with("eyJ")
            && rest.get(word.len()..).is_some_and(|it| it.starts_with(".eyJ"))
        {
            let end = rest.find(|it| !is_long(it)).unwrap_or(rest.len());
            until = place + end;
            add(found, place, rest.get(..end).unwrap_or_default(), "a web token");
        } else if word == "SG" && rest.starts_with("SG.") {
            let near = ahead(rest, 0, 200);
            let end = near.find(|it| !is_long(it)).unwrap_or(near.len());
            let key = rest.get(..end).unwrap_or_default().trim_end_matches('.');
            if key.len() >= 40 && key.bytes().any(|byte| byte.is_ascii_digit()) {
                until = place + end;
                add(found, place, key, "a key of SendGrid");
            }
        }
    }
}

/// Passwords in addresses, and tokens that stand where a user does.
fn find_passwords(text: &str, found: &mut Vec<Secret>) {
    add_passwords(text, found, &|it| {
        let fillers = ["password", "pass", "secret", "token"];
        it.len() > 5 && !fillers.iter().any(|own| it.eq_ignore_ascii_case(own))
    });
}

/// The same of any length, and those that are no more than words. Too many for a rule to complain of.
pub(super) fn find_all_passwords(text: &str, found: &mut Vec<Secret>) {
    add_passwords(text, found, &|_| true);
}

fn add_passwords(text: &str, found: &mut Vec<Secret>, counts: &dyn Fn(&str) -> bool) {
    let mut at = 0;
    for piece in text.split_inclusive([' ', '\t', '\n', '"', '\'', '`', ',', ';']) {
        let address = password(piece.trim_end());
        if let Some((start, password)) = address.filter(|(_, password)| counts(password)) {
            add(found, at + start, password, "a password in an address");
        }
        at += piece.len();
    }
}

/// Hosts with a token in the path of their addresses: what the host has in its name, what stands before
/// the token, whether all that follows is one, and what it is.
const HOSTS: &[(&str, &str, bool, &str)] = &[
    ("conda", "/t/", false, "a token of conda"),
    ("hooks.slack.com", "/services/", true, "an address of Slack that lets anybody write"),
    ("discord", "/api/webhooks/", true, "an address of Discord that lets anybody write"),
];

/// The tokens in addresses such as `https://conda.anaconda.org/t/token/name`.
pub(super) fn find_in_paths(text: &str, found: &mut Vec<Secret>) {
    let mut at = 0;
    for word in text.split_inclusive([' ', '\t', '\n', '"', '\'', '`']) {
        let address = word.trim_end_matches([' ', '\t', '\n', '"', '\'', '`']);
        for (host, before, is_rest, what) in HOSTS {
            if let Some((start, token)) = in_path(address, host, before, *is_rest) {
                add(found, at + start, token, what);
            }
        }
        at += word.len();
    }
}

/// The token in the path of an address, and where it begins.
fn in_path<'text>(
    address: &'text str,
    host: &str,
    before: &str,
    is_rest: bool,
) -> Option<(usize, &'text str)> {
    let (start, rest) = address.split_once("://")?;
    let length = rest.find(before)?;
    let behind = rest.get(length + before.len()..)?;
    let token = if is_rest { behind } else { behind.split_once('/')?.0 };
    let is_here = rest.get(..length)?.contains(host) && is_random(token);
    is_here.then_some((start.len() + "://".len() + length + before.len(), token))
}

/// The password in `https://user:password@host`, where it stands there itself, and where it begins.
fn password(word: &str) -> Option<(usize, &str)> {
    let begin = word.find("://")? + "://".len();
    let (login, host) = word.get(begin..)?.split(['/', '?']).next()?.rsplit_once('@')?;
    let (start, password) = match login.split_once(':') {
        // The digest of an image.
        Some(_) if host.starts_with("sha256:") => return None,
        // A token may have the name of what it is behind it.
        Some((token, "x-oauth-basic")) if is_random(token) => (begin, token),
        Some((user, password)) => (begin + user.len() + 1, password),
        None if login.len() >= 20 && is_random(login) => (begin, login),
        None => return None,
    };
    let is_literal =
        password.bytes().all(|byte| byte.is_ascii_graphic() && !b"<>{}$()[]\\".contains(&byte));
    let is_gap = password.bytes().all(|byte| b"*.x".contains(&byte))
        || ["%s", "x-oauth-basic", PLACEHOLDER].contains(&password);
    (is_literal && !is_gap).then_some((start, password))
}
