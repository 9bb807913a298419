//! Heredocs: which words of a line open one, and what ends it.
//!
//! BuildKit cuts the joined line into shell words (always with `\` as the escape, whatever the
//! directive says) and takes every word that reads `<<NAME`. A line whose quotes or `${…}` do not
//! close has no heredocs. Since v0.22 blanks may stand between `<<` and the name. Rules:
//! `heredocsFromLine` in `frontend/dockerfile/parser/parser.go`, words in
//! `frontend/dockerfile/shell/lex.go`, BuildKit v0.33.0.

use std::ops::Range;

/// A heredoc that a word opens.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Opening {
    /// The delimiter without quotes.
    pub(super) name: String,
    /// Whether no part of the delimiter is quoted.
    pub(super) expand: bool,
    /// Whether it is `<<-`.
    pub(super) strip_tabs: bool,
    /// The word, in the line it was read from.
    pub(super) range: Range<usize>,
}

/// The heredocs that `line` opens, in order.
pub(super) fn find_openings(line: &str) -> Vec<Opening> {
    if !line.contains("<<") {
        return Vec::new();
    }
    split_words(line)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|word| {
            let opening = read_opening(line.get(word.range.clone())?)?;
            Some(Opening { range: word.range, ..opening })
        })
        .collect()
}

/// The heredoc that a single word opens, if it does.
pub(super) fn read_opening(word: &str) -> Option<Opening> {
    let rest = word.trim_start_matches(|c: char| c.is_ascii_digit()).strip_prefix("<<")?;
    let (strip_tabs, rest) = match rest.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let rest = rest.trim_start_matches(['\t', '\n', '\u{c}', '\r', ' ']);
    if rest.is_empty() || rest.contains('<') {
        return None;
    }
    let mut words = split_words(rest)?;
    words.retain(|word| !word.text.is_empty());
    match (words.pop(), words.is_empty()) {
        (Some(name), true) => Some(Opening {
            name: name.text,
            expand: !name.quoted,
            strip_tabs,
            range: 0..word.len(),
        }),
        _ => None,
    }
}

/// A shell word of a line.
struct ShellWord {
    /// As written.
    range: Range<usize>,
    /// Quotes and escapes taken away, variables left alone.
    text: String,
    /// Whether quotes were taken away.
    quoted: bool,
}

/// What must still close.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// A double quote.
    Quote,
    /// The `}` of a `${…}`.
    Brace,
    /// The middle `/` of a `${name/pattern/replacement}`.
    Slash,
}

/// The shell words of `line`; `None` when a quote or a `${…}` does not close.
fn split_words(line: &str) -> Option<Vec<ShellWord>> {
    let mut lexer = Lexer {
        line,
        at: 0,
        words: Vec::new(),
        begin: None,
        text: String::new(),
        quoted: false,
        waiting: false,
    };
    let mut open: Vec<Open> = Vec::new();
    while let Some(character) = lexer.peek() {
        lexer.step(character, &mut open)?;
    }
    lexer.end_word();
    open.is_empty().then_some(lexer.words)
}

struct Lexer<'line> {
    line: &'line str,
    at: usize,
    words: Vec<ShellWord>,
    begin: Option<usize>,
    text: String,
    quoted: bool,
    /// Whether the word ends in `<<` and blanks, so that a name may still follow.
    waiting: bool,
}

impl Lexer<'_> {
    fn peek(&self) -> Option<char> {
        self.line.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    /// Reads one character, or what belongs to it.
    fn step(&mut self, character: char, open: &mut Vec<Open>) -> Option<()> {
        let inner = open.last().copied();
        self.waiting &= character.is_whitespace();
        match (character, inner) {
            ('"', Some(Open::Quote)) => self.close(open),
            ('}', Some(Open::Brace)) => {
                self.keep(open);
                open.pop();
            }
            ('/', Some(Open::Slash)) => {
                self.keep(open);
                open.pop();
                open.push(Open::Brace);
            }
            ('$', _) => self.dollar(open)?,
            ('\\', Some(Open::Quote)) => {
                self.take_away();
                if !matches!(self.peek(), Some('"' | '$' | '\\')) {
                    self.text.push('\\');
                } else {
                    self.keep(open);
                }
            }
            ('\\', _) => {
                self.take_away();
                // An escaped blank belongs to the word, unless a `${…}` is cut up afterwards.
                match self.next() {
                    Some(next)
                        if !(next.is_whitespace()
                            && open.first().is_some_and(|open| *open != Open::Quote)) =>
                    {
                        self.text.push(next);
                    }
                    Some(_) => self.end_word_before_last(),
                    None => {}
                }
            }
            ('"', _) => {
                self.take_away();
                self.quoted = true;
                open.push(Open::Quote);
            }
            ('\'', None | Some(Open::Brace | Open::Slash)) => self.single_quoted(open)?,
            _ => self.keep(open),
        }
        Some(())
    }

    /// A plain character: part of the word, or the blank that ends it.
    fn keep(&mut self, open: &[Open]) {
        let Some(character) = self.peek() else { return };
        // Only double quotes outside of everything else keep a blank in the word.
        if character.is_whitespace() && open.first() != Some(&Open::Quote) {
            self.waiting |= open.is_empty() && self.written().ends_with("<<");
            if self.waiting {
                self.text.push(character);
            } else {
                self.end_word();
            }
            self.at += character.len_utf8();
            return;
        }
        self.begin.get_or_insert(self.at);
        self.text.push(character);
        self.at += character.len_utf8();
    }

    /// The word so far, as written.
    fn written(&self) -> &str {
        self.begin.and_then(|begin| self.line.get(begin..self.at)).unwrap_or("")
    }

    /// A character of the word that quoting takes away.
    fn take_away(&mut self) {
        self.begin.get_or_insert(self.at);
        self.at += 1;
    }

    fn close(&mut self, open: &mut Vec<Open>) {
        self.take_away();
        open.pop();
    }

    fn single_quoted(&mut self, open: &[Open]) -> Option<()> {
        self.take_away();
        self.quoted = true;
        let length = self.line.get(self.at..)?.find('\'')?;
        let end = self.at + length;
        if open.is_empty() || open.first() == Some(&Open::Quote) {
            self.text.push_str(self.line.get(self.at..end)?);
            self.at = end;
        }
        while self.at < end {
            self.keep(open);
        }
        self.begin.get_or_insert(self.at);
        self.at += 1;
        Some(())
    }

    /// A `$`: a name, a `${…}` whose end is still to come, or just itself.
    fn dollar(&mut self, open: &mut Vec<Open>) -> Option<()> {
        self.keep(open);
        if self.peek() != Some('{') {
            self.name();
            return Some(());
        }
        self.keep(open);
        if matches!(self.peek()?, '{' | '}' | ':') {
            return None;
        }
        self.name();
        match self.peek()? {
            '}' => self.keep(open),
            ':' => {
                self.keep(open);
                self.peek()?;
                self.keep(open);
                open.push(Open::Brace);
            }
            '+' | '-' | '?' | '#' | '%' => {
                self.keep(open);
                open.push(Open::Brace);
            }
            '/' => {
                self.keep(open);
                if self.peek() == Some('/') {
                    self.keep(open);
                }
                open.push(Open::Slash);
            }
            _ => return None,
        }
        Some(())
    }

    /// The name of a variable: digits, one special sign, or letters, digits and `_`.
    fn name(&mut self) {
        let rest = self.line.get(self.at..).unwrap_or("");
        let length = match rest.chars().next() {
            Some(first) if first.is_numeric() => {
                rest.find(|c: char| !c.is_numeric()).unwrap_or(rest.len())
            }
            Some('@' | '*' | '#' | '?' | '-' | '$' | '!') => 1,
            _ => rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len()),
        };
        self.text.push_str(rest.get(..length).unwrap_or(""));
        self.at += length;
    }

    fn end_word(&mut self) {
        let text = std::mem::take(&mut self.text);
        let quoted = std::mem::take(&mut self.quoted);
        self.waiting = false;
        if let Some(begin) = self.begin.take()
            && (!text.is_empty() || quoted)
        {
            self.words.push(ShellWord { range: begin..self.at, text, quoted });
        }
    }

    /// Ends the word before the character just read.
    fn end_word_before_last(&mut self) {
        let end = self.at;
        self.at = self
            .line
            .get(..end)
            .and_then(|text| text.char_indices().next_back())
            .map_or(end, |(at, _)| at);
        self.end_word();
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_open_a_heredoc() {
        type Expected<'a> = &'a [(&'a str, bool, bool)];
        let cases: &[(&str, Expected<'_>)] = &[
            ("RUN <<EOF", &[("EOF", true, false)]),
            ("RUN <<-EOF cat", &[("EOF", true, true)]),
            ("RUN <<'EOF'", &[("EOF", false, false)]),
            ("RUN <<\"E F\" x", &[("E F", false, false)]),
            ("RUN <<E'O'F", &[("EOF", false, false)]),
            ("RUN <<\\EOF", &[("EOF", true, false)]),
            ("RUN cat 3<<EOF", &[("EOF", true, false)]),
            ("RUN <<A cat <<-B", &[("A", true, false), ("B", true, true)]),
            ("RUN cat << EOF > /x", &[("EOF", true, false)]),
            ("RUN cat <<  'EOF'", &[("EOF", false, false)]),
            ("RUN cat <<\tEOF", &[("EOF", true, false)]),
            ("RUN cat <<- EOF", &[]),
            ("RUN cat<<EOF", &[]),
            ("RUN cat<< <<EOF", &[]),
            ("RUN cat <<<EOF", &[]),
            ("RUN cat <<<< EOF", &[]),
            ("RUN cat <<A<B", &[]),
            ("RUN cat <<", &[]),
            ("RUN cat <<\"\"", &[]),
            ("RUN \"<<EOF\"", &[]),
            ("RUN \\<<EOF", &[]),
            ("RUN echo 'it''s' <<EOF", &[("EOF", true, false)]),
            ("RUN echo it's <<EOF", &[]),
            ("RUN echo \"x <<EOF", &[]),
            ("RUN echo \"a\\\"b\" <<EOF", &[("EOF", true, false)]),
            ("RUN echo ${x} $y $(z <<EOF", &[("EOF", true, false)]),
            ("RUN echo ${} <<EOF", &[]),
            ("RUN echo ${x <<EOF", &[]),
            ("RUN echo ${x:-a b} <<EOF", &[("EOF", true, false)]),
            ("RUN echo ${x:-a <<EOF} y", &[("EOF}", true, false)]),
            ("RUN echo ${x/a/b} ${y//c/d} ${z#*.} ${w%%/*} <<EOF", &[("EOF", true, false)]),
            ("RUN echo ${x/a} <<EOF", &[]),
            ("RUN echo ${x^^} <<EOF", &[]),
            ("RUN echo \"${x:-\"y z\"}\" <<EOF", &[("EOF", true, false)]),
            ("RUN <<$X", &[("$X", true, false)]),
            ("RUN $((1<<3)) <<É", &[("É", true, false)]),
        ];
        for (line, expected) in cases {
            let found = find_openings(line);
            let found: Vec<(&str, bool, bool)> =
                found.iter().map(|o| (o.name.as_str(), o.expand, o.strip_tabs)).collect();
            assert_eq!(&found[..], *expected, "the heredocs of {line:?}");
        }
    }

    #[test]
    fn deep_nesting_is_no_recursion() {
        let line = format!("RUN {} <<EOF", "${x:-".repeat(100_000));
        assert_eq!(find_openings(&line), []);
        let line = format!("RUN {}{} <<EOF", "${x:-".repeat(100_000), "}".repeat(100_000));
        assert_eq!(find_openings(&line).len(), 1);
    }
}
