//! Line ends of a text that is edited in a plain field, which knows only `\n`. The editor keeps them
//! by itself (`editor/src/line-ends.js`); this is for the time before it has come.

use std::borrow::Cow;

/// `text` as a plain field holds it: every `\r\n` and every `\r` is a `\n`.
#[must_use]
pub fn plain(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
    } else {
        Cow::Borrowed(text)
    }
}

/// `typed`, which a plain field made of `before`, with line ends again: lines that are still there
/// end as they did, new ones as most do.
#[must_use]
pub fn kept(before: &str, typed: String) -> String {
    if !before.contains('\r') {
        return typed;
    }
    let old = lines(before);
    let new: Vec<&str> = typed.split('\n').collect();
    // The last line ends in nothing, so it is never like one before it.
    let most = old.len().min(new.len()) - 1;
    let agree = |(old, new): &(&(&str, &str), &&str)| old.0 == **new;
    let head = old.iter().zip(&new).take(most).take_while(agree).count();
    let usual = usual_end(&old);
    let mut text = String::with_capacity(typed.len() + old.len());
    for (at, line) in new.iter().enumerate() {
        // What is not at the start stands as far from the end as it did.
        let place = if at < head { Some(at) } else { (at + old.len()).checked_sub(new.len()) };
        let end = place.filter(|place| at < head || *place >= head).and_then(|at| old.get(at));
        text.push_str(line);
        let end = end.map_or(usual, |(_, end)| end);
        // After a lone `\r` a `\n` would no longer be a line end of its own.
        let end = if end == "\n" && text.ends_with('\r') { "\r\n" } else { end };
        text.push_str(end);
    }
    text
}

/// Every line with its end; the last one has none.
fn lines(text: &str) -> Vec<(&str, &str)> {
    let mut lines = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['\r', '\n']) {
        let (line, after) = rest.split_at(at);
        let end = if after.starts_with("\r\n") { 2 } else { 1 };
        let (end, after) = after.split_at(end);
        lines.push((line, end));
        rest = after;
    }
    lines.push((rest, ""));
    lines
}

fn usual_end(lines: &[(&str, &str)]) -> &'static str {
    let count = |wanted: &str| lines.iter().filter(|(_, end)| *end == wanted).count();
    if count("\r\n") > count("\n") { "\r\n" } else { "\n" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_keep_their_ends_and_new_ones_end_as_most_do() {
        let cases = [
            ("a\r\nb\r\n", "a\nx\nb\n", "a\r\nx\r\nb\r\n", "a new line"),
            ("a\r\nb\nc\r\n", "a\nb!\nc\n", "a\r\nb!\nc\r\n", "a changed line"),
            ("a\nb\r\nc\r\n", "a\nc\n", "a\nc\r\n", "a line less"),
            ("a\nb\r\nc\r\n", "", "", "nothing left"),
            ("a\nb", "a\nb\n", "a\nb\n", "no \\r anywhere"),
            ("a\rb\n", "a\nb\nc", "a\rb\nc", "a lone \\r"),
            ("a\r\n", "a\n\n", "a\r\n\r\n", "one more at the end"),
        ];
        for (before, typed, after, what) in cases {
            assert_eq!(kept(before, typed.to_owned()), after, "{what}");
        }
    }

    proptest! {
        #[test]
        fn nothing_but_line_ends_differs_from_what_was_typed(
            before in "[ab\r\n]{0,16}",
            typed in "[ab\n]{0,16}",
        ) {
            let after = kept(&before, typed.clone());
            prop_assert_eq!(plain(&after), typed);
            let untouched = plain(&before).into_owned();
            prop_assert_eq!(kept(&before, untouched), before);
        }
    }
}
