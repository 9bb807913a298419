//! How BuildKit cuts an instruction's arguments into words.
//!
//! Two ways: white space alone (`FROM`, `EXPOSE`, `COPY`, …) and quote-aware (`ENV`, `LABEL`,
//! `ARG`). Rules: `frontend/dockerfile/parser/line_parsers.go` of BuildKit v0.33.0,
//! <https://github.com/moby/buildkit/blob/v0.33.0/frontend/dockerfile/parser/line_parsers.go>.

use std::ops::Range;

/// White space between the words of a line; other Unicode spaces are part of a word.
pub(super) fn is_blank(character: char) -> bool {
    matches!(character, '\t' | '\u{b}' | '\u{c}' | '\r' | ' ')
}

/// The words of `text`, separated by blanks; `start` is added to every offset.
pub(super) fn split_blank(text: &str, start: usize) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut begin = None;
    for (at, character) in text.char_indices() {
        match (is_blank(character), begin) {
            (true, Some(from)) => {
                words.push(start + from..start + at);
                begin = None;
            }
            (false, None) => begin = Some(at),
            _ => {}
        }
    }
    if let Some(from) = begin {
        words.push(start + from..start + text.len());
    }
    words
}

/// The words of `text` where quotes and the escape character hold white space together; quotes
/// stay part of the words. A quote that never closes takes the rest. An escape at the very end
/// is left out.
pub(super) fn split_quoted(text: &str, start: usize, escape: char) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut begin: Option<usize> = None;
    let mut quote: Option<char> = None;
    let mut end = text.len();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        let Some(from) = begin.or_else(|| (!character.is_whitespace()).then_some(at)) else {
            continue;
        };
        if quote.is_none() && character.is_whitespace() {
            words.push(start + from..start + at);
            begin = None;
            continue;
        }
        begin = Some(from);
        let escapes = character == escape && quote != Some('\'');
        match quote {
            None if matches!(character, '\'' | '"') => quote = Some(character),
            Some(open) if open == character => quote = None,
            _ => {}
        }
        if escapes && characters.next().is_none() {
            end = at;
        }
    }
    if let Some(from) = begin.filter(|from| *from < end) {
        words.push(start + from..start + end);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quoted(text: &str) -> Vec<&str> {
        split_quoted(text, 0, '\\').into_iter().map(|range| &text[range]).collect()
    }

    #[test]
    fn quotes_and_escapes_hold_words_together() {
        let cases: &[(&str, &[&str])] = &[
            ("a=b c=d", &["a=b", "c=d"]),
            ("  a=b\tc ", &["a=b", "c"]),
            (r#"a="b c" d='e f'"#, &[r#"a="b c""#, "d='e f'"]),
            (r#"a=x"b c"y"#, &[r#"a=x"b c"y"#]),
            (r"a=b\ c d", &[r"a=b\ c", "d"]),
            (r#"a="b\"c d" e"#, &[r#"a="b\"c d""#, "e"]),
            (r"a='b\' c", &[r"a='b\'", "c"]),
            (r#"a="b c"#, &[r#"a="b c"#]),
            (r"a=\", &["a="]),
            (r"\", &[]),
            (r#""""#, &[r#""""#]),
            (r#"a="b\"#, &[r#"a="b"#]),
            ("é=à ü", &["é=à", "ü"]),
            ("a\u{a0}b", &["a", "b"]),
        ];
        for (text, words) in cases {
            assert_eq!(&quoted(text), words, "the words of {text:?}");
        }
    }

    #[test]
    fn blanks_are_ascii() {
        let text = "a\u{a0}b  c\t\u{b}d";
        let words: Vec<&str> = split_blank(text, 0).into_iter().map(|range| &text[range]).collect();
        assert_eq!(words, ["a\u{a0}b", "c", "d"]);
        assert_eq!(split_blank("x y", 7), [7..8, 9..10], "offsets count from the start given");
    }
}
