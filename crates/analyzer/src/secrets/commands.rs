//! Secrets that commands are given: `--password …`, `docker login -p …`, `mysql -p…`, in the words of a
//! shell or of a JSON form.

use super::Secret;
use super::names::{is_credential, is_plain, is_random, is_telling};
use crate::text::Span;

/// Clients that take their password in one word with its flag, since the next word is something else.
const CLIENTS: &[&str] = &["mysql", "mysqladmin", "mysqldump", "mariadb", "mariadb-dump"];
/// Settings of Composer that are a token.
const TOKENS: &[&str] = &["github-oauth.", "gitlab-token.", "gitlab-oauth.", "bearer."];

/// What is known of a command by the words that were read of it.
#[derive(Default)]
struct Before<'text> {
    /// The last of them, and those before it; empty where there are none.
    last: [&'text str; 3],
    is_login: bool,
    is_client: bool,
    is_echo: bool,
    /// The last word that it prints, or that is piped into it: where it stands, and its quote.
    said: Option<(usize, &'text str, Option<char>)>,
}

impl<'text> Before<'text> {
    fn push(&mut self, word: &'text str) {
        let [_, second, first] = self.last;
        self.last = [second, first, word];
        self.is_login |= word == "login";
        self.is_echo |= word == "echo" || word == "printf";
        self.is_client |= CLIENTS.contains(&word.rsplit('/').next().unwrap_or_default());
    }
}

/// Finds all of them, in no order.
pub(super) fn find(text: &str, found: &mut Vec<Secret>) {
    let mut command = Before::default();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        words(text, start, line, &mut command, found);
        let line_end = line.trim_end();
        if !line_end.ends_with('\\') && !line_end.ends_with(" `") {
            command = Before::default();
        }
        start += line.len();
    }
}

/// Looks at the words of a line, which may go on with a command.
fn words<'text>(
    text: &'text str,
    start: usize,
    line: &'text str,
    command: &mut Before<'text>,
    found: &mut Vec<Secret>,
) {
    let (mut at, mut is_next) = (start, false);
    for piece in line.split_inclusive([' ', '\t', '\r', '\n', '"', '\'', '`']) {
        let word = piece.trim_end_matches([' ', '\t', '\r', '\n', '"', '\'', '`']);
        let place = at;
        at += piece.len();
        if word.is_empty() || word == "\\" {
            continue;
        }
        let quote = text.get(..place).unwrap_or_default().chars().next_back();
        let quote = quote.filter(|it| matches!(it, '"' | '\''));
        if word == "," {
            is_next = true;
            continue;
        }
        // A comma is one of a JSON form where the next word is quoted too.
        if !is_next || quote.is_some() {
            let is_joined = command.last[2] == "-p" && quote.is_some() && {
                text.get(..place - 1).unwrap_or_default().ends_with("-p")
            };
            if let Some((skip, what)) = secret(command, word, is_joined) {
                add(text, place + skip, word.get(skip..).unwrap_or_default(), quote, what, found);
            }
        }
        is_next = false;
        if word.ends_with([';', '&', '|']) {
            let said = command.said.filter(|_| word == "|");
            *command = Before { said, ..Before::default() };
        } else {
            if let Some((place, said, quote)) = command.said.filter(|_| is_stdin(word)) {
                add(text, place, said, quote, "password", found);
            }
            command.push(word);
            if command.is_echo {
                command.said = Some((place, word, quote));
            }
        }
    }
}

fn add(
    text: &str,
    start: usize,
    word: &str,
    quote: Option<char>,
    what: &str,
    found: &mut Vec<Secret>,
) {
    let rest = text.get(start..).unwrap_or_default();
    let value = match quote {
        Some(quote) => rest.split([quote, '\n']).next().unwrap_or_default(),
        None => word,
    };
    let value = value.trim_end_matches(['\\', ';', '\r']);
    if !word.starts_with(['-', '$']) && !word.starts_with("id=") && is_credential(value) {
        let span = Span::new(start, start + value.len());
        found.push(Secret { span, what: what.trim_start_matches('-').to_owned() });
    }
}

/// Whether a command with this word takes its password from what is piped into it.
fn is_stdin(word: &str) -> bool {
    matches!(word, "--password-stdin" | "--with-token")
}

/// Whether a flag tells of the word behind it.
fn is_told(flag: &str, word: &str) -> bool {
    is_plain(flag) || (is_telling(flag) && is_random(word))
}

/// Where in a word after these others a secret begins, and what it is called.
fn secret<'text>(
    before: &Before<'text>,
    word: &str,
    is_joined: bool,
) -> Option<(usize, &'text str)> {
    let is_sshpass = |it: &str| it.ends_with("sshpass");
    match before.last {
        [.., flag] if flag.starts_with("--") && !flag.contains('=') && is_told(flag, word) => {
            Some((0, flag))
        }
        [.., "-passin" | "-passout"] if word.starts_with("pass:") => Some((5, "password")),
        [.., "password"] if before.is_client => Some((0, "password")),
        [.., flag]
            if flag.starts_with('-')
                && (flag.ends_with("keypass") || flag.ends_with("storepass")) =>
        {
            Some((0, flag))
        }
        ["config" | "configure", "set", name] if is_plain(name) => Some((0, name)),
        [.., login, _] if login.starts_with("http-basic.") => Some((0, "password")),
        [.., token] if TOKENS.iter().any(|own| token.starts_with(own)) => Some((0, "token")),
        [.., tool, "-p"] if is_sshpass(tool) => Some((0, "password")),
        [.., "-p"] if before.is_login || (is_joined && before.is_client) => Some((0, "password")),
        [.., last] if word.starts_with("-p") && word.len() > 2 => {
            (is_sshpass(last) || before.is_client || before.is_login).then_some((2, "password"))
        }
        _ => None,
    }
}
