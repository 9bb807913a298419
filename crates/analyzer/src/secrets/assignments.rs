//! Secrets that are told by the name before them: `TOKEN=…`, `password: …`, `--password …`.

use super::Secret;
use super::names::{is_credential, is_plain, is_random, is_telling};
use crate::text::Span;

/// Instructions whose words are names with values.
const DECLARING: &[&str] = &["ENV", "ARG", "LABEL"];
/// The longest name that is looked at, in bytes.
const LONGEST_NAME: usize = 200;
/// What ends a value without quotes.
const ENDS: &[char] = &[' ', '\t', '"', '\'', '`', ';', '&', '|', ')', '(', '>', ',', '\\'];

/// Finds all of them, in no order.
pub(super) fn find(text: &str, found: &mut Vec<Secret>) {
    let mut start = 0;
    // How far values reach that go on over a line's end.
    let mut until = 0;
    // Whether the line goes on with what such an instruction began.
    let mut is_declared = false;
    let mut goes_on = false;
    for piece in text.split_inclusive('\n') {
        let whole = piece.trim_end();
        if !goes_on {
            is_declared = declared(whole).is_some();
        }
        let before = found.len();
        let mut line = Line { text: whole, start, is_declared, quotes: Quotes::default(), found };
        if let Some(rest) = declared(whole).filter(|_| !goes_on) {
            line.old_form(rest);
        }
        line.signs();
        line.words();
        for Secret { span, .. } in found.iter_mut().skip(before) {
            if span.start >= until {
                span.end = continued(text, *span);
                until = span.end;
            }
        }
        let is_comment = whole.trim_start().starts_with('#');
        goes_on =
            if is_comment || whole.is_empty() { goes_on } else { whole.ends_with(['\\', '`']) };
        start += piece.len();
    }
}

/// Where a value ends that goes on at the start of the next line, in its quotes if it has some.
fn continued(text: &str, value: Span) -> usize {
    let before = text.get(..value.start).unwrap_or_default();
    let quote = before.chars().next_back().filter(|it| matches!(it, '"' | '\''));
    let mut end = value.end;
    loop {
        let rest = text.get(end..).unwrap_or_default();
        let next = rest.strip_prefix("\\\n").or_else(|| rest.strip_prefix("\\\r\n"));
        let Some(next) = next else { return end };
        let line = next.lines().next().unwrap_or_default();
        let part = match quote {
            Some(quote) => line.split(quote).next().unwrap_or_default(),
            None => line.split(ENDS).next().unwrap_or_default(),
        };
        let part = part.trim_end_matches('\\');
        if part.is_empty() || line.trim_start().starts_with('#') {
            return end;
        }
        end += rest.len() - next.len() + part.len();
    }
}

/// What follows the keyword of an instruction that declares.
fn declared(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    if let Some((_, inner)) = split_keyword(rest, &["ONBUILD"]) {
        rest = inner;
    }
    split_keyword(rest, DECLARING).map(|(_, rest)| rest)
}

fn split_keyword<'line>(line: &'line str, keywords: &[&str]) -> Option<(&'line str, &'line str)> {
    let (keyword, rest) = line.split_once([' ', '\t'])?;
    let is_known = keywords.iter().any(|own| own.eq_ignore_ascii_case(keyword));
    is_known.then_some((keyword, rest.trim_start()))
}

/// `-u`, also behind other flags of one letter, and its long form.
fn is_user_flag(word: &str) -> bool {
    word == "--user" || (word.starts_with('-') && !word.starts_with("--") && word.ends_with('u'))
}

fn is_of_name(it: char) -> bool {
    it.is_ascii_alphanumeric() || "_-.:/@".contains(it)
}

/// Which quotes are open at a place of a line, read from its start to there once.
#[derive(Default)]
struct Quotes {
    at: usize,
    open: Option<char>,
    is_escaped: bool,
}

impl Quotes {
    /// Whether a place is within quotes; places are asked for in their order.
    fn hold(&mut self, line: &str, place: usize) -> bool {
        for it in line.get(self.at..place).unwrap_or_default().chars() {
            match self.open {
                _ if self.is_escaped => {}
                None if matches!(it, '"' | '\'') => self.open = Some(it),
                Some(quote) if quote == it => self.open = None,
                _ => {}
            }
            self.is_escaped = it == '\\' && !self.is_escaped;
        }
        self.at = self.at.max(place);
        self.open.is_some()
    }
}

struct Line<'text, 'found> {
    text: &'text str,
    /// Where it begins in the whole.
    start: usize,
    is_declared: bool,
    quotes: Quotes,
    found: &'found mut Vec<Secret>,
}

impl<'text> Line<'text, '_> {
    fn add(&mut self, at: usize, value: &str, name: &str) {
        let start = self.start + at;
        let what = name.rsplit(['/', ':']).next().unwrap_or_default();
        let span = Span::new(start, start + value.len());
        self.found.push(Secret { span, what: what.trim_start_matches(['-', '@', '.']).to_owned() });
    }

    /// How far a part of the line is from its start.
    fn place(&self, part: &str) -> usize {
        (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len())
    }

    /// `ENV NAME value and more`.
    fn old_form(&mut self, rest: &'text str) {
        if let Some((name, value)) = rest.split_once([' ', '\t'])
            && !name.contains('=')
            && is_telling(name)
        {
            let value = value.trim().trim_end_matches('\\').trim_end();
            let value = value.trim_matches(['"', '\'']);
            if !value.contains('=') && is_credential(value) {
                self.add(self.place(value), value, name);
            }
        }
    }

    /// `NAME=value`, `name = value`, `name: value`, `"name": "value"`.
    fn signs(&mut self) {
        let mut from = 0;
        while let Some(sign) = self.text.get(from..).and_then(|rest| rest.find(['=', ':'])) {
            let at = from + sign;
            from = at + 1;
            let Some((name, value_at)) = self.name_and_value(at) else { continue };
            let (start, mut value) = self.value(value_at);
            // A part of an address ends where the next begins.
            if self.text.get(..at).is_some_and(|it| {
                it.strip_suffix(name).is_some_and(|before| before.ends_with(['?', '&']))
            }) {
                value = value.split(['&', '"', '\'']).next().unwrap_or_default();
            }
            if self.is_secret(name, start, value, self.text.get(at..from) == Some(":")) {
                self.add(start, value, name);
            }
            from = from.max(start + value.len());
        }
    }

    /// The telling name before a sign, and where its value begins.
    fn name_and_value(&self, at: usize) -> Option<(&'text str, usize)> {
        let (before, after) = (self.text.get(..at)?, self.text.get(at + 1..)?);
        let inner = before.trim_end_matches(['"', '\'', '\\']);
        let is_quoted = inner.len() < before.len();
        let inner = inner.trim_end_matches([' ', '\t']);
        let letters = inner.bytes().rev().take(LONGEST_NAME);
        let run = letters.take_while(|byte| is_of_name(char::from(*byte))).count();
        let name = inner.get(inner.len() - run..)?;
        let lead = inner.get(..inner.len() - run)?;
        let is_first = lead.trim_matches([' ', '\t', '-', '"', '\'']).is_empty();
        let is_apart = inner.len() < before.len() && !is_quoted;
        let space = after.len() - after.trim_start_matches([' ', '\t']).len();
        let is_sign = match self.text.get(at..=at)? {
            "=" => (!is_apart && space == 0) || is_first,
            // An address has one too, and so has a path after an image. A header begins with its quote.
            _ => {
                let is_header = space > 0 && lead.ends_with(['"', '\'']);
                (is_quoted || is_first || is_header) && !is_apart && (space > 0 || is_quoted)
            }
        };
        // What signs an address of Azure.
        let is_signature = name == "sig" && lead.ends_with(['?', '&']);
        (is_sign && (is_signature || is_telling(name))).then_some((name, at + 1 + space))
    }

    /// The value that begins somewhere: what stands between quotes, or a word.
    fn value(&mut self, at: usize) -> (usize, &'text str) {
        let rest = self.text.get(at..).unwrap_or_default();
        let escape = usize::from(rest.starts_with("\\\"") || rest.starts_with("\\'"));
        let inner = rest.get(escape..).unwrap_or_default();
        if let Some(quote) = inner.chars().next().filter(|it| matches!(it, '"' | '\'')) {
            let value = inner.get(1..).unwrap_or_default();
            let is_end =
                |at: &usize| escape == 1 || !value.get(..*at).unwrap_or_default().ends_with('\\');
            let end = value.match_indices(quote).map(|(at, _)| at).find(is_end);
            let value = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
            return (at + escape + 1, value.trim_end_matches('\\'));
        }
        // A name within a quoted value, as connection strings have them.
        let is_within = self.quotes.hold(self.text, at);
        let ends: &[char] = match self.is_declared && !is_within {
            true => &[' ', '\t'],
            false => ENDS,
        };
        let value = inner.get(..inner.find(ends).unwrap_or(inner.len())).unwrap_or_default();
        (at, value.trim_end_matches(['\\', '`']))
    }

    fn is_secret(&self, name: &str, start: usize, value: &str, is_colon: bool) -> bool {
        let after = self.text.get(start + value.len()..).unwrap_or_default();
        if !is_credential(value) {
            return false;
        }
        if self.is_declared {
            return true;
        }
        // Code gives things the names of what they hold: `password=password`, `token=find_token()`.
        let is_code = after.starts_with('(') || is_telling(value.trim_matches(['[', ']']));
        let before = self.text.get(..start).unwrap_or_default();
        let is_end = after.trim().is_empty() || after.starts_with(['"', '\'']);
        let is_prose = is_colon && !before.ends_with(['"', '\'']) && !is_end;
        !is_code && !is_prose && (is_random(value) || (is_plain(name) && !is_colon))
    }

    /// `set //host/:_authToken value`, `curl -u name:value`, `login a password b`
    /// and what `chpasswd` reads.
    fn words(&mut self) {
        let (mut before, mut one_more) = ("", "");
        let (mut is_curl, mut third) = (false, "");
        let changes = self.text.contains("chpasswd");
        for word in self.text.split([' ', '\t', '"', '\'', '`']).filter(|word| !word.is_empty()) {
            is_curl |= word.ends_with("curl");
            let is_setting = before.contains(":_") && is_telling(before);
            let is_login = before == "password" && third == "login";
            // What `printf` makes a line's end of is none of it.
            let value = word.strip_suffix("\\n").unwrap_or(word).trim_end_matches(['\\', ';']);
            if (is_setting || is_login) && !word.starts_with(['-', '$']) && is_credential(value) {
                let name = if is_login { "password" } else { before };
                self.add(self.place(word), value, name);
            }
            let is_user = is_curl && is_user_flag(before);
            let joined = word.strip_prefix("--user=").or_else(|| word.strip_prefix("-u"));
            let login = joined.filter(|_| is_curl).or((is_user || changes).then_some(word));
            if let Some((user, password)) = login.and_then(|it| it.split_once(':')) {
                // A user and a group of a container.
                let is_number = !changes && password.bytes().all(|byte| byte.is_ascii_digit());
                let password = password.trim_end_matches(['\\', ';']);
                if !is_number && is_credential(password) {
                    self.add(self.place(user) + user.len() + 1, password, "password");
                }
            }
            (third, one_more, before) = (one_more, before, word);
        }
    }
}
